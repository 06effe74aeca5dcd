"""The answer of a condition over the values of a record, in three values: yes, no, unknown.

- An empty operand makes an answer unknown (`None`), never an error; `is empty` always knows. No and unknown is no;
  yes or unknown is yes (Kleene).
- Any stored value may be in any field (an older definition, another station): what does not fit is unknown.
- Dates compare as the spans of days they may be; where the spans overlap the answer is unknown. A moment beside a
  date is its local day. Two dates written alike are the same answer, hence equal.
- Two texts that both read as dates are compared as dates; a text that reads as a number compares with a number.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from desktop.domain.base.dates import moment_text
from desktop.domain.conditions.functions import (
    FUNCTIONS,
    LEAVES_EMPTY,
    Operand,
    local_day,
    number_of,
    when_of,
)
from desktop.domain.conditions.parser import (
    Both,
    Call,
    Comparison,
    Either,
    IsEmpty,
    Literal,
    Membership,
    Name,
    Node,
    Not,
)
from desktop.domain.log.operation import Json

Values: TypeAlias = Mapping[str, Json]
Follow: TypeAlias = Callable[[str], Values | None]  # the values of a linked record, None when it is not here


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a condition can see."""

    values: Values
    today: dt.date
    now: dt.datetime
    follow: Follow | None


def answer(tree: Node, sight: Sight) -> bool | int | str | list[Json] | None:
    """Return the value of a tree as it would be stored; `None` is unknown."""
    found = _value(tree, sight)
    if isinstance(found, dt.datetime):
        return moment_text(found)
    if isinstance(found, dt.date):
        return found.isoformat()
    return found if isinstance(found, (bool, int, str, list)) else None


def _value(node: Node, sight: Sight) -> Operand:
    evaluate: Callable[[Any, Sight], Operand] = _BY_SHAPE[type(node)]
    found = evaluate(node, sight)
    return None if found in ("", [], {}) else found


def _literal(node: Literal, _sight: Sight) -> Operand:
    return node.value


def _name(node: Name, sight: Sight) -> Operand:
    first = node.path[0]
    if len(node.path) == 1:
        if first == "today":
            return sight.today
        return sight.now if first == "now" else sight.values.get(first)
    values: Values | None = sight.values
    for name in node.path[:-1]:
        record = values.get(name) if values is not None else None
        if not isinstance(record, str) or not record or sight.follow is None:
            return None
        values = sight.follow(record)
    return values.get(node.path[-1]) if values is not None else None


def _both(node: Both, sight: Sight) -> bool | None:
    result: bool | None = True
    for part in node.parts:
        found = _value(part, sight)
        if found is False:
            return False
        if found is not True:
            result = None
    return result


def _either(node: Either, sight: Sight) -> bool | None:
    result: bool | None = False
    for part in node.parts:
        found = _value(part, sight)
        if found is True:
            return True
        if found is not False:
            result = None
    return result


def _not(node: Not, sight: Sight) -> bool | None:
    found = _value(node.operand, sight)
    return not found if isinstance(found, bool) else None


def _is_empty(node: IsEmpty, sight: Sight) -> bool:
    return _value(node.operand, sight) is None


def _membership(node: Membership, sight: Sight) -> bool | None:
    item, group = _value(node.item, sight), _value(node.group, sight)
    if item is None or not isinstance(group, (list, tuple)):
        return None
    return any(type(item) is type(member) and item == member for member in group)


def _comparison(node: Comparison, sight: Sight) -> bool | None:
    left, right = _value(node.left, sight), _value(node.right, sight)
    if left is None or right is None:
        return None
    operator = node.operator
    if operator == "=":
        return _equal(left, right)
    if operator == "!=":
        equal = _equal(left, right)
        return None if equal is None else not equal
    if operator in {">", ">="}:
        left, right = right, left
    return _before(left, right, or_equal=operator in {"<=", ">="})


def _equal(left: Operand, right: Operand) -> bool | None:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, str) and left == right:
        return True
    days = _days(left, right)
    if days is not None:
        (a, b), (c, d) = days
        if b < c or d < a:
            return False
        return True if a == b == c == d else None
    if isinstance(left, str) and isinstance(right, str):
        return False
    one, other = number_of(left), number_of(right)
    return None if one is None or other is None else one == other


def _before(left: Operand, right: Operand, *, or_equal: bool) -> bool | None:
    days = _days(left, right)
    if days is not None:
        (a, b), (c, d) = days
        if (b <= c) if or_equal else (b < c):
            return True
        return False if ((a > d) if or_equal else (a >= d)) else None
    one, other = number_of(left), number_of(right)
    if one is None or other is None:
        return None
    return one <= other if or_equal else one < other


_Ends: TypeAlias = "tuple[dt.date, dt.date]"


def _days(left: Operand, right: Operand) -> tuple[_Ends, _Ends] | None:
    """Return both sides as comparable ends: moments when both are moments, else days."""
    one, other = when_of(left), when_of(right)
    if one is None or other is None:
        return None
    if isinstance(one, dt.datetime):
        return ((one, one), (other, other)) if isinstance(other, dt.datetime) else (local_day(one), other)
    return one, local_day(other) if isinstance(other, dt.datetime) else other


def _call(node: Call, sight: Sight) -> Operand:
    if node.function == "first_true":
        return _first_true(node.arguments, sight)
    values = [_value(argument, sight) for argument in node.arguments]
    if values[0] is None and node.function in LEAVES_EMPTY:
        values[0] = []
    return None if None in values else FUNCTIONS[node.function](*values)


def _first_true(arguments: tuple[Node, ...], sight: Sight) -> Operand:
    """Return the value behind the first condition that holds, or the last value; unknown once a condition is."""
    for condition, value in zip(arguments[:-1:2], arguments[1::2], strict=True):
        found = _value(condition, sight)
        if found is True:
            return _value(value, sight)
        if found is not False:
            return None
    return _value(arguments[-1], sight)


_BY_SHAPE: Final[Mapping[type, Callable[[Any, Sight], Operand]]] = {
    Literal: _literal,
    Name: _name,
    Call: _call,
    Comparison: _comparison,
    Membership: _membership,
    IsEmpty: _is_empty,
    Not: _not,
    Both: _both,
    Either: _either,
}
