"""Bech32 (BIP 173), as age writes its keys: a readable prefix, 32 bytes, six check characters.

- One spelling of one key: decoding refuses whatever `encoded` would not have written.
- age writes recipients in small letters and identities in capitals; so do we, and read nothing else.
"""

from typing import Final

RECIPIENT_PREFIX: Final = "age"
IDENTITY_PREFIX: Final = "AGE-SECRET-KEY-"


class NotBech32(ValueError):  # noqa: N818  caught by its callers, which name what could not be read
    """The text is not a key of this kind, or a character of it is wrong."""


def encoded(prefix: str, raw: bytes) -> str:
    """Return 32 bytes under a prefix; a prefix in capitals gives a text in capitals."""
    bits = int.from_bytes(raw, "big") << 4  # 256 bits fill 52 characters of 5 bits, the last with four zeros
    symbols = [bits >> shift & 31 for shift in range(51 * 5, -1, -5)]
    spread = _spread(prefix.lower())
    check = _remainder([*spread, *symbols, 0, 0, 0, 0, 0, 0]) ^ 1
    symbols += [check >> shift & 31 for shift in range(25, -1, -5)]
    text = prefix.lower() + "1" + "".join(_ALPHABET[symbol] for symbol in symbols)
    return text.upper() if prefix.isupper() else text


def decoded(prefix: str, text: str) -> bytes:
    """Return the 32 bytes of a key.

    Raises:
        NotBech32: another prefix, length or case, or the check characters do not agree.
    """
    if len(text) != len(prefix) + 1 + 52 + 6 or not text.startswith(prefix + "1"):
        raise NotBech32
    bits = 0
    for character in text[len(prefix) + 1 : -6].lower():
        symbol = _ALPHABET.find(character)
        if symbol < 0:
            raise NotBech32
        bits = bits << 5 | symbol
    raw = (bits >> 4).to_bytes(32, "big")
    if encoded(prefix, raw) != text:
        raise NotBech32
    return raw


_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _spread(prefix: str) -> list[int]:
    return [ord(character) >> 5 for character in prefix] + [0] + [ord(character) & 31 for character in prefix]


def _remainder(symbols: list[int]) -> int:
    checksum = 1
    for symbol in symbols:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ symbol
        for position, term in enumerate(_GENERATOR):
            checksum ^= term if top >> position & 1 else 0
    return checksum
