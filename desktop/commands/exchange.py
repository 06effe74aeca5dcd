"""`sotram card`, `sotram send`, `sotram receive`: who trusts whom, and what travels by stick."""

import sys
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.commands.held import retry_json, say_retried
from desktop.commands.new_file import NewFile
from desktop.workspace.base import outside_files
from desktop.workspace.exchange import exchange, held_bundles, stations


@click.group()
def card() -> None:
    """Exchange station cards: who we are, and whom we trust."""


@card.command("export")
@registry_options
@click.option("--out", type=NewFile(dir_okay=True), help="File to write; else the card is printed.")
@click.pass_obj
def export_card(speaker: Console, folder: Path, passphrase_file: Path | None, out: Path | None) -> None:
    """Write this station's signed card. Its fingerprint is given to the other side by voice or on paper."""
    with opened(speaker, folder, passphrase_file) as session:
        own = stations.own_card(session)
    if out is None:
        click.echo(own.text, nl=False)
        click.echo(own.fingerprint, err=True)
        return
    path = out / f"{own.station}.card" if out.is_dir() else out
    outside_files.write(path, own.text.encode())
    speaker.result({"station": own.station, "fingerprint": own.fingerprint, "file": str(path)})


@card.command("import")
@registry_options
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def import_card(speaker: Console, folder: Path, passphrase_file: Path | None, file: Path) -> None:
    """Take in another station's card; it is not trusted until `card trust`."""
    text = stations.card_file_text(file)
    with opened(speaker, folder, passphrase_file) as session:
        station = stations.import_card(session, text)
    speaker.say("card_compare_fingerprint", station=station.station, fingerprint=station.fingerprint)
    speaker.result(_station_json(station))


@card.command("trust")
@registry_options
@click.argument("station")
@click.option("--fingerprint", help="The fingerprint as the other station read it out; else it is asked.")
@click.pass_obj
def trust_card(
    speaker: Console, folder: Path, passphrase_file: Path | None, station: str, fingerprint: str | None
) -> None:
    """Trust a station after comparing its fingerprint with what its people say; its held bundles are tried again."""
    with opened(speaker, folder, passphrase_file) as session:
        heard = fingerprint or str(click.prompt("Fingerprint", err=True))
        trusted = stations.trust(session, station, heard)
        retried = held_bundles.retry_all(session, station)
    speaker.result({**_station_json(trusted), "retried": [retry_json(result) for result in retried]})
    if retried:
        say_retried(speaker, retried)


@card.command("revoke")
@registry_options
@click.argument("station")
@click.pass_obj
def revoke_card(speaker: Console, folder: Path, passphrase_file: Path | None, station: str) -> None:
    """Stop trusting a station: what it sent until now stays, later bundles are held."""
    with opened(speaker, folder, passphrase_file) as session:
        speaker.result(_station_json(stations.revoke(session, station)))


@card.command("list")
@registry_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_cards(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the stations known here."""
    with opened(speaker, folder, passphrase_file) as session:
        found = stations.stations(session)
    if as_json:
        speaker.result([_station_json(station) for station in found])
        return
    for station in found:
        click.echo(f"{station.station}\t{station.status}\t{station.fingerprint}\t{station.name}")


@card.command("identity")
@registry_options
@click.option("--out", required=True, type=NewFile())
@click.pass_obj
def export_identity(speaker: Console, folder: Path, passphrase_file: Path | None, out: Path) -> None:
    """Write the secret that opens bundles addressed here with `age`, for an audit; logged. Destroy it after use."""
    with opened(speaker, folder, passphrase_file) as session:
        stations.opening_identity(session, outside_files.at(out, is_secret=True))
    speaker.say("identity_written", file=out.name)


@click.command()
@registry_options
@click.option("--to", "station", required=True, help="Station that shall receive.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def send(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    station: str,
    out: Path,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Write a signed and sealed bundle with all that a station has not acknowledged."""
    with opened(speaker, folder, passphrase_file) as session:
        sent = exchange.send(session, station, out)
    speaker.say("stick_may_be_pulled", file=sent.file_name)
    speaker.result(
        {"file": str(sent.path), "files": [str(path) for path in sent.paths], "to": station, "operations": sent.count}
    )


@click.command()
@registry_options
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def receive(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    file: Path,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Verify a bundle and take it in; the file itself is never changed."""
    with opened(speaker, folder, passphrase_file) as session:
        received = exchange.receive(session, file)
    message = received.message(speaker.language)
    speaker.result(
        {
            "verdict": received.verdict,
            "code": received.code,
            "from": received.station,
            "new": received.new,
            "changed": received.changed,
            "conflicts": received.conflicts,
            "unknown": list(received.unknown),
            "message": message,
        }
    )
    click.echo(f"{message} [{received.code}]", err=True)
    if not received.is_accepted:
        sys.exit(1)


def _station_json(station: stations.StationView) -> dict[str, str]:
    return {
        "station": station.station,
        "kind": station.kind,
        "name": station.name,
        "status": station.status,
        "fingerprint": station.fingerprint,
    }
