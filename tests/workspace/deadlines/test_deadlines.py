"""The deadlines of real records in a real registry, as the time passes."""

import datetime as dt
import random
import uuid
from collections.abc import Callable, Mapping

import pytest

from desktop.domain.deadlines.deadline import DeadlineState
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
)
from desktop.errors import DesktopError
from desktop.storage import change_log, projection
from desktop.workspace.base.session import Session
from desktop.workspace.deadlines import deadlines
from desktop.workspace.deadlines.deadlines import (
    MET,
    OPEN,
    URGENT,
    RunningDeadline,
)
from tests.conftest import World

EPOCH = "c" * 16
DUE, SOON, OVERDUE = DeadlineState.DUE, DeadlineState.SOON, DeadlineState.OVERDUE
TIP: dict[str, Json] = {
    "record_no": "TB-2026-0001",
    "status": "THEO_DOI",
    "seriousness_branch": "A",
    "received_at": "2026-11-21T08:00+07:00",
    "reported_to_cqdt_at": "2026-11-21T08:30+07:00",
}
VICTIM: dict[str, Json] = {
    "record_no": "NN-2026-0001",
    "case_code": "NN-03160-7K2M-2026-0001",
    "status": "THEO_DOI",
    "return_channel": "GIAI_CUU",
    "received_at": "2026-11-10T08:00+07:00",
}


class Writer:
    """Writes records past the forms: any values, by any station."""

    def __init__(self, session: Session, station: str | None = None, epoch: str = EPOCH) -> None:
        self._session = session
        self._epoch = epoch
        self._count = 0
        change_log.begin_epoch(session.database, epoch, station or session.station.id)

    def write(self, register: str, values: Mapping[str, Json]) -> str:
        self._count += 1
        record = str(uuid.UUID(hex=f"{self._epoch}{self._count:016x}"))
        new = Operation(
            id=OperationId(self._epoch, self._count),
            kind=ChangeKind.PUT,
            record=record,
            register=register,
            definition_version=1,
            officer=str(uuid.UUID(int=1)),
            time=HybridTime(1_700_000_000_000 + self._count, 0),
            wall=1_700_000_000_000,
            fields={name: FieldChange(value) for name, value in values.items() if value is not None},
        )
        with self._session.database.atomic():
            change_log.append(self._session.database, [new])
            projection.apply(self._session.database, self._session.library, [record])
        return record


def deadline(session: Session, record: str, name: str) -> RunningDeadline:
    (found,) = (one for one in deadlines.deadlines_of(session, record) if one.id == name)
    return found


def test_a_deadline_goes_from_due_to_soon_to_overdue(commune: Session, world: World) -> None:
    record = Writer(commune).write("tip", TIP)
    seen = []
    for hours in (0, 18, 6):
        world.pass_time(hours=hours)
        found = deadline(commune, record, "tip_transfer_a")
        seen.append((found.state, found.remaining))
    assert seen == [(DUE, "còn 23 giờ"), (SOON, "còn 5 giờ"), (OVERDUE, "quá hạn 1 giờ")]


def test_a_deadline_says_when_by_what_law_and_whether_it_was_verified(commune: Session) -> None:
    writer = Writer(commune)
    found = deadline(commune, writer.write("tip", TIP), "tip_transfer_a")
    assert found.due_at == dt.datetime.fromisoformat("2026-11-22T08:00+07:00")
    assert found.started_at == dt.datetime.fromisoformat("2026-11-21T08:00+07:00")
    assert "Điều 8 khoản 5" in found.legal_basis
    assert found.limit == "24 giờ"
    assert found.is_verified
    assert not deadline(commune, writer.write("returned_victim", VICTIM), "victim_verification").is_verified


@pytest.mark.parametrize(
    ("transferred", "state", "remaining"),
    [
        ("2026-11-22T08:00+07:00", DeadlineState.MET, "đã làm trong hạn"),
        ("2026-11-22T10:30+07:00", DeadlineState.MET_LATE, "đã làm, trễ 2 giờ"),
        ("2026-11-25T08:00+07:00", DeadlineState.MET_LATE, "đã làm, trễ 3 ngày"),
    ],
)
def test_a_deadline_remembers_whether_it_was_met(
    commune: Session, transferred: str, state: DeadlineState, remaining: str
) -> None:
    found = deadline(commune, Writer(commune).write("tip", {**TIP, "transferred_at": transferred}), "tip_transfer_a")
    assert (found.state, found.remaining) == (state, remaining)


def test_a_limit_in_days_is_told_in_days(commune: Session, world: World) -> None:
    record = Writer(commune).write("tip", {**TIP, "seriousness_branch": "B"})
    seen = []
    for days in (0, 9, 1):  # the seventh day is a Saturday, so Monday is the last
        world.pass_time(days=days)
        seen.append(deadline(commune, record, "tip_transfer_b").remaining)
    assert seen == ["còn 9 ngày", "hết hạn hôm nay", "quá hạn 1 ngày"]


