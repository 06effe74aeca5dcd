"""README and the manual tell the truth: paths and pictures exist, the lines of use run, stock tools open a bundle."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_cli import Terminal
from tests.conftest import World

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
BY_HAND = (HOUSE / "resources" / "manual" / "bundle-by-hand.md").read_text(encoding="utf-8")
TOOLS = ("age", "base64", "sha256sum", "ssh-keygen", "unzip", "zstd")
LONGEST = 180
WIDEST = 130


def test_every_path_named_in_readme_exists() -> None:
    named = re.findall(r"`((?:desktop|forms|resources|build|tests)/[\w./-]+)`", README)
    assert named
    assert [path for path in named if not (HOUSE / path).exists()] == []


def test_readme_is_short() -> None:
    lines = README.splitlines()
    assert len(lines) < LONGEST
    assert [line for line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("path", re.findall(r"!\[.*?\]\((.*?)\)", README))
def test_every_picture_is_there(path: str) -> None:
    assert (HOUSE / path).read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(shutil.which("sh") is None, reason="the lines are for a Unix shell")
def test_the_lines_of_use_run(tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(export.*?)```", README, re.DOTALL)
    tool = tmp_path / "bin" / "sotram"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m desktop.cli "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"

    result = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert "\tNguyễn Thị Đào\t14/02/1999" in result.stdout
    assert "another order of the words" in result.stdout
    assert '"ok": true' in result.stdout
    assert (tmp_path / "absence.pdf").read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "copies").iterdir())


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS),
    reason=f"stock tools are missing: apt-get install {shlex.join(['age', 'openssh-client', 'unzip', 'zstd'])}",
)
def test_a_bundle_opens_with_stock_tools_as_the_manual_says(tmp_path: Path, world: World) -> None:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    terminal.init("office", "province", None)
    office = terminal.introduce("office", "post")
    terminal.answer("card", "export", "--out", tmp_path / "post.card", at="post")
    assert terminal.type("card", "identity", "--out", tmp_path / "office.key", at="office").exit_code == 0
    sent = terminal.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]
    shutil.move(sent, tmp_path / "bundle.sotram")
    (script,) = re.findall(r"```sh\n(unzip.*?)```", BY_HAND, re.DOTALL)

    result = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert 'Good "sotram-bundle@v1" signature' in result.stdout
    lines = (tmp_path / "lines").read_text(encoding="utf-8").splitlines()
    assert '"kind":"sync"' in lines[0]
    assert "Hà Văn Sơn" in lines[1]
