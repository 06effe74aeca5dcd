"""`sotram scan`: a card's QR or a passport's MRZ to person fields."""

import sys
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.workspace.imports import scanning

_LARGEST_SCAN = 16 * 1024


@click.command()
@registry_options
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def scan(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    text: str,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Read what a scanner typed (- for stdin): {"kind", "person", "document", "problems"}. Nothing is stored."""
    if text == "-":
        text = sys.stdin.buffer.read(_LARGEST_SCAN).decode("utf-8", errors="replace")
    with opened(speaker, folder, passphrase_file) as session:
        found = scanning.scan(session, text)
    speaker.result(
        {
            "kind": found.kind,
            "person": dict(found.person),
            "document": dict(found.document),
            "confirm": list(found.confirm),
            "problems": [speaker.problem_json(problem) for problem in found.problems],
        }
    )
    if found.is_unreadable:
        speaker.refuse(found.problems)
