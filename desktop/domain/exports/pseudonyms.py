"""Names for cases that leave: the same case has one name in one export, and another in the next.

- HMAC-SHA-256 of the record's id under a key that is drawn for one export and never kept: nobody can join two exports,
  undo a name, or test a guess, the station neither.
"""

import hashlib
import hmac
from typing import Final

from desktop.errors import DesktopError

KEY_BYTES: Final = 32
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
_LENGTH: Final = 16


def pseudonym(key: bytes, record: str) -> str:
    """Return 16 letters (80 bits) such as `7Q2M-0XKD-...`. Raises DesktopError pseudonym_key_short."""
    if len(key) < KEY_BYTES:
        raise DesktopError("pseudonym_key_short", needed=KEY_BYTES)
    number = int.from_bytes(hmac.digest(key, record.encode(), hashlib.sha256)[:10], "big")
    letters = "".join(_LETTERS[number >> (5 * place) & 31] for place in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))
