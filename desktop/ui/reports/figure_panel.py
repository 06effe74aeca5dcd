"""What is behind one figure of a report: its records, those it is a share of, or who entered it and from where.

- Enter opens a record; Esc goes back to the report.
- An entered figure has its number and its source; entering it again replaces it.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTabBar, QWidget

from desktop.domain.reports.periods import Period
from desktop.domain.reports.results import (
    Amount,
    ReportResult,
    amount_text,
    figure_text,
)
from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    IconButton,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.tables.figures_table import FigureCell
from desktop.ui.tables.record_table import RecordRow, RecordTable
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import stations
from desktop.workspace.records import records
from desktop.workspace.reports import reports
from desktop.workspace.reports.reports import LARGEST_FIGURE

_SOURCE_LENGTH: Final = 300
_FORM_WIDTH: Final = 460


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The records of a figure and of what it is a share of."""

    cell: FigureCell
    records: tuple[RecordRow, ...]
    whole: tuple[RecordRow, ...]


def read_behind(session: Session, result: ReportResult, cell: FigureCell, language: Language) -> Behind:
    """Runs on the worker thread; victims are called by their case code."""

    def rows(*, is_whole: bool) -> tuple[RecordRow, ...]:
        listed = reports.records_behind(session, result, cell.table, cell.row, cell.column, is_whole=is_whole)
        return tuple(_row(session, one, language) for one in listed)

    return Behind(cell=cell, records=rows(is_whole=False), whole=rows(is_whole=True))


