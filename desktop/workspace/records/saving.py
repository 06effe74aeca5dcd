"""Adding and changing records: one act, from the values to the disk.

- What is saved has been validated: errors refuse, a warning needs a reason, which is kept in the record.
- A save names as parents what its author saw (`base`), so a change that came in meanwhile stays beside it.
- A person given inside another record (as an object, in any place) becomes a record of the register `person`; the
  draft that a save ends goes with it. All of it is one transaction: nothing can be doubled by going on after a crash.
- Numbers run per station, register and year without gaps, but for imports that were undone; a victim's case code is
  given with the number.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.companion_fields import reason_name
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import FieldChange, Json, OperationId
from desktop.domain.records import validation
from desktop.domain.records.form_check import (
    Finding,
    find_problems,
    finding_inside,
    in_order,
    not_asked,
    still_open,
)
from desktop.domain.records.merging import RecordState, parents_of
from desktop.domain.records.nested_persons import (
    PEOPLE,
    RECORD,
    PersonInside,
    TakenApart,
    take_apart,
)
from desktop.domain.values import field_types as field_values
from desktop.workspace.base.session import Session
from desktop.workspace.records import drafts
from desktop.workspace.records.append import OperationDraft, one_act, write
from desktop.workspace.records.form_check_context import SessionFormCheck
from desktop.workspace.records.input_values import stored_forms, unknown_here
from desktop.workspace.records.new_records import new_values, own_values
from desktop.workspace.records.records import (
    DRAFT_STATUS,
    definition_of,
    follower,
    state_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did. `record` is None when it was refused, and `problems` says why; else they are warnings.

    `values` is the record as it was written, with the ids of the `persons` entered in it; `ended_draft` says whether
    a draft went.
    """

    record: str | None
    record_no: str = ""
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    values: Mapping[str, Json] = field(default_factory=dict)
    persons: tuple[PersonInside, ...] = ()
    ended_draft: bool = False


