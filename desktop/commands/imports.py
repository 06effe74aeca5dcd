"""`sotram import`: tracks, guest declarations, tables; the list of imports, and undoing one."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.commands.import_output import carry_out, mapped_columns, row_numbers
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.intake.gpx import Track
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.imports import (
    guest_imports,
    import_log,
    table_columns,
    table_imports,
    tracks,
)
from desktop.workspace.imports.table_columns import ColumnTarget
from desktop.workspace.records import records


@click.group("import")
def import_() -> None:
    """Bring in what others recorded: previewed with --dry-run, undone with `import undo`."""


@import_.command("gpx")
@registry_options
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--record", help="Id or number of the patrol it belongs to; without it nothing is stored.")
@click.option("--reason", default="", help="Why every doubtful value is right all the same.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def import_gpx(
    speaker: Console,
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
    with opened(speaker, folder, passphrase_file) as session:
        found = records.find(session, tracks.REGISTER, record)
        imported = tracks.import_track(session, found, file, reason=reason)
        if imported.saved.record is None:
            speaker.refuse(imported.saved.problems)
        speaker.say_problems(imported.saved.problems)
        speaker.result({"record": found, **_said(imported.track)})


def _common(session: Session, known: Sequence[ColumnTarget], settings: tuple[str, ...]) -> dict[str, Json]:
    """Raises DesktopError import_column_unknown, import_value_unreadable, import_pair_unreadable."""
    by_path = {target.path: target for target in known}
    found: dict[str, Json] = {}
    for setting in settings:
        path, sign, text = setting.partition("=")
        if not sign:
            raise DesktopError("import_pair_unreadable", option=setting)
        if path not in by_path:
            raise DesktopError("import_column_unknown", path=path)
        found[path] = table_columns.value_for_all(session, by_path[path], text)
    return found


def _said(track: Track) -> dict[str, object]:
    return {
        "distance_km": track.distance_km,
        "started_at": track.started_at.astimezone(VIETNAM).isoformat(),
        "ended_at": track.ended_at.astimezone(VIETNAM).isoformat(),
        "points": track.points,
        "line": [[list(position) for position in piece] for piece in track.line],
    }


_file: Final = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
_dry_run: Final = click.option("--dry-run", is_flag=True, help="Say what would be done; nothing is written.")
_rows: Final = click.option("--rows", help="Only these rows of the file, such as 3,5-9,12; else all that can be taken.")
_again: Final = click.option("--again", is_flag=True, help="Bring in a file that is here already.")
_as_json: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")


@import_.command("guests")
@registry_options
@_file
@click.option("--lodging", default="", help="Id or number of the lodging in the register of businesses.")
@click.option("--lodging-name", default="", help="Name of a lodging that is in no register.")
@click.option(
    "--declared-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="When the lodging declared these guests; the limits of 12 and 24 hours are held against it.",
)
@_rows
@_dry_run
@_again
@_as_json
@click.pass_obj
def import_guests(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    file: Path,
    lodging: str,
    lodging_name: str,
    declared_at: dt.datetime | None,
    rows: str | None,
    dry_run: bool,
    again: bool,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Read a guest declaration (KHAI_BAO_TAM_TRU, KBTT, DS_KHACH_VIET_NAM_LUU_TRU, a province's list)."""
    chosen = row_numbers(rows)
    moment = None if declared_at is None else declared_at.replace(tzinfo=VIETNAM)
    with opened(speaker, folder, passphrase_file) as session:
        source = guest_imports.read_file(session, file, lodging=lodging, lodging_name=lodging_name, declared_at=moment)
        carry_out(speaker, session, source, chosen, dry_run=dry_run, again=again)


@import_.command("table")
@registry_options
@_file
@click.option("--register", required=True, help="Register that the rows go into.")
@click.option("--sheet", default="", help="Name of the sheet; else the first one.")
@click.option("--head-row", type=click.IntRange(min=1), help="Number of the row with the heads; else it is found.")
@click.option("--map", "pairs", multiple=True, help="COLUMN=FIELD: head or letter of a column, and where it goes.")
@click.option("--set", "settings", multiple=True, help="FIELD=VALUE for every row, as it would be typed.")
@click.option("--drafts", is_flag=True, help="Rows that lack required answers become drafts.")
@click.option("--reason", default="", help="Why every doubtful value is right all the same.")
@_rows
@_dry_run
@_again
@_as_json
@click.pass_obj
def import_table(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    file: Path,
    register: str,
    sheet: str,
    head_row: int | None,
    pairs: tuple[str, ...],
    settings: tuple[str, ...],
    drafts: bool,
    reason: str,
    rows: str | None,
    dry_run: bool,
    again: bool,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Read a spreadsheet (XLSX, CSV) into a register; columns go by their heads, or by --map."""
    chosen = row_numbers(rows)
    with opened(speaker, folder, passphrase_file) as session:
        table = table_imports.read_file(file)
        known = table_columns.targets(session, register)
        head = head_row or table_columns.head_row(table.sheet(sheet), known)
        sheet_rows = table.sheet(sheet).rows
        heads = sheet_rows[head - 1] if head <= len(sheet_rows) else ()
        columns = table_columns.suggest(heads, known)
        for place, path in mapped_columns(heads, pairs).items():
            columns = {at: to for at, to in columns.items() if to != path and at != place}
            if path:
                columns[place] = path
        source = table_imports.source(
            session,
            table,
            register,
            columns,
            sheet=sheet,
            head=head,
            common=_common(session, known, settings),
            reason=reason,
            allows_drafts=drafts,
        )
        carry_out(speaker, session, source, chosen, dry_run=dry_run, again=again)


@import_.command("columns")
@registry_options
@click.argument("register")
@click.pass_obj
def import_columns(speaker: Console, folder: Path, passphrase_file: Path | None, register: str) -> None:
    """List where the columns of a table may go in a register."""
    with opened(speaker, folder, passphrase_file) as session:
        found = table_columns.targets(session, register, speaker.language)
    speaker.result([{"path": one.path, "label": one.label, "type": one.field.type.value} for one in found])


@import_.command("list")
@registry_options
@_as_json
@click.pass_obj
def list_imports(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """List what was brought in, the newest first."""
    with opened(speaker, folder, passphrase_file) as session:
        found = import_log.past_imports(session)
    speaker.result(
        [
            {
                "id": one.id,
                "at": one.at.isoformat(),
                "register": one.register,
                "kind": one.kind,
                "file": one.name,
                "records": one.records,
                "undone_at": None if one.undone_at is None else one.undone_at.isoformat(),
            }
            for one in found
        ]
    )


@import_.command("undo")
@registry_options
@click.argument("import_id", metavar="ID")
@_as_json
@click.pass_obj
def undo_import(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    import_id: str,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Take back what an import brought in; what was changed or used since stays, and is reported."""
    with opened(speaker, folder, passphrase_file) as session:
        undone = import_log.undo(session, import_id)
    for record, code in undone.kept.items():
        click.echo(f"{record}: ", nl=False, err=True)
        speaker.say(code)
    kept = [{"record": record, "code": code} for record, code in undone.kept.items()]
    speaker.result({"id": import_id.strip().upper(), "withdrawn": len(undone.withdrawn), "kept": kept})
