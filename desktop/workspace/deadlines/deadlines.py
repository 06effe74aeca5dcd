"""The deadlines of records: the state of each, and what is due over all registers.

- A cancelled record has no deadlines. A closed or transferred one keeps them on its own page. What is due covers open
  records only; what was met covers all.
- Who has a duty may depend on the station that wrote a record, and on the one it is read at: an investigating body
  sees its own limits on a tip that a commune handed over, the commune does not.
- Records are called as in every list: a victim by the case code.
"""

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.base.dates import VIETNAM
from desktop.domain.conditions.condition import Follow, Values
from desktop.domain.deadlines.deadline import (
    DeadlineDefinition,
    DeadlineReading,
    DeadlineSight,
    DeadlineState,
    Duration,
    Limit,
    Unit,
)
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines, StationKinds
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.sentences import Language, sentence
from desktop.storage import deadline_rows, queries
from desktop.storage.deadline_rows import Chance
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, titles

URGENT: Final = frozenset({DeadlineState.OVERDUE, DeadlineState.SOON})
OPEN: Final = frozenset({*URGENT, DeadlineState.DUE})
MET: Final = frozenset({DeadlineState.MET, DeadlineState.MET_LATE})
CANCELLED: Final = ("HUY",)
CLOSED: Final = ("HUY", "KET_THUC", "CHUYEN")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDeadline:
    """A deadline of one record, ready to show; `remaining`: how long is left, how late it is, or that it was met."""

    id: str
    label: str
    limit: str
    started_at: dt.datetime | None
    due_at: dt.datetime
    met_at: dt.datetime | None
    state: DeadlineState
    legal_basis: str
    is_verified: bool
    is_waiting: bool
    remaining: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDeadline:
    """A deadline and the record it belongs to."""

    register: str
    record: str
    record_no: str
    title: str
    deadline: RunningDeadline


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """The first deadlines by the time they are due, and how many there are in each state asked for."""

    deadlines: tuple[DueDeadline, ...]
    counts: Mapping[DeadlineState, int]


def deadlines_of(session: Session, record: str, *, language: Language = "vi") -> tuple[RunningDeadline, ...]:
    """Return every deadline of a record that runs or ran, by the time it is due.

    Raises:
        DesktopError: record_unknown.
    """
    view = records.read(session, record)
    deadlines = session.definitions.deadlines.get(view.register)
    if deadlines is None or view.values.get("status") in CANCELLED:
        return ()
    readings = deadlines.read(view.values, _stations(session, view.station), _sight(session))
    return tuple(_running(one, session.now(), language) for one in sorted(readings, key=_by_due))


def due_list(
    session: Session,
    *,
    states: Collection[DeadlineState] = URGENT,
    met_since: dt.date | None = None,
    limit: int = 200,
    language: Language = "vi",
) -> DueList:
    """Return the deadlines in some states over all registers, the earliest due first.

    `met_since` leaves out what was met before a day, or on a day nobody wrote down.
    """
    counts: Counter[DeadlineState] = Counter(dict.fromkeys(states, 0))

    def counted() -> Iterator[_FoundDeadline]:
        for found in _all(session, states, met_since):
            counts[found.reading.state] += 1
            yield found

    first = heapq.nsmallest(limit, counted(), key=lambda found: (found.reading.due_at, found.record_no, found.record))
    known: dict[str, str] = {}
    now = session.now()
    return DueList(
        deadlines=tuple(
            DueDeadline(
                register=found.register,
                record=found.record,
                record_no=found.record_no,
                title=titles.record_title(session, found.record, known),
                deadline=_running(found.reading, now, language),
            )
            for found in first
        ),
        counts=dict(counts),
    )


_KINDS: Final = {"CAX": "commune", "DBP": "border", "CAT": "province"}
_SLACK: Final = dt.timedelta(days=2)  # stored forms may speak of other time zones, and of days without an hour
_HOUR: Final = 3600
_MOST_HOURS: Final = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class _FoundDeadline:
    register: str
    record: str
    record_no: str
    reading: DeadlineReading


