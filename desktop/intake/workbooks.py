"""Spreadsheets from outside: XLSX and CSV read within bounds, as rows of plain cells.

- Nothing of a file is believed before it was counted: its size, its parts, what they unpack to, rows and columns.
- Macros, encrypted workbooks, the binary format of before 2007 and document types (entities) are refused.
- Formulas are never reckoned: a cell gives the value that was saved with it. Nothing outside the file is followed.
- A CSV file is UTF-8, or UTF-16 with its mark; any other encoding would be guessed, and names would be lost.
"""

import csv
import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.errors import IntakeError

if TYPE_CHECKING:  # openpyxl takes a quarter of a second to load, and few starts of the program need it
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Cell: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | None

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLimits:
    """What an old register on paper, typed into a spreadsheet, needs, and a margin."""

    size: int = 32 * MIB
    parts: int = 2_000
    unpacked: int = 192 * MIB
    ratio: int = 400
    """How many times larger than packed a part of more than a MiB may be; Excel's own reach about 50."""

    rows: int = 100_000
    columns: int = 300
    cell: int = 32_767
    """Characters; Excel's own bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """One sheet: `rows[0]` is line 1 of the file. Rows have no empty cells at their end; a CSV has one sheet, ''."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def numbered(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Yield the rows that say something, with their number in the file, from 1."""
        return ((number, row) for number, row in enumerate(self.rows, start=1) if row)


LIMITS: Final = WorkbookLimits()


def read_file(path: Path) -> bytes:
    """Read a file that is to be brought in. Raises IntakeError file_unreadable, workbook_too_large."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMITS.size + 1)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        raise IntakeError("file_unreadable") from None
    if len(content) > LIMITS.size:
        raise IntakeError("workbook_too_large", limit_mb=LIMITS.size // MIB)
    return content


def read_sheets(content: bytes) -> tuple[SheetRows, ...]:
    """Read every sheet of an XLSX file, or the one table of a CSV file.

    Raises:
        IntakeError: those of `open_workbook`; workbook_too_many_rows, workbook_too_many_columns, workbook_cell_long,
            csv_encoding, csv_unreadable.
    """
    if content.startswith(_ZIP):
        book = open_workbook(content)
        try:
            return tuple(_sheet(sheet.title, sheet.iter_rows(values_only=True)) for sheet in _worksheets(book))
        except (*_UNREADABLE, AttributeError):
            raise IntakeError("workbook_unreadable") from None
        finally:
            book.close()
    _refuse_foreign(content)
    return (_csv_sheet(content),)


def open_workbook(content: bytes) -> "Workbook":
    """Open an XLSX file for reading values only, once its parts were counted; the caller closes it.

    Raises:
        IntakeError: workbook_too_large, workbook_encrypted_or_old, workbook_macros, workbook_entities,
            workbook_unpacks_too_large, workbook_unreadable.
    """
    _refuse_foreign(content)
    _count_parts(content)
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE:
        raise IntakeError("workbook_unreadable") from None


_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS: Final = re.compile(r"vbaProject|vbaData|macrosheets|/activeX/|\.bin$", re.IGNORECASE)
_HARMLESS_BINARY: Final = re.compile(r"printerSettings\d*\.bin$")
_ENTITIES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0", re.IGNORECASE)
_CHUNK: Final = 256 * 1024
# What a library says of a broken file; defusedxml's refusals and ElementTree's are ValueError and SyntaxError.
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, SyntaxError, EOFError),
    *(OSError, NotImplementedError, RuntimeError, OverflowError, zlib.error, struct.error),
)


def _refuse_foreign(content: bytes) -> None:
    if len(content) > LIMITS.size:
        raise IntakeError("workbook_too_large", limit_mb=LIMITS.size // MIB)
    if content.startswith(_OLE):
        raise IntakeError("workbook_encrypted_or_old")


def _count_parts(content: bytes) -> None:
    """Unpack every part into nothing, so that what is kept later is known to be small and plain."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > LIMITS.parts:
                raise IntakeError("workbook_unpacks_too_large", limit_mb=LIMITS.unpacked // MIB)
            if any(_MACROS.search(part.filename) and not _HARMLESS_BINARY.search(part.filename) for part in parts):
                raise IntakeError("workbook_macros")
            left = LIMITS.unpacked
            for part in parts:
                left -= _count_part(archive, part, left)
    except (zipfile.BadZipFile, *_UNREADABLE):
        raise IntakeError("workbook_unreadable") from None


def _count_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > left or (size > MIB and size > LIMITS.ratio * max(1, part.compress_size)):
                raise IntakeError("workbook_unpacks_too_large", limit_mb=LIMITS.unpacked // MIB)
            if is_xml and _ENTITIES.search(tail + chunk):
                raise IntakeError("workbook_entities")
            tail = chunk[-32:]
    return size


def _worksheets(book: "Workbook") -> "list[ReadOnlyWorksheet]":
    found = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    for sheet in found:
        sheet.reset_dimensions()  # what a sheet says of its own size is not believed
    return found


def _sheet(name: str, rows: Iterator[Sequence[Cell]]) -> SheetRows:
    kept: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows, start=1):
        if number > LIMITS.rows:
            raise IntakeError("workbook_too_many_rows", limit=LIMITS.rows)
        kept.append(_cells(row, number))
    while kept and not kept[-1]:
        kept.pop()
    return SheetRows(name=name, rows=tuple(kept))


def _cells(row: Sequence[Cell], number: int) -> tuple[Cell, ...]:
    cells = list(row)
    while cells and (cells[-1] is None or (isinstance(cells[-1], str) and not cells[-1].strip())):
        cells.pop()
    if len(cells) > LIMITS.columns:
        raise IntakeError("workbook_too_many_columns", limit=LIMITS.columns, row=number)
    if any(isinstance(cell, str) and len(cell) > LIMITS.cell for cell in cells):
        raise IntakeError("workbook_cell_long", limit=LIMITS.cell, row=number)
    return tuple(cells)


def _csv_sheet(content: bytes) -> SheetRows:
    text = _decoded(content)
    if "\0" in text:
        raise IntakeError("csv_unreadable", row=1 + text[: text.index("\0")].count("\n"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return _sheet("", iter(reader))
    except csv.Error:
        raise IntakeError("csv_unreadable", row=reader.line_num) from None


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError("csv_encoding", row=1 + content[: error.start].count(b"\n")) from None


def _delimiter(text: str) -> str:
    """Return the character that separates the first lines most often; Vietnamese Excel writes `;`."""
    head = "\n".join(line for line in text.splitlines()[:20] if line)
    return max(",;\t|", key=head.count)
