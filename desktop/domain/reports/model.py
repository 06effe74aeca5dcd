"""Reports as frozen objects, the parsed side of forms/reports/*.toml.

- A figure is a set of records first and a number second. `RecordSet` says which records, `Measure` what is counted of
  them, a row and a column of a table narrow them.
- `period_start` and `period_end` are the first and the last day; `due_of_<deadline>` is when a duty of the record is due.
  Nothing in a report depends on the day it is made.
- A manual figure has no records here: a person enters it with its source, or it is not known.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import Condition
from desktop.domain.reports.periods import PeriodKind

PERIOD_START: Final = "period_start"
PERIOD_END: Final = "period_end"
DUE_OF: Final = "due_of_"
OWN_KIND: Final = "own_kind"
UNIT: Final = "unit"
ADDRESS_PARTS: Final = ("commune", "hamlet")


class PeriodColumn(StrEnum):
    """The columns of a table over periods; the last two are worked out of the others."""

    THIS_PERIOD = "this_period"
    YEAR_TO_DATE = "year_to_date"
    LAST_YEAR = "last_year"
    DIFFERENCE = "difference"
    CHANGE = "change"


MEASURED: Final = (PeriodColumn.THIS_PERIOD, PeriodColumn.YEAR_TO_DATE, PeriodColumn.LAST_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSet:
    """Records of one register: by a condition, from other sets, or those that another set links to through a field."""

    id: str
    register: str
    where: Condition | None = None
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    linked_by: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is counted of a set: its records; or their rows (`rows`, of those `row_where`); or a sum over them; or how
    many different values they have. With `of` it is a share: this number out of that one.
    """

    set: str | None = None
    where: Condition | None = None
    rows: str | None = None
    row_where: Condition | None = None
    sum: Condition | None = None
    distinct: str | None = None
    is_manual: bool = False
    of: "Measure | None" = None

    @property
    def says_what(self) -> bool:
        """Whether it says what is counted, not only of which records."""
        return bool(self.rows or self.sum or self.distinct or self.is_manual or self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class EachValue:
    """One line for each answer: the path to the field, by register. `part` is that of an address; a code list gives the
    lines in its own order, `present_only` leaves out those without records.
    """

    paths: Mapping[str, tuple[str, ...]]
    code_list: str | None = None
    part: str | None = None
    is_yes_no: bool = False
    present_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A row or a column. `parts` are the rows that add up to it; `is_heading` has a label and nothing else."""

    id: str
    label: Label
    measure: Measure = dataclasses.field(default_factory=Measure)
    each: EachValue | None = None
    has_total: bool = False
    indent: int = 0
    is_heading: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars: some rows (all when none is named) of one or two columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDefinition:
    """One table; without `columns` it is over the periods. `is_personal` counts people: small cells may be hidden."""

    id: str
    label: Label
    note: Label | None
    set: str | None
    rows: tuple[ReportLine, ...]
    columns: tuple[ReportLine, ...] = ()
    chart: Chart | None = None
    is_personal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefinition:
    """An indicator or a printed table: its sets and its tables, and the words that say how it is counted."""

    id: str
    number: str
    label: Label
    definition: Label
    sets: Mapping[str, RecordSet]
    tables: tuple[TableDefinition, ...]
    target: Label | None = None
    period: PeriodKind = PeriodKind.MONTH
    is_landscape: bool = False
    is_verified: bool = False
    legal_basis: str = ""

    def conditions(self) -> tuple[tuple[str | None, Condition], ...]:
        """Return every condition of a set with its register."""
        return tuple((one.register, one.where) for one in self.sets.values() if one.where is not None)
