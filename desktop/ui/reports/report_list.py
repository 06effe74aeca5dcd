"""The reports that can be made: indicators, then tables. Arrow keys choose, Enter goes into the figures."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import scaled
from desktop.workspace.reports.reports import ReportChoice

_WIDTH: Final = 264
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ReportList(QListWidget):
    """Keeps what is chosen when the choices are shown again."""

    report_chosen = Signal(object)
    start_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choices: tuple[ReportChoice, ...] = ()
        self.setAccessibleName(self.tr("Reports"))
        self.setWordWrap(True)
        self.setFixedWidth(scaled(_WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentRowChanged.connect(self._choose)
        self.itemDoubleClicked.connect(self._start)
        theme.changed.connect(self._resize)

    @property
    def choices(self) -> tuple[ReportChoice, ...]:
        return self._choices

    @property
    def choice(self) -> ReportChoice | None:
        at = self.currentRow()
        return self._choices[at] if 0 <= at < len(self._choices) else None

    def show_choices(self, choices: Sequence[ReportChoice]) -> None:
        """Show what can be made; the first is chosen at first."""
        if tuple(choices) == self._choices:
            return
        kept = self.choice
        self._choices = tuple(choices)
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.clear()
        for choice in choices:
            item = QListWidgetItem(self._words(choice))
            item.setToolTip(choice.label)
            self.addItem(item)
        self.blockSignals(False)  # noqa: FBT003  Qt's signature
        self._resize()
        same = (at for at, one in enumerate(choices) if kept and one.id == kept.id)
        self.setCurrentRow(next(same, 0 if choices else -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.start_wanted.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize()

    def _words(self, choice: ReportChoice) -> str:
        return f"{choice.number}. {choice.label}"

    def _choose(self) -> None:
        if self.choice is not None:
            self.report_chosen.emit(self.choice)

    def _start(self) -> None:
        self.start_wanted.emit()

    def _resize(self) -> None:
        """Give each report the lines it needs."""
        self.setFixedWidth(self._theme.px(_WIDTH))
        metrics = QFontMetrics(self.font())
        width = max(80, self.viewport().width() - 2 * Space.SNUG)
        for at in range(self.count()):
            space = metrics.boundingRect(0, 0, width, 1000, int(Qt.TextFlag.TextWordWrap), self.item(at).text())
            self.item(at).setSizeHint(QSize(width, max(self._theme.px(Size.ROW), space.height() + Space.SNUG)))
