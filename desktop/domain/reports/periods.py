"""Spans of days that reports speak of, by the cut-off days of NĐ 09/2019 Điều 12.

- A month runs from the 15th of the month before to the 14th; quarters, six and nine months and the year are made of
  such months, so the year runs from 15 December to 14 December. Any other first and last day may be given, too.
- The campaign against trafficking runs from 1 July to 30 September.
- The first and the last day belong to the period.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.base.dates import moment, span
from desktop.domain.deadlines.holidays import HolidayTable
from desktop.errors import DesktopError

CUT_OFF: Final = 15
REPORT_WORKING_DAYS: Final = 2
"""How many working days after a period its report is due, where the province has not said otherwise."""


class PeriodKind(StrEnum):
    """How a period was chosen; a campaign and a span of days say nothing of other periods."""

    MONTH = "month"
    QUARTER = "quarter"
    SIX_MONTHS = "six_months"
    LAST_SIX_MONTHS = "last_six_months"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    CAMPAIGN = "campaign"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From a first day to a last; `year` is that of its report, `number` which month or quarter it is, else 1."""

    kind: PeriodKind
    year: int
    number: int
    first: dt.date
    last: dt.date

    def holds(self, stored: str | None) -> bool:
        """Return whether a stored date or moment certainly lies in the period, by its local day."""
        days = _days_of(stored)
        return days is not None and self.first <= days[0] and days[1] <= self.last

    def is_after(self, stored: str | None) -> bool:
        """Return whether a stored date or moment certainly lies before the period: what is carried over from then."""
        days = _days_of(stored)
        return days is not None and days[1] < self.first


def period_of(kind: PeriodKind, year: int, number: int = 1) -> Period:
    """Return a period of a year: the month 1 to 12, the quarter 1 to 4; of the others there is one a year.

    Raises:
        DesktopError: period_unknown (no such year or number, or a kind without a fixed place in the year).
    """
    if kind is PeriodKind.DAYS or not 1 <= number <= _COUNTS.get(kind, 1) or not dt.MINYEAR < year < dt.MAXYEAR:
        raise DesktopError("period_unknown", kind=kind.value, year=year, number=number)
    if kind is PeriodKind.CAMPAIGN:
        return Period(kind=kind, year=year, number=1, first=dt.date(year, 7, 1), last=dt.date(year, 9, 30))
    length = _LENGTHS[kind]
    end = {PeriodKind.MONTH: number, PeriodKind.QUARTER: 3 * number}.get(kind, _ENDS.get(kind, 12))
    return Period(
        kind=kind, year=year, number=number, first=_cut_off(year, end - length), last=_cut_off(year, end) - _DAY
    )


def period_at(kind: PeriodKind, day: dt.date) -> Period:
    """Return the period of a kind that a day lies in; the campaign of its year, in it or not.

    Six and nine months are counted from the beginning of the year; a day after them gives the last ones all the same.
    """
    if kind is PeriodKind.CAMPAIGN:
        return period_of(kind, day.year)
    year, month = _report_month(day)
    number = {PeriodKind.MONTH: month, PeriodKind.QUARTER: (month + 2) // 3}.get(kind, 1)
    return period_of(kind, year, number)


def days_between(first: dt.date, last: dt.date) -> Period:
    """Return any first to any last day.

    Raises:
        DesktopError: period_ends_before_it_begins.
    """
    if last < first:
        raise DesktopError("period_ends_before_it_begins", first=_shown(first), last=_shown(last))
    return Period(kind=PeriodKind.DAYS, year=_report_month(last)[0], number=1, first=first, last=last)


def year_to_date(period: Period) -> Period:
    """Return all days from the beginning of the report year in which a period ends, to that end."""
    year, _ = _report_month(period.last)
    return Period(
        kind=PeriodKind.DAYS, year=year, number=1, first=min(_cut_off(year, 0), period.first), last=period.last
    )


def same_period_last_year(period: Period) -> Period:
    """Return the same days a year before; 29 February is 28 February then."""
    return Period(
        kind=period.kind,
        year=period.year - 1,
        number=period.number,
        first=_year_before(period.first),
        last=_year_before(period.last),
    )


def report_due(period: Period, holidays: HolidayTable, *, working_days: int = REPORT_WORKING_DAYS) -> dt.date:
    """Return the day a period's report is due: a number of working days after its last day."""
    return holidays.add_working_days(period.last, working_days)


_DAY: Final = dt.timedelta(days=1)
_COUNTS: Final = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
_LENGTHS: Final = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SIX_MONTHS: 6,
    PeriodKind.LAST_SIX_MONTHS: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_ENDS: Final = {PeriodKind.SIX_MONTHS: 6, PeriodKind.NINE_MONTHS: 9}


def _cut_off(year: int, month: int) -> dt.date:
    """Return the first day after a report month; month 0 is December of the year before."""
    return dt.date(year - 1, 12, CUT_OFF) if month == 0 else dt.date(year, month, CUT_OFF)


def _report_month(day: dt.date) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 + (day.day >= CUT_OFF)
    return months // 12, months % 12 + 1


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def _days_of(stored: str | None) -> tuple[dt.date, dt.date] | None:
    if not stored:
        return None
    when = moment(stored) if "T" in stored else None
    return (when.date(), when.date()) if when is not None else span(stored)


def _shown(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
