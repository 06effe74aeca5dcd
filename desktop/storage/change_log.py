"""The change log: every operation known here, only ever appended; the truth that all else is computed from.

- An epoch's chained operations run from counter 1 without gaps, each with its head; heads are recomputed here, never
  taken on trust.
- An excerpt is an operation that came without its neighbours: its head is NULL until the chained range arrives, which
  must then have the same bytes.
- Two different lines for one counter are a fork: it is returned, with nothing written, and a person decides (R3).
- Nothing is ever changed or deleted (R8); filling in an excerpt's head adds what was missing.
- A line is verified once, before it comes here: by `parse_operation` in the bundle reader, or because we wrote it.
  Reading it back is therefore quick and asks no questions; `verify` is what asks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.log.operation import (
    Operation,
    OperationId,
    genesis,
    next_head,
)
from desktop.errors import RegistryError
from desktop.storage.database import Database, Row
from desktop.storage.epochs import Epoch, begin_epoch, close_epoch, epoch_of, epochs, freeze_epoch, own_epochs
from desktop.storage.stored_lines import NamedLine, is_line_of, named_by, stored_content, stored_operation

__all__ = [
    "AppendResult",
    "ChainFault",
    "Epoch",
    "LogEntry",
    "append",
    "append_excerpts",
    "append_received",
    "arrived_after",
    "begin_epoch",
    "close_epoch",
    "count",
    "epoch_of",
    "epochs",
    "freeze_epoch",
    "head_at",
    "last",
    "last_arrival",
    "lines_between",
    "lines_of",
    "lines_of_each",
    "newest_of",
    "operations_of",
    "own_epochs",
    "station_of",
    "stored_content",
    "stored_operation",
    "verify",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A line as it is in the log; `arrival` counts what came here, in the order it came."""

    arrival: int
    id: OperationId
    record: str
    register: str
    line: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendResult:
    """What taking in a range or excerpts did: with a `fork` or a `gap` nothing was written.

    `gap` is the first operation that is missing here; `records` are those whose operations are new here.
    """

    records: tuple[str, ...] = ()
    added: int = 0
    repeated: int = 0
    fork: OperationId | None = None
    gap: OperationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """What is wrong in a chain, and where."""

    code: str
    place: str


def append(db: Database, operations: Sequence[Operation]) -> bytes:
    """Append our own operations, all of one epoch, and return the new head. The caller's `atomic()` saves them.

    Raises:
        ValueError: the counters do not follow on from the log, or the epochs are mixed (our bug).
    """
    epoch = operations[0].id.epoch
    counter, head = last(db, epoch)
    rows = []
    for operation in operations:
        counter += 1
        if operation.id != OperationId(epoch, counter):
            message = f"operation {operation.id} is not the next one, {epoch}:{counter}"
            raise ValueError(message)
        line = operation.line()
        head = next_head(head, line)
        rows.append((epoch, counter, operation.register, operation.record, line, head))
    with db.atomic():
        db.executemany(_INSERT, rows)
        for row, operation in zip(rows, operations, strict=True):
            db.written[row[4]] = operation
            if operation.record in db.begun:
                db.begun[operation.record].append(row[4])
    return head


def append_received(
    db: Database, epoch: str, station: str, lines_with_heads: Iterable[tuple[bytes, bytes]]
) -> AppendResult:
    """Take in a chained range, each line with the head after it; its epoch was entered by `begin_epoch`.

    Lines known here are compared, new ones appended.

    Raises:
        RegistryError: epoch_differs, when the epoch is not this station's.
        ValueError: the lines are not contiguous operations of this epoch (the bundle reader's bug).
    """
    known_epoch = epoch_of(db, epoch)
    if known_epoch is None or known_epoch.station != station:
        raise RegistryError("epoch_differs", epoch=epoch, station=station)
    given = [(named_by(line), line, head) for line, head in lines_with_heads]
    if not given:
        return AppendResult()
    first = given[0][0].counter
    before = head_at(db, epoch, first - 1)
    if before is None:
        missing = 1 if known_epoch.genesis is None else last(db, epoch)[0] + 1
        return AppendResult(gap=OperationId(epoch, missing))
    known = _known_lines(db, epoch, first, given[-1][0].counter)
    added, completed = [], []
    for counter, (named, line, head) in enumerate(given, start=first):
        if named.counter != counter or named.epoch != epoch:
            message = f"operation {named.epoch}:{named.counter} in the place of {epoch}:{counter}"
            raise ValueError(message)
        before = next_head(before, line)
        known_line, known_head = known.get(counter, (line, None))
        if before != head or known_line != line or known_head not in {None, head}:
            return AppendResult(fork=OperationId(epoch, counter))
        if counter not in known:
            added.append((epoch, counter, named.register, named.record, line, head))
        elif known_head is None:
            completed.append((head, epoch, counter))
    with db.atomic():
        _insert(db, added)
        db.executemany("UPDATE operations SET head = ? WHERE epoch = ? AND counter = ?", completed)
    return _received(added, repeated=len(given) - len(added))


