"""Why two words of two names may be one word.

- The first way that holds is taken; the ways are asked from the most certain to the least.
- Marks that are not there count as lost only if one of the names has none at all; else two words differ in marks.
- A letter may be missing, or two changed over, or one mistyped. The last two only where one of the words is no
  Vietnamese syllable: Lam and Nam are two names.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from desktop.domain.names.spellings import ONE_NAME, PLAIN_ONE_NAME
from desktop.domain.names.syllables import parse_syllable
from desktop.domain.names.words import NameWord


class Reason(StrEnum):
    """Why two names may be one; the most certain first."""

    SAME = "same"
    TONE_PLACE = "tone_place"
    I_OR_Y = "i_or_y"
    NO_DIACRITICS = "no_diacritics"
    TELEX = "telex"
    FILLER_DROPPED = "filler_dropped"
    ORDER = "order"
    ABBREVIATION = "abbreviation"
    SPELLING = "spelling"
    MIDDLE_DROPPED = "middle_dropped"
    MARKS = "marks"
    ONE_LETTER = "one_letter"


class Weighed(NamedTuple):
    """Reasons, and what makes them weigh more than they do alone."""

    reasons: frozenset[Reason]
    more: int = 0

    @property
    def distance(self) -> int:
        return self.more + sum(map(WEIGHTS.__getitem__, self.reasons))


WEIGHTS: Final = {
    Reason.SAME: 0,
    Reason.TONE_PLACE: 1,
    Reason.I_OR_Y: 1,
    Reason.NO_DIACRITICS: 2,
    Reason.TELEX: 2,
    Reason.FILLER_DROPPED: 3,
    Reason.ORDER: 3,
    Reason.ABBREVIATION: 4,
    Reason.SPELLING: 4,
    Reason.MIDDLE_DROPPED: 5,
    Reason.MARKS: 6,
    Reason.ONE_LETTER: 6,
}


@lru_cache(100_000)
def weigh_words(
    one: NameWord, other: NameWord, *, is_unmarked: bool, is_at_end: bool, may_be_short: bool
) -> Weighed | None:
    """Return why two words may be one; None when nothing speaks for it. `is_unmarked` is said of either name."""
    for reasons in _ways(one, other, is_unmarked=is_unmarked):
        return Weighed(frozenset(reasons))
    if is_at_end:
        for reasons in _end_ways(one, other, is_unmarked=is_unmarked):
            return Weighed(frozenset(reasons))
    if may_be_short and (_abbreviates(one, other) or _abbreviates(other, one)):
        return Weighed(frozenset({Reason.ABBREVIATION}))
    for reasons in _letter_ways(one, other, is_unmarked=is_unmarked):
        return Weighed(frozenset(reasons), _BOTH_ARE_WORDS if _are_syllables(one, other) else 0)
    return None


_BOTH_ARE_WORDS: Final = 2  # An and Anh are two names more often than one with a letter missing
_SHORTEST_MISTYPED: Final = 3


def _ways(one: NameWord, other: NameWord, *, is_unmarked: bool) -> Iterator[tuple[Reason, ...]]:
    lost = Reason.NO_DIACRITICS if is_unmarked else Reason.MARKS
    if one.text == other.text:
        yield ()
    if one.marked == other.marked:
        yield (Reason.TONE_PLACE,)
    if one.with_i == other.with_i:
        yield (Reason.I_OR_Y,)
    if one.plain == other.plain:
        yield (lost,)
    for typed, meant in ((one, other), (other, one)):
        yield from _telex_ways(typed, meant)
    if one.plain_with_i == other.plain_with_i:
        yield Reason.I_OR_Y, lost
    if one.spoken == other.spoken:
        yield (Reason.SPELLING,)
    if is_unmarked and one.plain_spoken == other.plain_spoken:
        yield Reason.SPELLING, Reason.NO_DIACRITICS
    if one.toneless_spoken == other.toneless_spoken:
        yield Reason.SPELLING, Reason.MARKS


def _telex_ways(typed: NameWord, meant: NameWord) -> Iterator[tuple[Reason, ...]]:
    reading = typed.reading
    if reading is not None and reading.with_i == meant.with_i:
        yield (Reason.TELEX,)
    elif reading is not None and reading.plain == meant.plain:
        yield Reason.TELEX, Reason.MARKS if meant.is_marked else Reason.NO_DIACRITICS


def _end_ways(one: NameWord, other: NameWord, *, is_unmarked: bool) -> Iterator[tuple[Reason, ...]]:
    if frozenset({one.marked, other.marked}) in ONE_NAME:
        yield (Reason.SPELLING,)
    if is_unmarked and frozenset({one.plain, other.plain}) in PLAIN_ONE_NAME:
        yield Reason.SPELLING, Reason.NO_DIACRITICS


def _letter_ways(one: NameWord, other: NameWord, *, is_unmarked: bool) -> Iterator[tuple[Reason, ...]]:
    if _is_one_letter_off(one, other, is_unmarked=is_unmarked):
        yield (Reason.ONE_LETTER,)
    for typed, meant in ((one, other), (other, one)):
        if typed.reading is not None and _is_one_letter_off(typed.reading, meant, is_unmarked=not meant.is_marked):
            yield Reason.TELEX, Reason.ONE_LETTER


def _abbreviates(short: NameWord, whole: NameWord) -> bool:
    """Ng stands for Nguyễn, Hg for Hoàng: the first letter, then others in their order."""
    if not short.is_abbreviated or len(short.plain) >= len(whole.plain) or short.plain[0] != whole.plain[0]:
        return False
    left = iter(whole.plain)
    return all(letter in left for letter in short.plain)


def _is_one_letter_off(one: NameWord, other: NameWord, *, is_unmarked: bool) -> bool:
    if not (one.plain.isascii() and other.plain.isascii()):  # a Chinese character is a syllable
        return False
    spellings = [(one.text, other.text), (one.marked, other.marked)]
    if is_unmarked:
        spellings.append((one.plain, other.plain))
    if len(one.plain) != len(other.plain):
        return any(_misses_one(*sorted(spelt, key=len)) for spelt in spellings)
    if len(one.plain) < _SHORTEST_MISTYPED or _are_syllables(one, other):
        return False
    return any(_is_mistyped(*spelt) for spelt in spellings)


def _are_syllables(one: NameWord, other: NameWord) -> bool:
    return parse_syllable(one.marked) is not None and parse_syllable(other.marked) is not None


def _misses_one(shorter: str, longer: str) -> bool:
    if len(longer) != len(shorter) + 1:
        return False
    same = _same_beginning(shorter, longer)
    return shorter[same:] == longer[same + 1 :]


def _is_mistyped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    same = _same_beginning(one, other)
    changed_over = one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]
    return changed_over or one[same + 1 :] == other[same + 1 :]


def _same_beginning(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (sign, beside) in enumerate(pairs) if sign != beside), min(len(one), len(other)))
