"""Showing what is wrong where it is wrong: in the blocks, the section index, the status line; and going there.

- A field that was never left shows nothing until a save is asked for; it counts as left then.
- Problems that cannot be seen (of a hidden field) are never counted.
"""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.companion_fields import reason_name
from desktop.domain.definitions.model import PROGRAM_NAMES, FormDefinition
from desktop.domain.records.form_check import (
    FormCheck,
    check_form,
    parts_of,
    still_open,
    top_of,
    with_program_names,
)
from desktop.domain.records.nested_persons import RECORD
from desktop.ui.form.editors.rows_editor import RowsEditor
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_body import FormBody
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.person_picker import PersonEditor
from desktop.ui.form.record_problems import RecordProblems
from desktop.workspace.records.records import RecordView


class FormReview(QObject):
    """Examines the form again when asked; `reviewed` says that counts may have changed."""

    reviewed = Signal()

    def __init__(self, definition: FormDefinition, body: FormBody, context: FormContext, parent: QObject) -> None:
        super().__init__(parent)
        self._definition = definition
        self._body = body
        self._context = context
        self._view: RecordView | None = None
        self._examined: FormCheck | None = None
        self.whole = RecordProblems()
        self.whole.changed.connect(self.look)
        body.foot.addWidget(self.whole)

    def begin(self, view: RecordView | None) -> None:
        self._view = view
        for block in self._body.blocks.values():
            block.show_problems(())
        self.look()

    def look(self) -> None:
        """Examine what is in the form and show it."""
        with self._body.held_still():
            self._look()
        self.reviewed.emit()

    def show_everything(self) -> None:
        """From now on fields that were never left show their problems, too."""
        for block in self._body.blocks.values():
            block.is_left = block.editor.shows_all = True
        self.look()

    def show_refused(self, problems: Iterable[Problem]) -> None:
        """Show what a save refused, in its place, beside what was said there before."""
        found = tuple(problems)
        known = self._examined.problems if self._examined is not None else ()
        together = (*known, *(one for one in found if one not in known))
        answered = self._answered(together)
        for name, block in self._body.blocks.items():
            if any(one.field is not None and top_of(one.field) == name for one in found):
                block.show_problems([one for one in together if one.field == name], answered)
                block.editor.inner_problems(parts_of(together, name))
        unplaced = [one for one in together if one.field is None or top_of(one.field) not in self._body.blocks]
        if unplaced:
            self.whole.show_problems(unplaced, answered, self._context)
        self.go(found)

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """What keeps the record from being saved."""
        if self._examined is None:
            return ()
        answered = {place: set(map(reason_name, given)) for place, given in self.reasons.items()}
        if self._view is not None:
            answered[RECORD] |= self._view.reason_names
        return still_open(self._examined.findings, answered)

    @property
    def reasons(self) -> dict[str, dict[str, str]]:
        """The reasons typed here: by whose they are (RECORD, or the path of a person entered here), then by code."""
        found = {RECORD: self.whole.reasons()}
        for block in self._body.blocks.values():
            if block.is_asked:
                found[RECORD] |= block.reasons()
        return found | {path: editor.person_reasons() for path, editor in entered_persons(self._body.blocks)}

    def count_of(self, section: int) -> int:
        """Return how many problems a section shows."""
        names = self._body.sections[section].blocks
        return sum(
            1
            for one in self.open_problems
            if one.field is not None and top_of(one.field) in names and self._body.blocks[top_of(one.field)].is_left
        )

    def next_problem(self, *, from_start: bool = False) -> None:
        """Put the cursor into the next field with a problem."""
        self.go(self.open_problems, from_start=from_start)

    def go(self, problems: Iterable[Problem], *, from_start: bool = True) -> None:
        stops = [*self._body.stops(), *self.whole.stops()]
        focused = QApplication.focusWidget()
        place = stops.index(focused) if focused in stops and not from_start else -1
        wanted = [stop for problem in problems for stop in self._stop_of(problem)]
        ahead = [stop for stop in stops[place + 1 :] if stop in wanted] or wanted
        if ahead:
            ahead[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._body.show_stop(ahead[0])

    def _look(self) -> None:
        for block in self._body.blocks.values():
            block.editor.settle()
        values = self._body.values()
        kept = tuple(self._view.fields) if self._view is not None else ()
        stored = self._view.values if self._view is not None else {}
        whole = with_program_names(values, stored, self._definition)
        self._examined = check_form(whole, self._body.unread(), self._definition, self._context, kept)
        known = {name: stored[name] for name in PROGRAM_NAMES if stored.get(name)}
        for section in self._body.sections:
            section.show_fields(self._examined.visible, {**self._examined.computed, **known})
            for name, block in section.blocks.items():
                self._show(name, block, self._examined)
        is_asked = any(block.editor.shows_all for block in self._body.blocks.values())
        answered = self._answered(self._examined.problems)
        self.whole.show_problems(self._examined.of_record if is_asked else (), answered, self._context)

    def _show(self, name: str, block: FieldBlock, examined: FormCheck) -> None:
        own = examined.at(name) if block.is_left else ()
        block.show_problems(own, self._answered(own))
        block.editor.inner_problems(examined.inside(name))

    def _answered(self, problems: Iterable[Problem]) -> frozenset[str]:
        """Return the codes of the warnings that the record holds a reason for."""
        names = self._view.reason_names if self._view is not None else frozenset()
        return frozenset(one.code for one in problems if names and reason_name(one.code) in names)

    def _stop_of(self, problem: Problem) -> list[QWidget]:
        if problem.field is None:
            return self.whole.stops()[:1]
        return stops_at(self._body.blocks, problem.field)


def entered_persons(blocks: Mapping[str, FieldBlock], start: str = "") -> Iterator[tuple[str, PersonEditor]]:
    """Yield the people entered in a form and in rows and people of it, with their paths."""
    for name, block in blocks.items():
        editor, path = block.editor, f"{start}{name}"
        if isinstance(editor, PersonEditor) and editor.panel is not None:
            yield path, editor
            yield from entered_persons(editor.panel.blocks, f"{path}.")
        elif isinstance(editor, RowsEditor):
            for number, card in enumerate(editor.kept_rows):
                yield from entered_persons(card.blocks, f"{path}[{number}].")


def stops_at(blocks: Mapping[str, FieldBlock], path: str) -> list[QWidget]:
    """Return where the cursor goes for a path: the reason of a warning if it asks for one, else the field."""
    top = top_of(path)
    block = blocks.get(top)
    if block is None or not block.stops():
        return []
    rest = path.removeprefix(top)
    inner = block.editor.stop_at(rest) if rest else None
    if inner is not None:
        return [inner]
    warned = bool(block.problems) and all(one.severity is Severity.WARNING for one in block.problems)
    return [block.stops()[-1] if warned else block.stops()[0]]
