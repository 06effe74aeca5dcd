"""What a set's condition says of the days of its records, for the database to leave out the others.

- Only what every record of the set must fulfil is used: comparisons with the period at the top or under `and`.
- A bound is wide by two days: stored forms may speak of other time zones, and of days without an hour.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from desktop.domain.conditions.parser import (
    Both,
    Comparison,
    Name,
    Node,
)
from desktop.domain.definitions.model import FormDefinition, TypeName
from desktop.domain.reports.model import (
    PERIOD_END,
    PERIOD_START,
    RecordSet,
    ReportDefinition,
)
from desktop.domain.reports.periods import Period
from desktop.storage.deadline_rows import Chance

_SLACK: Final = dt.timedelta(days=2)
_DATES: Final = frozenset({TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME})
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def chances(report: ReportDefinition, definition: FormDefinition, periods: Iterable[Period]) -> tuple[Chance, ...]:
    """Return what a record of a register must have to be in one of the sets in one of the periods."""
    found = {
        _chance(one, definition, period)
        for one in report.sets.values()
        if one.register == definition.id and not (one.any_of or one.all_of or one.linked_by)
        for period in periods
    }
    needs_all = any(one.register == definition.id and one.linked_by for one in report.sets.values())
    return (Chance(),) if Chance() in found or needs_all else tuple(sorted(found, key=repr))


def compared_with_period(node: Node) -> tuple[str, str, str] | None:
    """Return the field, the operator and the end of the period of `received_at >= period_start`; None for all else."""
    if not isinstance(node, Comparison) or node.operator not in _MIRRORED:
        return None
    left, right, sign = node.left, node.right, node.operator
    if isinstance(left, Name) and left.path[0] in {PERIOD_START, PERIOD_END}:
        left, right, sign = right, left, _MIRRORED[sign]
    if not isinstance(left, Name) or not isinstance(right, Name) or len(left.path) > 1:
        return None
    end = right.path[0]
    return (left.path[0], sign, end) if end in {PERIOD_START, PERIOD_END} else None


def _chance(one: RecordSet, definition: FormDefinition, period: Period) -> Chance:
    """Return the narrowest chance of the first field that is bounded."""
    bounds: dict[str, tuple[str | None, str | None]] = {}
    for name, sign, end in _compared(one.where.tree if one.where else None):
        field = definition.field(name)
        if field is None or field.computed is not None or field.type not in _DATES:
            continue
        day = period.first if end == PERIOD_START else period.last
        first, last = bounds.get(name, (None, None))
        if sign in {">", ">="}:
            first = max(filter(None, (first, f"{day - _SLACK}")))
        else:
            last = min(filter(None, (last, f"{day + _SLACK}")))
        bounds[name] = first, last
    best = sorted(bounds.items(), key=lambda item: item[1].count(None))
    return Chance(event=(best[0][0],), first=best[0][1][0], last=best[0][1][1]) if best else Chance()


def _compared(tree: Node | None) -> Iterator[tuple[str, str, str]]:
    parts = tree.parts if isinstance(tree, Both) else (tree,)
    for part in parts:
        found = compared_with_period(part) if part is not None else None
        if found is not None:
            yield found
