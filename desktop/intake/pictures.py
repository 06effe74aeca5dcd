"""Pictures from outside: a photo or a scan, read within bounds and written anew.

- PNG and JPEG only, recognised by their first bytes and by decoding them; a file that is cut off, or another file at
  the same time, is refused.
- The size in pixels is read from the header and bounded before anything is decoded.
- What is kept is a picture of our own writing: turned upright, without EXIF, place, comment, profile or anything
  that followed the picture in the file.
- Pillow's warnings count as failures: a doubtful file is refused, not half read.
"""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from desktop.errors import IntakeError

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """`scans` are the passes of a progressive JPEG; each costs as much as a whole picture."""

    pixels: int = 40_000_000
    side: int = 30_000
    scans: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    media_type: str
    width: int
    height: int


LIMITS: Final = PictureLimits()
THUMBNAIL_SIDE: Final = 160


def media_type_of(content: bytes) -> str | None:
    """Return what the first bytes promise; None for anything but a PNG or a JPEG."""
    return next((media_type for start, media_type in _STARTS.items() if content.startswith(start)), None)


def read_picture(content: bytes) -> Picture:
    """Decode a picture and write it anew.

    Raises:
        IntakeError: picture_unreadable, picture_cut_off, picture_two_types, picture_too_many_pixels.
    """
    if is_another_type_too(content):
        raise IntakeError("picture_two_types")
    with _opened(content) as image:
        image.load()
        upright = _upright(image)
        written = io.BytesIO()
        if _is_jpeg(image):
            _write_jpeg(upright, image, written)
        else:
            clean = _plain(upright)
            clean.save(written, "PNG")
        return Picture(
            content=written.getvalue(),
            media_type=JPEG if _is_jpeg(image) else PNG,
            width=upright.width,
            height=upright.height,
        )


def thumbnail(content: bytes) -> bytes:
    """Return a PNG of at most 160 pixels a side.

    Raises:
        IntakeError: picture_unreadable, picture_cut_off, picture_too_many_pixels.
    """
    with _opened(content) as image:
        image.draft("RGB", (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
        image.load()
        small = _plain(_upright(image))
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        written = io.BytesIO()
        small.save(written, "PNG")
        return written.getvalue()


def is_another_type_too(content: bytes) -> bool:
    """Return whether other programs would take the bytes for an archive, a PDF or a web page: none belongs here."""
    start = content[:_SNIFFED].lower()
    if any(sign in start[8:] for sign in _OTHER_STARTS):
        return True
    return any(
        found.start() + _ARCHIVE_END + int.from_bytes(content[found.start() + 20 : found.start() + 22], "little")
        == len(content)
        for found in re.finditer(rb"PK\x05\x06", content)
    )


_STARTS: Final = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_SNIFFED: Final = 1024
_OTHER_STARTS: Final = (b"%pdf-", b"<html", b"<script", b"<!doctype", b"<?php", b"<svg")
_ARCHIVE_END: Final = 22  # bytes of a zip's last record before its comment (APPNOTE 4.3.16)
_HEADER: Final = struct.Struct(">8xI4sII")  # PNG 1.2, 5.2 and 11.2.2: signature, length, IHDR, width, height
_ORIENTATION: Final = 0x0112
_QUALITY: Final = 90
# What Pillow lets fly at damaged bytes, found by fuzzing; a MemoryError is a lie in a length.
_FAILURES: Final = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(EOFError, OverflowError, ZeroDivisionError, MemoryError, NotImplementedError, AssertionError),
    *(struct.error, zlib.error, Warning),
)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Give the image with its header read, and translate whatever fails while it is used."""
    _look_at_header(content)
    with warnings.catch_warnings(action="error"):
        try:
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                _bound(image.width, image.height)
                yield image
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_many_pixels() from None
        except _FAILURES as error:
            code = "picture_cut_off" if "truncated" in str(error).lower() else "picture_unreadable"
            raise IntakeError(code) from None


def _look_at_header(content: bytes) -> None:
    """Refuse by bytes alone what need not reach the decoder."""
    media_type = media_type_of(content)
    if media_type is None:
        raise IntakeError("picture_unreadable")
    if media_type == PNG:
        if len(content) < _HEADER.size:
            raise IntakeError("picture_cut_off")
        _, kind, width, height = _HEADER.unpack_from(content)
        if kind != b"IHDR":
            raise IntakeError("picture_unreadable")
        _bound(width, height)
        if b"IEND" not in content:
            raise IntakeError("picture_cut_off")
    elif b"\xff\xd9" not in content:
        raise IntakeError("picture_cut_off")
    elif content.count(b"\xff\xda") > LIMITS.scans:  # in pixels, 0xFF is followed by 0: this is a scan's own mark
        raise IntakeError("picture_unreadable")


def _bound(width: int, height: int) -> None:
    if width * height > LIMITS.pixels or max(width, height) > LIMITS.side:
        raise _too_many_pixels()
    if not width * height:
        raise IntakeError("picture_unreadable")


def _too_many_pixels() -> IntakeError:
    return IntakeError("picture_too_many_pixels", limit_mp=LIMITS.pixels // 1_000_000, limit_side=LIMITS.side)


def _is_jpeg(image: Image.Image) -> bool:
    return image.format in {"JPEG", "MPO"}  # MPO: a JPEG with previews behind it, as phones write


def _upright(image: Image.Image) -> Image.Image:
    """Turn as the camera was held; EXIF that cannot be read turns nothing."""
    try:
        turned = image.getexif().get(_ORIENTATION, 1) not in {0, 1}
        return ImageOps.exif_transpose(image) if turned else image
    except _FAILURES:
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Return grey, colour, or colour with transparency, and nothing said about the picture."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256)
        plain = image.convert("L")
    elif image.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        plain = image.convert("RGBA")
    elif image.mode in {"L", "RGB", "RGBA"}:
        plain = image
    else:
        plain = image.convert("L" if image.mode == "1" else "RGB")
    plain.info = {}
    return plain


def _write_jpeg(upright: Image.Image, read: Image.Image, written: io.BytesIO) -> None:
    """Write with the tables the camera used, so that nothing more is lost than must be and the size stays."""
    tables = getattr(read, "quantization", None)
    sampling = JpegImagePlugin.get_sampling(read)
    clean = upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")
    clean.info = {}
    if tables and clean.mode == read.mode and sampling >= 0:
        clean.save(written, "JPEG", qtables=tables, subsampling=sampling)
    else:
        clean.save(written, "JPEG", quality=_QUALITY)
