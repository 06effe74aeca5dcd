"""`sotram export`: tables of registers, pseudonymised cases for HTCDS, and the log of what left."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Final

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.commands.new_file import NewFile
from desktop.sentences import sentence
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import stations
from desktop.workspace.exports import case_exports, export_log, table_export
from desktop.workspace.records import records

_DAY: Final = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_out = click.option("--out", required=True, type=NewFile(), help="The file.")
_first = click.option("--from", "first", type=_DAY, help="First day.")
_last = click.option("--to", "last", type=_DAY, help="Last day.")
_approved_by = click.option("--approved-by", default="", help="The other officer who approved: id or number.")
_approval = click.option("--approval", default="", help="Number and day of the paper that approves.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def export() -> None:
    """Write data for other programs. Every export is logged."""


@export.command("table")
@registry_options
@click.argument("register")
@_out
@click.option("--format", "kind", type=click.Choice(["xlsx", "csv"]), help="Else by the end of the file's name.")
@click.option("--columns", default="", help="Field ids with commas, or all; else those proposed.")
@click.option("--codes", "as_codes", is_flag=True, help="For machines: field ids, stored values, record ids.")
@_first
@_last
@click.option("--status", "statuses", multiple=True, help="Only records of this status; may be repeated.")
@click.option("--purpose", default="", help="What sensitive data (P3) are needed for.")
@click.option("--reveal", default="", help="Why identities (P4) must be in it; needs --approved-by and --approval.")
@_approved_by
@_approval
@click.option("--seal-for", "station", default="", help="Station that alone can open the file, with age.")
@_as_json
@click.pass_obj
def export_table(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    out: Path,
    kind: str | None,
    columns: str,
    as_codes: bool,
    first: dt.datetime | None,
    last: dt.datetime | None,
    statuses: tuple[str, ...],
    purpose: str,
    reveal: str,
    approved_by: str,
    approval: str,
    station: str,
    as_json: bool,
) -> None:
    """Write a register as a table; what identifies a victim is left out unless it is revealed and approved."""
    is_csv = kind == "csv" or (kind is None and out.suffix.lower() == ".csv")
    export_request = table_export.TableExportRequest(
        register=register,
        file_kind="csv" if is_csv else "xlsx",
        columns=tuple(name.strip() for name in columns.split(",") if name.strip()),
        as_codes=as_codes,
        first=first.date() if first else None,
        last=last.date() if last else None,
        statuses=statuses,
        purpose=purpose,
        reveal=reveal,
        approved_by=approved_by,
        approval=approval,
        language=speaker.language,
    )
    with opened(speaker, folder, passphrase_file) as session:
        seal = partial(stations.seal_for, session, station) if station else None
        exported = table_export.export_table(session, outside_files.at(out, seal=seal), export_request)
    for one in exported.left_out:
        speaker.say("export_left_out", column=one.label, why=sentence(one.why, {}, speaker.language))
    speaker.say("export_done", count=exported.records, number=exported.number)
    if as_json:
        speaker.result(
            {
                "file": str(out),
                "register": register,
                "records": exported.records,
                "columns": list(exported.columns),
                "left_out": {one.column: one.why for one in exported.left_out},
                "sha256": exported.digest,
                "number": exported.number,
            }
        )


@export.command("htcds")
@registry_options
@click.option("--out", type=NewFile(), help="The file; not with --dry-run.")
@click.option("--format", "kind", type=click.Choice(["json", "csv", "xlsx"]), default="json")
@_first
@_last
@click.option("--k", type=int, help="How many cases must be alike; never less than the map says.")
@_approved_by
@_approval
@click.option("--dry-run", is_flag=True, help="Say what would leave; no approval, no file.")
@_as_json
@click.pass_obj
def export_htcds(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    out: Path | None,
    kind: case_exports.CaseFileKind,
    first: dt.datetime | None,
    last: dt.datetime | None,
    k: int | None,
    approved_by: str,
    approval: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write victims' cases by HTCDS 2.0: pseudonymised, with consent alone, approved by another officer."""
    if dry_run == (out is not None):
        message = "give --out FILE, or --dry-run without one"
        raise click.UsageError(message)
    export_request = case_exports.CaseExportRequest(
        file_kind=kind,
        first=first.date() if first else None,
        last=last.date() if last else None,
        k=k,
        approved_by=approved_by,
        approval=approval,
        language=speaker.language,
    )
    with opened(speaker, folder, passphrase_file) as session:
        definition = case_exports.definition_of(session)
        exported = (
            case_exports.export_cases(session, outside_files.at(out), export_request) if out is not None else None
        )
        found = exported.plan if exported is not None else case_exports.plan(session, export_request)
    written: dict[str, str] = {}
    if out is not None and exported is not None:
        written = {str(outside_files.path_of(out, added)): digest for added, digest in exported.digests.items()}
    for why, count in case_exports.why_cases_stay(definition, found.stays, speaker.language):
        speaker.say("case_export_stays", count=count, why=why)
    if exported is not None:
        speaker.say("export_done", count=found.leaves, number=exported.number)
    else:
        counts = {"leaves": found.leaves, "looked_at": found.looked_at, "generalised": found.generalised}
        speaker.say("case_export_would", **counts)
    if as_json:
        speaker.result(
            {
                "files": written,
                "number": exported.number if exported is not None else None,
                "looked_at": found.looked_at,
                "leaves": found.leaves,
                "generalised": found.generalised,
                "least_alike": found.k,
                "stays": found.stays,
            }
        )


@export.command("list")
@registry_options
@_as_json
@click.pass_obj
def list_exports(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List what left this registry: when, who, what, why, on whose approval."""
    with opened(speaker, folder, passphrase_file) as session:
        found = [_entry_json(session, entry) for entry in export_log.entries(session)]
        altered = export_log.altered(session)
    if as_json:
        speaker.result(found)
    else:
        for entry in found:
            click.echo(
                "\t".join(str(entry[name]) for name in ("number", "at", "officer", "kind", "register", "records"))
            )
    for number in altered:
        speaker.say("export_book_altered", number=number)


def _entry_json(session: Session, entry: export_log.ExportEntry) -> dict[str, object]:
    approval = entry.approval
    return {
        "number": entry.number,
        "at": entry.at,
        "officer": records.officer_name(session, entry.officer),
        "kind": entry.kind,
        "register": entry.register,
        "records": entry.records,
        "columns": list(entry.columns),
        "left_out": entry.left_out,
        "purpose": entry.purpose,
        "reveal": entry.reveal,
        "approved_by": records.officer_name(session, approval.officer) if approval else "",
        "approval": approval.paper if approval else "",
        "sha256": entry.files,
    }
