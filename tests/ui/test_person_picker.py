import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.pages import Act
from desktop.ui.register_page import RegisterPage
from desktop.workspace import records
from tests.ui.conftest import answer
from tests.ui.hands import ADDRESS, Hands, add_person
from tests.ui.test_entry_form import REQUIRED, fill_required
from tests.ui.test_scan_field import CARD

ENTER = Qt.Key.Key_Return


@pytest.fixture
def hands(qtbot, operations):
    return Hands(qtbot, operations)


@pytest.fixture
def open_form(qtbot, at_desk, operations, theme, languages, hands):
    """Begin a record of a register over a station that was prepared in the test."""
    pages = []

    def open_it(workspace, register="absence"):
        page = RegisterPage(operations, theme, at_desk(workspace), register, "vi")
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


def scan(line, text):
    for sign in text:
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r"))


def test_a_card_scanned_into_the_line_begins_the_person_it_names(open_form, commune, hands):
    form = open_form(commune)
    editor = form.fields.body.blocks["person"].editor
    scan(editor.line, CARD)
    hands.wait(lambda: editor.panel is not None and editor.panel.content().get("full_name") == "Lò Thị Đớn")
    content = editor.value()
    assert (content["personal_id"], content["dob"], content["gender"]) == ("011199004567", "1999-03-14", "F")


def test_a_card_of_someone_known_chooses_that_person(open_form, commune, hands):
    person = add_person(commune, personal_id="011199004567")
    form = open_form(commune)
    editor = form.fields.body.blocks["person"].editor
    scan(editor.line, CARD)
    hands.wait(lambda: editor.value() == person)
    assert editor.panel is None


def test_a_scan_never_overwrites_what_was_typed_without_asking(open_form, commune, hands):
    form = open_form(commune)
    editor = form.fields.body.blocks["person"].editor
    editor.set_value({"full_name": "Lò Thị Đới", "gender": "F"})
    scan(editor.panel.scan.line, CARD)
    hands.wait(lambda: editor.panel.questions)
    assert editor.value()["full_name"] == "Lò Thị Đới"
    assert [question.block.field.id for question in editor.panel.questions] == ["full_name"]
    editor.panel.questions[0].take.click()
    assert editor.value()["full_name"] == "Lò Thị Đớn"


def test_a_child_is_asked_for_a_representative(open_form, commune, hands):
    form = open_form(commune)
    editor = form.fields.body.blocks["person"].editor
    editor.set_value({"full_name": "Hờ Thị Dế", "gender": "F"})
    assert not editor.panel.blocks["legal_rep"].is_asked
    editor.panel.blocks["dob"].focus()
    hands.enter("12/9/2015")
    hands.wait(lambda: editor.panel.blocks["legal_rep"].is_asked)


def test_a_child_and_its_representative_are_saved_with_the_record(open_form, commune, hands, qtbot, operations):
    form = open_form(commune)
    blocks = form.fields.body.blocks
    mother = {"full_name": "Vừ Thị Mỷ", "dob": "1980", "gender": "F", "nationality": "VNM", "perm_addr": ADDRESS}
    child = {"full_name": "Hờ Thị Dế", "dob": "2015", "gender": "F", "nationality": "VNM", "perm_addr": ADDRESS}
    blocks["person"].editor.set_value({**child, "legal_rep": mother})
    fill_required(blocks, REQUIRED)
    with qtbot.waitSignal(form.saved, timeout=10_000) as saved:
        form.save()
    hands.rest()
    record = answer(qtbot, operations.ask(records.read, saved.args[0]))
    saved_child = answer(qtbot, operations.ask(records.read, record.values["person"]))
    saved_mother = answer(qtbot, operations.ask(records.read, saved_child.values["legal_rep"]))
    assert saved_mother.values["full_name"] == "Vừ Thị Mỷ"


def test_a_doubt_about_a_new_person_is_answered_in_that_persons_record(open_form, commune, hands, qtbot, operations):
    form = open_form(commune)
    blocks = form.fields.body.blocks
    person = {"full_name": "Đớn", "dob": "1999", "gender": "F", "nationality": "VNM", "perm_addr": ADDRESS}
    blocks["person"].editor.set_value(person)
    fill_required(blocks, REQUIRED)
    form.save()
    hands.rest()
    assert [(one.code, one.field) for one in form.problems] == [("name_one_word", "person.full_name")]
    hands.enter("gia dinh chi goi vay")
    with qtbot.waitSignal(form.saved, timeout=10_000) as saved:
        form.save()
    hands.rest()
    record = answer(qtbot, operations.ask(records.read, saved.args[0]))
    person = answer(qtbot, operations.ask(records.read, record.values["person"]))
    assert person.reasons == {"name_one_word": "gia dinh chi goi vay"}
    assert record.reasons == {}


def test_people_who_may_be_the_same_are_shown_and_never_take_a_key(open_form, commune, hands):
    known = add_person(commune, "Lò Thị Đớn")
    form = open_form(commune)
    editor = form.fields.body.blocks["person"].editor
    editor.set_value({"full_name": "Lò Thị Đớn", "gender": "F"})
    editor.panel.blocks["dob"].focus()
    hands.type("1999")
    hands.wait(lambda: form.frame.duplicates.shown)
    assert [one.record for one in form.frame.duplicates.shown] == [known]
    hands.type("~")
    assert hands.focused() is editor.panel.blocks["dob"].editor.line
    assert editor.panel.blocks["dob"].editor.line.text() == "1999~"
    form.frame.duplicates.taken.emit(known)
    hands.wait(lambda: editor.value() == known)


def test_a_scanned_passport_fills_the_fields_of_a_residence_check(open_form, commune, hands):
    form = open_form(commune, "residence_check")
    blocks = form.fields.body.blocks
    editor = blocks["person"].editor
    editor.begin_person()
    for line in ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"):
        scan(editor.panel.scan.line, line)
    hands.wait(lambda: blocks["passport_no"].editor.value() == "L898902C3")
    assert blocks["expiry"].editor.value() is not None
