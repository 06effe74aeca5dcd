"""Keys act in the order they were pressed, as if the machine were infinitely fast.

One mechanism for the whole program, between the platform and the windows:

- What a key or a click asks of the worker decides what the next key does, so the next key waits for the answer, and for
  what the answer asks in its turn. Nobody has to mark such acts; only a long act with a bar of progress is not waited
  for, and neither is what a timer asks.
- What waits: keys, what an input method says, and a click that comes behind keys. They act in their order, one a turn
  of the loop. A click whose target is no longer under the mouse is dropped: it was aimed at what was seen then.
- A key that comes upon a question which is under way is put back by its editor (`put_back`) until that is answered.
- What is put off to the next turn of the loop (`soon`) is done before the next key, if that comes first.
- The Enter that comes right after a full field has gone on by itself is dropped, however late it comes. Any other key,
  letter or click in between lets it act.
- When an act fails, what was typed behind it was meant for another place: it is dropped, and that is said.
- After PATIENCE_MS it is said that keys wait; Esc then drops them, and clicks act at once: no act can lock the window.

A filter on the application, such as that of a scanner, sees every key before this does, when it arrives (`spontaneous`)
and once more when a key that waited acts (`is_replaying`).
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.base.key_delivery import press, receiver_by_now, window_by_now

PATIENCE_MS: Final = 3000
MOST_HELD: Final = 2000
"""Somebody leans on the keyboard: more than this is not kept."""

_KEYS: Final = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_PRESSES: Final = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
_CLICKS: Final = {*_PRESSES, QEvent.Type.MouseButtonRelease}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NO_KEY_OF_ITS_OWN: Final = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}


class Asked(Protocol):
    """What is waited for; distinguished by identity."""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """An event that waits: the window it came to, and what a click was aimed at."""

    event: QEvent
    window: QObject
    aimed: QWidget | None = None


class KeyOrder(QObject):
    """Holds keys back while what earlier ones asked for is not settled."""

    waits_long = Signal(int)
    """How many keys wait, once that takes long; again with every key."""

    dropped = Signal(int)
    """How many keys will never act."""

    let_go = Signal()
    """Nothing waits any more, or somebody typed on: what was said can go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_replaying = False
        """Whether a key that has waited acts now."""

        self._awaited: list[Asked] = []
        self._held: deque[_Held] = deque()
        self._soon: dict[QTimer, Callable[[], None]] = {}
        self._is_acting = False
        self._drops_enter = False
        self._holds_click = False
        self._is_long = False
        self._has_said = False
        self._watched: QObject | None = None
        self._looks = False
        self._turn = _timer(self, 0, self._act_next)
        self._patience = _timer(self, PATIENCE_MS, self._lose_patience)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            self._looks = True
            application.focusWindowChanged.connect(self._watch_window)
            application.focusObjectChanged.connect(self._watch_object)
            for window in application.allWindows():
                self._watch_window(window)
            self._watch_object(application.focusObject())

    @property
    def is_waiting(self) -> bool:
        return bool(self._awaited or self._held)

    @property
    def is_acting(self) -> bool:
        """Whether a key or a click, or the answer to what one asked, is being handled now."""
        return self._is_acting

    def wait_for(self, asked: Asked) -> None:
        """Hold the keys that come now until `answered`."""
        if not any(one is asked for one in self._awaited):
            self._awaited.append(asked)
            if not self._patience.isActive():
                self._patience.start()

    @contextmanager
    def answering(self, asked: Asked) -> Iterator[None]:
        """While the answer to what a key asked is taken in: what it asks for is waited for, too."""
        before, self._is_acting = self._is_acting, any(one is asked for one in self._awaited)
        try:
            yield
        finally:
            self._is_acting = before

    def answered(self, asked: Asked, *, failed: bool = False) -> None:
        """Let the keys act again that waited for this; drop them if it failed."""
        if not any(one is asked for one in self._awaited):
            return
        self._awaited = [one for one in self._awaited if one is not asked]
        if failed:
            self.drop()
        self._go_on()

    def put_back(self, event: QKeyEvent) -> None:
        """Handle a key again, before all others, when what is waited for has been answered."""
        window = QApplication.activeWindow()
        handle = window.windowHandle() if window is not None else QGuiApplication.focusWindow()
        if handle is not None:
            self._held.appendleft(_Held(event.clone(), handle))
            self._go_on()

    def soon(self, timer: QTimer, act: Callable[[], None]) -> None:
        """Start a single-shot timer whose `act` is due before the next key, whatever comes first."""
        self._soon[timer] = act
        timer.start()

    def drop_next_enter(self) -> None:
        """The cursor went on by itself: an Enter that comes next says what is done already."""
        self._drops_enter = True

    def drop(self) -> None:
        """Drop what waits and say so."""
        count = sum(one.event.type() is not QEvent.Type.KeyRelease for one in self._held)
        self._held.clear()
        if count:
            self._has_said = True
            self.dropped.emit(count)

    def give_up(self) -> None:
        """Drop what waits, and wait for nothing any more."""
        self._awaited.clear()
        self.drop()
        self._go_on()

    def stop(self) -> None:
        """Look at no key any more; what waits is gone."""
        application = QGuiApplication.instance()
        if self._looks and isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._watch_window)
            application.focusObjectChanged.disconnect(self._watch_object)
            for window in application.allWindows():
                window.removeEventFilter(self)
        self._looks = False
        self._watch_object(None)
        for timer in (self._turn, self._patience):
            timer.stop()
        self._awaited.clear()
        self._held.clear()
        self._soon.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent) and isinstance(watched, QWindow):
            return self._take_key(watched, event)
        if kind in _CLICKS and isinstance(event, QMouseEvent) and isinstance(watched, QWindow):
            return self._take_click(watched, event)
        if kind is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            return self._take_text(watched, event)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:  # posted when a key began to act: whatever it did is done
            self._is_acting = False
            return True
        return super().event(event)

    def _take_key(self, window: QWindow, event: QKeyEvent) -> bool:
        if self.is_replaying and not event.spontaneous():
            return False
        if self._is_long and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self.give_up()
            event.accept()
            return True
        if not self.is_waiting and window.isVisible():
            self._prepare()
            if self._drops(event):
                return True
            self._begin_act()
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # or a shortcut would act at once; it comes again as a key
            return True
        self._hold(_Held(event.clone(), window))
        return True

    def _take_click(self, window: QWindow, event: QMouseEvent) -> bool:
        if self.is_replaying and not event.spontaneous():
            return False
        if event.type() in _PRESSES:
            self._holds_click = bool(self._held) and not self._is_long
        if not self._holds_click:
            if event.type() in _PRESSES:
                self._drops_enter = False
                self._prepare()
            self._begin_act()
            return False
        place = event.globalPosition().toPoint()
        self._hold(_Held(event.clone(), window, QApplication.widgetAt(place)))
        return True

    def _take_text(self, receiver: QWidget, event: QInputMethodEvent) -> bool:
        if self.is_replaying:
            return False
        if self.is_waiting:
            self._hold(_Held(event.clone(), receiver.window().windowHandle()))
            return True
        if event.commitString() or event.preeditString():
            self._prepare()
            self._drops_enter = False
        return False

    def _hold(self, held: _Held) -> None:
        if len(self._held) >= MOST_HELD:
            QApplication.beep()
            return
        self._held.append(held)
        if self._is_long:
            self._lose_patience()
        self._go_on()

    def _go_on(self) -> None:
        if self._awaited:
            return
        self._patience.stop()
        self._is_long = False
        if self._held:
            self._turn.start()
        elif not self._has_said:
            self.let_go.emit()

    def _act_next(self) -> None:
        if self._awaited or not self._held:
            return
        held = self._held.popleft()
        self._prepare()
        before, self.is_replaying, self._is_acting = self.is_replaying, True, True
        try:
            self._act(held)
        finally:
            self.is_replaying, self._is_acting = before, False
            self._go_on()

    def _act(self, held: _Held) -> None:
        event = held.event
        if isinstance(event, QKeyEvent):
            window = window_by_now(held.window)
            if window is not None and not self._drops(event):
                press(window, event)
        elif isinstance(event, QMouseEvent):
            place = event.globalPosition().toPoint()
            if event.type() in _PRESSES:
                self._drops_enter = False
            if isValid(held.window) and QApplication.widgetAt(place) is held.aimed:
                QCoreApplication.sendEvent(held.window, event)
        else:
            self._drops_enter = False
            receiver = receiver_by_now(held.window)
            if receiver is not None:
                QCoreApplication.sendEvent(receiver, event)

    def _drops(self, event: QKeyEvent) -> bool:
        """Return whether this is the Enter after a field that has gone on by itself."""
        if not self._drops_enter or event.type() is QEvent.Type.KeyRelease or event.key() in _NO_KEY_OF_ITS_OWN:
            return False
        is_enter = event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter and event.type() is QEvent.Type.ShortcutOverride:
            return False
        self._drops_enter = False
        return is_enter

    def _prepare(self) -> None:
        """Do what is due before a key, and take back what was said to the last one."""
        if self._has_said:
            self._has_said = False
            self.let_go.emit()
        while self._soon:
            timer = next(iter(self._soon))
            act = self._soon.pop(timer)
            if isValid(timer) and timer.isActive():
                timer.stop()
                act()

    def _begin_act(self) -> None:
        if not self._is_acting:
            self._is_acting = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)

    def _lose_patience(self) -> None:
        self._is_long = bool(self._awaited)
        if self._is_long:
            self.waits_long.emit(sum(one.event.type() is QEvent.Type.KeyPress for one in self._held))

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once more does not make it two

    def _watch_object(self, receiver: QObject | None) -> None:
        """Look at what an input method says, which goes past the window."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = receiver if receiver is not None and receiver.isWidgetType() else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _timer(parent: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
