from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shell.scan_filter import ScanFilter
from tests.ui.form.scanner import Scanner

CARD = "011199004567|040123456|Lò Thị Đớn|14031999|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|10052022"


def test_a_scan_in_one_window_is_none_in_another(qtbot: QtBot, qapp: QApplication) -> None:
    windows = [QWidget(), QWidget()]
    heard: list[tuple[int, str]] = []
    filters = []
    for number, window in enumerate(windows):
        layout = QVBoxLayout(window)
        layout.addWidget(QLineEdit())
        qtbot.addWidget(window)
        scans = ScanFilter(qapp, window, lambda: True, window)
        scans.scanned.connect(lambda text, number=number: heard.append((number, text)))
        filters.append(scans)
        window.show()
    for number, window in enumerate(windows):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        line = window.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        Scanner().scan(CARD + "\r")
        assert heard == [(number, CARD)]
        assert line.text() == ""
        heard.clear()
    for scans in filters:
        scans.stop()
