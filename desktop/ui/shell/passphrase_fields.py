"""Typing a passphrase: shown or hidden, a proposal, a second time, and its strength in words."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    Icon,
    IconButton,
    Paragraph,
    QuietButton,
    Text,
    TextRole,
    column,
    labelled,
    restyle,
    row,
    scaled,
)
from desktop.ui.shell.passphrase_strength import Strength, strength


class PassphraseField(QLineEdit):
    """Hidden letters, and an eye to show them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.eye = IconButton("eye", self.tr("Show the letters"))
        self.eye.clicked.connect(self._toggle)
        layout = row((), space=0)
        layout.setContentsMargins(0, 0, Space.HAIR, 0)
        layout.addStretch(1)
        layout.addWidget(self.eye)
        self.setLayout(layout)
        self._dress()

    def set_shown(self, shown: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._make_room()
        super().changeEvent(event)

    def _toggle(self) -> None:
        self.set_shown(self.echoMode() is QLineEdit.EchoMode.Password)

    def _dress(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        name = self.tr("Show the letters") if hidden else self.tr("Hide the letters")
        self.eye.show_as("eye" if hidden else "eye-off", name)
        self._make_room()

    def _make_room(self) -> None:
        self.setTextMargins(0, 0, scaled(24), 0)


class NewPassphrase(QWidget):
    """A passphrase chosen: proposed or typed, repeated, judged. `complete_changed` follows `is_complete`."""

    complete_changed = Signal(bool)

    def __init__(self, propose: Callable[[], str] | None = None, label: str = "") -> None:
        super().__init__()
        label = label or self.tr("Passphrase")
        self._propose = propose
        self._known: tuple[str, ...] = ()
        self._was_complete = False
        self._proposal = Text("", TextRole.MONO)
        self.use_proposal = Button(self.tr("Use this one"), "check")
        self.use_proposal.clicked.connect(self._take_proposal)
        self.other_proposal = QuietButton(self.tr("Another"), "refresh-cw")
        self.other_proposal.clicked.connect(self._propose_another)
        self.field = PassphraseField(label)
        self.repeat = PassphraseField(self.tr("Passphrase once more"))
        self.field.textChanged.connect(self._judge)
        self.repeat.textChanged.connect(self._judge)
        self._mark = Icon("circle", 16)
        self._words = Paragraph("", TextRole.MUTED)
        self._match = Paragraph("", TextRole.MUTED)
        for words in (self._words, self._match):
            words.setMinimumHeight(scaled(40))  # two lines: nothing moves when the words change
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
        parts: list[QWidget] = []
        if propose is not None:
            parts.append(self._proposal_card())
            self._propose_another()
        first = labelled(label, self.field)
        judged = row((), space=Space.HAIR + 2)
        judged.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        judged.addWidget(self._words, 1)
        first.addLayout(judged)
        second = labelled(self.tr("Once more"), self.repeat)
        second.addWidget(self._match)
        layout = column(parts, space=Space.USUAL)
        fields = row((first, second), space=Space.USUAL)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        layout.addLayout(fields)
        self.setLayout(layout)
        self._judge()

    @property
    def passphrase(self) -> str:
        return self.field.text()

    @property
    def is_complete(self) -> bool:
        """Typed twice alike, and not weak."""
        strong = strength(self.passphrase, self._known) in {Strength.FAIR, Strength.STRONG}
        return strong and self.passphrase == self.repeat.text()

    def set_known(self, known: Iterable[str]) -> None:
        """Say what a thief knows: names of the officer and the post weaken a passphrase."""
        self._known = tuple(known)
        self._judge()

    def clear(self) -> None:
        for field in (self.field, self.repeat):
            field.clear()
            field.set_shown(False)

    def _proposal_card(self) -> Card:
        card = Card(space=Space.TIGHT)
        card.body.addWidget(Text(self.tr("A good one, made just now"), TextRole.LABEL))
        line = row((self._proposal, self.use_proposal, self.other_proposal), space=Space.TIGHT)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        card.body.addWidget(
            Paragraph(
                self.tr("Four words and two digits: easy to remember and to type, hard to guess."), TextRole.MUTED
            )
        )
        return card

    def _propose_another(self) -> None:
        if self._propose is not None:
            self._proposal.setText(self._propose())

    def _take_proposal(self) -> None:
        self.field.setText(self._proposal.text())
        self.field.set_shown(True)
        self.repeat.clear()
        self.repeat.setFocus()

    def _judge(self) -> None:
        level = strength(self.passphrase, self._known)
        words, icon, role = {
            Strength.NONE: (self.tr("At least ten characters. Marks and capitals count."), "circle", TextRole.MUTED),
            Strength.WEAK: (
                self.tr("Weak: a thief's computer guesses it within days."),
                "circle-alert",
                TextRole.DANGER,
            ),
            Strength.FAIR: (self.tr("Fair: it takes years to guess."), "circle-check", TextRole.WARNING),
            Strength.STRONG: (self.tr("Strong: not to be guessed in a lifetime."), "circle-check", TextRole.DONE),
        }[level]
        self._mark.show_icon(icon, role)
        self._words.set_plain(words)
        restyle(self._words, role=role.value)
        self._say_match()
        if self.is_complete != self._was_complete:
            self._was_complete = self.is_complete
            self.complete_changed.emit(self._was_complete)

    def _say_match(self) -> None:
        typed, again = self.passphrase, self.repeat.text()
        differs = bool(again) and not typed.startswith(again)
        restyle(self.repeat, state="error" if differs else "")
        if differs:
            self._match.set_plain(self.tr("The two are not alike."))
            restyle(self._match, role=TextRole.DANGER.value)
        elif again and again == typed:
            self._match.set_plain(self.tr("Both are alike."))
            restyle(self._match, role=TextRole.DONE.value)
        else:
            self._match.set_plain(self.tr("Type it again, so that a slip of the finger locks nobody out."))
            restyle(self._match, role=TextRole.MUTED.value)
