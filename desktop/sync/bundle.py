"""Writing and opening a bundle, bytes in and bytes out (FORMAT.md sections 4 and 6, steps 9 to 11).

- `open_bundle` changes nothing anywhere; what it returns has been verified whole: signature, digests, repeats, chain.
- Plaintext lives in memory only and is never larger than the limits.
- Operation lines are kept as they came; what is parsed is a copy.
- What cannot be decided is held, what is wrong is refused, each with FORMAT.md's name of the failure.
"""

import datetime as dt
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.crypto import age_encryption, ssh_signature
from desktop.crypto.keyring import StationKeys
from desktop.crypto.station_card import StationCard
from desktop.domain.log.operation import (
    HybridTime,
    MalformedOperation,
    Operation,
    OperationId,
    next_head,
    parse_operation,
)
from desktop.errors import BundleError, BundleHeld
from desktop.sync.container import Parts, build
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits
from desktop.sync.manifest import (
    AttachmentPart,
    Body,
    ClockReading,
    Content,
    Excerpt,
    Manifest,
    OwnChanges,
    Range,
    manifest_digest,
)
from desktop.sync.manifest_reading import parse_manifest
from desktop.sync.payload import compress, read_lines
from desktop.sync.ranges import closed_by
from desktop.sync.signed_header import (
    NAMESPACE,
    Blob,
    BundleKind,
    SignedHeader,
    signed_header_digest,
)
from desktop.sync.trust import TRUST_VERSION, Trust, TrustedStation, key_fingerprint
from desktop.sync.verification import VerifiedBundle, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that operations name by its digest."""

    digest: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContent:
    """All of a bundle but its lines and attachments; `previous` is the digest of the sender's last outer.txt."""

    sender: StationCard
    recipient: StationCard
    epoch: str
    sequence: int
    previous: str
    created: dt.datetime
    clock: ClockReading
    app: str
    forms: Mapping[str, int]
    missing: tuple[str, ...]
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBundle:
    """A finished bundle file, not yet anywhere but in memory."""

    file_name: str
    content: bytes
    digest: str
    header: SignedHeader
    manifest: Manifest

    @property
    def operations(self) -> int:
        return self.manifest.body.lines


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """An operation's line as it came, the chain's head after it (empty for an excerpt), and what is asked of it later.

    The parsed operation is not kept: a hundred thousand of them take more memory than their bundle may.
    """

    line: bytes
    head: bytes
    id: OperationId
    time: HybridTime
    register: str
    definition_version: int
    closes: OperationId | None

    @classmethod
    def of(cls, operation: Operation, line: bytes, head: bytes = b"") -> "ReceivedLine":
        return cls(
            line=line,
            head=head,
            id=operation.id,
            time=operation.time,
            register=sys.intern(operation.register),
            definition_version=operation.definition_version,
            closes=closed_by(operation),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBundle:
    """A bundle verified whole. `ranges` go with a sync, `excerpts` with an answer."""

    header: SignedHeader
    digest: str
    station: TrustedStation
    manifest: Manifest
    ranges: tuple[tuple[Range, tuple[ReceivedLine, ...]], ...]
    excerpts: tuple[tuple[Excerpt, tuple[ReceivedLine, ...]], ...]
    attachments: tuple[Attachment, ...]


def write_bundle(
    draft: BundleContent,
    lines: Sequence[bytes],
    attachments: Sequence[Attachment],
    *,
    keys: StationKeys,
    random: Callable[[int], bytes],
) -> WrittenBundle:
    """Return a bundle of these operation lines, in the order that the draft's content states.

    Raises:
        BundleError: bundle_too_large; the caller writes less at a time.
    """
    recipients = [draft.recipient.recipient]
    sealed = sorted((_sealed(attachment, recipients) for attachment in attachments), key=lambda pair: pair[0].blob)
    body = hashlib.sha256()
    for line in lines:
        body.update(line)
        body.update(b"\n")
    manifest = Manifest(
        kind=BundleKind.SYNC if isinstance(draft.content, OwnChanges) else BundleKind.ACK,
        id=random(16).hex(),
        sender=draft.sender.station,
        recipient=draft.recipient.station,
        epoch=draft.epoch,
        sequence=draft.sequence,
        salt=random(16).hex(),
        app=draft.app,
        body=Body(size=sum(map(len, lines)) + len(lines), lines=len(lines), digest=body.hexdigest()),
        attachments=tuple(part for part, _ in sealed),
        missing=draft.missing,
        clock=draft.clock,
        forms=draft.forms,
        content=draft.content,
    )
    payload = age_encryption.seal(compress(_all_lines(manifest, lines)), recipients)
    blobs = {part.blob: ciphertext for part, ciphertext in sealed}
    return _signed(draft, manifest, payload, blobs, keys)


def open_bundle(
    file: bytes, *, trust: Trust, identity: str, me: StationCard, limits: BundleLimits = BUNDLE_LIMITS
) -> OpenedBundle:
    """Return the verified content of a bundle addressed to us; steps 1 to 11.

    Raises:
        BundleError, BundleHeld: with FORMAT.md's code.
    """
    verified = verify(file, trust, me, limits)
    # FORMAT step 9: decrypt, in memory.
    lines = read_lines(age_encryption.unseal(verified.parts.payload, identity), limits)  # step 10, as it is read
    # FORMAT step 11: the manifest, then line by line.
    manifest = _manifest(next(lines, b""), verified.header, limits)
    reader = _BodyReader(lines)
    ranges: list[tuple[Range, tuple[ReceivedLine, ...]]] = []
    excerpts: list[tuple[Excerpt, tuple[ReceivedLine, ...]]] = []
    if isinstance(manifest.content, OwnChanges):
        _refuse_beyond_cut_off(manifest.content.ranges, verified.station)
        _refuse_other_count(sum(item.to - item.after for item in manifest.content.ranges), manifest.body)
        ranges = [(item, tuple(_chained(reader, item))) for item in manifest.content.ranges]
    else:
        _refuse_other_count(sum(group.lines for group in manifest.content.excerpts), manifest.body)
        excerpts = [(group, tuple(_excerpt(reader, group))) for group in manifest.content.excerpts]
    reader.finish(manifest.body)
    return OpenedBundle(
        header=verified.header,
        digest=verified.digest,
        station=verified.station,
        manifest=manifest,
        ranges=tuple(ranges),
        excerpts=tuple(excerpts),
        attachments=tuple(_attachment(part, verified, identity) for part in manifest.attachments),
    )


def _sealed(attachment: Attachment, recipients: Sequence[str]) -> tuple[AttachmentPart, bytes]:
    ciphertext = age_encryption.seal(attachment.content, recipients)
    part = AttachmentPart(
        blob=hashlib.sha256(ciphertext).hexdigest(),
        digest=attachment.digest,
        size=len(attachment.content),
        media_type=attachment.media_type,
    )
    return part, ciphertext


def _all_lines(manifest: Manifest, lines: Sequence[bytes]) -> Iterator[bytes]:
    yield manifest.line()
    yield from lines


def _signed(
    draft: BundleContent, manifest: Manifest, payload: bytes, blobs: Mapping[str, bytes], keys: StationKeys
) -> WrittenBundle:
    header = SignedHeader(
        kind=manifest.kind,
        id=manifest.id,
        sender=manifest.sender,
        fingerprint=key_fingerprint(draft.sender.signing_key),
        recipient=manifest.recipient,
        epoch=manifest.epoch,
        sequence=manifest.sequence,
        created=draft.created,
        payload_digest=hashlib.sha256(payload).hexdigest(),
        payload_size=len(payload),
        inner_digest=manifest_digest(manifest.line()),
        blobs=tuple(Blob(digest=digest, size=len(blobs[digest])) for digest in sorted(blobs)),
        previous=draft.previous,
        trust=TRUST_VERSION,
    )
    text = header.text()
    signature = ssh_signature.sign(text, keys.signing, NAMESPACE)
    content = build(Parts(header=text, signature=signature, payload=payload, blobs=blobs))
    if len(content) > BUNDLE_LIMITS.file:
        raise BundleError("bundle_too_large", size=len(content), limit=BUNDLE_LIMITS.file)
    return WrittenBundle(
        file_name=header.file_name(),
        content=content,
        digest=signed_header_digest(text),
        header=header,
        manifest=manifest,
    )


def _manifest(line: bytes, header: SignedHeader, limits: BundleLimits) -> Manifest:
    if manifest_digest(line) != header.inner_digest:
        raise BundleError("bundle_inner_digest", station=header.sender)
    manifest = parse_manifest(line, limits)
    repeated = (manifest.kind, manifest.id, manifest.sender, manifest.recipient, manifest.epoch, manifest.sequence)
    if repeated != (header.kind, header.id, header.sender, header.recipient, header.epoch, header.sequence):
        raise BundleError("bundle_inner_differs", station=header.sender)
    if [part.blob for part in manifest.attachments] != [blob.digest for blob in header.blobs]:
        raise BundleError("bundle_inner_differs", station=header.sender)
    return manifest


def _refuse_beyond_cut_off(ranges: Sequence[Range], station: TrustedStation) -> None:
    last = station.cut_off
    if station.status != "revoked" or last is None:
        return
    if any(item.to > item.after and (item.epoch != last.epoch or item.to > last.counter) for item in ranges):
        raise BundleHeld("bundle_station_revoked", station=station.card.station)


def _refuse_other_count(count: int, body: Body) -> None:
    if count != body.lines:
        raise BundleError("bundle_body")


class _BodyReader:
    """Takes operations off the stream, keeping the digest and the counts of the body."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._digest = hashlib.sha256()
        self._size = 0
        self._count = 0

    def take(self) -> tuple[Operation, bytes]:
        line = next(self._lines, None)
        if line is None:
            raise BundleError("bundle_body")
        self._digest.update(line)
        self._digest.update(b"\n")
        self._size += len(line) + 1
        self._count += 1
        try:
            return parse_operation(line), line
        except MalformedOperation as error:
            raise BundleError("bundle_line", line=self._count, reason=error.reason) from error

    def finish(self, body: Body) -> None:
        if next(self._lines, None) is not None:
            raise BundleError("bundle_body")
        if (self._size, self._count, self._digest.hexdigest()) != (body.size, body.lines, body.digest):
            raise BundleError("bundle_body")


def _chained(reader: _BodyReader, item: Range) -> Iterator[ReceivedLine]:
    head = item.after_head
    for counter in range(item.after + 1, item.to + 1):
        operation, line = reader.take()
        if (operation.id.epoch, operation.id.counter) != (item.epoch, counter):
            raise BundleError("bundle_chain", epoch=item.epoch, counter=counter)
        head = next_head(head, line)
        yield ReceivedLine.of(operation, line, head)
    if head != item.to_head:
        raise BundleError("bundle_chain", epoch=item.epoch, counter=item.to)


def _excerpt(reader: _BodyReader, group: Excerpt) -> Iterator[ReceivedLine]:
    counter = 0
    for _ in range(group.lines):
        operation, line = reader.take()
        if operation.id.epoch != group.epoch or operation.id.counter <= counter:
            raise BundleError("bundle_chain", epoch=group.epoch, counter=operation.id.counter)
        counter = operation.id.counter
        yield ReceivedLine.of(operation, line)


def _attachment(part: AttachmentPart, verified: VerifiedBundle, identity: str) -> Attachment:
    content = age_encryption.unseal(verified.parts.blobs[part.blob], identity)
    if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.digest:
        raise BundleError("bundle_attachment", station=verified.header.sender, digest=part.digest)
    return Attachment(digest=part.digest, media_type=part.media_type, content=content)
