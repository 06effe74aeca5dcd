"""One record's projection before it is written, folded from its operations.

- A record that was taken back (cancelled, and nothing else of it left) has none: it is in no list. Whatever is said of
  it later, here or elsewhere, brings it back.
- It depends on the operations, the library and, for the search text alone, on the titles of the records it links to.
- What many records ask for, the tables of registers and the stations of epochs, is looked up once for a `Projector`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import (
    ChangeKind,
    Json,
    Operation,
    OperationId,
)
from desktop.domain.records.merging import record_state
from desktop.storage import change_log
from desktop.storage.database import Database, SqlValue
from desktop.storage.index_text import links_of, text_of, title_of, title_sort_key
from desktop.storage.register_tables import RegisterTable, prepared_registers, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedRecord:
    """A record's projection; `index` has the columns of record_index from register to conflicts."""

    table: RegisterTable
    index: tuple[SqlValue, ...]
    title: str
    values: Mapping[str, Json]
    links: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedRecord:
    """What the acts on a record say together; `epoch` is that of the first."""

    register: str
    definition_version: int
    epoch: str
    created_ms: int
    updated_ms: int
    values: Mapping[str, Json]
    conflicts: tuple[str, ...] = ()

    @property
    def is_withdrawn(self) -> bool:
        return not self.conflicts and self.values.get("status") == _CANCELLED and self.values.keys() <= _OF_A_WITHDRAWAL


class Projector:
    """Makes projections. Valid while no register is prepared anew: one transaction."""

    def __init__(self, db: Database, library: Library) -> None:
        self._db = db
        self._library = library
        self._prepared = prepared_registers(db)
        self._stations: dict[str, str] = {}

    def fold(self, lines: Sequence[bytes]) -> FoldedRecord | None:
        """Fold every line known of a record; None when none of them is an act on it."""
        if len(lines) == 1 and lines[0] not in self._db.written:
            return _fold_line(lines[0])
        return self._fold(acts_of(self._db.written.get(line) or change_log.stored_operation(line) for line in lines))

    def project(self, folded: FoldedRecord, old_title: Sequence[str] = ("", "")) -> ProjectedRecord | None:
        """Return the projection; None when its register is not known here.

        `old_title` is a title and its sort key as they are, kept when the title is the same.
        """
        definition = self._library.registers.get(folded.register)
        if definition is None or definition.id not in self._prepared or folded.is_withdrawn:
            return None
        table = table_of(self._db, definition)
        values = folded.values
        title = title_of(definition, values)
        index: tuple[SqlValue, ...] = (
            definition.id,
            folded.definition_version,
            self._station_of(folded.epoch),
            text_of(values.get("record_no")),
            text_of(values.get("status")),
            title,
            old_title[1] if title == old_title[0] else title_sort_key(definition, title),
            folded.created_ms,
            folded.updated_ms,
            len(folded.conflicts),
        )
        links = frozenset(links_of(table.linking, values)) if table.linking else _NO_LINKS
        return ProjectedRecord(table=table, index=index, title=title, values=values, links=links)

    def _fold(self, operations: Sequence[Operation]) -> FoldedRecord | None:
        if not operations:
            return None
        first, last = first_of(operations), max(operation.time for operation in operations)
        if len(operations) == 1:  # nothing to fold: what `record_state` would say, without building it
            version, conflicts, values = first.definition_version, _NO_CONFLICTS, _values(first)
        else:
            state = record_state(operations, self._library.registers.get(first.register))
            version, conflicts, values = state.definition_version, state.conflicts, state.values
        return FoldedRecord(
            register=first.register,
            definition_version=version,
            epoch=first.id.epoch,
            created_ms=first.time.milliseconds,
            updated_ms=last.milliseconds,
            values=values,
            conflicts=conflicts,
        )

    def _station_of(self, epoch: str) -> str:
        station = self._stations.get(epoch)
        if station is None:
            station = self._stations[epoch] = change_log.station_of(self._db, OperationId(epoch, 1)) or ""
        return station


def acts_of(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations that act on a record; closing an epoch does not."""
    return [operation for operation in operations if operation.kind is not ChangeKind.CLOSE_EPOCH]


def first_of(operations: Iterable[Operation]) -> Operation:
    return min(operations, key=lambda operation: (operation.time, operation.id))


_NO_CONFLICTS: Final[tuple[str, ...]] = ()
_CANCELLED: Final = "HUY"
_OF_A_WITHDRAWAL: Final = frozenset({"record_no", "status", "delete_reason"})
_NO_LINKS: Final[frozenset[tuple[str, str]]] = frozenset()


def _fold_line(line: bytes) -> FoldedRecord | None:
    """Do what `Projector.fold` does for the record's only line, without building its operation."""
    content = change_log.stored_content(line)
    if content["k"] == ChangeKind.CLOSE_EPOCH:
        return None
    milliseconds, _count = content["h"]
    return FoldedRecord(
        register=content["t"],
        definition_version=content["d"],
        epoch=content["e"],
        created_ms=milliseconds,
        updated_ms=milliseconds,
        values={name: value for name, (value, _parents) in content["f"].items() if value is not None},
    )


def _values(operation: Operation) -> dict[str, Json]:
    return {name: change.value for name, change in operation.fields.items() if change.value is not None}
