"""The zip file around a bundle's parts, written and read in one spelling (FORMAT.md section 1).

- A reader does not interpret headers: it computes the ones a writer would have written for these names and contents and
  compares. Whatever else a zip file can say (links, folders, flags, comments, hidden bytes) thereby cannot be said.
- Nothing is unpacked to disk; contents are stored, never deflated.
- The order and names of the parts are constants; blobs are named by the digest of their bytes.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.errors import BundleError
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits

OUTER: Final = "outer.txt"
SIGNATURE: Final = "outer.txt.sig"
PAYLOAD: Final = "payload.age"
BLOB: Final = re.compile(r"blob/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The contents of a bundle file; `blobs` by digest, ascending."""

    header: bytes
    signature: bytes
    payload: bytes
    blobs: Mapping[str, bytes]

    def named(self) -> Iterator[tuple[str, bytes]]:
        yield OUTER, self.header
        yield SIGNATURE, self.signature
        yield PAYLOAD, self.payload
        for digest in sorted(self.blobs):
            yield f"blob/{digest}", self.blobs[digest]


def build(parts: Parts) -> bytes:
    """Return the file of these parts."""
    named = tuple(parts.named())
    pieces = [piece for name, content in named for piece in (_local(name, content), content)]
    return b"".join((*pieces, _directory(named)))


def take_apart(file: bytes, limits: BundleLimits = BUNDLE_LIMITS) -> Parts:
    """Read the parts of a file.

    Raises:
        BundleError: bundle_too_large, bundle_limit, bundle_container.
    """
    # FORMAT step 1: the size of the file is within the limit.
    if len(file) > limits.file:
        raise BundleError("bundle_too_large", size=len(file), limit=limits.file)
    # FORMAT step 3: the file is what a writer makes of its parts, byte for byte.
    named: list[tuple[str, bytes]] = []
    offset = 0
    while file.startswith(_LOCAL, offset):
        name, content, offset = _part(file, offset)
        named.append((name, content))
        if len(named) > limits.blobs + 3:
            raise BundleError("bundle_limit", what="blobs", limit=limits.blobs)
    names = [name for name, _ in named]
    blobs = names[3:]
    if names[:3] != [OUTER, SIGNATURE, PAYLOAD] or not all(map(BLOB.fullmatch, blobs)):
        raise BundleError("bundle_container")
    if blobs != sorted(set(blobs)) or file[offset:] != _directory(named):
        raise BundleError("bundle_container")
    (_, header), (_, signature), (_, payload), *rest = named
    _refuse_large(header, signature, rest, limits)
    return Parts(
        header=header,
        signature=signature,
        payload=payload,
        blobs={name.removeprefix("blob/"): content for name, content in rest},
    )


_LOCAL: Final = b"PK\x03\x04"
# Version needed 10, flags 0, method 0, time 0, date 1980-01-01: APPNOTE.TXT 4.3.7; the same fields as in 4.3.12.
_FIXED: Final = struct.pack("<HHHHH", 10, 0, 0, 0, 0x21)


def _part(file: bytes, offset: int) -> tuple[str, bytes, int]:
    header = file[offset : offset + 30]
    if len(header) < 30:
        raise BundleError("bundle_container")
    size, name_length = struct.unpack_from("<IH", header, 22)
    start = offset + 30 + name_length
    try:
        name = file[offset + 30 : start].decode("ascii")
    except UnicodeDecodeError:
        raise BundleError("bundle_container") from None
    content = file[start : start + size]
    if file[offset:start] != _local(name, content):
        raise BundleError("bundle_container")
    return name, content, start + size


def _local(name: str, content: bytes) -> bytes:
    return _LOCAL + _FIXED + _sizes(name, content) + name.encode("ascii")


def _sizes(name: str, content: bytes) -> bytes:
    return struct.pack("<IIIHH", zlib.crc32(content), len(content), len(content), len(name), 0)


def _directory(named: Iterable[tuple[str, bytes]]) -> bytes:
    entries: list[bytes] = []
    offset = 0
    for name, content in named:
        tail = struct.pack("<HHHII", 0, 0, 0, 0, offset) + name.encode("ascii")
        entries.append(b"PK\x01\x02\x00\x00" + _FIXED + _sizes(name, content) + tail)
        offset += 30 + len(name) + len(content)
    directory = b"".join(entries)
    counts = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), offset, 0)
    return directory + b"PK\x05\x06" + counts


def _refuse_large(header: bytes, signature: bytes, blobs: list[tuple[str, bytes]], limits: BundleLimits) -> None:
    if len(header) > limits.header:
        raise BundleError("bundle_outer", line=0)
    if len(signature) > limits.signature:
        raise BundleError("bad_signature", reason="size")
    if any(len(content) > limits.blob for _, content in blobs):
        raise BundleError("bundle_limit", what="blob", limit=limits.blob)
