"""The one way from any text to a `Paragraph`: nothing else in this package makes one.

- reportlab parses its paragraphs as markup that can read files and evaluate colours (SECURITY.md 5.4): every text is
  escaped here, those of the form definitions too.
- Characters that only steer (controls, bidirectional overrides, invisible ones) are left out; a line break stays one.
- A text longer than its limit is refused before any layout: `text_too_long_to_print`.
- A word longer than its line is broken at the edge; nothing is put in between.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from desktop.errors import PrintingError

NAME_LIMIT: Final = 200
NARRATIVE_LIMIT: Final = 20_000

_LINE_BREAKS: Final = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NOT_PRINTED: Final = frozenset({"Cc", "Cf", "Cs"})
_RAISED_BY: Final = 4.5
_RAISED_SIZE: Final = 8
_LINES_A_PARAGRAPH: Final = 32  # reportlab lays the rest of a paragraph out again at each page break


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False


def printable(text: str, *, limit: int = NARRATIVE_LIMIT, path: str = "") -> str:
    """Return the text as it is printed; `path` names the field in the refusal.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    if len(text) > limit:
        raise PrintingError("text_too_long_to_print", field=path, length=len(text), limit=limit)
    lines = _LINE_BREAKS.split(unicodedata.normalize("NFC", text))
    return "\n".join("".join(_printed_characters(line)) for line in lines)


def paragraph(runs: Iterable[Run], style: ParagraphStyle) -> Paragraph:
    """Return one paragraph; line breaks in it become `<br/>`."""
    return Paragraph("".join(map(_markup, runs)), style)


def paragraphs(runs: Sequence[Run], first: ParagraphStyle, further: ParagraphStyle) -> list[Paragraph]:
    """Return the runs as one paragraph, or as many where the text has very many lines."""
    lines = _lines(runs)
    pieces = [lines[start : start + _LINES_A_PARAGRAPH] for start in range(0, len(lines), _LINES_A_PARAGRAPH)]
    return [paragraph(_joined(piece), further if position else first) for position, piece in enumerate(pieces or [[]])]


def _printed_characters(line: str) -> Iterator[str]:
    for character in line:
        if character == "\t":
            yield " "
        elif unicodedata.category(character) not in _NOT_PRINTED:
            yield character


def _markup(run: Run) -> str:
    text = escape(printable(run.text)).replace("\n", "<br/>")
    if run.raised:
        text = f'<super rise="{_RAISED_BY}" size="{_RAISED_SIZE}">{text}</super>'
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.bold else text


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        head, *rest = printable(run.text).split("\n")
        lines[-1].append(Run(text=head, bold=run.bold, italic=run.italic, raised=run.raised))
        lines.extend([Run(text=text, bold=run.bold, italic=run.italic, raised=run.raised)] for text in rest)
    return lines


def _joined(lines: Sequence[Sequence[Run]]) -> Iterator[Run]:
    for position, line in enumerate(lines):
        if position:
            yield Run(text="\n")
        yield from line
