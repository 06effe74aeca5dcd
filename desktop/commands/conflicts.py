"""`sotram conflicts`: list and resolve."""

from pathlib import Path
from typing import IO

import click

from desktop.commands.console import (
    Console,
    json_from,
    opened,
    registry_options,
)
from desktop.errors import DesktopError
from desktop.workspace.records import conflicts as use_cases


@click.group()
def conflicts() -> None:
    """List the fields that two officers changed apart, and choose a value."""


@conflicts.command("list")
@registry_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_conflicts(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List every conflict with both values, who gave them and when."""
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.list_conflicts(session, language=speaker.language)
    if as_json:
        speaker.result(
            [
                {
                    "id": conflict.record,
                    "record_no": conflict.record_no,
                    "register": conflict.register,
                    "field": conflict.field,
                    "values": [
                        {
                            "operation": choice.operation,
                            "value": choice.value,
                            "officer": choice.officer,
                            "station": choice.station,
                            "at": choice.at.isoformat(),
                        }
                        for choice in conflict.values
                    ],
                }
                for conflict in found
            ]
        )
        return
    for conflict in found:
        for number, choice in enumerate(conflict.values, start=1):
            click.echo(
                f"{conflict.record}\t{conflict.record_no}\t{conflict.field}\t{number}\t{choice.text}\t"
                f"{choice.officer}\t{choice.station}\t{choice.at:%d/%m/%Y %H:%M}"
            )


@conflicts.command("resolve")
@registry_options
@click.argument("record")
@click.argument("field")
@click.option("--choose", type=click.IntRange(1), help="Number of the value in the list.")
@click.option("--json", "given", type=click.File("rb"), help="Another value, as JSON; - for stdin.")
@click.pass_obj
def resolve(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    record: str,
    field: str,
    choose: int | None,
    given: IO[bytes] | None,
) -> None:
    """Settle one field of one record (its id): --choose N, or --json FILE with a third value."""
    if (choose is None) == (given is None):
        raise click.UsageError("Give either --choose or --json.")
    with opened(speaker, folder, passphrase_file) as session:
        conflict = use_cases.conflict_of(session, record, field)
        if given is not None:
            value = json_from(given)
        elif choose is not None and choose <= len(conflict.values):
            value = conflict.values[choose - 1].value
        else:
            raise DesktopError("conflict_choice_unknown", count=len(conflict.values))
        problems = use_cases.resolve(session, record, field, value)
        if problems:
            speaker.refuse(problems)
        speaker.result({"id": conflict.record, "field": field, "value": value})
