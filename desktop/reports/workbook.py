"""A report as an XLSX file: one sheet a table, one that says how it was counted.

- Numbers are numbers, shares have their numerator and denominator beside them; what is not known is an empty cell.
- Texts are written as texts, never as formulas or links; one that begins as a formula is marked as text.
- Heads stay in sight, sheets print on one page's width with the officer and the time at the foot.
- The same report gives the same bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, Final, Literal, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.domain.reports.model import PeriodColumn
from desktop.domain.reports.results import (
    Figure,
    ReportResult,
    ResultRow,
    TableResult,
    derived,
    figure_text,
)
from desktop.sentences import Language, sentence

_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LABEL_WIDTH: Final = 52
_NUMBER_WIDTH: Final = 13
_HEAD_ROW: Final = 4

_FormatName = Literal["title", "text", "head", "label", "total", "number", "fraction", "percent", "note"]
_Formats: TypeAlias = dict[str, Format]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookMetadata:
    """What is around the figures: whose report it is and who made it."""

    agency: str
    officer: str
    notes: tuple[tuple[str, str], ...]


def workbook(result: ReportResult, circumstances: WorkbookMetadata, language: Language) -> bytes:
    """Return the bytes of the file."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    title = f"{result.definition.number}. {result.definition.label.text(language)}"
    book.set_properties({"title": title, "created": result.made_at.replace(tzinfo=None)})
    formats = _formats(book)
    names: set[str] = set()
    for table in result.tables:
        sheet = book.add_worksheet(sheet_name(table.definition.label.text(language), names))
        _TableSheet(sheet, table, formats, language).write(title, _days(result, language))
        _set_page(sheet, circumstances, result)
    about = book.add_worksheet(sheet_name(sentence("report_how_counted", {}, language), names))
    about.set_column(0, 0, 28)
    about.set_column(1, 1, 100)
    for number, (name, text) in enumerate((("", circumstances.agency), *circumstances.notes)):
        _write(about, number, 0, name, formats, "total")
        _write(about, number, 1, text, formats, "note")
    _set_page(about, circumstances, result)
    book.close()
    return buffer.getvalue()


