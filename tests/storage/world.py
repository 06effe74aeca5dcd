"""A small world for the storage tests: three registers made in Python, stations that write operations, open registries.

The registers are the tests' own, so that a change under forms/ breaks no law of storage.
"""

import itertools
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import parse_condition
from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    MergeClass,
    Privacy,
    Section,
    TypeName,
)
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
    genesis,
    next_head,
)
from desktop.storage import change_log, projection, register_tables
from desktop.storage.database import Database

KEY = bytes(range(32))
STATION = "CAX-03160-7K2M"
OTHER = "DBP-03163-9QXA"
OFFICER = str(uuid.UUID(int=0xF))

P2, P4 = Privacy.P2, Privacy.P4


def label(text: str) -> Label:
    return Label(vi=text, en=text)


def field_of(name: str, of_type: TypeName, privacy: Privacy = P2, **more: object) -> FieldDefinition:
    return FieldDefinition(id=name, type=of_type, label=label(name), privacy=privacy, **more)  # type: ignore[arg-type]  # a test's shorthand


def definition_of(
    register: str, number: str, title: str, fields: tuple[FieldDefinition, ...], *, version: int = 1, **more: object
) -> FormDefinition:
    content: dict[str, object] = {"list": ("record_no",), "search": ()} | more
    return FormDefinition(
        id=register,
        version=version,
        number=number,
        label=label(register),
        label_one=label(register),
        description=label(register),
        title=title,
        icon="user",
        rail=1,
        documents=(),
        sections=(Section(id="all", label=label("all"), fields=fields),),
        **content,  # type: ignore[arg-type]  # a test's shorthand
    )


PERSON = definition_of(
    "person",
    "NG",
    "{full_name}",
    (
        field_of("full_name", TypeName.TEXT, kind="person_name"),
        field_of("alias", TypeName.TEXT, P4),
        field_of("dob", TypeName.PARTIAL_DATE),
        field_of("personal_id", TypeName.PERSONAL_ID),
        field_of("phone", TypeName.PHONE),
        field_of("aliases", TypeName.CODES, merge=MergeClass.SET),
        field_of("perm_addr", TypeName.ADDRESS),
        field_of("height", TypeName.INTEGER),
        field_of("weight", TypeName.DECIMAL),
        field_of("is_child", TypeName.YES_NO),
        field_of("photo", TypeName.ATTACHMENT),
        field_of("age", TypeName.INTEGER, computed=parse_condition("months_between(dob, today)")),
        field_of("status", TypeName.CODE),
    ),
    list=("full_name", "dob", "personal_id"),
    search=("full_name", "alias", "personal_id", "phone", "perm_addr", "aliases"),
)
ABSENCE = definition_of(
    "absence",
    "VM",
    "{person.full_name}",
    (
        field_of("person", TypeName.PERSON, register="person"),
        field_of("informant", TypeName.PERSON, P4, register="person"),
        field_of("case_kind", TypeName.CODES),
        field_of("absent_since", TypeName.PARTIAL_DATE),
        field_of("place", TypeName.TEXT),
        field_of("risk_level", TypeName.CODE, merge=MergeClass.SAFETY, protective=("3", "2", "1", "0")),
        field_of("notes", TypeName.LONG_TEXT, merge=MergeClass.TEXT),
        field_of(
            "children",
            TypeName.ROWS,
            fields=(field_of("name", TypeName.TEXT), field_of("person", TypeName.PERSON, register="person")),
        ),
        field_of("status", TypeName.CODE),
    ),
    list=("record_no", "person", "informant", "place", "absent_since"),
    search=("person", "informant", "place", "children"),
)
VICTIM = definition_of(
    "victim",
    "NN",
    "{case_code}",
    (field_of("person", TypeName.PERSON, P4, register="person"), field_of("return_date", TypeName.DATE)),
    list=("case_code", "return_date"),
    search=("case_code", "person"),
)
LIBRARY = Library(registers={one.id: one for one in (PERSON, ABSENCE, VICTIM)})


def record_id(number: int) -> str:
    return str(uuid.UUID(int=number))


@dataclass
class Author:
    """A station that writes operations, one counter after the other."""

    station: str = STATION
    epoch: str = "a" * 16
    written: list[Operation] = field(default_factory=list)

    def write(
        self,
        record: str,
        register: str,
        values: Mapping[str, Json],
        parents: Mapping[str, tuple[OperationId, ...]] | None = None,
        *,
        time: int | None = None,
        kind: ChangeKind = ChangeKind.PUT,
    ) -> Operation:
        counter = len(self.written) + 1
        operation = Operation(
            id=OperationId(self.epoch, counter),
            kind=kind,
            record=record,
            register=register,
            definition_version=1,
            officer=OFFICER,
            time=HybridTime(1_700_000_000_000 + (counter if time is None else time), 0),
            wall=1_700_000_000_000,
            fields={
                name: FieldChange(value, tuple(sorted((parents or {}).get(name, ())))) for name, value in values.items()
            },
        )
        self.written.append(operation)
        return operation

    def chain(self) -> list[tuple[bytes, bytes]]:
        """Return every line with the head after it."""
        head = genesis(self.station, self.epoch)
        lines = [operation.line() for operation in self.written]
        heads = itertools.accumulate(lines, next_head, initial=head)
        return list(zip(lines, itertools.islice(heads, 1, None), strict=True))


def create(path: Path, library: Library = LIBRARY) -> Database:
    """Return a new registry with its register tables and our own epoch."""
    db = Database.create(path, KEY)
    change_log.begin_epoch(db, "a" * 16, STATION)
    register_tables.prepare(db, library)
    return db


class Broken(Exception):  # noqa: N818  what a test raises in the midst of something
    pass


@contextmanager
def breaking(db: Database) -> Iterator[None]:
    """Whatever is done inside happens in a transaction that then fails."""
    with suppress(Broken), db.atomic():
        yield
        raise Broken


def save(db: Database, *operations: Operation, library: Library = LIBRARY) -> None:
    """Append our own operations and apply them, as a save does."""
    with db.atomic():
        change_log.append(db, operations)
        projection.apply(db, library, [operation.record for operation in operations])
