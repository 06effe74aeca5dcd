"""What the exchange remembers between bundles, beside the two logs: small JSON values in the settings.

- Everything here can be lost without losing an operation: more is then sent again than was needed.
- It is part of the registry, so a restore from backup takes it back together with the log it speaks of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from desktop.domain.log.operation import HybridTime, Json
from desktop.storage import settings
from desktop.storage.database import Database
from desktop.sync.limits import BUNDLE_LIMITS
from desktop.sync.manifest import SeenAnswer
from desktop.sync.signed_header import NO_PREVIOUS


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWritten:
    """The last bundle written in an epoch, over all recipients."""

    epoch: str
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerState:
    """What a station's newest bundle said of itself: how far its own log goes, and the last answer it has seen."""

    epoch: str
    sequence: int
    seen: SeenAnswer | None
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """The newest answer taken in from a province; epochs of its log are ordered by `epoch_key`.

    `confirmed` are the answers up to which everything sent is here: those that went on from one that is in it.
    """

    generation: int
    epoch_start: int
    epoch: str
    sequence: int
    received_at: int
    confirmed: tuple[SeenAnswer, ...] = ()

    @property
    def epoch_key(self) -> tuple[int, int, str]:
        return self.generation, self.epoch_start, self.epoch


def last_written(db: Database, epoch: str) -> LastWritten:
    found = _read(db, "written")
    if found.get("epoch") != epoch:
        return LastWritten(epoch=epoch, sequence=0, digest=NO_PREVIOUS)
    return LastWritten(epoch=epoch, sequence=_number(found["sequence"]), digest=str(found["digest"]))


def note_written(db: Database, written: LastWritten) -> None:
    _write(db, "written", {"epoch": written.epoch, "sequence": written.sequence, "digest": written.digest})


def peer(db: Database, station: str) -> PeerState | None:
    found = _read(db, f"peer.{station}")
    if not found:
        return None
    seen = found["seen"]
    return PeerState(
        epoch=str(found["epoch"]),
        sequence=_number(found["sequence"]),
        seen=_seen(seen) if isinstance(seen, dict) else None,
        held=cast("dict[str, int]", found["held"]),
    )


def note_peer(db: Database, station: str, state: PeerState) -> None:
    _write(
        db,
        f"peer.{station}",
        {
            "epoch": state.epoch,
            "sequence": state.sequence,
            "seen": _seen_json(state.seen) if state.seen else None,
            "held": dict(state.held),
        },
    )


def answer_from(db: Database, province: str) -> LastAnswer | None:
    found = _read(db, f"answer.{province}")
    if not found:
        return None
    return LastAnswer(
        generation=_number(found["generation"]),
        epoch_start=_number(found["begun"]),
        epoch=str(found["epoch"]),
        sequence=_number(found["sequence"]),
        received_at=_number(found["received_at"]),
        confirmed=tuple(_seen(item) for item in found["confirmed"] if isinstance(item, dict))
        if isinstance(found["confirmed"], list)
        else (),
    )


def note_answer(db: Database, province: str, answer: LastAnswer) -> None:
    _write(
        db,
        f"answer.{province}",
        {
            "generation": answer.generation,
            "begun": answer.epoch_start,
            "epoch": answer.epoch,
            "sequence": answer.sequence,
            "received_at": answer.received_at,
            "confirmed": [_seen_json(seen) for seen in answer.confirmed[-_CONFIRMED_KEPT:]],
        },
    )


def epoch_start(db: Database, epoch: str, wall: int) -> int:
    """Return when this epoch wrote its first answer; that is now when it has written none."""
    found = _read(db, "begun")
    return _number(found["at"]) if found.get("epoch") == epoch else wall


def note_epoch_start(db: Database, epoch: str, wall: int) -> None:
    _write(db, "begun", {"epoch": epoch, "at": wall})


def digests(db: Database, name: str, station: str) -> tuple[str, ...]:
    """Return attachments by digest: `missing` here of a station's, or `wanted` by a station from us."""
    found = settings.get(db, f"{_PREFIX}{name}.{station}", [])
    return tuple(str(digest) for digest in found) if isinstance(found, list) else ()


def note_digests(db: Database, name: str, station: str, found: Iterable[str]) -> None:
    kept: list[Json] = [*sorted(set(found))[: BUNDLE_LIMITS.missing]]
    settings.put(db, f"{_PREFIX}{name}.{station}", kept or None)


def clock(db: Database) -> tuple[HybridTime, int]:
    """Return the highest hybrid time seen and the last time the province stated."""
    time = settings.get(db, "last_time", [0, 0])
    hub = settings.get(db, "hub_time", 0)
    milliseconds, count = time if isinstance(time, list) else (0, 0)
    return HybridTime(_number(milliseconds), _number(count)), _number(hub)


def note_clock(db: Database, time: HybridTime, hub: int) -> None:
    settings.put(db, "last_time", [time.milliseconds, time.count])
    settings.put(db, "hub_time", hub)


_PREFIX: Final = "exchange."
_CONFIRMED_KEPT: Final = 200  # a province looks no further back among the answers it wrote


def _read(db: Database, name: str) -> dict[str, Json]:
    found = settings.get(db, _PREFIX + name, {})
    return found if isinstance(found, dict) else {}


def _write(db: Database, name: str, value: dict[str, Json]) -> None:
    settings.put(db, _PREFIX + name, value)


def _seen(found: dict[str, Json]) -> SeenAnswer:
    return SeenAnswer(epoch=str(found["epoch"]), sequence=_number(found["sequence"]))


def _seen_json(seen: SeenAnswer) -> Json:
    return {"epoch": seen.epoch, "sequence": seen.sequence}


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0
