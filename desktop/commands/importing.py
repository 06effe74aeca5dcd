"""`sotram import`: what receivers recorded, into a record."""

from pathlib import Path

import click

from desktop.commands.speaking import Speaker, opened, registry_options
from desktop.intake.gpx import Track
from desktop.workspace import records, tracks
from desktop.workspace.session import VIETNAM


@click.group("import")
def import_() -> None:
    """Bring in what other devices recorded."""


@import_.command("gpx")
@registry_options
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--record", help="Id or number of the patrol it belongs to; without it nothing is stored.")
@click.option("--reason", default="", help="Why every doubtful value is right all the same.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def import_gpx(
    speaker: Speaker,
    folder: Path,
    passphrase_file: Path | None,
    file: Path,
    record: str | None,
    reason: str,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Read a GPX track: distance, times, points; with --record into that patrol, the file attached."""
    if record is None:
        with opened(speaker, folder, passphrase_file):
            track = tracks.read_file(file)
        speaker.result({"record": None, **_said(track)})
        return
    with opened(speaker, folder, passphrase_file) as workspace:
        found = records.find(workspace, tracks.REGISTER, record)
        imported = tracks.import_track(workspace, found, file, reason=reason)
        if imported.saved.record is None:
            speaker.refuse(imported.saved.problems)
        speaker.say_problems(imported.saved.problems)
        speaker.result({"record": found, **_said(imported.track)})


def _said(track: Track) -> dict[str, object]:
    return {
        "distance_km": track.distance_km,
        "started_at": track.started_at.astimezone(VIETNAM).isoformat(),
        "ended_at": track.ended_at.astimezone(VIETNAM).isoformat(),
        "points": track.points,
        "line": [[list(position) for position in piece] for piece in track.line],
    }
