"""Receiving a bundle: verified whole, then taken in with one transaction or not at all (FORMAT.md sections 6 and 7).

- Nothing changes before step 12, and step 12 is one transaction: operations, heads, attachments, records, exchange log.
- Ranges are decided one by one; a forked epoch is frozen and leaves the others of the bundle alone.
- The same bundle again is a success that changes nothing; operations are known by station, epoch, counter and digest.
- A file taken in, or holding one side of a fork, is kept as it came, when there is an archive to keep it in (R9).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.log.hybrid_clock import is_too_far_ahead
from desktop.domain.log.operation import HybridTime, OperationId
from desktop.errors import BundleError, Cancelled, DesktopError
from desktop.storage import attachments, change_log, exchange_log, projection
from desktop.sync import state
from desktop.sync.bundle import OpenedBundle, ReceivedLine, open_bundle
from desktop.sync.context import SyncContext
from desktop.sync.manifest import Answer, OwnChanges, Range
from desktop.sync.parts import named_digests
from desktop.sync.ranges import KnownEpoch, judge
from desktop.sync.receipts import Refused, take_answer
from desktop.sync.state import PeerState
from desktop.sync.stick import write_verified
from desktop.sync.trust import Trust
from desktop.sync.verdicts import BundleOutcome, RangeResult, Verdict, worst


def receive(
    here: SyncContext,
    content: bytes,
    trust: Trust,
    *,
    archive: Path | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BundleOutcome:
    """Verify a bundle file and take it in; ACCEPTED, DUPLICATE, GAP or FORK.

    Raises:
        BundleError: REJECT, with FORMAT.md's code; nothing was changed.
        BundleHeld: HOLD; the caller keeps the file.
        RegistryError: the registry could not be written; nothing was changed.
        Cancelled: before anything was changed.
    """
    opened = open_bundle(content, trust=trust, identity=here.keys.identity, me=here.card)
    if cancelled():
        raise Cancelled
    try:
        # FORMAT step 12: one transaction.
        with here.database.atomic():
            taken = _take(here, opened)
            received = _finish(here, opened, taken)
            if archive is not None and received.verdict in {Verdict.ACCEPTED, Verdict.FORK}:
                _keep(archive, received, content)
    except Refused as refused:
        received = _refused(here, opened, refused)
    return received


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What a bundle's content did to the log."""

    verdict: Verdict
    code: str = ""
    lines: tuple[ReceivedLine, ...] = ()
    records: tuple[str, ...] = ()
    ranges: tuple[RangeResult, ...] = ()
    warnings: tuple[str, ...] = ()


def _take(here: SyncContext, opened: OpenedBundle) -> _Taken:
    if isinstance(opened.manifest.content, Answer):
        answer = take_answer(here, opened, opened.manifest.content)
        if answer.is_old:
            return _Taken(verdict=Verdict.DUPLICATE, code="bundle_answer_old")
        lines = tuple(line for _, group in opened.excerpts for line in group)
        return _Taken(verdict=Verdict.ACCEPTED, lines=lines, records=answer.records, warnings=answer.warnings)
    results: list[RangeResult] = []
    lines_taken: list[ReceivedLine] = []
    records: dict[str, None] = {}
    for item, lines in opened.ranges:
        result, new_lines, new_records = _take_range(here, opened.header.sender, item, lines)
        results.append(result)
        lines_taken += new_lines
        records |= dict.fromkeys(new_records)
    _note_peer(here, opened, opened.manifest.content)
    verdict = worst([result.verdict for result in results])
    code = next((result.code for result in results if result.verdict is verdict), "")
    return _Taken(verdict=verdict, code=code, lines=tuple(lines_taken), records=tuple(records), ranges=tuple(results))


