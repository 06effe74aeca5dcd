import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.base.problems import Label, Problem
from desktop.domain.definitions.model import FieldDefinition, Privacy, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value
from desktop.sentences import sentence
from desktop.ui.base.language import Languages
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import column
from desktop.ui.form.editors.by_type import make_editor
from desktop.ui.form.form_context import FormContext
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import attachments
from tests.ui.conftest import AtDesk
from tests.ui.hands import ADDRESS, Hands, add_person

Show: TypeAlias = Callable[..., Any]
ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down
NAMES = (
    FieldDefinition(id="name", type=TypeName.TEXT, label=Label(vi="Tên", en="Name"), privacy=Privacy.P2, required=True),
    FieldDefinition(id="dob", type=TypeName.PARTIAL_DATE, label=Label(vi="Sinh", en="Born"), privacy=Privacy.P2),
)
MORE: dict[TypeName, dict[str, Any]] = {
    TypeName.CODE: {"codes": "gender"},
    TypeName.CODES: {"codes": "absence_kind"},
    TypeName.LINK: {"register": "officer"},
    TypeName.ROWS: {"fields": NAMES},
}
FILE: dict[str, Json] = {"digest": "ab" * 32, "name": "phiếu.pdf", "media_type": "application/pdf", "size": 81_234}
PAPER = b"%PDF-1.4 a paper %%EOF"
LONG_AGO = "0192f000-0000-7000-8000-000000000000"

STORED: dict[TypeName, Json] = {
    TypeName.TEXT: "Bản Nậm Kè",
    TypeName.LONG_TEXT: "Dòng một\nDòng hai",
    TypeName.DATE: "2025-03-14",
    TypeName.PARTIAL_DATE: "1999~",
    TypeName.DATE_TIME: "2025-03-14T08:30+07:00",
    TypeName.INTEGER: 12_500,
    TypeName.DECIMAL: "12.5",
    TypeName.YES_NO: False,
    TypeName.CODE: "F",
    TypeName.CODES: ["LCNN", "VM_LN"],
    TypeName.PERSON: LONG_AGO,
    TypeName.LINK: LONG_AGO,
    TypeName.ADDRESS: {**ADDRESS, "old_text": "xã Nậm Kè, huyện Mường Nhé"},
    TypeName.ROWS: [{"name": "Wang Li", "dob": "2026-01"}, {"name": "Wang Xin", "unknown_column": 7}],
    TypeName.ATTACHMENT: FILE,
    TypeName.PERSONAL_ID: "011199004567",
    TypeName.PASSPORT: "C1234567",
    TypeName.PHONE: "+84912345678",
}
TYPED = [
    (TypeName.TEXT, "  ban   Nam Ke ", "ban Nam Ke", "ban Nam Ke"),
    (TypeName.DATE, "14032025", "2025-03-14", "14/03/2025"),
    (TypeName.DATE, "14.3.25", "2025-03-14", "14/03/2025"),
    (TypeName.PARTIAL_DATE, "3/2025", "2025-03", "03/2025"),
    (TypeName.PARTIAL_DATE, "1999~", "1999~", "~1999"),
    (TypeName.DATE_TIME, "14/3/2025 8h30", "2025-03-14T08:30+07:00", "14/03/2025 08:30"),
    (TypeName.INTEGER, "12500", 12_500, "12.500"),
    (TypeName.DECIMAL, "12.5", "12.5", "12,5"),
    (TypeName.CODE, "f", "F", "Nữ"),
    (TypeName.CODE, "nu", "F", "Nữ"),
    (TypeName.PERSONAL_ID, "011 199 004567", "011199004567", "011199004567"),
    (TypeName.PASSPORT, "c 1234567", "C1234567", "C1234567"),
    (TypeName.PHONE, "0912345678", "+84912345678", "0912 345 678"),
]


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def context(operations: RegistryWorker, definitions: Definitions, theme: Theme, languages: Languages) -> FormContext:
    return FormContext(
        operations=operations,
        library=definitions.library,
        language="vi",
        places=definitions.places(),
        today=dt.date(2026, 11, 21),
        opened_at=dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    )


