"""`sotram records`: add, set, show, list, history."""

import sys
from pathlib import Path
from typing import IO, Any

import click

from desktop.commands.console import (
    Console,
    json_from,
    opened,
    registry_options,
)
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import history, revealing, saving
from desktop.workspace.records import records as use_cases

_given = click.option(
    "--json", "given", required=True, type=click.File("rb"), help="File with the values as JSON, - for stdin."
)
_reason = click.option("--reason", default="", help="Why every doubtful value is right all the same.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def records() -> None:
    """Add, change, show and list the records of a register."""


@records.command("add")
@registry_options
@click.argument("register")
@_given
@_reason
@click.option("--draft", is_flag=True, help="Save an unfinished record as a draft.")
@click.pass_obj
def add_record(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    given: IO[bytes],
    reason: str,
    draft: bool,
) -> None:
    """Add a record; prints {"id", "record_no", "problems"}."""
    values, reasons = _values_of(json_from(given))
    with opened(speaker, folder, passphrase_file) as session:
        saved = saving.save_given(session, register, values, reasons=reasons, reason_for_all=reason, is_draft=draft)
        _report_saved(speaker, saved)


@records.command("set")
@registry_options
@click.argument("register")
@click.argument("record")
@_given
@_reason
@click.pass_obj
def set_record(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    record: str,
    given: IO[bytes],
    reason: str,
) -> None:
    """Change fields of a record: only those given; null clears one."""
    values, reasons = _values_of(json_from(given))
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.find(session, register, record)
        now = use_cases.read(session, found)
        saved = saving.save_given(
            session,
            register,
            {**now.values, **values},
            record=found,
            base=now.heads,
            reasons=reasons,
            reason_for_all=reason,
            is_draft=now.is_draft and values.get("status", "NHAP") == "NHAP",
        )
        _report_saved(speaker, saved)


@records.command("show")
@registry_options
@click.argument("register")
@click.argument("record")
@_as_json
@click.option("--reason", default="sotram records show", help="Why a victim's identity is looked at (logged).")
@click.pass_obj
def show_record(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    record: str,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
    reason: str,
) -> None:
    """Show one record as JSON. Looking at a victim's identity is a deliberate act: it is logged."""
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.find(session, register, record)
        view = use_cases.read(session, found)
        revealing.reveal(session, found, reason)
        speaker.result(
            {
                "id": view.id,
                "record_no": view.record_no,
                "register": view.register,
                "version": view.version,
                "station": view.station,
                "values": view.values,
                "computed": use_cases.computed(session, view),
                "reasons": view.reasons,
                "notes": view.notes,
                "conflicts": [_conflict_json(session, view, name) for name in view.conflicts],
            }
        )


@records.command("list")
@registry_options
@click.argument("register")
@click.option("--search", "text", default="", help="Words of a name, with or without marks.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=1000)
@_as_json
@click.pass_obj
def list_records(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    register: str,
    text: str,
    limit: int,
    as_json: bool,
) -> None:
    """List the records of a register; victims are called by their case code."""
    with opened(speaker, folder, passphrase_file) as session:
        page = use_cases.list_records(session, register, text=text, limit=limit, language=speaker.language)
        if as_json:
            speaker.result(
                [
                    {
                        "id": row.record,
                        "record_no": row.record_no,
                        "title": row.title,
                        "status": row.status,
                        "unit": row.unit,
                        "has_conflict": row.has_conflict,
                        "cells": dict(zip(page.columns, row.cells, strict=True)),
                    }
                    for row in page.rows
                ]
            )
            return
        for row in page.rows:
            click.echo("\t".join((row.record, *row.cells)))


@records.command("history")
@registry_options
@click.argument("register")
@click.argument("record")
@_as_json
@click.pass_obj
def show_history(
    speaker: Console, folder: Path, passphrase_file: Path | None, register: str, record: str, as_json: bool
) -> None:
    """Show who changed what and when, oldest first."""
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.find(session, register, record)
        revealing.reveal(session, found, "sotram records history")
        entries = history.history(session, found, language=speaker.language)
        if as_json:
            speaker.result(
                [
                    {
                        "at": entry.at.isoformat(),
                        "officer": entry.officer,
                        "station": entry.station,
                        "field": entry.field,
                        "old": entry.old_value,
                        "new": entry.new_value,
                        "kind": entry.kind,
                        "suspect": entry.is_suspect,
                    }
                    for entry in entries
                ]
            )
            return
        for entry in entries:
            click.echo(
                f"{entry.at:%d/%m/%Y %H:%M}\t{entry.officer}\t{entry.station}\t{entry.label}\t"
                f"{entry.old or '–'} → {entry.new or '–'}"
            )


def _values_of(content: Any) -> tuple[dict[str, Json], dict[str, str]]:  # noqa: ANN401  unvalidated JSON
    """Take `{field: value}` or `{"values": {...}, "reasons": {...}}`."""
    if not isinstance(content, dict):
        raise DesktopError("json_not_an_object")
    if "values" in content and set(content) <= {"values", "reasons"}:
        values, reasons = content["values"], content.get("reasons", {})
        if not isinstance(values, dict) or not isinstance(reasons, dict):
            raise DesktopError("json_not_an_object")
        return values, {str(code): str(text) for code, text in reasons.items()}
    return content, {}


def _report_saved(speaker: Console, saved: saving.Saved) -> None:
    if saved.record is None:
        speaker.refuse(saved.problems)
    speaker.say_problems(saved.problems)
    speaker.result(
        {
            "id": saved.record,
            "record_no": saved.record_no,
            "problems": [speaker.problem_json(problem) for problem in saved.problems],
        }
    )
    sys.exit(0)


def _conflict_json(session: Session, view: use_cases.RecordView, name: str) -> dict[str, object]:
    return {
        "field": name,
        "values": [
            {
                "operation": str(head.id),
                "value": head.value,
                "officer": use_cases.officer_name(session, head.officer),
                "station": use_cases.station_of(session, head.id.epoch),
            }
            for head in view.fields[name].heads
        ],
    }
