"""Taking in a province's answer: the receipt for what was sent, and what others wrote (FORMAT.md section 7, R6, R7).

- Within one epoch of the province's log the marks only grow; a later epoch is believed even when it states less, and
  what it lacks is sent again. An earlier epoch, or an older answer, changes nothing.
- An answer that knows more of our current epoch than we do says that this registry is an old copy: nothing is taken in.
- An answer whose excerpts go on from one that this registry never took in (it was restored since) is taken, but not
  confirmed: the province then sends what came before once more.
- Excerpts are vouched for by the province's signature alone; they never enter our current epoch.
"""

from dataclasses import dataclass, replace

from desktop.errors import BundleError, RegistryError
from desktop.storage import change_log, exchange_log
from desktop.storage.database import Database
from desktop.sync import state
from desktop.sync.bundle import OpenedBundle
from desktop.sync.context import SyncContext
from desktop.sync.manifest import Answer, HeldHead, SeenAnswer
from desktop.sync.state import LastAnswer


class Refused(Exception):  # noqa: N818  a verdict; never leaves desktop/sync
    """The answer is refused whole with a verdict FORK; raised to undo what the transaction had begun."""

    def __init__(self, code: str, **context: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.context = context


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAnswer:
    """What an answer brought: records with new operations, and codes of what the officer must see."""

    is_old: bool
    records: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def take_answer(here: SyncContext, opened: OpenedBundle, answer: Answer) -> TakenAnswer:
    """Take in an answer inside the caller's transaction.

    Raises:
        Refused: bundle_registry_rolled_back, bundle_excerpt_differs.
        BundleError: bundle_epoch_taken.
    """
    db, province = here.database, opened.header.sender
    found = LastAnswer(
        generation=answer.generation,
        epoch_start=answer.epoch_start,
        epoch=opened.header.epoch,
        sequence=opened.header.sequence,
        received_at=here.wall,
    )
    before = state.answer_from(db, province)
    if before is not None and _is_older(found, before):
        return TakenAnswer(is_old=True)
    for held in answer.heads:
        _refuse_rolled_back(here, held)
    records = _take_excerpts(here, opened)
    state.note_digests(db, "wanted", province, opened.manifest.missing)
    is_same_epoch = before is not None and before.epoch_key == found.epoch_key
    warnings = _acknowledge(db, province, answer, is_same_epoch=is_same_epoch)
    if any(held.is_frozen and held.epoch == here.epoch for held in answer.heads):
        warnings.append("answer_frozen")
    confirmed = before.confirmed if before else ()
    if answer.base is None or answer.base in confirmed:
        confirmed = (*confirmed, SeenAnswer(epoch=found.epoch, sequence=found.sequence))
    state.note_answer(db, province, replace(found, confirmed=confirmed))
    return TakenAnswer(is_old=False, records=records, warnings=tuple(warnings))


def _is_older(found: LastAnswer, before: LastAnswer) -> bool:
    """Return whether an answer was written before another; an epoch is later when either of its two marks is.

    A province that restored an old copy after a new one has lived fewer epochs, but began the last of them later; one
    whose clock was set back began earlier, but has lived more.
    """
    if found.epoch_key == before.epoch_key:
        return found.sequence <= before.sequence
    if (found.generation, found.epoch_start) == (before.generation, before.epoch_start):
        return found.epoch < before.epoch
    return found.generation <= before.generation and found.epoch_start <= before.epoch_start


def last_answer(db: Database, province: str) -> LastAnswer | None:
    """Return the newest answer of a province; its age is what a station watches (R12)."""
    return state.answer_from(db, province)


def is_confirmed(db: Database, station: str) -> bool:
    """Whether a station has said that it saw the last answer written for it (R14)."""
    answers = (sent for sent in exchange_log.sent_bundles(db, station) if sent.kind == "ack")
    newest = next(answers, None)
    stated = state.peer(db, station)
    if newest is None:
        return True
    seen = stated.seen if stated else None
    return seen is not None and (seen.epoch, seen.sequence) == (_epoch_of(newest), newest.sequence)


def _epoch_of(sent: exchange_log.SentBundle) -> object:
    return sent.ranges[0].get("epoch") if sent.ranges else None


def _refuse_rolled_back(here: SyncContext, held: HeldHead) -> None:
    if held.epoch == here.epoch and change_log.head_at(here.database, held.epoch, held.counter) != held.head:
        raise Refused("bundle_registry_rolled_back", epoch=held.epoch, counter=held.counter)


def _take_excerpts(here: SyncContext, opened: OpenedBundle) -> tuple[str, ...]:
    db = here.database
    records: dict[str, None] = {}
    for group, lines in opened.excerpts:
        last_own = change_log.last(db, here.epoch)[0] if group.epoch == here.epoch else None
        if last_own is not None and lines and lines[-1].id.counter > last_own:
            raise Refused("bundle_registry_rolled_back", epoch=group.epoch, counter=lines[-1].id.counter)
        try:
            received = change_log.append_excerpts(db, group.epoch, group.station, [line.line for line in lines])
        except RegistryError as error:
            if error.code != "epoch_differs":
                raise
            raise BundleError("bundle_epoch_taken", station=group.station, epoch=group.epoch) from error
        if received.fork is not None:
            raise Refused("bundle_excerpt_differs", epoch=group.epoch, counter=received.fork.counter)
        records |= dict.fromkeys(received.records)
    return tuple(records)


def _acknowledge(db: Database, province: str, answer: Answer, *, is_same_epoch: bool) -> list[str]:
    """Move the marks; return `answer_lowered` when the same epoch states less than before."""
    before = {found.epoch: found.counter for found in exchange_log.acknowledged(db, province)} if is_same_epoch else {}
    if not is_same_epoch:
        exchange_log.forget_acknowledged(db, province)
    stated = {held.epoch: held for held in answer.heads}
    for epoch, held in stated.items():
        if held.counter >= before.get(epoch, 0):
            exchange_log.acknowledge(
                db,
                exchange_log.Acknowledged(station=province, epoch=epoch, counter=held.counter, head=held.head),
            )
    is_lowered = any(epoch not in stated or stated[epoch].counter < counter for epoch, counter in before.items())
    return ["answer_lowered"] if is_lowered else []
