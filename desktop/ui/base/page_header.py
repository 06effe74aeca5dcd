"""The head of a page: its title, one line of facts, the search and the one primary action."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    IconButton,
    KeyHint,
    PrimaryButton,
    Text,
    TextRole,
    column,
    row,
    scaled,
)


class PageHeader(QWidget):
    """Title and facts at the left; search and primary action at the right, each only when it is named."""

    searched = Signal(str)
    acted = Signal()

    def __init__(self, title: str, search: str = "", action: str = "", icon: str = "plus", keys: str = "") -> None:
        super().__init__()
        self.title = Text(title, TextRole.TITLE)
        self.facts = Text("", TextRole.MUTED)
        self.facts.setMinimumHeight(18)
        self.search = SearchField(search)
        if not search:  # never `setVisible(True)`: before it has a parent it would be a window of its own
            self.search.hide()
        self.search.textChanged.connect(self.searched)
        self.action = PrimaryButton(action, icon, keys)
        if not action:
            self.action.hide()
        self.action.clicked.connect(self.acted)
        layout = row((), space=Space.TIGHT)
        layout.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.SNUG)
        layout.addLayout(column((self.title, self.facts), space=0), 1)
        layout.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, facts: str) -> None:
        self.facts.setText(facts)


class SearchField(QLineEdit):
    """A field to search in: a glass at the left; at the right its key, or a cross once something is typed."""

    def __init__(self, placeholder: str, keys: str = "Ctrl+F") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMinimumWidth(280)
        self._has_hint = bool(keys)
        self._hint = KeyHint(keys)
        self._cross = IconButton("x", self.tr("Clear"))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.clear)
        layout = row((Icon("search", 16, TextRole.MUTED),), space=0)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        layout.addWidget(self._cross)
        layout.setContentsMargins(Space.TIGHT, 0, Space.TIGHT, 0)
        self.setLayout(layout)
        self.textChanged.connect(self._dress)
        self._dress("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._make_room()
        super().changeEvent(event)

    def _dress(self, text: str) -> None:
        self._hint.setVisible(self._has_hint and not text)
        self._cross.setVisible(bool(text))
        self._make_room()

    def _make_room(self) -> None:
        right = self._hint.sizeHint().width() if self._hint.isVisibleTo(self) else scaled(24)
        self.setTextMargins(scaled(16) + Space.HAIR, 0, right, 0)
