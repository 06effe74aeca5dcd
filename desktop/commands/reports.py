"""`sotram report`: indicators and tables over a period, entered figures, and the reports that were sent."""

import datetime as dt
from pathlib import Path
from typing import Final

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.commands.new_file import NewFile
from desktop.domain.reports.periods import (
    Period,
    PeriodKind,
    days_between,
    period_at,
)
from desktop.domain.reports.results import ReportResult, derived_text, figure_text
from desktop.errors import DesktopError
from desktop.reports.json_form import report_json
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports as use_cases

_MAKE: Final = "NAME"
_ON_PAPER: Final[tuple[use_cases.FileKind, ...]] = ("pdf", "xlsx")
_DAY: Final = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_KINDS: Final = [kind.value for kind in PeriodKind if kind is not PeriodKind.DAYS]
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_pdf = click.option("--pdf", type=NewFile(), help="Write the report as PDF.")
_xlsx = click.option("--xlsx", type=NewFile(), help="Write the report as XLSX.")


class _Reports(click.Group):
    """A group in which every other word is the name of a report."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands and args[0] != _MAKE:
            return super().resolve_command(ctx, args)
        return _MAKE, self.commands[_MAKE], args


@click.group(cls=_Reports, context_settings={"ignore_unknown_options": True})
def report() -> None:
    """Make the report NAME over a period; or list reports, enter figures, give back sent ones."""


@report.command(_MAKE)
@registry_options
@click.argument("name")
@click.option("--from", "first", type=_DAY, help="First day.")
@click.option("--to", "last", type=_DAY, help="Last day; with --period a day in the period (default today).")
@click.option("--period", "kind", type=click.Choice(_KINDS), help="A period by the report calendar (15th to 14th).")
@_pdf
@_xlsx
@click.option("--small-cells", is_flag=True, help="For outside: hide numbers of one or two, and what would tell them.")
@click.option("--freeze", is_flag=True, help="Keep PDF, XLSX and figures as they are sent.")
@_as_json
@click.pass_obj
def make_report(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    name: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    kind: str | None,
    pdf: Path | None,
    xlsx: Path | None,
    small_cells: bool,
    freeze: bool,
    as_json: bool,
) -> None:
    """Make a report; without days and period it is the usual one of today."""
    with opened(speaker, folder, passphrase_file) as session:
        period = _period(session, name, first, last, kind)
        result = use_cases.make(session, name, period, is_for_outside=small_cells)
        keep = outside_files.each({"pdf": pdf, "xlsx": xlsx})
        frozen = use_cases.freeze(session, result, keep) if freeze else None
        if frozen is None:
            keep(_made(session, result, pdf, xlsx), lambda: None)
    if as_json:
        speaker.result({**report_json(result, speaker.language), **({"frozen": frozen.number} if frozen else {})})
    else:
        _print(speaker, result)
    _say(speaker, result, frozen)


@report.command("list")
@registry_options
@_as_json
@click.pass_obj
def list_reports(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the reports that can be made."""
    with opened(speaker, folder, passphrase_file) as session:
        found = use_cases.choices(session, language=speaker.language)
        entered = {one.id: list(use_cases.entered_places(session, one.id)) for one in found}
    if as_json:
        speaker.result(
            [
                {
                    "report": one.id,
                    "number": one.number,
                    "label": one.label,
                    "period": one.period.value,
                    "entered": entered[one.id],
                }
                for one in found
            ]
        )
        return
    for one in found:
        click.echo(f"{one.id}\t{one.number}\t{one.label}\t{one.period.value}")


@report.command("enter")
@registry_options
@click.argument("name")
@click.argument("place")
@click.argument("number", type=int)
@click.option("--from", "first", type=_DAY, help="First day.")
@click.option("--to", "last", type=_DAY, help="Last day; with --period a day in the period (default today).")
@click.option("--period", "kind", type=click.Choice(_KINDS), help="A period by the report calendar (15th to 14th).")
@click.option("--source", required=True, help="Where the figure comes from: paper, number, day.")
@click.pass_obj
def enter_figure(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    name: str,
    place: str,
    number: int,
    first: dt.datetime | None,
    last: dt.datetime | None,
    kind: str | None,
    source: str,
) -> None:
    """Enter a figure that no register holds; its places: `sotram report list --json`."""
    with opened(speaker, folder, passphrase_file) as session:
        period = _period(session, name, first, last, kind)
        use_cases.enter_figure(session, name, place, period, number, source)
    speaker.result({"report": name, "place": place, "number": number, **_days(period)})


