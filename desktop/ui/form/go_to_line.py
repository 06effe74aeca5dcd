"""A line over the form to go to a field by its number or a few letters of its label; also the list of its notes.

- It lies over the form, so nothing moves; it takes no key but while one looks for a field.
- Fields are numbered as in the definition, so a number is the same in every record.
- Enter goes there, Esc goes back to where the cursor was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.domain.names.names import fold
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Text,
    TextRole,
    column,
    row,
    scaled,
)
from desktop.ui.form.editors.choice_list import Choice, ChoiceList

_WIDTH: Final = 560
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_NOT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToTarget:
    """A place in the form: its path such as `person.dob`, its number, its words, and what distinguishes it."""

    path: str
    number: str
    label: str
    detail: str = ""
    icon: str = ""


class GoToLine(QFrame):
    """Child of the form it lies over. `chosen` carries a path, `given_up` says that nothing was chosen."""

    chosen = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = parent
        self.setProperty("role", "card")
        self._targets: tuple[GoToTarget, ...] = ()
        self._title = Text("", TextRole.LABEL)
        self.line = QLineEdit()
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        self.list = ChoiceList(self.line)
        self.list.taken.connect(self._take)
        layout = column((), space=Space.HAIR, margin=Space.SNUG)
        layout.addWidget(self._title)
        layout.addLayout(row((Icon("search", 16, TextRole.MUTED), self.line), space=Space.TIGHT))
        self.setLayout(layout)
        self.hide()

    def ask(self, title: str, hint: str, targets: Sequence[GoToTarget]) -> None:
        """Show what may be gone to, and take the cursor."""
        self._targets = tuple(targets)
        self._title.setText(title)
        self.line.clear()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._offer("")

    def close_line(self) -> None:
        self.list.hide()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.close_line()
        if isinstance(event, QKeyEvent):
            is_escape = event.key() == Qt.Key.Key_Escape
            if event.type() is QEvent.Type.ShortcutOverride and is_escape:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()  # first, or hiding the line would throw the cursor somewhere
            self.close_line()
            return True
        if event.key() in _ENTER:
            marked = self.list.marked()
            if marked is not None:
                self._take(marked)
            return True
        return self.list.takes_key(event)

    def _offer(self, typed: str) -> None:
        self.list.offer(
            [
                Choice(one.path, one.label, code=one.number, detail=one.detail, icon=one.icon)
                for one in fitting_targets(typed, self._targets)
            ]
        )

    def _take(self, choice: Choice) -> None:
        self.chosen.emit(str(choice.key))
        self.close_line()

    def _place(self) -> None:
        width = min(scaled(_WIDTH), self._form.width() - 2 * Space.WIDE)
        self.setGeometry((self._form.width() - width) // 2, Space.BROAD, width, self.sizeHint().height())


def fitting_targets(typed: str, targets: Sequence[GoToTarget]) -> list[GoToTarget]:
    """Return what may be meant, the likeliest first: a whole number, the beginning of a label, words, any part."""
    key = fold(typed)
    if not key:
        return list(targets)
    ranked = [(_rank(key, target), place) for place, target in enumerate(targets)]
    return [targets[place] for rank, place in sorted(ranked) if rank < _NOT]


def _rank(key: str, target: GoToTarget) -> int:
    label = fold(target.label)
    if key == target.number:
        return 0
    if key.isdigit():
        return 1 if target.number.startswith(key) else _NOT
    if label.startswith(key):
        return 1
    if all(f" {word}" in f" {label}" for word in key.split()):
        return 2
    return 3 if key in label else _NOT
