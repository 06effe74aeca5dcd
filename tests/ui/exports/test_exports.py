"""The dialog of exports over a real registry: what leaves, what cannot be ticked, and where the file is."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.exports.export_dialog import ExportDialog
from desktop.ui.exports.exports import Exports
from desktop.workspace.base.session import Session
from desktop.workspace.exports import export_log
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, add_victim, told
from tests.workspace.exports.test_case_exports import add_case, chief


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def exports(
    qtbot: QtBot, theme: Theme, languages: Languages, operations: RegistryWorker, preferences: Preferences
) -> Iterator[Exports]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Exports(operations, preferences, window)
    yield made
    made.close_all()


def opened(exports: Exports, hands: Hands, register: str = "returned_victim") -> ExportDialog:
    exports.show_export(register)
    hands.wait(lambda: exports.dialog is not None and exports.dialog.table.summary.plain)
    assert exports.dialog is not None
    return exports.dialog


def line(dialog: ExportDialog, column: str) -> QTreeWidgetItem:
    columns = dialog.table.columns
    for place in range(columns.topLevelItemCount()):
        item = columns.topLevelItem(place)
        if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == column:
            return item
    raise AssertionError(column)


def saves_to(path: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path) if path else "", ""))


def test_a_table_is_written_where_the_officer_says(
    exports: Exports,
    hands: Hands,
    at_desk: AtDesk,
    commune: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    operations: RegistryWorker,
) -> None:
    add_victim(commune, "Lò Thị Đớn")
    at_desk(commune)
    dialog = opened(exports, hands)
    assert dialog.table.register.currentData() == "returned_victim"
    path = tmp_path / "out.xlsx"
    saves_to(path, monkeypatch)
    dialog.table.export.click()
    hands.wait(lambda: dialog.notice.text)
    assert "out.xlsx" in dialog.notice.text
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert book.worksheets[0].max_row == 2
    assert not any("Đớn" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    (entry,) = told(qtbot, operations.ask(export_log.entries))
    assert entry.files["xlsx"] in dialog.notice.text


def test_sensitive_columns_wait_for_a_purpose_and_identities_never_leave(
    exports: Exports, hands: Hands, at_desk: AtDesk, commune: Session
) -> None:
    add_victim(commune)
    at_desk(commune)
    dialog = opened(exports, hands)
    person, returned = line(dialog, "person"), line(dialog, "return_date")
    assert person.isDisabled()
    assert returned.isDisabled()
    assert returned.checkState(0) is Qt.CheckState.Unchecked
    assert {"person", "return_date"}.isdisjoint(dialog.table.export_request.columns)
    dialog.table.purpose.setText("Báo cáo quý IV")
    hands.rest()
    assert not line(dialog, "return_date").isDisabled()
    assert line(dialog, "person").isDisabled()
    assert "return_date" in dialog.table.export_request.columns
    assert "person" not in dialog.table.export_request.columns
    line(dialog, "return_date").setCheckState(0, Qt.CheckState.Unchecked)
    assert "return_date" not in dialog.table.export_request.columns


def test_thinking_better_of_it_exports_nothing(
    exports: Exports,
    hands: Hands,
    at_desk: AtDesk,
    commune: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    operations: RegistryWorker,
) -> None:
    at_desk(commune)
    dialog = opened(exports, hands)
    saves_to(None, monkeypatch)
    dialog.table.export.click()
    hands.rest()
    assert dialog.notice.text == ""
    assert told(qtbot, operations.ask(export_log.entries)) == ()


def test_a_place_that_cannot_be_written_is_said(
    exports: Exports,
    hands: Hands,
    at_desk: AtDesk,
    commune: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_desk(commune)
    dialog = opened(exports, hands, "outreach")
    saves_to(tmp_path / "no folder" / "out.xlsx", monkeypatch)
    dialog.table.export.click()
    hands.wait(lambda: dialog.notice.text)
    assert dialog.notice.code == "file_gone"


def test_cases_are_tried_then_exported_on_the_approval_of_another(
    exports: Exports,
    hands: Hands,
    at_desk: AtDesk,
    commune: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        add_case(commune, number)
    add_case(commune, 6, consent_purposes=["HO_TRO"])
    officer = chief(commune)
    at_desk(commune)
    dialog = opened(exports, hands)
    cases = dialog.cases
    cases.trial.click()
    hands.wait(lambda: cases.result.plain)
    assert cases.result.plain.startswith("5 of 6")
    assert "no consent to anonymous statistics" in cases.result.plain
    assert not cases.export.isEnabled()
    assert [cases.approver.itemData(place) for place in range(cases.approver.count())] == ["", officer]
    cases.approver.setCurrentIndex(1)
    cases.paper.setText("Tờ trình 12")
    assert cases.export.isEnabled()
    path = tmp_path / "htcds.json"
    saves_to(path, monkeypatch)
    cases.export.click()
    hands.wait(lambda: dialog.notice.text)
    assert len(json.loads(path.read_bytes())["cases"]) == 5


def test_a_day_that_is_none_lets_nothing_out(exports: Exports, hands: Hands, at_desk: AtDesk, commune: Session) -> None:
    chief(commune)
    at_desk(commune)
    dialog = opened(exports, hands, "outreach")
    assert dialog.table.export.isEnabled()
    dialog.table.days.last.setText("31/02/2026")
    hands.wait(lambda: not dialog.table.export.isEnabled())
    hands.rest()
    assert dialog.table.summary.plain == "Type whole days: day/month/year."
    dialog.table.days.last.setText("28/02/2026")
    hands.wait(dialog.table.export.isEnabled)
    dialog.cases.approver.setCurrentIndex(1)
    dialog.cases.paper.setText("Tờ trình 12")
    assert dialog.cases.export.isEnabled()
    dialog.cases.days.first.setText("x")
    assert not dialog.cases.export.isEnabled()
    assert not dialog.cases.trial.isEnabled()
