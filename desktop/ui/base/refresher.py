"""One fetch at a time: however often a page hears of a change, the worker is asked once, and once more after it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.ui.base.registry_worker import RegistryWorker
from desktop.workspace.base.session import Session


class Refresher(QObject):
    """Runs one reading use case whenever `fetch` is called; `fetched` carries what it gives."""

    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject, operations: RegistryWorker, read: Callable[[Session], object]) -> None:
        super().__init__(parent)
        self._operations = operations
        self._read = read
        self._is_running = False
        self._again = False

    def fetch(self) -> None:
        if self._is_running:
            self._again = True
            return
        self._is_running, self._again = True, False
        request = self._operations.ask(self._read)
        request.result.connect(self.fetched)
        request.failed.connect(self.failed)
        request.finished.connect(self._finish)

    def _finish(self) -> None:
        self._is_running = False
        if self._again:
            self.fetch()
