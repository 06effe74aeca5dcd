"""Reading the texts of a document: words, and places such as `{person.full_name|upper}` followed to their field.

- A place is resolved once, when the file is read: a path that leads nowhere, a filter that does not fit the type of
  the field, a lone brace are problems, with "did you mean".
- The blank of a place (what the empty form shows) is decided here, by type and filter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.model import (
    MAX_LENGTHS,
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    TypeName,
)
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.documents.model import Filter, Template, ValueSlot

OWN_PLACES: Final[Mapping[str, TypeName]] = {
    "record_no": TypeName.TEXT,
    "letterhead.agency_above": TypeName.TEXT,
    "letterhead.agency": TypeName.TEXT,
    "letterhead.place": TypeName.TEXT,
    "letterhead.signer_title": TypeName.TEXT,
    "letterhead.signer_name": TypeName.TEXT,
    "printed.officer": TypeName.TEXT,
    "printed.day": TypeName.DATE,
    "by_hand": TypeName.LONG_TEXT,  # never answered
}

MOST_UNBROKEN: Final = 400

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_DOTS: Final = re.compile(r"or_dots:([1-9][0-9]{0,2})")
_MOST_LINKS: Final = 4
_MOMENTS: Final = (TypeName.DATE_TIME,)
_DATES: Final = (TypeName.DATE, TypeName.PARTIAL_DATE, *_MOMENTS)
_FILTER_TYPES: Final[Mapping[Filter, tuple[TypeName, ...]]] = {
    Filter.DATE_LONG: _DATES,
    Filter.DAY: _DATES,
    Filter.MONTH: _DATES,
    Filter.YEAR: _DATES,
    Filter.HOUR: _MOMENTS,
    Filter.MINUTE: _MOMENTS,
}
_SHORT: Final = "." * 6
_YEAR: Final = "." * 8
_DAY_IN_WORDS: Final = f"ngày {_SHORT} tháng {_SHORT} năm {_YEAR}"
_FILTER_BLANKS: Final[Mapping[Filter, str]] = {
    Filter.DATE_LONG: _DAY_IN_WORDS,
    Filter.DAY: _SHORT,
    Filter.MONTH: _SHORT,
    Filter.YEAR: _YEAR,
    Filter.HOUR: _SHORT,
    Filter.MINUTE: _SHORT,
}
_DATE_BLANK: Final = f"{'.' * 10}/{'.' * 10}/{'.' * 14}"
_USUAL_DOTS: Final = 30
_DOTS_BY_TYPE: Final[Mapping[TypeName, int]] = {
    TypeName.INTEGER: 12,
    TypeName.DECIMAL: 12,
    TypeName.YES_NO: 12,
    TypeName.CODE: 24,
    TypeName.LONG_TEXT: 60,
    TypeName.ADDRESS: 60,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundField:
    """The field at the end of a path, and the highest privacy met on the way."""

    type: TypeName
    privacy: Privacy
    field: FieldDefinition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateContext:
    """What the places of one file can mean; `most_private` is what the document says of itself.

    A document without a register has its own places only.
    """

    library: Library
    register: FormDefinition | None
    most_private: Privacy
    row: FieldDefinition | None = None

    def within(self, row: FieldDefinition) -> "TemplateContext":
        """Return the context of a row's columns."""
        return TemplateContext(library=self.library, register=self.register, most_private=self.most_private, row=row)


def read_template(table: Table, key: str, around: TemplateContext, *, required: bool = False) -> Template | None:
    """Read a text with places; None when the key is missing."""
    text = table.text(key, required=required)
    return parse_template(text, table, key, around) if text else None


def parse_template(text: str, table: Table, key: str, around: TemplateContext) -> Template:
    """Return the words and places of a text; every fault is a problem of the key."""
    if re.search(r"[{}]", _PLACE.sub("", text)):
        table.problem(key, "a brace stands alone; a place is written {field} or {field|filter}")
    parts: list[str | ValueSlot] = []
    for position, piece in enumerate(_PLACE.split(text)):
        if position % 2 == 0:
            parts.extend([piece] if piece else [])
            continue
        place = _read_place(piece, table, key, around)
        parts.extend([place] if place else [])
    return Template(parts=tuple(parts))


def unbreakable(template: Template) -> Template:
    """Return a template for a head or a signature: no page can break there, so its places hold less."""
    return Template(
        parts=tuple(
            replace(part, limit=min(part.limit, MOST_UNBROKEN)) if isinstance(part, ValueSlot) else part
            for part in template.parts
        )
    )


