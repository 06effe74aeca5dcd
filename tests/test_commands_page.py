"""The page of the command line says what the commands say, and the page of their answers names no other command."""

import re
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from desktop.cli import sotram

HOUSE = Path(__file__).parents[1]
MANUAL = HOUSE / "resources" / "manual"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(sotram))


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(HOUSE / "build" / "commands_page.py"))


def check(script: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["commands_page.py", "--check"])
    status: int = script["main"]()
    return status


def test_the_stored_page_is_what_the_commands_say(script: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(script, monkeypatch) == 0


def test_a_command_that_the_page_lacks_is_found(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sotram.commands, "new", click.Command("new", help="Do something new."))
    assert check(script, monkeypatch) == 1
    assert "commands.md" in capsys.readouterr().err


def test_an_option_whose_words_changed_is_found(script: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    option = next(option for option in COMMANDS["send"].params if isinstance(option, click.Option))
    monkeypatch.setattr(option, "help", "Something else.")
    assert check(script, monkeypatch) == 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_help_and_every_option(name: str) -> None:
    text = (MANUAL / "commands.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## sotram {name}\n")[2].partition("\n## ")[0]
    options = {opt for option in COMMANDS[name].params if isinstance(option, click.Option) for opt in option.opts}
    assert COMMANDS[name].help is not None
    assert options <= set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", section))


def test_the_page_of_answers_names_commands_that_exist() -> None:
    text = (MANUAL / "command-answers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]*`) \| `", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]*)`", row)}
    assert named
    assert {name for name in named if name not in COMMANDS and not name.startswith("report")} == set()
