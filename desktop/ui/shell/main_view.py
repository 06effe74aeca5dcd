"""The working part of the window: sidebar, pages, status line. It lives while the registry is open.

- A page is built when first shown and kept; every write reaches every page built, the page decides.
- Counts in the sidebar and the status line are asked for again after each write, together, once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.page import Act, Page
from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.relative_time import RelativeTime
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Hairline, column, row
from desktop.ui.shell.scan_panel import ScanPanel
from desktop.ui.shell.sidebar import Sidebar, SidebarEntry
from desktop.ui.shell.status_line import StatusLine
from desktop.workspace.people import people
from desktop.workspace.records import drafts
from desktop.workspace.views.today_view import TodayFacts, read_today


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page of the sidebar and how it is built."""

    sidebar: SidebarEntry
    build: Callable[[], Page]


class MainView(QWidget):
    """Shows one page at a time and passes on what it asks for."""

    lock_wanted = Signal()
    settings_wanted = Signal()
    conflict_wanted = Signal(str)
    print_wanted = Signal(str, str)
    double_entry_wanted = Signal(str)
    page_shown = Signal(str)

    def __init__(
        self, operations: RegistryWorker, theme: Theme, entries: tuple[PageEntry, ...], language: Language
    ) -> None:
        super().__init__()
        self._operations = operations
        self._entries = {entry.sidebar.name: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._name = ""
        self._resuming = Latest()
        self.sidebar = Sidebar(theme, [entry.sidebar for entry in entries])
        self.sidebar.page_wanted.connect(self.show_page)
        self.sidebar.lock_wanted.connect(self.lock_wanted)
        self.sidebar.settings_wanted.connect(self.settings_wanted)
        self._stack = QStackedWidget()
        self.scan_panel = ScanPanel(language)
        self.scan_panel.person_wanted.connect(self._open_person)
        self.scan_panel.new_wanted.connect(self._begin_person)
        self.status = StatusLine(theme)
        self.status.exchange_wanted.connect(self._show_exchange)
        work = column((self._stack, self.scan_panel, self.status), space=0)
        work.setStretch(0, 1)
        layout = row((self.sidebar, Hairline(Qt.Orientation.Vertical)), space=0)
        layout.addLayout(work, 1)
        self.setLayout(layout)
        self._facts = Refresher(self, operations, read_today)
        self._facts.fetched.connect(self._show_facts)
        operations.changed.connect(self._changed)
        operations.busy_changed.connect(self.status.say_busy)
        self._facts.fetch()

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self._name)

    @property
    def page_name(self) -> str:
        return self._name

    def show_page(self, name: str) -> None:
        """Leave the page shown, if it lets go, and show another."""
        if name not in self._entries:
            return
        self._resuming.drop()
        shown = self.page
        if shown is not None and name != self._name and not shown.leave():
            self.sidebar.select(self._name)
            return
        if name not in self._pages:
            self._build(name)
        self._name = name
        self._stack.setCurrentWidget(self._pages[name])
        self.sidebar.select(name)
        self._pages[name].activate()
        self.scan_panel.forget()
        self.page_shown.emit(name)

    def show_numbered(self, number: int) -> None:
        """Show the page that Alt+number opens."""
        self.show_page(self.sidebar.numbered(number))

    def open_record(self, register: str, record: str) -> None:
        """Show a record on the page of its register."""
        self.show_page(register)
        page = self.page
        if page is not None and self._name == register:
            page.open_record(record)

    def open_form(self, register: str, record: str, field: str) -> None:
        """Open the form of a record, or of a new one, on the page of its register."""
        self.show_page(register)
        page = self.page
        if page is not None and self._name == register:
            page.open_form(record, field)

    def can(self, act: Act) -> bool:
        return self.page is not None and self.page.can(act)

    def perform(self, act: Act) -> None:
        if act is Act.RESUME:
            request = self._resuming.wait_for(self._operations.ask(drafts.all_drafts))
            request.result.connect(self._resume)
            return
        if self.page is not None and self.page.can(act):
            self.page.perform(act)

    def leave_all(self) -> None:
        """Let every page keep what is unsaved; nothing may stop the lock."""
        for page in self._pages.values():
            page.leave()

    def say_who(self, post: str, officer: str) -> None:
        self.sidebar.say_who(post, officer)

    def _build(self, name: str) -> None:
        page = self._entries[name].build()
        page.record_wanted.connect(self.open_record)
        page.form_wanted.connect(self.open_form)
        page.double_entry_wanted.connect(self.double_entry_wanted)
        page.page_wanted.connect(self.show_page)
        page.conflict_wanted.connect(self.conflict_wanted)
        page.print_wanted.connect(self.print_wanted)
        page.status_said.connect(self.status.say)
        self._pages[name] = page
        self._stack.addWidget(page)

    def _changed(self, what: frozenset[str], initiator: QObject | None) -> None:  # noqa: ARG002  the signal's signature
        for page in self._pages.values():
            page.stale(what)
        self._facts.fetch()

    def _show_facts(self, facts: TodayFacts) -> None:
        for register, count in facts.counts.items():
            self.sidebar.set_count(register, count)
        self.sidebar.set_count("today", facts.waiting, waits=True)
        self.sidebar.set_count("exchange", facts.unsent, waits=False)
        self.status.clock.setVisible(facts.clock is not None)
        waits = facts.unsent > 0 and facts.has_targets
        self.status.say_unsent(RelativeTime(self).sending(facts.unsent, facts.last_sent, facts.now) if waits else "")

    def _resume(self, found: tuple[drafts.AutosavedForm, ...]) -> None:
        """Go on with the form that was cut off, else with the one left last."""
        known = [draft for draft in found if draft.register in self._entries]
        if known:
            self.open_form(known[0].register, known[0].record or "", "")
        else:
            self.status.say(self.tr("No form is unfinished"))

    def _open_person(self, record: str) -> None:
        self.open_record(people.REGISTER, record)

    def _begin_person(self, text: str) -> None:
        self.show_page(people.REGISTER)
        if self.page is not None and self._name == people.REGISTER:
            self.page.begin_scanned(text)

    def _show_exchange(self) -> None:
        self.show_page("exchange")
