"""Statutory deadlines: duties with a limit set by law, counted from an event in a record.

- Hours are counted from the minute. Days and months do not count the day of the event and end at the end of the last
  day; a month ends on its same day, or on the last of a shorter month; a last day that is off gives way to the next
  working day (BLTTHS 2015 Điều 134, BLDS 2015 Điều 147, 148). Hours give way to nothing.
- A limit before an event is counted back from it and never moved.
- The law has no number for "immediately": such a deadline says itself after how long it is late (`grace`).
- A deadline runs only when all it depends on is certain. An uncertain first day is its last possible one.
- All times are local, +07:00. Nothing here asks what time it is.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.base.dates import VIETNAM, moment, span
from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import (
    Condition,
    Follow,
    Values,
    evaluate,
)
from desktop.domain.deadlines.holidays import HolidayTable
from desktop.domain.log.operation import Json

STATION_KIND: Final = "station_kind"
OWN_KIND: Final = "own_kind"
KIND_NAMES: Final = (STATION_KIND, OWN_KIND)
"""Names that conditions of deadlines use beside the fields: the kind of station that wrote the record, and of ours."""


class Unit(StrEnum):
    """What a limit is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class DeadlineState(StrEnum):
    """The state of a deadline: running, running out, run out, met in time, met too late."""

    DUE = "due"
    SOON = "soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A number of units."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a duty may take: a duration, or a time of day, or neither of them when it is due immediately."""

    text: str
    duration: Duration | None = None
    time_of_day: dt.time | None = None

    @property
    def is_immediate(self) -> bool:
        return self.duration is None and self.time_of_day is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another limit when a condition holds, such as that of a remote commune."""

    when: Condition
    limit: Limit
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineDefinition:
    """One duty. It starts with the first of `starts` that is answered, or ends a limit before `before`.

    `before` is a field or another deadline of the register. `met_by` is the field that says when the duty was done,
    `met_when` a condition that says it was. `extends_by` is the field with the day an authority extended the limit to,
    within `limit`. A waiting deadline asks nothing: until its limit has passed, something may not be done.
    """

    id: str
    register: str
    label: Label
    starts: tuple[str, ...] = ()
    before: str | None = None
    limit: Limit
    grace: Duration | None = None
    next_day: dt.time | None = None
    met_by: str | None = None
    met_when: Condition | None = None
    when: Condition | None = None
    variants: tuple[Variant, ...] = ()
    extends_by: str | None = None
    warn_before: Duration | None = None
    is_waiting: bool = False
    legal_basis: str = ""
    is_verified: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineReading:
    """A deadline over one record. `started_at` is unknown when it is counted back from an event to come."""

    deadline: DeadlineDefinition
    limit: Limit
    legal_basis: str
    started_at: dt.datetime | None
    due_at: dt.datetime
    met_at: dt.datetime | None
    state: DeadlineState


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSight:
    """The world a deadline is read in; `follow` gives the values of a linked record."""

    now: dt.datetime
    holidays: HolidayTable
    follow: Follow | None = None


def read_deadlines(
    deadlines: Iterable[DeadlineDefinition], values: Values, sight: DeadlineSight
) -> tuple[DeadlineReading, ...]:
    """Read the deadlines of a record that run or ran; one that names another comes after it.

    `values` are the stored and computed ones, without those of hidden fields, and KIND_NAMES.
    """
    found: dict[str, DeadlineReading] = {}
    for deadline in deadlines:
        reading = _read(deadline, values, sight, found)
        if reading is not None:
            found[deadline.id] = reading
    return tuple(found.values())


def due_after(
    start: dt.datetime,
    limit: Limit,
    holidays: HolidayTable,
    *,
    grace: Duration | None = None,
    next_day: dt.time | None = None,
) -> dt.datetime:
    """Return the last moment of a limit that runs from a moment."""
    if limit.time_of_day is not None:
        return _at_time_of_day(start, limit.time_of_day, next_day or limit.time_of_day)
    duration = limit.duration or grace
    return start if duration is None else _after(start, duration, holidays)


def due_before(event: dt.datetime, duration: Duration, holidays: HolidayTable) -> dt.datetime:
    """Return the last moment that is a duration before an event."""
    day = event.date()
    match duration.unit:
        case Unit.HOURS:
            return event - dt.timedelta(hours=duration.amount)
        case Unit.DAYS:
            return end_of(day - dt.timedelta(days=duration.amount))
        case Unit.WORKING_DAYS:
            return end_of(holidays.add_working_days(day, -duration.amount))
        case Unit.MONTHS:
            return end_of(_months_later(day, -duration.amount))


