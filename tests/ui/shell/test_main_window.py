import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act, Page
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import column
from desktop.ui.shell.first_run import FirstRun
from desktop.ui.shell.main_view import MainView
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.startup import Startup
from desktop.ui.shell.unlock_dialog import UnlockDialog
from desktop.ui.today.today_page import TodayPage
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.station import officers
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World

MakeWindow = Callable[[Path], MainWindow]


class PlainPage(Page):
    """A register's page that shows its name and keeps count of what was asked of it."""

    def __init__(self, register: str) -> None:
        super().__init__()
        self.title = register
        self.holds_victim_data = register == "returned_victim"
        self.field = QLineEdit()
        self.setLayout(column((QLabel(register), self.field)))
        self.asked: list[str] = []
        self.lets_go = True
        self.acts = {Act.SAVE}

    def activate(self) -> None:
        self.asked.append("activate")

    def stale(self, what: frozenset[str]) -> None:
        self.asked.append("stale " + " ".join(sorted(what)))

    def leave(self) -> bool:
        self.asked.append("leave")
        return self.lets_go

    def open_record(self, record: str) -> None:
        self.asked.append(f"open {record}")

    def can(self, act: Act) -> bool:
        return act in self.acts

    def perform(self, act: Act) -> None:
        self.asked.append(act.value)


@pytest.fixture
def make_window(
    qapp: QApplication,
    operations: RegistryWorker,
    theme: Theme,
    languages: Languages,
    preferences: Preferences,
    world: World,
    definitions: Definitions,
) -> Iterator[MakeWindow]:
    made: list[MainWindow] = []

    def make(folder: Path) -> MainWindow:
        door = Startup(folder=folder, environment=world.environment, definitions=definitions)
        window = MainWindow(operations, theme, languages, preferences, door, build_page)
        window.show()
        made.append(window)
        return window

    def build_page(_opened: Opened, register: str) -> Page:
        return PlainPage(register)

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: MakeWindow, commune: Session, qtbot: QtBot) -> MainWindow:
    """The window of a post, open, on the page Today."""
    commune.close()
    made = make_window(commune.folder)
    unlock(made, qtbot)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def unlock(window: MainWindow, qtbot: QtBot, passphrase: str = PASSPHRASE) -> None:
    assert window.unlock is not None
    window.unlock.passphrase_form.field.setText(passphrase)
    window.unlock.passphrase_form.unlock.click()
    qtbot.waitUntil(lambda: window.main_view is not None)


def desk(window: MainWindow) -> MainView:
    assert window.main_view is not None
    return window.main_view


def page(window: MainWindow) -> PlainPage:
    shown = desk(window).page
    assert isinstance(shown, PlainPage)
    return shown


