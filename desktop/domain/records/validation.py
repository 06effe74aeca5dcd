"""Validating the values of a record against its definition.

- All problems come back, in the order of the form; nothing is raised and nothing is changed.
- A section or field whose `visible_when` is not certainly true is hidden: it is not asked, its value is kept as it is,
  and conditions read it as empty.
- Computed fields are computed anew each time, from top to bottom, and are beside the values in every condition.
- A required field is missing only in a record that is no draft. A check fails only when its answer is certainly no.
- A field that the definition does not know is an error, unless the record holds it already (`kept`): a definition
  changes, a record written under another version stays whole.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.conditions.condition import (
    Condition,
    Follow,
    Values,
    evaluate,
)
from desktop.domain.definitions.model import (
    PROGRAM_NAMES,
    Check,
    FieldDefinition,
    FormDefinition,
    Library,
    TypeName,
)
from desktop.domain.log.operation import FIELD_ID, Json
from desktop.domain.values.field_types import ValueContext, check_value, is_empty

_ALWAYS_KNOWN: Final = frozenset({*PROGRAM_NAMES, "status"})


def validate(
    values: Values,
    definition: FormDefinition,
    *,
    library: Library,
    today: dt.date,
    now: dt.datetime,
    follow: Follow | None = None,
    is_draft: bool = False,
    kept: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return everything wrong or doubtful; `follow` gives the values of a linked record."""
    world = _World.of(today, now, follow)
    shown, seen = _look(values, definition, world)
    context = ValueContext(library=library, today=today)
    found: list[Problem] = []
    for field in definition.fields():
        if field.computed is None and field.id in shown:
            found += _field_problems(field, seen, context, world, is_draft=is_draft)
    for note in definition.notes:
        found += check_value(values.get(note.id), note, context)
    found += _failed(definition.checks, seen, world, None)
    found += _unknown_fields(values, definition, kept)
    return tuple(found)


def computed(
    values: Values, definition: FormDefinition, *, today: dt.date, now: dt.datetime, follow: Follow | None = None
) -> dict[str, Json]:
    """Return the computed fields of a record that have an answer."""
    return _compute(values, definition, _World.of(today, now, follow))


def visible_fields(
    values: Values, definition: FormDefinition, *, today: dt.date, now: dt.datetime, follow: Follow | None = None
) -> frozenset[str]:
    """Return the ids of the fields to show, computed ones among them."""
    return frozenset(_look(values, definition, _World.of(today, now, follow))[0])


@dataclass(frozen=True, slots=True)
class _World:
    """What conditions see beside the values; a linked record is asked for once."""

    today: dt.date
    now: dt.datetime
    follow: Follow | None

    @classmethod
    def of(cls, today: dt.date, now: dt.datetime, follow: Follow | None) -> "_World":
        return cls(today, now, None if follow is None else _remembering(follow))

    def answer(self, condition: Condition, values: Values) -> Json:
        return evaluate(condition, values, today=self.today, now=self.now, follow=self.follow)


def _remembering(follow: Follow) -> Follow:
    known: dict[str, Values | None] = {}

    def once(record: str) -> Values | None:
        if record not in known:
            known[record] = follow(record)
        return known[record]

    return once


def _compute(values: Values, definition: FormDefinition, world: _World) -> dict[str, Json]:
    found: dict[str, Json] = {}
    seen = _asked(values, definition)
    for field in definition.fields():
        if field.computed is not None:
            answer = world.answer(field.computed, seen)
            if answer is not None:
                found[field.id] = seen[field.id] = answer
    return found


def _asked(values: Values, definition: FormDefinition) -> dict[str, Json]:
    """Return the values without those that a record holds of fields that are computed now."""
    computed_now = {field.id for field in definition.fields() if field.computed is not None}
    return {name: value for name, value in values.items() if name not in computed_now}


def _look(values: Values, definition: FormDefinition, world: _World) -> tuple[set[str], dict[str, Json]]:
    """Return the ids of what is shown, and the values that conditions see: the computed in, the hidden out."""
    seen = {**_asked(values, definition), **_compute(values, definition, world)}
    shown: set[str] = set()
    for section in definition.sections:
        is_open = section.visible_when is None or world.answer(section.visible_when, seen) is True
        for field in section.fields:
            if is_open and (field.visible_when is None or world.answer(field.visible_when, seen) is True):
                shown.add(field.id)
            else:
                seen.pop(field.id, None)
    return shown, seen


def _field_problems(
    field: FieldDefinition, seen: Values, context: ValueContext, world: _World, *, is_draft: bool
) -> Iterator[Problem]:
    value = seen.get(field.id)
    if is_empty(value):
        if not is_draft and _is_required(field, seen, world):
            yield Problem(code="value_missing", field=field.id)
        elif field.checks:
            yield from _failed(field.checks, seen, world, field.id)
        return
    found = check_value(value, field, context)
    yield from found
    wrong = {problem.field for problem in found if problem.severity is Severity.ERROR}
    if field.type is TypeName.ROWS and isinstance(value, list):
        for number, row in enumerate(value):
            if isinstance(row, dict):
                yield from _row_problems(field, row, f"{field.id}[{number}].", seen, world, wrong, is_draft=is_draft)
    if field.checks and not wrong:
        yield from _failed(field.checks, seen, world, field.id)


def _row_problems(
    rows: FieldDefinition,
    row: dict[str, Json],
    prefix: str,
    seen: Values,
    world: _World,
    wrong: Collection[str | None],
    *,
    is_draft: bool,
) -> Iterator[Problem]:
    """Yield what the values of a row alone cannot show; its columns come before the fields around it."""
    nothing: dict[str, Json] = {column.id: None for column in rows.fields}
    around = {**seen, **nothing, **row}
    for column in rows.fields:
        place = prefix + column.id
        if is_empty(row.get(column.id)) and not is_draft and _is_required(column, around, world):
            yield Problem(code="value_missing", field=place)
        elif place not in wrong:
            yield from _failed(column.checks, around, world, place)
    for name in row:
        if name not in nothing:
            yield _unknown(name, nothing, Severity.WARNING, prefix)


def _is_required(field: FieldDefinition, seen: Values, world: _World) -> bool:
    return field.required or (field.required_when is not None and world.answer(field.required_when, seen) is True)


def _failed(checks: tuple[Check, ...], seen: Values, world: _World, field: str | None) -> Iterator[Problem]:
    for check in checks:
        if world.answer(check.that, seen) is False:
            yield Problem(
                code=check.code,
                severity=check.severity,
                field=field,
                message=check.message,
                legal_basis=check.legal_basis,
            )


def _unknown_fields(values: Values, definition: FormDefinition, kept: Collection[str]) -> Iterator[Problem]:
    for name, value in values.items():
        if (
            definition.stored_field(name) is None
            and name not in kept
            and name not in _ALWAYS_KNOWN
            and not is_empty(value)
        ):
            yield _unknown(name, [field.id for field in definition.fields()], Severity.ERROR)


def _unknown(name: str, known: Iterable[str], severity: Severity, prefix: str = "") -> Problem:
    """Return the problem of a name that no field has; a name is reported only if a field could have it."""
    shown = name if FIELD_ID.fullmatch(name) else "?"
    near = get_close_matches(shown, sorted(known), n=1)
    context = {"name": shown, "suggestion": near[0] if near else "–"}
    return Problem(code="unknown_field", severity=severity, field=prefix + shown, context=context)