def append_excerpts(db: Database, epoch: str, station: str, lines: Iterable[bytes]) -> AppendResult:
    """Take in operations of another station that came without their neighbours, in any order.

    Raises:
        RegistryError: epoch_differs, when the epoch is known as another station's.
        ValueError: a line of another epoch (the bundle reader's bug).
    """
    given = [(named_by(line), line) for line in lines]
    known_epoch = epoch_of(db, epoch)
    if known_epoch is not None and known_epoch.station != station:
        raise RegistryError("epoch_differs", epoch=epoch, station=station)
    known = dict(db.query_rows(_SELECT_COUNTERS, (epoch, json.dumps([named.counter for named, _ in given]))))
    added: dict[int, _NewRow] = {}
    for named, line in given:
        if named.epoch != epoch:
            message = f"operation {named.epoch}:{named.counter} among the excerpts of {epoch}"
            raise ValueError(message)
        if named.counter not in known:
            known[named.counter] = line
            added[named.counter] = (epoch, named.counter, named.register, named.record, line, None)
        elif known[named.counter] != line:
            return AppendResult(fork=OperationId(epoch, named.counter))
    with db.atomic():
        db.execute("INSERT OR IGNORE INTO epochs (epoch, station) VALUES (?, ?)", (epoch, station))
        _insert(db, tuple(added.values()))
    return _received(tuple(added.values()), repeated=len(given) - len(added))


def last(db: Database, epoch: str) -> tuple[int, bytes]:
    """Return the last chained counter of an epoch and its head; 0 and the genesis before the first operation.

    Raises:
        RegistryError: epoch_unknown, when its start is not known here.
    """
    row = db.query_row(
        "SELECT counter, head FROM operations WHERE epoch = ? AND head IS NOT NULL ORDER BY counter DESC LIMIT 1",
        (epoch,),
    )
    if row is not None:
        return row[0], row[1]
    start = head_at(db, epoch, 0)
    if start is None:
        raise RegistryError("epoch_unknown", epoch=epoch)
    return 0, start


def head_at(db: Database, epoch: str, counter: int) -> bytes | None:
    """Return the head after an operation (0: the genesis); None when the chain does not reach it here."""
    if counter == 0:
        row = db.query_row("SELECT genesis FROM epochs WHERE epoch = ?", (epoch,))
    else:
        row = db.query_row("SELECT head FROM operations WHERE epoch = ? AND counter = ?", (epoch, counter))
    head: bytes | None = row[0] if row else None
    return head


def lines_between(db: Database, epoch: str, first: int, last_counter: int) -> Iterator[bytes]:
    """Yield the chained lines of an epoch from `first` to `last_counter`, both included."""
    rows = db.iterate_rows(
        "SELECT line FROM operations WHERE epoch = ? AND counter BETWEEN ? AND ? AND head IS NOT NULL ORDER BY counter",
        (epoch, first, last_counter),
    )
    return (row[0] for row in rows)


def operations_of(db: Database, record: str) -> list[Operation]:
    """Return every operation known of a record, in the order they came."""
    lines = [row[0] for row in db.query_rows(_SELECT_RECORD, (record,))]
    return [db.written.get(line) or stored_operation(line) for line in lines]


def lines_of_each(db: Database, records: Sequence[str]) -> Mapping[str, Sequence[bytes]]:
    """Return every line known of those of the records that have any, in the order they came."""
    lines = {record: db.begun[record] for record in records if record in db.begun}
    if len(lines) < len(records):
        others = [record for record in records if record not in lines]
        for record, line in db.query_each(_SELECT_RECORDS, others):
            lines.setdefault(record, []).append(line)
    return lines


def lines_of(db: Database, record: str) -> tuple[LogEntry, ...]:
    """Return every line known of a record, as it is passed on to other stations."""
    return tuple(_entry(row) for row in db.query_rows(f"{_SELECT_ENTRY} WHERE record = ? ORDER BY arrival", (record,)))


