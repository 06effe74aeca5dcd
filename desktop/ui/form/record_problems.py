"""What is wrong or doubtful about the record as a whole: below the last section, with a line for each reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Text, TextRole, column
from desktop.ui.form.field_messages import FieldMessage, ReasonLine
from desktop.ui.form.form_context import FormContext


class RecordProblems(QWidget):
    """Hidden while the record as a whole is in order."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, ReasonLine] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self._body = column((Text(self.tr("The whole record"), TextRole.SECTION),), space=Space.TIGHT)
        self.setLayout(self._body)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], answered: frozenset[str], context: FormContext) -> None:
        wanted = {problem.code: problem for problem in problems}
        for code in [code for code in self._parts if code not in wanted]:
            self._lines.pop(code, None)
            for part in self._parts.pop(code):
                part.hide()
                part.deleteLater()
        for code in [code for code in wanted if code not in self._parts]:
            self._add(wanted[code], answered, context)
        self.setVisible(bool(wanted))

    def reasons(self) -> dict[str, str]:
        return {code: line.reason for code, line in self._lines.items() if line.reason}

    def stops(self) -> list[QWidget]:
        return [] if self.isHidden() else [line.line for line in self._lines.values()]

    def _add(self, problem: Problem, answered: frozenset[str], context: FormContext) -> None:
        message = FieldMessage()
        message.say(context.words(problem), problem.severity)
        parts: list[QWidget] = [message]
        if problem.severity is Severity.WARNING and problem.code not in answered:
            line = ReasonLine(problem.code)
            line.changed.connect(self.changed)
            self._lines[problem.code] = line
            parts.append(line)
        self._parts[problem.code] = parts
        for part in parts:
            self._body.addWidget(part)
