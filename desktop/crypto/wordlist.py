"""The 2,048 syllables that passphrases and spoken fingerprints are made of (resources/words/README.md says how)."""

from functools import cache
from typing import Final

from desktop.paths import resources_dir

BITS: Final = 11


@cache
def words() -> tuple[str, ...]:
    """Return the syllables by position; the order never changes."""
    return tuple((resources_dir() / "words" / "syllables.txt").read_text(encoding="ascii").split())


def spoken(number: int, count: int) -> str:
    """Return the lowest bits of a number as words, the highest of them first."""
    mask = (1 << BITS) - 1
    return " ".join(words()[number >> shift & mask] for shift in range(BITS * (count - 1), -1, -BITS))
