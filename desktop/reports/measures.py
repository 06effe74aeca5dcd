"""From records to a number: how many, how many rows, a sum, how many different values.

- The records of a number are those that it was counted from: with a sum those that add to it.
- What is no number adds nothing; values that differ in capitals or spaces alone are the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from desktop.domain.conditions.condition import Condition, Values
from desktop.domain.conditions.functions import number_of
from desktop.domain.log.operation import Json, canonical
from desktop.domain.reports.cells import Counted
from desktop.domain.reports.periods import Period
from desktop.domain.reports.results import Amount
from desktop.reports.answers import Answers
from desktop.reports.records import CountedRecord


def measure(cell: Counted, records: Iterable[CountedRecord], period: Period, answers: Answers) -> Amount:
    """Return the number of a cell over the records of its set, and those of them that it was counted from."""
    if cell.rows is None and cell.sum is None and cell.distinct is None:
        ids = tuple(record.record for record in records)
        return Amount(number=Decimal(len(ids)), records=ids)
    total = Decimal(0)
    different: set[str] = set()
    counted: list[str] = []
    for record in records:
        things = list(_things(cell, record, period, answers))
        if things:
            counted.append(record.record)
        if cell.distinct is not None:
            different.update(map(_same, things))
        elif cell.sum is not None:
            total += sum((Decimal(number_of(thing) or 0) for thing in things), Decimal(0))
        else:
            total += len(things)
    number = Decimal(len(different)) if cell.distinct is not None else total
    return Amount(number=number, records=tuple(counted))


def _things(cell: Counted, record: CountedRecord, period: Period, answers: Answers) -> Iterator[Json]:
    """Yield what is counted of one record: its value, or one of each of its rows."""
    for values in (record,) if cell.rows is None else _rows(cell.rows, cell.row_where, record, period, answers):
        if cell.distinct is not None:
            value = values.get(cell.distinct)
            found: list[Json] = value if isinstance(value, list) else [value]
            yield from (one for one in found if one not in (None, "", {}))
        elif cell.sum is not None:
            number = answers.value(cell.sum, values, period)
            if number_of(number):
                yield number
        else:
            yield True


def _rows(
    name: str, chosen: Condition | None, record: CountedRecord, period: Period, answers: Answers
) -> Iterator[Values]:
    rows, field = record.get(name), record.register.definition.field(name)
    columns = frozenset(column.id for column in field.fields) if field else frozenset[str]()
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            values: Values = _Row(row, columns, record)
            if chosen is None or answers.value(chosen, values, period) is True:
                yield values


class _Row(Mapping[str, Json]):
    """A row; its columns come before the fields around it, also those that are empty."""

    def __init__(self, row: Mapping[str, Json], columns: frozenset[str], record: CountedRecord) -> None:
        self._row = row
        self._columns = columns
        self._record = record

    def __getitem__(self, name: str) -> Json:
        return self._row.get(name) if name in self._columns else self._record.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)


def _same(value: Json) -> str:
    return " ".join(value.split()).casefold() if isinstance(value, str) else canonical(value).decode()
