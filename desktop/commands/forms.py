"""`sotram forms`: whether the definition files can be used, all problems at once."""

from pathlib import Path

import click

from desktop.commands.speaking import Speaker
from desktop.workspace.definitions import count_definitions


@click.group()
def forms() -> None:
    """Registers, code lists, documents, clocks and reports as data."""


@forms.command("check")
@click.option(
    "--forms",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with the definition files; else those of the program.",
)
@click.pass_obj
def check_forms(speaker: Speaker, folder: Path | None) -> None:
    """Read every definition file and say every problem with its file, line and key."""
    speaker.result({"ok": True, **count_definitions(folder)})
