"""The fields of a person who is entered inside another record's form.

- The first section of the register of people, and whatever else it asks for now: an address, a child's representative.
- What a scan says never overwrites what is in a field; both are shown, and a key decides.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.conditions.condition import evaluate
from desktop.domain.definitions.companion_fields import note_name
from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import default_value, is_empty
from desktop.intake.scan_results import ScanResult
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    LinkButton,
    Text,
    TextRole,
    row,
)
from desktop.ui.form.editors.row_card import BlockMaker
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.scan_field import ScanField
from desktop.ui.form.scan_filling import (
    ScanChoice,
    ScanDoubt,
    close_all,
    fill_blocks,
    show_doubts,
)

_TWO_COLUMNS_FROM: Final = 560


class PersonPanel(Card):
    """A small form in a card; `content()` is what save makes a person of."""

    changed = Signal()
    left = Signal()
    stepped = Signal(int)
    given_up = Signal()
    scanned = Signal(object)

    def __init__(self, context: FormContext, make_block: BlockMaker) -> None:
        super().__init__(margin=Space.USUAL, space=Space.HAIR)
        self.definition: FormDefinition = context.library.registers["person"]
        self._context = context
        self._make_block = make_block
        self._more: dict[str, Json] = {}
        self._choices: list[ScanChoice] = []
        self._doubts: list[ScanDoubt] = []
        self.blocks: dict[str, FieldBlock] = {}
        back = LinkButton(self.tr("Choose a known person instead"), "undo-2")
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back.clicked.connect(self.given_up)
        head = row((Text(self.tr("New person"), TextRole.STRONG),))
        head.addStretch(1)
        head.addWidget(back)
        self.scan = ScanField(self.definition, context)
        self.scan.read.connect(self.scanned)
        self.scan.stepped.connect(self.stepped)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.TIGHT)
        self._columns = 0
        self.body.addLayout(head)
        self.body.addWidget(self.scan)
        self.body.addSpacing(Space.HAIR)
        self.body.addLayout(self._grid)
        self._build()

    @property
    def questions(self) -> tuple[ScanChoice, ...]:
        """What a scan said otherwise than the fields, and nobody has settled yet."""
        return tuple(self._choices)

    def content(self) -> dict[str, Json]:
        """Return the values as far as they can be read; defaults taken away stay away."""
        read = {name: block.editor.stored() for name, block in self.blocks.items()}
        notes: dict[str, Json] = {note_name(name): block.note.text for name, block in self.blocks.items()}
        answers = {name: value for name, value in (read | notes).items() if not is_empty(value)}
        return {**self._more, **answers}

    def set_content(self, content: Mapping[str, Json]) -> None:
        notes = {note_name(name) for name in self.blocks}
        self._more = {name: value for name, value in content.items() if name not in self.blocks and name not in notes}
        for name, block in self.blocks.items():
            note = content.get(note_name(name))
            block.note.set_text(note if isinstance(note, str) else "")
            block.is_offered = block.is_offered and block.editor.value() == content.get(name)
            block.editor.set_value(content.get(name))
        self._ask_more()

    def offer(self, values: Mapping[str, Json]) -> None:
        """Fill in what is known of the person so far."""
        for name, value in values.items():
            if name in self.blocks:
                self.blocks[name].editor.set_value(value)
                self.blocks[name].is_offered = False
                self.blocks[name].editor.left.emit()

    def fill(self, result: ScanResult) -> None:
        """Take over a scan; a field that says something else asks."""
        known = {name: value for name, value in result.person.items() if name in self.blocks}
        self._more |= {name: value for name, value in result.person.items() if name not in self.blocks}
        close_all([*self._choices, *self._doubts])
        self._choices = fill_blocks(self.blocks, known)
        self._doubts = show_doubts(self.blocks, result.problems)
        for choice in self._choices:
            choice.settled.connect(self._settle)
        self._ask_more()
        self.changed.emit()
        target = self._choices[0].block if self._choices else self._first_empty()
        if target is not None:
            target.focus()

    def unread(self) -> dict[str, Problem]:
        return {
            f".{name}{path}": problem
            for name, block in self.blocks.items()
            for path, problem in block.editor.unread().items()
        }

    def typed(self) -> dict[str, str]:
        return {
            f".{name}{path}": text for name, block in self.blocks.items() for path, text in block.editor.typed().items()
        }

    def set_typed(self, path: str, text: str) -> None:
        for name, block in self.blocks.items():
            if path == f".{name}" or path.startswith((f".{name}.", f".{name}[")):
                block.editor.set_typed(path.removeprefix(f".{name}"), text)

    def stops(self) -> list[QWidget]:
        return [*self.scan.stops(), *(stop for block in self.blocks.values() for stop in block.stops())]

    def focus_after_name(self) -> None:
        """Go to the first field that says nothing yet."""
        target = self._first_empty()
        if target is not None:
            target.focus()

    def show_problems(self, problems: Mapping[str, tuple[Problem, ...]], *, shows_all: bool) -> None:
        for name, block in self.blocks.items():
            start = f".{name}"
            block.editor.shows_all = shows_all
            block.show_problems(problems.get(start, ()) if block.is_left or shows_all else ())
            block.editor.inner_problems(
                {
                    path.removeprefix(start): found
                    for path, found in problems.items()
                    if path.startswith((f"{start}.", f"{start}["))
                }
            )

    def stop_at(self, path: str) -> QWidget | None:
        """Return the stop of a field of this person, such as `.dob`."""
        for name, block in self.blocks.items():
            start = f".{name}"
            if path == start:
                warned = bool(block.problems) and all(one.severity is Severity.WARNING for one in block.problems)
                return next(iter(block.stops()[-1:] if warned else block.stops()), None)
            if path.startswith((f"{start}.", f"{start}[")):
                return block.editor.stop_at(path.removeprefix(start))
        return None

    def reasons(self) -> dict[str, str]:
        return {code: text for block in self.blocks.values() for code, text in block.reasons().items()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS_FROM else 1)

    def _build(self) -> None:
        first = {field.id for field in self.definition.sections[0].fields}
        now = self._context.now
        for field in self.definition.fields():
            wanted = field.id in first or field.required or field.required_when is not None
            if field.computed is not None or not wanted:
                continue
            block = self._make_block(field, self._context)
            block.takes_note = True
            kept = self._context.kept.get(self.definition.id, {}).get(field.id) if field.sticky else None
            offered = kept or default_value(field, today=self._context.today, now=now)
            block.editor.set_value(offered)
            block.set_sticky(kept is not None)
            block.is_offered = not is_empty(offered)
            block.changed.connect(self._edited)
            block.left.connect(self._leave)
            block.stepped.connect(self._step)
            self.blocks[field.id] = block
        self._arrange(2)
        self._ask_more()

    def _edited(self) -> None:
        self.changed.emit()

    def _settle(self) -> None:
        self._choices = [choice for choice in self._choices if choice is not self.sender()]
        self.changed.emit()

    def _step(self, step: int) -> None:
        """Know what the answer asks for or asks no more, before the cursor goes there."""
        self._ask_more()
        self.stepped.emit(step)

    def _leave(self) -> None:
        self._ask_more()
        self.left.emit()

    def _ask_more(self) -> None:
        """Show the fields that are required only now."""
        first = {field.id for field in self.definition.sections[0].fields}
        values = self.content()
        for name, block in self.blocks.items():
            if name in first or block.field.required:
                continue
            wanted = self._is_wanted(block.field, values)
            block.require(wanted)
            block.ask(wanted or not is_empty(values.get(name)) or bool(block.editor.unread()))

    def _is_wanted(self, field: FieldDefinition, values: Mapping[str, Json]) -> bool:
        if field.required_when is None:
            return False
        answer = evaluate(
            field.required_when,
            values,
            today=self._context.today,
            now=self._context.now,
            follow=self._context.follow,
        )
        return answer is True

    def _first_empty(self) -> FieldBlock | None:
        return next(
            (block for block in self.blocks.values() if block.is_asked and is_empty(block.editor.stored())), None
        )

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        place = 0
        for block in self.blocks.values():
            self._grid.removeWidget(block)
            width = columns if block.editor.is_wide else 1
            if place % columns + width > columns:
                place += columns - place % columns
            self._grid.addWidget(block, place // columns, place % columns, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width
