"""The shipped register of absences: what the law and the review list ask."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import visible_fields
from tests.forms.shipped_records import (
    ABSENCE,
    CASE,
    NOW,
    TODAY,
    Record,
    library,
    missing_of,
    problems_of,
    severities_of,
)

UNDECLARED: Record = {
    **ABSENCE,
    "declared_absence": False,
    "ct03_no": None,
    "ct03_date": None,
    "exit_legality": None,
    "registered_elsewhere": None,
}


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({}, True),
        ({"exit_legality": "TP"}, True),
        ({"registered_elsewhere": False, "exit_legality": "KR"}, True),
        ({"absent_since": "2025-11-21"}, True),
        ({"absent_since": "2025-11-22"}, False),
        ({"exit_legality": "HP"}, False),
        ({"registered_elsewhere": True}, False),
        ({"declared_absence": True, "ct03_no": "1", "ct03_date": "2026-01-01"}, False),
    ],
)
def test_twelve_months_must_be_declared_unless_the_law_excepts(change: Record, warned: bool) -> None:
    found = severities_of("absence", {**UNDECLARED, **change})

    assert found == ({"absence_undeclared": Severity.WARNING} if warned else {})


def test_a_closed_absence_that_was_declared_names_its_form() -> None:
    unnamed: Record = {**ABSENCE, "ct03_no": None, "ct03_date": None}
    assert missing_of("absence", unnamed) == set()
    assert missing_of("absence", {**unnamed, "status": "KET_THUC"}) == {"ct03_no", "ct03_date"}


def test_a_marriage_abroad_asks_for_the_spouse_and_a_mixed_child_for_the_visit() -> None:
    closed: Record = {**ABSENCE, "status": "KET_THUC"}
    assert missing_of("absence", {**ABSENCE, "foreign_spouse": None}) == set()
    assert missing_of("absence", {**closed, "foreign_spouse": None}) == {"foreign_spouse"}
    visit: Record = {**closed, "case_kind": ["CONLAI"], "foreign_spouse": None}
    assert missing_of("absence", visit) == {"visit_home_from", "visit_home_to", "visit_purpose"}
    plain = visible_fields({**ABSENCE, "case_kind": ["VM_LN"]}, library().registers["absence"], today=TODAY, now=NOW)
    assert not plain & {"foreign_spouse", "children_abroad", "visit_home_from"}


def test_a_visit_that_nobody_notified_is_doubted() -> None:
    visit: Record = {
        **ABSENCE,
        "visit_home_from": "2026-11-01",
        "visit_home_to": "2026-12-01",
        "visit_purpose": "Thăm mẹ",
    }

    assert missing_of("absence", {**visit, "status": "KET_THUC"}) == {"visit_notified"}
    assert severities_of("absence", {**visit, "visit_notified": False}) == {"visit_not_notified": Severity.WARNING}
    assert problems_of("absence", {**visit, "visit_notified": True}) == {}


def test_an_absence_is_not_closed_without_a_result() -> None:
    unverified: Record = {
        **ABSENCE,
        "verified_on": None,
        "verification_method": None,
        "verification_result": None,
    }

    assert problems_of("absence", unverified) == {}
    assert missing_of("absence", {**unverified, "status": "KET_THUC"}) == {
        "verified_on",
        "verification_method",
        "verification_result",
    }


def test_a_believed_trafficking_leads_on_to_a_tip_or_a_case() -> None:
    believed: Record = {**ABSENCE, "verification_result": "NN"}

    assert problems_of("absence", believed) == {"verification_result": {"trafficking_not_linked"}}
    assert problems_of("absence", {**believed, "linked_victim_case": CASE}) == {}
    assert problems_of("absence", {**believed, "linked_tip_no": "TB-2026-0003"}) == {}


def test_the_highest_level_of_suspicion_wants_a_second_officer() -> None:
    assert problems_of("absence", {**ABSENCE, "risk_level": "3", "approved_by": None}) == {
        "": {"second_officer_missing"}
    }
    assert problems_of("absence", {**ABSENCE, "risk_level": "2", "approved_by": None}) == {}


def test_a_cancelled_record_says_why() -> None:
    assert missing_of("absence", {**ABSENCE, "status": "HUY"}) == {"delete_reason"}