def sheet_name(text: str, used: set[str]) -> str:
    """Return a name that a sheet may have, of at most 31 characters, not used before."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:_LONGEST_NAME].strip() or "–"
    name, number = plain, 1
    while name.casefold() in used:
        number += 1
        name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    used.add(name.casefold())
    return name


class _TableSheet:
    """One table on its sheet. Each measured column takes one cell, or three when it has shares."""

    def __init__(self, sheet: Worksheet, table: TableResult, formats: _Formats, language: Language) -> None:
        self._sheet = sheet
        self._table = table
        self._formats = formats
        self._language = language
        self._has_shares = [
            any(row.figures and row.figures[place].of is not None for row in table.rows)
            for place in range(self._measured)
        ]

    @property
    def _measured(self) -> int:
        return max((len(row.figures) for row in self._table.rows), default=0)

    def write(self, title: str, days: str) -> None:
        label = self._table.definition.label.text(self._language)
        for number, text in enumerate((title, label, days)):
            _write(self._sheet, number, 0, text, self._formats, "title" if number < 2 else "text")
        heads = list(self._heads())
        _write(self._sheet, _HEAD_ROW, 0, "", self._formats, "head")
        for place, head in enumerate(heads, start=1):
            _write(self._sheet, _HEAD_ROW, place, head, self._formats, "head")
        for number, row in enumerate(self._table.rows, start=_HEAD_ROW + 1):
            self._write_row(number, row, len(heads))
        self._sheet.set_column(0, 0, _LABEL_WIDTH)
        self._sheet.set_column(1, max(len(heads), 1), _NUMBER_WIDTH)
        self._sheet.set_row(_HEAD_ROW, 48)
        self._sheet.freeze_panes(_HEAD_ROW + 1, 1)
        self._sheet.repeat_rows(_HEAD_ROW)

    def _heads(self) -> Iterator[str]:
        for place, column in enumerate(self._table.columns):
            label = column.label.text(self._language)
            if place < self._measured and self._has_shares[place]:
                yield from (
                    sentence(code, {"column": label}, self._language)
                    for code in ("report_head_number", "report_head_of", "report_head_percent")
                )
            else:
                yield label

    def _write_row(self, number: int, row: ResultRow, width: int) -> None:
        is_bold = row.is_total or not row.figures
        label = "    " * row.indent + row.label.text(self._language)
        _write(self._sheet, number, 0, label, self._formats, "total" if is_bold else "label")
        place = 1
        for has_shares, figure in zip(self._has_shares, row.figures, strict=False):
            place += self._write_figure(number, place, figure, has_shares=has_shares)
        if row.figures and self._table.is_over_periods:
            for column in self._table.columns[len(row.figures) :]:
                is_percent = column.id == PeriodColumn.CHANGE
                self._write_number(number, place, derived(column.id, row), "percent" if is_percent else "number")
                place += 1
        for empty in range(place, width + 1):
            self._sheet.write_blank(number, empty, None, self._formats["number"])

    def _write_figure(self, number: int, place: int, figure: Figure, *, has_shares: bool) -> int:
        """Write a figure and return how many cells it took."""
        width = 3 if has_shares else 1
        if figure.hidden is not None:
            _write(self._sheet, number, place, figure_text(figure), self._formats, "number")
            for empty in range(place + 1, place + width):
                self._sheet.write_blank(number, empty, None, self._formats["number"])
            return width
        self._write_number(number, place, figure.amount.number, "number")
        if has_shares:
            self._write_number(number, place + 1, figure.of.number if figure.of else None, "number")
            self._write_number(number, place + 2, figure.share, "percent")
        return width

    def _write_number(self, row: int, column: int, number: Decimal | None, name: _FormatName) -> None:
        if number is None:
            self._sheet.write_blank(row, column, None, self._formats[name])
            return
        shown = number / 100 if name == "percent" else number
        has_fraction = name == "number" and number != number.to_integral_value()
        self._sheet.write_number(row, column, float(shown), self._formats["fraction" if has_fraction else name])


def _days(result: ReportResult, language: Language) -> str:
    days = {"first": f"{result.period.first:%d/%m/%Y}", "last": f"{result.period.last:%d/%m/%Y}"}
    return sentence("report_days", days, language)


def _write(sheet: Worksheet, row: int, column: int, text: str, formats: _Formats, name: _FormatName) -> None:
    quoted = "_quoted" if text.startswith(_FORMULA_BEGINS) else ""
    sheet.write_string(row, column, text, formats[name + quoted])


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    base: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    framed = {**base, "border": 1}
    known: dict[str, dict[str, Any]] = {
        "title": {**base, "bold": True, "font_size": 13},
        "text": base,
        "head": {**framed, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E7E6E6"},
        "label": {**framed, "text_wrap": True},
        "total": {**framed, "text_wrap": True, "bold": True},
        "number": {**framed, "num_format": "#,##0", "align": "right"},
        "fraction": {**framed, "num_format": "#,##0.0##", "align": "right"},
        "percent": {**framed, "num_format": "0.0%", "align": "right"},
        "note": {**base, "text_wrap": True, "valign": "top"},
    }
    found = {name: book.add_format(shape) for name, shape in known.items()}
    return {
        **found,
        **{f"{name}_quoted": book.add_format({**shape, "quote_prefix": True}) for name, shape in known.items()},
    }


def _set_page(sheet: Worksheet, circumstances: WorkbookMetadata, result: ReportResult) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    who = f"{circumstances.officer} {result.made_at:%H:%M %d/%m/%Y}".replace("&", "&&")
    sheet.set_footer(f"&L{who}&R&P/&N")
