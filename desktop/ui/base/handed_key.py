"""A key that a widget hands on to another: whoever looks at all keys has seen it already (scan_filter.py)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class HandedKey(QKeyEvent):
    """The same key once more, for another widget."""

    def __init__(self, event: QKeyEvent) -> None:
        super().__init__(event.type(), Qt.Key(event.key()), event.modifiers(), event.text())
        self.setTimestamp(event.timestamp())
