"""Form definitions and code lists as frozen objects, the parsed side of forms/*.toml.

- One `FormDefinition` says all about a register; nothing in it runs.
- Ids match `^[a-z][a-z0-9_]{0,40}$`: they become column names.
- A record keeps the definition version it was written with and opens under the newest.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.base.problems import Label, Severity
from desktop.domain.conditions.condition import Condition
from desktop.domain.definitions.companion_fields import NOTE_LENGTH, mark_name, note_name


class Privacy(StrEnum):
    """P1 internal, P2 basic, P3 sensitive (NĐ 356/2025 Art 4), P4 identifies a victim or an informant."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class MergeClass(StrEnum):
    """How concurrent values of a field meet (RULES.md 2)."""

    SCALAR = "scalar"  # both kept, a person chooses
    SET = "set"  # union
    TEXT = "text"  # both kept one after the other until a person edits
    SAFETY = "safety"  # the more protective value is shown until a person chooses
    STATUS = "status"  # as scalar; never anything but an explicit choice


class TypeName(StrEnum):
    """The field types; domain/values/field_types.py holds one class for each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    DATE_TIME = "date_time"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    PERSON = "person"
    LINK = "link"
    ADDRESS = "address"
    ROWS = "rows"
    ATTACHMENT = "attachment"
    PERSONAL_ID = "personal_id"
    PASSPORT = "passport"
    PHONE = "phone"


LINKS: Final = frozenset({TypeName.PERSON, TypeName.LINK})
PERSON_NAME: Final = "person_name"
ANY_REGISTER: Final = "*"
"""The `register` of a link that may lead to a record of any register; the program sets it, no officer chooses."""
MAX_LENGTHS: Final[Mapping[TypeName, int]] = {TypeName.TEXT: 200, TypeName.LONG_TEXT: 20_000}
PROGRAM_NAMES: Final = ("record_no", "case_code", "unit", "created_at", "updated_at", "officer")
"""What the program itself says of every record: lists and titles may name it, no field is it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule over the values of a record: `that` must not be false."""

    that: Condition
    code: str
    severity: Severity
    message: Label | None = None
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDefinition:
    """One question.

    `codes` names a code list, `register` the target of a link (`*` for any), `fields` the columns of rows. A field
    with `computed` is never stored and never asked, one with `rekey` is keyed twice. `default` is a stored value, or
    `"today"`, `"today+90"`, `"now"`, `"officer"`, `"unit"` (desktop/domain/values/field_types.py gives it). `kind` is
    `"person_name"` or nothing.
    """

    id: str
    type: TypeName
    label: Label
    privacy: Privacy
    kind: str | None = None
    hint: Label | None = None
    legal_basis: str = ""
    required: bool = False
    required_when: Condition | None = None
    visible_when: Condition | None = None
    checks: tuple[Check, ...] = ()
    computed: Condition | None = None
    codes: str | None = None
    quick: tuple[str, ...] = ()
    register: str | None = None
    fields: tuple["FieldDefinition", ...] = ()
    default: str | int | bool | None = None
    sticky: bool = False
    rekey: bool = False
    merge: MergeClass = MergeClass.SCALAR
    protective: tuple[str, ...] = ()
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of fields under one heading."""

    id: str
    label: Label
    fields: tuple[FieldDefinition, ...]
    visible_when: Condition | None = None
    hint: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """A register: its sections, how one record is called, listed, searched and printed."""

    id: str
    version: int
    number: str
    label: Label
    label_one: Label
    description: Label
    title: str
    icon: str
    rail: int | None
    list: tuple[str, ...]
    search: tuple[str, ...]
    documents: tuple[str, ...]
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    legal_basis: str = ""
    _by_id: Mapping[str, FieldDefinition] = dataclasses.field(init=False, repr=False, compare=False)
    _companions: Mapping[str, FieldDefinition] = dataclasses.field(init=False, repr=False, compare=False)
    notes: tuple[FieldDefinition, ...] = dataclasses.field(init=False, repr=False, compare=False)
    """The notes that a record may hold, in the order of their fields."""

    linking: tuple[FieldDefinition, ...] = dataclasses.field(init=False, repr=False, compare=False)
    """The fields that link to records, and the rows with columns that do."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {found.id: found for found in self.fields()})
        object.__setattr__(self, "_companions", {one.id: one for found in self.fields() for one in _beside(found)})
        notes = (self._companions[note_name(found.id)] for found in self.fields() if found.computed is None)
        object.__setattr__(self, "notes", tuple(notes))
        linking = (found for found in self.fields() if LINKS & {found.type, *(column.type for column in found.fields)})
        object.__setattr__(self, "linking", tuple(linking))

    def fields(self) -> Iterator[FieldDefinition]:
        """Yield every top-level field, in the order of the form."""
        for section in self.sections:
            yield from section.fields

    def field(self, field_id: str) -> FieldDefinition | None:
        return self._by_id.get(field_id)

    def stored_field(self, name: str) -> FieldDefinition | None:
        """Return a field, or what may be beside one in a record: its note, the mark that it was keyed twice."""
        return self._by_id.get(name) or self._companions.get(name)

    @property
    def double_entry_fields(self) -> tuple[FieldDefinition, ...]:
        """The fields that a second officer keys blind."""
        return tuple(found for found in self.fields() if found.rekey)

    @property
    def has_victim_data(self) -> bool:
        """Whether lists must call a record by its case code (a P4 person)."""
        return any(f.privacy is Privacy.P4 and f.type is TypeName.PERSON for f in self.fields())


def _beside(field: FieldDefinition) -> Iterator[FieldDefinition]:
    if field.computed is not None:
        return
    yield FieldDefinition(
        id=note_name(field.id),
        type=TypeName.LONG_TEXT,
        label=Label(vi=f"Ghi chú ở ô {field.label.vi}", en=f"Note on {field.label.en}"),
        privacy=field.privacy,
        merge=MergeClass.TEXT,
        max_length=NOTE_LENGTH,
    )
    if field.rekey:
        yield FieldDefinition(
            id=mark_name(field.id),
            type=TypeName.TEXT,
            label=Label(vi=f"Nhập lại để đối chiếu: {field.label.vi}", en=f"Keyed again: {field.label.en}"),
            privacy=field.privacy,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One allowed answer. The value is stored; labels may change, values never."""

    value: str
    label: Label
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    legal_basis: str = ""

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """The allowed answers of a coded field, in the order shown."""

    id: str
    label: Label
    codes: tuple[Code, ...]
    legal_basis: str = ""
    verified: bool = True
    _by_value: Mapping[str, Code] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_value", {code.value: code for code in self.codes})

    def code(self, value: str) -> Code | None:
        return self._by_value.get(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every definition the program was started with; `envelope` are the sections at the end of most registers."""

    registers: Mapping[str, FormDefinition]
    code_lists: Mapping[str, CodeList] = dataclasses.field(default_factory=dict)
    envelope: tuple[Section, ...] = ()

    def code_label(self, code_list: str, value: str, language: str) -> str:
        """Return the label of a code; an unknown value shows itself."""
        found = self.code_lists.get(code_list)
        code = found.code(value) if found else None
        return code.label.text(language) if code else value
