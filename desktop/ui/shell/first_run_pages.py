"""The five questions of the set-up, one page each. A page shows, asks, and says whether it is answered."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QLineEdit, QRadioButton, QWidget

from desktop.domain.names.names import fold
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    Icon,
    Paragraph,
    Text,
    TextRole,
    Tone,
    column,
    labelled,
    row,
)
from desktop.ui.form.unit_picker import UnitChoice, UnitPicker
from desktop.ui.shell.passphrase_fields import NewPassphrase
from desktop.workspace.base.session import StationKind

RANKS: Final = (
    "Đại tá",
    "Thượng tá",
    "Trung tá",
    "Thiếu tá",
    "Đại úy",
    "Thượng úy",
    "Trung úy",
    "Thiếu úy",
    "Thượng sĩ",
    "Trung sĩ",
    "Hạ sĩ",
)


class SetupPage(QWidget):
    """One question; `answered_changed` follows `is_answered`."""

    answered_changed = Signal()

    title = ""
    hint = ""

    @property
    def is_answered(self) -> bool:
        return True

    def enter(self) -> None:
        """The page is now the one shown."""


class KindPage(SetupPage):
    """Which post this is."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("Which post is this?")
        self.hint = self.tr("It decides the letter-head, the station's number and what is sent where.")
        self._group = QButtonGroup(self)
        self._cards: dict[StationKind, ChoiceCard] = {}
        for kind, icon, name, text in (
            (
                "commune",
                "shield",
                self.tr("Commune police"),
                self.tr("Keeps the registers of one commune and sends them to the province."),
            ),
            (
                "border",
                "flag",
                self.tr("Border-guard station"),
                self.tr("Keeps the registers of its stretch of the border and sends them to the province."),
            ),
            (
                "province",
                "building-2",
                self.tr("Province office"),
                self.tr("Receives the bundles of the posts and gathers them."),
            ),
        ):
            self._add(kind, ChoiceCard(icon, name, text))  # type: ignore[arg-type]  # mypy widens a tuple of literals
        layout = column(tuple(self._cards.values()), space=Space.SNUG)
        layout.addStretch(1)
        self.setLayout(layout)
        self._cards["commune"].button.setChecked(True)

    @property
    def kind(self) -> StationKind:
        return next(kind for kind, card in self._cards.items() if card.button.isChecked())

    def enter(self) -> None:
        self._cards[self.kind].button.setFocus()

    def _add(self, kind: StationKind, card: "ChoiceCard") -> None:
        self._cards[kind] = card
        self._group.addButton(card.button)
        card.button.toggled.connect(self.answered_changed)


class PlacePage(SetupPage):
    """Where the post is: a province, and for a post a commune."""

    def __init__(self, provinces: Iterable[UnitChoice], communes: Callable[[str], Iterable[UnitChoice]]) -> None:
        super().__init__()
        self._communes = communes
        self._needs_commune = True
        self.title = self.tr("Where is the post?")
        self.hint = self.tr("The units of 1 July 2025. An old name finds its new unit, with marks or without.")
        self.province = UnitPicker(self.tr("Province"), self.tr("Find a province"), provinces)
        self.commune = UnitPicker(self.tr("Commune, ward or special zone"), self.tr("Find a commune"))
        self.province.chosen.connect(self._offer_communes)
        self.commune.chosen.connect(self.answered_changed)
        lists = row((self.province, self.commune), space=Space.USUAL)
        lists.setStretch(0, 2)
        lists.setStretch(1, 3)
        self.setLayout(lists)

    @property
    def is_answered(self) -> bool:
        return self.province.unit is not None and (not self._needs_commune or self.commune.unit is not None)

    def ask_for(self, kind: StationKind) -> None:
        """A province office has no commune."""
        self._needs_commune = kind != "province"
        self.commune.setVisible(self._needs_commune)

    def enter(self) -> None:
        self.province.setFocus()

    def _offer_communes(self, province: UnitChoice | None) -> None:
        self.commune.set_units(self._communes(province.code) if province else ())
        self.answered_changed.emit()


class NamesPage(SetupPage):
    """The post's name and the first officer's."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("What is printed on your papers?")
        self.hint = self.tr("The post's name is printed as you write it here.")
        self._proposed = ""
        self.name = QLineEdit()
        self.officer_name = QLineEdit()
        self.officer_rank = QComboBox()
        self.officer_rank.setEditable(True)
        self.officer_rank.addItems(["", *RANKS])
        self.officer_position = QLineEdit()
        for field in (self.name, self.officer_name):
            field.textChanged.connect(self.answered_changed)
            field.setMaxLength(200)
        layout = column((), space=Space.USUAL)
        layout.addLayout(labelled(self.tr("Name of the post, as on the letter-head"), self.name))
        layout.addSpacing(Space.TIGHT)
        layout.addLayout(labelled(self.tr("Your full name"), self.officer_name))
        pair = row(
            (
                labelled(self.tr("Rank"), self.officer_rank),
                labelled(self.tr("Position"), self.officer_position),
            ),
            space=Space.USUAL,
        )
        pair.setStretch(0, 1)
        pair.setStretch(1, 2)
        layout.addLayout(pair)
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def is_answered(self) -> bool:
        return bool(self.name.text().strip()) and bool(self.officer_name.text().strip())

    def propose(self, name: str) -> None:
        """Fill in the post's name unless the officer has written another."""
        if self.name.text() in {"", self._proposed}:
            self.name.setText(name)
        self._proposed = name

    def enter(self) -> None:
        self.officer_name.setFocus()


