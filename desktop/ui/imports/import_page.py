"""Files from outside: brought in, taken back, and guests held against a check."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar

from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.page import Page
from desktop.ui.base.page_header import PageHeader
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Hairline,
    Tone,
    column,
    row,
)
from desktop.ui.imports.guest_check_panel import GuestCheckPanel
from desktop.ui.imports.import_panel import ImportPanel
from desktop.ui.imports.past_imports_panel import PastImports
from desktop.workspace.imports import import_log
from desktop.workspace.imports.import_log import Undone
from desktop.workspace.imports.imports import ImportOutcome
from desktop.workspace.views.import_view import ImportChoices, read_choices

_BRINGING, _PAST, _GUESTS = range(3)


class ImportPage(Page):
    """Three tabs over one notice; what was just brought in can be undone from there."""

    def __init__(self, operations: RegistryWorker, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.title = self.tr("Bring in files")
        self._operations = operations
        self._last = ""
        self.header = PageHeader(self.title)
        self.header.say(self.tr("Guest declarations, spreadsheets of old registers"))
        self.tabs = QTabBar()
        for words in (self.tr("Bring in"), self.tr("Past imports"), self.tr("Guests against a check")):
            self.tabs.addTab(words)
        self.notice = MessageBar(preferences.language)
        self.notice.acted.connect(self._undo_last)
        self.bringing = ImportPanel(operations, theme, preferences.language)
        self.bringing.began.connect(self.notice.clear)
        self.bringing.done.connect(self._say_done)
        self.bringing.register_made.connect(self._say_register)
        self.past = PastImports(theme)
        self.past.undo_wanted.connect(self.undo)
        self.guests = GuestCheckPanel(operations, theme, preferences.language)
        self.guests.record_wanted.connect(self.record_wanted)
        self._stack = QStackedWidget()
        for panel in (self.bringing, self.past, self.guests):
            self._stack.addWidget(panel)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._facts = Refresher(self, operations, partial(read_choices, language=preferences.language))
        self._facts.fetched.connect(self._show)
        self._facts.failed.connect(self.notice.show_error)
        body = column((self.notice, self._stack), space=Space.SNUG)
        body.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.USUAL)
        tabs = row((self.tabs,))
        tabs.setContentsMargins(Space.SNUG, 0, 0, 0)
        tabs.addStretch(1)
        layout = column((self.header, tabs, Hairline()), space=0)
        layout.addLayout(body, 1)
        self.setLayout(layout)

    def activate(self) -> None:
        self._facts.fetch()
        if self.tabs.currentIndex() == _BRINGING:
            self.bringing.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def stale(self, what: frozenset[str]) -> None:  # noqa: ARG002  any write may be an import or a lodging
        if self.isVisible():
            self._facts.fetch()

    def undo(self, import_id: str) -> None:
        """Take an import back."""
        opened = self._operations.opened
        registers = frozenset(opened.definitions.library.registers) if opened is not None else frozenset()
        request = self._operations.act(self, registers, import_log.undo, import_id)
        request.result.connect(self._say_undone)
        request.failed.connect(self.notice.show_error)

    def _show(self, choices: ImportChoices) -> None:
        self.bringing.show_choices(choices)
        self.past.show_imports(choices.past, dict(choices.registers))
        self.guests.show_choices(choices)

    def _say_done(self, outcome: ImportOutcome) -> None:
        self._last = outcome.id
        self._facts.fetch()
        words = self.tr("{count} records were brought in as {import}.")
        words = words.replace("{count}", str(len(outcome.taken))).replace("{import}", outcome.id)
        words = self.bringing.progress.said(words)
        self.notice.say(words, Tone.DONE, act=self.tr("Undo this import"))
        self.status_said.emit(words)

    def _say_register(self, register: str) -> None:
        words = self.tr("The register {register} was made. Lock and unlock to see it in the sidebar.")
        self.notice.say(words.replace("{register}", register), Tone.DONE)

    def _undo_last(self) -> None:
        if self._last:
            self.undo(self._last)
            self._last = ""

    def _say_undone(self, undone: Undone) -> None:
        self._facts.fetch()
        words = self.tr("{count} records were taken back.").replace("{count}", str(len(undone.withdrawn)))
        if undone.kept:
            more = self.tr("{count} were changed or used since and stay.").replace("{count}", str(len(undone.kept)))
            words = f"{words} {more}"
        self.notice.say(words, Tone.WARNING if undone.kept else Tone.DONE)
        self.status_said.emit(words)
