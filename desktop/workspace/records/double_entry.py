"""Keying again: a second officer types chosen fields without seeing them; what differs is settled against the paper.

- Which fields, the form says (`rekey = true`). Who wrote a value does not key it again.
- What agrees is marked in the record, by whom and when as every change; the mark holds for that value alone.
- What differs is shown beside what was stored. The choice needs a reason, which is kept in the mark; it is an ordinary
  change of the record.
- A name is the same wherever its tone is written: hoà and hòa.
- Only records of the last weeks wait, and only where a second officer may unlock the registry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from desktop.crypto.key_slots import KeySlots
from desktop.domain.base.problems import Label, Problem
from desktop.domain.definitions.companion_fields import mark_name, mark_of
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import FieldChange, Json
from desktop.domain.names.names import normalise_tone_placement
from desktop.domain.records.merging import parents_of
from desktop.domain.values.field_types import is_empty
from desktop.errors import DesktopError
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, saving, titles
from desktop.workspace.records.append import OperationDraft, write
from desktop.workspace.records.records import RecordView

DAYS: Final = 30
SHORTEST_REASON: Final = 3
_CANCELLED: Final = "HUY"
_TWO: Final = 2
_MOST_LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleEntryField:
    """A field to key again: whether somebody did already, and whether this officer wrote what is in it."""

    field: str
    is_agreed: bool
    is_own: bool
    has_conflict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleEntryView:
    """What is needed to key a record again; no value is among it."""

    record: str
    register: str
    record_no: str
    fields: tuple[DoubleEntryField, ...]
    papers: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that this officer may key again."""
        return tuple(one.field for one in self.fields if not (one.is_own or one.is_agreed or one.has_conflict))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that two officers keyed differently."""

    field: str
    stored: Json
    stored_text: str
    stored_by: str
    typed: Json
    typed_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of keying again: the fields that agree, and those that do not."""

    agreed: tuple[str, ...]
    differing: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRecord:
    """A record of the last weeks, written by somebody else, that nobody has keyed again."""

    register: str
    record: str
    record_no: str
    title: str
    labels: tuple[Label, ...]


def is_agreed(record: str, field: FieldDefinition, values: Mapping[str, Json]) -> bool:
    """Return whether the value of a field was keyed twice; `values` are all that the record holds, marks included."""
    mark = values.get(mark_name(field.id))
    return isinstance(mark, str) and mark.split(" ", 1)[0] == mark_of(record, field.id, values.get(field.id))


def facts(session: Session, record: str) -> DoubleEntryView:
    """Return which fields of a record are to be keyed again. Raises DesktopError record_unknown, register_unknown."""
    view = records.read(session, record)
    definition = records.definition_of(session, view.register)
    held = {**view.values, **view.marks}
    return DoubleEntryView(
        record=record,
        register=view.register,
        record_no=view.record_no,
        fields=tuple(
            DoubleEntryField(
                field=field.id,
                is_agreed=is_agreed(record, field, held),
                is_own=_is_own(session, view, definition, field.id),
                has_conflict=field.id in view.conflicts,
            )
            for field in definition.double_entry_fields
        ),
        papers=tuple(_papers(definition, view.values)),
    )


def compare(session: Session, record: str, typed: Mapping[str, Json], language: str = "vi") -> Compared:
    """Compare what was keyed blind with what is stored, and mark what agrees.

    Raises:
        DesktopError: record_unknown, register_unknown, rekey_field_unknown; rekey_second_officer when this officer
            wrote one of the values.
    """
    view = records.read(session, record)
    definition = records.definition_of(session, view.register)
    fields = [_rekeyed(definition, name) for name in typed]
    if any(_is_own(session, view, definition, name) for name in typed):
        raise DesktopError("rekey_second_officer")
    differing = [field for field in fields if not _is_same(typed[field.id], view.values.get(field.id), field)]
    agreed = [field for field in fields if field not in differing]
    _write_marks(session, view, {field.id: "" for field in agreed})
    context = titles.value_context(session, language)
    return Compared(
        agreed=tuple(field.id for field in agreed),
        differing=tuple(
            Difference(
                field=field.id,
                stored=view.values.get(field.id),
                stored_text=titles.shown(field, view.values.get(field.id), context),
                stored_by=_author(session, view, field.id),
                typed=typed[field.id],
                typed_text=titles.shown(field, typed[field.id], context),
            )
            for field in differing
        ),
    )


