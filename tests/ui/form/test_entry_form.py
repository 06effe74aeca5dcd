from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.definitions.loader import load_library
from desktop.domain.log.operation import Json
from desktop.paths import forms_dir
from desktop.storage import audit_log
from desktop.storage.audit_log import AuditEntry
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from desktop.workspace.records import drafts, records, saving
from desktop.workspace.views.entry_view import read_entry
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, add_absence, add_person, add_victim, told
from tests.workspace.records.test_attachments import TRACK

OpenPage: TypeAlias = Callable[..., RegisterPage]

ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def open_page(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, theme: Theme, languages: Languages
) -> OpenPage:
    """Open a register's page over a station that was prepared in the test."""

    def open_it(session: Session, register: str = "absence") -> RegisterPage:
        operations.crashed.connect(_raise)
        page = RegisterPage(operations, theme, at_desk(session), register, "vi")
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.activate()
        return page

    return open_it


def _raise(error: Exception) -> None:
    raise error


def begin(page: RegisterPage, hands: Hands, record: str | None = None) -> Any:  # noqa: ANN401  blocks of any editors
    with hands.qtbot.waitSignal(page.form.ready):
        page.form.open(record)
    hands.rest()
    return page.form.fields.body.blocks


def save(page: RegisterPage, hands: Hands) -> str:
    with hands.qtbot.waitSignal(page.form.saved) as saved:
        page.perform(Act.SAVE)
    hands.rest()
    return str(saved.args[0])


def fill(blocks: Any, values: Mapping[str, Json]) -> None:  # noqa: ANN401  blocks of any editors
    for name, value in values.items():
        blocks[name].editor.set_value(value)
        blocks[name].editor.changed.emit()


REQUIRED: dict[str, Json] = {
    "case_kind": ["MAT_LL"],
    "absent_since": "2026-03",
    "absence_reason_declared": "KET_HON",
    "absence_reason_assessed": "KET_HON",
    "declared_absence": True,
    "risk_level": "1",
    "source_of_information": "RA_SOAT",
}


