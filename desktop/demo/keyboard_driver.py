"""A driver of the keyboard: types, presses, waits and takes pictures, as a person would.

- Keys come to the window as from the keyboard; nothing is set behind its back.
- It looks as a person does: after what it typed it waits until every key has acted (key_order.py).
- Waiting ends with a fact, never with a time; what does not come within a minute is a failure with its name.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.definitions.model import TypeName
from desktop.errors import DesktopError
from desktop.ui.base.key_order import KeyOrder
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.form.field_block import FieldBlock

PATIENCE: Final = 120.0
_LOOK_UP: Final = 0.6  # a list of places or people comes while one looks at it
_LOOKED_UP: Final = frozenset({TypeName.ADDRESS, TypeName.PERSON, TypeName.LINK})
_NO_KEY: Final = Qt.KeyboardModifier.NoModifier
_KEYS: Final[Mapping[str, Qt.Key]] = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Shift+Tab": Qt.Key.Key_Backtab,
    "Down": Qt.Key.Key_Down,
    "Esc": Qt.Key.Key_Escape,
}


class KeyboardDriver:
    """One window's user; `pace` is how long each act is shown, in seconds (0 when nobody watches)."""

    def __init__(self, window: QWidget, keys: KeyOrder, pictures: Path, pace: float = 0.0) -> None:
        self.window = window
        self._order = keys
        self.pictures = pictures
        self.pace = pace
        self.taken: list[Path] = []
        self.keys = 0
        """How many keys were pressed."""

        pictures.mkdir(parents=True, exist_ok=True)

    def wait_for(self, fact: Callable[[], object], what: str) -> None:
        """Let the window work until a fact holds.

        Raises:
            DesktopError: demo_stuck, with what was waited for.
        """
        end = time.monotonic() + PATIENCE
        while not fact():
            QApplication.processEvents()
            if time.monotonic() > end:
                raise DesktopError("demo_stuck", what=what)
            time.sleep(0.002)
        QApplication.processEvents()

    def rest(self, seconds: float | None = None) -> None:
        """Let what has been done be seen, and deferred work be done."""
        end = time.monotonic() + (max(0.05, self.pace) if seconds is None else seconds)
        QApplication.processEvents()
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def type(self, text: str) -> None:
        for letter in text:
            if letter == "\n":
                self.press("Enter")
            else:
                self._send(Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown, letter)
        self._see()

    def press(self, name: str) -> None:
        self._send(_KEYS[name], "\r" if name == "Enter" else "")
        self._see()

    def fill(self, form: EntryForm, answers: Mapping[str, str]) -> None:
        """Go through a form by Enter, typing the answers where their fields come.

        What Enter passes over, because an answer is kept or usual, is come to on the way back, by Shift+Tab.

        Raises:
            DesktopError: demo_stuck, when the end came before every answer was typed.
        """
        left = dict(answers)
        onward = "Enter"
        for _ in range(400):
            block = focused_block(form)
            if block is not None and block.field.id in left:
                self.type(left.pop(block.field.id))
                self.rest(_LOOK_UP if block.field.type in _LOOKED_UP else 0.16)
                if focused_block(form) is block:
                    self.press("Enter")
                    self.rest(0.02)
                continue
            if not left:
                return
            if block is None:  # the end of the form, where Enter would save
                onward = "Shift+Tab"
            self.press(onward)
            self.rest(0.02)
        self.picture("stuck")
        raise DesktopError("demo_stuck", what=f"fields {', '.join(sorted(left))}")

    def picture(self, name: str, widget: QWidget | None = None) -> Path:
        """Keep what a person sees now as a PNG."""
        self.rest(0.12)
        path = self.pictures / f"{name}.png"
        (widget or self.window).grab().save(str(path), "PNG")
        self.taken.append(path)
        return path

    def _see(self) -> None:
        self.wait_for(lambda: not self._order.is_waiting, "answers to keys")

    def _send(self, key: Qt.Key, text: str) -> None:
        self.keys += 1
        target = (QApplication.focusWidget() or self.window).window().windowHandle()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, _NO_KEY, text))


def focused_block(form: EntryForm) -> FieldBlock | None:
    """Return the field in which the cursor is."""
    focus = QApplication.focusWidget()
    if focus is None:
        return None
    blocks = form.fields.body.blocks.values()
    return next((block for block in blocks if block is focus or block.isAncestorOf(focus)), None)
