"""Messages in the page: what happened, where, what to do, and a code. Never a pop-up, never the focus."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    IconButton,
    LinkButton,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    Tone,
    column,
    restyle,
    row,
)

_ICONS: Final = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.DANGER: "circle-alert",
    Tone.WARNING: "triangle-alert",
    Tone.DONE: "circle-check",
}
_TEXT_WIDTH: Final = 460
_SIGNALS: Final = {Tone.DANGER, Tone.WARNING, Tone.DONE}


class MessageBar(QFrame):
    """A message with a shape, words and a code; hidden until it has something to say."""

    dismissed = Signal()
    acted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._tone = Tone.NEUTRAL
        self.code = ""
        self.setProperty("role", "notice")
        self._icon = Icon(_ICONS[Tone.NEUTRAL])
        self._text = Paragraph()
        self._code = Text("", TextRole.SMALL)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.act = LinkButton("")
        self.act.clicked.connect(self.acted)
        self.act.hide()
        self._close = IconButton("x", self.tr("Close this message"))
        self._close.clicked.connect(self._dismiss)
        layout = row((), space=Space.SNUG)
        layout.setContentsMargins(Space.SNUG, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column((self._text, self._code), space=2)
        words.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.plain

    @property
    def tone(self) -> Tone:
        return self._tone

    def show_error(self, error: DesktopError) -> None:
        """Show the sentence of an error and its code."""
        self.say(sentence(error.code, error.context, self._language), Tone.DANGER, error.code)

    def say(self, text: str, tone: Tone = Tone.NEUTRAL, code: str = "", act: str = "") -> None:
        """Show a message; `act` names what can be done about it, and `acted` says that it is wanted."""
        self._tone, self.code = tone, code
        self._icon.show_icon(_ICONS[tone], TextRole(tone.value) if tone in _SIGNALS else TextRole.BODY)
        self._text.set_plain(text)
        self._code.setText(self.tr("Code: {code}").replace("{code}", code))
        self._code.setVisible(bool(code))
        self.act.setText(act)
        self.act.setVisible(bool(act))
        restyle(self, tone=tone.value)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        self.code = ""
        self._text.set_plain("")
        self.hide()

    def set_closable(self, closable: bool) -> None:  # noqa: FBT001  a state, set by its name
        self._close.setVisible(closable)

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()


class EmptyState(QWidget):
    """What a page is for while it has nothing to show, and the one button that starts it."""

    started = Signal()

    def __init__(self, icon: str, title: str, text: str, start: str = "", keys: str = "") -> None:
        super().__init__()
        heading = Text(title, TextRole.SECTION)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = Paragraph(text, TextRole.MUTED)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setMaximumWidth(_TEXT_WIDTH)
        layout = column((), space=Space.SNUG, margin=Space.WIDE)
        layout.addStretch(2)
        layout.addWidget(Icon(icon, 40, TextRole.MUTED), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = row(())
        middle.addStretch(1)
        middle.addWidget(self._text, 1000)
        middle.addStretch(1)
        layout.addLayout(middle)
        if start:
            self.start = PrimaryButton(start, "plus", keys)
            self.start.clicked.connect(self.started)
            layout.addSpacing(Space.HAIR)
            layout.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setLayout(layout)
