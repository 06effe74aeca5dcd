"""Passphrases: how they are made, judged, and brought to the one form that the key is derived from.

- The same passphrase typed on another keyboard gives the same bytes: NFC or NFD, full-width letters, no-break and
  repeated spaces, invisible characters, and the tone on the first or the second vowel (hòa, hoà) make no difference.
- Capitals and marks do make a difference.
- A generated one is four of 2,048 words and two digits: 50 bits, unaccented, so that any keyboard can type it.
"""

import re
import unicodedata
from typing import Final

from desktop.crypto.randomness import Random
from desktop.crypto.wordlist import BITS, spoken
from desktop.errors import RegistryError

SHORTEST: Final = 10
FEWEST_DISTINCT: Final = 4


def generate(random: Random, words: int = 4) -> str:
    number = int.from_bytes(random((words * BITS + 7) // 8), "big")
    return f"{spoken(number, words)} {_two_digits(random)}"


def refuse_weak(passphrase: str) -> None:
    """Return if an officer may use this passphrase.

    Raises:
        RegistryError: `passphrase_weak`: too short, or few characters repeated.
    """
    text = normalised(passphrase)
    if len(text) < SHORTEST or len(set(text)) < FEWEST_DISTINCT:
        raise RegistryError("passphrase_weak", shortest=SHORTEST, fewest_distinct=FEWEST_DISTINCT)


def normalised(passphrase: str) -> str:
    """Return the form that is hashed. Changing this rule locks every post out: it is part of the key slot's format."""
    text = unicodedata.normalize("NFKC", _without_invisible(passphrase))
    text = _EARLY_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    return " ".join(_without_invisible(unicodedata.normalize("NFKC", text)).split())


# The tone of an open oa, oe, uy, its marks taken apart: "old" typing puts it on the first vowel, "new" on the second.
_TONES: Final = "[\u0300\u0301\u0303\u0309\u0323]"
_EARLY_TONE: Final = re.compile(
    rf"([oO](?={_TONES}[aeAE])|[uU](?={_TONES}[yY]))({_TONES})([aeyAEY])(?![\w\u0300-\u036f])"
)
_INVISIBLE: Final = frozenset({"Cf", "Cs"})  # format characters; halves of a character, which have no bytes


def _without_invisible(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) not in _INVISIBLE)


def _two_digits(random: Random) -> str:
    while (number := random(1)[0]) >= 200:  # 200 is a multiple of 100: every pair is as likely
        pass
    return f"{number % 100:02d}"
