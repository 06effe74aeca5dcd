"""The note on a field, below it: a line to read, and while it is written a line to type in.

- Ctrl+D writes it, Enter keeps it and goes back to the field, Esc leaves it as it was; an emptied note is gone.
- It is no stop of the keyboard's way through the form: a note is gone to on purpose.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.definitions.companion_fields import NOTE_LENGTH
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    TextRole,
    column,
    row,
)

_KEEPS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Down}
_ICON: Final = 14


class FieldNote(QWidget):
    """Hidden while there is neither a note nor somebody writing one."""

    changed = Signal()
    finished = Signal()
    """The note was kept or left as it was: the cursor goes back to the field."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._text = ""
        self.said = Paragraph("", TextRole.BODY)
        self.said.setProperty("size", "small")
        self.line = QLineEdit()
        self.line.setMaxLength(NOTE_LENGTH)
        self.line.setPlaceholderText(self.tr("Note on this field: what is not clear, whom to ask"))
        self.line.setAccessibleName(self.tr("Note on {field}").replace("{field}", label))
        self.line.installEventFilter(self)
        self.line.hide()
        layout = row((), space=Space.HAIR)
        layout.addWidget(Icon("sticky-note", _ICON, TextRole.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column((self.said, self.line), space=0), 1)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        return self._text

    @property
    def is_writing(self) -> bool:
        return not self.line.isHidden()

    def set_text(self, text: str) -> None:
        """Show a note; says nothing."""
        self._text = text
        self.said.set_plain(text)
        self.line.hide()
        self.said.show()
        self.setVisible(bool(text))

    def write(self) -> None:
        """Open the line, with the note as it is."""
        self.line.setText(self._text)
        self.said.hide()
        self.line.show()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in {*_KEEPS, Qt.Key.Key_Escape}:
                if event.key() in _KEEPS:
                    self._keep()
                self.set_text(self._text)
                self.finished.emit()
                return True
        if event.type() is QEvent.Type.FocusOut and self.is_writing:
            self._keep()
            self.set_text(self._text)
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        text = " ".join(self.line.text().split())
        if text != self._text:
            self._text = text
            self.changed.emit()
