"""An answer that comes when a dialog was closed, another report is wanted, or the registry is locked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.exports.export_dialog import ExportDialog
from desktop.ui.exports.exports import Exports
from desktop.ui.imports.import_page import ImportPage
from desktop.ui.printing.blank_forms import BlankForms
from desktop.ui.records.double_entry import DoubleEntry
from desktop.ui.reports.reports_page import ReportsPage
from desktop.ui.shell.dialogs import Dialogs
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.gate import held, let_finish
from tests.ui.hands import add_absence, add_person
from tests.ui.patience import wait_calm
from tests.workspace.imports.test_imports import ROWS, table


@pytest.fixture
def calm(qtbot: QtBot, operations: RegistryWorker) -> Callable[[], None]:
    return lambda: wait_calm(qtbot, operations)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, languages: Languages) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def absence(commune: Session) -> str:
    return add_absence(commune, add_person(commune))


@pytest.fixture
def papers(operations: RegistryWorker, preferences: Preferences, window: QWidget) -> BlankForms:
    return BlankForms(operations, preferences, window)


@pytest.mark.parametrize("act", ["book wanted", "blanks wanted", "book made"])
def test_no_paper_is_shown_after_the_lock(
    papers: BlankForms,
    operations: RegistryWorker,
    at_desk: AtDesk,
    commune: Session,
    absence: str,
    calm: Callable[[], None],
    act: str,
) -> None:
    today = commune.today()
    at_desk(commune)
    match act:
        case "book wanted":
            papers.show_book("absence")
        case "blanks wanted":
            papers.show_blanks()
        case _:
            papers._print_book("absence", today.replace(day=1), today)
    let_finish(operations)
    papers.close_all()
    operations.close()
    calm()
    assert papers.preview is None
    assert papers.book is None


@pytest.mark.parametrize("act", ["conflicts", "print", "export", "rekey"])
def test_no_dialog_is_opened_after_the_lock(
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    window: QWidget,
    at_desk: AtDesk,
    commune: Session,
    absence: str,
    calm: Callable[[], None],
    act: str,
) -> None:
    at_desk(commune)
    dialogs = Dialogs(operations, theme, preferences, commune.environment, window)
    exports, keying = (
        Exports(operations, preferences, window),
        DoubleEntry(operations, theme, preferences, window),
    )
    match act:
        case "conflicts":
            dialogs.show_conflicts()
        case "print":
            dialogs.show_print("absence", absence)
        case "export":
            exports.show_export("absence")
        case _:
            keying.show_record(absence)
    let_finish(operations)
    operations.close()
    calm()
    assert (dialogs.conflicts, dialogs.preview, exports.dialog, keying.dialog) == (None, None, None, None)


def test_the_paper_of_a_preview_that_was_closed_is_not_shown_in_the_next(
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    window: QWidget,
    at_desk: AtDesk,
    commune: Session,
    absence: str,
    calm: Callable[[], None],
) -> None:
    at_desk(commune)
    dialogs = Dialogs(operations, theme, preferences, commune.environment, window)
    dialogs.show_print("absence", absence)
    calm()
    assert dialogs.preview is not None
    document = dialogs.preview.choice.currentData()
    dialogs._print(document)
    let_finish(operations)
    dialogs.preview.close()
    dialogs._open_print(())
    calm()
    assert dialogs.preview is not None
    assert dialogs.preview.page_count == 0
    dialogs.close_all()


def test_a_record_is_keyed_again_against_itself_though_another_was_wanted_first(
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    window: QWidget,
    at_desk: AtDesk,
    commune: Session,
    calm: Callable[[], None],
) -> None:
    first, second = add_person(commune), add_person(commune, "Vừ Thị Mỷ")
    at_desk(commune)
    keying = DoubleEntry(operations, theme, preferences, window)
    with held(operations):
        keying.show_record(first)
        keying.show_record(second)
    calm()
    assert keying.dialog is not None
    assert keying.dialog._facts.record == second
    keying.close_all()


def test_one_dialog_opens_for_two_presses(
    operations: RegistryWorker,
    preferences: Preferences,
    window: QWidget,
    at_desk: AtDesk,
    commune: Session,
    calm: Callable[[], None],
) -> None:
    at_desk(commune)
    exports = Exports(operations, preferences, window)
    with held(operations):
        exports.show_export("absence")
        exports.show_export("absence")
    calm()
    assert len(window.findChildren(ExportDialog)) == 1
    exports.close_all()


@pytest.fixture
def reports(
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    languages: Languages,
    at_desk: AtDesk,
    commune: Session,
    qtbot: QtBot,
    calm: Callable[[], None],
) -> ReportsPage:
    at_desk(commune)
    page = ReportsPage(operations, theme, preferences)
    qtbot.addWidget(page)
    page.resize(1146, 740)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    calm()
    return page


def test_each_workbook_is_saved_at_its_own_place(
    reports: ReportsPage, operations: RegistryWorker, calm: Callable[[], None], tmp_path: Path
) -> None:
    assert reports.result is not None
    places = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    with held(operations):
        for place in places:
            reports.save_workbook(place)
    calm()
    assert all(place.exists() for place in places)


def test_a_paper_keeps_the_name_of_its_report(
    reports: ReportsPage, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    assert reports.result is not None
    first, label = reports.result.definition.id, reports._label
    reports.show_paper()
    let_finish(operations)
    reports._label = "another"  # as the next report's answer names it
    calm()
    assert reports.files.preview is not None
    assert reports.files.preview._title.text() == label
    assert first in (reports.files.preview._printed.file_name if reports.files.preview._printed else "")
    reports.files.preview.close()


def test_nothing_is_printed_or_frozen_between_the_wish_and_its_report(
    reports: ReportsPage, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    assert reports.result is not None
    reports.freeze_button.click()
    assert reports.notice.text
    with held(operations):
        reports.outside.setChecked(True)  # what was made before shows the small numbers
        assert reports.result is None
        assert not reports.header.action.isEnabled()
        assert reports.notice.text == ""
        reports.show_paper()
        reports.freeze()
    calm()
    assert reports.files.preview is None
    assert reports.result is not None
    assert reports.result.is_for_outside


def test_a_preview_made_for_another_choice_is_not_shown(
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    languages: Languages,
    at_desk: AtDesk,
    commune: Session,
    qtbot: QtBot,
    calm: Callable[[], None],
    tmp_path: Path,
) -> None:
    at_desk(commune)
    page = ImportPage(operations, theme, preferences)
    qtbot.addWidget(page)
    page.resize(1146, 740)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    calm()
    panel = page.bringing
    panel.head.kind.setCurrentIndex(panel.head.kind.findData("table:absence"))
    panel.open_file(table(tmp_path, ROWS))
    calm()
    panel.look.click()
    let_finish(operations)
    panel.head.drafts.toggle()
    calm()
    assert panel.columns.isVisible()
    assert not panel.take.isVisible()
    assert not panel.progress.is_running
