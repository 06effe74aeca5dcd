"""A record's history: who changed which field, when, where, from what to what, newest first.

- A change made under a clock that could not be right is marked; a choice between values says so.
- What identifies a victim is covered until a reason is given.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.base import icons
from desktop.ui.base.reveal_bar import RevealBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import column
from desktop.workspace.records.history import HistoryEntry

_Index = QModelIndex | QPersistentModelIndex
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_NO_PARENT: Final = QModelIndex()
_COVERED: Final = "•••••"


class HistoryModel(QAbstractListModel):
    """The entries as rows, newest first."""

    def __init__(self, entries: Sequence[HistoryEntry] = ()) -> None:
        super().__init__()
        self._entries = tuple(reversed(entries))
        self._reveals = False

    @property
    def has_secrets(self) -> bool:
        return any(entry.is_secret for entry in self._entries)

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(reversed(entries))
        self._reveals = False
        self.endResetModel()

    def set_revealed(self, revealed: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.beginResetModel()
        self._reveals = revealed
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join((self.who(entry), self.what(entry)))
            case _ if role == _ENTRY:
                return entry
        return None

    def who(self, entry: HistoryEntry) -> str:
        at = entry.at.strftime("%d/%m/%Y %H:%M")
        words = " · ".join(part for part in (at, entry.officer, entry.station) if part)
        return f"{words} · {self.tr('clock not reliable')}" if entry.is_suspect else words

    def what(self, entry: HistoryEntry) -> str:
        old, new = (self._shown(entry, text) for text in (entry.old, entry.new))
        if entry.kind == "resolve":
            return self.tr("chosen: {new}").replace("{new}", new)
        if not entry.old:
            return new
        return self.tr("{old}  →  {new}").replace("{old}", old).replace("{new}", new)

    def _shown(self, entry: HistoryEntry, text: str) -> str:
        if not text:
            return self.tr("(empty)")
        return _COVERED if entry.is_secret and not self._reveals else text


class HistoryPanel(QWidget):
    """The list and, when something is covered, the bar to reveal it. Answer `reveal_wanted` with `reveal`."""

    reveal_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = HistoryModel()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_EntryDelegate(self.list, self._model, theme))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setAccessibleName(self.tr("History"))
        self.reveal_bar = RevealBar()
        self.reveal_bar.reveal_wanted.connect(self.reveal_wanted)
        self.reveal_bar.covered.connect(self._cover)
        self.reveal_bar.hide()
        layout = column((self.reveal_bar, self.list), space=Space.TIGHT)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def model(self) -> HistoryModel:
        return self._model

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        self.reveal_bar.cover()
        self._model.set_entries(entries)
        self.reveal_bar.setVisible(self._model.has_secrets)

    def reveal(self) -> None:
        """The look is logged: show the covered values for a minute."""
        self.reveal_bar.start_minute()
        self._model.set_revealed(True)

    def _cover(self) -> None:
        self._model.set_revealed(False)


class _EntryDelegate(QStyledItemDelegate):
    """Three lines: the field; what became of it, wrapped; who, where and when in grey."""

    def __init__(self, view: QListView, model: HistoryModel, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._model, self._theme = view, model, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  Qt's signature
        entry: HistoryEntry = index.data(_ENTRY)
        width = self._view.viewport().width()
        label, what, who = self._fonts()
        height = QFontMetrics(label).height() + 2 + self._wrapped(what, self._model.what(entry), width).height()
        return QSize(width, height + 2 + self._wrapped(who, self._model.who(entry), width).height() + 2 * Space.SNUG)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: HistoryEntry = index.data(_ENTRY)
        colours = self._theme.colours
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        width = self._view.viewport().width()
        left, top = rect.left() + Space.SNUG, rect.top() + Space.SNUG
        label, what, who = self._fonts()
        for font, words, colour in (
            (label, entry.label, colours.text),
            (what, self._model.what(entry), colours.text),
            (who, self._model.who(entry), colours.warning if entry.is_suspect else colours.text_muted),
        ):
            height = self._wrapped(font, words, width).height()
            place = QRect(left, top, width - 2 * Space.SNUG, height)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(place, _WRAP, words)
            top += height + 2
        if entry.is_suspect:
            side = self._theme.px(16)
            place = QRect(rect.right() - Space.SNUG - side, rect.top() + Space.SNUG, side, side)
            icons.draw(painter, "clock-alert", colours.warning, place.toRectF())
        painter.restore()

    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        usual = QFont(self._view.font())
        label, who = QFont(usual), QFont(usual)
        label.setWeight(QFont.Weight.Medium)
        who.setPixelSize(self._theme.px(Size.FONT_LABEL))
        return label, usual, who

    def _wrapped(self, font: QFont, words: str, width: int) -> QRect:
        space = QRect(0, 0, max(40, width - 2 * Space.SNUG), 10_000)
        return QFontMetrics(font).boundingRect(space, _WRAP, words)


_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
