"""A report that was made: its tables, each with its chart, and how it was counted."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.reports.bars import bars_of
from desktop.domain.reports.results import ReportResult, TableResult
from desktop.sentences import Language, sentence
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    Text,
    TextRole,
    clear,
    column,
    row,
)
from desktop.ui.reports.report_chart import ReportChart
from desktop.ui.tables.figures_table import FigureCell, FiguresTable


class ReportBody(QScrollArea):
    """`cell_wanted` carries the figure that Enter was pressed on."""

    cell_wanted = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self._language = language
        self.tables: tuple[FiguresTable, ...] = ()
        self._last: QObject | None = None
        inside = QWidget()
        inside.setProperty("role", "page")
        self._body = column((), space=Space.TIGHT)
        self._body.setContentsMargins(0, 0, Space.SNUG, Space.USUAL)
        inside.setLayout(self._body)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_result(self, result: ReportResult) -> None:
        clear(self._body)
        self._say(result)
        self.tables = tuple([self._add_table(table) for table in result.tables])
        self._explain(result)
        self._body.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def start(self) -> None:
        """Put the focus on the first figure."""
        if self.tables:
            table = self.tables[0]
            if not table.currentIndex().isValid():
                table.setCurrentIndex(table.model().index(0, 1))
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_again(self) -> None:
        """Put the focus back on the figure that was looked into."""
        last = next((table for table in self.tables if table is self._last), None)
        if last is not None:
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start()

    def _say(self, result: ReportResult) -> None:
        """Say what must be known before the figures are read."""
        if result.is_empty:
            self._warn(sentence("report_empty", {}, self._language), "info", TextRole.BODY)
        if not result.definition.is_verified:
            self._warn(sentence("report_unverified", {}, self._language), "triangle-alert", TextRole.WARNING)
        if result.drafts:
            self._warn(
                sentence("report_drafts", {"count": result.drafts}, self._language), "triangle-alert", TextRole.WARNING
            )

    def _warn(self, words: str, icon: str, role: TextRole) -> None:
        line = row((), space=Space.TIGHT)
        line.addWidget(Icon(icon, 16, role), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Paragraph(words, TextRole.MUTED), 1)
        self._body.addLayout(line)

    def _add_table(self, table: TableResult) -> FiguresTable:
        self._body.addSpacing(Space.TIGHT)
        self._body.addWidget(Text(table.definition.label.text(self._language), TextRole.SECTION))
        if table.definition.note is not None:
            self._body.addWidget(Paragraph(table.definition.note.text(self._language), TextRole.MUTED))
        shown = FiguresTable(table, self._theme, self._language)
        shown.cell_wanted.connect(self._want)
        self._body.addWidget(shown)
        bars = bars_of(table, self._language)
        if bars is not None:
            self._body.addSpacing(Space.TIGHT)
            self._body.addWidget(ReportChart(bars, self._theme))
            if bars.left_out:
                words = sentence("report_chart_cut", {"count": len(bars.rows)}, self._language)
                self._body.addWidget(Paragraph(words, TextRole.SMALL))
        return shown

    def _explain(self, result: ReportResult) -> None:
        definition = result.definition
        signs = "report_note_outside_text" if result.is_for_outside else "report_note_signs_text"
        notes = {
            "definition": definition.definition.text(self._language),
            "target": definition.target.text(self._language) if definition.target else "",
            "basis": definition.legal_basis,
            "signs": sentence(signs, {}, self._language),
        }
        self._body.addSpacing(Space.SNUG)
        for code, words in notes.items():
            if words:
                head = sentence(f"report_note_{code}", {}, self._language)
                self._body.addWidget(Paragraph(f"{head}: {words}", TextRole.SMALL))

    def _want(self, cell: FigureCell) -> None:
        self._last = self.sender()
        self.cell_wanted.emit(cell)
