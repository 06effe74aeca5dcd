"""Signatures agree with stock ssh-keygen both ways, and each has one spelling."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import ssh_signature
from desktop.errors import BundleError

needs_ssh_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="stock tool not installed")
BUNDLE = "sotram-bundle@v1"
MESSAGE = "SOTRAM-BUNDLE 1\nđã ký\n".encode()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ARMOR = ssh_signature.sign(MESSAGE, KEY, BUNDLE)


def key_file(folder: Path) -> Path:
    path = folder / "key"
    path.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    path.chmod(0o600)
    return path


def refusal(armor: bytes, *, message: bytes = MESSAGE, key: bytes = PUBLIC, namespace: str = BUNDLE) -> str | int:
    with pytest.raises(BundleError) as error:
        ssh_signature.verify(message, armor, key, namespace)
    assert error.value.code == "bad_signature"
    return error.value.context["reason"]


def rearmored(blob: bytes) -> bytes:
    return ssh_signature.armored(blob)


def stock_verdict(folder: Path, armor: bytes, namespaces: tuple[str, ...], namespace: str) -> int:
    (folder / "allowed").write_text(ssh_signature.allowed_signers_line("CAX-03325-7K2M", PUBLIC, namespaces) + "\n")
    (folder / "sig").write_bytes(armor)
    asked = ["-Y", "verify", "-f", "allowed", "-I", "CAX-03325-7K2M", "-n", namespace, "-s", "sig"]
    done = subprocess.run(["ssh-keygen", *asked], input=MESSAGE, cwd=folder, check=False, capture_output=True)
    return done.returncode


@needs_ssh_keygen
def test_stock_ssh_keygen_writes_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "message").write_bytes(MESSAGE)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key_file(tmp_path), "-n", BUNDLE, tmp_path / "message"],
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "message.sig").read_bytes() == ARMOR


@needs_ssh_keygen
def test_stock_ssh_keygen_accepts_ours_and_only_in_its_namespace(tmp_path: Path) -> None:
    assert stock_verdict(tmp_path, ARMOR, (BUNDLE, "sotram-card@v1"), BUNDLE) == 0
    assert stock_verdict(tmp_path, ARMOR, (BUNDLE, "sotram-card@v1"), "sotram-card@v1") != 0
    assert stock_verdict(tmp_path, ARMOR, ("sotram-card@v1",), BUNDLE) != 0


@needs_ssh_keygen
def test_stock_ssh_keygen_prints_the_same_public_key(tmp_path: Path) -> None:
    done = subprocess.run(["ssh-keygen", "-y", "-f", key_file(tmp_path)], check=True, capture_output=True, text=True)
    assert done.stdout.split()[:2] == ssh_signature.public_key_line(PUBLIC, "CAX-03325-7K2M").split()[:2]


@settings(deadline=None, max_examples=30)
@given(message=st.binary(max_size=300), seed=st.binary(min_size=32, max_size=32))
def test_what_a_key_signs_verifies_under_that_key_alone(message: bytes, seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    armor = ssh_signature.sign(message, key, BUNDLE)
    ssh_signature.verify(message, armor, key.public_key().public_bytes_raw(), BUNDLE)
    other = Ed25519PrivateKey.from_private_bytes(bytes([seed[0] ^ 1]) + seed[1:]).public_key().public_bytes_raw()
    assert refusal(armor, message=message, key=other) == "key"
    assert refusal(armor, message=message + b".", key=key.public_key().public_bytes_raw()) == "signature"


def test_every_flipped_bit_of_an_armor_is_refused() -> None:
    for position in range(len(ARMOR)):
        for bit in range(8):
            altered = bytearray(ARMOR)
            altered[position] ^= 1 << bit
            refusal(bytes(altered))


def test_every_cut_and_every_inserted_byte_is_refused() -> None:
    for position in range(len(ARMOR)):
        refusal(ARMOR[:position])
        for inserted in (b"\n", b" ", b"\r", b"\x0b", b"A", b"="):
            refusal(ARMOR[:position] + inserted + ARMOR[position:])


@pytest.mark.parametrize(
    ("spelling", "reason"),
    [
        (ARMOR.replace(b"\n", b"\r\n"), "armor"),
        (ARMOR.replace(b"\n", b"\x0b"), "armor"),
        (ARMOR + ARMOR, "armor"),
        (b"\n" + ARMOR, "armor"),
        (ARMOR + b"\n", "armor"),
        (ARMOR[:-1], "armor"),
        (ARMOR.replace(b"\n", b"", 2).replace(b"-----U", b"-----\nU"), "canonical"),
        (b"", "armor"),
        (ARMOR + b"\n" * 5_000_000, "size"),
        (b"-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----\n", "version"),
    ],
)
def test_another_spelling_of_a_good_signature_is_refused(spelling: bytes, reason: str) -> None:
    assert refusal(spelling) == reason


def test_a_good_signature_with_bytes_after_it_inside_the_armor_is_refused() -> None:
    signature = ssh_signature.compact(MESSAGE, KEY, BUNDLE)
    blob = ssh_signature.signature_blob(PUBLIC, BUNDLE, signature)
    assert refusal(rearmored(blob + b"\x00")) == "canonical"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"SSHSIG\x00\x00\x00\x01", b"SSHSIG\x00\x00\x00\x02", "version"),
        (b"\x00\x00\x00\x06sha512", b"\x00\x00\x00\x06sha256", "hash"),
        (b"@v1\x00\x00\x00\x00", b"@v1\x00\x00\x00\x01x", "reserved"),
        (b"\x00\x00\x00\x10sotram-bundle@v1", b"\x00\x00\x00\x10sotram-bundle@v2", "namespace"),
        (b"\x00\x00\x00\x53\x00\x00\x00\x0bssh-ed25519", b"\x00\x00\x00\x53\x00\x00\x00\x0bssh-ed25510", "algorithm"),
        (b"\x00\x00\x00\x53\x00\x00\x00\x0bssh-ed25519", b"\x00\x00\x00\x00", "algorithm"),
        (b"\x00\x00\x00\x33", b"\xff\xff\xff\xff", "armor"),
    ],
)
def test_another_format_is_refused_by_its_name(old: bytes, new: bytes, reason: str) -> None:
    blob = base64.b64decode(b"".join(ARMOR.split(b"\n")[1:-2]))
    assert blob.count(old) == 1
    assert refusal(rearmored(blob.replace(old, new))) == reason


@needs_ssh_keygen
@pytest.mark.parametrize("options", [("-t", "rsa"), ("-t", "ecdsa")])
def test_a_stock_signature_of_another_algorithm_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "message").write_bytes(MESSAGE)
    subprocess.run(["ssh-keygen", "-q", *options, "-N", "", "-f", tmp_path / "other"], check=True)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", tmp_path / "other", "-n", BUNDLE, tmp_path / "message"],
        check=True,
        capture_output=True,
    )
    assert refusal((tmp_path / "message.sig").read_bytes()) == "key"


@needs_ssh_keygen
def test_a_stock_signature_over_sha256_is_refused(tmp_path: Path) -> None:
    (tmp_path / "message").write_bytes(MESSAGE)
    options = ["-O", "hashalg=sha256", "-n", BUNDLE]
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", *options, "-f", key_file(tmp_path), tmp_path / "message"],
        check=True,
        capture_output=True,
    )
    assert refusal((tmp_path / "message.sig").read_bytes()) == "hash"


def test_a_signature_that_nobody_made_is_refused_under_a_key_of_small_order() -> None:
    neutral = (1).to_bytes(32, "little")
    base_point = bytes.fromhex("58" + "66" * 31)
    forged = base_point + (1).to_bytes(32, "little")  # [1]B = B + [h]0, whatever the message
    Ed25519PublicKey.from_public_bytes(neutral).verify(forged, MESSAGE)  # the library accepts it
    armor = ssh_signature.armored(ssh_signature.signature_blob(neutral, BUNDLE, forged))
    assert refusal(armor, key=neutral) == "weak_key"


def test_a_compact_signature_rebuilds_the_armor() -> None:
    signature = ssh_signature.compact(MESSAGE, KEY, BUNDLE)
    assert len(signature) == ssh_signature.SIGNATURE_LENGTH
    assert ssh_signature.armored(ssh_signature.signature_blob(PUBLIC, BUNDLE, signature)) == ARMOR


@pytest.mark.parametrize("station", ["*", "a b", "!x", "a,b", ""])
def test_a_principal_that_ssh_would_read_as_a_pattern_is_refused(station: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        ssh_signature.allowed_signers_line(station, PUBLIC, [BUNDLE])
