"""A slow machine, on demand: `SOTRAM_TEST_JITTER=seed pytest tests/ui` stalls the worker and the window at random.

- The worker waits before and after each job: an answer comes late, or long after the act was done.
- The window stands still now and then, as on a machine whose cores are taken: timers fire late, several at once.
- The stalls of a test follow from the seed and the test's name; the same seed gives the same stalls again.

It looks for tests that win by timing. What it changes is speed alone, so every test has to pass under every seed.
"""

import os
import threading
from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop.ui.base import registry_worker

SEED = os.environ.get("SOTRAM_TEST_JITTER", "")
_STALLS_S = ((0.0, 50), (0.01, 25), (0.06, 15), (0.2, 8), (0.5, 2))
_OFTEN_MS = (5, 120)


@pytest.fixture(autouse=True)
def jitter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Slow the worker's thread and this one; nothing without a seed."""
    if not SEED or "qapp" not in request.fixturenames:
        yield
        return
    chance = Random(f"{SEED} {request.node.nodeid}")
    _slow_worker(monkeypatch, Random(chance.random()))
    stalls = _Stalls(Random(chance.random()))
    yield
    stalls.end()


def _slow_worker(monkeypatch: pytest.MonkeyPatch, chance: Random) -> None:
    outcome = registry_worker._Worker._outcome

    def slow(worker: registry_worker._Worker, job: registry_worker._Job) -> object:
        _stall(chance)
        try:
            return outcome(worker, job)
        finally:
            _stall(chance)

    monkeypatch.setattr(registry_worker._Worker, "_outcome", slow)


def _stall(chance: Random) -> None:
    """Wait for nothing; the thread stands still as if another had its core."""
    lengths, weights = zip(*_STALLS_S, strict=True)
    threading.Event().wait(chance.choices(lengths, weights)[0] * chance.random())


class _Stalls(QObject):
    """Takes the main thread's time away, at random moments."""

    def __init__(self, chance: Random) -> None:
        super().__init__(QCoreApplication.instance())
        self._chance = chance
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stand_still)
        self._again()

    def end(self) -> None:
        self._timer.stop()
        self.deleteLater()

    def _stand_still(self) -> None:
        _stall(self._chance)
        self._again()

    def _again(self) -> None:
        self._timer.start(self._chance.randint(*_OFTEN_MS))
