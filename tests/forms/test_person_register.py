"""The shipped register of people: what it asks, refuses, doubts and lets through."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.records.validation import computed, visible_fields
from tests.forms.shipped_records import (
    FOREIGNER,
    NOW,
    PERSON,
    TODAY,
    Record,
    library,
    missing_of,
    problems_of,
    severities_of,
)


def test_a_foreigner_needs_no_permanent_residence_in_vietnam() -> None:
    assert problems_of("person", FOREIGNER) == {}
    assert "perm_addr" in missing_of("person", {**FOREIGNER, "nationality": "VNM"})


def test_a_child_without_known_parents_can_be_entered() -> None:
    child: Record = {**PERSON, "personal_id": None, "dob": "2012", "id_issued_on": None, "father": None, "mother": None}

    assert missing_of("person", child) == set()


@pytest.mark.parametrize(
    ("dob", "minor", "child"),
    [("2008-11-21", False, False), ("2008-11-22", True, False), ("2010-11-22", True, True), ("2012~", True, True)],
)
def test_minority_is_counted_from_the_date_of_birth(dob: str, minor: bool, child: bool) -> None:
    found = computed({"dob": dob}, library().registers["person"], today=TODAY, now=NOW)

    assert (found["is_minor_18"], found["is_child_16"]) == (minor, child)


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"dob": "2027", "personal_id": None, "id_issued_on": None}, "date_in_future", Severity.ERROR),
        ({"dob": "1904", "personal_id": None}, "age_out_of_range", Severity.ERROR),
        ({"id_issued_on": "1990-01-01"}, "date_before_birth", Severity.ERROR),
        ({"gender": "M"}, "id_gender_mismatch", Severity.WARNING),
        ({"dob": "1998-03-14"}, "id_dob_mismatch", Severity.WARNING),
        ({"personal_id": "003199004567"}, "id_province_unknown", Severity.WARNING),
    ],
)
def test_impossible_is_an_error_and_unlikely_a_warning(change: Record, code: str, severity: Severity) -> None:
    assert severities_of("person", {**PERSON, **change}) == {code: severity}


def test_the_ethnic_group_is_not_asked_of_foreigners() -> None:
    definition = library().registers["person"]

    assert "ethnicity" not in visible_fields(FOREIGNER, definition, today=TODAY, now=NOW)
    assert "ethnicity" in visible_fields({**FOREIGNER, "nationality": "VNM"}, definition, today=TODAY, now=NOW)
