"""The editor of each field type, and the block that stands in a form."""

from collections.abc import Callable
from typing import Final

from desktop.domain.definitions import FieldDefinition, TypeName
from desktop.ui.editors.address_editor import AddressEditor
from desktop.ui.editors.attachment_editor import AttachmentEditor
from desktop.ui.editors.code_editor import CodeEditor
from desktop.ui.editors.codes_editor import CodesEditor
from desktop.ui.editors.editor import Editor
from desktop.ui.editors.line_editor import LineEditor
from desktop.ui.editors.long_text_editor import LongTextEditor
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.editors.rows_editor import RowsEditor
from desktop.ui.editors.yes_no_editor import YesNoEditor
from desktop.ui.field_block import FieldBlock
from desktop.ui.form_context import FormContext
from desktop.ui.person_picker import PersonEditor


def make_editor(field: FieldDefinition, context: FormContext) -> Editor:
    """Return the editor of a field's type; a link to the register of people is a person, too."""
    if field.type is TypeName.ROWS:
        return RowsEditor(field, context, make_block)
    if field.type is TypeName.PERSON or (field.type is TypeName.LINK and field.register == "person"):
        return PersonEditor(field, context, make_block)
    return _EDITORS.get(field.type, LineEditor)(field, context)


def make_block(field: FieldDefinition, context: FormContext) -> FieldBlock:
    """Return a field as it stands in a form."""
    return FieldBlock(make_editor(field, context))


_EDITORS: Final[dict[TypeName, Callable[[FieldDefinition, FormContext], Editor]]] = {
    TypeName.LONG_TEXT: LongTextEditor,
    TypeName.YES_NO: YesNoEditor,
    TypeName.CODE: CodeEditor,
    TypeName.CODES: CodesEditor,
    TypeName.LINK: RecordEditor,
    TypeName.ADDRESS: AddressEditor,
    TypeName.ATTACHMENT: AttachmentEditor,
}
