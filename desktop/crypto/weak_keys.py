"""Public keys that must never be trusted: those for which anyone can sign or read, and second spellings of a key.

- An Ed25519 key must be 32 bytes, the one spelling of a point on the curve, and not one of the eight points of small
  order: for those OpenSSL accepts signatures that nobody's secret made (64 of 64 tried, SECURITY.md 5.5).
- An age recipient must be X25519 in its one spelling and not of low order: the shared secret would be known to all,
  and pyrage ends the thread in a panic when asked to seal to one.
"""

from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.crypto.bech32 import RECIPIENT_PREFIX, NotBech32, decoded
from desktop.errors import WeakKey

KEY_LENGTH: Final = 32


@lru_cache(maxsize=4096)  # every signature asks this of one of the same few thousand stations
def refuse_weak_signing_key(raw: bytes) -> None:
    """Return if this is an Ed25519 key that only its owner can sign for.

    Raises:
        WeakKey: key_wrong_length, key_all_zero, key_not_canonical, key_not_on_curve, key_small_order.
    """
    if len(raw) != KEY_LENGTH:
        raise WeakKey("key_wrong_length", length=len(raw))
    if raw == bytes(KEY_LENGTH):
        raise WeakKey("key_all_zero")
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & _TOP_BIT - 1
    if y >= _PRIME:
        raise WeakKey("key_not_canonical")
    x = _x_of(y)
    if x is None:
        raise WeakKey("key_not_on_curve")
    if x == 0 and sign:  # RFC 8032 5.1.3 step 4: -0 is a second spelling
        raise WeakKey("key_not_canonical")
    if _has_small_order(x, y):
        raise WeakKey("key_small_order")


def refuse_weak_age_recipient(recipient: str) -> None:
    """Return if this is an X25519 recipient that only its owner can read for.

    Raises:
        WeakKey: recipient_unreadable, recipient_not_canonical, recipient_low_order.
    """
    try:
        raw = decoded(RECIPIENT_PREFIX, recipient)
    except NotBech32 as error:
        raise WeakKey("recipient_unreadable") from error
    if int.from_bytes(raw, "little") >= _PRIME:
        raise WeakKey("recipient_not_canonical")
    try:
        # Any secret is a multiple of the cofactor (RFC 7748 section 5): it takes a point of low order, and no other,
        # to zero, which OpenSSL refuses to return.
        X25519PrivateKey.from_private_bytes(bytes(range(KEY_LENGTH))).exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError as error:
        raise WeakKey("recipient_low_order") from error


_PRIME: Final = 2**255 - 19
_TOP_BIT: Final = 1 << 255
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT_OF_MINUS_ONE: Final = pow(2, (_PRIME - 1) // 4, _PRIME)


def _x_of(y: int) -> int | None:
    """Return one of the two x of a point, or None if the curve has no point at this height (RFC 8032 5.1.3)."""
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if (x * x - square) % _PRIME:
        x = x * _ROOT_OF_MINUS_ONE % _PRIME
    return x if (x * x - square) % _PRIME == 0 else None


def _has_small_order(x: int, y: int) -> bool:
    """Whether doubling the point three times ends at the neutral point (0, 1)."""
    for _ in range(3):
        product = _D * x * x * y * y % _PRIME
        x, y = (
            2 * x * y * pow(1 + product, -1, _PRIME) % _PRIME,
            (y * y + x * x) * pow(1 - product, -1, _PRIME) % _PRIME,
        )
    return (x, y) == (0, 1)
