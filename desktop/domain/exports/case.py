"""One case as it leaves: the fields of the standard from the values of a record, never a name.

- What a field takes is what the mapping says and nothing else; an empty answer, a code that says nothing, or several
  answers where the standard has one, leave the field out.
- The rows of a group are a set without an order: when and how often is nobody's to know.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from desktop.domain.base.dates import span
from desktop.domain.conditions.condition import Follow, Values, evaluate
from desktop.domain.exports.model import (
    DerivedField,
    ExportDefinition,
    GeneralisationStep,
    MappedField,
    RepeatedFields,
    band_of,
)
from desktop.domain.exports.standard import StandardType
from desktop.domain.log.operation import Json

Row: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCase:
    """A case; `record` is known here alone and never written."""

    record: str
    beside: Mapping[str, str]
    fields: Row
    groups: Mapping[str, tuple[Row, ...]]

    def said(self, name: str) -> Hashable:
        """Return what the case says under a name of `alike`."""
        if name in self.groups:
            return tuple(
                tuple(sorted((key, _frozen(value)) for key, value in row.items())) for row in self.groups[name]
            )
        return self.beside.get(name) if name in self.beside else _frozen(self.fields.get(name))

    def without(self, step: GeneralisationStep) -> "ExportedCase":
        """Return the case after a step: a name emptied, or its band made wider."""
        if step.name in self.groups:
            return replace(self, groups={**self.groups, step.name: ()})
        if step.name in self.beside:
            band = self.beside[step.name]
            wider = band_of(int(band.rstrip("+").partition("-")[0]), step.bands) if step.bands and band else ""
            return replace(self, beside={**self.beside, step.name: wider})
        return replace(self, fields={name: value for name, value in self.fields.items() if name != step.name})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWorld:
    """What a case is read with: the day, linked records, names of provinces, and the records that link to it."""

    today: dt.date
    now: dt.datetime
    follow: Follow
    place_name: Callable[[str, str], str]
    linked: Callable[[str, RepeatedFields], Sequence[Values]]


def reason_to_stay(definition: ExportDefinition, values: Values, world: CaseWorld) -> str | None:
    """Return the id of the first rule that does not certainly hold; None when the case may leave."""
    for only in definition.only:
        if evaluate(only.that, values, today=world.today, now=world.now, follow=world.follow) is not True:
            return only.id
    return None


def case_of(definition: ExportDefinition, record: str, values: Values, world: CaseWorld) -> ExportedCase:
    return ExportedCase(
        record=record,
        beside={beside.id: _beside(beside, values, world) for beside in definition.beside},
        fields=_fields(definition.fields, values, world),
        groups={group.id: _rows(group, record, values, world) for group in definition.groups},
    )


def outside_standard(definition: ExportDefinition, case: ExportedCase) -> tuple[str, ...]:
    """Return the names of fields that the standard does not have here, or whose value it does not accept."""
    groups = {group.id: group.fields for group in definition.groups}
    wrong = _outside(definition.fields, case.fields)
    for group, rows in case.groups.items():
        wrong += [name for row in rows for name in _outside(groups[group], row)]
    return tuple(dict.fromkeys(wrong))


def _outside(mapped: Sequence[MappedField], row: Row) -> list[str]:
    known = {field.to.name: field.to for field in mapped}
    return [name for name, value in row.items() if name not in known or not known[name].accepts(value)]


def _fields(mapped: Sequence[MappedField], values: Values, world: CaseWorld) -> Row:
    gathered: dict[str, list[str | bool]] = {}
    kinds = {field.to.name: field.to.type for field in mapped}
    for field in mapped:
        words = gathered.setdefault(field.to.name, [])
        words += [word for word in _words(field, values, world) if word not in words]
    found: dict[str, Json] = {}
    for name, words in gathered.items():
        if kinds[name] is StandardType.MULTISELECT and words:
            found[name] = [*sorted(map(str, words))]
        elif len(words) == 1:
            found[name] = words[0]
    return found


def _words(field: MappedField, values: Values, world: CaseWorld) -> list[str | bool]:
    """Return what a field may say; a constant only beside an answer, where it has a path."""
    answers = _follow(field.path, values, world) if field.path else []
    if field.part:
        answers = [answer.get(field.part) for answer in answers if isinstance(answer, dict)]
    flat = [item for answer in answers for item in (answer if isinstance(answer, list) else [answer])]
    texts = [item for item in flat if isinstance(item, str) and item and item not in field.without]
    if field.constant is not None:
        return [field.constant] if texts or not field.path else []
    if field.part == "province":
        return [name for text in texts if (name := world.place_name(text, ""))]
    codes = field.codes or {}
    return [codes.get(text, text) for text in texts if field.is_same or text in codes]


def _follow(path: Sequence[str], values: Values, world: CaseWorld) -> list[Json]:
    value = values.get(path[0])
    if len(path) == 1:
        return [] if value is None else [value]
    if isinstance(value, list):
        return [row.get(path[1]) for row in value if isinstance(row, dict)]
    target = world.follow(value) if isinstance(value, str) else None
    return _follow(path[1:], target, world) if target is not None else []


def _beside(beside: DerivedField, values: Values, world: CaseWorld) -> str:
    if beside.year_of:
        answer = values.get(beside.year_of)
        days = span(answer[:10]) if isinstance(answer, str) else None
        return str(days[0].year) if days is not None else ""
    for age in beside.ages:
        answer = evaluate(age, values, today=world.today, now=world.now, follow=world.follow)
        if isinstance(answer, int) and not isinstance(answer, bool) and answer >= 0:
            return band_of(answer, beside.bands)
    return ""


def _rows(group: RepeatedFields, record: str, values: Values, world: CaseWorld) -> tuple[Row, ...]:
    if group.rows:
        answer = values.get(group.rows)
        sources: Sequence[Values] = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
    else:
        sources = world.linked(record, group)
    found = {repr(sorted(row.items())): row for source in sources if (row := _fields(group.fields, source, world))}
    return tuple(found[key] for key in sorted(found))


def _frozen(value: Json) -> Hashable:
    return tuple(map(str, value)) if isinstance(value, list) else str(value) if value is not None else None
