"""The bars of a table's chart, for paper and window alike: which rows, how long, which words at the end.

- At most `MOST_ROWS` rows; when there are more, the largest are drawn, in the order of the table.
- A hidden or unknown figure has no bar, and its sign in place of the number.
"""

from dataclasses import dataclass
from typing import Final

from desktop.domain.reports.results import Figure, ResultRow, TableResult, figure_text
from desktop.sentences import Language

MOST_ROWS: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its length as a share of the longest of the chart (0 to 1), and the words at its end."""

    share: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One row of a chart: its label and a bar of each kind."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRows:
    """What a chart draws: the names of its kinds of bars, its rows, and how many smaller rows it leaves out."""

    kinds: tuple[str, ...]
    rows: tuple[BarRow, ...]
    left_out: int


def bars_of(table: TableResult, language: Language) -> BarRows | None:
    """Return the bars of a table; None when it has no chart or nothing to draw."""
    chart = table.definition.chart
    if chart is None:
        return None
    places = [number for number, column in enumerate(table.columns) if column.id in chart.columns]
    rows = [row for row in table.rows if row.figures and _is_drawn(row, chart.rows)]
    lengths = [[_length(row.figures[place]) for place in places] for row in rows]
    if not any(map(any, lengths)):
        return None
    largest = sorted(range(len(rows)), key=lambda number: -max(lengths[number]))[:MOST_ROWS]
    longest = max(1.0, *lengths[largest[0]])
    return BarRows(
        kinds=tuple(table.columns[place].label.text(language) for place in places),
        rows=tuple(
            BarRow(
                label=rows[number].label.text(language),
                bars=tuple(
                    Bar(share=length / longest, text=figure_text(rows[number].figures[place]))
                    for place, length in zip(places, lengths[number], strict=True)
                ),
            )
            for number in sorted(largest)
        ),
        left_out=len(rows) - len(largest),
    )


def _is_drawn(row: ResultRow, named: tuple[str, ...]) -> bool:
    """Return whether a chart shows a row: one that it names, else every row but totals."""
    return row.id in named if named else not row.is_total


def _length(figure: Figure) -> float:
    return 0.0 if figure.hidden or figure.amount.number is None else float(figure.amount.number)
