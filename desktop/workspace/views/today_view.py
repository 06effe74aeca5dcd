"""What waits today, gathered in one request: time limits, conflicts, drafts, reviews due, changes not sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.deadlines.deadline import DeadlineState
from desktop.sentences import Language
from desktop.workspace.base.session import Session
from desktop.workspace.base.session_clock import ClockWarning
from desktop.workspace.deadlines import deadlines
from desktop.workspace.exchange import exchange
from desktop.workspace.records import (
    conflicts,
    double_entry,
    drafts,
    field_notes,
    records,
)

REVIEW_FIELD: Final = "next_review_date"
SOON_DAYS: Final = 14
MET_DAYS: Final = 7
_CLOSED: Final = frozenset({"KET_THUC", "CHUYEN", "HUY"})
_MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A record to look at again, and how many days are left; negative when it is overdue."""

    register: str
    record: str
    record_no: str
    title: str
    day: date
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """A form left without saving; `record` is None for a new one. One that was cut off nobody left on purpose."""

    register: str
    record: str | None
    title: str
    saved_at: datetime
    standing: drafts.DraftProgress
    was_cut_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayFacts:
    """Everything the sidebar, the status line and the page Today show."""

    now: datetime
    clock: ClockWarning | None
    counts: Mapping[str, int]
    conflicts: tuple[conflicts.ConflictView, ...]
    drafts: tuple[WaitingDraft, ...]
    noted: tuple[field_notes.NotedRecord, ...]
    double_entry: tuple[double_entry.WaitingRecord, ...]
    due: tuple[Due, ...]
    limits: tuple[deadlines.DueDeadline, ...]
    limit_counts: Mapping[DeadlineState, int]
    met: tuple[deadlines.DueDeadline, ...]
    met_counts: Mapping[DeadlineState, int]
    unsent: int
    has_targets: bool
    last_sent: datetime | None

    @property
    def has_something(self) -> bool:
        """Whether anything is to be shown."""
        lists = (self.limits, self.conflicts, self.drafts, self.noted, self.double_entry, self.due, self.met)
        return any(lists) or self.unsent > 0

    @property
    def limit_count(self) -> int:
        """How many time limits ran out or run out soon."""
        return sum(self.limit_counts.values())

    @property
    def waiting(self) -> int:
        """How many things ask for work: limits running out, conflicts, drafts, and reviews overdue or due today."""
        reviews = sum(1 for due in self.due if due.days_left <= 0)
        return self.limit_count + len(self.conflicts) + len(self.drafts) + reviews


def read_today(session: Session, language: Language = "vi") -> TodayFacts:
    """Gather the facts; runs on the worker thread."""
    stations = exchange.stations_to_send(session)
    limits = deadlines.due_list(session, limit=_MOST_SHOWN, language=language)
    since = session.today() - timedelta(days=MET_DAYS - 1)
    met = deadlines.due_list(session, states=deadlines.MET, met_since=since, limit=_MOST_SHOWN, language=language)
    return TodayFacts(
        now=session.now(),
        clock=session.clock.warning(),
        counts=records.counts(session),
        conflicts=conflicts.list_conflicts(session, language=language),
        drafts=_drafts(session),
        noted=field_notes.noted_records(session, limit=_MOST_SHOWN, language=language),
        double_entry=double_entry.waiting(session),
        due=_due(session),
        limits=limits.deadlines,
        limit_counts=limits.counts,
        met=tuple(reversed(met.deadlines)),
        met_counts=met.counts,
        unsent=max((exchange.unsent(session, station.station) for station in stations), default=0),
        has_targets=bool(stations),
        last_sent=max((entry.at for entry in exchange.exchange_log_entries(session) if entry.is_sent), default=None),
    )


def _drafts(session: Session) -> tuple[WaitingDraft, ...]:
    return tuple(
        WaitingDraft(
            register=draft.register,
            record=draft.record,
            title=records.listed_row(session, draft.record).title if draft.record else "",
            saved_at=datetime.fromisoformat(draft.saved_at),
            standing=drafts.progress_of(session, draft),
            was_cut_off=draft.is_open,
        )
        for draft in drafts.all_drafts(session)
        if draft.register in session.library.registers
    )


def _due(session: Session) -> tuple[Due, ...]:
    found: list[Due] = []
    for register, definition in session.library.registers.items():
        if definition.field(REVIEW_FIELD) is not None:
            found += _due_of(session, register)
    return tuple(sorted(found, key=lambda due: due.day))


def _due_of(session: Session, register: str) -> list[Due]:
    today = session.today()
    found = []
    for row in records.list_records(session, register, order_by=REVIEW_FIELD, limit=_MOST_SHOWN).rows:
        value = records.read(session, row.record).values.get(REVIEW_FIELD)
        day = date.fromisoformat(value) if isinstance(value, str) else None
        if day is None or day > today + timedelta(days=SOON_DAYS):
            break
        if row.status not in _CLOSED:
            found.append(
                Due(
                    register=register,
                    record=row.record,
                    record_no=row.record_no,
                    title=row.title,
                    day=day,
                    days_left=(day - today).days,
                )
            )
    return found
