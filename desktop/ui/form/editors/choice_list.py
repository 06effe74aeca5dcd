"""The list under a line in which one types to choose: it never takes the focus and never closes over typed text.

- It lies over the form below the line, so nothing moves.
- Keys come from the line: Down and Up mark, Enter takes what is marked, Esc closes it.
- It lies in the window, outside the form, so it forgets what it offered when it closes and goes when its line goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.base import icons
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import scaled

_Index = QModelIndex | QPersistentModelIndex
_CHOICE: Final = Qt.ItemDataRole.UserRole + 1
_NO_PARENT: Final = QModelIndex()
TAKES: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
LIST_KEYS: Final = {*TAKES, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Escape}
"""Keys that mean something else while a list is open."""

_MOST_SHOWN: Final = 9
_ROW: Final = 28


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, what to type for it, its words, what distinguishes it; `icon` marks an act."""

    key: object
    label: str
    code: str = ""
    detail: str = ""
    icon: str = ""
    is_ticked: bool = False


class ChoiceModel(QAbstractListModel):
    """The answers that fit what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, number: int) -> Choice | None:
        return self._choices[number] if 0 <= number < len(self._choices) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return choice.label
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (choice.label, choice.detail) if part)
            case _ if role == _CHOICE:
                return choice
        return None


class ChoiceList(QListView):
    """Shown under `line` while there is something to choose."""

    taken = Signal(object)
    """The Choice that was taken."""

    def __init__(self, line: QWidget) -> None:
        super().__init__(line.window())
        self._line = line
        self.choices = ChoiceModel()
        self.setModel(self.choices)
        self.setProperty("role", "popup")
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, choices: Sequence[Choice], *, marked: int = 0) -> None:
        """Show what may be chosen, the marked one first in mind; nothing to choose closes the list."""
        self.choices.set_choices(choices)
        if not choices:
            self.hide()
            return
        self._mark(marked)
        self._place()
        self.show()
        self.raise_()

    def marked(self) -> Choice | None:
        return self.choices.choice(self.currentIndex().row())

    def takes_key(self, event: QKeyEvent) -> bool:
        """Use a key of the line while the list is open."""
        if not self.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._mark(self.currentIndex().row() + 1)
            case Qt.Key.Key_Up:
                self._mark(self.currentIndex().row() - 1)
            case Qt.Key.Key_PageDown:
                self._mark(self.currentIndex().row() + _MOST_SHOWN - 1)
            case Qt.Key.Key_PageUp:
                self._mark(self.currentIndex().row() - _MOST_SHOWN + 1)
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.choices.set_choices(())

    def _mark(self, number: int) -> None:
        index = self.choices.index(max(0, min(self.choices.rowCount() - 1, number)), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _place(self) -> None:
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(_MOST_SHOWN, self.choices.rowCount()) * self.sizeHintForRow(0) + 2 * Space.HAIR + 2
        width = max(self._line.width(), 320)
        below = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        above = self._line.mapTo(window, QPoint(0, -2 - height))
        place = below if below.y() + height <= window.height() or above.y() < 0 else above
        left = max(0, min(place.x(), window.width() - width - Space.TIGHT))
        self.setGeometry(left, place.y(), width, height)

    def _clicked(self, index: QModelIndex) -> None:
        choice = self.choices.choice(index.row())
        if choice is not None:
            self.taken.emit(choice)


class _ChoiceDelegate(QStyledItemDelegate):
    """A tick or an icon, the code in grey, the words, and at the right what distinguishes it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  Qt's signature
        return QSize(120, scaled(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        choice: Choice = index.data(_CHOICE)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)
        palette = QApplication.palette()
        metrics = QFontMetrics(shown.font)
        rect = shown.rect.adjusted(Space.TIGHT, 0, -Space.TIGHT, 0)
        painter.save()
        left = rect.left() + self._draw_icon(painter, choice, rect, palette)
        if choice.code:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), _LEFT, choice.code)
            left += metrics.horizontalAdvance(choice.code) + Space.SNUG
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        space = QRect(left, rect.top(), rect.right() - left, rect.height())
        label = metrics.elidedText(choice.label, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, _LEFT, label)
        taken = metrics.horizontalAdvance(label) + Space.USUAL
        if choice.detail and space.width() > taken + Space.BROAD:
            rest = QRect(left + taken, rect.top(), space.width() - taken, rect.height())
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, _RIGHT, detail)
        painter.restore()

    def _draw_icon(self, painter: QPainter, choice: Choice, rect: QRect, palette: QPalette) -> int:
        name = "check" if choice.is_ticked else choice.icon
        if not name:
            return 0
        side = scaled(16)
        place = QRect(rect.left(), rect.center().y() - side // 2, side, side)
        icons.draw(painter, name, palette.color(QPalette.ColorRole.Link).name(), place.toRectF())
        return side + Space.TIGHT


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
