"""Values of fields: one class a field type, and the few functions that everybody else uses.

- `None` is "not answered"; a sealed value is carried as it is and shown as sealed. Neither reaches a type.
- Whatever `format_value` shows of a type that is typed, `parse_value` reads back to the same value.
- `normalise` brings JSON from outside to the stored form; doing it twice changes nothing.
- To add a type: a class in the module of its family, a name in `TypeName`, an editor in desktop/ui.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from desktop.domain.base.dates import moment_text
from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.base import FieldType, ValueContext, is_empty
from desktop.domain.values.choice import CHOICE_TYPES
from desktop.domain.values.date import DATE_TYPES
from desktop.domain.values.group import (
    AddressType,
    AttachmentType,
    RowsType,
    is_sealed,
)
from desktop.domain.values.number import NUMBER_TYPES
from desktop.domain.values.text import TEXT_TYPES

__all__ = [
    "FIELD_TYPES",
    "FieldType",
    "ValueContext",
    "check_value",
    "default_value",
    "format_value",
    "is_empty",
    "is_sealed",
    "normalise",
    "parse_value",
]

_TYPES: Final[dict[TypeName, FieldType]] = {
    **TEXT_TYPES,
    **DATE_TYPES,
    **NUMBER_TYPES,
    **CHOICE_TYPES,
    TypeName.ADDRESS: AddressType(),
    TypeName.ATTACHMENT: AttachmentType(),
}
FIELD_TYPES: Final[Mapping[TypeName, FieldType]] = {**_TYPES, TypeName.ROWS: RowsType(_TYPES)}


def check_value(value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
    """Return what is wrong with a stored value; its absence is for validation."""
    if value is None or is_sealed(value):
        return ()
    return FIELD_TYPES[field.type].check(value, field, context)


def parse_value(text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
    """Return the stored value of what a person typed; an empty text is no answer."""
    field_type = FIELD_TYPES[field.type]
    cleaned = field_type.clean(text)
    return field_type.parse(cleaned, field, context) if cleaned else None


def format_value(value: Json, field: FieldDefinition, context: ValueContext) -> str:
    """Return the text of a value for a screen."""
    if value is None:
        return ""
    if is_sealed(value):
        return "sealed" if context.language == "en" else "niêm phong"
    return FIELD_TYPES[field.type].format(value, field, context)


def normalise(value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
    """Return the stored form of a value from outside, `None` when it says nothing."""
    if is_sealed(value):
        return value
    return None if is_empty(value) else FIELD_TYPES[field.type].normalise(value, field, context)


def default_value(
    field: FieldDefinition,
    *,
    today: dt.date,
    now: dt.datetime,
    officer: str | None = None,
    unit: Mapping[str, str] | None = None,
    unit_name: str = "",
) -> Json:
    """Return what a new record starts with in a field: a stored value, or what a word of the definition stands for.

    `unit` is the station's own place (province and commune), `unit_name` what the station is called.
    """
    default = field.default
    if not isinstance(default, str):
        return default
    if field.type in {TypeName.DATE, TypeName.PARTIAL_DATE} and default.startswith("today"):
        return (today + dt.timedelta(days=int(default.removeprefix("today") or 0))).isoformat()
    if field.type is TypeName.DATE_TIME and default == "now":
        return moment_text(now)
    if default == "officer" and field.type is TypeName.LINK:
        return officer
    if default == "unit" and field.type in {TypeName.TEXT, TypeName.ADDRESS}:
        return unit_name or None if field.type is TypeName.TEXT else dict(unit or {}) or None
    return default
