"""A form's save is one act: once, whole, and nothing typed is lost when it fails."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.base.problems import Severity
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.form.entry_form import EntryForm
from desktop.workspace.base.session import Session
from desktop.workspace.records import drafts, records
from tests.ui.form.test_entry_form import REQUIRED, fill
from tests.ui.form.test_person_picker import (
    OpenForm,
    blocks_of,
    hands,
    open_form,
)
from tests.ui.hands import ADDRESS, Hands, told

__all__ = ["hands", "open_form"]  # fixtures
PERSON: dict[str, Json] = {
    "full_name": "Lò Thị Đớn",
    "dob": "1999",
    "gender": "F",
    "nationality": "VNM",
    "perm_addr": ADDRESS,
}


@pytest.fixture
def filled(open_form: OpenForm, commune: Session, hands: Hands) -> EntryForm:
    """A new absence, filled in with a new person, its draft kept."""
    form = open_form(commune)
    blocks_of(form)["person"].editor.set_value(PERSON)
    fill(blocks_of(form), REQUIRED)
    form.keep_draft()
    hands.rest()
    return form


@pytest.fixture
def counts(qtbot: QtBot, operations: RegistryWorker) -> Callable[[], tuple[int, int, int]]:
    """How many absences, persons and drafts there are."""

    def count() -> tuple[int, int, int]:
        found = told(qtbot, operations.ask(records.counts))
        return found["absence"], found["person"], len(told(qtbot, operations.ask(drafts.all_drafts)))

    return count


def limit_pages(session: Session, more: int | None) -> None:
    """Make the disk as good as full, or give it its room back."""
    (pages,) = session.database.query_row("PRAGMA page_count") or (0,)
    session.database.query_row(f"PRAGMA max_page_count = {1073741823 if more is None else pages + more}")


def test_a_save_writes_person_and_record_and_lets_the_draft_go(
    filled: EntryForm, hands: Hands, counts: Callable[[], tuple[int, int, int]]
) -> None:
    assert counts() == (0, 0, 1)
    with hands.qtbot.waitSignal(filled.saved):
        filled.save()
    hands.rest()
    assert counts() == (1, 1, 0)


@pytest.mark.parametrize("acts", [(Act.SAVE, Act.SAVE), (Act.NEW, Act.NEW), (Act.NEW, Act.SAVE), (Act.SAVE, Act.NEW)])
def test_a_second_key_while_a_save_is_under_way_saves_nothing_twice(
    filled: EntryForm, hands: Hands, counts: Callable[[], tuple[int, int, int]], acts: tuple[Act, Act]
) -> None:
    with hands.qtbot.waitSignal(filled.saved):
        for act in acts:
            filled.perform(act)
    hands.rest()
    assert counts() == (1, 1, 0)


@pytest.mark.parametrize("act", [Act.SAVE, Act.NEW])
def test_a_key_that_comes_when_the_save_is_just_done_saves_nothing_twice(
    filled: EntryForm, hands: Hands, counts: Callable[[], tuple[int, int, int]], act: Act
) -> None:
    filled.saved.connect(lambda _record, _number: filled.perform(act))
    with hands.qtbot.waitSignal(filled.saved):
        filled.save_and_new()
    filled.perform(act)  # before the next form is filled
    hands.rest()
    assert counts() == (1, 1, 0)


def test_what_is_typed_or_left_while_a_save_is_under_way_makes_no_new_draft(
    filled: EntryForm, hands: Hands, counts: Callable[[], tuple[int, int, int]]
) -> None:
    with hands.qtbot.waitSignals([filled.saved, filled.closed]):
        filled.save()
        fill(blocks_of(filled), {"destination_place": "Côn Minh"})
        filled.keep_draft()
        filled.leave()
        filled.lay_down()
    hands.rest()
    assert counts() == (1, 1, 0)


def test_a_full_disk_keeps_form_and_draft_and_saving_again_doubles_nothing(
    filled: EntryForm,
    hands: Hands,
    qtbot: QtBot,
    operations: RegistryWorker,
    counts: Callable[[], tuple[int, int, int]],
) -> None:
    fill(blocks_of(filled), {"recruiter_info": "dài " * 4000 + "x"})
    filled.keep_draft()
    told(qtbot, operations.ask(limit_pages, 0))
    with qtbot.waitSignal(filled.fields.saver.failed) as failed:
        filled.save()
    assert isinstance(failed.args[0], DesktopError)
    assert failed.args[0].code == "disk_full"
    assert blocks_of(filled)["person"].editor.value()["full_name"] == "Lò Thị Đớn"
    told(qtbot, operations.ask(limit_pages, None))
    hands.rest()
    assert counts() == (0, 0, 1)
    with qtbot.waitSignal(filled.saved):
        filled.save()
    hands.rest()
    assert counts() == (1, 1, 0)


def test_what_the_registry_refuses_comes_back_inside_the_person_and_a_reason_stays(
    open_form: OpenForm,
    commune: Session,
    hands: Hands,
    qtbot: QtBot,
    operations: RegistryWorker,
) -> None:
    gone = "0" * 8 + "-0000-7000-8000-" + "0" * 12
    form = open_form(commune)
    blocks = blocks_of(form)
    blocks["person"].editor.set_value({**PERSON, "full_name": "Đớn", "father": gone})
    fill(blocks, REQUIRED)
    form.save()
    hands.rest()
    hands.enter("gia dinh chi goi vay")
    with qtbot.waitSignal(form.fields.saver.refused) as refused:
        form.save()
    assert [(one.code, one.field) for one in refused.args[0]] == [("linked_record_unknown", "person.father")]
    assert blocks["person"].editor.person_reasons() == {"name_one_word": "gia dinh chi goi vay"}
    assert form.is_open


def test_a_new_person_in_a_row_is_saved_with_the_record(
    open_form: OpenForm, commune: Session, hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    form = open_form(commune, "tip")
    form.fields.review.show_everything()
    rows: Any = blocks_of(form)["suspects"].editor
    rows.set_value([{"name": "x"}, {"person": {**PERSON, "dob": None}}])
    rows.changed.emit()
    form.save()
    hands.rest()
    assert "suspects[1].person.dob" in {one.field for one in form.problems}
    panel = rows.kept_rows[1].blocks["person"].editor.panel
    assert [one.severity for one in panel.blocks["dob"].problems] == [Severity.ERROR]
    form.fields.go("suspects[1].person.dob")
    assert panel.blocks["dob"].editor.has_focus()
    hands.enter("1999")
    hands.rest()
    assert not {one.field for one in form.problems if one.field and one.field.startswith("suspects")}


def test_the_next_record_may_repeat_the_person_and_none_is_entered_twice(
    filled: EntryForm, hands: Hands, counts: Callable[[], tuple[int, int, int]]
) -> None:
    with hands.qtbot.waitSignal(filled.saved), hands.qtbot.waitSignal(filled.ready):
        filled.save_and_new()
    hands.rest()
    blocks_of(filled)["person"].focus()
    filled.perform(Act.REPEAT)
    assert isinstance(blocks_of(filled)["person"].editor.value(), str)
    assert blocks_of(filled)["person"].editor.line.text() == "Lò Thị Đớn"
    fill(blocks_of(filled), REQUIRED)
    with hands.qtbot.waitSignal(filled.saved):
        filled.save()
    hands.rest()
    assert counts() == (2, 1, 0)
