"""One code of a list: its number, the code or some letters of its label are typed, F4 shows all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.domain.values.field_types import format_value, is_sealed, parse_value
from desktop.ui.base import icons
from desktop.ui.base.widgets import column
from desktop.ui.form.editors.choice_list import Choice, ChoiceList
from desktop.ui.form.editors.code_choices import by_number, fitting, whole_choice
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.editors.steps import FieldStep
from desktop.ui.form.form_context import FormContext


class CodeEditor(Editor):
    """A line that shows the label; what is typed is matched when the field is left."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._stored: Json = None
        self._shown = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(self.label)
        self.line.textEdited.connect(self._edited)
        open_list = self.line.addAction(
            icons.icon("chevron-down", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.TrailingPosition
        )
        open_list.setToolTip(self.tr("List of codes  (F4)"))
        open_list.triggered.connect(self.show_codes)
        self.list = ChoiceList(self.line)
        self.list.taken.connect(self._take)
        self.watch(self.line)
        self.setLayout(column((self.line,)))
        self.setFocusProxy(self.line)
        self.left.connect(self._tidy)

    def value(self) -> Json | Problem:
        if self.line.text() == self._shown:
            return self._stored
        numbered = by_number(self.line.text(), self.field, self.context)
        if numbered is not None:
            return numbered
        return parse_value(self.line.text(), self.field, self.context.values)

    def set_value(self, value: Json) -> None:
        self._stored = value
        self._shown = format_value(value, self.field, self.context.values)
        self.line.setText(self._shown)
        self.line.setReadOnly(is_sealed(value))
        self.line.setCursorPosition(0)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def show_codes(self) -> None:
        self.line.setFocus()
        self.line.selectAll()
        choices = fitting("", self.field, self.context)
        marked = next((number for number, choice in enumerate(choices) if choice.key == self._stored), 0)
        self.list.offer(choices, marked=marked)

    def leaves_by_arrows(self) -> bool:
        return not self.list.isVisible()

    def takes_key(self, event: QKeyEvent) -> bool:
        if self.list.takes_key(event):
            return True
        if self.list.isVisible() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            marked = self.list.marked()
            if marked is not None:
                self._set_choice(marked)
        return False

    def wants_override(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.list.isVisible()

    def hideEvent(self, event: QHideEvent) -> None:
        self.list.hide()
        super().hideEvent(event)

    def _edited(self, text: str) -> None:
        self.list.offer(fitting(text, self.field, self.context) if fold(text) else ())
        self.changed.emit()
        self.go_on_if(self._take_whole, self.line)

    def _take_whole(self, text: str) -> bool:
        choice = whole_choice(text, self.field, self.context)
        if choice is not None:
            self._set_choice(choice)
        return choice is not None

    def _take(self, choice: Choice) -> None:
        self._set_choice(choice)
        self.say_stepped(FieldStep.ON)

    def _set_choice(self, choice: Choice) -> None:
        self.list.hide()
        self.set_value(str(choice.key))
        self.changed.emit()

    def _tidy(self) -> None:
        self.list.hide()
        value = self.value()
        if not isinstance(value, Problem):
            self.set_value(value)
