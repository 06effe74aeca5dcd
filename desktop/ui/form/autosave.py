"""Keeping what is typed as a draft: when a field is left, a moment after the last key, and every few seconds between.

- For a new record the draft holds all of it; for one that exists, only what was changed, so that what came meanwhile
  from another station is not undone by an old draft.
- A draft is marked as open while its form is; the mark is taken off when the form is left or the registry locked. A
  draft found marked at the next start was cut off, and the officer sees it (today_page.py).
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty
from desktop.ui.base.page import Subject
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.workspace.records import drafts

_IDLE_MS: Final = 600
_LONGEST_MS: Final = 3000


class Autosave(QObject):
    """Hears of every change; asks for what is in the form when it is time (`wanted`)."""

    wanted = Signal()
    kept = Signal()

    def __init__(self, operations: RegistryWorker, register: str, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._register = register
        self._record: str | None = None
        self._base: Mapping[str, Json] = {}
        self._is_dirty = False
        self._is_kept = False
        self._is_marked = False
        self._idle = self._timer(_IDLE_MS)
        self._latest = self._timer(_LONGEST_MS)

    @property
    def is_dirty(self) -> bool:
        return self._is_dirty

    def begin(self, record: str | None, base: Mapping[str, Json], *, has_draft: bool) -> None:
        """Begin with a form as it was opened."""
        self._record, self._base = record, base
        self._is_dirty, self._is_kept, self._is_marked = False, has_draft, has_draft
        self._stop_timers()

    def touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True
        self._idle.start()
        if not self._latest.isActive():
            self._latest.start()

    def keep_now(self, values: Mapping[str, Json], typed: Mapping[str, str]) -> None:
        """Keep what is in the form, if anything was typed since it was kept."""
        self._stop_timers()
        if not self._is_dirty:
            return
        self._is_dirty = False
        changed = {
            name: value
            for name, value in values.items()
            if value != self._base.get(name) or (self._record is None and not is_empty(value))
        }
        changes = () if self._is_kept else (Subject.DRAFTS,)
        self._is_kept = self._is_marked = True
        request = self._operations.act(self, changes, drafts.keep, self._register, self._record, changed, dict(typed))
        request.result.connect(self._say_kept)

    def leave(self) -> None:
        """The form is left, or the registry is being locked: the draft waits, nothing was cut off."""
        self._stop_timers()
        if self._is_marked:
            self._is_marked = False
            self._operations.act(self, (Subject.DRAFTS,), drafts.lay_down, self._register, self._record)

    def stop(self) -> None:
        """What was typed is being saved: keep no more drafts of it."""
        self._stop_timers()
        self._is_dirty = False

    def discard(self) -> None:
        self.stop()
        self._is_kept = self._is_marked = False
        self._operations.act(self, (Subject.DRAFTS,), drafts.discard, self._register, self._record)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.wanted)
        return timer

    def _stop_timers(self) -> None:
        self._idle.stop()
        self._latest.stop()

    def _say_kept(self) -> None:
        self.kept.emit()
