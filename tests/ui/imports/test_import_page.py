"""Files brought in, taken back and compared, in the real window."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.demo import sample_year
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Tone
from desktop.ui.imports.import_page import ImportPage
from desktop.ui.shell.startup import Startup, open_again
from desktop.ui.tables.lines_table import LinesModel, TableLine
from desktop.workspace.base.session import Session
from desktop.workspace.imports import guest_imports, import_log, imports
from desktop.workspace.records import records
from tests.commands.test_cli_forms import HTCDS
from tests.conftest import PASSPHRASE
from tests.intake.guest_samples import guest, xml
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands
from tests.workspace.imports.test_guest_reconciliation import find
from tests.workspace.imports.test_imports import ROWS, table

SpotPage = Callable[[Session], ImportPage]
_BRINGING, _PAST, _GUESTS = range(3)


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def open_page(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, theme: Theme, preferences: Preferences, hands: Hands
) -> SpotPage:
    def open_it(session: Session) -> ImportPage:
        at_desk(session)
        page = ImportPage(operations, theme, preferences)
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.activate()
        hands.rest()
        return page

    return open_it


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "khach.xml"
    path.write_bytes(
        xml(guest(), guest(ho_ten="[TEST]"), guest(ngay_den="", so_ho_chieu="C1234567"), guest(so_ho_chieu="B1234567"))
    )
    return path


def results(page: ImportPage) -> list[tuple[str, str]]:
    return [(line.cells[0], line.cells[1]) for line in page.bringing.table.lines]


def test_rows_are_seen_before_anything_is_written(
    open_page: SpotPage, hands: Hands, commune: Session, file: Path, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    page.bringing.open_file(file)
    hands.rest()
    assert results(page) == [("3", "refused"), ("1", "can be taken"), ("4", "can be taken"), ("2", "left out")]
    assert "NGÀY ĐẾN" in page.bringing.table.lines[0].cells[3]
    assert "KHAMVONGSA BOUNMY" in page.bringing.table.lines[1].cells[2]
    assert page.bringing.facts.text() == "4 rows read: 2 can be taken, 1 left out, 1 refused"
    assert page.bringing.take.text() == "Bring in 2 rows"
    with hands.qtbot.waitSignal(operations.ask(records.counts).result) as counted:
        pass
    assert counted.args[0].get("guest_stay", 0) == 0


def test_the_marked_rows_are_brought_in_and_taken_back_by_keys(
    open_page: SpotPage, hands: Hands, commune: Session, file: Path, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    page.bringing.open_file(file)
    hands.rest()
    page.bringing.table.setFocus()
    page.bringing.table.selectRow(2)
    hands.press(Qt.Key.Key_Space)
    assert page.bringing.take.text() == "Bring in 1 rows"
    page.bringing.take.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "NT-2026-0001" in page.notice.text)
    hands.rest()
    assert page.bringing.table.isHidden() or page.bringing.empty.isVisible()
    page.notice.act.click()
    hands.wait(lambda: page.notice.text == "1 records were taken back.")
    with hands.qtbot.waitSignal(operations.ask(import_log.past_imports).result) as listed:
        pass
    assert [one.undone_at is None for one in listed.args[0]] == [False]


def test_a_past_import_is_undone_at_the_second_press(
    open_page: SpotPage, hands: Hands, commune: Session, file: Path
) -> None:
    imports.perform(commune, guest_imports.read_file(commune, file))
    page = open_page(commune)
    page.tabs.setCurrentIndex(_PAST)
    assert page.past.table.lines[0].cells[5] == "brought in"
    page.past.undo.click()
    assert page.past.undo.text() == "Undo NT-2026-0001: press again"
    page.past.undo.click()
    hands.wait(lambda: page.past.table.lines[0].cells[5] == "undone")
    assert not page.past.undo.isEnabled()


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_offered(
    open_page: SpotPage, hands: Hands, commune: Session, tmp_path: Path
) -> None:
    page = open_page(commune)
    path = tmp_path / "x.xml"
    path.write_bytes(b"<KHAI_BAO_TAM_TRU/>")
    page.bringing.open_file(path)
    hands.rest()
    assert page.bringing.notice.code == "guest_file_empty"
    assert page.bringing.empty.isVisible()
    assert not page.bringing.take.isVisible()


def test_a_table_goes_through_its_columns_to_drafts(
    open_page: SpotPage, hands: Hands, commune: Session, tmp_path: Path
) -> None:
    page = open_page(commune)
    head = page.bringing.head
    head.kind.setCurrentIndex(head.kind.findData("table:absence"))
    page.bringing.open_file(table(tmp_path, ROWS))
    hands.rest()
    chosen = [box.currentData() for box in page.bringing.columns.boxes]
    assert chosen[:4] == ["person.full_name", "person.dob", "person.gender", "person.personal_id"]
    assert chosen[7] == ""
    head.drafts.setChecked(True)
    page.bringing.look.click()
    hands.rest()
    assert results(page) == [("5", "refused"), ("3", "as a draft"), ("4", "as a draft")]
    assert "Lò Thị Đớn" in page.bringing.table.lines[1].cells[2]
    page.bringing.back.click()
    assert page.bringing.columns.isVisible()
    head.head.setText("4")
    head.replan_wanted.emit()
    hands.rest()
    assert page.bringing.columns.boxes[0].currentData() == ""


def test_declared_guests_are_compared_with_a_check(
    open_page: SpotPage, hands: Hands, commune: Session, file: Path
) -> None:
    lodging = sample_year._Year(commune, 1).add("establishment", sample_year._Year(commune, 1).establishment(0, "LT"))
    imports.perform(commune, guest_imports.read_file(commune, file, lodging=lodging))
    find(commune, lodging)
    other = find(commune, lodging, passport_no="EA7654321", full_name="WANG FANG")
    page = open_page(commune)
    page.tabs.setCurrentIndex(_GUESTS)
    page.guests.night.show_day(dt.date(2026, 11, 18))
    page.guests.compare.click()
    hands.rest()
    assert page.guests.facts.text() == "Declared 2, found 2, the same 1"
    assert [line.cells[0] for line in page.guests.table.lines] == [
        "found, not declared",
        "declared, not found",
        "the same by document",
    ]
    page.guests.table.setFocus()
    with hands.qtbot.waitSignal(page.record_wanted) as wanted:
        hands.press(Qt.Key.Key_Return)
    assert wanted.args == ["residence_check", other]


def test_the_model_of_lines_is_a_model(theme: Theme) -> None:
    model = LinesModel(theme, ("a", "b"), 1)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    lines = [
        TableLine(key=str(n), cells=(str(n), "x"), tone=Tone.DONE, icon="check", is_marked=n > 0) for n in range(3)
    ]
    model.show_lines([*lines, TableLine(key="", cells=("", ""))])
    assert set(model.marked) == {"1", "2"}
    model.mark([1, 2, 3])
    assert len(model.marked) == 0
    model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert set(model.marked) == {"0"}


def test_a_form_of_others_becomes_a_register_that_is_there_after_the_next_unlock(
    open_page: SpotPage, hands: Hands, commune: Session, operations: RegistryWorker
) -> None:
    folder = commune.folder
    page = open_page(commune)
    head = page.bringing.head
    head.kind.setCurrentIndex(head.kind.findData("form"))
    page.bringing.open_file(HTCDS)
    hands.wait(lambda: page.bringing.table.lines)
    assert page.bringing.facts.text().startswith("31 questions become fields; ")
    assert not (folder / "forms").exists()
    page.bringing.take.click()
    hands.wait(lambda: "htcds_xlsform" in page.notice.text)
    page.bringing.open_file(HTCDS)
    hands.wait(lambda: page.bringing.facts.text() == "This register is here already, unchanged.")
    assert not page.bringing.take.isEnabled()
    with hands.qtbot.waitSignal(operations.close().finished):
        pass
    door = Startup(folder=folder, environment=commune.environment, definitions=commune.definitions)
    with hands.qtbot.waitSignal(operations.open(open_again, door, PASSPHRASE).result) as opened:
        pass
    assert "htcds_xlsform" in opened.args[0].definitions.library.registers


def test_a_preview_that_is_stopped_shows_no_rows_and_a_new_one_takes_its_place(
    open_page: SpotPage, hands: Hands, commune: Session, file: Path
) -> None:
    page = open_page(commune)
    page.bringing.open_file(file)
    page.bringing.progress.cancel()
    hands.rest()
    assert page.bringing.empty.isVisible()
    assert not page.bringing.progress.isVisible()
    page.bringing.open_file(file)
    page.bringing.open_file(file)
    hands.rest()
    assert len(results(page)) == 4
    assert page.bringing.take.isEnabled()
