"""Bringing in a file: what it is, which file, what would become of each row, and only then the act.

- Whatever is changed above makes the preview anew; an answer to an older question is dropped.
- Rows that can be taken are marked; a mark taken off leaves the row out.
- Nothing is written before the button that says how many rows it brings in.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.progress_panel import ProgressPanel
from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    PrimaryButton,
    Text,
    TextRole,
    Tone,
    column,
    row,
)
from desktop.ui.imports.column_choices import ColumnChoices
from desktop.ui.imports.import_head import ImportHead
from desktop.ui.imports.import_lines import ImportLines
from desktop.ui.tables.lines_table import LinesTable
from desktop.workspace.imports.imports import ImportOutcome
from desktop.workspace.views import import_view
from desktop.workspace.views.import_view import (
    FormPreview,
    ImportChoices,
    ImportPreview,
    TableImportPlan,
)

_EMPTY, _COLUMNS, _ROWS = range(3)
_NOTES_SHOWN: Final = 4
_SOURCE: Final = "source_of_information"


class ImportPanel(QWidget):
    """One file at a time; `done` carries what was brought in."""

    done = Signal(object)
    register_made = Signal(str)
    began = Signal()

    def __init__(self, operations: RegistryWorker, theme: Theme, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._language: Language = language
        self._path: Path | None = None
        self._plan: TableImportPlan | None = None
        self._preview: ImportPreview | None = None
        self._form: FormPreview | None = None
        self._asking = Latest()
        self._lines = ImportLines(self)
        self.progress = ProgressPanel()
        self.head = ImportHead()
        self.head.changed.connect(self._again)
        self.head.replan_wanted.connect(self._replan)
        self.choose = Button(self.tr("Choose a file"), "folder-open")
        self.choose.clicked.connect(self._ask_file)
        self.file = Text("", TextRole.MUTED)
        self.facts = Text("", TextRole.STRONG)
        self.notice = MessageBar(language)
        self.columns = ColumnChoices()
        self.table = LinesTable(
            theme,
            (self.tr("Row"), self.tr("Result"), self.tr("Content"), self.tr("To look at")),
            name=self.tr("Rows of the file"),
            toned=1,
            wide=3,
        )
        self.table.model_of_lines.marks_changed.connect(self._say_button)
        self.back = Button(self.tr("Columns"), "columns-2")
        self.back.clicked.connect(self._show_columns)
        self.look = PrimaryButton(self.tr("Look at the rows"), "list-checks")
        self.look.clicked.connect(self._preview_table)
        self.take = PrimaryButton("", "file-down")
        self.take.clicked.connect(self.perform)
        self._stack = QStackedWidget()
        self._lay_out()
        self._dress()

    def show_choices(self, choices: ImportChoices) -> None:
        self.head.show_choices(choices)
        self._dress()

    def open_file(self, path: Path) -> None:
        """Read a file and show what would become of it."""
        self.began.emit()
        self._path = path
        self._plan = None
        self.file.setText(path.name)
        self._again()

    def perform(self) -> None:
        """Bring in the rows that are marked."""
        if self._form is not None and self._path is not None:
            request = self._operations.act(self, (), import_view.make_register, self._path, self._language)
            request.result.connect(self._finish_form)
            self._hold_still(request)
            return
        if self._preview is None:
            return
        rows = frozenset(int(key) for key in self.table.model_of_lines.marked)
        source = self._preview.source
        touched = {source.register, "person"}
        request = self._operations.act_long(self, touched, import_view.perform, source, rows)
        self.progress.follow(request, self.tr("Bringing in the rows"))
        request.cancelled.connect(self._dress)
        request.result.connect(self._finish)
        self._hold_still(request)

    def _hold_still(self, request: Request) -> None:
        """While a file is brought in no other is chosen: its end clears what is here."""
        request.failed.connect(self.notice.show_error)
        request.finished.connect(self._let_move)
        for part in self._moving:
            part.setEnabled(False)

    def _let_move(self) -> None:
        for part in self._moving:
            part.setEnabled(True)
        self._say_button()

    def _lay_out(self) -> None:
        self._moving = (self.head, self.choose, self.columns, self.table, self.back, self.look, self.take)
        choice = row((self.choose, self.file), space=Space.SNUG)
        choice.addStretch(1)
        choice.addWidget(self.head.drafts)
        self.empty = EmptyState(
            "file-down",
            self.tr("No file chosen"),
            self.tr(
                "Guest declarations (XML, XLSX, CSV) and spreadsheets of old registers are shown row by row first; "
                "nothing is written before you say so, and an import can be undone."
            ),
        )
        for page in (self.empty, self.columns, self.table):
            self._stack.addWidget(page)
        acts = row((self.facts,), space=Space.SNUG)
        acts.addStretch(1)
        for button in (self.back, self.look, self.take):
            acts.addWidget(button)
        layout = column((self.head,), space=Space.SNUG)
        layout.addLayout(choice)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.progress)
        layout.addLayout(acts)
        self.setLayout(layout)

    def _ask_file(self) -> None:
        kinds = self.tr("Files to bring in (*.xml *.xlsx *.csv *.tsv *.txt);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.choose.text(), "", kinds)
        if chosen:
            self.open_file(Path(chosen))

    def _again(self) -> None:
        """Ask anew what would become of the file."""
        self._asking.drop()
        self._preview = self._form = None
        self.notice.clear()
        self._dress()
        if self._path is None:
            return
        ask = self._operations.ask
        if self.head.is_form:
            self._follow(ask(import_view.preview_form, self._path, self._language))
            return
        if self.head.is_guests:
            lodging, declared = self.head.lodging_record, self.head.declared_at
            self._follow_long(import_view.preview_guests, self._path, lodging, declared, self._language)
        elif self._plan is not None and self._plan.register == self.head.register:
            self._show_columns()
        else:
            self._follow(ask(import_view.plan_table, self._path, self.head.register, self._language))

    def _replan(self) -> None:
        if self._plan is not None and not self.head.is_guests:
            is_same = self._plan.sheet == self.head.sheet_name
            place = (self.head.register, self.head.sheet_name, self.head.head_row if is_same else None)
            self._follow(self._operations.ask(import_view.replan, self._plan.file, *place, self._language))

    def _preview_table(self) -> None:
        if self._plan is None:
            return
        self.notice.clear()
        is_asked = any(target.path == _SOURCE for target in self._plan.targets)
        common: dict[str, Json] = {_SOURCE: "RA_SOAT"} if is_asked else {}
        given = (self._plan, self.columns.columns, common, self.head.drafts.isChecked(), self._language)
        self._follow_long(import_view.preview_table, *given)

    def _follow_long(self, preview: Callable[..., ImportPreview], *given: object) -> None:
        """Make a preview that may take a while; it can be stopped, and is when another one is asked for."""
        request = self._operations.ask_long(preview, *given)
        self._follow(request)
        request.cancelled.connect(self._stop)
        self.progress.follow(request, self.tr("Reading the rows"))

    def _follow(self, request: Request) -> None:
        self._asking.wait_for(request)
        request.result.connect(self._show)
        request.failed.connect(self._fail)

    def _stop(self) -> None:
        self._stack.setCurrentIndex(_COLUMNS if self._plan is not None and not self.head.is_guests else _EMPTY)
        self._dress()

    def _show(self, found: ImportPreview | TableImportPlan | FormPreview) -> None:
        if isinstance(found, TableImportPlan):
            self._plan = found
            self.head.show_plan(found)
            self.columns.show_plan(found)
            self._show_columns()
            return
        if isinstance(found, FormPreview):
            self._show_form(found)
            return
        self._preview = found
        self.table.show_lines([self._lines.row(one) for one in found.rows])
        if found.whole_file:
            self.notice.say("\n".join(found.whole_file[:_NOTES_SHOWN]), Tone.ACCENT)
        self._stack.setCurrentIndex(_ROWS)
        self.facts.setText(self._lines.facts(found.outcome))
        self._dress()

    def _show_form(self, found: FormPreview) -> None:
        self._form = found
        self.table.show_lines([self._lines.note(note) for note in found.notes])
        self._stack.setCurrentIndex(_ROWS)
        self.facts.setText(self._lines.form_facts(found))
        self._dress()

    def _finish_form(self, made: FormPreview) -> None:
        self._reset()
        self.register_made.emit(made.register)

    def _show_columns(self) -> None:
        self._preview = None
        self._stack.setCurrentIndex(_COLUMNS)
        self.facts.setText("")
        self._dress()

    def _fail(self, error: DesktopError) -> None:
        has_columns = self._plan is not None and not self.head.is_guests
        self._stack.setCurrentIndex(_COLUMNS if has_columns else _EMPTY)
        self.facts.setText("")
        self.notice.show_error(error)
        self._dress()

    def _finish(self, outcome: ImportOutcome) -> None:
        self._reset()
        self.done.emit(outcome)

    def _reset(self) -> None:
        self._path = self._plan = self._preview = self._form = None
        self.file.setText("")
        self.facts.setText("")
        self._stack.setCurrentIndex(_EMPTY)
        self._dress()

    def _say_button(self) -> None:
        if self._form is not None:
            self.take.setText(self.tr("Make the register"))
            self.take.setEnabled(self._form.is_changed)
            return
        count = len(self.table.model_of_lines.marked)
        self.take.setText(self.tr("Bring in {count} rows").replace("{count}", str(count)))
        self.take.setEnabled(count > 0)

    def _dress(self) -> None:
        page = self._stack.currentIndex()
        self.head.dress(has_plan=self._plan is not None)
        self.look.setVisible(page == _COLUMNS)
        self.back.setVisible(page == _ROWS and not (self.head.is_guests or self.head.is_form))
        self.take.setVisible(page == _ROWS and (self._preview is not None or self._form is not None))
        self._say_button()
