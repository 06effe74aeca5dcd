"""A fingerprint covers both keys and forgives only how it is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto.age_encryption import new_identity
from desktop.crypto.fingerprint import fingerprint, same_fingerprint, spoken_fingerprint

SIGNING = bytes(range(32))
RECIPIENT = new_identity(lambda size: bytes(range(size)))[1]
OTHER = new_identity(bytes)[1]
OURS = fingerprint(SIGNING, RECIPIENT)


def test_it_never_changes() -> None:
    assert OURS == "2G62 M7YD AW3N JG89 P3DS NGM6"
    assert spoken_fingerprint(SIGNING, RECIPIENT) == "chuc luop nieng phim nghe ro"


def test_either_key_changes_it() -> None:
    shown = {fingerprint(SIGNING, RECIPIENT), fingerprint(SIGNING, OTHER), fingerprint(SIGNING[::-1], RECIPIENT)}
    assert len(shown) == 3
    spoken = {spoken_fingerprint(SIGNING, RECIPIENT), spoken_fingerprint(SIGNING, OTHER)}
    assert len(spoken) == 2
    assert all(len(words.split()) == 6 for words in spoken)


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_case_spaces_dashes_and_look_alikes_do_not_matter(key: bytes) -> None:
    ours = fingerprint(key, RECIPIENT)
    typed = ours.lower().replace(" ", "-").replace("0", "o").replace("1", "i")
    assert same_fingerprint(typed, ours)
    assert same_fingerprint(ours.replace(" ", "").replace("1", "L"), ours)


@pytest.mark.parametrize("typed", ["", OURS[:-1], OURS[:9], OURS + "0", OURS[1:] + OURS[0], "U" + OURS[1:]])
def test_anything_else_is_another_fingerprint(typed: str) -> None:
    assert not same_fingerprint(typed, OURS)


def test_two_empty_fingerprints_are_not_the_same() -> None:
    assert not same_fingerprint("", "")