def test_a_new_post_is_set_up_from_nothing_and_opens_again(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    window = make_window(tmp_path / "new")
    setup = window.first_run
    assert isinstance(setup, FirstRun)
    setup.next.click()
    setup.place_page.province.choose("11")
    setup.place_page.commune.choose("03160")
    setup.next.click()
    setup.names_page.officer_name.setText("Hà Văn Sơn")
    setup.next.click()
    fields = setup.passphrase_page.fields
    fields.use_proposal.click()
    passphrase = fields.passphrase
    fields.repeat.setText(passphrase)
    setup.next.click()
    qtbot.waitUntil(lambda: bool(setup.recovery_page.shown.text()))
    code = "-".join(setup.recovery_page.shown.text().split())
    setup.recovery_page.last_group.setText(code[-4:])
    setup.next.click()
    assert desk(window).page_name == "today"
    window.lock()
    unlock(window, qtbot, passphrase)
    window.close()
    officers.recover(tmp_path / "new", code, "khac han roi do 58", world.environment, definitions)


def test_a_wrong_passphrase_is_refused_and_the_right_one_opens(
    make_window: MakeWindow, commune: Session, qtbot: QtBot
) -> None:
    commune.close()
    window = make_window(commune.folder)
    assert window.unlock is not None
    window.unlock.passphrase_form.field.setText("sai hẳn rồi 11")
    window.unlock.passphrase_form.unlock.click()
    qtbot.waitUntil(lambda: window.unlock is not None and bool(window.unlock.message))
    assert window.main_view is None
    unlock(window, qtbot)
    assert window.unlock is None


def test_the_recovery_code_opens_with_a_new_passphrase(make_window: MakeWindow, commune: Session, qtbot: QtBot) -> None:
    code = officers.add_recovery_code(commune)
    commune.close()
    window = make_window(commune.folder)
    assert window.unlock is not None
    form = window.unlock.recovery_form
    window.unlock.passphrase_form.other_way.click()
    form.code.setText(code)
    form.new.field.setText("rừng suối bản mới 58")
    form.new.repeat.setText("rừng suối bản mới 58")
    form.recover.click()
    qtbot.waitUntil(lambda: window.main_view is not None)
    window.lock()
    unlock(window, qtbot, "rừng suối bản mới 58")


def test_locking_keeps_drafts_closes_the_registry_and_destroys_the_pages(
    window: MainWindow,
    qtbot: QtBot,
    commune: Session,
    world: World,
    definitions: Definitions,
    operations: RegistryWorker,
) -> None:
    desk(window).show_page("absence")
    left = page(window)
    asked = left.asked
    with qtbot.waitSignal(left.destroyed):
        window.lock()
    assert asked[-1] == "leave"
    assert isinstance(window.centralWidget(), UnlockDialog)
    qtbot.waitUntil(lambda: not operations.is_busy)
    open_registry(commune.folder, PASSPHRASE, world.environment, definitions).close()


def test_ctrl_l_locks(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.main_view is None


def test_nothing_of_a_page_can_be_read_behind_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    desk(window).show_page("absence")
    page(window).field.setText("Lò Thị Đớn")
    window.lock()
    qtbot.waitUntil(lambda: all(field.text() != "Lò Thị Đớn" for field in window.findChildren(QLineEdit)))


def test_idleness_locks(window: MainWindow) -> None:
    window._idle.idle.emit()
    assert window.main_view is None


def test_alt_and_a_number_go_through_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    shown = []
    for number in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        QTest.keyClick(window, number, Qt.KeyboardModifier.AltModifier)
        shown.append(desk(window).page_name)
    assert shown == ["person", "absence", "today"]


def test_the_rail_holds_every_register_that_asks_for_it(window: MainWindow, definitions: Definitions) -> None:
    registers = {found.id for found in definitions.library.registers.values() if found.rail is not None}
    assert set(desk(window).sidebar.names) == registers | {"today", "exchange", "imports", "reports"}


def test_a_page_that_does_not_let_go_stays(window: MainWindow) -> None:
    desk(window).show_page("absence")
    page(window).lets_go = False
    desk(window).show_page("today")
    assert desk(window).page_name == "absence"


def test_a_key_reaches_the_page_only_when_it_can(window: MainWindow) -> None:
    desk(window).show_page("absence")
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page(window).asked[-1] == "save"


def test_f1_helps_on_the_field_where_there_is_one_else_shows_all_keys(window: MainWindow, qtbot: QtBot) -> None:
    desk(window).show_page("absence")
    page(window).acts.add(Act.FIELD_HELP)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert page(window).asked[-1] == "field_help"
    page(window).acts.clear()
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheets = [child for child in window.children() if type(child).__name__ == "KeySheet"]
    assert len(sheets) == 1
    sheets[0].close()  # type: ignore[attr-defined]  # a dialog, found by its name


def test_a_record_asked_for_elsewhere_is_opened_on_its_page(window: MainWindow) -> None:
    shown = desk(window).page
    assert shown is not None
    shown.record_wanted.emit("absence", "0190")
    assert page(window).asked == ["activate", "open 0190"]


def test_every_page_hears_of_a_write(window: MainWindow, operations: RegistryWorker) -> None:
    desk(window).show_page("absence")
    kept = page(window)
    desk(window).show_page("person")
    operations.changed.emit(frozenset({"person", "conflicts"}), None)
    assert kept.asked[-1] == "stale conflicts person"
    assert page(window).asked[-1] == "stale conflicts person"


def test_a_page_with_victims_is_covered_while_another_program_has_the_focus(
    window: MainWindow, qapp: QApplication
) -> None:
    desk(window).show_page("returned_victim")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    covered = window._cover.isVisible()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert (covered, window._cover.isVisible()) == (True, False)


def test_a_page_without_victims_stays_readable(window: MainWindow, qapp: QApplication) -> None:
    desk(window).show_page("absence")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not window._cover.isVisible()


def test_the_scale_has_its_keys(window: MainWindow, theme: Theme) -> None:
    QTest.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    larger = theme.scale
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert (larger, theme.scale) == (110, 90)


def test_the_language_changes_at_once_and_the_page_stays(window: MainWindow, preferences: Preferences) -> None:
    desk(window).show_page("exchange")
    window.speak("vi")
    shown = desk(window).page
    assert shown is not None
    assert (desk(window).page_name, shown.title) == ("exchange", "Gửi - nhận")
    assert preferences.language == "vi"
    assert QLocale().language() is QLocale.Language.Vietnamese


def test_the_folded_rail_is_kept(window: MainWindow, preferences: Preferences, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert preferences.is_sidebar_collapsed
    window.lock()
    unlock(window, qtbot)
    assert desk(window).sidebar.is_collapsed


def test_a_fault_of_the_program_is_shown_without_what_was_in_it(
    window: MainWindow, operations: RegistryWorker, qtbot: QtBot
) -> None:
    def stumble(_session: Session) -> None:
        raise ValueError("Lò Thị Đớn")

    operations.ask(stumble)
    qtbot.waitUntil(lambda: any(type(child).__name__ == "CrashDialog" for child in window.children()))
    dialog = next(child for child in window.children() if type(child).__name__ == "CrashDialog")
    assert "Lò Thị Đớn" not in dialog.report.toPlainText()  # type: ignore[attr-defined]  # found by its name
    assert "ValueError" in dialog.report.toPlainText()  # type: ignore[attr-defined]  # found by its name
    dialog.close()  # type: ignore[attr-defined]  # found by its name


def test_a_clock_in_2009_is_asked_about_before_anything_is_worked_on(
    commune: Session, make_window: MakeWindow, world: World, qtbot: QtBot
) -> None:
    commune.close()
    right, world.time = world.time, dt.datetime(2009, 1, 1, tzinfo=dt.UTC)
    window = make_window(commune.folder)
    assert window.unlock is not None
    window.unlock.passphrase_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: window.clock_question is not None)
    assert window.main_view is None
    asked = window.clock_question
    assert asked is not None
    assert "01/01/2009" in asked.words.plain
    assert not asked.go_on.isEnabled()
    asked.day.setText("1/1/2009")
    asked.day.day_changed.emit()
    asked.go_on.click()
    qtbot.waitUntil(lambda: bool(asked.wrong.plain))
    assert window.main_view is None
    QTest.keyClick(asked.day, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(asked.day, f"{right:%d%m%Y}")
    QTest.keyClick(asked.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main_view is not None)
    page = desk(window).page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.clock.code == "clock_doubt_given")
    assert desk(window).status.clock.isVisibleTo(window)
    assert f"{right:%d/%m/%Y}" in page.clock.text


def test_the_question_for_the_day_can_be_locked(
    commune: Session, make_window: MakeWindow, world: World, qtbot: QtBot
) -> None:
    commune.close()
    world.time = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)
    window = make_window(commune.folder)
    assert window.unlock is not None
    window.unlock.passphrase_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: window.clock_question is not None)
    assert window.clock_question is not None
    window.clock_question.lock.click()
    assert window.clock_question is None
    assert window.unlock is not None
