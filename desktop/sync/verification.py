"""Steps 1 to 8 of receiving: everything that can be verified without a private key (FORMAT.md section 6).

- Nothing is decrypted, decompressed or parsed beyond outer.txt before the signature over it holds.
- The bytes that are verified are the bytes that are parsed.
"""

import hashlib
from dataclasses import dataclass

from desktop.crypto import ssh_signature
from desktop.crypto.station_card import StationCard
from desktop.domain.log.operation import Json
from desktop.errors import BundleError, BundleHeld
from desktop.sync.container import Parts, take_apart
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits
from desktop.sync.signed_header import (
    NAMESPACE,
    BundleKind,
    SignedHeader,
    parse_signed_header,
    signed_header_digest,
)
from desktop.sync.trust import KNOWN_KINDS, PERMISSIONS, TRUST_VERSION, Trust, TrustedStation, key_fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedBundle:
    """A bundle whose sender, signature and digests hold; its payload is still sealed."""

    parts: Parts
    header: SignedHeader
    digest: str
    station: TrustedStation


def verify(
    file: bytes, trust: Trust, me: StationCard | None = None, limits: BundleLimits = BUNDLE_LIMITS
) -> VerifiedBundle:
    """Verify a bundle for the station `me`, or for an outsider when there is none.

    Raises:
        BundleError, BundleHeld: with the code of FORMAT.md's steps 1 to 8.
    """
    parts = take_apart(file, limits)  # steps 1 and 3; step 2 is stick.read_file
    header = parse_signed_header(parts.header, limits)  # step 4
    station = _trusted(header, trust, me)
    # FORMAT step 6: the signature is by the card's key, in our namespace.
    ssh_signature.verify(parts.header, parts.signature, station.card.signing_key, NAMESPACE)
    _refuse_wrong_address(header, me)
    _refuse_other_content(header, parts)
    return VerifiedBundle(parts=parts, header=header, digest=signed_header_digest(parts.header), station=station)


def inspect_bundle(file: bytes) -> dict[str, Json]:
    """Return what a bundle says of itself, verified by nobody: for the eye, never for a decision.

    Raises:
        BundleError, BundleHeld: with the code of FORMAT.md's steps 1 to 4.
    """
    parts = take_apart(file)
    header = parse_signed_header(parts.header)
    return {
        "bundle": signed_header_digest(parts.header),
        "kind": header.kind.value,
        "id": header.id,
        "from": header.sender,
        "fingerprint": header.fingerprint,
        "to": header.recipient,
        "epoch": header.epoch,
        "seq": header.sequence,
        "created": f"{header.created:%Y-%m-%dT%H:%M:%SZ}",
        "prev": header.previous,
        "trust": header.trust,
        "file_name": header.file_name(),
        "sizes": {
            "file": len(file),
            "outer": len(parts.header),
            "payload": len(parts.payload),
            "blobs": [len(blob) for _, blob in sorted(parts.blobs.items())],
        },
        "verified": False,
    }


def verify_bundle(file: bytes, trust: Trust) -> dict[str, Json]:
    """Return the verdict of steps 1 to 8 in a form for scripts; ACCEPTED says nothing about the sealed content."""
    try:
        verified = verify(file, trust)
    except BundleHeld as held:
        return {"verdict": "HOLD", "code": held.code, "context": dict(held.context), "steps": "1-8"}
    except BundleError as error:
        return {"verdict": "REJECT", "code": error.code, "context": dict(error.context), "steps": "1-8"}
    return {
        "verdict": "ACCEPTED",
        "code": "",
        "context": {"bundle": verified.digest, "from": verified.header.sender, "to": verified.header.recipient},
        "steps": "1-8",
    }


def _trusted(header: SignedHeader, trust: Trust, me: StationCard | None) -> TrustedStation:
    # FORMAT step 5: not ourselves; known, trusted, with the key of its card; allowed to send this kind to us.
    sender = header.sender
    if me is not None and sender == me.station:
        raise BundleError("bundle_own")
    station = trust.get(sender)
    if station is None or station.status == "pending":
        raise BundleHeld("bundle_station_unknown", station=sender, fingerprint=header.fingerprint)
    if header.fingerprint != key_fingerprint(station.card.signing_key):
        raise BundleHeld("bundle_key_unknown", station=sender, fingerprint=header.fingerprint)
    if station.status == "revoked" and station.cut_off is None:
        raise BundleHeld("bundle_station_revoked", station=sender)
    receiver = me if me is not None else _card(trust, header.recipient)
    if header.kind in KNOWN_KINDS and not _is_permitted(header.kind, station.card, receiver):
        raise BundleError("bundle_kind_not_allowed", station=sender, kind=header.kind.value)
    return station


def _card(trust: Trust, station: str) -> StationCard | None:
    known = trust.get(station)
    return known.card if known else None


def _is_permitted(kind: BundleKind, sender: StationCard, receiver: StationCard | None) -> bool:
    return any(
        (kind, sender.kind) == permitted[:2] and (receiver is None or receiver.kind == permitted[2])
        for permitted in PERMISSIONS
    )


def _refuse_wrong_address(header: SignedHeader, me: StationCard | None) -> None:
    # FORMAT step 7: addressed to us, of a kind we know, from nobody with a newer trust list.
    if me is not None and header.recipient != me.station:
        raise BundleError("bundle_other_recipient", station=header.sender, recipient=header.recipient)
    if header.kind not in KNOWN_KINDS:
        raise BundleHeld("bundle_kind_newer", station=header.sender, kind=header.kind.value)
    if header.trust > TRUST_VERSION:
        raise BundleHeld("bundle_trust_newer", station=header.sender, version=header.trust)


def _refuse_other_content(header: SignedHeader, parts: Parts) -> None:
    # FORMAT step 8: sizes and digests of the sealed parts are those that were signed.
    if len(parts.payload) != header.payload_size or _digest(parts.payload) != header.payload_digest:
        raise BundleError("bundle_payload", station=header.sender)
    found = [(digest, len(parts.blobs[digest])) for digest in sorted(parts.blobs)]
    if found != [(blob.digest, blob.size) for blob in header.blobs]:
        raise BundleError("bundle_blobs", station=header.sender)
    if any(_digest(content) != digest for digest, content in parts.blobs.items()):
        raise BundleError("bundle_blobs", station=header.sender)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
