"""Saving a form: the record, the people entered in it and the end of its draft go to the workspace as one act.

- A refusal comes back with its problems at their place in the form.
- One save at a time: what asks for another while one is under way is not heard.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.records.nested_persons import PEOPLE, RECORD
from desktop.errors import DesktopError
from desktop.ui.base.page import Subject
from desktop.ui.base.registry_worker import Request
from desktop.ui.form.form_body import FormBody
from desktop.ui.form.form_context import FormContext
from desktop.workspace.records import saving
from desktop.workspace.records.records import RecordView
from desktop.workspace.records.saving import Saved
from desktop.workspace.views.entry_view import LinkedValues


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
        self._request: Request | None = None

    @property
    def is_saving(self) -> bool:
        return self._request is not None

    def save(self, view: RecordView | None, reasons: Mapping[str, Mapping[str, str]]) -> None:
        """Begin; `saved`, `refused` (with problems) or `failed` follows. `reasons` are by whose they are, by code."""
        if self.is_saving:
            return
        self._request = self._context.operations.act(
            self.parent(),
            self._touched,
            saving.save,
            self._register,
            {**(view.values if view is not None else {}), **self._body.values()},
            record=view.id if view is not None else None,
            base=view.heads if view is not None else None,
            reasons=reasons.get(RECORD, {}),
            person_reasons={path: given for path, given in reasons.items() if path != RECORD},
            ends_draft=True,
        )
        self._request.result.connect(self._answer)
        self._request.failed.connect(self._fail)
        self._request.finished.connect(self._end)

    def _answer(self, saved: Saved) -> None:
        self._request = None
        if saved.record is None:
            self.refused.emit(saved.problems)
            return
        for person in saved.persons:
            title = str(person.values.get("full_name") or person.values.get("record_no") or "")
            self._context.learn(LinkedValues(record=person.id, title=title, values=person.values))
            self._context.kept[PEOPLE] = person.values
        self._context.kept[self._register] = {name: saved.values.get(name) for name in self._body.values()}
        self.saved.emit(saved)

    def _fail(self, error: DesktopError) -> None:
        self._request = None
        self.failed.emit(error)

    def _end(self) -> None:
        if self.sender() is self._request:
            self._request = None

    def _touched(self, saved: Saved) -> tuple[str, ...]:
        if saved.record is None:
            return ()
        people = (PEOPLE,) if saved.persons else ()
        return (self._register, *people, *((Subject.DRAFTS,) if saved.ended_draft else ()))
