"""Send and receive: sticks, bundles, stations. Everything that travels passes through this page.

- Nothing is sent but by a press of Send, nothing taken in but by a press of Receive.
- While a bundle is written or verified its progress is where its result will be: nothing moves.
- The stick may be pulled when the page says so, not before.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QWidget

from desktop.errors import DesktopError
from desktop.ui.base import drives
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.page import Page, Subject
from desktop.ui.base.page_header import PageHeader
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.progress_panel import ProgressPanel
from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.ui.base.relative_time import RelativeTime
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Hairline,
    Tone,
    column,
    row,
    scaled,
)
from desktop.ui.exchange.card_panel import CardPanel
from desktop.ui.exchange.exchange_cards import (
    DriveChoice,
    ReceiveCard,
    Recipient,
    SendCard,
)
from desktop.ui.exchange.held_panel import HeldPanel
from desktop.ui.exchange.stations_panel import StationsPanel
from desktop.ui.tables.exchange_log_table import ExchangeLogTable
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange, held_bundles, stations
from desktop.workspace.exchange.exchange import ExchangeLogEntry, ReceiveResult, SendResult
from desktop.workspace.exchange.held_bundles import HeldBundleView, RetryResult
from desktop.workspace.exchange.stations import CardView, StationView

_LOOK_FOR_STICKS_MS: Final = 2000
_OUTCOME_HEIGHT: Final = 96
_CARD_WIDTH: Final = 280
_DRIVE_WIDTH: Final = 640
_TAKEN_IN: Final = frozenset({"ACCEPTED", "DUPLICATE"})
_STATIONS_TAB: Final = 2
_HELD_TAB: Final = 4
_TONES: Final = {
    "ACCEPTED": Tone.DONE,
    "DUPLICATE": Tone.ACCENT,
    "GAP": Tone.WARNING,
    "HOLD": Tone.WARNING,
    "FORK": Tone.DANGER,
    "REJECT": Tone.DANGER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFacts:
    """What the page shows, gathered in one request."""

    now: datetime
    targets: tuple[Recipient, ...]
    exchange_log: tuple[ExchangeLogEntry, ...]
    stations: tuple[StationView, ...]
    card: CardView
    held: tuple[HeldBundleView, ...]


class ExchangePage(Page):
    """Sends, receives, and keeps the stations that may."""

    def __init__(self, operations: RegistryWorker, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.title = self.tr("Send and receive")
        self._operations = operations
        self._preferences = preferences
        self._facts = Refresher(self, operations, read_exchange)
        self._facts.fetched.connect(self._show)
        self._facts.failed.connect(self._show_error)
        self._held_from: frozenset[str] = frozenset()
        self._taken_in: frozenset[tuple[str, str]] = frozenset()
        self._ages = RelativeTime(self)
        self.header = PageHeader(self.title)
        self.tabs = QTabBar()
        for name in (
            self.tr("Bundles"),
            self.tr("Past bundles"),
            self.tr("Stations"),
            self.tr("Our card"),
            self.tr("Held bundles"),
        ):
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self._show_tab)
        self.drive = DriveChoice()
        self.drive.setMaximumWidth(scaled(_DRIVE_WIDTH))
        self.drive.chosen.connect(self._show_drive)
        self.drive.refresh_wanted.connect(self._look_for_sticks)
        self.send_card = SendCard()
        self.send_card.send_wanted.connect(self.send)
        self.send_card.stations_wanted.connect(self._show_stations)
        self.receive_card = ReceiveCard()
        self.receive_card.receive_wanted.connect(self.receive)
        self.progress = ProgressPanel()
        self.outcome = MessageBar(preferences.language)
        self.outcome.acted.connect(self._want_conflicts)
        self.table = ExchangeLogTable(theme)
        self.stations_panel = StationsPanel(theme, preferences.language)
        self.stations_panel.card_wanted.connect(self.add_card)
        self.stations_panel.trust_wanted.connect(self.trust)
        self.stations_panel.revoke_wanted.connect(self.revoke)
        self.card_panel = CardPanel()
        self.card_panel.save_wanted.connect(self.save_card)
        self.held_panel = HeldPanel(preferences.language)
        self.held_panel.retry_wanted.connect(self.retry_held)
        self.held_panel.release_wanted.connect(self.release_held)
        self._stack = QStackedWidget()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_FOR_STICKS_MS)
        self._look.timeout.connect(self._look_for_sticks)
        if preferences.last_drive is not None and preferences.last_drive.is_dir():
            self.drive.choose(preferences.last_drive)
        self._look_for_sticks()

    def activate(self) -> None:
        self._look.start()
        self._look_for_sticks()
        self._facts.fetch()

    def leave(self) -> bool:
        self._look.stop()
        return True

    def stale(self, what: frozenset[str]) -> None:  # noqa: ARG002  every write is something to send
        self._facts.fetch()

    def send(self, station: str) -> None:
        """Write a bundle for a station to the stick chosen."""
        folder = self.drive.folder
        if folder is None:
            return
        self._preferences.last_drive = folder
        request = self._operations.act_long(self, {Subject.EXCHANGE}, exchange.send, station, folder)
        request.result.connect(self._show_sent)
        self._follow(request, self.tr("Writing the bundle"))

    def receive(self, path: Path) -> None:
        """Verify a bundle and take it in."""
        request = self._operations.act_long(self, self._touched, exchange.receive, path)
        request.result.connect(self._show_received)
        self._follow(request, self.tr("Verifying the bundle"))

    def add_card(self, path: Path) -> None:
        request = self._operations.act(self, {Subject.STATIONS}, _import_card, path)
        request.result.connect(self._show_added)
        request.failed.connect(self.stations_panel.show_error)

    def trust(self, station: str, heard: str) -> None:
        request = self._operations.act(self, {Subject.STATIONS}, stations.trust, station, heard)
        request.result.connect(self._show_trusted)
        request.failed.connect(self.stations_panel.show_error)

    def revoke(self, station: str) -> None:
        request = self._operations.act(self, {Subject.STATIONS}, stations.revoke, station)
        request.failed.connect(self.stations_panel.show_error)

    def retry_held(self, station: str | None = None) -> None:
        """Receive the held bundles again, of one station or of all."""
        self.held_panel.retry.setEnabled(False)
        request = self._operations.act_long(self, self._touched_by_retry, held_bundles.retry_all, station)
        request.result.connect(self._show_retried)
        request.failed.connect(self.held_panel.show_error)
        request.finished.connect(self._finish_retry)

    def release_held(self, digest: str, reason: str) -> None:
        request = self._operations.act(self, {Subject.EXCHANGE}, held_bundles.release, digest, reason)
        request.result.connect(self.held_panel.show_released)
        request.failed.connect(self.held_panel.show_error)

    def save_card(self, path: Path) -> None:
        request = self._operations.act(self, (), _write_card, path)
        request.result.connect(self._show_card_saved)
        request.failed.connect(self._show_error)

    def _lay_out(self) -> None:
        bundles = QWidget()
        halves = row((self.send_card, self.receive_card), space=Space.USUAL)
        for number, card in enumerate((self.send_card, self.receive_card)):
            halves.setStretch(number, 1)
            card.setMinimumWidth(scaled(_CARD_WIDTH))
        slot = column((self.progress, self.outcome), space=0)
        slot.addStretch(1)
        place = QWidget()
        place.setMinimumHeight(_OUTCOME_HEIGHT)
        place.setLayout(slot)
        layout = column((self.drive,), space=Space.USUAL)
        layout.addLayout(halves, 1)
        layout.addWidget(place)
        bundles.setProperty("role", "page")
        bundles.setLayout(layout)
        self._scroll = QScrollArea()
        self._scroll.setWidget(bundles)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.no_bundles = EmptyState(
            "package",
            self.tr("No bundle yet"),
            self.tr("Every bundle sent or received is listed here, with its result."),
        )
        self._past = QStackedWidget()
        self._past.addWidget(self.no_bundles)
        self._past.addWidget(self.table)
        for page in (self._scroll, self._past, self.stations_panel, self.card_panel, self.held_panel):
            self._stack.addWidget(page)
        body = column((self._stack,))
        body.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.USUAL)
        tabs = row((self.tabs,))
        tabs.setContentsMargins(Space.SNUG, 0, 0, 0)
        tabs.addStretch(1)
        outside = column((self.header, tabs, Hairline()), space=0)
        outside.addLayout(body, 1)
        self.setLayout(outside)

    def _show(self, facts: ExchangeFacts) -> None:
        self.send_card.show_targets(facts.targets, facts.now)
        self.table.log.set_entries(facts.exchange_log)
        self._past.setCurrentIndex(1 if facts.exchange_log else 0)
        self.stations_panel.show_stations(facts.stations)
        self._taken_in = frozenset((one.station, one.name) for one in facts.exchange_log if one.verdict in _TAKEN_IN)
        self.card_panel.show_card(facts.card)
        self._held_from = frozenset(bundle.station for bundle in facts.held)
        self.held_panel.show_held(facts.held)
        words = self.tr("Held bundles")
        self.tabs.setTabText(_HELD_TAB, f"{words} ({len(facts.held)})" if facts.held else words)
        unsent = max((target.unsent for target in facts.targets), default=0)
        last = max((target.last_sent for target in facts.targets if target.last_sent), default=None)
        nobody = self.tr("No station is trusted yet.")
        self.header.say(self._ages.sending(unsent, last, facts.now) if facts.targets else nobody)
        self._show_drive(self.drive.folder)

    def _show_drive(self, folder: Path | None) -> None:
        self.send_card.set_ready(has_folder=folder is not None and not self.progress.is_running)
        self.card_panel.set_folder(folder)
        found = drives.bundles_in(folder) if folder is not None else ()
        self.receive_card.show_bundles(found, folder, self._taken_in)

    def _look_for_sticks(self) -> None:
        self.drive.show_drives(drives.removable_drives())

    def _follow(self, request: Request, what: str) -> None:
        self.outcome.clear()
        self.status_said.emit("")  # what it said of a stick is true no longer
        request.failed.connect(self._show_error)
        request.cancelled.connect(self._show_cancelled)
        self.progress.follow(request, what, self._steps())
        request.finished.connect(self._finish)
        self.send_card.set_ready(has_folder=False)
        self.receive_card.setEnabled(False)

    def _show_outcome(self) -> None:
        self._scroll.ensureWidgetVisible(self.outcome)

    def _steps(self) -> dict[str, str]:
        return {
            "write_bundle": self.tr("Gathering, signing and sealing"),
            "write_stick": self.tr("Writing to the stick and reading it back"),
            "read_stick": self.tr("Reading the file"),
            "verify_bundle": self.tr("Verifying signature and content"),
        }

    def _finish(self) -> None:
        self.receive_card.setEnabled(True)
        QTimer.singleShot(0, self, self._show_outcome)  # once the page has made room for it
        self._show_drive(self.drive.folder)

    def _show_sent(self, sent: SendResult) -> None:
        words = self.tr("{file} is written and was read back. The stick may be pulled now.")
        self.outcome.say(self.progress.said(words.replace("{file}", sent.file_name)), Tone.DONE)
        self.status_said.emit(self.outcome.text)

    def _show_received(self, received: ReceiveResult) -> None:
        tone = _TONES.get(received.verdict, Tone.ACCENT)
        settle = self.tr("Settle the conflicts") if received.conflicts else ""
        words = self.progress.said(received.message(self._preferences.language))
        self.outcome.say(words, tone, received.code, settle)
        self.status_said.emit(self.outcome.text)

    def _show_error(self, error: DesktopError) -> None:
        self.outcome.show_error(error)
        self.status_said.emit(self.outcome.text)

    def _show_cancelled(self) -> None:
        self.outcome.say(self.tr("Stopped. Nothing was changed."), Tone.ACCENT)
        self.status_said.emit(self.outcome.text)

    def _show_added(self, station: StationView) -> None:
        self.stations_panel.mark(station.station)
        self.stations_panel.compare.heard.setFocus()

    def _show_trusted(self, station: StationView) -> None:
        """Bundles that waited for this trust are received now."""
        self.stations_panel.show_trusted(station)
        if station.station in self._held_from:
            self.retry_held(station.station)

    def _show_retried(self, results: tuple[RetryResult, ...]) -> None:
        self.held_panel.show_retried(results)
        self.status_said.emit(self.held_panel.notice.text)

    def _finish_retry(self) -> None:
        self.held_panel.retry.setEnabled(True)

    def _show_card_saved(self, path: Path) -> None:
        self.status_said.emit(self.tr("The card is saved as {file}.").replace("{file}", path.name))

    def _show_tab(self, number: int) -> None:
        self._stack.setCurrentIndex(number)

    def _show_stations(self) -> None:
        self.tabs.setCurrentIndex(_STATIONS_TAB)

    def _want_conflicts(self) -> None:
        self.conflict_wanted.emit("")

    def _touched(self, received: ReceiveResult) -> frozenset[str]:
        opened = self._operations.opened
        registers = frozenset(opened.definitions.library.registers) if opened and received.records else frozenset()
        return registers | {Subject.EXCHANGE, Subject.CONFLICTS}

    def _touched_by_retry(self, results: tuple[RetryResult, ...]) -> frozenset[str]:
        received = [self._touched(result.received) for result in results if result.received is not None]
        return frozenset({Subject.EXCHANGE}).union(*received)


def read_exchange(session: Session) -> ExchangeFacts:
    """Gather what the page shows; runs on the worker thread."""
    exchange_log = exchange.exchange_log_entries(session)
    return ExchangeFacts(
        now=session.now(),
        targets=tuple(_target(session, station, exchange_log) for station in exchange.stations_to_send(session)),
        exchange_log=exchange_log,
        stations=stations.stations(session),
        card=stations.own_card(session),
        held=held_bundles.held_bundles(session),
    )


def _target(session: Session, station: StationView, exchange_log: tuple[ExchangeLogEntry, ...]) -> Recipient:
    with_it = [entry for entry in exchange_log if entry.station == station.station]
    return Recipient(
        station=station.station,
        name=station.name,
        unsent=exchange.unsent(session, station.station),
        last_sent=max((entry.at for entry in with_it if entry.is_sent), default=None),
        last_answer=exchange.last_answer_at(session, station.station),
    )


def _import_card(session: Session, path: Path) -> StationView:
    try:
        text = stations.card_file_text(path)
    except OSError as error:
        raise DesktopError("file_not_read", file=path.name, reason=error.strerror or "") from error
    return stations.import_card(session, text)


def _write_card(session: Session, path: Path) -> Path:
    outside_files.write(path, stations.own_card(session).text.encode())
    return path
