"""An answer that comes when the view is about another record: what was asked is held back until the officer went on."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.log.operation import Json
from desktop.intake.scan_results import ScanResult
from desktop.ui.base.language import Languages
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.form.duplicate_panel import DuplicatePanel
from desktop.ui.form.editors.attachment_editor import AttachmentEditor
from desktop.ui.form.person_picker import PersonEditor
from desktop.ui.form.track_import import TrackImport
from desktop.ui.records.record_preview import RecordPreview
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from desktop.workspace.records import links, saving
from tests.ui.conftest import AtDesk
from tests.ui.gate import held, let_finish
from tests.ui.hands import add_absence, add_person
from tests.ui.patience import wait_calm
from tests.workspace.records.test_attachments import PATROL, TRACK

SECRET = "A Sếnh, Huổi Lụ"
REASON = "Xác minh đường dây"
Open: TypeAlias = Callable[..., RegisterPage]


@pytest.fixture
def calm(qtbot: QtBot, operations: RegistryWorker) -> Callable[[], None]:
    return lambda: wait_calm(qtbot, operations)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    shown: list[QWidget] = []

    def show_it(page: QWidget) -> None:
        shown.append(page)
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()

    return show_it


@pytest.fixture
def open_page(
    operations: RegistryWorker,
    theme: Theme,
    languages: Languages,
    at_desk: AtDesk,
    show: Callable[[QWidget], None],
    calm: Callable[[], None],
) -> Open:
    """Show the page of a register of a station that was prepared in the test."""

    def open_it(session: Session, register: str = "absence") -> RegisterPage:
        page = RegisterPage(operations, theme, at_desk(session), register, "vi")
        show(page)
        page.activate()
        calm()
        return page

    return open_it


@pytest.fixture
def preview(
    operations: RegistryWorker,
    theme: Theme,
    languages: Languages,
    at_desk: AtDesk,
    commune: Session,
    two: tuple[str, str],
    show: Callable[[QWidget], None],
    calm: Callable[[], None],
) -> RecordPreview:
    """The first of two records, beside the list."""
    at_desk(commune)
    made = RecordPreview(operations, theme, "vi")
    show(made)
    made.show_record(two[0])
    calm()
    return made


@pytest.fixture
def two(commune: Session) -> tuple[str, str]:
    first = add_absence(commune, add_person(commune, "Lò Thị Đớn"), recruiter_info="không rõ")
    return first, add_absence(commune, add_person(commune, "Vừ Thị Mỷ"), recruiter_info=SECRET)


def test_a_reason_for_one_record_reveals_no_other(
    preview: RecordPreview, operations: RegistryWorker, two: tuple[str, str], calm: Callable[[], None]
) -> None:
    with held(operations):
        preview.reveal_bar.reveal_wanted.emit(REASON)
        preview.show_record(two[1])
    calm()
    assert not preview.reveal_bar.is_shown
    assert preview.facts is not None
    assert preview.facts.record == two[1]
    assert SECRET not in preview.summary.text


def test_what_was_read_to_be_revealed_does_not_come_after_it_was_covered(
    preview: RecordPreview, operations: RegistryWorker, two: tuple[str, str], calm: Callable[[], None]
) -> None:
    preview.show_record(two[1])
    calm()
    preview.reveal_bar.start_minute()
    preview._read(reveals=True)
    let_finish(operations)
    with held(operations):  # so that what is asked when it is covered does not come yet
        preview.reveal_bar.cover()
        QApplication.processEvents()
        assert SECRET not in preview.summary.text
    calm()
    assert SECRET not in preview.summary.text


def test_a_reason_for_a_form_that_was_left_reveals_no_other(
    open_page: Open, commune: Session, two: tuple[str, str], operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    page = open_page(commune)
    page.open_form(two[0])
    calm()
    with held(operations):
        page.form.reveal_bar.reveal_wanted.emit(REASON)
        page.open_form(two[1])
    calm()
    assert page.form.record == two[1]
    assert not page.form.reveal_bar.is_shown
    assert page.form.fields.body.blocks["recruiter_info"].is_covered


def test_of_two_forms_asked_for_the_last_alone_is_opened_and_one_that_was_left_stays_away(
    open_page: Open, commune: Session, two: tuple[str, str], operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    page = open_page(commune)
    opened: list[str | None] = []
    page.form.ready.connect(lambda: opened.append(page.form.record))
    with held(operations):
        page.open_form(two[0])
        page.open_form(two[1])
    calm()
    assert opened == [two[1]]
    with held(operations):
        page.form.open(two[0])
        page.form.leave()
    calm()
    assert not page.form.is_open


def test_what_became_of_a_track_is_not_said_beside_another_patrol(
    operations: RegistryWorker,
    languages: Languages,
    at_desk: AtDesk,
    border: Session,
    show: Callable[[QWidget], None],
    calm: Callable[[], None],
    tmp_path: Path,
) -> None:
    first, second = (saving.save_given(border, "patrol", PATROL).record or "" for _ in range(2))
    at_desk(border)
    track = TrackImport(operations, "vi")
    show(track)
    track.show_record("patrol", first)
    path = tmp_path / "track.gpx"
    path.write_bytes(TRACK)
    with held(operations):
        track.import_file(path)
        track.show_record("patrol", second)
    calm()
    assert track.notice.text == ""
    assert track.reason_bar.isHidden()  # its reason would take the track into the second patrol


def test_a_link_is_taken_away_for_the_reason_that_was_asked_for_it(
    open_page: Open, commune: Session, calm: Callable[[], None]
) -> None:
    person, brother, sister = (add_person(commune, name) for name in ("Lò Thị Đớn", "Lò Văn Phấn", "Lò Thị Mai"))
    for one in (brother, sister):
        assert links.add_link(commune, person, one, "GIA_DINH").record is not None
    page = open_page(commune, "person")
    page.show_person(person)
    calm()
    view = page.person
    assert view is not None
    rows = {row.record: number for number, row in enumerate(view.links.table.records.rows)}
    view.links.table.selectRow(rows[brother])
    view.begin_removal()
    view.links.table.selectRow(rows[sister])  # as a refresh may move the mark
    view.reason_bar.reason_given.emit("nhập nhầm")
    calm()
    assert [row.record for row in view.links.table.records.rows] == [sister]


def test_a_look_at_one_person_ends_when_another_is_shown(
    open_page: Open, commune: Session, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    first, second = add_person(commune), add_person(commune, "Lò Văn Phấn")
    page = open_page(commune, "person")
    page.show_person(first)
    calm()
    view = page.person
    assert view is not None
    with held(operations):
        view.reveal_bar.reveal_wanted.emit(REASON)
        page.show_person(second)
        page.show_person(first)
    calm()
    assert view.title.text() == "Lò Thị Đớn"
    assert not view.reveal_bar.is_shown


def test_a_file_that_was_chosen_for_one_record_is_not_put_into_another(
    open_page: Open, border: Session, operations: RegistryWorker, calm: Callable[[], None], tmp_path: Path
) -> None:
    patrol = saving.save_given(border, "patrol", PATROL).record or ""
    page = open_page(border, "patrol")
    page.open_form("")
    calm()
    path = tmp_path / "track.gpx"
    path.write_bytes(TRACK)
    editor = page.form.fields.body.blocks["route_gpx"].editor
    assert isinstance(editor, AttachmentEditor)
    page.open_form(patrol)
    let_finish(operations)  # the other form is about to come
    editor.add_file(path)
    calm()
    assert page.form.record == patrol
    assert editor.value() is None


@pytest.fixture
def person_editor(open_page: Open, commune: Session, calm: Callable[[], None]) -> PersonEditor:
    page = open_page(commune)
    page.begin_record()
    calm()
    editor = page.form.fields.body.blocks["person"].editor
    assert isinstance(editor, PersonEditor)
    return editor


def scanned(**person: Json) -> ScanResult:
    return ScanResult(kind="id_card", person=person, document={}, confirm=(), problems=())


@pytest.fixture
def known(commune: Session) -> str:
    return add_person(commune, "Vừ Thị Mỷ", personal_id="011196000123")


def test_a_second_card_scanned_at_once_chooses_its_own_person(
    known: str, person_editor: PersonEditor, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    first = scanned(personal_id="011196000123", full_name="Vừ Thị Mỷ")
    second = scanned(personal_id="011199004567", full_name="Lò Thị Đớn")
    person_editor.begin_person()
    with held(operations):
        person_editor._compare(first)
        person_editor._compare(second)
    calm()
    assert person_editor.panel is not None
    assert person_editor.panel.content()["full_name"] == "Lò Thị Đớn"


def test_a_person_given_up_is_not_chosen_by_a_late_answer(
    known: str, person_editor: PersonEditor, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    person_editor.begin_person()
    with held(operations):
        person_editor._compare(scanned(personal_id="011196000123"))
        person_editor._give_up()
    calm()
    assert person_editor.value() is None


def test_what_is_typed_after_a_person_was_chosen_is_not_overwritten(
    known: str, person_editor: PersonEditor, operations: RegistryWorker, calm: Callable[[], None]
) -> None:
    with held(operations):
        person_editor.choose(known)
        person_editor.set_value(None)
        person_editor.line.setText("L")
        person_editor.line.textEdited.emit("L")
    calm()
    assert person_editor.line.text() == "L"


def test_people_like_an_earlier_name_are_not_offered_for_another(
    known: str,
    commune: Session,
    at_desk: AtDesk,
    operations: RegistryWorker,
    languages: Languages,
    show: Callable[[QWidget], None],
    calm: Callable[[], None],
) -> None:
    at_desk(commune)
    panel = DuplicatePanel(operations, "vi")
    show(panel)
    panel.look({"personal_id": "011196000123"})
    panel._ask()
    let_finish(operations)
    panel._pause.stop()
    panel.look({"personal_id": "011199004567"})
    panel._pause.stop()  # the next question is not asked yet
    calm()
    assert panel.shown == ()
