"""Persons of this registry who may be one: of a name, of a record, and all pairs there are.

- A pair is named once, the one with the lower number first; which of the two stays, people decide.
- Pairs with a number in common come first, then those whose names are the most alike and whose ages are the nearest.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from desktop.domain.base.problems import Problem
from desktop.domain.log.operation import Json
from desktop.domain.names.name_likeness import UNLIKE
from desktop.domain.names.search_keys import near_name_keys
from desktop.domain.names.word_likeness import Reason
from desktop.domain.values import field_types as field_values
from desktop.storage import people_index, queries
from desktop.storage.people_index import YEARS_APART
from desktop.workspace.base.session import Session
from desktop.workspace.people import duplicates
from desktop.workspace.people.duplicates import (
    MOST,
    OLD_NUMBER,
    REGISTER,
    SAME_NUMBER,
    PossiblePerson,
)
from desktop.workspace.records import records, titles


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPair:
    """Two persons who may be one, and why."""

    first: PossiblePerson
    second: PossiblePerson
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The most certain pairs, and how many there are in all."""

    pairs: tuple[PersonPair, ...]
    total: int


def read_given(session: Session, name: str, dob: str) -> tuple[Mapping[str, Json], tuple[Problem, ...]]:
    """Return a name and a date of birth as an officer types them, or what is wrong with the date."""
    field = records.definition_of(session, REGISTER).field(people_index.YEAR_FIELD)
    if not dob or field is None:
        return {"full_name": name}, ()
    born = field_values.normalise(dob, field, titles.value_context(session, "vi").values)
    if isinstance(born, Problem):
        return {}, (born,)
    return {"full_name": name, field.id: born}, ()


def like_values(
    session: Session, values: Mapping[str, Json], *, limit: int = MOST, language: str = "vi"
) -> tuple[PossiblePerson, ...]:
    """Return persons who may be the one with these values."""
    return duplicates.possible_duplicates(session, values, limit=limit, language=language)


def like_record(
    session: Session, person: str, *, limit: int = MOST, language: str = "vi"
) -> tuple[PossiblePerson, ...]:
    """Return other persons who may be this one, by id or record number. Raises as `records.find`."""
    record = records.find(session, REGISTER, person)
    values = records.read(session, record).values
    return duplicates.possible_duplicates(session, values, own=record, limit=limit, language=language)


def all_pairs(session: Session, *, limit: int, language: str = "vi") -> Pairs:
    """Return pairs of persons who may be one."""
    by_number = _same_numbers(session)
    by_name = _same_names(session)
    count = len(by_number)

    def counted() -> Iterator[_RankedPair]:
        nonlocal count
        for found in by_name:
            if found.pair in by_number:
                by_number[found.pair].extend(found.reasons)
            else:
                count += 1
                yield found

    by_likeness = heapq.nsmallest(limit, counted())
    numbered = [_RankedPair(-1, 0, pair, tuple(reasons)) for pair, reasons in sorted(by_number.items())]
    context = titles.value_context(session, language)
    chosen = [*numbered, *by_likeness][:limit]
    return Pairs(pairs=tuple(_pair(session, found, context) for found in chosen), total=count)


_Names: TypeAlias = tuple[tuple[int, str], ...]


class _Person(NamedTuple):
    record: str
    year: int | None


class _RankedPair(NamedTuple):
    """A pair, in the order of certainty."""

    distance: int
    years: int
    pair: tuple[str, str]
    reasons: tuple[str, ...]


def _pair(session: Session, found: _RankedPair, context: titles.ShowingContext) -> PersonPair:
    persons = [duplicates.possible_person(session, record, found.reasons, context) for record in found.pair]
    first, second = sorted(persons, key=lambda person: (person.row.record_no, person.record))
    return PersonPair(first=first, second=second, reasons=found.reasons)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _same_numbers(session: Session) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    holders: dict[str, list[str]] = defaultdict(list)
    for field, reason in SAME_NUMBER.items():
        for number, record in queries.numbered(session.database, REGISTER, field):
            holders[f"{reason} {number}"].append(record)
    for key, persons in holders.items():
        for pair in _all_pairs_of(persons):
            found[pair].append(key.split()[0])
    index = people_index.people_index(records.definition_of(session, REGISTER))
    for number, record in index.cancelled(session.database) if index is not None else ():
        for reason in SAME_NUMBER.values():
            for other in holders.get(f"{reason} {number}", ()):
                if other != record and OLD_NUMBER not in found[_ordered(record, other)]:
                    found[_ordered(record, other)].append(OLD_NUMBER)
    return {pair: reasons for pair, reasons in found.items() if reasons}


def _all_pairs_of(persons: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(persons):
        yield from (_ordered(one, other) for other in persons[place + 1 :] if other != one)


def _same_names(session: Session) -> Iterator[_RankedPair]:
    """Yield pairs by name, each once; names that many bear are compared once."""
    index = people_index.people_index(records.definition_of(session, REGISTER))
    if index is None:
        return
    names_of: dict[int, dict[int, str]] = defaultdict(dict)
    numbers: dict[str, list[int]] = defaultdict(list)
    years: dict[int, int | None] = {}
    for key, one in index.everybody(session.database):
        names_of[one.number][one.place] = one.name
        numbers[key].append(one.number)
        years[one.number] = one.year or None
    ids = index.records(session.database, years)
    people: dict[_Names, list[_Person]] = defaultdict(list)
    for number, in_place in names_of.items():
        people[tuple(in_place.items())].append(_Person(ids[number], years[number]))
    kept = {key: {tuple(names_of[number].items()) for number in found} for key, found in numbers.items()}
    for persons in people.values():
        yield from (_RankedPair(0, years, pair, _SAME) for years, pair in _near_pairs(persons, persons))
    for names, others in _near_names(kept, list(people)):
        pairs = _near_pairs(people[names], people[others])
        likeness, codes = duplicates.best_likeness(names, others) if pairs else (UNLIKE, ())
        if likeness.is_possible:
            yield from (_RankedPair(likeness.distance, years, pair, codes) for years, pair in pairs)


def _near_names(
    kept: Mapping[str, AbstractSet[_Names]], everybody: Sequence[_Names]
) -> Iterator[tuple[_Names, _Names]]:
    """Yield two names of which one is looked for under a key of the other, each two once."""
    places = {names: place for place, names in enumerate(everybody)}
    seen: set[tuple[int, int]] = set()
    for place, names in enumerate(everybody):
        for key in kept.keys() & frozenset[str]().union(*(near_name_keys(name) for _, name in names)):
            found = {(min(place, other), max(place, other)) for other in map(places.__getitem__, kept[key])}
            yield from ((everybody[one], everybody[other]) for one, other in sorted(found - seen) if one != other)
            seen |= found


_SAME: Final = (Reason.SAME.value,)


def _near_pairs(some: Sequence[_Person], others: Sequence[_Person]) -> list[tuple[int, tuple[str, str]]]:
    """Return pairs with years of birth that are near, and how far apart these are."""
    return [
        (years, _ordered(one.record, other.record))
        for one in some
        for other in others
        if (years := duplicates.years_between(one.year, other.year)) <= YEARS_APART
        and (some is not others or one.record < other.record)
    ]
