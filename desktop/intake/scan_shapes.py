r"""What a scan looks like: how one begins, and when all of it is there. Plain text, no clock.

- A card's code begins with its number and a bar. A zone begins with the kind of document and the issuer (Doc 9303).
- Another keyboard layout types another character for the bar or the filler: then more must be seen before it is a scan.
- A tail is a scan whose beginning went elsewhere: nobody types one, and it is worth nothing.
- Line ends are in the text as `\n`, whatever key the scanner sends for them.
"""

import re
from typing import Final

from desktop.intake.mrz import check_digit

LONGEST_RUN: Final = 160
"""As far back as a beginning can lie: a card's number, name, birth and sex."""

_BAR: Final = "|"
_FEWEST_PARTS: Final = 6
_LONGEST_ZONE: Final = 110
_LINES: Final = {44: 2, 36: 2, 30: 3}
_ONE_LINE: Final = 60
"""A line that is longer has all lines of its zone in it."""

_PASSPORT: Final = "PVpv"
_DAY: Final = re.compile(r"[0-9]{8}")
_LETTER: Final = r"[^\W\d_]"
_ZONED: Final = r"[^\W_]|<"
_SHORT_HEADS: Final = (
    re.compile(rf"[PVACI]<{_LETTER}(?:{_LETTER}|<){{2}}$", re.IGNORECASE),
    re.compile(r"[ACI][A-Z]VNM[0-9]{9}$", re.IGNORECASE),
)
_LONG_HEADS: Final = (
    re.compile(r"(?:\][A-Za-z][0-9])?(?<!\|)(?:[0-9]{12}|(?<![0-9])[0-9]{9,11})\|$"),
    re.compile(
        r"[0-9]{12}([^\w\s<.,;:/()?!'\"-])"
        r"(?:(?:[0-9]{9}|[0-9]{12})?\1|(?:(?!\1)[^0-9]){2,60}\1[0-9]{8}\1)$"
    ),
    re.compile(rf"(?<![\w<])[PVACI]{_LETTER}{{4}}(?:{_ZONED})*<<$", re.IGNORECASE),
    re.compile(rf"(?<!\w)[PVACI]([^\w\s<]){_LETTER}{{5,}}\1\1$", re.IGNORECASE),
)
"""They end with a bar or a filler."""

_TAILS: Final = (
    re.compile(r"\|[0-9]{8}\|[^\W\d]{1,5}\|$"),
    re.compile(r"(?<![A-Z0-9<])[A-Z0-9<]{15,}<<$"),
)
_SHORT: Final = 14
_CARD: Final = re.compile(r"(?:\][A-Za-z][0-9])?[0-9]{9,12}([^\w\s<])")


def head_length(run: str) -> int:
    """Return how many characters at the end of what was typed begin a scan for certain, 0 for none."""
    return _longest(_SHORT_HEADS, run[-_SHORT:]) or (0 if run[-1:].isalnum() else _longest(_LONG_HEADS, run))


def is_tail(run: str) -> bool:
    """Return whether what was typed ends with a piece from the middle of a scan."""
    return not run[-1:].isalnum() and bool(_longest(_TAILS, run))


def bar_of(text: str) -> str:
    """Return the character between the parts of a card, empty for a zone."""
    found = _CARD.match(text)
    if found is not None:
        return found[1]
    return _BAR if _BAR in text else ""


def is_whole(text: str) -> bool:
    """Return whether a scan that has begun is all there."""
    bar = bar_of(text)
    return _is_whole_card(text, bar) if bar else _is_whole_zone(text)


def is_worth_reading(text: str) -> bool:
    """Return whether a scan that has stopped short can still be read, or says by itself what spoilt it."""
    bar = bar_of(text)
    return text.count(bar) >= _FEWEST_PARTS - 1 if bar else not text.isascii()


def _is_whole_card(text: str, bar: str) -> bool:
    parts = text.split(bar)
    return text.endswith("\n") or (len(parts) >= _FEWEST_PARTS and _DAY.fullmatch(parts[-1]) is not None)


def _is_whole_zone(text: str) -> bool:
    ended, _, last = text.rpartition("\n")
    lines = [line for line in ended.split("\n") if line]
    if not lines:
        return _is_whole_run(last)
    if len(lines[0]) > _ONE_LINE:
        return True
    count = _LINES.get(len(lines[0])) or _likely_count(lines[0])
    return len(lines) >= count or (len(lines) == count - 1 and len(last) == len(lines[0]) and len(last) in _LINES)


def _likely_count(line: str) -> int:
    """Return how many lines a zone has whose first line lost or gained a character."""
    return 2 if line[0] in _PASSPORT or len(line) > 33 else 3


def _is_whole_run(zone: str) -> bool:
    """Return whether a zone without line ends is all there; one of 72 proves itself by its check digits."""
    match len(zone):
        case 72:
            return zone[0] not in "Pp" and _has_check_digits(zone[36:].upper())
        case 88:
            return zone[0] in _PASSPORT
        case length:
            return length == 90 or length > _LONGEST_ZONE


def _has_check_digits(line: str) -> bool:
    """Return whether the second line of a 2x36 zone agrees with its digits (Doc 9303-6, 4.2.2)."""
    parts = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]))
    filler = next((sign for sign in line if not sign.isalnum()), "<")
    try:
        return all(check_digit(part.replace(filler, "<")) == digit for part, digit in parts)
    except KeyError:  # a letter that an input method made
        return False


def _longest(shapes: tuple[re.Pattern[str], ...], run: str) -> int:
    found = (shape.search(run) for shape in shapes)
    return max((len(one[0]) for one in found if one is not None), default=0)