def _take_range(
    here: SyncContext, station: str, item: Range, lines: Sequence[ReceivedLine]
) -> tuple[RangeResult, Sequence[ReceivedLine], tuple[str, ...]]:
    """Return the verdict on one range, the lines that were new, and the records they act on."""
    db = here.database
    epoch = change_log.epoch_of(db, item.epoch)
    if epoch is not None and epoch.station != station:
        raise BundleError("bundle_epoch_taken", station=station, epoch=item.epoch)
    known = None
    if epoch is not None and epoch.genesis is not None:
        known = KnownEpoch(
            last=change_log.last(db, item.epoch)[0],
            head_at=lambda counter: change_log.head_at(db, item.epoch, counter),
            is_frozen=epoch.is_frozen,
            closed_at=epoch.closed_at,
        )
    result = judge(item, [line.head for line in lines], known, station)
    if result.verdict is Verdict.FORK:
        change_log.freeze_epoch(db, item.epoch)
    if result.verdict in {Verdict.FORK, Verdict.GAP}:
        return result, (), ()
    if known is None:
        change_log.begin_epoch(db, item.epoch, station, item.parent)
    new_lines = lines[max(0, result.known - item.after) :]
    received = change_log.append_received(db, item.epoch, station, [(line.line, line.head) for line in new_lines])
    if received.fork is not None:  # an excerpt of this epoch says otherwise
        change_log.freeze_epoch(db, item.epoch)
        return replace(result, verdict=Verdict.FORK, code="bundle_fork"), (), ()
    for line in new_lines:
        _close_epoch(here, station, line.closes)
    return result, new_lines, received.records


def _close_epoch(here: SyncContext, station: str, last: OperationId | None) -> None:
    if last is None:
        return
    epoch = change_log.epoch_of(here.database, last.epoch)
    if epoch is not None and epoch.station == station:
        change_log.close_epoch(here.database, last.epoch, last.counter)


def _note_peer(here: SyncContext, opened: OpenedBundle, content: OwnChanges) -> None:
    """Remember what the newest bundle of a station says of itself; when in doubt, what makes us send it more.

    An epoch of its log is older than those that grew from it, which name it among their ranges. Of two epochs of which
    neither grew from the other nobody can know which is newer (an old copy may be restored after a new one): what came
    last counts, and it has seen nothing.
    """
    db, station = here.database, opened.header.sender
    found = PeerState(
        epoch=opened.header.epoch,
        sequence=opened.header.sequence,
        seen=content.seen,
        held={item.epoch: item.to for item in content.ranges},
    )
    before = state.peer(db, station)
    if before is not None and before.epoch == found.epoch:
        if found.sequence < before.sequence:
            return
    elif before is not None and found.epoch in before.held:
        return
    elif before is not None and before.epoch not in found.held:
        found = replace(found, seen=None)
    state.note_digests(db, "wanted", station, opened.manifest.missing)
    state.note_peer(db, station, found)


def _finish(here: SyncContext, opened: OpenedBundle, taken: _Taken) -> BundleOutcome:
    db = here.database
    missing = _take_attachments(here, opened, taken.lines)
    applied = projection.apply(db, here.library, taken.records)
    time, hub, is_ahead = _clock(here, opened, taken)
    state.note_clock(db, time, hub)
    received = BundleOutcome(
        verdict=taken.verdict,
        code=taken.code,
        station=opened.header.sender,
        kind=opened.header.kind,
        digest=opened.digest,
        file_name=opened.header.file_name(),
        new=tuple(found.record for found in applied if found.is_new),
        changed=tuple(found.record for found in applied if not found.is_new),
        conflicts=tuple(found.record for found in applied if found.conflicts),
        context=_context(opened, taken),
        ranges=taken.ranges,
        unknown=_unknown(here, taken.lines),
        warnings=(*taken.warnings, *(["clock_ahead"] if is_ahead else [])),
        missing=missing,
        time=time,
        hub_time=hub,
    )
    _note(here, opened, received)
    return received


