"""A scan is a scan anywhere: in every field, on every page, at any speed, whatever the window is busy with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.demo import people, sample_year
from desktop.demo.demo_station import DemoStation
from desktop.domain.values.field_types import is_empty
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.form.person_picker import PersonEditor
from desktop.workspace.base.session import Session
from desktop.workspace.records import records
from tests.conftest import PASSPHRASE, World
from tests.ui.form.scanner import PLAIN, Scanner
from tests.ui.form.test_every_register_by_keyboard import RAIL
from tests.ui.hands import add_person

SOAKS = bool(os.environ.get("SOTRAM_SOAK"))
SWEPT = {"person", "absence", "tip"}
"""Swept in a short run: a person alone, a person inside, several kinds of fields. `make soak` sweeps every register."""

CARD = "011199004567|040123456|Lò Thị Đớn|14031999|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|10052022"
OTHER_CARD = "011085000123||Lò Văn Đôn|14031985|Nam|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|01012021"
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10\r"
DOCUMENTED = "residence_check"
DOCUMENT = {"doc_type", "passport_no", "issuer", "expiry"}
NAME = "Lò Thị Đớn"
PAGES = ["today", "exchange", *(found.id for found in RAIL)]


@pytest.fixture
def known(commune: Session) -> str:
    """The person of CARD is known here."""
    return add_person(commune, NAME, personal_id="011199004567")


@pytest.fixture
def desk(commune: Session, tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    prepared = sample_year._Year(commune, 5)
    prepared.add("person", people.person(prepared.chance))
    commune.close()
    opened = DemoStation(commune.folder, tmp_path / "pictures", world.environment)
    opened.unlock(PASSPHRASE)
    yield opened
    opened.close()
    opened.program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle(desk: DemoStation) -> None:
    """Wait until every key has acted, and all that was asked is answered and shown."""
    keys, operations = desk.program.operations.keys, desk.program.operations
    for _ in range(3):  # what a scan says is read, then its person is looked for, then shown
        desk.hand.wait_for(lambda: not keys.is_waiting and not operations.is_busy, "settled window")
        desk.idle()


def person_of(form: EntryForm) -> object:
    """Return what the first person of a form is, or the form itself."""
    editors = [block.editor for block in form.fields.body.blocks.values()]
    person = next((editor for editor in editors if isinstance(editor, PersonEditor)), None)
    return form.fields.body.values() if person is None else person.value()


def name_in(form: EntryForm) -> object:
    person = person_of(form)
    return person.get("full_name") if isinstance(person, dict) else person


def others(form: EntryForm) -> dict[str, object]:
    """Return the answers of all fields but those of people, with what was typed and cannot be read."""
    return {
        name: (block.editor.stored(), block.editor.typed())
        for name, block in form.fields.body.blocks.items()
        if not isinstance(block.editor, PersonEditor) and not (name in DOCUMENT and form.definition.id == DOCUMENTED)
    }


def focus_widget() -> QWidget:
    found: QWidget | None = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.soak
@pytest.mark.parametrize("register", [found.id for found in RAIL if SOAKS or found.id in SWEPT])
@pytest.mark.parametrize(("text", "name"), [(CARD + "\r", NAME), (PASSPORT, "ERIKSSON ANNA MARIA")])
def test_in_every_kind_of_field_a_scan_goes_to_the_person_and_leaves_the_field_as_it_was(
    desk: DemoStation, register: str, text: str, name: str
) -> None:
    form = desk.begin(register)
    has_person = register != "person" and any(
        isinstance(block.editor, PersonEditor) and block.stops() for block in form.fields.body.blocks.values()
    )
    before = others(form)
    scanner = Scanner()
    tried = set()
    for block in list(form.fields.body.blocks.values()):
        if not block.stops() or type(block.editor) in tried or isinstance(block.editor, PersonEditor):
            continue
        tried.add(type(block.editor))
        stop = block.stops()[0]
        stop.setFocus()
        scanner.gap = [1, 3, 5, 10, 20, 40][len(tried) % 6]
        scanner.scan(text)
        settle(desk)
        assert form.isVisible(), block.field.id
        if register != "person":
            assert others(form) == before, block.field.id
    assert tried
    if register == "person":
        assert form.fields.body.values()["full_name"] == name
    elif has_person:
        assert name_in(form) == name
    else:
        assert desk.window.main_view is not None
        assert desk.window.main_view.scan_panel.isVisible()


@pytest.mark.parametrize("gap", [1, 3, 5, 10, 20, 40])
@pytest.mark.parametrize("is_stalled", [False, True])
def test_a_scan_is_one_at_any_speed_however_busy_the_window_is(desk: DemoStation, gap: int, is_stalled: bool) -> None:
    form = desk.begin("absence")
    block = form.fields.body.blocks["destination_place"]
    block.focus()
    desk.hand.type("Lao Cai 12")
    Scanner(gap).scan(CARD + "\r", is_stalled=is_stalled)
    settle(desk)
    assert name_in(form) == NAME
    assert block.editor.text() == "Lao Cai 12"
    Scanner(gap, at=900_000).scan(PASSPORT, is_stalled=is_stalled)
    settle(desk)
    person = blocks_person(form)
    assert person.panel is not None
    assert {question.block.field.id for question in person.panel.questions} >= {"full_name", "dob"}
    assert name_in(form) == NAME


def blocks_person(form: EntryForm) -> PersonEditor:
    editor = form.fields.body.blocks["person"].editor
    assert isinstance(editor, PersonEditor)
    return editor


def test_a_field_nobody_touched_is_untouched_after_a_scan(desk: DemoStation) -> None:
    form = desk.begin("person")
    block = form.fields.body.blocks["nationality"]
    assert block.is_offered
    block.focus()
    for sign in CARD[:12]:
        Scanner(at=5000).key(sign)
    QApplication.processEvents()
    assert not block.is_offered
    block.editor.set_value("VNM")
    block.is_offered = True
    Scanner(at=90_000).scan(CARD + "\r")
    settle(desk)
    assert not form.fields.questions


def test_with_automatic_advance_every_field_that_got_a_digit_is_put_back(desk: DemoStation) -> None:
    desk.program.preferences.advances = True
    form = desk.begin("absence")
    before = others(form)
    form.fields.body.blocks["absent_since"].focus()
    Scanner().scan(CARD + "\r")
    settle(desk)
    assert others(form) == before
    assert name_in(form) == NAME


@pytest.mark.parametrize("page", PAGES)
def test_on_every_page_a_scan_finds_its_person(known: str, desk: DemoStation, page: str) -> None:
    shown = desk.window.main_view
    assert shown is not None
    shown.show_page(page)
    settle(desk)
    Scanner().scan(CARD + "\r")
    settle(desk)
    if shown.page_name != "person":
        assert shown.scan_panel.isVisible()
        shown.scan_panel.buttons[0].click()
        settle(desk)
    assert shown.page_name == "person"
    assert desk.register("person").preview.record == known
    assert desk.register("person").header.search.text() == ""


def test_a_card_of_nobody_begins_a_person_by_one_key(desk: DemoStation) -> None:
    shown = desk.window.main_view
    assert shown is not None
    shown.show_page("today")
    settle(desk)
    scanner = Scanner(20)
    scanner.scan(CARD + "\r")
    settle(desk)
    assert focus_widget() is shown.scan_panel.buttons[0]
    scanner.at += 400
    scanner.scan("\r")
    form = desk.register("person").form
    desk.hand.wait_for(lambda: form.is_open and form.fields.body.values().get("full_name") == NAME, "filled form")
    assert not shown.scan_panel.isVisible()


def test_a_card_is_not_filled_into_a_draft_of_somebody_else(desk: DemoStation) -> None:
    form = desk.begin("person")
    form.fields.body.blocks["full_name"].focus()
    desk.hand.type("Giang A Pao")
    form.leave()
    settle(desk)
    shown = desk.window.main_view
    assert shown is not None
    shown.show_page("today")
    Scanner().scan(CARD + "\r")
    settle(desk)
    shown.scan_panel.buttons[0].click()
    desk.hand.wait_for(lambda: form.is_open, "form")
    settle(desk)
    assert form.fields.body.values()["full_name"] == "Giang A Pao"
    assert is_empty(form.fields.body.values()["personal_id"])
    assert form.frame.notice.isVisible()


def test_escape_closes_the_offer_and_gives_the_focus_back(desk: DemoStation) -> None:
    shown = desk.window.main_view
    assert shown is not None
    shown.show_page("person")
    settle(desk)
    before = focus_widget()
    Scanner().scan(CARD + "\r")
    settle(desk)
    QTest.keyClick(focus_widget(), Qt.Key.Key_Escape)
    assert not shown.scan_panel.isVisible()
    assert focus_widget() is before


def test_a_person_who_was_chosen_is_not_replaced_without_asking(known: str, desk: DemoStation) -> None:
    form = desk.begin("absence")
    Scanner().scan(CARD + "\r")
    desk.hand.wait_for(lambda: person_of(form) == known, "known person")
    form.fields.body.blocks["destination_place"].focus()
    Scanner(at=50_000).scan(CARD + "\r")  # the same card again: nothing to ask
    settle(desk)
    assert form.fields._scans.question is None
    Scanner(at=90_000).scan(OTHER_CARD + "\r")
    settle(desk)
    assert person_of(form) == known
    question = form.fields._scans.question
    assert question is not None
    question.take.click()
    settle(desk)
    assert name_in(form) == "Lò Văn Đôn"


def test_in_a_dialog_nothing_is_typed_or_pressed_and_it_is_said_where_a_scan_goes(desk: DemoStation) -> None:
    desk.window._dialogs.show_settings()
    dialog = desk.window._dialogs.settings
    assert dialog is not None
    desk.hand.wait_for(lambda: QApplication.activeModalWidget() is dialog, "dialog")
    Scanner().scan(CARD + "\r")
    settle(desk)
    assert dialog.isVisible()
    assert desk.window.scans.note is not None
    assert desk.window.scans.note.isVisible()


def test_a_passphrase_is_typed_as_it_is_typed(desk: DemoStation) -> None:
    desk.window.lock()
    settle(desk)
    desk.come()
    unlock = desk.window.unlock
    assert unlock is not None
    unlock.setFocus()
    QApplication.processEvents()
    Scanner().scan(CARD)
    assert not desk.window.scans.filter.is_taking
    assert getattr(focus_widget(), "text")() == CARD  # noqa: B009  a line edit's


def test_a_scan_that_stops_says_so_and_its_late_rest_falls_nowhere(desk: DemoStation) -> None:
    form = desk.begin("absence")
    block = form.fields.body.blocks["destination_place"]
    block.focus()
    scanner = Scanner()
    scanner.scan(CARD[:40])
    shown = desk.window.main_view
    assert shown is not None
    desk.hand.wait_for(shown.scan_panel.isVisible, "word on the cut scan")
    for sign in CARD[40:]:
        scanner.key(sign)
    QApplication.processEvents()
    assert block.editor.text() == ""
    assert focus_widget() is block.editor.stops()[0]


def test_a_card_that_lost_its_letters_says_so_on_the_name(desk: DemoStation) -> None:
    form = desk.begin("person")
    Scanner().scan(CARD.replace("Đớn", "n") + "\r")
    settle(desk)
    block = form.fields.body.blocks["full_name"]
    assert is_empty(block.editor.stored())
    (doubt,) = [one for one in form.fields._doubts if one.parent() is block]
    assert doubt.isVisible()
    assert "Unicode" in doubt.plain
    block.focus()
    desk.hand.type("L")
    assert not isValid(doubt) or not doubt.isVisible()
    Scanner(at=90_000).scan(CARD + "\r")
    settle(desk)
    (question,) = form.fields.questions
    question.keep.click()
    settle(desk)
    Scanner(at=180_000).scan(CARD + "\r")  # what was answered before is in nobody's way
    settle(desk)
    assert [one.block for one in form.fields.questions] == [block]


def test_what_an_input_method_commits_is_part_of_a_scan(desk: DemoStation) -> None:
    form = desk.begin("absence")
    block = form.fields.body.blocks["destination_place"]
    block.focus()
    for sign in CARD:
        target = focus_widget()
        if sign.isascii():
            QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(sign.upper())), PLAIN, sign))
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(target, event)
    settle(desk)
    assert name_in(form) == NAME
    assert block.editor.text() == ""


def test_a_scan_that_comes_while_keys_wait_is_one_when_they_act(desk: DemoStation) -> None:
    form = desk.begin("absence")
    block = form.fields.body.blocks["destination_place"]
    block.focus()
    keys, question = desk.program.operations.keys, object()
    scanner = Scanner()
    for place, sign in enumerate(CARD + "\r"):
        if place == 20:
            keys.wait_for(question)
        if sign.isascii():
            scanner.key(sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.postEvent(focus_widget(), event)
        QApplication.processEvents()
    assert desk.window.scans.filter.is_taking
    assert name_in(form) is None
    keys.answered(question)
    desk.hand.wait_for(lambda: name_in(form) == NAME, "filled person")
    assert block.editor.text() == ""


def test_letters_spelt_by_their_number_press_no_key_of_the_window(desk: DemoStation) -> None:
    shown = desk.window.main_view
    assert shown is not None
    shown.show_page("person")
    settle(desk)
    spelt = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_1, spelt, "")
    override.ignore()
    QApplication.sendEvent(focus_widget(), override)
    assert override.isAccepted()


def test_nothing_is_saved_by_any_scan(known: str, desk: DemoStation) -> None:
    shown = desk.window.main_view
    assert shown is not None
    before = desk.ask(records.list_records, "person").total
    for page in PAGES:
        shown.show_page(page)
        for text in (CARD + "\r", PASSPORT.replace("\r", "\r\n"), OTHER_CARD + "\t"):
            Scanner(1).scan(text)
    settle(desk)
    assert desk.ask(records.list_records, "person").total == before