def end_of(day: dt.date) -> dt.datetime:
    """Return the last second of a day: a limit in days ends at 24:00."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), VIETNAM)


_YEARS: Final = range(1900, 2200)  # a stored year outside of them is a typo, and limits are counted in calendars
_SOON_PART: Final = 5  # a deadline runs out when a fifth of its time is left, where its file does not say otherwise


def _read(
    deadline: DeadlineDefinition, values: Values, sight: DeadlineSight, read: Mapping[str, DeadlineReading]
) -> DeadlineReading | None:
    if deadline.before is None and not any(values.get(name) for name in deadline.starts):
        return None
    if deadline.when is not None and not _holds(deadline.when, values, sight):
        return None
    variant = next((one for one in deadline.variants if _holds(one.when, values, sight)), None)
    limit = variant.limit if variant else deadline.limit
    run = (
        _back_from(deadline, limit, values, sight, read)
        if deadline.before
        else _from_start(deadline, limit, values, sight)
    )
    if run is None or not deadline.is_valid_on((run[0] or run[1]).date()):
        return None
    started_at, due_at = run
    met_at, is_met = _met(deadline, values, sight)
    base = read.get(deadline.before or "")
    if base is not None and not is_met and base.state in {DeadlineState.MET, DeadlineState.MET_LATE}:
        return None  # what it was to precede is done
    return DeadlineReading(
        deadline=deadline,
        limit=limit,
        legal_basis=(variant.legal_basis if variant else "") or deadline.legal_basis,
        started_at=started_at,
        due_at=due_at,
        met_at=met_at,
        state=_state(deadline, started_at, due_at, met_at, sight, is_met=is_met),
    )


def _holds(condition: Condition, values: Values, sight: DeadlineSight) -> bool:
    local = sight.now.astimezone(VIETNAM)
    return evaluate(condition, values, today=local.date(), now=local, follow=sight.follow) is True


def _from_start(
    deadline: DeadlineDefinition, limit: Limit, values: Values, sight: DeadlineSight
) -> tuple[dt.datetime, dt.datetime] | None:
    start = next((found for name in deadline.starts if (found := _moment_of(values.get(name))) is not None), None)
    if start is None:
        return None
    due = due_after(start, limit, sight.holidays, grace=deadline.grace, next_day=deadline.next_day)
    extended = _moment_of(values.get(deadline.extends_by)) if deadline.extends_by else None
    return start, due if extended is None else min(due, end_of(extended.date()))


def _back_from(
    deadline: DeadlineDefinition,
    limit: Limit,
    values: Values,
    sight: DeadlineSight,
    read: Mapping[str, DeadlineReading],
) -> tuple[dt.datetime | None, dt.datetime] | None:
    base = read.get(deadline.before or "")
    answer = values.get(deadline.before or "")
    event = base.due_at if base else _moment_of(answer)
    if event is None:
        return None
    if limit.duration is not None:
        due = due_before(event, limit.duration, sight.holidays)
    else:
        due = event if base or "T" in str(answer) else end_of(event.date())
    return base.started_at if base else None, due


def _met(deadline: DeadlineDefinition, values: Values, sight: DeadlineSight) -> tuple[dt.datetime | None, bool]:
    """Return when the duty was done, if that is known, and whether it was; an unreadable answer counts as one."""
    answer = values.get(deadline.met_by) if deadline.met_by else None
    if answer:
        return _moment_of(answer), True
    return None, deadline.met_when is not None and _holds(deadline.met_when, values, sight)


def _state(
    deadline: DeadlineDefinition,
    start: dt.datetime | None,
    due: dt.datetime,
    met_at: dt.datetime | None,
    sight: DeadlineSight,
    *,
    is_met: bool,
) -> DeadlineState:
    if is_met:
        is_late = met_at is not None and met_at > due
        return DeadlineState.MET_LATE if is_late else DeadlineState.MET
    if deadline.is_waiting:
        return DeadlineState.MET if sight.now > due else DeadlineState.DUE
    if sight.now > due:
        return DeadlineState.OVERDUE
    return DeadlineState.SOON if sight.now >= _soon_from(deadline, start, due, sight.holidays) else DeadlineState.DUE


def _soon_from(
    deadline: DeadlineDefinition, start: dt.datetime | None, due: dt.datetime, holidays: HolidayTable
) -> dt.datetime:
    if deadline.limit.is_immediate and start is not None:
        return start
    if deadline.warn_before is not None:
        if deadline.warn_before.unit is Unit.HOURS:
            return due - dt.timedelta(hours=deadline.warn_before.amount)
        return due_before(due, deadline.warn_before, holidays).replace(hour=0, minute=0, second=0)
    return due if start is None else due - (due - start) / _SOON_PART


def _moment_of(value: Json) -> dt.datetime | None:
    """Return a stored date or moment; a partial date is the beginning of its last possible day."""
    if not isinstance(value, str):
        return None
    days = None if "T" in value else span(value)
    found = moment(value) if days is None else dt.datetime.combine(days[1], dt.time.min, VIETNAM)
    return found if found is not None and found.year in _YEARS else None


def _at_time_of_day(start: dt.datetime, time: dt.time, next_day: dt.time) -> dt.datetime:
    due = dt.datetime.combine(start.date(), time, VIETNAM)
    return due if start < due else dt.datetime.combine(start.date() + dt.timedelta(days=1), next_day, VIETNAM)


def _after(start: dt.datetime, duration: Duration, holidays: HolidayTable) -> dt.datetime:
    day = start.date()
    match duration.unit:
        case Unit.HOURS:
            return start + dt.timedelta(hours=duration.amount)
        case Unit.DAYS:
            return end_of(holidays.next_working_day(day + dt.timedelta(days=duration.amount)))
        case Unit.WORKING_DAYS:
            return end_of(holidays.add_working_days(day, duration.amount))
        case Unit.MONTHS:
            return end_of(holidays.next_working_day(_months_later(day, duration.amount)))


def _months_later(day: dt.date, count: int) -> dt.date:
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
