"""`sotram guests`: declared guests held against a check."""

import datetime as dt
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.workspace.imports import guest_reconciliation
from desktop.workspace.imports.guest_reconciliation import DeclaredGuest, FoundGuest


@click.group()
def guests() -> None:
    """Guests that lodgings declared; `sotram import guests` brings them in."""


@guests.command("reconcile")
@registry_options
@click.option("--lodging", required=True, help="Id or number of the lodging in the register of businesses.")
@click.option("--night", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The night from noon to noon.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def reconcile(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    lodging: str,
    night: dt.datetime,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Hold a lodging's declarations against the residence checks of a night."""
    with opened(speaker, folder, passphrase_file) as session:
        found = guest_reconciliation.reconcile(session, lodging, night.date())
    speaker.result(
        {
            "lodging": found.lodging,
            "night": found.night.isoformat(),
            "declared": found.declared,
            "found": found.found,
            "matched": [
                {"declared": pair.declared.record_no, "found": pair.found.record_no, "by": pair.by.value}
                for pair in found.matched
            ],
            "declared_not_found": [_as_json(one) for one in found.declared_not_found],
            "found_not_declared": [_as_json(one) for one in found.found_not_declared],
            "late": [_as_json(one) for one in found.late],
            "declared_elsewhere": [
                {"record": record, "other": number} for record, number in sorted(found.elsewhere.items())
            ],
        }
    )


def _as_json(one: DeclaredGuest | FoundGuest) -> dict[str, str]:
    stated = {"record": one.record, "record_no": one.record_no, "name": one.name, "room": one.room}
    return {**stated, "lateness": one.lateness.value} if isinstance(one, DeclaredGuest) else stated
