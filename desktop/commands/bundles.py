"""`sotram bundle`: look at a bundle from outside, without a registry."""

import sys
from pathlib import Path

import click

from desktop.commands.console import Console
from desktop.workspace.exchange import inspect_bundle

_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@click.group()
def bundle() -> None:
    """Look at a bundle without opening it."""


@bundle.command()
@_FILE
@click.pass_obj
def inspect(speaker: Console, file: Path) -> None:
    """Print what the outside of a bundle says; nothing is verified."""
    speaker.result(inspect_bundle.inspect(file))


@bundle.command()
@_FILE
@click.option("--card", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The sender's station card.")
@click.pass_obj
def verify(speaker: Console, file: Path, card: Path | None) -> None:
    """Verify container, grammar, signature and digests (FORMAT.md steps 1-8, but for trust)."""
    found = inspect_bundle.verify(file, card)
    speaker.result({**found.content, "message": found.message(speaker.language)})
    if not found.is_verified:
        click.echo(f"{found.message(speaker.language)} [{found.code}]", err=True)
        sys.exit(1)
