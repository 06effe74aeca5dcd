"""The words of a person's name, each in every form that two names are compared by.

- Words are parted by spaces, apostrophes, hyphens and dots: `H'Bia Niê` has three, `Ng.Thị Hương` too.
- A word is abbreviated when a dot follows it, or when it is short and has no vowel: Ng., Th, Tr, V.
- A sound is one symbol: ng and ngh, c k and q, ch and tr, s and x, d and gi are one each, for they are confused in
  speech; so a letter missing from a word is one symbol missing, or another symbol.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.domain.names.normalize import (
    LONGEST_KEPT,
    SYLLABLES_KEPT,
    fold,
    plain_words_of,
)
from desktop.domain.names.syllables import TONES, normalise_tone_placement
from desktop.domain.names.telex import telex_reading

MOST_WORDS: Final = 8
LONGEST_NAME: Final = 200
SOUNDS: Final = "abcdefghijklmnopqrstuvwxzCDFGHKNQTX"
"""The symbols of Latin words: sounds of several letters are capitals, letters mistyped within are themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class NameWord:
    """One word in its forms."""

    text: str
    """In small letters, as it was written."""
    marked: str
    """With the tone's mark in its place."""
    with_i: str
    """With i for a y that is the vowel."""
    plain: str
    """Folded."""
    plain_with_i: str
    spoken: str
    """By its sounds, with the marks of its vowels."""
    toneless_spoken: str
    plain_spoken: str
    sound: str
    """By its sounds alone, every y as i: what keys are made of."""
    sounds: frozenset[str]
    """With that of what it means if keys were left in it."""
    reading: "NameWord | None"
    """What it means if Telex or VNI keys were left in it."""
    is_abbreviated: bool

    @property
    def is_marked(self) -> bool:
        return self.marked != self.plain


def words_of(name: str) -> tuple[NameWord, ...]:
    """Return the words of a name; nothing is read past LONGEST_NAME characters."""
    return tuple(word for word in map(_word_of, _split(name[:LONGEST_NAME])) if word.plain)


def sound_of(text: str) -> str:
    """Return how a word sounds, whatever its marks: what keys are made of."""
    return _spoken(fold(text)).replace("y", "i")


_ONSETS: Final = {
    "ngh": "N", "ng": "N", "nh": "H", "gh": "G", "gi": "D", "g": "G", "kh": "Q", "k": "K", "c": "K", "q": "K",
    "ch": "C", "tr": "C", "th": "T", "ph": "F", "f": "F", "s": "X", "x": "X", "d": "D", "z": "D",
}  # fmt: skip
_FINALS: Final = {"ng": "N", "nh": "H", "ch": "C", "c": "K", "k": "K"}
_ONSET: Final = re.compile("ngh|ng|nh|gh|gi(?![bcdghklmnpqrstvx]|$)|g|kh|ch|k|c|q|tr|th|ph|f|s|x|d|z")
_GI: Final = frozenset("iìỉĩíị")
_FINAL: Final = re.compile("(?:ng|nh|ch|c|k)$")
_APART: Final = re.compile(r"[\s'\-,;/()·]+")
_Y_FOR_I: Final = re.compile("(?<![aeiou\u0300-\u036f])y|(?<=qu)y")
_WITHOUT_TONE: Final = str.maketrans(dict.fromkeys(TONES[1:]))
_VOWELS: Final = frozenset("aeiouyw")
_LONGEST_ABBREVIATION: Final = 3


def _split(name: str) -> list[str]:
    words = [plain for word in name.split() for plain in plain_words_of(word)]
    return [word for word in _APART.split(" ".join(words).replace(".", ". ")) if word]


def _word_of(written: str) -> NameWord:
    return _kept_word(written) if len(written) <= LONGEST_KEPT else _kept_word.__wrapped__(written)


@lru_cache(SYLLABLES_KEPT)
def _kept_word(written: str) -> NameWord:
    text = written.rstrip(".")
    plain = fold(text)
    meant = telex_reading(text)
    has_no_vowel = len(text) <= _LONGEST_ABBREVIATION and plain.isalpha() and plain.isascii() and not _VOWELS & {*plain}
    return _forms(
        text,
        reading=None if meant is None else _forms(meant, reading=None, is_abbreviated=False),
        is_abbreviated=written.endswith(".") or has_no_vowel,
    )


def _forms(text: str, *, reading: NameWord | None, is_abbreviated: bool) -> NameWord:
    marked = normalise_tone_placement(text)
    with_i = unicodedata.normalize("NFC", _Y_FOR_I.sub("i", unicodedata.normalize("NFD", marked)))
    spoken = _spoken(with_i)
    plain, plain_with_i = fold(text), fold(with_i)
    sound = _spoken(plain).replace("y", "i")
    return NameWord(
        text=text,
        marked=marked,
        with_i=with_i,
        plain=plain,
        plain_with_i=plain_with_i,
        spoken=spoken,
        toneless_spoken=unicodedata.normalize("NFC", unicodedata.normalize("NFD", spoken).translate(_WITHOUT_TONE)),
        plain_spoken=_spoken(plain_with_i),
        sound=sound,
        sounds=frozenset({sound} if reading is None else {sound, reading.sound}),
        reading=reading,
        is_abbreviated=is_abbreviated,
    )


def _spoken(text: str) -> str:
    onset = _ONSET.match(text)
    begin, rest = (_ONSETS[onset[0]], text[onset.end() :]) if onset else ("", text)
    if onset and onset[0] == "g" and rest[:1] in _GI:  # gì, gìn: gi is the onset, i the rime
        begin = "D"
    final = _FINAL.search(rest)
    return begin + (rest if final is None else rest[: final.start()] + _FINALS[final[0]])
