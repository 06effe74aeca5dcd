"""Sealing bytes for named recipients with age v1 (X25519), and opening what was sealed for us.

- In memory only: pyrage's file calls leave the plaintext of a damaged file on the disk (security.md 5).
- age says who can read, never who wrote: what is unsealed is believed only under a signature.
- The header is read by us, within bounds, before pyrage sees it. A passphrase stanza is refused there: opening one can
  cost gigabytes at the sender's choice.
- Every file that does not open is the same failure, whatever was wrong with it.

The sealing itself takes its randomness from the operating system, inside pyrage; a new identity takes the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyrage

from desktop.crypto.bech32 import IDENTITY_PREFIX, encoded
from desktop.crypto.randomness import Random
from desktop.crypto.weak_keys import refuse_weak_age_recipient
from desktop.errors import BundleError


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLimits:
    """Of a file from outside. We write fewer stanzas, so that a stanza of age's own padding never reaches the limit."""

    header_bytes: int = 16 * 1024
    stanzas: int = 64
    recipients: int = 32


LIMITS: Final = HeaderLimits()


def new_identity(random: Random) -> tuple[str, str]:
    """Return a new secret (`AGE-SECRET-KEY-1...`) and its recipient (`age1...`)."""
    secret = encoded(IDENTITY_PREFIX, random(32))
    return secret, recipient_of(secret)


def recipient_of(identity: str) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def seal(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """Return the plaintext sealed so that each of the recipients can open it.

    Raises:
        WeakKey: a recipient that is no X25519 key, or one that anyone could open for.
        BundleError: `cannot_seal`: no recipient, or more than the limit.
    """
    if not 0 < len(recipients) <= LIMITS.recipients:
        raise BundleError("cannot_seal", recipients=len(recipients), most=LIMITS.recipients)
    for recipient in recipients:
        refuse_weak_age_recipient(recipient)
    keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    sealed: bytes = pyrage.encrypt(plaintext, keys)
    return sealed


def unseal(ciphertext: bytes, identity: str) -> bytes:
    """Return what was sealed for this identity.

    Raises:
        BundleError: `cannot_unseal`: not an age file, not for us, altered, cut off, or out of bounds.
    """
    _refuse_unwanted_header(ciphertext)
    key = pyrage.x25519.Identity.from_str(identity)
    try:
        plaintext: bytes = pyrage.decrypt(ciphertext, [key])
    except pyrage.DecryptError as error:
        raise BundleError("cannot_unseal") from error
    return plaintext


_FIRST_LINE: Final = b"age-encryption.org/v1"
_LAST_LINE: Final = b"--- "
_STANZA: Final = b"-> "
_PASSPHRASE: Final = b"scrypt"


def _refuse_unwanted_header(ciphertext: bytes) -> None:
    """Refuse what must not reach pyrage; its own parser judges the rest."""
    lines = ciphertext[: LIMITS.header_bytes].split(b"\n")
    last = next((number for number, line in enumerate(lines[:-1]) if line.startswith(_LAST_LINE)), None)
    if lines[0] != _FIRST_LINE or last is None:
        raise BundleError("cannot_unseal")
    stanzas = [line.split(b" ")[1] for line in lines[1:last] if line.startswith(_STANZA)]
    if len(stanzas) > LIMITS.stanzas or _PASSPHRASE in stanzas:
        raise BundleError("cannot_unseal")
