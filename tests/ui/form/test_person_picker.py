from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Card, Paragraph, Text
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from desktop.workspace.records import records
from tests.ui.conftest import AtDesk
from tests.ui.form.test_entry_form import REQUIRED, fill
from tests.ui.form.test_scan_field import CARD
from tests.ui.hands import ADDRESS, Hands, add_person, told

OpenForm: TypeAlias = Callable[..., EntryForm]
ENTER = Qt.Key.Key_Return


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def open_form(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, theme: Theme, languages: Languages, hands: Hands
) -> OpenForm:
    """Begin a record of a register over a station that was prepared in the test."""
    pages: list[RegisterPage] = []

    def open_it(session: Session, register: str = "absence") -> EntryForm:
        page = RegisterPage(operations, theme, at_desk(session), register, "vi")
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        with qtbot.waitSignal(page.form.ready):
            page.perform(Act.NEW)
        hands.rest()
        return page.form

    return open_it


def blocks_of(form: EntryForm) -> Any:  # noqa: ANN401  blocks of any editors
    return form.fields.body.blocks


def scan(line: QWidget, text: str) -> None:
    for sign in text:
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r"))


def test_a_card_scanned_into_the_line_begins_the_person_it_names(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    assert form.take_scan(CARD)
    hands.wait(lambda: editor.panel is not None and editor.panel.content().get("full_name") == "Lò Thị Đớn")
    content = editor.value()
    assert (content["personal_id"], content["dob"], content["gender"]) == ("011199004567", "1999-03-14", "F")


def test_a_card_of_someone_known_chooses_that_person(open_form: OpenForm, commune: Session, hands: Hands) -> None:
    person = add_person(commune, personal_id="011199004567")
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    assert form.take_scan(CARD)
    hands.wait(lambda: editor.value() == person)
    assert editor.panel is None


def test_a_scan_never_overwrites_what_was_typed_without_asking(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    editor.set_value({"full_name": "Lò Thị Đới", "gender": "F"})
    scan(editor.panel.scan.line, CARD)
    hands.wait(lambda: editor.panel.questions)
    assert editor.value()["full_name"] == "Lò Thị Đới"
    assert [question.block.field.id for question in editor.panel.questions] == ["full_name"]
    editor.panel.questions[0].take.click()
    assert editor.value()["full_name"] == "Lò Thị Đớn"


def test_a_foreigner_is_not_asked_for_a_permanent_residence_here(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    editor.set_value({"full_name": "Wang Xiaoming", "nationality": "VNM"})
    assert editor.panel.blocks["perm_addr"].is_asked
    editor.panel.blocks["nationality"].focus()
    hands.enter("chn")
    hands.wait(lambda: not editor.panel.blocks["perm_addr"].is_asked)


def test_a_doubt_about_a_new_person_is_answered_in_that_persons_record(
    open_form: OpenForm, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    form = open_form(commune)
    blocks = blocks_of(form)
    person = {"full_name": "Đớn", "dob": "1999", "gender": "F", "nationality": "VNM", "perm_addr": ADDRESS}
    blocks["person"].editor.set_value(person)
    fill(blocks, REQUIRED)
    form.save()
    hands.rest()
    assert [(one.code, one.field) for one in form.problems] == [("name_one_word", "person.full_name")]
    hands.enter("gia dinh chi goi vay")
    with qtbot.waitSignal(form.saved) as saved:
        form.save()
    hands.rest()
    record = told(qtbot, operations.ask(records.read, saved.args[0]))
    written = told(qtbot, operations.ask(records.read, record.values["person"]))
    assert written.reasons == {"name_one_word": "gia dinh chi goi vay"}
    assert record.reasons == {}


def test_people_who_may_be_the_same_are_shown_and_never_take_a_key(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    known = add_person(commune, "Lò Thị Đớn")
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    editor.set_value({"full_name": "Lò Thị Đớn", "gender": "F"})
    editor.panel.blocks["dob"].focus()
    hands.type("1999")
    hands.wait(lambda: form.frame.duplicates.shown)
    assert [one.record for one in form.frame.duplicates.shown] == [known]
    hands.type("~")
    assert editor.panel.blocks["dob"].editor.line.text() == "1999~"
    assert hands.focused() is editor.panel.blocks["dob"].editor.line
    form.frame.duplicates.taken.emit(known)
    hands.wait(lambda: editor.value() == known)


def test_a_scanned_passport_fills_the_fields_of_a_residence_check(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    form = open_form(commune, "residence_check")
    blocks = blocks_of(form)
    editor = blocks["person"].editor
    editor.begin_person()
    for line in ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"):
        scan(editor.panel.scan.line, line)
    hands.wait(lambda: blocks["passport_no"].editor.value() == "L898902C3")
    assert blocks["expiry"].editor.value() is not None
    assert editor.value()["nationality"] != "VNM", "a default that nobody touched gives way"


def test_a_default_that_was_typed_again_is_asked_about(open_form: OpenForm, commune: Session, hands: Hands) -> None:
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    editor.begin_person()
    editor.panel.blocks["nationality"].focus()
    hands.enter("lao")
    scan(editor.panel.scan.line, CARD)
    hands.wait(lambda: editor.panel.questions)
    assert [question.block.field.id for question in editor.panel.questions] == ["nationality"]


def test_the_reason_why_somebody_may_be_the_same_is_said_in_words(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    add_person(commune, "Lò Thị Đớn", dob="2000")
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    editor.set_value({"full_name": "Don Lo", "gender": "F"})
    editor.panel.blocks["dob"].focus()
    hands.type("1999")
    hands.wait(lambda: form.frame.duplicates.shown)
    said = [text.plain for text in form.frame.duplicates.findChildren(Paragraph)]
    assert said == ["Lò Thị Đớn", "2000 · NG-2026-0001", "Mất dấu; thiếu chữ đệm (Thị, Văn...); đảo thứ tự họ tên"]


def test_a_number_that_was_cancelled_for_somebody_chooses_nobody(
    open_form: OpenForm, commune: Session, hands: Hands
) -> None:
    add_person(commune, "Lò Thị Ước", old_personal_ids=[{"number": "011199004567"}])
    form = open_form(commune)
    editor = blocks_of(form)["person"].editor
    assert form.take_scan(CARD)
    hands.wait(lambda: editor.panel is not None and editor.panel.content().get("full_name") == "Lò Thị Đớn")
    hands.wait(lambda: form.frame.duplicates.shown)
    assert [one.reasons for one in form.frame.duplicates.shown] == [("same_old_number",)]
    assert editor.panel is not None


def test_people_are_shown_whole_or_counted(open_form: OpenForm, commune: Session, hands: Hands) -> None:
    for year in ("1998", "1999", "2000", "2001"):
        add_person(commune, "Lò Thị Đớn", dob=year)
    form = open_form(commune)
    panel = form.frame.duplicates
    editor = blocks_of(form)["person"].editor
    editor.set_value({"full_name": "Lò Thị Đớn", "gender": "F"})
    editor.panel.blocks["dob"].focus()
    hands.type("1999")
    hands.wait(lambda: panel.shown)
    counts = []
    for height in (600, 740, 900):
        form.window().resize(1146, height)
        hands.rest()
        cards = [card for card in panel.findChildren(Card) if card.isVisible()]
        assert cards
        assert all(card.height() >= card.heightForWidth(card.width()) for card in cards) or len(cards) == 1
        assert f"{len(panel.shown) - len(cards)} " in panel.findChildren(Text)[-1].text()
        counts.append(len(cards))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == 3
