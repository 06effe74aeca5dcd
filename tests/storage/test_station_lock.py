"""One program at a time in a registry's folder; what a power cut left behind locks nobody out."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import RegistryError
from desktop.storage.station_lock import FILE_NAME, StationLock

_TAKE = """
import sys
from pathlib import Path
from desktop.errors import RegistryError
from desktop.storage.station_lock import StationLock
try:
    lock = StationLock(Path(sys.argv[1]))
except RegistryError as error:
    print(error.code)
else:
    print("taken", flush=True)
    sys.stdin.readline()
"""


def in_another_program(folder: Path) -> "subprocess.Popen[str]":
    house = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", _TAKE, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=house,
        env={"PYTHONPATH": str(house)},
    )


def test_a_second_program_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    with StationLock(tmp_path):
        with in_another_program(tmp_path) as second:
            assert second.communicate()[0].strip() == "registry_in_use"
        with pytest.raises(RegistryError) as raised:
            StationLock(tmp_path)
        assert raised.value.code == "registry_in_use"
    with in_another_program(tmp_path) as third:
        assert third.communicate("\n")[0].strip() == "taken"


def test_a_killed_program_locks_nobody_out(tmp_path: Path) -> None:
    with in_another_program(tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "taken"
        with pytest.raises(RegistryError):
            StationLock(tmp_path)
        first.kill()
        first.wait()
    assert (tmp_path / FILE_NAME).exists()
    StationLock(tmp_path).release()


def test_letting_go_twice_is_nothing(tmp_path: Path) -> None:
    lock = StationLock(tmp_path)
    lock.release()
    lock.release()
    StationLock(tmp_path).release()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegistryError) as raised:
        StationLock(tmp_path / "none")
    assert raised.value.code == "registry_missing"
