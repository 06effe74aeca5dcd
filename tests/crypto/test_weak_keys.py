"""Keys for which anyone can sign or read are refused at the door, and so is a second spelling of any key."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import bech32
from desktop.crypto.age_encryption import new_identity
from desktop.crypto.weak_keys import refuse_weak_age_recipient, refuse_weak_signing_key
from desktop.errors import WeakKey

P = 2**255 - 19
TOP = 1 << 255
# The y of the points of order eight (RFC 8032's curve); the other two are their negatives.
ORDER_EIGHT = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
SMALL_ORDER = [1, P - 1, TOP, ORDER_EIGHT, ORDER_EIGHT | TOP, P - ORDER_EIGHT, (P - ORDER_EIGHT) | TOP]
SECOND_SPELLINGS = [1 | TOP, (P - 1) | TOP, P, P | TOP, P + 1, (P + 1) | TOP, 2**255 - 1, 2**256 - 1, P + 9]
# RFC 7748: the u of low order on the curve and its twist.
LOW_ORDER_U = [
    0,
    1,
    P - 1,
    int.from_bytes(bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"), "little"),
    int.from_bytes(bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"), "little"),
]


def raw(number: int) -> bytes:
    return number.to_bytes(32, "little")


def signing_refusal(key: bytes) -> str:
    with pytest.raises(WeakKey) as error:
        refuse_weak_signing_key(key)
    return error.value.code


def recipient_refusal(recipient: str) -> str:
    with pytest.raises(WeakKey) as error:
        refuse_weak_age_recipient(recipient)
    return error.value.code


@pytest.mark.parametrize("number", SMALL_ORDER)
def test_a_point_of_small_order_is_refused(number: int) -> None:
    assert signing_refusal(raw(number)) == "key_small_order"


def test_zero_is_refused_by_its_name() -> None:
    assert signing_refusal(bytes(32)) == "key_all_zero"


@pytest.mark.parametrize("number", SECOND_SPELLINGS)
def test_a_second_spelling_of_a_point_is_refused(number: int) -> None:
    assert signing_refusal(raw(number)) == "key_not_canonical"


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_another_length_is_refused(length: int) -> None:
    assert signing_refusal(b"\x05" * length) == "key_wrong_length"


def test_a_number_that_is_no_point_is_refused() -> None:
    assert signing_refusal(raw(2)) == "key_not_on_curve"


@settings(deadline=None, max_examples=50)
@given(seed=st.binary(min_size=32, max_size=32))
def test_real_keys_pass(seed: bytes) -> None:
    refuse_weak_signing_key(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
    refuse_weak_age_recipient(new_identity(lambda _: seed)[1])


@pytest.mark.parametrize("u", LOW_ORDER_U)
def test_a_recipient_of_low_order_is_refused(u: int) -> None:
    assert recipient_refusal(bech32.encoded("age", raw(u))) == "recipient_low_order"


@pytest.mark.parametrize("u", [P, P + 1, 9 | TOP, 2**256 - 1])
def test_a_second_spelling_of_a_recipient_is_refused(u: int) -> None:
    assert recipient_refusal(bech32.encoded("age", raw(u))) == "recipient_not_canonical"


def test_every_wrong_or_swapped_character_of_a_recipient_is_refused() -> None:
    good = new_identity(lambda size: bytes(range(size)))[1]
    for position in range(len(good)):
        for other in "qpz1é -":
            if good[position] != other:
                assert recipient_refusal(good[:position] + other + good[position + 1 :]) == "recipient_unreadable"
        swapped = good[:position] + good[position : position + 2][::-1] + good[position + 2 :]
        assert swapped == good or recipient_refusal(swapped) == "recipient_unreadable"


@pytest.mark.parametrize("wrong", ["", "age1", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1", "age1pq" + "q" * 100])
def test_what_is_no_recipient_is_refused(wrong: str) -> None:
    assert recipient_refusal(wrong) == "recipient_unreadable"


def test_a_recipient_in_capitals_or_with_a_line_feed_is_refused() -> None:
    good = new_identity(lambda size: bytes(range(size)))[1]
    assert recipient_refusal(good.upper()) == "recipient_unreadable"
    assert recipient_refusal(good + "\n") == "recipient_unreadable"
