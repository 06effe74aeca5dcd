"""What was sent, what was received and in what it ended, what a recipient said it has, and what is held back.

- A received bundle is known by the digest of its signed header, never by its file (FORMAT.md section 2).
- `acknowledged` is what a recipient last said it has of an epoch; it decides what the next bundle begins with, and
  nothing is ever deleted because of it (R8).
- A held bundle stays as a file in the registry's folder `held`; the row here says why.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import Json, canonical
from desktop.storage.database import Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedBundle:
    """A line of the log of bundles taken in; `verdict` is FORMAT.md's word."""

    digest: str
    station: str
    epoch: str
    sequence: int
    kind: str
    received_at: int
    verdict: str
    new: int = 0
    changed: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBundle:
    """A bundle that was written for a station; `ranges` is what it carried, as in its manifest."""

    id: str
    station: str
    sequence: int
    kind: str
    created_at: int
    digest: str
    ranges: Sequence[Mapping[str, Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The last operation of an epoch that a station said it has, and the head it has there."""

    station: str
    epoch: str
    counter: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBundle:
    """A bundle kept for later: `file_name` in the folder `held`, `reason` a code with a sentence."""

    digest: str
    file_name: str
    station: str
    reason: str
    held_at: int


def note_received(db: Database, bundle: LoggedBundle) -> None:
    """Enter a bundle; what was held or refused before and is taken in now gets its new verdict."""
    db.execute(
        "INSERT OR REPLACE INTO received_bundles"
        " (digest, station, epoch, sequence, kind, received_at, verdict, new, changed, conflicts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bundle.digest,
            bundle.station,
            bundle.epoch,
            bundle.sequence,
            bundle.kind,
            bundle.received_at,
            bundle.verdict,
            bundle.new,
            bundle.changed,
            bundle.conflicts,
        ),
    )


def received(db: Database, digest: str) -> LoggedBundle | None:
    row = db.query_row(f"{_RECEIVED} WHERE digest = ?", (digest,))
    return None if row is None else _received(row)


def received_bundles(db: Database, station: str | None = None, limit: int = 200) -> tuple[LoggedBundle, ...]:
    """Return the newest first."""
    rows = db.query_rows(
        f"{_RECEIVED} WHERE (?1 IS NULL OR station = ?1) ORDER BY received_at DESC, sequence DESC, digest LIMIT ?2",
        (station, limit),
    )
    return tuple(_received(row) for row in rows)


def note_sent(db: Database, bundle: SentBundle) -> None:
    db.execute(
        "INSERT INTO sent_bundles (id, station, sequence, kind, created_at, digest, ranges)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            bundle.id,
            bundle.station,
            bundle.sequence,
            bundle.kind,
            bundle.created_at,
            bundle.digest,
            canonical([dict(found) for found in bundle.ranges]).decode(),
        ),
    )


def sent_bundles(db: Database, station: str | None = None, limit: int = 200) -> tuple[SentBundle, ...]:
    """Return the newest first."""
    rows = db.query_rows(
        "SELECT id, station, sequence, kind, created_at, digest, ranges FROM sent_bundles"
        " WHERE (?1 IS NULL OR station = ?1) ORDER BY created_at DESC, sequence DESC, id LIMIT ?2",
        (station, limit),
    )
    return tuple(
        SentBundle(
            id=bundle_id,
            station=to,
            sequence=sequence,
            kind=kind,
            created_at=created_at,
            digest=digest,
            ranges=tuple(json.loads(ranges)),
        )
        for bundle_id, to, sequence, kind, created_at, digest, ranges in rows
    )


def acknowledge(db: Database, found: Acknowledged) -> None:
    """Store what a station has; it may be less than before (a province restored from backup, R7), so it is not compared
    here.
    """
    db.execute(
        "INSERT OR REPLACE INTO acknowledged (station, epoch, counter, head) VALUES (?, ?, ?, ?)",
        (found.station, found.epoch, found.counter, found.head),
    )


def forget_acknowledged(db: Database, station: str) -> None:
    """Take back all that a station said it has, before it says it anew (R7)."""
    db.execute("DELETE FROM acknowledged WHERE station = ?", (station,))


def acknowledged(db: Database, station: str) -> tuple[Acknowledged, ...]:
    rows = db.query_rows(
        "SELECT station, epoch, counter, head FROM acknowledged WHERE station = ? ORDER BY epoch", (station,)
    )
    return tuple(
        Acknowledged(station=found, epoch=epoch, counter=counter, head=head) for found, epoch, counter, head in rows
    )


def hold(db: Database, bundle: HeldBundle) -> None:
    """Note why a bundle is held; holding it again gives the newer reason."""
    db.execute(
        "INSERT OR REPLACE INTO quarantine (digest, file_name, station, reason, held_at) VALUES (?, ?, ?, ?, ?)",
        (bundle.digest, bundle.file_name, bundle.station, bundle.reason, bundle.held_at),
    )


def release(db: Database, digest: str) -> None:
    """Forget that a bundle was held, once it has been taken in or refused; the caller removes the file after."""
    db.execute("DELETE FROM quarantine WHERE digest = ?", (digest,))


def held_bundles(db: Database) -> tuple[HeldBundle, ...]:
    rows = db.query_rows("SELECT digest, file_name, station, reason, held_at FROM quarantine ORDER BY held_at, digest")
    return tuple(
        HeldBundle(digest=digest, file_name=file_name, station=station, reason=reason, held_at=held_at)
        for digest, file_name, station, reason, held_at in rows
    )


_RECEIVED: Final = (
    "SELECT digest, station, epoch, sequence, kind, received_at, verdict, new, changed, conflicts FROM received_bundles"
)


def _received(row: Row) -> LoggedBundle:
    digest, station, epoch, sequence, kind, received_at, verdict, new, changed, conflicts = row
    return LoggedBundle(
        digest=digest,
        station=station,
        epoch=epoch,
        sequence=sequence,
        kind=kind,
        received_at=received_at,
        verdict=verdict,
        new=new,
        changed=changed,
        conflicts=conflicts,
    )
