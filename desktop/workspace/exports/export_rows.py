"""The cells of a table export, for people or for machines.

- For people: dates, numbers and moments are themselves, all else is what a screen shows; masks stay masks.
- For machines: the stored value. Texts as they are, several codes with `;`, true and false in words, all that has parts
  (address, rows) as JSON; P4 columns of rows are taken out unless they are revealed. A value sealed for named officers
  is not there.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from desktop.domain.base.dates import moment, span
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty, is_sealed
from desktop.reports.table_files import Cell
from desktop.storage.queries import ListedRecord
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import stations
from desktop.workspace.exports.export_columns import RECORD_ID, ExportColumn
from desktop.workspace.records import records, titles

_WHOLE_DAY: Final = 10
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def heads(columns: Sequence[ExportColumn], *, as_codes: bool) -> tuple[str, ...]:
    """Return the head of each column; machines get the record's id first."""
    return (RECORD_ID, *(column.id for column in columns)) if as_codes else tuple(column.label for column in columns)


class Rows:
    """Makes the rows of one export."""

    def __init__(
        self,
        session: Session,
        definition: FormDefinition,
        columns: Sequence[ExportColumn],
        *,
        as_codes: bool,
        reveals: bool,
        language: str,
    ) -> None:
        self._session = session
        self._definition = definition
        self._columns = columns
        self._as_codes = as_codes
        self._reveals = reveals
        self._context = titles.value_context(session, language)
        self._has_computed = any(column.field is not None and column.field.computed for column in columns)

    def of(self, listed: Sequence[ListedRecord]) -> Iterator[tuple[Cell, ...]]:
        for row in listed:
            values = dict(row.values)
            if self._has_computed:
                values |= records.compute(self._session, self._definition.id, values)
            cells = tuple(self._cell(column, values, row) for column in self._columns)
            yield (row.record, *cells) if self._as_codes else cells

    def _cell(self, column: ExportColumn, values: Mapping[str, Json], row: ListedRecord) -> Cell:
        if column.field is None:
            return self._program_cell(column.id, row)
        value = values.get(column.id)
        if is_empty(value):
            return None
        if self._as_codes:
            return stored_cell(column.field, value, reveals=self._reveals)
        typed = typed_cell(column.field, value)
        return titles.shown(column.field, value, self._context, reveals=self._reveals) if typed is None else typed

    def _program_cell(self, name: str, row: ListedRecord) -> Cell:
        if name == "record_no":
            return row.record_no
        if name == "unit":
            return row.station if self._as_codes else stations.station_name(self._session, row.station)
        when = records.moment(row.created_ms if name == "created_at" else row.updated_ms).replace(
            second=0, microsecond=0
        )
        return when.isoformat(timespec="minutes") if self._as_codes else when


def typed_cell(field: FieldDefinition, value: Json) -> int | Decimal | dt.date | dt.datetime | None:
    """Return the number, day or moment that a stored value is; None for all that is text."""
    if field.type is TypeName.INTEGER and isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    if field.type is TypeName.DECIMAL and _DECIMAL.fullmatch(value):
        return Decimal(value)
    if field.type in {TypeName.DATE, TypeName.PARTIAL_DATE} and len(value) == _WHOLE_DAY:
        days = span(value)
        return days[0] if days is not None else None
    return moment(value) if field.type is TypeName.DATE_TIME else None


def stored_cell(field: FieldDefinition, value: Json, *, reveals: bool) -> Cell:
    """Return the stored form, as `values.normalise` reads it."""
    if is_sealed(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)):
        return value
    if field.type is TypeName.CODES and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(str(item) for item in value)
    if field.type is TypeName.ROWS and isinstance(value, list) and not reveals:
        value = _open_rows(field, value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _open_rows(field: FieldDefinition, rows: Sequence[Json]) -> list[Json]:
    """Return the rows without what is P4 in them; what no column here is known by may be anything and stays behind."""
    shown = {column.id for column in field.fields if column.privacy is not Privacy.P4}
    return [{name: cell for name, cell in row.items() if name in shown} for row in rows if isinstance(row, dict)]
