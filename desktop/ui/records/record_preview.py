"""A record beside the list: what it says, what was done to it, what it is linked to.

- What identifies a victim is covered; showing it for a minute asks for a reason, which is logged before it is shown.
- Nothing here takes the focus while one moves in the list.
"""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.reveal_bar import RevealBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Badge,
    Button,
    Paragraph,
    QuietButton,
    Text,
    TextRole,
    Tone,
    column,
    row,
)
from desktop.ui.form.track_import import TrackImport
from desktop.ui.records.deadline_list import DeadlineList
from desktop.ui.records.history_panel import HistoryPanel
from desktop.ui.records.links_panel import LinksPanel
from desktop.ui.records.summary import Summary
from desktop.ui.viewers.attachment_viewer import AttachmentViewer
from desktop.ui.viewers.file_tiles import FileTiles
from desktop.workspace.records import revealing
from desktop.workspace.views.preview_view import PreviewFacts, read_history, read_preview
from desktop.workspace.views.record_files import PreviewFile

_PAUSE_MS: Final = 80


class RecordPreview(QFrame):
    """Shows the record of `show_record`; empty until then."""

    open_wanted = Signal(str)
    print_wanted = Signal(str)
    conflict_wanted = Signal(str)
    record_wanted = Signal(str, str)
    person_wanted = Signal(str)

    def __init__(self, operations: RegistryWorker, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self._operations = operations
        self._language = language
        self._record = ""
        self._facts: PreviewFacts | None = None
        self._asking = Latest()
        self._reading_history = Latest()
        self._revealing = Latest()
        self._revealing_history = Latest()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.title = Paragraph("", TextRole.SECTION)
        self.status = Badge("")
        self._number = Text("", TextRole.MUTED)
        self.open_button = Button(self.tr("Open"), "pencil", "Return")
        self.print_button = QuietButton(self.tr("Print"), "printer", "Ctrl+P")
        self.conflict_button = QuietButton(self.tr("Settle conflicts"), "git-merge")
        self.person_button = QuietButton(self.tr("All about this person"), "user-round-search", "Ctrl+I")
        self.person_button.clicked.connect(self.want_person)
        self.open_button.clicked.connect(self._open)
        self.print_button.clicked.connect(self._print)
        self.conflict_button.clicked.connect(self._settle)
        self.notice = MessageBar(language)
        self.reveal_bar = RevealBar()
        self.reveal_bar.reveal_wanted.connect(self._ask_reveal)
        self.reveal_bar.covered.connect(self._ask)
        self.deadlines = DeadlineList(language)
        self.files = FileTiles()
        self.files.file_wanted.connect(self.look_at)
        self.track = TrackImport(operations, language)
        self.track.imported.connect(self.refresh)
        self.summary = Summary()
        self.history = HistoryPanel(theme)
        self.history.reveal_wanted.connect(self._ask_history_reveal)
        self.links = LinksPanel(theme)
        self.links.record_wanted.connect(self.record_wanted)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._summary_tab(), self.tr("Summary"))
        self.tabs.addTab(self.history, self.tr("History"))
        self.tabs.addTab(self.links, self.tr("Links"))
        self.tabs.currentChanged.connect(self._read_history)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._whole())
        self.setLayout(column((self._stack,), space=0))

    @property
    def record(self) -> str:
        return self._record

    @property
    def facts(self) -> PreviewFacts | None:
        return self._facts

    def show_record(self, record: str) -> None:
        """Show a record a moment later, so that moving fast through a list asks for the last one only."""
        if record != self._record:
            self._let_go()
            self._record = record
            self.reveal_bar.cover()
        self._pause.start()

    def refresh(self) -> None:
        if self._record:
            self._pause.start()

    def clear(self) -> None:
        self._pause.stop()
        self._let_go()
        self._record, self._facts = "", None
        self._stack.setCurrentIndex(0)

    def look_at(self, file: PreviewFile) -> None:
        """Show a file in a window of its own, which is gone with this one."""
        viewer = AttachmentViewer(self._operations, file, self._language, self)
        if file.is_secret:
            self.reveal_bar.covered.connect(viewer.close)
        viewer.open()

    def _let_go(self) -> None:
        """What was asked of the record shown is not wanted any more."""
        for asked in (self._asking, self._reading_history, self._revealing, self._revealing_history):
            asked.drop()

    def _ask(self) -> None:
        if self._record:
            self._read(reveals=False)

    def _read(self, *, reveals: bool) -> None:
        request = self._operations.ask(read_preview, self._record, self._language, reveals=reveals)
        self._asking.wait_for(request).result.connect(self._show)
        request.failed.connect(self._fail)

    def _show(self, facts: PreviewFacts) -> None:
        self._facts = facts
        self.notice.clear()
        self.title.set_plain(facts.title)
        self.status.say(facts.status, Tone.NEUTRAL)
        self.status.setVisible(bool(facts.status))
        parts = [facts.record_no, self.tr("changed {time}").replace("{time}", facts.updated)]
        self._number.setText(" · ".join(part for part in parts if part))
        self.print_button.setVisible(facts.is_printable)
        self.conflict_button.setVisible(facts.conflicts > 0)
        self.reveal_bar.setVisible(facts.has_secrets)
        self.deadlines.show_deadlines(facts.deadlines)
        self.files.show_files(facts.files)
        self.track.show_record(facts.register, facts.record)
        self.summary.show_sections(facts.sections)
        self.links.show_links(facts.links)
        self._stack.setCurrentIndex(1)
        self._read_history()

    def _read_history(self) -> None:
        """Read the history when its tab is shown."""
        if self._record and self.tabs.currentWidget() is self.history:
            request = self._operations.ask(read_history, self._record, self._language)
            self._reading_history.wait_for(request).result.connect(self.history.show_entries)

    def _ask_reveal(self, reason: str) -> None:
        request = self._operations.act(self, (), revealing.reveal, self._record, reason)
        self._revealing.wait_for(request).result.connect(self._reveal)
        request.failed.connect(self._fail)

    def _reveal(self) -> None:
        self.reveal_bar.start_minute()
        self._read(reveals=True)

    def _ask_history_reveal(self, reason: str) -> None:
        request = self._operations.act(self, (), revealing.reveal, self._record, reason)
        self._revealing_history.wait_for(request).result.connect(self.history.reveal)
        request.failed.connect(self._fail)

    def _fail(self, error: DesktopError) -> None:
        self.notice.show_error(error)
        if self._record:
            self._stack.setCurrentIndex(1)

    def _open(self) -> None:
        self.open_wanted.emit(self._record)

    def want_person(self) -> None:
        if self._record:
            self.person_wanted.emit(self._record)

    def _print(self) -> None:
        self.print_wanted.emit(self._record)

    def _settle(self) -> None:
        self.conflict_wanted.emit(self._record)

    def _summary_tab(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("role", "page")
        inside_layout = column((self.deadlines, self.files, self.track, self.summary), space=Space.TIGHT)
        inside_layout.setContentsMargins(0, Space.TIGHT, 0, 0)
        inside.setLayout(inside_layout)
        area.setWidget(inside)
        tab = QWidget()
        layout = column((self.reveal_bar, area), space=Space.TIGHT)
        layout.setContentsMargins(0, Space.TIGHT, 0, 0)
        layout.setStretch(1, 1)
        tab.setLayout(layout)
        self.reveal_bar.hide()
        return tab

    def _nothing(self) -> QWidget:
        words = Paragraph(self.tr("Mark a record in the list to read it here."), TextRole.MUTED)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QWidget()
        layout = column((), margin=Space.WIDE)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addStretch(2)
        holder.setLayout(layout)
        return holder

    def _whole(self) -> QWidget:
        head: QVBoxLayout = column((self.title,), space=Space.HAIR)
        facts = row((self.status, self._number), space=Space.TIGHT)
        facts.addStretch(1)
        acts = row((self.open_button, self.person_button, self.print_button, self.conflict_button), space=Space.TIGHT)
        acts.addStretch(1)
        layout = column((head, facts, acts, self.notice, self.tabs), space=Space.TIGHT)
        layout.setContentsMargins(Space.USUAL, Space.USUAL, Space.USUAL, Space.TIGHT)
        layout.setStretch(4, 1)
        holder = QWidget()
        holder.setLayout(layout)
        return holder
