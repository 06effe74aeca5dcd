"""A process that dies while it takes in a bundle leaves nothing of it; receiving the bundle again completes it."""

import shutil
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
print(next(count) - 1)
"""
OPERATIONS = 50


def receive(world: Path, empty: Path, bundle: Path, die_at: int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", RECEIVE, str(world), str(empty), str(bundle), str(die_at)]
    return subprocess.run(command, cwd=Path(__file__).parents[2], check=False, stdout=subprocess.PIPE)


@pytest.mark.parametrize("percent", [0, 5, 20, 50, 80, 95, 100])
def test_a_receiver_that_dies_has_nothing_of_a_bundle(tmp_path: Path, empty: Path, percent: int) -> None:
    world = World(tmp_path / "world", empty)
    with world.post.db.atomic():
        for number in range(OPERATIONS):
            world.post.add("person", {"full_name": f"Lò Thị {number}"})
    bundle = tmp_path / "bundle.sotram"
    bundle.write_bytes(world.post.send(world.province))
    world.close()
    shutil.copytree(tmp_path / "world", tmp_path / "undisturbed")
    statements = int(receive(tmp_path / "undisturbed", empty, bundle, 0).stdout)
    assert receive(tmp_path / "world", empty, bundle, 1 + (statements - 1) * percent // 100).returncode == 9
    world = World(tmp_path / "world", empty)
    try:
        assert world.province.operations() == {}
        assert world.province.receive(bundle.read_bytes()).verdict is Verdict.ACCEPTED
        world.post.receive(world.province.answer(world.post))
        world.assert_agreed()
    finally:
        world.close()
