"""Lock when nobody is at the computer: at most five minutes without a key or the mouse (LEGAL.md 7.1).

- A machine that slept may have missed the timer: the first key after too long a pause locks, and is swallowed.
- While it is not armed (locked, or nothing open) it sees nothing and does nothing.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

LONGEST_MINUTES: Final = 5
_SIGNS_OF_LIFE: Final = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleLock(QObject):
    """Watches the whole application; `seconds` gives a clock that also counts while the machine sleeps."""

    idle = Signal()

    def __init__(
        self, application: QApplication, seconds: Callable[[], float], minutes: float = LONGEST_MINUTES
    ) -> None:
        super().__init__(application)
        self._seconds = seconds
        self._limit = min(minutes, LONGEST_MINUTES) * 60
        self._last = seconds()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._armed = False
        application.installEventFilter(self)

    def arm(self) -> None:
        self._armed = True
        self._last = self._seconds()
        self._timer.start(round(self._limit * 1000))

    def disarm(self) -> None:
        self._armed = False
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt's signature
        if not self._armed or event.type() not in _SIGNS_OF_LIFE:
            return False
        if self._seconds() - self._last >= self._limit:
            self.look()
            return True
        self._last = self._seconds()
        return False

    def look(self) -> None:
        """Lock if it is time, else look again when it may be."""
        if not self._armed:
            return
        left = self._limit - (self._seconds() - self._last)
        if left <= 0:
            self.disarm()
            self.idle.emit()
        else:
            self._timer.start(max(1, round(left * 1000)))
