"""Reports: a choice, a period, the figures; every figure opens its records; a paper, a workbook, what was sent.

- A report is made anew with each choice and after each write; an answer to an older question is dropped.
- Freezing keeps the files as they are sent. It is asked for once more in the page, because it stays.
"""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QTabBar, QWidget

from desktop.domain.reports.periods import period_at
from desktop.domain.reports.results import ReportResult
from desktop.errors import DesktopError
from desktop.ui.base.latest import Latest, about
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.page import Act, Page
from desktop.ui.base.page_header import PageHeader
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Hairline,
    Tone,
    column,
    row,
)
from desktop.ui.reports.figure_panel import FigurePanel
from desktop.ui.reports.period_choice import PeriodChoice
from desktop.ui.reports.report_body import ReportBody
from desktop.ui.reports.report_files import ReportFiles
from desktop.ui.reports.report_list import ReportList
from desktop.ui.reports.sent_reports_panel import SentReport, SentReportsPanel, read_paper
from desktop.ui.tables.figures_table import FigureCell
from desktop.workspace.reports import reports
from desktop.workspace.reports.reports import FrozenReport, ReportChoice
from desktop.workspace.views.report_view import ReportFacts, read_reports

_PAUSE_MS: Final = 120
_MAKING, _SENT = range(2)


