"""Choosing a province and a commune by typing a few letters, marks or none, the new name or the old one.

- The rows are values made once; the model answers from memory and never asks anything of anyone.
- A commune found by its old name shows that old name, so that people see why it was found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.names.names import fold
from desktop.ui.base.page_header import SearchField
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import (
    Text,
    TextRole,
    column,
    scaled,
)

_Index = QModelIndex | QPersistentModelIndex
_DETAIL: Final = Qt.ItemDataRole.UserRole + 1
_UNIT: Final = Qt.ItemDataRole.UserRole + 2
_NO_PARENT: Final = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """A province or a commune; `former` are the names it went by or swallowed."""

    code: str
    name: str
    within: str = ""
    former: tuple[str, ...] = ()
    keys: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(fold(name) for name in (self.name, *self.former)))


class UnitModel(QAbstractListModel):
    """The units that match what is typed: names that begin with it first, then names that hold it, then old names."""

    def __init__(self, units: Iterable[UnitChoice] = ()) -> None:
        super().__init__()
        self._all = tuple(units)
        self._typed = ""
        self._shown: Sequence[UnitChoice] = self._all

    def set_units(self, units: Iterable[UnitChoice]) -> None:
        self.beginResetModel()
        self._all = tuple(units)
        self._shown = _matching(self._all, self._typed)
        self.endResetModel()

    def set_typed(self, typed: str) -> None:
        self.beginResetModel()
        self._typed = fold(typed)
        self._shown = _matching(self._all, self._typed)
        self.endResetModel()

    def unit(self, number: int) -> UnitChoice:
        return self._shown[number]

    def number_of(self, code: str) -> int:
        """Return the row of a unit, -1 when it is not shown."""
        return next((number for number, unit in enumerate(self._shown) if unit.code == code), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        unit = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return unit.name
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((unit.name, *unit.former))
            case _ if role == _DETAIL:
                return self._detail(unit)
        return None

    def _detail(self, unit: UnitChoice) -> str:
        if self._typed and self._typed not in unit.keys[0]:
            matched = (name for name, key in zip(unit.former, unit.keys[1:], strict=True) if self._typed in key)
            former = next(matched, "")
            return self.tr("formerly {name}").replace("{name}", former) if former else unit.within
        return unit.within


class UnitPicker(QWidget):
    """A search field over a list; `chosen` says what is marked now, None when nothing is."""

    chosen = Signal(object)

    def __init__(self, label: str, placeholder: str, units: Iterable[UnitChoice] = ()) -> None:
        super().__init__()
        self._model = UnitModel(units)
        self._unit: UnitChoice | None = None
        self.search = SearchField(placeholder, keys="")
        self.search.setMinimumWidth(120)
        self.search.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_UnitDelegate(self.list))
        self.list.setAccessibleName(label)
        self.list.selectionModel().currentChanged.connect(self._choose)
        title = Text(label, TextRole.LABEL)
        title.setBuddy(self.search)
        layout = column((title, self.search, self.list), space=Space.HAIR)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.search)

    @property
    def unit(self) -> UnitChoice | None:
        return self._unit

    def set_units(self, units: Iterable[UnitChoice]) -> None:
        """Offer other units; what was chosen is let go unless it is among them."""
        code = self._unit.code if self._unit else ""
        self._model.set_units(units)
        self._mark(code)

    def choose(self, code: str) -> None:
        self.search.clear()
        self._mark(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            number = max(0, min(self._model.rowCount() - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._model.index(number, 0))
            return
        super().keyPressEvent(event)

    def _filter(self, typed: str) -> None:
        code = self._unit.code if self._unit else ""
        self._model.set_typed(typed)
        self._mark(code)

    def _mark(self, code: str) -> None:
        number = self._model.number_of(code)
        if number < 0 and self._model.rowCount() == 1:
            number = 0  # typed until one is left: that one is meant
        index = self._model.index(number, 0) if number >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
        else:
            self._say(None)

    def _choose(self, current: QModelIndex) -> None:
        self._say(self._model.unit(current.row()) if current.isValid() else None)

    def _say(self, unit: UnitChoice | None) -> None:
        if unit != self._unit:
            self._unit = unit
            self.chosen.emit(unit)


class _UnitDelegate(QStyledItemDelegate):
    """The name, and at the right in grey where it lies or what it was called."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        name, shown.text = shown.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)
        rect = shown.rect.adjusted(Space.SNUG, 0, -Space.SNUG, 0)
        metrics = QFontMetrics(shown.font)
        detail = str(index.data(_DETAIL) or "")
        taken = metrics.horizontalAdvance(name) + Space.USUAL
        painter.save()
        painter.setPen(shown.palette.color(QPalette.ColorRole.Text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, middle, metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width()))
        if rect.width() > taken:
            space = QRect(rect.left() + taken, rect.top(), rect.width() - taken, rect.height())
            painter.setPen(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            text = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, space.width())
            painter.drawText(space, middle | Qt.AlignmentFlag.AlignRight, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  Qt's signature
        return QSize(120, scaled(Size.ROW))


def _matching(units: Sequence[UnitChoice], typed: str) -> Sequence[UnitChoice]:
    if not typed:
        return units
    begins = f" {typed}"
    ranked: tuple[list[UnitChoice], list[UnitChoice], list[UnitChoice]] = ([], [], [])
    for unit in units:
        if begins in f" {unit.keys[0]}":
            ranked[0].append(unit)
        elif typed in unit.keys[0]:
            ranked[1].append(unit)
        elif any(typed in key for key in unit.keys[1:]):
            ranked[2].append(unit)
    return [unit for rank in ranked for unit in rank]
