"""Keys under the master key: one use each, nothing private shown, nothing opened elsewhere."""

import random

import pytest

from desktop.crypto import age_encryption, keyring, ssh_signature
from desktop.crypto.keyring import StationKeys
from desktop.errors import RegistryError

MASTER_KEY = bytes(range(32))
WRAP_KEY = keyring.keyring_wrap_key(MASTER_KEY)
STATION = "CAX-03325-7K2M"
KEYS = StationKeys.new(random.Random(1).randbytes)
WRAPPED = KEYS.wrapped(WRAP_KEY, STATION, random=random.Random(2).randbytes)


def refusal(wrapped: bytes, wrap_key: bytes = WRAP_KEY, station: str = STATION) -> str:
    with pytest.raises(RegistryError) as error:
        StationKeys.from_wrapped(wrapped, wrap_key, station)
    return error.value.code


def test_the_keys_of_a_registry_never_change() -> None:
    assert keyring.database_key(MASTER_KEY).hex() == "592c31426b63e1c21ebfce6b7918a1fd6396b545032fb3de87862b0a22e93fce"
    assert (
        keyring.keyring_wrap_key(MASTER_KEY).hex() == "07c51737371c8a4937e2a6f8e7fde60153c74e7da113f0ea0c6b6daeb61ff5c1"
    )


def test_wrapped_keys_of_the_first_version_open() -> None:
    first = bytes.fromhex(
        "0173a9bef499bbf4dc7bd2a4f2f6b7e3de0bb6f31563b25f99ae2d67b521e6946da0a667251bc084bbe81aa93d81cbe9"
        "64ce29517cf2ee8d58f6eb0d2539de63d4b4623df6f92b0097e90eb402091833430ece8223b15c3d8bc3c9f391"
    )
    opened = StationKeys.from_wrapped(first, WRAP_KEY, STATION)
    assert (opened.public_key, opened.identity) == (KEYS.public_key, KEYS.identity)


def test_unwrapped_keys_sign_and_unseal_as_before() -> None:
    opened = StationKeys.from_wrapped(WRAPPED, WRAP_KEY, STATION)
    armor = ssh_signature.sign(b"x", opened.signing, "sotram-bundle@v1")
    ssh_signature.verify(b"x", armor, KEYS.public_key, "sotram-bundle@v1")
    assert age_encryption.unseal(age_encryption.seal(b"x", [KEYS.recipient]), opened.identity) == b"x"


def test_every_altered_byte_and_every_cut_is_refused() -> None:
    for position in range(len(WRAPPED)):
        altered = WRAPPED[:position] + bytes([WRAPPED[position] ^ 1]) + WRAPPED[position + 1 :]
        assert refusal(altered) == "station_keys_damaged"
        assert refusal(WRAPPED[:position]) == "station_keys_damaged"
    assert refusal(WRAPPED + b"\x00") == "station_keys_damaged"


def test_another_station_or_master_key_does_not_open_them() -> None:
    assert refusal(WRAPPED, station="CAX-03325-7K2N") == "station_keys_damaged"
    assert refusal(WRAPPED, keyring.keyring_wrap_key(bytes(32))) == "station_keys_damaged"
    assert refusal(WRAPPED, keyring.database_key(MASTER_KEY)) == "station_keys_damaged"


def test_nothing_private_is_shown() -> None:
    shown = repr(KEYS) + str(KEYS) + WRAPPED.hex()
    assert KEYS.identity not in shown
    assert KEYS.signing.private_bytes_raw().hex() not in shown
    assert repr(KEYS.signing.private_bytes_raw()) not in shown


def test_two_stations_have_different_keys() -> None:
    other = StationKeys.new(random.Random(2).randbytes)
    assert other.public_key != KEYS.public_key
    assert other.recipient != KEYS.recipient
