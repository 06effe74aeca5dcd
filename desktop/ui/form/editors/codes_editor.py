"""Several codes of a list: a comma takes what is typed and stays, and what was taken is below as a word.

- Enter takes what is typed and goes on, as in every field. While full fields go on by themselves a whole code is taken
  without either.
- Backspace on an empty line takes the last one back, as a click on its word does.
- F4 shows the list with ticks; Enter ticks, and the list stays open.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.domain.values.field_types import is_sealed, normalise, parse_value
from desktop.ui.base import icons
from desktop.ui.base.flow_layout import FlowLayout
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Button, clear, column
from desktop.ui.form.editors.choice_list import Choice, ChoiceList
from desktop.ui.form.editors.code_choices import by_number, fitting, whole_choice
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.form_context import FormContext

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SEPARATORS: Final = {",", ";"}


class CodesEditor(Editor):
    """A line to type in, and below it what was chosen."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._chosen: list[str] = []
        self._sealed: Json = None
        self.line = QLineEdit()
        self.line.setAccessibleName(self.label)
        self.line.textEdited.connect(self._edited)
        open_list = self.line.addAction(
            icons.icon("chevron-down", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.TrailingPosition
        )
        open_list.setToolTip(self.tr("List of codes  (F4)"))
        open_list.triggered.connect(self.show_codes)
        self.list = ChoiceList(self.line)
        self.list.taken.connect(self._toggle)
        self._stays_open = False
        self.watch(self.line)
        self._words = QWidget()
        self._flow = FlowLayout(Space.HAIR)
        self._words.setLayout(self._flow)
        self._words.hide()
        self.setLayout(column((self.line, self._words), space=Space.HAIR))
        self.setFocusProxy(self.line)
        self.left.connect(self._tidy)
        self._show()

    @property
    def is_wide(self) -> bool:
        return True

    def value(self) -> Json | Problem:
        if self._sealed is not None:
            return self._sealed
        if not self.line.text().strip():
            return [*sorted(self._chosen)] or None
        numbered = by_number(self.line.text(), self.field, self.context)
        more = [numbered] if numbered is not None else parse_value(self.line.text(), self.field, self.context.values)
        if isinstance(more, Problem):
            return more
        return normalise([*self._chosen, *(more if isinstance(more, list) else ())], self.field, self.context.values)

    def set_value(self, value: Json) -> None:
        self._sealed = value if is_sealed(value) else None
        self._chosen = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
        self.line.clear()
        self.line.setReadOnly(self._sealed is not None)
        self._show()

    def stored(self) -> Json:
        """Return what is chosen, even when more was typed that cannot be read."""
        value = self.value()
        return ([*sorted(self._chosen)] or None) if isinstance(value, Problem) else value

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def show_codes(self) -> None:
        self.line.setFocus()
        self._stays_open = True
        self.list.offer(self._choices(""))

    def leaves_by_arrows(self) -> bool:
        return not self.list.isVisible()

    def takes_key(self, event: QKeyEvent) -> bool:
        if self.list.takes_key(event):
            self._stays_open = self._stays_open and self.list.isVisible()
            return True
        marked = self.list.marked() if self.list.isVisible() else None
        if marked is not None and event.text() in _SEPARATORS:
            self._add(marked)
            return True
        if marked is not None and event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self._stays_open:
                self._toggle(marked)
                return True
            self._add(marked)
            return False
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._chosen and self._sealed is None:
            self._chosen.pop()
            self._say_changed()
            return True
        return False

    def wants_override(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.list.isVisible()

    def hideEvent(self, event: QHideEvent) -> None:
        self.list.hide()
        super().hideEvent(event)

    def _choices(self, typed: str) -> list[Choice]:
        return fitting(typed, self.field, self.context, frozenset(self._chosen))

    def _edited(self, text: str) -> None:
        self._stays_open = False
        self.list.offer(self._choices(text) if fold(text) else ())
        self.changed.emit()
        whole = whole_choice(text, self.field, self.context) if self.was_typed_at_end(self.line) else None
        if whole is not None and str(whole.key) not in self._chosen:
            self._toggle(whole)

    def _add(self, choice: Choice) -> None:
        """Take what was typed; what is there already stays."""
        if str(choice.key) in self._chosen:
            self.line.clear()
            self.list.hide()
            self._say_changed()
        else:
            self._toggle(choice)

    def _toggle(self, choice: Choice) -> None:
        code = str(choice.key)
        self.line.clear()
        if code in self._chosen:
            self._chosen.remove(code)
        else:
            self._chosen.append(code)
        if self._stays_open:
            choices = self._choices("")
            self.list.offer(choices, marked=next(n for n, one in enumerate(choices) if one.key == code))
        else:
            self.list.hide()
        self._say_changed()

    def _say_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _tidy(self) -> None:
        self.list.hide()
        self._stays_open = False
        value = self.value()
        if self.line.text() and not isinstance(value, Problem):
            self.set_value(value)

    def _show(self) -> None:
        clear(self._flow)
        library, language = self.context.library, self.context.language
        for code in self._chosen:
            word = _Word(library.code_label(self.field.codes or "", code, language), code)
            word.setToolTip(self.tr("Take back"))
            word.clicked.connect(self._take_back)
            self._flow.addWidget(word)
        self._words.setVisible(bool(self._chosen))
        self.line.setPlaceholderText(
            self.tr("Add another") if self._chosen else self.tr("Codes or words, a comma between them")
        )

    def _take_back(self) -> None:
        word = self.sender()
        if isinstance(word, _Word) and self._sealed is None:
            self._chosen.remove(word.code)
            self._say_changed()


class _Word(Button):
    """A chosen code that a click takes back."""

    _ROLE = "word"

    def __init__(self, label: str, code: str) -> None:
        super().__init__(label, "x")
        self.code = code
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
