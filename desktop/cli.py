"""`sotram`: the use cases without a window, for administrators and tests.

- stdout carries results (JSON unless a table is plainer); sentences for people go to stderr.
- Exit status: 0 done, 1 refused with a sentence and its code, 2 wrong usage.
- A passphrase is asked, or read from a file; it is never an argument.
"""

import datetime as dt
import io
import sys

import click

from desktop import __version__
from desktop.commands.bundles import bundle
from desktop.commands.conflicts import conflicts
from desktop.commands.console import Console
from desktop.commands.deadlines import deadlines
from desktop.commands.demo import demo
from desktop.commands.exchange import card, receive, send
from desktop.commands.exports import export
from desktop.commands.forms import forms
from desktop.commands.guests import guests
from desktop.commands.held import held
from desktop.commands.imports import import_
from desktop.commands.maintenance import (
    backup,
    check,
    restore,
    self_test,
)
from desktop.commands.people import people
from desktop.commands.printing import book, letterhead, print_
from desktop.commands.records import records
from desktop.commands.reports import report
from desktop.commands.scan import scan
from desktop.commands.stations import init, officer, passphrase
from desktop.errors import DesktopError


class _Refusing(click.Group):
    """A group in which a named failure is one sentence and status 1; anything else is our bug and flies."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DesktopError as error:
            ctx.obj.say_error(error)
            ctx.exit(1)


@click.group(cls=_Refusing, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    envvar="SOTRAM_LANG",
    help="Language of the sentences (default vi, or SOTRAM_LANG).",
)
@click.option(
    "--date",
    "today",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    envvar="SOTRAM_DATE",
    help="Today's date (or SOTRAM_DATE); used while the computer's clock is in doubt.",
)
@click.version_option(__version__, prog_name="sotram")
@click.pass_context
def sotram(context: click.Context, language: str, today: dt.datetime | None) -> None:
    """Offline encrypted registers of a post, and their exchange with the province."""
    context.obj = Console("en" if language == "en" else "vi", context.obj, today.date() if today else None)


for command in (
    backup,
    book,
    bundle,
    card,
    check,
    deadlines,
    conflicts,
    demo,
    export,
    forms,
    guests,
    held,
    import_,
    init,
    letterhead,
    officer,
    passphrase,
    people,
    print_,
    receive,
    records,
    report,
    restore,
    scan,
    self_test,
    send,
):
    sotram.add_command(command)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may speak another code page
            stream.reconfigure(encoding="utf-8")
    sotram()


if __name__ == "__main__":
    main()
