"""GPX tracks: what is reckoned from a good one, and how each bad one is refused."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import DesktopError, IntakeError
from desktop.intake.gpx import LIMITS, Track, read_track
from tests.cpu import at_most

BEGAN = dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="r" xmlns="http://www.topografix.com/GPX/1/1">'
)


def point(latitude: object, longitude: object, minute: float | None = 0, rest: str = "") -> str:
    at = "" if minute is None else f"<time>{(BEGAN + dt.timedelta(minutes=minute)):%Y-%m-%dT%H:%M:%SZ}</time>"
    return f'<trkpt lat="{latitude}" lon="{longitude}"><ele>900.5</ele>{at}{rest}</trkpt>'


def gpx(*segments: str, head: str = HEAD, before: str = "") -> bytes:
    inner = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    return f"{head}{before}<trk><name>Tuần tra</name>{inner}</trk></gpx>".encode()


NORTH = "".join(point(f"{22 + step / 1000:.4f}", "102.5", step) for step in range(11))


def read(content: bytes, *, at_sea: bool = False) -> Track:
    return read_track(content, at_sea=at_sea)


def refusal(content: bytes, *, at_sea: bool = False) -> str:
    with pytest.raises(IntakeError) as refused:
        read(content, at_sea=at_sea)
    return refused.value.code


def outcome(content: bytes) -> str:
    try:
        read(content)
    except DesktopError as refused:
        return refused.code
    return "read"


def test_a_track_gives_distance_times_and_points() -> None:
    """A hundredth of a degree to the north is 1.11 km everywhere."""
    found = read(gpx(NORTH))
    assert found.distance_km == "1.11"
    assert (found.started_at, found.ended_at) == (BEGAN, BEGAN + dt.timedelta(minutes=10))
    assert found.points == 11
    assert found.line[0][0] == (22.0, 102.5)
    assert found.line[-1][-1] == (22.01, 102.5)


def test_nothing_is_reckoned_between_segments() -> None:
    far = "".join(point(f"{22.5 + step / 1000:.4f}", "102.5", 20 + step) for step in range(11))
    found = read(gpx(NORTH, far))
    assert found.distance_km == "2.23"
    assert len(found.line) == 2


def test_a_file_of_gpx_1_0_with_a_mark_of_byte_order_is_read() -> None:
    old = '<?xml version="1.0"?><gpx version="1.0" creator="r" xmlns="http://www.topografix.com/GPX/1/0">'
    assert read(b"\xef\xbb\xbf" + gpx(NORTH, head=old)).points == 11


@pytest.mark.parametrize(("zone", "hours"), [("+07:00", 7), ("", 0), ("Z", 0)])
def test_times_are_told_in_their_zone_and_without_one_are_utc(zone: str, hours: int) -> None:
    times = [f"<time>2026-11-20T08:0{minute}:00{zone}</time>" for minute in (0, 5)]
    found = read(gpx(point(22, 102.5, None, times[0]) + point(22.01, 102.5, None, times[1])))
    assert found.started_at == dt.datetime(2026, 11, 20, 8 - hours, 0, tzinfo=dt.UTC)


def test_a_long_line_is_thinned_out_and_keeps_its_ends() -> None:
    count = 5000
    many = "".join(point(f"{20 + step / 5000:.6f}", "104.5", step / 10) for step in range(count))
    (line,) = read(gpx(many)).line
    assert len(line) <= LIMITS.line_points + 2
    assert (line[0], line[-1]) == ((20.0, 104.5), (round(20 + (count - 1) / 5000, 6), 104.5))


def test_somebody_who_stood_still_went_nowhere() -> None:
    still = "".join(point(22, 102.5, minute) for minute in range(50))
    found = read(gpx(still))
    assert (found.distance_km, sum(map(len, found.line))) == ("0", 2)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("gpx_no_time", gpx(point(22, 102.5, None) + point(22.1, 102.5, None))),
        ("gpx_no_time", gpx(point(22, 102.5, 0) + point(22.1, 102.5, None) + point(22.2, 102.5, 2))),
        ("gpx_no_time", gpx(point(22, 102.5, None, "<time>hôm qua</time>") + point(22.1, 102.5))),
        ("gpx_no_time", gpx(point(22, 102.5, None, "<time>2026-02-31T08:00:00Z</time>") + point(22.1, 102.5))),
        ("gpx_no_time", gpx(point(22, 102.5, None, "<time>0001-01-01T00:00:00+14:00</time>") + point(22.1, 102.5))),
        ("gpx_no_time", gpx(point(22, 102.5, None, "<time>2026-11-20T08:00:00+99:00</time>") + point(22.1, 102.5))),
        ("gpx_time_backwards", gpx(point(22, 102.5, 5) + point(22.1, 102.5, 4))),
        (
            "gpx_time_backwards",
            gpx(point(22, 102.5, 5) + point(22.1, 102.5, 6), point(22, 102.5, 0) + point(22, 102.6, 1)),
        ),
        ("gpx_outside", gpx(point(48.85, 2.35, 0) + point(48.86, 2.35, 1))),
        ("gpx_outside", gpx(NORTH + point(102.5, 22, 20))),
        ("gpx_outside", gpx(point("nan", 102.5, 0) + point(22, "inf", 1))),
        ("gpx_no_track", gpx()),
        ("gpx_no_track", gpx(point(22, 102.5))),
        (
            "gpx_no_track",
            (HEAD + '<rte><rtept lat="22" lon="102.5"/><rtept lat="22.1" lon="102.5"/></rte></gpx>').encode(),
        ),
        ("gpx_unreadable", b""),
        ("gpx_unreadable", b"PK\x03\x04"),
        ("gpx_unreadable", gpx(NORTH)[:-20]),
        ("gpx_unreadable", gpx(NORTH).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        ("gpx_unreadable", b"<html><body/></html>"),
        ("gpx_unreadable", gpx('<trkpt lon="102.5"/>' * 2)),
        ("gpx_unreadable", gpx(point("22,1", 102.5) * 2)),
        ("gpx_unreadable", gpx(NORTH, before="<a>" * 40 + "</a>" * 40)),
    ],
)
def test_a_track_that_cannot_be_is_refused_by_its_own_name(code: str, content: bytes) -> None:
    assert refusal(content) == code


def test_a_refusal_names_the_point() -> None:
    with pytest.raises(IntakeError) as refused:
        read(gpx(NORTH + point(22, 102.5, 3)))
    assert refused.value.context == {"point": 12}


def test_the_sea_belongs_to_the_country_for_patrols_at_sea() -> None:
    at_sea = gpx(point(15.5, 112.5, 0) + point(15.6, 112.5, 1))
    assert refusal(at_sea) == "gpx_outside"
    assert read(at_sea, at_sea=True).points == 2


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE gpx [<!ENTITY a "x">]>',
        '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd">',
        '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_refused_before_they_mean_anything(doctype: str) -> None:
    assert refusal(gpx(NORTH).decode().replace("?>\n", f"?>{doctype}", 1).encode()) == "gpx_entities"


def test_a_hundred_thousand_points_are_the_most() -> None:
    compact = '<trkpt lat="22" lon="103"/>' * (LIMITS.points + 1)
    assert refusal(gpx(compact)) == "gpx_too_many_points"


def test_a_million_points_are_refused_at_once() -> None:
    content = gpx(NORTH + '<trkpt lat="22" lon="103"/>' * 1_000_000)
    with at_most(0.5):
        assert refusal(content) == "gpx_too_large"


@pytest.mark.parametrize(
    "filler", ["<a/>" * 1_500_000, "<name>" + " xmlns" * 500_000 + "=</name>"], ids=["elements", "namespaces"]
)
def test_what_would_keep_the_reader_busy_is_refused_soon(filler: str) -> None:
    content = gpx(NORTH, before=filler)
    with at_most(5):
        assert refusal(content) == "gpx_unreadable"


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.floats(0, 0.999), st.sampled_from([*'<>&"/=:.-+ 09aTZ', "xmlns:b", "<trkpt>", "é"])), max_size=5
    ),
    st.floats(0.5, 1),
)
def test_a_damaged_file_is_refused_or_read_and_nothing_else_happens(
    changes: list[tuple[float, str]], part: float
) -> None:
    text = gpx(NORTH).decode()
    for place, sign in changes:
        at = int(place * len(text))
        text = text[:at] + sign + text[at + 1 :]
    content = text.encode()
    code = outcome(content[: int(part * len(content))] if part < 0.9 else content)
    assert code == "read" or code.startswith("gpx_")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert refusal(content).startswith("gpx_")
