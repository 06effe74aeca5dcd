"""What opens as a formula nowhere, and comes back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exports.formula_escape import (
    TRIGGERS,
    begins_as_formula,
    guarded,
    unguarded,
)

SIGNS = st.sampled_from([*TRIGGERS, *" ;,\"'\u00a0\u200b\ufeff\u3000", "1", "a", "Đ"])
TEXTS = st.one_of(st.text(), st.text(SIGNS, max_size=12))


@given(TEXTS)
def test_whatever_is_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_no_part_that_a_spreadsheet_could_cut_out_begins_with_a_sign(text: str) -> None:
    for part in re.split("[;\t\r\n]", guarded(text)):
        assert part.strip('" \u00a0\u200b\ufeff\u3000')[:1] not in set(TRIGGERS)


@given(st.text(st.characters(exclude_characters=TRIGGERS)))
def test_a_text_without_a_sign_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("  ＝1+1", "'  ＝1+1"),
        ("\t@SUM(A1)", "'\t'@SUM(A1)"),
        ("'=1", "''=1"),
        ("đi chợ;=1+1;về", "đi chợ;'=1+1;về"),
        ("Nguyễn, -1", "Nguyễn, -1"),
        ("001099000001", "001099000001"),
        ("\u200b+84912345678", "'\u200b+84912345678"),
        ("x\n- y", "x\n'- y"),
        ('"=1', "'\"=1"),
        ("", ""),
    ],
)
def test_examples(text: str, expected: str) -> None:
    assert guarded(text) == expected


@pytest.mark.parametrize("sign", TRIGGERS)
def test_every_sign_begins_a_formula_also_behind_blanks(sign: str) -> None:
    assert begins_as_formula(f"{sign}1")
    assert begins_as_formula(f" \u200b'{sign}1")
    assert not begins_as_formula(f"1{sign}")
