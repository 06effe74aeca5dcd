"""Papers that belong to no single record: blank forms to fill in by hand, and the book of a register."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Paragraph,
    PrimaryButton,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField
from desktop.ui.viewers.print_preview import PrintPreview
from desktop.workspace.base.session import Session
from desktop.workspace.papers import printing, register_books
from desktop.workspace.papers.printing import Printed

_WIDTH = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankFormChoices:
    """What can be printed without a record: documents and registers, each with its label, and the day."""

    documents: tuple[tuple[str, str], ...]
    registers: tuple[tuple[str, str], ...]
    today: dt.date


def read_choices(session: Session, language: Language) -> BlankFormChoices:
    """Runs on the worker thread."""
    registers = [found for found in session.library.registers.values() if found.rail is not None]
    return BlankFormChoices(
        documents=tuple((one.id, one.label.text(language)) for one in session.definitions.documents.values()),
        registers=tuple((one.id, one.label.text(language)) for one in sorted(registers, key=lambda one: one.rail or 0)),
        today=session.today(),
    )


class BlankForms(QObject):
    """Opens one of each at most and speaks with the workspace for it."""

    def __init__(self, operations: RegistryWorker, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._preferences = preferences
        self._window = window
        self._register = ""
        self._opening = Latest()
        self._printing = Latest()
        self.preview: PrintPreview | None = None
        self.book: BookDialog | None = None

    def close_all(self) -> None:
        """The registry is being locked."""
        self._opening.drop()
        self._printing.drop()
        for dialog in (self.preview, self.book):
            if dialog is not None:
                dialog.close()
        self.preview = self.book = None

    def show_blanks(self) -> None:
        """Show the blank forms, the first one at once."""
        request = self._opening.wait_for(self._operations.ask(read_choices, self._preferences.language))
        request.result.connect(self._open_blanks)

    def show_book(self, register: str) -> None:
        """Ask which book, of which days; `register` is proposed."""
        self._register = register
        request = self._opening.wait_for(self._operations.ask(read_choices, self._preferences.language))
        request.result.connect(self._open_book)

    def _open_blanks(self, choices: BlankFormChoices) -> None:
        dialog = self._open_preview(choices.documents)
        dialog.document_wanted.connect(self._print_blank)
        dialog.start()

    def _open_book(self, choices: BlankFormChoices) -> None:
        self.book = BookDialog(choices, self._register, self._preferences.language, self._window)
        self.book.book_wanted.connect(self._print_book)
        self.book.finished.connect(self._forget)
        self.book.open()

    def _open_preview(self, documents: tuple[tuple[str, str], ...]) -> PrintPreview:
        self.preview = PrintPreview(documents, self._preferences.language, self._window)
        self.preview.finished.connect(self._forget)
        self.preview.open()
        return self.preview

    def _print_blank(self, document: str) -> None:
        request = self._operations.act(self, (), printing.print_blank, document)
        self._printing.wait_for(request).result.connect(self._show_blank)
        if self.preview is not None:
            request.failed.connect(self.preview.show_error)

    def _show_blank(self, printed: Printed) -> None:
        if self.preview is not None:
            self.preview.show_printed(printed)

    def _print_book(self, register: str, first: dt.date, last: dt.date) -> None:
        request = self._operations.act(self, (), register_books.print_book, register, first, last)
        self._printing.wait_for(request).result.connect(self._show_book)
        if self.book is not None:
            request.failed.connect(self.book.show_error)

    def _show_book(self, printed: Printed) -> None:
        if self.book is not None:
            self.book.close()
        self._open_preview(()).show_printed(printed)

    def _forget(self) -> None:
        self._printing.drop()
        if self.sender() is self.preview:
            self.preview = None
        if self.sender() is self.book:
            self.book = None


class BookDialog(QDialog):
    """Which register, from which day to which; Enter goes on, the last one makes the book."""

    book_wanted = Signal(str, object, object)

    def __init__(self, choices: BlankFormChoices, register: str, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Register book"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.register = QComboBox()
        for identity, label in choices.registers:
            self.register.addItem(label, identity)
        self.register.setCurrentIndex(max(0, self.register.findData(register)))
        self.first, self.last = DayField(), DayField()
        self.first.show_day(choices.today.replace(month=1, day=1))
        self.last.show_day(choices.today)
        self.notice = MessageBar(language)
        self.make_button = PrimaryButton(self.tr("Make the book"), "book-open")
        self.make_button.clicked.connect(self._want)
        cancel = Button(self.tr("Cancel"), keys="Esc")
        cancel.clicked.connect(self.close)
        hint = self.tr("Every record entered in these days, in the order of the numbers. Victims stand by case code.")
        days = row((), space=Space.USUAL)
        days.addLayout(labelled(self.tr("Entered from"), self.first))
        days.addLayout(labelled(self.tr("Entered to"), self.last))
        days.addStretch(1)
        acts = row((), space=Space.TIGHT)
        acts.addStretch(1)
        acts.addWidget(cancel)
        acts.addWidget(self.make_button)
        layout = column((Paragraph(hint, TextRole.MUTED),), space=Space.USUAL, margin=Space.WIDE)
        layout.addLayout(labelled(self.tr("Register"), self.register))
        layout.addLayout(days)
        layout.addWidget(self.notice)
        layout.addLayout(acts)
        self.setLayout(layout)
        self.setMinimumWidth(scaled(_WIDTH))
        self.register.setFocus()

    def show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.last.hasFocus() or self.make_button.hasFocus():
                self._want()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _want(self) -> None:
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            (self.first if first is None else self.last).setFocus()
            return
        self.notice.clear()
        self.book_wanted.emit(str(self.register.currentData()), first, last)
