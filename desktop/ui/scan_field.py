"""A raw line for a scanner that types: the QR code of an identity card, or the lines of a passport's MRZ.

- It has no default button and passes no key on: a scanner's Tab, Ctrl+M or Down does nothing to the form.
- Carriage return ends a line; an MRZ has two or three, so the end is when nothing more comes for a moment.
- What was scanned is forgotten as soon as it is read; only what it says is shown.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.definitions import FormDefinition
from desktop.domain.problems import Problem, Severity
from desktop.domain.values import format_value
from desktop.intake.scan_results import ScanResult
from desktop.ui.field_messages import FieldMessage
from desktop.ui.form_context import FormContext
from desktop.ui.operations import Request
from desktop.ui.tokens import Space
from desktop.ui.widgets import Icon, Paragraph, Role, column, row
from desktop.workspace import scanning

QUIET_MS: Final = 180
_ENDS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MRZ_SIGN: Final = "<"


class ScanLine(QLineEdit):
    """Takes every key for itself; `scanned` carries the lines that came in one go."""

    scanned = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._end)

    def begin(self, text: str) -> None:
        """Take over what a scanner has typed elsewhere, with a line end after it."""
        self.setText(text)
        self._end_line()

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
            self._lines = []
            self.clear()
        elif event.text() and event.text().isprintable() and not _is_command(event):
            self.insert(event.text())

    def _end_line(self) -> None:
        self._lines.append(self.text())
        self.clear()
        if any(_MRZ_SIGN in line for line in self._lines):
            self._quiet.start()
        else:
            self._end()

    def _end(self) -> None:
        lines, self._lines = self._lines, []
        self._quiet.stop()
        if any(lines):
            self.scanned.emit("\n".join(lines))


class ScanField(QWidget):
    """The line with its words, and below it what was read and what is doubtful. `read` carries a ScanResult."""

    read = Signal(object)
    stepped = Signal(int)

    def __init__(self, definition: FormDefinition, context: FormContext) -> None:
        super().__init__()
        self._definition = definition
        self._context = context
        self._reading: Request | None = None
        self.line = ScanLine()
        self.line.setPlaceholderText(self.tr("Put the cursor here and scan the card or the passport"))
        self.line.setAccessibleName(self.tr("Scanner"))
        self.line.scanned.connect(self._scan)
        self.line.stepped.connect(self.stepped)
        self.said = Paragraph("", Role.BODY)
        self.said.hide()
        self.message = FieldMessage()
        self.message.hide()
        line = row((Icon("scan-line", 18, Role.MUTED), self.line), space=Space.TIGHT)
        self.setLayout(column((line, self.said, self.message), space=Space.HAIR))
        self.setFocusProxy(self.line)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def clear(self) -> None:
        self.line.clear()
        self.said.hide()
        self.message.hide()

    def _scan(self, text: str) -> None:
        self._reading = self._context.operations.ask(scanning.scan, text)
        self._reading.result.connect(self._show)

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
    """Whether a key is a command to the window; AltGr comes as Ctrl+Alt and types a sign."""
    modifiers = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(modifiers) and modifiers != both
