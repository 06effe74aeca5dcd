"""Deadlines made for one question each: hours counted back, the law of a variant, a duty before one that is done."""

import datetime as dt

import pytest

from desktop.domain.base.dates import VIETNAM
from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import parse_condition
from desktop.domain.deadlines.deadline import (
    DeadlineDefinition,
    DeadlineReading,
    DeadlineSight,
    DeadlineState,
    Duration,
    Limit,
    Unit,
    Variant,
    due_before,
    read_deadlines,
)
from desktop.domain.deadlines.holidays import load_holidays
from desktop.domain.log.operation import Json
from desktop.paths import forms_dir

HOLIDAYS = load_holidays(forms_dir())
MONDAY = dt.datetime(2026, 3, 2, 15, 30, tzinfo=VIETNAM)
NOTHING = Label(vi="", en="")
DAYS_3 = Limit(text="3 days", duration=Duration(amount=3, unit=Unit.DAYS))
DAYS_9 = Limit(text="9 days", duration=Duration(amount=9, unit=Unit.DAYS))
LATER = DeadlineDefinition(
    id="report", register="tip", label=NOTHING, starts=("received_at",), limit=DAYS_9, met_by="reported_at"
)
BEFORE = DeadlineDefinition(
    id="prepare", register="tip", label=NOTHING, before="report", limit=DAYS_3, met_by="prepared_at"
)


def read(deadlines: list[DeadlineDefinition], now: dt.datetime = MONDAY, **values: Json) -> dict[str, DeadlineReading]:
    found = read_deadlines(
        deadlines, {"received_at": "2026-03-02T15:30+07:00", **values}, DeadlineSight(now=now, holidays=HOLIDAYS)
    )
    return {reading.deadline.id: reading for reading in found}


@pytest.mark.parametrize("hours", [1, 16, 72])
def test_hours_before_an_event_are_counted_to_the_minute(hours: int) -> None:
    limit = Duration(amount=hours, unit=Unit.HOURS)
    assert due_before(MONDAY, limit, HOLIDAYS) == MONDAY - dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("kind", "own", "limit", "basis"),
    [("B", "Điều 2", DAYS_3, "Điều 2"), ("B", "", DAYS_3, "Điều 1"), ("A", "Điều 2", DAYS_9, "Điều 1")],
)
def test_a_variant_brings_its_limit_and_its_law_where_it_names_one(
    kind: str, own: str, limit: Limit, basis: str
) -> None:
    variant = Variant(when=parse_condition("branch == 'B'"), limit=DAYS_3, legal_basis=own)
    deadline = DeadlineDefinition(
        id="one",
        register="tip",
        label=NOTHING,
        starts=("received_at",),
        limit=DAYS_9,
        variants=(variant,),
        legal_basis="Điều 1",
    )
    found = read([deadline], branch=kind)["one"]
    assert (found.limit, found.legal_basis) == (limit, basis)


@pytest.mark.parametrize(
    ("reported_at", "state"),
    [("2026-03-04T08:00+07:00", DeadlineState.MET), ("2026-06-01T08:00+07:00", DeadlineState.MET_LATE)],
)
def test_what_was_to_precede_a_duty_is_asked_no_more_once_that_is_done_in_time_or_late(
    reported_at: str, state: DeadlineState
) -> None:
    assert set(read([LATER, BEFORE])) == {"report", "prepare"}
    found = read([LATER, BEFORE], reported_at=reported_at)
    assert [(name, reading.state) for name, reading in found.items()] == [("report", state)]
    both = read([LATER, BEFORE], reported_at=reported_at, prepared_at="2026-03-03T08:00+07:00")
    assert both["prepare"].state is DeadlineState.MET
