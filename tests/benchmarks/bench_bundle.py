"""A first bundle of 100,000 changes, beside stock tools on the same bytes.

- Writing: from the log on disk to a signed and sealed bundle. Theirs: `zstd -3 | age` over the same lines in memory.
- Opening: all that is verified before anything is stored. Theirs: `age -d | zstd -d`, and `json.loads` of each line.
- Receiving: verified, logged, and made into records that are listed and searched. Theirs: `executemany` of the same
  lines into one keyed table, nothing verified. By hand: `json.loads` of each line, and `executemany` of the very rows
  that receiving wrote into the same tables; nothing verified, folded, titled or sorted.
- A day's bundle: 30 changes, from the log to the bytes, and from the bytes to the records.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2 as driver

from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
)
from desktop.storage import change_log, register_tables
from desktop.storage.database import Database
from desktop.sync.bundle import open_bundle
from tests.simulator import SimulatedStation, World, empty_registry
from tests.storage.world import KEY, LIBRARY

CHANGES = int(os.environ.get("SOTRAM_CHANGES", "100000"))
A_DAY = 30
ROUNDS = 15
WORDS = "Lò Thị Đớn Quàng Văn Hặc bản Nậm Kè xã Mường Nhé tỉnh Điện Biên đi làm thuê chưa liên lạc được".split()  # noqa: SIM905  easier to read so


class Row(NamedTuple):
    """A figure of ours beside theirs."""

    name: str
    ours: float
    theirs: float
    goal: str = ""
    unit: str = "s"


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), empty_registry(Path(folder) / "empty.db"))
        try:
            return [*_first_sync(world), *_a_day(world)]
        finally:
            world.close()


def fill(station: SimulatedStation, count: int) -> list[bytes]:
    """Append new records of twelve texts to a station's log, without its projections; return their lines."""
    chance = random.Random(1)
    begin, _ = change_log.last(station.db, station.epoch)
    lines: list[bytes] = []
    with station.db.atomic():
        for start in range(begin + 1, begin + count + 1, 1000):
            operations = [_operation(station, chance, n) for n in range(start, min(start + 1000, begin + count + 1))]
            change_log.append(station.db, operations)
            lines += [operation.line() for operation in operations]
    return lines


def _first_sync(world: World) -> list[Row]:
    lines = fill(world.post, CHANGES)
    plain = b"\n".join(lines)
    bundles, writing = _timed(lambda: world.post.send_all(world.province))
    trust, identity, card = world.trust_of(world.province), world.province.keys.identity, world.province.card
    _, opening = _timed(lambda: [open_bundle(b, trust=trust, identity=identity, me=card) for b in bundles])
    _, receiving = _timed(lambda: [world.province.receive(bundle) for bundle in bundles])
    rows = [
        Row(f"receive {len(lines):,} changes, bare executemany", receiving, _bare_insert(world.folder, lines)),
        Row("the same, json and all tables by hand", receiving, _by_hand(world, lines)),
        Row(
            f"size of {len(lines):,} changes, as plain lines",
            sum(map(len, bundles)) / 2**20,
            len(plain) / 2**20,
            unit="MiB",
        ),
    ]
    if shutil.which("age") and shutil.which("zstd"):
        sealed, their_writing = _timed(lambda: _piped(plain, ["zstd", "-3", "-c"], ["age", "-r", card.recipient]))
        secret = world.folder / "identity.txt"
        secret.write_text(identity, encoding="ascii")
        _, their_opening = _timed(lambda: _read(_piped(sealed, ["age", "-d", "-i", str(secret)], ["zstd", "-dc"])))
        rows += [
            Row(f"write {len(lines):,} changes, zstd | age", writing, their_writing),
            Row(f"open {len(lines):,} changes, age -d | zstd -d, json", opening, their_opening),
        ]
    return rows


def _a_day(world: World) -> list[Row]:
    world.heal()
    writing, receiving, theirs = [], [], []
    for number in range(ROUNDS):
        lines = fill(world.post, A_DAY)
        bundle, seconds = _timed(lambda: world.post.send(world.province))
        writing.append(seconds)
        receiving.append(_timed(lambda: world.province.receive(bundle))[1])  # noqa: B023  called at once
        theirs.append(_bare_insert(world.folder, lines, number))
        world.post.receive(world.province.answer(world.post))
    return [
        Row(f"write a day's bundle of {A_DAY} changes", statistics.median(writing), 0, "at most 2 s"),
        Row("receive a day's bundle, bare executemany", statistics.median(receiving), statistics.median(theirs)),
    ]


def _operation(station: SimulatedStation, chance: random.Random, counter: int) -> Operation:
    values = {f"note_{place}": " ".join(chance.choices(WORDS, k=6)) for place in range(8)}
    values |= {"full_name": " ".join(chance.choices(WORDS, k=3)), "status": "A"}
    values |= {"dob": f"19{chance.randrange(50, 99)}", "personal_id": f"0{chance.randrange(10**11):011}"}
    return Operation(
        id=OperationId(station.epoch, counter),
        kind=ChangeKind.PUT,
        record=str(uuid.UUID(int=chance.getrandbits(128))),
        register="person",
        definition_version=1,
        officer=station.officer,
        time=HybridTime(1_795_000_000_000 + counter, 0),
        wall=1_795_000_000_000 + counter,
        fields={name: FieldChange(value) for name, value in values.items()},
    )


def _bare_insert(folder: Path, lines: Sequence[bytes], number: int = 99) -> float:
    connection = driver.connect(str(folder / f"bare_{number}.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE log (counter INTEGER PRIMARY KEY, line BLOB NOT NULL)")

    def insert() -> None:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO log (line) VALUES (?)", [(line,) for line in lines])
        connection.execute("COMMIT")

    _, seconds = _timed(insert)
    connection.close()
    return seconds


def _read(plain: bytes) -> None:
    for line in plain.split(b"\n"):
        json.loads(line)


_SAME_TABLES = ("operations", "record_index", "register_person", "links")


def _by_hand(world: World, lines: Sequence[bytes]) -> float:
    source = world.province.db
    rows = {table: source.query_rows(f"SELECT * FROM {table}") for table in _SAME_TABLES}  # noqa: S608  names above
    texts = source.query_rows("SELECT number, search_text FROM record_index ORDER BY number")
    with Database.open(empty_registry(world.folder / "hand.db"), KEY) as db:
        register_tables.prepare(db, LIBRARY)
        for epoch in change_log.epochs(source):
            change_log.begin_epoch(db, epoch.epoch, epoch.station)

        def insert() -> None:
            for line in lines:
                json.loads(line)
            with db.atomic():
                for table, found in rows.items():
                    if found:
                        places = ", ".join("?" * len(found[0]))
                        db.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608  names above
                db.executemany("INSERT INTO search_index (rowid, search_text) VALUES (?, ?)", texts)

        return _timed(insert)[1]


def _piped(content: bytes, *commands: list[str]) -> bytes:
    for command in commands:
        content = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return content


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    found = act()
    return found, time.perf_counter() - begun
