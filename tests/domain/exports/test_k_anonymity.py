"""Details are given up before a case is left out, one step after the other, and by the rare cases alone."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exports.k_anonymity import generalise

Case = tuple[int, int]
GONE = -1


def empty_first(case: Case) -> Case:
    return (GONE, case[1])


def empty_second(case: Case) -> Case:
    return (case[0], GONE)


def hidden(cases: Sequence[Case], k: int = 3) -> tuple[list[Case], int, int]:
    found = generalise(cases, k, lambda case: case, [empty_first, empty_second])
    return list(found.cases), found.generalised, found.left_out


def test_many_enough_give_up_nothing() -> None:
    assert hidden([(1, 1)] * 3) == ([(1, 1)] * 3, 0, 0)


def test_rare_cases_give_up_the_first_detail_and_keep_the_second_when_that_is_enough() -> None:
    cases = [(1, 1)] * 3 + [(2, 5), (3, 5), (4, 5)]
    assert hidden(cases) == ([(1, 1)] * 3 + [(GONE, 5)] * 3, 3, 0)


def test_what_is_still_rare_gives_up_the_next_detail_as_well() -> None:
    assert hidden([(2, 5), (3, 6), (4, 7)]) == ([(GONE, GONE)] * 3, 3, 0)


def test_what_stays_rare_is_left_out_and_not_counted_as_generalised() -> None:
    assert hidden([(1, 1)] * 3 + [(2, 5)]) == ([(1, 1)] * 3, 0, 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30), st.integers(2, 6))
def test_fewer_than_k_stay_and_only_when_all_was_given_up(cases: list[Case], k: int) -> None:
    """Whoever is rare to the end has no detail left, so all such cases are alike: they stay because they are few."""
    _, _, left_out = hidden(cases, k)
    assert left_out < k


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30), st.integers(2, 6))
def test_of_the_cases_that_leave_each_is_a_given_one_or_that_with_details_given_up(cases: list[Case], k: int) -> None:
    found, generalised, left_out = hidden(cases, k)
    assert len(found) + left_out == len(cases)
    assert sum(case not in cases for case in found) == generalised
    assert all(found.count(case) >= cases.count(case) for case in cases if cases.count(case) >= k)
