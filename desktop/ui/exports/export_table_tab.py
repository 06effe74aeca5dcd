"""One register as a table: what, which days, why, and which columns; the amount is below."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.sentences import Language
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    labelled,
    row,
)
from desktop.ui.exports.export_columns import ExportColumns
from desktop.ui.exports.export_parts import Days, ExportChoices, foot
from desktop.workspace.exports.export_columns import ExportColumn
from desktop.workspace.exports.export_log import LONGEST_WORDS
from desktop.workspace.exports.table_export import TableExportPlan, TableExportRequest

_SOON_MS = 200


class TableTab(QWidget):
    """One register: what, which days, why, and which columns."""

    columns_wanted = Signal(str)
    planned = Signal(object)
    wanted = Signal(object)
    closed = Signal()

    def __init__(self, choices: ExportChoices, register: str, language: Language) -> None:
        super().__init__()
        self._language = language
        self.register = QComboBox()
        for identity, label in choices.registers:
            self.register.addItem(label, identity)
        self.register.setCurrentIndex(max(0, self.register.findData(register)))
        self.register.currentIndexChanged.connect(self.ask_columns)
        self.kind = QComboBox()
        self.kind.addItem(self.tr("Excel workbook (XLSX)"), "xlsx")
        self.kind.addItem(self.tr("Text table (CSV)"), "csv")
        self.form = QComboBox()
        self.form.addItem(self.tr("For people: words and titles"), False)  # noqa: FBT003  the data of a choice
        self.form.addItem(self.tr("For programs: stored codes and ids"), True)  # noqa: FBT003  the data of a choice
        self.days = Days(self.tr("From"), self.tr("To"))
        self.purpose = QLineEdit()
        self.purpose.setMaxLength(LONGEST_WORDS)
        self.purpose.setPlaceholderText(self.tr("Needed for sensitive columns"))
        self.columns = ExportColumns()
        self.summary = Paragraph("", TextRole.MUTED)
        self.export = PrimaryButton(self.tr("Export to a file"), "file-down")
        self.export.clicked.connect(self._want)
        self.cancel = Button(self.tr("Close"), keys="Esc")
        self.cancel.clicked.connect(self.closed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._plan)
        self.columns.changed.connect(self._soon.start)
        self.purpose.textChanged.connect(self._change_purpose)
        self.days.changed.connect(self._soon.start)
        self._lay_out()

    @property
    def export_request(self) -> TableExportRequest:
        return TableExportRequest(
            register=str(self.register.currentData()),
            file_kind="csv" if self.kind.currentData() == "csv" else "xlsx",
            columns=self.columns.chosen,
            as_codes=bool(self.form.currentData()),
            first=self.days.first.day,
            last=self.days.last.day,
            purpose=self.purpose.text(),
            language=self._language,
        )

    def ask_columns(self) -> None:
        self.columns_wanted.emit(str(self.register.currentData()))

    def show_columns(self, columns: Sequence[ExportColumn]) -> None:
        self.columns.show_columns(columns)
        self._plan()

    def show_plan(self, found: TableExportPlan) -> None:
        if not self.days.is_right:
            return
        words = self.tr("%n record(s)", "", found.records)
        count = len(self.columns.chosen)
        words = self.tr("{records}, {columns}.").replace("{records}", words)
        words = words.replace("{columns}", self.tr("%n column(s)", "", count))
        masked = sum(one.why == "export_left_masked" for one in found.left_out)
        if masked:
            words += " " + self.tr("%n of them without the part that identifies somebody.", "", masked)
        self.summary.set_plain(words)
        self.export.setEnabled(count > 0)

    def _lay_out(self) -> None:
        left = column((), space=Space.USUAL)
        for words, choice in (
            (self.tr("Register"), self.register),
            (self.tr("File"), self.kind),
            (self.tr("Form"), self.form),
        ):
            left.addLayout(labelled(words, choice))
        left.addWidget(self.days)
        left.addLayout(labelled(self.tr("Purpose"), self.purpose))
        left.addWidget(Paragraph(self.tr("The file is not encrypted. Every export is logged."), TextRole.MUTED))
        left.addWidget(
            Paragraph(self.tr("Columns that tell who a victim or an informant is stay here."), TextRole.MUTED)
        )
        left.addStretch(1)
        right = column((Text(self.tr("Columns"), TextRole.LABEL), self.columns), space=Space.HAIR)
        both = row((left, right), space=Space.WIDE)
        both.setStretch(0, 5)
        both.setStretch(1, 7)
        layout = column((both, foot(self.summary, self.cancel, self.export)), space=Space.SNUG)
        layout.setStretch(0, 1)
        layout.setContentsMargins(Space.TIGHT, Space.USUAL, Space.TIGHT, 0)
        self.setLayout(layout)

    def _change_purpose(self) -> None:
        self.columns.set_purpose(bool(self.purpose.text().strip()))
        self._soon.start()

    def _plan(self) -> None:
        if self.days.is_right:
            self.planned.emit(self.export_request)
            return
        self.summary.set_plain(self.days.said)
        self.export.setEnabled(False)

    def _want(self) -> None:
        self.wanted.emit(self.export_request)
