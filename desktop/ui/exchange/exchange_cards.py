"""The two halves of the exchange: what goes out, and what lies on the stick to be taken in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from desktop.ui.base import icons
from desktop.ui.base.drives import BUNDLE_SUFFIX, BundleFile, Drive
from desktop.ui.base.relative_time import RelativeTime
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    IconButton,
    LinkButton,
    Paragraph,
    PrimaryButton,
    QuietButton,
    SectionTitle,
    Text,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A station to send to: what it does not have yet, and how old the last bundle and its last answer are."""

    station: str
    name: str
    unsent: int
    last_sent: datetime | None
    last_answer: datetime | None


class DriveChoice(QWidget):
    """The sticks there are now, and a folder of the officer's own choice. `chosen` carries a Path or None."""

    chosen = Signal(object)
    refresh_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drives: tuple[Drive, ...] = ()
        self._own_folder: Path | None = None
        self.box = QComboBox()
        self.box.currentIndexChanged.connect(self._say_chosen)
        self.other = QuietButton(self.tr("Another folder"), "folder-open")
        self.other.clicked.connect(self._ask_folder)
        self.refresh = IconButton("refresh-cw", self.tr("Look for sticks again"))
        self.refresh.clicked.connect(self.refresh_wanted)
        line = row((self.box, self.refresh, self.other), space=Space.TIGHT)
        line.setStretch(0, 1)
        label = Text(self.tr("Stick or drive"), TextRole.LABEL)
        label.setBuddy(self.box)
        self.box.setAccessibleName(self.tr("Stick or drive"))
        self.setLayout(column((label, line), space=Space.HAIR))

    @property
    def folder(self) -> Path | None:
        path = self.box.currentData()
        return path if isinstance(path, Path) else None

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer these; the choice stays if it is still there."""
        if tuple(drives) == self._drives and self.box.count():
            return
        self._drives = tuple(drives)
        self._fill(self.folder)

    def choose(self, folder: Path) -> None:
        if folder not in {drive.path for drive in self._drives}:
            self._own_folder = folder
        self._fill(folder)

    def _fill(self, keep: Path | None) -> None:
        self.box.blockSignals(True)  # noqa: FBT003  a Qt setter
        self.box.clear()
        for drive in self._drives:
            free = self.locale().formattedDataSize(drive.free_bytes, 0)
            words = self.tr("{name}, {free} free").replace("{name}", drive.name).replace("{free}", free)
            self.box.addItem(words, drive.path)
        if self._own_folder is not None:
            self.box.addItem(str(self._own_folder), self._own_folder)
        if not self.box.count():
            self.box.addItem(self.tr("No stick found: put one in"), None)
        paths = [self.box.itemData(number) for number in range(self.box.count())]
        self.box.setCurrentIndex(paths.index(keep) if keep in paths else 0)
        self.box.blockSignals(False)  # noqa: FBT003  a Qt setter
        self._say_chosen()

    def _say_chosen(self) -> None:
        self.chosen.emit(self.folder)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for bundles"))
        if chosen:
            self.choose(Path(chosen))


class SendCard(Card):
    """To whom, how much, and Send. `send_wanted` carries the station's id."""

    send_wanted = Signal(str)
    stations_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(margin=Space.USUAL, space=Space.SNUG)
        self._targets: dict[str, Recipient] = {}
        self._now: datetime | None = None
        self._has_folder = False
        self._ages = RelativeTime(self)
        self.station = QComboBox()
        self.station.currentIndexChanged.connect(self._show_target)
        self._unsent = Text("", TextRole.FIGURE)
        self._unit = Text("", TextRole.MUTED)
        self._ages_text = Paragraph("", TextRole.MUTED)
        self.send = PrimaryButton(self.tr("Send"), "send")
        self.send.clicked.connect(self._want)
        self._nobody = Paragraph(
            self.tr(
                "No station is trusted yet. Exchange cards with the province first; then bundles can be sealed for it."
            )
        )
        self.to_stations = LinkButton(self.tr("Go to the stations"))
        self.to_stations.clicked.connect(self.stations_wanted)
        self.body.addWidget(SectionTitle(self.tr("Send"), self.tr("All that the other side does not have yet.")))
        self._asked = QWidget()
        figures = row((self._unsent, self._unit), space=Space.TIGHT)
        figures.setAlignment(self._unit, Qt.AlignmentFlag.AlignBaseline)
        figures.addStretch(1)
        asked = column((labelled(self.tr("To"), self.station), figures, self._ages_text), space=Space.TIGHT)
        asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setLayout(asked)
        for part in (self._nobody, self.to_stations, self._asked):
            self.body.addWidget(part)
        self.body.addStretch(1)
        foot = row(())
        foot.addStretch(1)
        foot.addWidget(self.send)
        self.body.addLayout(foot)
        self.show_targets((), None)

    def show_targets(self, targets: Sequence[Recipient], now: datetime | None) -> None:
        chosen, self._now = self.station.currentData(), now
        self._targets = {target.station: target for target in targets}
        self.station.blockSignals(True)  # noqa: FBT003  a Qt setter
        self.station.clear()
        for target in targets:
            self.station.addItem(target.name, target.station)
        self.station.setCurrentIndex(max(0, self.station.findData(chosen)))
        self.station.blockSignals(False)  # noqa: FBT003  a Qt setter
        has_targets = bool(targets)
        self._asked.setVisible(has_targets)
        self._nobody.setVisible(not has_targets)
        self.to_stations.setVisible(not has_targets)
        self._show_target()

    def set_ready(self, *, has_folder: bool) -> None:
        """Sending needs a place to write to."""
        self._has_folder = has_folder
        self.send.setEnabled(has_folder and bool(self._targets))

    def _show_target(self) -> None:
        target = self._targets.get(str(self.station.currentData()))
        self.set_ready(has_folder=self._has_folder)
        if target is None or self._now is None:
            return
        self._unsent.setText(self.locale().toString(target.unsent))
        self._unit.setText(self.tr("change(s) not sent", "", target.unsent))
        sent = self._when(target.last_sent, self.tr("Last bundle {when}."), self.tr("No bundle was sent yet."))
        answer = self._when(target.last_answer, self.tr("Last answer {when}."), self.tr("No answer came yet."))
        self._ages_text.set_plain(f"{sent} {answer}")

    def _when(self, at: datetime | None, words: str, never: str) -> str:
        if at is None or self._now is None:
            return never
        return words.replace("{when}", self._ages.ago(at, self._now))

    def _want(self) -> None:
        station = self.station.currentData()
        if isinstance(station, str):
            self.send_wanted.emit(station)


