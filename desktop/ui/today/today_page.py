"""What waits today: time limits, conflicts, unfinished forms, notes, what to key again, reviews due, what is not sent.

- A clock in doubt is said above everything that is computed from it, as long as it is.
- A form that was cut off by a power cut or a crash is offered above all: one key goes on with it.
- The state of a draft is said where it is listed: what is missing, what is to be corrected.
"""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desktop.domain.deadlines.deadline import DeadlineState
from desktop.errors import DesktopError
from desktop.sentences import sentence
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.page import Page, Subject
from desktop.ui.base.page_header import PageHeader
from desktop.ui.base.preferences import Preferences, locale_of
from desktop.ui.base.refresher import Refresher
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.relative_time import RelativeTime
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Hairline,
    Tone,
    clear,
    column,
    scaled,
)
from desktop.ui.records.deadline_list import TONES, shown_moment
from desktop.ui.today.subject_card import SubjectCard, SubjectLine
from desktop.workspace.base.session import KeyCopies
from desktop.workspace.base.session_clock import ClockWarning
from desktop.workspace.deadlines.deadlines import DueDeadline
from desktop.workspace.records import drafts
from desktop.workspace.records.conflicts import ConflictView
from desktop.workspace.records.double_entry import WaitingRecord
from desktop.workspace.records.field_notes import NotedRecord
from desktop.workspace.views.today_view import (
    MET_DAYS,
    Due,
    TodayFacts,
    WaitingDraft,
    read_today,
)

_CONTENT_WIDTH = 860
_MOST_LINES = 8
_MOST_MET = 4


