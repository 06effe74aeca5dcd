"""Opens the dialog to key a record again, and speaks with the workspace for it.

- The window behind is covered while the dialog is open, or the list would tell what is to be keyed blind.
"""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Json
from desktop.domain.places import Places
from desktop.ui.form_context import FormContext
from desktop.ui.latest import Latest
from desktop.ui.operations import Operations
from desktop.ui.preferences import Preferences
from desktop.ui.privacy_cover import PrivacyCover
from desktop.ui.rekey_dialog import RekeyDialog
from desktop.ui.theme import Theme
from desktop.workspace import rekeying
from desktop.workspace.rekeying import RekeyFacts
from desktop.workspace.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyOpening:
    """What the dialog is opened with."""

    facts: RekeyFacts
    places: Places
    today: dt.date
    now: dt.datetime


class Rekeying(QObject):
    """One dialog at most."""

    def __init__(self, operations: Operations, theme: Theme, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._preferences = preferences
        self._window = window
        self._cover = PrivacyCover(theme, window)
        self._register = ""
        self._opening = Latest()
        self._record = ""
        self.dialog: RekeyDialog | None = None

    def show_record(self, record: str) -> None:
        if self.dialog is None:
            self._record = record
            request = self._opening.wait_for(self._operations.ask(read_rekeying, record))
            request.result.connect(self._open)

    def close_all(self) -> None:
        """The registry is being locked."""
        self._opening.drop()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog = None

    def _open(self, opening: RekeyOpening) -> None:
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
        dialog = RekeyDialog(opening.facts, library.registers[self._register], context, self._window)
        dialog.compare_wanted.connect(self._compare)
        dialog.settle_wanted.connect(self._settle)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self._cover.cover(self._window, self.tr("The record is covered while it is keyed again"))
        self._window.installEventFilter(self)
        dialog.open()

    def _compare(self, typed: dict[str, Json]) -> None:
        request = self._operations.act(
            self, (self._register,), rekeying.compare, self._record, typed, self._preferences.language
        )
        if self.dialog is not None:
            request.result.connect(self.dialog.show_compared)
            request.failed.connect(self.dialog.show_error)

    def _settle(self, field: str, value: Json, reason: str) -> None:
        request = self._operations.act(self, (self._register,), rekeying.settle, self._record, field, value, reason)
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


def read_rekeying(workspace: Workspace, record: str) -> RekeyOpening:
    """Return what the dialog needs; runs on the worker thread. Raises DesktopError record_unknown."""
    return RekeyOpening(
        facts=rekeying.facts(workspace, record),
        places=workspace.places,
        today=workspace.today(),
        now=workspace.now(),
    )
