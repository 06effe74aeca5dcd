"""The body of a document: each block of its definition as reportlab flowables.

- Whatever is long wraps, then breaks across pages; nothing is shortened and nothing is cut.
- A field that shares its line with another gets a line of its own when its words do not fit its share.
- A heading, a label or a table's head is never alone at the foot of a page.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Table

from desktop.domain.documents.model import (
    Block,
    Checklist,
    FieldLine,
    FieldLines,
    Heading,
    NotesBlock,
    RowsTable,
    TextBlock,
)
from desktop.printing.filling import Answer, Filled, fill
from desktop.printing.layout import TABLE_FONT, Decree30, style
from desktop.printing.lines import SHORTEST_DOTS, DigitCells, DottedLine, OpenLine, TickBox, natural_width
from desktop.printing.tables import Rows, rows_table
from desktop.printing.text import Run, paragraph, paragraphs

Chosen = Callable[[str], Collection[str]]

_BETWEEN = 1 * mm
_INDENT = 6 * mm
_ROOM_FOR_HEADING = 20 * mm
_ROOM_FOR_LABEL = 30 * mm
_BARE = [
    TABLE_FONT,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def fields(block: FieldLines, answer: Answer, paper: Decree30) -> list[Flowable]:
    """Return the lines of label and value, dots running to the margin where a value is missing.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    found: list[Flowable] = []
    room = paper.text_width * mm
    for shared in _sharing(block.items, answer, room):
        if len(shared) == 1:
            found.extend(_field(*shared[0]))
            continue
        widths = [item.width * room / sum(i.width for i, _ in shared) for item, _ in shared]
        padding = [("RIGHTPADDING", (0, 0), (-1, -1), _BETWEEN), ("RIGHTPADDING", (-1, 0), (-1, 0), 0)]
        cells = [_field(item, filled) for item, filled in shared]
        found.append(Table([cells], colWidths=widths, style=[*_BARE, *padding]))
    return found


def text(block: TextBlock, answer: Answer) -> list[Flowable]:
    """Return a paragraph of the body; missing long texts leave dotted lines.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    filled = fill(block.text, answer, italic=block.italic)
    first = style("body_with_blanks" if filled.has_blanks else "body")
    found: list[Flowable] = paragraphs(filled.runs, first, style("body_further"))
    if filled.open_end is None:
        return found
    further = (DottedLine(style("body")) for _ in range(block.blank_lines - 1))
    return [*found[:-1], OpenLine(found[-1], filled.open_end.blank), *further]


def heading(block: Heading, following: Block | None) -> list[Flowable]:
    words = paragraph([Run(text=block.text)], style("heading_centred" if block.centred else "heading"))
    is_above_label = isinstance(following, Checklist | RowsTable)
    return [CondPageBreak(_ROOM_FOR_HEADING + (_ROOM_FOR_LABEL if is_above_label else 0)), words]


def checklist(block: Checklist, chosen: Chosen, day: dt.date, paper: Decree30) -> list[Flowable]:
    """Return the label and one box for each answer valid that day, and for each chosen one, known here or not."""
    ticked = set(chosen(block.path))
    offered = [choice for choice in block.choices if choice.value not in block.without]
    shown = [choice for choice in offered if choice.value in ticked or choice.is_valid_on(day)]
    unknown = sorted(ticked - {choice.value for choice in block.choices})
    boxes = [
        TickBox(paragraph([Run(text=label)], style("choice")), ticked=value in ticked)
        for value, label in [*((choice.value, choice.label) for choice in shown), *zip(unknown, unknown, strict=True)]
    ]
    rest = -len(boxes) % block.columns
    cells: list[Flowable | str] = [*boxes, *[""] * rest]
    rows = [cells[start : start + block.columns] for start in range(0, len(cells), block.columns)]
    label = paragraph([Run(text=_numbered(block.number, _opening(block.label)))], style("field"))
    widths = [(paper.text_width * mm - _INDENT) / block.columns] * block.columns
    padding = ("RIGHTPADDING", (0, 0), (-1, -1), _INDENT / 2)
    table = Table(rows or [[""]], colWidths=widths, hAlign="RIGHT", style=[*_BARE, padding])
    table.spaceAfter = 2
    return [CondPageBreak(_ROOM_FOR_LABEL), label, table]


def table(block: RowsTable, rows: Rows, day: dt.date, paper: Decree30) -> list[Flowable]:
    """Return the label and the table of a rows field.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    label = (
        [paragraph([Run(text=_numbered(block.number, _opening(block.label)))], style("field"))] if block.label else []
    )
    return [CondPageBreak(_ROOM_FOR_LABEL), *label, rows_table(block, rows, day, paper)]


def notes(block: NotesBlock) -> list[Flowable]:
    head = paragraph([Run(text="Chú thích:")], style("note_head"))
    return [head, *(paragraph([Run(text=item)], style("note")) for item in block.items)]


def _sharing(items: Sequence[FieldLine], answer: Answer, width: float) -> list[list[tuple[FieldLine, Filled]]]:
    """Return the fields line by line: those whose shares sum to 100 or less and whose words fit share a line."""
    lines: list[list[tuple[FieldLine, Filled]]] = []
    room = 0
    for item in items:
        filled = fill(item.value, answer)
        fits = item.width < 100 and _fits_share(item, filled, width)
        if lines and fits and item.width <= room:
            lines[-1].append((item, filled))
            room -= item.width
        else:
            lines.append([(item, filled)])
            room = 100 - item.width if fits else 0
    return lines


def _fits_share(item: FieldLine, filled: Filled, width: float) -> bool:
    words = paragraph([*_label(item), *filled.runs], style("field"))
    dots = SHORTEST_DOTS if filled.open_end else 0
    return "\n" not in filled.text and natural_width(words) + dots + _BETWEEN <= item.width * width / 100


def _field(item: FieldLine, filled: Filled) -> list[Flowable]:
    characters = "".join(filled.text.split())
    if item.boxes and len(characters) <= item.boxes:
        return [DigitCells(paragraph(_label(item), style("field")), characters, item.boxes)]
    found: list[Flowable] = paragraphs([*_label(item), *filled.runs], style("field"), style("field"))
    if filled.open_end is None:
        return found
    open_line = OpenLine(found[-1], filled.open_end.blank)
    return [*found[:-1], open_line, *(DottedLine(style("field")) for _ in range(item.blank_lines - 1))]


def _label(item: FieldLine) -> list[Run]:
    mark = [Run(text=f" ({item.note_mark})", raised=True)] if item.note_mark else []
    return [Run(text=_numbered(item.number, item.label)), *mark, Run(text=": ")]


def _opening(label: str) -> str:
    """Return the words before what follows; a question needs no colon."""
    return label if label.endswith((":", "?")) else f"{label}:"


def _numbered(number: int | None, label: str) -> str:
    return label if number is None else f"{number}. {label}"
