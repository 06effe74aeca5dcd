"""What both tabs of the export dialog are made of: the choices, the days, the last line."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Paragraph,
    PrimaryButton,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField

_DAY_WIDTH = 144  # of "day/month/year" in Vietnamese


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoices:
    """What can be exported: registers with their labels, who could approve, and the day."""

    registers: tuple[tuple[str, str], ...]
    approvers: tuple[tuple[str, str], ...]
    today: dt.date


class Days(QWidget):
    """A first and a last day, each may be open. `is_right` is false while something typed is no day: then nothing is
    exported, for an open day would let more out than was meant.
    """

    changed = Signal()

    def __init__(self, first: str, last: str) -> None:
        super().__init__()
        self.first, self.last = DayField(), DayField()
        layout = row((), space=Space.SNUG)
        for words, field in ((first, self.first), (last, self.last)):
            field.setFixedWidth(scaled(_DAY_WIDTH))
            field.textChanged.connect(self.changed)
            layout.addLayout(labelled(words, field))
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def is_right(self) -> bool:
        return all(field.day is not None or not field.text().strip() for field in (self.first, self.last))

    @property
    def said(self) -> str:
        """What to do about days that are none."""
        return "" if self.is_right else self.tr("Type whole days: day/month/year.")


def foot(words: Paragraph, close: Button, act: PrimaryButton) -> QHBoxLayout:
    """Return the last line of a tab: what it comes to, and what can be done."""
    line = row((), space=Space.TIGHT)
    line.addWidget(words, 1)
    line.addWidget(close)
    line.addWidget(act)
    return line
