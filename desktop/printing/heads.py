"""The head of a document: agency and national name, number and date, title."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    NationalHeader,
    NumberAndDate,
    Template,
    Title,
)
from desktop.printing.filling import Answer, fill
from desktop.printing.fonts import BOLD, text_width
from desktop.printing.layout import DECREE_30, TABLE_FONT, Decree30, StyleName, style
from desktop.printing.lines import OpenLine, PhotoFrame, Rule
from desktop.printing.text import NAME_LIMIT, Run, paragraph, printable

_NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_AGENCY_BLANK = "." * 44
_SHORT_RULE = 0.4  # NĐ 30/2020: one third to one half of the text
_PHOTO = (30 * mm, 40 * mm)
_EDGE_TO_EDGE = [
    TABLE_FONT,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def national_header(
    block: NationalHeader, letterhead: Letterhead, form_note: str, answer: Answer, paper: Decree30
) -> list[Flowable]:
    """Return the two halves of the head; the note on the form's origin is above the right one.

    A form that others fill in says at the left who they are, in lines of its own.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    halves = _halves(paper)
    left = [_own_line(line, answer) for line in block.left] or _agencies(block, letterhead, halves[0])
    right: list[Flowable] = [
        paragraph([Run(text=_NATIONAL_NAME)], style("national_name")),
        paragraph([Run(text=_MOTTO)], style("motto")),
        Rule(_width(_MOTTO, DECREE_30.motto, halves[1]), above=3),
    ]
    head = Table([[left, right]], colWidths=halves, style=_EDGE_TO_EDGE)
    if not form_note:
        return [head]
    note = paragraph([Run(text=form_note)], style("form_note"))
    return [note, Spacer(0, 3 * mm), head]


def number_and_date(
    block: NumberAndDate, letterhead: Letterhead, number: int | None, answer: Answer, paper: Decree30
) -> list[Flowable]:
    """Return the line below the head; a missing number or place is left as dots.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    digits = "." * 10 if number is None else f"{number:02d}"
    sign = "/".join([digits, "-".join(filter(None, [block.symbol, letterhead.abbreviation]))])
    if block.number is not None and (stated := fill(block.number, answer)).open_end is None:
        sign = stated.text
    left = paragraph([Run(text=f"Số: {sign}" if block.symbol else "")], style("number"))
    place = Run(text=f"{letterhead.place or '.' * 20}, ")
    right = [paragraph([place, *fill(block.date, answer).closed_runs], style("place_and_date"))] if block.date else []
    return [Spacer(0, 2.5 * mm), Table([[left, right]], colWidths=_halves(paper), style=_EDGE_TO_EDGE)]


def title(block: Title, answer: Answer, paper: Decree30) -> list[Flowable]:
    """Return the title, what it is about with its rule, and the photo's frame at the left when there is one.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    words: list[Flowable] = [paragraph([Run(text=block.text)], style("title"))]
    if block.summary is not None:
        filled = fill(block.summary, answer)
        words.append(paragraph(filled.closed_runs, style("summary")))
        words.append(Rule(_SHORT_RULE * _width(filled.text, DECREE_30.title, paper.text_width * mm), above=4, below=8))
    if not block.photo:
        return [*words, Spacer(0, 4 * mm)]
    frame = PhotoFrame([paragraph([Run(text=block.photo)], style("photo"))], *_PHOTO)
    rest = paper.text_width * mm - 2 * _PHOTO[0]
    beside = Table([[frame, words, []]], colWidths=[_PHOTO[0], rest, _PHOTO[0]], style=[*_EDGE_TO_EDGE, _MIDDLE])
    return [Spacer(0, 4 * mm), beside, Spacer(0, 4 * mm)]


_MIDDLE = ("VALIGN", (1, 0), (1, 0), "MIDDLE")


def _halves(paper: Decree30) -> Sequence[float]:
    return [paper.header_left * mm, (paper.text_width - paper.header_left) * mm]


def _agencies(block: NationalHeader, letterhead: Letterhead, room: float) -> list[Flowable]:
    marks = [*(f"({mark})" for mark in block.note_marks), "", ""]
    lines: list[Flowable] = [
        _agency(letterhead.agency_above, marks[0], "agency_above"),
        _agency(letterhead.agency, marks[1], "agency"),
    ]
    if letterhead.agency:
        lines.append(Rule(_SHORT_RULE * _width(letterhead.agency, DECREE_30.agency, room), above=3))
    return lines


def _own_line(template: Template, answer: Answer) -> Flowable:
    filled = fill(template, answer)
    words = paragraph(filled.runs, style("own_line"))
    return OpenLine(words, filled.open_end.blank) if filled.open_end else words


def _agency(name: str, mark: str, style_name: StyleName) -> Paragraph:
    shown = printable(name, limit=NAME_LIMIT, path="letterhead")
    runs = [Run(text=shown or _AGENCY_BLANK), Run(text=mark, raised=True)]
    return paragraph(runs, style(style_name if shown else "agency_above"))


def _width(text: str, size: float, available: float) -> float:
    return min(max(text_width(line, BOLD, size) for line in text.split("\n")), available)
