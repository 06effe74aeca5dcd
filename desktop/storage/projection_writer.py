"""Writing the projections of many records with few statements; one record is a batch of one.

- Each record comes once. New ones are numbered on from the highest number; `finish` enters them into the search index
  in rising order with one statement, and nothing is whole before it.
- Search texts are made when the titles of the whole batch are known. What links to a record of another title, from an
  earlier batch or from long ago, is indexed again.
- A row is taken out of the search index with the very text that went in. A record without a text has its row too;
  FTS5's integrity-check counts them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.domain.definitions.model import Library
from desktop.storage.database import Database, SqlValue
from desktop.storage.index_text import search_text
from desktop.storage.people_index import Keys, PeopleIndex
from desktop.storage.projected_record import ProjectedRecord, Projector
from desktop.storage.register_tables import remove_row, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a record; `is_known` is False when the library has no such register (kept, not shown)."""

    record: str
    register: str
    is_known: bool
    is_new: bool
    conflicts: tuple[str, ...]


class Titles(dict[str, str]):
    """The titles of records; one that is not known yet is read when it is first asked for."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, record: str) -> str:
        self.read([record])
        return self[record]

    def read(self, records: Iterable[str]) -> None:
        asked = [record for record in records if record not in self]
        if asked:
            self.update(dict.fromkeys(asked, ""))
            self.update(self._db.query_each(_SELECT_TITLES, asked))


class ProjectionWriter:
    """Writes projections in the caller's transaction: `write` each batch, then `finish`.

    With `retitle_all` every title counts as another one: what links to the record may have been indexed without it.
    """

    def __init__(self, db: Database, library: Library, *, retitle_all: bool = False) -> None:
        self._db = db
        self._library = library
        self._retitle_all = retitle_all
        self._projector = Projector(db, library)
        self._first_new: int | None = None
        self._next = 0

    def write(self, lines: Mapping[str, Sequence[bytes]]) -> list[Applied]:
        """Write a batch of records, from all lines known of each; one that nothing acts on is passed over."""
        stood = {row[0]: _Standing(*row) for row in self._db.query_each(_SELECT_STANDING, list(lines))}
        titles = Titles(self._db)
        applied: list[Applied] = []
        found: list[_RecordToWrite] = []
        retitled: list[str] = []
        for record, known in lines.items():
            folded = self._projector.fold(known)
            if folded is None:
                continue
            old = stood.get(record)
            old_title = (old.title, old.sort_key) if old else ("", "")
            projected = self._projector.project(folded, old_title)
            is_moved = old is not None and (projected is None or old.register != folded.register)
            if old is not None and is_moved:
                remove_row(self._db, old.register, old.number, old.search_text)
            titles[record] = projected.title if projected else ""
            if self._retitle_all or titles[record] != old_title[0]:
                retitled.append(record)
            if projected is not None:
                found.append(_RecordToWrite(record, projected, None if is_moved else old))
            applied.append(
                Applied(
                    record=record,
                    register=folded.register,
                    is_known=projected is not None or folded.is_withdrawn,
                    is_new=old is None,
                    conflicts=folded.conflicts if projected else (),
                )
            )
        titles.read(target for one in found for _, target in one.projected.links)
        self._index_dependants(retitled, self._write_rows(found, titles), titles)
        return applied

    def finish(self) -> None:
        """Enter the new records into the search index."""
        if self._first_new is not None:
            self._db.execute(_FIND_NEW, (self._first_new,))

    def _write_rows(self, found: Iterable["_RecordToWrite"], titles: Titles) -> set[int]:
        """Write rows of the index, of the registers and of the links; return their numbers."""
        inserts: list[Sequence[SqlValue]] = []
        updates: list[Sequence[SqlValue]] = []
        rows: dict[str, list[Sequence[SqlValue]]] = {}
        links: dict[int, frozenset[tuple[str, str]]] = {}
        texts: list[tuple[int, str, str]] = []
        people: dict[PeopleIndex, list[tuple[int, Keys, Keys]]] = {}
        for record, projected, old in found:
            text = search_text(projected.table.definition, projected.values, titles.__getitem__)
            if old is None:
                number = self._new_number()
                inserts.append((number, record, *projected.index, text))
            else:
                number = old.number
                updates.append((*projected.index, text, number))
                texts.append((number, old.search_text, text))
            rows.setdefault(projected.table.put, []).append(projected.table.row_of(number, projected.values))
            links[number] = projected.links
            if projected.table.people is not None:
                changed = self._changed_keys(projected.table.people, projected, number, is_new=old is None)
                people.setdefault(projected.table.people, []).extend(changed)
        self._write_all(_INSERT, inserts)
        self._write_all(_UPDATE, updates)
        for put, written in rows.items():
            self._write_all(put, written)
        for index, keys in people.items():
            index.write(self._db, keys)
        self._write_links(links, [number for number, _, _ in texts])
        self._find_again(texts)
        return set(links)

    def _write_links(self, links: Mapping[int, frozenset[tuple[str, str]]], stood: Sequence[int]) -> None:
        new = {(number, field, target) for number, found in links.items() for field, target in found}
        old = set(self._db.query_each(_SELECT_LINKS, stood)) if stood else set()
        self._write_all("DELETE FROM links WHERE source = ? AND field = ? AND target = ?", sorted(old - new))
        self._write_all("INSERT INTO links (source, field, target) VALUES (?, ?, ?)", sorted(new - old))

    def _changed_keys(
        self, index: PeopleIndex, projected: ProjectedRecord, number: int, *, is_new: bool
    ) -> Iterator[tuple[int, Keys, Keys]]:
        """Yield the keys before and after, unless nothing has changed that they are made of."""
        table, values = projected.table, projected.values
        row = None if is_new else self._db.query_row(table.select_people, (number,))
        stood = {} if row is None else table.people_values(row)
        if stood != {name: values[name] for name in index.asked if name in values}:
            yield number, index.keys_of(stood), index.keys_of(values)

    def _index_dependants(self, retitled: Sequence[str], written: set[int], titles: Titles) -> None:
        """Index again what links to the records; those just written have been given the new titles."""
        if not retitled:
            return
        texts: list[tuple[int, str, str]] = []
        for number, register, old in self._db.query_each(_SELECT_DEPENDANTS, retitled):
            if number not in written:
                table = table_of(self._db, self._library.registers[register])
                row = self._db.query_row(table.select, (number,))
                values = {} if row is None else table.values_of(row)
                texts.append((number, old, search_text(table.definition, values, titles.__getitem__)))
        changed = [(number, old, new) for number, old, new in texts if old != new]
        self._write_all(_UPDATE_TEXT, [(new, number) for number, _, new in changed])
        self._find_again(changed)

    def _find_again(self, texts: Iterable[tuple[int, str, str]]) -> None:
        """Put records into the search index with their new texts instead of the old ones; new records wait."""
        limit = self._first_new
        stood = sorted(one for one in texts if one[1] != one[2] and (limit is None or one[0] < limit))
        self._write_all(_LOSE, [(number, old) for number, old, _ in stood])
        self._write_all(_FIND, [(number, new) for number, _, new in stood])

    def _new_number(self) -> int:
        if self._first_new is None:
            [(highest,)] = self._db.query_rows("SELECT max(number) FROM record_index")
            self._first_new = self._next = (highest or 0) + 1
        number = self._next
        self._next += 1
        return number

    def _write_all(self, sql: str, rows: Sequence[Sequence[SqlValue]]) -> None:
        if rows:
            self._db.executemany(sql, rows)


_SELECT_TITLES: Final = "SELECT record, title FROM record_index WHERE record IN (?)"
_SELECT_STANDING: Final = (
    "SELECT record, number, register, title, sort_key, search_text FROM record_index WHERE record IN (?)"
)
_SELECT_LINKS: Final = "SELECT source, field, target FROM links WHERE source IN (?)"
_SELECT_DEPENDANTS: Final = (
    "SELECT DISTINCT number, register, search_text FROM links JOIN record_index ON number = source WHERE target IN (?)"
)
_INSERT: Final = (
    "INSERT INTO record_index (number, record, register, definition_version, station, record_no, status, title,"
    " sort_key, created_ms, updated_ms, conflicts, search_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE: Final = (
    "UPDATE record_index SET register = ?, definition_version = ?, station = ?, record_no = ?, status = ?, title = ?,"
    " sort_key = ?, created_ms = ?, updated_ms = ?, conflicts = ?, search_text = ? WHERE number = ?"
)
_UPDATE_TEXT: Final = "UPDATE record_index SET search_text = ? WHERE number = ?"
_LOSE: Final = "INSERT INTO search_index (search_index, rowid, search_text) VALUES ('delete', ?, ?)"
_FIND: Final = "INSERT INTO search_index (rowid, search_text) VALUES (?, ?)"
_FIND_NEW: Final = (
    "INSERT INTO search_index (rowid, search_text) SELECT number, search_text FROM record_index"
    " WHERE number >= ? ORDER BY number"
)


class _Standing(NamedTuple):
    """A record as the index has it."""

    record: str
    number: int
    register: str
    title: str
    sort_key: str
    search_text: str


class _RecordToWrite(NamedTuple):
    """A record to be written, over what stands there."""

    record: str
    projected: ProjectedRecord
    old: _Standing | None
