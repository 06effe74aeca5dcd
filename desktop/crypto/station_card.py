"""The card by which a station is made known: who it is and its two public keys, signed with its own key.

- It proves only that whoever made it holds the signing key. That the key is this station's is proven by people, who
  meet, or read each other the fingerprint (desktop/crypto/fingerprint.py).
- A text of fixed lines, at most 600 bytes, so that it fits a QR code and can be read by anyone.
- One card, one spelling: a text that we would not have written so ourselves is refused.
- The signature covers every byte up to and including the END line, in the namespace of cards; `armored_signature` gives
  it back in the form that `ssh-keygen -Y verify` takes.
"""

import base64
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.crypto import ssh_signature
from desktop.crypto.weak_keys import refuse_weak_age_recipient, refuse_weak_signing_key
from desktop.domain.log.operation import EPOCH, STATION_ID
from desktop.errors import BundleError, CardError, WeakKey

NAMESPACE: Final = "sotram-card@v1"
LARGEST_CARD: Final = 2 * 1024
LONGEST_NAME: Final = 120
LARGEST_NAME_BYTES: Final = 200  # the rest of a card is never more than 400

StationKind = Literal["commune", "border", "province"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationCard:
    """What a card says. `created` is an ISO date or date and time; `epoch` the station's epoch when it was made."""

    station: str
    kind: StationKind
    province: str
    commune: str | None
    name: str
    signing_key: bytes
    recipient: str
    epoch: str
    created: str


def card_text(card: StationCard, key: Ed25519PrivateKey) -> str:
    """Return the card, signed.

    Raises:
        CardError: `card_field_wrong`, with the field; card_key_weak.
    """
    if field := _wrong_field(card):
        raise CardError("card_field_wrong", field=field)
    _refuse_weak_keys(card)
    if key.public_key().public_bytes_raw() != card.signing_key:
        message = "a card is signed with its own key"
        raise ValueError(message)
    body = _body(card)
    return _with_signature(body, ssh_signature.compact(body.encode(), key, NAMESPACE))


def parse_card(text: str) -> StationCard:
    """Return the card in a text, its signature verified.

    Raises:
        CardError: card_unreadable, card_newer, card_key_weak, card_signature_wrong.
    """
    card, signature = _parse(text)
    if field := _wrong_field(card):
        raise CardError("card_unreadable", field=field)
    _refuse_weak_keys(card)
    try:
        ssh_signature.verify_compact(_body(card).encode(), signature, card.signing_key, NAMESPACE)
    except BundleError as error:
        raise CardError("card_signature_wrong") from error
    return card


def signed_part(text: str) -> bytes:
    """Return the bytes that the signature covers, for a tool that is not ours."""
    return _body(parse_card(text)).encode()


def armored_signature(text: str) -> bytes:
    """Return the card's signature as `ssh-keygen -Y verify` takes it. Raises CardError, as `parse_card`."""
    card, signature = _parse(text)
    return ssh_signature.armored(ssh_signature.signature_blob(card.signing_key, NAMESPACE, signature))


_FIRST_LINE: Final = "SOTRAM-CARD 1"
_NEWER: Final = re.compile(r"SOTRAM-CARD [1-9][0-9]{0,3}")
_KEYS: Final = ("station", "kind", "province", "commune", "name", "signing-key", "recipient", "epoch", "created")
_KINDS: Final[tuple[StationKind, ...]] = ("commune", "border", "province")
_NO_COMMUNE: Final = "-"
_PROVINCE: Final = re.compile(r"[0-9]{2}")
_COMMUNE: Final = re.compile(r"[0-9]{5}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2}))?")


def _body(card: StationCard) -> str:
    values = (
        card.station,
        card.kind,
        card.province,
        card.commune or _NO_COMMUNE,
        card.name,
        base64.b64encode(card.signing_key).decode(),
        card.recipient,
        card.epoch,
        card.created,
    )
    lines = [f"{key} {value}" for key, value in zip(_KEYS, values, strict=True)]
    return "\n".join([_FIRST_LINE, *lines, "END", ""])


def _with_signature(body: str, signature: bytes) -> str:
    return f"{body}signature {base64.b64encode(signature).decode()}\n"


def _parse(text: str) -> tuple[StationCard, bytes]:
    """Return what the text says, nothing of it believed yet; only its spelling is."""
    if len(text) > LARGEST_CARD or len(text.encode(errors="replace")) > LARGEST_CARD:
        raise CardError("card_unreadable")
    lines = text.split("\n")
    if lines[0] != _FIRST_LINE and _NEWER.fullmatch(lines[0]):
        raise CardError("card_newer")
    if len(lines) != len(_KEYS) + 4:
        raise CardError("card_unreadable")
    values = {key: line.removeprefix(key + " ") for key, line in zip(_KEYS, lines[1:], strict=False)}
    kind = next((kind for kind in _KINDS if kind == values["kind"]), None)
    if kind is None:
        raise CardError("card_unreadable")
    card = StationCard(
        station=values["station"],
        kind=kind,
        province=values["province"],
        commune=None if values["commune"] == _NO_COMMUNE else values["commune"],
        name=values["name"],
        signing_key=_bytes_of(values["signing-key"]),
        recipient=values["recipient"],
        epoch=values["epoch"],
        created=values["created"],
    )
    signature = _bytes_of(lines[-2].removeprefix("signature "))
    if _with_signature(_body(card), signature) != text:
        raise CardError("card_unreadable")
    return card, signature


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # binascii.Error is one; so is a character outside ASCII
        raise CardError("card_unreadable") from error


def _wrong_field(card: StationCard) -> str | None:
    """Return the first field that says what no card may say."""
    facts = {
        "station": STATION_ID.fullmatch(card.station),
        "kind": card.kind in _KINDS,
        "province": _PROVINCE.fullmatch(card.province),
        "commune": card.commune is None or _COMMUNE.fullmatch(card.commune),
        "name": _is_name(card.name),
        "epoch": EPOCH.fullmatch(card.epoch),
        "created": _is_time(card.created),
    }
    return next((field for field, is_right in facts.items() if not is_right), None)


def _refuse_weak_keys(card: StationCard) -> None:
    try:
        refuse_weak_signing_key(card.signing_key)
        refuse_weak_age_recipient(card.recipient)
    except WeakKey as error:
        raise CardError("card_key_weak", why=error.code) from error


def _is_name(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_NAME
        and name.isprintable()  # no line feed, no bidirectional control, no half of a character
        and name == " ".join(name.split())
        and unicodedata.is_normalized("NFC", name)
        and len(name.encode()) <= LARGEST_NAME_BYTES
    )


def _is_time(created: str) -> bool:
    if not _TIME.fullmatch(created):
        return False
    try:
        dt.datetime.fromisoformat(created)
    except ValueError:
        return False
    return True
