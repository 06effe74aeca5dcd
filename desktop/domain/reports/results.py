"""A report worked out: tables of figures, each with the records behind it.

- A share shows numerator and denominator; nothing out of nothing is "–", never a percentage.
- What is hidden in a table that leaves the unit has neither number nor records.
- Numbers are shown as Vietnamese is written: 1.234,5.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.base.problems import Label
from desktop.domain.reports.model import PeriodColumn, ReportDefinition, TableDefinition
from desktop.domain.reports.periods import Period

NONE_SHOWN: Final = "–"
SMALL_SHOWN: Final = "<3"
WITHHELD_SHOWN: Final = "×"
_TENTH: Final = Decimal("0.1")


class Suppression(StrEnum):
    """Why a figure is not shown: it counts one or two, or one of those could be worked out from it."""

    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number and the records it was counted from; a manual one has its source instead. `None` is not known."""

    number: Decimal | None
    records: tuple[str, ...] = ()
    source: str = ""
    is_manual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The content of a cell: an amount, or one out of another."""

    amount: Amount
    of: Amount | None = None
    hidden: Suppression | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of it is known: nobody entered it."""
        return self.amount.number is None and (self.of is None or self.of.number is None)

    @property
    def share(self) -> Decimal | None:
        """Return the share in per cent; None when there is nothing to divide by."""
        if self.hidden or self.of is None or not self.of.number or self.amount.number is None:
            return None
        return self.amount.number * 100 / self.of.number


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A column; `id` is a `PeriodColumn` in a table over periods."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A row: a figure for each measured column, none at all in a heading. `parts` are rows that add up to it."""

    id: str
    label: Label
    figures: tuple[Figure, ...]
    indent: int = 0
    is_total: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """A table; over periods its last two columns have no figures of their own (`derived` gives their texts)."""

    definition: TableDefinition
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    column_parts: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def is_over_periods(self) -> bool:
        return not self.definition.columns

    @property
    def has_shares(self) -> bool:
        return any(figure.of is not None for row in self.rows for figure in row.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """A report of one station over one period, made at a moment. `drafts` were not counted."""

    definition: ReportDefinition
    period: Period
    year_to_date: Period
    last_year: Period
    made_at: dt.datetime
    station: str
    tables: tuple[TableResult, ...]
    drafts: int
    is_for_outside: bool = False

    def figures(self) -> Iterator[Figure]:
        for table in self.tables:
            for row in table.rows:
                yield from row.figures

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted anywhere."""
        amounts = [amount for figure in self.figures() for amount in (figure.amount, figure.of) if amount]
        return not any(amount.records or amount.number for amount in amounts)

    def with_tables(self, tables: tuple[TableResult, ...]) -> "ReportResult":
        return dataclasses.replace(self, tables=tables, is_for_outside=True)


def difference(now: Figure, before: Figure) -> Decimal | None:
    """Return now less before: of numbers, or of shares in percentage points; None when either is not known."""
    one, other = _compared(now), _compared(before)
    return None if one is None or other is None else one - other


def change(now: Figure, before: Figure) -> Decimal | None:
    """Return the change in per cent of before; None for shares, and when before is nothing."""
    delta = None if now.of or before.of else difference(now, before)
    return None if delta is None or not before.amount.number else delta * 100 / before.amount.number


def derived(column: str, row: ResultRow) -> Decimal | None:
    """Return the value of a worked-out column of a table over periods."""
    now, _, before = row.figures
    return difference(now, before) if column == PeriodColumn.DIFFERENCE else change(now, before)


def derived_text(column: str, row: ResultRow) -> str:
    value = derived(column, row)
    if value is None:
        return NONE_SHOWN
    is_percent = column == PeriodColumn.CHANGE or row.figures[0].of is not None
    shown = rounded(value) if is_percent else value
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    unit = "" if not is_percent else " %" if column == PeriodColumn.CHANGE else " điểm"
    return f"{sign}{number_text(abs(shown), decimals=1 if is_percent else None)}{unit}"


def figure_text(figure: Figure) -> str:
    """Return a figure as it is printed: `5`, `8/10 (80,0 %)`, `0/0 (–)`, `–` when it is not known."""
    if figure.hidden is not None:
        return SMALL_SHOWN if figure.hidden is Suppression.SMALL else WITHHELD_SHOWN
    if figure.of is None or figure.is_unknown:
        return amount_text(figure.amount)
    return f"{amount_text(figure.amount)}/{amount_text(figure.of)} ({share_text(figure)})"


def share_text(figure: Figure) -> str:
    share = figure.share
    return NONE_SHOWN if share is None else f"{number_text(rounded(share), decimals=1)} %"


def amount_text(amount: Amount) -> str:
    return NONE_SHOWN if amount.number is None else number_text(amount.number)


def number_text(number: Decimal, *, decimals: int | None = None) -> str:
    """Return `1.234,5`; without `decimals` as many as the number has."""
    plain = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,f}"
    whole, point, rest = plain.partition(".")
    kept = rest if decimals is not None else rest.rstrip("0")
    return whole.replace(",", ".") + ("," + kept if point and kept else "")


def rounded(share: Decimal) -> Decimal:
    """Return a share to one decimal, half up."""
    return share.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _compared(figure: Figure) -> Decimal | None:
    if figure.hidden:
        return None
    return figure.amount.number if figure.of is None else figure.share
