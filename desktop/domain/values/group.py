"""Values with parts: addresses, rows, attachments.

- An address has any of five parts; its province and commune are codes, and a commune is in its province.
- Rows are values too: each column is read, checked and shown by its own type, problems say in which row.
- What a row holds beside the columns known here is carried along (an older or newer definition).
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.base import (
    MAX_ITEMS,
    FieldType,
    ValueContext,
    as_it_is,
    clean_line,
    is_empty,
    problem,
    wrong_type,
)
from desktop.domain.values.text import plain_text_problems

ADDRESS_PARTS: Final = ("province", "commune", "hamlet", "detail", "old_text")
ATTACHMENT_PARTS: Final = frozenset({"digest", "name", "media_type", "size"})
SEALED: Final = "$sealed"

_UNITS: Final = {"province": re.compile(r"[0-9]{2}"), "commune": re.compile(r"[0-9]{5}")}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")


def is_sealed(value: Json) -> bool:
    """Return whether a value is sealed for named officers: it is carried as it is."""
    return isinstance(value, dict) and len(value) == 1 and SEALED in value


class AddressType(FieldType):
    """A place in words and units."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, dict) or not value.keys() <= set(ADDRESS_PARTS):
            return (wrong_type(field),)
        for part, text in value.items():
            pattern = _UNITS.get(part)
            if pattern is not None and not (isinstance(text, str) and pattern.fullmatch(text)):
                return (problem("address_unit_form", field),)
            found = plain_text_problems(text, field)
            if found:
                return found
        province, commune = str(value.get("province", "")), str(value.get("commune", ""))
        if commune and not province:
            return (problem("address_province_missing", field),)
        if province and not context.unit_name(province, commune):
            return (problem("address_unit_unknown", field),)
        return ()

    def parse(self, text: str, _field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        return {"detail": text}

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        if not isinstance(value, dict):
            return super().normalise(value, field, context)
        parts: dict[str, Json] = {}
        for part, text in value.items():
            if part not in ADDRESS_PARTS or not isinstance(text, (str, type(None))):
                return wrong_type(field)
            cleaned = clean_line(text or "")
            if part in _UNITS and cleaned and not _UNITS[part].fullmatch(cleaned):
                return problem("address_unit_form", field)
            if cleaned:
                parts[part] = cleaned
        return parts or None

    def format(self, value: Json, _field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, dict):
            return as_it_is(value)
        text = {part: as_it_is(value[part]) for part in ADDRESS_PARTS if value.get(part)}
        units = context.unit_name(text.get("province", ""), text.get("commune", ""))
        present = ", ".join(part for part in (text.get("detail"), text.get("hamlet"), units) if part)
        old = text.get("old_text", "")
        if not (present and old):
            return present or old
        return f"{present} ({'formerly' if context.language == 'en' else 'cũ'}: {old})"


class AttachmentType(FieldType):
    """A file by the digest of its bytes; the bytes are kept elsewhere."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, dict) or value.keys() != ATTACHMENT_PARTS:
            return (wrong_type(field),)
        digest, media_type, size = value["digest"], value["media_type"], value["size"]
        is_right = (
            isinstance(digest, str)
            and _DIGEST.fullmatch(digest) is not None
            and isinstance(media_type, str)
            and _MEDIA_TYPE.fullmatch(media_type) is not None
            and isinstance(size, int)
            and not isinstance(size, bool)
            and size >= 0
        )
        return plain_text_problems(value["name"], field) if is_right else (problem("attachment_form", field),)

    def parse(self, _text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        return wrong_type(field)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        if not isinstance(value, dict):
            return super().normalise(value, field, context)
        name = value.get("name")
        return {**value, "name": clean_line(name)} if isinstance(name, str) else wrong_type(field)

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        return as_it_is(value.get("name")) if isinstance(value, dict) and "name" in value else as_it_is(value)


class RowsType(FieldType):
    """Several rows of the same columns."""

    def __init__(self, types: Mapping[TypeName, FieldType]) -> None:
        self._types = types

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, list):
            return (wrong_type(field),)
        if len(value) > MAX_ITEMS:
            return (problem("too_many_items", field, maximum=MAX_ITEMS),)
        found: list[Problem] = []
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                return (wrong_type(field),)
            for column in field.fields:
                cell = row.get(column.id)
                if cell is not None and not is_sealed(cell):
                    cell_problems = self._types[column.type].check(cell, column, context)
                    found += [_in_row(problem_, field, number) for problem_ in cell_problems]
        return tuple(found)

    def parse(self, _text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        return wrong_type(field)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        if not isinstance(value, list):
            return super().normalise(value, field, context)
        rows: list[Json] = []
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                return wrong_type(field)
            normal = self._normal_row(row, field, context)
            if isinstance(normal, Problem):
                return _in_row(normal, field, number)
            if not is_empty(normal):
                rows.append(normal)
        return rows or None

    def format(self, value: Json, field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, list):
            return as_it_is(value)
        return "; ".join(self._row_text(row, field, context) for row in value)

    def _normal_row(self, row: dict[str, Json], field: FieldDefinition, context: ValueContext) -> Json | Problem:
        columns = {column.id: column for column in field.fields}
        normal: dict[str, Json] = {}
        for name, cell in row.items():
            column = columns.get(name)
            if column is None or cell is None or is_sealed(cell):
                found: Json | Problem = cell
            else:
                found = self._types[column.type].normalise(cell, column, context)
            if isinstance(found, Problem):
                return found
            if found is not None:
                normal[name] = found
        return normal

    def _row_text(self, row: Json, field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(row, dict):
            return as_it_is(row)
        cells = [(column, row.get(column.id)) for column in field.fields]
        texts = [self._types[c.type].format(v, c, context) for c, v in cells if v is not None and not is_sealed(v)]
        return ", ".join(text for text in texts if text)


def _in_row(found: Problem, field: FieldDefinition, number: int) -> Problem:
    return dataclasses.replace(found, field=f"{field.id}[{number}].{found.field}")
