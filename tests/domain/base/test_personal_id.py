import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.base import personal_id
from desktop.paths import resources_dir


@pytest.mark.parametrize(
    ("number", "year", "gender"),
    [
        ("011085000123", 1985, "M"),
        ("011185000123", 1985, "F"),
        ("011205000123", 2005, "M"),
        ("011305000123", 2005, "F"),
        ("011400000123", 2100, "M"),
        ("011999000123", 2399, "F"),
        ("040123456", None, None),
        ("01108500012", None, None),
        ("0110850001234", None, None),
        ("01108500012٣", None, None),
        ("", None, None),
    ],
)
def test_a_number_says_year_and_sex_only_when_it_has_twelve_digits(
    number: str, year: int | None, gender: str | None
) -> None:
    assert year == personal_id.birth_year(number)
    assert gender == personal_id.gender(number)


@pytest.mark.parametrize(
    ("number", "gender", "disagrees"),
    [
        ("011185000123", "M", True),
        ("011185000123", "F", False),
        ("011085000123", "F", True),
        ("011085000123", "M", False),
        ("011085000123", "X", False),
        ("011085000123", "", False),
        ("040123456", "M", False),
        ("040123456", "F", False),
    ],
)
def test_only_the_other_sex_disagrees(number: str, gender: str, disagrees: bool) -> None:
    assert disagrees is personal_id.disagreement_with_gender(number, gender)


@pytest.mark.parametrize(
    ("number", "dob", "disagrees"),
    [
        ("011085000123", "1985-03-14", False),
        ("011085000123", "1986-03-14", True),
        ("011085000123", "1986-03", True),
        ("011085000123", "1985", False),
        ("011085000123", "2085", True),
        ("011085000123", "1986~", False),
        ("011085000123", "1986-03~", False),
        ("011085000123", "", False),
        ("011085000123", "14/03/1986", False),
        ("040123456", "1986", False),
    ],
)
def test_only_a_certain_year_disagrees(number: str, dob: str, disagrees: bool) -> None:
    assert disagrees is personal_id.disagreement_with_birth(number, dob)


def test_the_province_codes_are_those_of_the_published_table() -> None:
    table = json.loads((resources_dir() / "id_province_codes.json").read_text(encoding="utf-8"))

    assert [entry["id_code"] for entry in table] == list(personal_id.PROVINCE_CODES)
    assert len(personal_id.PROVINCE_CODES) == 63


@pytest.mark.parametrize(
    ("number", "known"),
    [("011085000123", True), ("096085000123", True), ("003085000123", False), ("101085000123", False)],
)
def test_a_number_of_no_province_is_asked_about(number: str, known: bool) -> None:
    assert known is personal_id.province_is_known(number)


def test_the_old_card_number_has_no_province_to_doubt() -> None:
    assert personal_id.province_is_known("003123456")


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_is_answered(number: str, gender: str, dob: str) -> None:
    personal_id.province_is_known(number)
    disagrees = personal_id.disagreement_with_gender(number, gender) or personal_id.disagreement_with_birth(number, dob)
    assert not disagrees or personal_id.is_personal_id(number)
