"""Register tables: the one place where a table or column name is made, from a form definition and nothing else.

- `register_<id>` has one column for each stored field, `_number` (the record's number in record_index) and `_extra`.
- INTEGER for integer and yes_no; JSON text for codes, rows, address and attachment; TEXT for all else; all STRICT.
- A value that does not fit its column, or a field the definition does not know (a sealed value, a newer definition),
  is in `_extra`, so nothing is lost and nothing is converted.
- They are projections: when a definition changes in a way that shows in them, they are dropped, made anew and marked
  for `projection.rebuild`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from desktop.domain.definitions.companion_fields import NOTE
from desktop.domain.definitions.model import (
    LINKS,
    FieldDefinition,
    FormDefinition,
    Library,
    TypeName,
)
from desktop.domain.log.operation import FIELD_ID, Json, canonical
from desktop.domain.names.names import fold, name_sort_key, sort_key
from desktop.storage import people_index
from desktop.storage.database import Database, Row, SqlValue
from desktop.storage.people_index import PeopleIndex

INTEGERS: Final = frozenset({TypeName.INTEGER, TypeName.YES_NO})
NESTED: Final = frozenset({TypeName.CODES, TypeName.ROWS, TypeName.ADDRESS, TypeName.ATTACHMENT})
HOLDS_NOTE: Final = f"instr(_extra, '\"{NOTE}') > 0"
"""The condition of the index of rows with a note; a query must say the same to be answered by it."""
IDENTITIES: Final = frozenset({TypeName.PERSONAL_ID, TypeName.PASSPORT, TypeName.PHONE})


@dataclass(frozen=True)
class RegisterTable:
    """The table of one register: its statements, and values to a row and back."""

    definition: FormDefinition

    @cached_property
    def name(self) -> str:
        return f'"register_{_checked(self.definition.id)}"'

    @cached_property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """The stored fields, in the order of the columns."""
        return tuple(field for field in self.definition.fields() if field.computed is None)

    def field(self, field_id: str) -> FieldDefinition:
        """Raises ValueError for a field this table has no column for (our bug)."""
        found = self.definition.field(field_id)
        if found is None or found.computed is not None:
            message = f"{self.definition.id} stores no field {field_id}"
            raise ValueError(message)
        return found

    @cached_property
    def linking(self) -> tuple[FieldDefinition, ...]:
        """The fields that may link to other records, those with rows included."""
        return tuple(field for field in self.fields if field.type in LINKS or field.type is TypeName.ROWS)

    @cached_property
    def people(self) -> PeopleIndex | None:
        """The index of names and cancelled numbers; None when the register is not of people."""
        return people_index.people_index(self.definition)

    @cached_property
    def _asked_of_people(self) -> tuple[FieldDefinition, ...]:
        return tuple(map(self.field, self.people.asked)) if self.people else ()

    @cached_property
    def select_people(self) -> str:
        """What the keys of the index of people are made of, for `people_values`."""
        columns = ", ".join(map(column, self._asked_of_people))
        return f"SELECT {columns} FROM {self.name} WHERE _number = ?"  # noqa: S608  checked names

    def people_values(self, row: Row) -> dict[str, Json]:
        """Return the values of a row of `select_people`; what is in `_extra` makes no key."""
        cells = zip(self._asked_of_people, row, strict=True)
        return {field.id: _value(field, cell) for field, cell in cells if cell is not None}

    @cached_property
    def put(self) -> str:
        places = ", ".join("?" * (len(self.fields) + 2))
        return f"INSERT OR REPLACE INTO {self.name} VALUES ({places})"  # noqa: S608  checked name

    @cached_property
    def columns(self) -> str:
        """Every column, as `row.` names them, for `values_of`."""
        return ", ".join(["row._extra", *(f"row.{column(field)}" for field in self.fields)])

    @cached_property
    def select(self) -> str:
        return f"SELECT {self.columns} FROM {self.name} AS row WHERE _number = ?"  # noqa: S608  checked names

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, FieldDefinition]]:
        return {field.id: (place, field) for place, field in enumerate(self.fields, start=2)}

    def row_of(self, number: int, values: Mapping[str, Json]) -> list[SqlValue]:
        """Return the row that `put` writes; `values` holds no None."""
        row: list[SqlValue] = [None] * (len(self.fields) + 2)
        row[0] = number
        places = self._places
        extra: dict[str, Json] = {}
        for name, value in values.items():
            place, field = places.get(name, _NO_PLACE)
            cell = None if field is None else _cell(field, value)
            if cell is None:
                extra[name] = value
            else:
                row[place] = cell
        if extra:
            row[1] = canonical(extra).decode()
        return row

    def values_of(self, row: Row) -> dict[str, Json]:
        """Return what `row_of` was given, from a row of `columns`."""
        extra, *cells = row
        values: dict[str, Json] = {
            field.id: _value(field, cell) for field, cell in zip(self.fields, cells, strict=True) if cell is not None
        }
        if extra is not None:
            values |= json.loads(extra)
        return values


def table_of(db: Database, definition: FormDefinition) -> RegisterTable:
    """Return the table of a definition, with its statements worked out once for a connection."""
    table: RegisterTable | None = db.prepared.get(definition.id)
    if table is None or table.definition is not definition:
        table = db.prepared[definition.id] = RegisterTable(definition)
    return table


def column(field: FieldDefinition) -> str:
    """Return the quoted column name of a field; our own columns begin with `_`, which no field id does."""
    return f'"{_checked(field.id)}"'


def prepared_table(db: Database, register: str) -> RegisterTable:
    """Return the table of a register that `prepare` has seen on this connection; another is our bug."""
    table: RegisterTable = db.prepared[register]
    return table


def prepare(db: Database, library: Library) -> tuple[str, ...]:
    """Make the register tables fit the library and return the registers whose rows must be rebuilt."""
    with db.atomic():
        known: dict[str, str] = dict(db.query_rows("SELECT register, fingerprint FROM projected_registers"))
        for register in sorted(known.keys() - library.registers.keys()):
            _drop(db, register)
            db.execute("UPDATE projected_registers SET needs_rebuild = 1")  # their search text may name its records
        for register, definition in sorted(library.registers.items()):
            table_of(db, definition)
            fingerprint = _fingerprint(definition)
            if known.get(register) != fingerprint:
                _drop(db, register)
                _create(db, definition, fingerprint)
        rows = db.query_rows("SELECT register FROM projected_registers WHERE needs_rebuild = 1 ORDER BY register")
    return tuple(row[0] for row in rows)


def prepared_registers(db: Database) -> frozenset[str]:
    return frozenset(row[0] for row in db.query_rows("SELECT register FROM projected_registers"))


def remove_row(db: Database, register: str, number: int, search_text: str) -> None:
    """Take one record out of every projection; `search_text` is what went into the search index."""
    db.execute(
        "INSERT INTO search_index (search_index, rowid, search_text) VALUES ('delete', ?, ?)", (number, search_text)
    )
    db.execute("DELETE FROM links WHERE source = ?", (number,))
    db.execute("DELETE FROM record_index WHERE number = ?", (number,))
    people_index.remove(db, register, number)
    if register in prepared_registers(db):
        db.execute(f'DELETE FROM "register_{_checked(register)}" WHERE _number = ?', (number,))  # noqa: S608  as above


def drop_projections(db: Database) -> None:
    """Empty every projection; the operations stay."""
    for (register,) in db.query_rows("SELECT register FROM projected_registers"):
        db.execute(f'DELETE FROM "register_{_checked(register)}"')  # noqa: S608  checked name
        people_index.empty(db, register)
    db.execute("DELETE FROM links")
    db.execute("DELETE FROM record_index")
    db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")


_NO_PLACE: Final[tuple[int, None]] = (0, None)
# Raised when projection.py or this module computes something else from the same operations.
_PROJECTION_VERSION: Final = 2
_SAMPLE: Final = "Đỗ Thị Ước Nguyễn Hoà-Bình"


def _checked(name: str) -> str:
    if not FIELD_ID.fullmatch(name):
        message = "an id that is no id reached SQL"
        raise ValueError(message)
    return name


def _cell(field: FieldDefinition, value: Json) -> SqlValue:
    """Return what goes into the field's column; None when the value has to go into `_extra`."""
    if value is None:
        return None
    if field.type in NESTED:
        return canonical(value).decode()
    if field.type in INTEGERS:
        fits = isinstance(value, bool) == (field.type is TypeName.YES_NO) and isinstance(value, int)
        return int(value) if fits and isinstance(value, int) else None
    return value if isinstance(value, str) else None


