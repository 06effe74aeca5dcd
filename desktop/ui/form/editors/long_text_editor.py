"""A text of several lines."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_sealed, parse_value
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import column
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.form_context import FormContext


class LongTextEditor(Editor):
    """Several lines; Enter goes on to the next field, Shift+Enter begins a new line."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._stored: Json = None
        self._shown = ""
        self.box = _GrowingText()
        self.box.setAccessibleName(self.label)
        self.box.setPlaceholderText(self.tr("Shift+Enter begins a new line"))
        self.box.textChanged.connect(self._edited)
        self.watch(self.box)
        self._is_setting = False
        self.setLayout(column((self.box,)))
        self.setFocusProxy(self.box)

    @property
    def is_wide(self) -> bool:
        return True

    def value(self) -> Json | Problem:
        if self.box.toPlainText() == self._shown:
            return self._stored
        return parse_value(self.box.toPlainText(), self.field, self.context.values)

    def set_value(self, value: Json) -> None:
        self._is_setting = True
        self._stored = value
        self._shown = format_value(value, self.field, self.context.values)
        self.box.setPlainText(self._shown)
        self.box.setReadOnly(is_sealed(value))
        self._is_setting = False

    def stops(self) -> list[QWidget]:
        return [self.box]

    def leaves_by_arrows(self) -> bool:
        return False

    def takes_key(self, event: QKeyEvent) -> bool:
        """Up and Down move in the text until its first and last line."""
        cursor = self.box.textCursor()
        match event.key():
            case Qt.Key.Key_Up:
                return self._moves(cursor.MoveOperation.Up)
            case Qt.Key.Key_Down:
                return self._moves(cursor.MoveOperation.Down)
            case _:
                return False

    def _moves(self, operation: QTextCursor.MoveOperation) -> bool:
        cursor = self.box.textCursor()
        moved = cursor.movePosition(operation)
        if moved:
            self.box.setTextCursor(cursor)
        return moved

    def _edited(self) -> None:
        if not self._is_setting:
            self.changed.emit()


class _GrowingText(QPlainTextEdit):
    """As tall as its lines, from two to eight."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().contentsChanged.connect(self._fit)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        lines = min(8, max(2, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2 * Space.TIGHT)
