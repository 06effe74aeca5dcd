"""Data for other programs: a register as a table, or victims' cases by HTCDS; what stays here is said beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Tone, column, resize_scaled
from desktop.ui.exports.export_cases_tab import CasesTab
from desktop.ui.exports.export_parts import ExportChoices
from desktop.ui.exports.export_table_tab import TableTab


class ExportDialog(QDialog):
    """Answer `columns_wanted` with `table.show_columns`, `table_planned` with `table.show_plan`, `cases_planned` with
    `cases.show_plan`, the rest with `show_done` or `show_error`.
    """

    columns_wanted = Signal(str)
    table_planned = Signal(object)
    table_wanted = Signal(object)
    cases_planned = Signal(object)
    cases_wanted = Signal(object)

    def __init__(self, choices: ExportChoices, register: str, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export data"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 920, 640)
        self.table = TableTab(choices, register, language)
        self.table.columns_wanted.connect(self.columns_wanted)
        self.table.planned.connect(self.table_planned)
        self.table.wanted.connect(self.table_wanted)
        self.cases = CasesTab(choices, language)
        self.cases.planned.connect(self.cases_planned)
        self.cases.wanted.connect(self.cases_wanted)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.table, self.tr("Table"))
        self.tabs.addTab(self.cases, self.tr("Cases by HTCDS 2.0"))
        self.notice = MessageBar(language)
        layout = column((self.tabs, self.notice), space=Space.SNUG, margin=Space.USUAL)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for tab in (self.table, self.cases):
            tab.closed.connect(self.close)

    def start(self) -> None:
        """Ask for what is shown first."""
        self.table.ask_columns()

    def show_done(self, file: str, digest: str, number: int) -> None:
        words = self.tr("Written as {file}, number {number} in the book of exports.\nSHA-256 {digest}")
        words = words.replace("{file}", file).replace("{number}", str(number)).replace("{digest}", digest)
        self.notice.say(words, Tone.DONE)

    def show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)