def _value(field: FieldDefinition, cell: SqlValue) -> Json:
    if field.type in NESTED:
        nested: Json = json.loads(str(cell))
        return nested
    if field.type is TypeName.YES_NO:
        return bool(cell)
    return cell if isinstance(cell, int | str) else None


def _create(db: Database, definition: FormDefinition, fingerprint: str) -> None:
    table = table_of(db, definition)
    columns = [f"{column(field)} {'INTEGER' if field.type in INTEGERS else 'TEXT'}" for field in table.fields]
    db.execute(
        f"CREATE TABLE {table.name} ({', '.join(['_number INTEGER PRIMARY KEY', '_extra TEXT', *columns])}) STRICT"
    )
    for place, field in enumerate(table.fields):
        if field.type in IDENTITIES:  # the same number again is a hint at every save
            db.execute(
                f'CREATE INDEX "index_{definition.id}_{place}" ON {table.name} ({column(field)})'
                f" WHERE {column(field)} IS NOT NULL"
            )
    if table.people is not None:
        table.people.create(db)
    db.execute(
        f'CREATE INDEX "index_{definition.id}_noted" ON {table.name} (_number) WHERE {HOLDS_NOTE}'  # few of many
    )
    has_operations = db.query_row("SELECT 1 FROM operations WHERE register = ? LIMIT 1", (definition.id,)) is not None
    db.execute("INSERT INTO projected_registers VALUES (?, ?, ?)", (definition.id, fingerprint, int(has_operations)))


