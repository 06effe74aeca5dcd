"""A process killed at any step of a save, an import or a restore leaves the registry as before or as after."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ALL = 100_000


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="the rig forks; Windows is killed in the real-laptop tests")
@pytest.mark.parametrize(
    ("act", "kills"), [("save", ALL), ("change", 12), ("import", 12), ("undo", 8), ("restore", 30)]
)
def test_a_killed_act_is_done_or_not_done_and_going_on_doubles_nothing(
    tmp_path: Path, station_folders: dict[str, Path], act: str, kills: int
) -> None:
    largest = ALL if os.environ.get("SOTRAM_SOAK") else kills
    shutil.copytree(station_folders["commune"], tmp_path / "station")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_acts.py"), tmp_path / "station", act, str(largest)],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["kills"] == min(result["steps"], largest)
    assert min(result["before"], result["after"]) >= 1
