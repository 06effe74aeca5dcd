"""A register as a book of a period: one line a record on landscape pages, and a closing page to sign.

- The cells come as the list shows them: a victim by case code, P4 values as dots. Nothing is looked up.
- The head of the table is on every page; long words wrap, and a row is never cut by the edge of a page.
- The closing page says the period, how many records in figures and words, and how many pages: nothing can be added
  between the last line and the signatures.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from desktop.domain.definitions.model import TypeName
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    NationalHeader,
    RowsTable,
    Signatures,
    Signer,
    TableColumn,
    Template,
    Title,
    ValueSlot,
)
from desktop.printing import heads
from desktop.printing.documents import build
from desktop.printing.fonts import BOLD, REGULAR, register_fonts, text_width
from desktop.printing.layout import DECREE_30, LANDSCAPE, style
from desktop.printing.number_words import in_words
from desktop.printing.page import Protection, furniture
from desktop.printing.signatures import signature_flowables
from desktop.printing.tables import COUNTER_WIDTH, rows_table
from desktop.printing.text import NARRATIVE_LIMIT, Run, paragraph

_AROUND_CELL: Final = 3 * mm
_WIDEST: Final = 70 * mm
_WIDEST_WORD: Final = 32 * mm
_MEASURED_ROWS: Final = 200
_MEASURED_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContent:
    """The lines of one register in one period. `remarks` are further lines of the closing page."""

    title: str
    first: dt.date
    last: dt.date
    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str] = ()
    letterhead: Letterhead
    officer: str
    printed_at: dt.datetime
    copy_number: int = 1
    log_code: str = ""


def render_book(content: BookContent) -> bytes:
    """Return the PDF; the same content gives the same bytes.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    register_fonts()
    marks = furniture(
        paper=LANDSCAPE,
        protection=Protection.NONE,
        is_verified=True,
        officer=content.officer,
        printed_at=content.printed_at,
        copy_number=content.copy_number,
        log_code=content.log_code,
        form=f"Bản số {content.copy_number:02d}, {content.officer} in lúc {content.printed_at:%H:%M %d/%m/%Y}",
    )
    story = [*_opening(content), *_lines(content), PageBreak(), *_closing(content)]
    return build(story, LANDSCAPE, marks, title=content.title)


class _PageCount(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """The line that says how many pages there are: it is on the last one, whose number only drawing knows."""

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._words(1).wrap(available_width, 0)[1]
        return self.width, self.height

    def draw(self) -> None:
        words = self._words(self.canv.getPageNumber())
        words.wrap(self.width, self.height)
        words.drawOn(self.canv, 0, 0)

    def _words(self, pages: int) -> Paragraph:
        stated = f"Sổ gồm {pages} trang (bằng chữ: {in_words(pages)}), đánh số từ 1 đến {pages}, kể cả trang này."
        return paragraph([Run(text=stated)], style("field"))


def _opening(content: BookContent) -> list[Flowable]:
    period = f"Từ ngày {content.first:%d/%m/%Y} đến ngày {content.last:%d/%m/%Y}"
    title = Title(text=content.title.upper(), summary=Template(parts=(period,)))
    return [
        *heads.national_header(NationalHeader(), content.letterhead, "", _no_answer, LANDSCAPE),
        *heads.title(title, _no_answer, LANDSCAPE),
    ]


def _lines(content: BookContent) -> list[Flowable]:
    if not content.rows:
        return [paragraph([Run(text="Trong kỳ này không có hồ sơ nào.")], style("field"))]
    columns = [
        TableColumn(label=label, value=Template(parts=(_cell(position),)), width=width)
        for position, (label, width) in enumerate(zip(content.labels, _widths(content), strict=True))
    ]
    block = RowsTable(number=None, label="", path="book", columns=tuple(columns), blank_rows=0)
    answers = [dict(zip(map(str, range(len(row))), row, strict=True)).get for row in content.rows]
    return [rows_table(block, lambda _path: answers, content.printed_at.date(), LANDSCAPE)]


def _closing(content: BookContent) -> list[Flowable]:
    count = len(content.rows)
    stated = [
        f"Tên sổ: {content.title}",
        f"Đơn vị: {content.letterhead.agency}",
        f"Kỳ: từ ngày {content.first:%d/%m/%Y} đến hết ngày {content.last:%d/%m/%Y}, theo ngày vào sổ",
        f"Tổng số hồ sơ: {count} (bằng chữ: {in_words(count)})",
        *content.remarks,
    ]
    day = content.printed_at
    place = f"{content.letterhead.place or '.' * 20}, ngày {day:%d} tháng {_month(day)} năm {day:%Y}"
    signers = (
        Signer(title=_words("NGƯỜI LẬP SỔ"), hint=("(Ký, ghi rõ họ tên)",), name=_words(content.officer)[0]),
        Signer(
            title=_words("\n".join(content.letterhead.signer_title) or "." * 40),
            hint=("(Ký, ghi rõ họ tên, đóng dấu)",),
            name=_words(content.letterhead.signer_name)[0] if content.letterhead.signer_name else None,
            date=_words(place)[0],
        ),
    )
    return [
        KeepTogether(
            [
                *heads.title(Title(text="TRANG KẾT SỔ"), _no_answer, LANDSCAPE),
                *(paragraph([Run(text=line)], style("field")) for line in stated),
                _PageCount(),
                Spacer(0, 4 * mm),
                *signature_flowables(
                    Signatures(signers=signers), _no_answer, LANDSCAPE, gap=DECREE_30.before_signatures
                ),
            ]
        )
    ]


def _widths(content: BookContent) -> list[int]:
    """Return each column's share: what its words need, the widest ones giving way so that no date is broken."""
    sample = content.rows[:_MEASURED_ROWS]
    least, wanted = [], []
    for position, label in enumerate(content.labels):
        cells = [row[position][:_MEASURED_CHARACTERS] for row in sample]
        words = [text_width(word, REGULAR, DECREE_30.table) for cell in cells for word in cell.split()]
        head = [text_width(word, BOLD, DECREE_30.table) for word in label.split()]
        lines = [text_width(line, REGULAR, DECREE_30.table) for cell in cells for line in cell.split("\n")]
        least.append(min(max([*words, *head], default=0), _WIDEST_WORD) + _AROUND_CELL)
        wanted.append(max(min(max(lines, default=0), _WIDEST) + _AROUND_CELL, least[-1]))
    spare = LANDSCAPE.text_width * mm - COUNTER_WIDTH - sum(least)
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    share = min(max(spare, 0) / max(sum(more), 1), 1)
    return [max(round(10 * (need + share * extra)), 1) for need, extra in zip(least, more, strict=True)]


def _cell(position: int) -> ValueSlot:
    return ValueSlot(path=str(position), type=TypeName.LONG_TEXT, blank="", stretches=False, limit=NARRATIVE_LIMIT)


def _words(text: str) -> tuple[Template, ...]:
    return (Template(parts=(text,)),)


def _month(day: dt.datetime) -> str:
    """NĐ 30/2020 Annex I, II.4b: only the months 1 and 2 have a leading zero."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _no_answer(_path: str) -> str | None:
    return None
