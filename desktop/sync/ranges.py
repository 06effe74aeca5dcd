"""The verdict on one range of a station's log, from what is held of that epoch here (FORMAT.md section 7, R3).

- Heads decide: equal heads at one counter mean equal operations up to it, so an overlap is compared by its last head.
- A range is taken whole or refused whole. Old epochs stay open until an operation of the same station closes them (R5).
- Nothing is read or written here; the caller gives what the log holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    Json,
    MalformedOperation,
    Operation,
    OperationId,
    genesis,
)
from desktop.sync.manifest import Range
from desktop.sync.verdicts import RangeResult, Verdict

CLOSING_FIELD: Final = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEpoch:
    """What is held here of an epoch; `head_at` gives the head after a counter up to `last`."""

    last: int
    head_at: Callable[[int], bytes | None]
    is_frozen: bool = False
    closed_at: int | None = None


def judge(item: Range, heads: Sequence[bytes], known: KnownEpoch | None, station: str) -> RangeResult:
    """Return ACCEPTED, DUPLICATE, GAP or FORK; `heads` are those after each operation of the range."""
    last = known.last if known else 0
    if known and known.is_frozen:
        verdict, code = Verdict.FORK, "bundle_epoch_frozen"
    elif known and known.closed_at is not None and item.to > known.closed_at:
        verdict, code = Verdict.FORK, "bundle_epoch_closed"
    elif item.after > last:
        verdict, code = Verdict.GAP, "bundle_gap"
    elif not _is_same_chain(item, heads, known, station):
        verdict, code = Verdict.FORK, "bundle_fork"
    else:
        verdict, code = (Verdict.ACCEPTED if item.to > last else Verdict.DUPLICATE), ""
    return RangeResult(epoch=item.epoch, after=item.after, to=item.to, verdict=verdict, known=last, code=code)


def closing_record(epoch: str) -> str:
    """Return the record that a closing operation of an epoch acts on."""
    return f"{epoch[:8]}-{epoch[8:12]}-{epoch[12:]}-0000-000000000000"


def closing_fields(epoch: str, counter: int) -> dict[str, FieldChange]:
    """Return the fields of the operation that closes an epoch after a counter."""
    return {CLOSING_FIELD: FieldChange(str(OperationId(epoch, counter)))}


def closed_by(operation: Operation) -> OperationId | None:
    """Return the last operation of the epoch that this operation closes; None for any other or a malformed one."""
    if operation.kind is not ChangeKind.CLOSE_EPOCH or CLOSING_FIELD not in operation.fields:
        return None
    value: Json = operation.fields[CLOSING_FIELD].value
    try:
        last = OperationId.parse(value) if isinstance(value, str) else None
    except MalformedOperation:
        return None
    if last is None or last.epoch == operation.id.epoch or operation.record != closing_record(last.epoch):
        return None
    return last


def _is_same_chain(item: Range, heads: Sequence[bytes], known: KnownEpoch | None, station: str) -> bool:
    if known is None:
        return item.after_head == genesis(station, item.epoch, item.parent)
    if known.head_at(item.after) != item.after_head:
        return False
    overlap = min(item.to, known.last)
    return overlap <= item.after or heads[overlap - item.after - 1] == known.head_at(overlap)
