"""Doing what a shortcut stands for, of a key that did not come from the platform just now (key_order.py).

Qt tries shortcuts only on keys as they arrive, and has no public way to do it later.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_WITH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def trigger_shortcut(window: QWindow, event: QKeyEvent) -> bool:
    """Do what a key stands for in the menus and on the buttons of a window; return whether it stands for anything."""
    is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    widget = next((one for one in QApplication.topLevelWidgets() if one.windowHandle() is window), None)
    if widget is None or not (event.modifiers() & _WITH or is_function):
        return False
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keys = QKeySequence(plain.value | event.key())
    return _trigger_action(widget, keys) or _click_button(widget, keys)


def _trigger_action(widget: QWidget, keys: QKeySequence) -> bool:
    for action in widget.findChildren(QAction):
        if action.isEnabled() and keys in action.shortcuts():
            action.trigger()
            return True
    return False


def _click_button(widget: QWidget, keys: QKeySequence) -> bool:
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.shortcut() == keys:
            button.click()
            return True
    return False
