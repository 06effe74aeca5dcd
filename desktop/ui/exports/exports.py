"""The dialog of exports and what it asks of the workspace; the file goes where the officer says, nowhere else."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.sentences import Language
from desktop.ui.base.latest import Latest, about
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.exports.export_dialog import ExportDialog
from desktop.ui.exports.export_parts import ExportChoices
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Session
from desktop.workspace.exports import (
    case_exports,
    export_columns,
    export_log,
    table_export,
)
from desktop.workspace.exports.case_exports import CaseExportRequest, CasePlan, ExportedCases
from desktop.workspace.exports.table_export import Exported, TableExportRequest


class Exports(QObject):
    """Opens one dialog at most."""

    def __init__(self, operations: RegistryWorker, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._preferences = preferences
        self._window = window
        self._register = ""
        self._opening = Latest()
        self._choosing = Latest()
        self._planning = Latest()
        self._planning_cases = Latest()
        self.dialog: ExportDialog | None = None

    def close_all(self) -> None:
        """The registry is being locked."""
        self._opening.drop()
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = None

    def show_export(self, register: str) -> None:
        """Ask what shall leave; `register` is proposed."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self._register = register
        request = self._opening.wait_for(self._operations.ask(read_choices, self._preferences.language))
        request.result.connect(self._open)

    def _open(self, choices: ExportChoices) -> None:
        dialog = ExportDialog(choices, self._register, self._preferences.language, self._window)
        dialog.columns_wanted.connect(self._ask_columns)
        dialog.table_planned.connect(self._plan_table)
        dialog.table_wanted.connect(self._export_table)
        dialog.cases_planned.connect(self._plan_cases)
        dialog.cases_wanted.connect(self._export_cases)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()
        dialog.start()

    def _ask_columns(self, register: str) -> None:
        request = self._operations.ask(export_columns.columns_of, register, self._preferences.language)
        self._planning.drop()
        if self.dialog is not None:
            self._choosing.wait_for(request).result.connect(self.dialog.table.show_columns)
            request.failed.connect(self.dialog.show_error)

    def _plan_table(self, export_request: TableExportRequest) -> None:
        request = self._planning.wait_for(self._operations.ask(table_export.plan, export_request))
        if self.dialog is not None:
            request.result.connect(self.dialog.table.show_plan)
            request.failed.connect(self.dialog.show_error)

    def _export_table(self, export_request: TableExportRequest) -> None:
        place = self._ask_place(export_request.register, export_request.file_kind)
        if place is not None:
            make = about(place, table_export.export_table)
            request = self._operations.act(self, (), make, outside_files.at(place), export_request)
            request.result.connect(self._show_table)
            if self.dialog is not None:
                request.failed.connect(self.dialog.show_error)

    def _plan_cases(self, export_request: CaseExportRequest) -> None:
        request = self._operations.act(self, (), plan_in_words, export_request, self._preferences.language)
        self._planning_cases.wait_for(request).result.connect(self._show_case_plan)
        if self.dialog is not None:
            request.failed.connect(self.dialog.show_error)

    def _show_case_plan(self, stated: tuple[CasePlan, list[tuple[str, int]]]) -> None:
        if self.dialog is not None:
            self.dialog.notice.clear()
            self.dialog.cases.show_plan(*stated)

    def _export_cases(self, export_request: CaseExportRequest) -> None:
        place = self._ask_place(case_exports.HTCDS, export_request.file_kind)
        if place is not None:
            make = about(place, case_exports.export_cases)
            request = self._operations.act(self, (), make, outside_files.at(place), export_request)
            request.result.connect(self._show_cases)
            if self.dialog is not None:
                request.failed.connect(self.dialog.show_error)

    def _ask_place(self, name: str, ending: str) -> Path | None:
        """Ask where the file goes, before anything is made; None when the officer thought better of it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self.dialog, self.tr("Export to a file"), f"{name}.{ending}", f"{ending.upper()} (*.{ending})"
        )
        return Path(chosen) if chosen else None

    def _show_table(self, made: tuple[Path, Exported]) -> None:
        place, exported = made
        self._show_done(place, exported.digest, exported.number)

    def _show_cases(self, made: tuple[Path, ExportedCases]) -> None:
        place, exported = made
        self._show_done(place, exported.digests[""], exported.number)

    def _show_done(self, place: Path, digest: str, number: int) -> None:
        if self.dialog is not None:
            self.dialog.show_done(place.name, digest, number)

    def _forget(self) -> None:
        self.dialog = None


def read_choices(session: Session, language: Language) -> ExportChoices:
    """Runs on the worker thread."""
    registers = [found for found in session.library.registers.values() if found.rail is not None]
    return ExportChoices(
        registers=tuple((one.id, one.label.text(language)) for one in sorted(registers, key=lambda one: one.rail or 0)),
        approvers=export_log.approvers(session),
        today=session.today(),
    )


def plan_in_words(
    session: Session, export_request: CaseExportRequest, language: Language
) -> tuple[CasePlan, list[tuple[str, int]]]:
    """Return what would leave, and in words why the rest stays; runs on the worker thread."""
    found = case_exports.plan(session, export_request)
    definition = case_exports.definition_of(session)
    return found, case_exports.why_cases_stay(definition, found.stays, language)
