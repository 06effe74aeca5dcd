"""`sotram people`: who may be entered twice."""

from collections.abc import Iterable
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.sentences import sentence
from desktop.workspace.base.session import Session
from desktop.workspace.people import matching
from desktop.workspace.people.duplicates import MOST, PossiblePerson


@click.group()
def people() -> None:
    """Find persons who may be one."""


@people.command("match")
@registry_options
@click.option("--name", help="A name, however it is written.")
@click.option("--dob", help="The date of birth, or what is known of it.")
@click.option("--record", help="A person of this registry, by id or number.")
@click.option("--limit", type=click.IntRange(1, 100_000), help=f"At most so many (default {MOST}; of all pairs 1000).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def match_people(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    name: str | None,
    dob: str | None,
    record: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Say who may be the same person, and why: one person, or without --name and --record all pairs.

    Whether it is one person, people decide.
    """
    if name is not None and record is not None:
        message = "Give --name or --record, or neither for all pairs."
        raise click.UsageError(message)
    if dob is not None and name is None:
        message = "--dob belongs to a --name."
        raise click.UsageError(message)
    if any(given is not None and not given.strip() for given in (name, record)):
        message = "--name and --record may not be empty."
        raise click.UsageError(message)
    with opened(speaker, folder, passphrase_file) as session:
        if name is not None:
            values, problems = matching.read_given(session, name, dob or "")
            if problems:
                speaker.refuse(problems)
            found = matching.like_values(session, values, limit=limit or MOST, language=speaker.language)
            _report_candidates(speaker, found, as_json=as_json)
        elif record is not None:
            found = matching.like_record(session, record, limit=limit or MOST, language=speaker.language)
            _report_candidates(speaker, found, as_json=as_json)
        else:
            _report_pairs(speaker, session, limit or 1000, as_json=as_json)


def _report_candidates(speaker: Console, found: tuple[PossiblePerson, ...], *, as_json: bool) -> None:
    if as_json:
        speaker.result([{**_json(person), "reasons": person.reasons} for person in found])
        return
    for person in found:
        click.echo("\t".join((*_cells(person), _reasons(speaker, person.reasons))))
    if not found:
        speaker.say("people_none_alike")


def _report_pairs(speaker: Console, session: Session, limit: int, *, as_json: bool) -> None:
    found = matching.all_pairs(session, limit=limit, language=speaker.language)
    if as_json:
        pairs = [{"persons": [_json(pair.first), _json(pair.second)], "reasons": pair.reasons} for pair in found.pairs]
        speaker.result({"total": found.total, "pairs": pairs})
        return
    for pair in found.pairs:
        click.echo("\t".join((*_cells(pair.first), *_cells(pair.second), _reasons(speaker, pair.reasons))))
    if not found.pairs:
        speaker.say("people_none_alike")
    elif found.total > len(found.pairs):
        speaker.say("people_pairs_left_out", count=found.total - len(found.pairs))


def _json(person: PossiblePerson) -> dict[str, object]:
    return {"id": person.record, "record_no": person.row.record_no, "title": person.row.title}


def _cells(person: PossiblePerson) -> tuple[str, ...]:
    return person.row.record_no, person.row.title, person.born


def _reasons(speaker: Console, codes: Iterable[str]) -> str:
    return "; ".join(sentence(f"alike_{code}", {}, speaker.language) for code in codes)
