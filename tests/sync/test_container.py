"""Whatever else a zip file can say, a bundle cannot: a file that is not the writer's to the bit is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BundleError, BundleHeld
from desktop.sync.bundle import open_bundle
from desktop.sync.container import Parts, build, take_apart
from desktop.sync.limits import BUNDLE_LIMITS
from tests.vectors.forge import PROVINCE, TRUST, good_sync

GOOD = good_sync(count=1).file()
PARTS = take_apart(GOOD)
MASKS = (0x01, 0x08, 0x20, 0x80, 0xFF)


def is_accepted(file: bytes) -> bool:
    try:
        open_bundle(file, trust=TRUST, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    except (BundleError, BundleHeld):
        return False
    return True


def test_the_good_bundle_is_accepted() -> None:
    assert is_accepted(GOOD)


def test_a_bundle_with_any_one_byte_changed_is_refused() -> None:
    accepted = [
        (offset, mask)
        for offset in range(len(GOOD))
        for mask in MASKS
        if is_accepted(GOOD[:offset] + bytes([GOOD[offset] ^ mask]) + GOOD[offset + 1 :])
    ]
    assert accepted == []


def with_one_byte_changed(parts: Parts) -> Iterator[Parts]:
    for name in ("header", "signature", "payload"):
        content: bytes = getattr(parts, name)
        for offset in range(len(content)):
            for mask in MASKS:
                changed = content[:offset] + bytes([content[offset] ^ mask]) + content[offset + 1 :]
                yield replace(parts, **{name: changed})  # type: ignore[arg-type]  # bytes fields by name
    for digest, content in parts.blobs.items():
        for offset in range(len(content)):
            yield replace(
                parts, blobs={digest: content[:offset] + bytes([content[offset] ^ 1]) + content[offset + 1 :]}
            )


def test_a_byte_changed_inside_a_part_of_a_sound_container_is_refused() -> None:
    assert [parts for parts in with_one_byte_changed(PARTS) if is_accepted(build(parts))] == []


def test_a_bundle_cut_at_any_length_is_refused() -> None:
    assert [length for length in range(len(GOOD)) if is_accepted(GOOD[:length])] == []


@pytest.mark.parametrize("inserted", [b"\0", b"PK", b"\n"])
def test_a_bundle_with_bytes_put_in_anywhere_is_refused(inserted: bytes) -> None:
    offsets = range(0, len(GOOD) + 1, 3)
    assert [offset for offset in offsets if is_accepted(GOOD[:offset] + inserted + GOOD[offset:])] == []


def test_a_bundle_with_a_piece_taken_out_is_refused() -> None:
    assert [start for start in range(0, len(GOOD), 3) if is_accepted(GOOD[:start] + GOOD[start + 5 :])] == []


@settings(deadline=None, max_examples=200)
@given(file=st.binary(max_size=400) | st.binary(max_size=200).map(lambda junk: GOOD[:300] + junk))
def test_any_bytes_at_all_end_in_a_named_refusal(file: bytes) -> None:
    assert not is_accepted(file)


@settings(deadline=None, max_examples=50)
@given(
    header=st.binary(max_size=100),
    signature=st.binary(max_size=100),
    payload=st.binary(max_size=1000),
    blobs=st.sets(st.integers(0, 2**256 - 1), max_size=5),
)
def test_parts_come_back_as_they_went_in(header: bytes, signature: bytes, payload: bytes, blobs: set[int]) -> None:
    parts = Parts(
        header=header, signature=signature, payload=payload, blobs={f"{n:064x}": b"%d" % n for n in sorted(blobs)}
    )
    assert parts == take_apart(build(parts))


def test_another_zip_reader_finds_the_same_parts() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert archive.testzip() is None
        assert [(info.filename, info.compress_type, info.date_time) for info in archive.infolist()] == [
            (name, zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0)) for name, _ in PARTS.named()
        ]
        assert PARTS.header == archive.read("outer.txt")


def test_a_file_that_another_zip_writer_packed_again_is_refused() -> None:
    repacked = io.BytesIO()
    with zipfile.ZipFile(repacked, "w") as archive:
        for name, content in PARTS.named():
            archive.writestr(zipfile.ZipInfo(name), content)
    assert not is_accepted(repacked.getvalue())


def test_fifty_directory_entries_on_one_body_are_refused() -> None:
    start = GOOD.index(b"PK\x01\x02")
    entry = GOOD[start : GOOD.index(b"PK\x01\x02", start + 4)]
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 50, 50, 50 * len(entry), start, 0)
    assert not is_accepted(GOOD[:start] + entry * 50 + end)


def test_a_file_beyond_the_limit_is_refused_by_its_size() -> None:
    with pytest.raises(BundleError) as caught:
        take_apart(bytes(101), replace(BUNDLE_LIMITS, file=100))
    assert caught.value.code == "bundle_too_large"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (replace(PARTS, blobs={f"{n:064x}": b"" for n in range(65)}), "bundle_limit"),
        (replace(PARTS, blobs={"0" * 64: bytes(BUNDLE_LIMITS.blob + 1)}), "bundle_limit"),
        (replace(PARTS, header=bytes(8193)), "bundle_outer"),
        (replace(PARTS, signature=bytes(5 * 1024 * 1024)), "bad_signature"),
    ],
)
def test_a_part_beyond_its_limit_is_refused(parts: Parts, code: str) -> None:
    with pytest.raises(BundleError) as caught:
        take_apart(build(parts))
    assert code == caught.value.code


def test_five_thousand_blobs_are_refused_before_they_are_all_read() -> None:
    name = b"blob/" + b"0" * 64
    blob = struct.pack("<IHHHHHIIIHH", 0x04034B50, 10, 0, 0, 0, 0x21, zlib.crc32(b""), 0, 0, len(name), 0) + name
    start = GOOD.index(b"PK\x01\x02")
    with pytest.raises(BundleError) as caught:
        take_apart(GOOD[:start] + blob * 5000 + GOOD[start:])
    assert caught.value.code == "bundle_limit"
