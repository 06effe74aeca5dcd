"""Long work: what is being done, how far, how long still, and Cancel. The window stays usable beside it."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from desktop.ui.base.registry_worker import Progress, Request
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Text,
    TextRole,
    column,
    row,
)

_TELL_TIME_AFTER = 1.5


class ProgressPanel(QFrame):
    """Follows one request; hidden when none runs."""

    cancel_wanted = Signal()

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._began = 0.0
        self.setProperty("role", "card")
        self._request: Request | None = None
        self._steps: dict[str, str] = {}
        self._what = Text("", TextRole.STRONG)
        self._how_far = Text("", TextRole.MUTED)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = Button(self.tr("Cancel"), "x", "Esc")
        self._cancel.clicked.connect(self.cancel)
        left = column((self._what, self._bar, self._how_far), space=Space.TIGHT)
        layout = row((), space=Space.USUAL, margin=Space.USUAL)
        layout.addLayout(left, 1)
        layout.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._request is not None

    @property
    def what(self) -> str:
        return self._what.text()

    @property
    def how_far(self) -> str:
        return self._how_far.text()

    def follow(self, request: Request, what: str, steps: dict[str, str] | None = None) -> None:
        """Show a request until it is finished; `steps` gives each step's code its words."""
        self._leave()
        self._request = request
        self._steps = steps or {}
        self._what.setText(what)
        self._how_far.setText(self.tr("Starting"))
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._cancel.setEnabled(True)
        self._began = self._seconds()
        request.progressed.connect(self.show_progress)
        request.finished.connect(self._end)
        self.show()

    def show_progress(self, progress: Progress) -> None:
        if progress.step in self._steps:
            self._what.setText(self._steps[progress.step])
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._how_far.setText(self._distance(progress))

    def said(self, words: str) -> str:
        """Return the words about what was done, and before them that Cancel came too late, if it did."""
        if self._request is None or not self._request.was_too_late:
            return words
        too_late = self.tr("This was done before it could be stopped.")
        return f"{too_late} {words}"

    def cancel(self) -> None:
        """Ask the request to stop; it may take a moment, or finish first."""
        if self._request is not None:
            self._request.cancel()
            self._cancel.setEnabled(False)
            self._how_far.setText(self.tr("Stopping"))
            self.cancel_wanted.emit()

    def _distance(self, progress: Progress) -> str:
        if progress.total <= 0:
            return ""
        done, total = self.locale().toString(progress.done), self.locale().toString(progress.total)
        elapsed = self._seconds() - self._began
        if elapsed < _TELL_TIME_AFTER or progress.done <= 0 or progress.done >= progress.total:
            return self.tr("{done} of {total}").replace("{done}", done).replace("{total}", total)
        left = elapsed * (progress.total - progress.done) / progress.done
        words = self.tr("{done} of {total}, {time} left").replace("{done}", done).replace("{total}", total)
        return words.replace("{time}", self._time(left))

    def _time(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("about %n second(s)", "", max(1, round(seconds)))
        return self.tr("about %n minute(s)", "", round(seconds / 60))

    def _end(self) -> None:
        self._leave()
        self.hide()

    def _leave(self) -> None:
        """What the request before says is not about what is followed now."""
        request, self._request = self._request, None
        if request is not None:
            request.progressed.disconnect(self.show_progress)
            request.finished.disconnect(self._end)