def test_an_absence_is_entered_saved_and_found_by_keys_alone(
    open_page: OpenPage, commune: Session, hands: Hands, operations: RegistryWorker, qtbot: QtBot
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    hands.paste("nguyễn thị đào")
    hands.wait(blocks["person"].editor.list.isVisible)
    hands.press(ENTER)  # the only offer is to enter her
    for text in ("14031996", "nu", "011196000123", ""):
        hands.enter(text)
    address = blocks["person"].editor.panel.blocks["perm_addr"].editor
    hands.type("nam ke")
    hands.wait(address.list.isVisible)
    hands.press(ENTER)
    for text in ("ban Nam Ke", "mat_ll", "3/2026", "", "lam an", "khong ro", "c"):
        hands.enter(text)
    go_to(hands, blocks["risk_level"].editor.line)
    hands.enter("1")
    go_to(hands, blocks["source_of_information"].editor.line)
    page.perform(Act.CODES)
    hands.press(ENTER)
    save(page, hands)
    found = told(qtbot, operations.ask(records.list_records, "absence", text="nguyen thi dao"))
    assert [(row.title, row.cells[3]) for row in found.rows] == [("Nguyễn Thị Đào", "03/2026")]
    people = told(qtbot, operations.ask(records.list_records, "person", text="nguyen thi dao"))
    assert [row.cells[1] for row in people.rows] == ["14/03/1996"]


def go_to(hands: Hands, target: QWidget) -> None:
    for _ in range(60):
        if QApplication.focusWidget() is target:
            return
        hands.press(ENTER)
    raise AssertionError("the keyboard never gets there")


@pytest.mark.parametrize(("forth", "back"), [(ENTER, Qt.Key.Key_Backtab), (TAB, Qt.Key.Key_Backtab), (DOWN, UP)])
def test_keys_go_forth_and_back_in_the_order_of_the_form(
    open_page: OpenPage, commune: Session, hands: Hands, forth: Qt.Key, back: Qt.Key
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["absent_since"].focus()
    hands.press(forth)
    assert hands.focused() is blocks["return_expected"].editor.line
    hands.press(back)
    assert hands.focused() is blocks["absent_since"].editor.line


def test_a_problem_shows_when_the_field_is_left_and_not_before(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["absent_since"].focus()
    hands.type("31/2/2026")
    hands.rest()
    assert blocks["absent_since"].problems == ()
    hands.press(ENTER)
    hands.wait(lambda: blocks["absent_since"].problems)
    assert [one.code for one in blocks["absent_since"].problems] == ["date_impossible"]
    assert blocks["absent_since"].editor.line.text() == "31/2/2026"
    assert hands.focused() is blocks["return_expected"].editor.line


def test_a_field_is_not_left_while_an_input_method_composes(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["destination_place"].focus()
    QApplication.sendEvent(hands.focused(), QInputMethodEvent("đ", []))
    hands.press(ENTER)
    assert hands.focused() is blocks["destination_place"].editor.line


def test_a_message_leaves_the_cursor_where_it_is_on_the_screen(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["absent_since"].focus()
    hands.type("31/2/2026")
    blocks["declared_absence"].focus()  # two rows below: longer words above it must not push it down
    page.form.fields.body.verticalScrollBar().setValue(60)
    focused = hands.focused()
    before = focused.mapTo(page, QPoint(0, 0))
    hands.wait(lambda: blocks["absent_since"].problems)
    hands.rest()
    assert hands.focused() is focused
    assert focused.mapTo(page, QPoint(0, 0)) == before


def test_an_error_keeps_the_record_from_being_saved_but_never_the_text(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    person = add_person(commune)
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.choose(person)
    fill(blocks, REQUIRED)
    blocks["return_expected"].focus()
    hands.type("99/99/2026")
    blocks["risk_level"].focus()
    hands.rest()
    page.perform(Act.SAVE)
    hands.rest()
    assert page.form.is_open
    assert blocks["return_expected"].editor.line.text() == "99/99/2026"
    assert hands.focused() is blocks["return_expected"].editor.line


def test_a_doubt_asks_for_its_reason_which_is_kept_in_the_record(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    person = add_person(commune)
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.choose(person)
    fill(blocks, {**REQUIRED, "absent_since": "2025-01", "declared_absence": False})
    hands.rest()
    page.perform(Act.SAVE)
    hands.rest()
    assert [one.code for one in page.form.problems] == ["absence_undeclared"]
    hands.enter("dang ky tam tru o Lai Chau")
    record = save(page, hands)
    view = told(qtbot, operations.ask(records.read, record))
    assert view.reasons == {"absence_undeclared": "dang ky tam tru o Lai Chau"}


def test_what_was_typed_is_there_again_after_leaving(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["destination_place"].editor.line.setFocus()
    hands.paste("Côn Minh")
    blocks["return_expected"].focus()
    hands.type("32/13")
    page.form.leave()
    hands.rest()
    assert not page.form.is_open
    blocks = begin(page, hands)
    assert blocks["destination_place"].editor.value() == "Côn Minh"
    assert blocks["return_expected"].editor.line.text() == "32/13"
    assert page.form.frame.draft_bar.isVisible()


def test_a_person_half_entered_is_part_of_the_draft(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.set_value({"full_name": "Vừ Thị Mỷ", "gender": "F"})
    blocks["person"].editor.changed.emit()
    page.form.leave()
    hands.rest()
    blocks = begin(page, hands)
    assert blocks["person"].editor.value()["full_name"] == "Vừ Thị Mỷ"


def test_a_draft_let_go_is_gone(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["destination_place"].focus()
    hands.type("Lao Cai")
    page.form.leave()
    hands.rest()
    begin(page, hands)
    with qtbot.waitSignal(page.form.ready):
        page.form.frame.refuse_draft.click()
    assert page.form.fields.body.blocks["destination_place"].editor.value() is None
    assert told(qtbot, operations.ask(drafts.read, "absence", None)) is None


def test_a_draft_of_a_record_holds_only_what_was_changed(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    record = add_absence(commune, add_person(commune), destination_place="Vân Nam")
    page = open_page(commune)
    blocks = begin(page, hands, record)
    blocks["border_point"].focus()
    hands.type("A Pa Chai")
    page.form.leave()
    hands.rest()
    assert told(qtbot, operations.ask(drafts.read, "absence", record)).values == {"border_point": "A Pa Chai"}


def test_saving_lets_the_draft_go(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    record = add_absence(commune, add_person(commune))
    page = open_page(commune)
    blocks = begin(page, hands, record)
    blocks["border_point"].focus()
    hands.type("A Pa Chai")
    hands.press(ENTER)
    hands.rest()
    save(page, hands)
    assert told(qtbot, operations.ask(drafts.read, "absence", record)) is None
    assert told(qtbot, operations.ask(records.read, record)).values["border_point"] == "A Pa Chai"


def test_the_next_record_keeps_what_is_sticky_and_shows_it(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot
) -> None:
    person = add_person(commune)
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.choose(person)
    fill(blocks, {**REQUIRED, "destination_place": "Vân Nam"})
    hands.rest()
    with qtbot.waitSignal(page.form.saved), qtbot.waitSignal(page.form.ready):
        page.perform(Act.NEW)
    assert page.form.record is None
    assert blocks["source_of_information"].editor.value() == "RA_SOAT"
    assert blocks["source_of_information"].pin.isVisibleTo(page)
    assert blocks["destination_place"].editor.value() is None


def test_f7_repeats_the_last_records_value(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    add_absence(commune, add_person(commune), destination_place="Vân Nam")
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["destination_place"].focus()
    page.perform(Act.REPEAT)
    assert blocks["destination_place"].editor.value() == "Vân Nam"


def test_f8_goes_from_problem_to_problem(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["case_kind"].focus()
    page.perform(Act.NEXT_PROBLEM)
    assert hands.focused() is blocks["absent_since"].editor.line
    page.perform(Act.NEXT_PROBLEM)
    assert hands.focused() is blocks["absence_reason_declared"].editor.line


def test_f6_goes_to_a_section_by_keys(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.perform(Act.SECTION)
    hands.press(DOWN, ENTER)
    assert hands.focused() is blocks["absent_since"].editor.line


def test_f1_unfolds_the_hint_and_the_legal_basis_below_the_field(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["declared_absence"].focus()
    page.perform(Act.FIELD_HELP)
    assert "Điều 31" in blocks["declared_absence"].help.text
    assert hands.focused() is blocks["declared_absence"].editor.frame
    page.perform(Act.FIELD_HELP)
    assert blocks["declared_absence"].help is None


def test_a_field_hidden_by_another_answer_keeps_its_value(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    fill(blocks, {"case_kind": ["CONLAI"], "visit_purpose": "thăm mẹ"})
    hands.wait(lambda: blocks["visit_purpose"].is_asked)
    fill(blocks, {"case_kind": ["MAT_LL"]})
    hands.wait(lambda: not blocks["visit_purpose"].is_asked)
    fill(blocks, {"case_kind": ["CONLAI"]})
    hands.wait(lambda: blocks["visit_purpose"].is_asked)
    assert blocks["visit_purpose"].editor.value() == "thăm mẹ"


def test_what_is_worked_out_follows_what_is_typed(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["absent_since"].focus()
    hands.enter("21/11/2025")
    line = page.form.fields.body.sections[1].computed["months_absent"]
    hands.wait(lambda: line.line.text() == "12")


def test_a_conflict_shows_both_values_and_the_way_to_settle_it(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot
) -> None:
    record = add_absence(commune, add_person(commune), destination_place="Vân Nam")
    seen = records.read(commune, record)
    for place in ("Quảng Tây", "Quảng Đông"):
        saving.save(
            commune,
            "absence",
            {**seen.values, "destination_place": place},
            record=record,
            base=seen.heads,
            reason_for_all="x y z",
        )
    page = open_page(commune)
    blocks = begin(page, hands, record)
    said = blocks["destination_place"].message.text
    assert "Quảng Tây" in said
    assert "Quảng Đông" in said
    with qtbot.waitSignal(page.conflict_wanted) as wanted:
        blocks["destination_place"].settle.click()
    assert wanted.args == [record]


def test_a_change_that_came_meanwhile_is_not_overwritten(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    record = add_absence(commune, add_person(commune), destination_place="Vân Nam")
    page = open_page(commune)
    blocks = begin(page, hands, record)
    blocks["destination_place"].editor.set_value("Quảng Tây")
    blocks["destination_place"].editor.changed.emit()
    operations.act(None, (), _change_elsewhere, record)
    hands.rest()
    save(page, hands)
    assert told(qtbot, operations.ask(records.read, record)).conflicts == ("destination_place",)


def _change_elsewhere(session: Session, record: str) -> None:
    view = records.read(session, record)
    values = {**view.values, "destination_place": "Quảng Đông"}
    saving.save(session, "absence", values, record=record, base=view.heads, reason_for_all="x y z")


def test_what_identifies_a_victim_is_covered_until_a_reason_is_given(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    record = add_victim(commune)
    page = open_page(commune, "returned_victim")
    blocks = begin(page, hands, record)
    assert blocks["person"].is_covered
    assert blocks["person"].stops() == []
    page.form.reveal_bar.reason.setText("Lập phiếu hỗ trợ")
    page.form.reveal_bar.show_button.click()
    hands.wait(lambda: not blocks["person"].is_covered)
    assert blocks["person"].editor.line.text() == "Lò Thị Đớn"
    entries = told(qtbot, operations.ask(_audit))
    assert [(entry.action, entry.record) for entry in entries] == [("reveal", record)]


def _audit(session: Session) -> list[AuditEntry]:
    return [entry for entry in audit_log.entries(session.database) if entry.action == "reveal"]


def test_a_covered_record_saves_without_losing_what_is_covered(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    record = add_victim(commune)
    person = records.read(commune, record).values["person"]
    page = open_page(commune, "returned_victim")
    blocks = begin(page, hands, record)
    blocks["reception_unit"].editor.set_value("Đồn Biên phòng Leng Su Sìn")
    blocks["reception_unit"].editor.changed.emit()
    save(page, hands)
    values = told(qtbot, operations.ask(records.read, record)).values
    assert (values["person"], values["reception_unit"]) == (person, "Đồn Biên phòng Leng Su Sìn")


def test_a_new_victims_case_code_is_given_by_the_program(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune, "returned_victim")
    begin(page, hands)
    assert "case_code" not in page.form.fields.body.blocks
    assert "case_code" not in {problem.field for problem in page.form.problems}


@pytest.mark.parametrize("register", sorted(load_library(forms_dir()).registers))
def test_every_register_has_a_form_that_fills_itself_with_its_defaults(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot, register: str
) -> None:
    facts = read_entry(commune, register, None, "vi")
    page = open_page(commune, register)
    blocks = begin(page, hands)
    kept = {name: block.editor.value() for name, block in blocks.items() if block.editor.value() is not None}
    assert kept == dict(facts.values)


def test_a_row_begun_below_the_screen_comes_into_sight(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    fill(blocks, {"case_kind": ["LCNN"]})
    hands.wait(lambda: blocks["foreign_spouse"].is_asked)
    blocks["foreign_spouse"].focus()
    hands.press(*[Qt.Key.Key_Insert] * 3)
    hands.rest()
    focused = hands.focused()
    assert (
        page.form.fields.body.viewport()
        .rect()
        .contains(focused.mapTo(page.form.fields.body.viewport(), focused.rect().center()))
    )


def test_a_recorded_track_fills_the_distance_and_the_times_beside_it(
    open_page: OpenPage, hands: Hands, border: Session, tmp_path: Path
) -> None:
    page = open_page(border, "patrol")
    blocks = begin(page, hands)
    fill(blocks, {"track_started_at": "2026-11-18T07:00+07:00"})
    path = tmp_path / "đường.gpx"
    path.write_bytes(TRACK)
    blocks["route_gpx"].editor.add_file(path)
    hands.wait(lambda: blocks["distance_km"].editor.stored() == "11.13")
    assert blocks["route_gpx"].editor.stored()["name"] == "đường.gpx"
    assert blocks["track_ended_at"].editor.stored() == "2026-11-18T12:00+07:00"
    assert blocks["track_started_at"].editor.stored() == "2026-11-18T07:00+07:00"
    (question,) = page.form.fields.questions
    question.take.click()
    assert blocks["track_started_at"].editor.stored() == "2026-11-18T08:00+07:00"
