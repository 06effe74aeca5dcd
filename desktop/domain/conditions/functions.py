"""The functions that conditions may call: a closed list over stored values; and how conditions read numbers and days.

- What does not fit is unknown (`None`), never an error; a function sees only what is in the record.
- `first_true` is not here: it looks at its conditions one after the other (evaluate.py).
- Rows that hold nothing are no rows: they are counted, summed and searched as none.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from desktop.domain.base.dates import (
    VIETNAM,
    Span,
    age,
    days_apart,
    moment,
    months_apart,
    span,
    working_days_apart,
)
from desktop.domain.base.personal_id import disagreement_with_birth, disagreement_with_gender, province_is_known
from desktop.domain.log.operation import Json
from desktop.domain.places.border_markers import is_marker

Operand: TypeAlias = "Json | dt.date | tuple[bool | int | str, ...]"
Result: TypeAlias = bool | int | str | None

LEAVES_EMPTY: Final = frozenset({"count", "sum_of", "some_row"})  # functions to which no rows are an answer, too


def number_of(value: Operand) -> Decimal | int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


def when_of(value: Operand) -> dt.datetime | Span | None:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return value, value
    if isinstance(value, str) and value[:4].isdigit():
        return moment(value) if "T" in value else span(value)
    return None


def local_day(when: dt.datetime) -> Span:
    day = when.astimezone(VIETNAM).date()
    return day, day


def span_of(value: Operand) -> Span | None:
    when = when_of(value)
    return local_day(when) if isinstance(when, dt.datetime) else when


def is_near_vietnam(latitude: float | Decimal, longitude: float | Decimal, *, at_sea: bool) -> bool:
    """Return whether a WGS-84 position lies in the box around the country, or around it and its sea."""
    return _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= (_SEA_EAST if at_sea else _LAND_EAST)


def _months_between(start: Operand, end: Operand) -> int | None:
    a, b = span_of(start), span_of(end)
    return None if a is None or b is None else months_apart(a, b)


def _days_between(start: Operand, end: Operand) -> int | None:
    a, b = span_of(start), span_of(end)
    return None if a is None or b is None else days_apart(a, b)


def _hours_between(start: Operand, end: Operand) -> int | None:
    return _passed(start, end, _HOUR)


def _minutes_between(start: Operand, end: Operand) -> int | None:
    return _passed(start, end, _MINUTE)


def _passed(start: Operand, end: Operand, unit: dt.timedelta) -> int | None:
    """Return the whole hours or minutes that certainly passed; a date is any moment of its day."""
    a, b = _hours(start), _hours(end)
    if a is None or b is None:
        return None
    if a[1] <= b[0]:
        return (b[0] - a[1]) // unit
    return -((a[0] - b[1]) // unit) if a[0] > b[1] else 0


def _hours(value: Operand) -> tuple[dt.datetime, dt.datetime] | None:
    when = when_of(value)
    if when is None or isinstance(when, dt.datetime):
        return None if when is None else (when, when)
    first, last = when
    return dt.datetime.combine(first, dt.time.min, VIETNAM), dt.datetime.combine(last, dt.time.max, VIETNAM)


def _age_at(birth: Operand, day: Operand) -> int | None:
    a, b = span_of(birth), span_of(day)
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


def _working_days_between(start: Operand, end: Operand) -> int | None:
    a, b = span_of(start), span_of(end)
    return None if a is None or b is None else working_days_apart(a, b)


def _count(items: Operand) -> int | None:
    return len(items) if isinstance(items, list) else None


def _sum_of(rows: Operand, column: Operand) -> Result:
    """Return the sum of a column; what is empty or no number in it adds nothing."""
    if not isinstance(rows, list):
        return None
    cells = [number_of(row.get(str(column))) for row in rows if isinstance(row, dict)]
    total = sum((Decimal(cell) for cell in cells if cell is not None), Decimal(0))
    return int(total) if total == total.to_integral_value() else format(total.normalize(), "f")


def _some_row(rows: Operand, column: Operand, wanted: Operand) -> bool | None:
    """Return whether a row has one of the wanted values in a column (of several codes: among them)."""
    if not isinstance(rows, list) or not isinstance(wanted, (list, tuple)):
        return None
    cells = [row.get(str(column)) for row in rows if isinstance(row, dict)]
    held = [item for cell in cells for item in (cell if isinstance(cell, list) else [cell])]
    return any(type(item) is type(value) and item == value for item in held for value in wanted)


def _digit_count(text: Operand) -> int | None:
    return sum(sign.isdecimal() for sign in text) if isinstance(text, str) else None


def _is_marker(text: Operand) -> bool | None:
    return is_marker(text) if isinstance(text, str) else None


def _in_vietnam(latitude: Operand, longitude: Operand, at_sea: Operand) -> bool | None:
    """Return whether a WGS-84 position of at most six decimals lies within the country, or its sea."""
    north, east = number_of(latitude), number_of(longitude)
    if north is None or east is None:
        return None
    is_near = is_near_vietnam(north, east, at_sea=at_sea is True)
    return is_near and all(len(str(part).partition(".")[2]) <= _POSITION_DECIMALS for part in (latitude, longitude))


_SOUTH, _NORTH, _WEST, _LAND_EAST, _SEA_EAST = 8, Decimal("23.5"), 102, 110, 118
_POSITION_DECIMALS: Final = 6  # about a hand's breadth; more only pretends
_NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_HOUR: Final = dt.timedelta(hours=1)
_MINUTE: Final = dt.timedelta(minutes=1)
FUNCTIONS: Final[Mapping[str, Callable[..., Result]]] = {
    "months_between": _months_between,
    "days_between": _days_between,
    "hours_between": _hours_between,
    "minutes_between": _minutes_between,
    "working_days_between": _working_days_between,
    "age_at": _age_at,
    "count": _count,
    "sum_of": _sum_of,
    "some_row": _some_row,
    "length": _length,
    "word_count": _word_count,
    "digit_count": _digit_count,
    "is_marker": _is_marker,
    "in_vietnam": _in_vietnam,
    "id_agrees_with_gender": _id_agrees_with_gender,
    "id_agrees_with_dob": _id_agrees_with_dob,
    "id_province_known": _id_province_known,
}
