"""Joins a person to another record: of which kind, to whom, and what is known of it.

- The other record is found by some letters, as in every form; Enter goes on, the last Enter links.
"""

import dataclasses
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.domain.definitions.model import FieldDefinition
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    labelled,
    row,
    scaled,
)
from desktop.ui.form.editors.record_editor import RecordEditor
from desktop.ui.form.form_context import FormContext
from desktop.workspace.records import links

KINDS: Final = "link_kind"
NOTE_LENGTH: Final = 500
_NOT_OFFERED: Final = frozenset({links.REGISTER, "officer"})


class LinkForm(Card):
    """Answer `link_wanted` with `refuse` or by closing it."""

    link_wanted = Signal(str, str, str)
    """The other record, the kind of link, the note."""

    closed = Signal()

    def __init__(self, context: FormContext) -> None:
        super().__init__(margin=Space.SNUG)
        self._context = context
        field = context.library.registers[links.REGISTER].field("to_record")
        assert field is not None  # noqa: S101  the register of links is one of ours
        self._field: FieldDefinition = field
        self.kind = QComboBox()
        for code in context.library.code_lists[KINDS].codes:
            self.kind.addItem(code.label.text(context.language), code.value)
        self.register = QComboBox()
        self._offer_registers()
        self.register.currentIndexChanged.connect(self._change_register)
        self._place = column((), space=0)
        self.record = self._make_editor("person")
        self.note = QLineEdit()
        self.note.setMaxLength(NOTE_LENGTH)
        self.note.setPlaceholderText(self.tr("For example: elder sister, told by the mother"))
        self.note.returnPressed.connect(self._want)
        self._problem = Paragraph("", TextRole.DANGER)
        self._problem.hide()
        self.add_button = PrimaryButton(self.tr("Link"), "link")
        self.add_button.clicked.connect(self._want)
        cancel = Button(self.tr("Cancel"), keys="Esc")
        cancel.clicked.connect(self.closed)
        acts = row((self.add_button, cancel), space=Space.TIGHT)
        acts.addStretch(1)
        first = row((), space=Space.USUAL)
        first.addLayout(labelled(self.tr("Kind of link"), self.kind), 1)
        first.addLayout(labelled(self.tr("Register"), self.register), 1)
        target = column((Text(self.tr("Which record"), TextRole.LABEL),), space=Space.HAIR)
        target.addLayout(self._place)
        for part in (Text(self.tr("New link"), TextRole.SECTION),):
            self.body.addWidget(part)
        self.body.addLayout(first)
        self.body.addLayout(target)
        self.body.addLayout(labelled(self.tr("Note"), self.note))
        self.body.addWidget(self._problem)
        self.body.addLayout(acts)
        for box in (self.kind, self.register):
            box.setMinimumWidth(scaled(150))

    @property
    def problem(self) -> str:
        return "" if self._problem.isHidden() else self._problem.plain

    def start(self) -> None:
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Say why it was not linked; what was chosen stays."""
        self._problem.set_plain(words)
        self._problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.kind.hasFocus():
                self.register.setFocus(Qt.FocusReason.TabFocusReason)
                return
            if self.register.hasFocus():
                self.record.line.setFocus(Qt.FocusReason.TabFocusReason)
                return
        super().keyPressEvent(event)

    def _offer_registers(self) -> None:
        registers = sorted(self._context.library.registers.values(), key=lambda found: (found.rail is None, found.rail))
        for found in registers:
            if found.id not in _NOT_OFFERED and found.rail is not None:
                self.register.addItem(found.label_one.text(self._context.language), found.id)
        self.register.setCurrentIndex(max(0, self.register.findData("person")))

    def _change_register(self) -> None:
        old = self.record
        self.record = self._make_editor(str(self.register.currentData()))
        old.hide()
        old.deleteLater()

    def _make_editor(self, register: str) -> RecordEditor:
        editor = RecordEditor(dataclasses.replace(self._field, register=register), self._context)
        editor.stepped.connect(self._step)
        self._place.addWidget(editor)
        return editor

    def _step(self, step: int) -> None:
        (self.note if step > 0 else self.register).setFocus(Qt.FocusReason.TabFocusReason)

    def _want(self) -> None:
        record = self.record.stored()
        if not isinstance(record, str):
            self.refuse(self.tr("Choose the record to link to first."))
            self.record.line.setFocus()
            return
        self.link_wanted.emit(record, str(self.kind.currentData()), self.note.text())
