"""Bringing in a file: previewed first, one act, undone as one act.

- A preview is the import itself, rolled back: what it says is what will happen, numbers and refusals included.
- What can be taken of the chosen rows is written in one transaction, or nothing is. A file of which nothing can be
  taken is refused; a file that is here already is, too, unless it is wanted again.
- An import is remembered by the range of its operations in the log. Undoing it clears what it wrote and cancels the
  records, which then are in no list; the history stays. A record that was changed since, or that a record from
  elsewhere links to, stays as it is and is named.
- Numbers of records that were taken back are not given again.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from desktop.domain.changes import FieldChange, Json, Operation
from desktop.domain.problems import Problem, Severity
from desktop.errors import DesktopError
from desktop.intake.import_rows import WHOLE_FILE, ReadFile, RowNote
from desktop.storage import change_log, queries, settings
from desktop.workspace import records, revealing
from desktop.workspace.authoring import Draft, write
from desktop.workspace.registry import keep_numbers
from desktop.workspace.saving import Saved, save_given
from desktop.workspace.session import VIETNAM, Workspace

CANCELLED: Final = "HUY"
_PREFIX: Final = "import."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """Something about a row of the file; row 0 is the file as a whole."""

    row: int
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file that was read, and what is said of all its rows.

    `known` returns a note for values that are here already; such a row is skipped. `look` returns doubts about a row
    that is taken, such as people who may be the same. `prepare` has the last word on the values of a row.
    """

    register: str
    name: str
    digest: str
    file: ReadFile
    common: Mapping[str, Json] = field(default_factory=dict)
    reason: str = ""
    allows_drafts: bool = False
    known: Callable[[Workspace, Mapping[str, Json]], Problem | None] = lambda _workspace, _values: None
    look: Callable[[Workspace, Mapping[str, Json]], tuple[Problem, ...]] = lambda _workspace, _values: ()
    prepare: Callable[[Workspace, dict[str, Json]], dict[str, Json]] = lambda _workspace, values: values


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRow:
    """A row that became a record, or would become one."""

    row: int
    record: str
    record_no: str
    values: Mapping[str, Json]
    is_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What became of a file; `id` is empty for a preview."""

    id: str
    register: str
    kind: str
    read: int
    taken: tuple[TakenRow, ...]
    skipped: tuple[ImportNote, ...]
    refused: tuple[ImportNote, ...]
    warnings: tuple[ImportNote, ...]


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


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def preview(workspace: Workspace, source: ImportSource, rows: Collection[int] | None = None) -> ImportOutcome:
    """Return what `perform` would do; nothing is written. `rows` chooses among the rows of the file.

    Raises:
        DesktopError: register_unknown; RegistryError: disk_full, registry_busy.
    """
    time = workspace.last_time
    outcome: list[ImportOutcome] = []
    try:
        with workspace.database.atomic():
            outcome.append(_bring_in(workspace, source, rows))
            raise _RolledBack
    except _RolledBack:
        workspace.last_time = time
    return outcome[0]


def perform(
    workspace: Workspace, source: ImportSource, rows: Collection[int] | None = None, *, again: bool = False
) -> ImportOutcome:
    """Write what can be taken of the chosen rows; `again` for a file that is here already.

    Raises:
        DesktopError: import_nothing, import_file_known, register_unknown; RegistryError: disk_full, registry_busy.
    """
    earlier = None if again else known_file(workspace, source.digest)
    if earlier is not None:
        raise DesktopError("import_file_known", id=earlier.id, date=f"{earlier.at:%d/%m/%Y}")
    time = workspace.last_time
    first = change_log.last(workspace.database, workspace.epoch)[0] + 1
    try:
        with workspace.database.atomic():
            found = _bring_in(workspace, source, rows)
            if not found.taken:
                raise DesktopError("import_nothing", read=found.read, refused=len({one.row for one in found.refused}))
            last = change_log.last(workspace.database, workspace.epoch)[0]
            return _remember(workspace, source, found, first, last)
    except BaseException:
        workspace.last_time = time
        raise


def known_file(workspace: Workspace, digest: str) -> PastImport | None:
    """Return the import of the same bytes that was not undone."""
    for found, content in _ledger(workspace):
        if content["digest"] == digest and found.undone_at is None:
            return found
    return None


def past_imports(workspace: Workspace) -> tuple[PastImport, ...]:
    """Return every import, the newest first."""
    return tuple(sorted((found for found, _ in _ledger(workspace)), key=lambda one: one.id, reverse=True))


def undo(workspace: Workspace, import_id: str) -> Undone:
    """Take an import back, as far as nothing else stands on it.

    Raises:
        DesktopError: import_unknown, import_undone.
    """
    content: Any = settings.get(workspace.database, _PREFIX + import_id.strip().upper())
    if content is None:
        raise DesktopError("import_unknown", id=import_id.strip().upper())
    if content["undone_at"] is not None:
        raise DesktopError("import_undone", id=import_id.strip().upper())
    epoch, first, last = content["operations"]
    lines = change_log.lines_between(workspace.database, epoch, first, last)
    made = dict.fromkeys(change_log.stored_operation(line).record for line in lines)
    kept = _standing(workspace, made, epoch, range(first, last + 1))
    withdrawn = [record for record in made if record not in kept]
    with workspace.database.atomic():
        keep_numbers(workspace, sorted({content["register"], "person"}))
        if withdrawn:
            write(workspace, [_withdrawal(workspace, record, import_id) for record in withdrawn])
        content["undone_at"] = workspace.now().isoformat(timespec="seconds")
        settings.put(workspace.database, _PREFIX + import_id.strip().upper(), content)
        revealing.log(workspace, "import_undone", content["register"], subject=import_id.strip().upper())
    return Undone(withdrawn=tuple(withdrawn), kept=kept)


class _RolledBack(Exception):  # noqa: N818  ends a preview
    """Raised to leave nothing of a preview behind."""


def _bring_in(workspace: Workspace, source: ImportSource, rows: Collection[int] | None) -> ImportOutcome:
    taken: list[TakenRow] = []
    skipped = [_note(note, Severity.WARNING) for note in source.file.skipped]
    refused = [_note(note, Severity.ERROR) for note in source.file.refused]
    warnings = [_note(note, Severity.WARNING) for note in source.file.warnings]
    for row in source.file.rows:
        if rows is not None and row.row not in rows:
            skipped.append(
                ImportNote(row=row.row, problem=Problem(code="import_not_chosen", severity=Severity.WARNING))
            )
            continue
        values = source.prepare(workspace, {**source.common, **row.values})
        known = source.known(workspace, values)
        if known is not None:
            skipped.append(ImportNote(row=row.row, problem=known))
            continue
        doubts = source.look(workspace, values)
        saved, is_draft = _save(workspace, source, values)
        if saved.record is None:
            refused += [ImportNote(row=row.row, problem=problem) for problem in saved.problems]
            continue
        warnings += [ImportNote(row=row.row, problem=problem) for problem in (*doubts, *saved.problems)]
        taken.append(
            TakenRow(row=row.row, record=saved.record, record_no=saved.record_no, values=values, is_draft=is_draft)
        )
    gone = {note.row for note in (*skipped, *refused)}
    return ImportOutcome(
        id="",
        register=source.register,
        kind=source.file.kind,
        read=source.file.read,
        taken=tuple(taken),
        skipped=tuple(sorted(skipped, key=lambda note: note.row)),
        refused=tuple(sorted(refused, key=lambda note: note.row)),
        warnings=tuple(
            sorted(
                (note for note in warnings if note.row not in gone), key=lambda note: (note.row != WHOLE_FILE, note.row)
            )
        ),
    )


def _save(workspace: Workspace, source: ImportSource, values: Mapping[str, Json]) -> tuple[Saved, bool]:
    saved = save_given(workspace, source.register, values, reason_for_all=source.reason)
    missing = {problem.code for problem in saved.problems if problem.severity is Severity.ERROR} == {"value_missing"}
    if saved.record is None and source.allows_drafts and missing:
        return save_given(workspace, source.register, values, reason_for_all=source.reason, is_draft=True), True
    return saved, False


def _note(note: RowNote, severity: Severity) -> ImportNote:
    return ImportNote(row=note.row, problem=Problem(code=note.code, severity=severity, context=note.context))


def _remember(workspace: Workspace, source: ImportSource, found: ImportOutcome, first: int, last: int) -> ImportOutcome:
    import_id = f"NT-{workspace.today().year}-{len(past_imports(workspace)) + 1:04}"
    operations: list[Json] = [workspace.epoch, first, last]
    content: Json = {
        "at": workspace.now().isoformat(timespec="seconds"),
        "officer": workspace.officer.id,
        "register": source.register,
        "kind": found.kind,
        "name": source.name[:200],
        "digest": source.digest,
        "operations": operations,
        "undone_at": None,
    }
    settings.put(workspace.database, _PREFIX + import_id, content)
    revealing.log(workspace, "import", source.register, subject=import_id)
    return ImportOutcome(
        id=import_id,
        register=found.register,
        kind=found.kind,
        read=found.read,
        taken=found.taken,
        skipped=found.skipped,
        refused=found.refused,
        warnings=found.warnings,
    )


def _ledger(workspace: Workspace) -> Iterable[tuple[PastImport, Any]]:
    for name, stored in settings.all_settings(workspace.database).items():
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


def _standing(workspace: Workspace, made: Collection[str], epoch: str, counters: range) -> dict[str, str]:
    """Return the records that stay, and why: changed since, or needed by a record that is not taken back."""
    kept: dict[str, str] = {}
    for record in made:
        if any(
            not _is_of(operation, epoch, counters) for operation in change_log.operations_of(workspace.database, record)
        ):
            kept[record] = "import_changed_since"
    is_growing = True
    while is_growing:
        needed = [
            record
            for record in made
            if record not in kept
            and any(
                link.record not in made or link.record in kept for link in queries.links_to(workspace.database, record)
            )
        ]
        kept |= dict.fromkeys(needed, "import_linked_since")
        is_growing = bool(needed)
    return kept


def _is_of(operation: Operation, epoch: str, counters: range) -> bool:
    return operation.id.epoch == epoch and operation.id.counter in counters


def _withdrawal(workspace: Workspace, record: str, import_id: str) -> Draft:
    view = records.read(workspace, record)
    wanted: dict[str, Json] = {name: None for name, state in view.fields.items() if state.value is not None}
    wanted |= {"status": CANCELLED, "delete_reason": f"Hoàn tác lần nhập {import_id.strip().upper()}"}
    wanted.pop("record_no", None)
    return Draft(
        record=record,
        register=view.register,
        version=view.version,
        fields={name: FieldChange(value, view.heads.get(name, ())) for name, value in wanted.items()},
    )
