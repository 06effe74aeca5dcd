"""The sidebar at the left: the post, the pages with what waits on each, at the foot the officer and Lock.

- 220 px wide, or icons only; collapsed, each entry says its name in a tooltip.
- Entries without a group are fixed below the scrolled ones: what every officer needs is never scrolled away.
- Alt+1 to Alt+9 go to the entries in the order shown; where there are more, the fixed ones keep the last digits.
- A count is in words for a screen reader, too: "Today, 3 waiting".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.base import icons
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import RADIUS, Size, Space
from desktop.ui.base.widgets import (
    Hairline,
    IconButton,
    Text,
    TextRole,
    column,
    row,
)

TOP: Final = "-"
FIXED: Final = ""
DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarEntry:
    """A page's name, label and icon; entries of one `group` are under its heading, or at the TOP, or FIXED below."""

    name: str
    label: str
    icon: str
    group: str = FIXED


def alt_numbers(entries: Sequence[SidebarEntry]) -> Mapping[str, int]:
    """Return the digit of each entry that has one."""
    fixed = [entry.name for entry in entries if entry.group == FIXED]
    moving = [entry.name for entry in entries if entry.group != FIXED][: DIGITS - len(fixed)]
    return {name: number for number, name in enumerate([*moving, *fixed], 1)}


class Sidebar(QFrame):
    """Shows the entries and says which page is wanted."""

    page_wanted = Signal(str)
    lock_wanted = Signal()
    settings_wanted = Signal()
    collapsed_changed = Signal(bool)

    def __init__(self, theme: Theme, entries: Iterable[SidebarEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._collapsed = False
        self.setProperty("role", "raised")
        self._items: dict[str, SidebarItem] = {}
        self._headings: list[Text] = []
        self._buttons = QButtonGroup(self)
        self._name = Text("SOTRAM", TextRole.OVERLINE)
        self._post = ElidedLabel("", TextRole.STRONG)
        self._officer = Text("", TextRole.LABEL)
        self._fold = IconButton("panel-left-close", self.tr("Fold the sidebar"), "Ctrl+B")
        self._fold.clicked.connect(self.toggle)
        self._lock = SidebarItem(theme, SidebarEntry(name="lock", label=self.tr("Lock"), icon="lock"), "Ctrl+L")
        self._lock.clicked.connect(self.lock_wanted)
        self._settings = SidebarItem(theme, SidebarEntry(name="settings", label=self.tr("Settings"), icon="settings"))
        self._settings.clicked.connect(self.settings_wanted)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._numbers: Mapping[str, int] = {}
        self._build(entries)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._items)

    def numbered(self, number: int) -> str:
        """Return the entry that Alt+number opens; empty when there is none."""
        return next((name for name, known in self._numbers.items() if known == number), "")

    def item(self, name: str) -> "SidebarItem":
        return self._items[name]

    @property
    def is_collapsed(self) -> bool:
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:  # noqa: FBT001  a state, set by its name
        self._collapsed = collapsed
        for part in (self._name, self._post, self._officer, *self._headings):
            part.setVisible(not collapsed)
        for item in (*self._items.values(), self._lock, self._settings):
            item.set_collapsed(collapsed)
        direction = QBoxLayout.Direction
        self._foot.setDirection(direction.TopToBottom if collapsed else direction.LeftToRight)
        if collapsed:
            self._fold.show_as("panel-left-open", self.tr("Unfold the sidebar"), "Ctrl+B")
        else:
            self._fold.show_as("panel-left-close", self.tr("Fold the sidebar"), "Ctrl+B")
        self._resize()

    def say_who(self, post: str, officer: str) -> None:
        self._post.say(post)
        self._officer.setText(officer)
        self._officer.setToolTip(officer)

    def toggle(self) -> None:
        """Fold or unfold, and say so."""
        self.set_collapsed(not self._collapsed)
        self.collapsed_changed.emit(self._collapsed)

    def select(self, name: str) -> None:
        """Mark the page shown."""
        if name in self._items:
            self._items[name].setChecked(True)

    def set_count(self, name: str, count: int, *, waits: bool = False) -> None:
        """Show a number beside an entry; `waits` says that it asks for work."""
        if name in self._items:
            self._items[name].set_count(count, waits=waits)

    def _build(self, entries: Iterable[SidebarEntry]) -> None:
        head = row((), space=0)
        head.setContentsMargins(Space.USUAL, Space.USUAL, Space.TIGHT, Space.TIGHT)
        head.addLayout(column((self._name, self._post), space=2), 1)
        head.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        entries = tuple(entries)
        self._numbers = alt_numbers(entries)
        pages, fixed = column((), space=0), column((), space=0)
        pages.setContentsMargins(Space.TIGHT, 0, Space.TIGHT, 0)
        group = TOP
        for entry in entries:
            if entry.group not in {group, FIXED}:
                group = entry.group
                self._add_heading(pages, group)
            (fixed if entry.group == FIXED else pages).addWidget(self._add_item(entry))
        pages.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "page")
        inside.setLayout(pages)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._officer.setContentsMargins(Space.TIGHT, Space.HAIR, Space.TIGHT, Space.HAIR)
        self._foot.addWidget(self._settings)
        self._foot.addWidget(self._lock)
        self._foot.setSpacing(2)
        foot = column((self._officer, self._foot), space=2)
        foot.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        fixed.setContentsMargins(Space.TIGHT, Space.HAIR, Space.TIGHT, Space.HAIR)
        layout = column((), space=0)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        layout.addWidget(Hairline())
        layout.addLayout(fixed)
        layout.addWidget(Hairline())
        layout.addLayout(foot)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def _add_item(self, entry: SidebarEntry) -> "SidebarItem":
        number = self._numbers.get(entry.name)
        item = SidebarItem(self._theme, entry, f"Alt+{number}" if number else "")
        item.setCheckable(True)
        item.clicked.connect(self._want)
        self._buttons.addButton(item)
        self._items[entry.name] = item
        return item

    def _add_heading(self, pages: QVBoxLayout, group: str) -> None:
        heading = Text(group.upper(), TextRole.OVERLINE)
        heading.setContentsMargins(Space.TIGHT, Space.TIGHT, 0, Space.HAIR)
        pages.addWidget(heading)
        self._headings.append(heading)

    def _want(self) -> None:
        item = self.sender()
        if isinstance(item, SidebarItem):
            self.page_wanted.emit(item.name)

    def _resize(self) -> None:
        self.setFixedWidth(self._theme.px(Size.RAIL_COLLAPSED if self._collapsed else Size.RAIL))


