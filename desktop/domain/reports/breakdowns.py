"""Reading the breakdowns of a report: one line for each code, for yes and no, for each unit or part of an address.

- Never by a name, a text or a person; never by who gave the information.
- A line that counts several registers says the path for each.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.model import TypeName
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.reports.model import ADDRESS_PARTS, UNIT, EachValue
from desktop.domain.reports.scope import NEVER_COUNTED, ReportScope

_CODED: Final = frozenset({TypeName.CODE, TypeName.CODES})
_Lines: TypeAlias = tuple[str | None, str | None, bool]  # the code list, or the part of an address, or yes and no


def read_each(table: Table) -> EachValue | None:
    """Read a breakdown; its paths are followed when it is known which registers the line counts."""
    raw: Any = table.raw("each")
    for key in ("present_only", "total"):
        if key in table and raw is None:
            table.problem(key, "only with 'each', which gives one line for each answer")
    if raw is None:
        return None
    if isinstance(raw, str):
        given = {"": raw}
    elif isinstance(raw, dict) and all(isinstance(path, str) for path in raw.values()):
        given = raw
    else:
        table.problem("each", 'must be a path such as "person.gender", or a table { register = "path" }')
        return None
    return EachValue(
        paths={register: tuple(path.split(".")) for register, path in given.items()},
        present_only=table.truth("present_only"),
    )


def resolve_each(
    table: Table, at: tuple[str, int], each: EachValue, registers: Iterable[str], scope: ReportScope
) -> EachValue:
    """Return a breakdown with its path for each register that its line counts, and what its lines are."""
    place = Table(table.source, (*table.path, *at), {}, ())
    paths: dict[str, tuple[str, ...]] = {}
    found: set[_Lines] = set()
    for register in sorted(set(registers)):
        path = each.paths.get(register) or each.paths.get("")
        if path is None:
            place.problem("each", f"says no path for the register '{register}'")
            continue
        paths[register] = path
        kind = _breakdown(place, path, register, scope)
        if kind is not None:
            found.add(kind)
    if len(found) > 1:
        place.problem("each", "its paths lead to fields with different answers")
    code_list, part, is_yes_no = next(iter(found), (None, None, False))
    return EachValue(paths=paths, code_list=code_list, part=part, is_yes_no=is_yes_no, present_only=each.present_only)


def _breakdown(table: Table, path: tuple[str, ...], register: str, scope: ReportScope) -> _Lines | None:
    if path == (UNIT,):
        return None, UNIT, False
    whole, part = (path[:-1], path[-1]) if path[-1] in ADDRESS_PARTS and len(path) > 1 else (path, None)
    field = scope.follow(whole, register)
    name = ".".join(path)
    if field is None:
        known = [one.id for one in scope.library.registers[register].fields()]
        table.problem("each", f"no field '{name}' in '{register}'{suggestion(path[0], known)}")
    elif NEVER_COUNTED.intersection(path):
        table.problem("each", f"'{name}' says who gave the information; it is never counted")
    elif part is not None and field.type is TypeName.ADDRESS:
        return None, part, False
    elif part is None and field.type in _CODED:
        return field.codes, None, False
    elif part is None and field.type is TypeName.YES_NO:
        return None, None, True
    else:
        table.problem(
            "each",
            f"'{name}' is {field.type.value}; a breakdown is by code, codes, yes_no, `unit`, "
            "or by commune or hamlet of an address",
        )
    return None
