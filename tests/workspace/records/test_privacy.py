"""Who must not be named: decided by the definitions alone, and in doubt for the victim."""

import pytest

from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    TypeName,
)
from desktop.workspace.records.privacy import is_secret, names_people, stands_for_victim
from tests.storage.world import ABSENCE, PERSON, VICTIM, definition_of, field_of

P2, P4 = Privacy.P2, Privacy.P4
VICTIM_LINK = field_of("case", TypeName.LINK, P4, register="victim", required=True)
PLACE = field_of("place", TypeName.TEXT)


def register(*fields: FieldDefinition) -> FormDefinition:
    return definition_of("made", "TT", "{record_no}", fields)


def stands(*fields: FieldDefinition) -> bool:
    made = register(*fields)
    return stands_for_victim(Library(registers={one.id: one for one in (PERSON, ABSENCE, VICTIM, made)}), made.id)


def rows(privacy: Privacy, *columns: FieldDefinition) -> FieldDefinition:
    return field_of("people", TypeName.ROWS, privacy, fields=columns)


@pytest.mark.parametrize("kind", [TypeName.PERSON, TypeName.LINK])
@pytest.mark.parametrize("privacy", [P2, P4])
def test_a_person_named_openly_is_named_wherever_the_field_stands(kind: TypeName, privacy: Privacy) -> None:
    who = field_of("who", kind, privacy, register="person")
    assert names_people(register(PLACE, who)) == (privacy is P2)
    assert names_people(register(PLACE, rows(P2, PLACE, who))) == (privacy is P2)


def test_a_link_to_something_else_names_nobody_and_a_person_is_one() -> None:
    assert not names_people(register(field_of("case", TypeName.LINK, P2, register="victim")))
    assert names_people(PERSON)


def test_a_register_stands_for_a_victim_when_its_people_are_secret_and_nobody_is_open() -> None:
    secret = field_of("victim", TypeName.PERSON, P4, register="person")
    open_one = field_of("driver", TypeName.PERSON, P2, register="person")
    assert stands(secret)
    assert not stands(secret, open_one)
    assert not stands(open_one)
    assert not stands(PLACE)
    assert not stands_for_victim(Library(registers={}), "unknown")


def test_what_cannot_be_without_a_victims_case_stands_for_the_victim() -> None:
    optional = field_of("case", TypeName.LINK, P4, register="victim")
    assert stands(PLACE, VICTIM_LINK)
    assert not stands(PLACE, optional)
    assert not stands(PLACE, field_of("other", TypeName.LINK, P4, register="made", required=True))


@pytest.mark.parametrize(
    ("rows_privacy", "column_privacy", "secret"), [(P2, P2, False), (P2, P4, True), (P4, P2, True), (P4, P4, True)]
)
def test_a_column_is_as_secret_as_its_rows(rows_privacy: Privacy, column_privacy: Privacy, secret: bool) -> None:
    made = register(rows(rows_privacy, field_of("name", TypeName.TEXT, column_privacy)))
    assert is_secret(made, "people.name") == secret
    assert is_secret(made, "people") == (rows_privacy is P4)


@pytest.mark.parametrize("name", ["unknown", "children.unknown", "unknown.name", ""])
def test_what_no_definition_knows_is_secret(name: str) -> None:
    """A field of a newer form may name a victim; nobody here can tell."""
    assert is_secret(ABSENCE, name)
