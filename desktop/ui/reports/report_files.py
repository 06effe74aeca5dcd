"""The papers of reports: shown before printing, saved as a file where the officer says, never anywhere else."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.widgets import Tone
from desktop.ui.viewers.print_preview import PrintPreview
from desktop.workspace.base import outside_files
from desktop.workspace.papers.printing import Printed


class ReportFiles(QObject):
    """Belongs to a page: its dialogs end with the page."""

    def __init__(self, page: QWidget, notice: MessageBar, language: Language) -> None:
        super().__init__(page)
        self._page = page
        self._notice = notice
        self._language = language
        self.preview: PrintPreview | None = None

    def show_pdf(self, content: bytes, title: str, name: str) -> None:
        self.preview = PrintPreview((), self._language, self._page)
        self.preview.show_printed(
            Printed(pdf=content, title=title, file_name=f"{name}.pdf", copy_number=1, has_victim_identity=False)
        )
        self.preview.finished.connect(self._forget)
        self.preview.open()

    def ask_place(self, name: str) -> Path | None:
        """Ask where the workbook goes; None when the officer thought better of it."""
        words = self.tr("Workbooks")
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save as XLSX"), f"{name}.xlsx", f"{words} (*.xlsx)"
        )
        return Path(chosen) if chosen else None

    def save(self, content: bytes, path: Path) -> None:
        try:
            outside_files.write(path, content)
        except DesktopError as error:
            self._notice.show_error(error)
        else:
            self._notice.say(self.tr("Saved as {file}.").replace("{file}", path.name), Tone.DONE)

    def _forget(self) -> None:
        self.preview = None
