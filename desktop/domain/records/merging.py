"""The state of a record as a function of the set of its operations.

- For each field, the visible values are those of the operations that no other known operation names as a parent.
- One visible value is the field's value. Several are a conflict, unless they are equal or their class unites them.
- Nothing here looks at a clock to decide: times only order what is shown. Any order of arrival, any repetition, gives
  the same state (RULES.md 2).
- Nobody wins silently: a conflict keeps every value until an operation names all of them as parents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.definitions.model import FieldDefinition, FormDefinition, MergeClass
from desktop.domain.log.operation import (
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
    canonical,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A visible value: what, by which operation, by whom, when."""

    id: OperationId
    value: Json
    officer: str
    time: HybridTime


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field's shown value and the heads behind it; `is_conflict` asks a person to choose."""

    value: Json
    heads: tuple[Head, ...]
    is_conflict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """A record as its known operations make it. `created` and `updated` are the first and last operation shown."""

    id: str
    register: str
    definition_version: int
    fields: Mapping[str, FieldState]
    created: OperationId
    updated: OperationId

    @property
    def values(self) -> dict[str, Json]:
        return {name: state.value for name, state in self.fields.items() if state.value is not None}

    @property
    def conflicts(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, state in self.fields.items() if state.is_conflict))


def record_state(operations: Iterable[Operation], definition: FormDefinition | None) -> RecordState:
    """Fold the operations of one record; `definition` gives the fields' merge classes (None: every field is scalar).

    Raises:
        ValueError: no operation at all (our bug).
    """
    ordered = sorted(operations, key=lambda operation: (operation.time, operation.id))
    if not ordered:
        message = "a record without operations"
        raise ValueError(message)
    by_field: dict[str, list[tuple[Operation, FieldChange]]] = {}
    for operation in ordered:
        for name, change in operation.fields.items():
            by_field.setdefault(name, []).append((operation, change))
    return RecordState(
        id=ordered[0].record,
        register=ordered[0].register,
        definition_version=max(operation.definition_version for operation in ordered),
        fields={
            name: _field_state(by_field[name], definition.stored_field(name) if definition else None)
            for name in sorted(by_field)
        },
        created=ordered[0].id,
        updated=ordered[-1].id,
    )


def parents_of(state: FieldState | None) -> tuple[OperationId, ...]:
    """Return what a new value of a field replaces: all that is visible now."""
    return () if state is None else tuple(head.id for head in state.heads)


def _field_state(changes: Sequence[tuple[Operation, FieldChange]], field: FieldDefinition | None) -> FieldState:
    if len(changes) == 1:
        operation, change = changes[0]
        return FieldState(change.value, (_head(operation, change),), is_conflict=False)
    replaced = {parent for _, change in changes for parent in change.parents}
    heads = tuple(_head(operation, change) for operation, change in changes if operation.id not in replaced)
    if not heads:  # a ring of parents: only a hostile or broken station writes one; show all of it
        heads = tuple(_head(operation, change) for operation, change in changes)
    distinct = {canonical(head.value) for head in heads}
    if len(distinct) == 1:
        return FieldState(heads[-1].value, heads, is_conflict=False)
    merge = field.merge if field else MergeClass.SCALAR
    if merge is MergeClass.SET:
        return FieldState(_union(heads), heads, is_conflict=False)
    return FieldState(_shown(heads, field, merge), heads, is_conflict=True)


def _head(operation: Operation, change: FieldChange) -> Head:
    return Head(operation.id, change.value, operation.officer, operation.time)


def _union(heads: Sequence[Head]) -> Json:
    found: dict[bytes, Json] = {}
    for head in heads:
        for item in head.value if isinstance(head.value, list) else [head.value]:
            if item is not None:
                found.setdefault(canonical(item), item)
    return [found[key] for key in sorted(found)]


def _shown(heads: Sequence[Head], field: FieldDefinition | None, merge: MergeClass) -> Json:
    """Return what the field shows while the conflict lasts."""
    if merge is MergeClass.SAFETY and field is not None:
        ranks = {value: rank for rank, value in enumerate(field.protective)}
        return min(heads, key=lambda head: (ranks.get(str(head.value), len(ranks)), head.value is None)).value
    if merge is MergeClass.TEXT:
        return "\n\n".join(str(head.value) for head in heads if head.value)
    return heads[-1].value
