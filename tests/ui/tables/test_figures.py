from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.ui.base.theme import FAMILY, load_fonts
from desktop.ui.tables.figures import draw_tabular, tabular_width


@pytest.fixture(scope="module")
def metrics(qapp: QApplication) -> QFontMetricsF:
    load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(13)
    return QFontMetricsF(font)


@settings(deadline=None, max_examples=50)
@given(st.from_regex(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", fullmatch=True))
def test_every_date_is_as_wide_as_every_other(metrics: QFontMetricsF, date: str) -> None:
    assert tabular_width(date, metrics) == pytest.approx(tabular_width("00/00/0000", metrics))


def test_the_font_alone_would_not_do_it(metrics: QFontMetricsF) -> None:
    widths = {metrics.horizontalAdvance(digit) for digit in "0123456789"}
    assert any(one != other for one, other in pairwise(sorted(widths)))


def test_a_text_stays_inside_its_cell(qapp: QApplication) -> None:
    load_fonts()
    image = QImage(200, 34, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_tabular(painter, QRect(20, 0, 60, 34), "VM-2026-0042 Lò Thị Đớn", Qt.AlignmentFlag.AlignLeft)
    painter.end()
    inked = {x for x in range(200) for y in range(34) if image.pixelColor(x, y).alpha() > 0}
    assert inked
    assert min(inked) >= 19
    assert max(inked) <= 82
