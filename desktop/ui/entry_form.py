"""The entry form of one register: everything in it comes from the form definition.

- What is typed is kept as a draft while typing; leaving loses nothing, and the draft is there when it is opened again.
- A problem shows below its field when the field is left; an error keeps the record from being saved, never the text.
- Messages never take the focus or a key; hidden fields keep their values.
- What identifies a victim is covered in a record that exists, until a reason is given.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.changes import Json
from desktop.domain.definitions import FormDefinition, Privacy
from desktop.domain.problems import Problem
from desktop.domain.values import is_empty
from desktop.errors import DesktopError
from desktop.intake.scan_results import ScanResult
from desktop.sentences import Language
from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.entry_facts import EntryFacts, read_entry
from desktop.ui.entry_frame import EntryFrame
from desktop.ui.entry_saving import FormSaver
from desktop.ui.field_block import FieldBlock
from desktop.ui.form_body import FormBody
from desktop.ui.form_context import FormContext
from desktop.ui.form_examination import PEOPLE
from desktop.ui.form_review import FormReview
from desktop.ui.operations import Opened, Operations, Request
from desktop.ui.pages import Act
from desktop.ui.person_picker import PersonEditor
from desktop.ui.reveal_bar import RevealBar
from desktop.ui.scan_field import ScanField
from desktop.ui.scan_filling import fill_blocks
from desktop.ui.theme import Theme
from desktop.ui.widgets import column
from desktop.workspace import revealing
from desktop.workspace.saving import Saved

_LOOK_MS: Final = 120


class EntryForm(QWidget):
    """Open it with `open`; it says `ready` when it can be typed in, `saved` and `closed` when it is done."""

    ready = Signal()
    saved = Signal(str, str)
    """Record and number."""

    closed = Signal()
    conflict_wanted = Signal(str)
    record_wanted = Signal(str, str)
    failed = Signal(object)

    def __init__(
        self, operations: Operations, theme: Theme, opened: Opened, definition: FormDefinition, language: Language
    ) -> None:
        super().__init__()
        self.definition = definition
        self._operations = operations
        self._opened = opened
        self._language = language
        self._facts: EntryFacts | None = None
        self._opening: Request | None = None
        self._begins_next = False
        self._focus_field = ""
        self._block: FieldBlock | None = None
        self.frame = EntryFrame(operations, theme, definition, language)
        self.keeper = DraftKeeper(operations, definition.id, self)
        self.reveal_bar = RevealBar()
        self.reveal_bar.hide()
        self.frame.add_notice(self.reveal_bar)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self.setLayout(column((self.frame,), space=0))
        self._connect()
        self._acts = {
            Act.SAVE: self.save,
            Act.NEW: self.save_and_new,
            Act.FIELD_HELP: self._help,
            Act.CODES: self._codes,
            Act.SECTION: self.frame.index.focus,
            Act.REPEAT: self.repeat,
            Act.NEXT_PROBLEM: self._next_problem,
            Act.NOTE: self._note,
        }

    body: FormBody
    context: FormContext
    review: FormReview
    _saver: FormSaver

    @property
    def record(self) -> str | None:
        """The record that is open, None for a new one."""
        return self._facts.view.id if self._facts is not None and self._facts.view is not None else None

    @property
    def is_open(self) -> bool:
        return self._facts is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the record from being saved now."""
        return self.review.open_problems if self.is_open else ()

    def open(self, record: str | None, field: str = "") -> None:
        """Show a record, or the form of a new one; `field` is where the cursor goes."""
        self._focus_field = field
        self._opening = self._operations.ask(read_entry, self.definition.id, record, self._language)
        self._opening.result.connect(self._fill)
        self._opening.failed.connect(self.failed)

    def leave(self) -> None:
        """Keep the draft and close."""
        self.keep_draft()
        self._facts = None
        self.frame.duplicates.clear()
        self.reveal_bar.cover()
        self.closed.emit()

    def keep_draft(self) -> None:
        if self.is_open:
            self.keeper.keep_now(self.body.values(), self.body.typed())

    def can(self, act: Act) -> bool:
        return self.is_open and act in self._acts and not (act is Act.NEW and self.record is not None)

    def perform(self, act: Act) -> None:
        self._acts[act]()

    def save(self) -> None:
        """Save, or show what keeps it from being saved."""
        if not self.is_open or self._saver.is_saving:
            return
        QApplication.inputMethod().commit()
        self.review.show_everything()
        if self.review.open_problems:
            self._begins_next = False
            self.frame.status.say(self.tr("Not saved: something is left to do."))
            self.review.next_problem(from_start=True)
            return
        self.keeper.stop()
        self._saver.save(self._facts.view if self._facts else None, self.review.reasons)

    def save_and_new(self) -> None:
        """Save, then begin the next record."""
        self._begins_next = True
        self.save()

    def repeat(self) -> None:
        """Give the field of the cursor the value it has in the last record (F7)."""
        block = self._block
        if block is None or self._facts is None or block.field.privacy is Privacy.P4:
            return
        last = self.context.kept.get(self.definition.id) or self._facts.last
        if not is_empty(last.get(block.field.id)):
            block.editor.set_value(last[block.field.id])
            block.editor.changed.emit()

    def _connect(self) -> None:
        frame = self.frame
        frame.save_wanted.connect(self.save)
        frame.save_and_new_wanted.connect(self.save_and_new)
        frame.leave_wanted.connect(self.leave)
        frame.draft_refused.connect(self._let_draft_go)
        frame.status.problem_wanted.connect(self._next_problem)
        frame.index.chosen.connect(self._go_to_section)
        frame.index.given_up.connect(self._go_back)
        frame.duplicates.taken.connect(self._take_duplicate)
        self.keeper.wanted.connect(self.keep_draft)
        self.keeper.kept.connect(self._say_kept)
        self.reveal_bar.reveal_wanted.connect(self._ask_reveal)
        self.reveal_bar.covered.connect(self._cover)
        self._looking.timeout.connect(self._look)

    def _fill(self, facts: EntryFacts) -> None:
        self._facts = facts
        is_first = not hasattr(self, "body")
        if is_first:
            self._build(facts)
        self.context.restart(facts.today, facts.now)
        for linked in facts.linked:
            self.context.learn(linked)
        values: dict[str, Json] = dict(facts.values)
        kept = self.context.kept.get(self.definition.id, {}) if facts.view is None else {}
        sticky = {field.id for field in self.definition.fields() if field.sticky and not is_empty(kept.get(field.id))}
        values |= {name: kept[name] for name in sticky}
        draft = facts.draft
        self.keeper.begin(self.record, values, has_draft=draft is not None)
        self.body.fill({**values, **(draft.values if draft else {})}, draft.typed if draft else {})
        for name in sticky - (draft.values.keys() if draft else set()):
            self.body.blocks[name].set_sticky(True)
        self._say_title(facts)
        self._cover()
        for conflict in facts.conflicts:
            if conflict.field in self.body.blocks:
                self.body.blocks[conflict.field].show_conflict(conflict)
        self.review.begin(facts.view)
        self.frame.status.say("")
        self.body.verticalScrollBar().setValue(0)
        self._focus_first()
        self.ready.emit()

    def _build(self, facts: EntryFacts) -> None:
        self.context = FormContext(
            operations=self._operations,
            library=self._opened.definitions.library,
            language=self._language,
            places=facts.places,
            today=facts.today,
            opened_at=facts.now,
        )
        self.body = FormBody(self.definition, self.context)
        self.body.changed.connect(self._changed)
        self.body.left.connect(self._left)
        self.body.entered.connect(self._entered)
        self.body.ended.connect(self._end)
        self.body.conflict_wanted.connect(self._want_conflict)
        self.review = FormReview(self.definition, self.body, self.context, self)
        self.review.reviewed.connect(self._show_counts)
        self._saver = FormSaver(self.definition.id, self.body, self.context, self)
        self._saver.saved.connect(self._saved)
        self._saver.refused.connect(self._refused)
        self._saver.failed.connect(self._fail)
        if self.definition.id == PEOPLE:
            self.body.add_scan(ScanField(self.definition, self.context)).read.connect(self._scanned)
        for block in self.body.blocks.values():
            if isinstance(block.editor, PersonEditor):
                block.editor.scanned.connect(self._scanned_document)
        self.frame.hold(self.body)
