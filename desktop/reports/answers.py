"""The answers of a report's conditions over its records, each asked once however many cells need it.

- The answers are those of desktop/domain/conditions/evaluate.py. Only two things are done quicker, for a report asks the
  same of thousands of records and three periods: what does not depend on the period is asked once, and a date field is
  compared with an end of the period as the days that it may be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from desktop.domain.conditions.condition import Condition, Values
from desktop.domain.conditions.evaluate import Sight, answer
from desktop.domain.conditions.functions import span_of
from desktop.domain.conditions.parser import (
    Both,
    Either,
    Node,
    Not,
)
from desktop.domain.deadlines.deadline import DeadlineSight
from desktop.domain.deadlines.register_deadlines import paths_of
from desktop.domain.log.operation import Json
from desktop.domain.reports.model import PERIOD_END, PERIOD_START
from desktop.domain.reports.periods import Period
from desktop.reports.bounds import compared_with_period
from desktop.reports.records import CountedRecord

_Truth: TypeAlias = bool | None
_Asked: TypeAlias = Callable[[CountedRecord, Period], _Truth]
_ENDS: Final = frozenset({PERIOD_START, PERIOD_END})


class Answers:
    """Asks conditions of records and remembers the answers."""

    def __init__(self, sight: DeadlineSight) -> None:
        self._sight = sight
        self._asked: dict[int, tuple[Condition, _Asked]] = {}

    def holding(
        self, condition: Condition, records: Iterable[CountedRecord], period: Period
    ) -> tuple[CountedRecord, ...]:
        """Return the records for which the answer is certainly yes."""
        ask = self._reader(condition)
        return tuple([record for record in records if ask(record, period) is True])

    def value(self, condition: Condition, values: Values, period: Period) -> Json:
        """Return the answer over a record or one of its rows, not remembered."""
        return self._answer(condition.tree, _InPeriod(values, period))

    def _reader(self, condition: Condition) -> _Asked:
        known = self._asked.get(id(condition))
        if known is None:
            known = self._asked[id(condition)] = condition, self._compile(condition.tree)
        return known[1]

    def _compile(self, node: Node) -> _Asked:
        if not _depends_on_period(node):
            return self._remembered(node)
        compared = compared_with_period(node)
        if compared is not None:
            return _compare(*compared)
        match node:
            case Both(parts):
                return _joined([self._compile(part) for part in parts], decisive=False)
            case Either(parts):
                return _joined([self._compile(part) for part in parts], decisive=True)
            case Not(operand):
                inner = self._compile(operand)
                return lambda record, period: None if (found := inner(record, period)) is None else not found
        return self._remembered_by_period(node)

    def _remembered(self, node: Node) -> _Asked:
        known: dict[str, _Truth] = {}

        def ask(record: CountedRecord, _period: Period) -> _Truth:
            if record.record not in known:
                known[record.record] = _truth(self._answer(node, record))
            return known[record.record]

        return ask

    def _remembered_by_period(self, node: Node) -> _Asked:
        known: dict[tuple[str, Period], _Truth] = {}

        def ask(record: CountedRecord, period: Period) -> _Truth:
            key = record.record, period
            if key not in known:
                known[key] = _truth(self._answer(node, _InPeriod(record, period)))
            return known[key]

        return ask

    def _answer(self, node: Node, values: Values) -> Json:
        now = self._sight.now
        return answer(node, Sight(values, now.date(), now, self._sight.follow))


class _InPeriod(Mapping[str, Json]):
    """Values, and the first and last day of a period beside them."""

    def __init__(self, values: Values, period: Period) -> None:
        self._values = values
        self._ends = {PERIOD_START: period.first.isoformat(), PERIOD_END: period.last.isoformat()}

    def __getitem__(self, name: str) -> Json:
        return self._ends[name] if name in self._ends else self._values.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _depends_on_period(node: Node) -> bool:
    return any(path[0] in _ENDS for path in paths_of(Condition("", node)))


def _truth(found: Json) -> _Truth:
    return found if isinstance(found, bool) else None


def _joined(parts: list[_Asked], *, decisive: bool) -> _Asked:
    """Return `or` when yes decides, `and` when no does; else an unknown part leaves it open."""

    def ask(record: CountedRecord, period: Period) -> _Truth:
        result: _Truth = not decisive
        for part in parts:
            found = part(record, period)
            if found is decisive:
                return decisive
            if found is None:
                result = None
        return result

    return ask


def _compare(name: str, sign: str, end: str) -> _Asked:
    is_start, is_above, or_equal = end == PERIOD_START, sign in {">", ">="}, sign in {"<=", ">="}

    def ask(record: CountedRecord, period: Period) -> _Truth:
        value = record.get(name)
        days = _days(value) if isinstance(value, str) else None
        if days is None:
            return None
        day = (period.first if is_start else period.last).toordinal()
        first, last = days
        if is_above:
            first, last, day = -last, -first, -day
        if last < day or (or_equal and last == day):
            return True
        return False if first > day or (not or_equal and first == day) else None

    return ask


@lru_cache(maxsize=100_000)
def _days(stored: str) -> tuple[int, int] | None:
    days = span_of(stored)
    return None if days is None else (days[0].toordinal(), days[1].toordinal())
