"""A physical check of a lodging held against the guests that it declared, for one night.

- The night of a day runs from its noon to the next noon: a check at one in the morning is of the night before.
- A declared guest was there on a night from the arrival until before the departure, real or planned. Without any
  departure only the night of the arrival is certain: on later ones the guest may be found, but is not missed.
- Two are one when their document numbers agree; else when their names may be one (name_likeness.py) and their births do
  not say otherwise. Which it was is reported. Nobody is called anything: the lists are a reason to look again.
- Late is said only when it is certain: with a day alone, the guest may have come at its beginning or its end; and while
  no check says whether the lodging is remote, it may be. The limits are those of the deadlines of residence checks.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.base.dates import (
    VIETNAM,
    moment,
    moment_text,
    span,
)
from desktop.domain.deadlines.deadline import DeadlineSight, DeadlineState
from desktop.domain.deadlines.register_deadlines import StationKinds
from desktop.domain.log.operation import Json
from desktop.domain.names.names import compare_names, fold
from desktop.storage import queries
from desktop.storage.queries import Between, ListedRecord
from desktop.workspace.base.session import Session
from desktop.workspace.imports.guest_imports import LODGINGS, REGISTER
from desktop.workspace.records import records

CHECKS: Final = "residence_check"
LONGEST_STAY: Final = dt.timedelta(days=366)
_NOON: Final = dt.time(12)
_AT_MOST: Final = 20_000
_GUEST: Final = "guest"


class Lateness(StrEnum):
    """Whether a guest was declared in time: certain, or not to be known from what is written down."""

    IN_TIME = "in_time"
    LATE = "late"
    UNKNOWN = "unknown"
    NOT_DECLARED_WHEN = "no_time"


class Match(StrEnum):
    """By what a declared guest and a guest who was found are one."""

    DOCUMENT = "document"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredGuest:
    """A guest as the lodging declared; `is_certain` is False when no departure was ever reported."""

    record: str
    record_no: str
    name: str
    document: str
    born: str
    room: str
    lateness: Lateness
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGuest:
    """A guest as the check found."""

    record: str
    record_no: str
    name: str
    document: str
    born: str
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One guest, declared and found."""

    declared: DeclaredGuest
    found: FoundGuest
    by: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What the check says of the declarations, and they of it. `elsewhere` maps declared records to other lodgings."""

    lodging: str
    night: dt.date
    declared: int
    found: int
    matched: tuple[Pair, ...]
    declared_not_found: tuple[DeclaredGuest, ...]
    found_not_declared: tuple[FoundGuest, ...]
    late: tuple[DeclaredGuest, ...]
    elsewhere: Mapping[str, str]


def reconcile(session: Session, lodging: str, night: dt.date) -> Reconciliation:
    """Compare one lodging's declarations for a night with the checks of that night; `lodging` is an id or number.

    Raises:
        DesktopError: record_unknown, record_ambiguous.
    """
    place = records.find(session, LODGINGS, lodging)
    name = str((queries.read_row(session.database, session.library.registers[LODGINGS], place) or {}).get("name"))
    stays = [row for row in _stays(session, night) if row.values.get("establishment") == place]
    remote = _remote(session, place)
    declared = [_declared(session, row, night, remote) for row in stays]
    found = [_found(row, session) for row in _checks(session, place, name, night)]
    matched = tuple(_pairs(declared, found))
    paired = {pair.declared.record for pair in matched}, {pair.found.record for pair in matched}
    return Reconciliation(
        lodging=place,
        night=night,
        declared=len(declared),
        found=len(found),
        matched=matched,
        declared_not_found=tuple(one for one in declared if one.record not in paired[0] and one.is_certain),
        found_not_declared=tuple(one for one in found if one.record not in paired[1]),
        late=tuple(one for one in declared if one.lateness is Lateness.LATE),
        elsewhere=_elsewhere(session, stays, place, night),
    )


def lateness(session: Session, values: Mapping[str, Json], remote: Collection[bool]) -> Lateness:
    """Return whether a guest was declared in time, as far as it is certain; `remote` is what the place may be."""
    declared, day = values.get("declared_at"), str(values.get("arrived_on") or "")
    if not isinstance(declared, str):
        return Lateness.NOT_DECLARED_WHEN
    at = moment(str(values.get("arrived_at") or ""))
    if at is not None:
        ends = (at, at)
    else:
        first = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.min, VIETNAM)
        ends = (first, first + dt.timedelta(hours=23, minutes=59))
    states = {_state(session, values, arrived, is_remote=is_remote) for arrived in ends for is_remote in remote}
    if states == {DeadlineState.MET}:
        return Lateness.IN_TIME
    return Lateness.LATE if states == {DeadlineState.MET_LATE} else Lateness.UNKNOWN


def _state(
    session: Session, values: Mapping[str, Json], arrived: dt.datetime, *, is_remote: bool
) -> DeadlineState | None:
    """Return the state of the one deadline that runs for such a guest; None when the law has no limit."""
    stay: dict[str, Json] = {
        "person": _GUEST,
        "arrived_at": moment_text(arrived),
        "declared_at": values.get("declared_at"),
        "remote_area": is_remote,
    }
    guest: dict[str, Json] = {"nationality": values.get("nationality"), "dob": values.get("dob")}
    sight = DeadlineSight(
        now=session.now(),
        holidays=session.definitions.holidays,
        follow=lambda record: guest if record == _GUEST else {},
    )
    kinds = StationKinds(writer=session.station.kind, reader=session.station.kind)
    readings = session.definitions.deadlines[CHECKS].read(stay, kinds, sight)
    states = [reading.state for reading in readings if reading.deadline.met_by == "declared_at"]
    return states[0] if states else None


def _stays(session: Session, night: dt.date) -> list[ListedRecord]:
    """Return the declared stays at any lodging that may cover a night."""
    rows = queries.list_records(
        session.database,
        session.library.registers[REGISTER],
        filters={"arrived_on": Between(first=(night - LONGEST_STAY).isoformat(), last=night.isoformat())},
        limit=_AT_MOST,
    )
    return [row for row in rows if _end(row.values) is None or str(_end(row.values)) > night.isoformat()]


def _end(values: Mapping[str, Json]) -> Json:
    return values.get("left_on") or values.get("leaves_on")


def _declared(session: Session, row: ListedRecord, night: dt.date, remote: Collection[bool]) -> DeclaredGuest:
    values = row.values
    return DeclaredGuest(
        record=row.record,
        record_no=row.record_no,
        name=str(values.get("full_name") or ""),
        document=str(values.get("doc_no") or ""),
        born=str(values.get("dob") or ""),
        room=str(values.get("room_no") or ""),
        lateness=lateness(session, values, remote),
        is_certain=_end(values) is not None or values.get("arrived_on") == night.isoformat(),
    )


def _remote(session: Session, place: str) -> tuple[bool, ...]:
    """Return what the checks of a lodging say of its lying in a remote area; both while they do not say."""
    definition = session.library.registers[CHECKS]
    said = tuple(
        is_remote
        for is_remote in (False, True)
        if queries.count_records(
            session.database, definition, filters={"establishment": place, "remote_area": is_remote}
        )
    )
    return said or (False, True)


def _checks(session: Session, place: str, name: str, night: dt.date) -> list[ListedRecord]:
    """Return the checks at a lodging in a night; one that names no business is found by the lodging's name."""
    first = dt.datetime.combine(night, _NOON, VIETNAM)
    last = first + dt.timedelta(hours=23, minutes=59)
    rows = queries.list_records(
        session.database,
        session.library.registers[CHECKS],
        filters={"checked_at": Between(first=moment_text(first), last=moment_text(last))},
        limit=_AT_MOST,
    )
    return [
        row
        for row in rows
        if row.values.get("establishment") == place
        or (
            not row.values.get("establishment")
            and name
            and fold(str(row.values.get("lodging_name") or "")) == fold(name)
        )
    ]


