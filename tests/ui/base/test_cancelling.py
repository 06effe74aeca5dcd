"""Everything that has a Cancel, stopped before its turn, in the midst of it, and when it was done but not yet told."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.progress_panel import ProgressPanel
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.exchange.exchange_page import ExchangePage
from desktop.ui.imports.import_page import ImportPage
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange
from desktop.workspace.imports import import_log
from desktop.workspace.records import records
from tests.intake.guest_samples import guest, xml
from tests.ui.conftest import AtDesk, answer
from tests.ui.gate import held, held_within, let_finish
from tests.ui.patience import wait_calm
from tests.workspace.exchange.test_exchange import absence, introduce
from tests.workspace.imports.test_imports import ROWS, table

TOO_LATE = "This was done before it could be stopped. "
NOTHING = "Stopped. Nothing was changed."


class Moment(Enum):
    BEFORE = auto()
    WITHIN = auto()
    AFTER = auto()


Begin = Callable[[], object]
Stop = Callable[[ProgressPanel, Begin, Moment], None]


@pytest.fixture
def stop(operations: RegistryWorker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stop:
    def stop_it(progress: ProgressPanel, begin: Begin, moment: Moment) -> None:
        match moment:
            case Moment.BEFORE:
                with held(operations):
                    begin()
                    progress.cancel()
            case Moment.WITHIN:
                with held_within(monkeypatch, begin):
                    progress.cancel()
            case Moment.AFTER:
                begin()
                let_finish(operations)
                progress.cancel()
        wait_calm(qtbot, operations)
        assert not progress.is_running
        assert progress.isHidden()

    return stop_it


@pytest.fixture
def imports_page(
    qtbot: QtBot, operations: RegistryWorker, theme: Theme, preferences: Preferences, languages: Languages
) -> ImportPage:
    made = ImportPage(operations, theme, preferences)
    _show(made, qtbot)
    return made


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    path = tmp_path / "khach.xml"
    path.write_bytes(xml(guest(), guest(so_ho_chieu="B1234567")))
    return path


@pytest.mark.parametrize("moment", Moment)
def test_a_preview_of_guests_that_is_stopped_shows_no_rows(
    imports_page: ImportPage,
    at_desk: AtDesk,
    commune: Session,
    guests: Path,
    stop: Stop,
    moment: Moment,
) -> None:
    at_desk(commune)
    panel = imports_page.bringing
    stop(panel.progress, lambda: panel.open_file(guests), moment)
    assert panel.empty.isVisible()
    assert not panel.take.isVisible()
    assert panel.facts.text() == ""


@pytest.mark.parametrize("moment", Moment)
def test_a_preview_of_a_table_that_is_stopped_shows_its_columns_and_no_rows(
    imports_page: ImportPage,
    at_desk: AtDesk,
    commune: Session,
    tmp_path: Path,
    stop: Stop,
    operations: RegistryWorker,
    qtbot: QtBot,
    moment: Moment,
) -> None:
    at_desk(commune)
    imports_page.activate()
    wait_calm(qtbot, operations)
    panel = imports_page.bringing
    panel.head.kind.setCurrentIndex(panel.head.kind.findData("table:absence"))
    panel.open_file(table(tmp_path, ROWS))
    wait_calm(qtbot, operations)
    assert panel.columns.isVisible()
    stop(panel.progress, panel.look.click, moment)
    assert panel.columns.isVisible()
    assert not panel.take.isVisible()


@pytest.mark.parametrize("moment", Moment)
def test_an_import_that_is_stopped_is_none_or_is_told(
    imports_page: ImportPage,
    at_desk: AtDesk,
    commune: Session,
    guests: Path,
    stop: Stop,
    operations: RegistryWorker,
    qtbot: QtBot,
    moment: Moment,
) -> None:
    at_desk(commune)
    panel = imports_page.bringing
    panel.open_file(guests)
    wait_calm(qtbot, operations)
    stop(panel.progress, panel.take.click, moment)
    count = answer(qtbot, operations.ask(lambda session: len(import_log.past_imports(session))))
    assert count == (moment is Moment.AFTER)
    assert panel.head.isEnabled()
    if moment is Moment.AFTER:
        assert imports_page.notice.text.startswith(f"{TOO_LATE}2 records were brought in")
        assert panel.empty.isVisible()
    else:
        assert imports_page.notice.text == ""
        assert panel.take.isVisible()
        assert panel.take.isEnabled()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def exchange_page(
    qtbot: QtBot, operations: RegistryWorker, theme: Theme, preferences: Preferences, languages: Languages, stick: Path
) -> ExchangePage:
    made = ExchangePage(operations, theme, preferences)
    made.drive.choose(stick)
    _show(made, qtbot)
    return made


@pytest.mark.parametrize("moment", Moment)
def test_a_bundle_that_is_stopped_is_not_on_the_stick_or_is_told(
    exchange_page: ExchangePage,
    at_desk: AtDesk,
    commune: Session,
    province: Session,
    stick: Path,
    stop: Stop,
    moment: Moment,
) -> None:
    introduce(commune, province)
    absence(commune)
    station = province.station.id
    at_desk(commune)
    page = exchange_page
    stop(page.progress, lambda: page.send(station), moment)
    assert len(list(stick.iterdir())) == (moment is Moment.AFTER)
    if moment is Moment.AFTER:
        assert page.outcome.text.startswith(TOO_LATE)
        assert "The stick may be pulled now" in page.outcome.text
    else:
        assert page.outcome.text == NOTHING


@pytest.mark.parametrize("moment", Moment)
def test_a_bundle_that_is_stopped_is_not_taken_in_or_is_told(
    exchange_page: ExchangePage,
    at_desk: AtDesk,
    commune: Session,
    province: Session,
    stick: Path,
    stop: Stop,
    operations: RegistryWorker,
    qtbot: QtBot,
    moment: Moment,
) -> None:
    introduce(commune, province)
    absence(commune)
    bundle = exchange.send(commune, province.station.id, stick).path
    at_desk(province)
    page = exchange_page
    stop(page.progress, lambda: page.receive(bundle), moment)
    counts = answer(qtbot, operations.ask(records.counts))
    assert isinstance(counts, dict)
    assert counts.get("absence", 0) == (moment is Moment.AFTER)
    assert page.receive_card.isEnabled()
    if moment is Moment.AFTER:
        assert page.outcome.text.startswith(TOO_LATE)
        assert page.outcome.code == "bundle_accepted"
    else:
        assert page.outcome.text == NOTHING


def _show(page: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1146, 740)
    with qtbot.waitExposed(page):
        page.show()
