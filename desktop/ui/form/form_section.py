"""A section of a form: its heading and its fields in one or two columns."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.definitions.model import (
    PROGRAM_NAMES,
    FieldDefinition,
    Privacy,
    Section,
)
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Hairline,
    SectionTitle,
    Text,
    TextRole,
    column,
    row,
)
from desktop.ui.form.editors.by_type import make_block
from desktop.ui.form.field_block import COVER, FieldBlock
from desktop.ui.form.field_messages import FieldMessage
from desktop.ui.form.form_context import FormContext


class FormSection(QWidget):
    """Blocks for the fields that are asked, plain lines for what the program works out or gives."""

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
            if field.computed is None and field.id not in PROGRAM_NAMES:
                block = self.blocks.setdefault(field.id, make_block(field, context))
                block.takes_note = True
                self._order.append(block)
            else:
                self._order.append(self.computed.setdefault(field.id, ComputedLine(field, context)))
        for part in self._order:
            part.setParent(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.TIGHT)
        self._layout_of: tuple[int, tuple[bool, ...]] = (0, ())
        self._columns = 1
        layout = column((), space=Space.SNUG)
        layout.addWidget(self.title)
        layout.addLayout(self._grid)
        layout.addWidget(Hairline())
        self.setLayout(layout)
        self.arrange(1)

    def show_fields(self, visible: frozenset[str], computed: Mapping[str, Json]) -> None:
        """Show the fields that are asked now; the hidden ones keep what they hold."""
        for name, block in self.blocks.items():
            block.ask(name in visible)
        for name, line in self.computed.items():
            line.ask(name in visible and (line.is_given or computed.get(name) is not None))
            line.say(computed.get(name))
        self.setVisible(any(part.is_asked for part in self._order))
        self.arrange(self._columns)

    def arrange(self, columns: int) -> None:
        """Set the shown fields in this many columns; a wide field takes all of them."""
        self._columns = columns
        shown = (columns, tuple(part.is_asked for part in self._order))
        if shown == self._layout_of:
            return
        self._layout_of = shown
        for part in self._order:
            self._grid.removeWidget(part)
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        place = 0
        for part in self._order:
            if not part.is_asked:
                continue
            width = columns if part.is_wide else 1
            if place % columns + width > columns:
                place += columns - place % columns
            self._grid.addWidget(part, place // columns, place % columns, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width


class ComputedLine(QWidget):
    """A value the program works out, or gives when the record is saved: nothing to type in."""

    is_wide = False
    is_asked = False

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__()
        self._field = field
        self._value: Json = None
        self._is_covered = False
        self.is_given = field.id in PROGRAM_NAMES
        self._context = context
        label = field.label.text(context.language)
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setAccessibleName(label)
        self.message = FieldMessage()
        origin = self.tr("given by the program") if self.is_given else self.tr("worked out")
        if self.is_given:
            self.line.setPlaceholderText(self.tr("Given when the record is saved"))
        head = row((Text(label, TextRole.LABEL), Text(origin, TextRole.SMALL)), space=Space.HAIR)
        head.addStretch(1)
        self.setLayout(column((head, self.line, self.message), space=Space.HAIR))

    def ask(self, asked: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.is_asked = asked
        self.setVisible(asked)

    def say(self, value: Json) -> None:
        self._value = value
        self._show()

    def set_covered(self, covered: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Cover what is worked out from what identifies a victim."""
        self._is_covered = covered and self._field.privacy is Privacy.P4
        self._show()

    def _show(self) -> None:
        shown = format_value(self._value, self._field, self._context.values)
        self.line.setText(COVER if self._is_covered else shown)
