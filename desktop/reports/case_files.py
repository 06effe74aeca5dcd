"""Pseudonymised cases as files: JSON, a workbook with a sheet for each group, or one CSV for the cases and one a group.

- `case`, and what is beside the standard (year, age band), come first; then the standard's own field names.
- In tables several words of a field have `;` between them, as Salesforce, where the standard comes from, does.
- The cases come in the order of their pseudonyms, which is none.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.exports.case import ExportedCase
from desktop.domain.exports.model import ExportDefinition
from desktop.domain.log.operation import Json
from desktop.reports.table_files import Cell, Sheet, csv_file, xlsx_file

CASE: Final = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCase:
    """A case under its pseudonym."""

    name: str
    case: ExportedCase


def sheets(definition: ExportDefinition, cases: Sequence[NamedCase]) -> tuple[Sheet, ...]:
    """Return the table of the cases, then that of each group."""
    fields = tuple(dict.fromkeys(field.to.name for field in definition.fields))
    beside = tuple(one.id for one in definition.beside)
    first = Sheet(
        name="cases",
        heads=(CASE, *beside, *fields),
        rows=[
            (
                one.name,
                *(one.case.beside.get(name) or None for name in beside),
                *(_cell(one.case.fields.get(name)) for name in fields),
            )
            for one in cases
        ],
    )
    return (
        first,
        *(_group(group.id, tuple(field.to.name for field in group.fields), cases) for group in definition.groups),
    )


def json_file(definition: ExportDefinition, cases: Sequence[NamedCase], about: Mapping[str, Json]) -> bytes:
    """Return the cases as JSON; lists stay lists, yes and no stay so."""
    content = {
        "standard": definition.standard,
        "about": dict(about),
        "cases": [
            {
                CASE: one.name,
                "beside": {name: text for name, text in one.case.beside.items() if text},
                "fields": dict(one.case.fields),
                **{name: [dict(row) for row in rows] for name, rows in one.case.groups.items()},
            }
            for one in cases
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def table_files(
    definition: ExportDefinition,
    cases: Sequence[NamedCase],
    kind: str,
    about: Sheet,
    *,
    title: str,
    made_at: dt.datetime,
) -> dict[str, bytes]:
    """Return a workbook, or CSV files by what is added to the name; the cases have nothing added."""
    tables = sheets(definition, cases)
    if kind == "xlsx":
        return {"": xlsx_file(tables, about, title=title, made_at=made_at)}
    return {"" if place == 0 else f"-{table.name}": csv_file(table) for place, table in enumerate(tables)}


def _group(name: str, fields: tuple[str, ...], cases: Sequence[NamedCase]) -> Sheet:
    rows = [
        (one.name, *(_cell(row.get(field)) for field in fields))
        for one in cases
        for row in one.case.groups.get(name, ())
    ]
    return Sheet(name=name, heads=(CASE, *fields), rows=rows)


def _cell(value: Json) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value if isinstance(value, (str, int)) else None
