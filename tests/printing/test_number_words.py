import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.number_words import LARGEST, in_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1205, "một nghìn hai trăm linh năm"),
        (20_015, "hai mươi nghìn không trăm mười lăm"),
        (1_000_000, "một triệu"),
        (1_001_000, "một triệu không trăm linh một nghìn"),
    ],
)
def test_a_count_is_read_as_a_clerk_reads_it(count: int, words: str) -> None:
    assert in_words(count) == words


@given(st.integers(min_value=0, max_value=LARGEST), st.integers(min_value=0, max_value=LARGEST))
def test_two_counts_never_share_their_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


@pytest.mark.parametrize("count", [-1, LARGEST + 1])
def test_a_count_out_of_reach_is_not_guessed(count: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        in_words(count)
