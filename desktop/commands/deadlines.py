"""`sotram clocks`: what the law wants done, and until when."""

import datetime as dt
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.domain.deadlines.deadline import DeadlineState
from desktop.sentences import sentence
from desktop.workspace.deadlines import deadlines as use_cases


@click.group()
def clocks() -> None:
    """List the statutory deadlines of the records."""


@clocks.command("list")
@registry_options
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in DeadlineState]),
    help="Only these states; may be given several times (default soon and overdue).",
)
@click.option("--met-since", type=click.DateTime(["%Y-%m-%d"]), help="Of the met ones, only those met since this day.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=1000)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_clocks(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    states: tuple[str, ...],
    met_since: dt.datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """List deadlines over all registers, the earliest first; victims are called by their case code."""
    wanted = frozenset(DeadlineState(state) for state in states) or use_cases.URGENT
    with opened(speaker, folder, passphrase_file) as workspace:
        found = use_cases.due_list(
            workspace,
            states=wanted,
            met_since=met_since.date() if met_since else None,
            limit=limit,
            language=speaker.language,
        )
    if as_json:
        speaker.result(
            {
                "counts": {state.value: found.counts[state] for state in DeadlineState if state in wanted},
                "clocks": [_json(due) for due in found.clocks],
            }
        )
        return
    for due in found.clocks:
        click.echo("\t".join(_cells(speaker, due)))
    if not found.clocks:
        speaker.say("clocks_none")
    if not all(due.clock.is_verified for due in found.clocks):
        speaker.say("clock_unverified")


def _json(due: use_cases.DueDeadline) -> dict[str, object]:
    clock = due.clock
    return {
        "register": due.register,
        "id": due.record,
        "record_no": due.record_no,
        "title": due.title,
        "clock": clock.id,
        "label": clock.label,
        "limit": clock.limit,
        "state": clock.state.value,
        "started_at": _time(clock.started_at),
        "due_at": _time(clock.due_at),
        "met_at": _time(clock.met_at),
        "remaining": clock.remaining,
        "legal_basis": clock.legal_basis,
        "verified": clock.is_verified,
    }


def _time(when: dt.datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="minutes")


def _cells(speaker: Console, due: use_cases.DueDeadline) -> tuple[str, ...]:
    clock = due.clock
    return (
        f"{clock.due_at:%d/%m/%Y %H:%M}",
        sentence(f"clock_state_{clock.state.value}", {}, speaker.language),
        clock.remaining,
        due.record_no,
        due.title,
        clock.label,
        f"{clock.legal_basis}{'' if clock.is_verified else ' (?)'}",
    )
