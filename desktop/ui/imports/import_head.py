"""What a file that is brought in holds, and what is said of all its rows: the line of choices above the preview."""

import datetime as dt
from typing import Final

from PySide6.QtCore import QTime, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.domain.base.dates import VIETNAM
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Text,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField, NarrowField
from desktop.workspace.views.import_view import GUESTS, ImportChoices, TableImportPlan

_TABLE: Final = "table:"
_FORM: Final = "form"
_SHORT: Final = 80


class ImportHead(QWidget):
    """`changed`: the preview is to be made anew; `replan_wanted`: so are the columns, for another sheet or head row."""

    changed = Signal()
    replan_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.addItem(self.tr("Guests declared by a lodging"), GUESTS)
        self.kind.addItem(self.tr("A form for KoboToolbox or ODK (XLSForm)"), _FORM)
        self.kind.setMinimumWidth(scaled(280))
        self.lodging = QComboBox()
        self.lodging.setMinimumWidth(scaled(240))
        self.day = DayField()
        self.day.setAccessibleName(self.tr("Declared at"))
        self.time = NarrowField(_SHORT)
        self.time.setPlaceholderText("hh:mm")
        self.time.setAccessibleName(self.tr("Hour"))
        self.sheet = QComboBox()
        self.head = NarrowField(_SHORT)
        self.head.setValidator(QIntValidator(1, 1000, self))
        self.drafts = QCheckBox(self.tr("Rows that lack answers become drafts"))
        self._guests = QWidget()
        self._table = QWidget()
        self._lay_out()
        for signal in (self.kind.currentIndexChanged, self.lodging.currentIndexChanged, self.time.editingFinished):
            signal.connect(self.changed)
        self.day.editingFinished.connect(self.changed)
        self.drafts.toggled.connect(self.changed)
        self.sheet.currentIndexChanged.connect(self.replan_wanted)
        self.head.textEdited.connect(self.replan_wanted)

    @property
    def is_guests(self) -> bool:
        return bool(self.kind.currentData() == GUESTS)

    @property
    def is_form(self) -> bool:
        return bool(self.kind.currentData() == _FORM)

    @property
    def register(self) -> str:
        """The register that the rows go into."""
        return str(self.kind.currentData() or "").removeprefix(_TABLE)

    @property
    def lodging_record(self) -> str:
        return str(self.lodging.currentData() or "")

    @property
    def declared_at(self) -> dt.datetime | None:
        """When the guests were declared; a day without an hour says nothing."""
        time = QTime.fromString(self.time.text().strip(), "H:m")
        if self.day.day is None or not time.isValid():
            return None
        return dt.datetime.combine(self.day.day, dt.time(time.hour(), time.minute()), VIETNAM)

    @property
    def sheet_name(self) -> str:
        return str(self.sheet.currentData() or "")

    @property
    def head_row(self) -> int | None:
        """The number of the row with the heads; None while none is typed."""
        return int(self.head.text()) if self.head.hasAcceptableInput() else None

    def show_choices(self, choices: ImportChoices) -> None:
        """Offer registers and lodgings; what is chosen stays chosen."""
        kind, lodging = self.kind.currentData(), self.lodging.currentData()
        for box in (self.kind, self.lodging):
            box.blockSignals(True)  # noqa: FBT003  Qt's signature
        while self.kind.count() > 2:
            self.kind.removeItem(2)
        for register, label in choices.registers:
            self.kind.addItem(self.tr("Table: {register}").replace("{register}", label), _TABLE + register)
        self.lodging.clear()
        self.lodging.addItem(self.tr("Lodging not known"), "")
        for record, title in choices.lodgings:
            self.lodging.addItem(title, record)
        for box, chosen in ((self.kind, kind), (self.lodging, lodging)):
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)  # noqa: FBT003  Qt's signature

    def show_plan(self, plan: TableImportPlan) -> None:
        """Show the sheets of a file and which row is taken for the heads; says nothing."""
        for part in (self.sheet, self.head):
            part.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.sheet.clear()
        for sheet in plan.file.sheets:
            self.sheet.addItem(sheet.name or self.tr("the one table"), sheet.name)
        self.sheet.setCurrentIndex(self.sheet.findData(plan.sheet))
        if self.head_row != plan.head:
            self.head.setText(str(plan.head))
        for part in (self.sheet, self.head):
            part.blockSignals(False)  # noqa: FBT003  Qt's signature

    def dress(self, *, has_plan: bool) -> None:
        """Show what concerns the kind of file chosen."""
        self._guests.setVisible(self.is_guests)
        is_table = not self.is_guests and not self.is_form
        self._table.setVisible(is_table and has_plan)
        self.drafts.setVisible(is_table)

    def _lay_out(self) -> None:
        day = column((Text(self.tr("Declared at"), TextRole.LABEL),), space=Space.HAIR)
        day.addLayout(row((self.day, self.time), space=Space.HAIR))
        guests = row((), space=Space.SNUG)
        guests.addLayout(labelled(self.tr("Lodging"), self.lodging))
        guests.addLayout(day)
        self._guests.setLayout(guests)
        parts = row((), space=Space.SNUG)
        parts.addLayout(labelled(self.tr("Sheet"), self.sheet))
        parts.addLayout(labelled(self.tr("Row of the heads"), self.head))
        self._table.setLayout(parts)
        head = row((), space=Space.SNUG)
        head.addLayout(labelled(self.tr("What the file holds"), self.kind))
        head.addWidget(self._guests)
        head.addWidget(self._table)
        head.addStretch(1)
        self.setLayout(head)
