"""Cutting what there is to send into bundles that fit, in the order in which they are to be received."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.storage import attachments, change_log
from desktop.storage.database import Database
from desktop.sync.bundle import Attachment
from desktop.sync.limits import BUNDLE_LIMITS, MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSize:
    """How much goes into one bundle before the next begins; a part that turns out too large is halved."""

    lines: int = 100_000
    size: int = 128 * MIB
    attachments: int = BUNDLE_LIMITS.blobs
    attachment_size: int = 40 * MIB


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive lines of one epoch."""

    epoch: str
    lines: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one bundle carries: lines, and the digests of the attachments that go with them."""

    pieces: tuple[Piece, ...]
    digests: tuple[str, ...]

    @property
    def lines(self) -> tuple[bytes, ...]:
        return tuple(line for piece in self.pieces for line in piece.lines)

    def halves(self) -> "tuple[Part, Part]":
        """Return the lines in two parts of about equal count, each with the attachments its own lines name."""
        first: list[Piece] = []
        second: list[Piece] = []
        left = len(self.lines) // 2
        for piece in self.pieces:
            taken = min(left, len(piece.lines))
            left -= taken
            first += [Piece(piece.epoch, piece.lines[:taken])] if taken else []
            second += [Piece(piece.epoch, piece.lines[taken:])] if taken < len(piece.lines) else []
        return self._of(first), self._of(second)

    def _of(self, pieces: Sequence[Piece]) -> "Part":
        named = {digest for piece in pieces for line in piece.lines for digest in named_digests(line)}
        return Part(tuple(pieces), tuple(digest for digest in self.digests if digest in named))


def cut(
    db: Database, after: Mapping[str, int], last: Mapping[str, int], wanted: Sequence[str], size: PartSize
) -> Iterator[Part]:
    """Yield the lines of each epoch from `after` to `last` in parts; one empty part when there are none."""
    filling = _Filling(db, size, wanted)
    count = 0
    for epoch, begin in after.items():
        for line in change_log.lines_between(db, epoch, begin + 1, last[epoch]):
            if not filling.has_room_for(line):
                yield filling.part()
                count += 1
                filling = _Filling(db, size, ())
            filling.add(epoch, line)
    if not count or filling.part().pieces:
        yield filling.part()


def read_attachments(db: Database, digests: Iterable[str]) -> tuple[Attachment, ...]:
    """Return those of the attachments that are here."""
    found: list[Attachment] = []
    for digest in digests:
        facts, content = attachments.facts_of(db, digest), attachments.read(db, digest)
        if facts is not None and content is not None:
            found.append(Attachment(digest=digest, media_type=facts.media_type, content=content))
    return tuple(found)


def fitting(db: Database, digests: Iterable[str], size: PartSize) -> tuple[str, ...]:
    """Return the first of the digests whose attachments are here and go into one bundle; others can be asked for."""
    filling = _Filling(db, size, digests)
    return filling.part().digests


def named_digests(line: bytes) -> Iterator[str]:
    """Yield the digests of the attachments an operation names."""
    return (found.decode("ascii") for found in _DIGEST.findall(line))


_DIGEST: Final = re.compile(rb'"digest":"([0-9a-f]{64})"')


class _Filling:
    """A part being filled."""

    def __init__(self, db: Database, size: PartSize, wanted: Iterable[str]) -> None:
        self._db = db
        self._limit = size
        self._lines: dict[str, list[bytes]] = {}
        self._count = 0
        self._size = 0
        self._digests: dict[str, int] = {}
        for digest in wanted:
            found = self._sizes([digest])
            if self._fit(found):
                self._digests |= found

    def has_room_for(self, line: bytes) -> bool:
        if not self._count:
            return True  # a line goes somewhere, however large
        if self._count >= self._limit.lines or self._size + len(line) > self._limit.size:
            return False
        return self._fit(self._sizes(named_digests(line)))

    def add(self, epoch: str, line: bytes) -> None:
        self._lines.setdefault(epoch, []).append(line)
        self._count += 1
        self._size += len(line)
        for digest in named_digests(line):
            found = self._sizes([digest])
            if self._fit(found):
                self._digests |= found

    def part(self) -> Part:
        pieces = tuple(Piece(epoch, tuple(lines)) for epoch, lines in self._lines.items())
        return Part(pieces, tuple(self._digests))

    def _sizes(self, digests: Iterable[str]) -> dict[str, int]:
        facts = (attachments.facts_of(self._db, digest) for digest in digests if digest not in self._digests)
        return {found.digest: found.size for found in facts if found and found.size <= BUNDLE_LIMITS.attachment}

    def _fit(self, more: Mapping[str, int]) -> bool:
        total = sum(self._digests.values()) + sum(more.values())
        return len(self._digests) + len(more) <= self._limit.attachments and total <= self._limit.attachment_size
