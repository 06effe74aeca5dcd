"""What the conditions of a report may name, and what may never be counted.

- The fields of a register, `period_start`, `period_end`, `own_kind` (the kind of the station that makes the report) and
  `due_of_<deadline>` for each of its deadlines.
- `today` and `now` are refused, and computed fields that depend on them: a report made twice is the same.
- Who gave the information is never counted, broken down or asked about (LEGAL.md 7.9).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from desktop.domain.conditions.condition import (
    Condition,
    ConditionError,
    parse_condition,
    type_check,
)
from desktop.domain.conditions.type_check import FieldKind, Fields, Kind
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines, names_of, paths_of
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    TypeName,
)
from desktop.domain.definitions.symbols import kind_of
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.documents.letterheads import STATION_KINDS
from desktop.domain.reports.model import (
    DUE_OF,
    OWN_KIND,
    PERIOD_END,
    PERIOD_START,
)

NEVER_COUNTED: Final = frozenset(
    {"informant", "informant_org", "anonymous", "anonymous_reason", "how_known", "others_know", "family_informant"}
)
_NOT_OF_THE_DAY: Final = ("today", "now")


class ReportScope:
    """The names of every register as the conditions of reports see them."""

    def __init__(self, library: Library, deadlines: Mapping[str, RegisterDeadlines]) -> None:
        self.library = library
        self._deadlines = deadlines
        self._known: dict[str, Fields] = {}

    def problems(self, condition: Condition, register: str, expected: Kind, row: str | None = None) -> tuple[str, ...]:
        """Return what is wrong with a condition over a register, or over the rows of one of its fields."""
        kinds = self.names(register)
        found = kinds.get(row or "")
        inside = {**kinds, **(found.columns or {})} if found else kinds
        return (
            *type_check(condition, inside, self._fields_of, expected=expected),
            *self._forbidden(condition, self.library.registers[register]),
        )

    def names(self, register: str) -> Fields:
        """Return the kinds of all names that a condition over a register may use."""
        own = FieldKind(kind=Kind.CODE, codes=frozenset(STATION_KINDS))
        deadlines = self._deadlines[register].deadlines if register in self._deadlines else ()
        return {
            **self._fields(register),
            PERIOD_START: FieldKind(kind=Kind.DATE),
            PERIOD_END: FieldKind(kind=Kind.DATE),
            OWN_KIND: own,
            **{DUE_OF + deadline.id: FieldKind(kind=Kind.MOMENT) for deadline in deadlines},
        }

    def follow(self, path: Iterable[str], register: str) -> FieldDefinition | None:
        """Return the field at the end of a path through links."""
        definition: FormDefinition | None = self.library.registers.get(register)
        field = None
        for name in path:
            if definition is None:
                return None
            field = definition.field(name)
            target = field and ("person" if field.type is TypeName.PERSON else field.register)
            definition = self.library.registers.get(target or "")
        return field

    def _fields(self, register: str) -> Fields:
        if register not in self._known:
            definition = self.library.registers[register]
            self._known[register] = {field.id: _kind(field, self.library) for field in definition.fields()}
        return self._known[register]

    def _fields_of(self, register: str) -> Fields | None:
        return self._fields(register) if register in self.library.registers else None

    def _forbidden(self, condition: Condition, definition: FormDefinition) -> Iterator[str]:
        for path in sorted(paths_of(condition)):
            if path[0] in _NOT_OF_THE_DAY:
                yield f"'{path[0]}' is the day of printing; a report says period_end"
            elif NEVER_COUNTED.intersection(path):
                yield f"'{'.'.join(path)}' says who gave the information; it is never counted"
            elif _depends_on_today(definition, path[0]):
                yield f"'{path[0]}' is worked out from the day of printing; say it with period_end"


class ConditionReader:
    """Reads the conditions of a file and remembers where each was: its problems show cell by cell."""

    def __init__(self, scope: ReportScope) -> None:
        self.scope = scope
        self._stood: dict[int, tuple[Table, str, Condition]] = {}
        self._reported: set[tuple[int, str]] = set()

    def read(self, table: Table, key: str) -> Condition | None:
        text = table.text(key)
        if not text:
            return None
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            table.problem(key, str(error))
            return None
        self._stood[id(condition)] = (table, key, condition)
        return condition

    def check(self, condition: Condition, register: str, expected: Kind = Kind.TRUTH, row: str | None = None) -> None:
        """Report what is wrong with a condition over a register, each thing once."""
        table, key, _ = self._stood[id(condition)]
        for problem in self.scope.problems(condition, register, expected, row):
            if (id(condition), problem) not in self._reported:
                self._reported.add((id(condition), problem))
                table.problem(key, f"{problem} (register '{register}')")


def _depends_on_today(definition: FormDefinition, name: str) -> bool:
    """Return whether a computed field changes with the day, itself or through another one."""
    field = definition.field(name)
    if field is None or field.computed is None:
        return False
    names = names_of(field.computed)
    return bool(names.intersection(_NOT_OF_THE_DAY)) or any(
        other != name and _depends_on_today(definition, other) for other in names
    )


def _kind(field: FieldDefinition, library: Library) -> FieldKind:
    code_list = library.code_lists.get(field.codes or "")
    return FieldKind(
        kind=kind_of(field.type.value),
        codes=frozenset(code.value for code in code_list.codes) if code_list else None,
        register="person" if field.type is TypeName.PERSON else field.register,
        is_computed=field.computed is not None,
        columns={column.id: _kind(column, library) for column in field.fields} or None,
    )
