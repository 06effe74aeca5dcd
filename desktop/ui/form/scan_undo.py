"""What was in a widget before a key, so that the first keys of a scan can be taken back out of it.

- A field of a form is put back by its value and its text, as a draft would be; any other line by its text.
- A key typed into a list may begin a search elsewhere: the lines of its page are put back, too.
- Whoever listens to typing hears of it, and a field that nobody had touched is untouched again.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.ui.base.page import Page
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.field_block import FieldBlock


class Before:
    """The state of a widget that is about to get a key; `put_back` is called at most once."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self._acts: list[Callable[[], None]] = []
        editor = _editor_of(widget)
        if isinstance(widget, QLineEdit):
            self._acts.append(_line(widget))
        elif isinstance(widget, QPlainTextEdit):
            self._acts.append(_text(widget))
        elif isinstance(widget, QComboBox):
            self._acts.append(_box(widget))
        elif editor is None:
            self._acts.extend(map(_line, _lines_of_page(widget)))
        if editor is not None:
            self._acts = [*self._acts, _field(editor), *self._acts]  # the text again: its cursor is in it

    def put_back(self) -> None:
        for act in self._acts:
            act()

    def take_focus(self) -> None:
        """Give the focus back to where the first key went."""
        if isValid(self.widget) and self.widget.isVisible() and not self.widget.hasFocus():
            self.widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _field(editor: Editor) -> Callable[[], None]:
    block = editor.parent()
    value, typed = editor.stored(), editor.typed()
    is_offered = isinstance(block, FieldBlock) and block.is_offered
    is_kept = isinstance(block, FieldBlock) and not block.pin.isHidden()

    def put_back() -> None:
        if not isValid(editor):
            return
        editor.set_value(value)
        for path, text in typed.items():
            editor.set_typed(path, text)
        editor.changed.emit()
        if isinstance(block, FieldBlock) and isValid(block):
            block.is_offered = is_offered
            block.set_sticky(is_kept)

    return put_back


def _line(line: QLineEdit) -> Callable[[], None]:
    text, cursor = line.text(), line.cursorPosition()
    start, length = line.selectionStart(), line.selectionLength()

    def put_back() -> None:
        if not isValid(line):
            return
        if line.text() != text:
            line.setText(text)
            line.textEdited.emit(text)
        line.setCursorPosition(cursor)
        if start >= 0:
            line.setSelection(start, length)

    return put_back


def _text(box: QPlainTextEdit) -> Callable[[], None]:
    text, cursor = box.toPlainText(), box.textCursor()
    place, anchor = cursor.position(), cursor.anchor()

    def put_back() -> None:
        if not isValid(box):
            return
        edit = QTextCursor(box.document())
        if box.toPlainText() != text:  # by editing, so that what was undone before can still be redone
            edit.select(QTextCursor.SelectionType.Document)
            edit.insertText(text)
        edit.setPosition(anchor)
        edit.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
        box.setTextCursor(edit)

    return put_back


def _box(box: QComboBox) -> Callable[[], None]:
    index = box.currentIndex()

    def put_back() -> None:
        if isValid(box):
            box.setCurrentIndex(index)

    return put_back


def _editor_of(widget: QWidget) -> Editor | None:
    """Return the editor of the field that a widget is a stop of."""
    above: QObject | None = widget
    while above is not None and not isinstance(above, Editor):
        above = above.parent()
    return above if isinstance(above, Editor) and widget in above.stops() else None


def _lines_of_page(widget: QWidget) -> list[QLineEdit]:
    above: QObject | None = widget
    while above is not None and not isinstance(above, Page):
        above = above.parent()
    return [line for line in above.findChildren(QLineEdit) if line.isVisible()] if above is not None else []
