"""`sotram print`, `sotram book`, `sotram letterhead`: papers as PDF, and the letterhead on them."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.commands.new_file import NewFile
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Session
from desktop.workspace.papers import letterheads, printing, register_books

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
_OUT = click.option("--out", required=True, type=NewFile())


@click.command("print")
@registry_options
@click.argument("document")
@click.argument("record", required=False)
@click.option("--blank", is_flag=True, help="The blank form, to be filled in by hand.")
@_OUT
@click.pass_obj
def print_(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    document: str,
    record: str | None,
    blank: bool,
    out: Path,
) -> None:
    """Make an official form (id: see `forms/documents`) of a record, or a blank one; printing is logged."""
    if blank == (record is not None):
        message = "give the id of a record, or --blank without one"
        raise click.UsageError(message)
    with opened(speaker, folder, passphrase_file) as session:
        if record is None:
            printed = printing.print_blank(session, document, outside_files.at(out))
        else:
            printed = printing.print_document(session, document, record, outside_files.at(out))
    copy = {} if blank else {"copy": printed.copy_number}
    speaker.result({"file": str(out), "document": document, "blank": blank, **copy})


@click.command()
@registry_options
@click.argument("register")
@click.option("--from", "first", required=True, type=_DAY, help="First day, e.g. 2026-01-01.")
@click.option("--to", "last", required=True, type=_DAY, help="Last day, e.g. 2026-12-31.")
@_OUT
@click.pass_obj
def book(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    first: dt.datetime,
    last: dt.datetime,
    out: Path,
) -> None:
    """Make the book of what was entered into a register in a period; victims by case code, printing is logged."""
    with opened(speaker, folder, passphrase_file) as session:
        printed = register_books.print_book(session, register, first.date(), last.date(), outside_files.at(out))
    speaker.result({"file": str(out), "register": register, "records": printed.records, "copy": printed.copy_number})


@click.group()
def letterhead() -> None:
    """The head of the station's papers and the lines over their signature."""


@letterhead.command("show")
@registry_options
@click.pass_obj
def show_letterhead(speaker: Console, folder: Path, passphrase_file: Path | None) -> None:
    """Show the letterhead, and which of its lines differ from the pattern."""
    with opened(speaker, folder, passphrase_file) as session:
        _show(speaker, session)


@letterhead.command("set")
@registry_options
@click.option("--agency-above", help="The upper line; an empty text takes a line back to the pattern.")
@click.option("--agency", help="The agency itself.")
@click.option("--place", help="The place before the date.")
@click.option("--abbreviation", help="In the number of a document, e.g. CAX.")
@click.option("--signer-title", multiple=True, help="A line over the signature; several are given one after the other.")
@click.option("--signer-name", help="Rank and name under it.")
@click.pass_obj
def set_letterhead(
    speaker: Console,
    /,
    folder: Path,
    passphrase_file: Path | None,
    signer_title: tuple[str, ...],
    **lines: str | None,
) -> None:
    """Write lines over the pattern of forms/letterheads.toml; logged."""
    given = {name: text for name, text in lines.items() if text is not None}
    if signer_title:
        given["signer_title"] = "\n".join(signer_title)
    if not given:
        message = "give at least one line"
        raise click.UsageError(message)
    with opened(speaker, folder, passphrase_file) as session:
        letterheads.write(session, given)
        _show(speaker, session)


def _show(speaker: Console, session: Session) -> None:
    speaker.result(
        {**asdict(letterheads.of_station(session)), "written_over": sorted(letterheads.written_over(session))}
    )
