"""A recovery code is copied right, or noticed to be wrong, before anything is tried."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import base32, recovery_codes
from desktop.errors import RegistryError

SECRET = bytes(range(100, 116))
CODE = recovery_codes.printed(SECRET)


def refusal(code: str) -> str:
    with pytest.raises(RegistryError) as error:
        recovery_codes.secret_of(code)
    return error.value.code


@settings(deadline=None, max_examples=200)
@given(st.binary(min_size=16, max_size=16))
def test_a_printed_code_gives_its_secret_back(secret: bytes) -> None:
    code = recovery_codes.printed(secret)
    assert recovery_codes.secret_of(code) == secret
    assert recovery_codes.secret_of(code.lower().replace("-", " ")) == secret
    assert recovery_codes.secret_of(code.replace("0", "o").replace("1", "l")) == secret


def test_it_is_printed_in_seven_groups_of_four() -> None:
    groups = CODE.split("-")
    assert [len(group) for group in groups] == [4] * 7


def test_every_wrong_character_is_noticed() -> None:
    for position, right in enumerate(CODE):
        for wrong in base32.ALPHABET + "U*é":
            if right not in {wrong, "-"}:
                assert refusal(CODE[:position] + wrong + CODE[position + 1 :]) == "recovery_code_mistyped"


def test_any_two_characters_that_changed_places_are_noticed() -> None:
    bare = CODE.replace("-", "")
    for first in range(len(bare)):
        for second in range(first + 1, len(bare)):
            swapped = list(bare)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if bare[first] != bare[second]:
                assert refusal("".join(swapped)) == "recovery_code_mistyped"


def test_any_two_wrong_characters_are_noticed() -> None:
    bare = CODE.replace("-", "")
    source = random.Random(1)
    for _ in range(5000):
        first, second = source.sample(range(len(bare)), 2)
        wrong = list(bare)
        wrong[first] = source.choice(base32.ALPHABET.replace(bare[first], ""))
        wrong[second] = source.choice(base32.ALPHABET.replace(bare[second], ""))
        assert refusal("".join(wrong)) == "recovery_code_mistyped"


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "0", "0", CODE + CODE, "Z" * 28])
def test_another_length_is_noticed(code: str) -> None:
    assert refusal(code) == "recovery_code_mistyped"


def test_a_code_of_more_than_128_bits_is_noticed_though_its_check_holds() -> None:
    assert refusal(recovery_codes.printed((1 << 128).to_bytes(17, "big"))) == "recovery_code_mistyped"
