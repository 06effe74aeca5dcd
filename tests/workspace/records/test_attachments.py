"""Files that become attachments of a real registry, and tracks that go into a patrol."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import attachments as stored
from desktop.workspace.base.session import Session
from desktop.workspace.imports import tracks
from desktop.workspace.records import attachments, records, saving

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
POINT = '<trkpt lat="{}" lon="102.5"><time>2026-11-18T0{}:00:00Z</time></trkpt>'
TRACK = (
    f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{POINT.format(22.1, 1)}'
    f"{POINT.format(22.2, 5)}</trkseg></trk></gpx>"
).encode()
PATROL: dict[str, Json] = {
    "patrol_kind": "TX",
    "start_at": "2026-11-18T06:00+07:00",
    "end_at": "2026-11-18T17:00+07:00",
    "leader": "Thượng úy Vừ A Tính",
    "occurred_at": "2026-11-18T06:00+07:00",
    "source_of_information": "TUAN_TRA",
}


def photo(**saved: Any) -> bytes:  # noqa: ANN401  what Pillow takes
    written = io.BytesIO()
    Image.effect_noise((300, 200), 40).convert("RGB").save(written, "JPEG", **saved)
    return written.getvalue()


def refusal(act: Callable[[], object]) -> DesktopError:
    with pytest.raises(DesktopError) as refused:
        act()
    return refused.value


def count(session: Session) -> int:
    return int(session.database.query_rows("SELECT count(*) FROM attachments")[0][0])


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def patrol(border: Session) -> str:
    saved = saving.save_given(border, "patrol", PATROL)
    assert saved.record is not None, saved.problems
    return saved.record


def test_a_photo_is_digested_as_it_is_kept(commune: Session, file: Callable[[str, bytes], Path]) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CANARY"
    given_ = photo(exif=exif)
    value = attachments.add_file(commune, file("ảnh  1.JPG", given_))
    assert isinstance(value, dict)
    kept = attachments.content(commune, str(value["digest"])) or b""
    assert (value["name"], value["media_type"], value["size"]) == ("ảnh 1.JPG", "image/jpeg", len(kept))
    assert hashlib.sha256(kept).hexdigest() == value["digest"]
    assert b"CANARY" in given_
    assert b"CANARY" not in kept


def test_a_paper_is_kept_as_it_came(commune: Session, file: Callable[[str, bytes], Path]) -> None:
    value = attachments.add_file(commune, file("phiếu.pdf", PDF))
    assert isinstance(value, dict)
    assert attachments.content(commune, str(value["digest"])) == PDF


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("attachment_type_unknown", b""),
        ("attachment_type_unknown", b"MZ\x90"),
        ("attachment_type_unknown", b"%PDF-x.1\n%%EOF"),
        ("attachment_type_unknown", TRACK),
        ("attachment_cut_off", PDF[:-8]),
        ("attachment_two_types", PDF[:10] + b"<html>" + PDF[10:]),
        ("picture_unreadable", b"\x89PNG\r\n\x1a\n no picture, but long enough IEND"),
    ],
)
def test_another_file_is_refused_and_nothing_is_stored(
    commune: Session, file: Callable[[str, bytes], Path], code: str, content: bytes
) -> None:
    path = file("giấy.pdf", content)
    assert refusal(lambda: attachments.add_file(commune, path)).code == code
    assert count(commune) == 0


def test_a_file_too_large_is_refused_with_the_limit(commune: Session, file: Callable[[str, bytes], Path]) -> None:
    path = file("lớn.pdf", PDF.ljust(attachments.LARGEST + 1))
    error = refusal(lambda: attachments.add_file(commune, path))
    assert (error.code, error.context) == ("attachment_too_large", {"limit_mb": 7})


def test_a_file_that_is_not_there_is_named(commune: Session, tmp_path: Path) -> None:
    assert refusal(lambda: attachments.add_file(commune, tmp_path)).code == "attachment_unreadable"
    assert refusal(lambda: attachments.add_file(commune, tmp_path / "a\0b")).code == "attachment_unreadable"


def test_a_thumbnail_is_made_once_and_forgotten_on_locking(commune: Session) -> None:
    value = attachments.add_content(commune, photo(), "a.jpg")
    assert isinstance(value, dict)
    small = attachments.thumbnail(commune, str(value["digest"]))
    with Image.open(io.BytesIO(small or b"")) as image:
        assert (image.format, image.size) == ("PNG", (160, 107))
    assert attachments.thumbnail(commune, str(value["digest"])) is small
    commune.close()
    assert commune.thumbnails == {}


def test_only_pictures_that_are_here_have_thumbnails(commune: Session) -> None:
    paper = attachments.add_content(commune, PDF, "a.pdf")
    assert isinstance(paper, dict)
    assert attachments.thumbnail(commune, str(paper["digest"])) is None
    assert attachments.thumbnail(commune, "ab" * 32) is None


def test_a_thumbnail_of_what_came_from_elsewhere_is_made_within_the_same_bounds(commune: Session) -> None:
    content = photo()
    at = content.index(b"\xff\xc0")
    enormous = content[: at + 5] + b"\xc3\x50\xc3\x50" + content[at + 9 :]
    with commune.database.atomic():
        digest = stored.add(commune.database, enormous, "image/jpeg")
    assert refusal(lambda: attachments.thumbnail(commune, digest)).code == "picture_too_many_pixels"


def test_a_track_is_an_attachment_of_the_field_for_it_alone(
    commune: Session, file: Callable[[str, bytes], Path]
) -> None:
    path = file("đường.gpx", TRACK)
    found = tracks.add_file(commune, path)
    assert found["distance_km"] == "11.13"
    assert (found["track_started_at"], found["track_ended_at"]) == (
        "2026-11-18T08:00+07:00",
        "2026-11-18T12:00+07:00",
    )
    value = found["route_gpx"]
    assert isinstance(value, dict)
    assert (value["media_type"], value["name"]) == ("application/gpx+xml", "đường.gpx")
    assert attachments.content(commune, str(value["digest"])) == TRACK
    assert refusal(lambda: attachments.add_file(commune, path)).code == "attachment_type_unknown"
    assert refusal(lambda: tracks.add_file(commune, file("x.gpx", b"<gpx/>"))).code == "gpx_no_track"


def test_a_track_brings_distance_and_times_into_the_patrol(
    border: Session, patrol: str, file: Callable[[str, bytes], Path]
) -> None:
    imported = tracks.import_track(border, patrol, file("đường.gpx", TRACK))
    values = records.read(border, patrol).values
    route = values["route_gpx"]
    assert isinstance(route, dict)
    assert imported.saved.problems == ()
    assert (values["distance_km"], values["track_started_at"], values["track_ended_at"]) == (
        imported.track.distance_km,
        "2026-11-18T08:00+07:00",
        "2026-11-18T12:00+07:00",
    )
    assert attachments.content(border, str(route["digest"])) == TRACK


def test_a_track_of_another_day_needs_a_reason_and_leaves_nothing_without(
    border: Session, patrol: str, file: Callable[[str, bytes], Path]
) -> None:
    path = file("đường.gpx", TRACK.replace(b"2026-11-18", b"2026-11-16"))
    refused = tracks.import_track(border, patrol, path)
    assert [problem.code for problem in refused.saved.problems] == ["track_outside_patrol"]
    assert "route_gpx" not in records.read(border, patrol).values
    assert count(border) == 0
    assert tracks.import_track(border, patrol, path, reason="Đồng hồ máy sai").saved.record == patrol


def test_the_sea_is_for_patrols_at_sea(border: Session, patrol: str, file: Callable[[str, bytes], Path]) -> None:
    path = file("biển.gpx", TRACK.replace(b'lon="102.5"', b'lon="112.5"'))
    assert refusal(lambda: tracks.import_track(border, patrol, path)).code == "gpx_outside"
    view = records.read(border, patrol)
    saving.save(border, "patrol", {**view.values, "sector": "BIEN"}, record=patrol)
    assert tracks.import_track(border, patrol, path).saved.record == patrol


def test_another_register_takes_no_track(commune: Session, file: Callable[[str, bytes], Path]) -> None:
    box = saving.save_given(commune, "tip_box", {"code": "H1"}, is_draft=True).record
    path = file("đường.gpx", TRACK)
    assert refusal(lambda: tracks.import_track(commune, str(box), path)).code == "track_not_for_register"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([b"", PDF, photo(), TRACK, b"%PDF-1.4"]),
    st.binary(max_size=60),
    st.floats(0, 1),
    st.text(max_size=300),
)
def test_any_bytes_are_refused_or_become_an_attachment(
    commune: Session, start: bytes, rest: bytes, part: float, name: str
) -> None:
    try:
        value = attachments.add_content(commune, start[: int(part * len(start))] + rest, name)
    except DesktopError:
        return
    assert isinstance(value, dict)
    assert saving.validate(commune, "person", {"photo": value}, is_draft=True) == ()
