"""What was done to a record: who, where, when, from what to what."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.definitions.model import FieldDefinition, Privacy
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import change_log
from desktop.workspace.base.session import Session
from desktop.workspace.records import titles
from desktop.workspace.records.records import moment, officer_name, station_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One field changed once: by whom, where, when, from what to what.

    Of a secret one (P4, or rows with a P4 column in use) `old` and `new` are covered until the look is logged.
    """

    at: datetime
    officer: str
    station: str
    field: str
    label: str
    old: str
    new: str
    old_value: Json
    new_value: Json
    kind: str
    is_suspect: bool
    is_secret: bool


def history(session: Session, record: str, *, language: str = "vi") -> tuple[HistoryEntry, ...]:
    """Return every change of every field, oldest first. Raises DesktopError record_unknown."""
    operations = sorted(change_log.operations_of(session.database, record), key=lambda one: (one.time, one.id))
    if not operations:
        raise DesktopError("record_unknown", register="")
    definition = session.library.registers.get(operations[0].register)
    context = titles.value_context(session, language)
    values = {
        (operation.id, name): change.value for operation in operations for name, change in operation.fields.items()
    }
    entries = []
    for operation in operations:
        for name, change in operation.fields.items():
            found = definition.stored_field(name) if definition else None
            old = next((values[parent, name] for parent in change.parents if (parent, name) in values), None)
            entries.append(
                HistoryEntry(
                    at=moment(operation.wall),
                    officer=officer_name(session, operation.officer),
                    station=station_of(session, operation.id.epoch),
                    field=name,
                    label=titles.field_label(definition, name, language),
                    old=titles.shown(found, old, context, reveals=True),
                    new=titles.shown(found, change.value, context, reveals=True),
                    old_value=old,
                    new_value=change.value,
                    kind=operation.kind.value,
                    is_suspect=operation.suspect,
                    is_secret=_is_secret(found, old, change.value),
                )
            )
    return tuple(entries)


def _is_secret(found: FieldDefinition | None, old: Json, new: Json) -> bool:
    if found is None:
        return False
    return found.privacy is Privacy.P4 or titles.holds_secret(found, old) or titles.holds_secret(found, new)
