"""A report on paper: head, tables with their charts, how it was counted, signatures.

- A share shows numerator and denominator above its percentage.
- Wide tables are set smaller; heads are repeated on every page, a row is never cut.
- What is said of the counting is below the tables: definition, target, basis, days, sources of entered numbers.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from desktop.domain.definitions.model import TypeName
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    Filter,
    NationalHeader,
    NumberAndDate,
    Signatures,
    Signer,
    Template,
    ValueSlot,
)
from desktop.domain.reports.bars import bars_of
from desktop.domain.reports.results import (
    Figure,
    ReportResult,
    ResultRow,
    TableResult,
    amount_text,
    derived_text,
    figure_text,
    share_text,
)
from desktop.printing import heads
from desktop.printing.documents import build
from desktop.printing.layout import DECREE_30, LANDSCAPE, TABLE_FONT, Decree30, style
from desktop.printing.page import Protection, furniture
from desktop.printing.report_charts import bar_chart
from desktop.printing.signatures import signature_flowables
from desktop.printing.text import NAME_LIMIT, Run, paragraph, printable

_LONGEST_LABEL: Final = NAME_LIMIT + 60  # a hamlet and its commune
_MANY_COLUMNS: Final = 6
_LABEL_SHARE: Final = 0.42
_LABEL_LEAST: Final = 46 * mm
_NUMBER_MOST: Final = 34 * mm
_INDENT: Final = 3.5 * mm
_MOST_KEPT_ROWS: Final = 14  # a longer table begins in place and runs on
_WITH_SIGNATURES: Final = 2  # notes: signatures are never alone on a page
_CHART_MOST: Final = 175 * mm
_GREY: Final = Color(0.92, 0.92, 0.92)
_DAY: Final = ValueSlot(
    path="printed.day", type=TypeName.DATE, filters=(Filter.DATE_LONG,), blank="", stretches=False, limit=200
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """What is printed around the figures on paper; `notes` say how they were counted, each with its heading."""

    letterhead: Letterhead
    officer: str
    officer_name: str
    printed_at: dt.datetime
    log_code: str
    days: str
    notes: tuple[tuple[str, str], ...]
    chart_cut: str


def render_report(result: ReportResult, around: ReportPaper) -> bytes:
    """Return the PDF.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    definition = result.definition
    paper = LANDSCAPE if definition.is_landscape else DECREE_30
    marks = furniture(
        paper=paper,
        protection=Protection.NONE,
        is_verified=definition.is_verified,
        officer=around.officer,
        printed_at=around.printed_at,
        copy_number=1,
        log_code=around.log_code,
    )
    notes = [
        paragraph([Run(text=f"{head}: ", bold=True), Run(text=text)], style("note")) for head, text in around.notes
    ]
    story = [
        *_head(result, around, paper),
        *(part for table in result.tables for part in _table(table, around, paper)),
        Spacer(0, 3 * mm),
        *notes[:-_WITH_SIGNATURES],
        KeepTogether([*notes[-_WITH_SIGNATURES:], *_signatures(around, paper)]),
    ]
    return build(story, paper, marks, title=f"{definition.number}. {definition.label.vi}")


def _head(result: ReportResult, around: ReportPaper, paper: Decree30) -> list[Flowable]:
    answer = {"printed.day": around.printed_at.date().isoformat()}.get
    definition = result.definition
    return [
        *heads.national_header(NationalHeader(), around.letterhead, "", answer, paper),
        *heads.number_and_date(
            NumberAndDate(symbol="", date=Template(parts=(_DAY,))), around.letterhead, None, answer, paper
        ),
        paragraph([Run(text=definition.number.upper())], style("title")),
        paragraph([Run(text=definition.label.vi)], style("summary")),
        paragraph([Run(text=around.days, italic=True)], style("cell_counter")),
        Spacer(0, 3 * mm),
    ]


# Tables


