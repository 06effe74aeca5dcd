"""What leaves the house: the wheel holds code, data and the promises of pyproject.toml, and needs no checkout."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from desktop import __version__

CHECKOUT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = (CHECKOUT / "build" / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built as `make build` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", folder, wheel],
        check=True,
        capture_output=True,
    )
    return folder


def run_installed(installed: Path, *command: str | Path) -> str:
    """Run a command where `desktop` can only be the installed one; return what it printed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        command, cwd=installed, env=environment, check=False, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("data", ["forms", "resources"])
def test_the_wheel_holds_every_file_of_the_data_folders_unchanged(wheel: Path, data: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {
            name.removeprefix("desktop/_data/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(f"desktop/_data/{data}/")
        }

    on_disk = {
        path.relative_to(CHECKOUT).as_posix(): path.read_bytes()
        for path in (CHECKOUT / data).rglob("*")
        if path.is_file()
    }
    assert on_disk
    assert packed == on_disk


def test_the_wheel_holds_every_module_and_nothing_that_is_not_the_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    modules = {name for name in names if name.endswith(".py")}
    assert modules == {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "desktop").rglob("*.py")}
    assert {name.split("/")[0] for name in names} == {"desktop", f"sotram-{__version__}.dist-info"}
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_metadata_says_the_version_the_needs_and_the_licence(installed: Path) -> None:
    (wheel,) = importlib.metadata.distributions(path=[str(installed)])

    assert wheel.metadata["Name"] == "sotram"
    assert wheel.version == __version__ == PROJECT["version"]
    assert wheel.metadata["Requires-Python"] == PROJECT["requires-python"]
    assert set(map(Requirement, wheel.requires or ())) == set(map(Requirement, PROJECT["dependencies"]))
    assert wheel.metadata["License-Expression"] == PROJECT["license"]
    assert [name for name in wheel.files or () if name.name == "LICENSE"]


@pytest.mark.parametrize("group", ["console_scripts", "gui_scripts"])
def test_every_command_of_the_wheel_can_be_called(installed: Path, group: str) -> None:
    script = (
        "import importlib.metadata, sys\n"
        "(wheel,) = importlib.metadata.distributions(path=[sys.argv[1]])\n"
        "for command in wheel.entry_points.select(group=sys.argv[2]):\n"
        "    print(command.name, callable(command.load()))\n"
    )

    said = run_installed(installed, sys.executable, "-c", script, str(installed), group)

    names = PROJECT[{"console_scripts": "scripts", "gui_scripts": "gui-scripts"}[group]]
    assert sorted(said.splitlines()) == sorted(f"{name} True" for name in names)


def test_the_installed_package_finds_its_own_data(installed: Path) -> None:
    script = (
        "import desktop.paths as paths\n"
        "print(paths.__file__)\n"
        "print(paths.forms_dir() / 'envelope.toml')\n"
        "print(paths.resources_dir() / 'sotram.qss')\n"
    )

    found = [Path(line) for line in run_installed(installed, sys.executable, "-c", script).splitlines()]

    assert [path.relative_to(installed.resolve()).as_posix() for path in found] == [
        "desktop/paths.py",
        "desktop/_data/forms/envelope.toml",
        "desktop/_data/resources/sotram.qss",
    ]
    assert all(path.is_file() for path in found)


def test_the_installed_command_passes_its_self_test(installed: Path) -> None:
    command = shutil.which("sotram", path=installed / "bin")
    assert command is not None

    assert '"ok": true' in run_installed(installed, command, "self-test")


@pytest.mark.parametrize("dependency", PROJECT["dependencies"])
def test_every_dependency_is_pinned_with_hashes(dependency: str) -> None:
    name = Requirement(dependency).name

    assert re.search(
        rf"^{re.escape(name)}==\S+.*\\\n    --hash=sha256:[0-9a-f]{{64}}", PINS, re.MULTILINE | re.IGNORECASE
    )
