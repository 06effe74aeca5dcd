"""Going to a field by number or letters, notes on fields, sections by keys, and what Enter passes over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.definitions.companion_fields import note_name
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.form.go_to_line import GoToLine, GoToTarget, fitting_targets
from desktop.workspace.base.session import Session
from desktop.workspace.records import (
    drafts,
    field_notes,
    history,
    records,
    saving,
)
from tests.ui.form.test_entry_form import (
    REQUIRED,
    OpenPage,
    begin,
    fill,
    hands,
    open_page,
    save,
)
from tests.ui.hands import Hands, add_absence, add_person, add_victim, told

__all__ = ["hands", "open_page"]
ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


@pytest.mark.parametrize("typed", ["nguoi ru re", "moi gioi", "Người rủ"])
def test_a_field_is_gone_to_by_letters_of_its_label_with_marks_or_without(
    open_page: OpenPage, commune: Session, hands: Hands, typed: str
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.perform(Act.GO_TO)
    hands.enter(typed)
    assert hands.focused() is blocks["recruiter_info"].editor.box


def test_a_field_is_gone_to_by_its_number_which_is_the_same_in_every_record(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.perform(Act.GO_TO)
    hands.type("3")
    hands.press(ENTER)
    assert hands.focused() is blocks["absent_since"].editor.line
    fill(blocks, {"case_kind": ["LCNN"]})
    page.perform(Act.GO_TO)
    hands.type("3")
    hands.press(ENTER)
    assert hands.focused() is blocks["absent_since"].editor.line


def test_escape_goes_back_to_the_field_and_leaves_the_form_open(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["destination_place"].focus()
    page.perform(Act.GO_TO)
    hands.type("zzzz")
    hands.press(ENTER)  # nothing fits: nothing happens
    hands.press(ESC)
    assert hands.focused() is blocks["destination_place"].editor.line
    assert page.form.is_open
    assert blocks["destination_place"].editor.text() == ""


def test_a_field_of_a_person_entered_here_is_gone_to(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.begin_person()
    page.perform(Act.GO_TO)
    hands.paste("Ngày sinh")
    hands.press(ENTER)
    assert hands.focused() is blocks["person"].editor.panel.blocks["dob"].editor.line


def test_what_fits_best_comes_first() -> None:
    targets = [
        GoToTarget(path="a", number="12", label="Nơi cấp"),
        GoToTarget(path="b", number="2", label="Ngày cấp thẻ"),
        GoToTarget(path="c", number="3", label="Cấp độ"),
    ]
    assert [one.path for one in fitting_targets("cap", targets)] == ["c", "a", "b"]
    assert [one.path for one in fitting_targets("2", targets)] == ["b"]
    assert [one.path for one in fitting_targets("1", targets)] == ["a"]
    assert [one.path for one in fitting_targets("", targets)] == ["a", "b", "c"]


def test_a_note_is_written_by_keys_saved_with_the_record_and_kept_out_of_its_values(
    open_page: OpenPage, commune: Session, hands: Hands, operations: RegistryWorker
) -> None:
    person = add_person(commune)
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["person"].editor.choose(person)
    fill(blocks, REQUIRED)
    hands.rest()
    blocks["absent_since"].focus()
    page.perform(Act.NOTE)
    hands.rest()  # the field was left meanwhile, and all that follows from it is done
    assert hands.focused() is blocks["absent_since"].note.line
    hands.paste("chưa rõ, hỏi lại mẹ")
    hands.press(ENTER)
    assert hands.focused() is blocks["absent_since"].editor.line
    assert blocks["absent_since"].note.said.isVisible()
    record = save(page, hands)
    view = told(hands.qtbot, operations.ask(records.read, record))
    assert view.notes == {"note_absent_since": "chưa rõ, hỏi lại mẹ"}
    assert "note_absent_since" not in view.values
    (entry,) = [
        one for one in told(hands.qtbot, operations.ask(history.history, record)) if one.field == "note_absent_since"
    ]
    assert (entry.label, entry.new, entry.is_secret) == ("Ghi chú ở ô Vắng mặt từ", "chưa rõ, hỏi lại mẹ", False)
    (noted,) = told(hands.qtbot, operations.ask(field_notes.noted_records))
    assert (noted.record, noted.labels, noted.first) == (record, ("Vắng mặt từ",), "absent_since")
    page.preview.show_record(record)
    hands.wait(lambda: page.preview.facts is not None and page.preview.facts.record == record)
    assert "chưa rõ, hỏi lại mẹ" in page.preview.summary.text


def test_escape_leaves_a_note_as_it_was(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["absent_since"].focus()
    page.perform(Act.NOTE)
    hands.type("abc")
    hands.press(ESC)
    assert blocks["absent_since"].note.text == ""
    assert not blocks["absent_since"].note.isVisible()
    assert page.form.is_open


def test_the_list_of_notes_leads_to_their_fields(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.perform(Act.NOTES)
    assert hands.focused() is not None
    for name, text in (("absent_since", "hỏi lại mẹ"), ("border_point", "hỏi đồn")):
        blocks[name].focus()
        page.perform(Act.NOTE)
        hands.paste(text)
        hands.press(ENTER)
    page.perform(Act.NOTES)
    hands.type("don")
    hands.press(ENTER)
    assert hands.focused() is blocks["border_point"].editor.line


def test_a_note_not_saved_yet_is_part_of_the_draft(
    open_page: OpenPage, commune: Session, hands: Hands, operations: RegistryWorker
) -> None:
    record = add_absence(commune, add_person(commune))
    page = open_page(commune)
    blocks = begin(page, hands, record)
    blocks["absent_since"].focus()
    page.perform(Act.NOTE)
    hands.paste("hỏi lại mẹ")
    hands.press(ENTER)
    page.form.leave()
    hands.rest()
    draft = told(hands.qtbot, operations.ask(drafts.read, "absence", record))
    assert draft.values == {"note_absent_since": "hỏi lại mẹ"}
    blocks = begin(page, hands, record)
    assert blocks["absent_since"].note.text == "hỏi lại mẹ"


def test_a_note_on_what_identifies_a_victim_is_covered_and_its_words_are_listed_nowhere(
    open_page: OpenPage, commune: Session, hands: Hands, operations: RegistryWorker
) -> None:
    record = add_victim(commune)
    page = open_page(commune, "returned_victim")
    begin(page, hands, record)
    operations.act(None, ("returned_victim",), _note, record, "person", "tên thật khác")
    hands.rest()
    blocks = begin(page, hands, record)
    assert blocks["person"].is_covered
    assert not blocks["person"].note.isVisible()
    page.perform(Act.NOTES)
    assert not any(line.isVisible() for line in page.findChildren(GoToLine))
    (entry,) = [one for one in told(hands.qtbot, operations.ask(history.history, record)) if one.field == "note_person"]
    assert entry.is_secret
    (noted,) = told(hands.qtbot, operations.ask(field_notes.noted_records))
    assert "tên thật khác" not in str(noted)
    page.preview.show_record(record)
    hands.wait(lambda: page.preview.facts is not None and page.preview.facts.record == record)
    hands.rest()
    assert "tên thật khác" not in page.preview.summary.text


def _note(session: Session, record: str, field: str, text: str) -> None:
    view = records.read(session, record)
    values = {**view.values, note_name(field): text}
    saved = saving.save(session, view.register, values, record=record, base=view.heads, reason_for_all="x y z")
    assert saved.record == record, saved.problems


def test_page_down_goes_to_the_next_section_and_page_up_back(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    blocks["case_kind"].focus()
    hands.press(Qt.Key.Key_PageDown)
    assert hands.focused() is blocks["absent_since"].editor.line
    hands.press(Qt.Key.Key_PageUp)
    assert hands.focused() is blocks["person"].editor.line


def test_enter_passes_over_a_usual_answer_and_tab_stops_there(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks["legal_ground"].focus()
    hands.press(ENTER)
    assert hands.focused() is blocks["campaign"].editor.line
    blocks["legal_ground"].focus()
    hands.press(TAB)
    assert hands.focused() is blocks["confidentiality"].editor.line
    page.form.fields.context.advances = False
    blocks["legal_ground"].focus()
    hands.press(ENTER)
    assert hands.focused() is blocks["confidentiality"].editor.line


@pytest.mark.parametrize(
    ("field", "typed"),
    [("absent_since", "14032025"), ("absent_since", "1/3/2025"), ("declared_absence", "c"), ("risk_level", "1")],
)
def test_a_field_that_is_full_goes_on_by_itself(
    open_page: OpenPage, commune: Session, hands: Hands, field: str, typed: str
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks[field].focus()
    stop = hands.focused()
    hands.type(typed)
    assert QApplication.focusWidget() is not stop
    assert blocks[field].editor.value() is not None
    page.form.fields.context.advances = False
    blocks[field].focus()
    hands.type(typed)
    assert QApplication.focusWidget() is stop


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("absent_since", "31022025"),
        ("absent_since", "140325"),
        ("absent_since", "3/2025"),
        ("absence_reason_declared", "k"),
        ("destination_place", "14032025"),
    ],
)
def test_a_field_that_may_go_on_being_typed_waits(
    open_page: OpenPage, commune: Session, hands: Hands, field: str, typed: str
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks[field].focus()
    stop = hands.focused()
    hands.type(typed)
    assert QApplication.focusWidget() is stop


def test_what_is_pasted_or_mended_in_the_middle_stays_where_it_is(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks["absent_since"].focus()
    stop = hands.focused()
    hands.paste("14032025")
    assert hands.focused() is stop
    hands.press(Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    hands.type("2")
    assert hands.focused() is stop


def test_the_enter_after_going_on_is_dropped_however_late_it_comes(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks["absent_since"].focus()
    hands.type("14032025")
    after = hands.focused()
    hands.rest()  # whatever waits for a while has come
    hands.press(ENTER)
    assert hands.focused() is after
    hands.press(ENTER)
    assert hands.focused() is not after


def test_the_enter_that_ends_what_is_typed_after_going_on_counts(
    open_page: OpenPage, commune: Session, hands: Hands
) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks["absent_since"].focus()
    hands.type("14032025")
    after = hands.focused()
    hands.type("1")
    hands.press(ENTER)
    assert hands.focused() is not after


def test_what_an_answer_opens_is_not_skipped_by_going_on(open_page: OpenPage, commune: Session, hands: Hands) -> None:
    page = open_page(commune)
    blocks = begin(page, hands)
    page.form.fields.context.advances = True
    blocks["declared_absence"].focus()
    hands.type("c")
    assert blocks["declared_on"].is_asked
    assert hands.focused() is blocks["declared_on"].editor.line
