"""Which records and fields are about who a victim or an informant is, by their definitions alone.

- A record represents a victim or a tip when its people are P4 and nobody in it is named openly.
- A column is as secret as its rows.
"""

from typing import Final

from desktop.domain.definitions.model import (
    LINKS,
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    TypeName,
)

PERSON: Final = "person"


def stands_for_victim(library: Library, register: str) -> bool:
    """Return whether a register's records represent a victim or an informant."""
    definition = library.registers.get(register)
    if definition is None or names_people(definition):
        return False
    secret = [field for field in definition.fields() if field.privacy is Privacy.P4 and field.type in LINKS]
    if any(_is_person(field) for field in secret):
        return True
    targets = [library.registers.get(field.register or "") for field in secret if field.required]
    return any(target is not None and target.has_victim_data for target in targets)


def names_people(definition: FormDefinition) -> bool:
    """Return whether a record of this register says openly who somebody is."""
    columns = (column for field in definition.fields() for column in (field, *field.fields))
    return definition.id == PERSON or any(_is_person(column) and column.privacy is not Privacy.P4 for column in columns)


def column_of(definition: FormDefinition, name: str) -> FieldDefinition | None:
    """Return the field of `field` or the column of `rows.column`."""
    outer, _, inner = name.partition(".")
    field = definition.field(outer)
    if field is None or not inner:
        return field
    return next((column for column in field.fields if column.id == inner), None)


def is_secret(definition: FormDefinition, name: str) -> bool:
    """Return whether the field, or the column or its rows, are P4."""
    parts = (definition.field(name.partition(".")[0]), column_of(definition, name))
    return any(part is None or part.privacy is Privacy.P4 for part in parts)


def _is_person(field: FieldDefinition) -> bool:
    return field.type is TypeName.PERSON or (field.type is TypeName.LINK and field.register == PERSON)
