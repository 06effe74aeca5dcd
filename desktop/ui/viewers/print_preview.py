"""A paper before it is printed: the pages, which document, print, or keep as PDF.

- The pages live in memory; nothing is written unless the officer keeps the PDF (legal_and_forms.md 7.1).
- A paper that identifies a victim says so above the pages, with the number of the copy.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    PrimaryButton,
    Text,
    TextRole,
    Tone,
    column,
    resize_scaled,
    row,
)
from desktop.ui.base.zoom_buttons import ZoomButtons
from desktop.ui.viewers.pdf_pages import PdfPages
from desktop.workspace.base import outside_files
from desktop.workspace.papers.printing import Printed


class PrintPreview(QDialog):
    """Shows one of the documents a record can be printed as, or one paper that is made already.

    `document_wanted` carries a document's id; answer with `show_printed` or `show_error`.
    """

    document_wanted = Signal(str)

    def __init__(
        self, documents: tuple[tuple[str, str], ...], language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._printed: Printed | None = None
        self.setWindowTitle(self.tr("Print preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 900, 700)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Document"))
        self.choice.setMinimumWidth(320)
        for document, label in documents:
            self.choice.addItem(label, document)
        self._title = Text("", TextRole.SECTION)
        if not documents:
            self.choice.hide()
        self.choice.currentIndexChanged.connect(self._want)
        self.notice = MessageBar(language)
        self.pages = PdfPages(self)
        self._facts = Text("", TextRole.MUTED)
        self.print_button = PrimaryButton(self.tr("Print"), "printer", "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.print_button.clicked.connect(self._ask_printer)
        self.save_button = Button(self.tr("Save as PDF"), "file-down", "Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.clicked.connect(self._ask_file)
        self._lay_out()
        self._enable()

    @property
    def page_count(self) -> int:
        return self.pages.page_count

    def start(self) -> None:
        """Ask for the document chosen first."""
        self._want()

    def show_printed(self, printed: Printed) -> None:
        self._printed = printed
        self._title.setText("" if self.choice.count() else printed.title)
        self.pages.show_pdf(printed.pdf)
        if printed.has_victim_identity:
            words = self.tr(
                "This paper identifies a victim. It carries your name, the time and copy number {copy}; "
                "the copy is in the log. Hand it only to who may see it."
            )
            self.notice.say(words.replace("{copy}", str(printed.copy_number)), Tone.WARNING)
        else:
            self.notice.clear()
        self._enable()

    def show_error(self, error: DesktopError) -> None:
        self._printed = None
        self.pages.close_pdf()
        self.notice.show_error(error)
        self._enable()

    def print_with(self, printer: QPrinter) -> None:
        self.pages.print_with(printer)

    def save_as(self, path: Path) -> None:
        """Keep the PDF in a file of the officer's choice."""
        if self._printed is None:
            return
        try:
            outside_files.write(path, self._printed.pdf)
        except DesktopError as error:
            self.notice.show_error(error)
        else:
            self.notice.say(self.tr("Saved as {file}.").replace("{file}", path.name), Tone.DONE)

    def _lay_out(self) -> None:
        head = row((self.choice, self._title, self._facts), space=Space.SNUG)
        head.addStretch(1)
        head.addWidget(ZoomButtons(self.pages))
        head.addSpacing(Space.TIGHT)
        head.addWidget(self.save_button)
        head.addWidget(self.print_button)
        layout = column((head, self.notice, self.pages), space=Space.SNUG, margin=Space.USUAL)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _want(self) -> None:
        document = self.choice.currentData()
        if isinstance(document, str):
            self.document_wanted.emit(document)

    def _enable(self) -> None:
        has_pages = self._printed is not None
        self.print_button.setEnabled(has_pages)
        self.save_button.setEnabled(has_pages)
        self._facts.setText(self.tr("%n page(s)", "", self.pages.page_count) if has_pages else "")

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_with(printer)

    def _ask_file(self) -> None:
        if self._printed is not None:
            words = self.tr("PDF files")
            chosen, _ = QFileDialog.getSaveFileName(
                self, self.tr("Save as PDF"), self._printed.file_name, f"{words} (*.pdf)"
            )
            if chosen:
                self.save_as(Path(chosen))
