"""A picture in memory, as large as its place or larger; decoded within bounds."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

FORMATS: Final = {"image/png": b"png", "image/jpeg": b"jpeg"}
_MOST_PIXELS: Final = 40_000_000
_ZOOM_STEP: Final = 1.25
_LARGEST: Final = 4.0
_SMALLEST: Final = 0.1


class PictureView(QScrollArea):
    """`show_picture` says whether it could be read."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self._scale = 0.0  # 0 is: as the place allows
        self._by_width = False
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._label)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def shown_size(self) -> QSize:
        return self._label.pixmap().size()

    def show_picture(self, content: bytes, media_type: str) -> bool:
        """Decode the format that was declared and no other; the header says the size before anything is decoded."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, FORMATS[media_type])
        reader.setDecideFormatFromContent(False)
        size = reader.size()
        if size.isValid() and 0 < size.width() * size.height() <= _MOST_PIXELS:
            self._picture = reader.read()
        else:
            self._picture = QImage()
        buffer.close()
        self._draw()
        return not self._picture.isNull()

    def enlarge(self) -> None:
        self._zoom(_ZOOM_STEP)

    def reduce(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def fit_page(self) -> None:
        self._scale, self._by_width = 0.0, False
        self._draw()

    def fit_width(self) -> None:
        self._scale, self._by_width = 0.0, True
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._scale:
            self._draw()

    def _zoom(self, factor: float) -> None:
        self._scale = max(_SMALLEST, min(_LARGEST, (self._scale or self._fitting()) * factor))
        self._draw()

    def _fitting(self) -> float:
        place, picture = self.viewport().size(), self._picture.size()
        across = place.width() / max(1, picture.width())
        down = place.height() / max(1, picture.height())
        return min(1.0, across if self._by_width else min(across, down))

    def _draw(self) -> None:
        if self._picture.isNull():
            self._label.setPixmap(QPixmap())
            return
        size = self._picture.size() * (self._scale or self._fitting())
        drawn = self._picture.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self._label.setPixmap(QPixmap.fromImage(drawn))
        self._label.resize(drawn.size())
