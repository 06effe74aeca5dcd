"""What the import page asks of the workspace: choices, previews, past imports. All of it runs on the worker thread."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from desktop.domain.log.operation import Json
from desktop.intake import workbooks
from desktop.sentences import Language, sentence
from desktop.workspace.base.definitions import own_forms
from desktop.workspace.base.session import Session
from desktop.workspace.imports import (
    guest_imports,
    import_log,
    imports,
    table_columns,
    table_imports,
)
from desktop.workspace.imports.import_log import PastImport
from desktop.workspace.imports.imports import (
    Cancels,
    ImportNote,
    ImportOutcome,
    ImportSource,
    Progress,
)
from desktop.workspace.imports.table_columns import ColumnTarget
from desktop.workspace.imports.table_imports import TableFile
from desktop.workspace.records import records, titles

GUESTS: Final = guest_imports.REGISTER
_CELLS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoices:
    """Registers that a table may go into, lodgings, and what was brought in before."""

    registers: tuple[tuple[str, str], ...]
    lodgings: tuple[tuple[str, str], ...]
    past: tuple[PastImport, ...]
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImportPlan:
    """A spreadsheet and where its columns go, as proposed or as chosen."""

    file: TableFile
    register: str
    sheet: str
    head: int
    heads: tuple[str, ...]
    samples: tuple[str, ...]
    columns: Mapping[int, str]
    targets: tuple[ColumnTarget, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNote:
    """One thing of a form that is carried otherwise or not at all, and where it is."""

    sheet: str
    rows: tuple[int, ...]
    column: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPreview:
    """The register that a form makes; not `is_changed` when it is here already, unchanged."""

    register: str
    fields: int
    is_changed: bool
    notes: tuple[FormNote, ...]


class RowState(StrEnum):
    """What would become of a row."""

    TAKEN = "taken"
    DOUBTFUL = "doubtful"
    DRAFT = "draft"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row: what it says in few words, and what is to be said of it."""

    row: int
    state: RowState
    content: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What would be brought in, line by line."""

    source: ImportSource
    outcome: ImportOutcome
    whole_file: tuple[str, ...]
    rows: tuple[PreviewRow, ...]


def read_choices(session: Session, language: Language) -> ImportChoices:
    registers = [found for found in session.library.registers.values() if found.rail is not None]
    return ImportChoices(
        registers=tuple(
            (found.id, found.label.text(language)) for found in sorted(registers, key=lambda one: one.rail or 0)
        ),
        lodgings=guest_imports.lodgings(session),
        past=import_log.past_imports(session),
        today=session.today(),
    )


def preview_guests(
    session: Session,
    path: Path,
    lodging: str,
    declared_at: dt.datetime | None,
    language: Language,
    *,
    progress: Progress,
    cancelled: Cancels,
) -> ImportPreview:
    source = guest_imports.read_file(session, path, lodging=lodging, declared_at=declared_at)
    return _previewed(session, source, language, progress, cancelled)


def plan_table(session: Session, path: Path, register: str, language: Language) -> TableImportPlan:
    """Read a spreadsheet and propose where its columns go."""
    return replan(session, table_imports.read_file(path), register, "", None, language)


def replan(
    session: Session, file: TableFile, register: str, sheet: str, head: int | None, language: Language
) -> TableImportPlan:
    known = table_columns.targets(session, register, language)
    chosen = file.sheet(sheet)
    row = table_columns.head_row(chosen, known) if head is None else head
    cells = chosen.rows[row - 1] if 0 < row <= len(chosen.rows) else ()
    below = next((found for number, found in chosen.numbered() if number > row), ())
    width = max(len(cells), len(below))
    return TableImportPlan(
        file=file,
        register=register,
        sheet=chosen.name,
        head=row,
        heads=tuple(_word(cells, place) for place in range(width)),
        samples=tuple(_word(below, place) for place in range(width)),
        columns=table_columns.suggest(cells, known),
        targets=known,
    )


def preview_table(
    session: Session,
    plan: TableImportPlan,
    columns: Mapping[int, str],
    common: Mapping[str, Json],
    allows_drafts: bool,  # noqa: FBT001  passed on by position through the worker
    language: Language,
    *,
    progress: Progress,
    cancelled: Cancels,
) -> ImportPreview:
    source = table_imports.source(
        session,
        plan.file,
        plan.register,
        columns,
        sheet=plan.sheet,
        head=plan.head,
        common=common,
        allows_drafts=allows_drafts,
    )
    return _previewed(session, source, language, progress, cancelled)


def preview_form(session: Session, path: Path, language: Language) -> FormPreview:
    """Read a form for KoboToolbox or ODK and say what of it becomes a register, and what does not."""
    return _form(session, path, language, is_trial=True)


def make_register(session: Session, path: Path, language: Language) -> FormPreview:
    """Write the register of a form into the registry's own forms."""
    return _form(session, path, language, is_trial=False)


