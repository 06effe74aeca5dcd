"""A card is one text, signed with its own key; one altered character and it is no card."""

import base64
import dataclasses
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto import bech32, ssh_signature
from desktop.crypto.keyring import StationKeys
from desktop.crypto.station_card import (
    NAMESPACE,
    StationCard,
    armored_signature,
    card_text,
    parse_card,
    signed_part,
)
from desktop.errors import CardError

KEYS = StationKeys.new(random.Random(1).randbytes)
OTHER_KEYS = StationKeys.new(random.Random(2).randbytes)
CARD = StationCard(
    station="CAX-03325-7K2M",
    kind="commune",
    province="11",
    commune="03325",
    name="Công an xã Mường Nhé",
    signing_key=KEYS.public_key,
    recipient=KEYS.recipient,
    epoch="0123456789abcdef",
    created="2026-11-21T08:30+07:00",
)
TEXT = card_text(CARD, KEYS.signing)


def refusal(text: str) -> str:
    with pytest.raises(CardError) as error:
        parse_card(text)
    return error.value.code


def resigned(text: str) -> str:
    """Return the text with a good signature over whatever stands up to END."""
    body = text[: text.index("END\n") + 4]
    signature = ssh_signature.compact(body.encode(), KEYS.signing, NAMESPACE)
    return f"{body}signature {base64.b64encode(signature).decode()}\n"


def test_a_card_comes_back_as_it_was_made() -> None:
    assert parse_card(TEXT) == CARD


def test_a_province_office_has_no_commune() -> None:
    card = dataclasses.replace(CARD, station="CAT-11-4M8C", kind="province", commune=None, created="2026-11-21")
    assert "\ncommune -\n" in card_text(card, KEYS.signing)
    assert parse_card(card_text(card, KEYS.signing)) == card


def test_every_altered_byte_is_refused() -> None:
    raw = TEXT.encode()
    for position in range(len(raw)):
        for bit in range(8):
            altered = bytearray(raw)
            altered[position] ^= 1 << bit
            assert refusal(altered.decode(errors="surrogateescape")).startswith("card_")


def test_every_cut_and_every_inserted_character_is_refused() -> None:
    for position in range(len(TEXT)):
        assert refusal(TEXT[:position]).startswith("card_")
        for inserted in "\n\r a\u0301\u200b\x00":
            assert refusal(TEXT[:position] + inserted + TEXT[position:]).startswith("card_")
    assert refusal(TEXT + "\n") == "card_unreadable"
    assert refusal(TEXT + TEXT) == "card_unreadable"


