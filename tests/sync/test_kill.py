"""A bundle is taken in whole or not at all, wherever the process dies; receiving it again completes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.sync.verdicts import Verdict
from tests.simulator import World

# Ends without any tidying up before the statement of the given number; os._exit leaves the file as a kill does.
RECEIVE = """
import itertools, os, sys
from pathlib import Path
from desktop.storage.database import Database
from tests.simulator import World

world = World(Path(sys.argv[1]), Path(sys.argv[2]))
count, last = itertools.count(1), int(sys.argv[4])

def dying(method):
    def run(*arguments):
        if next(count) == last:
            os._exit(9)
        return method(*arguments)
    return run

for name in ("execute", "executemany", "query_row", "query_rows"):
    setattr(Database, name, dying(getattr(Database, name)))
world.province.receive(Path(sys.argv[3]).read_bytes())
"""
OPERATIONS = 50


@pytest.mark.parametrize("statement", [1, 2, 5, 10, 12, 40, 150, 100_000])
def test_a_receiver_that_dies_has_all_of_a_bundle_or_nothing(tmp_path: Path, empty: Path, statement: int) -> None:
    world = World(tmp_path / "world", empty)
    with world.post.db.atomic():
        for number in range(OPERATIONS):
            world.post.add("person", {"full_name": f"Lò Thị {number}"})
    bundle = tmp_path / "bundle.sotram"
    bundle.write_bytes(world.post.send(world.province))
    world.close()
    paths = [str(path) for path in (tmp_path / "world", empty, bundle)]
    command = [sys.executable, "-c", RECEIVE, *paths, str(statement)]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode
    is_whole = statement == 100_000
    assert ended == (0 if is_whole else 9)
    world = World(tmp_path / "world", empty)
    try:
        assert len(world.province.operations()) == (OPERATIONS if is_whole else 0)
        expected = Verdict.DUPLICATE if is_whole else Verdict.ACCEPTED
        assert world.province.receive(bundle.read_bytes()).verdict is expected
        world.post.receive(world.province.answer(world.post))
        world.assert_agreed()
    finally:
        world.close()
