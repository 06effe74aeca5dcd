"""The head of a page: its title, one line of facts, the search and the one primary action."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.ui import icons
from desktop.ui.tokens import Space
from desktop.ui.widgets import KeyHint, PrimaryButton, Role, Text, column, row


class PageHeader(QWidget):
    """Title and facts at the left; search and primary action at the right, each only when it is named."""

    searched = Signal(str)
    acted = Signal()

    def __init__(self, title: str, search: str = "", action: str = "", icon: str = "plus", keys: str = "") -> None:
        super().__init__()
        self.title = Text(title, Role.TITLE)
        self.facts = Text("", Role.MUTED)
        self.facts.setMinimumHeight(18)
        self.search = SearchField(search)
        self.search.setVisible(bool(search))
        self.search.textChanged.connect(self.searched)
        self.action = PrimaryButton(action, icon, keys)
        self.action.setVisible(bool(action))
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
    """A field to search in, with its key at the right until something is typed."""

    def __init__(self, placeholder: str, keys: str = "Ctrl+F") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(280)
        self.addAction(
            icons.icon("search", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.LeadingPosition
        )
        self._hint = KeyHint(keys)
        self._hint.setVisible(bool(keys))
        layout = row((), margin=0)
        layout.setContentsMargins(0, 0, Space.TIGHT, 0)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        self.setLayout(layout)
        self.textChanged.connect(self._show_hint)

    def _show_hint(self, text: str) -> None:
        self._hint.setVisible(not text)
