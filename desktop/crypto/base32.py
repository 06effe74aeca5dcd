"""Crockford's base 32: digits and capitals without I, L, O, U, for codes that people read, print and type.

- Reading forgives what hands do: small letters, spaces, dashes, O for 0, I and L for 1.
- It forgives nothing else: another character, or another length, is not a code.
"""

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def encoded(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (length - 1), -1, -5))


def symbols(text: str, length: int) -> tuple[int, ...] | None:
    """Return the value of each character of a typed code, or None if it is not one of this length."""
    bare = text.upper().translate(_FORGIVEN)
    found = tuple(ALPHABET.find(character) for character in bare)
    return found if len(found) == length and -1 not in found else None


def grouped(code: str, separator: str) -> str:
    """Return the code in fours."""
    return separator.join(code[start : start + 4] for start in range(0, len(code), 4))


_FORGIVEN: Final = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -–—\u00a0\t\r\n", ""))
