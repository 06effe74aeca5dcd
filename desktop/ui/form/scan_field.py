"""A line for a scanner, above the fields of a person: what was read is below it, and what is doubtful.

- A scan is known wherever the cursor is (scan_filter.py) and comes here by `take`; what a hand types is read at Enter.
- The line has no default button and passes no key on: Tab, Ctrl+M or Down in the middle of it does nothing to the form.
- What was scanned is forgotten as soon as it is read; only what it says is shown.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.values.field_types import format_value
from desktop.intake.scan_results import ScanResult
from desktop.intake.scan_shapes import is_whole
from desktop.ui.base.latest import Latest
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    TextRole,
    column,
    row,
)
from desktop.ui.form.field_messages import FieldMessage
from desktop.ui.form.form_context import FormContext
from desktop.workspace.imports import scanning

_ENDS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_FILLER: Final = "<"


class ScanLine(QLineEdit):
    """Takes every key for itself; `typed` carries the lines of one document."""

    typed = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._say_wanted()

    def forget(self) -> None:
        """Begin again."""
        self._lines = []
        self.clear()
        self._say_wanted()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = event.key()
        is_idle = not self.text() and not self._lines
        if key in _ENDS and not is_idle:
            self._end_line()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Down, *_ENDS} and is_idle:
            self.stepped.emit(1)
        elif key in {Qt.Key.Key_Backtab, Qt.Key.Key_Up} and is_idle:
            self.stepped.emit(-1)
        elif key == Qt.Key.Key_Backspace:
            self.backspace()
        elif key == Qt.Key.Key_Escape:
            self.forget()
        elif event.text() and event.text().isprintable() and not _is_command(event):
            self.insert(event.text())

    def _end_line(self) -> None:
        """Wait for the other lines of a passport, if that is what is here."""
        is_empty = not self.text()
        lines = [*self._lines, *([] if is_empty else [self.text()])]
        is_zone = any(_FILLER in line for line in lines)
        if is_zone and not is_empty and not is_whole("".join(f"{line}\n" for line in lines)):
            self._lines = lines
            self.clear()
            self._say_wanted()
            return
        self.forget()
        self.typed.emit("\n".join(lines))

    def _say_wanted(self) -> None:
        self.setPlaceholderText(
            self.tr("Type the next line, or Enter to read what is there")
            if self._lines
            else self.tr("Scan the card or the passport, wherever the cursor is")
        )


class ScanField(QWidget):
    """The line with its words, and below it what was read and what is doubtful. `read` carries a ScanResult."""

    read = Signal(object)
    stepped = Signal(int)

    def __init__(self, definition: FormDefinition, context: FormContext) -> None:
        super().__init__()
        self._definition = definition
        self._context = context
        self._reading = Latest()
        self.line = ScanLine()
        self.line.setAccessibleName(self.tr("Scanner"))
        self.line.typed.connect(self.take)
        self.line.stepped.connect(self.stepped)
        self.said = Paragraph("", TextRole.BODY)
        self.said.hide()
        self.message = FieldMessage()
        self.message.hide()
        line = row((Icon("scan-line", 18, TextRole.MUTED), self.line), space=Space.TIGHT)
        self.setLayout(column((line, self.said, self.message), space=Space.HAIR))
        self.setFocusProxy(self.line)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def clear(self) -> None:
        self._reading.drop()
        self.line.forget()
        self.said.hide()
        self.message.hide()

    def take(self, text: str) -> None:
        """Read what was scanned."""
        request = self._reading.wait_for(self._context.operations.ask(scanning.scan, text))
        request.result.connect(self._show)

    def _show(self, result: ScanResult) -> None:
        words = [self._words_of(name, result) for name in result.person]
        self.said.set_plain(" · ".join(word for word in words if word))
        self.said.setVisible(bool(words))
        doubts = [self._problem_words(problem) for problem in result.problems]
        if result.confirm:
            names = ", ".join(self._label(name) for name in result.confirm)
            doubts.append(self.tr("Compare with the paper: {fields}.").replace("{fields}", names))
        is_error = any(problem.severity is Severity.ERROR for problem in result.problems)
        self.message.setVisible(bool(doubts))
        if doubts:
            self.message.say("\n".join(doubts), Severity.ERROR if is_error else Severity.WARNING)
        self.read.emit(result)

    def _words_of(self, name: str, result: ScanResult) -> str:
        field = self._definition.field(name)
        if field is None or field.fields:
            return ""
        return format_value(result.person[name], field, self._context.values)

    def _problem_words(self, problem: Problem) -> str:
        label = self._label(problem.field) if problem.field else ""
        words = self._context.words(problem)
        return f"{label}: {words}" if label else words

    def _label(self, name: str) -> str:
        field = self._definition.field(name)
        return field.label.text(self._context.language) if field is not None else name


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key is a command to the window; AltGr comes as Ctrl+Alt and types a character."""
    modifiers = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(modifiers) and modifiers != both
