"""Looking over what stands in a form: which fields are shown, what is computed, what is wrong or still missing.

- The same validation as on saving, on plain values, so that what is shown here is what the save will say.
- A person entered inside the form is examined with the form of people; conditions see that person as if linked.
- A text that cannot be read is a problem of its own and takes the place of "missing".
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from desktop.domain import validation
from desktop.domain.changes import Json
from desktop.domain.definitions import FormDefinition, Library, TypeName
from desktop.domain.problems import Problem
from desktop.domain.values import is_sealed

PEOPLE: Final = "person"
_TOP: Final = re.compile(r"[a-z][a-z0-9_]*")
_LINKS: Final = {TypeName.PERSON, TypeName.LINK}


class Surveyed(Protocol):
    """What an examination sees beside the values: an open form, or the registry behind a draft."""

    @property
    def library(self) -> Library: ...
    @property
    def today(self) -> dt.date: ...
    @property
    def now(self) -> dt.datetime: ...
    def follow(self, record: str) -> Mapping[str, Json] | None:
        """Return the values of a linked record, None when it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a look over the form found; `problems` in the order of the form."""

    visible: frozenset[str]
    computed: Mapping[str, Json]
    problems: tuple[Problem, ...]

    def at(self, field_id: str) -> tuple[Problem, ...]:
        """Return the problems of a field itself."""
        return tuple(problem for problem in self.problems if problem.field == field_id)

    def inside(self, field_id: str) -> dict[str, tuple[Problem, ...]]:
        """Return the problems of a field's parts, by the rest of their path."""
        found: dict[str, tuple[Problem, ...]] = {}
        for problem in self.problems:
            if problem.field is not None and problem.field != field_id and top_of(problem.field) == field_id:
                rest = problem.field.removeprefix(field_id)
                found[rest] = (*found.get(rest, ()), problem)
        return found

    @property
    def of_record(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.field is None)


def examine(
    values: Mapping[str, Json],
    unread: Mapping[str, Problem],
    definition: FormDefinition,
    context: Surveyed,
    kept: Sequence[str] = (),
) -> Examined:
    """Look over the values of a form; `unread` are the texts that are no values yet, by their path."""
    plain, persons = _persons_apart(values, definition)

    def follow(record: str) -> Mapping[str, Json] | None:
        return persons[record] if record in persons else context.follow(record)

    now = context.now
    visible = validation.visible_fields(plain, definition, today=context.today, now=now, follow=follow)
    found = list(
        validation.validate(
            plain, definition, library=context.library, today=context.today, now=now, follow=follow, kept=kept
        )
    )
    people = context.library.registers[PEOPLE]
    for field in definition.fields():
        person = values.get(field.id)
        if field.id in visible and field.type in _LINKS and isinstance(person, dict) and not is_sealed(person):
            inner = examine(person, {}, people, context)
            found += [
                replace(one, field=f"{field.id}.{one.field}" if one.field else field.id) for one in inner.problems
            ]
    shown_unread = {path: problem for path, problem in unread.items() if top_of(path) in visible}
    found = [one for one in found if one.field not in shown_unread]
    found += [replace(problem, field=path) for path, problem in shown_unread.items()]
    order = {field.id: place for place, field in enumerate(definition.fields())}
    found.sort(key=lambda one: order.get(top_of(one.field), len(order)) if one.field else len(order) + 1)
    return Examined(
        visible=visible,
        computed=validation.computed(plain, definition, today=context.today, now=now, follow=follow),
        problems=tuple(found),
    )


def top_of(path: str) -> str:
    """Return the field of the form that a path begins with."""
    match = _TOP.match(path)
    return match.group() if match else path


def _persons_apart(
    values: Mapping[str, Json], definition: FormDefinition
) -> tuple[dict[str, Json], dict[str, Mapping[str, Json]]]:
    """Return the values with ids in the place of persons entered here, and those persons by these ids."""
    plain: dict[str, Json] = dict(values)
    persons: dict[str, Mapping[str, Json]] = {}
    for place, field in enumerate(definition.fields()):
        value = values.get(field.id)
        if field.type in _LINKS and isinstance(value, dict) and not is_sealed(value):
            identity = f"00000000-0000-0000-0000-{place:012x}"
            plain[field.id] = identity
            persons[identity] = value
    return plain, persons