def find_field(path: str, table: Table, key: str, around: TemplateContext) -> FoundField | None:
    """Follow a path to its field; a path that leads nowhere, or to something too private, is a problem."""
    found = _follow(path, table, key, around)
    if found is not None and found.privacy > around.most_private:
        declared = around.most_private.value
        table.problem(key, f"'{path}' is {found.privacy.value}; the document says privacy = \"{declared}\"")
    return found


def _read_place(text: str, table: Table, key: str, around: TemplateContext) -> ValueSlot | None:
    path, *names = (part.strip() for part in text.split("|"))
    found = find_field(path, table, key, around)
    if found is None:
        return None
    if found.type in {TypeName.ROWS, TypeName.ATTACHMENT}:
        table.problem(key, f"'{path}' is {found.type.value} and cannot stand in a text")
        return None
    filters, dots = _read_filters(names, found.type, table, key)
    blank = _blank(filters, dots, found.type)
    return ValueSlot(
        path=path,
        type=found.type,
        filters=filters,
        blank=blank,
        stretches=bool(blank) and not set(filters) & set(_FILTER_BLANKS),
        limit=MAX_LENGTHS.get(found.type, MAX_LENGTHS[TypeName.LONG_TEXT]),
    )


def _read_filters(names: list[str], kind: TypeName, table: Table, key: str) -> tuple[tuple[Filter, ...], int | None]:
    filters: list[Filter] = []
    dots = None
    accepted = [member.value for member in Filter]
    for name in names:
        counted = _DOTS.fullmatch(name)
        if counted:
            dots = int(counted[1])
        elif name not in accepted:
            near = suggestion(name, accepted)
            listed = f"{' Accepted' if near else '; accepted'}: {', '.join(accepted)}"
            table.problem(key, f"no filter '{name}'{near}{listed}")
        elif kind not in _FILTER_TYPES.get(Filter(name), (kind,)):
            fitting = ", ".join(_FILTER_TYPES[Filter(name)])
            table.problem(key, f"the filter '{name}' is only for {fitting}; the field is {kind.value}")
        else:
            filters.append(Filter(name))
    return tuple(filters), dots


def _blank(filters: tuple[Filter, ...], dots: int | None, kind: TypeName) -> str:
    if Filter.OR_NOTHING in filters:
        return ""
    if dots is not None:
        return "." * dots
    for name in filters:
        if name in _FILTER_BLANKS:
            return _FILTER_BLANKS[name]
    if kind in _DATES and kind not in _MOMENTS:
        return _DATE_BLANK
    return "." * _DOTS_BY_TYPE.get(kind, _USUAL_DOTS)


def _follow(path: str, table: Table, key: str, around: TemplateContext) -> FoundField | None:
    if path in OWN_PLACES and around.row is None:
        return FoundField(type=OWN_PLACES[path], privacy=Privacy.P1)
    names = path.split(".")
    if len(names) > _MOST_LINKS:
        table.problem(key, f"'{path}' follows more than {_MOST_LINKS - 1} links")
        return None
    fields, where = _here(around)
    privacy = around.row.privacy if around.row else Privacy.P1
    field: FieldDefinition | None = None
    for name in names:
        if field is not None:
            fields, where = _inside(field, around.library)
        if name not in fields:
            near = suggestion(name, [*fields, *_own_of(name, around)])
            table.problem(key, f"no field '{name}' in {where}{near}")
            return None
        field = fields[name]
        privacy = max(privacy, field.privacy)
    return FoundField(type=field.type, privacy=privacy, field=field) if field else None


def _here(around: TemplateContext) -> tuple[dict[str, FieldDefinition], str]:
    if around.row is not None:
        return {field.id: field for field in around.row.fields}, f"the rows '{around.row.id}'"
    if around.register is None:
        return {}, "a document without a register"
    return {field.id: field for field in around.register.fields()}, f"the register '{around.register.id}'"


def _inside(field: FieldDefinition, library: Library) -> tuple[dict[str, FieldDefinition], str]:
    """Return what a dot after a field can reach."""
    register = library.registers.get(field.register or "")
    if register is None:
        return {}, f"the field '{field.id}'"
    return {inner.id: inner for inner in register.fields()}, f"the register '{register.id}'"


def _own_of(name: str, around: TemplateContext) -> Iterator[str]:
    return iter(()) if around.row else (own for own in OWN_PLACES if own.startswith(f"{name}."))
