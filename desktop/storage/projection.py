"""The projections: register rows, record index, links and search text, computed from the change log.

- What a record looks like here is a function of the set of operations known of it, of the titles of the records it
  links to, and of the library. Any order of arrival and any rebuild give the same bytes; `digest` says so.
- A save and a received bundle go through the same `apply`, in the caller's transaction.
- A record of a register that the library does not know keeps its operations and has no projection until it does.
- A record is found by the titles of the records it links to, one step deep; when a title changes, the records that
  link to it are indexed again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from desktop.domain.changes import ChangeKind, Json, Operation, canonical
from desktop.domain.definitions import Library
from desktop.domain.merging import RecordState, record_state
from desktop.errors import RegistryError
from desktop.storage import change_log
from desktop.storage.database import Database, SqlValue
from desktop.storage.index_text import links_of, search_text, text_of, title_of, title_sort_key
from desktop.storage.register_tables import RegisterTable, drop_projections, is_prepared, remove_row, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a record; `is_known` is False when the library has no such register (kept, not shown)."""

    record: str
    register: str
    is_known: bool
    is_new: bool
    conflicts: tuple[str, ...]


def apply(db: Database, library: Library, records: Iterable[str]) -> tuple[Applied, ...]:
    """Compute records anew from all their operations; a record without operations is passed over."""
    with db.atomic():
        groups = ((record, change_log.operations_of(db, record)) for record in dict.fromkeys(records))
        return tuple(_apply(db, library, groups, retitle_all=False))


def rebuild(db: Database, library: Library, registers: Iterable[str] | None = None) -> int:
    """Compute every record anew, or every record of some registers (as `prepare` names them); return how many."""
    with db.atomic():
        if registers is None:
            drop_projections(db)
        chosen = sorted(library.registers if registers is None else registers)
        rows = (
            db.iterate_rows(_SELECT_ALL) if registers is None else db.iterate_rows(_SELECT_SOME, (json.dumps(chosen),))
        )
        operations = (change_log.stored_operation(row[0]) for row in rows)
        groups = ((record, list(group)) for record, group in groupby(operations, key=lambda found: found.record))
        count = sum(1 for _ in _apply(db, library, groups, retitle_all=True))
        for register in chosen:
            db.execute("UPDATE projected_registers SET needs_rebuild = 0 WHERE register = ?", (register,))
    return count


def read_state(db: Database, library: Library, record: str) -> RecordState | None:
    """Return a record with its conflicts and who wrote what, from its operations; None when there are none."""
    operations = _acts(change_log.operations_of(db, record))
    if not operations:
        return None
    return record_state(operations, library.registers.get(_first(operations).register))


def digest(db: Database) -> str:
    """Return SHA-256 of an ordered dump of every projection: equal projections, equal digests."""
    found = hashlib.sha256()
    for row in db.iterate_rows(f"{_SELECT_INDEX} ORDER BY record"):
        found.update(canonical(list(row)) + b"\n")
    for (register,) in db.query_rows("SELECT register FROM projected_registers ORDER BY register"):
        sql = (
            f'SELECT ix.record, row.* FROM "register_{register}" AS row'  # noqa: S608  a name that made the table
            " JOIN record_index AS ix ON ix.number = row._number ORDER BY ix.record"
        )
        for record, _number, *cells in db.iterate_rows(sql):
            found.update(canonical([register, record, *cells]) + b"\n")
    sql = "SELECT record, field, target FROM links JOIN record_index ON number = source ORDER BY record, field, target"
    for row in db.iterate_rows(sql):
        found.update(canonical(list(row)) + b"\n")
    return found.hexdigest()


def differing(db: Database, library: Library, records: Iterable[str]) -> tuple[str, ...]:
    """Return the records whose projection is not what their operations say: an old page put back, or our bug (D4)."""
    return tuple(record for record in records if not _is_current(db, library, record))


def check_search(db: Database) -> bool:
    """Return whether the search index holds exactly the search texts."""
    try:
        db.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    except RegistryError as error:
        if error.code != "registry_damaged":
            raise
        return False
    return True


_SELECT_ALL: Final = "SELECT line FROM operations ORDER BY record, arrival"
_SELECT_SOME: Final = (
    "SELECT line FROM operations WHERE record IN (SELECT record FROM operations"
    " WHERE register IN (SELECT value FROM json_each(?))) ORDER BY record, arrival"
)
_SELECT_OLD: Final = "SELECT number, register, title, sort_key, search_text FROM record_index WHERE record = ?"
_SELECT_INDEX: Final = (
    "SELECT record, register, definition_version, station, record_no, status, title, sort_key, created_ms, updated_ms,"
    " conflicts, search_text FROM record_index"
)
_INSERT: Final = (
    "INSERT INTO record_index (record, register, definition_version, station, record_no, status, title, sort_key,"
    " created_ms, updated_ms, conflicts, search_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE: Final = (
    "UPDATE record_index SET record = ?, register = ?, definition_version = ?, station = ?, record_no = ?, status = ?,"
    " title = ?, sort_key = ?, created_ms = ?, updated_ms = ?, conflicts = ?, search_text = ? WHERE number = ?"
)
_SELECT_LINKS: Final = "SELECT field, target FROM links WHERE source = ?"