def _night_of(checked: str) -> dt.date | None:
    at = moment(checked)
    return None if at is None else (at.astimezone(VIETNAM) - dt.timedelta(hours=12)).date()


def _found(row: ListedRecord, session: Session) -> FoundGuest:
    person = str(row.values.get("person") or "")
    who = queries.read_row(session.database, session.library.registers["person"], person) or {}
    document = row.values.get("passport_no") or who.get("personal_id") or who.get("passport_no")
    return FoundGuest(
        record=row.record,
        record_no=row.record_no,
        name=str(who.get("full_name") or ""),
        document=str(document or ""),
        born=str(who.get("dob") or ""),
        room=str(row.values.get("room_no") or ""),
    )


def _pairs(declared: Iterable[DeclaredGuest], found: Iterable[FoundGuest]) -> Iterable[Pair]:
    """Yield each guest who is in both once: by document first, then by name, the likeliest first."""
    left = list(found)
    waiting: list[DeclaredGuest] = []
    for one in declared:
        same = next((other for other in left if one.document and other.document == one.document), None)
        if same is None:
            waiting.append(one)
        else:
            left.remove(same)
            yield Pair(declared=one, found=same, by=Match.DOCUMENT)
    near = sorted(
        (likeness.distance, place, other)
        for place, one in enumerate(waiting)
        for other, candidate in enumerate(left)
        if (likeness := compare_names(one.name, candidate.name)).is_possible and _born_alike(one.born, candidate.born)
    )
    declared_taken, found_taken = set[int](), set[int]()
    for _, place, other in near:
        if place not in declared_taken and other not in found_taken:
            declared_taken.add(place)
            found_taken.add(other)
            yield Pair(declared=waiting[place], found=left[other], by=Match.NAME)


def _born_alike(one: str, other: str) -> bool:
    """Return whether two dates of birth, whole or partial, may be the same; one that is not known may be any."""
    first, second = span(one), span(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _elsewhere(session: Session, stays: Iterable[ListedRecord], place: str, night: dt.date) -> dict[str, str]:
    """Return the declared guests who were declared at another lodging for the same night, with that record's number."""
    here = {str(row.values["doc_no"]): row.record for row in stays if row.values.get("doc_no")}
    found: dict[str, str] = {}
    for row in _stays(session, night):
        record = here.get(str(row.values.get("doc_no") or ""))
        if record is not None and row.values.get("establishment") != place:
            found.setdefault(record, row.record_no)
    return found