class FigurePanel(QWidget):
    """Takes the place of the report while a figure is looked into."""

    closed = Signal()
    entered = Signal()
    record_wanted = Signal(str, str)

    def __init__(self, operations: RegistryWorker, theme: Theme, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._language = language
        self._result: ReportResult | None = None
        self._cell: FigureCell | None = None
        self._behind: Behind | None = None
        self._asking = Latest()
        self._entering = Latest()
        self.back = IconButton("arrow-left", self.tr("Back to the report"), "Esc")
        self.back.clicked.connect(self.closed)
        self.title = ElidedLabel("", TextRole.SECTION)
        self._figure = Text("", TextRole.MUTED)
        self.tabs = QTabBar()
        self.tabs.currentChanged.connect(self._show_part)
        self.notice = MessageBar(language)
        self.table = RecordTable(theme, self.tr("Records of this figure"))
        self.table.record_wanted.connect(self.record_wanted)
        self._nothing = Paragraph(self.tr("No record is behind this figure."), TextRole.MUTED)
        self.form = EnteredFigure()
        self.form.entered.connect(self._enter)
        self._stack = QStackedWidget()
        empty = QWidget()
        empty_layout = column((self._nothing,))
        empty_layout.addStretch(1)
        empty.setLayout(empty_layout)
        for part in (self.table, empty, self.form):
            self._stack.addWidget(part)
        head = row((self.back,), space=Space.TIGHT)
        head.addLayout(column((self.title, self._figure), space=0), 1)
        tabs = row((self.tabs,))
        tabs.addStretch(1)
        layout = column((), space=Space.TIGHT)
        layout.addLayout(head)
        layout.addLayout(tabs)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def show_cell(self, result: ReportResult, cell: FigureCell) -> None:
        """Fetch and show what is behind a figure."""
        self._entering.drop()
        self._result, self._cell, self._behind = result, cell, None
        self.notice.clear()
        self.title.say(cell.title)
        self._figure.setText(figure_text(cell.figure))
        self._offer_parts(cell)
        request = self._operations.ask(read_behind, result, cell, self._language)
        self._asking.wait_for(request).result.connect(self._show)
        request.failed.connect(self.notice.show_error)

    def refresh(self) -> None:
        if self._result is not None and self._cell is not None:
            self.show_cell(self._result, self._cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _offer_parts(self, cell: FigureCell) -> None:
        self.tabs.blockSignals(True)  # noqa: FBT003  Qt's signature
        while self.tabs.count():
            self.tabs.removeTab(0)
        if cell.figure.of is not None:
            self.tabs.addTab(self._part_name(self.tr("Numerator"), cell.figure.amount))
            self.tabs.addTab(self._part_name(self.tr("Denominator"), cell.figure.of))
        self.tabs.setVisible(cell.figure.of is not None)
        self.tabs.blockSignals(False)  # noqa: FBT003  Qt's signature

    def _part_name(self, name: str, amount: Amount) -> str:
        return f"{name}: {amount_text(amount)}"

    def _show(self, behind: Behind) -> None:
        self._behind = behind
        self._show_part()

    def _show_part(self) -> None:
        behind = self._behind
        if behind is None:
            return
        is_whole = self.tabs.count() > 0 and self.tabs.currentIndex() == 1
        amount = behind.cell.figure.of if is_whole else behind.cell.figure.amount
        rows = behind.whole if is_whole else behind.records
        if amount is not None and amount.is_manual:
            self.form.show_amount(amount)
            self._stack.setCurrentIndex(2)
            self.form.start()
            return
        headings = (self.tr("Number"), self.tr("Record"), self.tr("Called"), self.tr("State"), self.tr("Unit"))
        self.table.show_rows(headings, rows, 2)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            QTimer.singleShot(0, self.table, self._focus_table)  # once it is shown

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, number: int, source: str) -> None:
        if self._result is None or self._cell is None:
            return
        is_whole = self.tabs.count() > 0 and self.tabs.currentIndex() == 1
        request = self._operations.act(
            self,
            (),
            reports.enter_figure,
            self._result.definition.id,
            _place(self._result, self._cell, is_whole=is_whole),
            _period(self._result, self._cell),
            number,
            source,
        )
        self._entering.wait_for(request).result.connect(self.entered)
        request.failed.connect(self._refuse)

    def _refuse(self, error: DesktopError) -> None:
        self.notice.show_error(error)


class EnteredFigure(QWidget):
    """A number that no register holds, and where it comes from."""

    entered = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(0, LARGEST_FIGURE, self))
        self.source = QLineEdit()
        self.source.setMaxLength(_SOURCE_LENGTH)
        self.source.setPlaceholderText(self.tr("Number and day of the paper, or who gave it"))
        self.number.returnPressed.connect(self._to_source)
        self.source.returnPressed.connect(self._save)
        self.save_button = PrimaryButton(self.tr("Enter this figure"), "check")
        self.save_button.clicked.connect(self._save)
        hint = Paragraph(self.tr("No register holds this figure. Enter it with its source."), TextRole.MUTED)
        act = row((self.save_button,))
        act.addStretch(1)
        layout = column((hint,), space=Space.SNUG)
        layout.addLayout(labelled(self.tr("Figure"), self.number))
        layout.addLayout(labelled(self.tr("Source"), self.source))
        layout.addLayout(act)
        layout.addStretch(1)
        holder = row(())
        holder.addLayout(layout)
        holder.addStretch(1)
        self.number.setMaximumWidth(scaled(160))
        self.source.setMinimumWidth(scaled(_FORM_WIDTH))
        self.setLayout(holder)

    def show_amount(self, amount: Amount) -> None:
        self.number.setText("" if amount.number is None else str(int(amount.number)))
        self.source.setText(amount.source)

    def start(self) -> None:
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number.selectAll()

    def _to_source(self) -> None:
        self.source.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        if self.number.hasAcceptableInput():
            self.entered.emit(int(self.number.text()), self.source.text())
        else:
            self.start()


def _row(session: Session, one: records.ListedRow, language: Language) -> RecordRow:
    view = records.read(session, one.record)
    state = session.library.code_label("record_status", one.status, language) if one.status else ""
    kind = records.definition_of(session, view.register).label_one.text(language)
    called = one.title if one.title != one.record_no else ""
    return RecordRow(
        register=view.register,
        record=one.record,
        cells=(one.record_no, kind, called, state, stations.station_name(session, one.unit)),
    )


def _place(result: ReportResult, cell: FigureCell, *, is_whole: bool) -> str:
    table = next(one for one in result.tables if one.definition.id == cell.table)
    parts = (cell.table, cell.row, "" if table.is_over_periods else cell.column, "of" if is_whole else "number")
    return ".".join(part for part in parts if part)


def _period(result: ReportResult, cell: FigureCell) -> Period:
    """Return the period that an entered figure belongs to: each column over periods has its own."""
    table = next(one for one in result.tables if one.definition.id == cell.table)
    if not table.is_over_periods:
        return result.period
    return (result.period, result.year_to_date, result.last_year)[cell.place]
