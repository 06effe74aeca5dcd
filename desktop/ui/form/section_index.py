"""The thin index at the left of a form: its sections, which one is being filled in, and what is wrong in each.

- F6 puts the focus here; Up and Down choose, Enter goes there, Esc goes back to the field.
- A number at the right says how many problems a section has; a bar marks the section of the cursor.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import RADIUS, Space
from desktop.ui.base.widgets import column

_ITEM = 28


class SectionIndex(QWidget):
    """One item a section, in the order of the form."""

    chosen = Signal(int)
    given_up = Signal()

    def __init__(self, theme: Theme, labels: list[str]) -> None:
        super().__init__()
        self.items = [_Item(theme, label) for label in labels]
        for item in self.items:
            item.clicked.connect(self._click)
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Sections"))
        self.setLayout(column(self.items, space=0))

    def set_current(self, number: int) -> None:
        for place, item in enumerate(self.items):
            item.setChecked(place == number)

    def show_section(self, number: int, problems: int, *, visible: bool) -> None:
        self.items[number].setVisible(visible)
        self.items[number].set_problems(problems)

    def focus(self) -> None:
        """Take the focus, beginning at the section of the cursor."""
        self._mark(next((place for place, item in enumerate(self.items) if item.isChecked()), 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._mark(self._next(1))
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._mark(self._next(-1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go(self._marked)
            case Qt.Key.Key_Escape:
                self._mark(-1)
                self.given_up.emit()
            case _:
                super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  Qt's signature
        self._mark(self._next(1 if next else -1))
        return True

    def _next(self, step: int) -> int:
        shown = [place for place, item in enumerate(self.items) if not item.isHidden()]
        place = shown.index(self._marked) if self._marked in shown else 0
        return shown[max(0, min(len(shown) - 1, place + step))]

    def _mark(self, number: int) -> None:
        self._marked = number
        for place, item in enumerate(self.items):
            item.set_marked(place == number)

    def _go(self, number: int) -> None:
        self._mark(-1)
        if number >= 0:
            self.chosen.emit(number)

    def _click(self) -> None:
        item = self.sender()
        if isinstance(item, _Item):
            self._go(self.items.index(item))


class _Item(QAbstractButton):
    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self._theme = theme
        self._problems = 0
        self._is_marked = False
        self.setText(label)
        self.setToolTip(label)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def problems(self) -> int:
        return self._problems

    def nextCheckState(self) -> None:
        """The cursor's section is checked by the form alone."""

    def set_problems(self, problems: int) -> None:
        self._problems = problems
        words = self.tr("%n problem(s)", "", problems) if problems else ""
        self.setAccessibleName(f"{self.text()}, {words}" if words else self.text())
        self.update()

    def set_marked(self, marked: bool) -> None:  # noqa: FBT001  a state, set by its name
        self._is_marked = marked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.px(_ITEM))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self._is_marked or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_text))
            painter.drawRoundedRect(QRectF(0, rect.height() / 2 - 8, 3, 16), 1.5, 1.5)
        if self._is_marked:
            painter.setPen(QColor(colours.accent_text))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        right = self._paint_problems(painter, rect)
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(12))
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.isChecked() else colours.text_muted))
        space = QRect(Space.SNUG, 0, right - Space.SNUG - Space.HAIR, rect.height())
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_problems(self, painter: QPainter, rect: QRect) -> int:
        if not self._problems:
            return rect.width() - Space.TIGHT
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(11))
        font.setWeight(QFont.Weight.DemiBold)
        words = f"! {self._problems}"
        width = QFontMetrics(font).horizontalAdvance(words)
        place = QRect(rect.width() - Space.TIGHT - width, 0, width, rect.height())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colours.danger))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        return place.left()
