"""Keys under which a name is kept, and keys under which names like it are looked for.

- A key is the sounds of two words, in the order of the alphabet: the surname and the given name, as far as that can be
  known. So neither what is between them counts, nor their order, marks, y or i, or how a sound is spelt.
- A name whose order is not plain has a key for each way it may be read; so has one with Telex keys left in it, or with
  a surname that is abbreviated.
- `near_name_keys` has every key that one letter more, less or other makes of them, in one of the two words.
- Two names that `compare_names` finds alike and that miss a letter in one word at most are found; an abbreviated given
  name is not: too many begin like it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from desktop.domain.names.spellings import NEVER_GIVEN, PLAIN_SURNAMES, other_spellings
from desktop.domain.names.words import (
    SOUNDS,
    NameWord,
    sound_of,
    words_of,
)

KEYS_VERSION: Final = 1
"""Raised when a name gets other keys than before; they are then made anew."""

LONGEST_NEAR: Final = 10
"""A longer word is looked for as it is: one letter does not hide it among many."""


def name_keys(name: str) -> frozenset[str]:
    """Return the keys a name is kept under; none when it has no word."""
    return frozenset(
        _key(one, other)
        for words in _readings(name)
        for first, second in _pairs(words, every=False)
        for one in _sounds(first)
        for other in _sounds(second)
    )


def near_name_keys(name: str) -> frozenset[str]:
    """Return the keys of all names that may be this one."""
    found: set[str] = set()
    for words in _readings(name):
        for first, second in _pairs(words, every=True):
            one, other = _sounds(first), _sounds(second)
            found.update(_key(sound, beside) for sound in _near_sounds(first) for beside in other)
            found.update(_key(sound, beside) for sound in one for beside in _near_sounds(second))
    return frozenset(found)


_Words: TypeAlias = tuple[NameWord, ...]


def _key(one: str, other: str) -> str:
    return f"{one} {other}" if one <= other else f"{other} {one}"


def _readings(name: str) -> Iterator[_Words]:
    """Yield the words as written, and as they are meant when Telex or VNI keys were left in them."""
    words = words_of(name)
    if not words:
        return
    yield words
    if any(word.reading for word in words):
        yield tuple(word.reading or word for word in words)


def _pairs(words: _Words, *, every: bool) -> Iterator[tuple[NameWord, NameWord]]:
    """Yield what may be surname and given name; with `every` all that may, else only what is likely.

    Surname first is the rule. The given name may come first, with the surname next or at the end.
    """
    own = (*(word for word in words[:-1] if word.marked not in NEVER_GIVEN), words[-1])
    own = own if len(own) > 1 else (words[0], words[-1])
    yield own[0], own[-1]
    if len(own) > _FEWEST_WORDS:
        is_turned = own[0].plain not in PLAIN_SURNAMES
        if every or is_turned or own[1].plain in _SURE_SURNAMES:
            yield own[0], own[1]
        if every or is_turned or own[-1].plain in _SURE_SURNAMES:
            yield own[-2], own[-1]
    if every and any(word.plain == word.marked and word not in own for word in words):  # Vân is Van without marks
        yield words[0], words[-1]
        yield words[0], words[1]
        yield words[-2], words[-1]


_FEWEST_WORDS: Final = 2  # whose order makes no other pair

# Hardly anybody's middle or given name.
_SURE: Final = "nguyen tran pham huynh dang vo do ho ngo giang sung vang thao lo quang"
_SURE_SURNAMES: Final = frozenset(_SURE.split())


def _sounds(word: NameWord) -> tuple[str, ...]:
    """Return a word's sounds, and those of every surname that it may abbreviate."""
    return (word.sound, *_expanded(word.plain)) if word.is_abbreviated else (word.sound,)


@lru_cache(1000)
def _expanded(short: str) -> tuple[str, ...]:
    whole = (surname for surname in PLAIN_SURNAMES if surname[0] == short[0] and _holds(surname, short))
    return tuple(sorted({sound_of(surname) for surname in whole}))


def _holds(whole: str, short: str) -> bool:
    left = iter(whole)
    return all(letter in left for letter in short)


@lru_cache(20_000)
def _near(plain: str, sound: str) -> frozenset[str]:
    others = {sound_of(other) for other in other_spellings(plain)}
    if len(plain) > LONGEST_NEAR:
        return frozenset({sound, *others})
    changed_over = (f"{plain[:at]}{plain[at + 1]}{plain[at]}{plain[at + 2 :]}" for at in range(len(plain) - 1))
    return frozenset({sound, *others, *map(sound_of, changed_over), *_edits(sound)})


def _near_sounds(word: NameWord) -> Iterable[str]:
    return {*_sounds(word), *_near(word.plain, word.sound)}


def _edits(sound: str) -> Iterator[str]:
    for place in range(len(sound) + 1):
        before, after, rest = sound[:place], sound[place:], sound[place + 1 :]
        for sign in SOUNDS:
            yield before + sign + after
            if after:
                yield before + sign + rest
        if after:
            yield before + rest
