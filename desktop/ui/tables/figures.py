"""Digits of one width in lists: Be Vietnam Pro brings none, so each digit is set in a cell as wide as a zero.

Numbers, dates and record numbers then align, which is what makes a column of them readable.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_DIGITS = "0123456789"


def tabular_width(text: str, metrics: QFontMetricsF) -> float:
    """Return how wide `draw_tabular` sets a text."""
    cell = _cell(metrics)
    return sum(cell if letter in _DIGITS else metrics.horizontalAdvance(letter) for letter in text)


def draw_tabular(painter: QPainter, rect: QRect, text: str, alignment: Qt.AlignmentFlag) -> None:
    """Draw one line with digits in cells of one width, vertically centred; too long a text is elided."""
    metrics = QFontMetricsF(painter.font())
    if tabular_width(text, metrics) > rect.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    cell = _cell(metrics)
    left = float(rect.left())
    if alignment & Qt.AlignmentFlag.AlignRight:
        left = rect.left() + rect.width() - tabular_width(text, metrics)
    baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2
    for run in _runs(text):
        if run in _DIGITS:
            painter.drawText(QPointF(left + (cell - metrics.horizontalAdvance(run)) / 2, baseline), run)
            left += cell
        else:
            painter.drawText(QPointF(left, baseline), run)
            left += metrics.horizontalAdvance(run)


class TabularDelegate(QStyledItemDelegate):
    """Draws a list's cells with `draw_tabular`; selection, hover and colours stay those of the style."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, shown, shown.widget)
        if rect.width() <= 0:
            rect = shown.rect.adjusted(8, 0, -8, 0)
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(shown.palette.color(QPalette.ColorRole.Text))
        draw_tabular(painter, rect, text, shown.displayAlignment)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        usual = super().sizeHint(option, index)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        metrics = QFontMetricsF(shown.font)
        wider = tabular_width(shown.text, metrics) - metrics.horizontalAdvance(shown.text)
        return QSize(usual.width() + max(0, round(wider)), usual.height())


def _cell(metrics: QFontMetricsF) -> float:
    return metrics.horizontalAdvance("0")


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for letter in text:
        if letter in _DIGITS or not runs or runs[-1] in _DIGITS:
            runs.append(letter)
        else:
            runs[-1] += letter
    return runs
