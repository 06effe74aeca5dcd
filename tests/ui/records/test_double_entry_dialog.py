"""Keying a person again through the real window, by keys, by the second officer of a station."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.demo.demo_station import DemoStation
from desktop.sentences import sentence
from desktop.ui.base.widgets import Paragraph
from desktop.ui.records.double_entry_dialog import DoubleEntryDialog
from desktop.workspace.base.session import Session
from desktop.workspace.records import double_entry, records
from desktop.workspace.station import officers
from tests.conftest import PASSPHRASE, World
from tests.ui.hands import add_person

SECOND = "suối vắng đồi cao 45 lá"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(commune: Session) -> str:
    return add_person(commune, "Lò Thị Đớn", dob="1999-02-14", passport_no="C1234567")


@pytest.fixture
def desk(commune: Session, person: str, tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    officers.add_officer(commune, "Lò Văn Phấn", "Trung úy", "Cán bộ", SECOND)
    commune.close()
    opened = DemoStation(commune.folder, tmp_path / "pictures", world.environment)
    yield opened
    opened.close()
    opened.program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def key_again(desk: DemoStation, person: str, passphrase: str) -> DoubleEntryDialog:
    """Unlock, mark the person in the list, press Ctrl+K."""
    desk.unlock(passphrase)
    page = desk.register("person")
    page.list.mark(person)
    desk.idle()
    desk.hand.wait_for(lambda: page.preview.record == person, "preview")
    desk.shortcut(Qt.Key.Key_K)
    found = desk.dialog(DoubleEntryDialog)
    assert isinstance(found, DoubleEntryDialog)
    return found


def words(dialog: DoubleEntryDialog) -> str:
    shown = [label for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog)]
    return " ".join(label.plain if isinstance(label, Paragraph) else label.text() for label in shown)


def test_the_officer_who_entered_it_is_told_that_it_should_be_a_second_one(desk: DemoStation, person: str) -> None:
    dialog = key_again(desk, person, PASSPHRASE)
    assert dialog.blocks == {}
    assert dialog.notice.text == sentence("rekey_second_officer", {}, "vi")
    assert not dialog.act.isVisible()
    dialog.close()


def test_a_second_officer_sees_labels_alone_keys_blind_and_settles_what_differs(desk: DemoStation, person: str) -> None:
    dialog = key_again(desk, person, SECOND)
    assert not any(secret in words(dialog) for secret in ("Đớn", "1999", "C1234567"))
    assert all(not block.editor.text() for block in dialog.blocks.values())
    assert desk.window._double_entry._cover.isVisible()
    desk.hand.type("lò thị đớn\n")
    desk.hand.type("24021999\n\n")  # the number of the identity card is gone over
    desk.hand.type("C1234567\n")
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_S, CONTROL)
    desk.idle()
    desk.hand.wait_for(dialog.look.isVisible, "third look")
    assert "14/02/1999" in words(dialog)
    assert "24/02/1999" in words(dialog)
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_2)
    assert not dialog.act.isEnabled(), "a choice needs its reason"
    desk.hand.type("giấy khai sinh số 12\n")
    desk.hand.wait_for(lambda: desk.window._double_entry.dialog is None, "done")
    view = desk.ask(records.read, person)
    assert view.values["dob"] == "1999-02-24"
    assert desk.ask(double_entry.facts, person).asked == ()
    assert not desk.window._double_entry._cover.isVisible()


def test_what_cannot_be_read_is_said_below_its_field_and_nothing_is_compared(desk: DemoStation, person: str) -> None:
    dialog = key_again(desk, person, SECOND)
    desk.hand.type("lò thị đớn\n31/2/1999\n")
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_S, CONTROL)
    desk.idle()
    assert [one.code for one in dialog.blocks["dob"].problems] == ["date_impossible"]
    assert desk.ask(records.read, person).marks == {}
    desk.window.lock()
    desk.idle()
    assert desk.window._double_entry.dialog is None
