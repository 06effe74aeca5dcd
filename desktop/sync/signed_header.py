"""The signed text of a bundle: who, to whom, and the digests of all the rest (FORMAT.md section 2).

- It is verified as the bytes that came; only then is a copy of them parsed.
- One spelling: a text that is not what `SignedHeader.text()` writes is refused.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.log.operation import EPOCH, LARGEST_INTEGER, STATION_ID
from desktop.errors import BundleError, BundleHeld
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits

NAMESPACE: Final = "sotram-bundle@v1"
NO_PREVIOUS: Final = "0" * 64


class BundleKind(StrEnum):
    """What a bundle is for. The last three are reserved: held until a version knows them."""

    SYNC = "sync"
    ACK = "ack"
    ENROL = "enrol"
    TRUST = "trust"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """An encrypted attachment as outer.txt lists it."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHeader:
    """The fields of outer.txt; digests are lower-case hex."""

    kind: BundleKind
    id: str
    sender: str
    fingerprint: str
    recipient: str
    epoch: str
    sequence: int
    created: dt.datetime
    payload_digest: str
    payload_size: int
    inner_digest: str
    blobs: tuple[Blob, ...]
    previous: str
    trust: int

    def text(self) -> bytes:
        lines = [
            "SOTRAM-BUNDLE 1",
            f"kind {self.kind}",
            f"id {self.id}",
            f"from {self.sender} {self.fingerprint}",
            f"to {self.recipient}",
            f"epoch {self.epoch}",
            f"seq {self.sequence}",
            f"created {self.created:%Y-%m-%dT%H:%M:%SZ}",
            f"payload-sha256 {self.payload_digest}",
            f"payload-size {self.payload_size}",
            f"inner-sha256 {self.inner_digest}",
            *(f"blob {blob.digest} {blob.size}" for blob in self.blobs),
            f"prev {self.previous}",
            f"trust {self.trust}",
            "END",
        ]
        return "".join(f"{line}\n" for line in lines).encode("ascii")

    def file_name(self) -> str:
        return f"{self.sender}_{self.epoch[:4]}_{self.sequence:06d}.sotram"


def signed_header_digest(text: bytes) -> str:
    """Return what identifies a bundle."""
    return hashlib.sha256(text).hexdigest()


def parse_signed_header(text: bytes, limits: BundleLimits = BUNDLE_LIMITS) -> SignedHeader:
    """Read outer.txt.

    Raises:
        BundleError: bundle_outer, with the number of the first wrong line (0: none in particular); bundle_limit.
        BundleHeld: bundle_version_newer.
    """
    # FORMAT step 4: at most 8 KiB of ASCII, the exact lines in the exact order.
    if len(text) > limits.header or not text.isascii():
        raise BundleError("bundle_outer", line=0)
    lines = text.decode("ascii").split("\n")
    if (newer := _VERSION.fullmatch(lines[0])) and newer[1] != "1":
        raise BundleHeld("bundle_version_newer", version=newer[1])
    found: list[str] = []
    blobs: list[Blob] = []
    patterns = iter(_LINES)
    number, pattern = 1, next(patterns)
    for number, line in enumerate(lines[:-1], start=1):
        if pattern is _PREVIOUS and (blob := _BLOB.fullmatch(line)):
            blobs.append(Blob(digest=blob[1], size=int(blob[2])))
            continue
        if not (match := pattern.fullmatch(line)):
            raise BundleError("bundle_outer", line=number)
        found.extend(match.groups())
        pattern = next(patterns, _NOTHING)
    if pattern is not _NOTHING or lines[-1]:
        raise BundleError("bundle_outer", line=number)
    if len(blobs) > limits.blobs or any(blob.size > limits.blob for blob in blobs):
        raise BundleError("bundle_limit", what="blobs", limit=limits.blobs)
    header = _outer(found, tuple(blobs))
    if header.text() != text or _is_out_of_bounds(header):
        raise BundleError("bundle_outer", line=0)
    return header


def _outer(found: list[str], blobs: tuple[Blob, ...]) -> SignedHeader:
    kind, bundle_id, sender, fingerprint, recipient, epoch, sequence, created, payload, size, inner, prev, trust = found
    try:
        moment = dt.datetime.strptime(created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    except ValueError:  # the 31st of February
        raise BundleError("bundle_outer", line=8) from None
    return SignedHeader(
        kind=BundleKind(kind),
        id=bundle_id,
        sender=sender,
        fingerprint=fingerprint,
        recipient=recipient,
        epoch=epoch,
        sequence=int(sequence),
        created=moment,
        payload_digest=payload,
        payload_size=int(size),
        inner_digest=inner,
        blobs=blobs,
        previous=prev,
        trust=int(trust),
    )


def _is_out_of_bounds(header: SignedHeader) -> bool:
    digests = [blob.digest for blob in header.blobs]
    numbers = (header.sequence, header.payload_size, header.trust)
    if header.sequence < 1 or header.created.year < 2000:
        return True
    return max(numbers) > LARGEST_INTEGER or digests != sorted(set(digests))


_STATION: Final = STATION_ID.pattern.replace("(", "(?:")
_DIGEST: Final = "([0-9a-f]{64})"
_NUMBER: Final = "(0|[1-9][0-9]{0,15})"
_VERSION: Final = re.compile(r"SOTRAM-BUNDLE ([1-9][0-9]{0,5})")
_BLOB: Final = re.compile(f"blob {_DIGEST} {_NUMBER}")
_PREVIOUS: Final = re.compile(f"prev {_DIGEST}")
_LINES: Final = (
    re.compile("SOTRAM-BUNDLE 1"),
    re.compile(f"kind ({'|'.join(BundleKind)})"),
    re.compile("id ([0-9a-f]{32})"),
    re.compile(f"from ({_STATION}) (SHA256:[A-Za-z0-9+/]{{43}})"),
    re.compile(f"to ({_STATION})"),
    re.compile(f"epoch ({EPOCH.pattern})"),
    re.compile(f"seq {_NUMBER}"),
    re.compile(r"created ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"),
    re.compile(f"payload-sha256 {_DIGEST}"),
    re.compile(f"payload-size {_NUMBER}"),
    re.compile(f"inner-sha256 {_DIGEST}"),
    _PREVIOUS,
    re.compile(f"trust {_NUMBER}"),
    re.compile("END"),
)
_NOTHING: Final = re.compile(r"(?!)")
