"""Counting keys as data-entry practice does: every key event, against the signs that the answers themselves have.

- Every key pressed counts one; a key with Ctrl counts two. Nothing is pasted and nothing is set behind the window.
- The own signs of an answer are what anybody has to type of it: the letters of a text, eight digits of a whole day and
  those of a part (`3/2026`), the digits of a number, one for yes or no, the letters of a commune's name. A coded answer
  has the width of a numeric code of its list, as on a form made for keying: 1 up to nine answers, 2 up to 99, else 3.
- A field answered is a blank of the paper: commune and hamlet are two.
- A Vietnamese letter counts one on both sides: what an input method needs for its marks is its own affair.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.demo.hand import Hand
from desktop.domain.definitions import CodeList

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NAMED = {
    "Enter": (Qt.Key.Key_Return, PLAIN, "\r"),
    "Tab": (Qt.Key.Key_Tab, PLAIN, "\t"),
    "PgDn": (Qt.Key.Key_PageDown, PLAIN, ""),
    "F8": (Qt.Key.Key_F8, PLAIN, ""),
    "Ctrl+S": (Qt.Key.Key_S, CONTROL, ""),
    "Ctrl+N": (Qt.Key.Key_N, CONTROL, ""),
}


@dataclass
class Keys:
    """A hand whose keys are counted."""

    hand: Hand
    pressed: int = 0
    own: int = 0
    answered: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def extra_per_field(self) -> float:
        return (self.pressed - self.own) / self.answered

    def answer(self, signs: str, own: int | None = None) -> None:
        """Type an answer whose own signs are these, or as many as said."""
        self.answered += 1
        self.own += len(signs) if own is None else own
        self.type(signs)

    def type(self, signs: str) -> None:
        for sign in signs:
            key = Qt.Key(ord(sign.upper())) if sign.isascii() else Qt.Key.Key_unknown
            self._send(key, PLAIN, sign)
            self.hand.rest(0.005)

    def press(self, name: str) -> None:
        key, modifier, text = NAMED[name]
        self.told.append(name)
        if modifier is CONTROL:
            self.pressed += 1
        self.hand.rest(0.06)  # longer than a scanner's Enter
        self._send(key, modifier, text)
        self.hand.rest(0.02)

    def _send(self, key: Qt.Key, modifier: Qt.KeyboardModifier, text: str) -> None:
        self.pressed += 1
        target = QApplication.focusWidget()
        assert target is not None
        if modifier is CONTROL or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
            self._shortcut(key, modifier)
            return
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifier, text))

    def _shortcut(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:

        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)
        self.hand.rest(0.05)


def width(codes: CodeList) -> int:
    """Return how wide a numeric code of a list would be."""
    return len(str(len(codes.codes)))
