"""One field of a form: label, editor, and below it help, problems, reasons and conflicting values.

- A line below the editor is always kept free, so a short message moves nothing; a long one makes the block taller, and
  the form keeps the focused field where it was.
- A warning has a line for its reason; what is typed there goes along with the save.
- A note on the field is below all that (field_note.py); it is covered with the field.
- A covered block shows that something is there, not what; the editor keeps the value.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.model import TypeName
from desktop.domain.values.field_types import is_empty
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    LinkButton,
    Text,
    TextRole,
    column,
    row,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.field_help import FieldHelp
from desktop.ui.form.field_messages import FieldMessage, ReasonLine
from desktop.ui.form.field_note import FieldNote
from desktop.workspace.records.conflicts import ConflictView

COVER = "•••••"
_ALWAYS_ASKED: Final = {TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME}
"""A day or an hour that the program proposes is seldom that of the event: the cursor stops there."""


class FieldBlock(QWidget):
    """Says `changed` while typing, `left` when the field is left, `stepped` when a key asks to move on."""

    changed = Signal()
    left = Signal(object)
    part_left = Signal()
    stepped = Signal(int)
    conflict_wanted = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.field = editor.field
        self.context = editor.context
        self.is_left = False
        self.is_asked = True
        self.takes_note = False  # a column of a row has none of its own: the note is on the rows
        self.is_offered = False  # what is in it is a default or was kept from before, and nobody touched it
        self._problems: tuple[Problem, ...] = ()
        self._conflict: ConflictView | None = None
        self._state = ""
        self._reason_lines: dict[str, ReasonLine] = {}
        self.label = Text(editor.label, TextRole.LABEL)
        self.label.setBuddy(editor)
        self.mark = Text("", TextRole.SMALL)
        self.pin = Icon("history", 14, TextRole.MUTED)
        self.pin.setToolTip(self.tr("Kept from the record before"))
        self.pin.hide()
        head = row((self.label, self.mark, self.pin), space=Space.HAIR)
        head.addStretch(1)
        self.message = FieldMessage()
        self.help: FieldHelp | None = None
        self.settle = LinkButton(self.tr("Settle"), "git-merge")
        self.settle.clicked.connect(self.conflict_wanted)
        self.settle.hide()
        self._cover = QLineEdit(COVER)
        self._cover.setEnabled(False)
        self._cover.setAccessibleName(editor.label)
        self._cover.hide()
        self.note = FieldNote(editor.label)
        self.note.changed.connect(self.changed)
        self.note.finished.connect(self._leave_note)
        self._body = column((head, editor, self._cover, self.message, self.settle, self.note), space=Space.HAIR)
        self._body.addStretch(1)
        self.setLayout(self._body)
        editor.changed.connect(self._edited)
        editor.left.connect(self._leave)
        editor.part_left.connect(self.part_left)
        editor.stepped.connect(self.stepped)
        for stop in editor.stops():
            stop.installEventFilter(self)
        self._say_required()

    @property
    def is_wide(self) -> bool:
        return self.editor.is_wide

    @property
    def is_covered(self) -> bool:
        return not self._cover.isHidden()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.show_hint()
        return super().eventFilter(watched, event)

    def stops(self) -> list[QWidget]:
        """Return what takes the focus, in order; nothing while hidden or covered."""
        if not self.is_asked or self.is_covered:
            return []
        reasons: list[QWidget] = [line.line for line in self._reason_lines.values()]
        return [*self.editor.stops(), *reasons]

    def focus(self) -> None:
        if self.is_covered:
            return
        self.editor.focus_first()

    def ask(self, asked: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Show or hide the field; a hidden one keeps its value."""
        self.is_asked = asked
        self.setVisible(asked)

    def show_problems(self, problems: Sequence[Problem], answered: frozenset[str] = frozenset()) -> None:
        """Show what is wrong with the field itself; warnings answered before show no line for a reason."""
        self._problems = tuple(problems)
        errors = [one for one in problems if one.severity is Severity.ERROR]
        warnings = [one for one in problems if one.severity is Severity.WARNING]
        self._dress("error" if errors else "warning" if warnings else "")
        if self._problems and not self.is_covered:
            first = (errors or warnings)[0]
            words = "\n".join(dict.fromkeys(self.context.words(one) for one in (errors or warnings)))
            self.message.say(words, first.severity)
        else:
            self.show_hint()
        self._show_reasons([one for one in warnings if one.code not in answered] if not errors else [])

    def reasons(self) -> dict[str, str]:
        """Return what was typed as reasons, by the code of the warning."""
        given = {code: line.reason for code, line in self._reason_lines.items() if line.reason}
        return {**self.editor.reasons(), **given}

    def show_hint(self) -> None:
        """Say what the field is for while it has the focus, unless something else has to be said."""
        if self._problems and not self.is_covered:
            return
        if self._conflict is not None and not self.is_covered:
            lines = [self.tr("Two stations wrote different values.")]
            lines += [f"{value.text or '–'}  ·  {value.station}, {value.officer}" for value in self._conflict.values]
            self.message.say("\n".join(lines), Severity.WARNING, icon="git-merge")
            return
        hint = self.field.hint
        wanted = hint is not None and self.editor.has_focus() and self.help is None
        self.message.hint(hint.text(self.context.language) if hint is not None and wanted else "")

    def toggle_help(self) -> None:
        """Show or hide the whole help below the field (F1)."""
        if self.help is None:
            self.help = FieldHelp(self.field, self.context)
            self._body.insertWidget(self._body.indexOf(self.message) + 1, self.help)
        else:
            self.help.hide()
            self.help.deleteLater()
            self.help = None
        self.show_hint()

    def show_conflict(self, conflict: ConflictView | None) -> None:
        """Show the values that are beside each other; the editor shows the one that is kept until then."""
        self._conflict = conflict
        self.settle.setVisible(conflict is not None and not self.is_covered)
        self.show_hint()

    def write_note(self) -> None:
        if not self.is_covered:
            self.note.write()

    def show_below(self, widget: QWidget) -> None:
        """Put a question below the field."""
        self._body.insertWidget(self._body.indexOf(self.message) + 1, widget)

    def show_head(self, shown: bool) -> None:  # noqa: FBT001  a state, set by its name
        """Show or hide the label above; a screen reader knows the editor's own name."""
        self.label.setVisible(shown)
        self.mark.setVisible(shown and not self.is_covered)

    def set_sticky(self, sticky: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.pin.setVisible(sticky)

    def set_covered(self, covered: bool) -> None:  # noqa: FBT001  a state, set by its name
        shown = bool(self.note.text) or self.note.is_writing  # a form that is filled anew has a new note
        self.note.setVisible(not covered and shown)
        if covered == self.is_covered:
            return
        self._cover.setVisible(covered)
        self.editor.setVisible(not covered)
        self.mark.setVisible(not covered)
        self.settle.setVisible(self._conflict is not None and not covered)
        self.show_problems(self._problems)

    def require(self, required: bool) -> None:  # noqa: FBT001  a state, set by its name
        self.mark.setText(self.tr("required") if required else "")

    def _say_required(self) -> None:
        self.require(self.field.required)

    def _show_reasons(self, warnings: Sequence[Problem]) -> None:
        wanted = {one.code for one in warnings}
        for code in [code for code in self._reason_lines if code not in wanted]:
            gone = self._reason_lines.pop(code)
            gone.hide()
            gone.deleteLater()
        for code in sorted(wanted - self._reason_lines.keys()):
            reason = ReasonLine(code)
            reason.stepped.connect(self.stepped)
            reason.changed.connect(self.changed)
            self._reason_lines[code] = reason
            self._body.insertWidget(self._body.indexOf(self.settle), reason)

    def _dress(self, state: str) -> None:
        if state != self._state:  # dressing again costs more than all the rest of a look over the form
            self._state = state
            self.editor.set_state(state)

    def _edited(self) -> None:
        self.pin.hide()
        self.is_offered = False
        self.changed.emit()

    def _leave_note(self) -> None:
        self.focus()
        self.left.emit(self)

    def _leave(self) -> None:
        self.is_left = True
        self.left.emit(self)
        self.show_hint()


def passes_over(stop: QWidget) -> bool:
    """Return whether Enter goes over a stop: a part that its field does not ask for, or a field that says enough.

    A whole field is gone over only while full fields go on by themselves, and only if its answer is kept or usual,
    untouched, and nothing is wrong with it.
    """
    block: QObject | None = stop
    while block is not None and not isinstance(block, FieldBlock):
        block = block.parent()
    if not isinstance(block, FieldBlock):
        return False
    if block.editor.passes_over(stop) or not block.context.advances:
        return block.editor.passes_over(stop)
    is_kept = block.is_offered and block.field.type not in _ALWAYS_ASKED and not is_empty(block.editor.stored())
    return is_kept and not block.problems