class ReportsPage(Page):
    """The list of reports at the left, the one chosen at the right."""

    def __init__(self, operations: RegistryWorker, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.title = self.tr("Reports")
        self._operations = operations
        self._language = preferences.language
        self._today: dt.date | None = None
        self._result: ReportResult | None = None
        self._making = Latest()
        self._papering = Latest()
        self._own_period = False
        self._asks_to_freeze = False
        self._label = self.title
        self.header = PageHeader(self.title, action=self.tr("Paper"), icon="printer", keys="Ctrl+P")
        self.header.acted.connect(self.show_paper)
        self.tabs = QTabBar()
        for words in (self.tr("Make a report"), self.tr("Sent reports")):
            self.tabs.addTab(words)
        self.tabs.currentChanged.connect(self._show_tab)
        self.list = ReportList(theme)
        self.list.report_chosen.connect(self._choose)
        self.period = PeriodChoice(self._language)
        self.period.changed.connect(self._change_period)
        self.outside = QCheckBox(self.tr("Leaves the unit: hide small numbers"))
        self.outside.toggled.connect(self._make_soon)
        self.workbook_button = Button(self.tr("Save as XLSX"), "file-down")
        self.workbook_button.clicked.connect(self._ask_workbook)
        self.freeze_button = Button(self.tr("Freeze as sent"), "file-check")
        self.freeze_button.clicked.connect(self._ask_freeze)
        self.notice = MessageBar(self._language)
        self.notice.acted.connect(self.freeze)
        self.body = ReportBody(theme, self._language)
        self.body.cell_wanted.connect(self.look_into)
        self.list.start_wanted.connect(self.body.start)
        self.figure = FigurePanel(operations, theme, self._language)
        self.figure.closed.connect(self._close_figure)
        self.figure.entered.connect(self._enter_done)
        self.figure.record_wanted.connect(self.record_wanted)
        self.frozen = SentReportsPanel(theme)
        self.frozen.paper_wanted.connect(self._show_sent_paper)
        self.frozen.workbook_wanted.connect(self._save_sent_workbook)
        self.files = ReportFiles(self, self.notice, self._language)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self._facts = Refresher(self, operations, partial(read_reports, language=self._language))
        self._facts.fetched.connect(self._show_facts)
        self._facts.failed.connect(self.notice.show_error)
        self._lay_out()
        self._enable()

    @property
    def result(self) -> ReportResult | None:
        """The report shown."""
        return self._result

    def activate(self) -> None:
        self._facts.fetch()
        if self._right.currentWidget() is self.body:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def stale(self, what: frozenset[str]) -> None:  # noqa: ARG002  every record may be counted
        if self.isVisible():
            self._facts.fetch()
            self._pause.start()

    def can(self, act: Act) -> bool:
        return act is Act.PRINT and self.header.action.isEnabled() and self.tabs.currentIndex() == _MAKING

    def perform(self, act: Act) -> None:
        if act is Act.PRINT:
            self.show_paper()

    def look_into(self, cell: FigureCell) -> None:
        """Show what is behind a figure."""
        if self._result is not None:
            self._right.setCurrentWidget(self.figure)
            self.header.action.hide()
            self.figure.show_cell(self._result, cell)

    def show_paper(self) -> None:
        if self._result is not None:
            named = (self._label, self._name())
            request = self._operations.act(self, (), about(named, reports.pdf), self._result)
            self._papering.wait_for(request).result.connect(self._show_paper)
            request.failed.connect(self.notice.show_error)

    def save_workbook(self, place: Path) -> None:
        """Write the report as a workbook to a place."""
        if self._result is not None:
            xlsx = about(place, reports.xlsx)
            request = self._operations.act(self, (), xlsx, self._result, language=self._language)
            request.result.connect(self._save)
            request.failed.connect(self.notice.show_error)

    def freeze(self) -> None:
        """Keep the report as it is sent."""
        if self._result is not None:
            self.notice.clear()
            self._asks_to_freeze = False
            request = self._operations.act(self, (), reports.freeze, self._result)
            request.result.connect(self._show_frozen)
            request.failed.connect(self.notice.show_error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _show_facts(self, facts: ReportFacts) -> None:
        self._today = facts.today
        self.frozen.show_sent(facts.sent)
        self.tabs.setTabText(_SENT, self._sent_words(len(facts.sent)))
        self.list.show_choices(facts.choices)

    def _sent_words(self, count: int) -> str:
        return f"{self.tr('Sent reports')} ({count})" if count else self.tr("Sent reports")

    def _choose(self, choice: ReportChoice) -> None:
        if self._right.currentWidget() is self.figure:
            self._right.setCurrentWidget(self.body)
            self.header.action.show()
        if self._today is not None and not self._own_period:
            self.period.show_period(period_at(choice.period, self._today), self._today)
        self._make_soon()

    def _change_period(self) -> None:
        self._own_period = True
        self._make_soon()

    def _make_soon(self) -> None:
        """Another report is wanted: until it is made there is nothing to print, to save or to freeze."""
        self._making.drop()
        self._result = None
        self._enable()
        if self._asks_to_freeze:
            self._asks_to_freeze = False
            self.notice.clear()
        self._pause.start()

    def _make(self) -> None:
        choice, period = self.list.choice, self.period.period
        if choice is None or period is None:
            self._making.drop()
            self._result = None
            self._enable()
            return
        request = self._operations.ask(reports.make, choice.id, period, is_for_outside=self.outside.isChecked())
        self._making.wait_for(request).result.connect(self._show)
        request.failed.connect(self._fail)

    def _show(self, result: ReportResult) -> None:
        had_focus = any(table.hasFocus() for table in self.body.tables)
        self._result = result
        self.body.show_result(result)
        definition = result.definition
        self._label = f"{definition.number}. {definition.label.text(self._language)}"
        self.header.title.setText(self._label)
        words = self.tr("From {first} to {last}, made {time}")
        words = words.replace("{first}", f"{result.period.first:%d/%m/%Y}")
        words = words.replace("{last}", f"{result.period.last:%d/%m/%Y}")
        self.header.say(words.replace("{time}", f"{result.made_at:%H:%M %d/%m/%Y}"))
        self._enable()
        if had_focus:
            self.body.start()

    def _fail(self, error: DesktopError) -> None:
        self._result = None
        self.notice.show_error(error)
        self._enable()

    def _enable(self) -> None:
        for button in (self.header.action, self.workbook_button, self.freeze_button):
            button.setEnabled(self._result is not None)

    def _name(self) -> str:
        result = self._result
        return f"{result.definition.id}_{result.period.first}_{result.period.last}" if result else ""

    def _show_paper(self, made: tuple[tuple[str, str], bytes]) -> None:
        (label, name), content = made
        self.files.show_pdf(content, label, name)

    def _ask_workbook(self) -> None:
        place = self.files.ask_place(self._name())
        if place is not None:
            self.save_workbook(place)

    def _save(self, made: tuple[Path, bytes]) -> None:
        place, content = made
        self.files.save(content, place)

    def _ask_freeze(self) -> None:
        self._asks_to_freeze = True
        words = self.tr("The paper, the workbook and the figures are kept as they are now and are not changed again.")
        self.notice.say(words, Tone.WARNING, act=self.tr("Freeze this report as sent"))
        self.notice.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_frozen(self, frozen: FrozenReport) -> None:
        words = self.tr("Kept as sent report {number}.").replace("{number}", str(frozen.number))
        self.notice.say(words, Tone.DONE)
        self.status_said.emit(words)
        self._facts.fetch()

    def _show_sent_paper(self, sent: SentReport) -> None:
        request = self._operations.ask(read_paper, sent)
        self._papering.wait_for(request).result.connect(self._show_sent_content)
        request.failed.connect(self.notice.show_error)

    def _show_sent_content(self, found: tuple[SentReport, bytes]) -> None:
        sent, content = found
        self.files.show_pdf(content, sent.report.label, sent.name)

    def _save_sent_workbook(self, sent: SentReport) -> None:
        place = self.files.ask_place(sent.name)
        if place is not None:
            request = self._operations.ask(about(place, reports.frozen_file), sent.report.number, "xlsx")
            request.result.connect(self._save)
            request.failed.connect(self.notice.show_error)

    def _close_figure(self) -> None:
        self._right.setCurrentWidget(self.body)
        self.header.action.show()
        self.body.start_again()

    def _enter_done(self) -> None:
        self._close_figure()
        self._make_soon()

    def _show_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        is_making = tab == _MAKING
        self.header.action.setVisible(is_making and self._right.currentWidget() is self.body)
        self.header.title.setText(self._label if is_making else self.title)
        self.notice.clear()

    def _lay_out(self) -> None:
        choices = row((self.outside,), space=Space.TIGHT)
        choices.addStretch(1)
        choices.addWidget(self.workbook_button)
        choices.addWidget(self.freeze_button)
        report = column((self.period,), space=Space.SNUG)
        report.addLayout(choices)
        self._right = QStackedWidget()
        self._right.addWidget(self.body)
        self._right.addWidget(self.figure)
        report.addWidget(self._right, 1)
        making = QWidget()
        halves = row((self.list, Hairline(Qt.Orientation.Vertical)), space=Space.USUAL)
        halves.addLayout(report, 1)
        making.setLayout(halves)
        self._stack = QStackedWidget()
        self._stack.addWidget(making)
        self._stack.addWidget(self.frozen)
        tabs = row((self.tabs,))
        tabs.setContentsMargins(Space.SNUG, 0, 0, 0)
        tabs.addStretch(1)
        inside = column((self.notice, self._stack), space=Space.SNUG)
        inside.setStretch(1, 1)
        inside.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.USUAL)
        layout = column((self.header,), space=0)
        layout.addLayout(tabs)
        layout.addWidget(Hairline())
        layout.addLayout(inside, 1)
        self.setLayout(layout)
