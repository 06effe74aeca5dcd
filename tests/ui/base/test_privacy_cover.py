from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.base.privacy_cover import PrivacyCover, blurred
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import column


def test_no_letter_survives_the_blur(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    window.setLayout(column((QLabel("Lò Thị Đớn"),)))
    qtbot.addWidget(window)
    window.resize(960, 640)
    picture = blurred(window)
    assert (picture.width(), picture.height()) == (30, 20)


def test_the_cover_hides_all_of_what_it_covers(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    secret = QLabel("Lò Thị Đớn", window)
    secret.setGeometry(100, 100, 300, 40)
    qtbot.addWidget(window)
    window.resize(640, 480)
    window.show()
    cover = PrivacyCover(theme, window)
    secret.setText("")
    empty = window.grab().toImage()
    secret.setText("Lò Thị Đớn")
    cover.cover(window, "")
    covered = window.grab().toImage()
    assert cover.geometry() == window.rect()
    inked = sum(
        abs(covered.pixelColor(x, y).lightness() - empty.pixelColor(x, y).lightness()) > 60
        for x in range(100, 400)
        for y in range(100, 140)
    )
    assert inked == 0
    cover.uncover()
    assert not cover.isVisible()
