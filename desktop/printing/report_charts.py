"""Bars of a report's figures, readable in black and white: one full, one hatched, each with its number.

- It draws what the window draws (ui/reports/report_chart.py): the bars of `domain/reports/bars.py`, two kinds at most.
"""

import textwrap
from collections.abc import Sequence
from typing import Final

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing, Group, Rect, String
from reportlab.graphics.widgets.grids import Grid
from reportlab.lib.colors import Color, black, white

from desktop.domain.reports.bars import BarRows
from desktop.printing.fonts import REGULAR, register_fonts

_DARK: Final = Color(0.35, 0.35, 0.35)
_SIZE: Final = 9.5
_NUMBER_SIZE: Final = 9
_LEADING: Final = 11
_BAR: Final = 11
_BETWEEN: Final = 7
_LABEL_SHARE: Final = 0.4
_LABEL_LETTERS: Final = 44
_ROOM_FOR_NUMBER: Final = 46
_LEGEND: Final = 18


def bar_chart(bars: BarRows, width: float) -> Drawing:
    """Return the drawing of some bars, `width` points wide, with their kinds in the legend."""
    register_fonts()
    labels = [textwrap.wrap(row.label, _LABEL_LETTERS) or [""] for row in bars.rows]
    rows = [max(_BAR * len(bars.kinds), _LEADING * len(label)) + _BETWEEN for label in labels]
    height = max(rows) * len(rows)
    drawing = Drawing(width, height + _LEGEND + 4)
    drawing.add(_chart(bars, ["\n".join(label) for label in labels], width, height))
    drawing.add(_legend(bars.kinds, width * _LABEL_SHARE, height + 6))
    return drawing


def _chart(bars: BarRows, labels: Sequence[str], width: float, height: float) -> HorizontalBarChart:
    chart = HorizontalBarChart()
    chart.x, chart.y = width * _LABEL_SHARE, 0
    chart.width, chart.height = width * (1 - _LABEL_SHARE) - _ROOM_FOR_NUMBER, height
    turned = list(reversed(bars.rows))  # the first row is at the top, the first bar above the second
    order = list(reversed(range(len(bars.kinds))))
    chart.data = [[row.bars[kind].share for row in turned] for kind in order]
    chart.categoryAxis.categoryNames = list(reversed(labels))
    chart.categoryAxis.labels.fontName = REGULAR
    chart.categoryAxis.labels.fontSize = _SIZE
    chart.categoryAxis.labels.leading = _LEADING
    chart.categoryAxis.labels.boxAnchor = "e"
    chart.categoryAxis.labels.dx = -5
    chart.categoryAxis.labels.textAnchor = "end"
    chart.categoryAxis.visibleTicks = 0
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = 1
    chart.valueAxis.visible = 0
    chart.barWidth, chart.groupSpacing, chart.barSpacing = _BAR, _BETWEEN, 0
    chart.barLabelFormat = "values"
    chart.barLabelArray = [[row.bars[kind].text for row in turned] for kind in order]
    chart.barLabels.fontName = REGULAR
    chart.barLabels.fontSize = _NUMBER_SIZE
    chart.barLabels.boxAnchor = "w"
    chart.barLabels.dx = 3
    chart.barLabels.nudge = 0
    for place, kind in enumerate(order):
        chart.bars[place].fillColor = white if kind else _DARK
        chart.bars[place].strokeColor = black
        chart.bars[place].strokeWidth = 0.5
        if kind:
            chart.bars[place].symbol = _hatched()
    return chart


def _hatched() -> Grid:
    grid = Grid()
    grid.useLines, grid.useRects = 1, 0
    grid.orientation, grid.delta, grid.delta0 = "vertical", 3, 1.5
    grid.fillColor, grid.strokeColor, grid.strokeWidth = white, black, 0.5
    grid.rectStrokeColor, grid.rectStrokeWidth = black, 0.5
    return grid


def _legend(kinds: Sequence[str], left: float, bottom: float) -> Group:
    group = Group()
    for number, kind in enumerate(kinds):
        if number:
            swatch = _hatched()
            swatch.x, swatch.y, swatch.width, swatch.height = left, bottom, 18, _BAR
            group.add(swatch)
        else:
            group.add(Rect(left, bottom, 18, _BAR, fillColor=_DARK, strokeColor=black, strokeWidth=0.5))
        group.add(String(left + 23, bottom + 1, kind, fontName=REGULAR, fontSize=_SIZE))
        left += 140
    return group
