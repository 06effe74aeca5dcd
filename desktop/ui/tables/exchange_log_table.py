"""The table of past bundles: when, which way, with whom, what became of it."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.ui.base import icons
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size
from desktop.ui.tables.figures import TabularDelegate
from desktop.workspace.exchange.exchange import ExchangeLogEntry

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_NUMBERS: Final = frozenset({5, 6, 7})
_COLUMNS: Final = 8
_NARROW: Final = 900
_NAME_LENGTH: Final = 16


class ExchangeLogModel(QAbstractTableModel):
    """Past bundles, newest first."""

    def __init__(self, theme: Theme, entries: Sequence[ExchangeLogEntry] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._entries = tuple(entries)

    def set_entries(self, entries: Sequence[ExchangeLogEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("When"),
                self.tr("Way"),
                self.tr("Station"),
                self.tr("Bundle"),
                self.tr("Result"),
                self.tr("New"),
                self.tr("Changed"),
                self.tr("Conflicts"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._cell(entry, column)
            case Qt.ItemDataRole.DecorationRole if column == 4:
                return icons.icon(_verdict_icon(entry.verdict), beside_words=True)
            case Qt.ItemDataRole.ForegroundRole if column == 4:
                return QColor(self._colour(entry.verdict))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, entry: ExchangeLogEntry, column: int) -> str:
        counts = {5: entry.new, 6: entry.changed, 7: entry.conflicts}
        match column:
            case 0:
                return entry.at.strftime("%d/%m/%Y %H:%M")
            case 1:
                return self.tr("Sent") if entry.is_sent else self.tr("Received")
            case 2:
                return entry.station_name
            case 3:
                return entry.name[:_NAME_LENGTH]
            case 4:
                return self.verdict(entry.verdict)
            case _:
                return str(counts[column]) if counts[column] else ""

    def verdict(self, verdict: str) -> str:
        """Return a verdict in a word or two."""
        return {
            "": self.tr("written"),
            "ACCEPTED": self.tr("taken in"),
            "DUPLICATE": self.tr("known already"),
            "GAP": self.tr("one before it is missing"),
            "FORK": self.tr("two histories"),
            "HOLD": self.tr("set aside"),
            "REJECT": self.tr("refused"),
        }.get(verdict, verdict)

    def _colour(self, verdict: str) -> str:
        colours = self._theme.colours
        if verdict in {"REJECT", "FORK"}:
            return colours.danger
        return colours.warning if verdict in {"GAP", "HOLD"} else colours.text


class ExchangeLogTable(QTableView):
    """Shows the model; nothing in it is edited."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.log = ExchangeLogModel(theme)
        self.setModel(self.log)
        self.setItemDelegate(TabularDelegate(self))
        self.setAccessibleName(self.tr("Past bundles"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._resize)
        self._resize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the bundle's mark out where there is no room: nobody scrolls sideways for it."""
        self.setColumnHidden(3, self.viewport().width() < self._theme.px(_NARROW))
        super().resizeEvent(event)

    def _resize(self) -> None:
        side = round(self._theme.px(16) / icons.ICON_PART)
        self.setIconSize(QSize(side, side))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(Size.ROW))


def _verdict_icon(verdict: str) -> str:
    return {
        "ACCEPTED": "circle-check",
        "DUPLICATE": "circle-minus",
        "GAP": "triangle-alert",
        "FORK": "split",
        "HOLD": "circle-pause",
        "REJECT": "ban",
    }.get(verdict, "send")
