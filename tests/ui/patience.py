"""How long a test waits for a fact: until it is there. One limit, far beyond what a loaded machine takes, ends a hang.

Nothing is shown by a wait that ran out, and nothing is waited for by the clock: `is_calm` says that all is done.
"""

from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.base.registry_worker import RegistryWorker

PATIENCE_MS: Final = 60_000
PATIENCE_S: Final = PATIENCE_MS / 1000
_LONGEST_PAUSE_MS: Final = 500
"""A view waits at most so long for a next key; what takes longer is not waited for: a draft, a revealed minute."""

_LOOKS: Final = 3


class PatientBot(QtBot):
    """A bot whose waits have no time of their own."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: ANN401, N802
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: ANN401, N802
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE_MS) -> None:  # noqa: ANN401, N802
        super().waitUntil(callback, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: ANN401, N802
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: ANN401, N802
        return super().waitExposed(widget, timeout=timeout)


def wait_calm(qtbot: QtBot, operations: RegistryWorker) -> None:
    """Wait until the worker has answered everything and no view is about to ask anything."""
    calm = 0

    def look() -> bool:
        nonlocal calm
        calm = calm + 1 if is_calm(operations) else 0
        return calm == _LOOKS  # what one answer began is seen at the next look

    qtbot.waitUntil(look)


def is_calm(operations: RegistryWorker) -> bool:
    """Whether the worker is idle and no window waits for a pause between two keys to end."""
    return not (operations.is_busy or operations.keys.is_waiting) and not any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _LONGEST_PAUSE_MS
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
    )
