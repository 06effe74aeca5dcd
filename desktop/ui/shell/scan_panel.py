"""What a scan found while no form asked for it: who it is, or that nobody here has this number, and what can be done.

- It is at the foot of the page, so nothing above it moves, and goes with a click, with Esc or with the next scan.
- The focus comes to its button only where nothing is being typed.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.sentences import Language, sentence
from desktop.ui.base.flow_layout import FlowLayout
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    PrimaryButton,
    Tone,
    clear,
    column,
)
from desktop.workspace.imports.scanning import ScannedPerson
from desktop.workspace.people.duplicates import PossiblePerson

_MOST: Final = 5


class ScanPanel(QWidget):
    """Hidden until it has something to say."""

    person_wanted = Signal(str)
    new_wanted = Signal(str)
    """The text of the scan that a new person begins with."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._text = ""
        self._came_from: QWidget | None = None
        self.notice = MessageBar(language)
        self.notice.dismissed.connect(self.forget)
        self.buttons: list[Button] = []
        self._line = QWidget()
        self._flow = FlowLayout(Space.TIGHT)
        self._line.setLayout(self._flow)
        self.setLayout(column((self.notice, self._line), space=Space.TIGHT, margin=Space.TIGHT))
        self.hide()

    def show_known(self, people: tuple[PossiblePerson, ...]) -> None:
        """Name the people who have this number, the current one or a cancelled one."""
        words = self.tr("Known here by the number of this card. Whom do you want to open?")
        buttons = []
        for person in people[:_MOST]:
            button = Button(" · ".join(part for part in (person.row.title, person.born) if part), "user")
            button.setProperty("record", person.record)
            button.clicked.connect(self._want_person)
            buttons.append(button)
        self._say(words, Tone.NEUTRAL, buttons)

    def show_unknown(self, scanned: ScannedPerson, text: str) -> None:
        """Offer to begin a person with the card, or say why it could not be read."""
        self._text = text
        if scanned.result.is_unreadable:
            self._say("\n".join(map(self._words, scanned.result.problems)), Tone.WARNING, [])
            return
        name = scanned.result.person.get("full_name")
        words = self.tr("Nobody known here has the number of this card.")
        begin = PrimaryButton(self.tr("New person with this card"), "user-plus")
        begin.clicked.connect(self._want_new)
        self._say(f"{name}: {words}" if isinstance(name, str) else words, Tone.NEUTRAL, [begin])

    def say_broken(self, words: str) -> None:
        """Say that nothing of a scan was kept."""
        self._say(words, Tone.WARNING, [])

    def forget(self) -> None:
        """Close, and let go of what was scanned."""
        self._text = ""
        had_focus = any(button.hasFocus() for button in self.buttons)
        self.notice.clear()
        self.hide()
        self.buttons = []
        clear(self._flow)
        if had_focus and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.forget()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            pressed = next((button for button in self.buttons if button.hasFocus()), None)
            if pressed is not None:
                pressed.click()
                return
        super().keyPressEvent(event)

    def _say(self, words: str, tone: Tone, buttons: list[Button]) -> None:
        clear(self._flow)
        self.buttons = buttons
        for button in buttons:
            self._flow.addWidget(button)
        self._line.setVisible(bool(buttons))
        self.notice.say(words, tone)
        self.show()
        focused = QApplication.focusWidget()
        if buttons and not isinstance(focused, QLineEdit | QPlainTextEdit):
            self._came_from = focused
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, problem: Problem) -> str:
        return sentence(problem.code, problem.context, self._language)

    def _want_person(self) -> None:
        record = self.sender().property("record")
        self.forget()
        self.person_wanted.emit(record)

    def _want_new(self) -> None:
        text = self._text
        self.forget()
        self.new_wanted.emit(text)
