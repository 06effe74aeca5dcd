"""Smaller, larger, whole page, its width: the same four buttons over everything that is looked at."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import IconButton, row


class Zoomable(Protocol):
    """What the buttons need of what they enlarge."""

    def enlarge(self) -> None: ...
    def reduce(self) -> None: ...
    def fit_page(self) -> None: ...
    def fit_width(self) -> None: ...


class ZoomButtons(QWidget):
    """Their keys are those of every program."""

    def __init__(self, pages: Zoomable) -> None:
        super().__init__()
        larger = IconButton("zoom-in", self.tr("Larger"), "Ctrl+=")
        larger.setShortcut("Ctrl+=")
        larger.clicked.connect(pages.enlarge)
        smaller = IconButton("zoom-out", self.tr("Smaller"), "Ctrl+-")
        smaller.setShortcut("Ctrl+-")
        smaller.clicked.connect(pages.reduce)
        whole = IconButton("maximize", self.tr("Whole page"))
        whole.clicked.connect(pages.fit_page)
        width = IconButton("move-horizontal", self.tr("Width of the page"))
        width.clicked.connect(pages.fit_width)
        self.setLayout(row((smaller, larger, whole, width), space=Space.HAIR))
