"""Every key of the program, in one table: the menus, the tooltips and the F1 sheet read it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.ui.base.page import Act
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    KeyHint,
    Text,
    TextRole,
    column,
    row,
)

ACT_KEYS = {
    Act.NEW: "Ctrl+N",
    Act.SAVE: "Ctrl+S",
    Act.FIND: "Ctrl+F",
    Act.PRINT: "Ctrl+P",
    Act.PERSON: "Ctrl+I",
    Act.FIELD_HELP: "F1",
    Act.CODES: "F4",
    Act.SECTION: "F6",
    Act.REPEAT: "F7",
    Act.NEXT_PROBLEM: "F8",
    Act.NOTE: "Ctrl+D",
    Act.NOTES: "Ctrl+Shift+D",
    Act.GO_TO: "Ctrl+G",
    Act.DOUBLE_ENTRY: "Ctrl+K",
    Act.RESUME: "Ctrl+R",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does, in the language shown."""

    keys: str
    words: str


class KeyTable(QObject):
    """The words of the keys."""

    def act(self, act: Act) -> str:
        return {
            Act.NEW: self.tr("New record"),
            Act.SAVE: self.tr("Save"),
            Act.FIND: self.tr("Find"),
            Act.PRINT: self.tr("Print preview"),
            Act.PERSON: self.tr("All about a person"),
            Act.FIELD_HELP: self.tr("Help on this field"),
            Act.CODES: self.tr("List of codes"),
            Act.SECTION: self.tr("Go to section"),
            Act.REPEAT: self.tr("Repeat the last record's value"),
            Act.NEXT_PROBLEM: self.tr("Next problem"),
            Act.NOTE: self.tr("Note on this field"),
            Act.NOTES: self.tr("List of notes"),
            Act.GO_TO: self.tr("Go to field"),
            Act.DOUBLE_ENTRY: self.tr("Key again to compare"),
            Act.RESUME: self.tr("Go on with the unfinished form"),
        }[act]

    def groups(self) -> tuple[tuple[str, tuple[Key, ...]], ...]:
        """Return what the F1 sheet shows."""
        return (
            (
                self.tr("Everywhere"),
                (
                    *(Key(ACT_KEYS[act], self.act(act)) for act in (Act.NEW, Act.RESUME, Act.FIND, Act.PRINT)),
                    Key("Alt+1 … Alt+9", self.tr("Go to a page of the sidebar")),
                    Key("Ctrl+Shift+E", self.tr("Export data")),
                    Key("Ctrl+B", self.tr("Fold or unfold the sidebar")),
                    Key("Ctrl+=", self.tr("Larger")),
                    Key("Ctrl+-", self.tr("Smaller")),
                    Key("Ctrl+0", self.tr("Usual size")),
                    Key("Ctrl+L", self.tr("Lock")),
                    Key("F1", self.tr("This list, or help on the field")),
                ),
            ),
            (
                self.tr("In a form"),
                (
                    Key("Enter, Tab, ↓", self.tr("Next field")),
                    Key("Shift+Tab, ↑", self.tr("Field before")),
                    Key("PgDn, PgUp", self.tr("Next section, section before")),
                    *(
                        Key(ACT_KEYS[act], self.act(act))
                        for act in (
                            *(Act.SAVE, Act.CODES, Act.GO_TO, Act.SECTION, Act.REPEAT, Act.NEXT_PROBLEM),
                            *(Act.NOTE, Act.NOTES),
                        )
                    ),
                    Key("Ctrl+Enter, Ins", self.tr("Add a row below")),
                    Key("Ctrl+Del", self.tr("Take the row away")),
                    Key("↑, ↓", self.tr("In rows: the row above, the row below")),
                    Key("F3", self.tr("Look at the file")),
                    Key("Esc", self.tr("Leave; the draft stays")),
                ),
            ),
            (
                self.tr("In a list"),
                (
                    Key("↑, ↓", self.tr("Move")),
                    Key("Enter", self.tr("Open")),
                    Key(ACT_KEYS[Act.PERSON], self.act(Act.PERSON)),
                    Key(ACT_KEYS[Act.DOUBLE_ENTRY], self.act(Act.DOUBLE_ENTRY)),
                    Key("Ins, Del", self.tr("On a person's page: add a link, take one away")),
                ),
            ),
            (
                self.tr("Conflicts"),
                (
                    Key("1, 2, 3", self.tr("Choose a card")),
                    Key("Enter", self.tr("Keep the chosen value")),
                ),
            ),
        )


_LONGEST = 1
"""The group that has a column of its own: the keys of a form."""


class KeySheet(QDialog):
    """All keys on one sheet; it stays beside the work until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups = KeyTable(self).groups()
        left, right = column((), space=Space.WIDE), column((), space=Space.WIDE)
        for number, (title, keys) in enumerate(groups):
            (right if number == _LONGEST else left).addLayout(_group(title, keys))
        left.addStretch(1)
        right.addStretch(1)
        close = Button(self.tr("Close"), keys="Esc")
        close.clicked.connect(self.close)
        foot = row(())
        foot.addStretch(1)
        foot.addWidget(close)
        layout = column((Text(self.tr("Keys"), TextRole.TITLE),), space=Space.USUAL, margin=Space.WIDE)
        layout.addLayout(row((left, right), space=Space.BROAD + Space.USUAL))
        layout.addLayout(foot)
        self.setLayout(layout)


def _group(title: str, keys: tuple[Key, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.USUAL)
    grid.setVerticalSpacing(Space.TIGHT)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Text(title, TextRole.SECTION), 0, 0, 1, 2)
    for number, key in enumerate(keys, 1):
        grid.addWidget(KeyHint(key.keys), number, 0)
        grid.addWidget(Text(key.words), number, 1)
    return grid
