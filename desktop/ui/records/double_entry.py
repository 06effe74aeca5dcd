"""Opens the dialog to key a record again, and speaks with the workspace for it.

- The window behind is covered while the dialog is open, or the list would reveal what is to be keyed blind.
"""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.log.operation import Json
from desktop.domain.places.places import Places
from desktop.ui.base.latest import Latest
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.privacy_cover import PrivacyCover
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.form.form_context import FormContext
from desktop.ui.records.double_entry_dialog import DoubleEntryDialog
from desktop.workspace.base.session import Session
from desktop.workspace.records import double_entry
from desktop.workspace.records.double_entry import DoubleEntryView


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleEntryOpening:
    """What the dialog is opened with."""

    facts: DoubleEntryView
    places: Places
    today: dt.date
    now: dt.datetime


class DoubleEntry(QObject):
    """One dialog at most."""

    def __init__(self, operations: RegistryWorker, theme: Theme, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._preferences = preferences
        self._window = window
        self._cover = PrivacyCover(theme, window)
        self._register = ""
        self._opening = Latest()
        self._record = ""
        self.dialog: DoubleEntryDialog | None = None

    def show_record(self, record: str) -> None:
        if self.dialog is None:
            self._record = record
            request = self._opening.wait_for(self._operations.ask(read_double_entry, record))
            request.result.connect(self._open)

    def close_all(self) -> None:
        """The registry is being locked."""
        self._opening.drop()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog = None

    def _open(self, opening: DoubleEntryOpening) -> None:
        opened = self._operations.opened
        if opened is None or self.dialog is not None:
            return
        library = opened.definitions.library
        self._register = opening.facts.register
        context = FormContext(
            operations=self._operations,
            library=library,
            language=self._preferences.language,
            places=opening.places,
            today=opening.today,
            opened_at=opening.now,
            advances=self._preferences.advances,
        )
        dialog = DoubleEntryDialog(opening.facts, library.registers[self._register], context, self._window)
        dialog.compare_wanted.connect(self._compare)
        dialog.settle_wanted.connect(self._settle)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self._cover.cover(self._window, self.tr("The record is covered while it is keyed again"))
        self._window.installEventFilter(self)
        dialog.open()

    def _compare(self, typed: dict[str, Json]) -> None:
        request = self._operations.act(
            self, (self._register,), double_entry.compare, self._record, typed, self._preferences.language
        )
        if self.dialog is not None:
            request.result.connect(self.dialog.show_compared)
            request.failed.connect(self.dialog.show_error)

    def _settle(self, field: str, value: Json, reason: str) -> None:
        request = self._operations.act(self, (self._register,), double_entry.settle, self._record, field, value, reason)
        if self.dialog is not None:
            request.result.connect(self.dialog.settled)
            request.failed.connect(self.dialog.show_error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._cover.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _forget(self) -> None:
        self.dialog = None
        self._window.removeEventFilter(self)
        self._cover.uncover()


def read_double_entry(session: Session, record: str) -> DoubleEntryOpening:
    """Return what the dialog needs; runs on the worker thread. Raises DesktopError record_unknown."""
    return DoubleEntryOpening(
        facts=double_entry.facts(session, record),
        places=session.places,
        today=session.today(),
        now=session.now(),
    )