def settle(session: Session, record: str, field: str, value: Json, reason: str) -> tuple[Problem, ...]:
    """Write the value that the paper says, with its mark; what keeps it from being saved is returned, and nothing done.

    Raises:
        DesktopError: record_unknown, register_unknown, rekey_field_unknown, rekey_reason_missing.
    """
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise DesktopError("rekey_reason_missing")
    view = records.read(session, record)
    found = _rekeyed(records.definition_of(session, view.register), field)
    if _is_same(value, view.values.get(field), found):
        _write_marks(session, view, {field: words})
        return ()
    saved = saving.save(
        session,
        view.register,
        {**view.values, field: value, mark_name(field): _marked(record, field, value, words)},
        record=record,
        base=view.heads,
        reason_for_all=words,
    )
    return saved.problems if saved.record is None else ()


def waiting(session: Session) -> tuple[WaitingRecord, ...]:
    """Return the records of the last weeks that this officer may key again, the newest first."""
    officers = {slot.officer for slot in KeySlots.read(session.folder).slots if slot.officer}
    if len(officers) < _TWO:
        return ()
    return tuple(
        one
        for definition in session.library.registers.values()
        if definition.double_entry_fields
        for one in _waiting_of(session, definition)
    )


def _waiting_of(session: Session, definition: FormDefinition) -> Iterator[WaitingRecord]:
    known: dict[str, str] = {}
    since = (session.now() - timedelta(days=DAYS)).timestamp() * 1000
    rows = queries.list_records(
        session.database, definition, order_by="created", descending=True, limit=_MOST_LOOKED_AT
    )
    for row in rows:
        if row.created_ms < since:
            return
        fields = [
            field
            for field in definition.double_entry_fields
            if not is_empty(row.values.get(field.id)) and not is_agreed(row.record, field, row.values)
        ]
        if not fields or row.has_conflict or row.status == _CANCELLED:
            continue
        view = records.read(session, row.record)
        labels = [field.label for field in fields if not _is_own(session, view, definition, field.id)]
        if labels:
            yield WaitingRecord(
                register=definition.id,
                record=row.record,
                record_no=row.record_no,
                title=titles.record_title(session, row.record, known),
                labels=tuple(labels),
            )


def _rekeyed(definition: FormDefinition, name: str) -> FieldDefinition:
    field = definition.field(name)
    if field is None or not field.rekey:
        raise DesktopError("rekey_field_unknown", field=name if field is not None else "?")
    return field


def _is_own(session: Session, view: RecordView, definition: FormDefinition, name: str) -> bool:
    """Return whether this officer wrote a value; an empty one is his who wrote any of the other fields."""
    names = (
        [name]
        if name in view.fields
        else [field.id for field in definition.double_entry_fields if field.id in view.fields]
    )
    return any(head.officer == session.officer.id for one in names for head in view.fields[one].heads)


def _author(session: Session, view: RecordView, name: str) -> str:
    heads = view.fields[name].heads if name in view.fields else ()
    return ", ".join(dict.fromkeys(records.officer_name(session, head.officer) for head in heads))


def _is_same(typed: Json, stored: Json, field: FieldDefinition) -> bool:
    if field.type is TypeName.TEXT and isinstance(typed, str) and isinstance(stored, str):
        return normalise_tone_placement(typed) == normalise_tone_placement(stored)
    return typed == stored


def _marked(record: str, name: str, value: Json, reason: str) -> str:
    return f"{mark_of(record, name, value)} {reason}".strip()


def _write_marks(session: Session, view: RecordView, reasons: Mapping[str, str]) -> None:
    """Mark the stored values of some fields, each with the reason it was kept for, empty where two agreed."""
    changes: dict[str, FieldChange] = {}
    for name, reason in reasons.items():
        mark = _marked(view.id, name, view.values.get(name), reason)
        if view.marks.get(mark_name(name)) != mark:
            parents = tuple(sorted(parents_of(view.fields.get(mark_name(name)))))
            changes[mark_name(name)] = FieldChange(mark, parents)
    if changes:
        version = records.definition_of(session, view.register).version
        write(session, [OperationDraft(record=view.id, register=view.register, version=version, fields=changes)])


def _papers(definition: FormDefinition, values: Mapping[str, Json]) -> Iterator[str]:
    """Yield the names of the files that a record holds: what a difference may be compared with."""
    for field in definition.fields():
        value = values.get(field.id)
        files = value if isinstance(value, list) else [value]
        for one in files:
            file = one.get("file", one) if isinstance(one, dict) else None
            is_open = field.privacy is not Privacy.P4
            if is_open and isinstance(file, dict) and isinstance(file.get("name"), str) and "digest" in file:
                yield str(file["name"])