@pytest.fixture
def show(qtbot: QtBot, context: FormContext) -> Show:
    """Show the editor of a type in a window of its own."""
    windows: list[QWidget] = []

    def show_it(type_name: TypeName, **more: Any) -> Any:  # noqa: ANN401  an editor of any type
        field = FieldDefinition(
            id="field",
            type=type_name,
            label=Label(vi="Ô", en="Field"),
            privacy=Privacy.P2,
            **{**MORE.get(type_name, {}), **more},
        )
        editor = make_editor(field, context)
        holder = QWidget()
        windows.append(holder)
        holder.setLayout(column((editor,), margin=40))
        qtbot.addWidget(holder)
        holder.resize(900, 600)
        with qtbot.waitActive(holder):
            holder.show()
            holder.activateWindow()
        editor.focus_first()
        return editor

    return show_it


def leave(editor: Any, qtbot: QtBot) -> None:  # noqa: ANN401  an editor of any type
    with qtbot.waitSignal(editor.left):
        for stop in editor.stops():
            stop.clearFocus()


def test_every_field_type_is_tried_here() -> None:
    assert set(STORED) == set(TypeName)


@pytest.mark.parametrize("type_name", TypeName)
def test_an_editor_gives_back_the_value_it_was_given(show: Show, type_name: TypeName) -> None:
    editor = show(type_name)
    editor.set_value(STORED[type_name])
    assert editor.value() == STORED[type_name]
    assert editor.unread() == {}


@pytest.mark.parametrize("type_name", TypeName)
def test_an_empty_editor_says_nothing(show: Show, type_name: TypeName) -> None:
    editor = show(type_name)
    editor.set_value(STORED[type_name])
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize("type_name", TypeName)
def test_a_sealed_value_is_carried_as_it_is(show: Show, type_name: TypeName) -> None:
    editor = show(type_name)
    sealed = {"$sealed": "AAAA"}
    editor.set_value(sealed)
    assert editor.value() == sealed


@pytest.mark.parametrize("type_name", TypeName)
def test_showing_a_value_says_nothing_of_a_change(show: Show, qtbot: QtBot, type_name: TypeName) -> None:
    editor = show(type_name)
    with qtbot.assertNotEmitted(editor.changed, wait=20):
        editor.set_value(STORED[type_name])


@pytest.mark.parametrize(("type_name", "typed", "value", "shown"), TYPED)
def test_what_is_typed_becomes_a_value_and_is_shown_in_its_usual_form(
    show: Show, hands: Hands, qtbot: QtBot, type_name: TypeName, typed: str, value: object, shown: str
) -> None:
    editor = show(type_name)
    hands.type(typed)
    leave(editor, qtbot)
    assert editor.value() == value
    assert editor.line.text() == shown


@pytest.mark.parametrize(
    ("type_name", "typed", "code"),
    [
        (TypeName.DATE, "31/2/2025", "date_impossible"),
        (TypeName.PERSONAL_ID, "0111990", "personal_id_form"),
        (TypeName.CODE, "zzz", "code_unknown"),
        (TypeName.PERSON, "Ai do", "record_not_chosen"),
        (TypeName.ADDRESS, "xyz", "address_unit_not_chosen"),
    ],
)
def test_a_text_that_is_no_value_stays_and_names_its_problem(
    show: Show, hands: Hands, qtbot: QtBot, type_name: TypeName, typed: str, code: str
) -> None:
    editor = show(type_name)
    editor.set_text(typed)
    leave(editor, qtbot)
    assert editor.unread()[""].code == code
    assert editor.typed() == {"": typed}
    again = show(type_name)
    again.set_typed("", typed)
    assert again.text() == typed


def test_a_name_in_small_letters_gets_its_capitals(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.TEXT, kind="person_name")
    hands.paste("lò thị đớn")
    leave(editor, qtbot)
    assert editor.value() == "Lò Thị Đớn"


@pytest.mark.parametrize(("typed", "words"), [("1999", "year only"), ("3/1999", "month only"), ("1999~", "estimated")])
def test_a_date_says_how_precise_it_is(show: Show, hands: Hands, typed: str, words: str) -> None:
    editor = show(TypeName.PARTIAL_DATE)
    hands.type(typed)
    assert editor.precision == words


@pytest.mark.parametrize(("key", "value"), [("c", True), ("y", True), ("1", True), ("k", False), ("0", False)])
def test_one_key_answers_yes_or_no(show: Show, hands: Hands, key: str, value: object) -> None:
    editor = show(TypeName.YES_NO)
    hands.type(key)
    assert editor.value() is value
    hands.press(Qt.Key.Key_Delete)
    assert editor.value() is None


