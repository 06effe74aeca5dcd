"""The list of a register: one line a record, as many as there are, the keys of a list.

- Down and Up move, Enter opens; a letter typed goes to the search.
- What is overdue or due soon says so in words on a tinted ground.
"""

import datetime as dt
from typing import Final

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.domain.definitions.model import PROGRAM_NAMES, TypeName
from desktop.domain.values.field_types import ValueContext, parse_value
from desktop.sentences import Language
from desktop.ui.base import icons
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.records.register_model import ROW, RegisterFeed
from desktop.workspace.base.session import Definitions
from desktop.workspace.records.records import ListedRow
from desktop.workspace.views.today_view import REVIEW_FIELD, SOON_DAYS

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS: Final = {
    TypeName.DATE: 120,
    TypeName.PARTIAL_DATE: 96,
    TypeName.DATE_TIME: 140,
    TypeName.CODE: 136,
    TypeName.CODES: 160,
    TypeName.YES_NO: 72,
    TypeName.INTEGER: 80,
    TypeName.PERSONAL_ID: 116,
    TypeName.PASSPORT: 104,
    TypeName.PERSON: 168,
}
_USUAL_WIDTH: Final = 150
_NUMBER_WIDTH: Final = 140
_CASE_WIDTH: Final = 220
_CLOSED: Final = frozenset({"KET_THUC", "CHUYEN", "HUY"})


class RegisterList(QTableView):
    """Says which record is marked, and which one is to be opened."""

    marked = Signal(str)
    open_wanted = Signal(str)
    typed = Signal(str)

    def __init__(self, feed: RegisterFeed, theme: Theme, definitions: Definitions, language: Language) -> None:
        super().__init__()
        self._feed = feed
        self._theme = theme
        self._kept = ""
        self.today = dt.date.min
        self.setModel(feed)
        self.setItemDelegate(_CellDelegate(self, theme, definitions, language))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setProperty("role", "flush")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(feed.definition.label.text(language))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._order)
        self.verticalScrollBar().valueChanged.connect(self._want_seen)
        feed.modelAboutToBeReset.connect(self._keep_mark)
        feed.modelReset.connect(self._mark_again)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def record(self) -> str:
        """The record that is marked, empty for none."""
        row = self._feed.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return row.record if row is not None else ""

    def mark(self, record: str) -> None:
        """Mark a record now, or as soon as its page comes."""
        self._kept = record
        self._mark_again()

    def mark_first(self) -> None:
        if self._feed.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self._feed.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if is_plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self.record:
            self.marked.emit(self.record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._want_seen()

    def _open(self) -> None:
        if self.record:
            self.open_wanted.emit(self.record)

    def _order(self, column: int, order: Qt.SortOrder) -> None:
        name = self._feed.definition.list[column] if column >= 0 else None
        self._feed.order(name, descending=order is Qt.SortOrder.DescendingOrder)

    def _want_seen(self) -> None:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self._feed.want(first, last if last >= 0 else self._feed.rowCount() - 1)

    def _keep_mark(self) -> None:
        self._kept = self.record or self._kept

    def _mark_again(self) -> None:
        number = self._feed.number_of(self._kept)
        if number >= 0:
            index = self._feed.index(number, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._want_seen()

    def _resize(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(Size.ROW))
        header = self.horizontalHeader()
        stretched = self._stretched()
        for place, name in enumerate(self._feed.definition.list):
            field = self._feed.definition.field(name)
            width = _WIDTHS.get(field.type, _USUAL_WIDTH) if field is not None else _NUMBER_WIDTH
            if name == "case_code":
                width = _CASE_WIDTH
            header.setSectionResizeMode(place, _STRETCH if place == stretched else QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, self._theme.px(width))

    def _stretched(self) -> int:
        """Return the column that takes what room is left: the name, or the first text."""
        definition = self._feed.definition
        for wanted in ({TypeName.PERSON}, {TypeName.TEXT}):
            for place, name in enumerate(definition.list):
                field = definition.field(name)
                if field is not None and field.type in wanted and name not in PROGRAM_NAMES:
                    return place
        return len(definition.list) - 1


_STRETCH: Final = QHeaderView.ResizeMode.Stretch


class _CellDelegate(QStyledItemDelegate):
    """Text cut to its cell; the review date as words when it is due; a mark for a conflict."""

    def __init__(self, view: RegisterList, theme: Theme, definitions: Definitions, language: Language) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._definitions = definitions
        self._language = language

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: ListedRow | None = index.data(ROW)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)
        colours = self._theme.colours
        painter.save()
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        rect = option.rect.adjusted(Space.TIGHT, 0, -Space.TIGHT, 0)
        if row is not None and row.has_conflict and index.column() == 0:
            side = self._theme.px(14)
            place = QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
            icons.draw(painter, "git-merge", colours.warning, place)
            rect.adjust(0, 0, -side - Space.HAIR, 0)
        due = self._due(row, index, text)
        if due is not None:
            self._paint_badge(painter, rect, *due)
        else:
            is_closed = row is not None and row.status in _CLOSED
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            plain = colours.text_muted if is_closed else colours.text
            painter.setPen(QColor(colours.on_accent_soft if is_chosen else plain))
            painter.setFont(shown.font)
            cut = QFontMetrics(shown.font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()

    def _due(self, row: ListedRow | None, index: _Index, text: str) -> tuple[str, str, str] | None:
        """Return words, colour and ground for a review date that is due, else None."""
        definition = self._view.model().definition  # type: ignore[attr-defined]  # the view's model is a RegisterFeed
        if row is None or not text or definition.list[index.column()] != REVIEW_FIELD or row.status in _CLOSED:
            return None
        field = definition.field(REVIEW_FIELD)
        context = ValueContext(library=self._definitions.library, today=self._view.today, language=self._language)
        value = parse_value(text, field, context)
        if not isinstance(value, str) or self._view.today is dt.date.min:
            return None
        days = (dt.date.fromisoformat(value) - self._view.today).days
        colours = self._theme.colours
        if days < 0:
            return self.tr("%n day(s) overdue", "", -days), colours.danger, colours.danger_soft
        if days > SOON_DAYS:
            return None
        words = self.tr("%n day(s) left", "", days) if days else self.tr("due today")
        return words, colours.warning, colours.warning_soft

    def _paint_badge(self, painter: QPainter, rect: QRect, words: str, colour: str, ground: str) -> None:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.px(11))
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        width = min(rect.width(), metrics.horizontalAdvance(words) + 2 * Space.TIGHT)
        height = metrics.height() + 4
        place = QRectF(rect.left(), rect.center().y() - height / 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width) - Space.TIGHT)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cut)
