"""The cost of a guess: never below the floor, as high as the target allows, capped when a file asks."""

from collections.abc import Callable, Iterable

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.crypto.argon2_params import LARGEST_CALIBRATED_KIB, MOST_ITERATIONS, Argon2Params


def clock_of(seconds: Iterable[float]) -> Callable[[], float]:
    """Return a clock by which the measurements of a calibration take these times."""
    return iter([reading for taken in seconds for reading in (0.0, taken)]).__next__


@pytest.mark.parametrize(
    ("measured", "iterations"),
    [
        ((9.0, 3.0, 3.0), 3),  # a slow machine stays at the floor
        ((0.9, 0.4, 0.8), 6),  # the quicker of the first two counts
        ((0.4, 0.4, 0.6), 8),  # six passes took less than six thirds of three
        ((0.4, 0.4, 6.0), 3),
    ],
)
def test_calibrating_raises_the_cost_to_the_target(measured: tuple[float, ...], iterations: int) -> None:
    cost = Argon2Params.calibrated(clock_of(measured), target_seconds=0.8)
    assert cost == Argon2Params(memory_kib=65536, iterations=iterations, lanes=4)
    assert cost.is_enough


@pytest.mark.parametrize(
    ("factor", "memory_kib", "iterations"),
    [
        (0.01, 65536, 3),
        (20 / 3, 65536, 20),
        (8.0, 131072, 12),
        (20.0, 262144, 15),
        (1000.0, LARGEST_CALIBRATED_KIB, MOST_ITERATIONS),
    ],
)
def test_past_the_cap_of_passes_the_memory_grows_to_its_own(factor: float, memory_kib: int, iterations: int) -> None:
    assert Argon2Params.FLOOR.raised(factor) == Argon2Params(memory_kib=memory_kib, iterations=iterations, lanes=4)
    assert Argon2Params.FLOOR.raised(factor).is_enough


def test_the_floor_is_what_rfc_9106_recommends_second() -> None:
    assert Argon2Params(memory_kib=64 * 1024, iterations=3, lanes=4) == Argon2Params.FLOOR
    assert Argon2Params.FLOOR.is_enough


@pytest.mark.parametrize(("memory_kib", "iterations"), [(64 * 1024 - 1, 3), (64 * 1024, 2), (19 * 1024, 20)])
def test_less_than_the_floor_is_not_enough(memory_kib: int, iterations: int) -> None:
    assert not Argon2Params(memory_kib=memory_kib, iterations=iterations, lanes=4).is_enough


def test_only_a_test_s_own_cost_is_enough_below_the_floor() -> None:
    cheap = Argon2Params.for_tests()
    assert cheap.is_enough
    assert not Argon2Params(memory_kib=cheap.memory_kib, iterations=cheap.iterations, lanes=cheap.lanes).is_enough


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [(2**31, 3, 4), (1024 * 1024 + 1, 1, 1), (65536, 21, 4), (65536, 3, 17), (31, 3, 4), (65536, 0, 4), (65536, 3, 0)],
)
def test_a_file_may_not_ask_for_more_than_the_caps_or_for_nonsense(
    memory_kib: int, iterations: int, lanes: int
) -> None:
    assert not Argon2Params(memory_kib=memory_kib, iterations=iterations, lanes=lanes).is_bearable


def test_it_is_argon2id_of_the_normalised_passphrase() -> None:
    cost = Argon2Params.for_tests()
    plain = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=32).derive("Hoà bình 27".encode())
    assert cost.derive(" Hòa\u00a0bình 27", bytes(16)) == plain
