"""Pictures from outside: what is kept of a good one, and how each bad one is refused."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desktop.errors import DesktopError, IntakeError
from desktop.intake import pictures
from tests.cpu import at_most

CANARY = b"CANARY-21.4-102.7"


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **saved: Any) -> bytes:  # noqa: ANN401  Pillow's
    image = Image.new(mode, size)
    if mode in {"RGB", "RGBA", "L"}:
        image.paste(Image.effect_noise(size, 60).convert(mode))
    written = io.BytesIO()
    image.save(written, kind, **saved)
    return written.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_says(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg_that_says(width: int, height: int) -> bytes:
    written = bytearray(picture("JPEG"))
    at = written.index(b"\xff\xc0")
    written[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(written)


def exif(**more: object) -> Image.Exif:
    found = Image.Exif()
    found[0x010F] = CANARY.decode()
    found.get_ifd(0x8825)[1] = "N"
    for tag, value in more.items():
        found[int(tag.removeprefix("tag"))] = value
    return found


def refusal(content: bytes) -> str:
    with pytest.raises(IntakeError) as refused:
        pictures.read_picture(content)
    return refused.value.code


def outcome(content: bytes) -> str:
    try:
        pictures.read_picture(content)
    except DesktopError as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_is_kept_with_its_type_and_size(kind: str, media_type: str) -> None:
    found = pictures.read_picture(picture(kind))
    assert (found.media_type, found.width, found.height) == (media_type, 40, 20)
    with Image.open(io.BytesIO(found.content)) as image:
        assert (image.format, image.size) == (kind, (40, 20))


def test_a_photo_loses_place_camera_and_comment_and_stands_upright() -> None:
    given_ = picture("JPEG", exif=exif(tag274=6), comment=CANARY, icc_profile=CANARY)
    found = pictures.read_picture(given_)
    assert CANARY in given_
    assert CANARY not in found.content
    assert (found.width, found.height) == (20, 40)
    with Image.open(io.BytesIO(found.content)) as image:
        assert dict(image.getexif()) == {}


def test_a_scan_loses_its_texts_and_what_follows_it() -> None:
    texts = PngInfo()
    texts.add_text("Author", CANARY.decode())
    given_ = picture("PNG", pnginfo=texts, exif=exif(), icc_profile=CANARY) + CANARY
    assert CANARY not in pictures.read_picture(given_).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_pixels_is_read(mode: str) -> None:
    assert pictures.read_picture(picture("PNG", mode)).width == 40


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    grey = Image.new("I;16", (2, 1))
    grey.putpixel((0, 0), 128 * 256)
    written = io.BytesIO()
    grey.save(written, "PNG")
    with Image.open(io.BytesIO(pictures.read_picture(written.getvalue()).content)) as image:
        assert (image.getpixel((0, 0)), image.getpixel((1, 0))) == (128, 0)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_pixels_is_read(mode: str) -> None:
    assert pictures.read_picture(picture("JPEG", mode)).media_type == "image/jpeg"


def test_a_photo_does_not_grow_by_being_written_anew() -> None:
    given_ = picture("JPEG", size=(600, 400), quality=40)
    assert len(pictures.read_picture(given_).content) <= len(given_) * 1.1


@pytest.mark.parametrize(
    "content",
    [
        png_that_says(50_000, 50_000),
        jpeg_that_says(50_000, 50_000),
        png_that_says(40_000, 2),
        png_that_says(13_000, 13_000),
    ],
    ids=["png", "jpeg", "long", "where Pillow only warns"],
)
def test_an_enormous_picture_is_refused_from_its_header(content: bytes) -> None:
    with at_most(0.5), pytest.raises(IntakeError) as refused:
        pictures.read_picture(content)
    assert (refused.value.code, refused.value.context["limit_mp"]) == ("picture_too_many_pixels", 40)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the most memory ever used there")
def test_a_bomb_costs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_that_says(50_000, 50_000))
    script = (
        "import pathlib, re, sys\n"
        "from desktop.errors import IntakeError\n"
        "from desktop.intake import pictures\n"
        "try:\n    pictures.read_picture(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "except IntakeError as error:\n    print(error.code)\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024)\n"
    )
    said = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True).stdout
    code, megabytes = said.split()
    assert code == "picture_too_many_pixels"
    assert int(megabytes) < 300


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_picture_that_was_cut_off_is_refused(kind: str, part: float) -> None:
    content = picture(kind, size=(200, 200))
    assert refusal(content[: int(len(content) * part)]) == "picture_cut_off"


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_a_beginning_alone_is_no_picture(start: bytes) -> None:
    assert refusal(start + b"MZ" * 200 + b"IEND\xff\xd9") == "picture_unreadable"


def test_another_format_that_pillow_knows_is_no_picture_here() -> None:
    assert refusal(picture("GIF", "L")) == "picture_unreadable"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_is_an_archive_too_is_refused(kind: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("run.bat", "del")
    assert refusal(picture(kind) + archive.getvalue()) == "picture_two_types"


@pytest.mark.parametrize("other", [b"%PDF-1.7", b"<HTML>", b"<script>"])
def test_a_picture_that_is_a_paper_or_a_page_too_is_refused(other: bytes) -> None:
    assert refusal(picture("JPEG", comment=other)) == "picture_two_types"


def test_a_photo_with_previews_behind_it_is_taken() -> None:
    """Phones write such files: several JPEGs in one."""
    first, second = Image.new("RGB", (60, 40)), Image.new("RGB", (30, 20))
    written = io.BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second])
    found = pictures.read_picture(written.getvalue())
    assert (found.media_type, found.width) == ("image/jpeg", 60)


def test_a_photo_of_a_thousand_passes_is_refused_before_it_is_decoded() -> None:
    content = picture("JPEG", progressive=True, size=(400, 400))
    at = content.rindex(b"\xff\xda")
    many = content[:at] + content[at:-2] * 200 + b"\xff\xd9"
    assert refusal(many) == "picture_unreadable"


def test_a_thumbnail_is_a_small_upright_png() -> None:
    with Image.open(io.BytesIO(pictures.thumbnail(picture("JPEG", size=(800, 400), exif=exif(tag274=6))))) as image:
        assert (image.format, image.size) == ("PNG", (80, 160))


GOOD = [picture("PNG"), picture("JPEG"), picture("PNG", "P"), picture("JPEG", "CMYK", exif=exif(tag274=8))]


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.1, 1),
)
def test_a_damaged_picture_is_refused_or_read_and_nothing_else_happens(
    good: bytes, changes: list[tuple[float, int]], part: float
) -> None:
    damaged = bytearray(good)
    for place, value in changes:
        damaged[int(place * len(damaged))] = value
    for read in (pictures.read_picture, pictures.thumbnail):
        try:
            found = read(bytes(damaged[: int(part * len(damaged))]))
        except DesktopError:
            continue
        assert found


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", GOOD[0][:33]]), st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(start: bytes, rest: bytes) -> None:
    code = outcome(start + rest)
    assert code == "read" or code.startswith("picture_")
