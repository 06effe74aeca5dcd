"""Puts a recorded track into a patrol: the file is chosen, a doubt about it is answered with a reason."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.reason_bar import ReasonBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Tone,
    column,
    row,
)
from desktop.workspace.imports import tracks
from desktop.workspace.imports.tracks import ImportedTrack


class TrackImport(QWidget):
    """Hidden but for a patrol."""

    imported = Signal()

    def __init__(self, operations: RegistryWorker, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._language = language
        self._record = ""
        self._path: Path | None = None
        self._importing = Latest()
        self.button = Button(self.tr("Import a recorded track"), "route")
        self.button.clicked.connect(self._ask_file)
        self.notice = MessageBar(language)
        self.reason_bar = ReasonBar(self.tr("Import all the same"))
        self.reason_bar.reason_given.connect(self._import)
        act = row((self.button,))
        act.addStretch(1)
        layout = column((), space=Space.TIGHT)
        layout.addLayout(act)
        layout.addWidget(self.reason_bar)
        layout.addWidget(self.notice)
        self.setLayout(layout)
        self.hide()

    def show_record(self, register: str, record: str) -> None:
        """Offer it for a patrol; another record forgets what was said of the last one."""
        if record != self._record:
            self._importing.drop()
            self.notice.clear()
            self.reason_bar.hide()
        self._record = record
        self.setVisible(register == tracks.REGISTER)

    def import_file(self, path: Path) -> None:
        """Read the file into the patrol shown."""
        self._path = path
        self._import("")

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.button.text(), "", self.tr("Recorded tracks (*.gpx);;All files (*)")
        )
        if chosen:
            self.import_file(Path(chosen))

    def _import(self, reason: str) -> None:
        if self._path is None:
            return
        self.notice.clear()
        request = self._operations.act(
            self, {tracks.REGISTER}, tracks.import_track, self._record, self._path, reason=reason
        )
        self._importing.wait_for(request).result.connect(self._show)
        request.failed.connect(self._fail)

    def _show(self, found: ImportedTrack) -> None:
        if found.saved.record is None:
            self._refuse(found.saved.problems)
            return
        words = self.tr("Track taken in: {distance} km, {first} to {last}.")
        words = words.replace("{distance}", found.track.distance_km)
        words = words.replace("{first}", f"{found.track.started_at:%H:%M %d/%m/%Y}")
        self.notice.say(words.replace("{last}", f"{found.track.ended_at:%H:%M %d/%m/%Y}"), Tone.DONE)
        self.imported.emit()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        errors = [one for one in problems if one.severity is Severity.ERROR]
        words = " ".join(dict.fromkeys(self._words(one) for one in errors or problems))
        if errors:
            self.notice.say(words, Tone.DANGER, errors[0].code)
        else:
            self.reason_bar.ask(words)

    def _words(self, problem: Problem) -> str:
        if problem.message is not None:
            return problem.message.text(self._language)
        return sentence(problem.code, problem.context, self._language)

    def _fail(self, error: DesktopError) -> None:
        self.notice.show_error(error)
