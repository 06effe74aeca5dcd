"""Rows that leave the registry as a file: XLSX with real dates and numbers, CSV by RFC 4180.

- A text is a text: in XLSX it is written as a string, never as a formula or a link, and marked as text where it begins
  as a formula; in CSV it is guarded (domain/exports/formula_escape.py). Leading zeros stay.
- CSV: UTF-8 with its mark, commas, CRLF, every field quoted but numbers.
- XLSX: heads stay in sight and filter; the last sheet says what the file is and what was left out of it.
- What a file cannot hold is refused, never cut.
- The same rows give the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, Final, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.domain.exports.formula_escape import begins_as_formula, guarded
from desktop.errors import DesktopError
from desktop.reports.workbook import sheet_name

Cell: TypeAlias = "str | int | Decimal | dt.date | dt.datetime | None"
LONGEST_TEXT: Final = 32_767  # of a cell, in UTF-16 units: Excel specifications and limits
MOST_ROWS: Final = 1_048_575
_EXACT: Final = 10**15  # a cell is a double: whole numbers from here on may come back as others
_WIDEST: Final = 48
_NARROWEST: Final = 10
_MEASURED: Final = 200
_FIRST_DAY: Final = dt.date(1900, 3, 1)  # before it Excel counts a day that never was

_Formats: TypeAlias = dict[str, Format]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under their heads, and what the sheet is called."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_file(sheet: Sheet) -> bytes:
    """Return the rows as CSV."""
    lines = [",".join(map(_csv_field, line)) for line in (sheet.heads, *sheet.rows)]
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode()


def xlsx_file(sheets: Sequence[Sheet], about: Sheet, *, title: str, made_at: dt.datetime, footer: str = "") -> bytes:
    """Return the sheets as a workbook; `about` is the last one, of two columns.

    Raises:
        DesktopError: export_too_many_rows, export_text_too_long.
    """
    for sheet in sheets:
        _refuse_what_does_not_fit(sheet)
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
    formats = _formats(book)
    names: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(sheet_name(sheet.name, names))
        _write_sheet(page, sheet, formats)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
        page.repeat_rows(0)
        _set_page(page, footer)
    last = book.add_worksheet(sheet_name(about.name, names))
    for number, line in enumerate(about.rows):
        for place, cell in enumerate(line):
            _write(last, number, place, cell, formats, "head_left" if place == 0 else "text")
    last.set_column(0, 0, 28)
    last.set_column(1, 1, 100)
    _set_page(last, footer)
    book.close()
    return buffer.getvalue()


def _csv_field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = guarded(cell).replace('"', '""')
        return f'"{text}"' if text else ""
    return f'"{_shown_day(cell)}"' if isinstance(cell, dt.date) else str(cell)


def _shown_day(cell: dt.date) -> str:
    return f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, dt.datetime) else f"{cell:%d/%m/%Y}"


def _refuse_what_does_not_fit(sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise DesktopError("export_too_many_rows", count=len(sheet.rows), limit=MOST_ROWS)
    for number, row in enumerate(sheet.rows, start=1):
        for head, cell in zip(sheet.heads, row, strict=True):
            if isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                raise DesktopError("export_text_too_long", row=number, column=head, limit=LONGEST_TEXT)


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for place, head in enumerate(sheet.heads):
        _write(page, 0, place, head, formats, "head")
        page.set_column(place, place, _width(head, (row[place] for row in sheet.rows[:_MEASURED])))
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write(page, number, place, cell, formats, "text")


def _write(page: Worksheet, row: int, column: int, cell: Cell, formats: _Formats, name: str) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell < _FIRST_DAY:
        cell = _shown_day(cell)
    if isinstance(cell, (int, Decimal)) and not -_EXACT < cell < _EXACT:
        cell = str(cell)
    if isinstance(cell, dt.datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, dt.date):
        page.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, (int, Decimal)):
        page.write_number(row, column, cell, formats["number"])
    else:
        page.write_string(row, column, cell, formats[f"{name}_quoted" if begins_as_formula(cell) else name])


def _width(head: str, cells: Iterable[Cell]) -> int:
    longest = max((len(line) for cell in cells for line in str(cell or "").split("\n")), default=0)
    return min(_WIDEST, max(_NARROWEST, len(head) + 4, longest + 2))


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    base: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    head = {**base, "bold": True, "text_wrap": True}
    texts: dict[str, dict[str, Any]] = {
        "text": {**base, "text_wrap": True, "num_format": "@"},
        "head": {**head, "valign": "vcenter", "border": 1, "bg_color": "#E7E6E6"},
        "head_left": head,
    }
    others: dict[str, dict[str, Any]] = {
        "number": {**base, "num_format": "General"},
        "day": {**base, "num_format": "dd/mm/yyyy", "align": "left"},
        "moment": {**base, "num_format": "dd/mm/yyyy hh:mm", "align": "left"},
    }
    quoted = {f"{name}_quoted": {**shape, "quote_prefix": True} for name, shape in texts.items()}
    return {name: book.add_format(shape) for name, shape in {**texts, **others, **quoted}.items()}


def _set_page(page: Worksheet, footer: str) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{footer.replace('&', '&&')[:200]}&R&P/&N")
