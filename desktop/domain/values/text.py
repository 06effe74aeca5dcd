"""Texts, and the numbers that are texts: personal IDs, passports, telephones.

- A text is stored in NFC without invisible characters; a short text is one line.
- A person's name has letters, spaces and `' ` - .` only. One word alone, or Telex keys left in it, is doubtful.
- A telephone is stored as E.164 and shown as it is dialled here; the emergency numbers stay as they are.
"""

import re
import unicodedata
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import (
    MAX_LENGTHS,
    PERSON_NAME,
    FieldDefinition,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.domain.names.names import has_telex_leftover
from desktop.domain.values.base import (
    FieldType,
    ValueContext,
    as_it_is,
    clean_line,
    clean_lines,
    has_controls,
    problem,
    warning,
    wrong_type,
)

_NAME_SIGNS: Final = frozenset(" '`-.")
_SAME_SIGN: Final = str.maketrans(dict.fromkeys("‘’ʼ´′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_FILLERS: Final = re.compile(r"[\s.\-()/]+")
_PERSONAL_ID: Final = re.compile(r"[0-9]{12}|[0-9]{9}")
_PASSPORT: Final = re.compile(r"[A-Z0-9]{5,12}")
_EMERGENCY: Final = ("111", "112", "113", "114", "115")
_HOME: Final = re.compile(
    r"\+84((3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}|2(4|8)[0-9]{8}|2[0-9]{2}[0-9]{7,8})"
)
_ABROAD: Final = re.compile(r"\+(?!84)[1-9][0-9]{6,14}")


class TextType(FieldType):
    """One line."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        if has_controls(value):
            return (problem("text_control_characters", field),)
        found: list[Problem] = []
        if value != self.clean(value):
            found.append(problem("text_not_normal", field))
        most = field.max_length or MAX_LENGTHS[field.type]
        if len(value) > most:
            found.append(problem("text_too_long", field, maximum=most, length=len(value)))
        if field.kind == PERSON_NAME:
            found += _name_problems(value, field)
        return tuple(found)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        return text.translate(_SAME_SIGN) if field.kind == PERSON_NAME else text

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        return as_it_is(value)


class LongTextType(TextType):
    """Several lines."""

    def clean(self, text: str) -> str:
        return clean_lines(text)


class PersonalIdType(FieldType):
    """Twelve digits, or the nine of the old card; what they imply is for the checks of the form."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        return () if _PERSONAL_ID.fullmatch(value) else (problem("personal_id_form", field),)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        digits = _FILLERS.sub("", text)
        return digits if _PERSONAL_ID.fullmatch(digits) else problem("personal_id_form", field)

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        return as_it_is(value)


class PassportType(FieldType):
    """Capital letters and digits."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        return () if _PASSPORT.fullmatch(value) else (problem("passport_form", field),)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        number = _FILLERS.sub("", text).upper()
        return number if _PASSPORT.fullmatch(number) else problem("passport_form", field)

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        return as_it_is(value)


class PhoneType(FieldType):
    """A number in E.164, or one of the emergency numbers."""

    def check(self, value: Json, field: FieldDefinition, _context: ValueContext) -> tuple[Problem, ...]:
        if not isinstance(value, str):
            return (wrong_type(field),)
        return () if _is_phone(value) else (problem("phone_form", field),)

    def parse(self, text: str, field: FieldDefinition, _context: ValueContext) -> Json | Problem:
        number = _FILLERS.sub("", text)
        if number.startswith("00"):
            number = "+" + number[2:]
        elif number.startswith("0"):
            number = "+84" + number[1:]
        elif number.startswith("84") and _HOME.fullmatch("+" + number):
            number = "+" + number
        elif number.startswith("+840"):
            number = "+84" + number[4:]
        return number if _is_phone(number) else problem("phone_form", field)

    def format(self, value: Json, _field: FieldDefinition, _context: ValueContext) -> str:
        if not isinstance(value, str) or not _HOME.fullmatch(value):
            return as_it_is(value)
        number = "0" + value[3:]
        area = 3 if number.startswith(("024", "028")) else 4
        return f"{number[:area]} {number[area : area + 3]} {number[area + 3 :]}"


TEXT_TYPES: Final[dict[TypeName, FieldType]] = {
    TypeName.TEXT: TextType(),
    TypeName.LONG_TEXT: LongTextType(),
    TypeName.PERSONAL_ID: PersonalIdType(),
    TypeName.PASSPORT: PassportType(),
    TypeName.PHONE: PhoneType(),
}


def plain_text_problems(text: Json, field: FieldDefinition) -> tuple[Problem, ...]:
    """Return what is wrong with a text inside another value, such as the hamlet of an address."""
    if not isinstance(text, str):
        return (wrong_type(field),)
    most = MAX_LENGTHS[TypeName.TEXT]
    if has_controls(text):
        return (problem("text_control_characters", field),)
    if text != clean_line(text):
        return (problem("text_not_normal", field),)
    return () if len(text) <= most else (problem("text_too_long", field, maximum=most, length=len(text)),)


def _is_phone(number: str) -> bool:
    return number in _EMERGENCY or bool(_HOME.fullmatch(number) or _ABROAD.fullmatch(number))


def _name_problems(name: str, field: FieldDefinition) -> list[Problem]:
    found: list[Problem] = []
    if not all(sign in _NAME_SIGNS or sign.isalpha() or unicodedata.category(sign) in {"Mn", "Mc"} for sign in name):
        found.append(problem("name_characters", field))
    if len(name.split()) == 1:
        found.append(warning("name_one_word", field))
    if has_telex_leftover(name):
        found.append(warning("telex_leftover", field))
    return found
