"""Why two names may be one person's: reasons an officer can weigh, never a verdict.

- `compare_names` is blind to case, NFC or NFD and spaces, and says the same whichever name comes first.
- Each word of the shorter name answers to a word of the longer one, in the same order or in one that lists and forms
  of other countries use: turned round, surname and given name changed over, or backwards.
- What is over in the longer name was left out: fillers, or words between surname and given name. Two names that each
  have a word the other has not are two names: Văn is not Thị.
- One word at most may miss a letter. Reasons that together say little give none.
- `distance` puts candidates in an order and is shown to nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

from desktop.domain.names.spellings import FILLERS
from desktop.domain.names.word_likeness import (
    WEIGHTS,
    Reason,
    Weighed,
    weigh_words,
)
from desktop.domain.names.words import MOST_WORDS, NameWord, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLikeness:
    """Why two names may be one, the most certain reason first; without a reason nothing speaks for it."""

    reasons: tuple[Reason, ...] = ()
    distance: int = 0

    @property
    def is_possible(self) -> bool:
        return bool(self.reasons)


UNLIKE: Final = NameLikeness()
FARTHEST: Final = 11
"""Reasons that weigh more together say too little."""


def compare_names(one: str, other: str) -> NameLikeness:
    """Return why two names may be one person's; it never raises and never decides."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return UNLIKE
    best = _best(first, second)
    if best is None or best.distance > FARTHEST:
        return UNLIKE
    reasons = tuple(reason for reason in Reason if reason in best.reasons)
    return NameLikeness(reasons=reasons or (Reason.SAME,), distance=best.distance)


_Words: TypeAlias = tuple[NameWord, ...]

_MOST_LEFT_OUT: Final = 3
_FEWEST_WORDS: Final = 2


def _best(first: _Words, second: _Words) -> Weighed | None:
    is_unmarked = not (any(word.is_marked for word in first) and any(word.is_marked for word in second))
    in_order = _aligned(first, second, is_unmarked=is_unmarked)
    if max(len(first), len(second)) > MOST_WORDS or (in_order and in_order.distance <= WEIGHTS[Reason.ORDER]):
        return in_order
    if not _may_be_turned(first, second):
        return in_order
    both_ways = ((first, second),) if len(first) == len(second) else ((first, second), (second, first))
    found = [
        _joined([aligned, Weighed(frozenset({Reason.ORDER}))])
        for turned, fixed in both_ways  # every order has its opposite among the orders
        for words in _orders(turned)
        if (aligned := _aligned(words, fixed, is_unmarked=is_unmarked)) is not None
    ]
    return _most_certain([*found, in_order] if in_order else found)


def _may_be_turned(first: _Words, second: _Words) -> bool:
    """Return whether a word is elsewhere in the other name: what most names that are two fail first."""
    is_as_long = len(first) == len(second)
    return any(
        not (is_as_long and place == beside) and not one.sounds.isdisjoint(other.sounds)
        for place, one in enumerate(first)
        for beside, other in enumerate(second)
    )


def _orders(words: _Words) -> Iterator[_Words]:
    """Yield the other orders a name is written in."""
    for begin in range(1, len(words)):
        yield words[begin:] + words[:begin]
    if len(words) > _FEWEST_WORDS:
        yield (words[-1], *words[1:-1], words[0])
        yield words[::-1]


def _aligned(first: _Words, second: _Words, *, is_unmarked: bool) -> Weighed | None:
    """Weigh the names word by word, some words of the longer one left out."""
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    left_out = len(longer) - len(shorter)
    if not left_out:
        return _side_by_side(longer, shorter, is_unmarked=is_unmarked)
    if left_out > _MOST_LEFT_OUT or len(shorter) < _FEWEST_WORDS or len(longer) > MOST_WORDS:
        return None
    last = len(longer) - 1
    may_go = [place for place, word in enumerate(longer) if place != last and (place or word.marked in FILLERS)]
    found: list[Weighed] = []
    for gone in combinations(may_go, left_out):
        kept = tuple(word for place, word in enumerate(longer) if place not in gone)
        weighed = _side_by_side(kept, shorter, is_unmarked=is_unmarked)
        if weighed is not None:
            found.append(_joined([weighed, *(_left_out(longer[place]) for place in gone)]))
    return _most_certain(found)


def _left_out(word: NameWord) -> Weighed:
    return Weighed(frozenset({Reason.FILLER_DROPPED if word.marked in FILLERS else Reason.MIDDLE_DROPPED}))


def _side_by_side(first: _Words, second: _Words, *, is_unmarked: bool) -> Weighed | None:
    last = len(first) - 1
    found: list[Weighed] = []
    for place, (one, other) in enumerate(zip(first, second, strict=True)):
        if one is other:
            continue
        weighed = weigh_words(
            one, other, is_unmarked=is_unmarked, is_at_end=place in {0, last}, may_be_short=place != last
        )
        if weighed is None:
            return None
        found.append(weighed)
    letters = sum(Reason.ONE_LETTER in weighed.reasons for weighed in found)
    return _joined(found) if letters <= 1 else None


def _joined(found: Iterable[Weighed]) -> Weighed:
    """Return all reasons together; one that several words give weighs once."""
    found = list(found)
    return Weighed(
        frozenset[Reason]().union(*(weighed.reasons for weighed in found)), sum(weighed.more for weighed in found)
    )


def _most_certain(found: Iterable[Weighed]) -> Weighed | None:
    return min(found, key=lambda weighed: (weighed.distance, sorted(weighed.reasons)), default=None)