class TodayPage(Page):
    """One card a subject, each line opens what it names."""

    opens_scanned = True

    def __init__(self, operations: RegistryWorker, preferences: Preferences) -> None:
        super().__init__()
        self.title = self.tr("Today")
        self._operations = operations
        self._locale = locale_of(preferences.language)
        self._language = preferences.language
        self._ages = RelativeTime(self)
        self._facts = Refresher(self, operations, partial(read_today, language=preferences.language))
        self._facts.fetched.connect(self.show_facts)
        self._facts.failed.connect(self._show_error)
        self.header = PageHeader(self.title)
        self.notice = MessageBar(preferences.language)
        self.clock = MessageBar(preferences.language)
        self.clock.set_closable(False)
        self.key_files = MessageBar(preferences.language)
        self._cut_off: WaitingDraft | None = None
        self.cut_off = MessageBar(preferences.language)
        self.cut_off.acted.connect(self._resume)
        self.cut_off.dismissed.connect(self._lay_down)
        self._cards = column((), space=Space.USUAL)
        self._cards.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.WIDE)
        self.empty = EmptyState(
            "circle-check",
            self.tr("Nothing waits"),
            self.tr("No time limit, no conflict, no unfinished form, no review due, and everything is sent."),
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._report_key_files()

    def activate(self) -> None:
        self._facts.fetch()

    def stale(self, what: frozenset[str]) -> None:  # noqa: ARG002  anything may be waiting now
        self._facts.fetch()

    def show_facts(self, facts: TodayFacts) -> None:
        self.header.say(self._locale.toString(facts.now.date(), "dddd, dd/MM/yyyy"))  # type: ignore[call-overload]  # the stubs know QDate only
        clear(self._cards)
        self._warn_of_clock(facts.clock)
        self._offer_cut_off(facts)
        if facts.limits:
            self._add_limits(facts)
        if facts.conflicts:
            self._add_conflicts(facts.conflicts)
        if facts.drafts:
            self._add_drafts(facts)
        if facts.noted:
            self._add_noted(facts.noted)
        if facts.double_entry:
            self._add_double_entry(facts.double_entry)
        if facts.due:
            self._add_due(facts.due)
        if facts.unsent:
            self._add_unsent(facts)
        if facts.met:
            self._add_met(facts)
        self._cards.addStretch(1)
        self._stack.setCurrentIndex(1 if facts.has_something else 0)

    def _warn_of_clock(self, warning: ClockWarning | None) -> None:
        """Say above all limits that they are computed from a clock in doubt."""
        if warning is None:
            self.clock.clear()
        else:
            self.clock.say(sentence(warning.code, warning.context, self._language), Tone.WARNING, warning.code)

    def _report_key_files(self) -> None:
        """Say once after unlock that a key file was not sound, and what was done."""
        opened = self._operations.opened
        if opened is not None and opened.key_copies.code:
            tone = Tone.DONE if opened.key_copies is KeyCopies.REPAIRED else Tone.WARNING
            code = opened.key_copies.code
            self.key_files.say(sentence(code, {}, self._language), tone, code)

    def _show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "page")
        inside.setLayout(self._cards)
        self._inside = inside
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scroll)
        messages = column((self.notice, self.clock, self.key_files, self.cut_off), space=Space.TIGHT)
        messages.setContentsMargins(Space.WIDE, Space.TIGHT, Space.WIDE, 0)
        self._messages = QWidget()
        self._messages.setLayout(messages)
        layout = column((self.header, Hairline(), self._messages), space=0)
        self._widen()
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._widen()
        super().changeEvent(event)

    def _widen(self) -> None:
        for part in (self._inside, self._messages):
            part.setMaximumWidth(scaled(_CONTENT_WIDTH) + 2 * Space.WIDE)

    def _add_limits(self, facts: TodayFacts) -> None:
        overdue = facts.limit_counts.get(DeadlineState.OVERDUE, 0)
        soon = facts.limit_counts.get(DeadlineState.SOON, 0)
        card = SubjectCard("clock-alert", self.tr("Time limits"))
        if overdue:
            card.add_badge(self.tr("%n ran out", "", overdue), Tone.DANGER)
        if soon:
            card.add_badge(self.tr("%n due soon", "", soon), Tone.WARNING)
        for one in facts.limits[:_MOST_LINES]:
            card.add_line(self._limit_line(one))
        card.say_more(self._more(facts.limit_count))
        self._cards.addWidget(card)

    def _add_met(self, facts: TodayFacts) -> None:
        on_time = facts.met_counts.get(DeadlineState.MET, 0)
        late = facts.met_counts.get(DeadlineState.MET_LATE, 0)
        card = SubjectCard("circle-check", self.tr("Done in the last %n day(s)", "", MET_DAYS))
        if on_time:
            card.add_badge(self.tr("%n in time", "", on_time), Tone.DONE)
        if late:
            card.add_badge(self.tr("%n late", "", late), Tone.WARNING)
        for one in facts.met[:_MOST_MET]:
            card.add_line(self._limit_line(one))
        if on_time + late > _MOST_MET:
            card.say_more(self.tr("and %n more", "", on_time + late - _MOST_MET))
        self._cards.addWidget(card)

    def _limit_line(self, one: DueDeadline) -> "SubjectLine":
        title = one.title if one.title != one.record_no else self._label_one(one.register)
        line = SubjectLine(one.record_no, title, one.deadline.label)
        line.add_badge(one.deadline.remaining, TONES[one.deadline.state])
        until = self.tr("Until {day} · {law}").replace("{day}", shown_moment(one.deadline.due_at))
        line.setToolTip(until.replace("{law}", one.deadline.legal_basis))
        line.target = (one.register, one.record)
        line.pressed.connect(self._want_record)
        return line

    def _add_conflicts(self, conflicts: tuple[ConflictView, ...]) -> None:
        card = SubjectCard("split", self.tr("Conflicts"), str(len(conflicts)), Tone.WARNING)
        settle = Button(self.tr("Settle them"))
        settle.clicked.connect(self._want_conflicts)
        card.add_act(settle)
        for conflict in conflicts[:_MOST_LINES]:
            line = SubjectLine(conflict.record_no, conflict.title, conflict.label)
            line.target = (conflict.register, conflict.record)
            line.pressed.connect(self._want_line_conflict)
            card.add_line(line)
        card.say_more(self._more(len(conflicts)))
        self._cards.addWidget(card)

    def _add_drafts(self, facts: TodayFacts) -> None:
        card = SubjectCard("file-pen", self.tr("Unfinished forms"), str(len(facts.drafts)), Tone.NEUTRAL)
        for draft in facts.drafts[:_MOST_LINES]:
            when = self._ages.ago(draft.saved_at, facts.now)
            line = SubjectLine(
                "", draft.title or self._new_record(draft), self.tr("left {when}").replace("{when}", when)
            )
            line.target = (draft.register, draft.record or "")
            line.pressed.connect(self._want_form)
            line.add_badge(*self._standing(draft))
            words = [
                self.tr("%n missing", "", draft.standing.missing),
                self.tr("%n to correct", "", draft.standing.wrong),
            ]
            line.setToolTip(" · ".join(words))
            card.add_line(line)
        card.say_more(self._more(len(facts.drafts)))
        self._cards.addWidget(card)

    def _standing(self, draft: WaitingDraft) -> tuple[str, Tone]:
        if draft.standing.wrong:
            return self.tr("%n to correct", "", draft.standing.wrong), Tone.DANGER
        if draft.standing.missing:
            return self.tr("%n missing", "", draft.standing.missing), Tone.WARNING
        return self.tr("complete, not saved"), Tone.DONE

    def _add_noted(self, noted: tuple[NotedRecord, ...]) -> None:
        card = SubjectCard("sticky-note", self.tr("Notes on fields"), str(len(noted)), Tone.NEUTRAL)
        for one in noted[:_MOST_LINES]:
            line = SubjectLine(one.record_no, one.title, "; ".join(one.labels))
            line.target = (one.register, one.record)
            line.field = one.first
            line.pressed.connect(self._want_form)
            card.add_line(line)
        card.say_more(self._more(len(noted)))
        self._cards.addWidget(card)

    def _add_double_entry(self, waiting: tuple[WaitingRecord, ...]) -> None:
        card = SubjectCard("keyboard", self.tr("To key again"), str(len(waiting)), Tone.NEUTRAL)
        for one in waiting[:_MOST_LINES]:
            labels = "; ".join(label.text(self._language) for label in one.labels)
            line = SubjectLine(
                one.record_no, self._label_one(one.register), labels
            )  # blind: not by the name to be keyed
            line.target = (one.register, one.record)
            line.pressed.connect(self._want_double_entry)
            card.add_line(line)
        card.say_more(self._more(len(waiting)))
        self._cards.addWidget(card)

    def _offer_cut_off(self, facts: TodayFacts) -> None:
        self._cut_off = next((draft for draft in facts.drafts if draft.was_cut_off), None)
        if self._cut_off is None:
            self.cut_off.clear()
            return
        words = self.tr(
            "The program was cut off while this form was open: {form}. It is here up to the field typed last."
        )
        form = self._cut_off.title or self._new_record(self._cut_off)
        self.cut_off.say(words.replace("{form}", form), Tone.WARNING, act=self.tr("Go on with it  (Ctrl+R)"))

    def _add_due(self, due: tuple[Due, ...]) -> None:
        overdue = sum(1 for one in due if one.days_left < 0)
        tone = Tone.DANGER if overdue else Tone.WARNING
        card = SubjectCard("calendar-check", self.tr("Reviews due"), str(len(due)), tone)
        for one in due[:_MOST_LINES]:
            line = SubjectLine(one.record_no, one.title, one.day.strftime("%d/%m/%Y"))
            line.add_badge(self._ages.left(one.days_left), Tone.DANGER if one.days_left < 0 else Tone.WARNING)
            line.target = (one.register, one.record)
            line.pressed.connect(self._want_record)
            card.add_line(line)
        card.say_more(self._more(len(due)))
        self._cards.addWidget(card)

    def _add_unsent(self, facts: TodayFacts) -> None:
        card = SubjectCard("send", self.tr("Not sent yet"), self._locale.toString(facts.unsent), Tone.NEUTRAL)
        send = Button(self.tr("Go to send and receive"))
        send.clicked.connect(self._want_exchange)
        card.add_act(send)
        card.say_more(self._ages.sending(facts.unsent, facts.last_sent, facts.now))
        self._cards.addWidget(card)

    def _new_record(self, draft: WaitingDraft) -> str:
        return self.tr("New: {kind}").replace("{kind}", self._label_one(draft.register))

    def _label_one(self, register: str) -> str:
        opened = self._operations.opened
        definition = opened.definitions.library.registers.get(register) if opened else None
        return definition.label_one.text(self._language) if definition else register

    def _more(self, count: int) -> str:
        return self.tr("and %n more", "", count - _MOST_LINES) if count > _MOST_LINES else ""

    def _want_conflicts(self) -> None:
        self.conflict_wanted.emit("")

    def _want_line_conflict(self) -> None:
        line = self.sender()
        if isinstance(line, SubjectLine):
            self.conflict_wanted.emit(line.target[1])

    def _want_record(self) -> None:
        line = self.sender()
        if isinstance(line, SubjectLine):
            self.record_wanted.emit(*line.target)

    def _want_form(self) -> None:
        line = self.sender()
        if isinstance(line, SubjectLine):
            self.form_wanted.emit(*line.target, line.field)

    def _want_double_entry(self) -> None:
        line = self.sender()
        if isinstance(line, SubjectLine):
            self.double_entry_wanted.emit(line.target[1])

    def _resume(self) -> None:
        if self._cut_off is not None:
            self.form_wanted.emit(self._cut_off.register, self._cut_off.record or "", "")

    def _lay_down(self) -> None:
        if self._cut_off is not None:
            draft = self._cut_off
            self._operations.act(self, (Subject.DRAFTS,), drafts.lay_down, draft.register, draft.record)

    def _want_exchange(self) -> None:
        self.page_wanted.emit("exchange")
