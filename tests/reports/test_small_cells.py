"""What leaves the unit tells of nobody: small numbers are hidden, and cannot be worked out."""

import dataclasses
import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.problems import Label
from desktop.domain.reports.model import ReportLine, TableDefinition
from desktop.domain.reports.periods import PeriodKind, period_of
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultColumn,
    ResultRow,
    TableResult,
    figure_text,
)
from desktop.reports.small_cells import for_outside
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports

NOTHING = Label(vi="", en="")
YEAR = period_of(PeriodKind.YEAR, 2026)


@pytest.fixture(scope="module")
def result(year: Session) -> ReportResult:
    return reports.make(year, "table_3", YEAR)


def count(number: int, of: int | None = None) -> Figure:
    whole = None if of is None else Amount(number=Decimal(of), records=tuple(map(str, range(of))))
    return Figure(amount=Amount(number=Decimal(number), records=tuple(map(str, range(number)))), of=whole)


def outside(result: ReportResult, rows: list[ResultRow], *, is_personal: bool = True) -> list[list[str]]:
    lines = tuple(ReportLine(id=f"c{number}", label=NOTHING) for number in range(len(rows[0].figures)))
    definition = TableDefinition(
        id="t", label=NOTHING, note=None, set=None, rows=(), columns=lines, is_personal=is_personal
    )
    columns = tuple(ResultColumn(id=line.id, label=NOTHING) for line in lines)
    table = TableResult(definition=definition, columns=columns, rows=tuple(rows))
    found = for_outside(dataclasses.replace(result, tables=(table,)))
    return [[figure_text(figure) for figure in row.figures] for row in found.tables[0].rows]


def split(numbers: list[int]) -> list[ResultRow]:
    """Return a total and its parts in one column."""
    parts = [ResultRow(id=f"p{place}", label=NOTHING, figures=(count(number),)) for place, number in enumerate(numbers)]
    total = ResultRow(id="total", label=NOTHING, figures=(count(sum(numbers)),), parts=tuple(part.id for part in parts))
    return [total, *parts]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([5, 4, 3], ["12", "5", "4", "3"]),
        ([5, 1, 3], ["9", "×", "<3", "×"]),
        ([5, 0, 0], ["5", "5", "0", "0"]),
        ([1, 0, 0], ["<3", "<3", "0", "0"]),
        ([2, 1, 4], ["7", "<3", "<3", "4"]),
        ([1, 1, 4], ["6", "<3", "<3", "×"]),
        ([2, 2, 0], ["×", "<3", "<3", "0"]),
        ([1, 3, 0], ["×", "<3", "×", "0"]),
    ],
)
def test_small_numbers_and_what_would_tell_them_are_hidden(
    numbers: list[int], shown: list[str], result: ReportResult
) -> None:
    assert [line[0] for line in outside(result, split(numbers))] == shown


@settings(deadline=None, max_examples=300)
@given(numbers=st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_nobody_can_work_a_small_number_out(numbers: list[int], result: ReportResult) -> None:
    total, *parts = [line[0] for line in outside(result, split(numbers))]
    ways = {"<3": (1, 2), "×": range(3, 46)}
    possible = [
        chosen
        for chosen in itertools.product(*(ways.get(part) or (int(part),) for part in parts))
        if total not in {"<3", "×"} and sum(chosen) == int(total)
    ]
    for place, part in enumerate(parts):
        if part == "<3" and possible:
            assert {chosen[place] for chosen in possible} == {1, 2}


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (count(8, 20), "8/20 (40,0 %)"),
        (count(2, 20), "<3"),
        (count(19, 20), "<3"),
        (count(20, 20), "20/20 (100,0 %)"),
        (count(0, 20), "0/20 (0,0 %)"),
        (count(0, 0), "0/0 (–)"),
        (count(0, 2), "<3"),
    ],
)
def test_a_share_tells_neither_its_part_nor_the_rest(figure: Figure, shown: str, result: ReportResult) -> None:
    assert outside(result, [ResultRow(id="r", label=NOTHING, figures=(figure,))]) == [[shown]]


def test_a_sum_over_one_or_two_people_is_hidden(result: ReportResult) -> None:
    money = Figure(amount=Amount(number=Decimal(2_500_000), records=("one", "two")))
    assert outside(result, [ResultRow(id="r", label=NOTHING, figures=(money,))]) == [["<3"]]


def test_a_table_that_counts_no_people_shows_all(result: ReportResult) -> None:
    assert outside(result, split([1, 2, 9]), is_personal=False) == [["12"], ["1"], ["2"], ["9"]]


@pytest.mark.parametrize("name", ["table_2", "table_3", "table_4", "table_8", "k7", "k9"])
def test_a_shipped_report_for_outside_holds_no_small_number_and_no_record(name: str, year: Session) -> None:
    inside, found = (reports.make(year, name, YEAR, is_for_outside=is_outside) for is_outside in (False, True))
    assert any(figure.amount.records for figure in inside.figures())
    for figure in found.figures():
        for amount in (figure.amount, figure.of):
            assert amount is None or (not amount.records and amount.number not in {1, 2})


def test_along_a_row_the_total_column_tells_nothing(year: Session) -> None:
    """By result: the column of all verified, and one for each result."""
    table = reports.make(year, "table_3", YEAR, is_for_outside=True).tables[1]
    assert table.column_parts
    for row in table.rows:
        for total, parts in table.column_parts:
            hidden = [place for place in parts if row.figures[place].hidden]
            assert row.figures[total].hidden or len(hidden) != 1