class PassphrasePage(SetupPage):
    """The passphrase that opens the registry."""

    def __init__(self, propose: Callable[[], str]) -> None:
        super().__init__()
        self.title = self.tr("Your passphrase")
        self.hint = self.tr("It opens the registry on this machine. Nobody can look it up, not even the province.")
        self.fields = NewPassphrase(propose)
        self.fields.complete_changed.connect(self.answered_changed)
        layout = column((self.fields,), space=Space.USUAL)
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def is_answered(self) -> bool:
        return self.fields.is_complete

    def enter(self) -> None:
        self.fields.field.setFocus()


class RecoveryPage(SetupPage):
    """The recovery code, shown this once."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.title = self.tr("The recovery code")
        self.hint = self.tr("The only way in when every passphrase is lost. It is shown this once.")
        self._code = ""
        self._post = ""
        self.shown = Text("", TextRole.MONO)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card(margin=Space.WIDE)
        card.body.addWidget(self.shown)
        self.print = Button(self.tr("Print it"), "printer")
        self.print.clicked.connect(self._print)
        self.last_group = QLineEdit()
        self.last_group.setMaxLength(12)
        self.last_group.setMaximumWidth(160)
        self.last_group.textChanged.connect(self.answered_changed)
        proof = labelled(self.tr("To show that you have it: type its last four characters"), self.last_group)
        advice = MessageBar(language)
        advice.set_closable(False)
        advice.say(
            self.tr(
                "Put it into a sealed envelope, in the safe of your unit or of the province. "
                "Never keep it beside this machine."
            ),
            Tone.WARNING,
        )
        layout = column((card,), space=Space.USUAL)
        buttons = row((self.print,))
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addWidget(advice)
        layout.addLayout(proof)
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def is_answered(self) -> bool:
        typed = "".join(self.last_group.text().split()).upper()
        return bool(self._code) and typed == self._code.replace("-", "")[-4:]

    def show_code(self, code: str, post: str) -> None:
        self._code, self._post = code, post
        self.shown.setText(_in_two_lines(code))
        self.last_group.clear()
        self.answered_changed.emit()

    def enter(self) -> None:
        self.last_group.setFocus()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.sheet().print_(printer)

    def sheet(self) -> QTextDocument:
        """Return what is printed: the post, the code, and what it is for."""
        sheet = QTextDocument()
        sheet.setPlainText(
            "\n\n".join(
                (
                    self._post,
                    self.tr("Recovery code of the registry"),
                    _in_two_lines(self._code),
                    self.tr("Whoever holds this code can open the registry. Keep it sealed, in the safe."),
                )
            )
        )
        return sheet


class ChoiceCard(Card):
    """A radio button with an icon and a sentence; the whole card can be clicked."""

    def __init__(self, icon: str, name: str, text: str) -> None:
        super().__init__()
        self.button = QRadioButton(name)
        self.button.setAccessibleDescription(text)
        font = self.button.font()
        font.setWeight(font.Weight.DemiBold)
        self.button.setFont(font)
        self.button.toggled.connect(self.set_chosen)
        explained = Paragraph(text, TextRole.MUTED)
        explained.setContentsMargins(Space.WIDE + 2, 0, 0, 0)
        line = row((Icon(icon, 24),), space=Space.USUAL)
        line.addLayout(column((self.button, explained), space=0), 1)
        self.body.addLayout(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setChecked(True)
        self.button.setFocus()
        super().mousePressEvent(event)


def post_name(kind: StationKind, province: str, commune: str) -> str:
    """Return how the post is usually called on its letter-head, in Vietnamese whatever the language shown."""
    if kind == "province":
        return f"Công an {_small_first(province)}"
    if kind == "border":
        return f"Đồn Biên phòng {_without_kind(commune)}"
    return f"Công an {_small_first(commune)}"


def _small_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _without_kind(name: str) -> str:
    kinds = ("xa ", "phuong ", "dac khu ")
    return next((name[len(kind) :] for kind in kinds if fold(name).startswith(kind)), name)


def _in_two_lines(code: str) -> str:
    groups = code.split("-")
    middle = (len(groups) + 1) // 2
    return "  ".join(groups[:middle]) + "\n" + "  ".join(groups[middle:])
