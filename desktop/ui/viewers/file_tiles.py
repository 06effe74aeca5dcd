"""The files of a record as small pictures with their names; Enter, Space or a click looks at one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.flow_layout import FlowLayout
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Icon,
    Text,
    TextRole,
    clear,
    column,
    row,
    scaled,
)
from desktop.workspace.views.record_files import PreviewFile

KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "application/gpx+xml": "GPX",
}
_ICONS: Final = {"application/pdf": "file-text", "application/gpx+xml": "route"}
_TILE: Final = (168, 64)
_PICTURE: Final = 48


class FileTiles(QWidget):
    """Hidden while there is no file to look at."""

    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._files: tuple[PreviewFile, ...] = ()
        self._tiles = FlowLayout(Space.TIGHT)
        holder = QWidget()
        holder.setLayout(self._tiles)
        layout = column((Text(self.tr("Files"), TextRole.STRONG), holder), space=Space.TIGHT)
        layout.setContentsMargins(0, 0, Space.TIGHT, Space.TIGHT)
        self.setLayout(layout)
        self.hide()

    def show_files(self, files: Sequence[PreviewFile]) -> None:
        if tuple(files) == self._files:
            return
        self._files = tuple(files)
        clear(self._tiles)
        for file in files:
            tile = FileTile(file)
            tile.clicked.connect(self._want)
            self._tiles.addWidget(tile)
        self.setVisible(bool(files))

    def _want(self) -> None:
        tile = self.sender()
        if isinstance(tile, FileTile):
            self.file_wanted.emit(tile.file)


class FileTile(Button):
    """One file: its small picture or the icon of its kind, what it is, its name."""

    _ROLE = "tile"

    def __init__(self, file: PreviewFile) -> None:
        super().__init__("")
        self.file = file
        self.setAccessibleName(f"{file.label}: {file.name}")
        self.setToolTip(f"{file.label}: {file.name}")
        picture = Thumbnail(file.thumbnail, file.media_type)
        words = column((ElidedLabel(file.label, TextRole.NAME), ElidedLabel(file.name, TextRole.SMALL)), space=0)
        words.addWidget(ElidedLabel(kind_and_size(file.media_type, file.size), TextRole.SMALL))
        layout = row((picture,), space=Space.TIGHT)
        layout.addLayout(words, 1)
        layout.setContentsMargins(Space.TIGHT, Space.HAIR, Space.TIGHT, Space.HAIR)
        self.setLayout(layout)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(scaled(_TILE[0]), scaled(_TILE[1]))


class Thumbnail(QWidget):
    """A square with the small picture in it, or the icon of the kind of file."""

    def __init__(self, thumbnail: bytes | None = None, media_type: str = "") -> None:
        super().__init__()
        self._body = row(())
        self.setFixedSize(scaled(_PICTURE), scaled(_PICTURE))
        self.setLayout(self._body)
        self.show_file(thumbnail, media_type)

    def show_file(self, thumbnail: bytes | None, media_type: str) -> None:
        clear(self._body)
        side = scaled(_PICTURE)
        pixmap = QPixmap()
        if thumbnail is not None and pixmap.loadFromData(thumbnail, "PNG"):
            label = QLabel()
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setPixmap(
                pixmap.scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
            self._body.addWidget(label)
        else:
            self._body.addWidget(
                Icon(_ICONS.get(media_type, "image"), 28, TextRole.MUTED), 0, Qt.AlignmentFlag.AlignCenter
            )


def kind_and_size(media_type: str, size: int) -> str:
    """Return what a file is and how large."""
    shown = QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat) if size else ""
    return " · ".join(part for part in (KINDS.get(media_type, media_type), shown) if part)
