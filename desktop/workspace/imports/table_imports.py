"""A table, such as an old register typed into a spreadsheet, into any register.

- Where each column goes is said by a path (table_columns.py). Columns that go nowhere are reported and left out.
- Cells are read as if they were typed into the form: codes by label or value, days as day/month/year.
- A person with the same identity number and name as one here is that person. One with the same name is reported, and
  entered; deciding that two are one is for people.
- What is said of all rows (`common`, by path) gives way to what a row says itself.
- Rows that say the same as an earlier row are skipped. With drafts allowed, a row that lacks required answers becomes a
  draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.errors import DesktopError
from desktop.intake import workbooks
from desktop.intake.workbooks import SheetRows
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.imports.imports import ImportSource, digest_of
from desktop.workspace.imports.table_columns import (
    PERSON,
    head_row,
    refuse_wrong_columns,
    targets,
)
from desktop.workspace.imports.table_reading import TableReading
from desktop.workspace.people import duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A spreadsheet that was read: its sheets, by name and rows."""

    name: str
    digest: str
    sheets: tuple[SheetRows, ...]

    def sheet(self, name: str) -> SheetRows:
        """Raises DesktopError import_sheet_unknown."""
        for found in self.sheets:
            if not name or found.name == name:
                return found
        raise DesktopError("import_sheet_unknown", sheets=", ".join(found.name for found in self.sheets))


def read_file(path: Path) -> TableFile:
    """Raises IntakeError: file_unreadable and those of `workbooks.read_sheets`."""
    content = workbooks.read_file(path)
    sheets = tuple(sheet for sheet in workbooks.read_sheets(content) if any(sheet.rows))
    if not sheets:
        raise DesktopError("import_table_empty")
    return TableFile(name=path.name, digest=digest_of(content), sheets=sheets)


def source(
    session: Session,
    table: TableFile,
    register: str,
    columns: Mapping[int, str],
    *,
    sheet: str = "",
    head: int | None = None,
    common: Mapping[str, Json] | None = None,
    reason: str = "",
    allows_drafts: bool = False,
) -> ImportSource:
    """Return the table as rows of a register; `columns` says by place, from 0, which path each goes to.

    Raises:
        DesktopError: register_unknown, import_sheet_unknown, import_column_unknown, import_column_twice,
            import_no_columns, import_table_empty.
    """
    known = {target.path: target for target in targets(session, register)}
    refuse_wrong_columns(columns, known)
    chosen = table.sheet(sheet)
    row = head_row(chosen, tuple(known.values())) if head is None else head
    reading = TableReading(session, {at: known[path] for at, path in columns.items()})
    return ImportSource(
        register=register,
        name=table.name,
        digest=table.digest,
        file=reading.read(chosen, row),
        reason=reason or "Nhập từ bảng cũ",
        allows_drafts=allows_drafts,
        known=_known_person if register == PERSON else lambda _session, _values: None,
        look=_people_like,
        prepare=_Preparing({path: value for path, value in (common or {}).items() if value is not None}),
    )


class _Preparing:
    """Adds to a row what is said of all rows, and puts the people who are here already in place of descriptions."""

    def __init__(self, common: Mapping[str, Json]) -> None:
        self._common = common

    def __call__(self, session: Session, values: dict[str, Json]) -> dict[str, Json]:
        wanted = dict(values)
        for path, value in self._common.items():
            _add(wanted, path.split("."), value)
        for name, value in wanted.items():
            if isinstance(value, dict) and "full_name" in value:
                wanted[name] = _same_person(session, value) or value
        return wanted


def _add(values: dict[str, Json], path: list[str], value: Json) -> None:
    name, *inner = path
    known = values.get(name)
    if not inner:
        values.setdefault(name, value)
    elif known is None or isinstance(known, dict):
        values[name] = found = dict(known or {})
        _add(found, inner, value)


def _known_person(session: Session, values: Mapping[str, Json]) -> Problem | None:
    found = _same_person(session, values)
    if found is None:
        return None
    return Problem(code="import_person_known", severity=Severity.WARNING, context=_numbered(session, found))


def _same_person(session: Session, person: Mapping[str, Json]) -> str | None:
    """Return the one person here with the same identity number and name."""
    number, name = person.get("personal_id"), person.get("full_name")
    if not (isinstance(number, str) and isinstance(name, str)):
        return None
    definition = session.library.registers[PERSON]
    found = [
        record
        for record in queries.same_value(session.database, PERSON, "personal_id", number)
        if fold(str((queries.read_row(session.database, definition, record) or {}).get("full_name"))) == fold(name)
    ]
    return found[0] if len(found) == 1 else None


def _people_like(session: Session, values: Mapping[str, Json]) -> tuple[Problem, ...]:
    people = [value for value in values.values() if isinstance(value, dict) and "full_name" in value]
    if "full_name" in values:
        people.append(dict(values))
    found = [one for person in people for one in duplicates.possible_duplicates(session, person, limit=3)]
    return tuple(
        Problem(code="import_person_like", severity=Severity.WARNING, context={"record_no": one.row.record_no})
        for one in found[:1]
    )


def _numbered(session: Session, record: str) -> dict[str, str | int]:
    rows = queries.read_row(session.database, session.library.registers[PERSON], record) or {}
    return {"record_no": str(rows.get("record_no") or "")}
