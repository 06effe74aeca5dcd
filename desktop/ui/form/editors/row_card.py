"""One row of a field of rows: a card with an editor a column, and the keys that add, delete and change rows.

- Up and Down stay in the column and go to the row above or below; at the first and the last row they leave the rows.
- Rows whose columns all fit in one line are a grid: only the first says what its columns are.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    IconButton,
    Text,
    TextRole,
    row,
)
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_context import FormContext

BlockMaker: TypeAlias = Callable[[FieldDefinition, FormContext], FieldBlock]
_COLUMN_WIDTH: Final = 230
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RowCard(Card):
    """One row: its columns side by side as far as there is room."""

    changed = Signal()
    left = Signal()
    stepped = Signal(int)
    delete_wanted = Signal(object)
    add_wanted = Signal(object)
    row_wanted = Signal(object, str, int)
    """This card, a column and +1 or -1: whoever holds the rows moves the cursor there, if there is such a row."""

    def __init__(
        self, field: FieldDefinition, context: FormContext, make_block: BlockMaker, content: dict[str, Json]
    ) -> None:
        super().__init__(margin=Space.SNUG, space=Space.HAIR)
        self._more = {name: value for name, value in content.items() if name not in {one.id for one in field.fields}}
        self._number = Text("", TextRole.SMALL)
        delete = IconButton("trash-2", self.tr("Take this row away"), "Ctrl+Del")
        delete.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        delete.clicked.connect(self._ask_delete)
        head = row((self._number,))
        head.addStretch(1)
        head.addWidget(delete)
        self.body.addLayout(head)
        self.blocks = {column_.id: make_block(column_, context) for column_ in field.fields}
        for name, block in self.blocks.items():
            block.editor.set_value(content.get(name))
            block.changed.connect(self.changed)
            block.left.connect(self.left)
            block.stepped.connect(self.stepped)
            for stop in block.editor.stops():
                stop.installEventFilter(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.USUAL)
        self._grid.setVerticalSpacing(Space.TIGHT)
        self.body.addLayout(self._grid)
        self._columns = 0
        self._is_first = True
        self.has_moved = False
        self._arrange(3)

    def content(self) -> dict[str, Json]:
        read = {name: block.editor.stored() for name, block in self.blocks.items()}
        return {**self._more, **{name: value for name, value in read.items() if not is_empty(value)}}

    def unread(self) -> dict[str, Problem]:
        return {
            f".{name}{path}": problem
            for name, block in self.blocks.items()
            for path, problem in block.editor.unread().items()
        }

    def stops(self) -> list[QWidget]:
        return [stop for block in self.blocks.values() for stop in block.stops()]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in it and the cursor is elsewhere."""
        return is_empty(self.content()) and not self.unread() and not self.has_focus()

    def has_focus(self) -> bool:
        return any(block.editor.has_focus() for block in self.blocks.values())

    def typed(self) -> dict[str, str]:
        return {
            f".{name}{path}": text for name, block in self.blocks.items() for path, text in block.editor.typed().items()
        }

    def show_problems(self, problems: dict[str, tuple[Problem, ...]], *, shows_all: bool) -> None:
        for name, block in self.blocks.items():
            start = f".{name}"
            block.editor.shows_all = shows_all
            block.show_problems(problems.get(start, ()) if block.is_left or shows_all else ())
            inner = {
                path.removeprefix(start): found for path, found in problems.items() if path.startswith(f"{start}.")
            }
            block.editor.inner_problems(inner)

    def reasons(self) -> dict[str, str]:
        return {code: text for block in self.blocks.values() for code, text in block.reasons().items()}

    def say_number(self, number: int) -> None:
        self._number.setText(self.tr("Row {number}").replace("{number}", str(number)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(4, self.width() // _COLUMN_WIDTH)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that add and delete before a line edit takes them as its own."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if adds_row(event):
                self.add_wanted.emit(self)
                return True
            if event.key() == Qt.Key.Key_Delete and _with_control(event):
                self.delete_wanted.emit(self)
                return True
            if self._moves(watched, event):
                return True
        return super().eventFilter(watched, event)

    def say_first(self, is_first: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Whether it is the row that says what the columns of a grid are."""
        self._is_first = is_first
        self._show_heads()

    @property
    def is_grid(self) -> bool:
        return len(self.blocks) <= self._columns and not any(block.is_wide for block in self.blocks.values())

    def _show_heads(self) -> None:
        for block in self.blocks.values():
            block.show_head(self._is_first or not self.is_grid)

    def _moves(self, watched: QObject, event: QKeyEvent) -> bool:
        """Go up or down in the column, unless a list is open there or its text has lines."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        found = next((name for name, block in self.blocks.items() if watched in block.editor.stops()), None)
        if found is None or not self.blocks[found].editor.leaves_by_arrows():
            return False
        self.has_moved = False
        self.row_wanted.emit(self, found, step)
        return self.has_moved

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for block in self.blocks.values():
            self._grid.removeWidget(block)
        for number in range(4):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        place = 0
        for block in self.blocks.values():
            width = columns if block.editor.is_wide else 1
            if place % columns + width > columns:
                place += columns - place % columns
            self._grid.addWidget(block, place // columns, place % columns, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width
        self._show_heads()

    def _ask_delete(self) -> None:
        self.delete_wanted.emit(self)


def adds_row(event: QKeyEvent) -> bool:
    is_insert = event.key() == Qt.Key.Key_Insert and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return is_insert or (event.key() in _ENTER and _with_control(event))


def _with_control(event: QKeyEvent) -> bool:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
