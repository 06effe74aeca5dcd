"""Which fields of which registers a report looks at: only these are read, of all records at once.

- A path through links needs a field in each register on the way; a computed or hidden field needs what it depends on.
- A duty's due day needs what its deadline needs, and the deadlines it is counted back from.
"""

from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.conditions.condition import Condition
from desktop.domain.deadlines.deadline import DeadlineDefinition
from desktop.domain.deadlines.register_deadlines import (
    RegisterDeadlines,
    cut_down,
    paths_of,
    register_deadlines,
)
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    TypeName,
)
from desktop.domain.reports.cells import Counted, cells, counted
from desktop.domain.reports.model import (
    ADDRESS_PARTS,
    DUE_OF,
    UNIT,
    ReportDefinition,
)


class Needs:
    """The fields by register, and the deadlines that are asked about, each with those it is counted back from."""

    def __init__(self, report: ReportDefinition, library: Library, deadlines: Mapping[str, RegisterDeadlines]) -> None:
        self._library = library
        self._fields: dict[str, set[str]] = {one.register: set() for one in report.sets.values()}
        self._looked_at = set(self._fields)
        self._linked: set[str] = set()
        self.deadlines: dict[str, Mapping[str, RegisterDeadlines]] = {}
        self._named_deadlines: dict[str, set[str]] = {}
        for register, condition in _conditions(report):
            self._add_condition(register, condition)
        for register, path in _paths(report):
            self._add_path(register, path)
        for register, names in self._named_deadlines.items():
            self._add_deadlines(register, names, deadlines[register])

    @property
    def counted(self) -> frozenset[str]:
        """The registers whose records are counted; the others are only looked into through links."""
        return frozenset(self._looked_at)

    def definition(self, register: str) -> FormDefinition:
        """Return the definition of a register cut down to what is needed."""
        return cut_down(self._library.registers[register], self._fields[register])

    @property
    def linked(self) -> frozenset[str]:
        """The registers that paths lead into."""
        return frozenset(self._linked)

    def _add_condition(self, register: str, condition: Condition) -> None:
        for path in paths_of(condition):
            self._add_path(register, path)

    def _add_path(self, register: str, path: tuple[str, ...]) -> None:
        name, *rest = path
        if name.startswith(DUE_OF):
            self._named_deadlines.setdefault(register, set()).add(name.removeprefix(DUE_OF))
            return
        definition = self._library.registers[register]
        field = definition.field(name)
        if field is None:
            return  # a name of ours
        known = self._fields.setdefault(register, set())
        if name not in known:
            known.add(name)
            for condition in _behind(definition, field):
                self._add_condition(register, condition)
        target = "person" if field.type is TypeName.PERSON else field.register
        if rest and target:
            self._linked.add(target)
            self._add_path(target, tuple(rest))

    def _add_deadlines(self, register: str, names: set[str], known: RegisterDeadlines) -> None:
        by_id = {deadline.id: deadline for deadline in known.deadlines}
        found = {}
        for name in sorted(names):
            chain = list(_chain(by_id[name], by_id))
            found[name] = register_deadlines(reversed(chain), self._library.registers[register])
            for field in found[name].needed.fields():
                self._add_path(register, (field.id,))
            for deadline in chain:
                for condition in (deadline.when, deadline.met_when, *(variant.when for variant in deadline.variants)):
                    if condition is not None:
                        self._add_condition(register, condition)
        self.deadlines[register] = found


def _chain(deadline: DeadlineDefinition, by_id: Mapping[str, DeadlineDefinition]) -> Iterator[DeadlineDefinition]:
    """Yield a deadline and those it is counted back from."""
    here: DeadlineDefinition | None = deadline
    while here is not None:
        yield here
        here = by_id.get(here.before or "")


def _behind(definition: FormDefinition, field: FieldDefinition) -> Iterator[Condition]:
    section = next(one for one in definition.sections if field in one.fields)
    yield from (one for one in (field.computed, field.visible_when, section.visible_when) if one is not None)


def _conditions(report: ReportDefinition) -> Iterator[tuple[str, Condition]]:
    for one in report.sets.values():
        if one.where is not None:
            yield one.register, one.where
    for cell in _cells(report):
        register = report.sets[cell.set].register
        yield from ((register, condition) for condition in cell.where)
        yield from ((register, condition) for condition in (cell.row_where, cell.sum) if condition is not None)


def _paths(report: ReportDefinition) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in report.sets.values():
        if one.linked_by and one.through:
            yield report.sets[one.linked_by].register, (one.through,)
    for cell in _cells(report):
        register = report.sets[cell.set].register
        yield from ((register, (name,)) for name in (cell.rows, cell.distinct) if name)
    for table in report.tables:
        for line in (*table.rows, *table.columns):
            for register, path in line.each.paths.items() if line.each else ():
                if path != (UNIT,):
                    yield register, path[:-1] if path[-1] in ADDRESS_PARTS else path


def _cells(report: ReportDefinition) -> Iterable[Counted]:
    for table in report.tables:
        for row, column in cells(table):
            cell = counted(table, row, column)
            yield from (one for one in (cell, cell.of if cell else None) if one is not None and not one.is_manual)