def _drop(db: Database, register: str) -> None:
    """Remove a register from every projection; the operations stay."""
    db.execute(
        "INSERT INTO search_index (search_index, rowid, search_text)"
        " SELECT 'delete', number, search_text FROM record_index WHERE register = ?",
        (register,),
    )
    db.execute("DELETE FROM links WHERE source IN (SELECT number FROM record_index WHERE register = ?)", (register,))
    db.execute("DELETE FROM record_index WHERE register = ?", (register,))
    db.execute("DELETE FROM projected_registers WHERE register = ?", (register,))
    db.execute(f'DROP TABLE IF EXISTS "register_{_checked(register)}"')
    people_index.drop(db, register)


def _fingerprint(definition: FormDefinition) -> str:
    """Return a digest of all that shows in the projections, our own folding and sorting included."""
    content = [
        _PROJECTION_VERSION,
        [fold(_SAMPLE), sort_key(_SAMPLE), name_sort_key(_SAMPLE)],
        definition.version,
        definition.title,
        list(definition.search),
        [_described(field) for field in definition.fields()],
    ]
    people = people_index.people_index(definition)
    if people is not None:
        content.append(people.described)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _described(field: FieldDefinition) -> Sequence[object]:
    return [
        field.id,
        field.type.value,
        field.kind,
        field.privacy.value,
        field.merge.value,
        list(field.protective),
        field.computed is not None,
        [_described(inner) for inner in field.fields],
    ]
