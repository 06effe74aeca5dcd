"""What the page of reports shows before a report is made, gathered in one request."""

import datetime as dt
from dataclasses import dataclass

from desktop.sentences import Language
from desktop.ui.reports.sent_reports_panel import SentReport, read_sent
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports
from desktop.workspace.reports.reports import ReportChoice


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
