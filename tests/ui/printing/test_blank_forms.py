from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.printing.blank_forms import BlankForms
from desktop.ui.records.record_preview import RecordPreview
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, add_absence, add_person


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, languages: Languages) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_blank_form_is_shown_and_another_can_be_chosen(
    window: QWidget,
    operations: RegistryWorker,
    preferences: Preferences,
    at_desk: AtDesk,
    commune: Session,
    hands: Hands,
) -> None:
    at_desk(commune)
    papers = BlankForms(operations, preferences, window)
    papers.show_blanks()
    hands.wait(lambda: papers.preview is not None and papers.preview.page_count)
    assert papers.preview is not None
    papers.preview.choice.setCurrentIndex(papers.preview.choice.findData("patrol_minutes"))
    hands.rest()
    assert papers.preview.page_count >= 1
    assert papers.preview.notice.code == ""
    papers.close_all()
    assert papers.preview is None


def test_the_book_of_a_register_is_made_by_enter_alone_and_a_wrong_period_is_said(
    window: QWidget,
    operations: RegistryWorker,
    preferences: Preferences,
    at_desk: AtDesk,
    commune: Session,
    hands: Hands,
) -> None:
    add_absence(commune, add_person(commune))
    at_desk(commune)
    papers = BlankForms(operations, preferences, window)
    papers.show_book("absence")
    hands.wait(lambda: papers.book is not None and papers.book.isActiveWindow())
    assert papers.book is not None
    assert papers.book.register.currentData() == "absence"
    papers.book.last.setFocus()
    papers.book.last.selectAll()
    hands.type("01012020")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert papers.book.notice.code == "period_ends_before_it_begins"
    papers.book.last.selectAll()
    hands.enter("21112026")
    hands.wait(lambda: papers.preview is not None and papers.preview.page_count)
    assert papers.book is None
    papers.close_all()


def test_a_track_is_offered_for_patrols_alone(
    window: QWidget,
    operations: RegistryWorker,
    theme: Theme,
    at_desk: AtDesk,
    commune: Session,
    hands: Hands,
    tmp_path: Path,
) -> None:
    absence = add_absence(commune, add_person(commune))
    at_desk(commune)
    preview = RecordPreview(operations, theme, "en")
    preview.setParent(window)
    preview.show_record(absence)
    hands.rest()
    hands.rest()
    assert preview.track.isHidden()
    preview.track.show_record("patrol", absence)
    assert not preview.track.isHidden()
    broken = tmp_path / "track.gpx"
    broken.write_text("<gpx", encoding="utf-8")
    preview.track.import_file(broken)
    hands.rest()
    assert preview.track.notice.code == "track_not_for_register"
