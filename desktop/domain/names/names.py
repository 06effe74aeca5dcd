"""Names and Vietnamese words: keys to search and sort by, whether two names may be one, how a name is shortened.

- `compare_names` says why two names may be one person's (name_likeness.py); `name_keys` and `near_name_keys` find those
  worth comparing among many (search_keys.py).
- `fold` is the key of search: what two spellings share when marks, case, đ, invisible characters and the kind of
  apostrophe do not count. Whatever is typed and whatever is stored meet in it.
- `sort_key` is the order of a Vietnamese dictionary; keys compare as text, in Python and in the database alike.
- The last word is the given name; the first is the surname.
- Everything here takes NFC and NFD alike and gives NFC.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from desktop.domain.names.name_likeness import NameLikeness, compare_names
from desktop.domain.names.normalize import (
    LONGEST_KEPT,
    SYLLABLES_KEPT,
    fold,
    plain_words_of,
)
from desktop.domain.names.search_keys import name_keys, near_name_keys
from desktop.domain.names.syllables import TONES, normalise_tone_placement
from desktop.domain.names.telex import has_telex_leftover, undo_telex
from desktop.domain.names.word_likeness import Reason

__all__ = [
    "NameLikeness",
    "Reason",
    "compare_names",
    "fold",
    "given_name",
    "has_telex_leftover",
    "initials",
    "name_keys",
    "name_sort_key",
    "near_name_keys",
    "normalise_tone_placement",
    "passport_form",
    "sort_key",
    "undo_telex",
]

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

_PASSPORT_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "þ": "th", "-": " "})

# A sort key's characters, in rising order: end of a level, space, other characters, 0-9, letters, other scripts.
_END, _SPACE, _SIGN, _FIRST_LETTER, _OTHER_SCRIPT = " ", "!", "#", 0x41, "~"
_LETTER_KEYS: Final = {letter: chr(_FIRST_LETTER + place) for place, letter in enumerate(ALPHABET)}
_LETTER_MARKS: Final = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: they make another letter
_OTHER_MARK: Final = str(len(TONES))


def sort_key(text: str) -> str:
    """Return a text that sorts as Vietnamese does: a ă â b ... đ ... y, and only then the tones.

    Digits come before letters, other scripts after them; case and invisible characters do not count. A word's tone
    counts wherever it is written, so `hoà` and `hòa` are one.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in text.split():
        for word_letters, word_tones in _keys_of(word):
            letters.append(word_letters)
            tones.append(word_tones)
    return _SPACE.join(letters) + _END + _SPACE.join(tones)


def name_sort_key(full_name: str) -> str:
    """Return a key that sorts people as lists in Vietnam do: given name, then surname, then the words between."""
    words = [plain for word in full_name.split() for plain in plain_words_of(word)]
    given, surname, between = words[-1:], words[:-1][:1], words[1:-1]
    return _END.join(sort_key(" ".join(part)) for part in (given, surname, between))


def given_name(full_name: str) -> str:
    """Return the last word."""
    return (unicodedata.normalize("NFC", full_name).split() or [""])[-1]


def initials(full_name: str) -> str:
    """Return each word's first letter, as in `L.T.Đ.`: what may be shown where the name may not."""
    words = unicodedata.normalize("NFC", full_name).split()
    firsts = [next((sign for sign in word if sign.isalpha()), "") for word in words]
    return unicodedata.normalize("NFC", "".join(f"{first.upper()}." for first in firsts if first))


def passport_form(full_name: str) -> str:
    """Return the name in the letters of a passport, A to Z; characters that have none are left out."""
    letters = fold(full_name).translate(_PASSPORT_LETTERS).upper()
    return " ".join("".join(sign for sign in letters if sign == " " or (sign.isascii() and sign.isalpha())).split())


def _keys_of(word: str) -> tuple[tuple[str, str], ...]:
    return _kept_keys(word) if len(word) <= LONGEST_KEPT else _kept_keys.__wrapped__(word)


@lru_cache(SYLLABLES_KEPT)
def _kept_keys(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(_word_keys(plain) for plain in plain_words_of(word))


def _word_keys(word: str) -> tuple[str, str]:
    """Return the keys of the letters, and the tones that are not level."""
    letters: list[str] = []
    tones: list[str] = []
    for sign in word:
        base, *marks = list(unicodedata.normalize("NFD", sign))
        if not all(map(unicodedata.combining, marks)):  # a Korean syllable comes apart into letters, not marks
            base, marks = sign, []
        made = [mark for mark in marks if mark in _LETTER_MARKS]
        letter = unicodedata.normalize("NFC", base + "".join(made))
        if letter not in _LETTER_KEYS:  # a circumflex on a letter that Vietnamese has none for
            letter, made = base, []
        tones += [_tone_key(mark) for mark in marks if mark not in made]
        if letter in TONES or unicodedata.category(letter).startswith("M"):
            tones.append(_tone_key(letter))
        elif letter in _LETTER_KEYS:
            letters.append(_LETTER_KEYS[letter])
        elif letter.isascii():
            letters.append(letter if letter.isdigit() else _SIGN + letter)
        else:
            letters.append(_OTHER_SCRIPT + letter)
    return "".join(letters), "".join(tones)


def _tone_key(mark: str) -> str:
    return str(TONES.index(mark)) if mark in TONES else _OTHER_MARK
