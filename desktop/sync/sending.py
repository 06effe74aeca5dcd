"""Writing bundles from the registry: a station's own operations, and a province's answer.

- A bundle to a province carries everything above what its newest answer states, for every own epoch (R2): a lost stick
  needs no search, a new bundle holds it all. Nothing is deleted because something was sent or answered (R8).
- What does not fit one bundle is written as several, in the order in which they are to be received.
- An empty bundle shows that the station is alive: it states the heads (R12).
- Writing changes nothing here. A bundle's number is spent (`spend_number`) once the medium has been read back and
  before the file has its name, so that no two files out there share one: a province takes an answer by its number for
  confirmed. A number whose file never got there is as a lost stick.
- What was sent is entered (`note_sent`) when all files of an exchange have their names, in one transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.crypto.station_card import StationCard
from desktop.domain.log.operation import HybridTime, Json
from desktop.errors import BundleError
from desktop.storage import change_log, exchange_log
from desktop.storage.change_log import Epoch
from desktop.storage.database import Database
from desktop.sync import state
from desktop.sync.bundle import BundleContent, WrittenBundle, write_bundle
from desktop.sync.context import SyncContext
from desktop.sync.excerpt_selection import Budget, SelectedExcerpts, select_excerpts
from desktop.sync.limits import BUNDLE_LIMITS, MIB
from desktop.sync.manifest import (
    Answer,
    ClockReading,
    Content,
    HeldHead,
    OwnChanges,
    Range,
    ReportedVerdict,
    SeenAnswer,
)
from desktop.sync.parts import Part, PartSize, cut, fitting, named_digests, read_attachments
from desktop.sync.signed_header import BundleKind
from desktop.sync.state import LastWritten, PeerState


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A bundle that is not yet anywhere; `ranges` is what the log of sent bundles will say it carried."""

    bundle: WrittenBundle
    ranges: Sequence[Mapping[str, Json]]


def write_sync(
    here: SyncContext, recipient: StationCard, *, from_start: bool = False, part_size: PartSize | None = None
) -> tuple[Outgoing, ...]:
    """Return the bundles that bring a recipient up to date with this station's own operations, usually one.

    `from_start` sends everything again, whatever the recipient's answers said.
    """
    db = here.database
    epochs = _chained_epochs(db, here.station)
    last = {epoch.epoch: change_log.last(db, epoch.epoch)[0] for epoch in epochs}
    held = {} if from_start else _acknowledged(db, recipient.station)
    after = {epoch: min(held.get(epoch, 0), counter) for epoch, counter in last.items()}
    writer = _SyncWriter(here, recipient, epochs, after)
    wanted = state.digests(db, "wanted", recipient.station)
    for part in cut(db, after, last, wanted, part_size or PartSize()):
        writer.write(part)
    return tuple(
        Outgoing(
            bundle=bundle,
            ranges=[{"epoch": item.epoch, "from": item.after, "to": item.to} for item in content.ranges],
        )
        for bundle, content in writer.written
    )


