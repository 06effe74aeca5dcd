"""A scanner at the window: a keyboard that types faster than a hand, with times of its own."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KINDS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
LINE_ENDS = {
    "\r": (Qt.Key.Key_Return, PLAIN),
    "\n": (Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier),
    "\t": (Qt.Key.Key_Tab, PLAIN),
}


@dataclass
class Scanner:
    """`gap` is the time from sign to sign in milliseconds; `at` that of the last key."""

    gap: int = 3
    at: int = field(default=1000)

    def scan(self, text: str, *, is_stalled: bool = False) -> None:
        """Type into the window that is active; a stalled window has all keys in its queue before it looks at one."""
        self.at += 2000
        for sign in text:
            self.key(sign)
            if not is_stalled:
                QApplication.processEvents()
        QApplication.processEvents()

    def key(self, sign: str) -> None:
        """Put the events of a key into the window's queue, Shift before a capital."""
        self.at += self.gap
        if sign.isupper() or sign in "<|":
            self._post(QEvent.Type.KeyPress, Qt.Key.Key_Shift, SHIFT, "")
        key, modifier = LINE_ENDS.get(sign) or (Qt.Key(ord(sign.upper())) if sign.isascii() else Qt.Key(0), PLAIN)
        for kind in KINDS:
            self._post(kind, key, modifier, sign)
        if sign.isupper() or sign in "<|":
            self._post(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, PLAIN, "")

    def _post(self, kind: QEvent.Type, key: Qt.Key, modifier: Qt.KeyboardModifier, text: str) -> None:
        event = QKeyEvent(kind, key, modifier, text)
        event.setTimestamp(self.at)
        QCoreApplication.postEvent(active_window().windowHandle(), event)


def active_window() -> QWidget:
    window: QWidget | None = QApplication.activeModalWidget()
    window = window if window is not None else QApplication.activeWindow()
    assert window is not None, "no window is active"
    return window
