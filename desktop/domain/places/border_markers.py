"""Border markers (mốc quốc giới) as officers write them: `314`, `1116/2`, `30/1-2`, `225(1)`.

- Grammar: a number from 0 to 1999; then, each where there is one, `/` and its sub-marker, `-` and its own number on the
  sub-marker, and in round brackets which of a double or triple marker it is. No list of markers is shipped.
- Two spellings of one marker (`0314`, `314`) are the same marker; the number alone does not identify the border line.
- Markers are sorted along the line: by number, then sub-marker, then part; texts that are none come last.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

HIGHEST_NUMBER: Final = 1999
LINES: Final = ("CN", "LA", "KH")

MarkerOrder: TypeAlias = tuple[int, int, int, int, int, str]

_MARKER: Final = re.compile(r"([0-9]{1,4})(?:/([0-9]{1,3}))?(?:-([0-9]{1,2}))?(?:\(([1-3])\))?")
_NONE: Final = -1  # a main marker comes before its sub-markers


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """One marker of a border line; the text of it is its one spelling."""

    number: int
    sub: int | None = None
    extra: int | None = None
    part: int | None = None

    def __str__(self) -> str:
        sub = "" if self.sub is None else f"/{self.sub}"
        extra = "" if self.extra is None else f"-{self.extra}"
        return f"{self.number}{sub}{extra}" + ("" if self.part is None else f"({self.part})")


def parse_marker(text: str) -> Marker | None:
    """Return the marker of a text; `None` when it is none."""
    match = _MARKER.fullmatch(text)
    if match is None or int(match[1]) > HIGHEST_NUMBER:
        return None
    sub, extra, part = (None if found is None else int(found) for found in match.groups()[1:])
    return Marker(number=int(match[1]), sub=sub, extra=extra, part=part)


def is_marker(text: str) -> bool:
    return parse_marker(text) is not None


def marker_order(line: str, text: str) -> MarkerOrder:
    """Return the sort key of a marker on a line (`CN`, `LA`, `KH`); other lines and other texts come last."""
    place = LINES.index(line) if line in LINES else len(LINES)
    marker = parse_marker(text)
    if marker is None:
        return (place, HIGHEST_NUMBER + 1, _NONE, _NONE, _NONE, text)
    sub, extra, part = (_NONE if found is None else found for found in (marker.sub, marker.extra, marker.part))
    return (place, marker.number, sub, extra, part, "")
