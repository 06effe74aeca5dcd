"""A table of a report: rows, columns, figures; Enter or a double click on a figure asks for what is behind it.

- A share shows numerator and denominator; nothing out of nothing is “–”.
- It is as high as its rows: the page scrolls, not the table.
"""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.domain.reports.results import (
    Figure,
    ResultRow,
    TableResult,
    derived_text,
    figure_text,
)
from desktop.sentences import Language
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.tables.figures import TabularDelegate

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LABEL_WIDTH: Final = 190
_NUMBER_WIDTH: Final = 84
_MOST_WIDTH: Final = 150
_HEAD_LINES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """A figure and where it is."""

    table: str
    row: str
    column: str
    place: int
    title: str
    figure: Figure


class FiguresModel(QAbstractTableModel):
    """The label of each row, then its figures."""

    def __init__(self, result: TableResult, language: Language) -> None:
        super().__init__()
        self._result = result
        self._language = language

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._result.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 1 + len(self._result.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal:
            match role:
                case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                    return self._result.columns[section - 1].label.text(self._language) if section else ""
                case Qt.ItemDataRole.TextAlignmentRole:
                    return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextWordWrap
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        row = self._result.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == 0:
                return row.label.text(self._language)
            case Qt.ItemDataRole.AccessibleTextRole:
                head = self.headerData(index.column(), Qt.Orientation.Horizontal)
                return f"{row.label.text(self._language)}, {head}: {self.text(index.row(), index.column())}"
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole if row.is_total or not row.figures:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        line = self._result.rows[row]
        if column == 0:
            return line.label.text(self._language)
        if not line.figures:
            return ""
        figure = self._figure(line, column)
        return figure_text(figure) if figure else derived_text(self._result.columns[column - 1].id, line)

    def indent(self, row: int) -> int:
        return self._result.rows[row].indent

    def cell(self, index: _Index) -> FigureCell | None:
        """Return the figure of a cell; None for a label, a heading and what is worked out of other cells."""
        if not index.isValid() or index.column() == 0:
            return None
        row, head = self._result.rows[index.row()], self._result.columns[index.column() - 1]
        figure = self._figure(row, index.column())
        if figure is None:
            return None
        return FigureCell(
            table=self._result.definition.id,
            row=row.id,
            column=head.id,
            place=index.column() - 1,
            title=f"{row.label.text(self._language)} · {head.label.text(self._language)}",
            figure=figure,
        )

    def _figure(self, row: ResultRow, column: int) -> Figure | None:
        return row.figures[column - 1] if column - 1 < len(row.figures) else None


class FiguresTable(QTableView):
    """Arrow keys go from figure to figure."""

    cell_wanted = Signal(object)

    def __init__(self, result: TableResult, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self.figures = FiguresModel(result, language)
        self.setModel(self.figures)
        self.setItemDelegate(TabularDelegate(self))
        self._labels = _LabelDelegate(self, self.figures)
        self.setItemDelegateForColumn(0, self._labels)
        self.setAccessibleName(result.definition.label.text(language))
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._want)
        theme.changed.connect(self._arrange)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._want()
            return
        if event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _want(self) -> None:
        cell = self.figures.cell(self.currentIndex())
        if cell is not None:
            self.cell_wanted.emit(cell)

    def _arrange(self) -> None:
        """Give the figures what they need, the labels the rest, and the table the height of its rows."""
        px = self._theme.px
        header = self.horizontalHeader()
        widths = [
            min(px(_MOST_WIDTH), max(px(_NUMBER_WIDTH), self.sizeHintForColumn(column) + Space.TIGHT))
            for column in range(1, self.figures.columnCount())
        ]
        for column, width in enumerate(widths, 1):
            header.resizeSection(column, width)
        header.resizeSection(0, max(px(_LABEL_WIDTH), self.viewport().width() - sum(widths)))
        metrics = QFontMetrics(header.font())
        lines = max((_lines(metrics, self._head(column), width) for column, width in enumerate(widths, 1)), default=1)
        header.setFixedHeight(min(lines, _HEAD_LINES) * metrics.lineSpacing() + 2 * Space.TIGHT)
        self.verticalHeader().setDefaultSectionSize(px(Size.ROW))
        words = QFontMetrics(self.font())
        for row in range(self.figures.rowCount()):
            room = header.sectionSize(0) - Space.USUAL * self.figures.indent(row) - Space.TIGHT
            count = _lines(words, self.figures.text(row, 0), room)
            self.setRowHeight(row, max(px(Size.ROW), count * words.lineSpacing() + Space.USUAL))
        height = sum(self.rowHeight(row) for row in range(self.figures.rowCount()))
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if header.length() > self.viewport().width() else 0
        self.setFixedHeight(header.height() + height + below + 2 * self.frameWidth() + 2)

    def _head(self, column: int) -> str:
        return str(self.figures.headerData(column, Qt.Orientation.Horizontal) or "")


class _LabelDelegate(QStyledItemDelegate):
    """Sets the label of a row in by its depth, also where it goes on in a second line."""

    def __init__(self, view: QTableView, figures: FiguresModel) -> None:
        super().__init__(view)
        self._figures = figures

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, self._set_in(option, index), index)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(self._set_in(option, index), index)

    def _set_in(self, option: QStyleOptionViewItem, index: _Index) -> QStyleOptionViewItem:
        shown = QStyleOptionViewItem(option)
        shown.rect = option.rect.adjusted(Space.USUAL * self._figures.indent(index.row()), 0, 0, 0)
        return shown


def _lines(metrics: QFontMetrics, text: str, width: int) -> int:
    space = metrics.boundingRect(0, 0, width - 2 * Space.TIGHT, 1000, int(Qt.TextFlag.TextWordWrap), text)
    return max(1, round(space.height() / metrics.lineSpacing()))
