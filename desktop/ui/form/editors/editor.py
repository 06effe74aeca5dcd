"""The editor of one field: what every field type has in common.

- `value()` is the stored value, or the problem of a text that cannot be read; the text itself is never lost.
- The form moves the focus: an editor names its `stops` in order and says `stepped` when a key asks to go on or back.
- A field that is full goes on by itself, if the officer wants it so: only when a key typed the last character at its
  end, and only when nothing that could still be typed would mean something else. An Enter that comes next is taken as
  said already (key_order.py).
- `left` comes when the focus has left all stops, after an input method has finished composing and before another key.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.ui.base.widgets import restyle
from desktop.ui.form.editors.steps import FieldStep
from desktop.ui.form.form_context import FormContext

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NEXT: Final = {Qt.Key.Key_Down, Qt.Key.Key_Tab}
_SECTIONS: Final = {Qt.Key.Key_PageDown: FieldStep.SECTION, Qt.Key.Key_PageUp: FieldStep.SECTION_BEFORE}
_BACK: Final = {Qt.Key.Key_Up, Qt.Key.Key_Backtab}
_COMES_BACK: Final = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class Editor(QWidget):
    """Edits the value of one field. Subclasses fill in value, set_value and stops."""

    shows_all = False
    """Whether parts that were never left show their problems, too: after a save was refused."""

    changed = Signal()
    left = Signal()
    part_left = Signal()
    """A part was left, such as a cell of a row or a field of a person entered here; the editor itself was not."""

    stepped = Signal(int)
    """A Step."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__()
        self.field = field
        self.context = context
        self._composing = False
        self._was_key = False
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(0)
        self._leaving.timeout.connect(self._say_left)

    @property
    def label(self) -> str:
        return self.field.label.text(self.context.language)

    @property
    def is_wide(self) -> bool:
        """Whether it takes both columns of a form."""
        return False

    def value(self) -> Json | Problem:
        raise NotImplementedError

    def set_value(self, value: Json) -> None:
        """Show a stored value; says nothing."""
        raise NotImplementedError

    def stored(self) -> Json:
        """Return the value as far as it can be read."""
        value = self.value()
        return None if isinstance(value, Problem) else value

    def unread(self) -> dict[str, Problem]:
        """Return what cannot be read, by the rest of its path: empty for the field itself, `[0].dob` for a part."""
        value = self.value()
        return {"": value} if isinstance(value, Problem) else {}

    def typed(self) -> dict[str, str]:
        """Return the texts that could not be read as values, by the rest of their path, for a draft."""
        return {"": self.text()} if "" in self.unread() else {}

    def set_typed(self, path: str, text: str) -> None:
        """Show again one of the texts that `typed` gave."""
        if not path:
            self.set_text(text)

    def text(self) -> str:
        """Return what is in the line one types in."""
        return ""

    def set_text(self, text: str) -> None:
        """Put a text into the line one types in."""

    def stops(self) -> list[QWidget]:
        """Return the widgets that take the focus, in order."""
        raise NotImplementedError

    def set_state(self, state: str) -> None:
        """Dress as `error`, `warning` or plain."""
        for stop in self.stops():
            restyle(stop, state=state)

    def show_codes(self) -> None:
        """Open the list of answers, where there is one (F4)."""

    def inner_problems(self, problems: dict[str, tuple[Problem, ...]]) -> None:
        """Show the problems of parts; each key is the rest of the path, such as `[0].dob` or `.dob`."""

    def settle(self) -> None:
        """Let go of parts that were left empty; the form calls it while it holds the cursor still."""

    def stop_at(self, path: str) -> QWidget | None:  # noqa: ARG002  overridden
        """Return the stop of a part, such as `[0].dob`."""
        return None

    def reasons(self) -> dict[str, str]:
        """Return the reasons given to warnings of parts, by code."""
        return {}

    def has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def focus_first(self) -> None:
        self.stops()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def watch(self, stop: QWidget) -> None:
        """Take the keys of movement, and the end of editing, from one of the stops."""
        stop.installEventFilter(self)

    def takes_key(self, event: QKeyEvent) -> bool:  # noqa: ARG002  overridden
        """Whether a key means something inside the editor, such as Down in an open list."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent):
                self._composing = bool(event.preeditString())
                self._was_key = False
            case QEvent.Type.FocusOut if isinstance(event, QFocusEvent):
                self._composing = False
                if event.reason() not in _COMES_BACK:
                    self.leave_soon()
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                if self.wants_override(event):
                    event.accept()
                    return True
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and not self._composing:
                self._was_key = bool(event.text()) and event.text().isprintable()
                return self._key(event)
            case _:
                pass
        return super().eventFilter(watched, event)

    def wants_override(self, event: QKeyEvent) -> bool:  # noqa: ARG002  overridden
        """Whether a key of the window is a key of this editor for now."""
        return False

    def leaves_by_arrows(self) -> bool:
        """Return whether Up and Down mean nothing inside the editor now."""
        return True

    def passes_over(self, stop: QWidget) -> bool:  # noqa: ARG002  overridden
        """Return whether Enter goes over one of the stops, because another of them has said what it would ask."""
        return False

    def say_stepped(self, step: int) -> None:
        QGuiApplication.inputMethod().commit()
        self.stepped.emit(step)

    def go_on_if(self, is_full: Callable[[str], bool], line: QLineEdit) -> None:
        """Go on by itself when the key that was just typed at the end of a line made it full."""
        if self.was_typed_at_end(line) and is_full(line.text()):
            self.advance()

    def was_typed_at_end(self, line: QLineEdit) -> bool:
        """Return whether a key, and no paste or input method, typed the last character of a line that may go on."""
        was_key, self._was_key = self._was_key, False
        return was_key and self.context.advances and line.cursorPosition() == len(line.text())

    def advance(self) -> None:
        """Go on because the field is full."""
        if self.context.advances:
            self.context.operations.keys.drop_next_enter()
            self.say_stepped(FieldStep.ON)

    def leave_soon(self) -> None:
        """Look where the focus went, and say so."""
        self.context.operations.keys.soon(self._leaving, self._say_left)

    def _key(self, event: QKeyEvent) -> bool:
        if self.takes_key(event):
            return True
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        return self._step_key(event)

    def _step_key(self, event: QKeyEvent) -> bool:
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _BACK or (event.key() == Qt.Key.Key_Tab and is_shifted):
            self.say_stepped(FieldStep.BACK)
            return True
        if event.key() in _SECTIONS and not is_shifted:
            self.say_stepped(_SECTIONS[Qt.Key(event.key())])
            return True
        if event.key() in _NEXT and not is_shifted:
            self.say_stepped(FieldStep.NEXT)
            return True
        if event.key() in _ENTER and not is_shifted:
            self.say_stepped(FieldStep.ON)
            return True
        return False

    def _say_left(self) -> None:
        if self.has_focus():
            self.part_left.emit()
        else:
            self.left.emit()
