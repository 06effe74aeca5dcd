"""Type-ahead through the whole window: what is typed while the worker stands still acts in its order, or is told."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.demo.demo_station import DemoStation
from desktop.errors import DesktopError
from desktop.ui.base import key_order
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from desktop.workspace.records import records
from tests.conftest import PASSPHRASE, World
from tests.ui.hands import add_absence, add_person
from tests.ui.keyboard import commit, strike, strike_text

CONTROL = Qt.KeyboardModifier.ControlModifier
PEOPLE = ("Hoàng Thị Hoa", "Mùa A Chu", "Vừ Thị Mỷ")


class Gate:
    """Holds the worker; what is asked for meanwhile waits."""

    def __init__(self, desk: DemoStation) -> None:
        self._desk = desk
        self._event = threading.Event()

    def __enter__(self) -> Self:
        self._event = event = threading.Event()
        self._desk.program.operations.ask(lambda _session: event.wait(60))
        return self

    def __exit__(self, *_error: object) -> None:
        self._event.set()
        settle(self._desk)


def settle(desk: DemoStation) -> None:
    keys, operations = desk.program.operations.keys, desk.program.operations
    desk.hand.wait_for(lambda: not keys.is_waiting and not operations.is_busy, "answers to all keys")


@pytest.fixture
def desk(commune: Session, tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    for name in PEOPLE:
        add_absence(commune, add_person(commune, name))
    commune.close()
    opened = DemoStation(commune.folder, tmp_path / "pictures", world.environment)
    opened.unlock(PASSPHRASE)
    yield opened
    opened.close()
    opened.program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_is_typed_after_the_key_of_a_new_record_stands_in_its_form(desk: DemoStation) -> None:
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        strike_text("lò thị đớn\n14031996\nnu\n011196000123\n")
        assert not page.form.is_open
    values = page.form.fields.body.values()
    told = {name: values[name] for name in ("full_name", "dob", "gender", "personal_id")}
    assert told == {"full_name": "Lò Thị Đớn", "dob": "1996-03-14", "gender": "F", "personal_id": "011196000123"}


def test_one_record_after_another_is_typed_while_the_first_is_being_saved(desk: DemoStation) -> None:
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        for name in ("giàng thị mai", "lý văn sùng"):
            strike_text(f"{name}\n14031996\nnu\n\n\n\n\n\n\n\nnam ke\nban Nam Ke\n")
            strike(Qt.Key.Key_N, CONTROL)
        strike_text("pờ lò")
    assert page.form.fields.body.values()["full_name"] == "pờ lò"
    titles = {row.title for row in desk.ask(records.list_records, "person").rows}
    assert {"Giàng Thị Mai", "Lý Văn Sùng"} <= titles


def test_what_the_answer_to_a_key_asks_for_is_waited_for_too(desk: DemoStation) -> None:
    """A save answers by opening the next form: the worker stands still between the two."""
    page, operations = desk.register("person"), desk.program.operations
    saved, gate = [], threading.Event()

    def hold(*_said: str) -> None:
        saved.append(True)
        operations.ask(lambda _session: gate.wait(60))

    page.form.saved.connect(hold)
    strike(Qt.Key.Key_N, CONTROL)
    strike_text("giàng thị mai\n14031996\nnu\n\n\n\n\n\n\n\nnam ke\nban Nam Ke\n")
    strike(Qt.Key.Key_N, CONTROL)
    strike_text("pờ lò")
    desk.hand.wait_for(lambda: saved, "saved record")
    for _ in range(40):
        QApplication.processEvents()
    gate.set()
    settle(desk)
    assert page.form.fields.body.values()["full_name"] == "pờ lò"


def test_a_record_is_found_and_opened_without_waiting_for_the_list(desk: DemoStation) -> None:
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_F, CONTROL)
        strike_text("mua a\n\n")
    assert page.form.is_open
    assert page.form.fields.body.values()["full_name"] == "Mùa A Chu"


def test_a_page_is_gone_to_and_its_first_record_opened_in_one_go(desk: DemoStation) -> None:
    desk.show("today")
    sidebar = desk.window.main_view.sidebar  # type: ignore[union-attr]  # it is open
    number = next(number for number in range(1, 10) if sidebar.numbered(number) == "absence")
    with Gate(desk):
        strike(Qt.Key(ord(str(number))), Qt.KeyboardModifier.AltModifier)
        strike_text("\n")
    page = desk.window.main_view.page  # type: ignore[union-attr]  # it is open
    assert isinstance(page, RegisterPage)
    assert page.form.is_open
    assert page.form.record is not None


def test_what_is_typed_after_the_passphrase_goes_to_the_desk(desk: DemoStation) -> None:
    desk.register("person")
    strike(Qt.Key.Key_L, CONTROL)
    strike_text(f"{PASSPHRASE}\n")
    strike(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.window.main_view is None
    settle(desk)
    desk.hand.wait_for(lambda: desk.window.main_view is not None, "desk")
    settle(desk)
    assert desk.window.unlock is None


def test_keys_behind_a_wrong_passphrase_are_dropped_and_that_is_said(desk: DemoStation) -> None:
    strike(Qt.Key.Key_L, CONTROL)
    settle(desk)
    desk.come()
    strike_text("sai\nabc")
    settle(desk)
    unlock = desk.window.unlock
    assert unlock is not None
    assert unlock.passphrase_form.field.text() == "sai"
    notice = desk.window._keys_notice
    assert notice.isVisible()
    assert "3" in notice.words.text()
    strike_text("x")
    assert not notice.isVisible()


def test_keys_behind_an_act_that_fails_are_dropped(desk: DemoStation) -> None:
    page = desk.register("person")
    dropped: list[int] = []
    keys = desk.program.operations.keys
    keys.dropped.connect(dropped.append)

    def fail(_session: Session) -> None:
        raise DesktopError("record_unknown")

    keys.wait_for(desk.program.operations.ask(fail))
    strike_text("abc")
    settle(desk)
    assert dropped == [3]
    assert page.header.search.text() == ""


def test_an_act_that_never_answers_can_be_given_up(desk: DemoStation, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.register("person")
    keys = desk.program.operations.keys
    keys._patience.setInterval(0)
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        strike_text("abc")
        notice = desk.window._keys_notice
        desk.hand.wait_for(notice.isVisible, "notice")
        strike(Qt.Key.Key_Escape)
        assert not keys.is_waiting
        strike_text("mua")
        assert page.header.search.text() == "mua"
    assert page.form.is_open  # it was asked for, and has come at last
    assert page.form.fields.body.values()["full_name"] is None


def click(widget: QWidget, window: QWidget) -> None:
    """Press and let go the mouse over a widget, as the platform brings it."""
    place = widget.mapTo(window, QPoint(widget.width() // 2, widget.height() // 2))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        buttons = Qt.MouseButton.LeftButton if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind,
            QPointF(place),
            QPointF(window.mapToGlobal(place)),
            Qt.MouseButton.LeftButton,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(window.windowHandle(), event)


def test_a_click_behind_held_keys_acts_after_them_or_not_at_all(desk: DemoStation) -> None:
    form = desk.begin("person")
    blocks = form.fields.body.blocks
    blocks["perm_addr"].focus()
    desk.hand.wait_for(blocks["household_head"].isVisible, "field")
    form.fields.body.ensureWidgetVisible(blocks["household_head"])
    line = blocks["household_head"].editor.stops()[0]
    with Gate(desk):
        strike_text("nam ke\n")
        click(line, desk.window)
        strike_text("ong")
        assert blocks["household_head"].editor.text() == ""
    assert blocks["perm_addr"].editor.stored() == {"province": "11", "commune": "03162"}
    assert blocks["household_head"].editor.text() == "ong"


def test_a_click_at_what_is_gone_is_dropped(desk: DemoStation) -> None:
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        strike_text("lo")
        click(page.list.viewport(), desk.window)
        strike_text(" thi")
    assert page.form.is_open
    assert page.form.fields.body.values()["full_name"] == "lo thi"


def test_what_an_input_method_says_keeps_its_place_among_the_keys(desk: DemoStation) -> None:
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        for part in ("Lò", " ", "Thị", " ", "Đớn"):
            strike_text(part) if part == " " else commit(part)
        strike_text("\n1999\n")
    values = page.form.fields.body.values()
    assert (values["full_name"], values["dob"]) == ("Lò Thị Đớn", "1999")


def test_a_dialog_that_a_key_opens_gets_the_keys_behind_it(desk: DemoStation) -> None:
    page = desk.register("absence")
    desk.hand.wait_for(lambda: page.preview.record, "record")
    with Gate(desk):
        strike(Qt.Key.Key_P, CONTROL)
        strike(Qt.Key.Key_Escape)
        strike_text("mua")
    desk.hand.wait_for(lambda: QApplication.activeModalWidget() is None, "closed dialog")
    assert page.header.search.text() == "mua"


def test_somebody_who_leans_on_the_keyboard_fills_no_memory(desk: DemoStation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_order, "MOST_HELD", 10)
    page = desk.register("person")
    with Gate(desk):
        strike(Qt.Key.Key_N, CONTROL)
        strike_text("a" * 50)
    assert page.form.fields.body.values()["full_name"] == "a" * 5
