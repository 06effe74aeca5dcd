"""Our own card: the file to hand over, the code to scan, the fingerprint to read out."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    Paragraph,
    PrimaryButton,
    SectionTitle,
    Text,
    TextRole,
    column,
    row,
)
from desktop.workspace.exchange.stations import CardView

_QR_SIDE = 296


class CardPanel(QWidget):
    """Shows the card; `save_wanted` carries the file it is to be written to."""

    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._card: CardView | None = None
        self._folder: Path | None = None
        self.code = QSvgWidget()
        self.code.setFixedSize(_QR_SIDE, _QR_SIDE)
        self.code.setAccessibleName(self.tr("The card as a QR code"))
        paper = QFrame()
        paper.setStyleSheet("background: #FFFFFF; border-radius: 6px;")  # a scanner wants dark on white in every theme
        paper.setLayout(column((self.code,), margin=Space.SNUG))
        self._name = Text("", TextRole.STRONG)
        self._number = Text("", TextRole.MUTED)
        self.fingerprint = Text("", TextRole.MONO)
        self.spoken = Paragraph("")
        for text in (self.fingerprint, self.spoken):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save = PrimaryButton(self.tr("Save the card to the stick"), "save")
        self.save.clicked.connect(self._ask_file)
        self._lay_out(paper)

    def show_card(self, card: CardView) -> None:
        self._card = card
        self._name.setText(card.name)
        self._number.setText(card.station)
        self.fingerprint.setText(card.fingerprint)
        self.spoken.set_plain(card.spoken)
        self.code.load(QByteArray(card.qr()))

    def set_folder(self, folder: Path | None) -> None:
        """Where the card is offered to be saved."""
        self._folder = folder

    def _lay_out(self, paper: QWidget) -> None:
        title = SectionTitle(
            self.tr("Our card"), self.tr("Give it to the other station once; it holds no secret."), self.save
        )
        who = column((self._name, self._number), space=2)
        marks = column(
            (
                Text(self.tr("Fingerprint, to be read out on the telephone"), TextRole.LABEL),
                self.fingerprint,
                Text(self.tr("The same in words"), TextRole.LABEL),
                self.spoken,
            ),
            space=Space.TIGHT,
        )
        words = column((who, marks), space=Space.WIDE)
        words.addStretch(1)
        card = Card(margin=Space.WIDE)
        line = row((), space=Space.BROAD)
        line.addWidget(paper, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        card.body.addLayout(line)
        layout = column((title, card), space=Space.SNUG)
        layout.addStretch(1)
        self.setLayout(layout)

    def _ask_file(self) -> None:
        if self._card is None:
            return
        proposed = str((self._folder or Path()) / f"{self._card.station}.card")
        words = self.tr("Station cards")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the card"), proposed, f"{words} (*.card)")
        if chosen:
            self.save_wanted.emit(Path(chosen))
