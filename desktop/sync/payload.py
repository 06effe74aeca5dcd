"""What lies inside the encryption: a zstd stream of lines, padded, read within bounds (FORMAT.md section 4).

- Reading streams with a counter: a size written in a frame's header is never believed, and the window is bounded.
- The padding is a skippable frame, so every zstd tool ignores it; lengths are Padmé's (PURBs, 2019, section 4).
"""

import io
import struct
from collections.abc import Iterable, Iterator
from typing import Final

import zstandard

from desktop.domain.log.operation import LIMITS
from desktop.errors import BundleError
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits

LEVEL: Final = 3


def compress(lines: Iterable[bytes]) -> bytes:
    """Return the padded stream of these lines; each is given without its line feed."""
    compressor = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    chunks: list[bytes] = []
    for line in lines:
        chunks.append(compressor.compress(line))
        chunks.append(compressor.compress(b"\n"))
    chunks.append(compressor.flush())
    stream = b"".join(chunks)
    return stream + _skippable_frame(padded_length(len(stream) + _FRAME_HEADER) - len(stream))


def padded_length(length: int) -> int:
    """Return the next length of which only the highest bits may be set: at most 12 % more."""
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << max(free_bits, 0)) - 1
    return (length + mask) & ~mask


def read_lines(stream: bytes, limits: BundleLimits = BUNDLE_LIMITS) -> Iterator[bytes]:
    """Yield the lines of a stream, without their line feeds.

    Raises:
        BundleError: bundle_expands, bundle_compression, bundle_limit; bundle_body when the last line does not end.
    """
    # FORMAT step 10: streaming, with caps on total, ratio, window and line.
    rest = b""
    for chunk in _chunks(stream, limits):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LIMITS.line_bytes or any(len(line) > LIMITS.line_bytes for line in lines):
            raise BundleError("bundle_limit", what="line", limit=LIMITS.line_bytes)
        yield from lines
    if rest:
        raise BundleError("bundle_body")


_CHUNK: Final = 64 * 1024
_FRAME_HEADER: Final = 8


def _skippable_frame(length: int) -> bytes:
    content = length - _FRAME_HEADER
    return struct.pack("<II", 0x184D2A50, content) + bytes(content)  # RFC 8878 section 3.1.2


def _chunks(stream: bytes, limits: BundleLimits) -> Iterator[bytes]:
    most = min(limits.stream, max(limits.ratio_from, limits.ratio * len(stream)))
    total = 0
    decompressor = zstandard.ZstdDecompressor(max_window_size=limits.window)
    with decompressor.stream_reader(io.BytesIO(stream), read_across_frames=True) as reader:
        while chunk := _read(reader):
            total += len(chunk)
            if total > most:
                raise BundleError("bundle_expands", limit=most)
            yield chunk


def _read(reader: zstandard.ZstdDecompressionReader) -> bytes:
    try:
        return reader.read(_CHUNK)
    except zstandard.ZstdError as error:
        raise BundleError("bundle_compression") from error
