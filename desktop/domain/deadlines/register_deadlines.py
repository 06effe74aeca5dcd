"""What the deadlines of a register need to know of a record, so that twenty thousand records are looked at quickly.

- Only the fields that the deadlines name are read, and those that these depend on: what computes them, what hides them.
- A hidden field is empty to a deadline, as to every condition.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.base.dates import VIETNAM
from desktop.domain.conditions.condition import Condition, Values
from desktop.domain.conditions.parser import (
    Both,
    Call,
    Comparison,
    Either,
    IsEmpty,
    Membership,
    Name,
    Node,
    Not,
)
from desktop.domain.deadlines.deadline import (
    OWN_KIND,
    STATION_KIND,
    DeadlineDefinition,
    DeadlineReading,
    DeadlineSight,
    read_deadlines,
)
from desktop.domain.definitions.model import FieldDefinition, FormDefinition, Section
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed, visible_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class StationKinds:
    """The kind of station that wrote a record, and of the one that reads it: who has which duty differs."""

    writer: str | None
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDeadlines:
    """The deadlines of one register, each after the one it names, and its definition cut down to what they need."""

    deadlines: tuple[DeadlineDefinition, ...]
    needed: FormDefinition
    ends: frozenset[str]
    has_computed: bool

    def read(
        self, values: Values, stations: StationKinds, sight: DeadlineSight, *, only_open: bool = False
    ) -> tuple[DeadlineReading, ...]:
        """Read the deadlines over the stored values of a record; `only_open` leaves out what is met, and is quicker.

        What a deadline is met by counts even when it is hidden: it was done.
        """
        deadlines = tuple(deadline for deadline in self.deadlines if _may_run(deadline, values, only_open=only_open))
        if not deadlines:
            return ()
        today = sight.now.astimezone(VIETNAM).date()
        shown = visible_fields(values, self.needed, today=today, now=sight.now, follow=sight.follow)
        seen: dict[str, Json] = {name: value for name, value in values.items() if name in shown or name in self.ends}
        if self.has_computed:
            found = computed(values, self.needed, today=today, now=sight.now, follow=sight.follow)
            seen |= {name: value for name, value in found.items() if name in shown}
        return read_deadlines(deadlines, {**seen, STATION_KIND: stations.writer, OWN_KIND: stations.reader}, sight)


def register_deadlines(deadlines: Iterable[DeadlineDefinition], definition: FormDefinition) -> RegisterDeadlines:
    """Gather the deadlines of a register, which are in the order they are read in."""
    ordered = tuple(deadlines)
    needed = cut_down(definition, _names(ordered))
    return RegisterDeadlines(
        deadlines=ordered,
        needed=needed,
        ends=frozenset(deadline.met_by for deadline in ordered if deadline.met_by),
        has_computed=any(field.computed is not None for field in needed.fields()),
    )


def names_of(condition: Condition) -> frozenset[str]:
    """Return the first names of every path in a condition: fields of the record itself."""
    return frozenset(path[0] for path in paths_of(condition))


def paths_of(condition: Condition) -> frozenset[tuple[str, ...]]:
    """Return every path in a condition, of one name or through links."""
    return frozenset(_paths_in(condition.tree))


def cut_down(definition: FormDefinition, names: Iterable[str]) -> FormDefinition:
    """Return a definition of the named fields alone, with those that compute or hide them."""
    sections: Mapping[str, Section] = {field.id: section for section in definition.sections for field in section.fields}
    needed: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        field = definition.field(name)
        if field is None or name in needed:
            continue
        needed.add(name)
        for condition in (field.computed, field.visible_when, sections[name].visible_when):
            waiting += _of(condition)
    return dataclasses.replace(definition, sections=tuple(_sections(definition, needed)))


def _may_run(deadline: DeadlineDefinition, values: Values, *, only_open: bool) -> bool:
    """Return False only when the stored values alone say that the deadline does not run, or is met."""
    if only_open and deadline.met_by and values.get(deadline.met_by):
        return False
    return not deadline.starts or any(values.get(name) for name in deadline.starts)


def _names(deadlines: Iterable[DeadlineDefinition]) -> frozenset[str]:
    found: set[str] = set()
    for deadline in deadlines:
        found.update(deadline.starts)
        found.update(name for name in (deadline.before, deadline.met_by, deadline.extends_by) if name)
        conditions = (deadline.when, deadline.met_when, *(variant.when for variant in deadline.variants))
        for condition in conditions:
            found.update(_of(condition))
    return frozenset(found)


def _sections(definition: FormDefinition, needed: set[str]) -> Iterator[Section]:
    for section in definition.sections:
        fields: tuple[FieldDefinition, ...] = tuple(field for field in section.fields if field.id in needed)
        if fields:
            yield dataclasses.replace(section, fields=fields)


def _of(condition: Condition | None) -> Iterable[str]:
    return () if condition is None else names_of(condition)


def _paths_in(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Name(path):
            yield path
        case Call(_, arguments):
            for argument in arguments:
                yield from _paths_in(argument)
        case Comparison(_, left, right):
            yield from _paths_in(left)
            yield from _paths_in(right)
        case Membership(item, group):
            yield from _paths_in(item)
            yield from _paths_in(group)
        case IsEmpty(operand) | Not(operand):
            yield from _paths_in(operand)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _paths_in(part)
