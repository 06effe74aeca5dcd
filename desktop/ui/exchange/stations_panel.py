"""Trusted stations: take in a card, compare its fingerprint by voice, trust or stop trusting.

- The fingerprint of a card that is not trusted yet is not shown: what the other side reads out has to be typed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QHeaderView, QLineEdit, QStackedWidget, QTableView, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base import icons
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    Paragraph,
    PrimaryButton,
    SectionTitle,
    Text,
    TextRole,
    Tone,
    column,
    labelled,
    row,
)
from desktop.workspace.exchange.stations import StationView

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
PENDING: Final = "pending"
TRUSTED: Final = "trusted"
REVOKED: Final = "revoked"
_WIDTHS: Final = (240, 150, 124, 190)


class StationsModel(QAbstractTableModel):
    """The stations known here."""

    def __init__(self, theme: Theme, stations: Sequence[StationView] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._stations = tuple(stations)

    def set_stations(self, stations: Sequence[StationView]) -> None:
        self.beginResetModel()
        self._stations = tuple(stations)
        self.endResetModel()

    def station(self, number: int) -> StationView:
        return self._stations[number]

    def number_of(self, station: str) -> int:
        return next((number for number, view in enumerate(self._stations) if view.station == station), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._stations)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Station"), self.tr("Number"), self.tr("Kind"), self.tr("Trust"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        view, column_number = self._stations[index.row()], index.column()
        is_trust = column_number == len(_WIDTHS) - 1
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return (view.name, view.station, self._kind(view.kind), self._trust(view.status))[column_number]
            case Qt.ItemDataRole.DecorationRole if is_trust:
                return icons.icon({TRUSTED: "shield-check", REVOKED: "ban"}.get(view.status, "shield-alert"))
            case Qt.ItemDataRole.ForegroundRole if is_trust and view.status != TRUSTED:
                return QColor(self._theme.colours.warning)
        return None

    def _kind(self, kind: str) -> str:
        return {
            "commune": self.tr("Commune police"),
            "border": self.tr("Border guard"),
            "province": self.tr("Province office"),
        }.get(kind, kind)

    def _trust(self, status: str) -> str:
        return {
            PENDING: self.tr("fingerprint not compared"),
            TRUSTED: self.tr("trusted"),
            REVOKED: self.tr("no longer trusted"),
        }.get(status, status)


class StationsPanel(QWidget):
    """The table, and below it what can be done with the selected station."""

    card_wanted = Signal(object)
    trust_wanted = Signal(str, str)
    revoke_wanted = Signal(str)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self.model = StationsModel(theme)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Stations"))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentChanged.connect(self._show_station)
        self.notice = MessageBar(language)
        self.add = PrimaryButton(self.tr("Add a station's card"), "plus")
        self.add.clicked.connect(self._ask_card)
        self.empty = EmptyState(
            "id-card",
            self.tr("No other station is known yet"),
            self.tr(
                "Stations exchange their cards once, as a file on a stick. "
                "Then each reads the other's fingerprint out on the telephone, and both are trusted."
            ),
        )
        self.compare = ComparePanel()
        self.compare.trust_wanted.connect(self._want_trust)
        self.revoke = Button(self.tr("Stop trusting this station"), "ban")
        self.revoke.clicked.connect(self._want_revoke)
        self._below = QStackedWidget()
        trusted = QWidget()
        line = row((self.revoke,))
        line.addStretch(1)
        trusted_layout = column((line,))
        trusted_layout.addStretch(1)
        trusted.setLayout(trusted_layout)
        for part in (QWidget(), self.compare, trusted):
            self._below.addWidget(part)
        self._lay_out()
        theme.changed.connect(self._resize)
        self._resize()
        self.show_stations(())

    def show_stations(self, stations: Sequence[StationView]) -> None:
        marked = self._marked()
        self.model.set_stations(stations)
        self.table.setVisible(bool(stations))
        self._below.setVisible(bool(stations))
        self.empty.setVisible(not stations)
        if stations:
            number = self.model.number_of(marked.station) if marked else 0
            self.table.selectRow(max(0, number))
        self._show_station()

    def mark(self, station: str) -> None:
        number = self.model.number_of(station)
        if number >= 0:
            self.table.selectRow(number)

    def show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)
        self.compare.set_waiting(False)

    def show_trusted(self, station: StationView) -> None:
        self.compare.clear()
        self.notice.say(self.tr("{name} is trusted now.").replace("{name}", station.name), Tone.DONE)

    def _lay_out(self) -> None:
        title = SectionTitle(
            self.tr("Stations"), self.tr("Bundles are sealed for these, and taken in from these only."), self.add
        )
        layout = column((title, self.notice, self.table, self.empty, self._below), space=Space.SNUG)
        layout.setStretch(2, 2)
        layout.setStretch(3, 2)
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _resize(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(Size.ROW))
        for number, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(number, self._theme.px(width))

    def _marked(self) -> StationView | None:
        index = self.table.currentIndex()
        return self.model.station(index.row()) if index.isValid() else None

    def _show_station(self) -> None:
        station = self._marked()
        if station is None:
            self._below.setCurrentIndex(0)
        elif station.status == TRUSTED:
            self._below.setCurrentIndex(2)
        else:
            self.compare.show_station(station)
            self._below.setCurrentIndex(1)

    def _ask_card(self) -> None:
        words = self.tr("Station cards")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a station's card"), "", f"{words} (*.card *.txt)")
        if chosen:
            self.notice.clear()
            self.card_wanted.emit(Path(chosen))

    def _want_trust(self, heard: str) -> None:
        station = self._marked()
        if station is not None:
            self.notice.clear()
            self.trust_wanted.emit(station.station, heard)

    def _want_revoke(self) -> None:
        station = self._marked()
        if station is not None:
            self.revoke_wanted.emit(station.station)


class ComparePanel(Card):
    """Asks for the fingerprint that somebody reads out."""

    trust_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=Space.USUAL, space=Space.SNUG)
        self._title = Text("", TextRole.SECTION)
        self.heard = QLineEdit()
        self.heard.setMaxLength(200)
        self.heard.textChanged.connect(self._enable)
        self.heard.returnPressed.connect(self._want)
        self.trust = Button(self.tr("Compare and trust"), "shield-check")
        self.trust.clicked.connect(self._want)
        line = row((), space=Space.TIGHT)
        line.addLayout(labelled(self.tr("Fingerprint, as the other side reads it out"), self.heard), 1)
        line.addWidget(self.trust, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._title)
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Call a person you know at that station, on a number you know. "
                    "Let them open Our card and read the fingerprint to you; type what you hear."
                ),
                TextRole.MUTED,
            )
        )
        self.body.addLayout(line)
        self.body.addStretch(1)
        self._enable()

    def show_station(self, station: StationView) -> None:
        self._title.setText(self.tr("Is this really {name}?").replace("{name}", station.name))
        self.set_waiting(False)

    def set_waiting(self, waiting: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.heard.setEnabled(not waiting)
        self._enable()

    def clear(self) -> None:
        self.heard.clear()
        self.set_waiting(False)

    def _enable(self) -> None:
        self.trust.setEnabled(self.heard.isEnabled() and bool(self.heard.text().strip()))

    def _want(self) -> None:
        if self.trust.isEnabled():
            self.trust_wanted.emit(self.heard.text().strip())
