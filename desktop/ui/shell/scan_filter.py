"""The keys of a scanner, wherever the focus is: they are seen before any widget, and go no further once it is a scan.

- A key is looked at when it reaches the widget that it is to act on, so a key that had to wait is looked at once, and
  the content of the widget before it is known.
- A passphrase is typed as it is typed, and while nothing is open a scanner is a keyboard like any other.
- Shift and its like mean nothing by themselves. Alt with digits of the number pad, as some scanners spell letters, is
  no key of the window.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.intake.scan_burst import BACKSPACE, ESCAPE, LINE_END, STALL_MS, KeyVerdict, ScanBurst
from desktop.intake.scan_shapes import LONGEST_RUN
from desktop.ui.base.handed_key import HandedKey
from desktop.ui.form.scan_undo import Before
from desktop.ui.shell.passphrase_fields import PassphraseField

_KEYS: Final = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_LOOKED_AT: Final = {*_KEYS, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress}
_SILENT: Final = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ENDS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Down}
_SENT_ENDS: Final = {"\r", "\n", "\t", "\x1d", "\x1e"}
"""Some scanners send them as Ctrl with a letter."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_FIRST_DEAD: Final = Qt.Key.Key_Dead_Grave.value
_LAST_DEAD: Final = Qt.Key.Key_Dead_Longsolidusoverlay.value


class ScanFilter(QObject):
    """Installed on the application, for the keys of one window and its dialogs.

    `is_open` says whether there is anything that a scan could go to.
    """

    scanned = Signal(str)
    """All that was scanned, lines apart."""

    broken = Signal()
    """A scan came without its beginning or its end; nothing of it was kept."""

    def __init__(
        self,
        application: QApplication,
        window: QWidget,
        is_open: Callable[[], bool],
        parent: QObject,
        holds: Callable[[], bool] = lambda: False,
    ) -> None:
        """`holds` says whether something keeps back what an input method says now, to send it again later."""
        super().__init__(parent)
        self._application = application
        self._window = window
        self._is_open = is_open
        self._holds = holds
        self._burst = ScanBurst()
        self._before: deque[Before] = deque(maxlen=LONGEST_RUN)
        self._pressed = 0
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._look_again)
        application.installEventFilter(self)

    @property
    def is_taking(self) -> bool:
        return self._burst.is_taking

    def stop(self) -> None:
        """Look at no key any more."""
        self._application.removeEventFilter(self)
        self._quiet.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _LOOKED_AT or not (isinstance(watched, QWidget) and self._is_ours(watched)):
            return False
        if kind in _KEYS and isinstance(event, QKeyEvent) and not isinstance(event, HandedKey):
            return watched is _receiver() and self._key(watched, event)
        if kind is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return not self._holds() and self._text(watched, event)
        if kind is QEvent.Type.MouseButtonPress:
            self._forget()
        return False

    def _key(self, widget: QWidget, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            takes = self._burst.is_taking
            if event.type() is QEvent.Type.ShortcutOverride and (takes or _is_spelt(event)):
                event.accept()
                takes = True
            return takes
        if event.key() in _SILENT or _FIRST_DEAD <= event.key() <= _LAST_DEAD or _is_spelt(event):
            return self._burst.is_taking
        if self._is_private(widget):
            return False
        return self._press(widget, _sign(event), event.timestamp())

    def _text(self, widget: QWidget, event: QInputMethodEvent) -> bool:
        if self._is_private(widget):
            return False
        takes = [self._press(widget, sign, 0) for sign in event.commitString()]
        return self._burst.is_taking or any(takes)

    def _press(self, widget: QWidget, sign: str, at: int) -> bool:
        before = None if self._burst.is_taking or not sign.isprintable() else Before(widget)
        verdict = self._burst.press(sign, at)
        self._pressed += 1
        if verdict.take_back:
            self._take_back(verdict.take_back)
        if verdict.takes or len(sign) != 1 or (before is None and sign != BACKSPACE):
            self._before.clear()
        elif sign == BACKSPACE:
            self._before and self._before.pop()
        elif before is not None:
            self._before.append(before)
        if self._burst.is_taking:
            self._quiet.start(STALL_MS)
        else:
            self._quiet.stop()
        self._say(verdict)
        return verdict.takes

    def _take_back(self, count: int) -> None:
        """Put back what was in each widget before the first of the keys that it got."""
        last = list(self._before)[-count:]
        first = {id(before.widget): before for before in reversed(last)}
        for before in first.values():
            before.put_back()
        if last:
            last[0].take_focus()

    def _say(self, verdict: KeyVerdict) -> None:
        if verdict.is_cut:
            self.broken.emit()
        if verdict.scan is not None:
            self.scanned.emit(verdict.scan)

    def _forget(self) -> None:
        self._burst.forget()
        self._before.clear()

    def _is_ours(self, widget: QWidget) -> bool:
        found: QWidget | None = widget
        while found is not None and found is not self._window:
            found = found.parentWidget()
        return found is self._window

    def _is_private(self, widget: QWidget) -> bool:
        is_secret = isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal
        if self._is_open() and not is_secret and not isinstance(widget, PassphraseField):
            return False
        if self._burst.is_taking:  # a passphrase came up in the middle
            self._burst = ScanBurst()
        self._forget()
        return True

    def _look_again(self) -> None:
        """Nothing came for long, it seems: keys that came while the window was busy have their turn first."""
        pressed = self._pressed
        QTimer.singleShot(0, self, lambda: self._end(pressed))

    def _end(self, pressed: int) -> None:
        if pressed == self._pressed:
            self._say(self._burst.stall())


def _receiver() -> QWidget | None:
    """Return the widget that a key acts on; those around it get the same key again if it does not want it."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        inside: QWidget | None = popup.focusWidget()
        return inside if inside is not None else popup
    focused: QWidget | None = QApplication.focusWidget()
    return focused if focused is not None else QApplication.activeWindow()


def _sign(event: QKeyEvent) -> str:
    """Return a key as the recogniser knows it."""
    if event.key() == Qt.Key.Key_Backspace:
        return BACKSPACE
    if event.key() == Qt.Key.Key_Escape:
        return ESCAPE
    if event.key() in _ENDS:
        return LINE_END
    text = event.text()
    modifiers = event.modifiers() & (_CONTROL | _ALT)
    if len(text) == 1 and text.isprintable():
        return "" if modifiers in {_CONTROL, _ALT} else text  # AltGr comes as both
    return LINE_END if text in _SENT_ENDS else ""


def _is_spelt(event: QKeyEvent) -> bool:
    """Return whether a key is a digit of a letter that is typed by its number."""
    is_digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    return is_digit and event.modifiers() & (_ALT | _KEYPAD) == _ALT | _KEYPAD
