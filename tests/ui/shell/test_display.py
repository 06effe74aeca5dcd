"""A screen that is not there is a sentence before Qt is started: Qt itself would abort."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.ui.shell.display import why_no_screen

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a window needs DISPLAY")
NOWHERE = {"DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-987"}


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=10x10"])
def test_a_platform_without_a_screen_needs_none(platform: str) -> None:
    assert why_no_screen({"QT_QPA_PLATFORM": platform}) == ""


@pytest.mark.parametrize("platform", ["", "xcb", "wayland"])
def test_no_display_at_all_is_told(platform: str) -> None:
    assert why_no_screen({"QT_QPA_PLATFORM": platform})


@pytest.mark.parametrize("platform", ["", "xcb", "wayland"])
@pytest.mark.parametrize("where", [{"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "wayland-987"}, NOWHERE])
def test_a_display_that_leads_nowhere_is_told(
    where: dict[str, str], platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in NOWHERE.items():  # the libraries look into the process's own environment
        monkeypatch.setenv(name, value)

    assert why_no_screen({**where, "QT_QPA_PLATFORM": platform})


@pytest.mark.parametrize("where", [{}, NOWHERE])
def test_the_window_says_so_and_does_not_abort(where: dict[str, str], tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY", "WAYLAND_"))}
    environment = {**kept, **where, "PYTHONUTF8": "1", "XDG_RUNTIME_DIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "desktop.app", "--registry", tmp_path],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert "Không mở được cửa sổ" in done.stderr
    assert "The window cannot be shown" in done.stderr
    assert "plugin" not in done.stderr
