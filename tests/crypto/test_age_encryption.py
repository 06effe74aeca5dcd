"""What we seal stock age opens, and the other way; nothing hostile reaches further than one error."""

import base64
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import age_encryption, bech32
from desktop.errors import BundleError, WeakKey

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="stock tool not installed")
SECRET, RECIPIENT = age_encryption.new_identity(random.Random(1).randbytes)
OTHER_SECRET, OTHER_RECIPIENT = age_encryption.new_identity(random.Random(2).randbytes)
PLAINTEXT = "Nguyễn Thị Hồng".encode() * 20
SEALED = age_encryption.seal(PLAINTEXT, [RECIPIENT, OTHER_RECIPIENT])


def refusal(ciphertext: bytes, identity: str = SECRET) -> str:
    with pytest.raises(BundleError) as error:
        age_encryption.unseal(ciphertext, identity)
    return error.value.code


@settings(deadline=None, max_examples=20)
@given(plaintext=st.binary(max_size=70_000))
def test_each_recipient_opens_what_was_sealed_for_it(plaintext: bytes) -> None:
    sealed = age_encryption.seal(plaintext, [RECIPIENT, OTHER_RECIPIENT])
    assert age_encryption.unseal(sealed, SECRET) == plaintext
    assert age_encryption.unseal(sealed, OTHER_SECRET) == plaintext


def test_nobody_else_opens_it() -> None:
    stranger, _ = age_encryption.new_identity(random.Random(3).randbytes)
    assert refusal(SEALED, stranger) == "cannot_unseal"


@needs_age
def test_stock_age_opens_ours(tmp_path: Path) -> None:
    (tmp_path / "identity").write_text(SECRET + "\n")
    done = subprocess.run(["age", "-d", "-i", "identity"], input=SEALED, cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout == PLAINTEXT


@needs_age
def test_we_open_what_stock_age_sealed() -> None:
    done = subprocess.run(
        ["age", "-r", OTHER_RECIPIENT, "-r", RECIPIENT], input=PLAINTEXT, check=True, capture_output=True
    )
    assert age_encryption.unseal(done.stdout, SECRET) == PLAINTEXT


@needs_age
def test_stock_age_keygen_finds_the_same_recipient(tmp_path: Path) -> None:
    (tmp_path / "identity").write_text(SECRET + "\n")
    done = subprocess.run(["age-keygen", "-y", tmp_path / "identity"], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == RECIPIENT


@needs_age
def test_we_take_an_identity_that_stock_age_keygen_made() -> None:
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout
    comment, secret = made.splitlines()[1:3]
    recipient = age_encryption.recipient_of(secret)
    assert comment.endswith(recipient)
    assert age_encryption.unseal(age_encryption.seal(PLAINTEXT, [recipient]), secret) == PLAINTEXT


def test_every_flipped_byte_and_every_cut_is_refused() -> None:
    sealed = age_encryption.seal(b"short", [RECIPIENT])
    for position in range(len(sealed)):
        assert refusal(sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]) == "cannot_unseal"
        assert refusal(sealed[:position]) == "cannot_unseal"
    assert refusal(sealed + b"\x00") == "cannot_unseal"


def test_a_passphrase_file_is_refused_before_its_cost_is_paid() -> None:
    salt = base64.b64encode(bytes(16)).rstrip(b"=")
    stanza = b"-> scrypt " + salt + b" 23\n" + b"A" * 43 + b"\n"
    for header in (stanza, SEALED[22 : SEALED.index(b"---")] + stanza):  # alone, and hidden behind others
        with pytest.raises(BundleError):
            age_encryption._refuse_unwanted_header(b"age-encryption.org/v1\n" + header + b"--- " + b"A" * 43 + b"\n")
    age_encryption._refuse_unwanted_header(SEALED)


@settings(deadline=None, max_examples=200)
@given(junk=st.binary(max_size=200), at=st.integers(min_value=0, max_value=600))
def test_junk_anywhere_ends_in_the_one_error(junk: bytes, at: int) -> None:
    altered = SEALED[:at] + junk + SEALED[at + len(junk) :]
    if altered != SEALED:
        assert refusal(altered) == "cannot_unseal"
    assert refusal(junk) == "cannot_unseal"


def test_a_header_without_end_or_with_too_many_stanzas_is_refused() -> None:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    assert refusal(b"age-encryption.org/v1\n" + stanza * 100_000) == "cannot_unseal"
    for count in (age_encryption.LIMITS.stanzas + 1, 10_000):
        with pytest.raises(BundleError):
            age_encryption._refuse_unwanted_header(
                b"age-encryption.org/v1\n" + stanza * count + b"--- " + b"A" * 43 + b"\n"
            )


def test_the_most_recipients_we_write_are_read() -> None:
    recipients = [
        age_encryption.new_identity(random.Random(n).randbytes)[1] for n in range(age_encryption.LIMITS.recipients - 1)
    ]
    assert age_encryption.unseal(age_encryption.seal(PLAINTEXT, [*recipients, RECIPIENT]), SECRET) == PLAINTEXT


@pytest.mark.parametrize("count", [0, age_encryption.LIMITS.recipients + 1])
def test_sealing_for_nobody_or_for_too_many_is_refused(count: int) -> None:
    with pytest.raises(BundleError) as error:
        age_encryption.seal(PLAINTEXT, [RECIPIENT] * count)
    assert error.value.code == "cannot_seal"


def test_sealing_to_a_recipient_that_anyone_can_read_for_is_refused() -> None:
    with pytest.raises(WeakKey) as error:
        age_encryption.seal(PLAINTEXT, [RECIPIENT, bech32.encoded("age", bytes(32))])
    assert error.value.code == "recipient_low_order"
