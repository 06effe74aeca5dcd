"""Records with notes on their fields: questions an officer left to come back to.

- A note is found by its place, not by its words: the words of a victim's field are as private as the field.
- A record that was cancelled asks for nothing more.
"""

from dataclasses import dataclass
from typing import Final

from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.domain.values.field_types import is_empty
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.records import titles

MOST: Final = 100
_CANCELLED: Final = "HUY"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRecord:
    """A record and the fields that a note is on; `first` is the id of the first of them."""

    register: str
    record: str
    record_no: str
    title: str
    labels: tuple[str, ...]
    first: str


def noted_records(
    session: Session, register: str | None = None, *, limit: int = MOST, language: str = "vi"
) -> tuple[NotedRecord, ...]:
    """Return the records with notes of one register, or of all, the one changed last first in each."""
    known: dict[str, str] = {}
    found = []
    for name, definition in session.library.registers.items():
        if register not in {None, name}:
            continue
        for row in queries.noted(session.database, definition, limit):
            fields = [
                field
                for field, note in zip(_asked(definition), definition.notes, strict=True)
                if not is_empty(row.values.get(note.id))
            ]
            if fields and row.status != _CANCELLED:
                found.append(
                    NotedRecord(
                        register=name,
                        record=row.record,
                        record_no=row.record_no,
                        title=titles.record_title(session, row.record, known),
                        labels=tuple(field.label.text(language) for field in fields),
                        first=fields[0].id,
                    )
                )
    return tuple(found[:limit])


def _asked(definition: FormDefinition) -> list[FieldDefinition]:
    """Return the fields that a note may be on, in the order of `definition.notes`."""
    return [field for field in definition.fields() if field.computed is None]