class SidebarItem(QAbstractButton):
    """One entry: icon, name, count; a bar at the left marks the page shown, so that colour is not alone."""

    def __init__(self, theme: Theme, entry: SidebarEntry, keys: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._entry = entry
        self._keys = keys
        self._count = 0
        self._waits = False
        self._collapsed = False
        self._hovered = False
        self._icon = icons.icon(entry.icon)
        self._icon_chosen = icons.icon(entry.icon, QPalette.ColorRole.Link)
        self.setText(entry.label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name_it()

    @property
    def name(self) -> str:
        return self._entry.name

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int, *, waits: bool) -> None:
        self._count, self._waits = count, waits
        self._name_it()
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:  # noqa: FBT001  a state, set by its name
        self._collapsed = collapsed
        self._name_it()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, self._theme.px(Size.NAV_ITEM))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        colours, side = self._theme.colours, self._theme.px(Size.ICON)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.isChecked() or self._hovered or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if self.isChecked() else colours.hover))
            painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        if self.isChecked():
            painter.setBrush(QColor(colours.accent_text))
            painter.drawRoundedRect(QRectF(0, rect.height() / 2 - 9, 3, 18), 1.5, 1.5)
        left = (rect.width() - side) // 2 if self._collapsed else Space.SNUG
        icon = self._icon_chosen if self.isChecked() else self._icon
        icon.paint(painter, QRect(left, (rect.height() - side) // 2, side, side))
        if self._collapsed:
            if self._count and self._waits:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent_text))
                painter.drawEllipse(QPointF(left + side, rect.height() / 2 - side / 2), 4, 4)
        else:
            right = self._paint_count(painter, rect)
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
            painter.setFont(font)
            painter.setPen(QColor(colours.on_accent_soft if self.isChecked() else colours.text))
            space = QRect(left + side + Space.SNUG, 0, right - left - side - Space.SNUG - Space.TIGHT, rect.height())
            text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, space.width())
            painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent_text))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def _paint_count(self, painter: QPainter, rect: QRect) -> int:
        """Paint the count and return where it begins."""
        if not self._count:
            return rect.width()
        colours = self._theme.colours
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(11))
        font.setWeight(QFont.Weight.DemiBold if self._waits else QFont.Weight.Normal)
        painter.setFont(font)
        words = self.locale().toString(self._count)
        width = max(QFontMetrics(font).horizontalAdvance(words) + 12, 20)
        height = self._theme.px(18)
        place = QRect(rect.width() - Space.TIGHT - width, (rect.height() - height) // 2, width, height)
        if self._waits:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(place), height / 2, height / 2)
            painter.setPen(QColor(colours.on_accent))
        else:
            painter.setPen(QColor(colours.on_accent_soft if self.isChecked() else colours.text_muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        return place.left()

    def _name_it(self) -> None:
        name = self._entry.label
        if self._count:
            words = (
                self.tr("{page}, %n waiting", "", self._count)
                if self._waits
                else self.tr("{page}, %n record(s)", "", self._count)
            )
            name = words.replace("{page}", self._entry.label)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({self._keys})" if self._keys else name)
