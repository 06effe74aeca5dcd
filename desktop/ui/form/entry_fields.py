"""The fields of an open form and what keys and scanners do in them. Built once a form, filled again for each record."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.definitions.companion_fields import note_name
from desktop.domain.definitions.model import FormDefinition, Privacy
from desktop.domain.log.operation import Json
from desktop.domain.records.nested_persons import PEOPLE
from desktop.domain.values.field_types import is_empty
from desktop.intake.scan_results import ScanResult
from desktop.ui.base.tokens import Space
from desktop.ui.form.duplicate_panel import DuplicatePanel
from desktop.ui.form.editors.attachment_editor import AttachmentEditor
from desktop.ui.form.entry_saving import FormSaver
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_body import FormBody
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.form_review import FormReview, stops_at
from desktop.ui.form.form_scans import FormScans
from desktop.ui.form.person_panel import PersonPanel
from desktop.ui.form.person_picker import PersonEditor
from desktop.ui.form.scan_field import ScanField
from desktop.ui.form.scan_filling import (
    ScanChoice,
    ScanDoubt,
    close_all,
    fill_blocks,
    show_doubts,
)
from desktop.workspace.views.entry_view import EntryFacts

_LOOK_MS: Final = 120
_NOTHING: Final = object()
_DOCUMENT: Final = "passport_no"


class EntryFields(QObject):
    """Body, review and saver of one form."""

    touched = Signal()
    """Something was typed."""

    left = Signal()
    """A field or a part of one was left: the draft is kept now."""

    ended = Signal()
    record_wanted = Signal(str, str)

    def __init__(
        self, definition: FormDefinition, context: FormContext, duplicates: DuplicatePanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.definition = definition
        self.context = context
        self.body = FormBody(definition, context)
        self.review = FormReview(definition, self.body, context, self)
        self.saver = FormSaver(definition.id, self.body, context, self)
        self.scan: ScanField | None = None
        self._duplicates = duplicates
        self._last: dict[str, Json] = {}
        self._record: str | None = None
        self._secrets: frozenset[str] = frozenset()
        self._block: FieldBlock | None = None
        self.questions: list[ScanChoice] = []
        self._doubts: list[ScanDoubt] = []
        self._scans = FormScans(self.body, context, self)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.review.look)
        self.body.changed.connect(self._changed)
        self.body.left.connect(self._left)
        self.body.part_left.connect(self.left)
        self.body.stepping.connect(self.look_now)
        self.body.entered.connect(self._entered)
        self.body.ended.connect(self.ended)
        duplicates.taken.connect(self._take_duplicate)
        if definition.id == PEOPLE:
            duplicates.name_act(self.tr("Open this record"))
            self.scan = ScanField(definition, context)
            self.scan.read.connect(self._scanned)
            self.body.add_scan(self.scan)
        for block in self.body.blocks.values():
            if isinstance(block.editor, PersonEditor):
                block.editor.scanned.connect(self._scanned_document)
            elif isinstance(block.editor, AttachmentEditor):
                block.editor.filled.connect(self._fill_from)

    def begin(
        self, facts: EntryFacts, offered: Mapping[str, Json], values: Mapping[str, Json], typed: Mapping[str, str]
    ) -> None:
        """Fill with a record as it was read, or with a draft over it; `offered` nobody has typed yet."""
        self._record = facts.view.id if facts.view is not None else None
        self._last = dict(facts.last)
        stored = facts.values if facts.view is not None else {}
        self._secrets = frozenset(
            field.id
            for field in self.definition.fields()
            if field.privacy is Privacy.P4
            and not (is_empty(stored.get(field.id)) and is_empty(stored.get(note_name(field.id))))
        )
        self._scans.forget()
        self._ask_no_more()
        if self.scan is not None:
            self.scan.clear()
        self._duplicates.clear()
        self.body.fill(values, typed)
        for name, block in self.body.blocks.items():
            block.is_offered = facts.view is None and block.editor.value() == offered.get(name, _NOTHING)
            block.show_conflict(next((one for one in facts.conflicts if one.field == block.field.id), None))
        self.review.begin(facts.view)
        self.body.verticalScrollBar().setValue(0)

    def cover(self, *, covered: bool) -> bool:
        """Cover or show what identifies a victim in a record that exists; return whether there is any such thing."""
        for name, block in self.body.blocks.items():
            block.set_covered(covered and name in self._secrets and not block.editor.has_focus())
        for section in self.body.sections:
            for line in section.computed.values():
                line.set_covered(covered and bool(self._secrets))
        return bool(self._secrets)

    def focus(self, field: str) -> None:
        """Put the cursor into a field, or into the first one that says nothing."""
        block = self.body.blocks.get(field)
        if block is None or not block.stops():
            shown = [one for one in self.body.blocks.values() if one.stops()]
            block = (
                next((one for one in shown if is_empty(one.editor.stored())), None) if self._record is None else None
            )
            block = block or next(iter(shown), None)
        if block is not None:
            block.focus()
            self.body.show_stop(block.stops()[0])

    def help(self) -> None:
        if self._block is not None:
            with self.body.held_still():
                self._block.toggle_help()
            if self._block.help is not None:
                self.body.ensureWidgetVisible(self._block.help, 0, Space.TIGHT)

    def codes(self) -> None:
        if self._block is not None:
            self._block.editor.show_codes()

    def note(self) -> None:
        """Write a note on the field of the cursor (Ctrl+D)."""
        block: QObject | None = self._block
        while block is not None and not (isinstance(block, FieldBlock) and block.takes_note):
            block = block.parent()
        if isinstance(block, FieldBlock):
            with self.body.held_still():
                block.write_note()

    def go(self, path: str) -> None:
        """Put the cursor into a field by its path, such as `dob` or `person.dob`."""
        stop = next(iter(stops_at(self.body.blocks, path)), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.body.show_stop(stop)

    def repeat(self) -> None:
        """Give the field of the cursor the value it has in the last record (F7)."""
        block = self._block
        if block is None or block.is_covered or block.field.privacy is Privacy.P4:
            return
        is_own = self.body.blocks.get(block.field.id) is block
        kept = self.context.kept.get(self.definition.id if is_own else PEOPLE)
        last = kept or (self._last if is_own else {})
        if is_empty(last.get(block.field.id)):
            return
        block.editor.set_value(last[block.field.id])
        block.editor.changed.emit()

    def next_problem(self) -> None:
        self.review.next_problem()

    def go_back(self) -> None:
        """Return from the index to the field of the cursor."""
        if self._block is not None and self._block.stops():
            self._block.focus()

    def _changed(self) -> None:
        self._looking.start()
        self.touched.emit()
        self._look_for_duplicates()

    def look_now(self) -> None:
        """Know what the answers so far show and hide, if that is still to be looked at."""
        if self._looking.isActive():
            self._looking.stop()
            self.review.look()

    def _left(self) -> None:
        self._looking.stop()
        self.review.look()
        self.left.emit()

    def _entered(self, block: FieldBlock) -> None:
        self._block = block

    def _look_for_duplicates(self) -> None:
        if self.definition.id == PEOPLE:
            self._duplicates.look(self.body.values(), self._record or "")
            return
        entered = self._entered_persons()
        self._duplicates.look(entered[0].content() if entered else {})

    def _entered_persons(self) -> list[PersonPanel]:
        editors = [block.editor for block in self.body.blocks.values() if block.is_asked]
        return [one.panel for one in editors if isinstance(one, PersonEditor) and one.panel is not None]

    def _take_duplicate(self, record: str) -> None:
        if self.definition.id == PEOPLE:
            self.record_wanted.emit(PEOPLE, record)
            return
        for block in self.body.blocks.values():
            if isinstance(block.editor, PersonEditor) and block.editor.panel is not None:
                block.editor.take(record)
                return

    def take_scan(self, text: str) -> bool:
        """Give a scan to the person it is most likely of; False when the form asks for none."""
        if self.scan is not None:
            self.scan.take(text)
            return True
        return self._scans.take(text)

    def _scanned(self, result: ScanResult) -> None:
        self._fill_from(dict(result.person))
        self._doubts = show_doubts(self.body.blocks, result.problems)
        if not result.is_unreadable:
            self.focus("")

    def _scanned_document(self, result: ScanResult) -> None:
        if _DOCUMENT in self.body.blocks:  # an establishment has an issuer, too: that of its licence
            self._fill_from(dict(result.document))

    def _fill_from(self, scanned: dict[str, Json]) -> None:
        with self.body.held_still():
            self._ask_no_more()
            self.questions = fill_blocks(self.body.blocks, scanned)
        self._changed()

    def _ask_no_more(self) -> None:
        """Take back what an earlier scan asked and doubted."""
        close_all([*self.questions, *self._doubts])
        self.questions, self._doubts = [], []
