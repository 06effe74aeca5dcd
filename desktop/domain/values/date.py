"""Dates and moments as people type and read them.

- Typed: `14/03/2025`, `14.3.2025`, `14032025`, `140325`, `14/3` (this year), `3/2025`, `2025`, `ngày 14 tháng 3 năm
  2025`, and ISO; `~` before or after, or `khoảng`, says that it is estimated. A whole date may also be `1403`.
- Counted from today: `-3` is three days ago, `+90` in ninety days, `-0` today itself.
- Two digits of a year are of this century up to ten years from now, else of the last.
- A moment is a date and a time (`08:30`, `8h30`, `8 giờ 30 phút`), in either order; a time alone is today's. In it,
  too, `1403 0830` and `-1 0830` are short for their whole forms.
- Shown: `14/03/2025`, `03/2025`, `2025`, `~1999`, `14/03/2025 08:30`.
"""

import datetime as dt
import re
from typing import Final, NamedTuple

from desktop.domain.base.dates import (
    VIETNAM,
    moment,
    moment_text,
    span,
)
from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.base import (
    FieldType,
    ValueContext,
    as_it_is,
    problem,
    wrong_type,
)

FIRST_YEAR: Final = 1900
YEARS_AHEAD: Final = 100

_STORED: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_STORED_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\+07:00")
_WORDS: Final = re.compile(r"\s*(?:ngày|tháng|năm)\s*")
_SEPARATORS: Final = re.compile(r"\s*[/.\-\s]\s*")
_TYPED: Final = (
    re.compile(r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})(/(?P<d>[0-9]{1,2}))?"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})"),
)
_DAY_AND_MONTH: Final = re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})")
_TIME: Final = re.compile(
    r"""(?<![0-9])(?P<h>[0-9]{1,2})(?: :(?P<m>[0-9]{2})(?: :[0-9]{2})?
    | \s*(?:giờ|h|g)(?:(?P<n>[0-9]{2})(?![0-9/.-])
                      |\s+(?P<o>[0-9]{1,2})(?=\s*(?:phút|p\b|,|ngày|$)))?(?:\s*(?:phút|p\b))?)(?![0-9])""",
    re.VERBOSE,
)
_COMPACT: Final = re.compile(r"(?<![0-9])([0-9]{8}|[0-9]{6}|[0-9]{4}|[+-][0-9]{1,4}) ([0-9]{2})([0-9]{2})(?![0-9])")
_FROM_TODAY: Final = re.compile(r"[+-][0-9]{1,4}")


class PartialDateType(FieldType):
    """A day, a month or a year, certain or estimated."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        if not _STORED.fullmatch(value):
            return (problem("date_form", field),)
        days = span(value)
        if days is None:
            return (problem("date_impossible", field),)
        return _range_problems(days[0].year, field, context)

    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        typed = _read_date(text, context.today)
        if typed is None:
            return problem("date_form", field)
        return typed.stored() if span(typed.stored()) else problem("date_impossible", field)

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        match = _STORED.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return as_it_is(value)
        year, month, day, estimated = match.groups()
        return ("~" if estimated else "") + "/".join(part for part in (day, month, year) if part)


class DateType(PartialDateType):
    """A whole, certain day."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        found = super().check(value, field, context)
        if not found and len(str(value)) != 10:
            return (problem("date_not_complete", field),)
        return found

    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        short = _DAY_AND_MONTH.fullmatch(text)
        if short is not None:
            typed = _Typed(context.today.year, int(short["m"]), int(short["d"]))
            return typed.stored() if span(typed.stored()) else problem("date_not_complete", field)
        stored = super().parse(text, field, context)
        if isinstance(stored, str) and len(stored) != 10:
            return problem("date_not_complete", field)
        return stored


class DateTimeType(FieldType):
    """A moment of the local day, to the minute."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        if not _STORED_MOMENT.fullmatch(value):
            return (problem("date_time_form", field),)
        when = moment(value)
        return (problem("date_impossible", field),) if when is None else _range_problems(when.year, field, context)

    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        when = moment(text)
        if when is not None:
            return moment_text(when)
        text = _COMPACT.sub(r"\1 \2:\3", text.casefold())
        time = _TIME.search(text)
        date_text = text if time is None else (text[: time.start()] + " " + text[time.end() :]).strip(" ,")
        typed = _read_day(date_text, context.today) if date_text else _Typed.of(context.today)
        if typed is None or typed.day is None or typed.is_estimated:
            return problem("date_time_form", field)
        days = span(typed.stored())
        if days is None:
            return problem("date_impossible", field)
        if time is None:
            return problem("time_missing", field)
        hour, minute = int(time["h"]), int(time["m"] or time["n"] or time["o"] or 0)
        if hour > 23 or minute > 59:
            return problem("time_impossible", field)
        return moment_text(dt.datetime.combine(days[0], dt.time(hour, minute), VIETNAM))

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        when = moment(value) if isinstance(value, str) else None
        if when is None:
            return as_it_is(value)
        return f"{when.day:02}/{when.month:02}/{when.year:04} {when.hour:02}:{when.minute:02}"


DATE_TYPES: Final[dict[TypeName, FieldType]] = {
    TypeName.DATE: DateType(),
    TypeName.PARTIAL_DATE: PartialDateType(),
    TypeName.DATE_TIME: DateTimeType(),
}


class _Typed(NamedTuple):
    year: int
    month: int | None = None
    day: int | None = None
    is_estimated: bool = False

    @classmethod
    def of(cls, day: dt.date) -> "_Typed":
        return cls(day.year, day.month, day.day)

    def stored(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts) + ("~" if self.is_estimated else "")


def _read_day(text: str, today: dt.date) -> _Typed | None:
    """Return what was typed where only a whole day is asked for: four digits are its day and month."""
    short = _DAY_AND_MONTH.fullmatch(text)
    return _Typed(today.year, int(short["m"]), int(short["d"])) if short else _read_date(text, today)


def _read_date(text: str, today: dt.date) -> _Typed | None:
    """Return the parts that were typed, possible or not."""
    text = text.casefold()
    if _FROM_TODAY.fullmatch(text):
        return _Typed.of(today + dt.timedelta(days=int(text)))
    bare = text.strip("~ ").removeprefix("khoảng").strip()
    is_estimated = "~" in text or text.startswith("khoảng")
    bare = _SEPARATORS.sub("/", _WORDS.sub("/", bare).strip("/ "))
    for pattern in _TYPED:
        match = pattern.fullmatch(bare)
        if match is not None:
            parts = match.groupdict()
            year = today.year if parts.get("y") is None else _full_year(parts["y"], today)
            month, day = parts.get("m"), parts.get("d")
            return _Typed(year, int(month) if month else None, int(day) if day else None, is_estimated)
    return None


def _full_year(digits: str, today: dt.date) -> int:
    if len(digits) == 4:
        return int(digits)
    century = (today.year + 10) // 100 * 100
    year = century + int(digits)
    return year if year <= today.year + 10 else year - 100


def _range_problems(year: int, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
    last = context.today.year + YEARS_AHEAD
    if FIRST_YEAR <= year <= last:
        return ()
    return (problem("date_out_of_range", field, minimum=FIRST_YEAR, maximum=last),)