def test_what_is_due_at_once_says_so(commune: Session) -> None:
    record = Writer(commune).write("returned_victim", {**VICTIM, "received_at": "2026-11-21T08:30+07:00"})
    found = deadline(commune, record, "victim_rescued_transfer")
    assert (found.state, found.limit, found.remaining) == (SOON, "ngay", "làm ngay")


def test_the_deadlines_of_a_record_stand_in_the_order_they_are_due(commune: Session) -> None:
    found = deadlines.deadlines_of(commune, Writer(commune).write("returned_victim", VICTIM))
    assert len(found) >= 3
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)


def test_english_is_spoken_when_asked_for(commune: Session) -> None:
    record = Writer(commune).write("tip", TIP)
    found = {one.id: one for one in deadlines.deadlines_of(commune, record, language="en")}["tip_transfer_a"]
    assert (found.limit, found.remaining) == ("24 hours", "23 h left")


def test_a_cancelled_record_has_no_clocks(commune: Session) -> None:
    record = Writer(commune).write("tip", {**TIP, "status": "HUY"})
    assert deadlines.deadlines_of(commune, record) == ()
    assert deadlines.due_list(commune, states=frozenset(DeadlineState)).deadlines == ()


def test_a_closed_record_keeps_its_deadlines_and_is_not_due(commune: Session) -> None:
    record = Writer(commune).write("tip", {**TIP, "status": "KET_THUC"})
    assert deadline(commune, record, "tip_transfer_a").state is DUE
    assert deadlines.due_list(commune, states=OPEN).deadlines == ()


