"""Real widgets without a screen, over real registries that are opened on the real worker thread."""

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.registry_worker import Opened, RegistryWorker, Request
from desktop.ui.base.theme import Theme
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.ui.jitter import jitter  # noqa: F401  a fixture of every test here
from tests.ui.patience import PatientBot

os.environ["QT_QPA_PLATFORM"] = "offscreen"

TESTS_BETWEEN_COLLECTIONS = 25
AtDesk = Callable[[Session], Opened]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every other Qt warning fails its test; this one is said by the screenless platform about every window shown."""
    item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


_finished = itertools.count(1)


@pytest.fixture(autouse=True)
def garbage_on_the_main_thread_alone() -> Iterator[None]:
    """As in the program (ui/base/gc_on_main_thread.py): the test runner's own threads may free no widget."""
    gc.disable()
    yield
    if next(_finished) % TESTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    made = Preferences(tmp_path / "desk.ini")
    made.language = "en"
    made.appearance = Appearance.LIGHT
    return made


@pytest.fixture
def theme(qapp: QApplication, preferences: Preferences) -> Iterator[Theme]:
    made = Theme(qapp, preferences)
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    made = Languages(qapp)
    made.speak("en")
    yield made
    made.silence()


@pytest.fixture
def operations(qapp: QApplication) -> Iterator[RegistryWorker]:
    made = RegistryWorker()
    yield made
    made.stop()


@pytest.fixture
def at_desk(operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions) -> AtDesk:
    """Close a station that was prepared in the test, and open it again on the worker thread."""

    def open_it(session: Session) -> Opened:
        folder = session.folder
        session.close()
        request = operations.open(open_registry, folder, PASSPHRASE, world.environment, definitions)
        return answer(qtbot, request)  # type: ignore[return-value]  # what `open` answers

    return open_it


def answer(qtbot: QtBot, request: Request) -> object:
    """Wait for a request's result."""
    with qtbot.waitSignal(request.result) as waiting:
        pass
    assert waiting.args is not None
    return waiting.args[0]
