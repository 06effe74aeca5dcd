"""The rows of a table to the stored values of a register, cell by cell, as if they were typed into the form."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.exports.formula_escape import unguarded
from desktop.domain.log.operation import Json, canonical
from desktop.domain.names.names import fold
from desktop.domain.values import field_types as field_values
from desktop.errors import DesktopError
from desktop.intake.import_rows import WHOLE_FILE, ReadFile, ReadRow, RowNote
from desktop.intake.workbooks import Cell, SheetRows
from desktop.workspace.base.session import Session
from desktop.workspace.imports.table_columns import ColumnTarget
from desktop.workspace.records import titles

KIND: Final = "TABLE"


class TableReading:
    """Reads the rows of one sheet."""

    def __init__(self, session: Session, columns: Mapping[int, ColumnTarget]) -> None:
        self._session = session
        self._columns = columns
        self._context = titles.value_context(session, "vi").values
        self._rows: list[ReadRow] = []
        self._refused: list[RowNote] = []
        self._warnings: list[RowNote] = []
        self._skipped: list[RowNote] = []
        self._seen: dict[bytes, int] = {}
        self._is_csv = False  # a text in CSV may have been kept from being a formula, ours is

    def read(self, sheet: SheetRows, head: int) -> ReadFile:
        """Raises DesktopError import_table_empty."""
        self._is_csv = not sheet.name
        heads = sheet.rows[head - 1] if 0 < head <= len(sheet.rows) else ()
        for place, text in enumerate(heads):
            if text is not None and place not in self._columns:
                self._warnings.append(
                    RowNote(row=WHOLE_FILE, code="import_column_left_out", context={"column": _column_name(place)})
                )
        for number, row in sheet.numbered():
            if number > head:
                self._take(number, row)
        found = ReadFile(
            kind=KIND,
            rows=tuple(self._rows),
            skipped=tuple(self._skipped),
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
        )
        if not found.read:
            raise DesktopError("import_table_empty")
        return found

    def _take(self, number: int, row: tuple[Cell, ...]) -> None:
        values: dict[str, Json] = {}
        problems: list[RowNote] = []
        for place, target in self._columns.items():
            cell = row[place] if place < len(row) else None
            text, doubt = _text_of(unguarded(cell) if self._is_csv and isinstance(cell, str) else cell, target.field)
            if doubt:
                self._warnings.append(RowNote(row=number, code=doubt, context={"column": _column_name(place)}))
            if not text:
                continue
            value = self._value(text, target)
            if isinstance(value, Problem):
                context = {**value.context, "column": _column_name(place)}
                problems.append(RowNote(row=number, code=value.code, context=context))
            else:
                _put(values, target, value)
        if problems:
            self._refused += problems
            return
        if not values:
            return
        first = self._seen.setdefault(canonical(values), number)
        if first != number:
            self._skipped.append(RowNote(row=number, code="import_row_twice", context={"first": first}))
            return
        self._rows.append(ReadRow(row=number, values=values))

    def _value(self, text: str, target: ColumnTarget) -> Json | Problem:
        if target.field.type is not TypeName.ADDRESS:
            return field_values.parse_value(text, target.field, self._context)
        if target.part in {"hamlet", "detail", "old_text"}:
            return text
        if target.part:
            return self._unit(text, target)
        found = self._session.places.convert_old_address(text)
        if len({one.commune.code for one in found}) != 1:
            return {"old_text": text}
        commune = found[0].commune
        address: dict[str, Json] = {"province": commune.province, "commune": commune.code, "old_text": text}
        return address

    def _unit(self, text: str, target: ColumnTarget) -> Json | Problem:
        """Return the code of a province or commune given by its code or name; communes of this province come first."""
        places = self._session.places
        if text.isascii() and text.isdigit():
            code = text.zfill(2 if target.part == "province" else 5)
            known = places.province(code) if target.part == "province" else places.commune(code)
            return code if known is not None else Problem(code="address_unit_unknown", field=target.path)
        if target.part == "province":
            named = [one.code for one in places.provinces if fold(one.name) in {fold(text), _bare(text)}]
        else:
            here = self._session.station.province
            found = [one.commune for one in places.search(text, here) or places.search(text)]
            named = [one.code for one in found if fold(one.name) in {fold(text), _bare(text)}]
        return named[0] if len(named) == 1 else Problem(code="address_unit_unknown", field=target.path)


_UNIT_KINDS: Final = ("tinh ", "thanh pho ", "xa ", "phuong ", "dac khu ", "tp ", "tp. ")


def _bare(text: str) -> str:
    folded = fold(text)
    return next((folded.removeprefix(kind) for kind in _UNIT_KINDS if folded.startswith(kind)), folded)


def _put(values: dict[str, Json], target: ColumnTarget, value: Json) -> None:
    """Put a value at its path; parts of an address and fields of a person meet in one object."""
    if value is None:
        return
    *outer, last = target.path.split(".")
    inside = values
    for name in outer:
        found = inside.setdefault(name, {})
        if not isinstance(found, dict):
            found = inside[name] = {}
        inside = found
    known = inside.get(last)
    inside[last] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value


def _text_of(cell: Cell, field: FieldDefinition) -> tuple[str, str]:
    """Return a cell as it would be typed, and a code when something Excel did to it was undone."""
    match cell:
        case bool():
            return ("có" if cell else "không"), ""
        case dt.datetime():
            return f"{cell:%d/%m/%Y %H:%M}" if field.type is TypeName.DATE_TIME else f"{cell:%d/%m/%Y}", ""
        case dt.date():
            return f"{cell:%d/%m/%Y}", ""
        case float() if cell.is_integer():
            return _whole(int(cell), field)
        case int():
            return _whole(cell, field)
        case _:
            return " ".join(str("" if cell is None else cell).split()), ""


def _whole(number: int, field: FieldDefinition) -> tuple[str, str]:
    """Return a number in place of a text with zeros at its front where Excel took them."""
    text = str(number)
    if field.type is TypeName.PERSONAL_ID and len(text) in {10, 11}:
        return text.zfill(12), "import_zeros_put_back"
    if field.type is TypeName.PHONE and len(text) == 9:
        return f"0{text}", "import_zeros_put_back"
    return text, ""


def _column_name(place: int) -> str:
    """Return a column as a spreadsheet names it: A, B, ..., AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
