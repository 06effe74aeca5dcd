"""A bar in the page that asks why before something is taken away; Esc leaves everything as it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Icon,
    Paragraph,
    column,
    row,
)

_SHORTEST_REASON = 3


class ReasonBar(QFrame):
    """`ask` shows it; `reason_given` carries the reason."""

    reason_given = Signal(str)
    closed = Signal()

    def __init__(self, act: str) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._words = Paragraph("")
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.setPlaceholderText(self.tr("The reason, which stays in the history"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.textChanged.connect(self._enable)
        self.reason.returnPressed.connect(self._give)
        self.act_button = Button(act)
        self.act_button.clicked.connect(self._give)
        cancel = Button(self.tr("Cancel"), keys="Esc")
        cancel.clicked.connect(self.close_bar)
        head = row((Icon("circle-alert"), self._words), space=Space.TIGHT)
        head.setStretch(1, 1)
        acts = row((self.reason, self.act_button, cancel), space=Space.TIGHT)
        acts.setStretch(0, 1)
        layout = column((), space=Space.TIGHT)
        layout.addLayout(head)
        layout.addLayout(acts)
        layout.setContentsMargins(Space.SNUG, Space.TIGHT, Space.SNUG, Space.SNUG)
        self.setLayout(layout)
        self.hide()

    def ask(self, words: str) -> None:
        self._words.set_plain(words)
        self.reason.clear()
        self._enable()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bar(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return
        super().keyPressEvent(event)

    def _enable(self) -> None:
        self.act_button.setEnabled(len(self.reason.text().strip()) >= _SHORTEST_REASON)

    def _give(self) -> None:
        if self.act_button.isEnabled():
            self.hide()
            self.reason_given.emit(self.reason.text().strip())