def _all(session: Session, states: Collection[DeadlineState], met_since: dt.date | None) -> Iterator[_FoundDeadline]:
    """Yield the open deadlines of open records, then the met ones of all."""
    sight = _sight(session)
    for register, deadlines in session.definitions.deadlines.items():
        definition = session.library.registers[register]
        for among, without in ((OPEN, CLOSED), (MET, CANCELLED)):
            wanted = among.intersection(states)
            if among is MET:
                chances = tuple(_met_chances(deadlines, definition, met_since))
            else:
                chances = tuple(_open_chances(deadlines, definition, wanted, sight.now))
            if not wanted or not chances:
                continue
            rows = deadline_rows.candidates(session.database, definition, deadlines.needed, chances, without=without)
            for row in rows:
                for reading in deadlines.read(
                    row.values, _stations(session, row.station), sight, only_open=among is OPEN
                ):
                    if reading.state in wanted and (among is OPEN or _is_since(reading, met_since)):
                        yield _FoundDeadline(
                            register=register, record=row.record, record_no=row.record_no, reading=reading
                        )


def _is_since(reading: DeadlineReading, day: dt.date | None) -> bool:
    return day is None or (reading.met_at is not None and reading.met_at.astimezone(VIETNAM).date() >= day)


def _sight(session: Session) -> DeadlineSight:
    return DeadlineSight(now=session.now(), holidays=session.definitions.holidays, follow=_follower(session))


def _follower(session: Session) -> Follow:
    """Return a function from a record's id to its values, read from the projections and remembered."""
    known: dict[str, Mapping[str, Json] | None] = {}

    def follow(record: str) -> Values | None:
        if record not in known:
            register = queries.register_of(session.database, record)
            definition = session.library.registers.get(register or "")
            known[record] = queries.read_row(session.database, definition, record) if definition else None
        return known[record]

    return follow


def _stations(session: Session, writer: str) -> StationKinds:
    return StationKinds(writer=_KINDS.get(writer.partition("-")[0]), reader=session.station.kind)


def _by_due(reading: DeadlineReading) -> tuple[dt.datetime, str]:
    return reading.due_at, reading.deadline.id


def _open_chances(
    deadlines: RegisterDeadlines, definition: FormDefinition, states: Collection[DeadlineState], now: dt.datetime
) -> Iterator[Chance]:
    """Yield what a record must have for one of the deadlines to be open in one of the states."""
    preceded = {deadline.before for deadline in deadlines.deadlines}
    for deadline in deadlines.deadlines:
        if deadline.is_waiting and DeadlineState.DUE not in states:
            continue  # it asks nothing of anybody
        event = _event(deadline, definition)
        if event is None:
            continue  # it runs with the deadline it precedes
        last = None
        if DeadlineState.DUE not in states and deadline.id not in preceded:
            last = _latest_event(deadline, now, is_warned=DeadlineState.SOON in states)
        yield Chance(event=event, last=last, unless=_stored(definition, deadline.met_by))


def _met_chances(deadlines: RegisterDeadlines, definition: FormDefinition, since: dt.date | None) -> Iterator[Chance]:
    """Yield what a record must have for one of the deadlines to be met, since a day if one is given."""
    for deadline in deadlines.deadlines:
        if since is None:
            event = _event(deadline, definition)
            if event is not None:
                yield Chance(event=event)
        elif deadline.met_by:
            end = _stored(definition, deadline.met_by)
            yield Chance(event=(end,) if end else (), first=f"{since - _SLACK}")


def _event(deadline: DeadlineDefinition, definition: FormDefinition) -> tuple[str, ...] | None:
    """Return the stored fields a deadline starts with, none when one is computed; None when it follows another."""
    names = deadline.starts or (deadline.before or "",)
    if deadline.before and definition.field(deadline.before) is None:
        return None
    return names if all(_stored(definition, name) for name in names) else ()


def _stored(definition: FormDefinition, name: str | None) -> str | None:
    field = definition.field(name or "")
    return field.id if field is not None and field.computed is None else None


