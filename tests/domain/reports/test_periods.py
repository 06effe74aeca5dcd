import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.deadlines.holidays import load_holidays
from desktop.domain.reports import periods
from desktop.domain.reports.periods import PeriodKind, period_at, period_of
from desktop.errors import DesktopError
from desktop.paths import forms_dir

HOLIDAYS = load_holidays(forms_dir())
PARTS = [PeriodKind.MONTH, PeriodKind.QUARTER]
dates = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        (PeriodKind.MONTH, 1, "2025-12-15", "2026-01-14"),
        (PeriodKind.MONTH, 3, "2026-02-15", "2026-03-14"),
        (PeriodKind.MONTH, 12, "2026-11-15", "2026-12-14"),
        (PeriodKind.QUARTER, 1, "2025-12-15", "2026-03-14"),
        (PeriodKind.QUARTER, 4, "2026-09-15", "2026-12-14"),
        (PeriodKind.SIX_MONTHS, 1, "2025-12-15", "2026-06-14"),
        (PeriodKind.NINE_MONTHS, 1, "2025-12-15", "2026-09-14"),
        (PeriodKind.LAST_SIX_MONTHS, 1, "2026-06-15", "2026-12-14"),
        (PeriodKind.YEAR, 1, "2025-12-15", "2026-12-14"),
        (PeriodKind.CAMPAIGN, 1, "2026-07-01", "2026-09-30"),
    ],
)
def test_a_period_of_2026_has_its_days(kind: PeriodKind, number: int, first: str, last: str) -> None:
    found = period_of(kind, 2026, number)
    assert (found.first, found.last) == (day(first), day(last))


@settings(deadline=None, max_examples=200)
@given(on=dates, kind=st.sampled_from([*PARTS, PeriodKind.YEAR]))
def test_every_day_lies_in_exactly_one_period_of_a_kind(on: dt.date, kind: PeriodKind) -> None:
    found = period_at(kind, on)
    assert found.first <= on <= found.last
    assert period_at(kind, found.first) == period_at(kind, found.last) == found
    assert period_at(kind, found.last + dt.timedelta(days=1)).first == found.last + dt.timedelta(days=1)


@pytest.mark.parametrize("kind", PARTS)
def test_the_parts_of_a_year_are_the_year(kind: PeriodKind) -> None:
    parts = [period_of(kind, 2026, number) for number in range(1, 13 if kind is PeriodKind.MONTH else 5)]
    year = period_of(PeriodKind.YEAR, 2026)
    assert (parts[0].first, parts[-1].last) == (year.first, year.last)
    assert all(one.last + dt.timedelta(days=1) == other.first for one, other in pairwise(parts))


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (PeriodKind.MONTH, 13),
        (PeriodKind.MONTH, 0),
        (PeriodKind.QUARTER, 5),
        (PeriodKind.YEAR, 2),
        (PeriodKind.DAYS, 1),
    ],
)
def test_a_period_that_is_none_is_refused(kind: PeriodKind, number: int) -> None:
    with pytest.raises(DesktopError) as refused:
        period_of(kind, 2026, number)
    assert refused.value.code == "period_unknown"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DesktopError) as refused:
        periods.days_between(day("2026-03-02"), day("2026-03-01"))
    assert refused.value.code == "period_ends_before_it_begins"


def test_one_day_is_a_period() -> None:
    found = periods.days_between(day("2026-03-02"), day("2026-03-02"))
    assert found.holds("2026-03-02T23:59+07:00")


@pytest.mark.parametrize(
    ("stored", "is_in"),
    [
        ("2026-02-15", True),
        ("2026-03-14", True),
        ("2026-02-14", False),
        ("2026-03-15", False),
        ("2026-03-14T17:30Z", False),  # half past midnight of the 15th here
        ("2026-03-14T16:30Z", True),
        ("2026-02-14T17:30Z", True),
        ("2026-02-14T23:59+07:00", False),
        ("2026-03", False),  # may be after the 14th
        ("", False),
        (None, False),
        ("ngày mai", False),
    ],
)
def test_a_stored_value_is_in_a_period_when_that_is_certain(stored: str | None, is_in: bool) -> None:
    assert period_of(PeriodKind.MONTH, 2026, 3).holds(stored) is is_in


@pytest.mark.parametrize(
    ("last", "first"), [("2026-03-14", "2025-12-15"), ("2026-12-14", "2025-12-15"), ("2026-12-15", "2026-12-15")]
)
def test_the_year_to_date_begins_with_the_report_year(last: str, first: str) -> None:
    found = periods.year_to_date(periods.days_between(day(last), day(last)))
    assert (found.first, found.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("first", "last", "before_first", "before_last"),
    [
        ("2026-02-15", "2026-03-14", "2025-02-15", "2025-03-14"),
        ("2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"),
        ("2025-12-15", "2026-01-14", "2024-12-15", "2025-01-14"),
    ],
)
def test_the_same_period_last_year_has_the_same_days(
    first: str, last: str, before_first: str, before_last: str
) -> None:
    found = periods.same_period_last_year(periods.days_between(day(first), day(last)))
    assert (found.first, found.last) == (day(before_first), day(before_last))


@pytest.mark.parametrize("kind", [kind for kind in PeriodKind if kind is not PeriodKind.DAYS])
def test_a_named_period_was_the_named_period_last_year(kind: PeriodKind) -> None:
    assert periods.same_period_last_year(period_of(kind, 2026)) == period_of(kind, 2025)
