"""The manifest inside the encryption: what the body holds and what the sender knows (FORMAT.md section 4.1).

It repeats who, to whom and which, so that a payload under another station's outer.txt is found out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.log.operation import (
    HybridTime,
    Json,
    OperationId,
    canonical,
)
from desktop.sync.signed_header import BundleKind

SCHEMA: Final = (1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What follows the manifest, uncompressed."""

    size: int
    lines: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentPart:
    """An attachment and the blob that carries it."""

    blob: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """The sender's clock: wall and province times in milliseconds, and the highest hybrid time it has seen."""

    wall: int
    seen: HybridTime
    hub: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Operations `after`+1 to `to` of one of the sender's epochs, with the chain's heads at both ends."""

    epoch: str
    after: int
    after_head: bytes
    to: int
    to_head: bytes
    parent: tuple[OperationId, bytes] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAnswer:
    """The last answer a station has taken in."""

    epoch: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChanges:
    """What a bundle of kind sync adds."""

    ranges: tuple[Range, ...]
    seen: SeenAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldHead:
    """How far the province holds an epoch of the recipient."""

    epoch: str
    counter: int
    head: bytes
    is_frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedVerdict:
    """What one of the recipient's bundles ended in."""

    epoch: str
    sequence: int
    verdict: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A group of operation lines of one epoch of any station."""

    station: str
    epoch: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a bundle of kind ack adds; its excerpts go on from what the answer `base` carried."""

    generation: int
    epoch_start: int
    base: SeenAnswer | None
    heads: tuple[HeldHead, ...]
    verdicts: tuple[ReportedVerdict, ...]
    excerpts: tuple[Excerpt, ...]


Content: TypeAlias = OwnChanges | Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The whole manifest."""

    kind: BundleKind
    id: str
    sender: str
    recipient: str
    epoch: str
    sequence: int
    salt: str
    app: str
    body: Body
    attachments: tuple[AttachmentPart, ...]
    missing: tuple[str, ...]
    clock: ClockReading
    forms: Mapping[str, int]
    content: Content
    schema: tuple[int, int] = SCHEMA

    def line(self) -> bytes:
        """Return the canonical bytes, without a line feed."""
        common: dict[str, Json] = {
            "app": self.app,
            "attachments": [
                {"blob": part.blob, "digest": part.digest, "size": part.size, "type": part.media_type}
                for part in self.attachments
            ],
            "body": {"bytes": self.body.size, "lines": self.body.lines, "sha256": self.body.digest},
            "clock": {
                "hub": self.clock.hub,
                "seen": [self.clock.seen.milliseconds, self.clock.seen.count],
                "wall": self.clock.wall,
            },
            "epoch": self.epoch,
            "forms": dict(self.forms),
            "from": self.sender,
            "id": self.id,
            "kind": self.kind.value,
            "missing": list(self.missing),
            "salt": self.salt,
            "schema": list(self.schema),
            "seq": self.sequence,
            "to": self.recipient,
        }
        added = _own_changes(self.content) if isinstance(self.content, OwnChanges) else _answer(self.content)
        return canonical({**common, **added})


def manifest_digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _own_changes(content: OwnChanges) -> dict[str, Json]:
    return {"ranges": [_range_json(item) for item in content.ranges], "seen": _seen_json(content.seen)}


def _seen_json(seen: SeenAnswer | None) -> Json:
    return {"epoch": seen.epoch, "seq": seen.sequence} if seen else None


def _range_json(item: Range) -> Json:
    parent: Json = None
    if item.parent is not None:
        forked_from, head = item.parent
        parent = {"counter": forked_from.counter, "epoch": forked_from.epoch, "head": head.hex()}
    return {
        "epoch": item.epoch,
        "from": item.after,
        "from_head": item.after_head.hex(),
        "parent": parent,
        "to": item.to,
        "to_head": item.to_head.hex(),
    }


def _answer(content: Answer) -> dict[str, Json]:
    return {
        "base": _seen_json(content.base),
        "excerpts": [
            {"epoch": group.epoch, "lines": group.lines, "station": group.station} for group in content.excerpts
        ],
        "heads": [
            {"counter": held.counter, "epoch": held.epoch, "frozen": held.is_frozen, "head": held.head.hex()}
            for held in content.heads
        ],
        "hub": {"begun": content.epoch_start, "generation": content.generation},
        "verdicts": [
            {"code": stated.code, "epoch": stated.epoch, "seq": stated.sequence, "verdict": stated.verdict}
            for stated in content.verdicts
        ],
    }