def validate(
    session: Session,
    register: str,
    values: Mapping[str, Json],
    *,
    is_draft: bool = False,
    kept: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return every problem of the values, in the order of the form."""
    return validation.validate(
        values,
        definition_of(session, register),
        library=session.library,
        today=session.today(),
        now=session.now(),
        follow=follower(session),
        is_draft=is_draft,
        kept=kept,
    )


def save(
    session: Session,
    register: str,
    values: Mapping[str, Json],
    *,
    record: str | None = None,
    base: Mapping[str, tuple[OperationId, ...]] | None = None,
    reasons: Mapping[str, str] | None = None,
    person_reasons: Mapping[str, Mapping[str, str]] | None = None,
    reason_for_all: str = "",
    is_draft: bool = False,
    ends_draft: bool = False,
) -> Saved:
    """Validate and write a record; `values` is the whole record as its author wants it, in stored form.

    `base` is `RecordView.heads` as the author read them. `reasons` answers warnings by their code; those of a person
    inside are answered by `person_reasons`, by the path of the person. `ends_draft` lets the form's draft
    go with a save that succeeds.

    Raises:
        DesktopError: register_unknown, record_unknown; RegistryError: disk_full, registry_busy. Nothing was written.
    """
    definition = definition_of(session, register)
    wanted = take_apart(values, definition, session.library.registers[PEOPLE], session.environment.new_record_id)
    saving = _Saving(
        session=session,
        definition=definition,
        record=record,
        base=base,
        reasons={RECORD: reasons or {}, **(person_reasons or {})},
        reason_for_all=reason_for_all,
        ends_draft=ends_draft,
    )
    return saving.run(wanted, is_draft=is_draft)


def save_given(
    session: Session,
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

    They are brought to their stored form first, a record may be given by its number, and what is new starts with the
    defaults of its definition. `reasons` answers for the people inside, too. In a draft they may lack answers.
    """
    definition = definition_of(session, register)
    given = {**new_values(session, register), **values} if record is None else values
    apart = take_apart(given, definition, session.library.registers[PEOPLE], session.environment.new_record_id)
    wanted, problems, of_persons = stored_forms(session, definition, apart)
    saving = _Saving(
        session=session,
        definition=definition,
        record=record,
        base=base,
        reasons=dict.fromkeys((RECORD, *of_persons), reasons or {}),
        reason_for_all=reason_for_all,
        allows_unfinished_persons=is_draft,
    )
    found = [Finding(problem=problem) for problem in problems]
    found += [finding_inside(person, problem) for person in wanted.persons for problem in of_persons[person.path]]
    return saving.run(wanted, is_draft=is_draft, found=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saving:
    """One save. `reasons` are by whose warnings they answer (RECORD or a person's path), then by code."""

    session: Session
    definition: FormDefinition
    record: str | None
    base: Mapping[str, tuple[OperationId, ...]] | None
    reasons: Mapping[str, Mapping[str, str]]
    reason_for_all: str
    ends_draft: bool = False
    allows_unfinished_persons: bool = False

    def run(self, wanted: TakenApart, *, is_draft: bool, found: Iterable[Finding] = ()) -> Saved:
        session = self.session
        state = state_of(session, self.record) if self.record is not None else None
        if is_draft:
            wanted.values["status"] = DRAFT_STATUS
        survey = SessionFormCheck(session)
        wanted = wanted.without(not_asked(wanted, self.definition, survey))
        ahead = len(wanted.persons) if self.definition.id == PEOPLE else 0
        number = ""
        if state is None:
            number, own = own_values(session, self.definition, wanted.values, ahead=ahead)
            wanted.values.update(own)
        wanted, problems = self._examined(wanted, state, survey, found)
        given = self._given(problems)
        answered: dict[str, set[str]] = {place: set(texts) for place, texts in given.items()}
        answered.setdefault(RECORD, set()).update(state.values if state is not None else ())
        open_problems = still_open(problems, answered)
        if open_problems:
            return Saved(record=None, problems=open_problems)
        identity = self.record or session.environment.new_record_id()
        wanted.values.update(given.get(RECORD, {}), **({"record_no": number} if number else {}))
        changes = _changes(wanted.values, state, self.base)
        written = [
            self._person(place, person, given.get(person.path, {})) for place, person in enumerate(wanted.persons)
        ]
        if changes:
            version = self.definition.version
            written.append(
                OperationDraft(record=identity, register=self.definition.id, version=version, fields=changes)
            )
        with one_act(session):
            if written:
                write(session, written)
            ended = self.ends_draft and drafts.discard(session, self.definition.id, self.record)
        return Saved(
            record=identity,
            record_no=number or _text(state.values.get("record_no") if state else None),
            changed=frozenset(changes),
            problems=tuple(one.problem for one in problems),
            values=wanted.values,
            persons=wanted.persons,
            ended_draft=ended,
        )

    def _examined(
        self, wanted: TakenApart, state: RecordState | None, survey: SessionFormCheck, found: Iterable[Finding]
    ) -> tuple[TakenApart, tuple[Finding, ...]]:
        kept = state.fields if state is not None else ()
        people = self.session.library.registers[PEOPLE]
        problems = list(find_problems(wanted, self.definition, survey, kept=kept, drafts=_drafts(wanted)))
        unfinished = {one.of for one in problems if one.of and one.problem.code == "value_missing"}
        if self.allows_unfinished_persons and unfinished:
            for person in wanted.persons:
                if person.path in unfinished:
                    person.values["status"] = DRAFT_STATUS
            problems = list(find_problems(wanted, self.definition, survey, kept=kept, drafts=_drafts(wanted)))
        new = {person.id for person in wanted.persons}
        problems += map(_of_record, unknown_here(self.session, self.definition, wanted.values, state, new))
        for person in wanted.persons:
            unknown = unknown_here(self.session, people, person.values, None, new)
            problems += [finding_inside(person, problem) for problem in unknown]
        known = {person.path for person in wanted.persons} | {RECORD}
        problems = [*(one for one in found if one.of in known), *problems]
        return wanted, in_order(problems, self.definition) if len(problems) > 1 else tuple(problems)

    def _given(self, problems: Iterable[Finding]) -> dict[str, dict[str, str]]:
        """Return the reasons given for the warnings found, by whose they are, as the records hold them."""
        given: dict[str, dict[str, str]] = {}
        for one in problems:
            if one.problem.severity is Severity.WARNING:
                stated = (self.reasons.get(place, {}).get(one.problem.code, "") for place in one.reason_places)
                text = " ".join(next(filter(None, stated), self.reason_for_all).split())
                if text:
                    given.setdefault(one.of, {})[reason_name(one.problem.code)] = text
        return given

    def _person(self, place: int, person: PersonInside, reasons: Mapping[str, str]) -> OperationDraft:
        people = self.session.library.registers[PEOPLE]
        number, _ = own_values(self.session, people, person.values, ahead=place)
        fields = _changes({**person.values, **reasons, "record_no": number}, None, None)
        return OperationDraft(record=person.id, register=PEOPLE, version=people.version, fields=fields)


def _of_record(problem: Problem) -> Finding:
    return Finding(problem=problem)


def _drafts(wanted: TakenApart) -> frozenset[str]:
    """Return who is a draft, by path."""
    places = {RECORD: wanted.values, **{person.path: person.values for person in wanted.persons}}
    return frozenset(place for place, values in places.items() if values.get("status") == DRAFT_STATUS)


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


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
