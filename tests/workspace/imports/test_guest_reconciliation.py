"""A night's check held against what the lodging declared."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.demo import sample_year
from desktop.domain.log.operation import Json
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.imports import guest_imports, guest_reconciliation, imports
from desktop.workspace.imports.guest_reconciliation import Lateness, Match, Reconciliation
from desktop.workspace.records import records, saving
from tests.intake.guest_samples import guest, xml

NIGHT = dt.date(2026, 11, 18)
Declare = Callable[..., None]


@pytest.fixture
def lodging(commune: Session) -> str:
    return sample_year._Year(commune, 1).add("establishment", sample_year._Year(commune, 1).establishment(0, "LT"))


@pytest.fixture
def declare(commune: Session, lodging: str, tmp_path: Path) -> Declare:
    def bring_in(*guests: tuple[str, ...], **more: Any) -> None:  # noqa: ANN401  what read_file takes
        path = tmp_path / "khach.xml"
        path.write_bytes(xml(*guests))
        more.setdefault("lodging", lodging)
        imports.perform(commune, guest_imports.read_file(commune, path, **more))

    return bring_in


def find(session: Session, lodging: str | None, at: str = "2026-11-18T21:00+07:00", **changes: Json) -> str:
    """Enter a residence check of one guest who was found."""
    made = sample_year._Year(session, 2).residence_check(1)
    person: dict[str, Json] = {
        "full_name": "KHAMVONGSA BOUNMY",
        "dob": "1990-03-14",
        "gender": "M",
        "nationality": "LAO",
        **{name: value for name, value in changes.items() if name in {"full_name", "dob"}},
    }
    check: dict[str, Json] = {
        **made,
        "person": person,
        "passport_no": changes.get("passport_no", "PA1234567"),
        "checked_at": at,
        "occurred_at": at,
        "arrived_at": "2026-11-18T09:00+07:00",
        "declared_at": None,
        "declare_channel": "CHUA",
        "status_result": "CKB",
        "remote_area": changes.get("remote_area", True),
        "lodging_name": changes.get("lodging_name", "Nhà nghỉ Hoa Ban"),
        "establishment": lodging,
    }
    saved = saving.save_given(session, "residence_check", check, reason_for_all="Làm thử")
    assert saved.record is not None, saved.problems
    return saved.record


def night(session: Session, lodging: str, day: dt.date = NIGHT) -> Reconciliation:
    return guest_reconciliation.reconcile(session, lodging, day)


def test_declared_and_found_are_matched_by_the_document(commune: Session, lodging: str, declare: Declare) -> None:
    declare(guest(), guest(so_ho_chieu="B1234567", ho_ten="LI WEI"))
    check = find(commune, lodging, full_name="BOUNMY K.")
    other = find(commune, lodging, full_name="WANG FANG", passport_no="EA7654321")
    found = night(commune, lodging)
    assert (found.declared, found.found) == (2, 2)
    assert [(pair.declared.name, pair.found.record, pair.by) for pair in found.matched] == [
        ("KHAMVONGSA BOUNMY", check, Match.DOCUMENT)
    ]
    assert [one.name for one in found.declared_not_found] == ["LI WEI"]
    assert [one.record for one in found.found_not_declared] == [other]


def test_a_name_is_matched_through_the_slips_of_a_desk(commune: Session, lodging: str, declare: Declare) -> None:
    declare(guest(so_ho_chieu="", ho_ten="NGUYEN THI HOA", ma_quoc_tich="VNM", ngay_sinh="1990"))
    find(commune, lodging, full_name="Nguyễn Thị Hoà", passport_no="X7654321")
    find(commune, lodging, full_name="Nguyễn Thị Hoàng Yến", passport_no="X7654322")
    found = night(commune, lodging)
    assert [pair.found.name for pair in found.matched] == ["Nguyễn Thị Hoà"]


def test_without_a_document_names_match_in_any_order_unless_births_disagree(
    commune: Session, lodging: str, declare: Declare
) -> None:
    declare(guest(so_ho_chieu=""), guest(so_ho_chieu="", ho_ten="LI WEI", ngay_sinh="1988"))
    find(commune, lodging, full_name="Bounmy Khamvongsa", dob="1990", passport_no="X7654321")
    find(commune, lodging, full_name="Li Wei", dob="1979", passport_no="X7654322")
    found = night(commune, lodging)
    assert [(pair.declared.name, pair.by) for pair in found.matched] == [("KHAMVONGSA BOUNMY", Match.NAME)]
    assert len(found.declared_not_found) == len(found.found_not_declared) == 1


@pytest.mark.parametrize(
    ("changes", "nights"),
    [
        ({}, {17: 0, 18: 1, 19: 1, 20: 0}),
        ({"ngay_tra_phong": "19/11/2026"}, {17: 0, 18: 1, 19: 0}),
        ({"ngay_di_du_kien": ""}, {17: 0, 18: 1, 19: 0}),
    ],
)
def test_a_guest_is_missed_on_the_nights_declared(
    commune: Session, lodging: str, declare: Declare, changes: dict[str, str], nights: dict[int, int]
) -> None:
    declare(guest(**changes))
    missed = {day: len(night(commune, lodging, dt.date(2026, 11, day)).declared_not_found) for day in nights}
    assert missed == nights


def test_a_guest_without_a_departure_may_be_found_later(commune: Session, lodging: str, declare: Declare) -> None:
    declare(guest(ngay_di_du_kien=""))
    find(commune, lodging, at="2026-11-20T21:00+07:00")
    assert len(night(commune, lodging, dt.date(2026, 11, 20)).matched) == 1


def test_a_check_after_midnight_is_of_the_night_before(commune: Session, lodging: str, declare: Declare) -> None:
    declare(guest())
    find(commune, lodging, at="2026-11-19T01:30+07:00")
    find(commune, None, at="2026-11-19T02:00+07:00", passport_no="B7654321", lodging_name="nhà nghỉ hoa ban")
    find(commune, None, at="2026-11-19T02:00+07:00", passport_no="B7654322", lodging_name="Nhà trọ Suối Voi")
    found = night(commune, lodging)
    assert (len(found.matched), [one.document for one in found.found_not_declared]) == (1, ["B7654321"])


@pytest.mark.parametrize(
    ("arrived", "declared", "country", "remote", "expected"),
    [
        ("18/11/2026 20:00", "2026-11-19T08:00", "LAO", False, Lateness.IN_TIME),
        ("18/11/2026 20:00", "2026-11-19T08:01", "LAO", False, Lateness.LATE),
        ("18/11/2026 20:00", "2026-11-19T20:00", "LAO", True, Lateness.IN_TIME),
        ("18/11/2026 20:00", "2026-11-19T20:01", "LAO", True, Lateness.LATE),
        ("18/11/2026", "2026-11-18T12:00", "LAO", False, Lateness.IN_TIME),
        ("18/11/2026", "2026-11-19T11:59", "LAO", False, Lateness.UNKNOWN),
        ("18/11/2026", "2026-11-19T12:00", "LAO", False, Lateness.LATE),
        ("18/11/2026 21:00", "2026-11-18T22:59", "VNM", False, Lateness.IN_TIME),
        ("18/11/2026 21:00", "2026-11-19T07:00", "VNM", False, Lateness.LATE),
        ("18/11/2026 23:30", "2026-11-19T07:59", "VNM", False, Lateness.IN_TIME),
        ("18/11/2026", "2026-11-19T07:00", "VNM", False, Lateness.UNKNOWN),
        ("18/11/2026", "2026-11-19T08:01", "VNM", False, Lateness.LATE),
    ],
)
def test_late_is_said_when_it_is_certain(
    commune: Session,
    lodging: str,
    declare: Declare,
    arrived: str,
    declared: str,
    country: str,
    remote: bool,
    expected: Lateness,
) -> None:
    declare(
        guest(ngay_den=arrived, ma_quoc_tich=country),
        declared_at=dt.datetime.fromisoformat(declared).replace(tzinfo=VIETNAM),
    )
    find(commune, lodging, remote_area=remote)
    found = night(commune, lodging)
    assert found.matched[0].declared.lateness is expected
    assert len(found.late) == (expected is Lateness.LATE)


def test_while_nobody_says_whether_a_lodging_is_remote_the_longer_limit_counts(
    commune: Session, lodging: str, declare: Declare
) -> None:
    declare(guest(ngay_den="18/11/2026 20:00"), declared_at=dt.datetime(2026, 11, 19, 10, tzinfo=VIETNAM))
    assert night(commune, lodging).declared_not_found[0].lateness is Lateness.UNKNOWN


def test_a_guest_declared_at_two_lodgings_for_one_night_is_told(
    commune: Session, lodging: str, declare: Declare
) -> None:
    declare(guest())
    declare(guest(so_phong="5"), lodging="", lodging_name="Nhà trọ Suối Voi")
    found = night(commune, lodging)
    (here,) = found.declared_not_found
    other = records.list_records(commune, "guest_stay", order_by="record_no").rows[-1]
    assert found.elsewhere == {here.record: other.record_no}
