"""Adding and changing records.

- What is saved has been validated: errors refuse, a warning needs a reason, which is kept in the record.
- A save names as parents what its author saw (`base`), so a change that came in meanwhile stays beside it.
- A person given inside another record (as an object) becomes a record of the register `person` in the same transaction.
- Numbers run per station, register and year without gaps, but for imports that were undone; a victim's case code is
  given with the number.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop.domain import validation
from desktop.domain import values as field_values
from desktop.domain.changes import FieldChange, Json, OperationId
from desktop.domain.definitions import FormDefinition
from desktop.domain.field_companions import REASON
from desktop.domain.merging import RecordState, parents_of
from desktop.domain.problems import Problem, Severity
from desktop.workspace.authoring import Draft, write
from desktop.workspace.given_values import normalised, take_persons, unknown_here
from desktop.workspace.new_records import new_values, own_values
from desktop.workspace.records import DRAFT_STATUS, definition_of, follower, state_of
from desktop.workspace.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did. `record` is None when it was refused, and `problems` says why; else they are warnings."""

    record: str | None
    record_no: str = ""
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def validate(
    workspace: Workspace,
    register: str,
    values: Mapping[str, Json],
    *,
    is_draft: bool = False,
    kept: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return every problem of the values, in the order of the form."""
    return validation.validate(
        values,
        definition_of(workspace, register),
        library=workspace.library,
        today=workspace.today(),
        now=workspace.now(),
        follow=follower(workspace),
        is_draft=is_draft,
        kept=kept,
    )


def save(
    workspace: Workspace,
    register: str,
    values: Mapping[str, Json],
    *,
    record: str | None = None,
    base: Mapping[str, tuple[OperationId, ...]] | None = None,
    reasons: Mapping[str, str] | None = None,
    reason_for_all: str = "",
    is_draft: bool = False,
) -> Saved:
    """Validate and write a record; `values` is the whole record as its author wants it, in stored form.

    `base` is `RecordView.heads` as the author read them. `reasons` answers warnings by their code.

    Raises:
        DesktopError: register_unknown, record_unknown; RegistryError: disk_full, registry_busy.
    """
    answers = _Answers(reasons or {}, reason_for_all)
    return _save(workspace, definition_of(workspace, register), dict(values), record, base, answers, is_draft=is_draft)


def save_given(
    workspace: Workspace,
    register: str,
    values: Mapping[str, Json],
    *,
    record: str | None = None,
    base: Mapping[str, tuple[OperationId, ...]] | None = None,
    reasons: Mapping[str, str] | None = None,
    reason_for_all: str = "",
    is_draft: bool = False,
) -> Saved:
    """As `save`, for values that were not typed in a form.

    They are brought to their stored form first, a person may be given as an object or by number, and a new record
    starts with the defaults of its definition.
    """
    definition = definition_of(workspace, register)
    wanted = {**new_values(workspace, register), **values} if record is None else dict(values)
    persons, person_problems = take_persons(workspace, definition, wanted, is_draft=is_draft)
    wanted, value_problems = normalised(workspace, definition, wanted)
    return _save(
        workspace,
        definition,
        wanted,
        record,
        base,
        _Answers(reasons or {}, reason_for_all),
        is_draft=is_draft,
        persons=persons,
        found=(*person_problems, *value_problems),
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """Why doubtful values are right all the same: by the warning's code, or one reason for all."""

    by_code: Mapping[str, str]
    for_all: str

    def of(self, problems: Iterable[Problem]) -> dict[str, str]:
        warnings = {problem.code for problem in problems if problem.severity is Severity.WARNING}
        found = {code: " ".join(self.by_code.get(code, self.for_all).split()) for code in warnings}
        return {code: text for code, text in found.items() if text}


def _save(
    workspace: Workspace,
    definition: FormDefinition,
    wanted: dict[str, Json],
    record: str | None,
    base: Mapping[str, tuple[OperationId, ...]] | None,
    answers: _Answers,
    *,
    is_draft: bool,
    persons: Mapping[str, Mapping[str, Json]] = MappingProxyType({}),
    found: Sequence[Problem] = (),
) -> Saved:
    if is_draft:
        wanted["status"] = DRAFT_STATUS
    state = state_of(workspace, record) if record is not None else None
    ahead = len(persons) if definition.id == "person" else 0
    number, own = ("", {}) if state is not None else own_values(workspace, definition, wanted, ahead=ahead)
    wanted |= own
    problems = (
        *found,
        *validation.validate(
            wanted,
            definition,
            library=workspace.library,
            today=workspace.today(),
            now=workspace.now(),
            follow=follower(workspace, persons),
            is_draft=wanted.get("status") == DRAFT_STATUS,
            kept=state.fields if state is not None else (),
        ),
        *unknown_here(workspace, definition, wanted, state, persons),
    )
    given = answers.of(problems)
    answered = given.keys() | (_reasons_kept(state) if state is not None else set())
    still_open = [one for one in problems if one.severity is Severity.ERROR or one.code not in answered]
    if still_open:
        return Saved(record=None, problems=tuple(still_open))
    wanted |= {_reason_field(code): text for code, text in given.items()}
    if number:
        wanted["record_no"] = number
    identity = record or workspace.surroundings.new_record_id()
    changes = _changes(wanted, state, base)
    drafts = [_person_draft(workspace, person, content) for person, content in persons.items()]
    if changes:
        drafts.append(Draft(record=identity, register=definition.id, version=definition.version, fields=changes))
    if drafts:
        write(workspace, drafts)
    return Saved(
        record=identity,
        record_no=number or _text(state.values.get("record_no") if state else None),
        changed=frozenset(changes),
        problems=problems,
    )


def _person_draft(workspace: Workspace, identity: str, content: Mapping[str, Json]) -> Draft:
    fields = {name: FieldChange(value) for name, value in content.items() if value is not None}
    version = workspace.library.registers["person"].version
    return Draft(record=identity, register="person", version=version, fields=fields)


def _changes(
    wanted: Mapping[str, Json], state: RecordState | None, base: Mapping[str, tuple[OperationId, ...]] | None
) -> dict[str, FieldChange]:
    """Return what differs from the stored record. What a conflict shows is not a choice; resolving it is."""
    if state is None:
        return {name: FieldChange(value) for name, value in wanted.items() if not field_values.is_empty(value)}
    changes = {}
    for name, value in wanted.items():
        known = state.fields.get(name)
        stored = None if field_values.is_empty(value) else value
        if (known.value if known else None) != stored:
            parents = parents_of(known) if base is None else base.get(name, ())
            changes[name] = FieldChange(stored, tuple(sorted(parents)))
    return changes


def _reasons_kept(state: RecordState) -> set[str]:
    return {name.removeprefix(REASON) for name in state.values if name.startswith(REASON)}


def _reason_field(code: str) -> str:
    return (REASON + code)[:41]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
