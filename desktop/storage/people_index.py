"""The index of people: who has a name like this one, or a number that was cancelled.

- A register of people is one that is titled by a person's name and asks the date of birth. Its index is the table
  `names_<register>`: key, year of birth (0 when it is not known), record, and the name itself, so that thousands may be
  compared without reading their records.
- Keys are those of `domain/names/search_keys.py`, for the name and the other name, and `#` with each cancelled number.
- It is a projection as the register's own table is, made and dropped together with it.
- What identifies a victim or an informant (P4) makes no key.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from desktop.domain.base.dates import span
from desktop.domain.definitions.model import (
    PERSON_NAME,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import FIELD_ID, Json
from desktop.domain.names.search_keys import KEYS_VERSION, name_keys
from desktop.storage.database import Database

YEARS_APART: Final = 2  # years of birth are often guessed

YEAR_FIELD: Final = "dob"
OTHER_NAME: Final = "other_name"
OLD_NUMBERS: Final = "old_personal_ids"

Keys: TypeAlias = frozenset[tuple[str, int, int, str]]
"""Key, year, 0 for the name and 1 for the other name, the name."""


class IndexedName(NamedTuple):
    """A name that a key was found for; `place` is 0 for the name and 1 for the other name, `year` 0 if not known.

    `number` is that of the record index: `records` gives the ids of those who matter.
    """

    number: int
    year: int
    place: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleIndex:
    """The index of one register; `fields` hold names."""

    register: str
    fields: tuple[str, ...]
    has_old_numbers: bool

    @property
    def described(self) -> list[object]:
        """What the keys depend on."""
        return [KEYS_VERSION, *self.fields, self.has_old_numbers, sorted(name_keys(_SAMPLE))]

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that keys are made of."""
        return (*self.fields, YEAR_FIELD, OLD_NUMBERS) if self.has_old_numbers else (*self.fields, YEAR_FIELD)

    def keys_of(self, values: Mapping[str, Json]) -> Keys:
        """Return what a person is kept under."""
        year = year_of(values) or 0
        names = [(place, text) for place, name in enumerate(self.fields) if isinstance(text := values.get(name), str)]
        keys = {(key, year, place, text) for place, text in names for key in name_keys(text)}
        if self.has_old_numbers:
            keys.update((number_key(number), year, 0, "") for number in old_numbers_of(values))
        return frozenset(keys)

    def create(self, db: Database) -> None:
        db.execute(
            f"CREATE TABLE {_table(self.register)} (key TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL,"
            " place INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, year, number, place)) STRICT, WITHOUT ROWID"
        )

    def write(self, db: Database, changed: Sequence[tuple[int, Keys, Keys]]) -> None:
        """Put records under their new keys instead of the old ones."""
        table = _table(self.register)
        gone = [(key, year, number, place) for number, old, new in changed for key, year, place, _ in old - new]
        come = [
            (key, year, number, place, name) for number, old, new in changed for key, year, place, name in new - old
        ]
        if gone:
            db.executemany(f"DELETE FROM {table} WHERE (key, year, number, place) = (?, ?, ?, ?)", sorted(gone))  # noqa: S608  checked name
        if come:
            db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", sorted(come))  # noqa: S608  checked name

    def find(self, db: Database, keys: Iterable[str], year: int | None) -> tuple[IndexedName, ...]:
        """Return who is kept under any of these keys and born within YEARS_APART years, as far as is known."""
        near = "year = 0 OR year BETWEEN ?2 - ?3 AND ?2 + ?3" if year else "?2 OR ?3"
        sql = (
            "SELECT DISTINCT number, year, place, name FROM json_each(?1) AS wanted"  # noqa: S608  checked name
            f" CROSS JOIN {_table(self.register)} AS keys ON keys.key = wanted.value WHERE {near}"
        )
        return tuple(map(IndexedName._make, db.query_rows(sql, (json.dumps(list(keys)), year, YEARS_APART))))

    def everybody(self, db: Database) -> Iterator[tuple[str, IndexedName]]:
        """Yield each key of a name with a name it is kept for, in the order of the records."""
        sql = (
            f"SELECT key, number, year, place, name FROM {_table(self.register)}"  # noqa: S608  checked name
            " WHERE name <> '' ORDER BY number, place, key"
        )
        return ((key, IndexedName(*row)) for key, *row in db.iterate_rows(sql))

    def records(self, db: Database, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of records by their numbers."""
        sql = "SELECT number, record FROM record_index WHERE number IN (SELECT value FROM json_each(?))"
        return dict(db.query_rows(sql, (json.dumps(list(numbers)),)))

    def cancelled(self, db: Database) -> tuple[tuple[str, str], ...]:
        """Return every cancelled number with the record that says it was."""
        sql = (
            f"SELECT DISTINCT substr(key, 2), record FROM {_table(self.register)} AS keys"  # noqa: S608  checked name
            " JOIN record_index AS ix ON ix.number = keys.number WHERE name = '' ORDER BY key, record"
        )
        return tuple((number, record) for number, record in db.query_rows(sql))


def people_index(definition: FormDefinition) -> PeopleIndex | None:
    """Return the index of a register; None when it is not of people."""
    title = next((field for field in definition.fields() if definition.title == f"{{{field.id}}}"), None)
    if title is None or title.kind != PERSON_NAME or title.privacy is Privacy.P4 or not definition.field(YEAR_FIELD):
        return None
    return PeopleIndex(
        register=definition.id,
        fields=(title.id, OTHER_NAME) if _is_open(definition, OTHER_NAME, TypeName.TEXT) else (title.id,),
        has_old_numbers=_is_open(definition, OLD_NUMBERS, TypeName.ROWS),
    )


def year_of(values: Mapping[str, Json]) -> int | None:
    """Return the year of birth, as far as it is said."""
    stored = values.get(YEAR_FIELD)
    days = span(stored) if isinstance(stored, str) else None
    return None if days is None else days[0].year


def old_numbers_of(values: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the cancelled numbers of a person."""
    rows = values.get(OLD_NUMBERS)
    numbers = [row.get("number") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(dict.fromkeys(number for number in numbers if isinstance(number, str)))


def number_key(number: str) -> str:
    """Return the key of a cancelled number; those of names begin with a letter."""
    return f"#{number}"


def drop(db: Database, register: str) -> None:
    db.execute(f"DROP TABLE IF EXISTS {_table(register)}")


def empty(db: Database, register: str) -> None:
    if _exists(db, register):
        db.execute(f"DELETE FROM {_table(register)}")  # noqa: S608  checked name


def remove(db: Database, register: str, number: int) -> None:
    """Take one record out. It reads the whole index; records hardly ever leave a register."""
    if _exists(db, register):
        db.execute(f"DELETE FROM {_table(register)} WHERE number = ?", (number,))  # noqa: S608  checked name


def dump(db: Database, register: str) -> dict[str, Keys]:
    """Return what every record of a register is kept under."""
    found: dict[str, set[tuple[str, int, int, str]]] = {}
    if _exists(db, register):
        sql = f"SELECT record, key, year, place, name FROM {_table(register)} JOIN record_index USING (number)"  # noqa: S608  checked name
        for record, *row in db.iterate_rows(sql):
            found.setdefault(record, set()).add((row[0], row[1], row[2], row[3]))
    return {record: frozenset(keys) for record, keys in found.items()}


_SAMPLE: Final = "Ng. Thị Hoà-Trang Nguyeenx"


def _is_open(definition: FormDefinition, name: str, of_type: TypeName) -> bool:
    field = definition.field(name)
    return field is not None and field.type is of_type and field.computed is None and field.privacy is not Privacy.P4


def _table(register: str) -> str:
    if not FIELD_ID.fullmatch(register):
        message = "an id that is no id reached SQL"
        raise ValueError(message)
    return f'"names_{register}"'


def _exists(db: Database, register: str) -> bool:
    name = _table(register).strip('"')
    return db.query_row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)) is not None
