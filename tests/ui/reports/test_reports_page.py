import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.reports.periods import PeriodKind
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.reports.report_chart import ReportChart
from desktop.ui.reports.reports_page import ReportsPage
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, told
from tests.workspace.reports.test_reports import add_tip

OpenReports = Callable[[Session], ReportsPage]
ENTER, ESCAPE, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Right


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def open_reports(
    qtbot: QtBot,
    at_desk: AtDesk,
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    languages: Languages,
    hands: Hands,
) -> OpenReports:
    kept: list[ReportsPage] = []

    def open_it(session: Session) -> ReportsPage:
        operations.crashed.connect(_raise)
        at_desk(session)
        page = ReportsPage(operations, theme, preferences)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.activate()
        hands.wait(lambda: page.result is not None)
        return page

    return open_it


def _raise(error: Exception) -> None:
    raise error


def choose(page: ReportsPage, hands: Hands, name: str, kind: PeriodKind = PeriodKind.YEAR) -> None:
    page.period.kind.setCurrentIndex(page.period.kind.findData(kind))
    choices = {one.id: at for at, one in enumerate(page.list.choices)}
    page.list.setCurrentRow(choices[name])
    hands.wait(lambda: page.result is not None and page.result.definition.id == name)
    hands.rest()
    hands.rest()


def first_row(page: ReportsPage) -> list[str]:
    model = page.body.tables[0].figures
    return [model.text(0, column) for column in range(1, model.columnCount())]


def late(session: Session) -> str:
    return add_tip(session, classified_at="2026-11-12T09:00+07:00")


def test_a_share_stands_with_its_numerator_and_denominator_and_nothing_out_of_nothing_is_a_dash(
    open_reports: OpenReports, commune: Session, hands: Hands
) -> None:
    add_tip(commune), late(commune)
    page = open_reports(commune)
    choose(page, hands, "k1")
    assert first_row(page)[:3] == ["1/2 (50,0 %)", "1/2 (50,0 %)", "0/0 (–)"]


def test_the_period_is_that_of_the_law_and_an_impossible_one_is_said(
    open_reports: OpenReports, commune: Session, hands: Hands
) -> None:
    page = open_reports(commune)
    choose(page, hands, "k1", PeriodKind.MONTH)
    assert page.period.said == "15/11/2026 – 14/12/2026"
    page.period.kind.setCurrentIndex(page.period.kind.findData(PeriodKind.DAYS))
    page.period.last.setFocus()
    page.period.last.selectAll()
    hands.type("01012026")
    hands.wait(lambda: page.result is None)
    assert page.period.period is None
    assert page.period.said
    assert not page.can(Act.PRINT)


def test_enter_on_a_figure_lists_its_records_and_enter_there_opens_one(
    open_reports: OpenReports, commune: Session, hands: Hands, qtbot: QtBot
) -> None:
    on_time, slow = add_tip(commune), late(commune)
    page = open_reports(commune)
    choose(page, hands, "k1")
    page.list.setFocus()
    hands.press(ENTER)
    assert hands.focused() is page.body.tables[0]
    hands.press(ENTER)
    hands.rest()
    assert [row.record for row in page.figure.table.records.rows] == [on_time]
    page.figure.tabs.setCurrentIndex(1)
    hands.rest()
    assert {row.record for row in page.figure.table.records.rows} == {on_time, slow}
    with qtbot.waitSignal(page.record_wanted) as wanted:
        hands.press(ENTER)
    assert wanted.args is not None
    assert wanted.args[0] == "tip"
    hands.press(ESCAPE)
    assert hands.focused() is page.body.tables[0]


def test_a_worked_out_figure_has_nothing_behind_it(open_reports: OpenReports, commune: Session, hands: Hands) -> None:
    page = open_reports(commune)
    choose(page, hands, "k1")
    page.list.setFocus()
    hands.press(ENTER, RIGHT, RIGHT, RIGHT, ENTER)
    assert page.figure.isHidden() or not page.figure.isVisible()


def test_a_figure_that_no_register_holds_is_entered_with_its_source(
    open_reports: OpenReports, commune: Session, hands: Hands
) -> None:
    page = open_reports(commune)
    choose(page, hands, "k11", PeriodKind.MONTH)
    page.list.setFocus()
    hands.press(ENTER, ENTER)
    hands.rest()
    page.figure.tabs.setCurrentIndex(1)
    hands.rest()
    hands.enter("12")
    hands.press(ENTER)
    hands.rest()
    assert page.figure.notice.code == "report_source_missing"
    hands.enter("Ke hoach 15")
    hands.rest()
    hands.rest()
    assert first_row(page)[:2] == ["0/12 (0,0 %)", "0/– (–)"]


def test_a_frozen_report_comes_back_byte_for_byte(
    open_reports: OpenReports, commune: Session, hands: Hands, operations: RegistryWorker, qtbot: QtBot, tmp_path: Path
) -> None:
    add_tip(commune)
    page = open_reports(commune)
    choose(page, hands, "k1")
    page.freeze_button.click()
    hands.press(Qt.Key.Key_Space)  # the link in the message has the focus
    hands.rest()
    hands.rest()
    (sent,) = told(qtbot, operations.ask(reports.frozen_reports))
    page.tabs.setCurrentIndex(1)
    page.frozen.table.setFocus()
    hands.press(ENTER)
    hands.rest()
    assert page.files.preview is not None
    page.files.preview.save_as(tmp_path / "again.pdf")
    assert hashlib.sha256((tmp_path / "again.pdf").read_bytes()).hexdigest() == sent.digests["pdf"]
    page.files.preview.close()


def test_the_workbook_is_written_where_it_was_asked_for(
    open_reports: OpenReports, commune: Session, hands: Hands, tmp_path: Path
) -> None:
    page = open_reports(commune)
    choose(page, hands, "k1")
    page.save_workbook(tmp_path / "k1.xlsx")
    hands.rest()
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "k1.xlsx").read_bytes()))
    page.save_workbook(tmp_path / "no such folder" / "k1.xlsx")
    hands.rest()
    assert page.notice.code == "file_gone"


def test_for_outside_small_numbers_are_hidden_and_open_nothing(
    open_reports: OpenReports, commune: Session, hands: Hands
) -> None:
    late(commune)
    page = open_reports(commune)
    choose(page, hands, "k1")
    page.outside.setChecked(True)
    hands.wait(lambda: page.result is not None and page.result.is_for_outside)
    hands.rest()
    model = page.body.tables[0].figures
    assert "<3" in {model.text(row, 1) for row in range(model.rowCount())}


def test_the_bars_say_their_numbers(open_reports: OpenReports, commune: Session, hands: Hands) -> None:
    add_tip(commune)
    page = open_reports(commune)
    choose(page, hands, "k1")
    chart = page.body.findChild(ReportChart)
    assert chart is not None
    assert ": 1" in chart.accessibleName()


def test_the_models_are_sound(open_reports: OpenReports, commune: Session, hands: Hands) -> None:
    add_tip(commune)
    page = open_reports(commune)
    for table in page.body.tables:
        QAbstractItemModelTester(table.figures, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(page.frozen.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
