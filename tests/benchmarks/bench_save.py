"""One save, as an officer makes it, beside a bare insert into SQLCipher.

- Ours: the operation into the log with its head, the register row, the index and the search text, in one transaction.
- Theirs: one row of the same 40 texts into one table, keyed, WAL, synchronous=FULL, one commit.
- Both registries hold some thousand records before the clock starts; saves alternate, so that a slow disk hits both.
"""

import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2 as driver

from desktop.domain.changes import ChangeKind, FieldChange, HybridTime, Operation, OperationId
from desktop.domain.definitions import FieldDefinition, FormDefinition, Library, Privacy, Section, TypeName
from desktop.domain.problems import Label
from desktop.storage import change_log, projection, register_tables
from desktop.storage.database import Database

FIELDS = 40
BEFORE = 2000
SAVES = 400
EPOCH = "b" * 16
KEY = bytes(32)
WORDS = "Lò Thị Đớn Quàng Văn Hặc bản Nậm Kè xã Mường Nhé tỉnh Điện Biên đi làm thuê chưa liên lạc được".split()


class Row(NamedTuple):
    """A figure of ours beside theirs, both in seconds."""

    name: str
    ours: float
    theirs: float

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
    theirs = bare(folder / "theirs.db")
    library = Library(registers={"bench": definition()})
    with Database.create(folder / "ours.db", KEY) as ours:
        change_log.begin_epoch(ours, EPOCH, "CAX-03160-7K2M")
        register_tables.prepare(ours, library)
        theirs.execute("BEGIN")
        with ours.atomic():
            for counter in range(1, BEFORE + 1):
                values = texts(chance)
                _save_theirs(theirs, counter, values)
                _save_ours(ours, library, operation(counter, values))
        theirs.execute("COMMIT")
        taken: dict[str, list[float]] = {"ours": [], "theirs": [], "edit": [], "update": []}
        for counter in range(BEFORE + 1, BEFORE + 2 * SAVES, 2):
            values = texts(chance)
            new = operation(counter, values)
            edit = operation(counter + 1, {"field_7": "đã liên lạc được"}, record=str(uuid.UUID(int=counter - BEFORE)))
            taken["ours"].append(_timed(lambda new=new: _save_ours(ours, library, new)))
            taken["theirs"].append(_timed(lambda values=values, counter=counter: _save_theirs(theirs, counter, values)))
            taken["edit"].append(_timed(lambda edit=edit: _save_ours(ours, library, edit)))
            taken["update"].append(_timed(lambda counter=counter: _update_theirs(theirs, counter - BEFORE)))
    theirs.close()
    medians = {name: statistics.median(times) for name, times in taken.items()}
    return [
        Row("save a new record of 40 fields", medians["ours"], medians["theirs"]),
        Row("save a change of one field", medians["edit"], medians["update"]),
    ]


def _timed(act: "object") -> float:
    begun = time.perf_counter()
    act()  # type: ignore[operator]  # a closure of the loop above
    return time.perf_counter() - begun


def _save_ours(db: Database, library: Library, new: Operation) -> None:
    with db.atomic():
        change_log.append(db, [new])
        projection.apply(db, library, [new.record])


_INSERT = f"INSERT INTO bench VALUES ({', '.join('?' * (FIELDS + 1))})"


def _save_theirs(connection: driver.Connection, counter: int, values: Mapping[str, str]) -> None:
    connection.execute(_INSERT, (str(uuid.UUID(int=counter)), *values.values()))


def _update_theirs(connection: driver.Connection, counter: int) -> None:
    connection.execute(
        "UPDATE bench SET field_7 = ? WHERE record = ?", ("đã liên lạc được", str(uuid.UUID(int=counter)))
    )


if __name__ == "__main__":
    for row in run():
        print(f"{row.name:40} {row.ours * 1e3:8.3f} ms  {row.theirs * 1e3:8.3f} ms  {row.ratio:5.2f}x")  # noqa: T201  its output
