"""The code at the foot of a paper, by which a scan finds the blank form or the record again.

- It says `SOTRAM:<document>:<version>` on a blank form and `SOTRAM:<register>:<record id>` on a printed record: no
  name, no number of a person, nothing that somebody typed.
- It is drawn as rectangles, so that it is as sharp as the printer and the same bytes each time.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import segno
from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

_SCHEME: Final = "SOTRAM"


def form_code(document: str, version: int) -> str:
    return f"{_SCHEME}:{document}:{version}"


def record_code(register: str, record: str) -> str:
    return f"{_SCHEME}:{register}:{record}"


def draw_code(canvas: Canvas, content: str, corner: tuple[float, float], side: float) -> None:
    """Draw a QR code into a square given by its lower left corner; the paper around it is its quiet zone."""
    matrix = segno.make(content, micro=False, error="m", boost_error=False).matrix
    module = side / len(matrix)
    left, bottom = corner
    path = canvas.beginPath()
    for line, row in enumerate(matrix):
        for start, length in _dark_runs(row):
            path.rect(left + start * module, bottom + side - (line + 1) * module, length * module, module)
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(row: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Yield where dark modules begin, and how many are side by side."""
    start = 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield start, length
        start += length
