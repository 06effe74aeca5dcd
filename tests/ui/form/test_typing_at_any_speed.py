"""The same keys give the same record at any speed: in every register, with a slow worker and a window that stalls.

An officer who looks where the cursor is goes through a form once, slowly, and every answer has to stand in its own
field. Then the same keys come again, as fast as a hand or a machine can type them, and have to give the same record.

Time is made, not waited for. Between two keys of MILLISECONDS each nothing may run, or what is due at once, or all that
is due in that time; which of it does, the seed says. The worker stands still behind a gate that the seed opens.
"""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.log.operation import Json
from desktop.ui.base.language import Languages
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.form.keyed_answers import ANYTHING, answer
from tests.ui.form.test_entry_form import hands
from tests.ui.hands import Hands, add_person
from tests.ui.keyboard import strike_text

__all__ = ["hands"]
REGISTERS = sorted(read_definitions().library.registers)
MILLISECONDS = (1, 30, 300)
ROUNDS = int(os.environ.get("SOTRAM_SOAK", "0"))
"""How often every register is typed at every speed, with advance on and off; 0 is once each, at one speed."""

MOST_STOPS = 400


class Pace:
    """What runs between two keys."""

    def __init__(self, milliseconds: int, seed: str, page: RegisterPage, operations: RegistryWorker) -> None:
        self._milliseconds = milliseconds
        self._chance = random.Random(seed)
        self._page = page
        self._operations = operations
        self._gate = threading.Event()
        self._gate.set()
        self._closed_for = 0

    def rest(self) -> None:
        """Let pass what passes from one key to the next."""
        chance = self._chance.random()
        self._gate_worker()
        if self._milliseconds == 1:
            if chance < 0.1:
                QApplication.processEvents()
        elif self._milliseconds == 30:
            if chance < 0.7:
                QApplication.processEvents()
        elif chance < 0.3:
            fire_timers(self._page, self._milliseconds)
            QApplication.processEvents()

    def end(self) -> None:
        self._gate.set()

    def _gate_worker(self) -> None:
        if self._closed_for:
            self._closed_for -= 1
            if not self._closed_for:
                self._gate.set()
        elif self._chance.random() < 0.05:
            gate = self._gate = threading.Event()
            self._closed_for = self._chance.randint(1, 25)
            self._operations.ask(lambda _session: gate.wait(60))


def fire_timers(page: RegisterPage, milliseconds: int) -> None:
    """Do now what is due within a time."""
    for timer in page.findChildren(QTimer):
        if timer.isActive() and timer.isSingleShot() and timer.interval() <= milliseconds:
            timer.stop()
            timer.timeout.emit()


@contextmanager
def paced(milliseconds: int, seed: str, page: RegisterPage, operations: RegistryWorker) -> Iterator[Pace]:
    pace = Pace(milliseconds, seed, page, operations)
    try:
        yield pace
    finally:
        pace.end()


class Officer:
    """Goes through a form looking, and can type the same again without."""

    def __init__(self, page: RegisterPage, hands: Hands, known: dict[str, str], seed: str) -> None:
        self.page = page
        self.hands = hands
        self.keys = ""
        self.wanted: dict[str, tuple[FieldBlock, object]] = {}
        self._known = known
        self._chance = random.Random(seed)

    def begin(self) -> None:
        with self.hands.qtbot.waitSignal(self.page.form.ready):
            self.page.form.open(None)
        self.settle()

    def settle(self) -> None:
        self.hands.wait(lambda: not self.hands.operations.keys.is_waiting and not self.hands.operations.is_busy)
        fire_timers(self.page, 500)
        self.hands.wait(lambda: not self.hands.operations.keys.is_waiting and not self.hands.operations.is_busy)

    def look_and_type(self) -> None:
        """Answer where the cursor is, field by field, until the end of the form."""
        for _ in range(MOST_STOPS):
            block, stop = innermost(), QApplication.focusWidget()
            if block is None or stop is None:
                return
            said = answer(block, stop, self._chance, self._known)
            for keys in (said.signs, "\n"):
                strike_text(keys)
                self.settle()
                self.keys += keys
            if said.wanted is not ANYTHING:
                self.wanted[f"{len(self.wanted)} {block.field.id}"] = (block, said.wanted)
        raise AssertionError("the keyboard never comes to the end")

    def type_again(self, pace: Pace) -> None:
        for key in self.keys:
            strike_text(key)
            pace.rest()
        pace.end()
        self.settle()

    def record(self) -> tuple[dict[str, Json], dict[str, str]]:
        body = self.page.form.fields.body
        return body.values(), {path: problem.code for path, problem in body.unread().items()}


def innermost() -> FieldBlock | None:
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, FieldBlock):
        widget = widget.parentWidget()
    return widget


def profiles(register: str) -> list[tuple[int, bool, int]]:
    """Return speed, advance and seed of each time the keys of a register are typed again."""
    if ROUNDS:
        return [(speed, on, seed) for seed in range(ROUNDS) for speed in MILLISECONDS for on in (False, True)]
    place = REGISTERS.index(register)
    return [(MILLISECONDS[place % 3], bool(place % 2), place)]


@pytest.mark.soak
@pytest.mark.parametrize("register", REGISTERS)
def test_every_answer_stands_in_its_own_field_at_any_speed(
    commune: Session,
    at_desk: AtDesk,
    operations: RegistryWorker,
    theme: Theme,
    languages: Languages,
    hands: Hands,
    qtbot: QtBot,
    register: str,
) -> None:
    known = {name: add_person(commune, name.title()) for name in ("hoang thi hoa", "mua a chu")}
    opened = at_desk(commune)
    advances = [False]
    page = RegisterPage(operations, theme, opened, register, "vi", lambda: advances[0])
    qtbot.addWidget(page)
    page.resize(1146, 740)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.activate()
    for speed, is_on, seed in profiles(register):
        advances[0] = is_on
        told = f"{register}: {speed} ms a key, advance {'on' if is_on else 'off'}, seed {seed}"
        officer = Officer(page, hands, known, told)
        officer.begin()
        officer.look_and_type()
        for name, (block, wanted) in officer.wanted.items():
            assert block.editor.value() == wanted, f"{told}: {name}"
        assert officer.wanted, told
        slow = officer.record()
        page.form.frame.draft_refused.emit()
        officer.settle()
        with paced(speed, told, page, operations) as pace:
            officer.type_again(pace)
        assert officer.record() == slow, told
        page.form.frame.draft_refused.emit()
        officer.settle()
