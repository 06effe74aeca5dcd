"""The columns of a table export and the right to each.

- Proposed are the columns of the list and all that is P1 or P2; files (attachments) are none, a table cannot hold them.
- P3 leaves for a stated purpose. P4 leaves for a stated reason that a second officer approved (LEGAL.md 7.5,
  7.6). What was only proposed and is not covered is left out and reported; what was asked for by name is refused.
- Rows whose columns are partly P4 leave with those columns masked, unless P4 is covered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import links, titles
from desktop.workspace.records.records import definition_of

ALL: Final = "all"
RECORD_ID: Final = "id"
PROGRAM: Final = ("record_no", "unit", "created_at", "updated_at")
WhyLeft = Literal["export_left_p3", "export_left_p4", "export_left_masked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn:
    """A column that may leave; `field` is None for what the program itself says of a record."""

    id: str
    label: str
    privacy: Privacy
    is_proposed: bool
    field: FieldDefinition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column, or a part of one, that does not leave, and the sentence that says why."""

    column: str
    label: str
    why: WhyLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the officer stated: with a purpose P3 leaves, with an approved reason P4."""

    has_purpose: bool
    has_reveal: bool

    def covers(self, privacy: Privacy) -> bool:
        return {Privacy.P3: self.has_purpose, Privacy.P4: self.has_reveal}.get(privacy, True)


def columns_of(session: Session, register: str, language: str) -> tuple[ExportColumn, ...]:
    """Return every column of a register, in the order of the form.

    Raises:
        DesktopError: register_unknown, export_register_closed (links between records reveal who is whose victim).
    """
    definition = definition_of(session, register)
    if register == links.REGISTER:
        raise DesktopError("export_register_closed")
    return tuple(_columns(definition, language))


def chosen(
    columns: Sequence[ExportColumn], wanted: tuple[str, ...], rights: Rights
) -> tuple[tuple[ExportColumn, ...], tuple[LeftOut, ...]]:
    """Return the columns that leave, in the order asked for, and what is left out.

    Nothing wanted is what is proposed; ALL is every column that the rights cover.

    Raises:
        DesktopError: export_column_unknown.
    """
    known = {column.id: column for column in columns}
    if ALL in wanted:
        asked = list(columns)
    elif wanted:
        unknown = next((name for name in wanted if name not in known), None)
        if unknown is not None:
            raise DesktopError("export_column_unknown", column=unknown, known=", ".join(known))
        asked = [known[name] for name in dict.fromkeys(wanted)]
    else:
        asked = [column for column in columns if column.is_proposed]
    kept = tuple(column for column in asked if rights.covers(column.privacy))
    return kept, tuple(_left_out(asked if wanted and ALL not in wanted else columns, kept, rights))


def refused_right(columns: Sequence[ExportColumn], wanted: tuple[str, ...], rights: Rights) -> str:
    """Return the code that refuses a column asked for by name, or nothing."""
    asked = {column.privacy for column in columns if column.id in wanted}
    if Privacy.P4 in asked and not rights.has_reveal:
        return "export_reveal_missing"
    return "export_purpose_missing" if Privacy.P3 in asked and not rights.has_purpose else ""


def _left_out(asked: Sequence[ExportColumn], kept: Sequence[ExportColumn], rights: Rights) -> Iterator[LeftOut]:
    for column in asked:
        if not rights.covers(column.privacy):
            why: WhyLeft = "export_left_p4" if column.privacy is Privacy.P4 else "export_left_p3"
            yield LeftOut(column=column.id, label=column.label, why=why)
        elif column in kept and not rights.has_reveal and _has_secret_part(column.field):
            yield LeftOut(column=column.id, label=column.label, why="export_left_masked")


def _has_secret_part(field: FieldDefinition | None) -> bool:
    return field is not None and any(column.privacy is Privacy.P4 for column in field.fields)


def _columns(definition: FormDefinition, language: str) -> Iterator[ExportColumn]:
    yield _program_column("record_no", language)
    for field in definition.fields():
        if field.type is TypeName.ATTACHMENT:
            continue
        is_open = field.privacy in {Privacy.P1, Privacy.P2}
        yield ExportColumn(
            id=field.id,
            label=field.label.text("en" if language == "en" else "vi"),
            privacy=field.privacy,
            is_proposed=(is_open or field.id in definition.list),
            field=field,
        )
    for name in PROGRAM[1:]:
        yield _program_column(name, language)


def _program_column(name: str, language: str) -> ExportColumn:
    return ExportColumn(
        id=name, label=titles.field_label(None, name, language), privacy=Privacy.P1, is_proposed=name != "updated_at"
    )
