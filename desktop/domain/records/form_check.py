"""Examining what a form holds: which fields are shown, what is computed, what is wrong or still missing.

- The same for an open form, a draft and a save, so that what is shown is what the save will say.
- People entered inside are examined with the form of people; conditions see them as if they were linked. Who is in
  a field that is not asked is not examined.
- A text that cannot be read is a problem of its own and takes the place of "missing".
- A reason belongs to the record, or the person inside it, whose warning it answers (`still_open`).
"""

import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.conditions.condition import Follow
from desktop.domain.definitions.companion_fields import reason_name
from desktop.domain.definitions.model import PROGRAM_NAMES, FormDefinition, Library
from desktop.domain.log.operation import Json
from desktop.domain.records import validation
from desktop.domain.records.nested_persons import (
    PEOPLE,
    RECORD,
    PersonInside,
    TakenApart,
    take_apart,
)

_TOP: Final = re.compile(r"[a-z][a-z0-9_]*")
_GIVEN_LATER: Final = "?"


class FormCheckContext(Protocol):
    """What an examination sees beside the values: an open form, or the registry behind a draft or a save."""

    @property
    def library(self) -> Library: ...
    @property
    def today(self) -> dt.date: ...
    @property
    def now(self) -> dt.datetime: ...
    def follow(self, record: str) -> Mapping[str, Json] | None:
        """Return the values of a linked record, None when it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem and whose it is: the path of the person it is about, or RECORD. `problem.field` is a path in the form.

    A reason for what concerns a person as a whole may also be given where that person is named (`holder`).
    """

    problem: Problem
    of: str = RECORD
    holder: str | None = None

    @property
    def reason_places(self) -> tuple[str, ...]:
        is_of_whole = self.holder is not None and self.problem.field == self.of
        return (self.of, self.holder) if is_of_whole and self.holder is not None else (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """What an examination of the form found, in the order of the form."""

    visible: frozenset[str]
    computed: Mapping[str, Json]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(one.problem for one in self.findings)

    def at(self, field_id: str) -> tuple[Problem, ...]:
        """Return the problems of a field itself."""
        return tuple(problem for problem in self.problems if problem.field == field_id)

    def inside(self, field_id: str) -> dict[str, tuple[Problem, ...]]:
        """Return the problems of a field's parts, by the rest of their path."""
        return parts_of(self.problems, field_id)

    @property
    def of_record(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.field is None)


def check_form(
    values: Mapping[str, Json],
    unread: Mapping[str, Problem],
    definition: FormDefinition,
    context: FormCheckContext,
    kept: Collection[str] = (),
) -> FormCheck:
    """Examine the values of a form; `unread` are the texts that are no values yet, by their path."""
    numbers = itertools.count()
    apart = take_apart(
        values, definition, context.library.registers[PEOPLE], lambda: f"00000000-0000-0000-0000-{next(numbers):012x}"
    )
    follow, now = seeing(apart.persons, context), context.now
    visible = validation.visible_fields(apart.values, definition, today=context.today, now=now, follow=follow)
    found = list(find_problems(apart, definition, context, kept=kept))
    shown_unread = {path: problem for path, problem in unread.items() if top_of(path) in visible}
    found = [one for one in found if one.problem.field not in shown_unread]
    found += [Finding(problem=replace(problem, field=path)) for path, problem in shown_unread.items()]
    return FormCheck(
        visible=visible,
        computed=validation.computed(apart.values, definition, today=context.today, now=now, follow=follow),
        findings=in_order(found, definition),
    )


def find_problems(
    apart: TakenApart,
    definition: FormDefinition,
    context: FormCheckContext,
    *,
    kept: Collection[str] = (),
    drafts: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield what is wrong or doubtful in a record and the people asked for in it; `drafts` may lack answers."""
    today, now, follow = context.today, context.now, seeing(apart.persons, context)
    is_draft = RECORD in drafts
    for problem in validation.validate(
        apart.values,
        definition,
        library=context.library,
        today=today,
        now=now,
        follow=follow,
        is_draft=is_draft,
        kept=kept,
    ):
        yield Finding(problem=problem)
    people = context.library.registers[PEOPLE]
    left_out = not_asked(apart, definition, context)
    for person in apart.persons:
        if person.path in left_out:
            continue
        for problem in validation.validate(
            person.values,
            people,
            library=context.library,
            today=today,
            now=now,
            follow=follow,
            is_draft=person.path in drafts,
        ):
            yield finding_inside(person, problem)


def not_asked(apart: TakenApart, definition: FormDefinition, context: FormCheckContext) -> frozenset[str]:
    """Return the paths of the people who are in fields that are not asked, and of those inside them."""
    people = context.library.registers[PEOPLE]
    places = {RECORD: (definition, apart.values)} | {one.path: (people, one.values) for one in apart.persons}
    follow = seeing(apart.persons, context)
    shown: dict[str, frozenset[str]] = {}
    left_out: set[str] = set()
    for person in reversed(apart.persons):  # whoever holds others before them
        form, values = places[person.holder]
        if _may_be_hidden(form, person.field) and person.holder not in shown:
            shown[person.holder] = validation.visible_fields(
                values, form, today=context.today, now=context.now, follow=follow
            )
        if person.holder in left_out or person.field not in shown.get(person.holder, {person.field}):
            left_out.add(person.path)
    return frozenset(left_out)


def _may_be_hidden(form: FormDefinition, field_id: str) -> bool:
    return any(
        field.id == field_id and (section.visible_when or field.visible_when) is not None
        for section in form.sections
        for field in section.fields
    )


def still_open(findings: Iterable[Finding], answered: Mapping[str, Collection[str]]) -> tuple[Problem, ...]:
    """Return what keeps a record from being saved: errors, and warnings without a reason.

    `answered` are the names of the reasons there are (companion_fields.reason_name), by whose they are.
    """
    return tuple(
        one.problem
        for one in findings
        if one.problem.severity is Severity.ERROR
        or not any(reason_name(one.problem.code) in answered.get(place, ()) for place in one.reason_places)
    )


def finding_inside(person: PersonInside, problem: Problem) -> Finding:
    """Return a problem of a person's own values as one of the form that person is in."""
    path = f"{person.path}.{problem.field}" if problem.field else person.path
    return Finding(problem=replace(problem, field=path), of=person.path, holder=person.holder)


def seeing(persons: Iterable[PersonInside], context: FormCheckContext) -> Follow:
    """Return the way to a linked record's values, those of people who are no record yet among them."""
    inside = {person.id: person.values for person in persons}
    return lambda record: inside[record] if record in inside else context.follow(record)


def in_order(findings: Iterable[Finding], definition: FormDefinition) -> tuple[Finding, ...]:
    """Return findings in the order of the form, those of the record as a whole last."""
    order = {field.id: place for place, field in enumerate(definition.fields())}

    def place(one: Finding) -> int:
        return order.get(top_of(one.problem.field), len(order)) if one.problem.field else len(order) + 1

    return tuple(sorted(findings, key=place))


def with_program_names(
    values: Mapping[str, Json], stored: Mapping[str, Json], definition: FormDefinition
) -> dict[str, Json]:
    """Return the values with something in the fields that the program itself fills in on saving."""
    given = {field.id: stored.get(field.id) for field in definition.fields() if field.id in PROGRAM_NAMES}
    return {**stored, **{name: value or _GIVEN_LATER for name, value in given.items()}, **values}


def parts_of(problems: Iterable[Problem], field_id: str) -> dict[str, tuple[Problem, ...]]:
    """Return the problems of a field's parts, by the rest of their path."""
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.field is not None and problem.field != field_id and top_of(problem.field) == field_id:
            rest = problem.field.removeprefix(field_id)
            found[rest] = (*found.get(rest, ()), problem)
    return found


def top_of(path: str) -> str:
    """Return the field of the form that a path begins with."""
    match = _TOP.match(path)
    return match.group() if match else path
