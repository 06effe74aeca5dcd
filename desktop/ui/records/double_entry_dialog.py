"""Keying again: first the fields without their values, then, where two officers differ, both values and the paper.

- Nothing here reveals what is stored, not even the record's name, until the fields were keyed.
- A difference is settled by a key, or by typing what the paper says; every choice needs its reason.
- What agreed is marked at once; Esc leaves the rest as it is.
"""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import parse_value
from desktop.errors import DesktopError
from desktop.sentences import sentence
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Hairline,
    Icon,
    Paragraph,
    PrimaryButton,
    QuietButton,
    Text,
    TextRole,
    Tone,
    clear,
    column,
    resize_scaled,
    row,
)
from desktop.ui.form.editors.by_type import make_block
from desktop.ui.form.form_context import FormContext
from desktop.ui.records.conflict_cards import TypedCard, ValueCard, differing_parts
from desktop.workspace.records.double_entry import (
    SHORTEST_REASON,
    Compared,
    Difference,
    DoubleEntryView,
)

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DoubleEntryDialog(QDialog):
    """Answer `compare_wanted` with `show_compared`, `settle_wanted` with `settled`, either with `show_error`."""

    compare_wanted = Signal(object)
    settle_wanted = Signal(str, object, str)

    def __init__(
        self, facts: DoubleEntryView, definition: FormDefinition, context: FormContext, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Key again to compare"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 720, 600)
        self._facts = facts
        self._definition = definition
        self._context = context
        self._differing: list[Difference] = []
        self.blocks = {name: make_block(_asked_again(definition, name), context) for name in facts.asked}
        self.look = _ThirdLook(context)
        self.notice = MessageBar(context.language)
        self._title = Text(self.tr("Key again to compare"), TextRole.TITLE)
        number = f"{definition.label_one.text(context.language)} {facts.record_no}"
        self._stack = QStackedWidget()
        self._stack.addWidget(self._blind_page())
        self._stack.addWidget(self.look)
        self.later = QuietButton(self.tr("Close"), keys="Esc")
        self.later.clicked.connect(self.close)
        self.act = PrimaryButton(self.tr("Compare"), keys="Ctrl+S")
        self.act.setShortcut("Ctrl+S")
        self.act.clicked.connect(self._act)
        self.look.chosen.connect(self._enable)
        foot = row((), space=Space.USUAL)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.act)
        layout = column((column((self._title, Text(number, TextRole.MUTED)), space=2),), space=Space.USUAL)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setLayout(layout)
        self._begin()

    def show_compared(self, compared: Compared) -> None:
        """Go on to the third look, or be done."""
        self._differing = list(compared.differing)
        if not self._differing:
            self.accept()
            return
        if compared.agreed:
            self.notice.say(self.tr("%n field(s) agree.", "", len(compared.agreed)), Tone.DONE)
        self._show_difference()

    def settled(self, problems: Sequence[Problem]) -> None:
        """The choice is written, or has a problem."""
        self.act.setEnabled(True)
        if problems:
            self.notice.say("\n".join(self._context.words(one) for one in problems), Tone.DANGER)
            return
        self._differing.pop(0)
        self.notice.clear()
        if self._differing:
            self._show_difference()
        else:
            self.accept()

    def show_error(self, error: DesktopError) -> None:
        self.act.setEnabled(True)
        self.notice.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_looking = self._stack.currentWidget() is self.look
        if is_looking and event.text() in {"1", "2", "3"} and not isinstance(self.focusWidget(), QLineEdit):
            self.look.choose(int(event.text()))
            return
        if event.key() in _ENTER:  # never the default button: Enter goes from field to field
            if is_looking and self.look.goes_on():
                self._act()
            return
        super().keyPressEvent(event)

    def _begin(self) -> None:
        language = self._context.language
        if not self.blocks:
            is_own = any(one.is_own for one in self._facts.fields)
            words = sentence("rekey_second_officer", {}, language) if is_own else self.tr("Every field is compared.")
            self.notice.say(words, Tone.WARNING if is_own else Tone.DONE)
            self._stack.hide()
            self.act.hide()
            self.later.setFocus()
            return
        if any(one.is_own for one in self._facts.fields):
            self.notice.say(self.tr("Fields that you entered yourself are not asked here."), Tone.NEUTRAL)
        next(iter(self.blocks.values())).focus()

    def _blind_page(self) -> QWidget:
        inside: QVBoxLayout = column((), space=Space.TIGHT)
        explained = self.tr("Type what the paper says, without looking at the record. Nothing typed here is saved.")
        inside.addWidget(Paragraph(explained, TextRole.MUTED))
        for block in self.blocks.values():
            block.stepped.connect(self._step)
            inside.addWidget(block)
        inside.addStretch(1)
        holder = QWidget()
        holder.setProperty("role", "page")
        holder.setLayout(inside)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        return scroll

    def _step(self, step: int) -> None:
        stops = [stop for block in self.blocks.values() for stop in block.stops()]
        focused = QApplication.focusWidget()
        place = (stops.index(focused) if focused in stops else -1) + (1 if step > 0 else -1)
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0:
            self.act.setFocus(Qt.FocusReason.TabFocusReason)

    def _act(self) -> None:
        if self._stack.currentWidget() is self.look:
            self._settle()
        else:
            self._compare()

    def _compare(self) -> None:
        typed: dict[str, Json] = {}
        for name, block in self.blocks.items():
            value = block.editor.value()
            block.show_problems((value,) if isinstance(value, Problem) else ())
            if isinstance(value, Problem):
                block.focus()
                return
            typed[name] = value
        self.act.setEnabled(False)
        self.compare_wanted.emit(typed)

    def _settle(self) -> None:
        difference, value = self._differing[0], self.look.value()
        if isinstance(value, Problem):
            self.notice.say(self._context.words(value), Tone.DANGER)
            return
        self.act.setEnabled(False)
        self.settle_wanted.emit(difference.field, value, self.look.reason.text())

    def _show_difference(self) -> None:
        field = _asked_again(self._definition, self._differing[0].field)
        self._title.setText(self.tr("Two values: {field}").replace("{field}", field.label.text(self._context.language)))
        self.look.show_difference(self._differing[0], field, self._facts.papers)
        self._stack.setCurrentWidget(self.look)
        self.act.setText(self.tr("Keep this value"))
        self._enable()
        self.setFocus()

    def _enable(self) -> None:
        self.act.setEnabled(self.look.is_complete)


