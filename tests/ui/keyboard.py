"""Keys as the platform brings them: to the window, shortcuts first, no turn of the loop in between."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

PLAIN = Qt.KeyboardModifier.NoModifier
_TEXTS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t", Qt.Key.Key_Escape: "\x1b"}
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def strike(key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, text: str | None = None) -> None:
    """Press and let go a key."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    sign = _TEXTS.get(key, "") if text is None else text
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, sign)
    override.ignore()
    QApplication.sendEvent(window, override)
    is_shortcut = bool(modifiers & _WITH) or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12
    target = QApplication.focusWidget() or QApplication.activeWindow()
    if is_shortcut and not override.isAccepted() and target is not None:
        QTest.keyClick(target, key, modifiers)  # the only way to Qt's own table of shortcuts
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window, QKeyEvent(kind, key, modifiers, sign))


def strike_text(text: str) -> None:
    """Press the keys of a text; a line end is Enter. What no key has comes as from an input method."""
    for sign in text:
        if sign == "\n":
            strike(Qt.Key.Key_Return)
        elif sign.isascii():
            strike(Qt.Key(ord(sign.upper())), text=sign)
        else:
            commit(sign)


def commit(text: str) -> None:
    """Say a text as an input method does: to what has the focus, past the window."""
    receiver = QGuiApplication.focusObject()
    assert receiver is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(receiver, event)
