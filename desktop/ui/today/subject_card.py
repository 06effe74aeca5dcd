"""A card of the page Today: one subject, an act on all of it, and a line for each thing that waits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Badge,
    Button,
    Card,
    Icon,
    Text,
    TextRole,
    Tone,
    row,
    scaled,
)

_NUMBER_WIDTH = 112
_BADGE_WIDTH = 150


class SubjectCard(Card):
    """A heading with a count, at the right an act, then lines."""

    def __init__(self, icon: str, title: str, count: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__(margin=Space.USUAL, space=Space.HAIR)
        self._head = row((Icon(icon), Text(title, TextRole.SECTION)), space=Space.TIGHT)
        self._badges = row((), space=Space.HAIR)
        self._head.addLayout(self._badges)
        self._head.addStretch(1)
        if count:
            self.add_badge(count, tone)
        self.body.addLayout(self._head)
        self.body.addSpacing(Space.HAIR)

    def add_badge(self, words: str, tone: Tone) -> None:
        self._badges.addWidget(Badge(words, tone))

    def add_act(self, act: QWidget) -> None:
        self._head.addWidget(act)

    def add_line(self, line: "SubjectLine") -> None:
        self.body.addWidget(line)

    def say_more(self, words: str) -> None:
        if words:
            self.body.addWidget(Text(words, TextRole.MUTED))


class SubjectLine(Button):
    """One thing that waits; the whole line opens it."""

    _ROLE = "line"

    def __init__(self, number: str, title: str, detail: str) -> None:
        super().__init__("")
        self.target = ("", "")
        self.field = ""
        self.setAccessibleName(" ".join(part for part in (number, title, detail) if part))
        self._layout = row((), space=Space.SNUG)
        self._layout.setContentsMargins(Space.TIGHT, 0, Space.TIGHT, 0)
        if number and number != title:
            shown = Text(number, TextRole.MUTED)
            shown.setFixedWidth(scaled(_NUMBER_WIDTH))
            self._layout.addWidget(shown)
        self._layout.addWidget(ElidedLabel(title, TextRole.NAME), 4)
        self._layout.addWidget(ElidedLabel(detail, TextRole.MUTED), 6)
        for part in self.findChildren(Text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(self._layout)

    def add_badge(self, words: str, tone: Tone) -> None:
        badge = Badge(words, tone)
        place = QWidget()
        place.setFixedWidth(scaled(_BADGE_WIDTH))  # one width, so that the columns of a card align
        place.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(())
        inside.addWidget(badge, 0, Qt.AlignmentFlag.AlignRight)
        place.setLayout(inside)
        self._layout.addWidget(place)
        self.setAccessibleName(f"{self.accessibleName()}, {words}")
