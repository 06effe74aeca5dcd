import datetime as dt
from dataclasses import replace

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.base.theme import Theme
from desktop.ui.records.history_panel import HistoryModel, HistoryPanel
from desktop.workspace.base.session import Session
from desktop.workspace.records import history
from desktop.workspace.records.history import HistoryEntry
from tests.workspace.exchange.test_exchange import absence, change

FIRST = HistoryEntry(
    at=dt.datetime(2026, 11, 21, 10, 3, tzinfo=dt.UTC),
    officer="Thiếu úy Hà Văn Sơn",
    station="CAX-03160-7K2M",
    field="absent_since",
    label="Absent since",
    old="",
    new="03/2025",
    old_value=None,
    new_value="2025-03",
    kind="put",
    is_suspect=False,
    is_secret=False,
)
LATER = replace(FIRST, old="03/2025", new="04/2025", is_suspect=True)
SECRET = replace(FIRST, label="Shelter", new="Nhà số 3", is_secret=True)


def lines(model: HistoryModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_newest_stands_first_with_old_and_new(qtbot: QtBot, theme: Theme) -> None:
    panel = HistoryPanel(theme)
    qtbot.addWidget(panel)
    panel.show_entries((FIRST, LATER))
    newest, oldest = lines(panel.model)
    assert "03/2025  →  04/2025" in newest
    assert "→" not in oldest
    assert "Thiếu úy Hà Văn Sơn" in oldest
    assert "21/11/2026 10:03" in oldest


def test_a_clock_that_could_not_be_right_is_marked(theme: Theme) -> None:
    model = HistoryModel((FIRST, LATER))
    assert ["clock not reliable" in line for line in lines(model)] == [True, False]


def test_what_identifies_a_victim_is_covered_until_revealed(qtbot: QtBot, theme: Theme) -> None:
    panel = HistoryPanel(theme)
    qtbot.addWidget(panel)
    panel.show_entries((FIRST, SECRET))
    assert panel.reveal_bar.isVisibleTo(panel)
    assert "Nhà số 3" not in lines(panel.model)[0]
    panel.reveal()
    assert "Nhà số 3" in lines(panel.model)[0]
    panel.reveal_bar.cover()
    assert "Nhà số 3" not in lines(panel.model)[0]


def test_another_record_is_covered_again(qtbot: QtBot, theme: Theme) -> None:
    panel = HistoryPanel(theme)
    qtbot.addWidget(panel)
    panel.show_entries((SECRET,))
    panel.reveal()
    panel.show_entries((SECRET,))
    assert "Nhà số 3" not in lines(panel.model)[0]


def test_the_history_of_a_real_record_is_painted(qtbot: QtBot, theme: Theme, commune: Session) -> None:
    record = absence(commune)
    change(commune, record, risk_level="2", recruiter_info=("Một người quen qua mạng " * 30).strip())
    panel = HistoryPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(380, 600)
    panel.show_entries(history.history(commune, record, language="en"))
    panel.show()
    usual = panel.list.visualRect(panel.model.index(1, 0)).height()
    long = panel.list.visualRect(panel.model.index(0, 0)).height()
    assert panel.model.rowCount() > 5
    assert max(long, usual) > 60
    assert not panel.grab().isNull()


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = HistoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_entries((FIRST, SECRET))
    model.set_revealed(True)
    assert model.rowCount() == 2
    tester.deleteLater()
