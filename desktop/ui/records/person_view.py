"""One person across the registers: who it is, what concerns it, who belongs to it.

- What protects a victim or an informant is not there until a reason is given, and is gone a minute later; whether there
  is anything to see is not said.
- A link that an officer made is taken away with a reason and can be put back; one that a form makes is changed there.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.base.problems import Problem
from desktop.sentences import Language, sentence
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.reason_bar import ReasonBar
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.reveal_bar import RevealBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Hairline,
    IconButton,
    Text,
    TextRole,
    Tone,
    column,
    row,
    scaled,
)
from desktop.ui.form.form_context import FormContext
from desktop.ui.records.link_form import LinkForm
from desktop.ui.records.person_panels import IdentityPanel, LinksCard, TimelineCard
from desktop.workspace.base.session import Session
from desktop.workspace.people import people
from desktop.workspace.people.people import PersonPage
from desktop.workspace.records import links
from desktop.workspace.records.saving import Saved
from desktop.workspace.views.entry_view import EntryFacts, read_entry

_IDENTITY_WIDTH = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """The page of a person and what a picker needs to know."""

    page: PersonPage
    entry: EntryFacts


def read_person(session: Session, person: str, language: Language) -> PersonFacts:
    """Runs on the worker thread. Raises DesktopError record_unknown, not_a_person."""
    return PersonFacts(
        page=people.person_page(session, person, language=language),
        entry=read_entry(session, people.REGISTER, None, language),
    )


class PersonView(QWidget):
    """Shows the person of `show_person`; Esc leaves."""

    closed = Signal()
    open_wanted = Signal(str)
    record_wanted = Signal(str, str)
    status_said = Signal(str)

    def __init__(self, operations: RegistryWorker, theme: Theme, opened: Opened, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._library = opened.definitions.library
        self._language = language
        self._person = ""
        self._asked_about = ""
        self._removed = ""
        self._form: LinkForm | None = None
        self._reading = Latest()
        self._revealing = Latest()
        self._writing = Latest()
        self.title = Text("", TextRole.TITLE)
        self._number = Text("", TextRole.MUTED)
        self._number.setMinimumHeight(18)
        self.back = IconButton("arrow-left", self.tr("Back to the list"), "Esc")
        self.back.clicked.connect(self.leave)
        self.open_button = Button(self.tr("Open the record"), "pencil", "Return")
        self.open_button.clicked.connect(self._open)
        self.link_button = Button(self.tr("Add a link"), "link", "Ins")
        self.link_button.clicked.connect(self.begin_link)
        self.notice = MessageBar(language)
        self.notice.acted.connect(self._restore)
        self.reveal_bar = RevealBar(
            covered_words=self.tr("Whether a victim or an informant is concerned is shown only for a reason.")
        )
        self.reveal_bar.reveal_wanted.connect(self._reveal)
        self.reveal_bar.covered.connect(self.refresh)
        self.reason_bar = ReasonBar(self.tr("Take the link away"))
        self.reason_bar.reason_given.connect(self._remove)
        self.reason_bar.closed.connect(self._focus_links)
        self.identity = IdentityPanel(theme)
        self.timeline = TimelineCard(theme)
        self.links = LinksCard(theme)
        for part in (self.identity.household, self.timeline.table, self.links.table):
            part.record_wanted.connect(self._go)
        self._lay_out()

    @property
    def person(self) -> str:
        return self._person

    @property
    def form(self) -> LinkForm | None:
        """The form of a new link while it is open."""
        return self._form

    def show_person(self, person: str) -> None:
        if person != self._person:
            self._let_go()
            self.reveal_bar.cover()
            self.notice.clear()
            self._close_form()
            self.reason_bar.hide()
        self._person = person
        self.refresh()
        self.timeline.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if not self._person or self.reveal_bar.is_shown:
            return
        request = self._operations.ask(read_person, self._person, self._language)
        self._reading.wait_for(request).result.connect(self._show)
        request.failed.connect(self.notice.show_error)

    def leave(self) -> None:
        self._person = ""
        self._let_go()
        self.reveal_bar.cover()
        self._close_form()
        self.closed.emit()

    def _let_go(self) -> None:
        """What was asked of the person shown is not wanted any more."""
        for asked in (self._reading, self._revealing, self._writing):
            asked.drop()

    def begin_link(self) -> None:
        """Show the form of a new link above the links there are."""
        if self._form is None:
            self._form = LinkForm(self._context)
            self._form.link_wanted.connect(self._add)
            self._form.closed.connect(self._close_form)
            self._form_place.addWidget(self._form)
        self._form.start()

    def begin_removal(self) -> None:
        """Ask why the link that is marked is to be taken away."""
        marked = self.links.table.row
        if marked is None:
            return
        if not marked.key:
            words = self.tr("A form makes this link. Open {record} and change it there.")
            self.notice.say(words.replace("{record}", marked.cells[1]), Tone.ACCENT)
            return
        self._asked_about = marked.key
        words = self.tr("Take the link to {record} away ({kind})?")
        self.reason_bar.ask(words.replace("{record}", marked.cells[1]).replace("{kind}", marked.cells[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self._form is not None:
                self._close_form()
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Insert:
                self.begin_link()
            case Qt.Key.Key_Delete if self.links.table.hasFocus():
                self.begin_removal()
            case _:
                super().keyPressEvent(event)

    def _show(self, facts: PersonFacts) -> None:
        entry = facts.entry
        self._context = FormContext(
            operations=self._operations,
            library=self._library,
            language=self._language,
            places=entry.places,
            today=entry.today,
            opened_at=entry.now,
        )
        self.link_button.setEnabled(True)
        self._show_page(facts.page)

    def _show_page(self, page: PersonPage) -> None:
        self.title.setText(page.title)
        self._number.setText(page.record_no)
        self.identity.show_page(page)
        self.timeline.show_entries(page.timeline)
        self.links.show_links(page.links)

    def _reveal(self, reason: str) -> None:
        request = self._operations.act(self, (), people.revealed_page, self._person, reason, language=self._language)
        self._revealing.wait_for(request).result.connect(self._show_revealed)
        request.failed.connect(self.notice.show_error)

    def _show_revealed(self, page: PersonPage) -> None:
        self._reading.drop()
        self.reveal_bar.start_minute()
        self._show_page(page)

    def _add(self, record: str, kind: str, note: str) -> None:
        request = self._operations.act(self, {links.REGISTER}, links.add_link, self._person, record, kind, note)
        self._writing.wait_for(request).result.connect(self._added)
        request.failed.connect(self.notice.show_error)

    def _added(self, saved: Saved) -> None:
        if saved.record is None:
            if self._form is not None and saved.problems:
                self._form.refuse(self._words(saved.problems[0]))
            return
        self._close_form()
        self.notice.say(self.tr("Linked."), Tone.DONE)
        self._read_again()

    def _remove(self, reason: str) -> None:
        self._removed = self._asked_about
        request = self._operations.act(self, {links.REGISTER}, links.remove_link, self._removed, reason)
        self._writing.wait_for(request).result.connect(self._taken_away)
        request.failed.connect(self.notice.show_error)

    def _taken_away(self, saved: Saved) -> None:
        if saved.record is None:
            self.notice.say(self._words(saved.problems[0]), Tone.DANGER)
            return
        self.notice.say(self.tr("The link is taken away."), Tone.DONE, act=self.tr("Put it back"))
        self._focus_links()
        self._read_again()

    def _restore(self) -> None:
        request = self._operations.act(self, {links.REGISTER}, links.restore_link, self._removed)
        self._writing.wait_for(request).result.connect(self._restored)
        request.failed.connect(self.notice.show_error)

    def _restored(self) -> None:
        self.notice.clear()
        self._focus_links()
        self._read_again()

    def _read_again(self) -> None:
        """After a write what was revealed is covered: another look is another reason."""
        if self.reveal_bar.is_shown:
            self.reveal_bar.cover()  # which reads again
        else:
            self.refresh()

    def _words(self, problem: Problem) -> str:
        if problem.message is not None:
            return problem.message.text(self._language)
        return sentence(problem.code, problem.context, self._language)

    def _go(self, register: str, record: str) -> None:
        if register == people.REGISTER:
            self.show_person(record)
        else:
            self.record_wanted.emit(register, record)

    def _open(self) -> None:
        self.open_wanted.emit(self._person)

    def _focus_links(self) -> None:
        self.links.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._focus_links()

    def _lay_out(self) -> None:
        self.link_button.setEnabled(False)
        head = row((self.back,), space=Space.TIGHT)
        head.addLayout(column((self.title, self._number), space=0), 1)
        head.addWidget(self.open_button)
        head.addWidget(self.link_button)
        head.setContentsMargins(Space.SNUG, Space.USUAL, Space.WIDE, Space.SNUG)
        left = QScrollArea()
        left.setWidget(self.identity)
        left.setWidgetResizable(True)
        left.setFrameShape(QFrame.Shape.NoFrame)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFixedWidth(scaled(_IDENTITY_WIDTH))
        self._form_place = column((), space=0)
        right = column((self.notice, self.reason_bar), space=Space.USUAL)
        right.addLayout(self._form_place)
        right.addWidget(self.timeline, 3)
        right.addWidget(self.links, 2)
        body = row((left, Hairline(Qt.Orientation.Vertical)), space=Space.USUAL)
        body.addLayout(right, 1)
        body.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.USUAL)
        look = column((self.reveal_bar,))
        look.setContentsMargins(Space.WIDE, Space.SNUG, Space.WIDE, 0)
        layout = column((), space=0)
        layout.addLayout(head)
        layout.addWidget(Hairline())
        layout.addLayout(look)
        layout.addLayout(body, 1)
        self.setLayout(layout)
