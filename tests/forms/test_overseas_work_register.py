"""The shipped register of overseas work: forms of going, signs, what is asked at the end."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import visible_fields
from tests.forms.shipped_basics import (
    CHILD,
    NOW,
    TODAY,
    Record,
)
from tests.forms.shipped_duties import OVERSEAS_WORK
from tests.forms.shipped_records import (
    library,
    missing_of,
    problems_of,
    severities_of,
)


def test_the_forms_of_going_are_those_of_the_law_and_none() -> None:
    assert [code.value for code in library().code_lists["labour_form"].codes] == ["1", "2a", "2b", "2c", "2d", "3", "0"]


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("2a", {"company", "licence_no"}),
        ("2b", {"company"}),
        ("2d", {"company"}),
        ("3", set()),
        ("1", set()),
        ("0", set()),
    ],
)
def test_a_company_is_asked_for_where_one_sends(form: str, asked: set[str]) -> None:
    values: Record = {**OVERSEAS_WORK, "legal_form": form, "company": None, "licence_no": None}

    assert missing_of("overseas_work", values) == asked
    assert missing_of("overseas_work", {**values, "status": "THEO_DOI"}) == set()


@pytest.mark.parametrize("holder", ["CHU", "MOI_GIOI"])
def test_a_passport_held_by_another_is_a_sign(holder: str) -> None:
    held: Record = {**OVERSEAS_WORK, "passport_held_by": holder}

    assert problems_of("overseas_work", held) == {}
    for signs in (None, ["BI_GIAM_SAT"]):
        found = severities_of("overseas_work", {**held, "tip_indicators": list(signs) if signs else None})
        assert found == {"passport_withheld": Severity.WARNING}
    assert problems_of("overseas_work", {**held, "passport_held_by": "BAN_THAN", "tip_indicators": None}) == {}


@pytest.mark.parametrize("status", ["BI_LUA", "TIEN_CHUOC"])
def test_who_was_deceived_leads_to_a_tip_or_a_case(status: str) -> None:
    values: Record = {**OVERSEAS_WORK, "work_status": status, "linked_tip": None}

    assert problems_of("overseas_work", values) == {}
    assert problems_of("overseas_work", {**values, "linked_victim_case": None}) == {
        "work_status": {"deceived_not_linked"}
    }


def test_working_and_unreachable_do_not_go_together() -> None:
    values: Record = {**OVERSEAS_WORK, "work_status": "DANG_LAM"}

    assert problems_of("overseas_work", values) == {}
    assert problems_of("overseas_work", {**values, "contact_ok": False}) == {"work_status": {"working_but_unreachable"}}


def test_a_worker_under_eighteen_is_looked_at_again() -> None:
    assert problems_of("overseas_work", {**OVERSEAS_WORK, "person": CHILD}) == {"left_on": {"worker_under_18"}}


def test_the_return_is_after_the_departure_and_only_of_who_returned() -> None:
    assert problems_of("overseas_work", {**OVERSEAS_WORK, "returned_on": "2025-01"}) == {"returned_on": {"date_order"}}
    definition = library().registers["overseas_work"]
    away: Record = {**OVERSEAS_WORK, "work_status": "DANG_LAM"}
    assert not visible_fields(away, definition, today=TODAY, now=NOW) & {"returned_on", "return_channel"}


def test_work_at_home_is_not_for_this_register() -> None:
    assert severities_of("overseas_work", {**OVERSEAS_WORK, "country": "VNM"}) == {"country_is_vietnam": Severity.ERROR}
