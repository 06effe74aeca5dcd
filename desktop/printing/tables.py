"""Tables from the rows of a record: the head repeated on each page, every cell wrapped, nothing cut.

- A row is one strip and stays on its page. Only a high row is cut into strips of a few lines, with no rule between
  them, so that it runs over as many pages as it needs and the frame is closed on each.
- A table of very many columns is set smaller, else their words would not fit.
- Rows that are missing are drawn empty, high enough to write in; so is a row of which nothing is known.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from math import ceil
from typing import Final, Literal

from reportlab.lib.colors import black
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table

from desktop.domain.documents.model import EveryAnswer, RowsTable, TableColumn
from desktop.printing.filling import Answer, fill
from desktop.printing.layout import TABLE_FONT, Decree30, StyleName, style
from desktop.printing.text import Run, paragraph, paragraphs

Rows = Callable[[str], Sequence[Answer]]

COUNTER_WIDTH: Final = 10 * mm
_DENSE_COUNTER_WIDTH: Final = 7 * mm
_DENSE: Final = 9  # columns
_BLANK_ROW: Final = 8 * mm
_RULE: Final = 0.5
_PADDING: Final = 1.2 * mm
_DENSE_PADDING: Final = 0.8 * mm
_HIGHEST_WHOLE_ROW: Final = 60 * mm
_LINES_A_STRIP: Final = 8
_ENDLESS: Final = 100_000
_STYLE: Final = (
    TABLE_FONT,
    ("BOX", (0, 0), (-1, -1), _RULE, black),
    ("LINEBEFORE", (1, 0), (-1, -1), _RULE, black),
    ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ("VALIGN", (0, 1), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
)

_Cell = Sequence[Paragraph]
_Strip = list[list[Paragraph]]


def rows_table(block: RowsTable, rows: Rows, day: dt.date, paper: Decree30) -> Flowable:
    """Return the table of one rows field.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    widths = _column_widths(block, paper.text_width * mm)
    rules: list[tuple[str, tuple[int, int], tuple[int, int], float, object]] = []
    padding = _DENSE_PADDING if _is_dense(block) else _PADDING
    paddings: list[tuple[str, tuple[int, int], tuple[int, int], float]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), padding),
    ]
    strips: list[_Strip] = []
    heights: list[float | None] = []
    for cells, height in _all_rows(block, _for_each(block.each, rows(block.path), day)):
        first = len(strips)
        strips.extend(_strips(cells, widths, padding))
        heights.extend([height] * (len(strips) - first))
        rules.append(("LINEABOVE", (0, first), (-1, first), _RULE, black))
        paddings.append(("TOPPADDING", (0, first), (-1, first), _PADDING))
        paddings.append(("BOTTOMPADDING", (0, len(strips) - 1), (-1, len(strips) - 1), _PADDING))
    table = Table(strips, colWidths=widths, rowHeights=heights, repeatRows=1, style=[*_STYLE, *rules, *paddings])
    table.spaceBefore, table.spaceAfter = 2, 6
    return table


def _all_rows(block: RowsTable, answers: Sequence[Answer]) -> list[tuple[list[_Cell], float | None]]:
    """Return the head, the rows and the empty rows, each with its fixed height if it has one."""
    found: list[tuple[list[_Cell], float | None]] = [(_head(block), None)]
    for position, answer in enumerate(answers, start=1):
        cells = [_cell(column, answer, block) for column in block.columns]
        is_known = any(words.getPlainText() for cell in cells for words in cell)
        found.append(([*_counter(block, position), *cells], None if is_known else _BLANK_ROW))
    found.extend(
        ([*_counter(block, position), *([] for _ in block.columns)], _BLANK_ROW)
        for position in range(len(found), block.blank_rows + 1)
    )
    return found


def _for_each(each: EveryAnswer | None, answers: Sequence[Answer], day: dt.date) -> Sequence[Answer]:
    """Return the rows in the order of the answers that have one each; an answer without a row gets an empty one."""
    if each is None:
        return answers
    labels = [choice.label for choice in each.choices if choice.is_valid_on(day) and choice.label not in each.without]
    rows = {label: [answer for answer in answers if answer(each.column) == label] for label in labels}
    others = [answer for answer in answers if answer(each.column) not in rows.keys() | each.without]
    return [*chain.from_iterable(rows[label] or [{each.column: label}.get] for label in labels), *others]


def _head(block: RowsTable) -> list[_Cell]:
    labels = [*["TT"] * block.counted, *(column.label for column in block.columns)]
    return [[paragraph([Run(text=label)], _style(block, "column_head"))] for label in labels]


def _counter(block: RowsTable, position: int) -> list[_Cell]:
    return [[paragraph([Run(text=str(position))], _style(block, "cell_counter"))]] * block.counted


def _cell(column: TableColumn, answer: Answer, block: RowsTable) -> _Cell:
    words = _style(block, "cell")
    return paragraphs(fill(column.value, answer, rows=block.path).runs, words, words)


def _style(block: RowsTable, name: Literal["column_head", "cell", "cell_counter"]) -> ParagraphStyle:
    dense: Mapping[str, StyleName] = {
        "column_head": "dense_head",
        "cell": "dense_cell",
        "cell_counter": "dense_counter",
    }
    return style(dense[name] if _is_dense(block) else name)


def _is_dense(block: RowsTable) -> bool:
    return len(block.columns) >= _DENSE


def _strips(cells: Sequence[_Cell], widths: Sequence[float], padding: float) -> list[_Strip]:
    rooms = [width - 2 * padding for width in widths]
    heights = [sum(p.wrap(room, _ENDLESS)[1] for p in cell) for cell, room in zip(cells, rooms, strict=True)]
    if max(heights) <= _HIGHEST_WHOLE_ROW:
        return [[list(cell) for cell in cells]]
    columns = [
        [piece for paragraph in cell for piece in _pieces(paragraph, room)]
        for cell, room in zip(cells, rooms, strict=True)
    ]
    return [[[piece] if piece else [] for piece in pieces] for pieces in zip_longest(*columns)]


def _pieces(words: Paragraph, room: float) -> Iterator[Paragraph]:
    """Cut a paragraph after every few lines; in halves, because each cut lays all that follows it out again."""
    leading = words.style.leading
    strips = ceil(round(words.wrap(room, _ENDLESS)[1] / leading) / _LINES_A_STRIP)
    pieces = words.split(room, strips // 2 * _LINES_A_STRIP * leading + 1) if strips > 1 else []
    if len(pieces) < 2:
        yield words
        return
    for piece in pieces:
        yield from _pieces(piece, room)


def _column_widths(block: RowsTable, width: float) -> list[float]:
    counter = [_DENSE_COUNTER_WIDTH if _is_dense(block) else COUNTER_WIDTH] * block.counted
    room = width - sum(counter)
    shares = sum(column.width for column in block.columns)
    return counter + [room * column.width / shares for column in block.columns]
