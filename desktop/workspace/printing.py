"""Documents of a record as PDF: who printed which copy is written in the audit log before the bytes leave.

- Nothing is written to the disk here; a P4 document carries the officer, the time and the number of the copy.
- Copies are counted per record and document at this station.
"""

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.changes import Json
from desktop.domain.definitions import FieldDefinition, FormDefinition, Privacy, TypeName
from desktop.domain.document_definitions import DocumentDefinition
from desktop.domain.letterheads import Letterhead
from desktop.errors import DesktopError
from desktop.printing.documents import DocumentContent, render
from desktop.printing.filling import Answer
from desktop.storage import audit_log, settings
from desktop.workspace import records, revealing, titles
from desktop.workspace.session import Workspace

_DATES = frozenset({TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document ready for the printer. `file_name` never names a person."""

    pdf: bytes
    title: str
    file_name: str
    copy_number: int
    has_victim_identity: bool


def documents_for(workspace: Workspace, register: str, language: str = "vi") -> tuple[tuple[str, str], ...]:
    """Return the id and label of every document of a register that is in force today."""
    definition = records.definition_of(workspace, register)
    known = (workspace.definitions.documents[name] for name in definition.documents)
    return tuple((one.id, one.label.text(language)) for one in known if one.is_valid_on(workspace.today()))


def print_document(workspace: Workspace, document: str, record: str) -> Printed:
    """Make a document of a record, and write in the audit log who did.

    Raises:
        DesktopError: record_unknown, document_unknown; PrintingError: text_too_long_to_print.
    """
    register, identity = _record(workspace, document, record)
    view = records.read(workspace, identity)
    definition = records.definition_of(workspace, register)
    found = workspace.definitions.documents[document]
    copy_number = _next_copy(workspace, document, identity)
    content = _Content(workspace, definition, view.values)
    pdf = render(
        found,
        DocumentContent(
            letterhead=letterhead(workspace),
            officer=workspace.officer.full_title,
            printed_at=workspace.now(),
            copy_number=copy_number,
            record_no=view.record_no,
            log_code=log_code(workspace),
            place=content.place,
            chosen=content.chosen,
            rows=content.rows,
        ),
    )
    with workspace.database.atomic():
        settings.put(workspace.database, _copy_name(document, identity), copy_number)
        secret = revealing.secret_fields(workspace, register) if found.privacy is Privacy.P4 else ()
        revealing.log(workspace, "print", register, identity, fields=secret, document=f"{document} {copy_number}")
    return Printed(
        pdf=pdf,
        title=found.label.vi,
        file_name=f"{document}_{view.record_no}_{copy_number}.pdf",
        copy_number=copy_number,
        has_victim_identity=found.privacy is Privacy.P4,
    )


def letterhead(workspace: Workspace) -> Letterhead:
    """Return the station's letterhead; what its commander wrote over the pattern stands before it."""
    station = workspace.station
    pattern = workspace.definitions.letterheads[station.kind]
    province = workspace.places.province(station.province)
    commune = workspace.places.commune(station.commune or "")
    return pattern.fill(
        province=province.full_name if province else "",
        commune=commune.full_name if commune else "",
        station=station.name,
    )


def log_code(workspace: Workspace) -> str:
    """Return 20 base32 characters of the audit log's head: on paper, an anchor that nobody can change later."""
    _, head = audit_log.last(workspace.database)
    return base64.b32encode(head)[:20].decode("ascii")


class _Content:
    """Answers a document's places from one record and the records it links to."""

    def __init__(self, workspace: Workspace, definition: FormDefinition, values: Mapping[str, Json]) -> None:
        self._library = workspace.library
        self._definition = definition
        self._values: Mapping[str, Json] = {**values, **records.compute(workspace, definition.id, values)}
        self._follow = records.follower(workspace)
        self._context = titles.value_context(workspace, "vi")

    def place(self, path: str) -> str | None:
        """Follow a path through links, such as `person.father.full_name`."""
        *links, last = path.split(".")
        definition, values = self._definition, self._values
        for name in links:
            found, value = definition.field(name), values.get(name)
            if found is None or not isinstance(value, str):
                return None
            definition = self._library.registers["person" if found.type is TypeName.PERSON else found.register or ""]
            values = self._follow(value) or {}
        return self._text(definition.field(last), values.get(last))

    def chosen(self, path: str) -> Collection[str]:
        value = self._values.get(path)
        if isinstance(value, list):
            return tuple(map(str, value))
        return (str(value),) if isinstance(value, str | bool) else ()

    def rows(self, path: str) -> Sequence[Answer]:
        found, value = self._definition.field(path), self._values.get(path)
        if found is None or not isinstance(value, list):
            return ()
        columns = {column.id: column for column in found.fields}
        return [self._row(columns, row) for row in value if isinstance(row, dict)]

    def _row(self, columns: Mapping[str, FieldDefinition], row: Mapping[str, Json]) -> Answer:
        return lambda name: self._text(columns.get(name), row.get(name))

    def _text(self, found: FieldDefinition | None, value: Json) -> str | None:
        if value is None:
            return None
        if found is not None and found.type in _DATES:
            return str(value)
        return titles.shown(found, value, self._context)


def _record(workspace: Workspace, document: str, record: str) -> tuple[str, str]:
    """Find the record by id or number, in the register that the document belongs to."""
    found: DocumentDefinition | None = workspace.definitions.documents.get(document)
    if found is None:
        known = ", ".join(sorted(workspace.definitions.documents))
        raise DesktopError("document_unknown", document=document, register="", known=known)
    return found.register, records.find(workspace, found.register, record)


def _copy_name(document: str, record: str) -> str:
    return f"copies.{document}.{record}"


def _next_copy(workspace: Workspace, document: str, record: str) -> int:
    stored = settings.get(workspace.database, _copy_name(document, record))
    return (stored if isinstance(stored, int) else 0) + 1
