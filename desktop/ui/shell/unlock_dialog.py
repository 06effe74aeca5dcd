"""Asking for the passphrase: at the start, and over a blur of the work when the window was locked.

- The field is the only thing to do here and has the focus; Enter opens.
- What goes wrong is said below the field, in a place that was kept free: nothing moves.
- After a wrong one the way with the recovery code is offered; it asks for a new passphrase at once.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    Icon,
    LinkButton,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    labelled,
    restyle,
    row,
    scaled,
)
from desktop.ui.shell.passphrase_fields import NewPassphrase, PassphraseField


class UnlockDialog(QWidget):
    """Emits what was typed; answer with `show_error`, or take it away when the registry is open."""

    passphrase_given = Signal(str)
    recovery_given = Signal(str, str)
    language_wanted = Signal(str)

    def __init__(self, language: Language, post: str = "", propose: Callable[[], str] | None = None) -> None:
        super().__init__()
        self._language = language
        self._background = QPixmap()
        self.passphrase_form = PassphraseForm()
        self.passphrase_form.given.connect(self._give_passphrase)
        self.passphrase_form.other_way.clicked.connect(self._ask_code)
        self.recovery_form = RecoveryForm(propose)
        self.recovery_form.given.connect(self._give_code)
        self.recovery_form.other_way.clicked.connect(self._ask_passphrase)
        self._form: PassphraseForm | RecoveryForm = self.passphrase_form
        self.language_button = LinkButton("English" if language == "vi" else "Tiếng Việt", "languages")
        self.language_button.clicked.connect(self._switch_language)
        self._card = Card(margin=Space.BROAD, space=Space.WIDE)
        where = Text(post, TextRole.MUTED)
        where.setVisible(bool(post))
        head = row((Icon("lock", 24),), space=Space.USUAL)
        head.addLayout(column((Text(self.tr("Sotram is locked"), TextRole.TITLE), where), space=0), 1)
        self._card.body.addLayout(head)
        self._card.body.addWidget(self.passphrase_form)
        self._card.body.addWidget(self.recovery_form)
        layout = column((), space=Space.SNUG)
        layout.addStretch(2)
        layout.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.language_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setLayout(layout)
        self._show(self.passphrase_form)

    def set_background(self, picture: QPixmap) -> None:
        """Show a blur of what was there before, stretched over the whole place."""
        self._background = picture

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._background.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._background)
            ground = self.palette().window().color()
            ground.setAlphaF(0.6)
            painter.fillRect(self.rect(), ground)
            painter.end()
        super().paintEvent(event)

    @property
    def message(self) -> str:
        """What is said below the field."""
        return self._form.wrong.plain

    def show_error(self, error: DesktopError) -> None:
        self._form.refuse(sentence(error.code, error.context, self._language))

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase_form.clear()
        self.recovery_form.clear()

    def _show(self, form: "PassphraseForm | RecoveryForm") -> None:
        self._form = form
        self.passphrase_form.setVisible(form is self.passphrase_form)
        self.recovery_form.setVisible(form is self.recovery_form)
        self._card.setFixedWidth(scaled(640 if form is self.recovery_form else 440))
        self.setFocusProxy(form)
        form.setFocus()

    def _give_passphrase(self, passphrase: str) -> None:
        self.passphrase_given.emit(passphrase)

    def _give_code(self, code: str, passphrase: str) -> None:
        self.recovery_given.emit(code, passphrase)

    def _ask_code(self) -> None:
        self._show(self.recovery_form)

    def _ask_passphrase(self) -> None:
        self._show(self.passphrase_form)

    def _switch_language(self) -> None:
        self.language_wanted.emit("en" if self._language == "vi" else "vi")


class PassphraseForm(QWidget):
    """One field and one button."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = PassphraseField(self.tr("Passphrase"))
        self.field.returnPressed.connect(self._give)
        self.field.textChanged.connect(self._enable)
        self.wrong = _room_for_words()
        self.unlock = PrimaryButton(self.tr("Unlock"), "lock-open", "Return")
        self.unlock.clicked.connect(self._give)
        self.other_way = LinkButton(self.tr("Use the recovery code"))
        self.other_way.hide()
        foot = row((self.other_way,))
        foot.addStretch(1)
        foot.addWidget(self.unlock)
        asked = labelled(self.tr("Passphrase"), self.field)
        asked.addWidget(self.wrong)
        self.setLayout(column((asked, foot), space=Space.TIGHT))
        self.setFocusProxy(self.field)
        self._enable()

    def refuse(self, words: str) -> None:
        self.setEnabled(True)
        self.unlock.setText(self.tr("Unlock"))
        self.wrong.set_plain(words)
        restyle(self.field, state="error")
        self.other_way.show()
        self.field.selectAll()
        self.field.setFocus()

    def clear(self) -> None:
        self.field.clear()
        self.wrong.set_plain("")
        restyle(self.field, state="")
        self.setEnabled(True)
        self.unlock.setText(self.tr("Unlock"))

    def _give(self) -> None:
        if self.field.text():
            self.wrong.set_plain("")
            restyle(self.field, state="")
            self.unlock.setText(self.tr("Opening"))
            self.setEnabled(False)
            self.given.emit(self.field.text())

    def _enable(self) -> None:
        self.unlock.setEnabled(bool(self.field.text()))


class RecoveryForm(QWidget):
    """The code from the envelope, and the passphrase that takes its place."""

    given = Signal(str, str)

    def __init__(self, propose: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.code = QLineEdit()
        self.code.setMaxLength(80)
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.code.textChanged.connect(self._enable)
        self.new = NewPassphrase(propose, self.tr("New passphrase"))
        self.new.complete_changed.connect(self._enable)
        self.wrong = _room_for_words()
        self.recover = PrimaryButton(self.tr("Open and set the new passphrase"), "lock-open")
        self.recover.clicked.connect(self._give)
        self.other_way = LinkButton(self.tr("Use the passphrase"))
        foot = row((self.other_way,))
        foot.addStretch(1)
        foot.addWidget(self.recover)
        parts = (labelled(self.tr("Recovery code"), self.code), self.new, self.wrong, foot)
        layout = column((), space=Space.USUAL)
        for part in parts:
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
        self.setLayout(layout)
        self.setFocusProxy(self.code)
        self._enable()

    def refuse(self, words: str) -> None:
        self.setEnabled(True)
        self.wrong.set_plain(words)
        restyle(self.code, state="error")
        self.code.setFocus()
        self._enable()

    def clear(self) -> None:
        self.code.clear()
        self.new.clear()
        self.wrong.set_plain("")
        restyle(self.code, state="")
        self.setEnabled(True)

    def _give(self) -> None:
        self.wrong.set_plain("")
        restyle(self.code, state="")
        self.setEnabled(False)
        self.given.emit(self.code.text(), self.new.passphrase)

    def _enable(self) -> None:
        self.recover.setEnabled(bool(self.code.text().strip()) and self.new.is_complete)


def _room_for_words() -> Paragraph:
    words = Paragraph("", TextRole.DANGER)
    words.setMinimumHeight(scaled(60))  # three lines
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    return words
