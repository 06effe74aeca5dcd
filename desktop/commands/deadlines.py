"""`sotram deadlines`: what the law wants done, and until when."""

import datetime as dt
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.domain.deadlines.deadline import DeadlineState
from desktop.sentences import sentence
from desktop.workspace.deadlines import deadlines as use_cases


@click.group()
def deadlines() -> None:
    """List the statutory deadlines of the records."""


@deadlines.command("list")
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
def list_deadlines(
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
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.due_list(
            session,
            states=wanted,
            met_since=met_since.date() if met_since else None,
            limit=limit,
            language=speaker.language,
        )
    if as_json:
        speaker.result(
            {
                "counts": {state.value: found.counts[state] for state in DeadlineState if state in wanted},
                "deadlines": [_json(due) for due in found.deadlines],
            }
        )
        return
    for due in found.deadlines:
        click.echo("\t".join(_cells(speaker, due)))
    if not found.deadlines:
        speaker.say("deadlines_none")
    if not all(due.deadline.is_verified for due in found.deadlines):
        speaker.say("deadline_unverified")


def _json(due: use_cases.DueDeadline) -> dict[str, object]:
    deadline = due.deadline
    return {
        "register": due.register,
        "id": due.record,
        "record_no": due.record_no,
        "title": due.title,
        "deadline": deadline.id,
        "label": deadline.label,
        "limit": deadline.limit,
        "state": deadline.state.value,
        "started_at": _time(deadline.started_at),
        "due_at": _time(deadline.due_at),
        "met_at": _time(deadline.met_at),
        "remaining": deadline.remaining,
        "legal_basis": deadline.legal_basis,
        "verified": deadline.is_verified,
    }


def _time(when: dt.datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="minutes")


def _cells(speaker: Console, due: use_cases.DueDeadline) -> tuple[str, ...]:
    deadline = due.deadline
    return (
        f"{deadline.due_at:%d/%m/%Y %H:%M}",
        sentence(f"deadline_state_{deadline.state.value}", {}, speaker.language),
        deadline.remaining,
        due.record_no,
        due.title,
        deadline.label,
        f"{deadline.legal_basis}{'' if deadline.is_verified else ' (?)'}",
    )
