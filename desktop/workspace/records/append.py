"""Writing operations: the one way in which anything said here enters the change log.

- An operation's parents are what its author saw of each field, so that whatever came meanwhile stays beside it.
- The log and the projections change in one transaction, or not at all.
- What belongs together is one act: all of it is written, or nothing is and the clock of the log is where it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from desktop.domain.log import hybrid_clock
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    Operation,
    OperationId,
)
from desktop.storage import change_log, projection, settings
from desktop.workspace.base.session import Session

CLOCK_SEEN: Final = "clock_seen"
"""The setting that holds the last moment this station's own clock was believed (session_clock.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDraft:
    """What shall be written, before it has a number, a time and an author."""

    record: str
    register: str
    version: int
    fields: Mapping[str, FieldChange]
    kind: ChangeKind = ChangeKind.PUT


@contextmanager
def one_act(session: Session) -> Iterator[None]:
    """Make everything written inside happen or not happen. Raises RegistryError (disk_full, registry_busy, ...)."""
    time = session.last_time
    try:
        with session.database.atomic():
            yield
    except BaseException:
        session.last_time = time
        raise


def write(session: Session, drafts: Sequence[OperationDraft]) -> tuple[Operation, ...]:
    """Append and apply. Raises RegistryError (disk_full, registry_busy, ...); then nothing was written."""
    wall = session.environment.wall_milliseconds()
    counter, _ = change_log.last(session.database, session.epoch)
    time = session.last_time
    operations = []
    for number, draft in enumerate(drafts, start=counter + 1):
        advanced = hybrid_clock.advance(time, wall, hub=session.hub_time)
        time = advanced.time
        operations.append(
            Operation(
                id=OperationId(session.epoch, number),
                kind=draft.kind,
                record=draft.record,
                register=draft.register,
                definition_version=draft.version,
                officer=session.officer.id,
                time=time,
                wall=wall,
                fields=draft.fields,
                suspect=advanced.is_behind or session.clock.doubt is not None,
            )
        )
    with session.database.atomic():
        change_log.append(session.database, operations)
        projection.apply(session.database, session.library, {draft.record for draft in drafts})
        if session.clock.doubt is None or session.clock.given is not None:
            settings.put(session.database, CLOCK_SEEN, wall)
    session.last_time = time
    return tuple(operations)
