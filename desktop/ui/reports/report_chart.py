"""Bars of a report's figures that read without colour: one full, one hatched, each with its number at the end.

- It draws what the paper draws (printing/report_charts.py): the bars of `domain/reports/bars.py`.
"""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.reports.bars import BarRow, BarRows
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space

_BAR: Final = 14
_BETWEEN: Final = 8
_LABEL_SHARE: Final = 0.36
_NUMBER_ROOM: Final = 96
_LEGEND: Final = 24


class ReportChart(QWidget):
    """Draws the bars one below the other."""

    def __init__(self, bars: BarRows, theme: Theme) -> None:
        super().__init__()
        self._bars = bars
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (f"{row.label}: {', '.join(bar.text for bar in row.bars)}" for row in bars.rows)
        self.setAccessibleName("; ".join(said))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        legend = self._theme.px(_LEGEND) if len(self._bars.kinds) > 1 else 0
        return QSize(400, legend + len(self._bars.rows) * self._row_height() + Space.HAIR)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setFont(self.font())
        top = 0.0
        if len(self._bars.kinds) > 1:
            self._draw_legend(painter)
            top = self._theme.px(_LEGEND)
        for row in self._bars.rows:
            self._draw_row(painter, row, top)
            top += self._row_height()
        painter.end()

    def _draw_row(self, painter: QPainter, row: BarRow, top: float) -> None:
        left = self.width() * _LABEL_SHARE
        room = max(1.0, self.width() - left - self._theme.px(_NUMBER_ROOM))
        height = self._row_height() - self._theme.px(_BETWEEN)
        metrics = QFontMetrics(self.font())
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, int(left) - Space.SNUG)
        painter.setPen(QColor(self._theme.colours.text))
        middle = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(0, top, left - Space.SNUG, height), middle, label)
        for kind, bar in enumerate(row.bars):
            place = QRectF(left, top + kind * self._theme.px(_BAR), room * bar.share, self._theme.px(_BAR) - 1)
            self._fill(painter, place, kind)
            painter.setPen(QColor(self._theme.colours.text))
            beside = QRectF(place.right() + Space.TIGHT, place.top(), self._theme.px(_NUMBER_ROOM), place.height())
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), bar.text)

    def _draw_legend(self, painter: QPainter) -> None:
        left = self.width() * _LABEL_SHARE
        side = self._theme.px(_BAR) - 2
        for kind, words in enumerate(self._bars.kinds):
            self._fill(painter, QRectF(left, 2, side * 1.6, side), kind)
            painter.setPen(QColor(self._theme.colours.text))
            width = QFontMetrics(self.font()).horizontalAdvance(words)
            place = QRectF(left + side * 1.6 + Space.TIGHT, 0, width + 2, side + 4)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
            left = place.right() + Space.WIDE

    def _fill(self, painter: QPainter, place: QRectF, kind: int) -> None:
        colour = QColor(self._theme.colours.accent_text)
        if place.width() < 1:
            return
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QBrush(colour, Qt.BrushStyle.SolidPattern if kind == 0 else Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place)

    def _row_height(self) -> int:
        bars = self._theme.px(_BAR) * len(self._bars.kinds)
        return max(bars, QFontMetrics(self.font()).height()) + self._theme.px(_BETWEEN)
