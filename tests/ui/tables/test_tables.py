import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.sync.verdicts import Verdict
from desktop.ui.base.theme import Theme
from desktop.ui.exchange.stations_panel import StationsModel
from desktop.ui.tables.exchange_log_table import ExchangeLogModel, ExchangeLogTable
from desktop.workspace.exchange.exchange import ExchangeLogEntry
from desktop.workspace.exchange.stations import StationView

ENTRY = ExchangeLogEntry(
    at=dt.datetime(2026, 11, 21, 10, 3, tzinfo=dt.UTC),
    is_sent=False,
    station="CAX-03160-7K2M",
    station_name="Công an xã Mường Nhé",
    name="a3f81c9922ab00774411",
    verdict="ACCEPTED",
    new=12,
    changed=0,
    conflicts=1,
)
STATION = StationView(
    station="CAX-03160-7K2M",
    name="Công an xã Mường Nhé",
    kind="commune",
    fingerprint="5XT7 MYJT",
    spoken="gioi puot",
    status="pending",
)


def test_the_models_keep_the_rules_of_models(theme: Theme) -> None:
    ledger, stations = ExchangeLogModel(theme), StationsModel(theme)
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (ledger, stations)
    ]
    ledger.set_entries((ENTRY, replace(ENTRY, is_sent=True, verdict="")))
    stations.set_stations((STATION,))
    counted: list[QAbstractItemModel] = [ledger, stations]
    assert [model.rowCount() for model in counted] == [2, 1]
    for tester in testers:
        tester.deleteLater()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_word_and_a_shape(theme: Theme, verdict: Verdict) -> None:
    model = ExchangeLogModel(theme, (replace(ENTRY, verdict=verdict.value),))
    cell = model.index(0, 4)
    assert cell.data() != verdict.value
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()


def test_numbers_stand_at_the_right_and_zero_is_left_out(theme: Theme) -> None:
    model = ExchangeLogModel(theme, (ENTRY,))
    assert [model.index(0, column).data() for column in (5, 6, 7)] == ["12", "", "1"]
    alignment = model.index(0, 5).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight.value


def test_where_there_is_no_room_the_bundles_mark_is_left_out(qtbot: QtBot, theme: Theme) -> None:
    table = ExchangeLogTable(theme)
    qtbot.addWidget(table)
    table.log.set_entries((ENTRY,))
    table.resize(1200, 300)
    table.show()
    wide = table.isColumnHidden(3)
    table.resize(700, 300)
    assert (wide, table.isColumnHidden(3)) == (False, True)


def test_a_station_that_is_not_trusted_shows_no_fingerprint(theme: Theme) -> None:
    model = StationsModel(theme, (STATION,))
    cells = [str(model.index(0, column).data(role)) for column in range(4) for role in (0, 3)]
    assert "5XT7 MYJT" not in cells
    assert "gioi puot" not in cells
