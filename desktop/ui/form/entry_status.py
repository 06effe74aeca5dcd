"""The line at the foot of a form: whether the draft is kept, how many problems are left, the keys that work here."""

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


class EntryStatus(QWidget):
    """One row of one height; the number of problems goes to the next one when it is pressed."""

    problem_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "status")
        self._said = Text("", TextRole.SMALL)
        self._problems = LinkButton("", keys="F8")
        self._problems.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._problems.clicked.connect(self.problem_wanted)
        layout = row((self._said,), space=Space.USUAL)
        layout.setContentsMargins(Space.USUAL, 0, Space.USUAL, 0)
        layout.addWidget(self._problems)
        layout.addStretch(1)
        for keys, words in (
            ("Enter", self.tr("next")),
            ("F1", self.tr("help")),
            ("F4", self.tr("codes")),
            ("F6", self.tr("section")),
            ("F7", self.tr("repeat")),
            ("Esc", self.tr("leave")),
        ):
            layout.addLayout(row((KeyHint(keys), Text(words, TextRole.SMALL)), space=Space.HAIR))
        self.setLayout(layout)
        theme.changed.connect(self._resize)
        self._resize()
        self.say_problems(0, 0)

    @property
    def said(self) -> str:
        return self._said.text()

    def say(self, words: str) -> None:
        self._said.setText(words)

    def say_problems(self, missing: int, wrong: int) -> None:
        """Say how many answers are still missing, and how many have to be corrected or explained."""
        words = [self.tr("%n still missing", "", missing)] if missing else []
        words += [self.tr("%n to correct", "", wrong)] if wrong else []
        self._problems.setText(" · ".join(words))
        self._problems.setVisible(bool(words))

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(Size.STATUS_LINE))