def arrived_after(db: Database, arrival: int) -> Iterator[LogEntry]:
    """Yield what came here after the given arrival: what the province has not yet passed on."""
    rows = db.iterate_rows(f"{_SELECT_ENTRY} WHERE arrival > ? ORDER BY arrival", (arrival,))
    return (_entry(row) for row in rows)


def last_arrival(db: Database) -> int:
    row = db.query_row("SELECT max(arrival) FROM operations")
    return row[0] if row and row[0] else 0


def count(db: Database) -> int:
    """Return how many operations are known here."""
    row = db.query_row("SELECT count(*) FROM operations")
    return row[0] if row else 0


def newest_of(db: Database, station: str) -> OperationId | None:
    """Return the operation of a station that came here last: where it ends when the station is revoked now."""
    row = db.query_row(
        "SELECT epoch, counter FROM operations JOIN epochs USING (epoch) WHERE station = ?"
        " ORDER BY arrival DESC LIMIT 1",
        (station,),
    )
    return OperationId(*row) if row else None


def station_of(db: Database, operation: OperationId) -> str | None:
    """Return the station whose log holds an operation."""
    row = db.query_row("SELECT station FROM epochs WHERE epoch = ?", (operation.epoch,))
    return row[0] if row else None


def verify(db: Database) -> tuple[ChainFault, ...]:
    """Recompute every genesis and every head; return what does not fit. Streams the whole log."""
    findings: list[ChainFault] = []
    heads: dict[str, bytes | None] = {}
    for known in epochs(db):
        heads[known.epoch] = known.genesis
        if known.genesis not in {None, genesis(known.station, known.epoch, known.forked_from)}:
            findings.append(ChainFault(code="genesis", place=known.epoch))
    expected: dict[str, int] = {}
    rows = db.iterate_rows(
        "SELECT epoch, counter, register, record, line, head FROM operations ORDER BY epoch, counter"
    )
    for epoch, counter, register, record, line, head in rows:
        place = f"{epoch}:{counter}"
        if not is_line_of(line, NamedLine(epoch, counter, register, record)):
            findings.append(ChainFault(code="line", place=place))
        if head is None:
            continue
        before = heads.get(epoch)
        if before is None or counter != expected.get(epoch, 1):
            findings.append(ChainFault(code="gap", place=place))
        elif next_head(before, line) != head:
            findings.append(ChainFault(code="head", place=place))
        heads[epoch], expected[epoch] = head, counter + 1
    return tuple(findings)


_SELECT_RECORD: Final = "SELECT line FROM operations WHERE record = ? ORDER BY arrival"
_SELECT_RECORDS: Final = "SELECT record, line FROM operations WHERE record IN (?) ORDER BY record, arrival"
_SELECT_COUNTERS: Final = (
    "SELECT counter, line FROM operations WHERE epoch = ? AND counter IN (SELECT value FROM json_each(?))"
)
_SELECT_LOGGED: Final = (
    "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM operations WHERE operations.record = value)"
)
_SELECT_ENTRY: Final = "SELECT arrival, epoch, counter, record, register, line FROM operations"
_INSERT: Final = "INSERT INTO operations (epoch, counter, register, record, line, head) VALUES (?, ?, ?, ?, ?, ?)"

_NewRow: TypeAlias = tuple[str, int, str, str, bytes, bytes | None]


def _insert(db: Database, rows: Sequence[_NewRow]) -> None:
    """Append lines that came from outside, and remember those of the records that had none before."""
    records = {row[3] for row in rows} - db.begun.keys()
    logged = {row[0] for row in db.query_rows(_SELECT_LOGGED, (json.dumps(list(records)),))}
    db.executemany(_INSERT, rows)
    for *_, record, line, _head in rows:
        if record not in logged:
            db.begun.setdefault(record, []).append(line)


def _entry(row: Row) -> LogEntry:
    arrival, epoch, counter, record, register, line = row
    return LogEntry(arrival=arrival, id=OperationId(epoch, counter), record=record, register=register, line=line)


def _known_lines(db: Database, epoch: str, first: int, last_counter: int) -> Mapping[int, tuple[bytes, bytes | None]]:
    rows = db.query_rows(
        "SELECT counter, line, head FROM operations WHERE epoch = ? AND counter BETWEEN ? AND ?",
        (epoch, first, last_counter),
    )
    return {counter: (line, head) for counter, line, head in rows}


def _received(added: Sequence[_NewRow], *, repeated: int) -> AppendResult:
    records = tuple(dict.fromkeys(row[3] for row in added))
    return AppendResult(records=records, added=len(added), repeated=repeated)
