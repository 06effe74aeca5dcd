"""A scan that comes while a form of any register is open: which person it is given to.

- The person whose fields the cursor is in; else one of that section, first who was not named yet; else the first of the
  form. So the same card again never names a second person.
- A person who was chosen before is never replaced without asking; the same one is simply found again.
"""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty, is_sealed
from desktop.ui.base.latest import Latest
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_body import FormBody
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.person_picker import PersonEditor
from desktop.ui.form.scan_filling import ScanChoice, ScanDoubt, close_all
from desktop.workspace.imports import scanning
from desktop.workspace.imports.scanning import ScannedPerson

_NAME: Final = "full_name"


class PersonChoice(ScanChoice):
    """Stands below a person who was chosen: the card is of somebody else."""

    def __init__(self, block: FieldBlock, editor: PersonEditor, scanned: Json, name: str) -> None:
        super().__init__(block, scanned, name)
        self._editor = editor
        self._person = scanned

    def _take(self) -> None:
        if isinstance(self._person, str):
            self._editor.take(self._person)
        else:
            super()._take()
            return
        self._settle()


class FormScans(QObject):
    """Belongs to a form; `take` answers whether there is anybody to give a scan to."""

    def __init__(self, body: FormBody, context: FormContext, parent: QObject) -> None:
        super().__init__(parent)
        self._body = body
        self._context = context
        self._block: FieldBlock | None = None
        self._asking = Latest()
        self.question: PersonChoice | None = None
        self._doubts: list[ScanDoubt] = []

    def take(self, text: str) -> bool:
        block = self._target(QApplication.focusWidget())
        if block is None:
            return False
        self.forget()
        editor = block.editor
        if isinstance(editor, PersonEditor):
            if isinstance(editor.stored(), str):
                self._compare(block, text)
            else:
                editor.take_scan(text)
        return True

    def forget(self) -> None:
        """Another record, or another scan: what was asked is not asked any more."""
        close_all([*([] if self.question is None else [self.question]), *self._doubts])
        self._asking.drop()
        self.question, self._doubts = None, []

    def _target(self, focused: QWidget | None) -> FieldBlock | None:
        people = [
            block
            for block in self._body.blocks.values()
            if isinstance(block.editor, PersonEditor) and block.stops() and not is_sealed(block.editor.stored())
        ]
        inside = [block for block in people if focused is not None and block.isAncestorOf(focused)]
        section = self._body.section_of(focused)
        near = [block for block in people if self._body.section_of(block) == section]
        unnamed = [block for block in near if is_empty(block.editor.stored())]
        return next(iter((*inside, *unnamed, *near, *people)), None)

    def _compare(self, block: FieldBlock, text: str) -> None:
        self._block = block
        request = self._context.operations.ask(scanning.look_up, text, language=self._context.language)
        self._asking.wait_for(request).result.connect(self._ask)

    def _ask(self, scanned: ScannedPerson) -> None:
        block = self._block
        if block is None or not isinstance(block.editor, PersonEditor):
            return
        editor, result = block.editor, scanned.result
        if any(person.record == editor.stored() for person in scanned.known):
            editor.scanned.emit(result)
        elif result.is_unreadable:
            self._doubts = [ScanDoubt(block, self._context.words(problem)) for problem in result.problems]
        elif scanned.known:
            person = scanned.known[0]
            self._put(PersonChoice(block, editor, person.record, person.row.title))
        else:
            values: dict[str, Json] = dict(result.person)
            self._put(PersonChoice(block, editor, values, str(values.get(_NAME) or self.tr("a new person"))))

    def _put(self, question: PersonChoice) -> None:
        question.settled.connect(self._settle)
        self.question = question
        self._body.show_stop(question)

    def _settle(self) -> None:
        self.question = None
