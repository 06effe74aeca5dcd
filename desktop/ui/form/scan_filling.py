"""Filling fields from a scan or a file: the empty and untouched ones are filled, others show both values and ask.

What could not be read, or is doubtful, is said below its field until somebody types there.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.base.problems import Problem
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_empty
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Paragraph,
    TextRole,
    row,
)
from desktop.ui.form.field_block import FieldBlock


class ScanChoice(QWidget):
    """Stands below a field: this was read, the field says something else; a button decides."""

    settled = Signal()

    def __init__(self, block: FieldBlock, scanned: Json, words: str = "") -> None:
        super().__init__()
        self.block = block
        self._scanned = scanned
        text = words or format_value(scanned, block.field, block.context.values)
        said = Paragraph(self.tr("Read: {value}").replace("{value}", text), TextRole.WARNING)
        self.take = Button(self.tr("Take what was read"))
        self.take.clicked.connect(self._take)
        self.keep = Button(self.tr("Keep what is here"))
        self.keep.clicked.connect(self._settle)
        layout = row((said, self.take, self.keep), space=Space.TIGHT)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        block.show_below(self)

    def close_mark(self) -> None:
        """Go away without a decision: the field keeps what it has."""
        self.hide()
        self.deleteLater()

    def _take(self) -> None:
        self.block.editor.set_value(self._scanned)
        self.block.editor.changed.emit()
        self._settle()

    def _settle(self) -> None:
        self.block.focus()
        self.settled.emit()
        self.close_mark()


class ScanDoubt(Paragraph):
    """Stands below a field: this could not be read, or is to be compared with the paper."""

    def __init__(self, block: FieldBlock, words: str) -> None:
        super().__init__(words, TextRole.WARNING)
        block.show_below(self)
        block.editor.changed.connect(self.close_mark)

    def close_mark(self) -> None:
        self.hide()
        self.deleteLater()


def close_all(marks: Iterable[ScanChoice | ScanDoubt]) -> None:
    """Take away what an earlier scan put below fields; what was answered has gone already."""
    for mark in marks:
        if isValid(mark):
            mark.close_mark()


def show_doubts(blocks: Mapping[str, FieldBlock], problems: Iterable[Problem]) -> list[ScanDoubt]:
    """Say each problem of a scan below its field."""
    return [
        ScanDoubt(block, block.context.words(problem))
        for problem in problems
        if problem.field is not None and (block := blocks.get(problem.field)) is not None
    ]


def fill_blocks(blocks: Mapping[str, FieldBlock], scanned: Mapping[str, Json]) -> list[ScanChoice]:
    """Fill what is empty or untouched; return the questions that were put under the other fields."""
    asked = []
    for name, value in scanned.items():
        block = blocks.get(name)
        if block is None:
            continue
        stands = block.editor.stored()
        is_free = (is_empty(stands) and not block.editor.unread()) or block.is_offered
        if is_free and not block.is_covered:
            block.editor.set_value(value)
            block.is_offered = False
        elif stands != value:
            asked.append(ScanChoice(block, value))
    return asked
