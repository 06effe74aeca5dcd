"""What make's scripts leave alone: folders of somebody else, the last good build, registries; and what they say."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.demo import folder

CHECKOUT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make's scripts are for Linux")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "build" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def set_up(
    venv: Path, var: Path | str = "var", where: Path = CHECKOUT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "build/set_up.sh", venv, var],
        cwd=where,
        env={**os.environ, "PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout with what the scripts look at and nothing else."""
    place = tmp_path / "clone"
    for name in ("build", "desktop/demo"):
        shutil.copytree(CHECKOUT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "desktop/__init__.py", "desktop/errors.py"):
        shutil.copy(CHECKOUT / name, place / name)
    return place


def names(top: Path) -> set[str]:
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}


def test_without_a_network_set_up_says_so_and_begins_again_next_time(clone: Path) -> None:
    first = set_up(clone / "venv", where=clone)
    again = set_up(clone / "venv", where=clone)

    assert first.returncode == again.returncode == 1
    assert "fetched" in first.stderr
    assert "no network" in first.stderr
    assert "Traceback" not in first.stderr
    assert "broken off" in again.stderr
    assert not (clone / "venv" / "ready").exists()


@pytest.mark.parametrize("which", ["venv", "var"])
def test_a_folder_of_somebody_else_is_refused_and_stays(clone: Path, tmp_path: Path, which: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    folders = {"venv": tmp_path / "new", "var": tmp_path / "newer", which: other}

    done = set_up(folders["venv"], folders["var"], where=clone)

    assert done.returncode == 1
    assert f"SOTRAM_{which.upper()}={other}" in done.stderr
    assert names(other) == {"thesis.txt"}


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere")
def test_a_source_that_cannot_be_written_is_told_the_two_names(clone: Path) -> None:
    clone.chmod(0o555)

    done = set_up(Path(".venv"), where=clone)

    clone.chmod(0o755)
    assert done.returncode == 1
    assert "SOTRAM_VENV" in done.stderr
    assert "SOTRAM_VAR" in done.stderr


def test_clean_takes_what_make_made_and_leaves_registries(clone: Path) -> None:
    before = names(clone)
    made = [".venv/ready", "var/dist/a", "var/dist.new/a", "var/cache/mypy/a", ".mypy_cache/a", "desktop/__pycache__/a"]
    mine = ["var/post/registry.db", "var/demo/real/registry.db", "var/demo/commune/registry.db"]
    for name in (*made, *mine, "var/demo/summary.txt"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text("made", encoding="utf-8")
    folder.mark(clone / "var" / "demo")
    (clone / "var/demo/commune/registry.db").write_text("real people", encoding="utf-8")

    said = subprocess.run(
        [sys.executable, "-B", "build/clean.py", ".venv", "var"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout

    assert names(clone) - before == {*mine, "var/demo/made-by-demo.json"}
    assert names(clone) >= before
    assert all(name in said for name in ("var/post", "var/demo/real", "var/demo/commune"))


def test_clean_leaves_nothing_where_nobody_left_anything(clone: Path) -> None:
    before = set(clone.rglob("*"))
    for name in (".venv/half-made", "var/freeze/a", "var/demo/summary.txt", "sotram.egg-info/a", ".hypothesis/a"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text("made", encoding="utf-8")
    folder.mark(clone / "var" / "demo")

    subprocess.run([sys.executable, "-B", "build/clean.py", ".venv", "var"], cwd=clone, check=True)

    assert set(clone.rglob("*")) == before


def test_clean_leaves_an_environment_that_it_does_not_know(clone: Path) -> None:
    (clone / "mine").mkdir()
    (clone / "mine" / "pyvenv.cfg").write_text("", encoding="utf-8")

    subprocess.run([sys.executable, "-B", "build/clean.py", "mine", "var"], cwd=clone, check=True)

    assert (clone / "mine" / "pyvenv.cfg").exists()


def test_the_last_good_build_stays_until_there_is_another(tmp_path: Path) -> None:
    make_program = script("make_program")
    new, place, old = tmp_path / "dist.new", tmp_path / "dist", tmp_path / "dist.old"
    for one in (new, place):
        one.mkdir()
        (one / one.name).touch()

    make_program.swap(new, place)

    assert names(tmp_path) == {"dist/dist.new"}
    place.rename(old)  # killed between the two renames
    make_program.take_up_broken_swap(place)
    assert names(tmp_path) == {"dist/dist.new"}


def test_a_build_that_fails_leaves_the_last_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOTRAM_VAR", str(tmp_path))
    make_program = script("make_program")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "SHA256SUMS").touch()
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    assert make_program.main() == 1

    assert (tmp_path / "dist" / "SHA256SUMS").exists()
    assert "still holds the last good one" in capsys.readouterr().err
