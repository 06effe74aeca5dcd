"""Every figure of every shipped report is what plain Python counts from the raw records."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from desktop.domain.reports.periods import (
    Period,
    PeriodKind,
    days_between,
    period_of,
    same_period_last_year,
    year_to_date,
)
from desktop.domain.reports.results import Figure, ReportResult
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports
from tests.reports.expected import EXPECTED, Raw, Span

NAMES = sorted(read_definitions().reports())
PERIODS = {
    "month": period_of(PeriodKind.MONTH, 2026, 11),
    "campaign": period_of(PeriodKind.CAMPAIGN, 2026),
    "year": period_of(PeriodKind.YEAR, 2026),
    "one day": days_between(dt.date(2026, 11, 14), dt.date(2026, 11, 14)),
    "before anything": days_between(dt.date(2019, 1, 1), dt.date(2019, 1, 31)),
}


def spans(period: Period) -> dict[str, Span]:
    named = {
        "this_period": period,
        "year_to_date": year_to_date(period),
        "last_year": same_period_last_year(period),
    }
    return {name: Span(one.first.isoformat(), one.last.isoformat()) for name, one in named.items()}


def shown(figure: Figure) -> object:
    def plain(number: Decimal | None) -> object:
        return None if number is None else Decimal(number)

    return plain(figure.amount.number) if figure.of is None else (plain(figure.amount.number), plain(figure.of.number))


def figures(result: ReportResult) -> dict[tuple[str, str, str], Figure]:
    return {
        (table.definition.id, row.id, column.id): figure
        for table in result.tables
        for row in table.rows
        for column, figure in zip(table.columns, row.figures, strict=False)
    }


def test_every_shipped_report_is_recomputed() -> None:
    assert set(EXPECTED) == set(NAMES)


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_what_plain_python_counts(name: str, period: Period, year: Session, raw: Raw) -> None:
    result = figures(reports.make(year, name, period))
    expected = EXPECTED[name](raw, spans(period))
    is_entered = {place.rpartition(".")[0] for place in reports.entered_places(year, name)}
    for place, figure in result.items():
        if place in expected:
            wanted = expected[place]
        elif f"{place[0]}.{place[1]}" in is_entered:
            wanted = (None, None)
        else:
            wanted = 0 if figure.of is None else (0, 0)
        assert shown(figure) == wanted, place
    missing = {place: value for place, value in expected.items() if place not in result}
    assert not any(value if not isinstance(value, tuple) else any(value) for value in missing.values()), missing


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_its_records_and_every_record_once(name: str, year: Session) -> None:
    for figure in figures(reports.make(year, name, PERIODS["year"])).values():
        for amount in (figure.amount, figure.of):
            if amount is not None and not amount.is_manual:
                assert bool(amount.number) == bool(amount.records)
                assert max(Counter(amount.records).values(), default=0) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_parts_add_up_to_their_total(name: str, year: Session) -> None:
    for period in PERIODS.values():
        for table in reports.make(year, name, period).tables:
            rows = {row.id: row for row in table.rows}
            for row in table.rows:
                for place, figure in enumerate(row.figures if row.parts else ()):
                    if figure.of is None and not _counts_different(table.definition, row.id, place):
                        parts = [rows[part].figures[place].amount.number for part in row.parts]
                        assert sum(part for part in parts if part) == figure.amount.number, (row.id, place)


def _counts_different(table: object, row: str, place: int) -> bool:
    """Different values of two rows may be the same ones."""
    columns = getattr(table, "columns", ())
    return bool(columns) and columns[min(place, len(columns) - 1)].measure.distinct is not None and bool(row)


def test_the_year_has_something_of_everything(year: Session, raw: Raw) -> None:
    """Else the comparison would be one of zeros."""
    empty = [
        name
        for name in NAMES
        if not any(figure.amount.records for figure in figures(reports.make(year, name, PERIODS["year"])).values())
    ]
    assert empty == ["k4", "k5", "k6"]


def test_cancelled_records_and_drafts_are_not_counted_and_drafts_are_told(year: Session, raw: Raw) -> None:
    whole = reports.make(year, "k1", days_between(dt.date(2024, 1, 1), dt.date(2026, 11, 21)))
    counted = figures(whole)["rate", "k1", "this_period"].of
    assert counted is not None
    left_out = [one for one in raw.all.values() if "tip_kind" in one and one["status"] in {"HUY", "NHAP"}]
    assert left_out
    assert not {one["id"] for one in left_out} & set(counted.records)
    assert whole.drafts == 1
