"""A person who is entered again: how often found among 20,000 made people, among how many; the time among 100,000.

- Each damage of made_people.py is done to the names of people there, whose year of birth is then off by two at most.
- Found means: among the 20 that are shown. Beside ours, with the same damaged names and the same filter of years:
  rapidfuzz's WRatio of the names as written in small letters, the same of folded names, each with its best 20 by score,
  and names equal when folded. `theirs` is the peer that the row names.
- Two damages at once are measured, too; no goal was set for them.
- Candidates are counted before the cut at 20, too.
"""

import random
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
)
from desktop.domain.names.names import (
    compare_names,
    fold,
    name_keys,
    near_name_keys,
)
from desktop.paths import forms_dir
from desktop.storage import change_log, people_index, projection, register_tables
from desktop.storage.database import Database
from tests.domain.names.made_people import (
    DAMAGES,
    Damage,
    MadePerson,
    people,
    two_at_once,
)

SEED: Final = 20
PEOPLE: Final = 20_000
ASKED: Final = 500
SHOWN: Final = 20
YEARS: Final = 2
REGISTRY: Final = 100_000
ASKED_THERE: Final = 200
EPOCH: Final = "d" * 16
KEY: Final = bytes(32)


class Row(NamedTuple):
    """A figure of ours beside theirs."""

    name: str
    ours: float
    theirs: float
    goal: str
    unit: str = "%"


class Asked(NamedTuple):
    """A damaged name with a year near the true one, and who is meant."""

    name: str
    year: int
    meant: int


class Tally:
    """What became of some questions to one engine."""

    def __init__(self) -> None:
        self.found = 0
        self.shown: list[int] = []
        self.all: list[int] = []
        self.seconds = 0.0

    def ask(self, engine: Callable[[Asked], Sequence[int]], asked: Asked) -> None:
        begun = time.perf_counter()
        candidates = engine(asked)
        self.seconds += time.perf_counter() - begun
        self.found += asked.meant in candidates[:SHOWN]
        self.shown.append(min(len(candidates), SHOWN))
        self.all.append(len(candidates))

    @property
    def recall(self) -> float:
        return 100 * self.found / len(self.shown)

    @property
    def mean_seconds(self) -> float:
        return self.seconds / len(self.shown)


def run() -> Iterator[Row]:
    persons = people(PEOPLE, SEED)
    engines = {
        "ours": Ours(persons).find,
        "WRatio": WRatio(persons, str.lower).find,
        "WRatio, folded": WRatio(persons, fold).find,
        "equal folded": Folded(persons).find,
    }
    total = {name: Tally() for name in engines}
    for name_of_damage, damage in {**DAMAGES, "two at once": two_at_once}.items():
        tallies = {name: Tally() for name in engines}
        for asked in questions(persons, name_of_damage, damage):
            for name, engine in engines.items():
                tallies[name].ask(engine, asked)
                total[name].ask(engine, asked)
        yield from _rows(name_of_damage, tallies)
    for name in [*engines][1:]:
        ours, theirs = total["ours"], total[name]
        yield Row(f"one question in memory; {name}", ours.mean_seconds, theirs.mean_seconds, "", "s")
    yield from in_a_registry()


def _rows(damage: str, tallies: dict[str, Tally]) -> Iterator[Row]:
    ours, others = tallies["ours"], {name: tally for name, tally in tallies.items() if name != "ours"}
    for name, theirs in others.items():
        goal = "at least 98" if damage in DAMAGES else ""
        yield Row(f"{damage}: found; {name}", ours.recall, theirs.recall, goal)
    goal = f"at most {SHOWN}"
    yield Row("  candidates shown, mean; WRatio", statistics.mean(ours.shown), SHOWN, goal, "")
    equal = tallies["equal folded"].all
    for name, pick in (("mean", statistics.mean), ("99th percentile", _percentile), ("most", max)):
        yield Row(f"  candidates before the cut, {name}; equal folded", pick(ours.all), pick(equal), "", "")


def questions(persons: Sequence[MadePerson], name: str, damage: Damage) -> Iterator[Asked]:
    chance = random.Random(f"{SEED} {name}")
    count = 0
    for meant in chance.sample(range(len(persons)), len(persons)):
        damaged = damage(persons[meant].name, chance)
        if damaged is not None:
            yield Asked(damaged, persons[meant].year + chance.randint(-YEARS, YEARS), meant)
            count += 1
        if count == ASKED:
            return


class Ours:
    """The engine over plain dictionaries: the same keys and comparisons as in the registry."""

    def __init__(self, persons: Sequence[MadePerson]) -> None:
        self._persons = persons
        self._kept: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(persons):
            for key in name_keys(person.name):
                self._kept[key].append(place)

    def find(self, asked: Asked) -> list[int]:
        near = {place for key in near_name_keys(asked.name) for place in self._kept.get(key, ())}
        found = []
        for place in near:
            apart = abs(self._persons[place].year - asked.year)
            likeness = compare_names(asked.name, self._persons[place].name) if apart <= YEARS else None
            if likeness is not None and likeness.is_possible:
                found.append((likeness.distance, apart, place))
        return [place for _, _, place in sorted(found)]


