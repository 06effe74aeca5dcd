"""What is around the fields of a form: title, the one primary act, sections at the left, status at the foot."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.definitions.model import FormDefinition
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Hairline,
    Icon,
    LinkButton,
    PrimaryButton,
    QuietButton,
    Text,
    TextRole,
    Tone,
    clear,
    column,
    row,
)
from desktop.ui.form.duplicate_panel import DuplicatePanel
from desktop.ui.form.entry_status import EntryStatus
from desktop.ui.form.form_body import FormBody
from desktop.ui.form.section_index import SectionIndex

INDEX_WIDTH = 216


class EntryFrame(QWidget):
    """Shows; decides nothing."""

    save_wanted = Signal()
    save_and_new_wanted = Signal()
    leave_wanted = Signal()
    draft_refused = Signal()

    def __init__(
        self, operations: RegistryWorker, theme: Theme, definition: FormDefinition, language: Language
    ) -> None:
        super().__init__()
        self._theme = theme
        self.title = Text("", TextRole.TITLE)
        self.facts = Text("", TextRole.MUTED)
        self.facts.setMinimumHeight(18)
        self.leave = QuietButton(self.tr("Leave"), "arrow-left", "Esc")
        self.leave.clicked.connect(self.leave_wanted)
        self.save_and_new = Button(self.tr("Save and begin the next"), "plus", "Ctrl+N")
        self.save_and_new.clicked.connect(self.save_and_new_wanted)
        self.save = PrimaryButton(self.tr("Save"), "save", "Ctrl+S")
        self.save.clicked.connect(self.save_wanted)
        head = row((), space=Space.TIGHT)
        head.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.SNUG)
        head.addLayout(column((self.title, self.facts), space=0), 1)
        for button in (self.leave, self.save_and_new, self.save):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.notice = MessageBar(language)
        self.refuse_draft = LinkButton(self.tr("Let the draft go"), "trash-2")
        self.refuse_draft.clicked.connect(self.draft_refused)
        self.draft_bar = self._bar()
        self._notices: QVBoxLayout = column((_BarHolder(self.notice), _BarHolder(self.draft_bar)), space=0)
        self._notices.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
        self.index = SectionIndex(theme, [section.label.text(language) for section in definition.sections])
        self.duplicates = DuplicatePanel(operations, language)
        self._side = QFrame()
        side = column((self.index, self.duplicates), space=Space.USUAL)
        side.setContentsMargins(Space.SNUG, Space.SNUG, Space.TIGHT, Space.SNUG)
        side.setStretch(1, 1)
        self._side.setLayout(side)
        self._place = row((), space=0)
        middle = row((self._side, Hairline(Qt.Orientation.Vertical)), space=0)
        middle.addLayout(self._place, 1)
        self.status = EntryStatus(theme)
        layout = column((head, self._notices, Hairline(), middle, self.status), space=0)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        theme.changed.connect(self._resize)
        self._resize()

    def hold(self, body: FormBody) -> None:
        """Take in the fields."""
        clear(self._place)
        self._place.addWidget(body, 1)

    def focus_save(self) -> None:
        """Go on from the last field: Enter saves."""
        self.save.setFocus(Qt.FocusReason.TabFocusReason)

    def add_notice(self, widget: QWidget) -> None:
        """Put a bar between the title and the fields."""
        holder = _BarHolder(widget)
        self._notices.addWidget(holder)

    def say_title(self, title: str, facts: str, *, is_new: bool) -> None:
        self.title.setText(title)
        self.facts.setText(facts)
        self.save_and_new.setVisible(is_new)

    def say_draft(self, words: str) -> None:
        """Say that a draft was taken up, with the way to let it go; empty says nothing."""
        self.notice.clear()
        self._draft_words.setText(words)
        self.draft_bar.setVisible(bool(words))

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "notice")
        bar.setProperty("tone", Tone.ACCENT.value)
        self._draft_words = Text("", TextRole.BODY)
        layout = row((Icon("notebook-pen", 16), self._draft_words), space=Space.TIGHT)
        layout.addStretch(1)
        layout.addWidget(self.refuse_draft)
        layout.setContentsMargins(Space.SNUG, 2, Space.SNUG, 2)
        bar.setLayout(layout)
        bar.hide()
        return bar

    def _resize(self) -> None:
        self._side.setFixedWidth(self._theme.px(INDEX_WIDTH))


class _BarHolder(QWidget):
    """A bar with room below it, for as long as the bar is shown."""

    def __init__(self, bar: QWidget) -> None:
        super().__init__()
        layout = column((bar,), space=0)
        layout.setContentsMargins(0, 0, 0, Space.TIGHT)
        self.setLayout(layout)
        bar.installEventFilter(self)
        self.setVisible(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShowToParent:
            self.show()
        elif event.type() is QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)
