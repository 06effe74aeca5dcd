from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.shell.idle_lock import IdleLock


@dataclass
class Clock:
    """Seconds moved by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def idle_lock(qapp: QApplication, clock: Clock) -> Iterator[IdleLock]:
    made = IdleLock(qapp, clock, minutes=60)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


def test_it_never_waits_longer_than_five_minutes(idle_lock: IdleLock, clock: Clock, qtbot: QtBot) -> None:
    idle_lock.arm()
    clock.now += 300
    with qtbot.waitSignal(idle_lock.idle):
        idle_lock.look()


def test_a_key_puts_it_off(idle_lock: IdleLock, clock: Clock, qtbot: QtBot, field: QLineEdit) -> None:
    idle_lock.arm()
    clock.now += 299
    QTest.keyClick(field, Qt.Key.Key_A)
    clock.now += 299
    with qtbot.assertNotEmitted(idle_lock.idle):
        idle_lock.look()
    assert field.text() == "a"


def test_the_first_key_after_a_long_sleep_locks_and_is_swallowed(
    idle_lock: IdleLock, clock: Clock, qtbot: QtBot, field: QLineEdit
) -> None:
    idle_lock.arm()
    clock.now += 3600
    with qtbot.waitSignal(idle_lock.idle):
        QTest.keyClick(field, Qt.Key.Key_A)
    assert field.text() == ""


def test_locked_it_sees_nothing(idle_lock: IdleLock, clock: Clock, qtbot: QtBot, field: QLineEdit) -> None:
    idle_lock.arm()
    idle_lock.disarm()
    clock.now += 3600
    with qtbot.assertNotEmitted(idle_lock.idle):
        QTest.keyClick(field, Qt.Key.Key_A)
        idle_lock.look()
    assert field.text() == "a"
