"""Codes of code lists, and links to other records.

- The value of a code is stored, its label shown. Typed: the label, the value, or the beginning of one label, without
  marks if one likes; codes that are valid today come first.
- Several codes are stored in one order without repetition, so that two stations that tick the same store the same.
"""

import re
from collections.abc import Iterator
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import (
    Code,
    CodeList,
    FieldDefinition,
    TypeName,
)
from desktop.domain.log.operation import RECORD_ID, Json
from desktop.domain.names.names import fold
from desktop.domain.values.base import (
    MAX_ITEMS,
    FieldType,
    ValueContext,
    as_it_is,
    problem,
    warning,
    wrong_type,
)

_BETWEEN_CODES: Final = re.compile(r"\s*;\s*")
_COMMAS: Final = re.compile(r"\s*,\s*")


class CodeType(FieldType):
    """One answer of a code list."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        return _code_problems([value], field, context)

    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        return _find_code(text, field, context)

    def format(self, value: Json, field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, str):
            return as_it_is(value)
        return context.library.code_label(field.codes or "", value, context.language)


class CodesType(FieldType):
    """Several answers of a code list."""

    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, list):
            return (wrong_type(field),)
        values = [item for item in value if isinstance(item, str)]
        if len(values) != len(value):
            return (wrong_type(field),)
        if len(values) > MAX_ITEMS:
            return (problem("too_many_items", field, maximum=MAX_ITEMS),)
        if len(set(values)) != len(values):
            return (problem("codes_repeated", field),)
        return _code_problems(values, field, context)

    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        parts = [part for part in _BETWEEN_CODES.split(text) if part]
        if len(parts) == 1 and isinstance(_find_code(parts[0], field, context), Problem):
            parts = [part for part in _COMMAS.split(text) if part]
        return self.normalise(list(parts), field, context)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        if not isinstance(value, list):
            return super().normalise(value, field, context)
        found: set[str] = set()
        for item in value:
            text = self.clean(item) if isinstance(item, str) else ""
            code = _find_code(text, field, context) if text else wrong_type(field)
            if isinstance(code, Problem):
                return code
            found.add(code)
        return [*sorted(found)] or None

    def format(self, value: Json, field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, list):
            return as_it_is(value)
        code_list = context.library.code_lists.get(field.codes or "")
        order = {code.value: place for place, code in enumerate(code_list.codes)} if code_list else {}
        values = sorted(map(as_it_is, value), key=lambda item: (order.get(item, len(order)), item))
        return "; ".join(context.library.code_label(field.codes or "", item, context.language) for item in values)


class LinkType(FieldType):
    """The id of another record; whether it is here is for whoever holds the records."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        return () if RECORD_ID.fullmatch(value) else (problem("record_id_form", field),)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        record = text.lower()
        return record if RECORD_ID.fullmatch(record) else problem("record_id_form", field)

    def format(self, value: Json, _field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, str) or not RECORD_ID.fullmatch(value):
            return as_it_is(value)
        return context.record_title(value)


CHOICE_TYPES: Final[dict[TypeName, FieldType]] = {
    TypeName.CODE: CodeType(),
    TypeName.CODES: CodesType(),
    TypeName.PERSON: LinkType(),
    TypeName.LINK: LinkType(),
}


def _code_problems(values: list[str], field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
    code_list = context.library.code_lists.get(field.codes or "")
    if code_list is None:
        return (problem("code_unknown", field, list=field.codes or ""),)
    codes = [code_list.code(value) for value in values]
    if None in codes:
        return (problem("code_unknown", field, list=code_list.id),)
    if not all(code.is_valid_on(context.today) for code in codes if code is not None):
        return (warning("code_expired", field, list=code_list.id),)
    return ()


def _find_code(text: str, field: FieldDefinition, context: ValueContext) -> str | Problem:
    code_list = context.library.code_lists.get(field.codes or "")
    if code_list is None:
        return problem("code_unknown", field, list=field.codes or "")
    for found in _candidates(text, code_list, context.language):
        valid = [code for code in found if code.is_valid_on(context.today)] or found
        if len(valid) == 1:
            return valid[0].value
        if valid:
            return problem("code_ambiguous", field, list=code_list.id)
    return problem("code_unknown", field, list=code_list.id)


def _candidates(text: str, code_list: CodeList, language: str) -> Iterator[list[Code]]:
    """Yield what a text may mean, the likeliest meaning first; a stored value is found without folding any label."""
    codes = code_list.codes
    exact = code_list.code(text)
    yield [exact] if exact else []
    yield [code for code in codes if code.label.text(language) == text]
    key = fold(text)
    yield [code for code in codes if fold(code.value) == key]
    labels = [(code, {fold(code.label.vi), fold(code.label.en)}) for code in codes]
    yield [code for code, folded in labels if key in folded]
    yield [code for code, folded in labels if any(label.startswith(key) for label in folded)]
