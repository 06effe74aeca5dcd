"""The records that a report may count, read at once: few columns of the registers it names.

- Cancelled records are not there; drafts are not there and are counted, so that the paper can say how many.
- A hidden field reads as empty and a computed one is computed, when a condition asks for it.
- Links lead to stored values, as in every condition.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar, overload

from desktop.domain.base.dates import VIETNAM
from desktop.domain.conditions.condition import Values
from desktop.domain.deadlines.deadline import DeadlineSight
from desktop.domain.deadlines.holidays import HolidayTable
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines, StationKinds
from desktop.domain.definitions.model import FormDefinition, Library
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed, visible_fields
from desktop.domain.reports.model import DUE_OF, OWN_KIND, ReportDefinition
from desktop.domain.reports.periods import Period
from desktop.reports.bounds import chances
from desktop.reports.needs import Needs
from desktop.storage import deadline_rows
from desktop.storage.database import Database
from desktop.storage.deadline_rows import Chance

_Default = TypeVar("_Default")
DRAFT: Final = "NHAP"
CANCELLED: Final = "HUY"
_AUTHORITY: Final = "province"  # whose limits a report counts, also those that a commune itself does not see
_KINDS: Final = {"CAX": "commune", "DBP": "border", "CAT": "province"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where records and definitions come from."""

    database: Database
    library: Library
    deadlines: Mapping[str, RegisterDeadlines]
    holidays: HolidayTable
    own_kind: str


@dataclass(slots=True, eq=False)
class CountedRecord(Mapping[str, Json]):
    """One record as conditions see it; `place` is its place among those of its register."""

    record: str
    station: str
    place: int
    stored: Mapping[str, Json]
    register: "RegisterRecords" = field(repr=False)
    _worked_out: dict[str, Json] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> Json:
        if name in self.register.plain:
            return self.stored.get(name)
        if name not in self._worked_out:
            self._worked_out[name] = self.register.work_out(self, name)
        return self._worked_out[name]

    @overload
    def get(self, key: str, /) -> Json: ...
    @overload
    def get(self, key: str, /, default: _Default) -> Json | _Default: ...
    def get(self, key: str, /, default: object = None) -> object:  # asked millions of times
        """Return a value; every name has one, if only None."""
        return self.stored.get(key, default) if key in self.register.plain else self[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)


@dataclass(frozen=True)
class RegisterRecords:
    """The records of one register by id, and how what is not stored in them is worked out."""

    definition: FormDefinition
    deadlines: Mapping[str, RegisterDeadlines]
    sight: DeadlineSight
    own_kind: str
    by_id: dict[str, CountedRecord] = field(default_factory=dict)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The stored fields that nothing hides."""
        return frozenset(
            one.id
            for section in self.definition.sections
            if section.visible_when is None
            for one in section.fields
            if one.computed is None and one.visible_when is None
        )

    def work_out(self, record: CountedRecord, name: str) -> Json:
        """Return the value of a name that is no plain field: hidden perhaps, computed, a due day, or our own kind."""
        if name == OWN_KIND:
            return self.own_kind
        if name.startswith(DUE_OF):
            return self._due(record, name.removeprefix(DUE_OF))
        if self.definition.field(name) is None:
            return None
        today = self.sight.now.date()
        shown = visible_fields(
            record.stored, self.definition, today=today, now=self.sight.now, follow=self.sight.follow
        )
        if name not in shown:
            return None
        found = computed(record.stored, self.definition, today=today, now=self.sight.now, follow=self.sight.follow)
        return found.get(name, record.stored.get(name))

    def _due(self, record: CountedRecord, deadline: str) -> str | None:
        """Return when a duty is due, by the deadline that the investigating body would read."""
        kinds = StationKinds(writer=_KINDS.get(record.station.partition("-")[0]), reader=_AUTHORITY)
        readings = self.deadlines[deadline].read(record.stored, kinds, self.sight)
        due = next((one.due_at.astimezone(VIETNAM) for one in readings if one.deadline.id == deadline), None)
        return None if due is None else due.isoformat(timespec="seconds")


class ReportRecords:
    """All records that the sets of a report may hold in one of the periods, and those that they link to."""

    def __init__(self, sources: Sources, report: ReportDefinition, periods: tuple[Period, ...]) -> None:
        self._sources = sources
        self._needs = Needs(report, sources.library, sources.deadlines)
        last = periods[0].last
        self._sight = DeadlineSight(
            now=dt.datetime.combine(last, dt.time(23, 59), VIETNAM), holidays=sources.holidays, follow=self.follow
        )
        self.drafts = 0
        self.registers = {name: self._read(name, report, periods) for name in sorted(self._needs.counted)}

    @property
    def sight(self) -> DeadlineSight:
        """What conditions see beside the values. The day is the last of the period: nothing depends on today."""
        return self._sight

    def follow(self, record: str) -> Values | None:
        return self._linked.get(record)

    @cached_property
    def _linked(self) -> Mapping[str, Values]:
        """The stored values of every record that a path may lead to, drafts among them."""
        found: dict[str, Values] = {}
        for register in sorted(self._needs.linked):
            definition = self._sources.library.registers[register]
            needed = self._needs.definition(register)
            for row in deadline_rows.candidates(self._sources.database, definition, needed, (Chance(),)):
                found[row.record] = row.values
        return found

    def _read(self, register: str, report: ReportDefinition, periods: tuple[Period, ...]) -> RegisterRecords:
        definition = self._sources.library.registers[register]
        needed = self._needs.definition(register)
        found = RegisterRecords(needed, self._needs.deadlines.get(register, {}), self._sight, self._sources.own_kind)
        rows = deadline_rows.candidates(
            self._sources.database,
            definition,
            needed,
            chances(report, definition, periods),
            without=(CANCELLED,),
        )
        for row in rows:
            if row.status == DRAFT:
                self.drafts += 1
                continue
            found.by_id[row.record] = CountedRecord(row.record, row.station, len(found.by_id), row.values, found)
        return found
