"""Persons who may be one: found by number or by a name like theirs, with the reasons, never chosen by the program.

- Names count as `domain/names/name_likeness.py` says, and only when the years of birth are near or one is not known.
- The most certain come first, then those nearest in age. That order is nobody's score: it is not stored or shown.
- A name that is still being typed is found by its beginning, when nothing else is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import Json
from desktop.domain.names.name_likeness import UNLIKE, NameLikeness, compare_names
from desktop.domain.names.search_keys import near_name_keys
from desktop.storage import people_index, queries
from desktop.storage.people_index import PeopleIndex
from desktop.storage.search import search
from desktop.workspace.base.session import Session
from desktop.workspace.records import titles
from desktop.workspace.records.records import ListedRow, definition_of, listed_row

REGISTER: Final = "person"
MOST: Final = 20
SAME_NUMBER: Final = {"personal_id": "same_personal_id", "passport_no": "same_passport"}
OLD_NUMBER: Final = "same_old_number"
OTHER_NAME: Final = "other_name"
BEGINS_ALIKE: Final = "begins_alike"
_FEWEST_WORDS: Final = 2
_BEGINNINGS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PossiblePerson:
    """A person who may be the one asked about; `reasons` are codes, the most certain first. `born` may be empty."""

    row: ListedRow
    born: str
    reasons: tuple[str, ...]

    @property
    def record(self) -> str:
        return self.row.record


def possible_duplicates(
    session: Session, values: Mapping[str, Json], *, own: str = "", limit: int = MOST, language: str = "vi"
) -> tuple[PossiblePerson, ...]:
    """Return persons who may be the one with these values; `own` is the record they come from."""
    reasons = _of_number(session, values)
    for person, found in _of_name(session, values):
        reasons.setdefault(person, []).extend(found)
    reasons.pop(own, None)
    if not reasons:
        reasons = _of_beginning(session, values, own)
    context = titles.value_context(session, language)
    return tuple(possible_person(session, record, why, context) for record, why in list(reasons.items())[:limit])


def possible_person(
    session: Session, record: str, reasons: Iterable[str], context: titles.ShowingContext
) -> PossiblePerson:
    """Return a person as lists show him, with why he may be meant."""
    definition = definition_of(session, REGISTER)
    born = _values(session, record).get(people_index.YEAR_FIELD)
    return PossiblePerson(
        row=listed_row(session, record),
        born=titles.shown(definition.field(people_index.YEAR_FIELD), born, context),
        reasons=tuple(reasons),
    )


def best_likeness(
    some: Iterable[tuple[int, str]], others: Collection[tuple[int, str]]
) -> tuple[NameLikeness, tuple[str, ...]]:
    """Return why any of a person's names is like any of another's, and the reasons as codes.

    The place of the name is 0, any other place is that of an other name.
    """
    best, is_other = UNLIKE, False
    for place, name in some:
        for beside, other in others:
            found = compare_names(name, other)
            if found.is_possible and (not best.is_possible or found.distance < best.distance):
                best, is_other = found, bool(place or beside)
    codes = tuple(reason.value for reason in best.reasons)
    return best, (*codes, OTHER_NAME) if is_other else codes


def names_in(values: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the name and the other name."""
    names = [values.get(field) for field in ("full_name", people_index.OTHER_NAME)]
    return tuple(name for name in names if isinstance(name, str) and name.strip())


def _of_number(session: Session, values: Mapping[str, Json]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    database = session.database
    numbers = {name: value for name in SAME_NUMBER if isinstance(value := values.get(name), str) and value}
    for name, number in numbers.items():
        for record in queries.same_value(database, REGISTER, name, number):
            found.setdefault(record, []).append(SAME_NUMBER[name])
    cancelled = people_index.old_numbers_of(values)
    old = {record for number in cancelled for record in queries.same_value(database, REGISTER, "personal_id", number)}
    keys = [people_index.number_key(number) for number in (*numbers.values(), *cancelled)]
    index = _index(session)
    if keys and index is not None:
        numbered = (one.number for one in index.find(database, keys, None))
        old.update(index.records(database, numbered).values())
    for record in sorted(old):
        found.setdefault(record, []).append(OLD_NUMBER)
    return found


def _of_name(session: Session, values: Mapping[str, Json]) -> list[tuple[str, tuple[str, ...]]]:
    names, index = names_in(values), _index(session)
    if not names or index is None:
        return []
    year = people_index.year_of(values)
    keys = frozenset[str]().union(*map(near_name_keys, names))
    weighed: dict[tuple[str, int], tuple[NameLikeness, tuple[str, ...]]] = {}
    best: dict[int, tuple[int, int, tuple[str, ...]]] = {}
    for one in index.find(session.database, keys, year):
        if (one.name, one.place) not in weighed:  # many share a name
            weighed[one.name, one.place] = best_likeness(enumerate(names), [(one.place, one.name)])
        likeness, codes = weighed[one.name, one.place]
        if likeness.is_possible:
            found = likeness.distance, years_between(year, one.year or None), codes
            best[one.number] = min(found, best.get(one.number, found))
    ids = index.records(session.database, best)
    in_order = sorted((distance, years, ids[number], codes) for number, (distance, years, codes) in best.items())
    return [(record, codes) for _, _, record, codes in in_order]


def years_between(one: int | None, other: int | None) -> int:
    """Return how far two years are apart; a year that is not known is as far as may be."""
    return people_index.YEARS_APART if one is None or other is None else abs(one - other)


def _of_beginning(session: Session, values: Mapping[str, Json], own: str) -> dict[str, list[str]]:
    name, year = values.get("full_name"), people_index.year_of(values)
    if not isinstance(name, str) or len(name.split()) < _FEWEST_WORDS:
        return {}
    found = (one.record for one in search(session.database, name, [REGISTER], limit=_BEGINNINGS))
    return {
        record: [BEGINS_ALIKE]
        for record in found
        if record != own and _is_near(year, people_index.year_of(_values(session, record)))
    }


def _values(session: Session, record: str) -> Mapping[str, Json]:
    return queries.read_row(session.database, definition_of(session, REGISTER), record) or {}


def _is_near(one: int | None, other: int | None) -> bool:
    return years_between(one, other) <= people_index.YEARS_APART


def _index(session: Session) -> PeopleIndex | None:
    return people_index.people_index(definition_of(session, REGISTER))
