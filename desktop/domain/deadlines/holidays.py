"""The days off of Việt Nam, and working days counted by them.

- A working day is Monday to Friday and no day off, or a weekend day that the government ordered to be worked in
  exchange for a day off between a holiday and a weekend.
- Days of the same date every year are law (`yearly`); the lunar ones, the days made up for and the exchanged ones are
  dates of their own, for the years the table was made for. Outside those years only weekends and yearly days count.
- A limit in working days does not count the day it starts on (BLDS 2015 Điều 147, BLTTHS 2015 Điều 134).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.base.problems import Label
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.errors import DefinitionError

HOLIDAY_FILE: Final = "holidays.toml"
HOLIDAYS_KEYS: Final = ("first_year", "last_year", "announced_to", "legal_basis", "yearly", "day_off", "working_day")
YEARLY_KEYS: Final = ("month", "day", "label", "valid_from", "valid_to", "legal_basis")
DAY_OFF_KEYS: Final = ("date", "label")
WORKING_DAY_KEYS: Final = ("date", "instead_of", "legal_basis")

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5
_DECEMBER: Final = 12
_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyDay:
    """A day off on the same date of every year in which the law holds."""

    month: int
    day: int
    label: Label
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def falls_on(self, day: dt.date) -> bool:
        return (
            (day.month, day.day) == (self.month, self.day)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayTable:
    """Every day off of the years it was made for; those after `announced_to` are worked out, not yet announced."""

    first_year: int
    last_year: int
    announced_to: int
    yearly: tuple[YearlyDay, ...]
    days_off: Mapping[dt.date, Label]
    working_days: frozenset[dt.date]

    def name_of(self, day: dt.date) -> Label | None:
        """Return why a day is off; None for a weekend and for a working day."""
        found = self.days_off.get(day)
        return found or next((yearly.label for yearly in self.yearly if yearly.falls_on(day)), None)

    def is_working_day(self, day: dt.date) -> bool:
        if day in self.working_days:
            return True
        return day.weekday() < _SATURDAY and self.name_of(day) is None

    def next_working_day(self, day: dt.date) -> dt.date:
        """Return the day itself when it is one."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the day `count` working days after a day, before it when below 0; the day itself is not counted."""
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """Return how many working days come after `first`, up to and with `last`; as many below 0 the other way."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + _DAY * number) for number in range(1, (last - first).days + 1))


def load_holidays(forms_dir: Path) -> HolidayTable:
    """Read forms/holidays.toml.

    Raises:
        DefinitionError: with every problem of the file.
    """
    path = forms_dir / HOLIDAY_FILE
    return read_holidays(path.read_bytes() if path.is_file() else b"")


def read_holidays(content: bytes) -> HolidayTable:
    """Read a table of holidays.

    Raises:
        DefinitionError: with every problem of the file.
    """
    source = Source.decode(HOLIDAY_FILE, content)
    table = source.table(HOLIDAYS_KEYS)
    first, last, announced = (
        table.integer(key, least=1900, required=True) or 0 for key in ("first_year", "last_year", "announced_to")
    )
    table.text("legal_basis", required=True)
    if first > last:
        table.problem("first_year", f"{first} is after last_year {last}")
    yearly = tuple(_read_yearly(one) for one in table.tables("yearly", YEARLY_KEYS))
    days_off: dict[dt.date, Label] = {}
    for one in table.tables("day_off", DAY_OFF_KEYS):
        day, label = _read_date(one, range(first, last + 1)), one.label("label", required=True)
        if day in days_off:
            one.problem("date", f"{day} stands twice")
        if day is not None and label is not None:
            days_off[day] = label
    working_days = [
        _read_working_day(one, days_off, first, last) for one in table.tables("working_day", WORKING_DAY_KEYS)
    ]
    if source.problems:
        raise DefinitionError(tuple(source.problems))
    return HolidayTable(
        first_year=first,
        last_year=last,
        announced_to=announced,
        yearly=yearly,
        days_off=days_off,
        working_days=frozenset(day for day in working_days if day is not None),
    )


def _read_yearly(table: Table) -> YearlyDay:
    month = table.integer("month", least=1, required=True) or 1
    day = table.integer("day", least=1, required=True) or 1
    if month > _DECEMBER or not _is_day(month, day):
        table.problem("day", f"there is no day {day} of month {month}")
    table.text("legal_basis")
    return YearlyDay(
        month=month,
        day=day,
        label=table.label("label", required=True) or Label(vi="", en=""),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
    )


def _is_day(month: int, day: int) -> bool:
    try:
        dt.date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _read_date(table: Table, years: range) -> dt.date | None:
    day = table.day("date")
    if "date" not in table:
        table.problem(None, "'date' is missing; it is a date such as 2024-01-01")
    elif day is not None and day.year not in years:
        table.problem("date", f"{day} is outside first_year {years.start} to last_year {years.stop - 1}")
    return day


def _read_working_day(table: Table, days_off: Mapping[dt.date, Label], first: int, last: int) -> dt.date | None:
    """Read a weekend day that is worked; the day off it was given for is among the days off."""
    day = _read_date(table, range(first, last + 1))
    table.text("legal_basis")
    if day is not None and day.weekday() < _SATURDAY:
        table.problem("date", f"{day} is no Saturday or Sunday; a working day is one without being named")
    instead = table.day("instead_of")
    if "instead_of" not in table:
        table.problem(None, "'instead_of' is missing; it is the day off for which this day is worked")
    elif instead is not None and instead not in days_off:
        table.problem("instead_of", f"{instead} is none of [[day_off]]")
    return day
