import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import passphrases
from desktop.crypto.wordlist import spoken
from desktop.ui.shell.passphrase_strength import Strength, bits_of, strength


@pytest.mark.parametrize(
    "passphrase",
    ["123456789012", "aaaaaaaaaaaa", "matkhau123", "congan2026", "Điện Biên 1990", "abc abc abc abc abc abc"],
)
def test_what_everyone_tries_is_weak(passphrase: str) -> None:
    assert strength(passphrase) is Strength.WEAK


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_a_generated_one_is_strong_or_nearly(seed: bytes) -> None:
    supply = iter(seed * 20)
    made = passphrases.generate(lambda count: bytes(next(supply) % 200 for _ in range(count)))
    if len(set(made.split())) == 5:
        assert strength(made) in {Strength.FAIR, Strength.STRONG}


def test_four_words_and_two_digits_are_strong() -> None:
    assert strength(f"{spoken(123_456_789_012, 4)} 42") is Strength.STRONG


def test_the_name_of_the_officer_does_not_count() -> None:
    alone = strength("hà văn sơn mường nhé 58")
    known = strength("hà văn sơn mường nhé 58", ("Hà Văn Sơn", "Công an xã Mường Nhé"))
    assert (alone, known) == (Strength.STRONG, Strength.WEAK)


def test_nothing_typed_is_not_weak_but_nothing() -> None:
    assert strength("   ") is Strength.NONE


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=10))
def test_more_letters_never_make_it_weaker_than_a_repetition_would(text: str, more: str) -> None:
    assert bits_of(f"{text} {more}") >= 0
    assert bits_of(f"{text} {text}") <= 2 * bits_of(text) + 1
