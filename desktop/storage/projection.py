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
from typing import Final

from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import Json, canonical
from desktop.domain.records.merging import RecordState, record_state
from desktop.errors import RegistryError
from desktop.storage import change_log, people_index
from desktop.storage.database import Database
from desktop.storage.index_text import search_text
from desktop.storage.people_index import Keys
from desktop.storage.projected_record import Projector, acts_of, first_of
from desktop.storage.projection_writer import Applied, ProjectionWriter, Titles
from desktop.storage.register_tables import RegisterTable, drop_projections

__all__ = ["Applied", "apply", "check_search", "differing", "digest", "read_state", "rebuild"]


AT_ONCE: Final = 500


def apply(db: Database, library: Library, records: Iterable[str], *, at_once: int = AT_ONCE) -> tuple[Applied, ...]:
    """Compute records anew from all their operations, `at_once` of them with the same statements.

    A record without operations is passed over.
    """
    with db.atomic():
        return tuple(_apply(db, library, list(dict.fromkeys(records)), at_once, retitle_all=False))


def rebuild(db: Database, library: Library, registers: Iterable[str] | None = None, *, at_once: int = AT_ONCE) -> int:
    """Compute every record anew, or every record of some registers (as `prepare` names them); return how many."""
    with db.atomic():
        if registers is None:
            drop_projections(db)
        chosen = sorted(library.registers if registers is None else registers)
        rows = db.query_rows(_SELECT_ALL) if registers is None else db.query_rows(_SELECT_SOME, (json.dumps(chosen),))
        count = sum(1 for _ in _apply(db, library, [row[0] for row in rows], at_once, retitle_all=True))
        for register in chosen:
            db.execute("UPDATE projected_registers SET needs_rebuild = 0 WHERE register = ?", (register,))
    return count


def read_state(db: Database, library: Library, record: str) -> RecordState | None:
    """Return a record with its conflicts and who wrote what, from its operations; None when there are none."""
    operations = acts_of(change_log.operations_of(db, record))
    if not operations:
        return None
    return record_state(operations, library.registers.get(first_of(operations).register))


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
        for record, keys in sorted(people_index.dump(db, register).items()):
            found.update(canonical([register, record, *(" ".join(map(str, key)) for key in sorted(keys))]) + b"\n")
    sql = "SELECT record, field, target FROM links JOIN record_index ON number = source ORDER BY record, field, target"
    for row in db.iterate_rows(sql):
        found.update(canonical(list(row)) + b"\n")
    return found.hexdigest()


def differing(db: Database, library: Library, records: Iterable[str]) -> tuple[str, ...]:
    """Return the records whose projection is not what their operations say: an old page put back, or our bug (D4)."""
    projector, titles, keys = Projector(db, library), Titles(db), _KeysKept(db)
    return tuple(record for record in records if not _is_current(db, projector, titles, keys, record))


def check_search(db: Database) -> bool:
    """Return whether the search index holds exactly the search texts."""
    try:
        db.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    except RegistryError as error:
        if error.code != "registry_damaged":
            raise
        return False
    return True


# In the order of arrival, so that neighbours in the log are read together.
_SELECT_ALL: Final = "SELECT record FROM operations GROUP BY record ORDER BY min(arrival)"
_SELECT_SOME: Final = (
    "SELECT record FROM operations WHERE register IN (SELECT value FROM json_each(?))"
    " GROUP BY record ORDER BY min(arrival)"
)
_SELECT_INDEX: Final = (
    "SELECT record, register, definition_version, station, record_no, status, title, sort_key, created_ms, updated_ms,"
    " conflicts, search_text FROM record_index"
)
_SELECT_LINKS: Final = "SELECT field, target FROM links WHERE source = ?"


def _apply(
    db: Database, library: Library, records: Sequence[str], at_once: int, *, retitle_all: bool
) -> Iterator[Applied]:
    writer = ProjectionWriter(db, library, retitle_all=retitle_all)
    for begin in range(0, len(records), at_once):
        batch = records[begin : begin + at_once]
        lines = change_log.lines_of_each(db, batch)
        yield from writer.write({record: lines[record] for record in batch if record in lines})
    writer.finish()


class _KeysKept(dict[str, Mapping[str, Keys]]):
    """The keys that every record of a register is kept under; read when a register is first asked for."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, register: str) -> Mapping[str, Keys]:
        found = self[register] = people_index.dump(self._db, register)
        return found


def _is_current(db: Database, projector: Projector, titles: Titles, keys: _KeysKept, record: str) -> bool:
    """Compare what is in the tables with what the operations give now."""
    folded = projector.fold(change_log.lines_of_each(db, [record]).get(record, ()))
    projected = projector.project(folded) if folded else None
    row = db.query_row(f"{_SELECT_INDEX} WHERE record = ?", (record,))
    if row is None or projected is None:
        return row is None and projected is None
    number = (db.query_row("SELECT number FROM record_index WHERE record = ?", (record,)) or (0,))[0]
    _, *index, text = row
    people = projected.table.people
    return (
        tuple(index) == projected.index
        and text == search_text(projected.table.definition, projected.values, titles.__getitem__)
        and _row_values(db, projected.table, number) == projected.values
        and frozenset(db.query_rows(_SELECT_LINKS, (number,))) == projected.links
        and (people is None or keys[people.register].get(record, frozenset()) == people.keys_of(projected.values))
    )


def _row_values(db: Database, table: RegisterTable, number: int) -> Mapping[str, Json] | None:
    row = db.query_row(table.select, (number,))
    return None if row is None else table.values_of(row)
