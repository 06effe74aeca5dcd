"""Tables that leave the unit: what counts one or two is hidden, and what would give it away.

- In a table that counts people a number of one or two is `<3`; so is a share with such a part, whole or remainder.
- Where a total and its parts would reveal a hidden one, the smallest part that is not is withheld, too; else the total.
- Nothing hidden keeps its number, and no figure keeps its records: ids are of no use outside.
- Differences between periods, or between two tables, are not looked at.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultRow,
    Suppression,
    TableResult,
)

SMALLEST_SHOWN: Final = 3
_Cells: TypeAlias = list[list[Figure]]


def for_outside(result: ReportResult) -> ReportResult:
    """Return the report as it may leave the unit."""
    return result.with_tables(tuple(_table(table) for table in result.tables))


def _table(table: TableResult) -> TableResult:
    cells = [
        [_marked(figure) if table.definition.is_personal else figure for figure in row.figures] for row in table.rows
    ]
    if table.definition.is_personal:
        sums = list(_sums(table))
        while any(_withhold(cells, total, parts) for total, parts in sums):
            pass
    rows = tuple(
        dataclasses.replace(row, figures=tuple(map(_stripped, figures)))
        for row, figures in zip(table.rows, cells, strict=True)
    )
    return dataclasses.replace(table, rows=rows)


def _marked(figure: Figure) -> Figure:
    numbers = [figure.amount.number]
    if figure.of is not None and figure.amount.number is not None and figure.of.number is not None:
        numbers += [figure.of.number, figure.of.number - figure.amount.number]
    counts: list[Decimal | int | None] = [*numbers, len(figure.amount.records)]
    is_small = any(number is not None and 0 < number < SMALLEST_SHOWN for number in counts)
    return dataclasses.replace(figure, hidden=Suppression.SMALL) if is_small else figure


_Place: TypeAlias = tuple[int, int]


def _sums(table: TableResult) -> Iterable[tuple[_Place, Sequence[_Place]]]:
    """Yield every total of the table with the parts that add up to it, by row and column."""
    places = {row.id: number for number, row in enumerate(table.rows)}
    for number, row in enumerate(table.rows):
        for column in range(len(row.figures) if row.parts else 0):
            yield (number, column), [(places[part], column) for part in _known(row, places)]
        if row.figures:
            for total, parts in table.column_parts:
                yield (number, total), [(number, part) for part in parts]


def _known(row: ResultRow, places: dict[str, int]) -> Iterable[str]:
    return [part for part in row.parts if part in places]


def _withhold(cells: _Cells, total: _Place, parts: Sequence[_Place]) -> bool:
    """Hide one more cell when the total reveals what the small parts are; return whether one was."""
    whole = cells[total[0]][total[1]]
    marks = [cells[row][column].hidden for row, column in parts]
    small, withheld = marks.count(Suppression.SMALL), marks.count(Suppression.WITHHELD)
    if whole.hidden or not small:
        return False
    shown = [place for place in parts if not cells[place[0]][place[1]].hidden and _number(cells, place)]
    rest = _number(cells, total) - sum(_number(cells, place) for place in shown)
    if not _reveals(rest, small, withheld):
        return False
    row, column = min(shown, key=lambda place: _number(cells, place)) if shown else total
    cells[row][column] = dataclasses.replace(cells[row][column], hidden=Suppression.WITHHELD)
    return True


def _reveals(rest: Decimal, small: int, withheld: int) -> bool:
    """Return whether the sum of hidden parts leaves one answer to what each of the small ones is."""
    sums = [
        number
        for number in range(small, 2 * small + 1)
        if (rest - number >= SMALLEST_SHOWN * withheld if withheld else rest == number)
    ]
    return len(sums) < 2 and sums not in ([number] for number in range(small + 1, 2 * small))


def _number(cells: _Cells, place: _Place) -> Decimal:
    return cells[place[0]][place[1]].amount.number or Decimal(0)


def _stripped(figure: Figure) -> Figure:
    if figure.hidden:
        nothing = Amount(number=None)
        return Figure(amount=nothing, of=nothing if figure.of else None, hidden=figure.hidden)
    return dataclasses.replace(
        figure,
        amount=dataclasses.replace(figure.amount, records=()),
        of=dataclasses.replace(figure.of, records=()) if figure.of else None,
    )
