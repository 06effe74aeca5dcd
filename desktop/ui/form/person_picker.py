"""A person of the register of people: found by name or number, or entered here, once, for all registers.

- A new person's fields are below the line, inside the same form; they become a record when the form is saved.
- A scan comes by `take_scan`: a card's number that is known here chooses its person, else a new one is begun.
- What a scan says is filled into empty fields. A field that says something else asks which of the two is right.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_sealed
from desktop.intake.scan_results import ScanResult
from desktop.ui.base.latest import Latest
from desktop.ui.base.widgets import restyle
from desktop.ui.form.editors.choice_list import Choice
from desktop.ui.form.editors.record_editor import RecordEditor
from desktop.ui.form.editors.row_card import BlockMaker
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.person_panel import PersonPanel
from desktop.workspace.people import duplicates
from desktop.workspace.people.duplicates import PossiblePerson

_NEW: Final = "new"


class PersonEditor(RecordEditor):
    """A record editor of people that can also hold a person who is not a record yet, as an object of values."""

    scanned = Signal(object)
    """A ScanResult: the form fills in what it says of the document."""

    def __init__(self, field: FieldDefinition, context: FormContext, make_block: BlockMaker) -> None:
        super().__init__(field, context)
        self._make_block = make_block
        self._waiting: ScanResult | None = None
        self._comparing = Latest()
        self.panel: PersonPanel | None = None

    @property
    def is_wide(self) -> bool:
        return True

    def value(self) -> Json | Problem:
        if self.panel is not None:
            return self.panel.content()
        return super().value()

    def unread(self) -> dict[str, Problem]:
        return self.panel.unread() if self.panel is not None else super().unread()

    def typed(self) -> dict[str, str]:
        return self.panel.typed() if self.panel is not None else super().typed()

    def set_typed(self, path: str, text: str) -> None:
        if self.panel is not None:
            self.panel.set_typed(path, text)
        else:
            super().set_typed(path, text)

    def set_value(self, value: Json) -> None:
        if isinstance(value, dict) and not is_sealed(value):
            super().set_value(None)
            self._open_panel()
            if self.panel is not None:
                self.panel.set_content(value)
            return
        self._close_panel()
        super().set_value(value)

    def stops(self) -> list[QWidget]:
        return self.panel.stops() if self.panel is not None else [self.line]

    def set_state(self, state: str) -> None:
        restyle(self.line, state=state)  # the fields of the panel dress themselves

    def inner_problems(self, problems: dict[str, tuple[Problem, ...]]) -> None:
        if self.panel is not None:
            self.panel.show_problems(problems, shows_all=self.shows_all)

    def stop_at(self, path: str) -> QWidget | None:
        return self.panel.stop_at(path) if self.panel is not None else None

    def reasons(self) -> dict[str, str]:
        return {}  # they belong to the person's own record

    def person_reasons(self) -> dict[str, str]:
        """Return the reasons given to warnings of the person entered here."""
        return self.panel.reasons() if self.panel is not None else {}

    def take(self, record: str) -> None:
        """Take a known person instead of the one being entered."""
        self._close_panel()
        self.choose(record)
        self.line.setFocus()

    def more_choices(self, typed: str) -> Sequence[Choice]:
        words = self.tr("Enter a new person: {name}").replace("{name}", typed)
        return (Choice(_NEW, words, icon="user-plus"),) if typed else ()

    def take_act(self, key: object) -> None:
        if key == _NEW:
            name = self.line.text().strip()
            self.begin_person()
            if self.panel is not None:
                self.panel.offer({"full_name": name})
                self.panel.focus_after_name()

    def begin_person(self) -> None:
        """Open the fields of a new person."""
        self._open_panel()
        self.changed.emit()

    def take_scan(self, text: str) -> None:
        """Choose or begin the person of a card; one that was chosen before is let go of by whoever asks."""
        self.begin_person()
        if self.panel is not None:
            self.panel.scan.take(text)

    def _open_panel(self) -> None:
        self.list.hide()
        if self.panel is None:
            self.panel = PersonPanel(self.context, self._make_block)
            self.panel.changed.connect(self.changed)
            self.panel.left.connect(self.leave_soon)
            self.panel.stepped.connect(self.stepped)
            self.panel.given_up.connect(self._give_up)
            self.panel.scanned.connect(self._compare)
            self.body.addWidget(self.panel)
            if self.line.hasFocus():
                self.panel.scan.line.setFocus()  # a hidden line would throw the focus into the next field
        self.line.clear()
        self.line.hide()
        self._stored, self._shown = None, ""

    def _close_panel(self) -> None:
        self._comparing.drop()
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.line.show()

    def _give_up(self) -> None:
        self._close_panel()
        self.line.setFocus()
        self.changed.emit()

    def _compare(self, result: ScanResult) -> None:
        """Ask whether the scanned number is that of someone known here."""
        self._waiting = result
        numbers = {name: result.person[name] for name in ("personal_id", "passport_no") if name in result.person}
        request = self._comparing.wait_for(self.context.operations.ask(duplicates.possible_duplicates, numbers))
        request.result.connect(self._known)

    def _known(self, found: tuple[PossiblePerson, ...]) -> None:
        result, self._waiting = self._waiting, None
        if result is None:
            return
        known = [person for person in found if {*person.reasons} & {*duplicates.SAME_NUMBER.values()}]
        if len(known) == 1:
            self.take(known[0].record)
        elif self.panel is not None:
            self.panel.fill(result)
        self.scanned.emit(result)
        self.changed.emit()