def _table(table: TableResult, around: ReportPaper, paper: Decree30) -> Iterator[Flowable]:
    room = paper.text_width * mm
    heading = paragraph([Run(text=table.definition.label.vi)], style("heading"))
    widths = _widths(len(table.columns), room)
    is_dense = len(table.columns) >= _MANY_COLUMNS
    grid = Table(
        [_heads(table, is_dense=is_dense), *(_cells(table, row, is_dense=is_dense) for row in table.rows)],
        colWidths=widths,
        repeatRows=1,
        hAlign="LEFT",
        style=[
            TABLE_FONT,
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("BACKGROUND", (0, 0), (-1, 0), _GREY),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
            *_marks(table),
        ],
    )
    note = (
        [paragraph([Run(text=table.definition.note.vi, italic=True)], style("note"))] if table.definition.note else []
    )
    whole = [heading, Spacer(0, 1 * mm), grid, *note]
    yield from [KeepTogether(whole)] if len(table.rows) <= _MOST_KEPT_ROWS else [CondPageBreak(35 * mm), *whole]
    yield from _chart(table, around, room)


def _marks(table: TableResult) -> Iterator[tuple[object, ...]]:
    """Yield what is special of some rows: a heading runs over the table; it and a total stay with the next row."""
    for number, row in enumerate(table.rows[:-1], start=1):
        if not row.figures or row.is_total:
            yield "NOSPLIT", (0, number), (-1, number + 1)
    for number, row in enumerate(table.rows, start=1):
        if not row.figures:
            yield "SPAN", (0, number), (-1, number)


def _widths(columns: int, room: float) -> list[float]:
    label = max(_LABEL_LEAST, room * _LABEL_SHARE if columns < _MANY_COLUMNS else room * 0.22)
    number = min((room - label) / columns, _NUMBER_MOST)
    return [room - number * columns, *[number] * columns]


def _heads(table: TableResult, *, is_dense: bool) -> list[Paragraph]:
    head = style("dense_head" if is_dense else "column_head")
    return [
        paragraph([Run(text=text)], head)
        for text in ("Nội dung", *(_label(column.label.vi) for column in table.columns))
    ]


def _cells(table: TableResult, row: ResultRow, *, is_dense: bool) -> list[Paragraph | str]:
    is_bold = row.is_total or not row.figures
    words = style("dense_cell" if is_dense else "cell")
    label = ParagraphStyle(name="label", parent=words, leftIndent=row.indent * _INDENT)
    middle = style("dense_counter" if is_dense else "cell_counter")
    texts = [_cell(figure) for figure in row.figures]
    if row.figures and table.is_over_periods:
        texts += [derived_text(column.id, row) for column in table.columns[len(texts) :]]
    return [
        paragraph([Run(text=_label(row.label.vi), bold=is_bold)], label),
        *(paragraph([Run(text=text, bold=is_bold)], middle) for text in texts),
        *[""] * (len(table.columns) - len(texts)),
    ]


def _label(text: str) -> str:
    """Return a heading; one that would not fit on a page is refused."""
    return printable(text, limit=_LONGEST_LABEL, path="label")


def _cell(figure: Figure) -> str:
    if figure.of is None or figure.hidden or figure.is_unknown:
        return figure_text(figure)
    return f"{amount_text(figure.amount)}/{amount_text(figure.of)}\n{share_text(figure)}"


# Charts


def _chart(table: TableResult, around: ReportPaper, room: float) -> Iterator[Flowable]:
    bars = bars_of(table, "vi")
    if bars is None:
        return
    found: list[Flowable] = [Spacer(0, 3 * mm), bar_chart(bars, min(room, _CHART_MOST))]
    if bars.left_out:
        found.append(paragraph([Run(text=around.chart_cut, italic=True)], style("note")))
    yield KeepTogether(found)


def _signatures(around: ReportPaper, paper: Decree30) -> list[Flowable]:
    letterhead = around.letterhead
    signers = (
        Signer(title=(_words("NGƯỜI LẬP BIỂU"),), hint=("(Ký, ghi rõ họ tên)",), name=_words(around.officer_name)),
        Signer(
            title=tuple(map(_words, letterhead.signer_title or ("THỦ TRƯỞNG ĐƠN VỊ",))),
            hint=("(Ký, đóng dấu, ghi rõ họ tên)",),
            name=_words(letterhead.signer_name) if letterhead.signer_name else None,
        ),
    )
    return signature_flowables(Signatures(signers=signers), lambda _path: None, paper, gap=DECREE_30.before_signatures)


def _words(text: str) -> Template:
    return Template(parts=(text,))
