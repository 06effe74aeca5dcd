"""Bringing in a file: previewed first, one act, undone as one act.

- A preview is the import itself, rolled back: what it says is what will happen, numbers and refusals included.
- What can be taken of the chosen rows is written in one transaction, or nothing is. A file of which nothing can be
  taken is refused; a file that is here already is, too, unless it is wanted again.
- What was brought in is in a log, by which it is taken back: import_log.py.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.log.operation import Json
from desktop.errors import Cancelled, DesktopError
from desktop.intake.import_rows import WHOLE_FILE, ReadFile, RowNote
from desktop.storage import change_log
from desktop.workspace.base.session import Session
from desktop.workspace.imports.import_log import known_file, remember
from desktop.workspace.records.append import one_act
from desktop.workspace.records.saving import Saved, save_given

Progress: TypeAlias = Callable[[str, int, int], None]
Cancels: TypeAlias = Callable[[], bool]
_AT_ONCE: Final = 20


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
    known: Callable[[Session, Mapping[str, Json]], Problem | None] = lambda _session, _values: None
    look: Callable[[Session, Mapping[str, Json]], tuple[Problem, ...]] = lambda _session, _values: ()
    prepare: Callable[[Session, dict[str, Json]], dict[str, Json]] = lambda _session, values: values


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


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def preview(
    session: Session,
    source: ImportSource,
    rows: Collection[int] | None = None,
    *,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancels = lambda: False,
) -> ImportOutcome:
    """Return what `perform` would do; nothing is written. `rows` chooses among the rows of the file.

    Raises:
        DesktopError: register_unknown; RegistryError: disk_full, registry_busy; Cancelled.
    """
    outcome: list[ImportOutcome] = []
    try:
        with one_act(session):
            outcome.append(_bring_in(session, source, rows, progress, cancelled))
            raise _RolledBack
    except _RolledBack:
        return outcome[0]


def perform(
    session: Session,
    source: ImportSource,
    rows: Collection[int] | None = None,
    *,
    again: bool = False,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancels = lambda: False,
) -> ImportOutcome:
    """Write what can be taken of the chosen rows; `again` for a file that is here already.

    Raises:
        DesktopError: import_nothing, import_file_known, register_unknown; RegistryError: disk_full, registry_busy;
            Cancelled: nothing was written.
    """
    earlier = None if again else known_file(session, source.digest)
    if earlier is not None:
        raise DesktopError("import_file_known", id=earlier.id, date=f"{earlier.at:%d/%m/%Y}")
    first = change_log.last(session.database, session.epoch)[0] + 1
    with one_act(session):
        found = _bring_in(session, source, rows, progress, cancelled)
        refusal = nothing(found)
        if refusal is not None:
            raise refusal
        last = change_log.last(session.database, session.epoch)[0]
        import_id = remember(
            session,
            register=source.register,
            kind=found.kind,
            name=source.name,
            digest=source.digest,
            operations=range(first, last + 1),
        )
    return replace(found, id=import_id)


def nothing(outcome: ImportOutcome) -> DesktopError | None:
    """Return what is said of a file of which no row can be taken; None when one can."""
    if outcome.taken:
        return None
    return DesktopError("import_nothing", read=outcome.read, refused=len({one.row for one in outcome.refused}))


class _RolledBack(Exception):  # noqa: N818  ends a preview
    """Raised to leave nothing of a preview behind."""


def _bring_in(
    session: Session, source: ImportSource, rows: Collection[int] | None, progress: Progress, cancelled: Cancels
) -> ImportOutcome:
    taken: list[TakenRow] = []
    skipped = [_note(note, Severity.WARNING) for note in source.file.skipped]
    refused = [_note(note, Severity.ERROR) for note in source.file.refused]
    warnings = [_note(note, Severity.WARNING) for note in source.file.warnings]
    for done, row in enumerate(source.file.rows):
        if done % _AT_ONCE == 0:
            progress("import_rows", done, len(source.file.rows))
            if cancelled():
                raise Cancelled
        if rows is not None and row.row not in rows:
            skipped.append(
                ImportNote(row=row.row, problem=Problem(code="import_not_chosen", severity=Severity.WARNING))
            )
            continue
        values = source.prepare(session, {**source.common, **row.values})
        known = source.known(session, values)
        if known is not None:
            skipped.append(ImportNote(row=row.row, problem=known))
            continue
        doubts = source.look(session, values)
        saved, is_draft = _save(session, source, values)
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


def _save(session: Session, source: ImportSource, values: Mapping[str, Json]) -> tuple[Saved, bool]:
    saved = save_given(session, source.register, values, reason_for_all=source.reason)
    missing = {problem.code for problem in saved.problems if problem.severity is Severity.ERROR} == {"value_missing"}
    if saved.record is None and source.allows_drafts and missing:
        return save_given(session, source.register, values, reason_for_all=source.reason, is_draft=True), True
    return saved, False


def _note(note: RowNote, severity: Severity) -> ImportNote:
    return ImportNote(row=note.row, problem=Problem(code=note.code, severity=severity, context=note.context))
