"""The shipped register of returned victims: the machine of statuses, consent, children, papers."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import computed
from tests.forms.shipped_records import (
    CHILD,
    MOTHER,
    NOW,
    PEOPLE,
    TODAY,
    VICTIM,
    Record,
    library,
    missing_of,
    problems_of,
    severities_of,
)

STATUSES = [code.value for code in library().code_lists["victim_status"].codes]
CERTIFICATE = ("cert_kind", "cert_no", "cert_date", "cert_issuer")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("field", CERTIFICATE)
def test_only_an_identified_victim_holds_any_part_of_a_certificate(status: str, field: str) -> None:
    values: Record = {**VICTIM, **dict.fromkeys(CERTIFICATE), field: VICTIM[field], "victim_status": status}

    found = problems_of("returned_victim", values).get(field, set())

    assert found == (set() if status == "NAN_NHAN" else {"certificate_without_status"})
    assert status == "NAN_NHAN" or severities_of("returned_victim", values)[next(iter(found))] is Severity.ERROR


def test_the_statuses_are_those_of_the_law_and_its_two_side_states() -> None:
    machine = "TRINH_BAO DANG_XAC_DINH NAN_NHAN KHONG_PHAI CHUA_DU_CAN_CU"

    assert [*machine.split(), "DA_CHUYEN_GIAO", "TU_CHOI_HO_TRO"] == STATUSES


@pytest.mark.parametrize("status", STATUSES)
def test_a_victim_is_identified_on_grounds(status: str) -> None:
    values: Record = {**VICTIM, "victim_status": status, "evidence_basis": None}

    assert ("evidence_basis" in missing_of("returned_victim", values)) is (status == "NAN_NHAN")


@pytest.mark.parametrize("status", STATUSES)
def test_a_case_is_not_closed_before_it_is_decided(status: str) -> None:
    found = problems_of("returned_victim", {**VICTIM, "victim_status": status}).get("victim_status", set())

    assert found == ({"closed_before_decision"} if status in {"TRINH_BAO", "DANG_XAC_DINH"} else set())


def test_a_case_just_reported_has_no_problem() -> None:
    asked_later = {
        *CERTIFICATE,
        *("trafficking_scope", "act", "means", "purpose", "evidence_basis", "outcome", "closed_on"),
        *("identity_check_result", "identity_check_date", "identity_check_by", "reintegration_checks"),
        *("notified_ubnd_at", "notified_yte_at", "transferred_at", "approved_by"),
    }
    values = {name: value for name, value in VICTIM.items() if name not in asked_later}

    assert problems_of("returned_victim", {**values, "status": "THEO_DOI", "victim_status": "TRINH_BAO"}) == {}


def test_a_handed_over_person_has_a_time_of_handover() -> None:
    values: Record = {
        **VICTIM,
        **dict.fromkeys(CERTIFICATE),
        "victim_status": "DA_CHUYEN_GIAO",
        "transferred_at": None,
        "status": "CHUYEN",
    }

    assert missing_of("returned_victim", values) == {"transferred_at"}


def test_a_conclusion_wants_a_second_officer() -> None:
    assert severities_of("returned_victim", {**VICTIM, "approved_by": None}) == {
        "second_officer_missing": Severity.WARNING
    }


def test_a_child_needs_a_representative_and_consents_not_alone() -> None:
    child: Record = {**VICTIM, "person": CHILD, "age_when_trafficked": 9, "means": None}

    found = problems_of("returned_victim", child)

    assert {field for field, codes in found.items() if codes == {"value_missing"}} == {"legal_rep", "child_officer"}
    assert found["consent_given_by"] == {"minor_consents_alone"}
    guarded: Record = {"legal_rep": MOTHER, "child_officer": "Lò Thị Pản", "consent_given_by": "DAI_DIEN"}
    assert problems_of("returned_victim", {**child, **guarded}) == {}
    assert "represents_self" in severities_of("returned_victim", {**child, **guarded, "legal_rep": CHILD})


def test_means_are_asked_only_where_the_person_was_of_age() -> None:
    assert missing_of("returned_victim", {**VICTIM, "means": None}) == {"means"}
    young: Record = {**VICTIM, "means": None, "age_when_trafficked": 15, "trafficked_at_date": "2014"}
    assert problems_of("returned_victim", young) == {}
    definition = library().registers["returned_victim"]
    assert computed(young, definition, today=TODAY, now=NOW, follow=PEOPLE.get)["was_minor_18"] is True


def test_a_foreign_handover_has_its_papers() -> None:
    bare: Record = {**VICTIM, "handover_from": None, "handover_doc_no": None, "witnesses": None}

    assert missing_of("returned_victim", bare) == {"handover_from", "handover_doc_no", "witnesses"}
    assert problems_of("returned_victim", {**bare, "return_channel": "TU_VE"}) == {}


def test_who_reports_in_person_is_brought_to_the_peoples_committee_before_closing() -> None:
    values: Record = {**VICTIM, "return_channel": "TU_VE", "notified_ubnd_at": None}

    assert missing_of("returned_victim", values) == {"notified_ubnd_at"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"received_at": "2026-09-09T23:00+07:00"}, "received_at", "received_before_return"),
        ({"transferred_at": "2026-09-10T14:00+07:00"}, "transferred_at", "date_order"),
        ({"closed_on": "2026-09-01"}, "closed_on", "date_order"),
        ({"consent_expiry": "2026-09-10"}, "consent_expiry", "date_order"),
        ({"consent_withdrawn_at": "2026-09-10T08:00+07:00"}, "consent_withdrawn_at", "date_order"),
        ({"trafficked_at_date": "2026-10"}, "trafficked_at_date", "date_order"),
        ({"outcome": "KHONG_PHAI"}, "outcome", "outcome_disagrees"),
        ({"contact_instructions": None}, "contact_instructions", "value_missing"),
    ],
)
def test_contradictions_are_found(change: Record, field: str, code: str) -> None:
    assert problems_of("returned_victim", {**VICTIM, **change}) == {field: {code}}


def test_a_grown_companion_gets_a_case_of_its_own() -> None:
    values: Record = {**VICTIM, "accompanying_minors": [{"name": "Wang Li", "dob": "2007"}]}

    assert "companion_of_age" in severities_of("returned_victim", values)
