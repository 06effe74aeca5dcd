"""Every shipped deadline counts as the law does: one worked example each, and the rules of counting."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.dates import VIETNAM
from desktop.domain.deadlines.deadline import DeadlineReading, DeadlineSight, DeadlineState
from desktop.domain.deadlines.holidays import load_holidays
from desktop.domain.deadlines.loader import load_deadlines, read_register_deadlines
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines, StationKinds
from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import TypeName
from desktop.domain.log.operation import Json
from desktop.errors import DefinitionError
from desktop.paths import forms_dir

LIBRARY = load_library(forms_dir())
SHIPPED = load_deadlines(forms_dir(), LIBRARY)
HOLIDAYS = load_holidays(forms_dir())
SECOND = dt.timedelta(seconds=1)
LATER = dt.datetime(2031, 1, 1, tzinfo=VIETNAM)
ADULT, CHILD, LAO, SOLDIER, CASE, HOTEL = "adult", "child", "lao", "soldier", "case", "hotel"
PEOPLE: dict[str, dict[str, Json]] = {
    ADULT: {"dob": "1990-05-01", "nationality": "VNM", "gender": "F"},
    CHILD: {"dob": "2020-05-01", "nationality": "VNM", "gender": "F"},
    LAO: {"dob": "1985", "nationality": "LAO"},
    SOLDIER: {"dob": "2004-02-03", "nationality": "VNM", "gender": "M"},
    CASE: {"person": CHILD},
}
TIP_A: dict[str, Json] = {"seriousness_branch": "A", "received_at": "2026-03-02T15:30+07:00"}
TIP: dict[str, Json] = {"seriousness_branch": "B", "received_at": "2026-03-03T10:00+07:00"}
VICTIM: dict[str, Json] = {"person": ADULT, "return_channel": "TU_VE", "received_at": "2026-03-02T08:00+07:00"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """Values of a record, and when the law wants the duty done; `done` are the answers that say it was."""

    deadline: str
    values: Mapping[str, Json]
    due: str
    writer: str = "commune"
    reader: str = "commune"
    done: Mapping[str, Json] = field(default_factory=dict)
    note: str = ""

    @property
    def due_at(self) -> dt.datetime:
        """A day alone ends at 24:00."""
        text = self.due if "T" in self.due else f"{self.due}T23:59:59"
        return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def read(example: Example, now: dt.datetime, **changes: Json) -> DeadlineReading | None:
    deadlines = next(
        found for found in SHIPPED.values() if example.deadline in {deadline.id for deadline in found.deadlines}
    )
    return read_one(deadlines, example, {**example.values, **changes}, now)


def read_one(
    deadlines: RegisterDeadlines, example: Example, values: Mapping[str, Json], now: dt.datetime
) -> DeadlineReading | None:
    sight = DeadlineSight(now=now, holidays=HOLIDAYS, follow=PEOPLE.get)
    readings = deadlines.read(values, StationKinds(writer=example.writer, reader=example.reader), sight)
    return next((found for found in readings if found.deadline.id == example.deadline), None)


EXAMPLES = [
    # Tips. 2 March 2026 is a Monday.
    Example(deadline="tip_report_a", values=TIP_A, due="2026-03-02T17:30"),
    Example(deadline="tip_transfer_a", values=TIP_A, due="2026-03-03T15:30"),
    Example(deadline="tip_transfer_a", values={**TIP_A, "remote_commune": True}, due="2026-03-04T15:30", note="remote"),
    Example(deadline="tip_transfer_b", values=TIP, due="2026-03-10"),
    Example(
        deadline="tip_transfer_b_to_a",
        values={**TIP_A, "branch_changed_at": "2026-03-05T08:00+07:00"},
        due="2026-03-06T08:00",
    ),
    Example(deadline="tip_child_report", values={**TIP, "victim_u18": True}, due="2026-03-03T12:00"),
    Example(deadline="tip_child_transfer", values={**TIP, "victim_u18": True}, due="2026-03-04T10:00"),
    Example(
        deadline="tip_child_transfer",
        values={**TIP, "victim_u18": True, "remote_commune": True},
        due="2026-03-05T10:00",
        note="remote",
    ),
    Example(deadline="tip_classified", values=TIP, due="2026-03-04T10:00", writer="border", reader="border"),
    Example(
        deadline="tip_forwarded",
        values={**TIP, "resolution": "CHUYEN", "classified_at": "2026-03-03T16:00+07:00"},
        due="2026-03-04T16:00",
        writer="border",
        reader="border",
    ),
    Example(
        deadline="tip_assigned",
        values={**TIP, "transferred_at": "2026-03-03T10:00+07:00"},
        due="2026-03-06",
        reader="province",
    ),
    Example(
        deadline="tip_procuracy_notified",
        values={**TIP, "received_at": "2026-03-04T10:00+07:00"},
        due="2026-03-09",
        writer="border",
        reader="border",
        note="the third day is a Saturday",
    ),
    Example(
        deadline="tip_informant_notified",
        values={**TIP, "received_at": "2026-03-05T10:00+07:00"},
        due="2026-03-10",
        writer="border",
        reader="border",
    ),
    Example(
        deadline="tip_resolution",
        values={**TIP, "transferred_at": "2026-03-05T10:00+07:00"},
        due="2026-03-25",
        reader="province",
        note="from the competent body's reception",
    ),
    Example(
        deadline="tip_resolution_complex",
        values={**TIP, "extended_to": "2026-04-20"},
        due="2026-04-20",
        writer="border",
        reader="border",
    ),
    Example(
        deadline="tip_resolution_complex",
        values={**TIP, "extended_to": "2026-06-30"},
        due="2026-05-04",
        writer="border",
        reader="border",
        note="two months at most; the last day is a Sunday",
    ),
    Example(
        deadline="tip_resolution_extended",
        values={**TIP, "extended_to": "2026-07-31", "vks_extension": "12/QĐ-VKS"},
        due="2026-07-03",
        writer="border",
        reader="border",
        note="four months at most",
    ),
    Example(
        deadline="tip_extension_request",
        values={**TIP, "extended_to": "2026-04-20"},
        due="2026-04-15",
        writer="border",
        reader="border",
    ),
    Example(
        deadline="tip_extension_decided",
        values={**TIP, "extension_requested_on": "2026-04-14"},
        due="2026-04-17",
        reader="province",
        done={"vks_extension": "12/QĐ-VKS"},
    ),
    Example(
        deadline="tip_resumed",
        values={**TIP, "resumed_on": "2026-01-31", "resolved_on": "2025-12-20", "resolution": "TDC"},
        due="2026-03-02",
        reader="province",
        done={"resolved_on": "2026-02-20", "resolution": "KT"},
        note="a month without a 31st; its last day is a Saturday",
    ),
    Example(
        deadline="tip_result_notified",
        values={**TIP, "resolved_on": "2026-03-23", "resolution": "KT"},
        due="2026-03-26",
        reader="province",
    ),
    Example(
        deadline="tip_administrative",
        values={**TIP, "resolved_on": "2026-03-23", "resolution": "XLHC"},
        due="2026-03-26",
        reader="province",
    ),
    Example(
        deadline="tip_transfer_police_post",
        values={**TIP, "at_police_post": True, "remote_commune": True},
        due="2026-03-04T10:00",
        note="remote or not",
    ),
    Example(
        deadline="tip_child_review",
        values={**TIP, "victim_u18": True, "transferred_at": "2026-03-05T10:00+07:00"},
        due="2026-03-18",
        reader="province",
        note="the limit is 25 March",
    ),
    Example(
        deadline="tip_child_review_complex",
        values={**TIP, "victim_u18": True, "extended_to": "2026-04-20"},
        due="2026-04-13",
        writer="border",
        reader="border",
    ),
    Example(
        deadline="tip_child_review_extended",
        values={**TIP, "victim_u18": True, "extended_to": "2026-07-31", "vks_extension": "12/QĐ-VKS"},
        due="2026-06-26",
        writer="border",
        reader="border",
        note="the limit is 3 July",
    ),
    Example(
        deadline="tip_child_review_resumed",
        values={**TIP, "victim_u18": True, "resumed_on": "2026-01-31", "resolved_on": "2025-12-20"},
        due="2026-02-23",
        reader="province",
        note="the limit is 2 March",
    ),
    # Returned victims.
    Example(deadline="victim_to_committee", values=VICTIM, due="2026-03-03T08:00"),
    Example(
        deadline="victim_health_authority",
        values={**VICTIM, "notified_ubnd_at": "2026-03-02T10:00+07:00"},
        due="2026-03-03T10:00",
    ),
    Example(
        deadline="victim_first_check", values={**VICTIM, "notified_yte_at": "2026-03-02T11:00+07:00"}, due="2026-03-05"
    ),
    Example(
        deadline="victim_verification",
        values=VICTIM,
        due="2026-03-23",
        done={"victim_status": "NAN_NHAN"},
        note="the twentieth day is a Sunday",
    ),
    Example(
        deadline="victim_verification_complex",
        values=VICTIM,
        due="2026-05-04",
        done={"victim_status": "KHONG_PHAI"},
        note="30 April, 1 May and a weekend",
    ),
    Example(
        deadline="victim_rescued_transfer", values={**VICTIM, "return_channel": "GIAI_CUU"}, due="2026-03-03T08:00"
    ),
    Example(
        deadline="victim_rescued_certificate",
        values={
            **VICTIM,
            "return_channel": "GIAI_CUU",
            "evidence_basis": ["b"],
            "victim_status": "NAN_NHAN",
            "transferred_at": "2026-03-03T09:00+07:00",
        },
        due="2026-03-03T09:00",
    ),
    Example(deadline="victim_return_transfer", values={**VICTIM, "return_channel": "TRAO_TRA"}, due="2026-03-03T08:00"),
    Example(
        deadline="victim_child_relatives",
        values={**VICTIM, "person": CHILD, "return_channel": "TRAO_TRA"},
        due="2026-03-03T08:00",
        done={"guardian": ADULT},
    ),
    Example(
        deadline="child_emergency",
        values={**VICTIM, "person": CHILD, "safety_risk": "CAO", "received_at": "2026-03-02T20:00+07:00"},
        due="2026-03-03T08:00",
        done={"protection_measure": ["TAM_LANH"]},
    ),
    Example(
        deadline="child_support_plan",
        values={"case": CASE, "requested_on": "2026-02-13"},
        due="2026-02-27",
        note="Tết lies between",
    ),
    Example(
        deadline="child_separation",
        values={**VICTIM, "person": CHILD, "separated_from": "2026-03-04"},
        due="2026-03-19",
    ),
    Example(
        deadline="minor_residence",
        values={"dob": "2025-12-28", "birth_registered_on": "2026-01-05"},
        due="2026-03-06",
    ),
    # Residence, absence.
    Example(
        deadline="foreigner_declaration",
        values={"person": LAO, "arrived_at": "2026-06-29T20:00+07:00"},
        due="2026-06-30T08:00",
    ),
    Example(
        deadline="foreigner_declaration",
        values={"person": LAO, "arrived_at": "2026-06-29T20:00+07:00", "remote_area": True},
        due="2026-06-30T20:00",
        note="remote",
    ),
    Example(
        deadline="foreigner_declaration_2026",
        values={"person": LAO, "arrived_at": "2026-07-01T20:00+07:00"},
        due="2026-07-02T08:00",
    ),
    Example(
        deadline="foreigner_declaration_2026",
        values={"person": LAO, "arrived_at": "2026-07-01T20:00+07:00", "remote_area": True},
        due="2026-07-02T20:00",
        note="remote",
    ),
    Example(
        deadline="guest_notice",
        values={"person": ADULT, "arrived_at": "2026-03-02T18:00+07:00"},
        due="2026-03-02T23:00",
    ),
    Example(
        deadline="guest_notice",
        values={"person": ADULT, "arrived_at": "2026-03-02T23:30+07:00"},
        due="2026-03-03T08:00",
        note="after 23:00",
    ),
    Example(
        deadline="guest_notice",
        values={"person": ADULT, "arrived_at": "2026-03-02T23:00+07:00"},
        due="2026-03-03T08:00",
        note="at 23:00",
    ),
    Example(deadline="lodging_records_kept", values={"person": LAO, "stay_to": "2026-03-05"}, due="2029-03-05"),
    Example(
        deadline="border_belt_notice",
        values={"person": LAO, "lodging_border_area": True, "arrived_at": "2026-03-02T18:00+07:00"},
        due="2026-03-02T18:00",
    ),
    Example(deadline="absence_declaration", values={"person": ADULT, "absent_since": "2025-03-10"}, due="2026-03-10"),
    Example(
        deadline="absence_declaration",
        values={"person": ADULT, "absent_since": "2025-03~"},
        due="2026-03-31",
        note="some day of March",
    ),
    Example(
        deadline="absence_declaration_military",
        values={"person": SOLDIER, "absent_since": "2025-11-30"},
        due="2026-03-02",
        note="a month without a 30th; its last day is a Saturday",
    ),
    Example(
        deadline="absence_ct03_issued",
        values={"person": ADULT, "declared_absence": True, "declared_on": "2026-03-06"},
        due="2026-03-09",
        note="a weekend",
    ),
    Example(
        deadline="absence_ct03_issued",
        values={
            "person": ADULT,
            "declared_absence": True,
            "declared_on": "2026-03-06",
            "declaration_checked": True,
        },
        due="2026-03-10",
        note="verified first",
    ),
    # Establishments, data, the border belt.
    Example(
        deadline="check_notice",
        values={"check_kind": "DINH_KY", "started_at": "2026-03-10T08:00+07:00"},
        due="2026-03-03",
    ),
    Example(
        deadline="check_once_a_year",
        values={"check_kind": "DINH_KY", "started_at": "2026-03-10T08:00+07:00"},
        due="2027-03-10",
    ),
    Example(
        deadline="data_request_answer",
        values={"received_at": "2026-04-29T16:00+07:00"},
        due="2026-05-05",
        note="30 April, 1 May and a weekend",
    ),
    Example(deadline="data_breach_notice", values={"found_at": "2026-03-02T17:00+07:00"}, due="2026-03-05T17:00"),
    Example(
        deadline="border_suspension_end",
        values={"suspended_by": "DON", "suspended_at": "2026-03-02T06:00+07:00"},
        due="2026-03-02T18:00",
    ),
    Example(
        deadline="border_suspension_end",
        values={"suspended_by": "TINH", "suspended_at": "2026-03-02T06:00+07:00"},
        due="2026-03-03T06:00",
        note="province",
    ),
    # Reports.
    Example(
        deadline="report_business_quarter",
        values={"report_kind": "DK13", "establishment": HOTEL, "period_to": "2026-03-31"},
        due="2026-03-31",
        note="the last week of the quarter",
    ),
    Example(
        deadline="report_police_quarter",
        values={"report_kind": "ANTT_QUY", "period_to": "2026-06-30"},
        due="2026-07-07",
        note="the first week of the next quarter",
    ),
    Example(deadline="report_plan", values={"report_kind": "SAU_THANG", "period_to": "2026-06-14"}, due="2026-06-16"),
]
WORKED = pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.deadline} {one.note}".strip())
ALL = {deadline.id: deadline for found in SHIPPED.values() for deadline in found.deadlines}


def test_every_shipped_deadline_has_a_worked_example() -> None:
    assert {example.deadline for example in EXAMPLES} == set(ALL)


@WORKED
def test_a_shipped_deadline_is_due_when_the_law_says(example: Example) -> None:
    reading = read(example, LATER)
    assert reading is not None
    assert reading.due_at == example.due_at


@WORKED
def test_a_shipped_deadline_is_overdue_a_second_after_it_was_due(example: Example) -> None:
    in_time, late = read(example, example.due_at), read(example, example.due_at + SECOND)
    assert in_time is not None
    assert late is not None
    if ALL[example.deadline].is_waiting:
        assert (in_time.state, late.state) == (DeadlineState.DUE, DeadlineState.MET)
    else:
        assert in_time.state is DeadlineState.SOON
        assert late.state is DeadlineState.OVERDUE


@WORKED
def test_what_is_done_at_the_last_moment_is_in_time_and_after_it_is_late(example: Example) -> None:
    deadline = ALL[example.deadline]
    if deadline.is_waiting:
        return
    if deadline.met_by is None:
        reading = read(example, LATER, **example.done)
        assert reading is not None
        assert (reading.state, reading.met_at) == (DeadlineState.MET, None)
        return
    is_day = next(
        found for definition in LIBRARY.registers.values() if definition.id == deadline.register
        for found in definition.fields() if found.id == deadline.met_by
    ).type is TypeName.DATE  # fmt: skip
    due = example.due_at
    last, after = (due, due + dt.timedelta(days=1)) if is_day else (due, due + dt.timedelta(minutes=1))
    for moment, state in ((last, DeadlineState.MET), (after, DeadlineState.MET_LATE)):
        stored = f"{moment.date()}" if is_day else moment.isoformat(timespec="minutes")
        reading = read(example, LATER, **{deadline.met_by: stored})
        assert reading is not None
        assert reading.state is state


@WORKED
def test_a_deadline_counts_the_same_wherever_the_times_were_written(example: Example) -> None:
    abroad = {
        name: dt.datetime.fromisoformat(value).astimezone(dt.UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
        if isinstance(value, str) and "T" in value[10:11]
        else value
        for name, value in example.values.items()
    }
    reading = read(example, LATER.astimezone(dt.timezone(dt.timedelta(hours=-5))), **abroad)
    assert reading is not None
    assert reading.due_at == example.due_at
    assert reading.due_at.utcoffset() == dt.timedelta(hours=7)


@WORKED
def test_a_deadline_reads_the_same_when_only_open_ones_are_asked_for(example: Example) -> None:
    deadlines = SHIPPED[ALL[example.deadline].register]
    sight = DeadlineSight(now=example.due_at, holidays=HOLIDAYS, follow=PEOPLE.get)
    stations = StationKinds(writer=example.writer, reader=example.reader)
    every = deadlines.read(example.values, stations, sight)
    only = deadlines.read(example.values, stations, sight, only_open=True)
    met = {DeadlineState.MET, DeadlineState.MET_LATE}
    assert [one for one in only if one.state not in met] == [one for one in every if one.state not in met]


def test_a_deadline_without_its_event_does_not_run() -> None:
    for found in SHIPPED.values():
        sight = DeadlineSight(now=LATER, holidays=HOLIDAYS)
        assert found.read({}, StationKinds(writer="commune", reader="province"), sight) == ()


def test_a_branch_runs_only_when_the_branch_is_certain() -> None:
    example = Example(
        deadline="tip_transfer_a", values={"received_at": "2026-03-02T15:30+07:00"}, due="2026-03-03T15:30"
    )
    assert read(example, LATER) is None
    assert read(example, LATER, seriousness_branch="B") is None


def test_a_commune_is_not_told_the_limits_of_the_investigation_agency() -> None:
    given = {**TIP, "transferred_at": "2026-03-04T10:00+07:00"}
    at = {"commune": 0, "province": 0}
    for reader in at:
        sight = DeadlineSight(now=LATER, holidays=HOLIDAYS)
        readings = SHIPPED["tip"].read(given, StationKinds(writer="commune", reader=reader), sight)
        at[reader] = sum(reading.deadline.id in {"tip_resolution", "tip_assigned"} for reading in readings)
    assert at == {"commune": 0, "province": 2}


def test_what_precedes_a_duty_that_is_done_is_not_asked_for() -> None:
    example = Example(
        deadline="tip_extension_request",
        values={**TIP, "extended_to": "2026-04-20", "resolved_on": "2026-04-10", "resolution": "KT"},
        due="2026-04-15",
        writer="border",
        reader="border",
    )
    assert read(example, LATER) is None


def test_an_end_that_the_form_hides_was_done_all_the_same() -> None:
    text = (
        PLAIN.replace(b"data_request", b"tip")
        .replace(b"answered_at", b"branch_changed_at")
        .replace(b"LIMIT", b"2 days")
    )
    deadlines = read_register_deadlines({"deadlines/plain.toml": text}, LIBRARY)["tip"]
    example = Example(deadline="plain", values={**TIP, "branch_changed_at": "2026-03-04T08:00+07:00"}, due="2026-03-05")
    reading = read_one(deadlines, example, example.values, LATER)
    assert reading is not None
    assert reading.state is DeadlineState.MET


def test_an_end_that_is_sealed_was_done_nobody_knows_when() -> None:
    example = Example(deadline="tip_transfer_b", values={**TIP, "transferred_at": {"$sealed": "x"}}, due="2026-03-10")
    reading = read(example, LATER)
    assert reading is not None
    assert (reading.state, reading.met_at) == (DeadlineState.MET, None)


def test_the_last_fifth_of_a_limit_is_soon_where_the_file_does_not_say() -> None:
    example = Example(deadline="foreigner_declaration", values=EXAMPLES[-1].values, due="2026-06-30T08:00")
    given = {"person": LAO, "arrived_at": "2026-06-29T20:00+07:00"}
    states = [read(example, example.due_at - dt.timedelta(minutes=left), **given) for left in (145, 144)]
    assert [found.state for found in states if found] == [DeadlineState.DUE, DeadlineState.SOON]


def test_a_deadline_is_soon_from_the_morning_of_the_day_the_file_names() -> None:
    example = Example(deadline="tip_transfer_b", values=TIP, due="2026-03-10")
    morning = dt.datetime(2026, 3, 8, tzinfo=VIETNAM)
    states = [read(example, morning - SECOND), read(example, morning)]
    assert [found.state for found in states if found] == [DeadlineState.DUE, DeadlineState.SOON]


@pytest.mark.parametrize("value", ["9999-12-31T10:00+07:00", "0001-01-01T00:00+07:00", "hôm qua", 5, True, ["2026"]])
def test_an_event_that_is_no_day_starts_nothing(value: Json) -> None:
    assert (
        read(Example(deadline="tip_transfer_b", values={**TIP, "received_at": value}, due="2026-03-10"), LATER) is None
    )


def test_every_basis_is_named_and_every_deadline_has_both_languages() -> None:
    for deadline in ALL.values():
        assert deadline.legal_basis
        assert deadline.label.vi
        assert deadline.label.en
        assert not (deadline.is_verified and "chưa đối chiếu" in deadline.legal_basis)


# The rules of counting, over deadlines that a test writes itself.

PLAIN = b"""
id = "plain"
register = "data_request"
label = { vi = "a", en = "b" }
starts = ["received_at"]
met_by = "answered_at"
limit = "LIMIT"
legal_basis = "x"
"""
instants = st.datetimes(dt.datetime(2021, 1, 1), dt.datetime(2034, 1, 1)).map(  # noqa: DTZ001  made aware
    lambda found: found.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)


def due(limit: str, start: dt.datetime) -> dt.datetime:
    deadlines = read_register_deadlines({"deadlines/plain.toml": PLAIN.replace(b"LIMIT", limit.encode())}, LIBRARY)[
        "data_request"
    ]
    sight = DeadlineSight(now=start, holidays=HOLIDAYS)
    (reading,) = deadlines.read(
        {"received_at": start.isoformat(timespec="minutes")}, StationKinds(writer="commune", reader="commune"), sight
    )
    return reading.due_at


@settings(deadline=None, max_examples=60)
@given(start=instants, count=st.integers(1, 200))
def test_hours_are_counted_through_nights_and_days_off(start: dt.datetime, count: int) -> None:
    assert due(f"{count} hours", start) - start == dt.timedelta(hours=count)


@settings(deadline=None, max_examples=60)
@given(start=instants, count=st.integers(1, 200))
def test_days_end_with_a_working_day_and_never_sooner_than_they_say(start: dt.datetime, count: int) -> None:
    end = due(f"{count} days", start)
    plain = start.date() + dt.timedelta(days=count)
    assert f"{end:%H:%M:%S}" == "23:59:59"
    assert HOLIDAYS.is_working_day(end.date())
    assert not any(
        HOLIDAYS.is_working_day(plain + dt.timedelta(days=number)) for number in range((end.date() - plain).days)
    )


@settings(deadline=None, max_examples=60)
@given(start=instants, count=st.integers(1, 30))
def test_working_days_are_as_many_as_the_limit_says(start: dt.datetime, count: int) -> None:
    assert HOLIDAYS.working_days_between(start.date(), due(f"{count} working_days", start).date()) == count


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2025-12-31", "2 months", "2026-03-02"),  # 28 February is a Saturday
        ("2025-08-31", "1 month", "2025-09-30"),
        ("2025-02-28", "1 month", "2025-03-28"),
        ("2025-11-24", "12 months", "2026-11-25"),  # 24 November is off from 2026 on
        ("2026-02-09", "7 days", "2026-02-23"),  # Tết
        ("2025-12-31", "2 days", "2026-01-05"),  # 2 January was given, a weekend follows
        ("2026-01-08", "2 days", "2026-01-10"),  # that Saturday was worked
    ],
)
def test_the_end_of_a_limit(start: str, limit: str, end: str) -> None:
    begun = dt.datetime.fromisoformat(f"{start}T09:00+07:00")
    assert due(limit, begun).date() == dt.date.fromisoformat(end)


# What is wrong in a file is told when it is read.


def problems(text: bytes, name: str = "plain", **others: bytes) -> list[str]:
    files = {
        f"deadlines/{name}.toml": text,
        **{f"deadlines/{other}.toml": content for other, content in others.items()},
    }
    with pytest.raises(DefinitionError) as refused:
        read_register_deadlines(files, LIBRARY)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("LIMIT", "tomorrow", "deadlines/plain.toml:7: limit: 'tomorrow' is no limit"),
        ("LIMIT", "0 days", "'0 days' is no limit"),
        ("LIMIT", "before 25:00", "'before 25:00' is no limit"),
        ("LIMIT", "immediately", "'grace' is missing"),
        ("limit =", "limt =", "no such key; did you mean 'limit'?"),
        ('id = "plain"', 'id = "other"', "'other' is not the name of the file"),
        ("data_request", "data_requests", "no register 'data_requests'; did you mean 'data_request'?"),
        ('"received_at"', '"recieved_at"', "no field 'recieved_at' in 'data_request'; did you mean 'received_at'?"),
        ('"answered_at"', '"answer"', "'answer' is code; a deadline goes by date, partial_date and date_time"),
        ("met_by", "met_when", "it gives a date and time, where yes or no is expected"),
        ('legal_basis = "x"', "", "'legal_basis' is missing"),
        ('starts = ["received_at"]', "", "either 'starts', the fields it starts with, or 'before'"),
        ('met_by = "answered_at"', "", "a deadline has 'met_by', 'met_when' or both"),
        ('legal_basis = "x"', 'legal_basis = "x"\nwaiting = true', "one that is 'waiting' has neither"),
        ('legal_basis = "x"', 'legal_basis = "x"\ngrace = "2 hours"', "only a limit 'immediately'"),
        ('legal_basis = "x"', 'legal_basis = "x"\nnext_day = "08:00"', "only a limit such as 'before 23:00'"),
        ('legal_basis = "x"', 'legal_basis = "x"\nwarn_before = "soon"', "'soon' is no length of time"),
        ('legal_basis = "x"', 'legal_basis = "x"\nwhen = "answer == \'NO\'"', "no code 'NO' in the list"),
        ('legal_basis = "x"', 'legal_basis = "x"\nwhen = "own_kind == \'post\'"', "no code 'post' in the list"),
        ('legal_basis = "x"', 'legal_basis = "x"\nvalid_from = 2026-01-01\nvalid_to = 2025-01-01', "is after valid_to"),
        ('legal_basis = "x"', 'legal_basis = "x"\n[[variant]]\nlimit = "2 days"', "'when' is missing"),
    ],
)
def test_a_wrong_deadline_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    text = PLAIN.decode()
    if old != "LIMIT":
        text = text.replace("LIMIT", "2 days")
    found = problems(text.replace(old, new, 1).encode())
    assert any(said in problem for problem in found), found


def test_hours_are_not_counted_from_a_day() -> None:
    text = (
        PLAIN.replace(b"data_request", b"tip")
        .replace(b"received_at", b"resolved_on")
        .replace(b"answered_at", b"resolved_on")
    )
    assert "hours are counted from a date_time" in problems(text.replace(b"LIMIT", b"24 hours"))[0]


def test_a_deadline_counted_back_says_when_it_warns() -> None:
    text = PLAIN.replace(b'starts = ["received_at"]', b'before = "received_at"').replace(b"LIMIT", b"2 days")
    assert "'warn_before' is missing" in problems(text)[0]


def test_deadlines_that_wait_for_each_other_are_refused() -> None:
    text = PLAIN.replace(b'starts = ["received_at"]', b'before = "OTHER"\nwarn_before = "1 day"').replace(
        b"LIMIT", b"2 days"
    )
    one = text.replace(b"OTHER", b"other")
    other = text.replace(b'"plain"', b'"other"').replace(b"OTHER", b"plain")
    assert len([problem for problem in problems(one, other=other) if "itself counted back" in problem]) == 2


def test_all_problems_of_all_files_are_told_at_once() -> None:
    wrong = PLAIN.replace(b"LIMIT", b"never").replace(b"answered_at", b"nothing_at")
    found = problems(wrong, other=PLAIN.replace(b"LIMIT", b"2 days").replace(b'"plain"', b'"another"'))
    assert len(found) == 3
    assert {problem.partition(":")[0] for problem in found} == {"deadlines/plain.toml", "deadlines/other.toml"}


def test_a_file_that_is_no_toml_is_told_by_name() -> None:
    assert problems(b"id = ")[0].startswith("deadlines/plain.toml: no TOML")
