"""The menu bar: every act with its key, so that the keys can be found and learned."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.ui.base.keys import ACT_KEYS, KeyTable
from desktop.ui.base.page import Act
from desktop.ui.base.preferences import Appearance


class Menus(QObject):
    """Builds the menus and says what was asked. `refresh` greys what the page shown cannot do."""

    act_wanted = Signal(object)
    numbered_page_wanted = Signal(int)
    lock_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()
    blanks_wanted = Signal()
    book_wanted = Signal()
    export_wanted = Signal()
    help_wanted = Signal()
    fold_wanted = Signal()
    larger_wanted = Signal()
    smaller_wanted = Signal()
    usual_size_wanted = Signal()
    appearance_wanted = Signal(object)

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._words = KeyTable(self)
        self._acts: dict[Act, QAction] = {}
        self._numbers: dict[QAction, int] = {}
        self._appearances: dict[QAction, Appearance] = {}
        self._work: list[QAction] = []
        self._record_menu()
        self._field_menu()
        self._view_menu()
        self._help_menu()

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Work can be asked for only while the registry is open."""
        for action in self._work:
            action.setEnabled(is_open)
        self._bar.setVisible(is_open)

    def show_pages(self, labels: Mapping[int, str]) -> None:
        """Put the pages that have a digit into the view menu."""
        for number, label in sorted(labels.items()):
            action = self._add(self._pages, label, f"Alt+{number}")
            self._numbers[action] = number
            action.triggered.connect(self._want_page)
            self._work.append(action)

    def show_appearance(self, appearance: Appearance) -> None:
        for action, offered in self._appearances.items():
            action.setChecked(offered is appearance)

    def _record_menu(self) -> None:
        menu = self._bar.addMenu(self.tr("&Record"))
        for act in (Act.NEW, Act.RESUME, Act.SAVE, Act.FIND, Act.PRINT, Act.PERSON, Act.DOUBLE_ENTRY):
            self._add_act(menu, act)
        menu.addSeparator()
        blanks = self._add(menu, self.tr("Blank forms"))
        blanks.triggered.connect(self.blanks_wanted)
        book = self._add(menu, self.tr("Register book"))
        book.triggered.connect(self.book_wanted)
        export = self._add(menu, self.tr("Export data"), "Ctrl+Shift+E")
        export.triggered.connect(self.export_wanted)
        self._work += [blanks, book, export]
        menu.addSeparator()
        settings = self._add(menu, self.tr("Settings"))
        settings.triggered.connect(self.settings_wanted)
        lock = self._add(menu, self.tr("Lock"), "Ctrl+L")
        lock.triggered.connect(self.lock_wanted)
        self._work += [settings, lock]
        self._add(menu, self.tr("Quit"), "Ctrl+Q").triggered.connect(self.quit_wanted)

    def _field_menu(self) -> None:
        menu = self._bar.addMenu(self.tr("&Form"))
        for act in (Act.CODES, Act.GO_TO, Act.SECTION, Act.REPEAT, Act.NEXT_PROBLEM, Act.NOTE, Act.NOTES):
            self._add_act(menu, act)

    def _view_menu(self) -> None:
        menu = self._bar.addMenu(self.tr("&View"))
        self._pages = menu.addMenu(self.tr("Go to"))
        fold = self._add(menu, self.tr("Fold or unfold the sidebar"), "Ctrl+B")
        fold.triggered.connect(self.fold_wanted)
        self._work.append(fold)
        menu.addSeparator()
        self._add(menu, self.tr("Larger"), "Ctrl+=").triggered.connect(self.larger_wanted)
        self._add(menu, self.tr("Smaller"), "Ctrl+-").triggered.connect(self.smaller_wanted)
        self._add(menu, self.tr("Usual size"), "Ctrl+0").triggered.connect(self.usual_size_wanted)
        menu.addSeparator()
        group = QActionGroup(self)
        for appearance, words in (
            (Appearance.SYSTEM, self.tr("As the system")),
            (Appearance.LIGHT, self.tr("Light")),
            (Appearance.DARK, self.tr("Dark")),
            (Appearance.HIGH_CONTRAST, self.tr("High contrast")),
        ):
            action = self._add(menu, words)
            action.setCheckable(True)
            group.addAction(action)
            self._appearances[action] = appearance
            action.triggered.connect(self._want_appearance)

    def _help_menu(self) -> None:
        menu = self._bar.addMenu(self.tr("&Help"))
        self._add(menu, self.tr("Help on this field, or all keys"), "F1").triggered.connect(self.help_wanted)

    def _add(self, menu: QMenu, words: str, keys: str = "") -> QAction:
        action = menu.addAction(words)
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    def _add_act(self, menu: QMenu, act: Act) -> None:
        action = self._add(menu, self._words.act(act), ACT_KEYS[act])
        self._acts[act] = action
        self._work.append(action)
        action.triggered.connect(self._want_act)

    def _want_act(self) -> None:
        sender = self.sender()
        for act, action in self._acts.items():
            if action is sender:
                self.act_wanted.emit(act)

    def _want_page(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.numbered_page_wanted.emit(self._numbers[sender])

    def _want_appearance(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.appearance_wanted.emit(self._appearances[sender])
