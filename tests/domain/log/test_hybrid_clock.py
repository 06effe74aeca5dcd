"""The hybrid clock only grows, follows the wall, and is not dragged along by a clock that nobody can believe."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.hybrid_clock import (
    BEGINNING,
    FURTHEST_AHEAD,
    LARGEST_COUNT,
    advance,
)
from desktop.domain.log.operation import HybridTime

milliseconds = st.integers(0, 2**45)
times = st.builds(HybridTime, milliseconds, st.integers(0, LARGEST_COUNT))


@settings(deadline=None, max_examples=300)
@given(own=times, wall=milliseconds, seen=st.none() | times, hub=milliseconds)
def test_time_grows_and_is_never_behind_the_wall(own: HybridTime, wall: int, seen: HybridTime | None, hub: int) -> None:
    found = advance(own, wall, seen, hub)
    assert found.time > own
    assert found.time.milliseconds >= wall
    assert 0 <= found.time.count <= LARGEST_COUNT
    assert found.is_ahead or seen is None or found.time > seen


@settings(deadline=None, max_examples=300)
@given(own=times, wall=milliseconds, seen=times, hub=milliseconds)
def test_an_unbelievable_time_changes_nothing(own: HybridTime, wall: int, seen: HybridTime, hub: int) -> None:
    found = advance(own, wall, seen, hub)
    bound = max(own.milliseconds, wall, hub) + FURTHEST_AHEAD
    assert found.time.milliseconds <= bound + 1
    if found.is_ahead:
        assert found.time == advance(own, wall, None, hub).time


@settings(deadline=None, max_examples=50)
@given(walls=st.lists(milliseconds, max_size=30))
def test_a_clock_that_jumps_back_and_forth_gives_times_in_order(walls: list[int]) -> None:
    time, given_times = BEGINNING, []
    for wall in walls:
        time = advance(time, wall).time
        given_times.append(time)
    assert given_times == sorted(set(given_times))


def test_many_events_in_one_millisecond_stay_in_order() -> None:
    time = HybridTime(1000, 0)
    for _ in range(150_000):
        later = advance(time, 1000).time
        assert later > time
        time = later
    assert time.milliseconds == 1000 + 150_000 // (LARGEST_COUNT + 1)


def test_a_day_ahead_is_believed_and_a_millisecond_more_is_not() -> None:
    assert not advance(BEGINNING, 1000, HybridTime(1000 + FURTHEST_AHEAD, 0)).is_ahead
    assert advance(BEGINNING, 1000, HybridTime(1001 + FURTHEST_AHEAD, 0)).is_ahead


def test_the_time_of_the_province_is_believed_by_a_station_whose_battery_died() -> None:
    dead, right = 978_307_200_000, 1_795_000_000_000
    assert advance(BEGINNING, dead, HybridTime(right, 0)).is_ahead
    assert advance(BEGINNING, dead, HybridTime(right, 0), hub=right).time > HybridTime(right, 0)


def test_a_wall_clock_behind_what_was_seen_is_suspect() -> None:
    assert advance(HybridTime(2000, 0), 1000).is_behind
    assert advance(BEGINNING, 1000, hub=2000).is_behind
    assert not advance(HybridTime(1000, 5), 1000).is_behind
