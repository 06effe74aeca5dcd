"""Lines that a person can write on: dots that run to the margin, cells for digits, boxes to tick, rules.

- Dots are set from the right edge inwards, so that every dotted line of a page ends at the same point and the dots of
  two lines align.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from desktop.printing.fonts import text_width

SHORTEST_DOTS: Final = 12 * mm
_GAP: Final = 0.5 * mm
_RULE_WIDTH: Final = 0.7
_ENDLESS: Final = 100_000


class DottedLine(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """A line of dots from edge to edge."""

    def __init__(self, style: ParagraphStyle) -> None:
        super().__init__()
        self.style = style

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.style.leading
        return self.width, self.height

    def draw(self) -> None:
        baseline = self.height - self.style.fontSize
        _draw_dots(self.canv, self.style, "", (0, self.width), baseline)


class OpenLine(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """A paragraph whose last line runs on in dots to the right edge.

    `blank` with slashes (`...../...../.......`) is stretched as the three blanks of a date.
    """

    def __init__(self, paragraph: Paragraph, blank: str) -> None:
        super().__init__()
        self.paragraph = paragraph
        self.blank = blank
        self.style = paragraph.style

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        _, text_height = self.paragraph.wrap(available_width, available_height)
        widths = self.paragraph.getActualLineWidths0()
        self.text_end = widths[-1] + _GAP if widths else 0
        self.has_own_line = available_width - self.text_end < SHORTEST_DOTS
        self.width = available_width
        self.height = text_height + (self.style.leading if self.has_own_line or not widths else 0)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        pieces = self.paragraph.split(available_width, available_height)
        if len(pieces) < 2:
            return []
        return [*pieces[:-1], OpenLine(pieces[-1], self.blank)]

    def draw(self) -> None:
        text_height = self.paragraph.height
        self.paragraph.drawOn(self.canv, 0, self.height - text_height)
        lines = round(self.height / self.style.leading)
        baseline = self.height - (lines - 1) * self.style.leading - self.style.fontSize
        start = 0 if self.has_own_line else self.text_end
        _draw_dots(self.canv, self.style, self.blank, (start, self.width), baseline)


class DigitCells(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """A label, and after it one cell for each character."""

    def __init__(self, label: Paragraph, characters: str, cells: int) -> None:
        super().__init__()
        self.label = label
        self.characters = characters
        self.cells = cells
        self.style = label.style
        self.side = 5.6 * mm

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.label.wrap(available_width - self.cells * self.side, available_height)
        self.width = available_width
        self.height = max(self.label.height, self.side + 2.2 * mm)
        return self.width, self.height

    def draw(self) -> None:
        size = self.style.fontSize
        bottom = (self.height - self.side) / 2
        baseline = bottom + (self.side - 0.66 * size) / 2
        self.label.drawOn(self.canv, 0, baseline + size - self.label.height)
        left = max(self.label.getActualLineWidths0()) + 2 * mm
        self.canv.setLineWidth(0.6)
        self.canv.grid([left + n * self.side for n in range(self.cells + 1)], [bottom, bottom + self.side])
        self.canv.setFont(self.style.fontName, size)
        for position, character in enumerate(self.characters):
            self.canv.drawCentredString(left + (position + 0.5) * self.side, baseline, character)


class TickBox(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """A box, ticked or not, and what it stands for."""

    def __init__(self, label: Paragraph, *, ticked: bool) -> None:
        super().__init__()
        self.label = label
        self.ticked = ticked
        self.side = 3.4 * mm
        self.indent = self.side + 2 * mm

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        _, self.height = self.label.wrap(available_width - self.indent, available_height)
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        self.label.drawOn(self.canv, self.indent, 0)
        baseline = self.height - self.label.style.fontSize
        self.canv.setLineWidth(0.6)
        self.canv.rect(0.3, baseline - 0.4 * mm, self.side, self.side)
        if self.ticked:
            self.canv.setLineWidth(1.3)
            self.canv.setLineCap(1)
            low, high, edge = baseline + 0.3 * mm, baseline + self.side - 1.1 * mm, 0.7 * mm
            self.canv.line(edge + 0.3, low, self.side - edge + 0.3, high)
            self.canv.line(edge + 0.3, high, self.side - edge + 0.3, low)


class Rule(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """A centred rule of a given length."""

    def __init__(self, length: float, *, above: float = 2, below: float = 0) -> None:
        super().__init__()
        self.length = length
        self.above = above
        self.below = below

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.above + self.below

    def draw(self) -> None:
        length = min(self.length, self.width)
        self.canv.setLineWidth(_RULE_WIDTH)
        self.canv.line((self.width - length) / 2, self.below, (self.width + length) / 2, self.below)


class PhotoFrame(Flowable):  # type: ignore[misc]  # reportlab has no stubs
    """The frame that a photo is glued into."""

    def __init__(self, words: Sequence[Paragraph], width: float, height: float) -> None:
        super().__init__()
        self.words = words
        self.width = width
        self.height = height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(0.6)
        self.canv.rect(0, 0, self.width, self.height)
        heights = [words.wrap(self.width, self.height)[1] for words in self.words]
        top = (self.height + sum(heights)) / 2
        for words, height in zip(self.words, heights, strict=True):
            top -= height
            words.drawOn(self.canv, 0, top)


def natural_width(paragraph: Paragraph) -> float:
    """Return the width that the paragraph takes when nothing makes it wrap."""
    paragraph.wrap(_ENDLESS, _ENDLESS)
    return float(max(paragraph.getActualLineWidths0(), default=0))


def _draw_dots(canvas: Canvas, style: ParagraphStyle, blank: str, edges: tuple[float, float], baseline: float) -> None:
    left, right = edges
    canvas.setFont(style.fontName, style.fontSize)
    canvas.drawRightString(right, baseline, _dots(blank, style, right - left))


def _dots(blank: str, style: ParagraphStyle, width: float) -> str:
    groups = blank.split("/")
    pitch = text_width(".", style.fontName, style.fontSize)
    slashes = (len(groups) - 1) * text_width("/", style.fontName, style.fontSize)
    count = max(int((width - slashes) / pitch), len(groups))
    *heads, _tail = [round(count * len(group) / max(len(blank) - len(groups) + 1, 1)) for group in groups]
    return "/".join("." * part for part in [*heads, count - sum(heads)])
