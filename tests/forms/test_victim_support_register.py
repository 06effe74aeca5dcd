"""The shipped register of victim support: ten regimes by five groups, consent, refusal."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import validate
from tests.forms.shipped_basics import (
    CASE,
    GUEST,
    NOW,
    TODAY,
    WOMAN,
    Record,
)
from tests.forms.shipped_duties import SUPPORT
from tests.forms.shipped_records import (
    KNOWN,
    VICTIM,
    library,
    missing_of,
    problems_of,
    severities_of,
)

REGIMES = [code.value for code in library().code_lists["support_kind"].codes]
# Law 53/2024, article 37: what each group is entitled to.
ALLOWED = {
    "1": "a b c d dd e g h i k",
    "2": "a b c d dd e g h",
    "3": "a b c d",
    "4": "a b c d dd e g",
    "5": "a b c d dd g",
}
FOREIGNER_CASE: dict[str, Record] = {CASE: {**VICTIM, "person": GUEST}}
BEING_IDENTIFIED: dict[str, Record] = {CASE: {**VICTIM, "victim_status": "DANG_XAC_DINH"}}


def test_the_ten_regimes_are_those_of_the_law() -> None:
    assert REGIMES == ["a", "b", "c", "d", "dd", "e", "g", "h", "i", "k"]
    assert [code.value for code in library().code_lists["support_group"].codes] == list(ALLOWED)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("group", ALLOWED)
def test_a_regime_outside_the_group_is_refused_with_the_article(group: str, regime: str) -> None:
    values: Record = {**SUPPORT, "eligibility_group": group, "support_kind": regime}
    found = validate(
        values, library().registers["victim_support"], library=library(), today=TODAY, now=NOW, follow=KNOWN.get
    )
    refused = [problem for problem in found if problem.code == "support_not_for_group"]

    assert len(refused) == (0 if regime in ALLOWED[group].split() else 1)
    for problem in refused:
        assert problem.severity is Severity.ERROR
        assert problem.field == "support_kind"
        assert "Điều 37" in problem.legal_basis
        assert problem.message is not None
        assert "Điều 37" in problem.message.vi
        assert f"nhóm {group}" in problem.message.vi


def test_a_group_that_contradicts_the_case_is_doubted() -> None:
    other_group: Record = {**SUPPORT, "support_kind": "a", "eligibility_group": "5"}
    assert problems_of("victim_support", other_group) == {"eligibility_group": {"group_disagrees_nationality"}}
    assert problems_of("victim_support", other_group, changed=FOREIGNER_CASE) == {}
    assert problems_of("victim_support", SUPPORT, changed=FOREIGNER_CASE) == {
        "eligibility_group": {"group_disagrees_nationality"}
    }
    assert problems_of("victim_support", SUPPORT, changed=BEING_IDENTIFIED) == {
        "eligibility_group": {"group_disagrees_status"}
    }
    fourth: Record = {**SUPPORT, "support_kind": "a", "eligibility_group": "4"}
    assert problems_of("victim_support", fourth, changed=BEING_IDENTIFIED) == {}


def test_a_stateless_resident_is_of_the_first_group() -> None:
    stateless: dict[str, Record] = {WOMAN: {**KNOWN[WOMAN], "nationality": "XXA"}}

    assert problems_of("victim_support", SUPPORT, changed=stateless) == {}


def test_support_stands_on_consent_that_was_not_withdrawn() -> None:
    silent: dict[str, Record] = {CASE: {**VICTIM, "consent_purposes": None}}
    other: dict[str, Record] = {CASE: {**VICTIM, "consent_purposes": ["THONG_KE"]}}
    withdrawn: dict[str, Record] = {CASE: {**VICTIM, "consent_withdrawn_at": "2026-10-01T08:00+07:00"}}

    unanswered: Record = {**SUPPORT, "refused": None}
    for case in (silent, other):
        assert problems_of("victim_support", SUPPORT, changed=case) == {"": {"support_without_consent"}}
        assert problems_of("victim_support", unanswered, changed=case) == {"": {"support_without_consent"}}
    assert problems_of("victim_support", unanswered, changed=withdrawn) == {"": {"consent_withdrawn"}}


def test_a_case_that_is_not_at_this_station_raises_no_doubt() -> None:
    assert problems_of("victim_support", {**SUPPORT, "case": "0192f000-0000-7000-8000-0000000000ff"}) == {}


def test_a_refusal_says_why_and_costs_nothing() -> None:
    declined: Record = {**SUPPORT, "result": "TU_CHOI", "refused": True, "amount_vnd": 0}

    assert missing_of("victim_support", declined) == {"reason"}
    assert problems_of("victim_support", {**declined, "reason": "Tự lo được."}) == {}
    assert problems_of("victim_support", {**declined, "reason": "Tự lo được.", "amount_vnd": 5}) == {
        "amount_vnd": {"refused_but_paid"}
    }
    assert problems_of("victim_support", {**declined, "refused": False}) == {"refused": {"refusal_disagrees"}}
    assert problems_of("victim_support", {**SUPPORT, "refused": True, "reason": "x", "amount_vnd": 0}) == {
        "refused": {"refusal_disagrees"}
    }


def test_what_is_asked_at_closing_is_not_asked_before() -> None:
    begun: Record = {
        name: value
        for name, value in SUPPORT.items()
        if name not in {"decided_on", "decision_no", "decided_by", "provider", "result", "received_by", "refused"}
    }

    assert problems_of("victim_support", {**begun, "status": "THEO_DOI"}) == {}
    assert missing_of("victim_support", begun) == {"result"}
    done: Record = {**begun, "result": "DA_HO_TRO"}
    assert missing_of("victim_support", done) == {"decided_on", "provider", "received_by"}
    assert missing_of("victim_support", {**done, "decided_on": "2026-10-01"}) == {
        *("decision_no", "decided_by", "provider", "received_by")
    }


def test_support_still_going_on_is_not_closed() -> None:
    assert severities_of("victim_support", {**SUPPORT, "result": "DANG_HO_TRO"}) == {
        "closed_before_result": Severity.ERROR
    }


def test_amounts_are_whole_and_not_below_nothing() -> None:
    assert problems_of("victim_support", {**SUPPORT, "amount_vnd": -1}) == {"amount_vnd": {"number_too_small"}}
    assert problems_of("victim_support", {**SUPPORT, "quantity": -1}) == {"quantity": {"number_too_small"}}
