"""One record's projection before it is written, folded from its operations.

- It depends on the operations, the library and, for the search text alone, on the titles of the records it links to.
- What many records ask for, the tables of registers and the stations of epochs, is looked up once for a `Projector`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.changes import ChangeKind, Json, Operation
from desktop.domain.definitions import Library
from desktop.domain.merging import record_state
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
    conflicts: tuple[str, ...]


class Projector:
    """Folds operations into projections. Valid while no register is prepared anew: one transaction."""

    def __init__(self, db: Database, library: Library) -> None:
        self._db = db
        self._library = library
        self._prepared = prepared_registers(db)
        self._stations: dict[str, str] = {}

    def project(self, operations: Sequence[Operation], old_title: Sequence[str] = ("", "")) -> ProjectedRecord | None:
        """Fold the acts on one record; None when its register is not known here.

        `old_title` is a title and its sort key as they stand, kept when the title is the same.
        """
        begin = first_of(operations)
        definition = self._library.registers.get(begin.register)
        if definition is None or definition.id not in self._prepared:
            return None
        table = table_of(self._db, definition)
        if len(operations) == 1:  # nothing to fold: what `record_state` would say, without building it
            version, conflicts, values = begin.definition_version, _NO_CONFLICTS, _values(begin)
            updated = begin.time
        else:
            state = record_state(operations, definition)
            version, conflicts, values = state.definition_version, state.conflicts, state.values
            updated = max(operation.time for operation in operations)
        title = title_of(definition, values)
        index: tuple[SqlValue, ...] = (
            definition.id,
            version,
            self._station_of(begin),
            text_of(values.get("record_no")),
            text_of(values.get("status")),
            title,
            old_title[1] if title == old_title[0] else title_sort_key(definition, title),
            begin.time.milliseconds,
            updated.milliseconds,
            len(conflicts),
        )
        links = frozenset(links_of(table.linking, values)) if table.linking else _NO_LINKS
        return ProjectedRecord(table=table, index=index, title=title, values=values, links=links, conflicts=conflicts)

    def _station_of(self, operation: Operation) -> str:
        station = self._stations.get(operation.id.epoch)
        if station is None:
            station = self._stations[operation.id.epoch] = change_log.station_of(self._db, operation.id) or ""
        return station


def acts_of(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations that act on a record; closing an epoch does not."""
    return [operation for operation in operations if operation.kind is not ChangeKind.CLOSE_EPOCH]


def first_of(operations: Sequence[Operation]) -> Operation:
    return operations[0] if len(operations) == 1 else min(operations, key=lambda one: (one.time, one.id))


_NO_CONFLICTS: Final[tuple[str, ...]] = ()
_NO_LINKS: Final[frozenset[tuple[str, str]]] = frozenset()


def _values(operation: Operation) -> dict[str, Json]:
    return {name: change.value for name, change in operation.fields.items() if change.value is not None}
