"""Conflicts: two values of one field, neither author knowing the other's; a person chooses, and the choice travels."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.log.operation import ChangeKind, FieldChange, Json
from desktop.domain.records import validation
from desktop.domain.records.merging import parents_of
from desktop.errors import DesktopError
from desktop.storage import queries
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.records import records, titles
from desktop.workspace.records.append import OperationDraft, write


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values: what, by whom, where, when."""

    operation: str
    value: Json
    text: str
    officer: str
    station: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """One field of one record that waits for a person."""

    record: str
    record_no: str
    register: str
    title: str
    field: str
    label: str
    values: tuple[ConflictValue, ...]
    is_secret: bool


def list_conflicts(session: Session, *, language: str = "vi") -> tuple[ConflictView, ...]:
    return tuple(
        _view(session, records.read(session, found.record), name, language)
        for found in queries.conflicted(session.database)
        for name in records.read(session, found.record).conflicts
    )


def conflict_of(session: Session, record: str, field: str, *, language: str = "vi") -> ConflictView:
    """Raises DesktopError record_unknown, conflict_unknown."""
    view = records.read(session, record)
    if field not in view.conflicts:
        raise DesktopError("conflict_unknown", field=field)
    return _view(session, view, field, language)


def resolve(session: Session, record: str, field: str, value: Json) -> tuple[Problem, ...]:
    """Write the chosen value, naming every visible one as replaced; returns errors of the value, and then does nothing.

    Raises:
        DesktopError: record_unknown, conflict_unknown.
    """
    view = records.read(session, record)
    if field not in view.conflicts:
        raise DesktopError("conflict_unknown", field=field)
    definition = records.definition_of(session, view.register)
    problems = validation.validate(
        {**view.values, field: value},
        definition,
        library=session.library,
        today=session.today(),
        now=session.now(),
        follow=records.follower(session),
        is_draft=True,
        kept=view.fields,
    )
    errors = tuple(one for one in problems if one.severity is Severity.ERROR and one.field == field)
    if errors:
        return errors
    change = FieldChange(value, tuple(sorted(parents_of(view.fields[field]))))
    draft = OperationDraft(
        record=record,
        register=view.register,
        version=definition.version,
        fields={field: change},
        kind=ChangeKind.RESOLVE,
    )
    write(session, [draft])
    return ()


def _view(session: Session, view: records.RecordView, name: str, language: str) -> ConflictView:
    definition = session.library.registers.get(view.register)
    found = definition.stored_field(name) if definition else None
    context = titles.value_context(session, language)
    return ConflictView(
        record=view.id,
        record_no=view.record_no,
        register=view.register,
        title=titles.record_title(session, view.id, context.titles),
        field=name,
        label=titles.field_label(definition, name, language),
        is_secret=any(titles.holds_secret(found, head.value) for head in view.fields[name].heads),
        values=tuple(
            ConflictValue(
                operation=str(head.id),
                value=head.value,
                text=titles.shown(found, head.value, context, reveals=True),
                officer=records.officer_name(session, head.officer),
                station=records.station_of(session, head.id.epoch),
                at=datetime.fromtimestamp(head.time.milliseconds / 1000, tz=VIETNAM),
            )
            for head in view.fields[name].heads
        ),
    )
