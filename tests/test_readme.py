"""README tells the truth: its commands exist, its options too, its shell lines work with stock tools."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from desktop.cli import sotram
from tests.commands.test_cli import Terminal
from tests.conftest import World

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
TOOLS = ("age", "base64", "sha256sum", "ssh-keygen", "unzip", "zstd")


def commands(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))
    else:
        yield path, group


COMMANDS = dict(commands(sotram))


def documented() -> dict[tuple[str, ...], str]:
    found = {}
    for line in re.findall(r"^\| `sotram ([^`]*)`", README, re.MULTILINE):
        words = line.replace("\\|", "|").split()
        length = 2 if isinstance(sotram.commands[words[0]], click.Group) else 1
        found[tuple(words[:length])] = line
    return found


def test_every_command_is_documented_and_no_other() -> None:
    assert documented().keys() == COMMANDS.keys()


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_every_documented_option_exists_and_every_required_one_is_documented(path: tuple[str, ...]) -> None:
    shown = set(re.findall(r"--[a-z-]+", documented()[path]))
    options = [option for option in COMMANDS[path].params if isinstance(option, click.Option)]
    known = {name for option in options for name in option.opts}
    required = {option.opts[0] for option in options if option.required}
    assert shown <= known
    assert required <= shown


def test_every_path_named_in_readme_exists() -> None:
    named = re.findall(r"`((?:desktop|forms|resources|build|tests)/[\w./-]+)`", README)
    assert named
    assert [path for path in named if not (HOUSE / path).exists()] == []


@pytest.mark.parametrize("path", re.findall(r"!\[.*?\]\((.*?)\)", README))
def test_every_picture_is_there(path: str) -> None:
    assert (HOUSE / path).read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS),
    reason=f"stock tools are missing: apt-get install {shlex.join(['age', 'openssh-client', 'unzip', 'zstd'])}",
)
def test_a_bundle_opens_with_stock_tools_as_readme_says(tmp_path: Path, world: World) -> None:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    terminal.init("office", "province", None)
    office = terminal.introduce("office", "post")
    terminal.answer("card", "export", "--out", tmp_path / "post.card", at="post")
    assert terminal.type("card", "identity", "--out", tmp_path / "office.key", at="office").exit_code == 0
    sent = terminal.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]
    shutil.move(sent, tmp_path / "bundle.sotram")
    (script,) = re.findall(r"```sh\n(unzip.*?)```", README, re.DOTALL)

    result = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert 'Good "sotram-bundle@v1" signature' in result.stdout
    lines = (tmp_path / "lines").read_text(encoding="utf-8").splitlines()
    assert '"kind":"sync"' in lines[0]
    assert "Hà Văn Sơn" in lines[1]
