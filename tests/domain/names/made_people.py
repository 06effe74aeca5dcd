"""People who do not exist, made from a seed: names as frequent words of Vietnam make them, and what happens to a name.

- Surnames are about as frequent as they are said to be in the lowlands, Nguyễn more than a third, and in the
  north-west; the words stand in made_people.toml.
- `DAMAGES` are the ways in which a clerk, a keyboard or another form writes the same name; each is given the chance it
  runs by. A damage that a name cannot suffer gives None.
"""

import random
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from desktop.domain.names.normalize import fold
from desktop.domain.names.syllables import TONES, parse_syllable

FIRST_YEAR, LAST_YEAR = 1940, 2020
_WORDS: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePerson:
    name: str
    year: int


Damage: TypeAlias = Callable[[str, random.Random], str | None]


def people(count: int, seed: int) -> list[MadePerson]:
    chance = random.Random(seed)
    return [MadePerson(name=_name(chance), year=chance.randint(FIRST_YEAR, LAST_YEAR)) for _ in range(count)]


def without_diacritics(name: str, _chance: random.Random) -> str | None:
    plain = " ".join(word.capitalize() for word in fold(name).split())
    return plain if plain != name else None


def one_letter_missing(name: str, chance: random.Random) -> str | None:
    """Any letter of any word but one that is a letter alone."""
    places = [
        place
        for place, sign in enumerate(name)
        if sign != " " and not (name[place - 1 : place] in {"", " "} and name[place + 1 : place + 2] in {"", " "})
    ]
    place = chance.choice(places)
    return name[:place] + name[place + 1 :]


def thi_dropped(name: str, _chance: random.Random) -> str | None:
    """Thị, Văn, or the A of a Mông man."""
    first, *between, last = name.split()
    kept = [word for word in between if word not in {"Thị", "Văn", "A"}]
    return " ".join((first, *kept, last)) if len(kept) < len(between) else None


def given_name_first(name: str, chance: random.Random) -> str | None:
    words = name.split()
    return " ".join(
        chance.choice(
            (
                (words[-1], *words[:-1]),
                (*words[1:], words[0]),
                (words[-1], *words[1:-1], words[0]),
                tuple(reversed(words)),
            )
        )
    )


def decomposed(name: str, _chance: random.Random) -> str | None:
    damaged = unicodedata.normalize("NFD", name)
    return damaged if damaged != name else None


def mixed_forms(name: str, chance: random.Random) -> str | None:
    damaged = "".join(unicodedata.normalize(chance.choice(("NFC", "NFD")), sign) for sign in name)
    return damaged if damaged != name else None


def telex_leftover(name: str, chance: random.Random) -> str | None:
    """As typed with Vietnamese typing off: Telex or VNI, the tone's key at the end of the word or after its vowels."""
    keys = chance.choice((_TELEX, _VNI))
    at_end = chance.random() < 0.5
    damaged = " ".join(_typed(word, keys, at_end=at_end) for word in name.split())
    return damaged if damaged != name else None


def tone_elsewhere(name: str, _chance: random.Random) -> str | None:
    """hòa as hoà, thúy as thuý, khỏe as khoẻ."""
    damaged = " ".join(map(_tone_on_second, name.split()))
    return damaged if damaged != name else None


DAMAGES: Final[Mapping[str, Damage]] = {
    "no diacritics": without_diacritics,
    "one letter missing": one_letter_missing,
    "Thị, Văn, A dropped": thi_dropped,
    "given name first": given_name_first,
    "NFD": decomposed,
    "Telex or VNI left in": telex_leftover,
    "hòa as hoà": tone_elsewhere,
    "NFC and NFD mixed": mixed_forms,
}


def two_at_once(name: str, chance: random.Random) -> str | None:
    """Two of the damages, one after the other; harder than what anybody promises."""
    for damage in chance.sample(list(DAMAGES.values()), 2):
        damaged = damage(name, chance)
        if damaged is None:
            return None
        name = damaged
    return name


_TELEX: Final = (
    {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"},
    dict(zip(TONES, ("", "f", "r", "x", "s", "j"), strict=True)),
)
_VNI: Final = (
    {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"},
    dict(zip(TONES, ("", "2", "3", "4", "1", "5"), strict=True)),
)


def _typed(word: str, keys: tuple[Mapping[str, str], Mapping[str, str]], *, at_end: bool) -> str:
    letters, tones = keys
    syllable = parse_syllable(word)
    if syllable is None:
        return word
    vowels = len(syllable.rime.rstrip("cghmnpt"))
    rime = syllable.rime
    tone = tones[syllable.tone]
    whole = syllable.onset + (rime + tone if at_end else rime[:vowels] + tone + rime[vowels:])
    typed = "".join(letters.get(sign, sign) for sign in whole)
    return typed[0].upper() + typed[1:]


def _tone_on_second(word: str) -> str:
    syllable = parse_syllable(word)
    if syllable is None or not syllable.tone or syllable.rime not in {"oa", "oe", "uy"}:
        return word
    new = syllable.onset + unicodedata.normalize("NFC", syllable.rime + syllable.tone)
    return new[0].upper() + new[1:]


def _name(chance: random.Random) -> str:
    (own,) = chance.choices(_PEOPLES, _WEIGHTS)
    (surname,) = chance.choices(own.surnames, own.surname_weights)
    words = chance.choice(own.words_of_sexes)
    givens = words.givens
    given = givens[min(int(chance.expovariate(_SKEW / len(givens))), len(givens) - 1)]
    return " ".join(word for word in (surname, chance.choice(words.middles), given) if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    middles: tuple[str, ...]
    givens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    weight: int
    surnames: tuple[str, ...]
    surname_weights: tuple[float, ...]
    words_of_sexes: tuple[_Words, _Words]


def _read(table: dict[str, Any]) -> _People:
    surnames = [pair.split(":") for pair in table["surnames"].split()]
    women, men = (
        _Words(
            middles=tuple(word.strip("-").replace("_", " ") for word in table[sex]["middles"].split()),
            givens=tuple(table[sex]["givens"].split()),
        )
        for sex in ("women", "men")
    )
    return _People(
        weight=table["weight"],
        surnames=tuple(name for name, _ in surnames),
        surname_weights=tuple(float(weight) for _, weight in surnames),
        words_of_sexes=(women, men),
    )


_SKEW: Final = 5  # the first fifth of the given names is borne by about two thirds
_PEOPLES: Final = tuple(map(_read, tomllib.loads(_WORDS.read_text(encoding="utf-8"))["people"]))
_WEIGHTS: Final = [people_of.weight for people_of in _PEOPLES]
