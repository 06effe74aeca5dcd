"""The signers at the end of a document, side by side: date, title, hint, room to sign, name."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from desktop.domain.documents.model import Signatures, Signer, Template
from desktop.printing.filling import Answer, fill
from desktop.printing.layout import DECREE_30, TABLE_FONT, Decree30, StyleName, style
from desktop.printing.lines import natural_width
from desktop.printing.text import Run, paragraph

_Cell = Sequence[Flowable]
_PADDING = 1 * mm
_ABOVE_RECIPIENTS = 4 * mm


def signature_flowables(block: Signatures, answer: Answer, paper: Decree30, *, gap: float) -> list[Flowable]:
    """Return the signers, `gap` points below what comes before; the caller keeps them on one page.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    signers = block.signers
    dates: list[_Cell] = [_date(signer, answer) for signer in signers]
    titles: list[_Cell] = [[*_titles(signer, answer), *_hints(signer)] for signer in signers]
    names: list[_Cell] = [_name(signer, answer) for signer in signers]
    rows: list[list[_Cell]] = [list(titles), [[] for _ in signers], list(names)]
    heights: list[float | None] = [None, DECREE_30.signing_room * mm, None]
    room = paper.text_width * mm
    is_beside = block.recipients and len(signers) == 1
    if is_beside:  # NĐ 30/2020 Annex I: level with the title of who signs
        for row, cell in zip(rows, (_recipients(block), [], []), strict=True):
            row.insert(0, cell)
        dates = [[], *dates]
    widths = _column_widths([[*title, *date] for title, date in zip(rows[0], dates, strict=True)], room)
    if any(dates):
        rows.insert(0, dates)
        heights.insert(0, None)
    table = Table(
        rows,
        colWidths=widths,
        rowHeights=heights,
        style=[
            TABLE_FONT,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )
    below = [] if is_beside or not block.recipients else [Spacer(0, _ABOVE_RECIPIENTS), *_recipients(block)]
    return [Spacer(0, gap), table, *below]


def _recipients(block: Signatures) -> list[Flowable]:
    head = paragraph([Run(text="Nơi nhận:")], style("recipients_head"))
    return [head, *(paragraph([Run(text=f"- {name}")], style("recipient")) for name in block.recipients)]


def _column_widths(columns: Sequence[_Cell], room: float) -> list[float]:
    """Return equal widths, or as uneven ones as it takes to keep every title on one line."""
    equal = room / len(columns)
    natural = [max(map(natural_width, column)) + 2 * _PADDING for column in columns]
    spare = (room - sum(natural)) / len(columns)
    return [equal] * len(columns) if spare < 0 or max(natural) <= equal else [width + spare for width in natural]


def _titles(signer: Signer, answer: Answer) -> list[Paragraph]:
    return [_centred(template, answer, "signer") for template in signer.title]


def _hints(signer: Signer) -> list[Paragraph]:
    return [paragraph([Run(text=hint)], style("signer_hint")) for hint in signer.hint]


def _date(signer: Signer, answer: Answer) -> list[Paragraph]:
    return [_centred(signer.date, answer, "signer_date")] if signer.date else []


def _name(signer: Signer, answer: Answer) -> list[Paragraph]:
    if signer.name is None:
        return []
    filled = fill(signer.name, answer)
    return [] if filled.open_end else [paragraph(filled.runs, style("signer_name"))]


def _centred(template: Template, answer: Answer, name: StyleName) -> Paragraph:
    return paragraph(fill(template, answer).closed_runs, style(name))
