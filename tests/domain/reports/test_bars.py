"""The bars of a chart: which rows, how long, which words at the end."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.base.problems import Label
from desktop.domain.reports.bars import MOST_ROWS, Bar, BarRows, bars_of
from desktop.domain.reports.model import Chart, ReportLine, TableDefinition
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ResultColumn,
    ResultRow,
    Suppression,
    TableResult,
)


def label(text: str) -> Label:
    return Label(vi=text, en=f"{text} (en)")


def figure(number: int | None, hidden: Suppression | None = None) -> Figure:
    return Figure(amount=Amount(number=None if number is None else Decimal(number)), hidden=hidden)


def row(name: str, *figures: Figure, is_total: bool = False) -> ResultRow:
    return ResultRow(id=name, label=label(name), figures=figures, is_total=is_total)


def table(rows: list[ResultRow], chart: Chart | None, columns: tuple[str, ...] = ("a", "b", "c")) -> TableResult:
    definition = TableDefinition(
        id="t",
        label=label("t"),
        note=None,
        set=None,
        rows=(),
        columns=tuple(ReportLine(id=one, label=label(one)) for one in columns),
        chart=chart,
    )
    shown = tuple(ResultColumn(id=one, label=label(one)) for one in columns)
    return TableResult(definition=definition, columns=shown, rows=tuple(rows))


def drawn(rows: list[ResultRow], chart: Chart, columns: tuple[str, ...] = ("a", "b", "c")) -> BarRows:
    bars = bars_of(table(rows, chart, columns), "vi")
    assert bars is not None
    return bars


def test_the_columns_of_the_chart_are_its_kinds_and_the_longest_bar_is_full() -> None:
    rows = [row("x", figure(1), figure(900), figure(4)), row("y", figure(3), figure(900), figure(1))]
    bars = drawn(rows, Chart(rows=(), columns=("a", "c")))
    assert bars.kinds == ("a", "c")
    assert [one.label for one in bars.rows] == ["x", "y"]
    assert [one.bars for one in bars.rows] == [
        (Bar(share=0.25, text="1"), Bar(share=1.0, text="4")),
        (Bar(share=0.75, text="3"), Bar(share=0.25, text="1")),
    ]


@pytest.mark.parametrize(("hidden", "sign"), [(Suppression.SMALL, "<3"), (Suppression.WITHHELD, "×")])
def test_a_hidden_figure_has_no_length_and_only_its_sign(hidden: Suppression, sign: str) -> None:
    bars = drawn([row("x", figure(2, hidden)), row("y", figure(1))], Chart(rows=(), columns=("a",)), ("a",))
    assert [one.bars[0] for one in bars.rows] == [Bar(share=0.0, text=sign), Bar(share=1.0, text="1")]


def test_totals_and_headings_have_no_bar_unless_the_chart_names_the_total() -> None:
    rows = [row("all", figure(9), is_total=True), row("heading"), row("x", figure(4)), row("y", figure(5))]
    by_itself = drawn(rows, Chart(rows=(), columns=("a",)), ("a",))
    assert [one.label for one in by_itself.rows] == ["x", "y"]
    named = drawn(rows, Chart(rows=("all", "y", "heading"), columns=("a",)), ("a",))
    assert [one.label for one in named.rows] == ["all", "y"]


@pytest.mark.parametrize(
    ("rows", "chart"),
    [
        ([row("x", figure(5))], None),
        ([row("x", figure(0)), row("y", figure(None))], Chart(rows=(), columns=("a",))),
        ([row("x", figure(1, Suppression.SMALL))], Chart(rows=(), columns=("a",))),
        ([row("heading")], Chart(rows=(), columns=("a",))),
    ],
)
def test_what_has_nothing_to_draw_has_no_bars(rows: list[ResultRow], chart: Chart | None) -> None:
    assert bars_of(table(rows, chart, ("a",)), "vi") is None


@given(st.lists(st.none() | st.integers(0, 10_000), min_size=1, max_size=3 * MOST_ROWS))
def test_the_largest_rows_are_drawn_in_their_order_and_none_is_lost(numbers: list[int | None]) -> None:
    rows = [row(str(place), figure(number)) for place, number in enumerate(numbers)]
    bars = bars_of(table(rows, Chart(rows=(), columns=("a",)), ("a",)), "vi")
    longest = max(number or 0 for number in numbers)
    if bars is None:
        assert longest == 0
        return
    places = [int(one.label) for one in bars.rows]
    assert places == sorted(places)
    assert len(places) == min(len(numbers), MOST_ROWS)
    assert len(places) + bars.left_out == len(numbers)
    out = [numbers[place] or 0 for place in range(len(numbers)) if place not in places]
    assert max(out, default=0) <= min(numbers[place] or 0 for place in places)
    assert [one.bars[0].share for one in bars.rows] == [(numbers[place] or 0) / longest for place in places]
