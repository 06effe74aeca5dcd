"""How hard a passphrase is to guess, in four words. An estimate for people, not a rule: the rule is the workspace's.

- A word of letters counts at most 11 bits, one of the 2,048 words of our own lists; a name or a word everyone tries
  counts one bit; so do repeated words.
- A run of digits counts 3.3 bits a digit, but a year, a repeated digit or a run such as 123456 counts only 4.
- The three limits assume a thief with a stolen laptop and ten thousand guesses a second.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from math import log2
from typing import Final

from desktop.domain.names.names import fold


class Strength(StrEnum):
    """In rising order: guessed in minutes, in days, in years, not at all."""

    NONE = "none"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


_FAIR_BITS: Final = 36.0
_STRONG_BITS: Final = 45.0
_WORD_BITS: Final = 11.0
_TRIED_FIRST: Final = frozenset(
    {
        *("password", "passphrase", "matkhau", "congan", "bienphong", "police", "admin", "qwerty"),
        *("abc", "vietnam", "sotram", "iloveyou", "anhyeuem"),
    }
)
_PART: Final = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


def strength(passphrase: str, known: Iterable[str] = ()) -> Strength:
    """Judge a passphrase; `known` are texts a thief knows, such as the officer's name and the post's."""
    if not passphrase.strip():
        return Strength.NONE
    bits = bits_of(passphrase, known)
    if bits < _FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


def bits_of(passphrase: str, known: Iterable[str] = ()) -> float:
    words_known = _TRIED_FIRST | {word for text in known for word in fold(text).split()}
    seen: set[str] = set()
    bits = 0.0
    for part in _PART.findall(passphrase):
        key = fold(part)
        if key in seen or key in words_known:
            bits += 1
        elif part.isdigit():
            bits += _digit_bits(part)
        elif part.isalpha():
            bits += min(_WORD_BITS, len(part) * log2(26)) + (1 if part != part.casefold() else 0)
        else:
            bits += 4
        seen.add(key)
    return bits


def _digit_bits(digits: str) -> float:
    steps = [ord(after) - ord(before) for before, after in pairwise(digits)]
    is_run = len(digits) > 2 and max(map(steps.count, steps)) >= 0.7 * len(steps)
    is_year = len(digits) == 4 and digits[:2] in {"19", "20"}
    return 4.0 if is_run or is_year else len(digits) * log2(10)
