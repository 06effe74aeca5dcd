"""A register: the list at the left, the record marked at the right; the entry form over both.

- Searching is instant; an answer to an older question is dropped.
- Ctrl+N begins a record, Enter opens the one marked, Esc leaves the form without losing what was typed.
- A page with victims says so, and its lists call records by their case code.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.page import Act, Page
from desktop.ui.base.page_header import PageHeader
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Hairline,
    Paragraph,
    TextRole,
    Tone,
    column,
)
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.records.person_view import PersonView
from desktop.ui.records.record_preview import RecordPreview
from desktop.ui.records.register_list import RegisterList
from desktop.ui.records.register_model import RegisterFeed
from desktop.workspace.people import people
from desktop.workspace.views.register_counts import RegisterCounts, read_counts

_SEARCH_MS = 60


class RegisterPage(Page):
    """Built for one register by its form definition."""

    def __init__(
        self,
        operations: RegistryWorker,
        theme: Theme,
        opened: Opened,
        register: str,
        language: Language,
        advances: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        definition = opened.definitions.library.registers[register]
        self.definition = definition
        self.title = definition.label.text(language)
        self.holds_victim_data = definition.has_victim_data
        self._operations = operations
        self._is_stale = True
        self._counting = Latest()
        self._wanted = ""
        self._scanned = ""
        self.header = PageHeader(
            self.title,
            search=self.tr("Search in {register}").replace("{register}", self.title),
            action=self.tr("New record"),
            keys="Ctrl+N",
        )
        self.header.acted.connect(self.begin_record)
        self.header.searched.connect(self._search_soon)
        self.header.search.returnPressed.connect(self._to_list)
        self.notice = MessageBar(language)
        self.feed = RegisterFeed(operations, definition, language)
        self.feed.counted.connect(self._show_found)
        self.feed.failed.connect(self.notice.show_error)
        self.list = RegisterList(self.feed, theme, opened.definitions, language)
        self.preview = RecordPreview(operations, theme, language)
        self.list.marked.connect(self.preview.show_record)
        self.list.open_wanted.connect(self.open_form)
        self.list.typed.connect(self._type_in_search)
        self.preview.open_wanted.connect(self.open_form)
        self.preview.print_wanted.connect(self._print)
        self.preview.conflict_wanted.connect(self.conflict_wanted)
        self.preview.record_wanted.connect(self.record_wanted)
        self.form = EntryForm(operations, theme, opened, definition, language, advances)
        self.form.ready.connect(self._show_form)
        self.form.closed.connect(self._show_list)
        self.form.saved.connect(self._say_saved)
        self.form.failed.connect(self._fail)
        self.form.conflict_wanted.connect(self.conflict_wanted)
        self.form.record_wanted.connect(self.record_wanted)
        self.person = PersonView(operations, theme, opened, language) if register == people.REGISTER else None
        if self.person is not None:
            self.preview.person_wanted.connect(self.show_person)
            self.person.closed.connect(self._show_list)
            self.person.open_wanted.connect(self.open_form)
            self.person.record_wanted.connect(self.record_wanted)
        else:
            self.preview.person_button.hide()
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_SEARCH_MS)
        self._searching.timeout.connect(self._search)
        self.empty = EmptyState(
            definition.icon,
            self.tr("No records in {register} yet").replace("{register}", self.title),
            definition.description.text(language),
            self.tr("New record"),
            "Ctrl+N",
        )
        self.empty.started.connect(self.begin_record)
        self._lay_out(theme)

    def activate(self) -> None:
        if self._is_stale:
            self._refresh()
        if self.form.isVisible() or self._shows_person:
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def stale(self, what: frozenset[str]) -> None:
        if what & {self.definition.id, "person", "exchange", "conflicts"}:
            self._is_stale = True
            if self.isVisible():
                self._refresh()
        if self.person is not None and self._shows_person:
            self.person.refresh()

    def leave(self) -> bool:
        self.form.lay_down()
        return True

    def open_record(self, record: str) -> None:
        """Show a record; an empty id takes up the draft of a new one."""
        if self.form.is_open:
            self.form.leave()
        if self.person is not None and self._shows_person:
            self.person.leave()
        if not record:
            self.begin_record()
            return
        self._wanted = record
        self.list.mark(record)
        self.preview.show_record(record)

    def show_person(self, record: str) -> None:
        """Show a person across the registers."""
        if self.person is not None:
            self._pages.setCurrentWidget(self.person)
            self.person.show_person(record)

    def begin_record(self) -> None:
        self.form.open(None)

    def open_form(self, record: str, field: str = "") -> None:
        """Open the form of a record at a field; an empty id takes up the draft of a new one."""
        if self.form.is_open:
            self.form.leave()
        self._wanted = record
        self.form.open(record or None, field)

    @property
    def opens_scanned(self) -> bool:  # type: ignore[override]  # a form that is open is not left
        return not self.form.is_open

    def take_scan(self, text: str) -> bool:
        return self.form.isVisible() and self.form.take_scan(text)

    def begin_scanned(self, text: str) -> None:
        """Begin a record with a scan; a draft of another one is not filled with it."""
        self._scanned = text
        self.open_form("")

    def can(self, act: Act) -> bool:
        if self.form.is_open:
            return self.form.can(act)
        match act:
            case Act.NEW | Act.FIND:
                return True
            case Act.DOUBLE_ENTRY:
                return bool(self.definition.double_entry_fields and self.preview.record and not self._shows_person)
            case Act.PRINT:
                return bool(self.preview.record and self.definition.documents and not self._shows_person)
            case Act.PERSON:
                return bool(self.person is not None and self.preview.record and not self._shows_person)
            case _:
                return False

    def perform(self, act: Act) -> None:
        if self.form.is_open:
            self.form.perform(act)
            return
        match act:
            case Act.NEW:
                self.begin_record()
            case Act.PERSON:
                self.preview.want_person()
            case Act.FIND:
                if self.person is not None and self._shows_person:
                    self.person.leave()
                self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.header.search.selectAll()
            case Act.DOUBLE_ENTRY:
                self.double_entry_wanted.emit(self.preview.record)
            case Act.PRINT:
                self._print(self.preview.record)
            case _:
                pass

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            if self.form.is_open:
                self.form.leave()
                return
            if self.header.search.hasFocus():
                self.header.search.clear()
                self._search_now()
                self.list.setFocus()
                return
        if event.key() == Qt.Key.Key_Down and self.header.search.hasFocus():
            self._to_list()
            return
        super().keyPressEvent(event)

    def _lay_out(self, theme: Theme) -> None:
        self.nothing = Paragraph("", TextRole.MUTED)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing = QWidget()
        nothing_layout = column((self.nothing,), margin=Space.BROAD)
        nothing_layout.addStretch(1)
        nothing.setLayout(nothing_layout)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(nothing)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._lists)
        splitter.addWidget(self.preview)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        self.preview.setMinimumWidth(theme.px(340))
        self._lists.setMinimumWidth(theme.px(420))
        splitter.setSizes([theme.px(740), theme.px(406)])
        work = QWidget()
        layout = column((self.notice, splitter), space=0)
        layout.setStretch(1, 1)
        work.setLayout(layout)
        self._works = QStackedWidget()
        self._works.addWidget(work)
        self._works.addWidget(self.empty)
        browse = QWidget()
        browse_layout = column((self.header, Hairline(), self._works), space=0)
        browse_layout.setStretch(2, 1)
        browse.setLayout(browse_layout)
        self._pages = QStackedWidget()
        self._pages.addWidget(browse)
        self._pages.addWidget(self.form)
        if self.person is not None:
            self._pages.addWidget(self.person)
        self.setLayout(column((self._pages,), space=0))

    def _refresh(self) -> None:
        self._is_stale = False
        self.feed.refresh()
        self.preview.refresh()
        request = self._counting.wait_for(self._operations.ask(read_counts, self.definition.id))
        request.result.connect(self._show_counts)

    def _show_counts(self, counts: RegisterCounts) -> None:
        self.list.today = counts.today
        self.list.viewport().update()
        words = self.tr("%n record(s)", "", counts.total)
        if counts.overdue:
            words = self.tr("{records} – {overdue}").replace("{records}", words)
            words = words.replace("{overdue}", self.tr("%n overdue", "", counts.overdue))
        self.header.say(words)

    def _show_found(self, total: int) -> None:
        is_empty = total == 0 and not self.feed.text
        self._works.setCurrentIndex(1 if is_empty else 0)
        self.header.action.setVisible(not is_empty)
        self.header.search.setVisible(not is_empty)
        self._lists.setCurrentIndex(1 if total == 0 else 0)
        self.nothing.set_plain(
            self.tr("Nothing fits “{text}”. Fewer letters find more.").replace("{text}", self.feed.text)
        )
        if total == 0:
            self.preview.clear()
            return
        if self._wanted:
            self.list.mark(self._wanted)
            self._wanted = ""
        else:
            self.list.mark_first()

    def _search_soon(self) -> None:
        self._searching.start()

    def _search_now(self) -> None:
        """The list is about to be used: what it shows has to be what was searched for."""
        if self._searching.isActive():
            self._searching.stop()
            self._search()
        self.feed.wait()

    def _search(self) -> None:
        self.feed.search(self.header.search.text())

    def _type_in_search(self, text: str) -> None:
        self.header.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.header.search.insert(text)

    def _to_list(self) -> None:
        self._search_now()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.mark_first()

    def _show_form(self) -> None:
        self._pages.setCurrentWidget(self.form)
        text, self._scanned = self._scanned, ""
        if text and self.form.has_draft:
            words = self.tr("This form was begun before. Save it or discard its draft, then scan the card again.")
            self.form.frame.notice.say(words, Tone.WARNING)
        elif text:
            self.form.take_scan(text)

    @property
    def _shows_person(self) -> bool:
        return self.person is not None and bool(self.person.person)

    def _show_list(self) -> None:
        if self.person is not None and self._shows_person:  # the form was opened from there
            self.show_person(self.person.person)
            return
        self._pages.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_saved(self, record: str, number: str) -> None:
        self._wanted = record
        self.list.mark(record)
        self.preview.show_record(record)
        self.status_said.emit(self.tr("Saved {number}").replace("{number}", number))

    def _fail(self, error: DesktopError) -> None:
        self._show_list()
        self.notice.show_error(error)

    def _print(self, record: str) -> None:
        self.print_wanted.emit(self.definition.id, record)
