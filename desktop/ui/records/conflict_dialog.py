"""Settling a conflict: the values side by side with who, where and when, and a place to type another one.

- Keys: 1, 2, 3 choose a card, Enter keeps the chosen one, Esc leaves it for later. Nothing is chosen beforehand.
- The order of the cards is that of the workspace and says nothing about who is right.
- Addresses, rows and attachments cannot be typed in a line: for them `can_type` says no.
- A value that identifies a victim is covered until a reason is given.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.reveal_bar import RevealBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    KeyHint,
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
from desktop.ui.records.conflict_cards import (
    GivenCard,
    TypedCard,
    ValueCard,
    differing_parts,
)
from desktop.workspace.records.conflicts import ConflictView


class ConflictDialog(QDialog):
    """Goes through conflicts one by one.

    `chosen` carries the conflict and one of its values, `typed` the conflict and a text. Answer with `settled`,
    `refuse` or `show_error`; `reveal_wanted` is answered with `reveal`.
    """

    chosen = Signal(object, object)
    typed = Signal(object, str)
    reveal_wanted = Signal(str, str)

    def __init__(
        self,
        conflicts: Sequence[ConflictView],
        language: Language,
        parent: QWidget | None = None,
        can_type: Callable[[ConflictView], bool] = lambda _conflict: True,
    ) -> None:
        super().__init__(parent)
        self._conflicts = tuple(conflicts)
        self._can_type = can_type
        self._number = 0
        self._cards: list[ValueCard] = []
        self.setWindowTitle(self.tr("Conflicts"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 960, 540)
        self._field = Text("", TextRole.TITLE)
        self._record = Text("", TextRole.MUTED)
        self._explained = Paragraph(
            self.tr(
                "This field was changed in two places that did not know of each other. "
                "Choose the right value; the others stay in the history."
            )
        )
        self.reveal_bar = RevealBar()
        self.reveal_bar.reveal_wanted.connect(self._ask_reveal)
        self.reveal_bar.covered.connect(self._show_values)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.USUAL)
        self.notice = MessageBar(language)
        self._count = Text("", TextRole.MUTED)
        self.later = QuietButton(self.tr("Later"), keys="Esc")
        self.later.clicked.connect(self._go_on)
        self.keep = PrimaryButton(self.tr("Keep this value"), "check", "Return")
        self.keep.clicked.connect(self._keep)
        self._lay_out()
        self._show()

    @property
    def conflict(self) -> ConflictView:
        return self._conflicts[self._number]

    @property
    def cards(self) -> tuple[ValueCard, ...]:
        """The values' cards, and last the one to type in."""
        return tuple(self._cards)

    def choose(self, number: int) -> None:
        """Choose a card, counted from 1."""
        if not 1 <= number <= len(self._cards):
            return
        for at, card in enumerate(self._cards, 1):
            card.set_marked(at == number)
        self._cards[number - 1].take_focus()
        self.keep.setEnabled(True)

    def settled(self) -> None:
        """The value is written: go to the next conflict, or be done."""
        self._go_on()

    def refuse(self, words: str) -> None:
        """The typed value has a problem."""
        self.keep.setEnabled(True)
        self.notice.say(words, Tone.DANGER)

    def show_error(self, error: DesktopError) -> None:
        self.keep.setEnabled(True)
        self.notice.show_error(error)

    def reveal(self) -> None:
        """The look is logged: show the values for a minute."""
        self.reveal_bar.start_minute()
        self._show_values()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._keep()
        elif typed.isdigit() and not isinstance(self.focusWidget(), QLineEdit):
            self.choose(int(typed))
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "page")
        inside.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keys = row(
            (KeyHint("1"), KeyHint("2"), KeyHint("3"), Text(self.tr("choose"), TextRole.SMALL)), space=Space.HAIR
        )
        foot = row((self._count,), space=Space.USUAL)
        foot.addLayout(keys)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.keep)
        layout = column((column((self._field, self._record), space=2),), space=Space.USUAL, margin=Space.WIDE)
        layout.addWidget(self._explained)
        layout.addWidget(self.reveal_bar)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.notice)
        layout.addLayout(foot)
        self.setLayout(layout)

    def _show(self) -> None:
        conflict = self.conflict
        self.notice.clear()
        self._field.setText(conflict.label)
        self._record.setText(f"{conflict.record_no}   {conflict.title}".strip())
        self._count.setText(
            self.tr("{number} of {total}")
            .replace("{number}", str(self._number + 1))
            .replace("{total}", str(len(self._conflicts)))
        )
        self.reveal_bar.cover()
        self.reveal_bar.setVisible(conflict.is_secret)
        clear(self._row)
        self._cards = []
        texts = [value.text for value in conflict.values]
        for number, value in enumerate(conflict.values, 1):
            self._add_card(GivenCard(number, value, differing_parts(value.text, texts)))
        if self._can_type(conflict):
            self._add_card(TypedCard(len(conflict.values) + 1))
        self.keep.setEnabled(False)
        self._show_values()
        self.setFocus()  # on no card: a focus ring would look like a choice

    def _add_card(self, card: ValueCard) -> None:
        card.marked.connect(self._mark)
        self._cards.append(card)
        self._row.addWidget(card, 1)

    def _show_values(self) -> None:
        covered = self.conflict.is_secret and not self.reveal_bar.is_shown
        for card in self._cards:
            card.set_covered(covered)

    def _mark(self) -> None:
        for number, card in enumerate(self._cards, 1):
            if card is self.sender():
                self.choose(number)

    def _keep(self) -> None:
        card = next((card for card in self._cards if card.is_marked), None)
        if card is None or not self.keep.isEnabled():
            return
        self.notice.clear()
        self.keep.setEnabled(False)
        if isinstance(card, GivenCard):
            self.chosen.emit(self.conflict, card.value)
        elif isinstance(card, TypedCard):
            self.typed.emit(self.conflict, card.field.text().strip())

    def _go_on(self) -> None:
        if self._number + 1 < len(self._conflicts):
            self._number += 1
            self._show()
        else:
            self.accept()

    def _ask_reveal(self, reason: str) -> None:
        self.reveal_wanted.emit(self.conflict.record, reason)
