"""What stands on every page outside the text: page number, watermark, footer.

- NĐ 30/2020 Annex I: the page number is centred in the top margin and not shown on page 1.
- A document with P4 values carries who printed it, when, and the copy's number across every page and in its footer.
- A form whose official text nobody has compared carries `MẪU NỘI BỘ` in the same two places.
- The head of the change log (security.md 3.3) stands in the footer when it is given: paper then anchors the log.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate

from desktop.printing.fonts import BOLD, REGULAR
from desktop.printing.layout import DECREE_30
from desktop.printing.text import NAME_LIMIT, Run, paragraph, printable

UNVERIFIED_MARK: Final = "MẪU NỘI BỘ - đối chiếu mẫu hiện hành"

_LIGHT: Final = Color(0.9, 0.9, 0.9)
_DIAGONAL_DEGREES: Final = 52
_DIAGONAL_WIDTH: Final = 260 * mm
_FOOTER_TOP: Final = 15 * mm
_LOG_CODE_WIDTH: Final = 56 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFurniture:
    """The marks of one printing; `draw` is reportlab's onPage hook."""

    across: tuple[str, ...]
    footer: tuple[str, ...]
    log_code: str

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
        canvas.translate(DECREE_30.page_width * mm / 2, DECREE_30.page_height * mm / 2)
        canvas.rotate(_DIAGONAL_DEGREES)
        lines.drawOn(canvas, -_DIAGONAL_WIDTH / 2, -height / 2)
        canvas.restoreState()

    def _draw_page_number(self, canvas: Canvas) -> None:
        if canvas.getPageNumber() > 1:
            canvas.setFont(REGULAR, DECREE_30.page_number)
            middle = (DECREE_30.left + DECREE_30.text_width / 2) * mm
            top = (DECREE_30.page_height - DECREE_30.page_number_from_top) * mm
            canvas.drawCentredString(middle, top, str(canvas.getPageNumber()))

    def _draw_footer(self, canvas: Canvas) -> None:
        if not self.footer and not self.log_code:
            return
        left, width = DECREE_30.left * mm, DECREE_30.text_width * mm
        canvas.setLineWidth(0.4)
        canvas.line(left, _FOOTER_TOP, left + width, _FOOTER_TOP)
        code = f"Mã nhật ký: {_in_fives(self.log_code)}" if self.log_code else ""
        code_width = _LOG_CODE_WIDTH if code else 0
        for text, start, room, alignment in (
            ("\n".join(self.footer), left, width - code_width, TA_LEFT),
            (code, left + width - code_width, code_width, TA_RIGHT),
        ):
            if text:
                lines = paragraph([Run(text=text)], _style(REGULAR, DECREE_30.footer, alignment, black))
                _, height = lines.wrap(room, 0)
                lines.drawOn(canvas, start, _FOOTER_TOP - 1 * mm - height)


def furniture(
    *, is_protected: bool, is_verified: bool, officer: str, printed_at: dt.datetime, copy_number: int, log_code: str
) -> PageFurniture:
    """Return the marks that a document must carry.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    who = printable(officer, limit=NAME_LIMIT, path="printed.officer")
    when = printed_at.strftime("%H:%M %d/%m/%Y")
    across, footer = [], []
    if is_protected:
        across.append(f"{who} - {when} - bản số {copy_number:02d}")
        footer.append(f"Thông tin phải bảo vệ. Bản số {copy_number:02d}, {who} in lúc {when}.")
    if not is_verified:
        across.append(UNVERIFIED_MARK)
        footer.append(UNVERIFIED_MARK)
    return PageFurniture(
        across=tuple(across), footer=tuple(footer), log_code=printable(log_code, limit=NAME_LIMIT, path="log_code")
    )


def _in_fives(code: str) -> str:
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def _style(font: str, size: float, alignment: int, color: Color, *, spacing: float = 1.2) -> ParagraphStyle:
    return ParagraphStyle(
        name="page", fontName=font, fontSize=size, leading=size * spacing, alignment=alignment, textColor=color
    )
