"""Where the keys lead within an open form: to a field by number or letters, to a note, to a section, to a problem."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject

from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.ui.base.page import Act
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.entry_fields import EntryFields
from desktop.ui.form.entry_frame import EntryFrame
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.go_to_line import GoToLine, GoToTarget
from desktop.ui.form.person_picker import PersonEditor

FIELD_ACTS = frozenset(
    {
        *(Act.FIELD_HELP, Act.CODES, Act.REPEAT, Act.NOTE, Act.NOTES, Act.GO_TO),
        *(Act.SECTION, Act.NEXT_PROBLEM),
    }
)


class FormNavigation(QObject):
    """Does the acts of FIELD_ACTS on the form that is open."""

    def __init__(self, definition: FormDefinition, fields: EntryFields, frame: EntryFrame) -> None:
        super().__init__(frame)
        self._fields = fields
        self._frame = frame
        self._numbers = {field.id: number for number, field in enumerate(_asked(definition), 1)}
        self.go_to = GoToLine(frame)
        self.go_to.chosen.connect(fields.go)
        self.go_to.given_up.connect(fields.go_back)

    def perform(self, act: Act) -> None:
        match act:
            case Act.SECTION:
                self._frame.index.focus()
            case Act.NEXT_PROBLEM:
                self._fields.next_problem()
            case Act.FIELD_HELP:
                self._fields.help()
            case Act.CODES:
                self._fields.codes()
            case Act.REPEAT:
                self._fields.repeat()
            case Act.NOTE:
                self._fields.note()
            case Act.NOTES:
                self._list_notes()
            case Act.GO_TO:
                self.go_to.ask(
                    self.tr("Go to field"), self.tr("Number, or letters of the label"), tuple(self._targets())
                )
            case _:
                pass

    def _list_notes(self) -> None:
        found = tuple(target for target in self._noted(self._fields.body.blocks, ""))
        if found:
            self.go_to.ask(self.tr("Notes of this record"), self.tr("Letters of the note or of the label"), found)
        else:
            self._frame.status.say(self.tr("This record has no notes. Ctrl+D writes one on the field of the cursor."))

    def _targets(self) -> Iterator[GoToTarget]:
        for section in self._fields.body.sections:
            for name, block in section.blocks.items():
                if block.stops():
                    number = str(self._numbers[name])
                    title = section.section.label.text(self._fields.context.language)
                    yield GoToTarget(path=name, number=number, label=block.editor.label, detail=title)
                    for inner, one in _inside(block.editor).items():
                        if one.stops():
                            yield GoToTarget(
                                path=f"{name}.{inner}", number="", label=one.editor.label, detail=block.editor.label
                            )

    def _noted(self, blocks: Mapping[str, FieldBlock], start: str) -> Iterator[GoToTarget]:
        for name, block in blocks.items():
            if block.is_asked and not block.is_covered:
                if block.note.text:
                    words = f"{block.editor.label}: {block.note.text}"
                    number = "" if start else str(self._numbers[name])
                    yield GoToTarget(path=f"{start}{name}", number=number, label=words, icon="sticky-note")
                yield from self._noted(_inside(block.editor), f"{name}.")


def _asked(definition: FormDefinition) -> Iterator[FieldDefinition]:
    return (field for field in definition.fields() if field.computed is None)


def _inside(editor: Editor) -> Mapping[str, FieldBlock]:
    """Return the fields of a person who is being entered inside a field."""
    return editor.panel.blocks if isinstance(editor, PersonEditor) and editor.panel is not None else {}
