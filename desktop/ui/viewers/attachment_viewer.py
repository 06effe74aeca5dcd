"""A file of a record, looked at inside the program: a picture, or the pages of a PDF. Nothing reaches the disk.

- What identifies a victim is gone as soon as another program has the focus, and when its minute is over.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Text,
    TextRole,
    column,
    resize_scaled,
    row,
)
from desktop.ui.base.zoom_buttons import ZoomButtons
from desktop.ui.viewers.pdf_pages import PdfPages
from desktop.ui.viewers.picture_view import FORMATS, PictureView
from desktop.workspace.records import attachments
from desktop.workspace.views.record_files import PreviewFile

PDF: Final = "application/pdf"
LOOKED_AT: Final = frozenset({PDF, *FORMATS})


class AttachmentViewer(QDialog):
    """Asks for the bytes when shown; it belongs to its parent and ends with it."""

    def __init__(self, operations: RegistryWorker, file: PreviewFile, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = file
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(file.label)
        resize_scaled(self, 900, 700)
        self.notice = MessageBar(language)
        self.notice.set_closable(False)
        self.picture = PictureView()
        self.pages = PdfPages(self)
        self._stack = QStackedWidget()
        for part in (QWidget(), self.picture, self.pages):
            self._stack.addWidget(part)
        close = Button(self.tr("Close"), keys="Esc")
        close.clicked.connect(self.close)
        shown = self.pages if file.media_type == PDF else self.picture
        head = row((Text(file.label, TextRole.SECTION),), space=Space.SNUG)
        head.addWidget(ElidedLabel(file.name, TextRole.MUTED), 1)
        head.addWidget(ZoomButtons(shown))
        head.addWidget(close)
        layout = column((head, self.notice, self._stack), space=Space.SNUG, margin=Space.USUAL)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        if file.is_secret:
            application = QApplication.instance()
            assert isinstance(application, QApplication)  # noqa: S101  a dialog needs one
            application.applicationStateChanged.connect(self._close_behind)
        request = operations.ask(attachments.content, file.digest)
        request.result.connect(self._show)
        request.failed.connect(self.notice.show_error)

    @property
    def is_secret(self) -> bool:
        return self._file.is_secret

    def _show(self, content: bytes | None) -> None:
        if content is None:
            self.notice.show_error(DesktopError("attachment_not_here"))
        elif self._file.media_type == PDF:
            self._show_part(self.pages, is_readable=self.pages.show_pdf(content))
        elif self._file.media_type in FORMATS:
            self._show_part(self.picture, is_readable=self.picture.show_picture(content, self._file.media_type))
        else:
            self.notice.show_error(DesktopError("attachment_without_view"))

    def _show_part(self, part: QWidget, *, is_readable: bool) -> None:
        if is_readable:
            self._stack.setCurrentWidget(part)
            part.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.notice.show_error(DesktopError("attachment_not_shown"))

    def _close_behind(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.close()
