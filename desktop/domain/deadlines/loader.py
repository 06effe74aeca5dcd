"""Reading forms/deadlines/: every deadline, or every problem of all of them at once.

- Each name is followed to a field of the register, each condition compared with the fields, when the file is read.
- Hours and times of day are counted from a date and time only; a deadline that precedes another is read after it.
- `read_register_deadlines` takes the files as bytes by name, so that a test holds its deadline in itself.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from desktop.domain.conditions.condition import (
    Condition,
    ConditionError,
    parse_condition,
    type_check,
)
from desktop.domain.conditions.parser import suggestion
from desktop.domain.conditions.type_check import FieldKind, Fields, Kind
from desktop.domain.deadlines.deadline import (
    KIND_NAMES,
    DeadlineDefinition,
    Duration,
    Limit,
    Unit,
    Variant,
)
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines, register_deadlines
from desktop.domain.definitions.field_reader import read_id, read_label
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    TypeName,
)
from desktop.domain.definitions.symbols import kind_of
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.domain.documents.letterheads import STATION_KINDS
from desktop.errors import DefinitionError

DEADLINE_KEYS: Final = (
    *("id", "register", "label", "starts", "before", "limit", "grace", "next_day", "met_by", "met_when", "when"),
    *("variant", "extends_by", "warn_before", "waiting", "legal_basis", "verified", "valid_from", "valid_to"),
)
VARIANT_KEYS: Final = ("when", "limit", "legal_basis")

_DURATION: Final = re.compile(r"([1-9][0-9]{0,2}) (hour|day|working_day|month)s?")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_BEFORE: Final = "before "
_IMMEDIATELY: Final = "immediately"
_DATES: Final = frozenset({TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME})


def load_deadlines(forms_dir: Path, library: Library) -> Mapping[str, RegisterDeadlines]:
    """Read every deadline under a folder, by register.

    Raises:
        DefinitionError: with every problem of every file.
    """
    paths = sorted(forms_dir.glob("deadlines/*.toml"))
    return read_register_deadlines(
        {path.relative_to(forms_dir).as_posix(): path.read_bytes() for path in paths}, library
    )


def read_register_deadlines(files: Mapping[str, bytes], library: Library) -> Mapping[str, RegisterDeadlines]:
    """Read deadlines from bytes by name, such as `deadlines/tip_transfer.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    tables = [Source.decode(name, files[name]).table(DEADLINE_KEYS) for name in sorted(files)]
    registers = {str(table.raw("id")): table.raw("register") for table in tables}
    read = [_DeadlineReader(table, library, registers).read() for table in tables]
    deadlines = {deadline.id: deadline for deadline in read if deadline}
    for table in tables:
        _refuse_rings(table, deadlines)
    problems = tuple(problem for table in tables for problem in table.source.problems)
    if problems:
        raise DefinitionError(problems)
    ordered = sorted(deadlines.values(), key=lambda deadline: len(list(_chain(deadline, deadlines))))
    return {
        register: register_deadlines((deadline for deadline in ordered if deadline.register == register), definition)
        for register, definition in library.registers.items()
        if any(deadline.register == register for deadline in ordered)
    }


class _DeadlineReader:
    """The reader of one deadline; `registers` names the register of each file, however wrong the rest of it is."""

    def __init__(self, table: Table, library: Library, registers: Mapping[str, object]) -> None:
        self._table = table
        self._library = library
        self._registers = registers

    def read(self) -> DeadlineDefinition | None:
        table = self._table
        identity = read_id(table, set())
        stem = Path(table.source.name).stem
        if identity and identity != stem:
            table.problem("id", f"'{identity}' is not the name of the file; rename one: '{stem}'")
        register = self._register()
        label = read_label(table)
        if register is None:
            return None
        scope = self._scope(register)
        is_waiting = table.truth("waiting")
        limit = self._limit(table)
        before = table.text("before") or None
        starts = table.texts("starts")
        self._refuse_two_beginnings(starts, before, limit)
        deadline = DeadlineDefinition(
            id=identity,
            register=register.id,
            label=label,
            starts=starts,
            before=before,
            limit=limit,
            grace=self._grace(limit, before),
            next_day=self._next_day(limit),
            met_by=table.text("met_by") or None,
            met_when=self._condition(table, "met_when", scope),
            when=self._condition(table, "when", scope),
            variants=tuple(self._variant(one, scope) for one in table.tables("variant", VARIANT_KEYS)),
            extends_by=table.text("extends_by") or None,
            warn_before=self._duration(table, "warn_before"),
            is_waiting=is_waiting,
            legal_basis=table.text("legal_basis", required=True),
            is_verified=table.truth("verified"),
            valid_from=table.day("valid_from"),
            valid_to=table.day("valid_to"),
        )
        self._follow_names(deadline, register)
        self._compare_ends(deadline)
        return deadline

    def _register(self) -> FormDefinition | None:
        name = self._table.text("register", required=True)
        register = self._library.registers.get(name)
        if name and register is None:
            self._table.problem("register", f"no register '{name}'{suggestion(name, self._library.registers)}")
        return register

    def _scope(self, register: FormDefinition) -> Fields:
        kinds = FieldKind(kind=Kind.CODE, codes=frozenset(STATION_KINDS))
        return {**self._fields(register), **dict.fromkeys(KIND_NAMES, kinds)}

    def _fields(self, register: FormDefinition) -> Fields:
        return {field.id: _kind(field, self._library) for field in register.fields()}

    def _fields_of(self, register: str) -> Fields | None:
        found = self._library.registers.get(register)
        return None if found is None else self._fields(found)

    def _condition(self, table: Table, key: str, scope: Fields, *, required: bool = False) -> Condition | None:
        text = table.text(key, required=required)
        if not text:
            return None
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            table.problem(key, str(error))
            return None
        for problem in type_check(condition, scope, self._fields_of):
            table.problem(key, problem)
        return condition

    def _variant(self, table: Table, scope: Fields) -> Variant:
        return Variant(
            when=self._condition(table, "when", scope, required=True) or parse_condition("false"),
            limit=self._limit(table),
            legal_basis=table.text("legal_basis"),
        )

    def _limit(self, table: Table) -> Limit:
        text = table.text("limit", required=True)
        limit = _parse_limit(text)
        if text and limit is None:
            table.problem(
                "limit",
                f"'{text}' is no limit; say '24 hours', '7 days', '3 working_days', '2 months', "
                "'immediately' or 'before 23:00'",
            )
        return limit or Limit(text=text)

    def _duration(self, table: Table, key: str) -> Duration | None:
        text = table.text(key)
        duration = _parse_duration(text)
        if text and duration is None:
            table.problem(key, f"'{text}' is no length of time; say '6 hours', '2 days', '3 working_days' or '1 month'")
        return duration

    def _grace(self, limit: Limit, before: str | None) -> Duration | None:
        grace = self._duration(self._table, "grace")
        needs_grace = limit.text == _IMMEDIATELY and before is None
        if needs_grace and "grace" not in self._table:
            self._table.problem(None, "'grace' is missing; it says after how long 'immediately' is late")
        if not needs_grace and grace is not None:
            self._table.problem("grace", "only a limit 'immediately' that starts with an event has a grace")
        return grace

    def _next_day(self, limit: Limit) -> dt.time | None:
        text = self._table.text("next_day")
        time = _parse_time(text)
        if text and time is None:
            self._table.problem("next_day", f"'{text}' is no time of day, such as 08:00")
        if text and limit.time_of_day is None:
            self._table.problem("next_day", "only a limit such as 'before 23:00' goes on to the next day")
        return time

    def _refuse_two_beginnings(self, starts: tuple[str, ...], before: str | None, limit: Limit) -> None:
        if bool(starts) == bool(before):
            self._table.problem(None, "a deadline has either 'starts', the fields it starts with, or 'before'")
        if before and limit.time_of_day is not None:
            self._table.problem(
                "limit", "a deadline with 'before' is counted back by hours, days, working_days or months"
            )
        if before and "warn_before" not in self._table:
            self._table.problem(None, "'warn_before' is missing; a deadline with 'before' has no length of its own")

    def _follow_names(self, deadline: DeadlineDefinition, register: FormDefinition) -> None:
        exact = (
            deadline.limit.time_of_day is not None or _is_hours(deadline.limit.duration) or _is_hours(deadline.grace)
        )
        exact = exact or any(_is_hours(variant.limit.duration) for variant in deadline.variants)
        for name in deadline.starts:
            field = self._dated(register, "starts", name)
            if field is not None and exact and field.type is not TypeName.DATE_TIME:
                self._table.problem("starts", f"'{name}' is a {field.type.value}; hours are counted from a date_time")
        for key, named in (("met_by", deadline.met_by), ("extends_by", deadline.extends_by)):
            if named:
                self._dated(register, key, named)
        if deadline.before and self._registers.get(deadline.before) != register.id:
            self._dated(register, "before", deadline.before)

    def _dated(self, register: FormDefinition, key: str, name: str) -> FieldDefinition | None:
        field = register.field(name)
        if field is None:
            known = {field.id for field in register.fields()}
            if key == "before":
                known |= {deadline for deadline, other in self._registers.items() if other == register.id}
            self._table.problem(key, f"no field '{name}' in '{register.id}'{suggestion(name, known)}")
        elif field.type not in _DATES:
            self._table.problem(
                key, f"'{name}' is {field.type.value}; a deadline goes by date, partial_date and date_time"
            )
            return None
        return field

    def _compare_ends(self, deadline: DeadlineDefinition) -> None:
        can_be_met = deadline.met_by is not None or deadline.met_when is not None
        if can_be_met == deadline.is_waiting:
            self._table.problem(None, "a deadline has 'met_by', 'met_when' or both; one that is 'waiting' has neither")
        if deadline.extends_by and not deadline.starts:
            self._table.problem("extends_by", "a deadline with 'before' is not extended; what it precedes is")
        if deadline.valid_from and deadline.valid_to and deadline.valid_from > deadline.valid_to:
            self._table.problem("valid_from", f"{deadline.valid_from} is after valid_to {deadline.valid_to}")


def _kind(field: FieldDefinition, library: Library) -> FieldKind:
    code_list = library.code_lists.get(field.codes or "")
    return FieldKind(
        kind=kind_of(field.type.value),
        codes=frozenset(code.value for code in code_list.codes) if code_list else None,
        register="person" if field.type is TypeName.PERSON else field.register,
        is_computed=field.computed is not None,
    )


def _parse_limit(text: str) -> Limit | None:
    if text == _IMMEDIATELY:
        return Limit(text=text)
    if text.startswith(_BEFORE):
        time = _parse_time(text.removeprefix(_BEFORE))
        return None if time is None else Limit(text=text, time_of_day=time)
    duration = _parse_duration(text)
    return None if duration is None else Limit(text=text, duration=duration)


def _parse_duration(text: str) -> Duration | None:
    match = _DURATION.fullmatch(text)
    return Duration(amount=int(match[1]), unit=Unit(f"{match[2]}s")) if match else None


def _parse_time(text: str) -> dt.time | None:
    match = _TIME.fullmatch(text)
    return dt.time(int(match[1]), int(match[2])) if match else None


def _is_hours(duration: Duration | None) -> bool:
    return duration is not None and duration.unit is Unit.HOURS


def _refuse_rings(table: Table, deadlines: Mapping[str, DeadlineDefinition]) -> None:
    deadline = deadlines.get(str(table.raw("id")))
    if deadline is not None and deadline.id in list(_chain(deadline, deadlines)):
        table.problem("before", f"'{deadline.before}' is itself counted back from '{deadline.id}'")


def _chain(deadline: DeadlineDefinition, deadlines: Mapping[str, DeadlineDefinition]) -> Iterator[str]:
    """Yield the deadlines that are before a deadline, its own id again when they are a ring."""
    seen: set[str] = set()
    here = deadlines.get(deadline.before or "")
    while here is not None and here.id not in seen:
        seen.add(here.id)
        yield here.id
        here = deadlines.get(here.before or "")
