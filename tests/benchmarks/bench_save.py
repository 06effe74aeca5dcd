"""One save, as an officer makes it, beside a bare insert into SQLCipher.

- Ours: the operation into the log with its head, the register row, the index and the search text, in one transaction.
- Theirs: one row of the same 40 texts into one table, keyed, WAL, synchronous=FULL, one commit.
- By hand: what ours writes, as bare statements without looking, folding or checking: what a log, a search index and
  lists cost in any program. Each act is one commit, so on a slow disk all of them cost one flush and the ratios near 1.
- Both registries hold some thousand records before the clock starts; saves alternate, so that a slow disk hits both.
"""

import hashlib
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
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
from desktop.storage import change_log, projection, register_tables
from desktop.storage.database import Database

FIELDS = 40
BEFORE = 2000
SAVES = 400
EPOCH = "b" * 16
KEY = bytes(32)
WORDS = "Lò Thị Đớn Quàng Văn Hặc bản Nậm Kè xã Mường Nhé tỉnh Điện Biên đi làm thuê chưa liên lạc được".split()  # noqa: SIM905  easier to read so


class Row(NamedTuple):
    """A figure of ours beside theirs, both in seconds."""

    name: str
    ours: float
    theirs: float
    goal: str = "at most 1.5"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def texts(chance: random.Random) -> dict[str, str]:
    """Return the values of one record, 40 texts of about 25 letters."""
    return {f"field_{place}": " ".join(chance.choices(WORDS, k=6)) for place in range(FIELDS)}


def definition() -> FormDefinition:
    named = Label(vi="x", en="x")
    fields = tuple(
        FieldDefinition(id=f"field_{place}", type=TypeName.TEXT, label=named, privacy=Privacy.P2)
        for place in range(FIELDS)
    )
    return FormDefinition(
        id="bench",
        version=1,
        number="BB",
        label=named,
        label_one=named,
        description=named,
        title="{field_0}",
        icon="x",
        rail=None,
        list=("field_0",),
        search=("field_0", "field_1", "field_2"),
        documents=(),
        sections=(Section(id="all", label=named, fields=fields),),
    )


def operation(counter: int, values: Mapping[str, str], record: str | None = None) -> Operation:
    return Operation(
        id=OperationId(EPOCH, counter),
        kind=ChangeKind.PUT,
        record=record or str(uuid.UUID(int=counter)),
        register="bench",
        definition_version=1,
        officer=str(uuid.UUID(int=1)),
        time=HybridTime(1_700_000_000_000 + counter, 0),
        wall=1_700_000_000_000,
        fields={name: FieldChange(value) for name, value in values.items()},
    )


def bare(path: Path) -> driver.Connection:
    """Return the plainest table SQLCipher can have, with the durability that SQLite's own pages ask for."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    columns = ", ".join(f"field_{place} TEXT" for place in range(FIELDS))
    connection.execute(f"CREATE TABLE bench (record TEXT PRIMARY KEY, {columns})")
    return connection


def _measure(folder: Path) -> list[Row]:
    chance = random.Random(1)
    theirs, by_hand = bare(folder / "theirs.db"), bare(folder / "by_hand.db")
    for statement in _SAME_TABLES:
        by_hand.execute(statement)
    library = Library(registers={"bench": definition()})
    taken: dict[str, list[float]] = {name: [] for name in ("new", "bare", "hand", "change", "update")}
    with Database.create(folder / "ours.db", KEY) as ours:
        change_log.begin_epoch(ours, EPOCH, "CAX-03160-7K2M")
        register_tables.prepare(ours, library)
        theirs.execute("BEGIN")
        by_hand.execute("BEGIN")
        with ours.atomic():
            for counter in range(1, BEFORE + 1):
                values = texts(chance)
                _insert(theirs, counter, values)
                _insert_all(by_hand, operation(counter, values), values)
                _save(ours, library, operation(counter, values))
        theirs.execute("COMMIT")
        by_hand.execute("COMMIT")
        for counter in range(BEFORE + 1, BEFORE + 2 * SAVES, 2):
            values = texts(chance)
            new = operation(counter, values)
            old = str(uuid.UUID(int=counter - BEFORE))
            change = operation(counter + 1, {"field_7": "đã liên lạc được"}, record=old)
            taken["new"].append(_timed(_save, ours, library, new))
            taken["bare"].append(_timed(_insert, theirs, counter, values))
            taken["hand"].append(_timed(_insert_whole, by_hand, new, values))
            taken["change"].append(_timed(_save, ours, library, change))
            taken["update"].append(_timed(_update, theirs, old))
    theirs.close()
    by_hand.close()
    medians = {name: statistics.median(times) for name, times in taken.items()}
    return [
        Row("save a record of 40 fields, bare insert", medians["new"], medians["bare"]),
        Row("the same, all tables by hand", medians["new"], medians["hand"]),
        Row("save a change of one field, bare update", medians["change"], medians["update"]),
    ]


def _timed(act: Callable[..., None], *arguments: object) -> float:
    begun = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - begun


def _save(db: Database, library: Library, new: Operation) -> None:
    with db.atomic():
        change_log.append(db, [new])
        projection.apply(db, library, [new.record])


_INSERT = f"INSERT INTO bench VALUES ({', '.join('?' * (FIELDS + 1))})"  # noqa: S608  question marks alone
_SAME_TABLES = (
    "CREATE TABLE log (arrival INTEGER PRIMARY KEY, epoch, counter, record, line, head, UNIQUE (epoch, counter))",
    "CREATE INDEX log_record ON log (record)",
    "CREATE TABLE list (number INTEGER PRIMARY KEY, record UNIQUE, register, record_no, title, words)",
    "CREATE INDEX list_title ON list (register, title, record)",
    "CREATE INDEX list_number ON list (register, record_no, record)",
    "CREATE VIRTUAL TABLE found USING fts5 (words, content='list', content_rowid='number')",
)


def _insert(connection: driver.Connection, counter: int, values: Mapping[str, str]) -> None:
    connection.execute(_INSERT, (str(uuid.UUID(int=counter)), *values.values()))


def _update(connection: driver.Connection, record: str) -> None:
    connection.execute("UPDATE bench SET field_7 = ? WHERE record = ?", ("đã liên lạc được", record))


def _insert_whole(connection: driver.Connection, new: Operation, values: Mapping[str, str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    _insert_all(connection, new, values)
    connection.execute("COMMIT")


def _insert_all(connection: driver.Connection, new: Operation, values: Mapping[str, str]) -> None:
    counter, line = new.id.counter, new.line()
    connection.execute(
        "INSERT INTO log (epoch, counter, record, line, head) VALUES (?, ?, ?, ?, ?)",
        (EPOCH, counter, new.record, line, hashlib.sha256(line).digest()),
    )
    words = " ".join(values[f"field_{place}"] for place in range(3)).casefold()
    connection.execute(
        "INSERT INTO list VALUES (?, ?, ?, ?, ?, ?)", (counter, new.record, "bench", "", values["field_0"], words)
    )
    _insert(connection, counter, values)
    connection.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (counter, words))


if __name__ == "__main__":
    for row in run():
        print(f"{row.name:40} {row.ours * 1e3:8.3f} ms  {row.theirs * 1e3:8.3f} ms  {row.ratio:5.2f}x")
