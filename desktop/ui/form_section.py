"""A section of a form: its heading and its fields in one or two columns."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.changes import Json
from desktop.domain.definitions import FieldDefinition, Section
from desktop.domain.values import format_value
from desktop.ui.editors.by_type import make_block
from desktop.ui.field_block import FieldBlock
from desktop.ui.field_messages import FieldMessage
from desktop.ui.form_context import FormContext
from desktop.ui.tokens import Space
from desktop.ui.widgets import Hairline, Role, SectionTitle, Text, column, row


class FormSection(QWidget):
    """Blocks for the fields that are asked, plain lines for those that are computed."""

    def __init__(self, section: Section, context: FormContext) -> None:
        super().__init__()
        self.section = section
        language = context.language
        hint = section.hint.text(language) if section.hint is not None else ""
        self.title = SectionTitle(section.label.text(language), hint)
        self.blocks: dict[str, FieldBlock] = {}
        self.computed: dict[str, ComputedLine] = {}
        self._order: list[FieldBlock | ComputedLine] = []
        for field in section.fields:
            if field.computed is None:
                self._order.append(self.blocks.setdefault(field.id, make_block(field, context)))
            else:
                self._order.append(self.computed.setdefault(field.id, ComputedLine(field, context)))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.HAIR)
        self._layout_of: tuple[int, tuple[bool, ...]] = (0, ())
        self._columns = 1
        layout = column((), space=Space.SNUG)
        layout.addWidget(self.title)
        layout.addLayout(self._grid)
        layout.addSpacing(Space.TIGHT)
        layout.addWidget(Hairline())
        self.setLayout(layout)
        self.arrange(1)

    def show_fields(self, visible: frozenset[str], computed: Mapping[str, Json]) -> None:
        """Show the fields that are asked now; the hidden ones keep what they hold."""
        for name, block in self.blocks.items():
            block.setVisible(name in visible)
        for name, line in self.computed.items():
            line.setVisible(name in visible and computed.get(name) is not None)
            line.say(computed.get(name))
        self.setVisible(any(not part.isHidden() for part in self._order))
        self.arrange(self._columns)

    def arrange(self, columns: int) -> None:
        """Set the shown fields in this many columns; a wide field takes all of them."""
        self._columns = columns
        shown = (columns, tuple(not part.isHidden() for part in self._order))
        if shown == self._layout_of:
            return
        self._layout_of = shown
        for part in self._order:
            self._grid.removeWidget(part)
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        place = 0
        for part in self._order:
            if part.isHidden():
                continue
            width = columns if part.is_wide else 1
            if place % columns + width > columns:
                place += columns - place % columns
            self._grid.addWidget(part, place // columns, place % columns, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width


class ComputedLine(QWidget):
    """A value the program works out: shown like a field, but nothing to type in."""

    is_wide = False

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__()
        self._field = field
        self._context = context
        label = field.label.text(context.language)
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setAccessibleName(label)
        self.message = FieldMessage()
        head = row((Text(label, Role.LABEL), Text(self.tr("worked out"), Role.SMALL)), space=Space.HAIR)
        head.addStretch(1)
        self.setLayout(column((head, self.line, self.message), space=Space.HAIR))
        self.hide()

    def say(self, value: Json) -> None:
        self.line.setText(format_value(value, self._field, self._context.values))
