"""`sotram print`: a document of a record as PDF."""

from pathlib import Path

import click

from desktop.commands.speaking import Speaker, opened, registry_options, write_file
from desktop.workspace import printing


@click.command("print")
@registry_options
@click.argument("document")
@click.argument("record")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def print_(speaker: Speaker, folder: Path, passphrase_file: Path | None, document: str, record: str, out: Path) -> None:
    """Make an official form (id: see `forms/documents`) of a record; printing is logged."""
    with opened(speaker, folder, passphrase_file) as workspace:
        printed = printing.print_document(workspace, document, record)
    write_file(out, printed.pdf)
    speaker.result({"file": str(out), "document": document, "copy": printed.copy_number})
