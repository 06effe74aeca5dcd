"""A link to another record, found by some letters of its name or number.

- What matches is asked for while typing; an answer that comes after more was typed is not shown.
- A key of the list that comes before the answer waits for it: it takes what it would have taken of an instant answer.
- The cursor goes on once the values of the record are known: what the form asks next may depend on them.
- The line shows how the record is called; the value is its id.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import ANY_REGISTER, FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_sealed
from desktop.ui.base import icons
from desktop.ui.base.latest import Latest
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import column
from desktop.ui.form.editors.choice_list import (
    LIST_KEYS,
    TAKES,
    Choice,
    ChoiceList,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.editors.steps import FieldStep
from desktop.ui.form.form_context import FormContext
from desktop.workspace.views.entry_view import (
    FoundRecord,
    LinkedValues,
    find_records,
    read_linked,
)

_PAUSE_MS: Final = 60


class RecordEditor(Editor):
    """A line that searches one register."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self.register = "person" if field.register in {None, ANY_REGISTER} else str(field.register)
        self._stored: Json = None
        self._shown = ""
        self._searching = Latest()
        self._learning = Latest()
        self._goes_on = False
        self.line = QLineEdit()
        self.line.setAccessibleName(self.label)
        self.line.setPlaceholderText(self.tr("Name or number, marks not needed"))
        self.line.addAction(
            icons.icon("search", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.TrailingPosition
        )
        self.line.textEdited.connect(self._edited)
        self.list = ChoiceList(self.line)
        self.list.taken.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.watch(self.line)
        self.body: QVBoxLayout = column((self.line,), space=Space.TIGHT)
        self.setLayout(self.body)
        self.setFocusProxy(self.line)
        self.left.connect(self._tidy)

    def value(self) -> Json | Problem:
        if self.line.text() == self._shown:
            return self._stored
        return Problem(code="record_not_chosen", field=self.field.id) if self.line.text().strip() else None

    def set_value(self, value: Json) -> None:
        self._learning.drop()
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
        """Show the first records of the register."""
        self.line.setFocus()
        self.line.selectAll()
        self._search()

    def leaves_by_arrows(self) -> bool:
        return not self.list.isVisible()

    def takes_key(self, event: QKeyEvent) -> bool:
        if self.is_searching and event.key() in LIST_KEYS:
            self._hurry(event)
            return True
        if self.list.takes_key(event):
            return True
        if event.key() in TAKES and self.list.isVisible():
            marked = self.list.marked()
            if marked is not None:
                self._take(marked)
                return True
        return False

    def wants_override(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.list.isVisible() or self.is_searching)

    def hideEvent(self, event: QHideEvent) -> None:
        self.list.hide()
        super().hideEvent(event)

    @property
    def is_searching(self) -> bool:
        return self._pause.isActive() or self._searching.is_waiting

    def choose(self, record: str) -> None:
        """Take a record, known or not yet."""
        if record in self.context.linked:
            self.set_value(record)
            self.changed.emit()
            return
        request = self._learning.wait_for(self.context.operations.ask(read_linked, record))
        request.result.connect(self._learn)
        request.finished.connect(self._end_learning)

    def more_choices(self, typed: str) -> Sequence[Choice]:  # noqa: ARG002  overridden
        """Return acts offered below what was found."""
        return ()

    def take_act(self, key: object) -> None:
        """Do what one of `more_choices` means."""

    def _edited(self, text: str) -> None:
        self.changed.emit()
        self._searching.drop()
        self._learning.drop()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.list.hide()

    def _search(self) -> None:
        typed = "" if self.line.text() == self._shown else self.line.text().strip()
        search = self.context.operations.ask(find_records, self.register, typed, self.context.language)
        self._searching.wait_for(search).result.connect(self._offer)

    def _offer(self, found: tuple[FoundRecord, ...]) -> None:
        if not self.line.hasFocus():
            return
        choices = [Choice(one.record, one.title, detail=one.detail) for one in found]
        self.list.offer([*choices, *self.more_choices(self.line.text().strip())])

    def _take(self, choice: Choice) -> None:
        self.list.hide()
        if choice.icon:
            self.take_act(choice.key)
            return
        record = str(choice.key)
        self.context.titles.setdefault(record, choice.label)
        self._stored, self._shown = record, choice.label
        self.line.setText(choice.label)
        self.choose(record)
        if self._learning.is_waiting:
            self._goes_on = True
        else:
            self.say_stepped(FieldStep.ON)

    def _end_learning(self) -> None:
        if self._goes_on and not self._learning.is_waiting:
            self._goes_on = False
            if self.line.hasFocus():
                self.say_stepped(FieldStep.ON)

    def _hurry(self, event: QKeyEvent) -> None:
        """Ask at once what was going to be asked, and handle the key when it is answered."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        keys = self.context.operations.keys
        if self._searching.request is not None:
            keys.wait_for(self._searching.request)
        keys.put_back(event)

    def _learn(self, linked: LinkedValues) -> None:
        self.context.learn(linked)
        self.set_value(linked.record)
        self.changed.emit()

    def _tidy(self) -> None:
        self._pause.stop()
        self._searching.drop()
        self.list.hide()