def test_line_ends_of_windows_and_lines_in_another_order_are_refused() -> None:
    assert refusal(TEXT.replace("\n", "\r\n")) == "card_unreadable"
    lines = TEXT.split("\n")
    lines[1], lines[2] = lines[2], lines[1]
    assert refusal(resigned("\n".join(lines))) == "card_unreadable"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CAX-03325-7K2M", "CAX-03325-7k2m"),
        ("CAX-03325-7K2M", "*"),
        ("kind commune", "kind hub"),
        ("province 11", "province 1"),
        ("province 11", "province 1\u0661"),
        ("commune 03325", "commune 3325"),
        ("Mường", "Mu\u031bo\u031b\u0300ng"),
        ("xã Mường", "xã\u202eMường"),
        ("xã Mường", "xã\u00a0Mường"),
        ("xã Mường", "xã  Mường"),
        ("Công an xã Mường Nhé", ""),
        ("Công an xã Mường Nhé", "x" * 121),
        ("Công an xã Mường Nhé", "ế" * 67),
        ("0123456789abcdef", "0123456789ABCDEF"),
        ("2026-11-21T08:30+07:00", "2026-02-30T08:30+07:00"),
        ("2026-11-21T08:30+07:00", "hôm qua"),
        ("signing-key ", "signing-key  "),
    ],
)
def test_a_field_that_no_card_may_say_is_refused_though_well_signed(old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert refusal(resigned(TEXT.replace(old, new))) == "card_unreadable"


@pytest.mark.parametrize(
    "change",
    [
        {"station": "x"},
        {"province": ""},
        {"commune": "123456"},
        {"name": "a\nsigning-key x"},
        {"name": " a"},
        {"name": "\ud800"},
        {"epoch": "1"},
        {"created": ""},
    ],
)
def test_a_card_that_nobody_could_read_is_not_made(change: dict[str, Any]) -> None:
    with pytest.raises(CardError) as error:
        card_text(dataclasses.replace(CARD, **change), KEYS.signing)
    assert error.value.code == "card_field_wrong"
    assert error.value.context == {"field": next(iter(change))}


def test_a_newer_card_says_so() -> None:
    assert refusal(resigned(TEXT.replace("SOTRAM-CARD 1", "SOTRAM-CARD 2"))) == "card_newer"
    assert refusal(TEXT.replace("SOTRAM-CARD 1", "SOTRAM-CARD 0")) == "card_unreadable"


def test_a_card_over_its_size_is_refused() -> None:
    assert refusal("ế" * 2049) == "card_unreadable"
    assert refusal(TEXT + "x" * 10_000_000) == "card_unreadable"


def test_a_card_signed_by_another_key_is_refused() -> None:
    stolen = TEXT.replace(base64.b64encode(KEYS.public_key).decode(), base64.b64encode(OTHER_KEYS.public_key).decode())
    assert refusal(stolen) == "card_signature_wrong"
    assert refusal(resigned(stolen)) == "card_signature_wrong"


def test_a_signature_of_a_bundle_is_no_signature_of_a_card() -> None:
    body = TEXT[: TEXT.index("END\n") + 4]
    signature = ssh_signature.compact(body.encode(), KEYS.signing, "sotram-bundle@v1")
    assert refusal(f"{body}signature {base64.b64encode(signature).decode()}\n") == "card_signature_wrong"


def test_a_weak_key_is_refused_though_its_forged_signature_would_hold() -> None:
    neutral = base64.b64encode((1).to_bytes(32, "little")).decode()
    forged = base64.b64encode(bytes.fromhex("58" + "66" * 31) + (1).to_bytes(32, "little")).decode()
    body = TEXT[: TEXT.index("END\n") + 4].replace(base64.b64encode(KEYS.public_key).decode(), neutral)
    assert refusal(f"{body}signature {forged}\n") == "card_key_weak"


def test_a_recipient_that_anyone_can_read_for_is_refused() -> None:
    low_order = bech32.encoded("age", bytes(32))
    assert refusal(resigned(TEXT.replace(KEYS.recipient, low_order))) == "card_key_weak"
    assert refusal(resigned(TEXT.replace(KEYS.recipient, "age1" + "q" * 58))) == "card_key_weak"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=100), st.integers(min_value=0, max_value=len(TEXT)))
def test_any_text_is_a_card_or_a_card_error(text: str, at: int) -> None:
    refusal(text)
    altered = TEXT[:at] + text + TEXT[at:]
    assert altered == TEXT or refusal(altered).startswith("card_")


def test_the_longest_card_stays_below_600_bytes_and_fits_a_code_of_moderate_size() -> None:
    longest = dataclasses.replace(
        CARD,
        station="ABCDEFGH-12345678-12345678-12345678",
        name="Đ" * 100,
        created="2026-11-21T08:30:00+07:00",
    )
    text = card_text(longest, KEYS.signing)
    assert parse_card(text) == longest
    assert len(text.encode()) < 600
    assert int(segno.make_qr(text.encode(), error="m", boost_error=False).version) <= 19
    assert len(TEXT.encode()) < 400


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="stock tool not installed")
def test_stock_ssh_keygen_verifies_a_card(tmp_path: Path) -> None:
    allowed = ssh_signature.allowed_signers_line(CARD.station, CARD.signing_key, [NAMESPACE])
    (tmp_path / "allowed").write_text(allowed + "\n")
    (tmp_path / "card.sig").write_bytes(armored_signature(TEXT))
    asked = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", CARD.station, "-n", NAMESPACE, "-s", "card.sig"]
    body = signed_part(TEXT)
    assert TEXT.encode().startswith(body)
    assert subprocess.run(asked, input=body, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    assert subprocess.run(asked, input=body + b"\n", cwd=tmp_path, check=False, capture_output=True).returncode != 0
