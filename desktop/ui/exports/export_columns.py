"""The columns of a table with their privacy in words; what may not leave is shown grey, with why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop.domain.definitions.model import Privacy
from desktop.workspace.exports.export_columns import ExportColumn

_LABEL, _PRIVACY = 0, 1
_ID = Qt.ItemDataRole.UserRole


class ExportColumns(QTreeWidget):
    """`changed` comes with every tick; `chosen` are the ids ticked that may leave. A tick that may not leave now is
    remembered and comes back with the purpose.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Columns"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_PRIVACY, QHeaderView.ResizeMode.ResizeToContents)
        self._has_purpose = False
        self._columns: tuple[ExportColumn, ...] = ()
        self._wanted: set[str] = set()
        self.itemChanged.connect(self._keep)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(column.id for column in self._columns if column.id in self._wanted and self._may_leave(column))

    def show_columns(self, columns: Sequence[ExportColumn]) -> None:
        """Show the columns of a register, those proposed ticked."""
        self._columns = tuple(columns)
        self._wanted = {column.id for column in columns if column.is_proposed}
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.clear()
        for column in columns:
            item = QTreeWidgetItem([column.label, ""])
            item.setData(_LABEL, _ID, column.id)
            item.setToolTip(_LABEL, column.label)
            item.setTextAlignment(_PRIVACY, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.addTopLevelItem(item)
        self.blockSignals(False)  # noqa: FBT003  Qt's signature
        self._dress()

    def set_purpose(self, has_purpose: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Sensitive columns can be ticked only while a purpose is stated."""
        if has_purpose != self._has_purpose:
            self._has_purpose = has_purpose
            self._dress()

    def _dress(self) -> None:
        words = {
            Privacy.P1: self.tr("internal"),
            Privacy.P2: self.tr("basic"),
            Privacy.P3: self.tr("sensitive") if self._has_purpose else self.tr("sensitive, needs a purpose"),
            Privacy.P4: self.tr("tells who it is"),
        }
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        for item, column in zip(self._items(), self._columns, strict=True):
            item.setText(_PRIVACY, words[column.privacy])
            may_leave = self._may_leave(column)
            is_ticked = may_leave and column.id in self._wanted
            item.setCheckState(_LABEL, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setDisabled(not may_leave)
        self.blockSignals(False)  # noqa: FBT003  Qt's signature

    def _may_leave(self, column: ExportColumn) -> bool:
        return column.privacy is not Privacy.P4 and (self._has_purpose or column.privacy is not Privacy.P3)

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _keep(self, item: QTreeWidgetItem) -> None:
        if item.checkState(_LABEL) is Qt.CheckState.Checked:
            self._wanted.add(item.data(_LABEL, _ID))
        else:
            self._wanted.discard(item.data(_LABEL, _ID))
        self.changed.emit()