def write_answer(here: SyncContext, recipient: StationCard, *, budget: Budget | None = None) -> Outgoing:
    """Return the province's answer to a station: what it holds, what became of its bundles, what others wrote.

    What does not fit goes with the next answer, once this one is confirmed.
    """
    db, station = here.database, recipient.station
    budget = budget or Budget()
    stated = state.peer(db, station)
    base, mark = _base(db, station, stated)
    chosen = select_excerpts(db, station, mark=mark, held=stated.held if stated else {}, budget=budget)
    digests = [
        *state.digests(db, "wanted", station),
        *(found for line in chosen.lines for found in named_digests(line)),
    ]
    contents = read_attachments(db, fitting(db, digests, PartSize()))
    try:
        draft = _draft(here, recipient, _answer(here, station, chosen, base), state.last_written(db, here.epoch))
        bundle = write_bundle(draft, chosen.lines, contents, keys=here.keys, random=here.random)
    except BundleError as error:
        if error.code != "bundle_too_large" or budget.size < MIB:
            raise
        return write_answer(here, recipient, budget=replace(budget, size=budget.size // 4))
    held: dict[str, Json] = dict(stated.held) if stated else {}
    return Outgoing(bundle=bundle, ranges=[{"epoch": here.epoch, "mark": chosen.mark, "held": held}])


def spend_number(here: SyncContext, outgoing: Sequence[Outgoing]) -> None:
    """Let the next bundle be numbered after these; they may lie on a stick from now on."""
    with here.database.atomic():
        state.note_written(here.database, _last_written(outgoing[-1].bundle))


def note_sent(here: SyncContext, outgoing: Sequence[Outgoing]) -> None:
    """Enter bundles that lie on their medium, read back and under their names."""
    with here.database.atomic():
        for one in outgoing:
            _note(here, one)
        state.note_written(here.database, _last_written(outgoing[-1].bundle))


def unsent(db: Database, station: str, recipient: str) -> int:
    """Return how many of a station's own operations the recipient has not yet answered for."""
    held = _acknowledged(db, recipient)
    return sum(
        max(0, change_log.last(db, epoch.epoch)[0] - held.get(epoch.epoch, 0)) for epoch in _chained_epochs(db, station)
    )


class _SyncWriter:
    """Writes the parts of one exchange one after another; `_reached` is where each epoch's next range begins."""

    def __init__(
        self, here: SyncContext, recipient: StationCard, epochs: Sequence[Epoch], after: Mapping[str, int]
    ) -> None:
        self.written: list[tuple[WrittenBundle, OwnChanges]] = []
        self._here = here
        self._recipient = recipient
        self._epochs = epochs
        self._reached = dict(after)
        self._last = state.last_written(here.database, here.epoch)

    def write(self, part: Part) -> None:
        db = self._here.database
        answer = state.answer_from(db, self._recipient.station)
        content = OwnChanges(
            ranges=tuple(self._range(epoch, part) for epoch in self._epochs),
            seen=answer.confirmed[-1] if answer and answer.confirmed else None,
        )
        draft = _draft(self._here, self._recipient, content, self._last)
        contents = read_attachments(db, part.digests)
        try:
            bundle = write_bundle(draft, part.lines, contents, keys=self._here.keys, random=self._here.random)
        except BundleError as error:
            if error.code != "bundle_too_large" or len(part.lines) < 2:
                raise
            for half in part.halves():
                self.write(half)
            return
        self.written.append((bundle, content))
        self._last = _last_written(bundle)
        for item in content.ranges:
            self._reached[item.epoch] = item.to

    def _range(self, epoch: Epoch, part: Part) -> Range:
        after = self._reached[epoch.epoch]
        to = after + sum(len(piece.lines) for piece in part.pieces if piece.epoch == epoch.epoch)
        return Range(
            epoch=epoch.epoch,
            after=after,
            after_head=self._head(epoch.epoch, after),
            to=to,
            to_head=self._head(epoch.epoch, to),
            parent=epoch.forked_from,
        )

    def _head(self, epoch: str, counter: int) -> bytes:
        head = change_log.head_at(self._here.database, epoch, counter)
        if head is None:
            message = f"the own log has no head at {epoch}:{counter}"
            raise ValueError(message)
        return head


_CODES: Final = {"GAP": "bundle_gap", "FORK": "bundle_fork"}


def _chained_epochs(db: Database, station: str) -> tuple[Epoch, ...]:
    """Return the epochs whose beginning is known here; of others, only excerpts have come back after a restore."""
    return tuple(epoch for epoch in change_log.own_epochs(db, station) if epoch.genesis is not None)


def _acknowledged(db: Database, recipient: str) -> dict[str, int]:
    return {found.epoch: found.counter for found in exchange_log.acknowledged(db, recipient)}


def _base(db: Database, station: str, stated: PeerState | None) -> tuple[SeenAnswer | None, int]:
    """Return the last answer a station confirmed and how far in our arrivals that one went.

    That answer left out what the station held of its own log when it was written. When the station holds less now, it
    was restored in between, and is sent everything again.
    """
    if stated is None or stated.seen is None:
        return None, 0
    for sent in exchange_log.sent_bundles(db, station):
        note = sent.ranges[0] if sent.ranges else {}
        mark = note.get("mark")
        is_it = sent.sequence == stated.seen.sequence and note.get("epoch") == stated.seen.epoch
        if sent.kind == BundleKind.ACK.value and is_it and isinstance(mark, int):
            held = note.get("held")
            assumed = held if isinstance(held, dict) else {}
            has_lost = any(int(str(counter)) > stated.held.get(epoch, 0) for epoch, counter in assumed.items())
            return (None, 0) if has_lost else (stated.seen, mark)
    return None, 0


def _answer(here: SyncContext, station: str, chosen: SelectedExcerpts, base: SeenAnswer | None) -> Answer:
    return Answer(
        generation=len(_chained_epochs(here.database, here.station)),
        epoch_start=state.epoch_start(here.database, here.epoch, here.wall),
        base=base,
        heads=tuple(_held_heads(here.database, station)),
        verdicts=tuple(_reported_verdicts(here.database, station)),
        excerpts=chosen.excerpts,
    )


def _held_heads(db: Database, station: str) -> Iterator[HeldHead]:
    for epoch in _chained_epochs(db, station):
        counter, head = change_log.last(db, epoch.epoch)
        yield HeldHead(epoch=epoch.epoch, counter=counter, head=head, is_frozen=epoch.is_frozen)


def _reported_verdicts(db: Database, station: str) -> Iterator[ReportedVerdict]:
    for found in reversed(exchange_log.received_bundles(db, station, limit=BUNDLE_LIMITS.verdicts)):
        yield ReportedVerdict(
            epoch=found.epoch, sequence=found.sequence, verdict=found.verdict, code=_CODES.get(found.verdict, "")
        )


def _draft(here: SyncContext, recipient: StationCard, content: Content, last: LastWritten) -> BundleContent:
    seen, hub = state.clock(here.database)
    return BundleContent(
        sender=here.card,
        recipient=recipient,
        epoch=here.epoch,
        sequence=last.sequence + 1,
        previous=last.digest,
        created=here.now,
        clock=ClockReading(wall=here.wall, seen=max(seen, _newest_own(here)), hub=hub),
        app=here.app,
        forms={register: definition.version for register, definition in here.library.registers.items()},
        missing=state.digests(here.database, "missing", recipient.station),
        content=content,
    )


def _newest_own(here: SyncContext) -> HybridTime:
    counter, _ = change_log.last(here.database, here.epoch)
    newest = HybridTime(0, 0)
    for line in change_log.lines_between(here.database, here.epoch, counter, counter):
        newest = change_log.stored_operation(line).time
    return newest


def _last_written(bundle: WrittenBundle) -> LastWritten:
    return LastWritten(epoch=bundle.header.epoch, sequence=bundle.header.sequence, digest=bundle.digest)


def _note(here: SyncContext, outgoing: Outgoing) -> None:
    bundle = outgoing.bundle
    if bundle.header.kind is BundleKind.ACK:
        state.note_epoch_start(here.database, here.epoch, state.epoch_start(here.database, here.epoch, here.wall))
    exchange_log.note_sent(
        here.database,
        exchange_log.SentBundle(
            id=bundle.header.id,
            station=bundle.header.recipient,
            sequence=bundle.header.sequence,
            kind=bundle.header.kind.value,
            created_at=here.wall,
            digest=bundle.digest,
            ranges=outgoing.ranges,
        ),
    )