def _latest_event(deadline: DeadlineDefinition, now: dt.datetime, *, is_warned: bool) -> str | None:
    """Return the stored form of the latest event that may make a deadline urgent by now; None when it could be any."""
    if deadline.extends_by:
        return None  # an authority may set an earlier day than the limit
    limits = [deadline.limit, *(variant.limit for variant in deadline.variants)]
    if deadline.before:
        latest = now + max(_at_most(limit.duration) for limit in limits) + _at_most(deadline.warn_before)
    else:
        shortest = min(_at_least(limit, deadline.grace) for limit in limits)
        warned = shortest - _at_most(deadline.warn_before) if deadline.warn_before else shortest * 4 / 5
        if deadline.limit.is_immediate:
            warned = dt.timedelta(0)
        latest = now - (warned if is_warned else shortest)
    return f"{(latest + _SLACK).astimezone(VIETNAM).date()}"


def _at_least(limit: Limit, grace: Duration | None) -> dt.timedelta:
    duration = limit.duration or grace
    if duration is None or limit.time_of_day is not None:
        return dt.timedelta(0)
    hours = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WORKING_DAYS: 24, Unit.MONTHS: 28 * 24}[duration.unit]
    return dt.timedelta(hours=hours * duration.amount)


def _at_most(duration: Duration | None) -> dt.timedelta:
    if duration is None:
        return dt.timedelta(0)
    days = {Unit.HOURS: 1, Unit.DAYS: 1, Unit.WORKING_DAYS: 3, Unit.MONTHS: 31}[duration.unit]
    return dt.timedelta(days=days * duration.amount + (30 if duration.unit is Unit.WORKING_DAYS else 0))


def _running(reading: DeadlineReading, now: dt.datetime, language: Language) -> RunningDeadline:
    deadline = reading.deadline
    return RunningDeadline(
        id=deadline.id,
        label=deadline.label.text(language),
        limit=_limit_text(reading, language),
        started_at=reading.started_at,
        due_at=reading.due_at,
        met_at=reading.met_at,
        state=reading.state,
        legal_basis=reading.legal_basis,
        is_verified=deadline.is_verified,
        is_waiting=deadline.is_waiting,
        remaining=_remaining(reading, now, language),
    )


def _limit_text(reading: DeadlineReading, language: Language) -> str:
    limit, deadline = reading.limit, reading.deadline
    if limit.time_of_day is not None:
        return sentence("deadline_limit_before", {"time": f"{limit.time_of_day:%H:%M}"}, language)
    if limit.duration is None:
        return sentence("deadline_limit_event" if deadline.before else "deadline_limit_immediately", {}, language)
    count = sentence(f"deadline_limit_{limit.duration.unit.value}", {"count": limit.duration.amount}, language)
    return sentence("deadline_limit_ahead", {"count": count}, language) if deadline.before else count


def _remaining(reading: DeadlineReading, now: dt.datetime, language: Language) -> str:
    state, due = reading.state, reading.due_at
    if reading.deadline.is_waiting:
        code = "deadline_waits" if state is DeadlineState.DUE else "deadline_waited"
        return sentence(code, {"day": f"{due:%d/%m/%Y}"}, language)
    if state is DeadlineState.MET:
        return sentence("deadline_done", {}, language)
    if state is DeadlineState.MET_LATE:
        return _span("deadline_late", reading, due, reading.met_at or due, language)
    if state is DeadlineState.OVERDUE:
        return _span("deadline_over", reading, due, now, language)
    if reading.limit.is_immediate and not reading.deadline.before:
        return sentence("deadline_due_now", {}, language)
    return _span("deadline_left", reading, now, due, language)


def _span(code: str, reading: DeadlineReading, first: dt.datetime, last: dt.datetime, language: Language) -> str:
    """Say a span in days when the limit ends with a day, else in hours, and in minutes when it is less than one."""
    days = (last.astimezone(VIETNAM).date() - first.astimezone(VIETNAM).date()).days
    seconds = max(0, int((last - first).total_seconds()))
    if _ends_with_a_day(reading) or seconds >= _MOST_HOURS * _HOUR:
        return (
            sentence(f"{code}_days", {"count": days}, language)
            if days
            else sentence("deadline_due_today", {}, language)
        )
    if seconds < _HOUR:
        return sentence(f"{code}_minutes", {"count": seconds // 60}, language)
    return sentence(f"{code}_hours", {"count": seconds // _HOUR}, language)


def _ends_with_a_day(reading: DeadlineReading) -> bool:
    due = reading.due_at
    return (due.hour, due.minute, due.second) == (23, 59, 59)
