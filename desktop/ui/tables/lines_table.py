"""A plain table of lines: words in columns, one of them with an icon and a tone, a mark where a line may be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.ui.base import icons
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size
from desktop.ui.base.widgets import Tone
from desktop.ui.tables.figures import TabularDelegate

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """One line: `key` is what it represents, empty when nothing can be done with it."""

    key: str
    cells: tuple[str, ...]
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    is_marked: bool | None = None
    """None: no mark can be set."""


class LinesModel(QAbstractTableModel):
    """Lines under heads; `toned` is the column with the icon and the colour."""

    marks_changed = Signal()

    def __init__(self, theme: Theme, heads: Sequence[str], toned: int) -> None:
        super().__init__()
        self._theme = theme
        self._heads = tuple(heads)
        self._toned = toned
        self._lines: list[TableLine] = []
        self._marks: dict[int, bool] = {}

    @property
    def lines(self) -> tuple[TableLine, ...]:
        return tuple(self._lines)

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys of the lines that are marked."""
        return tuple(self._lines[number].key for number, mark in self._marks.items() if mark)

    def show_lines(self, lines: Sequence[TableLine]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self._marks = {number: line.is_marked for number, line in enumerate(lines) if line.is_marked is not None}
        self.endResetModel()
        self.marks_changed.emit()

    def mark(self, numbers: Sequence[int]) -> None:
        """Turn the marks of some lines: off when all of them are on."""
        found = [number for number in numbers if number in self._marks]
        wanted = not all(self._marks[number] for number in found)
        self._marks |= dict.fromkeys(found, wanted)
        if found:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(min(found), 0), self.index(max(found), last))
            self.marks_changed.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and index.row() in self._marks:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401  Qt's signature
        if role != Qt.ItemDataRole.CheckStateRole or index.row() not in self._marks:
            return False
        self._marks[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.marks_changed.emit()
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[column]
            case Qt.ItemDataRole.CheckStateRole if column == 0 and index.row() in self._marks:
                return Qt.CheckState.Checked if self._marks[index.row()] else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == self._toned and line.icon:
                return icons.icon(line.icon, beside_words=True)
            case Qt.ItemDataRole.ForegroundRole if column == self._toned:
                return QColor(self._colours().get(line.tone, self._theme.colours.text))
        return None

    def _colours(self) -> Mapping[Tone, str]:
        colours = self._theme.colours
        return {Tone.DANGER: colours.danger, Tone.WARNING: colours.warning, Tone.DONE: colours.done}


class LinesTable(QTableView):
    """Enter or a double click opens a line, Space turns marks; `wide` is the column that takes the room."""

    opened = Signal(str)
    """The key of a line."""

    def __init__(self, theme: Theme, heads: Sequence[str], *, name: str, toned: int, wide: int) -> None:
        super().__init__()
        self._theme = theme
        self.model_of_lines = LinesModel(theme, heads, toned)
        self.setModel(self.model_of_lines)
        self.setItemDelegate(TabularDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def lines(self) -> tuple[TableLine, ...]:
        return self.model_of_lines.lines

    def show_lines(self, lines: Sequence[TableLine]) -> None:
        self.model_of_lines.show_lines(lines)
        if lines:
            self.setCurrentIndex(self.model_of_lines.index(0, 0))

    @property
    def current_key(self) -> str:
        """What the line of the cursor represents."""
        row = self.currentIndex().row()
        return self.lines[row].key if 0 <= row < len(self.lines) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.current_key:
            self.opened.emit(self.current_key)
            return
        if event.key() == Qt.Key.Key_Space:
            self.model_of_lines.mark([index.row() for index in self.selectionModel().selectedRows()])
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        key = self.lines[index.row()].key
        if key:
            self.opened.emit(key)

    def _resize(self) -> None:
        side = round(self._theme.px(16) / icons.ICON_PART)
        self.setIconSize(QSize(side, side))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(Size.ROW))
