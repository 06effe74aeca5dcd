"""Detached Ed25519 signatures in OpenSSH's format (PROTOCOL.sshsig), so that anyone can verify with stock `ssh-keygen`.

- Written as ssh-keygen writes them: version 1, SHA-512 of the message, armor of 70 columns.
- Read strictly: only `ssh-ed25519` and `sha512`, nothing reserved, the namespace asked for, the key asked for.
- One signature, one spelling: what we read must be, byte for byte, what we would have written. A file name may then
  stand for its bytes, and CRLF, a vertical tab, a second signature or trailing bytes are refused.
- A key for which anyone can sign is refused even if somebody trusted it (OpenSSL itself accepts such signatures).
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.crypto.weak_keys import refuse_weak_signing_key
from desktop.errors import BundleError, WeakKey

LARGEST_ARMOR: Final = 4 * 1024
SIGNATURE_LENGTH: Final = 64


def sign(message: bytes, key: Ed25519PrivateKey, namespace: str) -> bytes:
    """Return the armored signature, as `ssh-keygen -Y sign -n namespace` writes it."""
    return armored(signature_blob(key.public_key().public_bytes_raw(), namespace, compact(message, key, namespace)))


def verify(message: bytes, armor: bytes, public_key: bytes, namespace: str) -> None:
    """Return if `armor` is this key's signature of the message in this namespace.

    Raises:
        BundleError: `bad_signature`; its `reason` is size, armor, version, key, namespace, reserved, hash, algorithm,
            canonical, weak_key or signature.
    """
    verify_compact(message, _signature_in(armor, public_key, namespace), public_key, namespace)


def compact(message: bytes, key: Ed25519PrivateKey, namespace: str) -> bytes:
    """Return the 64 bytes of the signature alone; key and namespace rebuild the armor around them."""
    return key.sign(_signed_bytes(message, namespace))


def verify_compact(message: bytes, signature: bytes, public_key: bytes, namespace: str) -> None:
    """Raises BundleError `bad_signature`, as `verify`."""
    try:
        refuse_weak_signing_key(public_key)
    except WeakKey as error:
        raise BundleError("bad_signature", reason="weak_key") from error
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _signed_bytes(message, namespace))
    except InvalidSignature as error:
        raise BundleError("bad_signature", reason="signature") from error


def signature_blob(public_key: bytes, namespace: str, signature: bytes) -> bytes:
    """Return the binary form of a signature: everything inside the armor."""
    return (
        b"SSHSIG" + _VERSION + b"".join(map(_string, [*_fields(public_key, namespace), _key_or_signature(signature)]))
    )


def armored(blob: bytes) -> bytes:
    text = base64.b64encode(blob)
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return b"\n".join([_BEGIN, *lines, _END, b""])


def public_key_line(raw: bytes, comment: str) -> str:
    """Return the key as a `.pub` file has it, without a line feed."""
    return f"ssh-ed25519 {base64.b64encode(_key_or_signature(raw)).decode()} {_one_line(comment)}"


def allowed_signers_line(station: str, raw: bytes, namespaces: Sequence[str]) -> str:
    """Return the line of ssh-keygen's ALLOWED SIGNERS file that lets a station sign in these namespaces only."""
    if not _PLAIN.fullmatch(station) or not all(map(_PLAIN.fullmatch, namespaces)):
        message = "a principal or namespace would be read as a pattern"
        raise ValueError(message)
    return f'{station} namespaces="{",".join(namespaces)}" {public_key_line(raw, station)}'


_VERSION: Final = (1).to_bytes(4, "big")
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----"
_END: Final = b"-----END SSH SIGNATURE-----"
_PLAIN: Final = re.compile(r"[A-Za-z0-9@._-]+")
_FIELD_NAMES: Final = ("key", "namespace", "reserved", "hash")


def _signed_bytes(message: bytes, namespace: str) -> bytes:
    return b"SSHSIG" + b"".join(map(_string, [namespace.encode(), b"", b"sha512", hashlib.sha512(message).digest()]))


def _fields(public_key: bytes, namespace: str) -> tuple[bytes, bytes, bytes, bytes]:
    return (_key_or_signature(public_key), namespace.encode(), b"", b"sha512")


def _signature_in(armor: bytes, public_key: bytes, namespace: str) -> bytes:
    """Return the 64 bytes inside an armor after naming whatever else is not as it must be."""
    rest = _blob_in(armor)
    if not rest.startswith(b"SSHSIG" + _VERSION):
        raise BundleError("bad_signature", reason="version")
    rest = rest[10:]
    for name, wanted in zip(_FIELD_NAMES, _fields(public_key, namespace), strict=True):
        found, rest = _take_string(rest)
        if found != wanted:
            raise BundleError("bad_signature", reason=name)
    whole, _ = _take_string(rest)
    signature = whole[-SIGNATURE_LENGTH:]
    if whole != _key_or_signature(signature) or len(signature) != SIGNATURE_LENGTH:
        raise BundleError("bad_signature", reason="algorithm")
    if armored(signature_blob(public_key, namespace, signature)) != armor:
        raise BundleError("bad_signature", reason="canonical")
    return signature


def _blob_in(armor: bytes) -> bytes:
    if len(armor) > LARGEST_ARMOR:
        raise BundleError("bad_signature", reason="size")
    lines = armor.split(b"\n")
    if len(lines) < 4 or lines[0] != _BEGIN or lines[-2:] != [_END, b""]:
        raise BundleError("bad_signature", reason="armor")
    try:
        return base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except ValueError as error:  # binascii.Error is one
        raise BundleError("bad_signature", reason="armor") from error


def _take_string(rest: bytes) -> tuple[bytes, bytes]:
    """Return the first length-prefixed string and what follows it (RFC 4251 section 5)."""
    end = 4 + int.from_bytes(rest[:4], "big")
    if len(rest) < 4 or end > len(rest):
        raise BundleError("bad_signature", reason="armor")
    return rest[4:end], rest[end:]


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _key_or_signature(raw: bytes) -> bytes:
    return _string(b"ssh-ed25519") + _string(raw)


def _one_line(comment: str) -> str:
    if not comment.isprintable():
        message = "a comment is one printable line"
        raise ValueError(message)
    return comment
