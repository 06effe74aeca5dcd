"""Workbooks written by hand: a test says its rows, and gets the bytes of a form."""

import io
from collections.abc import Iterable, Mapping, Sequence

import openpyxl

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """Return an XLSX file with the given sheets."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def form(
    survey: Iterable[Sequence[object]],
    *,
    columns: Sequence[str] = ("type", "name", "label"),
    choices: Iterable[Sequence[object]] = (),
    choice_columns: Sequence[str] = ("list_name", "name", "label"),
    settings: Mapping[str, str] | None = None,
    **others: Rows,
) -> bytes:
    """Return a form with these rows of questions and choices."""
    sheets: dict[str, Iterable[Sequence[object]]] = {"survey": [columns, *survey]}
    listed = list(choices)
    if listed:
        sheets["choices"] = [choice_columns, *listed]
    if settings:
        sheets["settings"] = [tuple(settings), tuple(settings.values())]
    return workbook({**sheets, **others})
