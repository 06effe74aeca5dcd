"""Settings: how it looks, who may open the registry, and one's own passphrase. Everything takes effect at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.preferences import Appearance
from desktop.ui.base.tokens import SCALES, Space
from desktop.ui.base.widgets import (
    Button,
    Hairline,
    Icon,
    Paragraph,
    PrimaryButton,
    SectionTitle,
    Text,
    TextRole,
    Tone,
    clear,
    column,
    labelled,
    resize_scaled,
    row,
)
from desktop.ui.shell.first_run_pages import RANKS
from desktop.ui.shell.passphrase_fields import NewPassphrase, PassphraseField
from desktop.workspace.station.officers import OfficerView


class SettingsDialog(QDialog):
    """Three tabs. Answer `officer_wanted` and `passphrase_wanted` with `show_added`, `show_changed` or `show_error`."""

    appearance_wanted = Signal(object)
    scale_wanted = Signal(int)
    language_wanted = Signal(str)
    advances_wanted = Signal(bool)
    officer_wanted = Signal(str, str, str, str)
    passphrase_wanted = Signal(str, str)

    def __init__(
        self,
        language: Language,
        appearance: Appearance,
        scale: int,
        propose: Callable[[], str],
        parent: QWidget,
        *,
        advances: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 680, 560)
        self.look = LookTab(language, appearance, scale, advances=advances)
        self.look.advances_wanted.connect(self.advances_wanted)
        self.look.appearance_wanted.connect(self.appearance_wanted)
        self.look.scale_wanted.connect(self.scale_wanted)
        self.look.language_wanted.connect(self.language_wanted)
        self.officers = OfficersTab(propose)
        self.officers.officer_wanted.connect(self.officer_wanted)
        self.passphrase = PassphraseTab(propose)
        self.passphrase.passphrase_wanted.connect(self.passphrase_wanted)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.look, self.tr("Look"))
        self.tabs.addTab(self.officers, self.tr("Officers"))
        self.tabs.addTab(self.passphrase, self.tr("Passphrase"))
        self.notice = MessageBar(language)
        close = Button(self.tr("Close"), keys="Esc")
        close.clicked.connect(self.close)
        foot = row(())
        foot.addStretch(1)
        foot.addWidget(close)
        layout = column((self.tabs, self.notice, foot), space=Space.SNUG, margin=Space.USUAL)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_officers(self, officers: Sequence[OfficerView]) -> None:
        self.officers.show_officers(officers)

    def show_added(self) -> None:
        self.officers.clear()
        self.notice.say(
            self.tr("The officer is added. Hand the passphrase over in person; nobody else needs it."), Tone.DONE
        )

    def show_changed(self) -> None:
        self.passphrase.clear()
        self.notice.say(self.tr("The passphrase is changed."), Tone.DONE)

    def show_error(self, error: DesktopError) -> None:
        self.officers.set_waiting(False)
        self.passphrase.set_waiting(False)
        self.notice.show_error(error)


class LookTab(QWidget):
    """Colours, size, language, and whether a full field goes on by itself."""

    appearance_wanted = Signal(object)
    scale_wanted = Signal(int)
    language_wanted = Signal(str)
    advances_wanted = Signal(bool)

    def __init__(self, language: Language, appearance: Appearance, scale: int, *, advances: bool) -> None:
        super().__init__()
        self.appearance = QComboBox()
        for value, words in (
            (Appearance.SYSTEM, self.tr("As the system")),
            (Appearance.LIGHT, self.tr("Light")),
            (Appearance.DARK, self.tr("Dark")),
            (Appearance.HIGH_CONTRAST, self.tr("High contrast")),
        ):
            self.appearance.addItem(words, value.value)
        self.appearance.setCurrentIndex(self.appearance.findData(appearance.value))
        self.appearance.activated.connect(self._want_appearance)
        self.scale = QComboBox()
        for percent in SCALES:
            self.scale.addItem(f"{percent} %", percent)
        self.scale.setCurrentIndex(self.scale.findData(scale))
        self.scale.activated.connect(self._want_scale)
        self.language = QComboBox()
        self.language.addItem("Tiếng Việt", "vi")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(language))
        self.language.activated.connect(self._want_language)
        layout = _page()
        for label, box in (
            (self.tr("Colours"), self.appearance),
            (self.tr("Size  (Ctrl+= and Ctrl+-)"), self.scale),
            (self.tr("Language"), self.language),
        ):
            box.setFixedWidth(280)
            layout.addLayout(labelled(label, box))
        self.advances = QCheckBox(self.tr("Go on by itself from a field that is full"))
        self.advances.setChecked(advances)
        self.advances.clicked.connect(self.advances_wanted)
        explained = self.tr(
            "A whole date, a whole number of a paper, a whole code, yes or no: the cursor goes to the next field, and "
            "an Enter right after it does nothing. Enter also passes over answers kept from the record before."
        )
        layout.addLayout(column((self.advances, Paragraph(explained, TextRole.MUTED)), space=Space.HAIR))
        layout.addStretch(1)
        self.setLayout(layout)

    def _want_appearance(self) -> None:
        self.appearance_wanted.emit(Appearance(self.appearance.currentData()))

    def _want_scale(self) -> None:
        self.scale_wanted.emit(self.scale.currentData())

    def _want_language(self) -> None:
        self.language_wanted.emit(self.language.currentData())


class OfficersTab(QWidget):
    """Who may open the registry, and another one."""

    officer_wanted = Signal(str, str, str, str)

    def __init__(self, propose: Callable[[], str]) -> None:
        super().__init__()
        self._list = column((), space=Space.TIGHT)
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.textChanged.connect(self._enable)
        self.rank = QComboBox()
        self.rank.setEditable(True)
        self.rank.addItems(["", *RANKS])
        self.position = QLineEdit()
        self.new = NewPassphrase(propose)
        self.new.complete_changed.connect(self._enable)
        self.add = PrimaryButton(self.tr("Add the officer"), "user-plus")
        self.add.clicked.connect(self._want)
        layout = _page()
        layout.addWidget(SectionTitle(self.tr("May open this registry")))
        layout.addLayout(self._list)
        layout.addWidget(Hairline())
        layout.addWidget(SectionTitle(self.tr("Another officer"), self.tr("With a passphrase of their own.")))
        layout.addLayout(labelled(self.tr("Full name"), self.name))
        pair = row(
            (labelled(self.tr("Rank"), self.rank), labelled(self.tr("Position"), self.position)), space=Space.USUAL
        )
        pair.setStretch(0, 1)
        pair.setStretch(1, 2)
        layout.addLayout(pair)
        layout.addWidget(self.new)
        foot = row(())
        foot.addStretch(1)
        foot.addWidget(self.add)
        layout.addLayout(foot)
        layout.addStretch(1)
        self.setLayout(_scrolled(layout))
        self._enable()

    def show_officers(self, officers: Sequence[OfficerView]) -> None:
        clear(self._list)
        for officer in officers:
            words = Text(f"{officer.rank} {officer.name}".strip(), TextRole.LABEL)
            line = row((Icon("user-round", 16, TextRole.MUTED), words), space=Space.TIGHT)
            line.addWidget(Text(officer.position, TextRole.MUTED), 1)
            self._list.addLayout(line)

    def clear(self) -> None:
        self.name.clear()
        self.rank.setCurrentIndex(0)
        self.position.clear()
        self.new.clear()
        self.set_waiting(False)

    def set_waiting(self, waiting: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.setEnabled(not waiting)
        self._enable()

    def _enable(self) -> None:
        self.new.set_known((self.name.text(),))
        self.add.setEnabled(bool(self.name.text().strip()) and self.new.is_complete)

    def _want(self) -> None:
        self.set_waiting(True)
        self.officer_wanted.emit(
            self.name.text().strip(),
            self.rank.currentText().strip(),
            self.position.text().strip(),
            self.new.passphrase,
        )


class PassphraseTab(QWidget):
    """One's own passphrase: the old one, and a new one twice."""

    passphrase_wanted = Signal(str, str)

    def __init__(self, propose: Callable[[], str]) -> None:
        super().__init__()
        self.old = PassphraseField(self.tr("Passphrase of now"))
        self.old.textChanged.connect(self._enable)
        self.new = NewPassphrase(propose, self.tr("New passphrase"))
        self.new.complete_changed.connect(self._enable)
        self.change = PrimaryButton(self.tr("Change the passphrase"), "key-round")
        self.change.clicked.connect(self._want)
        layout = _page()
        layout.addLayout(labelled(self.tr("Passphrase of now"), self.old))
        layout.addWidget(self.new)
        foot = row(())
        foot.addStretch(1)
        foot.addWidget(self.change)
        layout.addLayout(foot)
        layout.addStretch(1)
        self.setLayout(layout)
        self._enable()

    def clear(self) -> None:
        self.old.clear()
        self.new.clear()
        self.set_waiting(False)

    def set_waiting(self, waiting: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.setEnabled(not waiting)
        self._enable()

    def _enable(self) -> None:
        self.change.setEnabled(bool(self.old.text()) and self.new.is_complete)

    def _want(self) -> None:
        self.set_waiting(True)
        self.passphrase_wanted.emit(self.old.text(), self.new.passphrase)


def _page() -> QVBoxLayout:
    layout = column((), space=Space.USUAL)
    layout.setContentsMargins(Space.TIGHT, Space.USUAL, Space.TIGHT, Space.TIGHT)
    return layout


def _scrolled(layout: QVBoxLayout) -> QVBoxLayout:
    inside = QWidget()
    inside.setProperty("role", "page")
    inside.setLayout(layout)
    scroll = QScrollArea()
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return column((scroll,))
