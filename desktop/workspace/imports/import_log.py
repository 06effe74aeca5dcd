"""What was brought in: a log of imports, and taking one back.

- An import is remembered by the range of its operations in the log.
- Undoing it clears what it wrote and cancels the records, which then are in no list; the history stays. A record that
  was changed since, or that a record from elsewhere links to, stays as it is and is named.
- Numbers of records that were taken back are not given again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from desktop.domain.log.operation import FieldChange, Json, Operation
from desktop.errors import DesktopError
from desktop.storage import change_log, queries, settings
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.records import records, revealing
from desktop.workspace.records.append import OperationDraft, one_act, write
from desktop.workspace.records.record_numbers import keep_numbers

CANCELLED: Final = "HUY"
_PREFIX: Final = "import."


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import of this registry. `records` counts those it made; people entered with them count, too."""

    id: str
    at: datetime
    officer: str
    register: str
    kind: str
    name: str
    records: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing did: ids of the records taken back, and of those that stay with the reason, a code."""

    withdrawn: tuple[str, ...]
    kept: Mapping[str, str]


def remember(session: Session, *, register: str, kind: str, name: str, digest: str, operations: range) -> str:
    """Enter an import, in the transaction that made it, and return its id; `operations` are counters of this epoch."""
    import_id = f"NT-{session.today().year}-{len(past_imports(session)) + 1:04}"
    content: Json = {
        "at": session.now().isoformat(timespec="seconds"),
        "officer": session.officer.id,
        "register": register,
        "kind": kind,
        "name": name[:200],
        "digest": digest,
        "operations": [session.epoch, operations.start, operations.stop - 1],
        "undone_at": None,
    }
    settings.put(session.database, _PREFIX + import_id, content)
    revealing.log(session, "import", register, subject=import_id)
    return import_id


def known_file(session: Session, digest: str) -> PastImport | None:
    """Return the import of the same bytes that was not undone."""
    for found, content in _ledger(session):
        if content["digest"] == digest and found.undone_at is None:
            return found
    return None


def past_imports(session: Session) -> tuple[PastImport, ...]:
    """Return every import, the newest first."""
    return tuple(sorted((found for found, _ in _ledger(session)), key=lambda one: one.id, reverse=True))


def undo(session: Session, import_id: str) -> Undone:
    """Take an import back, as far as nothing else depends on it.

    Raises:
        DesktopError: import_unknown, import_undone.
    """
    content: Any = settings.get(session.database, _PREFIX + import_id.strip().upper())
    if content is None:
        raise DesktopError("import_unknown", id=import_id.strip().upper())
    if content["undone_at"] is not None:
        raise DesktopError("import_undone", id=import_id.strip().upper())
    epoch, first, last = content["operations"]
    lines = change_log.lines_between(session.database, epoch, first, last)
    made = dict.fromkeys(change_log.stored_operation(line).record for line in lines)
    kept = _standing(session, made, epoch, range(first, last + 1))
    withdrawn = [record for record in made if record not in kept]
    with one_act(session):
        keep_numbers(session, sorted({content["register"], "person"}))
        if withdrawn:
            write(session, [_withdrawal(session, record, import_id) for record in withdrawn])
        content["undone_at"] = session.now().isoformat(timespec="seconds")
        settings.put(session.database, _PREFIX + import_id.strip().upper(), content)
        revealing.log(session, "import_undone", content["register"], subject=import_id.strip().upper())
    return Undone(withdrawn=tuple(withdrawn), kept=kept)


def _ledger(session: Session) -> Iterable[tuple[PastImport, Any]]:
    for name, stored in settings.all_settings(session.database).items():
        content: Any = stored
        if name.startswith(_PREFIX):
            yield _past(name.removeprefix(_PREFIX), content), content


def _past(import_id: str, content: Any) -> PastImport:  # noqa: ANN401  what this module wrote
    undone = content["undone_at"]
    return PastImport(
        id=import_id,
        at=datetime.fromisoformat(content["at"]).astimezone(VIETNAM),
        officer=content["officer"],
        register=content["register"],
        kind=content["kind"],
        name=content["name"],
        records=content["operations"][2] - content["operations"][1] + 1,
        undone_at=None if undone is None else datetime.fromisoformat(undone).astimezone(VIETNAM),
    )


def _standing(session: Session, made: Collection[str], epoch: str, counters: range) -> dict[str, str]:
    """Return the records that stay, and why: changed since, or needed by a record that is not taken back."""
    kept: dict[str, str] = {}
    for record in made:
        if any(
            not _is_of(operation, epoch, counters) for operation in change_log.operations_of(session.database, record)
        ):
            kept[record] = "import_changed_since"
    is_growing = True
    while is_growing:
        needed = [
            record
            for record in made
            if record not in kept
            and any(
                link.record not in made or link.record in kept for link in queries.links_to(session.database, record)
            )
        ]
        kept |= dict.fromkeys(needed, "import_linked_since")
        is_growing = bool(needed)
    return kept


def _is_of(operation: Operation, epoch: str, counters: range) -> bool:
    return operation.id.epoch == epoch and operation.id.counter in counters


def _withdrawal(session: Session, record: str, import_id: str) -> OperationDraft:
    view = records.read(session, record)
    wanted: dict[str, Json] = {name: None for name, state in view.fields.items() if state.value is not None}
    wanted |= {"status": CANCELLED, "delete_reason": f"Hoàn tác lần nhập {import_id.strip().upper()}"}
    wanted.pop("record_no", None)
    return OperationDraft(
        record=record,
        register=view.register,
        version=view.version,
        fields={name: FieldChange(value, view.heads.get(name, ())) for name, value in wanted.items()},
    )
