"""Reading forms/documents/: every printed document, or every problem of all of them at once.

- Each place is followed to a field of the register, each checklist to its code list; what is printed is as private as
  its most private place, and a document that says less of itself is refused.
- The numbers of the numbered lines run through the whole document and are given here.
- `read_documents` takes the files as bytes by name, so that a test holds its definition in itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.custom_forms import custom_documents
from desktop.domain.definitions.field_reader import read_id, read_label
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    TypeName,
)
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.domain.documents.model import (
    Block,
    Checklist,
    DocumentDefinition,
    EveryAnswer,
    FieldLine,
    FieldLines,
    Heading,
    NationalHeader,
    NotesBlock,
    NumberAndDate,
    RowsTable,
    Signatures,
    Signer,
    TableColumn,
    Template,
    TextBlock,
    TickChoice,
    Title,
)
from desktop.domain.documents.templates import (
    FoundField,
    TemplateContext,
    find_field,
    parse_template,
    read_template,
    unbreakable,
)
from desktop.errors import DefinitionError

DOCUMENT_KEYS: Final = (
    *("id", "version", "label", "register", "privacy", "verified", "landscape", "form_note", "legal_basis"),
    *("valid_from", "valid_to", "block"),
)
BLOCK_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "national_header": ("note_marks", "left"),
    "number_and_date": ("symbol", "date", "number"),
    "title": ("text", "summary", "photo"),
    "heading": ("text", "centred"),
    "fields": ("item",),
    "numbered_fields": ("item",),
    "text": ("text", "italic", "blank_lines"),
    "checklist": ("label", "field", "columns", "numbered", "without"),
    "rows": ("label", "field", "records", "each", "without", "column", "numbered", "counted", "blank_rows"),
    "signatures": ("signer", "recipients"),
    "notes": ("items",),
}
ITEM_KEYS: Final = ("label", "value", "note_mark", "width", "boxes", "blank_lines")
COLUMN_KEYS: Final = ("label", "value", "width")
SIGNER_KEYS: Final = ("title", "hint", "name", "date")
THIS_RECORD: Final = "this"

_EMPTY: Final = Template(parts=())
_MOST_SIGNERS: Final = 3
_YES_NO: Final = (TickChoice(value=str(True), label="Có"), TickChoice(value=str(False), label="Không"))


def load_documents(
    forms_dir: Path, library: Library, own: Mapping[str, bytes] | None = None
) -> Mapping[str, DocumentDefinition]:
    """Read every document under a folder, and a registry's own, by id.

    Raises:
        DefinitionError: with every problem of every file.
    """
    paths = sorted(forms_dir.glob("documents/*.toml"))
    files = {path.relative_to(forms_dir).as_posix(): path.read_bytes() for path in paths}
    return read_documents({**custom_documents(own or {}), **files}, library)


def read_documents(files: Mapping[str, bytes], library: Library) -> Mapping[str, DocumentDefinition]:
    """Read documents from bytes by name, such as `documents/ct03.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    sources = [Source.decode(name, files[name]) for name in sorted(files)]
    read = [_read_document(source.table(DOCUMENT_KEYS), library) for source in sources]
    problems = tuple(problem for source in sources for problem in source.problems)
    if problems:
        raise DefinitionError(problems)
    return {document.id: document for document in read if document}


def _read_document(table: Table, library: Library) -> DocumentDefinition | None:
    identity = read_id(table, set())
    stem = Path(table.source.name).stem
    if identity and identity != stem:
        table.problem("id", f"'{identity}' is not the name of the file; rename one: '{stem}'")
    register = _read_register(table, library)
    privacy = table.choice("privacy", Privacy, required=True) or Privacy.P4
    valid_from, valid_to = table.day("valid_from"), table.day("valid_to")
    if valid_from and valid_to and valid_from > valid_to:
        table.problem("valid_from", f"{valid_from} is after valid_to {valid_to}")
    if register is None and "register" in table:
        return None
    if register is not None and identity and identity not in register.documents:
        table.problem("register", f"the register '{register.id}' does not name '{identity}' among its documents")
    around = TemplateContext(library=library, register=register, most_private=privacy)
    return DocumentDefinition(
        id=identity,
        label=read_label(table),
        register=register.id if register else "",
        privacy=privacy,
        verified=table.truth("verified"),
        version=table.integer("version", least=1) or 1,
        landscape=table.truth("landscape"),
        blocks=_Blocks(table, around).read(),
        form_note=table.text("form_note"),
        legal_basis=table.text("legal_basis"),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _read_register(table: Table, library: Library) -> FormDefinition | None:
    name = table.text("register")
    register = library.registers.get(name)
    if name and register is None:
        table.problem("register", f"no register '{name}'{suggestion(name, library.registers)}")
    return register


class _Blocks:
    """The reader of one document's blocks; it counts the numbered lines."""

    def __init__(self, document: Table, around: TemplateContext) -> None:
        self._document = document
        self._around = around
        self._number = 0
        self._readers: Mapping[str, Callable[[Table], Block]] = {
            "national_header": self._national_header,
            "number_and_date": self._number_and_date,
            "title": self._title,
            "heading": self._heading,
            "fields": self._fields,
            "numbered_fields": self._numbered_fields,
            "text": self._text,
            "checklist": self._checklist,
            "rows": self._rows,
            "signatures": self._signatures,
            "notes": self._notes,
        }

    def read(self) -> tuple[Block, ...]:
        found = tuple(self._read_all())
        if not self._document.raw("block"):
            self._document.problem(None, "a document has at least one [[block]]")
        return found

    def _read_all(self) -> Iterator[Block]:
        every_key = tuple({key for keys in BLOCK_KEYS.values() for key in keys})
        for block in self._document.tables("block", ("kind", *sorted(every_key))):
            kind = block.text("kind", required=True)
            if kind in BLOCK_KEYS:
                for key in every_key:
                    if key in block and key not in BLOCK_KEYS[kind]:
                        block.problem(key, f"a block '{kind}' has no such key; accepted: {', '.join(BLOCK_KEYS[kind])}")
                yield self._readers[kind](block)
            elif kind:
                near = suggestion(kind, BLOCK_KEYS)
                listed = f"{' Accepted' if near else '; accepted'}: {', '.join(BLOCK_KEYS)}"
                block.problem("kind", f"no block '{kind}'{near}{listed}")

    def _national_header(self, block: Table) -> Block:
        marks = block.raw("note_marks") or []
        if not isinstance(marks, list) or not all(type(mark) is int for mark in marks) or len(marks) > 2:
            block.problem("note_marks", "must be one or two integers, such as [1, 2]")
            marks = []
        left = tuple(unbreakable(parse_template(line, block, "left", self._around)) for line in block.texts("left"))
        return NationalHeader(note_marks=tuple(marks), left=left)

    def _number_and_date(self, block: Table) -> Block:
        return NumberAndDate(
            symbol=block.text("symbol"),
            date=self._unbreakable(block, "date"),
            number=self._unbreakable(block, "number"),
        )

    def _title(self, block: Table) -> Block:
        return Title(
            text=block.text("text", required=True),
            summary=self._unbreakable(block, "summary"),
            photo=block.text("photo"),
        )

    def _heading(self, block: Table) -> Block:
        return Heading(text=block.text("text", required=True), centred=block.truth("centred"))

    def _fields(self, block: Table) -> Block:
        return FieldLines(items=tuple(self._item(item, None) for item in _some(block, "item", ITEM_KEYS)))

    def _numbered_fields(self, block: Table) -> Block:
        return FieldLines(items=tuple(self._item(item, self._next()) for item in _some(block, "item", ITEM_KEYS)))

    def _item(self, item: Table, number: int | None) -> FieldLine:
        width = item.integer("width", least=10)
        if width is not None and width > 100:
            item.problem("width", f"{width} is more than 100 percent")
        return FieldLine(
            number=number,
            label=item.text("label", required=True),
            value=self._template(item, "value"),
            note_mark=item.integer("note_mark", least=1),
            width=width or 100,
            boxes=item.integer("boxes", least=1) or 0,
            blank_lines=item.integer("blank_lines", least=1) or 1,
        )

    def _text(self, block: Table) -> Block:
        return TextBlock(
            text=self._template(block, "text"),
            italic=block.truth("italic"),
            blank_lines=block.integer("blank_lines", least=1) or 1,
        )

    def _checklist(self, block: Table) -> Block:
        path, found = self._own_field(block)
        choices: tuple[TickChoice, ...] = ()
        if found is not None and found.type is TypeName.YES_NO:
            choices = _YES_NO
        elif found is not None and found.field is not None and found.type in {TypeName.CODE, TypeName.CODES}:
            choices = self._choices(found.field)
        elif found is not None:
            block.problem("field", f"'{path}' is {found.type.value}; a checklist is of code, codes or yes_no")
        return Checklist(
            number=self._next() if block.truth("numbered") else None,
            label=block.text("label", required=True),
            path=path,
            choices=choices,
            columns=block.integer("columns", least=1) or 2,
            without=frozenset(choice.value for choice in self._without(block, choices)),
        )

    def _own_field(self, block: Table) -> tuple[str, FoundField | None]:
        """Read the field of a checklist or a table; it is one of the register itself."""
        path = block.text("field", required=True)
        if "." in path:
            block.problem("field", f"'{path}' is a field of another record; name one of the register itself")
            return path, None
        return path, find_field(path, block, "field", self._around) if path else None

    def _choices(self, field: FieldDefinition) -> tuple[TickChoice, ...]:
        code_list = self._around.library.code_lists.get(field.codes or "")
        return tuple(
            TickChoice(value=code.value, label=code.label.vi, valid_from=code.valid_from, valid_to=code.valid_to)
            for code in (code_list.codes if code_list else ())
        )

    def _rows(self, block: Table) -> Block:
        path, around = self._records(block) if "records" in block else self._rows_field(block)
        columns = tuple(self._column(column, around) for column in _some(block, "column", COLUMN_KEYS))
        return RowsTable(
            number=self._next() if block.truth("numbered") else None,
            label=block.text("label"),
            path=path,
            columns=columns,
            counted=block.truth("counted", default=True),
            blank_rows=2 if (blank := block.integer("blank_rows", least=0)) is None else blank,
            each=self._each(block, around) if around else None,
        )

    def _rows_field(self, block: Table) -> tuple[str, TemplateContext | None]:
        path, found = self._own_field(block)
        if found is not None and found.type is not TypeName.ROWS:
            block.problem("field", f"'{path}' is {found.type.value}; a table is of rows")
            return path, None
        return path, self._around.within(found.field) if found and found.field else None

    def _records(self, block: Table) -> tuple[str, TemplateContext | None]:
        """Read whose records are the rows: this one, or those of a register that link here."""
        path = block.text("records", required=True)
        if "field" in block:
            block.problem("records", "a table is of a field or of records, not of both")
        if path == THIS_RECORD:
            return "", self._around
        name, _, link = path.partition(".")
        register = self._around.library.registers.get(name)
        field = register.field(link) if register else None
        if register is None or field is None:
            block.problem("records", f"'{path}' is no field of a register; accepted: {THIS_RECORD}, or register.field")
            return path, None
        if self._around.register is None or field.register != self._around.register.id:
            block.problem("records", f"'{path}' does not link to the register of this document")
            return path, None
        return path, replace(self._around, register=register)

    def _each(self, block: Table, around: TemplateContext) -> EveryAnswer | None:
        name = block.text("each")
        found = find_field(name, block, "each", around) if name else None
        if found is None:
            if "without" in block and not name:
                block.problem("without", "a table leaves out answers of the column named by 'each'; it is missing")
            return None
        if found.field is None or found.type is not TypeName.CODE:
            block.problem("each", f"'{name}' is {found.type.value}; rows are drawn for each answer of a code")
            return None
        choices = self._choices(found.field)
        hidden = self._without(block, choices)
        return EveryAnswer(column=name, choices=choices, without=frozenset(choice.label for choice in hidden))

    def _without(self, block: Table, choices: tuple[TickChoice, ...]) -> tuple[TickChoice, ...]:
        """Read which answers are never printed."""
        names = block.texts("without")
        known = {choice.value: choice for choice in choices}
        for name in names:
            if name not in known:
                block.problem("without", f"no answer '{name}'{suggestion(name, known)}")
        return tuple(known[name] for name in names if name in known)

    def _column(self, column: Table, around: TemplateContext | None) -> TableColumn:
        value = read_template(column, "value", around, required=True) if around else None
        return TableColumn(
            label=column.text("label", required=True),
            value=value or _EMPTY,
            width=column.integer("width", least=1, required=True) or 1,
        )

    def _signatures(self, block: Table) -> Block:
        signers = _some(block, "signer", SIGNER_KEYS)
        if len(signers) > _MOST_SIGNERS:
            block.problem("signer", f"at most {_MOST_SIGNERS} sign side by side")
        return Signatures(
            signers=tuple(self._signer(signer) for signer in signers), recipients=block.texts("recipients")
        )

    def _signer(self, signer: Table) -> Signer:
        titles = signer.texts("title")
        if not titles:
            signer.problem(None, "'title' is missing; it is the lines over the signature")
        return Signer(
            title=tuple(unbreakable(parse_template(title, signer, "title", self._around)) for title in titles),
            hint=signer.texts("hint"),
            name=self._unbreakable(signer, "name"),
            date=self._unbreakable(signer, "date"),
        )

    def _notes(self, block: Table) -> Block:
        items = block.texts("items")
        if not items:
            block.problem(None, "'items' is missing; it is the lines of the note")
        return NotesBlock(items=items)

    def _template(self, table: Table, key: str) -> Template:
        return read_template(table, key, self._around, required=True) or _EMPTY

    def _unbreakable(self, table: Table, key: str) -> Template | None:
        template = read_template(table, key, self._around)
        return unbreakable(template) if template else None

    def _next(self) -> int:
        self._number += 1
        return self._number


def _some(table: Table, key: str, keys: tuple[str, ...]) -> tuple[Table, ...]:
    found = table.tables(key, keys)
    if not found and table.raw(key) is None:
        table.problem(None, f"'{key}' is missing; it is one or more tables [[block.{key}]]")
    return found
