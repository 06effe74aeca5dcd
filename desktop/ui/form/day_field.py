"""A whole day, typed as in every form: 14/03/2025, 14032025 or 140325."""

import datetime as dt
from typing import Final

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.ui.base.widgets import scaled

_FORMS: Final = ("d/M/yyyy", "ddMMyyyy", "d.M.yyyy", "d-M-yyyy", "yyyy-MM-dd", "d/M/yy", "ddMMyy")
_CENTURY: Final = 2000
_WIDTH: Final = 142
_FIRST: Final = dt.date(1900, 1, 1)


class NarrowField(QLineEdit):
    """A line as wide as what is typed there needs, at every size of the letters."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.setFixedWidth(scaled(width))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.setFixedWidth(scaled(self._width))
        super().changeEvent(event)


class DayField(NarrowField):
    """`day` is None while what is typed is no day."""

    day_changed = Signal()

    def __init__(self) -> None:
        super().__init__(_WIDTH)
        self.setPlaceholderText(self.tr("day/month/year"))
        self.textEdited.connect(self._say)
        self.editingFinished.connect(self._tidy)

    @property
    def day(self) -> dt.date | None:
        text = self.text().strip()
        for form in _FORMS:
            found = QDate.fromString(text, form, _CENTURY)
            if found.isValid():
                day = dt.date(found.year(), found.month(), found.day())
                return day if day >= _FIRST else None
        return None

    def show_day(self, day: dt.date) -> None:
        self.setText(f"{day:%d/%m/%Y}")

    def _say(self) -> None:
        self.day_changed.emit()

    def _tidy(self) -> None:
        if self.day is not None:
            self.show_day(self.day)
