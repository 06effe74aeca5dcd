"""Writing the projections of many records with few statements; one record is a batch of one.

- Each record comes once. New ones are numbered on from the highest number; `finish` puts them into the search index,
  in one statement and in rising order, and nothing is whole before it.
- Search texts are made when the titles of the whole batch are known; the records of earlier batches, and those that
  stood here before, are indexed again when a record they link to gets another title.
- A row is taken out of the search index with the very text that went in. A record without a text has its row too;
  FTS5's integrity-check counts them.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.domain.changes import Operation
from desktop.domain.definitions import Library
from desktop.storage.database import Database, SqlValue
from desktop.storage.index_text import search_text
from desktop.storage.projected_record import ProjectedRecord, Projector, acts, first
from desktop.storage.register_tables import remove_row, table_of

__all__ = ["Applied", "ProjectionWriter", "titles_here"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a record; `is_known` is False when the library has no such register (kept, not shown)."""

    record: str
    register: str
    is_known: bool
    is_new: bool
    conflicts: tuple[str, ...]


class ProjectionWriter:
    """Writes projections in the caller's transaction; `write` each batch, then `finish`.

    With `retitle_all` every record's title counts as another one: what links to it may have been indexed without it.
    """

    def __init__(self, db: Database, library: Library, *, retitle_all: bool = False) -> None:
        self._db = db
        self._library = library
        self._retitle_all = retitle_all
        self._projector = Projector(db, library)
        self._first_new = self._next = (db.query_row("SELECT max(number) FROM record_index") or (None,))[0] or 0
        self._first_new = self._next = self._next + 1

    def write(self, operations_of: Mapping[str, Sequence[Operation]], records: Iterable[str]) -> list[Applied]:
        """Write a batch of records from all operations known of each; one without acts is passed over."""
        batch = _Batch(self._db)
        stood = self._standing(records)
        applied: list[Applied] = []
        retitled: list[str] = []
        for record, known in operations_of.items():
            operations = acts(known)
            if not operations:
                continue
            old = stood.get(record)
            projected = self._projector.project(operations, (old.title, old.sort_key) if old else ("", ""))
            register = first(operations).register
            if old is not None and (projected is None or old.register != register):
                remove_row(self._db, old.register, old.number, old.search_text)
