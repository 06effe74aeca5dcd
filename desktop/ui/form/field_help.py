"""The help of a field, unfolded below it with F1: what it asks, how to answer, and on what legal basis."""

from PySide6.QtWidgets import QFrame

from desktop.domain.definitions.model import FieldDefinition, Privacy, TypeName
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    TextRole,
    column,
    row,
)
from desktop.ui.form.form_context import FormContext


class FieldHelp(QFrame):
    """Words only; it takes no focus and goes away with the next F1."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._context = context
        parts = [part for part in self._parts(field) if part]
        words = Paragraph("\n".join(parts) or self.tr("There is no more to say on this field."))
        self.text = words.plain
        layout = column((words,), space=Space.HAIR)
        if field.legal_basis:
            basis = row(
                (Icon("scale", 16, TextRole.MUTED), Paragraph(field.legal_basis, TextRole.MUTED)), space=Space.HAIR
            )
            basis.setStretch(1, 1)
            layout.addLayout(basis)
            self.text += "\n" + field.legal_basis
        layout.setContentsMargins(Space.SNUG, Space.TIGHT, Space.SNUG, Space.TIGHT)
        self.setLayout(layout)

    def _parts(self, field: FieldDefinition) -> tuple[str, ...]:
        return (
            field.hint.text(self._context.language) if field.hint is not None else "",
            self._typing(field),
            self.tr("This identifies a victim or an informant. It is covered until someone says why it is needed.")
            if field.privacy is Privacy.P4
            else "",
        )

    def _typing(self, field: FieldDefinition) -> str:
        date = self.tr("14/03/2025, 14032025 and 140325 are read alike; 14/3 is of this year.")
        code = self.tr("Type the code or the beginning of a word, without marks if you like; F4 shows the list.")
        record = self.tr("Type some letters of the name, or the number; marks are not needed.")
        return {
            TypeName.DATE: date,
            TypeName.PARTIAL_DATE: date,
            TypeName.DATE_TIME: self.tr("14/03/2025 08:30, or 8h30 for today."),
            TypeName.YES_NO: self.tr("C or Y is yes, K or N is no, Delete takes the answer back."),
            TypeName.CODE: code,
            TypeName.CODES: code,
            TypeName.ADDRESS: self.tr(
                "Type a few letters of the commune, new or old; F4 gives the old address its line."
            ),
            TypeName.PERSON: record,
            TypeName.LINK: record,
            TypeName.ROWS: self.tr("Type to begin a row; Ins or Ctrl+Enter adds one below, Ctrl+Delete takes it away."),
        }.get(field.type, "")
