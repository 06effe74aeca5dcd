"""The sheets of a form workbook, as rows of texts with their numbers in the file: what pyxform is given to read.

- Only sheets of a form are read; of each, rows, columns, cells and lengths are bounded here, in one place.
- A cell becomes the text that the makers of such forms expect: `5`, not `5.0`; `TRUE`; no hard spaces.
- Row numbers are those of the file, blank rows counted.
"""

import datetime as dt
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.errors import IntakeError
from desktop.intake.workbooks import Cell, open_workbook

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
EXTERNAL_CHOICES: Final = "external_choices"
_READ: Final = (SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLimits:
    """What a large questionnaire needs, and a margin. `cells` counts those of one sheet that hold something."""

    sheets: int = 50
    questions: int = 1_000
    choices: int = 20_000
    blank_rows: int = 10_000
    columns: int = 200
    cell: int = 4_000
    header: int = 200
    fields: int = 500
    depth: int = 20


LIMITS: Final = FormLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet: its name as written, its headers by place, its rows by number. Row 1 holds the headers."""

    name: str
    headers: tuple[str, ...]
    rows: Mapping[int, Mapping[str, str]] = field(repr=False)

    def texts_of(self, header: str) -> Iterator[tuple[int, str]]:
        return ((number, row[header]) for number, row in self.rows.items() if header in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheets:
    """The sheets of a form by their name in small letters, and the names of the sheets that are no part of one."""

    sheets: Mapping[str, FormSheet]
    others: tuple[str, ...]


def read_form_sheets(content: bytes) -> FormSheets:
    """Read the sheets of a form.

    Raises:
        IntakeError: those of `open_workbook`; xlsform_no_survey, xlsform_no_questions, xlsform_too_large,
            xlsform_cell_long, xlsform_header_twice.
    """
    book = open_workbook(content)
    try:
        found = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
        if len(found) > LIMITS.sheets:
            raise IntakeError("xlsform_too_large", sheet="", what="sheets", limit=LIMITS.sheets)
        sheets: dict[str, FormSheet] = {}
        others: list[str] = []
        for sheet in found:
            name = sheet.title.strip().lower()
            if name not in _READ or name in sheets:
                others.append(clean_text(sheet.title))
                continue
            sheet.reset_dimensions()  # what a sheet says of its own size is not believed
            sheets[name] = _read(name, sheet.iter_rows(values_only=True))
    except _UNREADABLE:
        raise IntakeError("workbook_unreadable") from None
    finally:
        book.close()
    if SURVEY not in sheets:
        raise IntakeError("xlsform_no_survey")
    if not sheets[SURVEY].rows:
        raise IntakeError("xlsform_no_questions")
    return FormSheets(sheets=sheets, others=tuple(others))


def clean_text(text: str) -> str:
    """Return a text in NFC on one line or several, without controls, invisible characters, hard or needless spaces."""
    known = "".join(" " if sign in "\u00a0\t" else sign for sign in unicodedata.normalize("NFC", text))
    kept = "".join(sign for sign in known if sign == "\n" or unicodedata.category(sign) not in _UNWANTED)
    return "\n".join(line for part in kept.split("\n") if (line := " ".join(part.split())))


_UNWANTED: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
# What openpyxl says of a sheet that is no sheet.
_UNREADABLE: Final = (
    *(KeyError, ValueError, TypeError, IndexError, SyntaxError, EOFError, AttributeError, OSError, OverflowError),
    *(zlib.error, zipfile.BadZipFile),
)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _read(name: str, rows: Iterator[Sequence[Cell]]) -> FormSheet:
    headers: tuple[str, ...] = ()
    kept: dict[int, Mapping[str, str]] = {}
    most = LIMITS.questions if name == SURVEY else LIMITS.choices
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        _bound(name, number, texts)
        if number == 1:
            headers = _headers(name, texts)
        elif texts:
            row = {header: text for header, text in zip(headers, texts, strict=False) if header and text}
            if row:
                kept[number] = row
        if len(kept) > most or number - len(kept) > LIMITS.blank_rows:
            raise IntakeError("xlsform_too_large", sheet=name, what="rows", limit=most)
    return FormSheet(name=name, headers=tuple(header for header in headers if header), rows=kept)


def _bound(name: str, number: int, texts: Sequence[str]) -> None:
    if len(texts) > LIMITS.columns:
        raise IntakeError("xlsform_too_large", sheet=name, what="columns", limit=LIMITS.columns)
    if any(len(text) > LIMITS.cell for text in texts):
        raise IntakeError("xlsform_cell_long", sheet=name, row=number, limit=LIMITS.cell)


def _headers(name: str, texts: Sequence[str]) -> tuple[str, ...]:
    headers = tuple(" ".join(text.split()) for text in texts)
    for header in headers:
        if len(header) > LIMITS.header:
            raise IntakeError("xlsform_cell_long", sheet=name, row=1, limit=LIMITS.header)
        if header and headers.count(header) > 1:
            raise IntakeError("xlsform_header_twice", sheet=name, column=header[:60])
    return headers


def _text(cell: Cell) -> str:
    """Return a cell as pyxform would read it, in NFC."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, str):
        return clean_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell))
    return str(cell)
