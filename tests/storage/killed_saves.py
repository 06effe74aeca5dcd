"""A rig: children save without end and are killed in the midst of it; after each kill the registry is looked at.

Usage: python killed_saves.py REGISTRY KILLS. Prints one line of JSON: kills, acknowledged, lost, torn.
A save counts as acknowledged once the child has written a byte after it; the kill comes some bytes later, at once, so
that it falls anywhere in the next save.
"""

import json
import os
import random
import signal
import sys
from pathlib import Path

from desktop.storage import audit_log, change_log, projection, register_tables
from desktop.storage.database import Database
from tests.storage.world import KEY, LIBRARY, OFFICER, Author, record_id

EPOCH = "a" * 16


def save_for_ever(path: Path, acknowledge: int) -> None:
    with Database.open(path, KEY) as db:
        register_tables.prepare(db, LIBRARY)
        db.execute("PRAGMA wal_autocheckpoint = 20")  # often, so that kills fall into checkpoints too
        author = Author()
        counter, _ = change_log.last(db, EPOCH)
        author.written = [author.write(record_id(1), "person", {})] * counter
        while True:
            number = len(author.written) + 1
            operation = author.write(record_id(number % 50 + 1), "person", {"full_name": f"Lò Thị {number}"})
            with db.atomic():
                change_log.append(db, [operation])
                projection.apply(db, LIBRARY, [operation.record])
                audit_log.append(db, time_ms=1, officer=OFFICER, action="save", record=operation.record)
            os.write(acknowledge, b".")


def main(path: Path, kills: int) -> dict[str, int]:
    chance = random.Random(7)
    acknowledged = lost = torn = 0
    for _ in range(kills):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read_end)
            save_for_ever(path, write_end)
        os.close(write_end)
        seen = 0
        for _ in range(chance.randint(1, 12)):
            seen += len(os.read(read_end, chance.randint(1, 3)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(read_end, 4096):
            seen += len(more)
        os.close(read_end)
        acknowledged += seen
        with Database.open(path, KEY) as db:
            register_tables.prepare(db, LIBRARY)
            counter, _ = change_log.last(db, EPOCH)
            lost += counter < acknowledged
            acknowledged = counter  # the one in flight may have been saved too
            is_whole = (
                not change_log.verify(db)
                and not audit_log.verify(db)
                and audit_log.last(db)[0] == counter
                and not projection.differing(db, LIBRARY, [record_id(number) for number in range(1, 51)])
                and projection.check_search(db)
                and not db.check(full=True)
            )
            torn += not is_whole
    return {"kills": kills, "acknowledged": acknowledged, "lost": lost, "torn": torn}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201  its output
