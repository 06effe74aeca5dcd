"""Where a scan goes that the filter has recognised (scan_filter.py).

- A form that asks for a person gets it (form_scans.py).
- On any other page its person is looked for by number: one who is known is opened, several are listed, and nobody known
  can be begun with the card. A page where something is being done is not left: there the person is only offered.
- A dialog over the main view gets nothing; it says where a scan can go.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Tone
from desktop.ui.shell.main_view import MainView
from desktop.ui.shell.scan_filter import ScanFilter
from desktop.workspace.imports import scanning
from desktop.workspace.imports.scanning import ScannedPerson
from desktop.workspace.people import people

_NOTE_MS: Final = 8000


class Scans(QObject):
    """Belongs to the window; `main_view` gives what is shown while a registry is open."""

    def __init__(
        self,
        application: QApplication,
        operations: RegistryWorker,
        main_view: Callable[[], MainView | None],
        language: Callable[[], Language],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._operations = operations
        self._main_view = main_view
        self._language = language
        self._text = ""
        self._asking = Latest()
        keys = operations.keys
        self.filter = ScanFilter(
            application,
            window,
            lambda: main_view() is not None,
            self,
            holds=lambda: keys.is_waiting and not keys.is_replaying,
        )
        self.filter.scanned.connect(self._take)
        self.filter.broken.connect(self._say_broken)
        self.note: DialogNote | None = None

    def stop(self) -> None:
        self.filter.stop()

    def _take(self, text: str) -> None:
        main_view = self._main_view()
        if main_view is None:
            return
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            words = self.tr("A card was scanned. This window cannot take it: close it, then scan again.")
            self._note(dialog, words)
            return
        self._asking.drop()
        main_view.scan_panel.forget()
        if main_view.page is not None and main_view.page.take_scan(text):
            return
        self._text = text
        request = self._operations.ask(scanning.look_up, text, language=self._language())
        self._asking.wait_for(request).result.connect(self._show)

    def _show(self, scanned: ScannedPerson) -> None:
        text, self._text = self._text, ""
        main_view = self._main_view()
        if main_view is None:
            return
        if len(scanned.known) == 1 and main_view.page is not None and main_view.page.opens_scanned:
            main_view.open_record(people.REGISTER, scanned.known[0].record)
        elif scanned.known:
            main_view.scan_panel.show_known(scanned.known)
        else:
            main_view.scan_panel.show_unknown(scanned, text)

    def _say_broken(self) -> None:
        main_view = self._main_view()
        dialog = QApplication.activeModalWidget()
        words = self.tr("The scan was cut off, and nothing of it was kept. Scan again.")
        if dialog is not None:
            self._note(dialog, words)
        elif main_view is not None:
            main_view.scan_panel.say_broken(words)

    def _note(self, dialog: QWidget, words: str) -> None:
        if self.note is not None:
            self.note.close_note()
        self.note = DialogNote(dialog, words, self._language())
        self.note.destroyed.connect(self._forget_note)

    def _forget_note(self) -> None:
        self.note = None


class DialogNote(MessageBar):
    """Lies over the foot of a dialog for a while; it takes neither the focus nor a key."""

    def __init__(self, dialog: QWidget, words: str, language: Language) -> None:
        super().__init__(language, dialog)
        self._dialog = dialog
        self.dismissed.connect(self.close_note)
        self.say(words, Tone.WARNING)
        self._lie()
        self.raise_()
        dialog.installEventFilter(self)
        QTimer.singleShot(_NOTE_MS, self, self.close_note)

    def close_note(self) -> None:
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._lie()
        return super().eventFilter(watched, event)

    def _lie(self) -> None:
        dialog = self._dialog
        width = dialog.width() - 2 * Space.USUAL
        height = self.heightForWidth(width)
        self.setGeometry(Space.USUAL, dialog.height() - height - Space.USUAL, width, height)
