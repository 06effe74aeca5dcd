import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.definitions.field_reader import CODE
from desktop.domain.log.operation import FIELD_ID
from desktop.intake.xlsform.document import document_id
from desktop.intake.xlsform.names import FormLanguages, code_of, id_of, is_personal, number_of

NAMES = st.lists(st.text(max_size=60), max_size=12)


@given(NAMES)
def test_any_names_become_ids_that_differ(names: list[str]) -> None:
    taken = {"status", "note"}
    for name in names:
        found = id_of(name, taken)
        assert FIELD_ID.fullmatch(found)
        assert found not in taken
        taken.add(found)


@given(NAMES)
def test_any_names_become_codes_that_differ(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        found = code_of(name, taken)
        assert CODE.fullmatch(found)
        assert found not in taken
        taken.add(found)


@given(st.lists(st.from_regex(FIELD_ID, fullmatch=True), max_size=30))
def test_any_ids_become_numbers_that_differ(ids: list[str]) -> None:
    taken: set[str] = set()
    for identity in ids:
        found = number_of(identity, taken)
        assert re.fullmatch("[A-Z]{1,6}", found)
        assert found not in taken
        taken.add(found)


def test_the_sheets_of_two_long_names_differ() -> None:
    long = "a" * 40
    assert document_id("visit") == "visit_sheet"
    assert document_id(f"{long}b") != document_id(f"{long}c")
    assert FIELD_ID.fullmatch(document_id(f"{long}b"))


@pytest.mark.parametrize(
    "text",
    [
        *("prs_First_Name", "MobilePhone", "HOME_PHONE", "dob", "Họ và tên", "Số điện thoại", "ngay_sinh", "Email"),
        *("Địa chỉ", "passport_no", "National ID", "CCCD", "GPS", "Where is the photo?"),
    ],
)
def test_what_says_who_somebody_is_is_personal(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize("text", ["vic_TypeOfExploitation", "cas_Status", "Nghề nghiệp", "filename_count", "Gender"])
def test_what_says_something_of_anybody_is_not(text: str) -> None:
    assert not is_personal(text)


def test_languages_are_known_by_their_names_and_marks() -> None:
    found = FormLanguages(["Tiếng Thái (th)", "Tiếng Việt", "Tiếng Anh"], "default")
    assert (found.vietnamese, found.english) == ("Tiếng Việt", "Tiếng Anh")
    found = FormLanguages(["English (en)", "Vietnamese (vi)"], "default")
    assert (found.vietnamese, found.english) == ("Vietnamese (vi)", "English (en)")
    found = FormLanguages(["default", "French (fr)"], "French (fr)")
    assert (found.vietnamese, found.english) == (None, None)
    assert found.label({"default": "A", "French (fr)": "B"}) == {"vi": "B", "en": "B"}
