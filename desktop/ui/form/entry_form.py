"""The entry form of one register: everything in it comes from the form definition.

- What is typed is kept as a draft while typing; leaving loses nothing, and the draft is there when it is opened again.
- A problem shows below its field when the field is left; an error keeps the record from being saved, never the text.
- Messages never take the focus or a key; hidden fields keep their values.
- What identifies a victim is covered in a record that exists, until a reason is given.
"""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty
from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.latest import Latest
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.reveal_bar import RevealBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import column
from desktop.ui.form.autosave import Autosave
from desktop.ui.form.entry_fields import EntryFields
from desktop.ui.form.entry_frame import EntryFrame
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.form_navigation import FIELD_ACTS, FormNavigation
from desktop.workspace.records import revealing
from desktop.workspace.records.saving import Saved
from desktop.workspace.views.entry_view import EntryFacts, read_entry


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
        self,
        operations: RegistryWorker,
        theme: Theme,
        opened: Opened,
        definition: FormDefinition,
        language: Language,
        advances: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self.definition = definition
        self._operations = operations
        self._opened = opened
        self._language: Language = language
        self._advances = advances
        self._fields: EntryFields | None = None
        self._navigation: FormNavigation | None = None
        self._facts: EntryFacts | None = None
        self._opening = Latest()
        self._revealing = Latest()
        self._begins_next = False
        self._wanted_field = ""
        self.frame = EntryFrame(operations, theme, definition, language)
        self.keeper = Autosave(operations, definition.id, self)
        self.reveal_bar = RevealBar()
        self.reveal_bar.hide()
        self.frame.add_notice(self.reveal_bar)
        self.setLayout(column((self.frame,), space=0))
        self.frame.save_wanted.connect(self.save)
        self.frame.save_and_new_wanted.connect(self.save_and_new)
        self.frame.leave_wanted.connect(self.leave)
        self.frame.draft_refused.connect(self._let_draft_go)
        self.keeper.wanted.connect(self.keep_draft)
        self.keeper.kept.connect(self._say_kept)
        self.reveal_bar.reveal_wanted.connect(self._ask_reveal)
        self.reveal_bar.covered.connect(self._cover)

    @property
    def fields(self) -> EntryFields:
        """The fields, once the form was opened."""
        if self._fields is None:
            raise LookupError(self.definition.id)
        return self._fields

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
        return self.fields.review.open_problems if self.is_open else ()

    @property
    def has_draft(self) -> bool:
        """Whether what is open was begun before and not saved."""
        return self._facts is not None and self._facts.draft is not None

    def take_scan(self, text: str) -> bool:
        """Fill in a scan; False when the form is not open or asks for no person."""
        return self.is_open and self.fields.take_scan(text)

    def open(self, record: str | None, field: str = "") -> None:
        """Show a record, or the form of a new one; `field` is where the cursor goes."""
        self._wanted_field = field
        request = self._operations.ask(read_entry, self.definition.id, record, self._language)
        self._opening.wait_for(request).result.connect(self._fill)
        request.failed.connect(self.failed)

    def refocus(self) -> None:
        """Put the cursor where work begins; a hidden form could not take it."""
        self.fields.focus(self._wanted_field)

    def leave(self) -> None:
        """Keep the draft and close; a form that is being saved closes when it is."""
        if self.is_open and self.fields.saver.is_saving:
            return
        self.lay_down()
        self._forget()
        self.frame.duplicates.clear()
        self.reveal_bar.cover()
        self.closed.emit()

    def keep_draft(self) -> None:
        """Keep what is in the form; while it is being saved nothing is kept that the save would leave behind."""
        if self.is_open and not self.fields.saver.is_saving:
            self.keeper.keep_now(self.fields.body.values(), self.fields.body.typed())

    def lay_down(self) -> None:
        """Keep the draft; whatever ends now does not cut it off."""
        self.keep_draft()
        self.keeper.leave()

    def can(self, act: Act) -> bool:
        if not self.is_open:
            return False
        return act in FIELD_ACTS or act is Act.SAVE or (act is Act.NEW and self.record is None)

    def perform(self, act: Act) -> None:
        match act:
            case Act.SAVE:
                self.save()
            case Act.NEW:
                self.save_and_new()
            case _ if self._navigation is not None:
                self.fields.look_now()  # to go anywhere by the fields that are asked now
                self._navigation.perform(act)

    def save(self) -> None:
        """Save, or show what keeps it from being saved."""
        if self._facts is None or self.fields.saver.is_saving:
            return
        QApplication.inputMethod().commit()
        review = self.fields.review
        review.show_everything()
        if review.open_problems:
            self._begins_next = False
            self.frame.status.say(self.tr("Not saved: something is left to do."))
            review.next_problem(from_start=True)
            return
        self.keep_draft()  # the save ends it, or it is there when the save fails
        self.fields.saver.save(self._facts.view, review.reasons)

    def save_and_new(self) -> None:
        """Save, then begin the next record."""
        self._begins_next = True
        self.save()

    def _forget(self) -> None:
        """Let go of the record; what was asked for it is not wanted any more."""
        self._facts = None
        self._opening.drop()
        self._revealing.drop()

    def _fill(self, facts: EntryFacts) -> None:
        self._revealing.drop()
        self._facts = facts
        if self._fields is None:
            self._build(facts)
        context = self.fields.context
        context.restart(facts.today, facts.now)
        context.advances = self._advances()
        for linked in facts.linked:
            context.learn(linked)
        values: dict[str, Json] = dict(facts.values)
        kept = context.kept.get(self.definition.id, {}) if facts.view is None else {}
        sticky = {field.id for field in self.definition.fields() if field.sticky and not is_empty(kept.get(field.id))}
        values |= {name: kept[name] for name in sticky}
        draft = facts.draft
        self.keeper.begin(self.record, values, has_draft=draft is not None)
        drafted: dict[str, Json] = dict(draft.values) if draft is not None else {}
        self.fields.begin(facts, values, {**values, **drafted}, draft.typed if draft is not None else {})
        for name in sticky - drafted.keys():
            self.fields.body.blocks[name].set_sticky(True)
        self._say_title(facts)
        self.reveal_bar.cover()
        self._cover()
        self._show_counts()
        self.frame.status.say("")
        self.ready.emit()
        self.refocus()

    def _build(self, facts: EntryFacts) -> None:
        context = FormContext(
            operations=self._operations,
            library=self._opened.definitions.library,
            language=self._language,
            places=facts.places,
            today=facts.today,
            opened_at=facts.now,
        )
        fields = self._fields = EntryFields(self.definition, context, self.frame.duplicates, self)
        fields.touched.connect(self.keeper.touch)
        fields.left.connect(self.keep_draft)
        fields.left.connect(self._cover_again)
        fields.ended.connect(self.frame.focus_save)
        fields.record_wanted.connect(self.record_wanted)
        fields.body.conflict_wanted.connect(self._want_conflict)
        fields.body.entered.connect(self._mark_section)
        fields.review.reviewed.connect(self._show_counts)
        fields.saver.saved.connect(self._finish)
        fields.saver.refused.connect(self._refuse)
        fields.saver.failed.connect(self._fail)
        self._navigation = FormNavigation(self.definition, fields, self.frame)
        self.frame.index.chosen.connect(fields.body.show_section)
        self.frame.index.given_up.connect(fields.go_back)
        self.frame.status.problem_wanted.connect(fields.next_problem)
        self.frame.hold(fields.body)

    def _say_title(self, facts: EntryFacts) -> None:
        one = self.definition.label_one.text(self._language)
        is_new = facts.view is None
        title = self.tr("{register}: new record").replace("{register}", one) if is_new else facts.title
        number = facts.view.record_no if facts.view is not None else self.definition.description.text(self._language)
        self.frame.say_title(title, number, is_new=is_new)
        if facts.draft is None:
            self.frame.say_draft("")
            return
        at = dt.datetime.fromisoformat(facts.draft.saved_at)
        words = self.tr("You go on with the draft of {time}. It was not saved as a record yet.")
        self.frame.say_draft(words.replace("{time}", f"{at:%d/%m/%Y %H:%M}"))

    def _show_counts(self) -> None:
        fields = self.fields
        for number, section in enumerate(fields.body.sections):
            self.frame.index.show_section(number, fields.review.count_of(number), visible=not section.isHidden())
        found = fields.review.open_problems
        missing = sum(one.code == "value_missing" for one in found)
        self.frame.status.say_problems(missing, len(found) - missing)

    def _mark_section(self) -> None:
        self.frame.index.set_current(self.fields.body.section_of(QApplication.focusWidget()))

    def _say_kept(self) -> None:
        if self.is_open:
            self.frame.status.say(self.tr("Draft kept"))

    def _let_draft_go(self) -> None:
        if self.is_open and self.fields.saver.is_saving:
            return
        self.keeper.discard()
        self.open(self.record)

    def _finish(self, saved: Saved) -> None:
        begins_next, self._begins_next = self._begins_next, False
        self.keeper.stop()
        self._facts = None  # what is in the fields is a record now: nothing saves or keeps it again
        self.saved.emit(saved.record or "", saved.record_no)
        if begins_next:
            self.open(None)
            return
        self._forget()
        self.reveal_bar.cover()
        self.closed.emit()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._begins_next = False
        self.keeper.touch()
        self.frame.status.say(self.tr("Not saved: something is left to do."))
        self.fields.review.show_refused(problems)

    def _fail(self, error: DesktopError) -> None:
        self._begins_next = False
        self.keeper.touch()
        self.frame.say_draft("")
        self.frame.notice.show_error(error)

    def _want_conflict(self) -> None:
        if self.record is not None:
            self.keep_draft()
            self.conflict_wanted.emit(self.record)

    def _ask_reveal(self, reason: str) -> None:
        if self.record is not None:
            request = self._operations.act(self, (), revealing.reveal, self.record, reason)
            self._revealing.wait_for(request).result.connect(self._reveal)
            request.failed.connect(self._fail)

    def _reveal(self) -> None:
        self.reveal_bar.start_minute()
        self.fields.cover(covered=False)
        self._show_counts()

    def _cover_again(self) -> None:
        """Cover what the minute ran out on while the cursor was in it."""
        if not self.reveal_bar.is_shown:
            self._cover()

    def _cover(self) -> None:
        if self.is_open:
            self.reveal_bar.setVisible(self.fields.cover(covered=True))
