"""Persons who may be the one being entered: shown beside the form, never chosen by the program."""

from collections.abc import Mapping
from typing import Final

from desktop.domain.changes import Json
from desktop.storage import queries
from desktop.workspace.records import ListedRow, list_records, listed_row, read
from desktop.workspace.session import Workspace

YEARS_APART: Final = 2  # years of birth are often guessed


def possible_duplicates(workspace: Workspace, values: Mapping[str, Json], *, limit: int = 8) -> tuple[ListedRow, ...]:
    """Return persons with the same number, or with the same name without marks and a near year of birth."""
    found: dict[str, ListedRow] = {}
    for name in ("personal_id", "passport_no"):
        if values.get(name):
            for record in queries.same_value(workspace.database, "person", name, str(values[name])):
                found[record] = listed_row(workspace, record)
    full_name = values.get("full_name")
    if isinstance(full_name, str) and len(full_name.split()) > 1:
        year = _year(values)
        for row in list_records(workspace, "person", text=full_name, limit=50).rows:
            known = _year(read(workspace, row.record).values)
            if not (year and known) or abs(int(year) - int(known)) <= YEARS_APART:
                found.setdefault(row.record, row)
    return tuple(found.values())[:limit]


def _year(values: Mapping[str, Json]) -> str:
    dob = values.get("dob")
    return dob[:4] if isinstance(dob, str) else ""