def test_enter_takes_the_marked_code_and_goes_on(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.CODE, codes="nationality", quick=("CHN", "LAO"))
    editor.show_codes()
    hands.press(DOWN)
    with qtbot.waitSignal(editor.stepped):
        hands.press(ENTER)
    assert editor.value() == "LAO"
    assert not editor.list.isVisible()


def test_escape_closes_the_list_and_keeps_what_was_typed(show: Show, hands: Hands) -> None:
    editor = show(TypeName.CODE)
    hands.type("n")
    assert editor.list.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert not editor.list.isVisible()
    assert editor.line.text() == "n"


def test_several_codes_are_taken_one_by_one_and_taken_back(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.CODES)
    hands.enter("vm_ln")
    hands.enter("lay chong")
    assert editor.value() == ["LCNN", "VM_LN"]
    hands.press(Qt.Key.Key_Backspace)
    assert editor.value() == ["VM_LN"]
    with qtbot.waitSignal(editor.stepped):
        hands.press(ENTER)


def test_several_codes_are_ticked_in_the_open_list(show: Show, hands: Hands) -> None:
    editor = show(TypeName.CODES)
    editor.show_codes()
    hands.press(ENTER, DOWN, ENTER)
    assert len(editor.value()) == 2
    hands.press(ENTER)
    assert len(editor.value()) == 1


def test_enter_goes_on_from_a_long_text_and_shift_enter_begins_a_line(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.LONG_TEXT)
    hands.type("one")
    hands.press(ENTER, modifier=Qt.KeyboardModifier.ShiftModifier)
    hands.type("two")
    with qtbot.waitSignal(editor.stepped):
        hands.press(ENTER)
    assert editor.value() == "one\ntwo"


