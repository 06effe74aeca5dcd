from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.shell.dialogs import Dialogs
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.exchange import exchange
from desktop.workspace.records import conflicts, records
from desktop.workspace.station import officers
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.ui.conftest import AtDesk, answer
from tests.workspace.exchange.test_exchange import absence, change, introduce


@pytest.fixture
def dialogs(qtbot: QtBot, operations: RegistryWorker, theme: Theme, preferences: Preferences, world: World) -> Dialogs:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Dialogs(operations, theme, preferences, world.environment, window)
    made.setParent(window)
    return made


@pytest.fixture
def contested(commune: Session, province: Session, tmp_path: Path) -> str:
    """A record of the province whose field `recruiter_info` two stations changed apart."""
    introduce(commune, province)
    record = absence(commune)
    exchange.receive(province, exchange.send(commune, province.station.id, tmp_path).path)
    change(commune, record, recruiter_info="Lan")
    change(province, record, recruiter_info="Hoa")
    exchange.receive(province, exchange.send(commune, province.station.id, tmp_path).path)
    assert [one.field for one in conflicts.list_conflicts(province)] == ["recruiter_info"]
    return record


def open_conflicts(dialogs: Dialogs, qtbot: QtBot) -> None:
    dialogs.show_conflicts()
    qtbot.waitUntil(lambda: dialogs.conflicts is not None)


def value_of(operations: RegistryWorker, qtbot: QtBot, record: str) -> tuple[object, tuple[str, ...]]:
    view = answer(qtbot, operations.ask(records.read, record))
    assert isinstance(view, records.RecordView)
    return view.values.get("recruiter_info"), view.conflicts


def test_a_chosen_value_settles_the_conflict(
    dialogs: Dialogs, at_desk: AtDesk, province: Session, contested: str, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(province)
    open_conflicts(dialogs, qtbot)
    shown = dialogs.conflicts
    assert shown is not None
    number = [value.text for value in shown.conflict.values].index("Lan") + 1
    shown.choose(number)
    with qtbot.waitSignal(operations.changed) as waiting:
        shown.keep.click()
    assert waiting.args is not None
    assert waiting.args[0] == frozenset({"absence", "conflicts"})
    assert value_of(operations, qtbot, contested) == ("Lan", ())


def test_a_typed_value_is_read_as_the_field_reads_it(
    dialogs: Dialogs, at_desk: AtDesk, province: Session, contested: str, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(province)
    open_conflicts(dialogs, qtbot)
    shown = dialogs.conflicts
    assert shown is not None
    shown.choose(3)
    shown.typed.emit(shown.conflict, "  Hoa hay Lan ")
    qtbot.waitUntil(lambda: dialogs.conflicts is None)
    assert value_of(operations, qtbot, contested) == ("Hoa hay Lan", ())


def test_who_gave_a_value_is_named_by_the_stations_letterhead(
    dialogs: Dialogs, at_desk: AtDesk, province: Session, contested: str, qtbot: QtBot
) -> None:
    at_desk(province)
    open_conflicts(dialogs, qtbot)
    assert dialogs.conflicts is not None
    assert {value.station for value in dialogs.conflicts.conflict.values} == {
        "Công an xã Mường Nhé",
        "Công an tỉnh Điện Biên",
    }
    dialogs.close_all()


def test_a_paper_is_previewed_and_the_copy_is_logged(
    dialogs: Dialogs, at_desk: AtDesk, commune: Session, qtbot: QtBot
) -> None:
    record = absence(commune)
    at_desk(commune)
    dialogs.show_print("absence", record)
    qtbot.waitUntil(lambda: dialogs.preview is not None and dialogs.preview.page_count > 0)
    assert dialogs.preview is not None
    assert dialogs.preview.print_button.isEnabled()
    dialogs.close_all()
    assert dialogs.preview is None


def test_another_officer_gets_a_passphrase_that_opens(
    dialogs: Dialogs,
    at_desk: AtDesk,
    commune: Session,
    operations: RegistryWorker,
    qtbot: QtBot,
    world: World,
    definitions: Definitions,
) -> None:
    at_desk(commune)
    dialogs.show_settings()
    assert dialogs.settings is not None
    tab = dialogs.settings.officers
    tab.name.setText("Nguyễn Thị Đào")
    tab.rank.setCurrentText("Trung úy")
    tab.new.use_proposal.click()
    passphrase = tab.new.passphrase
    tab.new.repeat.setText(passphrase)
    tab.add.click()
    settings = dialogs.settings
    qtbot.waitUntil(lambda: bool(settings.notice.text))
    assert tab.name.text() == ""
    answer(qtbot, operations.close())
    dialogs.close_all()
    with open_registry(commune.folder, passphrase, world.environment, definitions) as again:
        assert again.officer.full_title == "Trung úy Nguyễn Thị Đào"
        assert len(officers.officers(again)) == 2


def test_a_passphrase_is_changed_only_with_the_old_one(
    dialogs: Dialogs,
    at_desk: AtDesk,
    commune: Session,
    operations: RegistryWorker,
    qtbot: QtBot,
    world: World,
    definitions: Definitions,
) -> None:
    at_desk(commune)
    dialogs.show_settings()
    settings = dialogs.settings
    assert settings is not None
    tab = settings.passphrase
    for old in ("không phải thế 12", PASSPHRASE):
        tab.old.setText(old)
        tab.new.field.setText("rừng suối bản mới 58")
        tab.new.repeat.setText("rừng suối bản mới 58")
        settings.notice.clear()
        tab.change.click()
        qtbot.waitUntil(lambda: bool(settings.notice.text))
        if old != PASSPHRASE:
            assert settings.notice.code == "wrong_passphrase"
    assert settings.notice.code == ""
    answer(qtbot, operations.close())
    dialogs.close_all()
    open_registry(commune.folder, "rừng suối bản mới 58", world.environment, definitions).close()
