"""The same passphrase is the same bytes on every keyboard; generated ones are long and easy to type."""

import hashlib
import itertools
import random
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import passphrases
from desktop.crypto.wordlist import words
from desktop.errors import RegistryError
from desktop.paths import resources_dir

ONSETS = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
VOWELS = "[aeiouy]|a[iouy]|e[ou]|i[aeu]|ieu|o[aeio]|oa[ioy]|oeo|u[aeiouy]|uay|uo[iu]|uy[aeu]|y[aeu]|yeu"
SYLLABLE = re.compile(f"({ONSETS})?({VOWELS})(c|ch|m|n|ng|nh|p|t)?")


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "Hòa bình ở Mường Tè 27"),
        "Hoà bình ở Mường Tè 27",
        unicodedata.normalize("NFD", "Hoà bình ở Mường Tè 27"),
        " Hòa\u00a0bình  ở\tMường Tè 27 ",
        "Hòa bình ở\u200b Mường\ufeff Tè 27\n",
        "Ho\u200b\u0300a bình ở Mường Tè 27",
        "Hòa bình ở Mường Tè ２７",
        "Ｈｏ\u0300ａ bình ở Mường Tè 27",
    ],
)
def test_one_passphrase_however_it_is_typed(typed: str) -> None:
    assert passphrases.normalised(typed) == passphrases.normalised("Hòa bình ở Mường Tè 27")


@pytest.mark.parametrize(("old", "new"), [("lòe", "loè"), ("thúy", "thuý"), ("HÓA", "HOÁ"), ("tùy ý", "tuỳ ý")])
def test_the_tone_may_stand_on_either_vowel(old: str, new: str) -> None:
    assert passphrases.normalised(old) == passphrases.normalised(new) == new


@pytest.mark.parametrize(("one", "other"), [("hòa bình", "hóa bình"), ("Hòa", "hòa"), ("do", "đo"), ("a b", "ab")])
def test_marks_capitals_and_spaces_between_words_count(one: str, other: str) -> None:
    assert passphrases.normalised(one) != passphrases.normalised(other)


@pytest.mark.parametrize("text", ["của", "mía", "ờa", "oàn", "hoàng", "quốc tế", "òe\u0302", "khuỷu"])
def test_no_other_mark_moves(text: str) -> None:
    assert passphrases.normalised(text) == unicodedata.normalize("NFC", text)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("oauyeOÀ\u0300\u0301\u0302\u200b\u00a0 đ"))))
def test_normalising_again_changes_nothing_and_either_form_is_the_same(text: str) -> None:
    once = passphrases.normalised(text)
    assert passphrases.normalised(once) == once
    once.encode()
    assert passphrases.normalised(unicodedata.normalize("NFD", text)) == once
    assert passphrases.normalised(unicodedata.normalize("NFC", text)) == once


@pytest.mark.parametrize(
    "weak", ["", "ngắn thôi", "aaaaaaaaaaaaaa", "ababababababab", "a\u200b" * 9, " " * 20, "123       45"]
)
def test_a_weak_passphrase_is_refused(weak: str) -> None:
    with pytest.raises(RegistryError) as error:
        passphrases.refuse_weak(weak)
    assert error.value.code == "passphrase_weak"


def test_a_generated_passphrase_is_strong_plain_and_fresh() -> None:
    source = random.Random(1)
    made = {passphrases.generate(source.randbytes) for _ in range(300)}
    assert len(made) == 300
    for passphrase in made:
        passphrases.refuse_weak(passphrase)
        *chosen, digits = passphrase.split(" ")
        assert len(chosen) == 4
        assert set(chosen) <= set(words())
        assert len(digits) == 2
        assert digits.isdigit()
    assert len({word for passphrase in made for word in passphrase.split()[:-1]}) > 700


def test_no_pair_of_digits_is_likelier_than_another() -> None:
    pairs = [passphrases.generate(_counting(first)).split()[-1] for first in range(200)]
    assert {pairs.count(pair) for pair in pairs} == {2}
    assert [passphrases.generate(_counting(first)).split()[-1] for first in range(200, 256)] == ["00"] * 56


def _counting(start: int) -> Callable[[int], bytes]:
    numbers = itertools.count(start)
    return lambda size: bytes(next(numbers) % 256 for _ in range(size)) if size == 1 else bytes(size)


def test_the_word_list_never_changes() -> None:
    content = (resources_dir() / "words" / "syllables.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == "f12c185ebfb1214338bac48c250fc98865c2bedf20aa8a4b39b4059dd6953110"


def test_the_words_are_2048_distinct_syllables_that_can_be_spelt() -> None:
    assert len(set(words())) == len(words()) == 2048
    assert list(words()) == sorted(words())
    assert [word for word in words() if not SYLLABLE.fullmatch(word)] == []
