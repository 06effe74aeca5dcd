"""Saving a form: the people entered in it first, innermost first, then the record that names them.

- Each person is a record of its own with its own number and the reasons given to its warnings.
- A refusal comes back with its problems at their place in the form; people saved before it stay saved and chosen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Json, OperationId
from desktop.domain.examination import PEOPLE
from desktop.domain.problems import Problem
from desktop.errors import DesktopError
from desktop.ui.entry_facts import LinkedValues
from desktop.ui.field_block import FieldBlock
from desktop.ui.form_body import FormBody
from desktop.ui.form_context import FormContext
from desktop.ui.operations import Request
from desktop.ui.pages import Subject
from desktop.ui.person_picker import PersonEditor
from desktop.workspace import drafts, saving
from desktop.workspace.records import RecordView
from desktop.workspace.saving import Saved
from desktop.workspace.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """Someone who stands in the form and is no record yet."""

    path: str
    editor: PersonEditor


class FormSaver(QObject):
    """Saves one form at a time."""

    saved = Signal(object)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, register: str, body: FormBody, context: FormContext, parent: QObject) -> None:
        super().__init__(parent)
        self._register = register
        self._body = body
        self._context = context
        self._view: RecordView | None = None
        self._reasons: Mapping[str, str] = {}
        self._person: _Person | None = None
        self._person_values: dict[str, Json] = {}
        self._request: Request | None = None

    @property
    def is_saving(self) -> bool:
        return self._request is not None

    def save(self, view: RecordView | None, reasons: Mapping[str, str]) -> None:
        """Begin; `saved`, `refused` (with problems) or `failed` follows."""
        self._view, self._reasons = view, reasons
        self._next()

    def _next(self) -> None:
        self._person = next(_persons(self._body.blocks, ""), None)
        if self._person is not None:
            content = self._person.editor.value()
            self._person_values = dict(content) if isinstance(content, dict) else {}
            self._ask(PEOPLE, self._person_values, None, None, self._person.editor.person_reasons())
        else:
            view = self._view
            self._ask(
                self._register,
                {**(view.values if view is not None else {}), **self._body.values()},
                view.id if view is not None else None,
                view.heads if view is not None else None,
                self._reasons,
            )

    def _ask(
        self,
        register: str,
        values: Mapping[str, Json],
        record: str | None,
        base: Mapping[str, tuple[OperationId, ...]] | None,
        reasons: Mapping[str, str],
    ) -> None:
        self._request = self._context.operations.act(
            self.parent(),
            _touched,
            save_and_let_go,
            register,
            values,
            record,
            base,
            reasons,
            lets_draft_go=self._person is None,
        )
        self._request.result.connect(self._answer)
        self._request.failed.connect(self._fail)

    def _answer(self, answer: "SavedIn") -> None:
        self._request = None
        person, saved = self._person, answer.saved
        if saved.record is None:
            start = person.path if person is not None else ""
            self.refused.emit(tuple(_inside(start, problem) for problem in saved.problems))
        elif person is None:
            self.saved.emit(saved)
        else:
            title = str(self._person_values.get("full_name") or saved.record_no)
            self._context.learn(LinkedValues(record=saved.record, title=title, values=self._person_values))
            self._context.kept[PEOPLE] = self._person_values
            person.editor.set_value(saved.record)
            self._next()

    def _fail(self, error: DesktopError) -> None:
        self._request = None
        self.failed.emit(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedIn:
    """What was saved, and what views have to look at again."""

    saved: Saved
    touched: tuple[str, ...]


def save_and_let_go(
    workspace: Workspace,
    register: str,
    values: Mapping[str, Json],
    record: str | None,
    base: Mapping[str, tuple[OperationId, ...]] | None,
    reasons: Mapping[str, str],
    *,
    lets_draft_go: bool,
) -> SavedIn:
    """Save, and let the draft go in the same turn; runs on the worker thread."""
    saved = saving.save(workspace, register, values, record=record, base=base, reasons=reasons)
    if saved.record is None:
        return SavedIn(saved=saved, touched=())
    if lets_draft_go and drafts.read(workspace, register, record) is not None:
        drafts.discard(workspace, register, record)
        return SavedIn(saved=saved, touched=(register, Subject.DRAFTS))
    return SavedIn(saved=saved, touched=(register,))


def _touched(answer: SavedIn) -> tuple[str, ...]:
    return answer.touched


def _persons(blocks: Mapping[str, FieldBlock], start: str) -> Iterator[_Person]:
    """Yield the people entered in a form, those inside others first."""
    for name, block in blocks.items():
        editor = block.editor
        if isinstance(editor, PersonEditor) and editor.panel is not None and block.is_asked:
            path = f"{start}{name}"
            yield from _persons(editor.panel.blocks, f"{path}.")
            yield _Person(path=path, editor=editor)


def _inside(start: str, problem: Problem) -> Problem:
    if not start:
        return problem
    return replace(problem, field=f"{start}.{problem.field}" if problem.field else start)
