"""Delivering a key that has waited (key_order.py): to whom, and with its shortcuts.

Qt tries shortcuts only on keys as they arrive, and has no public way to do it later.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

_WITH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def window_by_now(came_to: QObject) -> QWindow | None:
    """Return where a key goes: the dialog that was opened meanwhile, the window that is active, the one it came to."""
    for widget in (QApplication.activeModalWidget(), QApplication.activeWindow()):
        if widget is not None and widget.isVisible() and widget.window().windowHandle() is not None:
            return widget.window().windowHandle()
    return came_to if isValid(came_to) and isinstance(came_to, QWindow) else None


def receiver_by_now(came_to: QObject) -> QObject | None:
    """Return what an input method speaks to; while another program has the keyboard, what it would speak to."""
    receiver: QObject | None = QGuiApplication.focusObject()
    widget = _widget_of(window_by_now(came_to))
    return widget.focusWidget() if receiver is None and widget is not None else receiver


def press(window: QWindow, event: QKeyEvent) -> None:
    """Do what the platform does with a key: ask whether somebody wants it, try the shortcuts, send it."""
    if event.type() is QEvent.Type.KeyPress:
        override = QKeyEvent(QEvent.Type.ShortcutOverride, event.key(), event.modifiers(), event.text())
        override.ignore()
        QCoreApplication.sendEvent(window, override)
        if not override.isAccepted() and _trigger_shortcut(window, event):
            return
    QCoreApplication.sendEvent(window, event)


def _widget_of(window: QWindow | None) -> QWidget | None:
    return next((one for one in QApplication.topLevelWidgets() if one.windowHandle() is window), None)


def _trigger_shortcut(window: QWindow, event: QKeyEvent) -> bool:
    """Do what a key means in the menus and on the buttons of a window; return whether it means anything."""
    is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    widget = _widget_of(window)
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
