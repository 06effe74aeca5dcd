"""Values that were not typed in a form: brought to their stored form, their links found, what is unknown here named.

- A record given by its number becomes its id.
- A link to nothing, and a commune that does not exist, are errors; what is in a record already may stay.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import (
    ANY_REGISTER,
    LINKS,
    FieldDefinition,
    FormDefinition,
    TypeName,
)
from desktop.domain.log.operation import RECORD_ID, Json
from desktop.domain.records.merging import RecordState
from desktop.domain.records.nested_persons import (
    PEOPLE,
    TakenApart,
    leads_to,
    with_links,
)
from desktop.domain.values import field_types as field_values
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.records import titles
from desktop.workspace.records.new_records import new_values


def stored_forms(
    session: Session, definition: FormDefinition, apart: TakenApart
) -> tuple[TakenApart, tuple[Problem, ...], dict[str, tuple[Problem, ...]]]:
    """Bring a record and the people inside it to their stored form; people start with the defaults of their register.

    Returns them with the problems of the record and, by their path, of the people; a value that has no stored form is
    left out.
    """
    people = session.library.registers[PEOPLE]
    values, problems = normalised(session, definition, apart.values)
    persons, of_persons = [], {}
    for person in apart.persons:
        given = {**new_values(session, PEOPLE), **person.values}
        content, of_persons[person.path] = normalised(session, people, given)
        persons.append(replace(person, values=content))
    return TakenApart(values=values, persons=tuple(persons)), problems, of_persons


def normalised(
    session: Session, definition: FormDefinition, given: Mapping[str, Json]
) -> tuple[dict[str, Json], tuple[Problem, ...]]:
    """Return values in their stored form, records given by number as ids, and what has no stored form."""
    context = titles.value_context(session, "vi")

    def find(field: FieldDefinition, value: Json, _place: str) -> Json:
        if not isinstance(value, str) or RECORD_ID.fullmatch(value):
            return value
        matches = queries.find_by_record_no(session.database, leads_to(field), value.strip().upper())
        return matches[0] if len(matches) == 1 else value

    wanted: dict[str, Json] = {}
    problems: list[Problem] = []
    for name, value in with_links(given, definition, find).items():
        found = definition.stored_field(name)
        if found is None or value is None:
            wanted[name] = value
            continue
        normal = field_values.normalise(value, found, context.values)
        if isinstance(normal, Problem):
            problems.append(normal)
        else:
            wanted[name] = normal
    return wanted, tuple(problems)


def unknown_here(
    session: Session,
    definition: FormDefinition,
    wanted: Mapping[str, Json],
    state: RecordState | None,
    new: Collection[str],
) -> Iterable[Problem]:
    """Yield new links to records, and communes, that do not exist here; what is in the record already may stay.

    `new` are the ids of people who are written with the record.
    """
    for found in definition.fields():
        value = wanted.get(found.id)
        known = state.fields.get(found.id) if state is not None else None
        if value is None or (known is not None and known.value == value):
            continue
        if found.type in LINKS and isinstance(value, str) and value not in new:
            register = leads_to(found)
            known_register = queries.register_of(session.database, value)
            if known_register is None or register not in {known_register, ANY_REGISTER}:
                yield Problem(code="linked_record_unknown", field=found.id, context={"register": register})
        elif found.type is TypeName.ADDRESS and isinstance(value, dict):
            province, commune = str(value.get("province") or ""), str(value.get("commune") or "")
            unit = session.places.commune(commune) if commune else None
            if (commune and (unit is None or unit.province != province)) or (
                province and session.places.province(province) is None
            ):
                yield Problem(code="unit_unknown", field=found.id, context={"province": province, "commune": commune})
