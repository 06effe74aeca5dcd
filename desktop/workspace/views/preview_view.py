"""What the preview of a record shows, gathered on the worker thread.

- A value that identifies a victim is left out unless it was revealed; only that something is there comes along.
"""

from dataclasses import dataclass, replace

from desktop.domain.definitions.companion_fields import note_name
from desktop.domain.definitions.model import FieldDefinition, Privacy
from desktop.domain.records import validation
from desktop.domain.values.field_types import is_empty
from desktop.sentences import Language
from desktop.workspace.base.session import Session
from desktop.workspace.deadlines import deadlines
from desktop.workspace.deadlines.deadlines import RunningDeadline
from desktop.workspace.exchange import stations
from desktop.workspace.records import (
    history,
    links,
    records,
    titles,
)
from desktop.workspace.records.history import HistoryEntry
from desktop.workspace.records.links import LinkedRecord
from desktop.workspace.views.record_files import PreviewFile, read_files


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """One question that was answered or has a note on it."""

    label: str
    text: str
    is_secret: bool
    has_conflict: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSection:
    """A section with at least one answer."""

    label: str
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFacts:
    """A record as it is read, not written."""

    record: str
    register: str
    title: str
    record_no: str
    status: str
    updated: str
    sections: tuple[PreviewSection, ...]
    links: tuple[LinkedRecord, ...]
    deadlines: tuple[RunningDeadline, ...]
    files: tuple[PreviewFile, ...]
    conflicts: int
    is_printable: bool

    @property
    def has_secrets(self) -> bool:
        return any(line.is_secret for section in self.sections for line in section.lines)


def read_preview(session: Session, record: str, language: Language, *, reveals: bool = False) -> PreviewFacts:
    """Raises DesktopError record_unknown, register_unknown."""
    view = records.read(session, record)
    definition = records.definition_of(session, view.register)
    context = titles.value_context(session, language)
    computed = records.computed(session, view)
    values = {**view.values, **computed}
    visible = validation.visible_fields(
        view.values,
        definition,
        today=session.today(),
        now=session.now(),
        follow=records.follower(session),
    )

    def has_note(field: FieldDefinition) -> bool:
        return bool(view.notes.get(note_name(field.id)))

    def is_p4(field: FieldDefinition) -> bool:
        return field.privacy is Privacy.P4

    sections = []
    for section in definition.sections:
        lines = tuple(
            PreviewLine(
                label=field.label.text(language),
                text=titles.shown(field, values.get(field.id), context, reveals=reveals)
                if reveals or not is_p4(field)
                else "",
                is_secret=titles.holds_secret(field, values.get(field.id)) or (is_p4(field) and has_note(field)),
                has_conflict=field.id in view.conflicts,
                note=view.notes.get(note_name(field.id), "") if reveals or not is_p4(field) else "",
            )
            for field in section.fields
            if field.id in visible and (has_note(field) or not is_empty(values.get(field.id)))
        )
        if lines:
            sections.append(PreviewSection(label=section.label.text(language), lines=lines))
    status = definition.field("status")
    return PreviewFacts(
        record=record,
        register=view.register,
        title=titles.record_title(session, record, context.titles),
        record_no=view.record_no,
        status=titles.shown(status, view.values.get("status"), context),
        updated=f"{view.updated_at:%d/%m/%Y}",
        sections=tuple(sections),
        links=links.links_of(session, record, language=language, reveals=reveals),
        deadlines=deadlines.deadlines_of(session, record, language=language),
        files=read_files(session, definition, view.values, visible, language, reveals=reveals),
        conflicts=len(view.conflicts),
        is_printable=bool(definition.documents),
    )


def read_history(session: Session, record: str, language: Language) -> tuple[HistoryEntry, ...]:
    """Return the history with the stations called by their letter-heads; runs on the worker thread."""
    names: dict[str, str] = {}

    def named(entry: HistoryEntry) -> HistoryEntry:
        if entry.station not in names:
            names[entry.station] = stations.station_name(session, entry.station)
        return replace(entry, station=names[entry.station])

    return tuple(named(entry) for entry in history.history(session, record, language=language))
