"""The answer of a condition over the values of a record, in three values: yes, no, unknown.

- An empty operand makes an answer unknown (`None`), never an error; `is empty` always knows. No and unknown is no;
  yes or unknown is yes (Kleene).
- Any stored value may stand in any field (an older definition, another station): what does not fit is unknown.
- Dates compare as the spans of days they may be; where the spans overlap the answer is unknown. A moment beside a
  date is its local day. Two dates written alike are the same answer, hence equal.
- Two texts that both read as dates are compared as dates; a text that reads as a number compares with a number.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from desktop.domain.changes import Json
from desktop.domain.condition_tree import (
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
from desktop.domain.dates import VIETNAM, Span, age, days_apart, moment, moment_text, months_apart, span
from desktop.domain.personal_id import disagreement_with_birth, disagreement_with_gender, province_is_known

Values: TypeAlias = Mapping[str, Json]
Follow: TypeAlias = Callable[[str], Values | None]  # the values of a linked record, None when it is not here
Operand: TypeAlias = "Json | dt.date | tuple[bool | int | str, ...]"


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
    one, other = _number(left), _number(right)
    return None if one is None or other is None else one == other


def _before(left: Operand, right: Operand, *, or_equal: bool) -> bool | None:
    days = _days(left, right)
    if days is not None:
        (a, b), (c, d) = days
        if (b <= c) if or_equal else (b < c):
            return True
        return False if ((a > d) if or_equal else (a >= d)) else None
    one, other = _number(left), _number(right)
    if one is None or other is None:
        return None
    return one <= other if or_equal else one < other


_Ends: TypeAlias = "tuple[dt.date, dt.date]"
_NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def _number(value: Operand) -> Decimal | int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


def _days(left: Operand, right: Operand) -> tuple[_Ends, _Ends] | None:
    """Return both sides as comparable ends: moments when both are moments, else days."""
    one, other = _when(left), _when(right)
    if one is None or other is None:
        return None
    if isinstance(one, dt.datetime):
        return ((one, one), (other, other)) if isinstance(other, dt.datetime) else (_local_day(one), other)
    return one, _local_day(other) if isinstance(other, dt.datetime) else other


def _when(value: Operand) -> dt.datetime | Span | None:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return value, value
    if isinstance(value, str) and value[:4].isdigit():
        return moment(value) if "T" in value else span(value)
    return None


def _local_day(when: dt.datetime) -> Span:
    day = when.astimezone(VIETNAM).date()
    return day, day


def _span(value: Operand) -> Span | None:
    when = _when(value)
    return _local_day(when) if isinstance(when, dt.datetime) else when


def _call(node: Call, sight: Sight) -> bool | int | None:
    values = [_value(argument, sight) for argument in node.arguments]
    if node.function == "count":
        return len(values[0]) if isinstance(values[0], list) else 0 if values[0] is None else None
    if None in values:
        return None
    return _FUNCTIONS[node.function](*values)


def _months_between(start: Operand, end: Operand) -> int | None:
    a, b = _span(start), _span(end)
    return None if a is None or b is None else months_apart(a, b)


def _days_between(start: Operand, end: Operand) -> int | None:
    a, b = _span(start), _span(end)
    return None if a is None or b is None else days_apart(a, b)


def _hours_between(start: Operand, end: Operand) -> int | None:
    """Return the whole hours that certainly passed; a date is any moment of its day."""
    a, b = _hours(start), _hours(end)
    if a is None or b is None:
        return None
    if a[1] <= b[0]:
        return (b[0] - a[1]) // _HOUR
    return -((a[0] - b[1]) // _HOUR) if a[0] > b[1] else 0


def _hours(value: Operand) -> tuple[dt.datetime, dt.datetime] | None:
    when = _when(value)
    if when is None or isinstance(when, dt.datetime):
        return None if when is None else (when, when)
    first, last = when
    return dt.datetime.combine(first, dt.time.min, VIETNAM), dt.datetime.combine(last, dt.time.max, VIETNAM)


def _age_at(birth: Operand, day: Operand) -> int | None:
    a, b = _span(birth), _span(day)
    return None if a is None or b is None else age(a, b)


def _length(text: Operand) -> int | None:
    return len(text) if isinstance(text, str) else None


def _word_count(text: Operand) -> int | None:
    return len(text.split()) if isinstance(text, str) else None


def _id_agrees_with_gender(personal_id: Operand, gender: Operand) -> bool | None:
    if not isinstance(personal_id, str) or not isinstance(gender, str):
        return None
    return not disagreement_with_gender(personal_id, gender)


def _id_agrees_with_dob(personal_id: Operand, dob: Operand) -> bool | None:
    if not isinstance(personal_id, str) or not isinstance(dob, str):
        return None
    return not disagreement_with_birth(personal_id, dob)


def _id_province_known(personal_id: Operand) -> bool | None:
    return province_is_known(personal_id) if isinstance(personal_id, str) else None


_HOUR: Final = dt.timedelta(hours=1)
_FUNCTIONS: Final[Mapping[str, Callable[..., bool | int | None]]] = {
    "months_between": _months_between,
    "days_between": _days_between,
    "hours_between": _hours_between,
    "age_at": _age_at,
    "length": _length,
    "word_count": _word_count,
    "id_agrees_with_gender": _id_agrees_with_gender,
    "id_agrees_with_dob": _id_agrees_with_dob,
    "id_province_known": _id_province_known,
}
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
