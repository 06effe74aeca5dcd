"""`sotram check`, `backup`, `restore`, `self-test`: whether all is well, and what to do when it is not."""

import sys
from pathlib import Path

import click

from desktop.commands.console import (
    Console,
    opened,
    passphrase_of,
    registry_options,
)
from desktop.workspace.base.definitions import definitions_of
from desktop.workspace.station import maintenance
from desktop.workspace.station import self_test as station_self_test


@click.command()
@registry_options
@click.option("--rebuild", is_flag=True, help="Drop the register tables and make them again from the change log.")
@click.pass_obj
def check(speaker: Console, folder: Path, passphrase_file: Path | None, rebuild: bool) -> None:
    """Check the database, every chain of the change log, the audit log and the projections."""
    with opened(speaker, folder, passphrase_file) as session:
        report = maintenance.check(session, rebuild=rebuild)
    speaker.result(
        {
            "ok": report.is_sound,
            "operations": report.operations,
            "records": report.records,
            "projection": report.projection,
            "rebuilt": report.rebuilt,
            "key_copies": report.key_copies.value,
            "findings": list(report.findings),
        }
    )
    if not report.is_sound:
        speaker.say("check_found", count=len(report.findings))
        sys.exit(1)


@click.command()
@registry_options
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.pass_obj
def backup(speaker: Console, folder: Path, passphrase_file: Path | None, out: Path) -> None:
    """Write a verified, encrypted copy of the registry into a new folder under --out."""
    with opened(speaker, folder, passphrase_file) as session:
        speaker.result({"folder": str(maintenance.back_up(session, out))})


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, file_okay=False, exists=True))
@registry_options
@click.pass_obj
def restore(speaker: Console, copy: Path, folder: Path, passphrase_file: Path | None) -> None:
    """Put a backup into an empty folder; the station's log goes on in a new epoch (FORMAT.md, R4)."""
    passphrase = passphrase_of(passphrase_file)
    with maintenance.restore(copy, folder, passphrase, speaker.environment, definitions_of(copy)) as session:
        speaker.result({"station": session.station.id, "epoch": session.epoch})


@click.command("self-test")
@click.pass_obj
def self_test(speaker: Console) -> None:
    """Load every definition and play save, print, send, receive in a temporary folder."""
    steps = station_self_test.run(speaker.environment)
    speaker.result({"ok": True, "steps": list(steps)})
