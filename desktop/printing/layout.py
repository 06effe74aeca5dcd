"""The numbers of NĐ 30/2020/NĐ-CP, Annex I, and the paragraph styles made of them.

- A4 upright; margins top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm; one typeface, black. Only a wide table
  lies across the paper, with the same margins.
- Sizes are within the ranges of the Annex; what the Annex leaves open (footers, notes) is smaller than all it names.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from desktop.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, register_fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree30:
    """Lengths in millimetres, type in points. What depends on the paper says which: upright or landscape."""

    page_width: float = 210
    page_height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    first_line_indent: float = 10
    page_number_from_top: float = 12
    signing_room: float = 20
    header_left: float = 74  # the two halves of the head share the text width
    paragraph_gap: float = 6  # points, as all below
    form_note: float = 11
    agency: float = 12
    national_name: float = 12
    motto: float = 13
    number: float = 13
    title: float = 14
    body: float = 13
    signer: float = 13
    table: float = 12
    dense_table: float = 9  # of very many columns
    note: float = 11
    recipients_head: float = 12
    recipients: float = 11
    page_number: float = 13
    footer: float = 8
    before_signatures: float = 12
    single: float = 1.15  # line spacing as a share of the size
    text_spacing: float = 1.3
    field_spacing: float = 1.45  # room to write by hand

    @property
    def text_width(self) -> float:
        return self.page_width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.page_height - self.top - self.bottom


DECREE_30: Final = Decree30()
LANDSCAPE: Final = Decree30(page_width=297, page_height=210, header_left=112)
TABLE_FONT: Final = ("FONTNAME", (0, 0), (-1, -1), REGULAR)  # else each table names Helvetica, which is not embedded

StyleName = Literal[
    "form_note",
    "own_line",
    "agency_above",
    "agency",
    "national_name",
    "motto",
    "number",
    "place_and_date",
    "title",
    "summary",
    "photo",
    "heading",
    "heading_centred",
    "body",
    "body_further",
    "body_with_blanks",
    "field",
    "choice",
    "column_head",
    "cell",
    "cell_counter",
    "dense_head",
    "dense_cell",
    "dense_counter",
    "signer_date",
    "signer",
    "signer_hint",
    "signer_name",
    "recipients_head",
    "recipient",
    "note_head",
    "note",
]


def style(name: StyleName) -> ParagraphStyle:
    return _styles()[name]


@cache
def _styles() -> dict[StyleName, ParagraphStyle]:
    register_fonts()
    d = DECREE_30
    return {
        "form_note": _style(ITALIC, d.form_note, TA_RIGHT),
        "own_line": _style(REGULAR, d.table, TA_LEFT, spacing=d.text_spacing),
        "agency_above": _style(REGULAR, d.agency, TA_CENTER),
        "agency": _style(BOLD, d.agency, TA_CENTER),
        "national_name": _style(BOLD, d.national_name, TA_CENTER),
        "motto": _style(BOLD, d.motto, TA_CENTER),
        "number": _style(REGULAR, d.number, TA_CENTER),
        "place_and_date": _style(ITALIC, d.number, TA_CENTER),
        "title": _style(BOLD, d.title, TA_CENTER, before=14, after=2),
        "summary": _style(BOLD, d.title, TA_CENTER),
        "photo": _style(ITALIC, d.note, TA_CENTER),
        "heading": _style(BOLD, d.body, TA_LEFT, spacing=d.text_spacing, before=10, after=2),
        "heading_centred": _style(BOLD, d.body, TA_CENTER, spacing=d.text_spacing, before=10, after=2),
        "body": _body(d.first_line_indent * mm),
        "body_further": _body(0),
        "body_with_blanks": _body(d.first_line_indent * mm, TA_LEFT),  # justified dots tear the words apart
        "field": _style(REGULAR, d.body, TA_LEFT, spacing=d.field_spacing),
        "choice": _style(REGULAR, d.table, TA_LEFT, spacing=d.text_spacing),
        "column_head": _style(BOLD, d.table, TA_CENTER),
        "cell": _style(REGULAR, d.table, TA_LEFT),
        "cell_counter": _style(REGULAR, d.table, TA_CENTER),
        "dense_head": _style(BOLD, d.dense_table, TA_CENTER),
        "dense_cell": _style(REGULAR, d.dense_table, TA_LEFT),
        "dense_counter": _style(REGULAR, d.dense_table, TA_CENTER),
        "signer_date": _style(ITALIC, d.signer, TA_CENTER),
        "signer": _style(BOLD, d.signer, TA_CENTER),
        "signer_hint": _style(ITALIC, d.table, TA_CENTER),
        "signer_name": _style(BOLD, d.signer, TA_CENTER),
        "recipients_head": _style(BOLD_ITALIC, d.recipients_head, TA_LEFT),
        "recipient": _style(REGULAR, d.recipients, TA_LEFT),
        "note_head": _style(BOLD, d.note, TA_LEFT, before=8),
        "note": _style(REGULAR, d.note, TA_JUSTIFY),
    }


def _body(indent: float, alignment: int = TA_JUSTIFY) -> ParagraphStyle:
    found = _style(REGULAR, DECREE_30.body, alignment, spacing=DECREE_30.text_spacing, before=DECREE_30.paragraph_gap)
    found.firstLineIndent = indent
    return found


def _style(
    font: str,
    size: float,
    alignment: int,
    *,
    spacing: float = DECREE_30.single,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name=f"{font} {size}",
        fontName=font,
        fontSize=size,
        leading=size * spacing,
        alignment=alignment,
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