def perform(
    session: Session, source: ImportSource, rows: frozenset[int], *, progress: Progress, cancelled: Cancels
) -> ImportOutcome:
    return imports.perform(session, source, rows, progress=progress, cancelled=cancelled)


def message(session: Session, register: str, note: ImportNote, language: Language) -> str:
    """Return what is said of a row, after the field that it is about."""
    problem = note.problem
    words = problem.message.text(language) if problem.message else sentence(problem.code, problem.context, language)
    if problem.field is None:
        return words
    outer, _, inner = problem.field.partition(".")
    labels = [titles.field_label(records.definition_of(session, register), outer, language)]
    if inner:
        labels.append(titles.field_label(records.definition_of(session, "person"), inner, language))
    return f"{': '.join(labels)}: {words}"


def _form(session: Session, path: Path, language: Language, *, is_trial: bool) -> FormPreview:
    from desktop.workspace.imports.form_import import (  # pyxform takes a third of a second to load
        FormImportRequest,
        import_form,
    )

    content = workbooks.read_file(path)
    folder = own_forms(session.folder)
    made = import_form(content, path.stem, folder, FormImportRequest(dry_run=is_trial), session.today())
    rows: dict[tuple[str, str, str], list[int]] = {}
    for note in made.notes:
        reason = sentence(note.why, note.why_context, language) if note.why else ""
        words = sentence(note.code, {**note.context, "reason": reason}, language)
        rows.setdefault((note.sheet, note.column, words), []).append(note.row)
    return FormPreview(
        register=made.register,
        fields=len(made.carried),
        is_changed=made.is_changed,
        notes=tuple(
            FormNote(sheet=sheet, rows=tuple(row for row in found if row), column=column, words=words)
            for (sheet, column, words), found in rows.items()
        ),
    )


def _previewed(
    session: Session, source: ImportSource, language: Language, progress: Progress, cancelled: Cancels
) -> ImportPreview:
    outcome = imports.preview(session, source, progress=progress, cancelled=cancelled)
    said: dict[int, list[str]] = {}
    for note in (*outcome.refused, *outcome.skipped, *outcome.warnings):
        words = message(session, source.register, note, language)
        if words not in said.setdefault(note.row, []):
            said[note.row].append(words)
    whole = said.pop(0, [])
    return ImportPreview(
        source=source,
        outcome=outcome,
        whole_file=tuple(whole),
        rows=tuple(_rows(session, source, outcome, {row: " ".join(words) for row, words in said.items()}, language)),
    )


def _rows(
    session: Session, source: ImportSource, outcome: ImportOutcome, said: Mapping[int, str], language: Language
) -> Iterable[PreviewRow]:
    """Yield what needs a look first: refused, doubtful, then the rest."""
    own = {
        one.row: {name: one.values[name] for name in one.values if name not in source.common} for one in outcome.taken
    }
    warned = {note.row for note in outcome.warnings}
    for row in sorted({note.row for note in outcome.refused}):
        yield PreviewRow(row=row, state=RowState.REFUSED, content="", notes=said[row])
    for taken in sorted(outcome.taken, key=lambda one: (one.row not in warned, one.row)):
        state = RowState.DOUBTFUL if taken.row in warned else RowState.TAKEN
        yield PreviewRow(
            row=taken.row,
            state=RowState.DRAFT if taken.is_draft else state,
            content=_content(session, outcome.register, own[taken.row], language),
            notes=said.get(taken.row, ""),
        )
    for row in sorted({note.row for note in outcome.skipped}):
        yield PreviewRow(row=row, state=RowState.SKIPPED, content="", notes=said[row])


def _content(session: Session, register: str, values: Mapping[str, Json], language: Language) -> str:
    """Return the first answers of a row as a person reads them; what identifies a victim is covered."""
    context = titles.value_context(session, language)
    definition = records.definition_of(session, register)
    found: list[str] = []
    for name, value in values.items():
        field = definition.field(name)
        if isinstance(value, dict) and "full_name" in value:
            found.append(titles.MASK if titles.holds_secret(field, name) else str(value["full_name"]))
        elif field is not None:
            found.append(titles.MASK if titles.holds_secret(field, value) else titles.shown(field, value, context))
    return " · ".join(text for text in found[:_CELLS_SHOWN] if text)


def _word(cells: tuple[object, ...], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, dt.datetime):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else " ".join(str(cell).split())[:60]
