"""A cover over the window: what was there is a blur nobody can read, with a word on top (legal_and_forms.md 7.1).

The picture is made 32 times smaller before it is drawn large again: no letter survives that, in memory or on screen.
"""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Text, TextRole, column

_SMALLER = 32


class PrivacyCover(QWidget):
    """Covers a part of the window, or all of it, until `uncover`."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._picture = QPixmap()
        self._words = Text("", TextRole.STRONG)
        layout = column((), margin=0)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignCenter)
        self.setLayout(layout)
        self.hide()

    def cover(self, covered: QWidget, words: str = "") -> None:
        self._picture = blurred(covered)
        self._words.setText(words)
        self.setGeometry(QRect(covered.mapTo(self._window, QPoint(0, 0)), covered.size()))
        self.show()
        self.raise_()

    def uncover(self) -> None:
        self.hide()
        self._picture = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        ground = QColor(self._theme.colours.window)
        painter.fillRect(self.rect(), ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        ground.setAlphaF(0.55)
        painter.fillRect(self.rect(), ground)
        painter.end()


def blurred(widget: QWidget) -> QPixmap:
    """Return a picture of a widget with everything smaller than a thumb averaged away."""
    picture = widget.grab()
    small = picture.toImage().scaled(
        max(1, widget.width() // _SMALLER),
        max(1, widget.height() // _SMALLER),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return QPixmap.fromImage(small)
