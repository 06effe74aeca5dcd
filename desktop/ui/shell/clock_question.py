"""Asking which day it is, after the passphrase, when the computer's clock cannot be right.

- Nothing is worked on before: a wrong year would be in record numbers, a wrong day in time limits.
- The day is typed, never proposed: a proposal would be pressed away.
"""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    Icon,
    LinkButton,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField
from desktop.workspace.base.session_clock import ClockWarning

_WIDTH = 520


class ClockQuestion(QWidget):
    """Emits the day; answer with `show_error`, or take it away."""

    day_given = Signal(object)
    lock_wanted = Signal()

    def __init__(self, warning: ClockWarning, language: Language) -> None:
        super().__init__()
        self._language = language
        self.words = Paragraph(sentence(warning.code, warning.context, language))
        self.day = DayField()
        self.day.day_changed.connect(self._enable)
        self.day.returnPressed.connect(self._give)
        self.wrong = Paragraph("", TextRole.DANGER)
        self.wrong.setMinimumHeight(scaled(40))
        self.go_on = PrimaryButton(self.tr("Go on with this day"), "calendar-check", "Return")
        self.go_on.clicked.connect(self._give)
        self.lock = LinkButton(self.tr("Lock again"), "lock")
        self.lock.clicked.connect(self.lock_wanted)
        card = Card(margin=Space.BROAD, space=Space.WIDE)
        head = row((Icon("clock-alert", 24, TextRole.WARNING),), space=Space.USUAL)
        head.addWidget(Text(self.tr("Which day is it today?"), TextRole.TITLE), 1)
        card.body.addLayout(head)
        card.body.addWidget(self.words)
        card.body.addLayout(labelled(self.tr("Today"), self.day))
        card.body.addWidget(self.wrong)
        foot = row((self.lock,))
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        card.body.addLayout(foot)
        card.setFixedWidth(scaled(_WIDTH))
        middle = row((), space=0)
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout = column((), space=0)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        self.setLayout(layout)
        self.setFocusProxy(self.day)
        self._enable()

    def show_error(self, error: DesktopError) -> None:
        self.wrong.set_plain(sentence(error.code, error.context, self._language))
        self.setEnabled(True)
        self.day.setFocus()
        self.day.selectAll()

    def _give(self) -> None:
        day: dt.date | None = self.day.day
        if day is not None:
            self.setEnabled(False)
            self.day_given.emit(day)

    def _enable(self) -> None:
        self.wrong.set_plain("")
        self.go_on.setEnabled(self.day.day is not None)
