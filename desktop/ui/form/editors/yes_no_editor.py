"""Yes or no by one key: C or Y or 1, K or N or 0; Delete takes the answer back. The answer goes on by itself."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_sealed
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Button, restyle, row
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.form_context import FormContext

_YES: Final = {Qt.Key.Key_C, Qt.Key.Key_Y, Qt.Key.Key_1}
_NO: Final = {Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_0}
_TAKE_BACK: Final = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class YesNoEditor(Editor):
    """Two answers side by side; the frame takes the focus, the mouse the buttons."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._value: Json = None
        self.frame = QFrame()
        self.frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.frame.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.watch(self.frame)
        self.yes = self._button(answer=True)
        self.no = self._button(answer=False)
        self.yes.clicked.connect(self._choose_yes)
        self.no.clicked.connect(self._choose_no)
        inside = row((self.yes, self.no), space=Space.HAIR)
        inside.addStretch(1)
        self.frame.setLayout(inside)
        self.setLayout(row((self.frame,)))
        self.setFocusProxy(self.frame)
        self._show()

    def value(self) -> Json | Problem:
        return self._value

    def set_value(self, value: Json) -> None:
        self._value = value
        self.frame.setEnabled(not is_sealed(value))
        self._show()

    def stops(self) -> list[QWidget]:
        return [self.frame]

    def set_state(self, state: str) -> None:
        restyle(self.yes, state=state)
        restyle(self.no, state=state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the focus of the frame on its buttons."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            focused = "true" if event.type() is QEvent.Type.FocusIn else "false"
            restyle(self.yes, focused=focused)
            restyle(self.no, focused=focused)
        return super().eventFilter(watched, event)

    def takes_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case key if key in _YES:
                self._choose(answer=True)
                self.advance()
            case key if key in _NO:
                self._choose(answer=False)
                self.advance()
            case key if key in _TAKE_BACK:
                self._choose(answer=None)
            case Qt.Key.Key_Left:
                self._choose(answer=True)
            case Qt.Key.Key_Right:
                self._choose(answer=False)
            case Qt.Key.Key_Space:
                self._choose(answer=self._value is not True)
            case _:
                return False
        return True

    def _button(self, *, answer: bool) -> Button:
        button = Button(format_value(answer, self.field, self.context.values))
        button.setProperty("role", "answer")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumWidth(72)
        return button

    def _choose_yes(self) -> None:
        self._choose(answer=None if self._value is True else True)

    def _choose_no(self) -> None:
        self._choose(answer=None if self._value is False else False)

    def _choose(self, *, answer: bool | None) -> None:
        self.frame.setFocus()
        self._value = answer
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.yes.setChecked(self._value is True)
        self.no.setChecked(self._value is False)
        self.frame.setAccessibleName(f"{self.label}: {format_value(self._value, self.field, self.context.values)}")
