"""Persons given inside a record, as objects of values in the place of an id: people who are no record yet.

- Such a person may be in a field, in a row, and inside another such person.
- A path names the place in the form: `person`, `suspects[1].person`, `person.legal_rep`. The record itself is the
  path `RECORD`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.definitions.model import (
    LINKS,
    FieldDefinition,
    FormDefinition,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.domain.values.group import is_sealed

PEOPLE: Final = "person"
RECORD: Final = ""
_DEEPEST: Final = 8  # what lies deeper stays an object, which no link may be

Change: TypeAlias = "Callable[[FieldDefinition, Json, str], Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInside:
    """Somebody entered at `path`, in the field `field` of `holder`; `values` name others inside by their ids."""

    path: str
    holder: str
    field: str
    id: str
    values: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApart:
    """A record that names everybody by id, and the people inside it, those inside others first."""

    values: dict[str, Json]
    persons: tuple[PersonInside, ...]

    def without(self, paths: Collection[str]) -> "TakenApart":
        """Leave people out: whoever holds them does not name them."""
        gone = {person.id for person in self.persons if person.path in paths}
        if not gone:
            return self
        return TakenApart(
            values=_without(self.values, gone),
            persons=tuple(
                PersonInside(
                    path=one.path, holder=one.holder, field=one.field, id=one.id, values=_without(one.values, gone)
                )
                for one in self.persons
                if one.id not in gone
            ),
        )


def take_apart(
    values: Mapping[str, Json],
    definition: FormDefinition,
    people: FormDefinition,
    new_id: Callable[[], str],
    holder: str = RECORD,
    depth: int = 0,
) -> TakenApart:
    """Put ids in the place of the people inside; `people` is the register of people."""
    persons: list[PersonInside] = []

    def take(field: FieldDefinition, value: Json, place: str) -> Json:
        if not (leads_to(field) == PEOPLE and isinstance(value, dict)) or is_sealed(value) or depth == _DEEPEST:
            return value
        path = f"{holder}.{place}" if holder else place
        inner = take_apart(value, people, people, new_id, path, depth + 1)
        found = PersonInside(path=path, holder=holder, field=place.partition("[")[0], id=new_id(), values=inner.values)
        persons.extend((*inner.persons, found))
        return found.id

    return TakenApart(values=with_links(values, definition, take), persons=tuple(persons))


def with_links(values: Mapping[str, Json], definition: FormDefinition, change: Change) -> dict[str, Json]:
    """Return the values with each link as `change` gives it for its field, its value and its path, in rows, too."""
    found: dict[str, Json] = dict(values)
    for field in definition.linking:
        value = values.get(field.id)
        if value is None:
            continue
        if field.type in LINKS:
            found[field.id] = change(field, value, field.id)
        elif isinstance(value, list):
            columns = [column for column in field.fields if column.type in LINKS]
            found[field.id] = [
                _row_with_links(row, columns, change, f"{field.id}[{number}].") for number, row in enumerate(value)
            ]
    return found


def leads_to(field: FieldDefinition) -> str:
    """Return the register that a link leads to, `*` for any."""
    return PEOPLE if field.type is TypeName.PERSON else field.register or ""


def _row_with_links(row: Json, columns: list[FieldDefinition], change: Change, start: str) -> Json:
    if not isinstance(row, dict) or is_sealed(row):
        return row
    links = {column.id: (column, row[column.id]) for column in columns if row.get(column.id) is not None}
    return {**row, **{name: change(column, value, start + name) for name, (column, value) in links.items()}}


def _without(values: Mapping[str, Json], gone: Collection[str]) -> dict[str, Json]:
    return {name: _cells_without(value, gone) for name, value in values.items() if not _is_one_of(value, gone)}


def _cells_without(value: Json, gone: Collection[str]) -> Json:
    if not isinstance(value, list):
        return value
    return [
        {name: cell for name, cell in row.items() if not _is_one_of(cell, gone)} if isinstance(row, dict) else row
        for row in value
    ]


def _is_one_of(value: Json, gone: Collection[str]) -> bool:
    return isinstance(value, str) and value in gone
