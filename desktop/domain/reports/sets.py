"""Reading the sets of a report: which records, by a condition, from other sets, or through a link.

- A set names only sets above it, of its own register; `linked_by` another one, whose field `through` links here.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.field_reader import read_id
from desktop.domain.definitions.model import LINKS, TypeName
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.reports.model import RecordSet
from desktop.domain.reports.scope import ConditionReader, ReportScope

SET_KEYS: Final = ("id", "register", "where", "any_of", "all_of", "but_not", "linked_by", "through")


def read_set(
    table: Table, seen: set[str], sets: Mapping[str, RecordSet], conditions: ConditionReader
) -> RecordSet | None:
    """Read one `[[set]]`; it may be made of those above it."""
    identity = read_id(table, seen)
    named = {key: table.texts(key) for key in ("any_of", "all_of", "but_not")}
    linked_by, through = table.text("linked_by"), table.text("through")
    where = conditions.read(table, "where")
    for key, names in (*named.items(), ("linked_by", (linked_by,) if linked_by else ())):
        for name in names:
            if name not in sets:
                table.problem(key, f"no set '{name}' above{suggestion(name, sets)}")
    if bool(linked_by) != bool(through):
        table.problem(None, "'linked_by' names a set and 'through' its field that links here: both, or neither")
    register = _register(table, (*named["any_of"], *named["all_of"]), sets, conditions.scope)
    if register is None:
        return None
    if where is not None:
        conditions.check(where, register)
    _same_register(table, register, named, sets)
    _follow_link(table, register, sets.get(linked_by), through, conditions.scope)
    return RecordSet(
        id=identity, register=register, where=where, linked_by=linked_by or None, through=through or None, **named
    )


def _register(table: Table, parts: Iterable[str], sets: Mapping[str, RecordSet], scope: ReportScope) -> str | None:
    """Return the register of a set: its own word, or that of the sets it is made of."""
    given = table.text("register")
    if given:
        if given not in scope.library.registers:
            near = suggestion(given, scope.library.registers)
            table.problem("register", f"no register '{given}'{near}")
            return None
        return given
    found = next((sets[name].register for name in parts if name in sets), None)
    if found is None:
        table.problem(None, "a set has a 'register', or 'any_of' or 'all_of' that name sets above")
    return found


def _same_register(
    table: Table, register: str, named: Mapping[str, tuple[str, ...]], sets: Mapping[str, RecordSet]
) -> None:
    for key, names in named.items():
        for name in names:
            other = sets.get(name)
            if other is not None and other.register != register:
                table.problem(key, f"'{name}' is a set of '{other.register}', not of '{register}'")


def _follow_link(table: Table, register: str, source: RecordSet | None, through: str, scope: ReportScope) -> None:
    if source is None or not through:
        return
    definition = scope.library.registers[source.register]
    field = definition.field(through)
    target = field and ("person" if field.type is TypeName.PERSON else field.register)
    if field is None or field.type not in LINKS or target != register:
        links = [one.id for one in definition.fields() if one.type in LINKS]
        table.problem(
            "through",
            f"'{through}' of '{source.register}' does not link to '{register}'{suggestion(through, links)}",
        )
