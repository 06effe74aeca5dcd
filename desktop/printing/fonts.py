"""The one typeface of printed documents: Tinos, metric-compatible with Times New Roman, embedded.

- Registered once; no system font and no font of the PDF viewer is ever asked for.
- A character that Tinos does not draw is a box on the paper, and still itself in the text of the PDF.
"""

import re
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from desktop.paths import resources_dir

REGULAR = "Tinos"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"

_FILES = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}
_BEYOND_16_BITS = re.compile(r"(?<= <)([0-9A-F]{5,6})(?=>)")


@cache
def register_fonts() -> None:
    """Make the four styles known to reportlab; later calls cost nothing."""
    for name, file_name in _FILES.items():
        pdfmetrics.registerFont(_CompleteFont(name, resources_dir() / "fonts" / file_name))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def text_width(text: str, font: str, size: float) -> float:
    """Return the width in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


class _CompleteFont(TTFont):  # type: ignore[misc]  # reportlab has no stubs
    """A font that gives its box to every character it lacks, instead of dropping the character from the text."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self.face.charToGlyph = _BoxForMissing(self.face.charToGlyph)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  reportlab's name
        """Write the subsets, then repair their ToUnicode tables: PDF 32000-1 9.10.3 wants UTF-16BE there."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and self.face.name.decode() in name:
                stream.content = _BEYOND_16_BITS.sub(_as_utf_16, stream.content)


class _BoxForMissing(dict[int, int]):
    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: int) -> int:
        return 0


def _as_utf_16(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)).encode("utf-16-be").hex().upper()
