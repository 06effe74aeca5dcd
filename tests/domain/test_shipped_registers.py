"""What every shipped register asks of a full, an empty and an unfinished record."""

import pytest

from tests.domain.shipped_records import FULL, missing_of, problems_of


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
}


@pytest.mark.parametrize("register", sorted(REQUIRED))
def test_an_empty_record_is_told_all_that_is_missing(register: str) -> None:
    of_envelope = {"occurred_at", "source_of_information", "confidentiality", "status"}
    wanted = set(REQUIRED[register].split()) | (set() if register in {"person", "officer"} else of_envelope)

    assert missing_of(register, {}) == wanted
