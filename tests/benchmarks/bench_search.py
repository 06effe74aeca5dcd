"""Searching 200,000 people, beside the same words asked of a bare FTS5 table.

- Ours: what the search field does, from the typed text to found records with number and title; and one page of a list.
- Theirs: a keyed FTS5 table over the same folded names, asked for the best 50 rowids with a query written by hand.
"""

import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2 as driver

from desktop.domain.base.problems import Label
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    Section,
    TypeName,
)
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
)
from desktop.domain.names.names import fold
from desktop.storage import change_log, projection, queries, register_tables
from desktop.storage.database import Database
from desktop.storage.search import search

PEOPLE = 200_000
EPOCH = "c" * 16
KEY = bytes(32)
ROUNDS = 31
SURNAMES = "Lò Quàng Cà Lường Tòng Vàng Giàng Sùng Mùa Thào Hờ Nguyễn Trần Phạm Đỗ Đinh Bùi Hoàng Khoàng Pờ".split()  # noqa: SIM905  easier to read so
MIDDLES = "Văn Thị A Đức Thế Ngọc Minh Hữu Xuân Bá Mí Chờ".split()  # noqa: SIM905  easier to read so
GIVENS = "Đớn Hặc Ước Pó Dia Sính Mai Lan Hương Đạt Dũng Đức Sơn Hà Phấn Kía Dợ Chía Páo An Bình Yến".split()  # noqa: SIM905  easier to read so
ASKED = {
    "two full words": ("lường hương", '"luong"* "huong"*'),
    "three full words": ("Đỗ Thị Ước", '"do"* "thi"* "uoc"*'),
    "two letters": ("lo", '"lo"*'),
    "a record number": ("NG-2026-123456", '"ng"* "2026"* "123456"*'),
    "nothing there": ("zzyzx", '"zzyzx"*'),
}


class Row(NamedTuple):
    """A figure of ours beside theirs, both in seconds."""

    name: str
    ours: float
    theirs: float
    goal: str = "at most 1.3"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(registers={"person": definition()})
        with Database.create(Path(folder) / "ours.db", KEY) as ours:
            _fill(ours, library)
            theirs = _bare(Path(folder) / "theirs.db", ours)
            rows = [_compare(ours, theirs, name, *asked) for name, asked in ASKED.items()]
            rows += [_list_page(ours, library, theirs)]
            theirs.close()
        return rows


def definition() -> FormDefinition:
    named = Label(vi="x", en="x")
    name = FieldDefinition(id="full_name", type=TypeName.TEXT, label=named, privacy=Privacy.P2, kind="person_name")
    born = FieldDefinition(id="dob", type=TypeName.PARTIAL_DATE, label=named, privacy=Privacy.P2)
    return FormDefinition(
        id="person",
        version=1,
        number="NG",
        label=named,
        label_one=named,
        description=named,
        title="{full_name}",
        icon="x",
        rail=None,
        list=("full_name", "dob"),
        search=("full_name",),
        documents=(),
        sections=(Section(id="all", label=named, fields=(name, born)),),
    )


def _fill(db: Database, library: Library) -> None:
    chance = random.Random(1)
    change_log.begin_epoch(db, EPOCH, "CAX-03160-7K2M")
    register_tables.prepare(db, library)
    for begin in range(0, PEOPLE, 10_000):
        people = [_person(chance, number) for number in range(begin + 1, begin + 10_001)]
        with db.atomic():
            change_log.append(db, people)
            projection.apply(db, library, [person.record for person in people])


def _person(chance: random.Random, number: int) -> Operation:
    name = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLES)} {chance.choice(GIVENS)}"
    fields = {"full_name": name, "dob": f"{chance.randint(1930, 2025)}", "record_no": f"NG-2026-{number:06}"}
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


def _bare(path: Path, ours: Database) -> driver.Connection:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for pragma in ("journal_mode=WAL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE VIRTUAL TABLE names USING fts5 (name, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("BEGIN")
    rows = ours.query_rows("SELECT record_no, title FROM record_index ORDER BY number")
    connection.executemany(
        "INSERT INTO names (name) VALUES (?)", ((f"{fold(number)} {fold(title)}",) for number, title in rows)
    )
    connection.execute("COMMIT")
    return connection


def _compare(ours: Database, theirs: driver.Connection, name: str, typed: str, query: str) -> Row:
    found = len(search(ours, typed))
    bare = _ask(theirs, query)
    if found != len(bare):
        message = f"{name}: {found} and {len(bare)} found"
        raise AssertionError(message)
    return _side_by_side(f"search: {name}", lambda: search(ours, typed), lambda: _ask(theirs, query))


def _list_page(ours: Database, library: Library, theirs: driver.Connection) -> Row:
    person = library.registers["person"]
    return _side_by_side(
        "a page of 100 by name, 'thi'",
        lambda: queries.list_records(ours, person, text="thi", order_by="title", limit=100),
        lambda: _ask(theirs, '"thi"*'),
    )


def _ask(connection: driver.Connection, query: str) -> list[tuple[int]]:
    sql = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 50"
    found: list[tuple[int]] = connection.execute(sql, (query,)).fetchall()
    return found


def _side_by_side(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> Row:
    """Take turns, so that a busy machine slows both."""
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(ROUNDS):
        for who, act in (("ours", ours), ("theirs", theirs)):
            begun = time.perf_counter()
            act()
            times[who].append(time.perf_counter() - begun)
    return Row(name, statistics.median(times["ours"]), statistics.median(times["theirs"]))


if __name__ == "__main__":
    for row in run():
        print(f"{row.name:40} {row.ours * 1e3:8.3f} ms  {row.theirs * 1e3:8.3f} ms  {row.ratio:5.2f}x")