class WRatio:
    """rapidfuzz over all persons of the years, after `prepare`."""

    def __init__(self, persons: Sequence[MadePerson], prepare: Callable[[str], str]) -> None:
        self._prepare = prepare
        self._of_year: dict[int, dict[int, str]] = defaultdict(dict)
        for place, person in enumerate(persons):
            self._of_year[person.year][place] = prepare(person.name)

    def find(self, asked: Asked) -> list[int]:
        near = {
            place: name
            for year in range(asked.year - YEARS, asked.year + YEARS + 1)
            for place, name in self._of_year[year].items()
        }
        best = process.extract(self._prepare(asked.name), near, scorer=fuzz.WRatio, limit=SHOWN)
        return [place for _, _, place in best]


class Folded:
    """Equal names, when case, marks and đ do not count."""

    def __init__(self, persons: Sequence[MadePerson]) -> None:
        self._persons = persons
        self._kept: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(persons):
            self._kept[fold(person.name)].append(place)

    def find(self, asked: Asked) -> list[int]:
        kept = self._kept.get(fold(asked.name), ())
        return [place for place in kept if abs(self._persons[place].year - asked.year) <= YEARS]


def in_a_registry() -> Iterator[Row]:
    """Ask an encrypted registry: with the year, without it, and first of all with nothing in memory."""
    persons = people(REGISTRY, SEED)
    chance = random.Random(SEED)
    damages = list(DAMAGES.values())
    asked: list[Asked] = []
    while len(asked) < ASKED_THERE:
        meant = chance.randrange(REGISTRY)
        damaged = chance.choice(damages)(persons[meant].name, chance)
        if damaged is not None:
            asked.append(Asked(damaged, persons[meant].year, meant))
    library = load_library(forms_dir())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.db"
        with Database.create(path, KEY) as db:
            _fill(db, library, persons)
        for name, with_year in (("", True), (", year unknown", False)):
            with Database.open(path, KEY) as db:
                register_tables.prepare(db, library)
                times = [_ask(db, library, one, with_year=with_year) for one in asked]
            goal = "at most 100 ms"
            yield Row(
                f"one person among {REGISTRY} in the registry{name}: median", statistics.median(times), 0, goal, "s"
            )
            yield Row(f"  slowest of {ASKED_THERE}{name}", max(times), 0, goal, "s")
            yield Row(f"  the first after opening{name}", times[0], 0, goal, "s")


def _fill(db: Database, library: Library, persons: Sequence[MadePerson]) -> None:
    change_log.begin_epoch(db, EPOCH, "CAX-03160-7K2M")
    register_tables.prepare(db, library)
    for begin in range(0, len(persons), 10_000):
        batch = [_operation(begin + place, one) for place, one in enumerate(persons[begin : begin + 10_000], start=1)]
        with db.atomic():
            change_log.append(db, batch)
            projection.apply(db, library, [one.record for one in batch])


def _operation(number: int, person: MadePerson) -> Operation:
    fields: dict[str, Json] = {
        "record_no": f"NG-2026-{number:06}",
        "full_name": person.name,
        "dob": f"{person.year}",
        "gender": "F",
        "nationality": "VNM",
        "personal_id": f"{number:012}",
        "phone": f"+849{number:08}",
        "perm_addr": {"province": "11", "commune": "03160", "hamlet": f"Bản {number % 97}"},
    }
    return Operation(
        id=OperationId(EPOCH, number),
        kind=ChangeKind.PUT,
        record=str(uuid.UUID(int=number)),
        register="person",
        definition_version=1,
        officer=str(uuid.UUID(int=1)),
        time=HybridTime(1_700_000_000_000 + number, 0),
        wall=1_700_000_000_000,
        fields={name: FieldChange(value) for name, value in fields.items()},
    )


def _ask(db: Database, library: Library, asked: Asked, *, with_year: bool) -> float:
    begun = time.perf_counter()
    index = people_index.people_index(library.registers["person"])
    assert index is not None
    near = index.find(db, near_name_keys(asked.name), asked.year if with_year else None)
    alike = {name: compare_names(asked.name, name) for name in {one.name for one in near}}
    found = [one for one in near if alike[one.name].is_possible]
    ids = index.records(db, (one.number for one in found))
    sorted((alike[one.name].distance, abs(one.year - asked.year), ids[one.number]) for one in found)
    return time.perf_counter() - begun


def _percentile(figures: Sequence[int]) -> float:
    return sorted(figures)[int(0.99 * len(figures))]


if __name__ == "__main__":
    for row in run():
        print(f"{row.name:60} {row.ours:8.3f} {row.theirs:8.3f} {row.unit}  {row.goal}")
