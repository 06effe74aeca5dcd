"""The reports that were sent: each comes back byte for byte, on paper or as a workbook."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.base.message_bar import EmptyState
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Button, column, row
from desktop.ui.tables.record_table import RecordRow, RecordTable
from desktop.workspace.base.session import Session
from desktop.workspace.records import records
from desktop.workspace.reports import reports
from desktop.workspace.reports.reports import FrozenReport


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


class SentReportsPanel(QWidget):
    """Enter shows the paper as it was sent."""

    paper_wanted = Signal(object)
    workbook_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sent: tuple[SentReport, ...] = ()
        self.table = RecordTable(theme, self.tr("Sent reports"))
        self.table.record_wanted.connect(self._want_paper)
        self.paper_button = Button(self.tr("Show the paper"), "file-text", "Return")
        self.paper_button.clicked.connect(self._want_paper)
        self.workbook_button = Button(self.tr("Save as XLSX"), "file-down")
        self.workbook_button.clicked.connect(self._want_workbook)
        self.empty = EmptyState(
            "file-check",
            self.tr("No report was sent yet"),
            self.tr("A report that is frozen when it is sent is kept here, and comes back exactly as it went."),
        )
        acts = row((self.paper_button, self.workbook_button), space=Space.TIGHT)
        acts.addStretch(1)
        listed = QWidget()
        layout = column((), space=Space.SNUG)
        layout.addLayout(acts)
        layout.addWidget(self.table, 1)
        listed.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(listed)
        self.setLayout(column((self._stack,)))

    @property
    def marked(self) -> SentReport | None:
        row = self.table.row
        return next((one for one in self._sent if row and str(one.report.number) == row.record), None)

    def show_sent(self, sent: tuple[SentReport, ...]) -> None:
        self._sent = sent
        headings = (
            self.tr("Number"),
            self.tr("Report"),
            self.tr("Period"),
            self.tr("Frozen"),
            self.tr("Officer"),
            self.tr("For"),
        )
        rows = [
            RecordRow(
                register="",
                record=str(one.report.number),
                cells=(
                    str(one.report.number),
                    one.report.label,
                    f"{one.report.first:%d/%m/%Y} – {one.report.last:%d/%m/%Y}",
                    f"{one.report.frozen_at:%d/%m/%Y %H:%M}",
                    one.officer,
                    self.tr("outside") if one.report.is_for_outside else self.tr("superiors"),
                ),
            )
            for one in sent
        ]
        self.table.show_rows(headings, rows, 1)
        if rows and self.table.row is None:
            self.table.selectRow(0)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _want_paper(self) -> None:
        if self.marked is not None:
            self.paper_wanted.emit(self.marked)

    def _want_workbook(self) -> None:
        if self.marked is not None:
            self.workbook_wanted.emit(self.marked)
