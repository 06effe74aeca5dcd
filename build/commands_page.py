"""The page of the command line, resources/manual/commands.md, written from the commands themselves.

Without arguments: write it. With --check: compare it with the commands, and end with status 1 when they differ.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desktop.cli import sotram

PAGE = Path(__file__).parents[1] / "resources" / "manual" / "commands.md"
HEAD = """# Commands

Written by `build/commands_page.py` from the commands themselves; do not edit it by hand.

The command line has the use cases of the window, for administrators and tests.

- `--registry DIRECTORY` names the folder of the registry.
- The passphrase is asked, or read from the first line of a file: `--passphrase-file FILE`, or `SOTRAM_PASSPHRASE_FILE`.
  It is never an argument.
- `sotram --lang en COMMAND`, or `SOTRAM_LANG=en`, gives English sentences; Vietnamese is the default.
- `--date`, or `SOTRAM_DATE`, says which day it is when the computer's clock is in doubt.
- No command writes over a file that exists, or clears a folder that it did not make.
- Results go to standard output, sentences with their codes to standard error.
- Every command takes `--help`.

| exit status | means |
|---|---|
| 0 | done |
| 1 | refused, with a sentence and its code |
| 2 | wrong usage: an unknown option, a missing argument |

`resources/manual/command-answers.md` has the JSON that commands print, the form of values, and notes on imported and
exported files.
"""


def page() -> str:
    found = sorted(commands(click.Context(sotram, info_name="sotram")), key=lambda context: context.command_path)
    index = [f"| [`{context.command_path}`](#{anchor(context)}) | {summary(context)} |" for context in found]
    return "\n".join([HEAD, "| command | does |", "|---|---|", *index, "", *map(section, found)])


def commands(context: click.Context) -> Iterator[click.Context]:
    """Every command below a group that does something itself, each in the context its usage line is made from."""
    if not isinstance(context.command, click.Group):
        yield context
        return
    for name, command in context.command.commands.items():
        yield from commands(click.Context(command, parent=context, info_name=name))


def anchor(context: click.Context) -> str:
    return context.command_path.replace(" ", "-")


def summary(context: click.Context) -> str:
    """The first sentence of a command's help."""
    first = " ".join((context.command.help or "").split("\n\n")[0].split())
    return in_cell(first.partition(". ")[0].rstrip("."))


def section(context: click.Context) -> str:
    command = context.command
    help_text = [" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")]
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    lines = [f"## {context.command_path}", "", "\n\n".join(help_text), "", "```", usage, "```", ""]
    records = [record for option in command.params if (record := option.get_help_record(context)) is not None]
    if records:
        lines += ["| option | |", "|---|---|"]
        lines += [*(f"| `{in_cell(name)}` | {in_cell(text)} |" for name, text in records), ""]
    return "\n".join(lines)


def in_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    if "--check" in sys.argv[1:]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print(f"{PAGE.name} is not what the commands say: run `python build/commands_page.py`", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