def _take_attachments(here: SyncContext, opened: OpenedBundle, lines: Iterable[ReceivedLine]) -> int:
    """Store the attachments and return how many the sender's operations name that are not here yet."""
    db, station = here.database, opened.header.sender
    for attachment in opened.attachments:
        attachments.add(db, attachment.content, attachment.media_type, attachment.digest)
    named = {digest for line in lines for digest in named_digests(line.line)}
    missing = attachments.missing(db, {*state.digests(db, "missing", station), *named})
    state.note_digests(db, "missing", station, missing)
    return len(missing)


def _clock(here: SyncContext, opened: OpenedBundle, taken: _Taken) -> tuple[HybridTime, int, bool]:
    """Return the highest believable time seen, the province's time, and whether some time was not believable (R13)."""
    time, hub = state.clock(here.database)
    if taken.verdict is not Verdict.ACCEPTED:
        return time, hub, False
    if isinstance(opened.manifest.content, Answer):
        hub = opened.manifest.clock.wall
    seen = [opened.manifest.clock.seen, *(line.time for line in taken.lines)]
    believed = [found for found in seen if not is_too_far_ahead(found, here.wall, hub)]
    return max([time, *believed]), hub, len(believed) < len(seen)


def _context(opened: OpenedBundle, taken: _Taken) -> dict[str, str | int]:
    context: dict[str, str | int] = {"station": opened.header.sender, "sequence": opened.header.sequence}
    for result in taken.ranges:
        if result.verdict is taken.verdict and result.code:
            context |= {"epoch": result.epoch, "after": result.after, "to": result.to, "known": result.known}
            break
    return context


def _unknown(here: SyncContext, lines: Iterable[ReceivedLine]) -> tuple[str, ...]:
    """Return the registers and fields that no definition here knows; their operations are kept (R11)."""
    found: set[str] = set()
    for line in lines:
        definition = here.library.registers.get(line.register)
        if line.closes is not None:
            continue
        if definition is None:
            found.add(line.register)
        elif line.definition_version > definition.version:
            fields = change_log.stored_operation(line.line).fields
            found |= {f"{definition.id}.{name}" for name in fields if definition.stored_field(name) is None}
    return tuple(sorted(found))


def _note(here: SyncContext, opened: OpenedBundle, received: BundleOutcome) -> None:
    if received.verdict is Verdict.DUPLICATE and exchange_log.received(here.database, opened.digest) is not None:
        return
    exchange_log.note_received(
        here.database,
        exchange_log.LoggedBundle(
            digest=opened.digest,
            station=opened.header.sender,
            epoch=opened.header.epoch,
            sequence=opened.header.sequence,
            kind=opened.header.kind.value,
            received_at=here.wall,
            verdict=received.verdict.value,
            new=len(received.new),
            changed=len(received.changed),
            conflicts=len(received.conflicts),
        ),
    )


def _refused(here: SyncContext, opened: OpenedBundle, refused: Refused) -> BundleOutcome:
    """Enter an answer that was refused whole; its transaction has been undone."""
    time, hub = state.clock(here.database)
    received = BundleOutcome(
        verdict=Verdict.FORK,
        code=refused.code,
        station=opened.header.sender,
        kind=opened.header.kind,
        digest=opened.digest,
        file_name=opened.header.file_name(),
        context={"station": opened.header.sender, **refused.context},
        time=time,
        hub_time=hub,
    )
    with here.database.atomic():
        _note(here, opened, received)
    return received


def _keep(archive: Path, received: BundleOutcome, content: bytes) -> None:
    """Keep a file under its digest, so that no two share a name; without it nothing is taken in."""
    name = f"{received.file_name.removesuffix('.sotram')}_{received.digest[:16]}.sotram"
    try:
        archive.mkdir(parents=True, exist_ok=True)
        write_verified(archive, {name: content})
    except (DesktopError, OSError) as error:
        raise DesktopError("archive_not_written", name=name) from error
