"""What every shipped register asks of a full, an empty and an unfinished record."""

import pytest

from tests.forms.shipped_records import (
    FULL,
    library,
    missing_of,
    problems_of,
)


@pytest.mark.parametrize("register", sorted(FULL))
def test_a_realistic_record_has_no_problem_at_all(register: str) -> None:
    assert problems_of(register, FULL[register]) == {}


@pytest.mark.parametrize("register", sorted(FULL))
def test_a_draft_may_be_empty(register: str) -> None:
    assert problems_of(register, {}, is_draft=True) == {}


REQUIRED = {
    "person": "full_name dob gender nationality",
    "officer": "name position",
    "absence": """
        person case_kind absent_since absence_reason_declared absence_reason_assessed declared_absence risk_level
        next_review_date
        """,
    "returned_victim": """
        case_code person return_channel return_date return_point reception_unit received_at urgent_needs wishes
        wants_shelter safety_risk consent_to_interview consent_informed_purpose consent_informed_use
        consent_informed_research consent_informed_access consent_informed_storage consent_informed_withdrawal
        consent_given_by consent_date victim_status
        """,
    "residence_check": """
        person check_kind checked_at place team witness host lodging_type lodging_border_area remote_area doc_type
        passport_no issuer issue_date expiry arrived_at declare_channel declared_at stay_from stay_to
        vulnerability_flag status_result
        """,
    "victim_support": "case eligibility_group support_kind",
    "patrol": "patrol_kind start_at end_at",
    "establishment": "name kind",
    "establishment_check": "establishment check_kind started_at",
    "tip": """
        tip_kind channel received_at receiver informant content seriousness_branch remote_commune victim_u18
        """,
    "outreach": "held_at attend_total",
    "overseas_work": "person legal_form country",
    "tip_box": "code place",
    "campaign": "name from_date to_date",
    "data_request": "requester identity_seen request_kind received_at",
    "data_breach": "breach_kind breach_summary found_at",
    "link": "from_record to_record kind",
    "border_suspension": "suspended_area suspension_reason suspended_by suspended_at",
    "periodic_report": "report_kind period_from period_to",
    "guest_stay": "full_name nationality arrived_on",
}
OF_OTHER_CASES = {
    "person": {"id_card_image", "legal_rep", "birth_registered_on", "residence_registered_on"},
    "officer": {"note", "left_on"},
    "absence": {
        *("visit_home_from", "visit_home_to", "visit_purpose", "visit_notified"),
        *("linked_tip_no", "linked_victim_case"),
    },
    "returned_victim": {
        *("consent_withdrawn_at", "guardian", "legal_rep", "child_officer"),
        *("mental_state", "injuries", "pregnancy", "separated_from", "separated_until"),
    },
    "residence_check": {"action_taken", "penalty_doc", "violations", "tip_indicators"},
    "victim_support": {"reason"},
    "establishment_check": {"approver_level", "approval_doc"},
    "tip": {"resumed_on", "admin_transferred_on", "anonymous_reason", "child_review_on"},
    "tip_box": {"removed_on"},
    "guest_stay": {"lodging_name"},
}
WITHOUT_ENVELOPE = {"person", "officer", "campaign", "link", "guest_stay"}


def test_every_shipped_register_has_its_record_and_its_list_of_questions() -> None:
    assert set(FULL) == set(REQUIRED) == set(library().registers)


@pytest.mark.parametrize("register", sorted(FULL))
def test_a_full_record_answers_every_question_that_is_not_for_another_case(register: str) -> None:
    definition = library().registers[register]
    asked = {field.id for field in definition.fields() if field.computed is None}

    assert asked - FULL[register].keys() <= OF_OTHER_CASES.get(register, set()) | {"delete_reason"}


@pytest.mark.parametrize("register", sorted(REQUIRED))
def test_an_empty_record_is_told_all_that_is_missing(register: str) -> None:
    of_envelope = {"occurred_at", "source_of_information", "confidentiality", "status"}
    wanted = set(REQUIRED[register].split()) | (set() if register in WITHOUT_ENVELOPE else of_envelope)

    assert missing_of(register, {}) == wanted
