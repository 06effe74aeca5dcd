"""What is below a field: a hint, a problem, and the line for a reason."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.domain.base.problems import Severity
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    TextRole,
    row,
)

_ICON: Final = 14


class FieldMessage(QWidget):
    """One line kept free below a field; a hint is cut to it, a problem takes the lines it needs."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self._said: tuple[str, TextRole] | None = None
        self._icon = Icon("circle-alert", _ICON, TextRole.DANGER)
        self._icon.hide()
        self._hint = ElidedLabel(role=TextRole.SMALL)
        self._words = Paragraph("", TextRole.DANGER)
        self._words.setProperty("size", "small")
        self._words.hide()
        layout = row((), space=Space.HAIR)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._words, 1)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._keep_line()

    @property
    def text(self) -> str:
        """What is said, whole."""
        return self._whole

    def hint(self, text: str) -> None:
        if text == self._whole and self._words.isHidden():
            return
        self._whole = text
        self._hint.say(text)
        self._hint.show()
        self._words.hide()
        self._icon.hide()

    def say(self, text: str, severity: Severity, icon: str = "") -> None:
        self._whole = text
        role = TextRole.DANGER if severity is Severity.ERROR else TextRole.WARNING
        if (text, role) == self._said and not self._words.isHidden():
            return
        self._said = (text, role)
        self._icon.show_icon(icon or ("circle-alert" if severity is Severity.ERROR else "triangle-alert"), role)
        self._words.set_plain(text)
        self._words.setProperty("role", role.value)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._hint.hide()
        self._words.show()
        self._icon.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}:
            self._keep_line()

    def _keep_line(self) -> None:
        self.setMinimumHeight(QFontMetrics(self._hint.font()).height() + 2)


class ReasonLine(QWidget):
    """Where an officer says why a doubtful value is right."""

    stepped = Signal(int)
    changed = Signal()

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("If it is right all the same: the reason"))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.setMaxLength(500)
        self.line.textEdited.connect(self._edited)
        self.line.installEventFilter(self)
        self.setLayout(row((self.line,)))

    @property
    def reason(self) -> str:
        return " ".join(self.line.text().split())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()), 0)
            plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if step and plain:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _edited(self) -> None:
        self.changed.emit()


_STEPS: Final = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
}
