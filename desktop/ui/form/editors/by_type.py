"""The editor of each field type, and the block that is in a form."""

from collections.abc import Callable
from typing import Final

from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.ui.form.editors.address_editor import AddressEditor
from desktop.ui.form.editors.attachment_editor import AttachmentEditor
from desktop.ui.form.editors.code_editor import CodeEditor
from desktop.ui.form.editors.codes_editor import CodesEditor
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.editors.line_editor import LineEditor
from desktop.ui.form.editors.long_text_editor import LongTextEditor
from desktop.ui.form.editors.record_editor import RecordEditor
from desktop.ui.form.editors.rows_editor import RowsEditor
from desktop.ui.form.editors.yes_no_editor import YesNoEditor
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.person_picker import PersonEditor


def make_editor(field: FieldDefinition, context: FormContext) -> Editor:
    """Return the editor of a field's type; a link to the register of people is a person, too."""
    if field.type is TypeName.ROWS:
        return RowsEditor(field, context, make_block)
    if field.type is TypeName.PERSON or (field.type is TypeName.LINK and field.register == "person"):
        return PersonEditor(field, context, make_block)
    return _EDITORS.get(field.type, LineEditor)(field, context)


def make_block(field: FieldDefinition, context: FormContext) -> FieldBlock:
    """Return a field as it is in a form."""
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
