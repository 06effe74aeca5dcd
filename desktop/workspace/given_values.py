"""Values that were not typed in a form: brought to their stored form, their links found, what is unknown here named.

- A person given as an object becomes a person of its own, in a draft one that may lack answers; a record given by its
  number becomes its id.
- A link to nothing, and a commune that does not exist, are errors; what stands in a record already may stay.
"""

from collections.abc import Iterable, Mapping

from desktop.domain import validation
from desktop.domain import values as field_values
from desktop.domain.changes import RECORD_ID, Json
from desktop.domain.definitions import ANY_REGISTER, FieldDefinition, FormDefinition, TypeName
from desktop.domain.merging import RecordState
from desktop.domain.problems import Problem
from desktop.storage import queries
from desktop.storage.register_tables import LINKS
from desktop.workspace import titles
from desktop.workspace.new_records import new_values, own_values
from desktop.workspace.records import DRAFT_STATUS, follower
from desktop.workspace.session import Workspace


def take_persons(
    workspace: Workspace, definition: FormDefinition, wanted: dict[str, Json], *, is_draft: bool = False
) -> tuple[dict[str, dict[str, Json]], list[Problem]]:
    """Take persons given as objects out of the values, leaving their ids; find records given by number."""
    person = workspace.library.registers["person"]
    persons: dict[str, dict[str, Json]] = {}
    problems: list[Problem] = []
    for found in definition.fields():
        value = wanted.get(found.id)
        if found.type not in LINKS or not value:
            continue
        if found.type is TypeName.PERSON and isinstance(value, dict) and "$sealed" not in value:
            content, value_problems = normalised(workspace, person, {**new_values(workspace, "person"), **value})
            number, own = own_values(workspace, person, content, ahead=len(persons))
            content |= own
            errors = _problems_of_person(workspace, person, content, is_draft=False)
            if is_draft and any(one.code == "value_missing" for one in errors):
                content["status"] = DRAFT_STATUS
                errors = _problems_of_person(workspace, person, content, is_draft=True)
            problems += [_inside(found.id, problem) for problem in (*value_problems, *errors)]
            identity = workspace.surroundings.new_record_id()
            persons[identity] = {**content, "record_no": number}
            wanted[found.id] = identity
        elif isinstance(value, str) and not RECORD_ID.fullmatch(value):
            matches = queries.find_by_record_no(workspace.database, register_of(found), value.strip().upper())
            if len(matches) == 1:
                wanted[found.id] = matches[0]
    return persons, problems


def _problems_of_person(
    workspace: Workspace, person: FormDefinition, content: Mapping[str, Json], *, is_draft: bool
) -> tuple[Problem, ...]:
    return validation.validate(
        content,
        person,
        library=workspace.library,
        today=workspace.today(),
        now=workspace.now(),
        follow=follower(workspace),
        is_draft=is_draft,
    )


def normalised(
    workspace: Workspace, definition: FormDefinition, given: Mapping[str, Json]
) -> tuple[dict[str, Json], list[Problem]]:
    context = titles.value_context(workspace, "vi")
    wanted: dict[str, Json] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        found = definition.stored_field(name)
        if found is None or value is None:
            wanted[name] = value
            continue
        normal = field_values.normalise(value, found, context.values)
        if isinstance(normal, Problem):
            problems.append(normal)
        else:
            wanted[name] = normal
    return wanted, problems


def unknown_here(
    workspace: Workspace,
    definition: FormDefinition,
    wanted: Mapping[str, Json],
    state: RecordState | None,
    persons: Mapping[str, object],
) -> Iterable[Problem]:
    """Yield new links to records, and communes, that do not exist here; what stands in the record already may stay."""
    for found in definition.fields():
        value = wanted.get(found.id)
        known = state.fields.get(found.id) if state is not None else None
        if value is None or (known is not None and known.value == value):
            continue
        if found.type in LINKS and isinstance(value, str) and value not in persons:
            register = register_of(found)
            known_register = queries.register_of(workspace.database, value)
            if known_register is None or register not in {known_register, ANY_REGISTER}:
                yield Problem(code="linked_record_unknown", field=found.id, context={"register": register})
        elif found.type is TypeName.ADDRESS and isinstance(value, dict):
            province, commune = str(value.get("province") or ""), str(value.get("commune") or "")
            unit = workspace.places.commune(commune) if commune else None
            if (commune and (unit is None or unit.province != province)) or (
                province and workspace.places.province(province) is None
            ):
                yield Problem(code="unit_unknown", field=found.id, context={"province": province, "commune": commune})


def register_of(found: FieldDefinition) -> str:
    """Return the register that a link leads to, `*` for any."""
    return "person" if found.type is TypeName.PERSON else found.register or ""


def _inside(field_id: str, problem: Problem) -> Problem:
    return Problem(
        code=problem.code,
        severity=problem.severity,
        field=f"{field_id}.{problem.field}" if problem.field else field_id,
        context=problem.context,
        message=problem.message,
        legal_basis=problem.legal_basis,
    )
