"""What every page has outside the text: page number, watermark, footer.

- NĐ 30/2020 Annex I: the page number is centred in the top margin and not shown on page 1.
- A document with P4 values carries who printed it, when, and the copy's number across every page and in its footer.
- A form whose official text nobody has compared carries `MẪU NỘI BỘ` in the same two places.
- The head of the change log (SECURITY.md 5.3) is in the footer when it is given: paper then anchors the log.
- The code at the right of the footer finds the form or the record again (paper_codes.py); words beside it say which.
"""

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate

from desktop.printing.fonts import BOLD, REGULAR
from desktop.printing.layout import DECREE_30, Decree30
from desktop.printing.paper_codes import draw_code
from desktop.printing.text import NAME_LIMIT, Run, paragraph, printable

UNVERIFIED_MARK: Final = "MẪU NỘI BỘ - đối chiếu mẫu hiện hành"

_LIGHT: Final = Color(0.9, 0.9, 0.9)
_FLATTER: Final = 2.7  # degrees
_DIAGONAL_WIDTH: Final = 260 * mm
_FOOTER_BOTTOM: Final = 6 * mm
_LOG_CODE_WIDTH: Final = 56 * mm
_CODE_SIDE: Final = 13 * mm
_CODE_BOTTOM: Final = 5 * mm
_BESIDE_CODE: Final = 3 * mm


class Protection(StrEnum):
    """What a paper reveals of a victim or an informant: nothing, something once it is filled in, something now."""

    NONE = "none"
    ONCE_FILLED = "once_filled"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFurniture:
    """The marks of one printing; `draw` is reportlab's onPage hook."""

    paper: Decree30
    across: tuple[str, ...]
    holder: str
    mark: str
    log_code: str
    qr: str
    form: str

    def draw(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        self._draw_across(canvas)
        self._draw_page_number(canvas)
        self._draw_footer(canvas)
        canvas.restoreState()

    def _draw_across(self, canvas: Canvas) -> None:
        lines = paragraph([Run(text="\n".join(self.across))], _style(BOLD, 23, TA_CENTER, _LIGHT, spacing=1.7))
        _, height = lines.wrap(_DIAGONAL_WIDTH, 0)
        canvas.saveState()
        canvas.translate(self.paper.page_width * mm / 2, self.paper.page_height * mm / 2)
        canvas.rotate(math.degrees(math.atan2(self.paper.page_height, self.paper.page_width)) - _FLATTER)
        lines.drawOn(canvas, -_DIAGONAL_WIDTH / 2, -height / 2)
        canvas.restoreState()

    def _draw_page_number(self, canvas: Canvas) -> None:
        if canvas.getPageNumber() > 1:
            canvas.setFont(REGULAR, DECREE_30.page_number)
            middle = (self.paper.left + self.paper.text_width / 2) * mm
            top = (self.paper.page_height - self.paper.page_number_from_top) * mm
            canvas.drawCentredString(middle, top, str(canvas.getPageNumber()))

    def _draw_footer(self, canvas: Canvas) -> None:
        """Draw the lines from the bottom of the paper upwards, so that a long name never leaves it."""
        if not (self.holder or self.mark or self.log_code or self.qr or self.form):
            return
        left, width = self.paper.left * mm, self.paper.text_width * mm
        if self.qr:
            draw_code(canvas, self.qr, (left + width - _CODE_SIDE, _CODE_BOTTOM), _CODE_SIDE)
            width -= _CODE_SIDE + _BESIDE_CODE
        code = f"Mã nhật ký: {_in_fives(self.log_code)}" if self.log_code else ""
        stated = "\n".join(filter(None, [self.holder, self.mark]))
        right = "\n".join(filter(None, [code, self.form]))
        top = max(
            _draw_small(canvas, stated, (left, _FOOTER_BOTTOM), width - _LOG_CODE_WIDTH, TA_LEFT),
            _draw_small(canvas, right, (left + width - _LOG_CODE_WIDTH, _FOOTER_BOTTOM), _LOG_CODE_WIDTH, TA_RIGHT),
        )
        canvas.setLineWidth(0.4)
        canvas.line(left, top + 1 * mm, left + width, top + 1 * mm)


def furniture(
    *,
    paper: Decree30,
    protection: Protection,
    is_verified: bool,
    officer: str,
    printed_at: dt.datetime,
    copy_number: int,
    log_code: str,
    qr: str = "",
    form: str = "",
) -> PageFurniture:
    """Return the marks that a document must carry.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    who = printable(officer, limit=NAME_LIMIT, path="printed.officer")
    when = printed_at.strftime("%H:%M %d/%m/%Y")
    mark = "" if is_verified else UNVERIFIED_MARK
    is_protected = protection is Protection.PROTECTED
    across = (f"{who} - {when} - bản số {copy_number:02d}", mark) if is_protected else (mark,)
    holders = {
        Protection.NONE: "",
        Protection.ONCE_FILLED: "Khi đã ghi, đây là thông tin phải bảo vệ.",
        Protection.PROTECTED: f"Thông tin phải bảo vệ.\nBản số {copy_number:02d}, {who} in lúc {when}.",
    }
    return PageFurniture(
        paper=paper,
        across=tuple(filter(None, across)),
        holder=holders[protection],
        mark=mark,
        log_code=printable(log_code, limit=NAME_LIMIT, path="log_code"),
        qr=qr,
        form=form,
    )


def _draw_small(canvas: Canvas, text: str, corner: tuple[float, float], width: float, alignment: int) -> float:
    """Draw the text upwards from its lower left corner; return where it ends."""
    left, bottom = corner
    if not text:
        return bottom
    lines = paragraph([Run(text=text)], _style(REGULAR, DECREE_30.footer, alignment, black))
    _, height = lines.wrap(width, 0)
    lines.drawOn(canvas, left, bottom)
    return bottom + float(height)


def _in_fives(code: str) -> str:
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def _style(font: str, size: float, alignment: int, color: Color, *, spacing: float = 1.2) -> ParagraphStyle:
    return ParagraphStyle(
        name="page", fontName=font, fontSize=size, leading=size * spacing, alignment=alignment, textColor=color
    )
