"""The manifest comes back as it was written, and whatever else stands in its place has a name."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import (
    HybridTime,
    Json,
    OperationId,
    canonical,
)
from desktop.errors import BundleError, BundleHeld
from desktop.sync.manifest import (
    Answer,
    AttachmentPart,
    Body,
    ClockReading,
    Excerpt,
    HeldHead,
    Manifest,
    OwnChanges,
    Range,
    ReportedVerdict,
    SeenAnswer,
)
from desktop.sync.manifest_reading import parse_manifest
from desktop.sync.signed_header import BundleKind
from tests.vectors.forge import PROVINCE, good_answer, good_sync

heads = st.binary(min_size=32, max_size=32)
digests = heads.map(bytes.hex)
epochs = st.binary(min_size=8, max_size=8).map(bytes.hex)
numbers = st.integers(0, 2**53 - 1)
short = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=20)
ranges = st.builds(
    Range,
    epoch=epochs,
    after=st.just(3),
    after_head=heads,
    to=st.integers(3, 2**53 - 1),
    to_head=heads,
    parent=st.none() | st.tuples(st.builds(OperationId, epochs, st.integers(1, 9)), heads),
)
own_changes = st.builds(
    OwnChanges,
    ranges=st.lists(ranges, max_size=4, unique_by=lambda item: item.epoch).map(tuple),
    seen=st.none() | st.builds(SeenAnswer, epoch=epochs, sequence=numbers),
)
answers = st.builds(
    Answer,
    generation=numbers,
    epoch_start=numbers,
    base=st.none() | st.builds(SeenAnswer, epoch=epochs, sequence=numbers),
    heads=st.lists(
        st.builds(HeldHead, epoch=epochs, counter=numbers, head=heads, is_frozen=st.booleans()),
        max_size=3,
        unique_by=lambda held: held.epoch,
    ).map(tuple),
    verdicts=st.lists(
        st.builds(ReportedVerdict, epoch=epochs, sequence=numbers, verdict=short, code=short), max_size=3
    ).map(tuple),
    excerpts=st.lists(
        st.builds(Excerpt, station=st.just(PROVINCE.card.station), epoch=epochs, lines=numbers),
        max_size=3,
        unique_by=lambda group: group.epoch,
    ).map(lambda found: tuple(sorted(found, key=lambda group: group.epoch))),
)
inners = (
    st.builds(
        Manifest,
        kind=st.just(BundleKind.SYNC),
        id=st.binary(min_size=16, max_size=16).map(bytes.hex),
        sender=st.just("CAX-03325-7K2M"),
        recipient=st.just("CAT-11-4M8C"),
        epoch=epochs,
        sequence=numbers,
        salt=st.binary(min_size=16, max_size=16).map(bytes.hex),
        app=short,
        body=st.builds(Body, size=numbers, lines=st.integers(0, 200_000), digest=digests),
        attachments=st.lists(
            st.builds(AttachmentPart, blob=digests, digest=digests, size=numbers, media_type=short),
            max_size=3,
            unique_by=lambda part: part.blob,
        ).map(lambda found: tuple(sorted(found, key=lambda part: part.blob))),
        missing=st.sets(digests, max_size=3).map(lambda found: tuple(sorted(found))),
        clock=st.builds(ClockReading, wall=numbers, seen=st.builds(HybridTime, numbers, numbers), hub=numbers),
        forms=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,40}", fullmatch=True), numbers, max_size=3),
        content=own_changes,
    )
    | st.nothing()
)


@settings(deadline=None, max_examples=100)
@given(manifest=inners, answer=st.none() | answers)
def test_what_is_written_is_read_again(manifest: Manifest, answer: Answer | None) -> None:
    if answer is not None:
        manifest = replace(manifest, kind=BundleKind.ACK, content=answer)
    assert manifest == parse_manifest(manifest.line())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | short,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(short, inside, max_size=3),
    max_leaves=8,
)


def manifest_of(kind: str) -> Mapping[str, Json]:
    forge = good_answer() if kind == "ack" else good_sync()
    body = b"".join(line + b"\n" for line in forge.lines)
    return {**forge._manifest(body), **forge.content}


@settings(deadline=None, max_examples=300)
@given(kind=st.sampled_from(["sync", "ack"]), value=json_values, data=st.data())
def test_any_value_in_the_place_of_any_key_is_read_or_named(kind: str, value: Json, data: st.DataObject) -> None:
    manifest = dict(manifest_of(kind))
    key = data.draw(st.sampled_from(sorted(manifest)))
    with contextlib.suppress(BundleError, BundleHeld):
        assert parse_manifest(canonical(manifest | {key: value})).line() == canonical(manifest | {key: value})


@pytest.mark.parametrize("key", sorted(manifest_of("sync").keys() | manifest_of("ack").keys()))
def test_every_key_is_needed(key: str) -> None:
    for kind in ("sync", "ack"):
        manifest = dict(manifest_of(kind))
        if key in manifest:
            del manifest[key]
            with pytest.raises(BundleError):
                parse_manifest(canonical(manifest))


def test_a_newer_minor_schema_may_add_keys() -> None:
    manifest = dict(manifest_of("sync")) | {"schema": [1, 1], "zone": {"of": "tomorrow"}}
    assert parse_manifest(canonical(manifest)).schema == (1, 1)


def test_a_newer_major_schema_is_held_before_anything_else_is_read() -> None:
    with pytest.raises(BundleHeld) as caught:
        parse_manifest(b'{"schema":[2,0]}')
    assert caught.value.context == {"version": 2}


def test_an_older_major_schema_is_refused() -> None:
    with pytest.raises(BundleError):
        parse_manifest(canonical(dict(manifest_of("sync")) | {"schema": [0, 9]}))
