import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.names.syllables import (
    ONSETS,
    RIMES,
    TONES,
    Syllable,
    join_syllable,
    normalise_tone_placement,
    parse_syllable,
)

EVERY_SYLLABLE = [
    syllable
    for onset in ONSETS
    for rime in sorted(RIMES)
    for tone in TONES
    if (syllable := join_syllable(onset + rime, tone)) and (onset, rime) == (syllable.onset, syllable.rime)
]


def test_every_syllable_reads_back_from_its_spelling() -> None:
    assert len(EVERY_SYLLABLE) > 15_000
    assert [parse_syllable(str(syllable).upper()) for syllable in EVERY_SYLLABLE] == EVERY_SYLLABLE


BORDER_NAMES = """
Lò Vàng Sùng Mỷ Y Giàng Thào Lầu Hờ Cứ Sểnh Pó Xìn Dí Chá Lềnh Tráng Quàng Khuya Nguyễn Quốc Quý Giết Giếng Gìn Thuở
Khuỷu Ngoèo Huỳnh Yến Ấm Uyển Được Nghị Ghềnh Kỳ Hương Út
"""


@pytest.mark.parametrize("name", BORDER_NAMES.split())
def test_names_of_the_border_are_syllables(name: str) -> None:
    assert parse_syllable(name) is not None
    assert name == normalise_tone_placement(name)


@pytest.mark.parametrize(
    "word",
    ["cạn̉", "hàò", "cac", "tàc", "thạchh", "ka", "ci", "ngi", "gê", "quua", "yn", "hans", "", "ń", "hoań", "Zoé", "w"],
)
def test_other_words_are_no_syllables_and_stay(word: str) -> None:
    word = unicodedata.normalize("NFC", word)

    assert parse_syllable(word) is None
    assert word == normalise_tone_placement(word)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà", "hòa"),
        ("THUÝ", "THÚY"),
        ("khoẻ", "khỏe"),
        ("Uỷ ban", "Ủy ban"),
        ("quý hoá", "quý hóa"),
        ("hoàng toàn thuỳn", "hoàng toàn thuỳn"),
        ("già giả gìa", "già giả già"),
        ("Chloé, Noé 12", "Chloé, Nóe 12"),
    ],
)
def test_the_tone_goes_where_the_older_spelling_has_it(newer: str, older: str) -> None:
    assert older == normalise_tone_placement(newer)


@given(st.text(alphabet="hoàthuýqgiaéèìíùúêHOÀÝ o\u0301", max_size=20))
@settings(deadline=None)
def test_placing_tones_twice_changes_nothing(text: str) -> None:
    once = normalise_tone_placement(text)

    assert once == normalise_tone_placement(once)
    assert unicodedata.is_normalized("NFC", once)
    assert len(once) == len(unicodedata.normalize("NFC", text))


def test_a_syllable_writes_its_tone_on_the_right_vowel() -> None:
    assert str(Syllable("th", "ươ" + "ng", "\u0300")) == "thường"
