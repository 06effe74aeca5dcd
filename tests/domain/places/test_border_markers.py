import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.places.border_markers import (
    Marker,
    is_marker,
    marker_order,
    parse_marker,
)

MARKERS = st.builds(
    Marker,
    number=st.integers(0, 1999),
    sub=st.none() | st.integers(0, 999),
    extra=st.none() | st.integers(0, 99),
    part=st.none() | st.integers(1, 3),
)


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("0", Marker(number=0)),
        ("314", Marker(number=314)),
        ("1116/2", Marker(number=1116, sub=2)),
        ("30/1-2", Marker(number=30, sub=1, extra=2)),
        ("225(1)", Marker(number=225, part=1)),
        ("225-4(3)", Marker(number=225, extra=4, part=3)),
        ("0314", Marker(number=314)),
    ],
)
def test_a_marker_is_read_as_officers_write_it(text: str, marker: Marker) -> None:
    assert parse_marker(text) == marker


@pytest.mark.parametrize(
    "text",
    [
        *("", "2000", "12345", "mốc 3", "3 ", "3\n", "３", "-3"),
        *("1116/", "1116/1234", "225(4)", "225(0)", "(1)225", "225(1)/2", "30-1/2", "30/1-123"),
    ],
)
def test_what_is_no_marker_is_none(text: str) -> None:
    assert parse_marker(text) is None
    assert not is_marker(text)


@settings(deadline=None)
@given(MARKERS)
def test_a_marker_and_its_text_are_one(marker: Marker) -> None:
    assert parse_marker(str(marker)) == marker


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{1,4}(/[0-9]{1,3})?(-[0-9]{1,2})?(\([1-3]\))?", fullmatch=True))
def test_every_text_of_the_grammar_up_to_1999_is_a_marker(text: str) -> None:
    number = int(re.split(r"[/(-]", text)[0])

    assert is_marker(text) is (number <= 1999)


def test_markers_stand_along_the_line() -> None:
    along = [
        *(("CN", text) for text in ("2", "17", "17(1)", "17(2)", "17/1", "17/1-1", "17/2", "17/10", "103")),
        *(("LA", text) for text in ("0", "18")),
        *(("KH", text) for text in ("30", "30/1", "chưa rõ")),
        ("BIEN", "1"),
    ]

    shuffled = [*along[1::2], *along[::2]]

    assert sorted(shuffled, key=lambda one: marker_order(*one)) == along
    assert all(marker_order(*one) < marker_order(*other) for one, other in pairwise(along))


def test_one_marker_in_two_spellings_has_one_place() -> None:
    assert marker_order("LA", "0018") == marker_order("LA", "18")
