import threading

from pytestqt.qtbot import QtBot

from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.patience import PATIENCE_S


def test_changes_heard_while_it_fetches_are_fetched_once_more(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    gate, state, reads = threading.Event(), ["before"], []

    def read(_session: Session) -> str:
        reads.append(state[0])
        gate.wait(PATIENCE_S)
        return reads[-1]

    fetching = Refresher(operations, operations, read)
    fetched: list[object] = []
    fetching.fetched.connect(fetched.append)
    fetching.fetch()
    qtbot.waitUntil(lambda: reads == ["before"])
    state[0] = "after"
    for _ in range(3):
        fetching.fetch()
    gate.set()
    qtbot.waitUntil(lambda: fetched == ["before", "after"])
    qtbot.waitUntil(lambda: not operations.is_busy)
    assert reads == ["before", "after"]
