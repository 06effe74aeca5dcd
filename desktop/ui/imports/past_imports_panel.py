"""What was brought in, the newest first, and the way back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.base.message_bar import EmptyState
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Tone,
    column,
    row,
)
from desktop.ui.tables.lines_table import LinesTable, TableLine
from desktop.workspace.imports.import_log import PastImport


class PastImports(QWidget):
    """`undo_wanted` carries the id of an import that was asked twice for."""

    undo_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._undone: frozenset[str] = frozenset()
        self._asked = ""
        self.table = LinesTable(
            theme,
            (
                self.tr("Import"),
                self.tr("When"),
                self.tr("Register"),
                self.tr("File"),
                self.tr("Records"),
                self.tr("State"),
            ),
            name=self.tr("Past imports"),
            toned=5,
            wide=3,
        )
        self.table.selectionModel().currentRowChanged.connect(self._dress)
        self.undo = Button(self.tr("Undo this import"), "undo-2")
        self.undo.clicked.connect(self._ask)
        self.none = EmptyState(
            "file-down", self.tr("Nothing brought in yet"), self.tr("Every import is listed here and can be undone.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.table)
        acts = row(())
        acts.addWidget(self.undo)
        acts.addStretch(1)
        layout = column((self._stack,), space=Space.SNUG)
        layout.addLayout(acts)
        self.setLayout(layout)
        self._dress()

    def show_imports(self, found: Sequence[PastImport], registers: Mapping[str, str]) -> None:
        self._undone = frozenset(one.id for one in found if one.undone_at is not None)
        self.table.show_lines([self._line(one, registers) for one in found])
        self._stack.setCurrentIndex(1 if found else 0)
        self._dress()

    def _line(self, found: PastImport, registers: Mapping[str, str]) -> TableLine:
        is_undone = found.undone_at is not None
        cells = (
            found.id,
            f"{found.at:%d/%m/%Y %H:%M}",
            registers.get(found.register, found.register),
            found.name,
            str(found.records),
            self.tr("undone") if is_undone else self.tr("brought in"),
        )
        tone = Tone.NEUTRAL if is_undone else Tone.DONE
        return TableLine(key=found.id, cells=cells, tone=tone, icon="undo-2" if is_undone else "circle-check")

    def _ask(self) -> None:
        """Undo at the second press: what was brought in goes out of every list."""
        chosen = self.table.current_key
        if self._asked != chosen:
            self._asked = chosen
            self.undo.setText(self.tr("Undo {import}: press again").replace("{import}", chosen))
            return
        self.undo_wanted.emit(chosen)
        self._asked = ""

    def _dress(self) -> None:
        chosen = self.table.current_key
        self._asked = ""
        self.undo.setText(self.tr("Undo this import"))
        self.undo.setEnabled(bool(chosen) and chosen not in self._undone)
        self.undo.setVisible(bool(self.table.lines))