_NO_CONFLICTS: Final[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Projected:
    """A record's projection, before it is written; `index` has the columns from register to conflicts."""

    table: RegisterTable
    index: tuple[SqlValue, ...]
    title: str
    values: Mapping[str, Json]
    links: frozenset[tuple[str, str]]
    conflicts: tuple[str, ...]


def _apply(
    db: Database, library: Library, groups: Iterable[tuple[str, list[Operation]]], *, retitle_all: bool
) -> Iterator[Applied]:
    for record, known in groups:
        operations = _acts(known)
        if not operations:
            continue
        register = _first(operations).register
        old = db.query_row(_SELECT_OLD, (record,))
        is_new, (number, old_register, *old_title, old_text) = old is None, old or (None, register, "", "", None)
        projected = _project(db, library, operations, old_title)
        if old is not None and (projected is None or old_register != register):
            remove_row(db, old_register, number, old_text)
            number, old_text = None, None
        if projected is not None:
            _write(db, record, projected, number, old_text)
        if retitle_all or (projected.title if projected else "") != old_title[0]:
            _index_dependants(db, library, record)
        yield Applied(
            record=record,
            register=register,
            is_known=projected is not None,
            is_new=is_new,
            conflicts=projected.conflicts if projected else (),
        )


def _acts(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations that act on a record; closing an epoch does not."""
    return [operation for operation in operations if operation.kind is not ChangeKind.CLOSE_EPOCH]


def _first(operations: Iterable[Operation]) -> Operation:
    return min(operations, key=lambda operation: (operation.time, operation.id))


def _project(
    db: Database, library: Library, operations: list[Operation], old_title: Sequence[str] = ("", "")
) -> _Projected | None:
    """Fold the operations; `old_title` is a title and its sort key as they stand, kept when the title is the same."""
    first = _first(operations)
    definition = library.registers.get(first.register)
    if definition is None or not is_prepared(db, definition.id):
        return None
    table = table_of(db, definition)
    if len(operations) == 1:  # nothing to fold: what `record_state` would say, without building it
        version, conflicts, values = first.definition_version, _NO_CONFLICTS, _values(first)
    else:
        state = record_state(operations, definition)
        version, conflicts, values = state.definition_version, state.conflicts, state.values
    title = title_of(definition, values)
    index: tuple[SqlValue, ...] = (
        definition.id,
        version,
        change_log.station_of(db, first.id) or "",
        text_of(values.get("record_no")),
        text_of(values.get("status")),
        title,
        old_title[1] if title == old_title[0] else title_sort_key(definition, title),
        first.time.milliseconds,
        max(operation.time for operation in operations).milliseconds,
        len(conflicts),
    )
    links = frozenset(links_of(table.linking, values))
    return _Projected(table=table, index=index, title=title, values=values, links=links, conflicts=conflicts)


def _values(operation: Operation) -> dict[str, Json]:
    return {name: change.value for name, change in operation.fields.items() if change.value is not None}


def _write(db: Database, record: str, projected: _Projected, number: int | None, old_text: str | None) -> None:
    text = _search_text(db, projected.table, projected.values)
    if number is None:
        old_links: frozenset[tuple[str, str]] = frozenset()
        number = db.execute(_INSERT, (record, *projected.index, text))
    else:
        old_links = frozenset(db.query_rows(_SELECT_LINKS, (number,)))
        db.execute(_UPDATE, (record, *projected.index, text, number))
    db.execute(projected.table.put, projected.table.row_of(number, projected.values))
    _write_search(db, number, old_text, text)
    for field, target in sorted(old_links - projected.links):
        db.execute("DELETE FROM links WHERE source = ? AND field = ? AND target = ?", (number, field, target))
    for field, target in sorted(projected.links - old_links):
        db.execute("INSERT INTO links (source, field, target) VALUES (?, ?, ?)", (number, field, target))


def _write_search(db: Database, number: int, old: str | None, new: str) -> None:
    """Keep the index beside its external content: a row is taken out with the very text that went in.

    A record without a text has its row too; FTS5's integrity-check counts them.
    """
    if old == new:
        return
    if old is not None:
        db.execute("INSERT INTO search_index (search_index, rowid, search_text) VALUES ('delete', ?, ?)", (number, old))
    db.execute("INSERT INTO search_index (rowid, search_text) VALUES (?, ?)", (number, new))


def _index_dependants(db: Database, library: Library, record: str) -> None:
    rows = db.query_rows(
        "SELECT DISTINCT number, register, search_text FROM links JOIN record_index ON number = source"
        " WHERE target = ?",
        (record,),
    )
    for number, register, old in rows:
        table = table_of(db, library.registers[register])
        text = _search_text(db, table, _row_values(db, table, number) or {})
        if text != old:
            db.execute("UPDATE record_index SET search_text = ? WHERE number = ?", (text, number))
            _write_search(db, number, old, text)


def _search_text(db: Database, table: RegisterTable, values: Mapping[str, Json]) -> str:
    def title_of_link(record: str) -> str:
        row = db.query_row("SELECT title FROM record_index WHERE record = ?", (record,))
        return row[0] if row else ""

    return search_text(table.definition, values, title_of_link)


def _is_current(db: Database, library: Library, record: str) -> bool:
    """Compare what stands in the tables with what the operations give now."""
    operations = _acts(change_log.operations_of(db, record))
    projected = _project(db, library, operations) if operations else None
    row = db.query_row(f"{_SELECT_INDEX} WHERE record = ?", (record,))
    if row is None or projected is None:
        return row is None and projected is None
    number = (db.query_row("SELECT number FROM record_index WHERE record = ?", (record,)) or (0,))[0]
    _, *index, text = row
    return (
        tuple(index) == projected.index
        and text == _search_text(db, projected.table, projected.values)
        and _row_values(db, projected.table, number) == projected.values
        and frozenset(db.query_rows(_SELECT_LINKS, (number,))) == projected.links
    )


def _row_values(db: Database, table: RegisterTable, number: int) -> Mapping[str, Json] | None:
    row = db.query_row(table.select, (number,))
    return None if row is None else table.values_of(row)
