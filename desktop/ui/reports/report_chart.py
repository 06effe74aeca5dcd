"""Bars of a report's figures that read without colour: one full, one hatched, each with its number at the end.

- It draws what the paper draws (printing/report_charts.py): the same rows, the same lengths.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.reports.results import (
    Figure,
    ResultRow,
    TableResult,
    figure_text,
)
from desktop.sentences import Language
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space

MOST_ROWS: Final = 15
_BAR: Final = 14
_BETWEEN: Final = 8
_LABEL_SHARE: Final = 0.36
_NUMBER_ROOM: Final = 96
_LEGEND: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """One row: its label, and for each kind of bars the length and the words at its end."""

    label: str
    lengths: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBars:
    """What a chart draws; `left_out` rows are smaller than those drawn."""

    kinds: tuple[str, ...]
    bars: tuple[DrawnBar, ...]
    left_out: int


def bars_of(result: TableResult, language: Language) -> DrawnBars | None:
    """Return the bars of a table; None when it has no chart or nothing to draw."""
    chart = result.definition.chart
    if chart is None:
        return None
    places = [number for number, column in enumerate(result.columns) if column.id in chart.columns]
    rows = [row for row in result.rows if row.figures and _is_drawn(row, chart.rows)]
    if not any(_length(row.figures[place]) for row in rows for place in places):
        return None
    largest = sorted(rows, key=lambda row: -max(_length(row.figures[place]) for place in places))[:MOST_ROWS]
    kept = {row.id for row in largest}
    return DrawnBars(
        kinds=tuple(result.columns[place].label.text(language) for place in places),
        bars=tuple(
            DrawnBar(
                label=row.label.text(language),
                lengths=tuple(_length(row.figures[place]) for place in places),
                texts=tuple(figure_text(row.figures[place]) for place in places),
            )
            for row in rows
            if row.id in kept
        ),
        left_out=len(rows) - len(kept),
    )


class ReportChart(QWidget):
    """Draws the bars one below the other."""

    def __init__(self, bars: DrawnBars, theme: Theme) -> None:
        super().__init__()
        self._bars = bars
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (f"{bar.label}: {', '.join(bar.texts)}" for bar in bars.bars)
        self.setAccessibleName("; ".join(said))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        legend = self._theme.px(_LEGEND) if len(self._bars.kinds) > 1 else 0
        return QSize(400, legend + len(self._bars.bars) * self._row_height() + Space.HAIR)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setFont(self.font())
        top = 0.0
        if len(self._bars.kinds) > 1:
            self._draw_legend(painter)
            top = self._theme.px(_LEGEND)
        most = max(1.0, *(length for bar in self._bars.bars for length in bar.lengths))
        for bar in self._bars.bars:
            self._draw_row(painter, bar, top, most)
            top += self._row_height()
        painter.end()

    def _draw_row(self, painter: QPainter, bar: DrawnBar, top: float, most: float) -> None:
        left = self.width() * _LABEL_SHARE
        room = max(1.0, self.width() - left - self._theme.px(_NUMBER_ROOM))
        height = self._row_height() - self._theme.px(_BETWEEN)
        metrics = QFontMetrics(self.font())
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(left) - Space.SNUG)
        painter.setPen(QColor(self._theme.colours.text))
        middle = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(0, top, left - Space.SNUG, height), middle, label)
        for kind, (length, text) in enumerate(zip(bar.lengths, bar.texts, strict=True)):
            place = QRectF(left, top + kind * self._theme.px(_BAR), room * length / most, self._theme.px(_BAR) - 1)
            self._fill(painter, place, kind)
            painter.setPen(QColor(self._theme.colours.text))
            beside = QRectF(place.right() + Space.TIGHT, place.top(), self._theme.px(_NUMBER_ROOM), place.height())
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

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


def _is_drawn(row: ResultRow, named: tuple[str, ...]) -> bool:
    return row.id in named if named else not row.is_total


def _length(figure: Figure) -> float:
    return 0.0 if figure.hidden or figure.amount.number is None else float(figure.amount.number)
