"""Showing what is wrong where it is wrong: in the blocks, the section index, the status line; and going there.

- A field that was never left shows nothing until a save is asked for; it counts as left then.
- Problems that cannot be seen (of a hidden field) are never counted.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.definitions import PROGRAM_NAMES, FormDefinition
from desktop.domain.examination import Examined, examine, top_of
from desktop.domain.problems import Problem, Severity
from desktop.ui.field_block import FieldBlock
from desktop.ui.form_body import FormBody
from desktop.ui.form_context import FormContext
from desktop.ui.person_picker import PersonEditor
from desktop.ui.record_problems import RecordProblems
from desktop.workspace.records import RecordView

_GIVEN_LATER: Final = "?"


class FormReview(QObject):
    """Looks at the form again when it is told to; `reviewed` says that counts may have changed."""

    reviewed = Signal()

    def __init__(self, definition: FormDefinition, body: FormBody, context: FormContext, parent: QObject) -> None:
        super().__init__(parent)
        self._definition = definition
        self._body = body
        self._context = context
        self._view: RecordView | None = None
        self._examined: Examined | None = None
        self.whole = RecordProblems()
        self.whole.changed.connect(self.look)
        body.foot.addWidget(self.whole)

    def begin(self, view: RecordView | None) -> None:
        self._view = view
        for block in self._body.blocks.values():
            block.show_problems(())
        self.look()

    def look(self) -> None:
        """Examine what stands in the form and show it."""
        with self._body.held_still():
            self._look()
        self.reviewed.emit()

    def show_everything(self) -> None:
        """From now on fields that were never left show their problems, too."""
        for block in self._body.blocks.values():
            block.is_left = block.editor.shows_all = True
        self.look()

    def show_refused(self, problems: Iterable[Problem]) -> None:
        """Show what a save refused, in its place."""
        found = tuple(problems)
        for name, block in self._body.blocks.items():
            own = tuple(one for one in found if one.field == name)
            if own:
                block.show_problems(own, self.answered)
        unplaced = [one for one in found if one.field is None or top_of(one.field) not in self._body.blocks]
        if unplaced:
            self.whole.show_problems(unplaced, self.answered, self._context)
        self.go(found)

    @property
    def answered(self) -> frozenset[str]:
        """Codes of warnings that the record holds a reason for."""
        return frozenset(self._view.reasons) if self._view is not None else frozenset()

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """What keeps the record from being saved."""
        if self._examined is None:
            return ()
        return tuple(one for one in self._examined.problems if not self._is_answered(one))

    @property
    def reasons(self) -> dict[str, str]:
        found = dict(self.whole.reasons())
        for block in self._body.blocks.values():
            if block.is_asked:
                found |= block.reasons()
        return found

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
        given = {
            field.id: stored.get(field.id) or _GIVEN_LATER
            for field in self._definition.fields()
            if field.id in PROGRAM_NAMES
        }
        whole = {**stored, **given, **values}
        self._examined = examine(whole, self._body.unread(), self._definition, self._context, kept)
        known = {name: value for name, value in given.items() if value != _GIVEN_LATER}
        for section in self._body.sections:
            section.show_fields(self._examined.visible, {**self._examined.computed, **known})
            for name, block in section.blocks.items():
                self._show(name, block)
        is_asked = any(block.editor.shows_all for block in self._body.blocks.values())
        self.whole.show_problems(self._examined.of_record if is_asked else (), self.answered, self._context)

    def _show(self, name: str, block: FieldBlock) -> None:
        if self._examined is None:
            return
        block.show_problems(self._examined.at(name) if block.is_left else (), self.answered)
        block.editor.inner_problems(self._examined.inside(name))

    def _is_answered(self, problem: Problem) -> bool:
        if problem.severity is Severity.ERROR:
            return False
        top = top_of(problem.field) if problem.field else ""
        editor = self._body.blocks[top].editor if top in self._body.blocks else None
        if isinstance(editor, PersonEditor) and editor.panel is not None and problem.field != top:
            return problem.code in editor.person_reasons()
        return problem.code in self.answered or problem.code in self.reasons

    def _stop_of(self, problem: Problem) -> list[QWidget]:
        if problem.field is None:
            return self.whole.stops()[:1]
        return stops_at(self._body.blocks, problem.field)


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
