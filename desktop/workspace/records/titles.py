"""How records and values are called on screens and papers.

- A record is called by its definition's `title`; a victim's record by its case code, never by a name.
- A P4 value is shown as dots wherever the whole record was not opened on purpose; so is a P4 column of open rows.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from desktop.domain.definitions.companion_fields import MARK
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.domain.records.merging import record_state
from desktop.domain.values import field_types as field_values
from desktop.domain.values.field_types import ValueContext
from desktop.sentences import sentence
from desktop.storage import change_log
from desktop.workspace.base.session import VIETNAM, Session

MASK: Final = "•••••"
_PLACE: Final = re.compile(r"\{([a-z0-9_]+)(?:\.([a-z0-9_]+))?\}")
_PROGRAM_FIELDS: Final = frozenset({"record_no", "case_code", "unit", "created_at", "updated_at", "officer"})


class Indexed(Protocol):
    """What a list knows of a record beside its values."""

    @property
    def record_no(self) -> str: ...
    @property
    def station(self) -> str: ...
    @property
    def updated_ms(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowingContext:
    """What is needed to show values; titles already looked up are remembered for as long as it lives."""

    values: ValueContext
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.values.language


def value_context(session: Session, language: str) -> ShowingContext:
    known: dict[str, str] = {}
    context = ValueContext(
        library=session.library,
        language=language,
        today=session.today(),
        unit_name=session.places.full_name,
        record_title=lambda record: record_title(session, record, known),
    )
    return ShowingContext(values=context, titles=known)


def record_title(session: Session, record: str, known: dict[str, str]) -> str:
    """Return how a record is called; one that is not here shows the beginning of its id."""
    if record not in known:
        known[record] = record[:8]  # shown while a ring of links is followed
        known[record] = _title(session, record, known) or record[:8]
    return known[record]


def shown(found: FieldDefinition | None, value: Json, context: ShowingContext, *, reveals: bool = False) -> str:
    """Return a value as a person reads it; a field without a definition shows its stored form.

    Rows show dots for their P4 columns unless `reveals`; whether a whole P4 field may be shown, its caller decides.
    """
    if value is None:
        return ""
    if found is None:
        return value if isinstance(value, str) else str(value)
    if found.id.startswith(MARK):
        reason = str(value).partition(" ")[2]
        code = "rekey_settled" if reason else "rekey_agreed"
        return sentence(code, {"reason": reason}, "en" if context.language == "en" else "vi")
    if not reveals and found.privacy is not Privacy.P4 and isinstance(value, list) and holds_secret(found, value):
        return "; ".join(text for row in value if (text := _open_part(found, row, context)))
    return field_values.format_value(value, found, context.values)


def holds_secret(found: FieldDefinition | None, value: Json) -> bool:
    """Return whether a value, or a column of its rows, identifies a victim or an informant."""
    if found is None or field_values.is_empty(value):
        return False
    return found.privacy is Privacy.P4 or (isinstance(value, list) and any(_secret_cells(found, row) for row in value))


def cell(
    definition: FormDefinition,
    column: str,
    values: Mapping[str, Json],
    row: Indexed,
    context: ShowingContext,
) -> str:
    """Return the text of one column of one listed record."""
    found = definition.field(column)
    if found is not None:
        if found.privacy is Privacy.P4:
            return MASK if values.get(column) is not None else ""
        return shown(found, values.get(column), context)
    if column == "record_no":
        return row.record_no
    if column == "unit":
        return row.station
    if column in {"updated_at", "created_at"}:
        return f"{datetime.fromtimestamp(row.updated_ms / 1000, tz=VIETNAM):%d/%m/%Y %H:%M}"
    return shown(None, values.get(column), context)


def field_label(definition: FormDefinition | None, name: str, language: str) -> str:
    """Return the label of a field, also of those that the program keeps itself."""
    found = definition.stored_field(name) if definition is not None else None
    if found is not None:
        return found.label.text(language)
    if name.startswith("reason_"):
        return sentence("label_reason", {}, "en" if language == "en" else "vi")
    if name in _PROGRAM_FIELDS:
        return sentence(f"label_{name}", {}, "en" if language == "en" else "vi")
    return name


def _secret_cells(found: FieldDefinition, row: Json) -> bool:
    if not isinstance(row, dict):
        return False
    return any(
        column.privacy is Privacy.P4 and not field_values.is_empty(row.get(column.id)) for column in found.fields
    )


def _open_part(found: FieldDefinition, row: Json, context: ShowingContext) -> str:
    columns = tuple(column for column in found.fields if column.privacy is not Privacy.P4)
    text = field_values.format_value([row], dataclasses.replace(found, fields=columns), context.values)
    return ", ".join(part for part in (text, MASK if _secret_cells(found, row) else "") if part)


def _title(session: Session, record: str, known: dict[str, str]) -> str:
    operations = change_log.operations_of(session.database, record)
    if not operations:
        return ""
    definition = session.library.registers.get(operations[0].register)
    values = record_state(operations, definition).values
    if definition is None:
        return str(values.get("record_no") or "")

    def place(match: re.Match[str]) -> str:
        name, inner = match.group(1), match.group(2)
        found = definition.field(name)
        if found is not None and found.privacy is Privacy.P4:
            return MASK
        value = values.get(name)
        if inner and isinstance(value, str) and found is not None and found.type in {TypeName.PERSON, TypeName.LINK}:
            return record_title(session, value, known)
        return str(value or "")

    return _PLACE.sub(place, definition.title).strip() or str(values.get("record_no") or "")
