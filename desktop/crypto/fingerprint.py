"""The short form of a station's two public keys, compared by eye or read aloud over the telephone.

- It covers both keys: who replaces only the sealing key changes it, too.
- Written: 120 bits in six groups of four. Spoken: the first 66 bits as six words; enough against a made-up key, for
  which somebody would have to try 2^66 of them before the call.
"""

import hashlib
from typing import Final

from desktop.crypto import base32
from desktop.crypto.wordlist import BITS, spoken

LENGTH: Final = 24
WORDS: Final = 6


def fingerprint(signing_raw: bytes, recipient: str) -> str:
    """Return it as people see it: `7F3A 22C1 ...`."""
    return base32.grouped(base32.encoded(_first_bits(signing_raw, recipient, LENGTH * 5), LENGTH), " ")


def spoken_fingerprint(signing_raw: bytes, recipient: str) -> str:
    """Return it as six words to read aloud."""
    return spoken(_first_bits(signing_raw, recipient, WORDS * BITS), WORDS)


def same_fingerprint(typed: str, ours: str) -> bool:
    """Whether a typed fingerprint is the one shown, whatever its case and spacing; a part of one never is."""
    found = base32.symbols(typed, LENGTH)
    return found is not None and found == base32.symbols(ours, LENGTH)


def _first_bits(signing_raw: bytes, recipient: str, bits: int) -> int:
    digest = hashlib.sha256(b"sotram-fingerprint@v1\n" + signing_raw + recipient.encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits)
