"""A table of records: each line is one, Enter or a double click goes to it.

- The columns and the texts are given; the table only shows them, and says which record is wanted.
- Text that is too long is cut at its end and whole in its tooltip; nobody scrolls sideways.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.ui.base import icons
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.tables.figures import TabularDelegate

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A line: the record it shows, its cells; `key` is what else it shows, such as a link."""

    register: str
    record: str
    cells: tuple[str, ...]
    icon: str = ""
    hint: str = ""
    key: str = ""


class RecordRows(QAbstractTableModel):
    """Lines under headings."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[RecordRow, ...] = ()

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        return self._rows

    def show_rows(self, headings: Sequence[str], rows: Sequence[RecordRow]) -> None:
        self.beginResetModel()
        self._headings, self._rows = tuple(headings), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return row.hint or row.cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(cell for cell in row.cells if cell)
            case Qt.ItemDataRole.DecorationRole if index.column() == 0 and row.icon:
                return icons.icon(row.icon, beside_words=True)
        return None


class RecordTable(QTableView):
    """Arrow keys move, Enter opens, letters do nothing; `stretch` is the column that takes the room that is left."""

    record_wanted = Signal(str, str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._stretch = 0
        self.records = RecordRows()
        self.setModel(self.records)
        self.setItemDelegate(TabularDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._want)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def row(self) -> RecordRow | None:
        """The line that is marked."""
        index = self.currentIndex()
        return self.records.rows[index.row()] if index.isValid() else None

    def show_rows(self, headings: Sequence[str], rows: Sequence[RecordRow], stretch: int) -> None:
        """Show the lines; the one marked before stays marked if it is still there."""
        marked = self.row
        self._stretch = stretch
        self.records.show_rows(headings, rows)
        kept = next(
            (at for at, row in enumerate(rows) if marked and (row.record, row.key) == (marked.record, marked.key)), 0
        )
        if rows and (marked is not None or self.hasFocus()):
            self.selectRow(kept)
        self._resize()

    def height_of_rows(self, most: int) -> int:
        """Return the height in which all lines are seen, or a number of them."""
        shown = max(1, min(most, self.records.rowCount()))
        return self.horizontalHeader().sizeHint().height() + shown * self.verticalHeader().defaultSectionSize() + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._want()
            return
        if event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # no search by letters: Esc, Ins and Del belong to the page
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.rowCount():
            self.selectRow(0)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._resize()
        return super().event(event)

    def _want(self) -> None:
        row = self.row
        if row is not None and row.record:
            self.record_wanted.emit(row.register, row.record)

    def _resize(self) -> None:
        side = round(self._theme.px(16) / icons.ICON_PART)
        self.setIconSize(QSize(side, side))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(Size.ROW))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(self._theme.px(48))
        for column in range(self.records.columnCount()):
            is_wide = column == self._stretch
            mode = QHeaderView.ResizeMode.Stretch if is_wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        header.setMaximumSectionSize(self._theme.px(320) + Space.WIDE)
