"""The cards of a conflict: a value that somebody gave, and a place to type another one.

- Where two values are nearly alike, what differs is underlined: tired eyes do not see 123 and 132.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    Hairline,
    Icon,
    KeyHint,
    Paragraph,
    Text,
    TextRole,
    row,
    scaled,
)
from desktop.workspace.records.conflicts import ConflictValue

_COVERED = "•••••"
_SHORT = 28
_ALIKE = 0.5


class ValueCard(Card):
    """A card that can be chosen by a click, its number or the focus and Space."""

    marked = Signal()

    def __init__(self, number: int, name: str) -> None:
        super().__init__(margin=Space.USUAL, space=Space.SNUG)
        self.is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(scaled(240))
        self._tick = Icon("circle")
        head = row((KeyHint(str(number)), Text(name, TextRole.LABEL)), space=Space.TIGHT)
        head.addStretch(1)
        head.addWidget(self._tick)
        self.body.addLayout(head)

    def set_marked(self, marked: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.is_marked = marked
        self.set_chosen(marked)
        self._tick.show_icon("circle-check" if marked else "circle", TextRole.ACCENT if marked else TextRole.MUTED)

    def set_covered(self, covered: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Hide the value, where there is one."""

    def take_focus(self) -> None:
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.marked.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit()
        else:
            super().keyPressEvent(event)


class GivenCard(ValueCard):
    """A value somebody gave: what, who, where, when."""

    def __init__(self, number: int, value: ConflictValue, differing: Sequence[tuple[int, int]]) -> None:
        super().__init__(number, "")
        self.value = value
        self._differing = differing
        self._shown = Paragraph("", TextRole.FIGURE if len(value.text) <= _SHORT else TextRole.BODY)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.body.addWidget(self._shown)
        self.body.addStretch(1)
        self.body.addWidget(Hairline())
        at = value.at.strftime("%d/%m/%Y %H:%M")
        for icon, words in (("user-round", value.officer), ("building-2", value.station), ("clock", at)):
            line = row((Icon(icon, 16, TextRole.MUTED),), space=Space.TIGHT)
            line.addWidget(Text(words, TextRole.MUTED), 1)
            self.body.addLayout(line)
        self.set_covered(False)

    def set_covered(self, covered: bool) -> None:  # noqa: FBT001  a state, set by its name
        words = self.value.text or self.tr("(empty)")
        self._shown.set_plain(_COVERED if covered else words, () if covered or not self.value.text else self._differing)
        self.setAccessibleName(f"{_COVERED if covered else words}, {self.value.officer}, {self.value.station}")


class TypedCard(ValueCard):
    """A third value, typed."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "")
        self.field = _FocusTellingEdit()
        self.field.setPlaceholderText(self.tr("Another value"))
        self.field.setAccessibleName(self.tr("Another value"))
        self.field.focused.connect(self.marked)
        self.body.addWidget(self.field)
        self.body.addWidget(Paragraph(self.tr("Type it as in the form, for instance 14/03/1999."), TextRole.MUTED))
        self.body.addStretch(1)

    def take_focus(self) -> None:
        self.field.setFocus()


class _FocusTellingEdit(QLineEdit):
    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.OtherFocusReason:
            self.focused.emit()


def differing_parts(text: str, texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where a text differs from another one, to be underlined; nothing when hardly anything agrees."""
    others = [other for other in texts if other != text]
    if len(others) != 1:
        return ()
    other = others[0]
    if len(text) == len(other):
        parts = tuple((at, at + 1) for at, (one, two) in enumerate(zip(text, other, strict=True)) if one != two)
        return parts if len(parts) <= len(text) * _ALIKE else ()
    matcher = SequenceMatcher(a=text, b=other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    return tuple((start, end) for kind, start, end, _, _ in matcher.get_opcodes() if kind != "equal" and end > start)
