"""The keys under the master key: the database's, and the station's own two private keys.

- Every key has one use and a label of its own (HKDF-SHA256); none is ever used for two things.
- The station signs with Ed25519 and reads what is sealed for it with an age identity (X25519).
- Private bytes are in no `repr`, no log and no error.
"""

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.crypto.age_encryption import new_identity, recipient_of
from desktop.crypto.bech32 import IDENTITY_PREFIX, decoded, encoded
from desktop.crypto.randomness import Random
from desktop.errors import RegistryError

KEY_LENGTH: Final = 32


def database_key(master_key: bytes) -> bytes:
    """Return SQLCipher's raw key."""
    return _subkey(master_key, b"sotram-database-key@v1")


def keyring_wrap_key(master_key: bytes) -> bytes:
    """Return the key that `StationKeys.wrapped` takes."""
    return _subkey(master_key, b"sotram-keyring-wrap-key@v1")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StationKeys:
    """A station's private keys, and their public halves for its card."""

    signing: Ed25519PrivateKey = field(repr=False)
    identity: str = field(repr=False)

    @classmethod
    def new(cls, random: Random) -> "StationKeys":
        identity, _ = new_identity(random)
        return cls(signing=Ed25519PrivateKey.from_private_bytes(random(KEY_LENGTH)), identity=identity)

    @classmethod
    def from_wrapped(cls, wrapped: bytes, wrap_key: bytes, station: str) -> "StationKeys":
        """Return what `wrapped` wrote.

        Raises:
            RegistryError: `station_keys_damaged`: altered, of another station, or under another master key.
        """
        nonce, ciphertext = wrapped[1:_NONCE_END], wrapped[_NONCE_END:]
        if wrapped[:1] != _VERSION or len(wrapped) != _NONCE_END + 2 * KEY_LENGTH + 16:
            raise RegistryError("station_keys_damaged", station=station)
        try:
            secret = ChaCha20Poly1305(wrap_key).decrypt(nonce, ciphertext, _bound_bytes(station))
        except InvalidTag as error:
            raise RegistryError("station_keys_damaged", station=station) from error
        return cls(
            signing=Ed25519PrivateKey.from_private_bytes(secret[:KEY_LENGTH]),
            identity=encoded(IDENTITY_PREFIX, secret[KEY_LENGTH:]),
        )

    def wrapped(self, wrap_key: bytes, station: str, *, random: Random = secrets.token_bytes) -> bytes:
        """Return both private keys sealed under the master key's wrap key, bound to the station."""
        nonce = random(_NONCE_END - 1)
        secret = self.signing.private_bytes_raw() + decoded(IDENTITY_PREFIX, self.identity)
        return _VERSION + nonce + ChaCha20Poly1305(wrap_key).encrypt(nonce, secret, _bound_bytes(station))

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that others verify our signatures with."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def recipient(self) -> str:
        """The age recipient that others seal to."""
        return recipient_of(self.identity)


_VERSION: Final = b"\x01"
_NONCE_END: Final = 1 + 12


def _subkey(master_key: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=label).derive(master_key)


def _bound_bytes(station: str) -> bytes:
    return b"sotram-station-keys@v1\n" + station.encode()
