"""Epochs: each one run of a station's log, with its start and, once known, its end.

- The genesis follows from the station, the epoch and what it forked from; an epoch has one, or is refused.
- A restore from backup begins a new epoch that names the old one (R4); the old one stays open for late bundles until an
  operation of its successor names its last counter (R5).
"""

from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import OperationId, genesis
from desktop.errors import RegistryError
from desktop.storage.database import Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """One life of a station's log. `genesis` is None while only excerpts of it are known."""

    epoch: str
    station: str
    forked_from: tuple[OperationId, bytes] | None
    genesis: bytes | None
    closed_at: int | None
    is_frozen: bool


def begin_epoch(db: Database, epoch: str, station: str, forked_from: tuple[OperationId, bytes] | None = None) -> Epoch:
    """Enter an epoch and where it starts; entering it again, or after excerpts of it, is allowed.

    Raises:
        RegistryError: epoch_differs, when it is known with another station or another start.
    """
    start = genesis(station, epoch, forked_from)
    known = epoch_of(db, epoch)
    if known is not None and (known.station != station or known.genesis not in {None, start}):
        raise RegistryError("epoch_differs", epoch=epoch, station=station)
    last, head = forked_from if forked_from is not None else (None, None)
    with db.atomic():
        db.execute(
            "INSERT INTO epochs (epoch, station, forked_epoch, forked_counter, forked_head, genesis)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (epoch) DO UPDATE SET forked_epoch = excluded.forked_epoch,"
            " forked_counter = excluded.forked_counter, forked_head = excluded.forked_head, genesis = excluded.genesis",
            (epoch, station, last.epoch if last else None, last.counter if last else None, head, start),
        )
    return Epoch(
        epoch=epoch,
        station=station,
        forked_from=forked_from,
        genesis=start,
        closed_at=known.closed_at if known else None,
        is_frozen=known.is_frozen if known else False,
    )


def close_epoch(db: Database, epoch: str, counter: int) -> None:
    """Note the final counter of an epoch, as an operation of its successor names it (R5)."""
    db.execute("UPDATE epochs SET closed_at = ? WHERE epoch = ?", (counter, epoch))


def freeze_epoch(db: Database, epoch: str) -> None:
    """Mark an epoch in which a fork was found; nothing more is taken from it until people have looked."""
    db.execute("UPDATE epochs SET is_frozen = 1 WHERE epoch = ?", (epoch,))


def epochs(db: Database) -> tuple[Epoch, ...]:
    return tuple(_epoch(row) for row in db.query_rows(f"{_SELECT_EPOCH} ORDER BY station, epoch"))


def own_epochs(db: Database, station: str) -> tuple[Epoch, ...]:
    """Return every epoch of a station, open or closed."""
    return tuple(_epoch(row) for row in db.query_rows(f"{_SELECT_EPOCH} WHERE station = ? ORDER BY epoch", (station,)))


def epoch_of(db: Database, epoch: str) -> Epoch | None:
    row = db.query_row(f"{_SELECT_EPOCH} WHERE epoch = ?", (epoch,))
    return None if row is None else _epoch(row)


_SELECT_EPOCH: Final = (
    "SELECT epoch, station, forked_epoch, forked_counter, forked_head, genesis, closed_at, is_frozen FROM epochs"
)


def _epoch(row: Row) -> Epoch:
    epoch, station, forked_epoch, forked_counter, forked_head, start, closed_at, is_frozen = row
    return Epoch(
        epoch=epoch,
        station=station,
        forked_from=None if forked_epoch is None else (OperationId(forked_epoch, forked_counter), forked_head),
        genesis=start,
        closed_at=closed_at,
        is_frozen=bool(is_frozen),
    )
