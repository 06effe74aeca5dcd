"""Objects in a cycle are freed on the main thread, whatever the worker allocates."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from desktop.ui.base.registry_worker import RegistryWorker
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk, answer


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def allocate_much(_session: Session) -> int:
    kept = [[number] for number in range(20 * gc.get_threshold()[0])]
    return len(kept)


def test_the_worker_frees_no_cycle_and_the_main_thread_does(
    operations: RegistryWorker, at_desk: AtDesk, commune: Session, qtbot: QtBot
) -> None:
    at_desk(commune)
    gc.collect()
    freed_on: list[threading.Thread] = []
    cycle = Cycle()
    weakref.finalize(cycle, lambda: freed_on.append(threading.current_thread()))
    del cycle

    answer(qtbot, operations.ask(allocate_much))
    assert freed_on in ([], [threading.main_thread()])

    kept = [[number] for number in range(20 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: freed_on == [threading.main_thread()])
    assert kept


def test_stopping_leaves_collection_as_it_was_found() -> None:
    gc.enable()
    try:
        outer = RegistryWorker()
        inner = RegistryWorker()
        assert not gc.isenabled()
        inner.stop()
        assert not gc.isenabled()
        outer.stop()
        assert gc.isenabled()
    finally:
        gc.disable()
