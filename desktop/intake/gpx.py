"""A track (GPX) as a receiver or a telephone recorded it: how far, from when to when, and where.

- Only recorded tracks count, each point with its time; times never go backwards. Between the segments of a track
  nothing is reckoned.
- Nothing in the file is believed before it was counted: size, depth, elements, points. A document type, and with it
  every entity, is refused.
- Positions lie in Viet Nam or its sea (LEGAL.md 3.5, 6.6); one that does not refuses the file.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import ParseError  # its name alone; defusedxml parses

import gpxpy
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from gpxpy.gpx import GPX, GPXException, GPXTrackPoint, GPXTrackSegment

from desktop.domain.conditions.functions import is_near_vietnam
from desktop.errors import IntakeError

MEDIA_TYPE: Final = "application/gpx+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackLimits:
    """What a track of three days recorded every few seconds needs, and a margin."""

    size: int = 8 * 1024 * 1024
    points: int = 100_000
    elements: int = 1_000_000
    depth: int = 32
    namespaces: int = 100
    line_points: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What a track says; `line` has latitudes and longitudes of its pieces, thinned out for drawing."""

    distance_km: str
    started_at: dt.datetime
    ended_at: dt.datetime
    points: int
    line: tuple[tuple[tuple[float, float], ...], ...]


LIMITS: Final = TrackLimits()


def read_track(content: bytes, *, at_sea: bool) -> Track:
    """Read a GPX file; `at_sea` widens the region to the sea.

    Raises:
        IntakeError: gpx_too_large, gpx_unreadable, gpx_entities, gpx_too_many_points, gpx_no_track, gpx_no_time,
            gpx_time_backwards, gpx_outside.
    """
    if len(content) > LIMITS.size:
        raise IntakeError("gpx_too_large", limit_mb=LIMITS.size // (1024 * 1024))
    text = _decoded(content)
    _count(text)
    segments = [segment for track in _parsed(text).tracks for segment in track.segments if segment.points]
    points = [point for segment in segments for point in segment.points]
    if len(points) < 2:
        raise IntakeError("gpx_no_track")
    outside = sum(not is_near_vietnam(point.latitude, point.longitude, at_sea=at_sea) for point in points)
    if outside:
        raise IntakeError("gpx_outside", count=outside, points=len(points))
    times = _times(points)
    return Track(
        distance_km=_kilometres(sum(segment.length_2d() or 0.0 for segment in segments)),
        started_at=times[0],
        ended_at=times[-1],
        points=len(points),
        line=_thinned(segments),
    )


class _Counter:
    """What the XML parser reports: it keeps nothing but numbers."""

    def __init__(self) -> None:
        self._depth = self._elements = self._points = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self._elements == 0 and name != "gpx":
            raise IntakeError("gpx_unreadable")
        self._depth += 1
        self._elements += 1
        self._points += name in _POINTS
        if self._points > LIMITS.points:
            raise IntakeError("gpx_too_many_points", limit=LIMITS.points)
        if self._depth > LIMITS.depth or self._elements > LIMITS.elements:
            raise IntakeError("gpx_unreadable")

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def data(self, _text: str) -> None:
        """Texts are not kept."""

    def close(self) -> None:
        """Nothing was opened."""


_POINTS: Final = frozenset({"trkpt", "rtept", "wpt"})


def _decoded(content: bytes) -> str:
    """Return the text that both parsers will see: UTF-8 whatever the file says, as GPX files are."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise IntakeError("gpx_unreadable") from None
    # gpxpy looks for namespaces with a pattern that reads on from every such word to the next equals sign
    if text.count("xmlns") > LIMITS.namespaces:
        raise IntakeError("gpx_unreadable")
    return text


def _count(text: str) -> None:
    """Read the file once without keeping it, so that what is kept next is known to be small and plain."""
    parser = XMLParser(target=_Counter(), forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        raise IntakeError("gpx_entities") from None
    except (ParseError, ValueError):
        raise IntakeError("gpx_unreadable") from None


def _parsed(text: str) -> GPX:
    try:
        return gpxpy.parse(text)
    except (GPXException, ValueError, TypeError, AttributeError, OverflowError):  # at elements where none belongs
        raise IntakeError("gpx_unreadable") from None


def _times(points: Sequence[GPXTrackPoint]) -> list[dt.datetime]:
    """Return the times in UTC; a time without a zone is UTC (GPX 1.1, schema)."""
    times: list[dt.datetime] = []
    for number, point in enumerate(points, start=1):
        time = _utc(point.time)
        if time is None:
            raise IntakeError("gpx_no_time", point=number)
        if times and time < times[-1]:
            raise IntakeError("gpx_time_backwards", point=number)
        times.append(time)
    return times


def _utc(time: dt.datetime | None) -> dt.datetime | None:
    if time is None:
        return None
    try:
        return time.replace(tzinfo=dt.UTC) if time.utcoffset() is None else time.astimezone(dt.UTC)
    except (ValueError, OverflowError):  # a zone of days, or the first or last day of the calendar
        return None


def _kilometres(metres: float) -> str:
    text = f"{metres / 1000:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def _thinned(segments: Sequence[GPXTrackSegment]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Keep points at least a step apart, and the last; the steps of the whole way are no more than `line_points`."""
    points = [point for segment in segments for point in segment.points]
    whole = sum(a.distance_2d(b) or 0.0 for a, b in itertools.pairwise(points))
    step = whole / LIMITS.line_points
    pieces: list[tuple[tuple[float, float], ...]] = []
    kept: GPXTrackPoint | None = None
    for segment in segments:
        piece = []
        for point in segment.points:
            if kept is None or point is points[-1] or (step and (kept.distance_2d(point) or 0.0) >= step):
                piece.append((point.latitude, point.longitude))
                kept = point
        if piece:
            pieces.append(tuple(piece))
    return tuple(pieces)
