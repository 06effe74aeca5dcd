"""Keeping what is typed as a draft: a moment after the last key, and when a field is left.

- For a new record the draft holds all of it; for one that exists, only what was changed, so that what came meanwhile
  from another station is not undone by an old draft.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.changes import Json
from desktop.domain.values import is_empty
from desktop.ui.operations import Operations
from desktop.ui.pages import Subject
from desktop.workspace import drafts

_IDLE_MS: Final = 1500


class DraftKeeper(QObject):
    """Told of every change; asks for what stands in the form when it is time (`wanted`)."""

    wanted = Signal()
    kept = Signal()

    def __init__(self, operations: Operations, register: str, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._register = register
        self._record: str | None = None
        self._base: Mapping[str, Json] = {}
        self._is_dirty = False
        self._is_kept = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.wanted)

    @property
    def is_dirty(self) -> bool:
        return self._is_dirty

    def begin(self, record: str | None, base: Mapping[str, Json], *, has_draft: bool) -> None:
        """Begin with a form as it was opened."""
        self._record, self._base = record, base
        self._is_dirty, self._is_kept = False, has_draft
        self._idle.stop()

    def touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True
        self._idle.start()

    def keep_now(self, values: Mapping[str, Json], typed: Mapping[str, str]) -> None:
        """Keep what stands in the form, if anything was typed since it was kept."""
        self._idle.stop()
        if not self._is_dirty:
            return
        self._is_dirty = False
        changed = {
            name: value
            for name, value in values.items()
            if value != self._base.get(name) or (self._record is None and not is_empty(value))
        }
        changes = () if self._is_kept else (Subject.DRAFTS,)
        self._is_kept = True
        request = self._operations.act(self, changes, drafts.keep, self._register, self._record, changed, dict(typed))
        request.result.connect(self._say_kept)

    def stop(self) -> None:
        """What was typed is being saved: keep no more drafts of it."""
        self._idle.stop()
        self._is_dirty = False

    def discard(self) -> None:
        self.stop()
        self._is_kept = False
        self._operations.act(self, (Subject.DRAFTS,), drafts.discard, self._register, self._record)

    def _say_kept(self) -> None:
        self.kept.emit()
