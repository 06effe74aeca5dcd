"""Cyclic garbage is collected on the main thread only.

- Python collects on whichever thread happens to allocate; a widget freed on the worker thread crashes Qt.
- So automatic collection is off while the worker lives, and a timer of the main thread collects by Python's own counts.
- What it found is put back when it stops, so that one window in another changes nothing.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

INTERVAL: Final = 1000
"""Milliseconds between two checks of the counts."""


class MainThreadCollector(QObject):
    """Create it on the main thread, before any other thread begins, and stop it after they have ended."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start(INTERVAL)

    def collect_if_due(self) -> None:
        """Collect the oldest generation whose count has passed its threshold, as Python itself would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > thresholds[0]:
            gc.collect(max(generation for generation in range(3) if counts[generation] > thresholds[generation]))

    def stop(self) -> None:
        self._timer.stop()
        if self._was_automatic:
            gc.enable()
