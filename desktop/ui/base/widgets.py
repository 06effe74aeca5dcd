"""Small building blocks, dressed by resources/sotram.qss through the property `role`.

- Text is always plain text: what an officer typed is never read as markup.
- A button with an icon alone asks for a name; the name is its tooltip and what a screen reader says.
- A key that works is shown: in the tooltip of the button that does the same.
"""

import html
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.base import icons
from desktop.ui.base.tokens import Size, Space

LINE_HEIGHT: Final = 115  # percent of what the font asks for (1.265), which makes 1.45 of its size


class TextRole(StrEnum):
    """What a piece of text is."""

    BODY = "body"
    TITLE = "title"
    SECTION = "section"
    LABEL = "label"
    NAME = "name"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"
    OVERLINE = "overline"
    DANGER = "danger"
    WARNING = "warning"
    DONE = "done"
    MONO = "mono"
    FIGURE = "figure"
    ACCENT = "accent"


class Tone(StrEnum):
    """What a coloured thing means; the word or the shape beside it says the same."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    DANGER = "danger"
    WARNING = "warning"
    DONE = "done"


class Text(QLabel):
    """One line of text."""

    def __init__(self, text: str = "", role: TextRole = TextRole.BODY, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)

    def set_role(self, role: TextRole) -> None:
        restyle(self, role=role.value)


class Paragraph(QLabel):
    """Text of several lines, set at a line height of 1.45 so that stacked marks never touch."""

    def __init__(self, text: str = "", role: TextRole = TextRole.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("role", role.value)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_plain(text)

    @property
    def plain(self) -> str:
        return self._plain

    def set_plain(self, text: str, underlined: Sequence[tuple[int, int]] = ()) -> None:
        """Show a text; `underlined` are its parts to point at, as start and end."""
        self._plain = text
        self.setAccessibleName(text)
        lines = _marked_up(text, underlined).replace("\n", "<br>")
        self.setText(f'<div style="line-height:{LINE_HEIGHT}%">{lines}</div>' if text else "")


class Icon(QLabel):
    """An icon beside words and says nothing by itself, in the colour of its role."""

    def __init__(self, name: str, size: int = Size.ICON, role: TextRole = TextRole.BODY) -> None:
        super().__init__()
        self._name, self._size = name, size
        self.setProperty("role", role.value)
        self._resize()

    def show_icon(self, name: str, role: TextRole = TextRole.BODY) -> None:
        self._name = name
        restyle(self, role=role.value)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}:
            self._resize()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        icons.draw(painter, self._name, self.palette().color(self.foregroundRole()).name(), QRectF(self.rect()))
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(scaled(self._size), scaled(self._size))


class Badge(QLabel):
    """A short word or number on a tinted ground."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "badge")
        self.setProperty("tone", tone.value)

    def say(self, text: str, tone: Tone) -> None:
        self.setText(text)
        restyle(self, tone=tone.value)


class KeyHint(QLabel):
    """A key as it is written on the keyboard."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setProperty("role", "key")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Button(QPushButton):
    """A button with words; `keys` is the key that does the same, shown in the tooltip."""

    _ROLE = ""
    _ICON_COLOUR = QPalette.ColorRole.ButtonText

    def __init__(self, text: str, icon: str = "", keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if self._ROLE:
            self.setProperty("role", self._ROLE)
        if icon:
            self.setIcon(icons.icon(icon, self._ICON_COLOUR, beside_words=True))
        if keys:
            self.setToolTip(with_keys(text, keys))
        self._resize_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._resize_icon()
        super().changeEvent(event)

    def _resize_icon(self) -> None:
        side = round(scaled(Size.ICON) / icons.ICON_PART)
        self.setIconSize(QSize(side, side))


class PrimaryButton(Button):
    """The one act a page or dialog is for; never two of them on one page."""

    _ROLE = "primary"
    _ICON_COLOUR = QPalette.ColorRole.HighlightedText


class QuietButton(Button):
    """An act that is there when looked for."""

    _ROLE = "quiet"


class LinkButton(Button):
    """A way to somewhere else, in the accent colour."""

    _ROLE = "link"
    _ICON_COLOUR = QPalette.ColorRole.Link


class IconButton(QToolButton):
    """An icon with a name for the screen reader and the tooltip."""

    def __init__(self, icon: str, name: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_as(icon, name, keys)

    def show_as(self, icon: str, name: str, keys: str = "") -> None:
        self.setIcon(icons.icon(icon, QPalette.ColorRole.ButtonText))
        self.setAccessibleName(name)
        self.setToolTip(with_keys(name, keys))


class Hairline(QFrame):
    """One pixel between two areas."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "hairline")
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)


class Card(QFrame):
    """A bordered area; its content goes into `body`."""

    def __init__(self, parent: QWidget | None = None, margin: int = Space.USUAL, space: int = Space.TIGHT) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = column((), space=space, margin=margin)
        self.setLayout(self.body)

    def set_chosen(self, chosen: bool) -> None:  # noqa: FBT001  a state, set by its name
        restyle(self, chosen="true" if chosen else "false")


class SectionTitle(QWidget):
    """A section's name, one line that says what it is for, and at the right an act on all of it."""

    def __init__(self, text: str, hint: str = "", act: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words: list[QWidget] = [Text(text, TextRole.SECTION, self)]
        self.hint = Paragraph(hint, TextRole.MUTED, self)
        self.hint.setVisible(bool(hint))
        words.append(self.hint)
        layout = row((), space=Space.TIGHT)
        layout.addLayout(column(words, space=2), 1)
        if act is not None:
            layout.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)


def column(parts: Sequence[QWidget | QLayout], space: int = Space.TIGHT, margin: int = 0) -> QVBoxLayout:
    """Return the parts one below the other."""
    layout = QVBoxLayout()
    _fill(layout, parts, space, margin)
    return layout


def row(parts: Sequence[QWidget | QLayout], space: int = Space.TIGHT, margin: int = 0) -> QHBoxLayout:
    """Return the parts side by side."""
    layout = QHBoxLayout()
    _fill(layout, parts, space, margin)
    return layout


def labelled(label: str, field: QWidget) -> QVBoxLayout:
    """Return a field with its label above, tied for the screen reader and for Alt+letter."""
    text = Text(label, TextRole.LABEL)
    text.setBuddy(field)
    field.setAccessibleName(label)
    return column((text, field), space=Space.HAIR)


def with_keys(text: str, keys: str) -> str:
    """Return a tooltip: what it does, and the key in the words of this system."""
    return f"{text}  ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})" if keys else text


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties that the style sheet selects by, and dress the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def resize_scaled(window: QWidget, width: int, height: int) -> None:
    """Give a dialog its size at the scale of now, but never more than the screen has."""
    screen = window.screen().availableGeometry()
    window.resize(min(scaled(width), screen.width() - Space.BROAD), min(scaled(height), screen.height() - Space.BROAD))


def scaled(length: int) -> int:
    """Return a length given at 100 % at the scale of now, for a widget that does not know the theme."""
    return round(length * QFontInfo(QApplication.font()).pixelSize() / Size.FONT)  # a font in points has no pixels


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _marked_up(text: str, underlined: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in underlined:
        parts += [html.escape(text[at:start]), "<u>", html.escape(text[start:end]), "</u>"]
        at = end
    return "".join([*parts, html.escape(text[at:])])


def _fill(layout: QBoxLayout, parts: Sequence[QWidget | QLayout], space: int, margin: int) -> None:
    layout.setSpacing(space)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
