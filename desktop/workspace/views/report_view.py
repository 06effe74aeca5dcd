"""What the page of reports shows before a report is made, gathered in one request."""

import datetime as dt
from dataclasses import dataclass

from desktop.sentences import Language
from desktop.workspace.base.session import Session
from desktop.workspace.records import records
from desktop.workspace.reports import reports
from desktop.workspace.reports.reports import FrozenReport, ReportChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReport:
    """A frozen report with the officer called by name."""

    report: FrozenReport
    officer: str

    @property
    def name(self) -> str:
        """What a file of it is called; it names no person."""
        return f"{self.report.report}_{self.report.first}_{self.report.last}_{self.report.number}"


def read_sent(session: Session) -> tuple[SentReport, ...]:
    """Return the sent reports, the newest first; runs on the worker thread."""
    found = reversed(reports.frozen_reports(session))
    return tuple(SentReport(report=one, officer=records.officer_name(session, one.officer)) for one in found)


def read_paper(session: Session, sent: SentReport) -> tuple[SentReport, bytes]:
    """Return a report's paper as it was sent; runs on the worker thread."""
    return sent, reports.frozen_file(session, sent.report.number, "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What can be made, what was sent, and the day."""

    choices: tuple[ReportChoice, ...]
    sent: tuple[SentReport, ...]
    today: dt.date


def read_reports(session: Session, language: Language) -> ReportFacts:
    """Runs on the worker thread."""
    return ReportFacts(
        choices=reports.choices(session, language=language),
        sent=read_sent(session),
        today=session.today(),
    )
