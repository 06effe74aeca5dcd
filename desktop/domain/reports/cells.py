"""What one cell of a table counts: its row and its column taken together.

- One of the two says what is counted, the other narrows; the set comes from either, or from the table.
- The other one's condition narrows both numbers of a share; a line's own condition narrows only its own number.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.conditions.condition import Condition
from desktop.domain.reports.model import Measure, ReportLine, TableDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A set narrowed by conditions, and what is counted of it; `of` is the whole that it is a share of."""

    set: str
    where: tuple[Condition, ...] = ()
    rows: str | None = None
    row_where: Condition | None = None
    sum: Condition | None = None
    distinct: str | None = None
    is_manual: bool = False
    of: "Counted | None" = None


def counted(table: TableDefinition, row: ReportLine, column: ReportLine | None) -> Counted | None:
    """Return what a cell counts; None when nothing says of which records (a heading, a fault of the file)."""
    other = column.measure if column else Measure()
    says, narrows = (other, row.measure) if other.says_what else (row.measure, other)
    name = says.set or narrows.set or table.set or ""
    if row.is_heading or not (name or says.is_manual):
        return None
    around = (narrows.where,) if narrows.where else ()
    found = _counted(says, name, around)
    whole = _counted(says.of, says.of.set or name, around) if says.of else None
    return dataclasses.replace(found, of=whole)


def cells(table: TableDefinition) -> Iterator[tuple[ReportLine, ReportLine | None]]:
    """Yield every row with every column; over periods with none."""
    for row in table.rows:
        for column in table.columns or (None,):
            yield row, column


def _counted(measure: Measure, name: str, around: tuple[Condition, ...]) -> Counted:
    return Counted(
        set=name,
        where=(*((measure.where,) if measure.where else ()), *around),
        rows=measure.rows,
        row_where=measure.row_where,
        sum=measure.sum,
        distinct=measure.distinct,
        is_manual=measure.is_manual,
    )
