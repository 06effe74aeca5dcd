"""Lucide icons in the colour of the text beside them.

- The colour is taken from the application's palette at the moment of painting: a change of theme needs no new icon.
- Drawn with a stroke of 1.75 on the 24 px grid, at any size and pixel ratio.
- An icon is never alone without an accessible name and a tooltip (widgets.IconButton asks for both).
"""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources_dir

STROKE: Final = "1.75"
ICON_PART: Final = 0.75


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.WindowText, *, beside_words: bool = False) -> QIcon:
    """Return a Lucide icon that follows the palette; `role` is the text it goes with.

    `beside_words` leaves a quarter of its width free at the right: Qt parts a button's icon and words by too little.

    Raises:
        FileNotFoundError: resources/icons holds no such icon (a fault of ours or of a register's file).
    """
    return QIcon(_TintedIcon(name, role, beside_words))


def icon_names() -> frozenset[str]:
    """Return every icon that can be asked for."""
    return frozenset(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


def svg(name: str, colour: str) -> bytes:
    """Return an icon's SVG with its strokes in one colour."""
    return _source(name).replace("currentColor", colour).encode()


def draw(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw an icon in a colour that is no palette role (a notice's, a badge's)."""
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, rect)


class _TintedIcon(QIconEngine):
    def __init__(self, name: str, role: QPalette.ColorRole, beside_words: bool) -> None:  # noqa: FBT001  Qt's engine
        super().__init__()
        _source(name)
        self._name = name
        self._role = role
        self._beside_words = beside_words

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002  Qt's signature
        group = QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        colour = QGuiApplication.palette().color(group, self._role).name()
        side = rect.height() * (ICON_PART if self._beside_words else 1.0)
        draw(painter, self._name, colour, QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._role, self._beside_words)

    def key(self) -> str:
        return f"sotram-{self._name}"


@cache
def _source(name: str) -> str:
    text = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
