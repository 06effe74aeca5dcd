"""Documents of a record and blank forms as PDF: who printed what is in the audit log before the bytes leave.

- Nothing is written to the disk here; a P4 document carries the officer, the time and the number of the copy.
- Copies are counted at this station: per record and document, or by the name of whatever else is printed.
"""

import base64
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import DocumentDefinition
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.printing.documents import DocumentContent, render
from desktop.printing.filling import Answer
from desktop.printing.paper_codes import form_code, record_code
from desktop.storage import audit_log, queries, settings
from desktop.workspace.base.outside_files import Keep, in_memory
from desktop.workspace.base.session import Session
from desktop.workspace.papers import letterheads
from desktop.workspace.records import records, revealing, titles

_DATES = frozenset({TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME})
CANCELLED = "HUY"


_FieldOf = Callable[[str], FieldDefinition | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document ready for the printer. `file_name` never names a person; `records` is how many a book lists."""

    pdf: bytes
    title: str
    file_name: str
    copy_number: int
    has_victim_identity: bool
    records: int = 1


def documents_for(session: Session, register: str, language: str = "vi") -> tuple[tuple[str, str], ...]:
    """Return the id and label of every document of a register that is in force today."""
    definition = records.definition_of(session, register)
    known = (session.definitions.documents[name] for name in definition.documents)
    return tuple((one.id, one.label.text(language)) for one in known if one.is_valid_on(session.today()))


def print_document(session: Session, document: str, record: str, keep: Keep = in_memory) -> Printed:
    """Make a document of a record; once `keep` has it, write in the audit log who did and count the copy.

    Raises:
        DesktopError: record_unknown, document_unknown; PrintingError: text_too_long_to_print.
    """
    register, identity = _record(session, document, record)
    view = records.read(session, identity)
    definition = records.definition_of(session, register)
    found = session.definitions.documents[document]
    name = f"{document}.{identity}"
    copy_number = next_copy(session, name)
    content = _Content(session, definition, view.values, identity)
    pdf = render(
        found,
        DocumentContent(
            letterhead=letterhead(session),
            officer=session.officer.full_title,
            printed_at=session.now(),
            copy_number=copy_number,
            record_no=view.record_no,
            log_code=log_code(session),
            qr=record_code(register, identity),
            place=content.place,
            chosen=content.chosen,
            rows=content.rows,
        ),
    )

    def enter() -> None:
        with session.database.atomic():
            count_copy(session, name, copy_number)
            secret = revealing.secret_fields(session, register) if found.privacy is Privacy.P4 else ()
            revealing.log(session, "print", register, identity, fields=secret, document=f"{document} {copy_number}")

    keep({"": pdf}, enter)
    return Printed(
        pdf=pdf,
        title=found.label.vi,
        file_name=f"{document}_{view.record_no}_{copy_number}.pdf",
        copy_number=copy_number,
        has_victim_identity=found.privacy is Privacy.P4,
    )


def print_blank(session: Session, document: str, keep: Keep = in_memory) -> Printed:
    """Make a blank form with the station's letterhead, to be filled in by hand.

    Raises:
        DesktopError: document_unknown.
    """
    found = _document(session, document)
    pdf = render(
        found,
        DocumentContent(
            letterhead=letterhead(session),
            officer=session.officer.full_title,
            printed_at=session.now(),
            log_code=log_code(session),
            qr=form_code(found.id, found.version),
            is_blank=True,
        ),
    )
    keep(
        {"": pdf},
        partial(revealing.log, session, "print_blank", found.register, document=f"{document} {found.version}"),
    )
    return Printed(
        pdf=pdf,
        title=found.label.vi,
        file_name=f"{document}_{found.version}.pdf",
        copy_number=1,
        has_victim_identity=False,
        records=0,
    )


def letterhead(session: Session) -> Letterhead:
    """Return the station's letterhead; what its commander wrote over the pattern comes before it."""
    return letterheads.of_station(session)


def next_copy(session: Session, name: str) -> int:
    """Return the number of the next copy of whatever is printed under a name."""
    stored = settings.get(session.database, f"copies.{name}")
    return (stored if isinstance(stored, int) else 0) + 1


def count_copy(session: Session, name: str, number: int) -> None:
    settings.put(session.database, f"copies.{name}", number)


def log_code(session: Session) -> str:
    """Return 20 base32 characters of the audit log's head: on paper, an anchor that nobody can change later."""
    _, head = audit_log.last(session.database)
    return base64.b32encode(head)[:20].decode("ascii")


class _Content:
    """Answers a document's places from one record and the records it links to."""

    def __init__(self, session: Session, definition: FormDefinition, values: Mapping[str, Json], record: str) -> None:
        self._session = session
        self._record = record
        self._library = session.library
        self._definition = definition
        self._values: Mapping[str, Json] = {**values, **records.compute(session, definition.id, values)}
        self._follow = records.follower(session)
        self._context = titles.value_context(session, "vi")

    def place(self, path: str) -> str | None:
        """Follow a path through links, such as `person.father.full_name`."""
        return self._place(self._definition.field, self._values, path)

    def chosen(self, path: str) -> Collection[str]:
        value = self._values.get(path)
        if isinstance(value, list):
            return tuple(map(str, value))
        return (str(value),) if isinstance(value, str | bool) else ()

    def rows(self, path: str) -> Sequence[Answer]:
        if "." in path:
            register, _, field = path.partition(".")
            return [self._linked(link.record) for link in self._links(register, field)]
        found, value = self._definition.field(path), self._values.get(path)
        if found is None or not isinstance(value, list):
            return ()
        columns = {column.id: column for column in found.fields}
        return [self._row(columns, row) for row in value if isinstance(row, dict)]

    def _row(self, columns: Mapping[str, FieldDefinition], row: Mapping[str, Json]) -> Answer:
        return lambda path: self._place(columns.get, row, path)

    def _place(self, field_of: _FieldOf, values: Mapping[str, Json], path: str) -> str | None:
        *links, last = path.split(".")
        for name in links:
            found, value = field_of(name), values.get(name)
            if found is None or not isinstance(value, str):
                return None
            register = "person" if found.type is TypeName.PERSON else found.register or ""
            field_of, values = self._library.registers[register].field, self._follow(value) or {}
        return self._text(field_of(last), values.get(last))

    def _links(self, register: str, field: str) -> Iterator[queries.Link]:
        """Yield the records of a register whose field links here; cancelled ones are left out."""
        for link in queries.links_to(self._session.database, self._record):
            is_wanted = link.register == register and link.field == field
            if is_wanted and (self._follow(link.record) or {}).get("status") != CANCELLED:
                yield link

    def _linked(self, record: str) -> Answer:
        view = records.read(self._session, record)
        definition = records.definition_of(self._session, view.register)
        other = _Content(self._session, definition, view.values, record)
        return lambda path: view.record_no if path == "record_no" else other.place(path)

    def _text(self, found: FieldDefinition | None, value: Json) -> str | None:
        if value is None:
            return None
        if found is not None and found.type in _DATES:
            return str(value)
        return titles.shown(found, value, self._context)


def _record(session: Session, document: str, record: str) -> tuple[str, str]:
    """Find the record by id or number, in the register that the document belongs to."""
    found = _document(session, document)
    if not found.register:
        raise DesktopError("document_is_blank_only", document=document)
    return found.register, records.find(session, found.register, record)


def _document(session: Session, document: str) -> DocumentDefinition:
    found: DocumentDefinition | None = session.definitions.documents.get(document)
    if found is None:
        known = ", ".join(sorted(session.definitions.documents))
        raise DesktopError("document_unknown", document=document, register="", known=known)
    return found
