"""A text without what two spellings of it may differ in: the key of search, and the plain words that all else reads.

- `fold` takes NFC and NFD alike and forgets marks, case, đ, invisible characters and the kind of apostrophe.
- No rule looks past a space. A hundred thousand names are made of a few thousand syllables, so each is worked out
  once; a long word is none and is not kept.
"""

import unicodedata
from functools import lru_cache
from typing import Final

SYLLABLES_KEPT: Final = 20_000
LONGEST_KEPT: Final = 16

_D_WITHOUT_STROKE: Final = str.maketrans("đð", "dd")
_SAME_CHARACTER: Final = str.maketrans(dict.fromkeys("‘’ʼ´`′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_D_WITH_STROKE: Final = str.maketrans("ðÐ", "đĐ")
_MARKS_AND_INVISIBLE: Final = {"Mn", "Mc", "Me", "Cf"}


def fold(text: str) -> str:
    """Return the key of search: no marks, đ as d, one case, single spaces. Folding twice changes nothing."""
    return " ".join(folded for word in text.split() if (folded := _folded(word)))


def plain_words_of(word: str) -> tuple[str, ...]:
    """Return a word as plain ones, in small letters and NFC: some characters stand for several, or for a space."""
    return _kept_plain_words(word) if len(word) <= LONGEST_KEPT else _kept_plain_words.__wrapped__(word)


class _Unmarked(dict[int, str | int | None]):
    """A table for `str.translate` that learns each character when it is first met; half a million names need it."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in _MARKS_AND_INVISIBLE else code
        self[code] = kept
        return kept


_UNMARKED: Final = _Unmarked({**_SAME_CHARACTER, **_D_WITHOUT_STROKE})


def _folded(word: str) -> str:
    return _kept_folded(word) if len(word) <= LONGEST_KEPT else _kept_folded.__wrapped__(word)


@lru_cache(SYLLABLES_KEPT)
def _kept_folded(word: str) -> str:
    word = word.translate(_SAME_CHARACTER)
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).casefold()
        word = unicodedata.normalize("NFKD", word).translate(_UNMARKED)
    return " ".join(word.casefold().split())


@lru_cache(SYLLABLES_KEPT)
def _kept_plain_words(word: str) -> tuple[str, ...]:
    word = unicodedata.normalize("NFKC", word.translate(_SAME_CHARACTER)).casefold().translate(_D_WITH_STROKE)
    word = "".join(sign for sign in word if unicodedata.category(sign) != "Cf")
    return tuple(unicodedata.normalize("NFC", word).split())
