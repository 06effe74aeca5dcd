"""The time limits of one record: what the law asks, until when, and its state.

- What still asks for work comes first, by its day; what was done is folded away behind its count.
- A colour never says anything alone: the badge has the words, the law is below.
- A limit that nobody compared with the law in force says so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.deadlines.deadline import DeadlineState
from desktop.sentences import Language, sentence
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Badge,
    Icon,
    Paragraph,
    QuietButton,
    Text,
    TextRole,
    Tone,
    clear,
    column,
    row,
)
from desktop.workspace.deadlines.deadlines import OPEN, RunningDeadline

TONES: Final = {
    DeadlineState.DUE: Tone.NEUTRAL,
    DeadlineState.SOON: Tone.WARNING,
    DeadlineState.OVERDUE: Tone.DANGER,
    DeadlineState.MET: Tone.DONE,
    DeadlineState.MET_LATE: Tone.WARNING,
}
_END_OF_DAY: Final = (23, 59, 59)


class DeadlineList(QWidget):
    """Hidden while a record has no limits."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._deadlines: tuple[RunningDeadline, ...] = ()
        self._body = column((), space=Space.TIGHT)
        self._body.setContentsMargins(0, 0, Space.TIGHT, Space.TIGHT)
        self._met = QWidget(self)
        self.fold = QuietButton("", "circle-check", parent=self)
        self._met.hide()
        self.fold.hide()
        self.setLayout(self._body)
        self.hide()

    @property
    def deadlines(self) -> tuple[RunningDeadline, ...]:
        return self._deadlines

    def show_deadlines(self, deadlines: Sequence[RunningDeadline]) -> None:
        """Show the limits of a record; those that were met stay folded until asked for."""
        if tuple(deadlines) == self._deadlines:
            return
        self._deadlines = tuple(deadlines)
        clear(self._body)
        running = [one for one in deadlines if one.state in OPEN]
        met = [one for one in deadlines if one.state not in OPEN]
        self._body.addWidget(Text(self.tr("Time limits"), TextRole.STRONG))
        for one in running:
            self._body.addWidget(DeadlineLine(one, self._language))
        if met:
            self._add_met(met, unfolded=not running)
        if any(not one.is_verified for one in deadlines):
            words = Paragraph(sentence("deadline_unverified", {}, self._language), TextRole.SMALL)
            doubt = row((), space=Space.TIGHT)
            doubt.addWidget(Icon("triangle-alert", 14, TextRole.WARNING), 0, Qt.AlignmentFlag.AlignTop)
            doubt.addWidget(words, 1)
            self._body.addLayout(doubt)
        self.setVisible(bool(deadlines))

    def _add_met(self, met: Sequence[RunningDeadline], *, unfolded: bool) -> None:
        self._met = QWidget()
        self._met.setLayout(column([DeadlineLine(one, self._language) for one in met], space=Space.TIGHT))
        self.fold = QuietButton(self.tr("%n done", "", len(met)), "circle-check")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        holder = row((self.fold,))
        holder.addStretch(1)
        self._body.addLayout(holder)
        self._body.addWidget(self._met)
        self.fold.setChecked(unfolded)
        self._met.setVisible(unfolded)

    def _unfold(self, unfolded: bool) -> None:  # noqa: FBT001  a Qt slot
        self._met.setVisible(unfolded)


class DeadlineLine(QWidget):
    """One limit: the duty, its state, below until when and by which law."""

    def __init__(self, deadline: RunningDeadline, language: Language) -> None:
        super().__init__()
        self.badge = Badge(deadline.remaining, TONES[deadline.state])
        head = row((), space=Space.TIGHT)
        head.addWidget(Paragraph(deadline.label), 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.law = Paragraph(self._facts(deadline), TextRole.SMALL)
        below = row((), space=Space.HAIR)
        if not deadline.is_verified:
            mark = Icon("triangle-alert", 14, TextRole.WARNING)
            mark.setToolTip(sentence("deadline_unverified", {}, language))
            below.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.law, 1)
        layout = column((), space=0)
        layout.addLayout(head)
        layout.addLayout(below)
        self.setLayout(layout)
        self.setAccessibleName(f"{deadline.label}: {deadline.remaining}. {self.law.plain}")

    def _facts(self, deadline: RunningDeadline) -> str:
        words = self.tr("Until {day} ({limit}) · {law}").replace("{day}", shown_moment(deadline.due_at))
        return words.replace("{limit}", deadline.limit).replace("{law}", deadline.legal_basis)


def shown_moment(at: datetime) -> str:
    """Return a day, with the time when the limit does not end with the day."""
    is_day = (at.hour, at.minute, at.second) == _END_OF_DAY
    return f"{at:%d/%m/%Y}" if is_day else f"{at:%H:%M %d/%m/%Y}"