class ReceiveCard(Card):
    """The bundles on the stick; one is taken in by a button, a double click, or by dropping a file here."""

    receive_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(margin=Space.USUAL, space=Space.SNUG)
        self.setAcceptDrops(True)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Bundles on the stick"))
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setIconSize(QSize(scaled(21), scaled(21)))
        self.files.setMinimumHeight(scaled(3 * Size.ROW))
        self.files.itemActivated.connect(self._want_item)
        self.files.currentItemChanged.connect(self._enable)
        self._nothing = Paragraph("", TextRole.MUTED)
        self.receive = Button(self.tr("Receive"), "download")
        self.receive.clicked.connect(self._want_current)
        self.other = QuietButton(self.tr("Another file"), "file-search")
        self.other.clicked.connect(self._ask_file)
        self.body.addWidget(
            SectionTitle(self.tr("Receive"), self.tr("Verified first; the file on the stick is never changed."))
        )
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.files, 1)
        self.body.addStretch(0)
        foot = row((self.other,))
        foot.addStretch(1)
        foot.addWidget(self.receive)
        self.body.addLayout(foot)
        self.show_bundles((), None)

    def show_bundles(
        self, bundles: Sequence[BundleFile], folder: Path | None, taken_in: Collection[tuple[str, str]] = ()
    ) -> None:
        """Offer these; `taken_in` are stations and sequences received before: marked, and not offered first."""
        self.files.clear()
        first = -1
        for bundle in bundles:
            at = bundle.at.strftime("%d/%m/%Y %H:%M")
            is_known = bundle.mark in taken_in
            words = self.tr("taken in already") if is_known else at
            if first < 0 and not is_known:
                first = self.files.count()
            icon = icons.icon("circle-check" if is_known else "package", beside_words=True)
            item = QListWidgetItem(icon, f"{bundle.name}   {words}")
            item.setToolTip(f"{bundle.name}   {at}   {self.locale().formattedDataSize(bundle.size, 0)}")
            item.setData(Qt.ItemDataRole.UserRole, bundle.path)
            self.files.addItem(item)
        self.files.setVisible(bool(bundles))
        self._nothing.setVisible(not bundles)
        self._nothing.set_plain(
            self.tr("No bundle lies on this stick. Drop a file here, or choose one.")
            if folder is not None
            else self.tr("Put a stick in, drop a file here, or choose one.")
        )
        if bundles:
            self.files.setCurrentRow(max(0, first))
        self._enable()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.receive_wanted.emit(Path(url.toLocalFile()))
                return

    def _enable(self) -> None:
        self.receive.setEnabled(self.files.currentItem() is not None)

    def _want_current(self) -> None:
        self._want_item(self.files.currentItem())

    def _want_item(self, item: QListWidgetItem | None) -> None:
        path = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(path, Path):
            self.receive_wanted.emit(path)

    def _ask_file(self) -> None:
        words = self.tr("Bundles")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Receive a bundle"), "", f"{words} (*.{BUNDLE_SUFFIX})")
        if chosen:
            self.receive_wanted.emit(Path(chosen))
