"""Reading the manifest of a bundle: every key, type and bound is exact (FORMAT.md section 4.1).

- A newer minor schema may add keys, which are ignored; a newer major is held.
- What depends on nothing but the manifest is verified here; what it says of the body, in bundle.py.
"""

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.log.operation import (
    EPOCH,
    FIELD_ID,
    STATION_ID,
    HybridTime,
    MalformedOperation,
    OperationId,
    parse_canonical,
)
from desktop.errors import BundleError, BundleHeld
from desktop.sync.json_fields import DIGEST, HEX_32, JsonFields
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits
from desktop.sync.manifest import (
    SCHEMA,
    Answer,
    AttachmentPart,
    Body,
    ClockReading,
    Content,
    Excerpt,
    HeldHead,
    Manifest,
    OwnChanges,
    Range,
    ReportedVerdict,
    SeenAnswer,
)
from desktop.sync.signed_header import BundleKind


def parse_manifest(line: bytes, limits: BundleLimits = BUNDLE_LIMITS) -> Manifest:
    """Read the manifest line; what does not depend on anything else is verified here.

    Raises:
        BundleError: bundle_inner, with the key that is wrong; bundle_limit.
        BundleHeld: bundle_schema_newer.
    """
    try:
        content = parse_canonical(line)
    except MalformedOperation as error:
        raise BundleError("bundle_inner", key=error.reason) from error
    fields = JsonFields(content)
    major, minor = fields.numbers("schema", 2)
    if major > SCHEMA[0]:
        raise BundleHeld("bundle_schema_newer", version=major)
    clock = fields.object("clock")
    seen_milliseconds, seen_count = clock.numbers("seen", 2)
    kind = fields.text("kind")
    if kind not in _READERS:
        raise BundleError("bundle_inner", key="kind")
    body = fields.object("body")
    manifest = Manifest(
        kind=BundleKind(kind),
        id=fields.text("id", HEX_32),
        sender=fields.text("from", STATION_ID),
        recipient=fields.text("to", STATION_ID),
        epoch=fields.text("epoch", EPOCH),
        sequence=fields.number("seq"),
        salt=fields.text("salt", HEX_32),
        app=fields.text("app", longest=40),
        body=Body(size=body.number("bytes"), lines=body.number("lines"), digest=body.text("sha256", DIGEST)),
        attachments=tuple(_attachment(part) for part in fields.objects("attachments", limits.blobs)),
        missing=fields.texts("missing", DIGEST, limits.missing),
        clock=ClockReading(
            wall=clock.number("wall"), seen=HybridTime(seen_milliseconds, seen_count), hub=clock.number("hub")
        ),
        forms=fields.counts("forms", FIELD_ID),
        content=_READERS[kind](fields, limits),
        schema=(major, minor),
    )
    if (major, minor) == SCHEMA:
        fields.refuse_unknown()
    blobs = [part.blob for part in manifest.attachments]
    if major != SCHEMA[0] or blobs != sorted(set(blobs)) or manifest.missing != tuple(sorted(set(manifest.missing))):
        raise BundleError("bundle_inner", key="order")
    if manifest.body.lines > limits.lines:
        raise BundleError("bundle_limit", what="lines", limit=limits.lines)
    return manifest


def _attachment(part: JsonFields) -> AttachmentPart:
    return AttachmentPart(
        blob=part.text("blob", DIGEST),
        digest=part.text("digest", DIGEST),
        size=part.number("size"),
        media_type=part.text("type", longest=100),
    )


def _read_own_changes(fields: JsonFields, limits: BundleLimits) -> OwnChanges:
    ranges = tuple(_read_range(item) for item in fields.objects("ranges", limits.ranges))
    epochs = [item.epoch for item in ranges]
    if len(set(epochs)) != len(epochs) or any(item.to < item.after for item in ranges):
        raise BundleError("bundle_inner", key="ranges")
    return OwnChanges(ranges=ranges, seen=_read_seen(fields, "seen"))


def _read_seen(fields: JsonFields, key: str) -> SeenAnswer | None:
    seen = fields.optional_object(key)
    return SeenAnswer(epoch=seen.text("epoch", EPOCH), sequence=seen.number("seq")) if seen else None


def _read_range(item: JsonFields) -> Range:
    parent = item.optional_object("parent")
    return Range(
        epoch=item.text("epoch", EPOCH),
        after=item.number("from"),
        after_head=item.digest("from_head"),
        to=item.number("to"),
        to_head=item.digest("to_head"),
        parent=(OperationId(parent.text("epoch", EPOCH), parent.number("counter")), parent.digest("head"))
        if parent
        else None,
    )


def _read_answer(fields: JsonFields, limits: BundleLimits) -> Answer:
    hub = fields.object("hub")
    answer = Answer(
        generation=hub.number("generation"),
        epoch_start=hub.number("begun"),
        base=_read_seen(fields, "base"),
        heads=tuple(
            HeldHead(
                epoch=held.text("epoch", EPOCH),
                counter=held.number("counter"),
                head=held.digest("head"),
                is_frozen=held.flag("frozen"),
            )
            for held in fields.objects("heads", limits.ranges)
        ),
        verdicts=tuple(
            ReportedVerdict(
                epoch=stated.text("epoch", EPOCH),
                sequence=stated.number("seq"),
                verdict=stated.text("verdict", longest=20),
                code=stated.text("code", longest=60),
            )
            for stated in fields.objects("verdicts", limits.verdicts)
        ),
        excerpts=tuple(
            Excerpt(
                station=group.text("station", STATION_ID), epoch=group.text("epoch", EPOCH), lines=group.number("lines")
            )
            for group in fields.objects("excerpts", limits.excerpts)
        ),
    )
    groups = [(group.station, group.epoch) for group in answer.excerpts]
    epochs = {held.epoch for held in answer.heads}
    if groups != sorted(set(groups)) or len(epochs) != len(answer.heads):
        raise BundleError("bundle_inner", key="order")
    return answer


_READERS: Final[Mapping[str, Callable[[JsonFields, BundleLimits], Content]]] = {
    "sync": _read_own_changes,
    "ack": _read_answer,
}
