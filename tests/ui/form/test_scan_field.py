import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.scan_field import ScanField
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands

CARD = "011199004567|040123456|Lò Thị Đớn|14031999|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|10052022"
MRZ = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def field(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, commune: Session, theme: Theme, languages: Languages
) -> ScanField:
    opened = at_desk(commune)
    context = FormContext(
        operations=operations,
        library=opened.definitions.library,
        language="vi",
        places=opened.definitions.places(),
        today=dt.date(2026, 11, 21),
        opened_at=dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    )
    made = ScanField(opened.definitions.library.registers["person"], context)
    qtbot.addWidget(made)
    made.resize(700, 120)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.line.setFocus()
    return made


def scan(field: ScanField, *lines: str) -> None:
    """Type as a scanner does: each sign a key, carriage return after each line."""
    for line in lines:
        for sign in line:
            QApplication.sendEvent(field.line, QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, sign))
        QApplication.sendEvent(field.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, _PLAIN, "\r"))


_PLAIN = Qt.KeyboardModifier.NoModifier


def test_a_card_is_read_at_its_carriage_return(field: ScanField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.read) as read:
        scan(field, CARD)
    assert read.args[0].person["full_name"] == "Lò Thị Đớn"
    assert "14/03/1999" in field.said.plain
    assert field.line.text() == ""


def test_the_lines_of_a_passport_are_read_together(field: ScanField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.read) as read:
        scan(field, *MRZ)
    assert read.args[0].kind == "mrz_td3"
    assert read.args[0].person["passport_no"] == "L898902C3"


def test_what_is_no_card_says_so_and_is_forgotten(field: ScanField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.read) as read:
        scan(field, "hello")
    assert read.args[0].is_unreadable
    assert field.message.isVisible()
    assert field.line.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F5, Qt.Key.Key_Home])
def test_a_key_in_the_middle_of_a_scan_does_nothing(field: ScanField, qtbot: QtBot, key: Qt.Key) -> None:
    for sign in "0111":
        QTest.keyClicks(field.line, sign)
    with qtbot.assertNotEmitted(field.stepped, wait=20):
        QTest.keyClick(field.line, key)
    assert field.line.text() == "0111"


def test_control_keys_of_a_scanner_are_swallowed(field: ScanField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.line, "0111")
    QTest.keyClick(field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field.line, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert field.line.text() == "0111"
    assert not field.line.hasSelectedText()


def test_an_idle_line_lets_the_keyboard_pass(field: ScanField, qtbot: QtBot, hands: Hands) -> None:
    with qtbot.waitSignal(field.stepped):
        hands.press(Qt.Key.Key_Tab)
