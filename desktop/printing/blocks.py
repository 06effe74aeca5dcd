"""The body of a document: each block of its definition as reportlab flowables.

- Whatever is long wraps, then breaks across pages; nothing is shortened and nothing is cut.
- A field that shares its line with another gets a line of its own when its value is long.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop.domain.document_definitions import (
    Checklist,
    Column,
    FieldLine,
    Fields,
    Heading,
    Notes,
    RowsTable,
    TextBlock,
)
from desktop.printing.filling import Answer, Filled, fill
from desktop.printing.layout import DECREE_30, StyleName, style
from desktop.printing.lines import DigitCells, DottedLine, OpenLine, TickBox
from desktop.printing.text import Run, paragraph, paragraphs

Rows = Callable[[str], Sequence[Answer]]
Chosen = Callable[[str], Collection[str]]

_LONGEST_SHARED = 60  # characters of a value that still fits beside another
_COUNTER_WIDTH = 10 * mm
_BLANK_ROW = 8 * mm
_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
_GRID = [
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ("VALIGN", (0, 1), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 1.2 * mm),
    ("RIGHTPADDING", (0, 0), (-1, -1), 1.2 * mm),
    ("TOPPADDING", (0, 0), (-1, -1), 1 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2 * mm),
]


def fields(block: Fields, answer: Answer) -> list[Flowable]:
    """Return the lines of label and value, dots running to the margin where a value is missing.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    found: list[Flowable] = []
    for shared in _sharing(block.items, answer):
        if len(shared) == 1:
            found.extend(_field(*shared[0]))
            continue
        widths = [item.width * DECREE_30.text_width * mm / sum(i.width for i, _ in shared) for item, _ in shared]
        last = ("RIGHTPADDING", (-1, 0), (-1, 0), 0)
        cells = [_field(item, filled) for item, filled in shared]
        found.append(Table([cells], colWidths=widths, style=[*_BARE, ("RIGHTPADDING", (0, 0), (-1, -1), 1 * mm), last]))
    return found


def text(block: TextBlock, answer: Answer) -> list[Flowable]:
    """Return a paragraph of the body; missing long texts leave dotted lines.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    filled = fill(block.text, answer, italic=block.italic)
    found: list[Flowable] = paragraphs(filled.runs, style("body"), style("body_further"))
    return [*found[:-1], OpenLine(found[-1], filled.open_end.blank)] if filled.open_end else found


def heading(block: Heading) -> list[Flowable]:
    return [paragraph([Run(text=block.text)], style("heading_centred" if block.centred else "heading"))]


def checklist(block: Checklist, chosen: Chosen, day: dt.date) -> list[Flowable]:
    """Return the label and one box for each answer valid that day, and for each chosen one."""
    ticked = set(chosen(block.path))
    boxes = [
        TickBox(paragraph([Run(text=choice.label)], style("choice")), ticked=choice.value in ticked)
        for choice in block.choices
        if choice.value in ticked or choice.is_valid_on(day)
    ]
    rows = [boxes[start : start + block.columns] for start in range(0, len(boxes), block.columns)]
    rows = [[*row, *[[] for _ in range(block.columns - len(row))]] for row in rows]
    label = paragraph([Run(text=_numbered(block.number, f"{block.label}:"))], style("field"))
    label.keepWithNext = True
    widths = [(DECREE_30.text_width - 6) * mm / block.columns] * block.columns
    indent = [("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm)]
    return [label, Table(rows, colWidths=widths, hAlign="RIGHT", style=[*_BARE, *indent])] if rows else [label]


def rows_table(block: RowsTable, rows: Rows) -> list[Flowable]:
    """Return a table whose head is repeated on each page; a row higher than a page is broken within its cells.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    answers = rows(block.path)
    head = [paragraph([Run(text=label)], style("column_head")) for label in _column_labels(block)]
    body = [_row(block, position, answer) for position, answer in enumerate(answers, start=1)]
    blank = max(block.blank_rows - len(body), 0)
    body += [_row(block, position, None) for position in range(len(body) + 1, len(body) + blank + 1)]
    heights = [None] * (len(body) - blank + 1) + [_BLANK_ROW] * blank
    table = Table(
        [head, *body], colWidths=_column_widths(block), rowHeights=heights, repeatRows=1, splitInRow=1, style=_GRID
    )
    table.spaceBefore, table.spaceAfter = 2, 6
    if not block.label:
        return [table]
    label = paragraph([Run(text=_numbered(block.number, f"{block.label}:"))], style("field"))
    label.keepWithNext = True
    return [label, table]


def notes(block: Notes) -> list[Flowable]:
    head = paragraph([Run(text="Chú thích:")], style("note_head"))
    return [head, *(paragraph([Run(text=item)], style("note")) for item in block.items)]


def _sharing(items: Sequence[FieldLine], answer: Answer) -> list[list[tuple[FieldLine, Filled]]]:
    lines: list[list[tuple[FieldLine, Filled]]] = []
    room = 0
    for item in items:
        filled = fill(item.value, answer)
        is_short = len(filled.text) <= _LONGEST_SHARED and "\n" not in filled.text
        if lines and is_short and item.width <= room:
            lines[-1].append((item, filled))
            room -= item.width
        else:
            lines.append([(item, filled)])
            room = 100 - item.width if is_short else 0
    return lines


def _field(item: FieldLine, filled: Filled) -> list[Flowable]:
    label = [Run(text=_numbered(item.number, item.label))]
    if item.note_mark:
        label.append(Run(text=f" ({item.note_mark})", raised=True))
    label.append(Run(text=": "))
    if item.boxes and len(filled.text) <= item.boxes and "\n" not in filled.text:
        return [DigitCells(paragraph(label, style("field")), filled.text, item.boxes)]
    found: list[Flowable] = paragraphs([*label, *filled.runs], style("field"), style("field"))
    if filled.open_end is None:
        return found
    open_line = OpenLine(found[-1], filled.open_end.blank)
    return [*found[:-1], open_line, *(DottedLine(style("field")) for _ in range(item.blank_lines - 1))]


def _numbered(number: int | None, label: str) -> str:
    return label if number is None else f"{number}. {label}"


def _column_labels(block: RowsTable) -> list[str]:
    return ["TT"] * block.counted + [column.label for column in block.columns]


def _column_widths(block: RowsTable) -> list[float]:
    room = DECREE_30.text_width * mm - _COUNTER_WIDTH * block.counted
    shares = sum(column.width for column in block.columns)
    return [_COUNTER_WIDTH] * block.counted + [room * column.width / shares for column in block.columns]


def _row(block: RowsTable, position: int, answer: Answer | None) -> list[list[Flowable]]:
    counter = [paragraph([Run(text=str(position))], style("cell_counter"))]
    return [counter] * block.counted + [_cell(column, answer) for column in block.columns]


def _cell(column: Column, answer: Answer | None) -> list[Flowable]:
    if answer is None:
        return []
    name: StyleName = "cell"
    found: list[Flowable] = paragraphs(fill(column.value, answer).runs, style(name), style(name))
    return found
