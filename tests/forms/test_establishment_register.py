"""The shipped registers of businesses and of their checks: who manages, who may work there, notice and approval."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed
from tests.forms.shipped_basics import (
    CHILD,
    NOW,
    TODAY,
    WOMAN,
    Record,
)
from tests.forms.shipped_duties import ESTABLISHMENT, ESTABLISHMENT_CHECK
from tests.forms.shipped_records import (
    library,
    missing_of,
    problems_of,
    severities_of,
)


def _authority(**change: Json) -> Json:
    values: Record = {**ESTABLISHMENT, "stars": None, "inter_provincial": None, **change}
    return computed(values, library().registers["establishment"], today=TODAY, now=NOW).get("managing_authority")


@pytest.mark.parametrize(
    ("change", "authority"),
    [
        ({"room_count": 29}, "XA"),
        ({"room_count": 30}, "TINH"),
        ({"room_count": 12, "stars": 5}, "TINH"),
        ({"room_count": 12, "stars": 4}, "XA"),
        ({"room_count": None}, None),
        *(({"kind": kind, "room_count": None}, "XA") for kind in ("KR", "XB", "CD", "IN")),
        *(({"kind": kind, "room_count": None}, "TINH") for kind in ("VT", "PTTM", "BV")),
        *(({"kind": kind, "room_count": None}, "NGOAI") for kind in ("QB", "CAFE", "XKLD", "KH")),
        ({"kind": "KR", "foreign_element": True}, "BO"),
        ({"room_count": 12, "foreign_element": True}, "BO"),
        ({"kind": "VT", "inter_provincial": True}, "BO"),
        ({"kind": "CAFE", "foreign_element": True}, "NGOAI"),
        ({"kind": "KR", "foreign_element": None}, None),
        ({"kind": None}, None),
    ],
)
def test_the_law_says_who_manages_a_business(change: dict[str, Json], authority: str | None) -> None:
    assert _authority(**change) == authority


def test_every_kind_of_business_has_an_authority() -> None:
    kinds = [code.value for code in library().code_lists["business_kind"].codes]

    assert None not in {_authority(kind=kind) for kind in kinds}


def test_a_lodging_without_its_rooms_is_told_so() -> None:
    assert severities_of("establishment", {**ESTABLISHMENT, "room_count": None}) == {
        "room_count_missing": Severity.WARNING
    }
    assert missing_of("establishment", {**ESTABLISHMENT, "room_count": None}) == set()
    assert missing_of("establishment", {**ESTABLISHMENT, "room_count": None, "status": "KET_THUC"}) == {"room_count"}
    assert problems_of("establishment", {**ESTABLISHMENT, "room_count": None, "kind": "KR"}) == {}


@pytest.mark.parametrize(("age", "warned"), [(17, True), (18, False), (None, False)])
def test_staff_are_eighteen_or_older(age: int | None, warned: bool) -> None:
    staff: list[Json] = [{"name": "Sùng A", "age": age}]

    found = problems_of("establishment", {**ESTABLISHMENT, "staff": staff})

    assert found == ({"staff[0].age": {"staff_under_18"}} if warned else {})


def test_the_age_of_a_known_person_is_taken_from_the_register_of_people() -> None:
    staff: list[Json] = [{"person": CHILD}, {"person": WOMAN}]

    assert problems_of("establishment", {**ESTABLISHMENT, "staff": staff}) == {"staff[0].person": {"staff_under_18"}}
    assert problems_of("establishment", {**ESTABLISHMENT, "security_responsible_person": CHILD}) == {
        "security_responsible_person": {"responsible_under_18"}
    }


def test_a_member_of_the_staff_has_a_name_or_is_known() -> None:
    assert missing_of("establishment", {**ESTABLISHMENT, "staff": [{"age": 30}]}) == {"staff[0].name"}


@pytest.mark.parametrize(
    ("number", "doubted"),
    [
        ("5600123456", False),
        ("5600123456-001", False),
        ("011199004567", False),
        ("56001234", True),
        ("11A8001234", True),
    ],
)
def test_a_business_number_has_ten_twelve_or_thirteen_digits(number: str, doubted: bool) -> None:
    found = problems_of("establishment", {**ESTABLISHMENT, "biz_reg_no": number})

    assert found == ({"biz_reg_no": {"business_number_form"}} if doubted else {})


def test_a_business_in_operation_has_its_certificate() -> None:
    bare: Record = {**ESTABLISHMENT, "ant_cert_no": None}

    assert problems_of("establishment", bare) == {"ant_cert_no": {"certificate_missing"}}
    assert problems_of("establishment", {**bare, "operating_status": "TAM_NGUNG"}) == {}
    assert problems_of("establishment", {**bare, "kind": "CAFE"}) == {}


UNANNOUNCED: Record = {
    **ESTABLISHMENT_CHECK,
    "check_kind": "DOT_XUAT",
    "notice_sent_on": None,
    "approval_doc": "77/CAT ngày 10/11/2026",
    "approver_level": "TINH",
}


@pytest.mark.parametrize(
    ("sent", "late"),
    [("2026-11-06", False), ("2026-11-09", False), ("2026-11-10", True), ("2026-11-16", True)],
)
def test_a_periodic_check_is_announced_five_working_days_before(sent: str, late: bool) -> None:
    """The check is on Monday 16 November: the Monday before is just in time."""
    found = severities_of("establishment_check", {**ESTABLISHMENT_CHECK, "notice_sent_on": sent})

    assert found == ({"notice_too_late": Severity.WARNING} if late else {})


def test_a_periodic_check_is_not_closed_without_its_notice() -> None:
    assert missing_of("establishment_check", {**ESTABLISHMENT_CHECK, "notice_sent_on": None}) == {"notice_sent_on"}
    open_check: Record = {**ESTABLISHMENT_CHECK, "notice_sent_on": None, "status": "THEO_DOI"}
    assert problems_of("establishment_check", open_check) == {}


def test_an_unannounced_check_is_approved_by_the_province_or_above() -> None:
    assert problems_of("establishment_check", UNANNOUNCED) == {}
    assert problems_of("establishment_check", {**UNANNOUNCED, "approver_level": "BO"}) == {}
    assert severities_of("establishment_check", {**UNANNOUNCED, "approver_level": "XA"}) == {
        "approval_level_too_low": Severity.ERROR
    }
    bare: Record = {**UNANNOUNCED, "approval_doc": None, "approver_level": None, "status": "THEO_DOI"}
    assert missing_of("establishment_check", bare) == {"approval_doc", "approver_level"}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"guests_checked": 3, "guests_no_id": 4, "foreign_guests": 1}, "guests_no_id"),
        ({"guests_checked": 3, "foreign_guests": 4}, "foreign_guests"),
        ({"foreign_guests": 1, "foreign_undeclared": 2}, "foreign_undeclared"),
        ({"staff_u18": 1, "staff_u16": 2}, "staff_u16"),
    ],
)
def test_a_part_of_those_found_is_not_more_than_all(parts: dict[str, Json], field: str) -> None:
    assert problems_of("establishment_check", {**ESTABLISHMENT_CHECK, **parts}) == {field: {"part_exceeds_whole"}}


def test_possible_victims_lead_to_a_tip() -> None:
    unlinked: Record = {**ESTABLISHMENT_CHECK, "linked_tip": None}

    assert problems_of("establishment_check", unlinked) == {"suspected_victims": {"suspicion_not_linked"}}
    assert problems_of("establishment_check", {**unlinked, "suspected_victims": 0}) == {}


def test_an_item_not_in_order_says_why_and_a_violation_has_its_item() -> None:
    silent: list[Json] = [{"item": "GCN_ANTT", "answer": "KHONG"}]
    assert missing_of("establishment_check", {**ESTABLISHMENT_CHECK, "checklist": silent}) == {"checklist[0].note"}
    in_order: list[Json] = [{"item": "GCN_ANTT", "answer": "DAT"}]
    assert problems_of("establishment_check", {**ESTABLISHMENT_CHECK, "checklist": in_order}) == {
        "violations": {"violation_without_item"}
    }


def test_minutes_are_in_two_copies_and_signed_by_three_sides() -> None:
    assert problems_of("establishment_check", {**ESTABLISHMENT_CHECK, "copies": 1}) == {"copies": {"too_few_copies"}}
    signed = ESTABLISHMENT_CHECK["signed_by"]
    assert isinstance(signed, list)
    for missing in range(3):
        rest: list[Json] = [row for number, row in enumerate(signed) if number != missing]
        assert problems_of("establishment_check", {**ESTABLISHMENT_CHECK, "signed_by": rest}) == {
            "signed_by": {"signature_missing"}
        }


def test_what_a_violation_asks_for_at_closing() -> None:
    bare: Record = {**ESTABLISHMENT_CHECK, "actions": ["KHAC_PHUC", "BBVPHC"]}
    bare = {**bare, "remedy_deadline": None, "vphc_minutes_no": None}

    assert missing_of("establishment_check", bare) == {"remedy_deadline", "vphc_minutes_no"}
    assert missing_of("establishment_check", {**bare, "actions": None}) == {"actions"}
    assert missing_of("establishment_check", {**bare, "actions": None, "status": "THEO_DOI"}) == set()