def test_a_record_that_is_not_here_is_refused(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        deadlines.deadlines_of(commune, str(uuid.UUID(int=7)))
    assert refused.value.code == "record_unknown"


def test_a_register_without_deadlines_has_none(commune: Session) -> None:
    assert deadlines.deadlines_of(commune, Writer(commune).write("person", {"full_name": "Lò Thị Đớn"})) == ()


def test_what_is_due_comes_from_all_registers_the_earliest_first(commune: Session, world: World) -> None:
    writer = Writer(commune)
    writer.write("tip", TIP)
    writer.write("returned_victim", VICTIM)
    world.pass_time(days=3)
    found = deadlines.due_list(commune, states={OVERDUE})
    assert {one.register for one in found.deadlines} == {"tip", "returned_victim"}
    assert [one.deadline.due_at for one in found.deadlines] == sorted(one.deadline.due_at for one in found.deadlines)
    assert found.counts == {OVERDUE: len(found.deadlines)}


def test_a_victim_is_called_by_the_case_code(commune: Session) -> None:
    writer = Writer(commune)
    person = writer.write("person", {"full_name": "Lò Thị Đớn"})
    writer.write("returned_victim", {**VICTIM, "person": person})
    found = deadlines.due_list(commune, states={OVERDUE}).deadlines
    assert found
    assert {one.title for one in found} == {"NN-03160-7K2M-2026-0001"}


def test_a_limit_on_the_list_keeps_the_earliest_and_counts_all(commune: Session) -> None:
    writer = Writer(commune)
    for number in range(1, 8):
        writer.write("returned_victim", {**VICTIM, "received_at": f"2026-11-0{number}T08:00+07:00"})
    all_of_them = deadlines.due_list(commune, states={OVERDUE})
    first = deadlines.due_list(commune, states={OVERDUE}, limit=2)
    assert first.deadlines == all_of_them.deadlines[:2]
    assert first.counts == all_of_them.counts
    assert first.counts[OVERDUE] >= 7


def test_what_was_met_since_a_day_leaves_out_what_was_met_before(commune: Session) -> None:
    writer = Writer(commune)
    old = writer.write(
        "tip", {**TIP, "received_at": "2026-10-01T08:00+07:00", "transferred_at": "2026-10-01T20:00+07:00"}
    )
    new = writer.write("tip", {**TIP, "status": "KET_THUC", "transferred_at": "2026-11-21T08:40+07:00"})

    def met(since: str | None) -> set[str]:
        day = dt.date.fromisoformat(since) if since else None
        found = deadlines.due_list(commune, states=MET, met_since=day).deadlines
        return {one.record for one in found if one.deadline.id == "tip_transfer_a"}

    assert met(None) == {old, new}
    assert met("2026-11-21") == {new}
    assert met("2026-11-22") == set()


def test_who_wrote_a_record_and_who_reads_it_decides_which_deadlines_run(
    open_station: Callable[[str], Session],
) -> None:
    tip = {**TIP, "seriousness_branch": "B", "transferred_at": "2026-11-21T08:50+07:00"}
    running = {}
    for reader, station in (
        ("commune", "CAX-03160-7K2M"),
        ("province", "CAX-03160-7K2M"),
        ("border", "DBP-03163-9QXA"),
    ):
        session = open_station(reader)
        record = Writer(session, station).write("tip", tip)
        running[reader] = {one.id for one in deadlines.deadlines_of(session, record)}
    assert "tip_transfer_b" in running["commune"] & running["province"]
    assert "tip_resolution" in running["province"] & running["border"]
    assert "tip_classified" in running["border"]
    assert not {"tip_resolution", "tip_classified"} & running["commune"]
    assert "tip_transfer_b" not in running["border"]


def random_records(writer: Writer, chance: random.Random) -> list[str]:
    """Return records with every event, end and branch answered or not, in every status."""

    def at() -> str:
        found = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC) - dt.timedelta(hours=chance.randint(-200, 12_000))
        zone = chance.choice([dt.timezone(dt.timedelta(hours=7)), dt.UTC, dt.timezone(dt.timedelta(hours=-9))])
        return found.astimezone(zone).isoformat(timespec="minutes")

    def maybe(make: Callable[[], Json]) -> Json:
        return make() if chance.random() < 0.6 else None

    def one_of(*values: Json) -> Json:
        return maybe(lambda: chance.choice(values))

    people = [
        writer.write("person", {"dob": dob, "nationality": country, "gender": "M"})
        for dob in ("1990", "2004-05", "2015-01-01")
        for country in ("VNM", "LAO")
    ]
    records = []
    for _ in range(60):
        shared = {"status": chance.choice(["NHAP", "THEO_DOI", "KET_THUC", "CHUYEN", "HUY"]), "person": one_of(*people)}
        records += [
            writer.write(
                "tip",
                {**shared, "seriousness_branch": one_of("A", "B"), "remote_commune": one_of(True, False)}
                | {
                    "vks_extension": one_of("12/QĐ-VKS"),
                    "victim_u18": one_of(True, False),
                    "resolution": one_of("KT", "CHUYEN", "XLHC", "TDC"),
                }
                | {name: maybe(at) for name in ("received_at", "branch_changed_at", "classified_at", "transferred_at")}
                | {name: maybe(lambda: at()[:10]) for name in ("extended_to", "resolved_on", "resumed_on")}
                | {name: maybe(lambda: at()[:10]) for name in ("extension_requested_on", "admin_transferred_on")},
            ),
            writer.write(
                "returned_victim",
                {**shared, "return_channel": one_of("TU_VE", "GIAI_CUU", "TRAO_TRA"), "safety_risk": one_of("CAO")}
                | {"victim_status": one_of("NAN_NHAN", "TRINH_BAO"), "evidence_basis": one_of(["a"])}
                | {name: maybe(at) for name in ("received_at", "notified_ubnd_at", "notified_yte_at", "transferred_at")}
                | {name: maybe(lambda: at()[:10]) for name in ("identity_check_date", "cert_date")},
            ),
            writer.write(
                "residence_check",
                {**shared, "lodging_border_area": one_of(True, False), "remote_area": one_of(True, False)}
                | {
                    name: maybe(at)
                    for name in ("arrived_at", "declared_at", "border_station_notified_at", "checked_at")
                },
            ),
            writer.write(
                "absence",
                {**shared, "absent_since": maybe(lambda: at()[: chance.choice([4, 7, 10])])}
                | {"declared_absence": one_of(True, False), "ct03_date": maybe(lambda: at()[:10])},
            ),
            writer.write(
                "establishment_check",
                {"status": shared["status"], "check_kind": one_of("DINH_KY", "DOT_XUAT"), "started_at": maybe(at)}
                | {"notice_sent_on": maybe(lambda: at()[:10])},
            ),
        ]
    return records


@pytest.mark.parametrize("kind", ["commune", "province"])
@pytest.mark.parametrize("states", [URGENT, OPEN, MET, frozenset({OVERDUE}), frozenset(DeadlineState)])
def test_the_list_holds_exactly_what_the_records_say(
    open_station: Callable[[str], Session], kind: str, states: frozenset[DeadlineState]
) -> None:
    session = open_station(kind)
    records = random_records(Writer(session, "CAX-03160-7K2M"), random.Random(7))
    statuses: dict[str, str] = dict(session.database.query_rows("SELECT record, status FROM record_index"))
    expected = {
        (record, one.id, one.state, one.due_at)
        for record in records
        for one in deadlines.deadlines_of(session, record)
        if one.state in states and (one.state in MET or statuses[record] in {"NHAP", "THEO_DOI"})
    }

    found = deadlines.due_list(session, states=states, limit=100_000)

    assert len(expected) > 20
    assert {
        (one.record, one.deadline.id, one.deadline.state, one.deadline.due_at) for one in found.deadlines
    } == expected
    assert sum(found.counts.values()) == len(expected)