@report.command("frozen")
@registry_options
@click.argument("action", type=click.Choice(["list", "show"]))
@click.argument("number", type=int, required=False)
@_pdf
@_xlsx
@_as_json
@click.pass_obj
def frozen_reports(
    speaker: Console,
    folder: Path,
    passphrase_file: Path | None,
    action: str,
    number: int | None,
    pdf: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """List the reports that were sent, or give one back as it was, byte for byte."""
    if (action == "show") != (number is not None):
        message = "show takes a number, list takes none"
        raise click.UsageError(message)
    with opened(speaker, folder, passphrase_file) as session:
        if number is None:
            found = use_cases.frozen_reports(session)
        else:
            found = (use_cases.frozen_report(session, number),)
            files: dict[str, bytes] = {kind: use_cases.frozen_file(session, number, kind) for kind in _ON_PAPER}
            outside_files.each({"pdf": pdf, "xlsx": xlsx})(files, lambda: None)
    if as_json:
        shown = [_frozen_json(one) for one in found]
        speaker.result(shown if number is None else shown[0])
        return
    for one in found:
        click.echo(f"{one.number}\t{one.label}\t{one.first:%d/%m/%Y}–{one.last:%d/%m/%Y}\t{one.digests['pdf'][:16]}")
    if not found:
        speaker.say("frozen_reports_none")


def _period(
    session: Session, name: str, first: dt.datetime | None, last: dt.datetime | None, kind: str | None
) -> Period:
    """Return the period of the options. Raises DesktopError."""
    if kind is not None:
        if first is not None:
            raise DesktopError("report_days_and_period")
        return period_at(PeriodKind(kind), last.date() if last else session.today())
    if first is None and last is None:
        return use_cases.usual_period(session, name)
    if first is None or last is None:
        raise DesktopError("report_days_missing")
    return days_between(first.date(), last.date())


def _made(session: Session, result: ReportResult, pdf: Path | None, xlsx: Path | None) -> dict[str, bytes]:
    """Make what is asked for alone: making a file is logged."""
    made = {}
    if pdf is not None:
        made["pdf"] = use_cases.pdf(session, result)
    if xlsx is not None:
        made["xlsx"] = use_cases.xlsx(session, result)
    return made


def _print(speaker: Console, result: ReportResult) -> None:
    language = speaker.language
    click.echo(f"{result.definition.number}. {result.definition.label.text(language)}")
    for table in result.tables:
        click.echo(
            "\t".join((table.definition.label.text(language), *(one.label.text(language) for one in table.columns)))
        )
        for row in table.rows:
            texts = [figure_text(figure) for figure in row.figures]
            if row.figures and table.is_over_periods:
                texts += [derived_text(column.id, row) for column in table.columns[len(texts) :]]
            click.echo("\t".join(("  " * row.indent + row.label.text(language), *texts)))


def _say(speaker: Console, result: ReportResult, frozen: use_cases.FrozenReport | None) -> None:
    if result.is_empty and not result.is_for_outside:
        speaker.say("report_empty")
    if result.drafts:
        speaker.say("report_drafts", count=result.drafts)
    if not result.definition.is_verified:
        speaker.say("report_unverified")
    if frozen is not None:
        speaker.say("report_frozen", number=frozen.number)


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _frozen_json(one: use_cases.FrozenReport) -> dict[str, object]:
    return {
        "number": one.number,
        "report": one.report,
        "label": one.label,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "frozen_at": one.frozen_at.isoformat(timespec="seconds"),
        "officer": one.officer,
        "for_outside": one.is_for_outside,
        "digests": one.digests,
    }
