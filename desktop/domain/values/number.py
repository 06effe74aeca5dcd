"""Whole numbers, decimals, and yes or no.

- A decimal is a text of digits, never a float: what was typed is what is stored.
- One comma or point in a decimal is the decimal mark, wherever it is; in a whole number it must group
  thousands. Shown in Vietnamese with a comma, in English with a point.
"""

import re
from decimal import Decimal
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.log.operation import LARGEST_INTEGER, Json
from desktop.domain.names.names import fold
from desktop.domain.values.base import (
    FieldType,
    ValueContext,
    as_it_is,
    problem,
    wrong_type,
)

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,16}")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,8}[1-9])?")
_TYPED_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,3}(?:([., ])[0-9]{3})+(?:(?!\1)[.,][0-9]{1,9})?")
_FEWEST_GROUPED: Final = 10_000  # years and small counts stay as they are
_YES: Final = frozenset({"c", "co", "y", "yes", "1", "true", "x"})
_NO: Final = frozenset({"k", "ko", "khong", "n", "no", "0", "false"})


class IntegerType(FieldType):
    """A whole number that JSON everywhere can hold."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if isinstance(value, bool) or not isinstance(value, int):
            return (wrong_type(field),)
        return _bound_problems(value, field)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        if _GROUPED.fullmatch(text):
            text = re.sub(r"[., ]", "", text)
        return int(text) if _WHOLE.fullmatch(text) else problem("number_form", field)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        number: object = value  # JSON from outside may hold a float, whatever our own may
        if isinstance(number, float) and number.is_integer() and abs(number) <= LARGEST_INTEGER:
            return int(number)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return super().normalise(value, field, context)

    def format(self, value: Json, _field: FieldDefinition, context: ValueContext) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            return as_it_is(value)
        if abs(value) < _FEWEST_GROUPED:
            return str(value)
        grouped = f"{value:,}"
        return grouped if context.language == "en" else grouped.replace(",", ".")


class DecimalType(FieldType):
    """A number with a fraction, as the text of its digits."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        if not _DECIMAL.fullmatch(value) or value == "-0":
            return (problem("number_form", field),)
        return _bound_problems(Decimal(value), field)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        if text.count(".") + text.count(",") + text.count(" ") > 1 and _GROUPED_DECIMAL.fullmatch(text):
            last = max(text.rfind("."), text.rfind(","))
            has_fraction = text.count(text[last]) == 1
            whole, fraction = (text[:last], text[last + 1 :]) if has_fraction else (text, "")
            text = re.sub(r"[., ]", "", whole) + ("." + fraction if fraction else "")
        text = text.replace(",", ".")
        return _canonical(text) if _TYPED_DECIMAL.fullmatch(text) else problem("number_form", field)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        number: object = value  # JSON from outside may hold a float, whatever our own may
        if isinstance(number, (int, float)) and not isinstance(number, bool):
            digits = format(Decimal(repr(number)), "f")
            return _canonical(digits) if _TYPED_DECIMAL.fullmatch(digits) else problem("number_form", field)
        return super().normalise(value, field, context)

    def format(self, value: Json, _field: FieldDefinition, context: ValueContext) -> str:
        text = as_it_is(value)
        return text if context.language == "en" or not _DECIMAL.fullmatch(text) else text.replace(".", ",")


class YesNoType(FieldType):
    """Có or không."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        return () if isinstance(value, bool) else (wrong_type(field),)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        answer = fold(text)
        if answer in _YES or answer in _NO:
            return answer in _YES
        return problem("yes_no_form", field)

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        if isinstance(value, int) and value in (0, 1):
            return bool(value)
        return super().normalise(value, field, context)

    def format(self, value: Json, _field: FieldDefinition, context: ValueContext) -> str:
        if not isinstance(value, bool):
            return as_it_is(value)
        if context.language == "en":
            return "Yes" if value else "No"
        return "Có" if value else "Không"


NUMBER_TYPES: Final[dict[TypeName, FieldType]] = {
    TypeName.INTEGER: IntegerType(),
    TypeName.DECIMAL: DecimalType(),
    TypeName.YES_NO: YesNoType(),
}


def _canonical(digits: str) -> str:
    """Return the one spelling of a decimal: no plus sign, no idle zeros."""
    text = format(Decimal(digits), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", "0"} else text


def _bound_problems(number: int | Decimal, field: FieldDefinition) -> tuple[Problem, ...]:
    least = -LARGEST_INTEGER if field.minimum is None else field.minimum
    most = LARGEST_INTEGER if field.maximum is None else field.maximum
    if number < least:
        return (problem("number_too_small", field, minimum=least),)
    return (problem("number_too_large", field, maximum=most),) if number > most else ()
