"""Victims' cases by HTCDS: what would leave and why the rest stays, then the approval and the file."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.sentences import Language
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Paragraph,
    PrimaryButton,
    TextRole,
    column,
    labelled,
    row,
)
from desktop.ui.exports.export_parts import Days, ExportChoices, foot
from desktop.workspace.exports.case_exports import CaseExportRequest, CasePlan
from desktop.workspace.exports.export_log import LONGEST_WORDS


class CasesTab(QWidget):
    """Victims' cases without names; a trial first, then the approval and the file."""

    planned = Signal(object)
    wanted = Signal(object)
    closed = Signal()

    def __init__(self, choices: ExportChoices, language: Language) -> None:
        super().__init__()
        self._language = language
        self.days = Days(self.tr("Received from"), self.tr("Received to"))
        self.days.first.show_day(choices.today.replace(month=1, day=1))
        self.days.last.show_day(choices.today)
        self.days.changed.connect(self._enable)
        self.kind = QComboBox()
        for words, kind in (("JSON", "json"), (self.tr("Excel workbook (XLSX)"), "xlsx"), ("CSV", "csv")):
            self.kind.addItem(words, kind)
        self.approver = QComboBox()
        self.approver.addItem(self.tr("Choose the officer"), "")
        for identity, name in choices.approvers:
            self.approver.addItem(name, identity)
        self.paper = QLineEdit()
        self.paper.setMaxLength(LONGEST_WORDS)
        self.paper.setPlaceholderText(self.tr("Number and day of the paper"))
        self.words = Paragraph("", TextRole.DANGER)
        self.result = Paragraph("", TextRole.BODY)
        self.trial = Button(self.tr("Try without writing"), "list-checks")
        self.trial.clicked.connect(self._plan)
        self.export = PrimaryButton(self.tr("Export to a file"), "file-down")
        self.export.clicked.connect(self._want)
        self.cancel = Button(self.tr("Close"), keys="Esc")
        self.cancel.clicked.connect(self.closed)
        self.approver.currentIndexChanged.connect(self._enable)
        self.paper.textChanged.connect(self._enable)
        self._lay_out()
        self._enable()

    @property
    def export_request(self) -> CaseExportRequest:
        kind = self.kind.currentData()
        return CaseExportRequest(
            file_kind="csv" if kind == "csv" else "xlsx" if kind == "xlsx" else "json",
            first=self.days.first.day,
            last=self.days.last.day,
            approved_by=str(self.approver.currentData()),
            approval=self.paper.text(),
            language=self._language,
        )

    def show_plan(self, found: CasePlan, stays: Sequence[tuple[str, int]]) -> None:
        words = self.tr("{leaves} of %n case(s) may leave, each alike with at least {k}.", "", found.looked_at)
        lines = [words.replace("{leaves}", str(found.leaves)).replace("{k}", str(found.k))]
        if found.generalised:
            lines.append(self.tr("%n of them with less detail.", "", found.generalised))
        lines += [
            self.tr("Stays here: %n – {why}", "", count).replace("{why}", why[:1].lower() + why[1:])
            for why, count in stays
        ]
        self.result.set_plain("\n".join(lines))

    def _lay_out(self) -> None:
        hint = self.tr(
            "Cases of victims for statistics of partners: no names, numbers, dates, or places below the province. "
            "Only with consent to anonymous statistics, and only where enough cases are alike."
        )
        days = row((self.days,), space=Space.SNUG)
        days.addLayout(labelled(self.tr("File"), self.kind))
        days.addStretch(1)
        approval = row((), space=Space.SNUG)
        approval.addLayout(labelled(self.tr("Approved by"), self.approver), 1)
        approval.addLayout(labelled(self.tr("Approval"), self.paper), 1)
        trial = row((self.trial,), space=Space.SNUG)
        trial.addStretch(1)
        body = column((Paragraph(hint, TextRole.MUTED), days, trial, self.result, approval), space=Space.USUAL)
        body.addStretch(1)
        layout = column((body, foot(self.words, self.cancel, self.export)), space=Space.SNUG)
        layout.setStretch(0, 1)
        layout.setContentsMargins(Space.TIGHT, Space.USUAL, Space.TIGHT, 0)
        self.setLayout(layout)

    def _enable(self) -> None:
        is_right = self.days.is_right
        self.words.set_plain(self.days.said)
        self.trial.setEnabled(is_right)
        self.export.setEnabled(is_right and bool(self.approver.currentData()) and bool(self.paper.text().strip()))

    def _plan(self) -> None:
        self.planned.emit(self.export_request)

    def _want(self) -> None:
        self.wanted.emit(self.export_request)
