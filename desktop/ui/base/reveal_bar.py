"""The deliberate act of looking at what identifies a victim: a reason, then one minute, then it is covered again."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Icon,
    Text,
    TextRole,
    column,
    row,
)

SHOWN_FOR_MS = 60_000
_SHORTEST_REASON = 3


class RevealBar(QFrame):
    """Asks for a reason. `reveal_wanted` carries it; answer with `start_minute`; `covered` says the minute is over."""

    reveal_wanted = Signal(str)
    covered = Signal()

    def __init__(self, shown_for_ms: int = SHOWN_FOR_MS, covered_words: str = "") -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._covered_words = covered_words or self.tr("Covered: this identifies a victim.")
        self._words = Text(self._covered_words, TextRole.BODY)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why do you need to see it?"))
        self.reason.setAccessibleName(self.tr("Why do you need to see it?"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._enable)
        self.reason.returnPressed.connect(self._ask)
        self.show_button = Button(self.tr("Show for one minute"), "eye")
        self.show_button.clicked.connect(self._ask)
        self.cover_button = Button(self.tr("Cover"), "eye-off")
        self.cover_button.clicked.connect(self.cover)
        act = row((self.reason, self.show_button), space=Space.TIGHT)
        act.setStretch(0, 1)
        words = row((Icon("shield"), self._words), space=Space.TIGHT)
        words.setStretch(1, 1)
        words.addWidget(self.cover_button)
        layout = column((words, act), space=Space.TIGHT)
        layout.setContentsMargins(Space.SNUG, Space.TIGHT, Space.SNUG, Space.SNUG)
        self.setLayout(layout)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setInterval(shown_for_ms)
        self._minute.timeout.connect(self.cover)
        self._dress(shown=False)

    @property
    def is_shown(self) -> bool:
        return self._minute.isActive()

    def start_minute(self) -> None:
        """The look was logged: show it now."""
        self._minute.start()
        self._dress(shown=True)

    def cover(self) -> None:
        was_shown = self._minute.isActive() or self.cover_button.isVisibleTo(self)
        self._minute.stop()
        self.reason.clear()
        self._dress(shown=False)
        if was_shown:
            self.covered.emit()

    def _dress(self, *, shown: bool) -> None:
        self._words.setText(self.tr("Shown for one minute; the look is in the log.") if shown else self._covered_words)
        self.reason.setVisible(not shown)
        self.show_button.setVisible(not shown)
        self.cover_button.setVisible(shown)
        self._enable()

    def _enable(self) -> None:
        self.show_button.setEnabled(len(self.reason.text().strip()) >= _SHORTEST_REASON)

    def _ask(self) -> None:
        if self.show_button.isEnabled():
            self.reveal_wanted.emit(self.reason.text().strip())
