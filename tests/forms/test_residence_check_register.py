"""The shipped register of residence checks: papers, deadlines, the border area, screening."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import computed, visible_fields
from tests.forms.shipped_records import (
    NOW,
    RESIDENCE,
    TODAY,
    WOMAN,
    Record,
    library,
    missing_of,
    problems_of,
    severities_of,
)


@pytest.mark.parametrize(
    ("arrived", "declared", "remote", "late"),
    [
        ("2026-11-19T18:00+07:00", "2026-11-20T06:00+07:00", False, False),
        ("2026-11-19T18:00+07:00", "2026-11-20T06:01+07:00", False, True),
        ("2026-11-19T18:00+07:00", "2026-11-20T06:30+07:00", False, True),
        ("2026-11-19T18:00+07:00", "2026-11-20T06:30+07:00", True, False),
        ("2026-11-19T08:00+07:00", "2026-11-20T08:00+07:00", True, False),
        ("2026-11-19T08:00+07:00", "2026-11-20T08:01+07:00", True, True),
        ("2026-11-20T18:00+07:00", "2026-11-20T09:00+07:00", False, False),
    ],
)
def test_a_declaration_has_twelve_hours_and_twenty_four_in_remote_areas(
    arrived: str, declared: str, remote: bool, late: bool
) -> None:
    values: Record = {**RESIDENCE, "arrived_at": arrived, "declared_at": declared, "remote_area": remote}

    assert severities_of("residence_check", values) == ({"declared_late": Severity.WARNING} if late else {})


def test_an_undeclared_guest_is_no_guest_in_order() -> None:
    undeclared: Record = {**RESIDENCE, "declare_channel": "CHUA", "declared_at": None}

    assert problems_of("residence_check", undeclared) == {"declare_channel": {"undeclared_in_order"}}
    told: Record = {"status_result": "CKB", "violations": ["CO_SO_KHONG_KHAI"], "action_taken": ["NHAC_NHO"]}
    assert problems_of("residence_check", {**undeclared, **told}) == {}
    fresh: Record = {**undeclared, "arrived_at": "2026-11-20T15:00+07:00"}
    assert problems_of("residence_check", fresh) == {}


def test_a_person_without_papers_can_be_entered() -> None:
    papers = ("doc_type", "passport_no", "passport_kind", "issuer", "issue_date", "expiry")
    entry = ("visa_doc_kind", "visa_symbol", "visa_no", "visa_valid_to", "entry_date", "entry_gate", "entry_purpose")
    values: Record = {
        **RESIDENCE,
        **dict.fromkeys((*papers, *entry, "stay_permit_to", "border_permit_no")),
        "status_result": "KGT",
        "violations": ["KHONG_GIAY_TO"],
        "action_taken": ["DON_BP"],
    }

    assert problems_of("residence_check", values) == {}
    assert missing_of("residence_check", {**values, "status_result": "QH"}) >= {"doc_type", "passport_no", "expiry"}


def test_days_overstayed_are_counted_to_the_check_and_shown_only_then() -> None:
    definition = library().registers["residence_check"]
    over: Record = {**RESIDENCE, "stay_permit_to": "2026-11-10"}

    assert computed(over, definition, today=TODAY, now=NOW)["overstay_days"] == 10
    assert "overstay_days" in visible_fields(over, definition, today=TODAY, now=NOW)
    assert "overstay_days" not in visible_fields(RESIDENCE, definition, today=TODAY, now=NOW)
    assert severities_of("residence_check", over) == {"overstay_in_order": Severity.WARNING}


def test_an_expired_document_is_told_by_the_day_of_the_check() -> None:
    assert problems_of("residence_check", {**RESIDENCE, "expiry": "2026-11-19"}) == {"expiry": {"document_expired"}}
    assert problems_of("residence_check", {**RESIDENCE, "expiry": "2026-11-20"}) == {}


def test_the_border_area_asks_for_its_permit_and_for_the_station() -> None:
    bare: Record = {**RESIDENCE, "border_permit_no": None, "border_station_notified_at": None}

    assert missing_of("residence_check", bare) == {"border_permit_no", "border_station_notified_at"}
    assert problems_of("residence_check", {**bare, "lodging_border_area": False}) == {}


def test_a_possible_victim_is_screened_before_a_penalty() -> None:
    flagged: Record = {
        **RESIDENCE,
        "vulnerability_flag": True,
        "tip_indicators": ["GIU_GIAY_TO"],
        "status_result": "NCTP",
        "violations": ["NHAP_CANH_TRAI_PHEP"],
        "action_taken": ["BBVPHC"],
        "penalty_doc": "05/BB-VPHC",
    }

    assert problems_of("residence_check", flagged) == {"action_taken": {"penalty_before_screening"}}
    assert problems_of("residence_check", {**flagged, "action_taken": ["SANG_LOC", "BBVPHC"]}) == {}
    assert missing_of("residence_check", {**flagged, "tip_indicators": None, "penalty_doc": None}) == {
        "tip_indicators",
        "penalty_doc",
    }


def test_signs_contradict_the_answer_no() -> None:
    values: Record = {**RESIDENCE, "tip_indicators": ["NO_PHAI_TRA"]}

    assert severities_of("residence_check", values) == {"indicators_without_flag": Severity.ERROR}


def test_a_vietnamese_in_the_register_of_foreigners_is_doubted() -> None:
    assert severities_of("residence_check", {**RESIDENCE, "person": WOMAN}) == {
        "person_is_vietnamese": Severity.WARNING
    }
