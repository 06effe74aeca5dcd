"""Reading records for lists and forms; every answer is a tuple of plain objects.

- Lists are ordered as Vietnamese is: people by given name, a linked record by its own place in such a list.
- Equal records are ordered by id, so that pages neither repeat nor skip one.
- A linked record's title is given for what may be shown in a list; never for a P4 field.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.definitions.model import (
    LINKS,
    PERSON_NAME,
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.storage.database import Database, Row, SqlValue
from desktop.storage.register_tables import HOLDS_NOTE, RegisterTable, column, prepared_table, table_of
from desktop.storage.search import fts_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A filter: the stored form lies between the two, both included; None leaves a side open."""

    first: str | int | None = None
    last: str | int | None = None


Plain: TypeAlias = "str | int | bool | None"
Filter: TypeAlias = "Plain | tuple[Plain, ...] | Between"

# What a list may be ordered by besides the register's own fields.
ORDERS: Final = {
    "record_no": "ix.record_no",
    "title": "ix.sort_key",
    "status": "ix.status",
    "station": "ix.station",
    "unit": "ix.station",
    "created": "ix.created_ms",
    "created_at": "ix.created_ms",
    "updated": "ix.updated_ms",
    "updated_at": "ix.updated_ms",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRecord:
    """A line of a list, with all its values; `linked` has the titles of the records that its list fields link to."""

    record: str
    record_no: str
    station: str
    status: str
    title: str
    created_ms: int
    updated_ms: int
    has_conflict: bool
    values: Mapping[str, Json]
    linked: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A record that links here, through which field (`rows.field` for one in rows)."""

    record: str
    register: str
    record_no: str
    title: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictedRecord:
    """A record in which `conflicts` fields wait for a person's choice."""

    record: str
    register: str
    record_no: str
    title: str
    conflicts: int


def list_records(
    db: Database,
    definition: FormDefinition,
    *,
    text: str = "",
    order_by: str = "record_no",
    descending: bool = False,
    limit: int = 100,
    offset: int = 0,
    filters: Mapping[str, Filter] | None = None,
) -> tuple[ListedRecord, ...]:
    """Return one page of a register.

    `text` is searched for (search.py). `order_by` is a stored field or one of ORDERS; what is not answered comes last.
    `filters` maps a stored field, or one of `status`, `station`, `has_conflict`, to the value wanted: None for "not
    answered", a tuple for any of its values, or a Between. A `codes` field has a value that is among its codes.
    """
    table = table_of(db, definition)
    chosen = _choose(table, text, filters or {}, order_by)
    if chosen is None:
        return ()
    titled = _titled(table)
    order = _order(table, order_by, "DESC" if descending else "ASC")
    rows = db.query_rows(
        # the page is chosen by number first: what is shown is then read for its lines alone
        f"SELECT {_shown(table, titled)} FROM {_joined(table)} WHERE ix.number IN"  # noqa: S608  names
        f" (SELECT ix.number FROM {chosen.tables} WHERE {chosen.condition} ORDER BY {order} LIMIT ? OFFSET ?)"
        f" ORDER BY {order}",
        (*chosen.values, limit, offset),
    )
    return tuple(_listed(table, titled, row) for row in rows)


def count_records(
    db: Database, definition: FormDefinition, *, text: str = "", filters: Mapping[str, Filter] | None = None
) -> int:
    """Return how many records `list_records` would give in all."""
    chosen = _choose(table_of(db, definition), text, filters or {}, "record_no")
    if chosen is None:
        return 0
    row = db.query_row(f"SELECT count(*) FROM {chosen.tables} WHERE {chosen.condition}", chosen.values)  # noqa: S608  names
    return row[0] if row else 0


def read_row(db: Database, definition: FormDefinition, record: str) -> Mapping[str, Json] | None:
    """Return every value of a record; None when this register has no such record."""
    table = table_of(db, definition)
    row = db.query_row(f"SELECT {table.columns} FROM {_joined(table)} WHERE ix.record = ?", (record,))  # noqa: S608  names
    return None if row is None else table.values_of(row)


def register_of(db: Database, record: str) -> str | None:
    row = db.query_row("SELECT register FROM record_index WHERE record = ?", (record,))
    return row[0] if row else None


def titles_of(db: Database, records: Iterable[str]) -> Mapping[str, str]:
    """Return the titles of the records that are known here; empty for one without a title of its own."""
    wanted = json.dumps(sorted(set(records)))
    return dict(
        db.query_rows(
            "SELECT record, title FROM record_index WHERE record IN (SELECT value FROM json_each(?))", (wanted,)
        )
    )


def links_to(db: Database, record: str) -> tuple[Link, ...]:
    """Return the records that link to a record, in the order of their registers and numbers."""
    rows = db.query_rows(
        "SELECT record, register, record_no, title, field FROM links JOIN record_index ON number = source"
        " WHERE target = ? ORDER BY register, record_no, record, field",
        (record,),
    )
    return tuple(
        Link(record=source, register=register, record_no=record_no, title=title, field=field)
        for source, register, record_no, title, field in rows
    )


def find_by_record_no(db: Database, register: str, record_no: str) -> tuple[str, ...]:
    """Return the records with a number; two stations may have given the same one."""
    sql = "SELECT record FROM record_index WHERE register = ? AND record_no = ? ORDER BY record"
    return tuple(row[0] for row in db.query_rows(sql, (register, record_no)))


def same_value(db: Database, register: str, field: str, value: str) -> tuple[str, ...]:
    """Return the records of a register that have this value in a field: a hint that someone is entered twice."""
    table = prepared_table(db, register)
    name = column(table.field(field))
    rows = db.query_rows(
        f"SELECT ix.record FROM {_joined(table)} WHERE row.{name} = ? AND row.{name} IS NOT NULL ORDER BY ix.record",  # noqa: S608  names
        (value,),
    )
    return tuple(row[0] for row in rows)


def numbered(db: Database, register: str, field: str) -> tuple[tuple[str, str], ...]:
    """Return every value of a field with its record, equal values together."""
    table = prepared_table(db, register)
    name = column(table.field(field))
    rows = db.query_rows(
        f"SELECT row.{name}, ix.record FROM {_joined(table)} WHERE row.{name} IS NOT NULL ORDER BY 1, 2",  # noqa: S608  names
    )
    return tuple((value, record) for value, record in rows)


def of_commune(db: Database, register: str, field: str, commune: str) -> tuple[tuple[str, Json], ...]:
    """Return the records of a register whose address field lies in a commune, with that address."""
    table = prepared_table(db, register)
    name = column(table.field(field))
    rows = db.query_rows(
        f"SELECT ix.record, row.{name} FROM {_joined(table)}"  # noqa: S608  names
        f" WHERE row.{name} ->> '$.commune' = ? ORDER BY ix.record",
        (commune,),
    )
    return tuple((record, json.loads(address)) for record, address in rows)


def next_record_number(db: Database, register: str, station: str, year: int) -> int:
    """Return the next free number of a station's register in a year, counted from the last one given."""
    prefix = f"{prepared_table(db, register).definition.number}-{year}-"
    row = db.query_row(  # answered by the index record_index_number alone; ":" follows "9"
        "SELECT max(CAST(substr(record_no, ?) AS INTEGER)) FROM record_index"
        " WHERE register = ? AND record_no >= ? AND record_no < ? AND station = ?",
        (len(prefix) + 1, register, f"{prefix}0", f"{prefix}:", station),
    )
    return 1 + (row[0] or 0 if row else 0)


def conflicted(db: Database, register: str | None = None) -> tuple[ConflictedRecord, ...]:
    """Return the records in which a conflict waits for a person."""
    rows = db.query_rows(
        "SELECT record, register, record_no, title, conflicts FROM record_index"
        " WHERE conflicts > 0 AND (?1 IS NULL OR register = ?1) ORDER BY register, record_no, record",
        (register,),
    )
    return tuple(
        ConflictedRecord(record=record, register=found, record_no=record_no, title=title, conflicts=conflicts)
        for record, found, record_no, title, conflicts in rows
    )


def noted(db: Database, definition: FormDefinition, limit: int) -> tuple[ListedRecord, ...]:
    """Return the records of a register that hold a note on a field, the one changed last first."""
    table = table_of(db, definition)
    rows = db.query_rows(
        f"SELECT {_shown(table, [])} FROM {_joined(table)} WHERE row._number IN"  # noqa: S608  names
        f" (SELECT _number FROM {table.name} WHERE {HOLDS_NOTE})"
        " ORDER BY ix.updated_ms DESC, ix.record LIMIT ?",
        (limit,),
    )
    return tuple(_listed(table, [], row) for row in rows)


def all_records(db: Database) -> tuple[str, ...]:
    """Return the id of every record that has operations or is shown."""
    rows = db.query_rows("SELECT record FROM operations UNION SELECT record FROM record_index ORDER BY record")
    return tuple(row[0] for row in rows)


_LISTED: Final = "ix.record, ix.record_no, ix.station, ix.status, ix.title, ix.created_ms, ix.updated_ms, ix.conflicts"
_INDEX_FILTERS: Final = {
    "status": "ix.status",
    "station": "ix.station",
    "has_conflict": "(ix.conflicts > 0)",
    "created": "ix.created_ms",
}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The FROM and WHERE of a list, and the values bound in it."""

    tables: str
    condition: str
    values: list[SqlValue]


def _joined(table: RegisterTable) -> str:
    return f"record_index AS ix JOIN {table.name} AS row ON row._number = ix.number"


def _titled(table: RegisterTable) -> list[FieldDefinition]:
    """Return the links whose titles a list may show."""
    shown = table.definition.list
    return [
        field for field in table.fields if field.id in shown and field.type in LINKS and field.privacy is not Privacy.P4
    ]


def _shown(table: RegisterTable, titled: Sequence[FieldDefinition]) -> str:
    titles = [f"(SELECT title FROM record_index WHERE record = row.{column(field)})" for field in titled]  # noqa: S608  names
    return ", ".join([_LISTED, *titles, table.columns])


def _choose(table: RegisterTable, text: str, filters: Mapping[str, Filter], order_by: str) -> _Chosen | None:
    """Return None when the text holds nothing that could be found; the wide rows are joined only if asked about."""
    needs_rows = not _order_key(table, order_by).startswith("ix.") or not filters.keys() <= _INDEX_FILTERS.keys()
    tables, conditions = _joined(table) if needs_rows else "record_index AS ix", ["ix.register = ?"]
    bound: list[SqlValue] = [table.definition.id]
    if text.strip():
        query = fts_query(text)
        if not query:
            return None
        tables = f"search_index CROSS JOIN {tables}"  # CROSS: the index decides first, whatever the order asked for
        conditions += ["search_index MATCH ?", "ix.number = search_index.rowid"]
        bound.append(query)
    for name, wanted in filters.items():
        condition, more = _condition(table, name, wanted)
        conditions.append(condition)
        bound += more
    return _Chosen(tables, " AND ".join(conditions), bound)


def _condition(table: RegisterTable, name: str, wanted: Filter) -> tuple[str, list[SqlValue]]:
    field = None if name in _INDEX_FILTERS else table.field(name)
    expression = f"row.{column(field)}" if field else _INDEX_FILTERS[name]
    if isinstance(wanted, Between):
        bounds = ((">=", wanted.first), ("<=", wanted.last))
        used = [(sign, bound) for sign, bound in bounds if bound is not None]
        return " AND ".join([f"{expression} {sign} ?" for sign, _ in used] or ["TRUE"]), [bound for _, bound in used]
    wanteds = wanted if isinstance(wanted, tuple) else (wanted,)
    values: list[SqlValue] = [value for value in wanteds if value is not None]
    places = ", ".join("?" * len(values))
    if field is not None and field.type is TypeName.CODES:
        found = f"EXISTS (SELECT 1 FROM json_each({expression}) AS code WHERE code.value IN ({places}))"  # noqa: S608  names
    else:
        found = f"{expression} IN ({places})"
    return (f"({found} OR {expression} IS NULL)" if None in wanteds else found), values


def _order(table: RegisterTable, order_by: str, direction: str) -> str:
    """Return the ORDER BY terms; equal records come in the order of their ids."""
    return f"{_order_key(table, order_by)} {direction} NULLS LAST, ix.record {direction}"


def _order_key(table: RegisterTable, order_by: str) -> str:
    if table.definition.title == f"{{{order_by}}}":
        return ORDERS["title"]
    if order_by in ORDERS:
        return ORDERS[order_by]
    field = table.field(order_by)
    cell = f"row.{column(field)}"
    if field.type in LINKS:
        return f"(SELECT sort_key FROM record_index WHERE record = {cell})"  # noqa: S608  names
    if field.type is TypeName.TEXT:
        return f"name_sort_key({cell})" if field.kind == PERSON_NAME else f"sort_key({cell})"
    return f"CAST({cell} AS REAL)" if field.type is TypeName.DECIMAL else cell


def _listed(table: RegisterTable, titled: Sequence[FieldDefinition], row: Row) -> ListedRecord:
    record, record_no, station, status, title, created_ms, updated_ms, conflicts, *rest = row
    titles = zip(titled, rest, strict=False)  # the titles come first, then the row itself
    return ListedRecord(
        record=record,
        record_no=record_no,
        station=station,
        status=status,
        title=title,
        created_ms=created_ms,
        updated_ms=updated_ms,
        has_conflict=conflicts > 0,
        values=table.values_of(tuple(rest[len(titled) :])),
        linked={field.id: found for field, found in titles if found},
    )