class _ThirdLook(QWidget):
    """Both values side by side, a third to type, the paper to compare with, and the reason."""

    chosen = Signal()

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self._difference: Difference | None = None
        self._field: FieldDefinition | None = None
        self.cards: list[ValueCard] = []
        self._row = row((), space=Space.USUAL)
        self._papers = Paragraph("", TextRole.BODY)
        self.reason = QLineEdit()
        self.reason.setMaxLength(400)
        self.reason.setPlaceholderText(self.tr("Which paper says so; it stays in the history"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.textChanged.connect(self.chosen)
        papers = row((Icon("file-text", 16, TextRole.MUTED),), space=Space.TIGHT)
        papers.addWidget(self._papers, 1)
        layout = column((), space=Space.USUAL)
        layout.addLayout(papers)
        layout.addLayout(self._row)
        layout.addWidget(self.reason)
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def is_complete(self) -> bool:
        is_reasoned = len(self.reason.text().strip()) >= SHORTEST_REASON
        return is_reasoned and any(card.is_marked for card in self.cards)

    def show_difference(self, difference: Difference, field: FieldDefinition, papers: Sequence[str]) -> None:
        self._difference, self._field = difference, field
        names = ", ".join(papers)
        with_files = self.tr("Compare with the paper; files of the record: {names}.").replace("{names}", names)
        self._papers.set_plain(with_files if names else self.tr("Compare with the paper itself."))
        clear(self._row)
        by = self.tr("stored, by {officer}").replace("{officer}", difference.stored_by or "–")
        texts = [difference.stored_text, difference.typed_text]
        self.cards = [
            _Keyed(1, difference.stored_text, by, differing_parts(difference.stored_text, texts)),
            _Keyed(2, difference.typed_text, self.tr("keyed again now"), differing_parts(difference.typed_text, texts)),
            TypedCard(3),
        ]
        for card in self.cards:
            card.marked.connect(self._mark)
            self._row.addWidget(card, 1)
        self.reason.clear()

    def choose(self, number: int) -> None:
        """Choose a card; the cursor goes to what is missing then."""
        for place, card in enumerate(self.cards, 1):
            card.set_marked(place == number)
        target = self.cards[number - 1]
        if isinstance(target, TypedCard):
            target.take_focus()
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()

    def goes_on(self) -> bool:
        """Enter: go on to the reason; True when everything is said."""
        if self.is_complete and self.reason.hasFocus():
            return True
        if any(card.is_marked for card in self.cards):
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def value(self) -> Json | Problem:
        """Return the chosen value."""
        place = next(number for number, card in enumerate(self.cards) if card.is_marked)
        card, difference = self.cards[place], self._difference
        if difference is None or self._field is None:
            return None
        if isinstance(card, TypedCard):
            return parse_value(card.field.text(), self._field, self._context.values)
        return difference.typed if place else difference.stored

    def _mark(self) -> None:
        sender = self.sender()
        for number, card in enumerate(self.cards, 1):
            if card is sender and not card.is_marked:
                self.choose(number)


class _Keyed(ValueCard):
    """A value and who keyed it."""

    def __init__(self, number: int, text: str, who: str, differing: Sequence[tuple[int, int]]) -> None:
        super().__init__(number, "")
        shown = Paragraph("", TextRole.FIGURE)
        shown.set_plain(text or self.tr("(empty)"), differing if text else ())
        self.body.addWidget(shown)
        self.body.addStretch(1)
        self.body.addWidget(Hairline())
        self.body.addWidget(Paragraph(who, TextRole.MUTED))


def _asked_again(definition: FormDefinition, name: str) -> FieldDefinition:
    """Return a field as it is keyed again: nothing is needed and nothing is doubted."""
    field = definition.field(name)
    if field is None:
        raise LookupError(name)
    return dataclasses.replace(
        field, required=False, required_when=None, visible_when=None, checks=(), default=None, sticky=False
    )
