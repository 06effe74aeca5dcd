"""How cases leave, as data: what the file says is read, what it says wrong is told with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exports.k_anonymity import generalise
from desktop.domain.exports.loader import read_exports
from desktop.domain.exports.model import band_of
from desktop.domain.exports.pseudonyms import pseudonym
from desktop.errors import DefinitionError, DesktopError
from desktop.intake.field_standards import load_standards
from desktop.paths import forms_dir, resources_dir
from desktop.workspace.base.session import Definitions

SHIPPED = (forms_dir() / "exports" / "htcds.toml").read_text(encoding="utf-8")


def problems(text: str, definitions: Definitions) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as refused:
        read_exports({"exports/htcds.toml": text.encode()}, definitions.library, load_standards(resources_dir()))
    return refused.value.problems


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('to = "prs_Gender"', 'to = "prs_Gendre"', "the standard has no field 'prs_Gendre'"),
        ('to = "prs_Gender"', 'to = "vic_Vulnerabilities"', "'vic_Vulnerabilities' is deprecated"),
        ('M = "Masculine"', 'M = "Male"', "'prs_Gender' has no word 'Male' (code 'M')"),
        (', X = "NonSpecifiedUnknown"', "", "code 'X' of 'gender' needs a word, or stands under 'without'"),
        ('M = "Masculine"', 'M = "Masculine", Y = "Masculine"', "no code 'Y' in the list 'gender'"),
        ('from = "person.gender"', 'from = "person.full_name"', "what a person typed never leaves"),
        ('from = "person.gender"', 'from = "person.sex"', "no field 'person.sex'"),
        ('part = "province"', 'part = "hamlet"', "the province alone may leave"),
        ('part = "province"\n', "", "an address never leaves"),
        ('fields = ["per_RoleInProcess"]', "fields = []", "'per_RoleInProcess' of the standard is neither mapped nor"),
        (
            'fields = ["per_RoleInProcess"]',
            'fields = ["per_RoleInProcess", "prs_Gender"]',
            "mapped or withheld already",
        ),
        ("least_alike = 5", "least_alike = 2", "2 is less than 3"),
        ('alike = ["prs_Gender", ', 'alike = ["prs_Name", ', "nothing that leaves is called 'prs_Name'"),
        ('empty = "events"', 'empty = "event"', "nothing that leaves is called 'event'"),
        ("bands = [0, 18, 30]", "bands = [0, 17]", "wider bands begin where some of the finer ones begin"),
        ("bands = [0, 9, ", "bands = [1, 9, ", "the bands begin with 0"),
        ("confidentiality != 'BM_CHUYEN'", "confidentiality != 'BM'", "BM"),
        ('year_of = "received_at"', 'year_of = "wishes"', "'wishes' is no date of the register"),
        ('rows = "transit"', 'rows = "means"', "'means' is no field with rows"),
        ('through = "case"', 'through = "provider"', "'provider' does not link to 'returned_victim'"),
        ("constant = true", 'constant = "yes"', "'con_Consent' does not accept it"),
        ('standard = "htcds_2.0"', 'standard = "htcds"', "no standard 'htcds'"),
        ('to = "cas_Status"', 'to = "cas_Status"\nfron = "x"', "no such key"),
    ],
)
def test_a_wrong_word_is_told_with_its_line(old: str, new: str, expected: str, definitions: Definitions) -> None:
    assert old in SHIPPED
    found = problems(SHIPPED.replace(old, new, 1), definitions)
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith("exports/htcds.toml:") for problem in found)


def test_a_code_that_a_list_gains_is_told_not_lost(definitions: Definitions) -> None:
    found = problems(SHIPPED.replace('without = ["KHONG_RO"]', "without = []", 1), definitions)
    assert any("code 'KHONG_RO' of 'trafficker_relation' needs a word" in problem for problem in found)


@given(st.integers(0, 130))
def test_an_age_lies_in_its_band(age: int) -> None:
    band = band_of(age, (0, 9, 18, 48))
    first, _, last = band.rstrip("+").partition("-")
    assert int(first) <= age
    assert band.endswith("+") or age <= int(last)


CASES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)), max_size=40)


@given(CASES, st.integers(3, 6))
def test_whatever_the_cases_each_that_leaves_is_alike_with_k(cases: list[tuple[int, int, int]], k: int) -> None:
    steps = [lambda case: (case[0], -1, case[2]), lambda case: (-1, case[1], case[2])]
    hidden = generalise(cases, k, lambda case: case, steps)
    assert all(hidden.cases.count(case) >= k for case in hidden.cases)
    assert len(hidden.cases) + hidden.left_out == len(cases)
    assert hidden.generalised == sum(-1 in case for case in hidden.cases)
    for case in set(cases):
        if cases.count(case) >= k:
            assert hidden.cases.count(case) >= cases.count(case)


def test_a_pseudonym_depends_on_key_and_record_and_a_short_key_is_refused() -> None:
    names = {pseudonym(key, record) for key in (b"a" * 32, b"b" * 32) for record in ("1", "2")}
    assert len(names) == 4
    assert pseudonym(b"a" * 32, "1") in names
    with pytest.raises(DesktopError) as refused:
        pseudonym(b"a" * 31, "1")
    assert refused.value.code == "pseudonym_key_short"
