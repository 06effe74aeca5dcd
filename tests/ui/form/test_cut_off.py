"""A window that is killed loses at most the field being typed, and the next start offers to go on."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.demo.demo_station import DemoStation
from desktop.ui.records.register_page import RegisterPage
from desktop.ui.today.today_page import TodayPage
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import drafts
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World

HOUSE = Path(__file__).parents[3]
LEFT = {
    "absent_since": "2026-03",
    "return_expected": "2026-12-01",
    "absence_reason_declared": "LAM_AN",
    "declared_absence": False,
}
PERSON = {"full_name": "Vu Thi My", "dob": "1996-03-14", "gender": "F", "personal_id": "011196000123"}
WORDS_MORE = random.Random(3).randint(1, 9)  # typed into the next answer when it is killed


@pytest.fixture
def killed(commune: Session, tmp_path: Path) -> tuple[Path, list[str]]:
    """A registry whose window was killed while someone typed, and what the child said was kept."""
    folder = commune.folder
    commune.close()
    command = [sys.executable, str(Path(__file__).with_name("killed_window.py")), str(folder), PASSPHRASE]
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    said: list[str] = []
    with subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            said.append(line.strip())
            if said.count("typed") == WORDS_MORE:
                break
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    return folder, said


@pytest.fixture
def desk(killed: tuple[Path, list[str]], tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    opened = DemoStation(killed[0], tmp_path / "pictures", world.environment)
    opened.unlock(PASSPHRASE)
    yield opened
    opened.close()
    opened.program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_field_that_was_left_is_in_the_draft_of_a_killed_window(
    killed: tuple[Path, list[str]], world: World, definitions: Definitions
) -> None:
    folder, said = killed
    assert said[-WORDS_MORE - 1] == "declared_absence", "a field was left and its draft not kept"
    with open_registry(folder, PASSPHRASE, world.environment, definitions) as session:
        draft = drafts.read(session, "absence", None)
    assert draft is not None
    assert draft.is_open
    assert {name: draft.values[name] for name in LEFT} == LEFT
    person = draft.values["person"]
    assert isinstance(person, dict)
    assert {name: person[name] for name in PERSON} == PERSON


def test_the_next_start_offers_to_go_on_and_one_key_does(desk: DemoStation) -> None:
    page = desk.window.main_view.page if desk.window.main_view is not None else None
    assert isinstance(page, TodayPage)
    assert page.cut_off.isVisible()
    QTest.keyClick(QApplication.focusWidget() or desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.idle()
    shown = desk.register("absence")
    desk.hand.wait_for(lambda: shown.form.is_open, "form")
    desk.idle()
    assert isinstance(shown, RegisterPage)
    blocks = shown.form.fields.body.blocks
    assert {name: blocks[name].editor.stored() for name in LEFT} == LEFT
    shown.form.leave()
    desk.show("today")
    assert not page.cut_off.isVisible()


def test_a_form_that_was_left_or_locked_was_not_cut_off(commune: Session, world: World) -> None:
    drafts.keep(commune, "absence", None, {"risk_level": "1"}, {})
    drafts.lay_down(commune, "absence", None)
    world.pass_time(hours=1)
    drafts.keep(commune, "tip", None, {}, {"received_at": "32/13"})
    assert [(one.register, one.is_open) for one in drafts.all_drafts(commune)] == [("tip", True), ("absence", False)]


def test_a_draft_says_what_is_missing_and_what_is_to_be_mended(commune: Session) -> None:
    drafts.keep(
        commune, "person", None, {"full_name": "Vừ Thị Mỷ", "gender": "F", "nationality": "LAO"}, {"dob": "32/13"}
    )
    (draft,) = drafts.all_drafts(commune)
    assert drafts.progress_of(commune, draft) == drafts.DraftProgress(missing=0, wrong=1)
    drafts.keep(commune, "person", None, {"full_name": "Vừ Thị Mỷ", "gender": "F", "nationality": "VNM"}, {})
    (draft,) = drafts.all_drafts(commune)
    assert drafts.progress_of(commune, draft) == drafts.DraftProgress(missing=2, wrong=0)