def test_rows_are_added_and_taken_away_by_keys_and_come_back(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.ROWS)
    hands.type("Wang Li")
    hands.press(ENTER, modifier=Qt.KeyboardModifier.ControlModifier)
    hands.type("Wang Xin")
    assert editor.value() == [{"name": "Wang Li"}, {"name": "Wang Xin"}]
    hands.press(Qt.Key.Key_Delete, modifier=Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == [{"name": "Wang Li"}]
    editor.undo.click()
    assert editor.value() == [{"name": "Wang Li"}, {"name": "Wang Xin"}]


def test_up_and_down_stay_in_the_column_of_a_grid(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.ROWS)
    editor.set_value([{"name": "Wang Li"}, {"name": "Wang Xin"}, {"name": "Wang Hu"}])
    cells = [[row.blocks[name].stops()[0] for name in ("name", "dob")] for row in editor.rows]
    cells[0][1].setFocus()
    hands.press(DOWN, DOWN)
    assert hands.focused() is cells[2][1]
    with qtbot.waitSignal(editor.stepped):
        hands.press(DOWN)
    hands.press(UP)
    assert hands.focused() is cells[1][1]
    assert [row.blocks["name"].label.isHidden() for row in editor.rows] == [False, True, True]


def test_an_open_list_keeps_its_arrows_in_a_row(show: Show, hands: Hands) -> None:
    sex = FieldDefinition(
        id="sex", type=TypeName.CODE, label=Label(vi="Giới", en="Sex"), privacy=Privacy.P2, codes="gender"
    )
    editor = show(TypeName.ROWS, fields=(sex,))
    editor.set_value([{"sex": "F"}, {"sex": "F"}])
    first = editor.rows[0].blocks["sex"].editor
    first.focus_first()
    first.show_codes()
    hands.press(DOWN)
    assert hands.focused() is first.line
    assert first.list.isVisible()


def test_the_numbers_of_a_list_choose_and_a_longer_number_waits(show: Show, hands: Hands) -> None:
    editor = show(TypeName.CODE, codes="absence_reason")
    codes = [code.value for code in editor.context.library.code_lists["absence_reason"].codes]
    hands.type("2")
    assert editor.value() == codes[1]
    numbered = show(TypeName.CODE, codes="risk_level")
    hands.type("2")
    assert numbered.value() == "2"
    long = show(TypeName.CODE, codes="nationality")
    hands.type("1")
    assert long.line.text() == "1"
    assert long.value() == editor.context.library.code_lists["nationality"].codes[0].value


def test_enter_passes_over_rows_and_adds_none(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.ROWS)
    with qtbot.waitSignal(editor.stepped):
        hands.press(ENTER)
    assert editor.rows == ()


def test_a_row_left_empty_disappears(show: Show, hands: Hands) -> None:
    editor = show(TypeName.ROWS)
    hands.press(Qt.Key.Key_Insert)
    assert len(editor.rows) == 1
    editor.settle()
    assert len(editor.rows) == 1, "someone is still in it"
    editor.add.setFocus()
    editor.settle()
    assert editor.rows == ()


def test_a_cell_that_cannot_be_read_names_its_row_and_column(show: Show, hands: Hands) -> None:
    editor = show(TypeName.ROWS)
    editor.set_value([{"name": "Wang Li"}])
    editor.rows[0].blocks["dob"].editor.set_text("30/2/2020")
    assert {path: one.code for path, one in editor.unread().items()} == {"[0].dob": "date_impossible"}
    assert editor.typed() == {"[0].dob": "30/2/2020"}
    problem = Problem(code="value_missing", field="field[0].name")
    editor.shows_all = True
    editor.inner_problems({"[0].name": (problem,)})
    assert editor.rows[0].blocks["name"].problems == (problem,)


def test_a_commune_is_found_by_letters_without_marks(
    show: Show, hands: Hands, at_desk: AtDesk, commune: Session
) -> None:
    at_desk(commune)
    editor = show(TypeName.ADDRESS)
    hands.type("nam ke")
    hands.wait(editor.list.isVisible)
    hands.press(ENTER)
    assert editor.value() == {"province": "11", "commune": "03162"}


def test_an_old_address_finds_its_commune_and_keeps_its_words(
    show: Show, hands: Hands, at_desk: AtDesk, commune: Session
) -> None:
    at_desk(commune)
    editor = show(TypeName.ADDRESS)
    old = "bản Nậm Kè, xã Nậm Kè, huyện Mường Nhé, tỉnh Điện Biên"
    hands.paste(old)
    hands.wait(editor.list.isVisible)
    hands.press(ENTER)
    assert editor.value() == {"province": "11", "commune": "03162", "hamlet": "bản Nậm Kè", "old_text": old}


def test_a_known_person_is_found_by_name_without_marks(
    show: Show, hands: Hands, at_desk: AtDesk, commune: Session
) -> None:
    person = add_person(commune, "Lò Thị Đớn")
    at_desk(commune)
    editor = show(TypeName.PERSON)
    hands.type("lo thi don")
    hands.wait(editor.list.isVisible)
    hands.press(ENTER)
    hands.wait(lambda: editor.value() == person)
    assert editor.line.text() == "Lò Thị Đớn"


def test_a_file_is_copied_into_the_registry(
    show: Show, qtbot: QtBot, at_desk: AtDesk, commune: Session, tmp_path: Path, operations: RegistryWorker
) -> None:
    at_desk(commune)
    path = tmp_path / "phiếu.pdf"
    path.write_bytes(PAPER)
    editor = show(TypeName.ATTACHMENT)
    with qtbot.waitSignal(editor.changed):
        editor.add_file(path)
    value = editor.value()
    assert (value["name"], value["media_type"], value["size"]) == ("phiếu.pdf", "application/pdf", len(PAPER))
    request = operations.ask(attachments.content, value["digest"])
    with qtbot.waitSignal(request.result) as read:
        pass
    assert read.args == [PAPER]


def test_a_file_that_is_no_picture_or_paper_is_refused_in_words(
    show: Show, qtbot: QtBot, at_desk: AtDesk, commune: Session, tmp_path: Path
) -> None:
    at_desk(commune)
    path = tmp_path / "run.exe"
    path.write_bytes(b"MZ")
    editor = show(TypeName.ATTACHMENT)
    editor.add_file(path)
    qtbot.waitUntil(lambda: editor.said not in {"", "Reading the file"})
    assert editor.value() is None
    assert editor.said == sentence("attachment_type_unknown", {}, "vi")


def test_what_an_editor_shows_is_what_lists_and_papers_show(show: Show, context: FormContext) -> None:
    editor = show(TypeName.PHONE)
    editor.set_value(STORED[TypeName.PHONE])
    assert editor.line.text() == format_value(STORED[TypeName.PHONE], editor.field, context.values)


def test_a_closed_list_remembers_nothing_and_goes_with_its_line(show: Show, hands: Hands, qtbot: QtBot) -> None:
    editor = show(TypeName.CODE)
    window = editor.window()
    hands.type("n")
    assert editor.list.parent() is window
    hands.press(Qt.Key.Key_Escape)
    assert editor.list.choices.rowCount() == 0
    with qtbot.waitSignal(editor.list.destroyed):
        editor.deleteLater()
