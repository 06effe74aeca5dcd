"""The period of a report: its kind, its year, which month or quarter; or any first and last day.

- The days that are meant are always beside it; they follow the cut-off days of the law (domain/reports/periods.py).
"""

import datetime as dt
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.domain.reports.periods import (
    Period,
    PeriodKind,
    days_between,
    period_at,
    period_of,
)
from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import (
    Text,
    TextRole,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField

_COUNTS: Final = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100


class PeriodChoice(QWidget):
    """`changed` comes with every choice; `period` is None while the last day is before the first."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._today = dt.date(_FIRST_YEAR, 1, 1)
        self.kind = QComboBox()
        for kind, words in self._kinds().items():
            self.kind.addItem(words, kind)
        self.year = QLineEdit()
        self.year.setValidator(QIntValidator(_FIRST_YEAR, _LAST_YEAR, self))
        self.year.setFixedWidth(scaled(72))
        self.number = QComboBox()
        self.first, self.last = DayField(), DayField()
        self._days = Text("", TextRole.MUTED)
        self._parts = {name: QWidget() for name in ("year", "number", "first", "last")}
        fields = row((), space=Space.SNUG)
        fields.addLayout(labelled(self.tr("Period"), self.kind))
        for name, words, field in (
            ("number", self.tr("Which"), self.number),
            ("year", self.tr("Year"), self.year),
            ("first", self.tr("From"), self.first),
            ("last", self.tr("To"), self.last),
        ):
            self._parts[name].setLayout(labelled(words, field))
            fields.addWidget(self._parts[name])
        fields.addWidget(self._days, 0, Qt.AlignmentFlag.AlignBottom)
        self._days.setFixedHeight(scaled(Size.FIELD))
        fields.addStretch(1)
        self.setLayout(fields)
        self.kind.setMinimumWidth(scaled(170))
        self.number.setMinimumWidth(scaled(110))
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.number.currentIndexChanged.connect(self._change)
        self.year.textEdited.connect(self._change)
        self.first.day_changed.connect(self._change)
        self.last.day_changed.connect(self._change)
        self._dress()

    @property
    def period(self) -> Period | None:
        """The period chosen; None while it is not whole, or ends before it begins."""
        found = self._period()
        return found if isinstance(found, Period) else None

    @property
    def said(self) -> str:
        """The days meant, or what is wrong with them."""
        return self._days.text()

    def show_period(self, period: Period, today: dt.date) -> None:
        """Show a period without saying that it changed."""
        self._today = today
        parts = (self.kind, self.number, self.year, self.first, self.last)
        for part in parts:
            part.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.kind.setCurrentIndex(self.kind.findData(period.kind))
        self._offer_numbers(period.kind)
        self.number.setCurrentIndex(period.number - 1)
        self.year.setText(str(period.year))
        self.first.show_day(period.first)
        self.last.show_day(period.last)
        for part in parts:
            part.blockSignals(False)  # noqa: FBT003  Qt's signature
        self._dress()

    def _kinds(self) -> dict[PeriodKind, str]:
        return {
            PeriodKind.MONTH: self.tr("Month"),
            PeriodKind.QUARTER: self.tr("Quarter"),
            PeriodKind.SIX_MONTHS: self.tr("First six months"),
            PeriodKind.LAST_SIX_MONTHS: self.tr("Last six months"),
            PeriodKind.NINE_MONTHS: self.tr("Nine months"),
            PeriodKind.YEAR: self.tr("Year"),
            PeriodKind.CAMPAIGN: self.tr("Campaign, 1 July to 30 September"),
            PeriodKind.DAYS: self.tr("From day to day"),
        }

    def _chosen_kind(self) -> PeriodKind:
        return PeriodKind(self.kind.currentData())

    def _period(self) -> Period | str:
        """Return the period, or what is wrong with it."""
        kind = self._chosen_kind()
        try:
            if kind is PeriodKind.DAYS:
                first, last = self.first.day, self.last.day
                return days_between(first, last) if first and last else self.tr("Type both days: day/month/year.")
            if not self.year.hasAcceptableInput():
                return self.tr("Type the year with four digits.")
            number = self.number.currentIndex() + 1 if kind in _COUNTS else 1
            return period_of(kind, int(self.year.text()), max(1, number))
        except DesktopError as error:
            return sentence(error.code, error.context, self._language)

    def _change_kind(self) -> None:
        kind = self._chosen_kind()
        if kind is PeriodKind.DAYS:
            self._change()
            return
        self.show_period(period_at(kind, self._today), self._today)
        self.changed.emit()

    def _change(self) -> None:
        self._dress()
        self.changed.emit()

    def _offer_numbers(self, kind: PeriodKind) -> None:
        self.number.clear()
        for number in range(1, _COUNTS.get(kind, 0) + 1):
            self.number.addItem(str(number))

    def _dress(self) -> None:
        kind = self._chosen_kind()
        is_free = kind is PeriodKind.DAYS
        for name, part in self._parts.items():
            wanted = {"year": not is_free, "number": kind in _COUNTS}.get(name, is_free)
            part.setVisible(wanted)
        period = self._period()
        if isinstance(period, str):
            self._days.set_role(TextRole.DANGER)
            self._days.setText(period)
        else:
            self._days.set_role(TextRole.MUTED)
            self._days.setText("" if is_free else f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}")
