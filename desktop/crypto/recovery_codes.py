"""The printed code that opens a registry when every passphrase is lost: 128 bits in 28 characters people can copy.

- 26 characters carry the secret, 2 check it: a Reed-Solomon code over the 32 characters. Any one wrong character, any
  two, and any two that changed places are always noticed, before the code is tried on anything.
- Small letters, spaces and dashes do not matter, and O, I, L are read as 0, 1, 1 (desktop/crypto/base32.py).
"""

from collections.abc import Sequence
from typing import Final

from desktop.crypto import base32
from desktop.errors import RegistryError

SECRET_LENGTH: Final = 16
LENGTH: Final = 28


def printed(secret: bytes) -> str:
    """Return the code in seven groups of four."""
    text = base32.encoded(int.from_bytes(secret, "big"), LENGTH - 2)
    first = [base32.ALPHABET.index(character) for character in text]
    # Two unknowns, two equations: try all; 1,024 short sums are quicker to read than their solution.
    check = next((a, b) for a in range(32) for b in range(32) if not any(_syndromes([*first, a, b])))
    return base32.grouped(text + "".join(base32.ALPHABET[symbol] for symbol in check), "-")


def secret_of(code: str) -> bytes:
    """Return the 128 bits of a typed code.

    Raises:
        RegistryError: `recovery_code_mistyped`.
    """
    symbols = base32.symbols(code, LENGTH)
    if symbols is None or any(_syndromes(symbols)):
        raise RegistryError("recovery_code_mistyped")
    number = 0
    for symbol in symbols[:-2]:
        number = number << 5 | symbol
    if number.bit_length() > SECRET_LENGTH * 8:
        raise RegistryError("recovery_code_mistyped")
    return number.to_bytes(SECRET_LENGTH, "big")


def _syndromes(symbols: Sequence[int]) -> tuple[int, int]:
    """Return the code's polynomial at 2 and at 4; both are zero for a code that was copied right."""
    at_two = at_four = 0
    for symbol in symbols:
        at_two = _doubled(at_two) ^ symbol
        at_four = _doubled(_doubled(at_four)) ^ symbol
    return at_two, at_four


def _doubled(element: int) -> int:
    """Return 2 · element in the field of 32 elements made by x^5 + x^2 + 1."""
    return element << 1 ^ 0b100101 if element & 16 else element << 1
