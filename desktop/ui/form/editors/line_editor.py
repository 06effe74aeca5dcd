"""One line of text: texts, dates, numbers and the numbers that are texts.

- What was typed is brought to its usual form when the field is left, so `140325` becomes `14/03/2025` to be seen.
- How precise a date is is in words at its right end.
"""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import PERSON_NAME, FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_sealed, parse_value
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Text,
    TextRole,
    column,
    row,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.form_context import FormContext

_DATES: Final = {TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME}
_DAY: Final = r"[0-9]{8}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_WHOLE: Final = {
    TypeName.DATE: re.compile(_DAY),
    TypeName.PARTIAL_DATE: re.compile(_DAY),
    TypeName.DATE_TIME: re.compile(rf"(?:{_DAY}) (?:[0-9]{{4}}|[0-9]{{1,2}}[:hH][0-9]{{2}})"),
    TypeName.PERSONAL_ID: re.compile(r"[0-9]{12}"),
    TypeName.PHONE: re.compile(r"0[35789][0-9]{8}"),
}
"""What nobody types more of: a mobile number has ten digits, an identity card twelve; other lengths wait for Enter."""
_PARTIAL: Final = re.compile(r"[0-9]{4}(-[0-9]{2})?(-[0-9]{2})?(~?)")


class LineEditor(Editor):
    """A line edit whose text is parsed by the field's type."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._stored: Json = None
        self._shown = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(self.label)
        self.line.setPlaceholderText(self._placeholder())
        self.line.textEdited.connect(self._edited)
        self.watch(self.line)
        self._precision = Text("", TextRole.SMALL)
        self._precision.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(())
        inside.setContentsMargins(0, 0, Space.TIGHT, 0)
        inside.addStretch(1)
        inside.addWidget(self._precision)
        self.line.setLayout(inside)
        self.setLayout(column((self.line,)))
        self.setFocusProxy(self.line)
        self.left.connect(self._tidy)

    @property
    def precision(self) -> str:
        """How precise the date is, in words; empty for a whole day."""
        return self._precision.text()

    def value(self) -> Json | Problem:
        if self.line.text() == self._shown:
            return self._stored
        return parse_value(self.line.text(), self.field, self.context.values)

    def set_value(self, value: Json) -> None:
        self._stored = value
        self._shown = format_value(value, self.field, self.context.values)
        self.line.setText(self._shown)
        self.line.setReadOnly(is_sealed(value))
        self.line.setCursorPosition(0)
        self._say_precision()

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def is_full(self, text: str) -> bool:
        """Return whether a text is a whole value of a length that its type always has."""
        whole = _WHOLE.get(self.field.type)
        return whole is not None and bool(whole.fullmatch(text)) and not isinstance(self.value(), Problem)

    def _edited(self) -> None:
        self._say_precision()
        self.changed.emit()
        self.go_on_if(self.is_full, self.line)

    def _tidy(self) -> None:
        value = self.value()
        if not isinstance(value, Problem):
            self.set_value(self._with_capitals(value))

    def _with_capitals(self, value: Json) -> Json:
        """Return a name typed in small letters alone as names are written."""
        if self.field.kind != PERSON_NAME or not isinstance(value, str) or value != value.lower():
            return value
        return " ".join(word[:1].upper() + word[1:] for word in value.split())

    def _say_precision(self) -> None:
        if self.field.type is not TypeName.PARTIAL_DATE:
            return
        value = self.value()
        match = _PARTIAL.fullmatch(value) if isinstance(value, str) else None
        self._precision.setText("" if match is None else self._precision_words(match))

    def _precision_words(self, match: re.Match[str]) -> str:
        month, day, estimated = match.groups()
        if estimated:
            return self.tr("estimated")
        if day:
            return ""
        return self.tr("month only") if month else self.tr("year only")

    def _placeholder(self) -> str:
        match self.field.type:
            case TypeName.DATE:
                return self.tr("day/month/year")
            case TypeName.PARTIAL_DATE:
                return self.tr("day/month/year, month/year or year")
            case TypeName.DATE_TIME:
                return self.tr("day/month/year hour:minute")
            case _:
                return ""
