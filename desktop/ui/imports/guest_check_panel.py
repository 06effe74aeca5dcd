"""A lodging's declared guests held against the check of a night: not found, not declared, declared late."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    PrimaryButton,
    Text,
    TextRole,
    Tone,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.day_field import DayField
from desktop.ui.tables.lines_table import LinesTable, TableLine
from desktop.workspace.imports import guest_reconciliation
from desktop.workspace.imports.guest_imports import REGISTER
from desktop.workspace.imports.guest_reconciliation import (
    CHECKS,
    DeclaredGuest,
    Lateness,
    Match,
    Reconciliation,
)
from desktop.workspace.views.import_view import ImportChoices


class GuestCheckPanel(QWidget):
    """`record_wanted` carries register and record of a line."""

    record_wanted = Signal(str, str)

    def __init__(self, operations: RegistryWorker, theme: Theme, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._asking = Latest()
        self._is_fresh = True
        self.lodging = QComboBox()
        self.lodging.setMinimumWidth(scaled(280))
        self.night = DayField()
        self.compare = PrimaryButton(self.tr("Compare"), "columns-2")
        self.compare.clicked.connect(self.reconcile)
        self.facts = Text("", TextRole.STRONG)
        self.notice = MessageBar(language)
        self.table = LinesTable(
            theme,
            (self.tr("Result"), self.tr("Guest"), self.tr("Document"), self.tr("Room"), self.tr("Declaration")),
            name=self.tr("Guests of the night"),
            toned=0,
            wide=1,
        )
        self.table.opened.connect(self._open)
        self.empty = EmptyState(
            "hotel",
            self.tr("No night compared"),
            self.tr(
                "Choose a lodging and the night of a check. The night of a day runs to the noon of the next. "
                "The lists are a reason to look again; they say nothing about anybody."
            ),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        head = row((), space=Space.SNUG)
        head.addLayout(labelled(self.tr("Lodging"), self.lodging))
        head.addLayout(labelled(self.tr("Night of"), self.night))
        below = column((), space=0)
        below.addStretch(1)
        below.addWidget(self.compare)
        head.addLayout(below)
        head.addStretch(1)
        layout = column((), space=Space.SNUG)
        layout.addLayout(head)
        layout.addWidget(self.facts)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def show_choices(self, choices: ImportChoices) -> None:
        """Offer the lodgings; the night proposed is the last one."""
        chosen = self.lodging.currentData()
        self.lodging.clear()
        for record, title in choices.lodgings:
            self.lodging.addItem(title, record)
        self.lodging.setCurrentIndex(max(0, self.lodging.findData(chosen)))
        if self._is_fresh:
            self.night.show_day(choices.today - dt.timedelta(days=1))
            self._is_fresh = False
        self.compare.setEnabled(bool(choices.lodgings))

    def reconcile(self) -> None:
        lodging, night = self.lodging.currentData(), self.night.day
        if not lodging or night is None:
            return
        self.notice.clear()
        request = self._asking.wait_for(self._operations.ask(guest_reconciliation.reconcile, lodging, night))
        request.result.connect(self._show)
        request.failed.connect(self.notice.show_error)

    def _show(self, found: Reconciliation) -> None:
        words = self.tr("Declared {declared}, found {found}, the same {same}")
        counts = {"declared": found.declared, "found": found.found, "same": len(found.matched)}
        for name, count in counts.items():
            words = words.replace(f"{{{name}}}", str(count))
        self.facts.setText(words)
        self.table.show_lines(tuple(self._lines(found)))
        self._stack.setCurrentIndex(1 if found.declared or found.found else 0)

    def _lines(self, found: Reconciliation) -> Iterable[TableLine]:
        for one in found.found_not_declared:
            words = self.tr("found, not declared")
            cells = (words, one.name, one.document, one.room, "")
            yield TableLine(key=f"{CHECKS}/{one.record}", cells=cells, tone=Tone.DANGER, icon="circle-alert")
        for declared in found.declared_not_found:
            words = self.tr("declared, not found")
            yield self._declared(declared, found, words, Tone.WARNING, "triangle-alert")
        for pair in found.matched:
            by_name = pair.by is Match.NAME
            words = self.tr("the same by name") if by_name else self.tr("the same by document")
            tone, icon = (Tone.WARNING, "triangle-alert") if by_name else (Tone.DONE, "circle-check")
            yield self._declared(pair.declared, found, words, tone, icon)

    def _declared(self, one: DeclaredGuest, found: Reconciliation, words: str, tone: Tone, icon: str) -> TableLine:
        said = {
            Lateness.IN_TIME: self.tr("in time"),
            Lateness.LATE: self.tr("late"),
            Lateness.UNKNOWN: self.tr("hour of arrival not known"),
            Lateness.NOT_DECLARED_WHEN: self.tr("hour of declaration not known"),
        }[one.lateness]
        other = found.elsewhere.get(one.record)
        if other:
            said = f"{said} · {self.tr('also declared elsewhere')}: {other}"
        cells = (words, one.name, one.document, one.room, said)
        return TableLine(key=f"{REGISTER}/{one.record}", cells=cells, tone=tone, icon=icon)

    def _open(self, key: str) -> None:
        register, _, record = key.partition("/")
        self.record_wanted.emit(register, record)
