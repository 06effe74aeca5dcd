"""Dates as they are stored: whole or partial days, and moments of the local day.

- A date is "2025-03-14"; a partial date may stop at the month or the year and ends with "~" when estimated. A moment is
  "2025-03-14T08:30+07:00"; all of Việt Nam keeps one time the year round.
- A partial date stands for the span of all days it may be. "About" widens nothing: nobody wrote how much.
- What is counted between two dates is what is certain: from the last day the first may be to the first day the second
  may be (BLTTHS 2015 Điều 417 counts an age so: an unknown day is the last of its month, an unknown month the last of
  its year). Spans that meet are 0 apart.
- A month ends on the same day of a later month, or on that month's last day when there is no such day (Điều 134).
"""

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import Final, TypeAlias

Span: TypeAlias = tuple[dt.date, dt.date]

VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))
_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?~?")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


@lru_cache(maxsize=1 << 15)
def span(text: str) -> Span | None:
    """Return the first and last day that a stored date or partial date may be; `None` when it is none."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        if day:
            whole = dt.date(int(year), int(month), int(day))
            return whole, whole
        if month:
            first = dt.date(int(year), int(month), 1)
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    except ValueError:
        return None


@lru_cache(maxsize=1 << 15)
def moment(text: str) -> dt.datetime | None:
    """Return the moment of an ISO 8601 text, in local time; without an offset it is local already."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        found = dt.datetime.fromisoformat(text)
        return found.replace(tzinfo=VIETNAM) if found.tzinfo is None else found.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return None


def moment_text(when: dt.datetime) -> str:
    """Return the stored form: local time, to the minute."""
    return when.astimezone(VIETNAM).isoformat(timespec="minutes")


def days_apart(start: Span, end: Span) -> int:
    if start[1] <= end[0]:
        return (end[0] - start[1]).days
    return -(start[0] - end[1]).days if start[0] > end[1] else 0


def working_days_apart(start: Span, end: Span) -> int:
    """Return the days from Monday to Friday after `start`, up to and with `end`; holidays are not known here."""
    if start[1] <= end[0]:
        return _weekdays(end[0]) - _weekdays(start[1])
    return -(_weekdays(start[0]) - _weekdays(end[1])) if start[0] > end[1] else 0


def months_apart(start: Span, end: Span) -> int:
    """Return the whole months that certainly passed; as many below 0 when `end` is certainly before `start`."""
    if start[1] <= end[0]:
        return _whole_months(start[1], end[0])
    return -_whole_months(end[1], start[0]) if start[0] > end[1] else 0


def age(birth: Span, day: Span) -> int | None:
    """Return the years of age certainly completed; `None` before the birth.

    Who was born on 29 February completes a year on 1 March when the year has no such day.
    """
    if day[1] < birth[0]:
        return None
    born, on = birth[1], day[0]
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return max(years, 0)


def _whole_months(start: dt.date, end: dt.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    is_month_end = end.day == monthrange(end.year, end.month)[1]
    return months - (end.day < start.day and not is_month_end)


def _weekdays(day: dt.date) -> int:
    """Return how many days from Monday to Friday there were up to a day, since a Monday long ago."""
    weeks, days = divmod(day.toordinal(), 7)  # day 1 of the calendar was a Monday
    return weeks * 5 + min(days, 5)
