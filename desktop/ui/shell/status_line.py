"""The line at the foot of the window: what was done last, a clock in doubt, what is not sent, where the keys are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import (
    KeyHint,
    LinkButton,
    Text,
    TextRole,
    row,
)


class StatusLine(QWidget):
    """One row that never changes its height, so nothing above it moves."""

    exchange_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said = Text("", TextRole.SMALL)
        self._busy = Text("", TextRole.SMALL)
        self.clock = Text(self.tr("Clock not reliable"), TextRole.WARNING)
        self.clock.hide()
        self._unsent = LinkButton("")
        self._unsent.clicked.connect(self.exchange_wanted)
        self._unsent.hide()
        layout = row((), space=Space.USUAL)
        layout.setContentsMargins(Space.USUAL, 0, Space.USUAL, 0)
        layout.addWidget(self._said, 1)
        layout.addWidget(self.clock)
        layout.addWidget(self._busy)
        layout.addWidget(self._unsent)
        layout.addLayout(row((KeyHint("F1"), Text(self.tr("all keys"), TextRole.SMALL)), space=Space.HAIR + 2))
        self.setLayout(layout)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def said(self) -> str:
        return self._said.text()

    def say(self, words: str) -> None:
        self._said.setText(words)

    def say_unsent(self, words: str) -> None:
        """Show what waits to be sent; empty hides it."""
        self._unsent.setText(words)
        self._unsent.setVisible(bool(words))

    def say_busy(self, busy: bool) -> None:  # noqa: FBT001  a Qt slot
        self._busy.setText(self.tr("Working") if busy else "")

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(Size.STATUS_LINE))
