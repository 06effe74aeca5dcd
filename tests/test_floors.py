"""Each rule of the floors bites: broken once in a copy, the linter refuses the copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(HOUSE / "desktop", tmp_path / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_floors(house: Path) -> None:
    assert lint(house).returncode == 0


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/names/names.py", "from desktop.storage import search", "Imports go down the floors only"),
        ("storage/search.py", "from desktop.crypto import keyring", "Imports go down the floors only"),
        ("printing/layout.py", "from desktop.sync import signed_header", "Imports go down the floors only"),
        ("workspace/records/records.py", "from desktop.ui.base import page", "Imports go down the floors only"),
        ("domain/names/names.py", "from desktop.domain.values import field_types", "Rooms of the domain"),
        ("domain/reports/model.py", "from desktop.domain.exports import model", "Rooms of the domain"),
        ("workspace/records/records.py", "from desktop.workspace.station import registry", "Rooms of the workspace"),
        ("workspace/imports/imports.py", "from desktop.workspace.exports import export_log", "Rooms of the workspace"),
        ("ui/records/register_page.py", "from desktop.ui.reports import reports_page", "Rooms of the window"),
        ("ui/form/entry_form.py", "from desktop.ui.shell import main_window", "Rooms of the window"),
        ("domain/names/names.py", "import cryptography", "The domain is Python alone"),
        ("workspace/records/records.py", "import PySide6", "Only the window knows Qt"),
        ("workspace/records/records.py", "import sqlite_utils", "Only storage knows the database"),
        ("workspace/records/records.py", "import pyrage", "The use cases speak no cryptography"),
    ],
)
def test_a_broken_rule_is_named(house: Path, module: str, line: str, contract: str) -> None:
    path = house / "desktop" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    result = lint(house)

    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout
