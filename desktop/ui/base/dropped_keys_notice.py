"""Says over the foot of the window that keys wait, or that some will never act. It takes no focus, key or click."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.base.key_order import KeyOrder
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Text,
    TextRole,
    row,
)


class KeysNotice(QFrame):
    """Child of the window it lies over."""

    def __init__(self, keys: KeyOrder, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = Text("", TextRole.BODY)
        layout = row((Icon("keyboard", 16, TextRole.MUTED), self.words), space=Space.TIGHT)
        layout.setContentsMargins(Space.SNUG, Space.TIGHT, Space.SNUG, Space.TIGHT)
        self.setLayout(layout)
        self._window = window
        self.hide()
        window.installEventFilter(self)
        keys.waits_long.connect(self._say_waiting)
        keys.dropped.connect(self._say_dropped)
        keys.let_go.connect(self.hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _say_waiting(self, count: int) -> None:
        waits = self.tr("The program is still at work.")
        held = self.tr("%n key(s) typed wait for it and will act in their order. Esc drops them.", "", count)
        self._say(f"{waits} {held}" if count else waits)

    def _say_dropped(self, count: int) -> None:
        self._say(self.tr("%n key(s) typed meanwhile were not used.", "", count))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        room = self._window.size()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - Space.BROAD)
