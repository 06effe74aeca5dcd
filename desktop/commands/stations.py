"""`sotram init`, `sotram officer`, `sotram passphrase`: the station itself and who may open it."""

from pathlib import Path
from typing import get_args

import click

from desktop.commands.console import (
    Console,
    opened,
    passphrase_of,
    passphrase_option,
    registry_options,
)
from desktop.workspace.base.definitions import definitions_of
from desktop.workspace.base.session import StationKind
from desktop.workspace.exchange import stations
from desktop.workspace.station import officers
from desktop.workspace.station.registry import StationSetup, create_registry

_NEW = click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File whose first line is the new passphrase; else it is asked.",
)


@click.command()
@click.option("--registry", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--kind", required=True, type=click.Choice(get_args(StationKind)))
@click.option("--province", required=True, help="Two digits, e.g. 11.")
@click.option("--commune", help="Five digits, e.g. 03160; not for a province office.")
@click.option("--name", required=True, help="The unit's name as on its letter-head.")
@click.option("--officer", "officer_name", required=True, help="Full name of the first officer.")
@click.option("--rank", "officer_rank", default="", help="Rank, e.g. 'Thiếu úy'.")
@click.option("--position", "officer_position", default="", help="Position, e.g. 'Trưởng Công an xã'.")
@passphrase_option
@click.pass_obj
def init(
    speaker: Console,
    folder: Path,
    kind: StationKind,
    province: str,
    commune: str | None,
    name: str,
    officer_name: str,
    officer_rank: str,
    officer_position: str,
    passphrase_file: Path | None,
) -> None:
    """Set up a station; prints its id, fingerprint and the recovery code, which is shown this once."""
    setup = StationSetup(
        kind=kind,
        province=province,
        commune=commune,
        name=name,
        officer_name=officer_name,
        officer_rank=officer_rank,
        officer_position=officer_position,
    )
    passphrase = passphrase_of(passphrase_file, is_new=True)
    with create_registry(folder, setup, passphrase, speaker.environment, definitions_of(folder)) as session:
        recovery = officers.add_recovery_code(session)
        card = stations.own_card(session)
    speaker.say("recovery_code_keep")
    speaker.result(
        {
            "station": card.station,
            "fingerprint": card.fingerprint,
            "registry": str(folder),
            "recovery_code": recovery,
        }
    )


@click.group()
def officer() -> None:
    """Officers who may open the registry."""


@officer.command("add")
@registry_options
@click.option("--name", required=True)
@click.option("--rank", default="")
@click.option("--position", default="")
@_NEW
@click.pass_obj
def add_officer(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    name: str,
    rank: str,
    position: str,
    new_passphrase_file: Path | None,
) -> None:
    """Add an officer with a passphrase of his own; nothing is re-encrypted."""
    with opened(speaker, folder, passphrase_file) as session:
        passphrase = passphrase_of(new_passphrase_file, is_new=True)
        added = officers.add_officer(session, name, rank, position, passphrase)
    speaker.result({"id": added})


@officer.command("list")
@registry_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_officers(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the officers of this station."""
    with opened(speaker, folder, passphrase_file) as session:
        found = officers.officers(session)
    if as_json:
        speaker.result(
            [{"id": one.id, "name": one.name, "rank": one.rank, "can_unlock": one.can_unlock} for one in found]
        )
        return
    for one in found:
        click.echo(f"{one.id}\t{one.rank}\t{one.name}")


@click.group()
def passphrase() -> None:
    """Passphrases and the recovery code."""


@passphrase.command("change")
@registry_options
@_NEW
@click.pass_obj
def change_passphrase(
    speaker: Console, folder: Path, passphrase_file: Path | None, new_passphrase_file: Path | None
) -> None:
    """Change the passphrase that opens the registry; nothing is re-encrypted."""
    old = passphrase_of(passphrase_file)
    new = passphrase_of(new_passphrase_file, is_new=True)
    officers.change_passphrase_of(folder, old, new, speaker.environment, definitions_of(folder))
    speaker.say("passphrase_changed")


@passphrase.command("recover")
@click.option("--registry", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--code-file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_NEW
@click.pass_obj
def recover(speaker: Console, folder: Path, code_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Open with the recovery code and set a new passphrase."""
    code = passphrase_of(code_file) if code_file else str(click.prompt("Recovery code", hide_input=True, err=True))
    new = passphrase_of(new_passphrase_file, is_new=True)
    officers.recover(folder, code, new, speaker.environment, definitions_of(folder))
    speaker.say("passphrase_changed")
