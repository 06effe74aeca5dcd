"""The shipped documents, the words of one imaginary case, and an eye for printed pages."""

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PageObject, PdfReader

from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import Library
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.loader import load_documents
from desktop.domain.documents.model import DocumentDefinition
from desktop.paths import forms_dir
from desktop.printing.documents import DocumentContent

MM = 72 / 25.4
LETTERHEAD = Letterhead(
    agency_above="CÔNG AN TỈNH ĐIỆN BIÊN", agency="CÔNG AN XÃ MƯỜNG NHÉ", place="Mường Nhé", abbreviation="CAX"
)
OFFICER = "Thượng úy Hà Văn Nam"
PRINTED_AT = dt.datetime(2026, 2, 5, 22, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A piece of text on the paper; millimetres from the left and from the top to the baseline."""

    page: int
    text: str
    x: float
    y: float
    font: str
    size: float


def pieces(pdf: bytes) -> list[Printed]:
    """Return every piece of text that stands upright, in the order of drawing."""
    found: list[Printed] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        _read(page, number, found)
    return found


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def bare(text: str) -> str:
    """Return the text without white space, to compare what a line break may part."""
    return "".join(text.split())


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def words_of(answers: Mapping[str, str]) -> Callable[[str], str | None]:
    return answers.get


def rows_of(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Callable[[str], Sequence[Callable[[str], str | None]]]:
    return lambda path: [row.get for row in rows.get(path, ())]


def content(**changes: Any) -> DocumentContent:  # noqa: ANN401  any field of the content
    settings: dict[str, Any] = {"letterhead": LETTERHEAD, "officer": OFFICER, "printed_at": PRINTED_AT}
    return DocumentContent(**{**settings, **changes})


@cache
def library() -> Library:
    return load_library(forms_dir())


@cache
def documents() -> Mapping[str, DocumentDefinition]:
    return load_documents(forms_dir(), library())


def _read(page: PageObject, number: int, found: list[Printed]) -> None:
    def visit(text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        is_upright = matrix[1] == 0 == text_matrix[1]
        if text.strip() and is_upright:
            x = matrix[0] * text_matrix[4] + matrix[4]
            y = matrix[3] * text_matrix[5] + matrix[5]
            name = str(font["/BaseFont"]) if font else ""
            found.append(
                Printed(
                    page=number,
                    text=text.strip("\n"),
                    x=x / MM,
                    y=float(page.mediabox.height) / MM - y / MM,
                    font=name,
                    size=round(size, 2),
                )
            )

    page.extract_text(visitor_text=visit)
