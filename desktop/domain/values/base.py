"""What every field type can do with a value, and what it may look at while doing it.

- `check` says what is wrong with a value in its stored form; `parse` reads what a person typed; `normalise` brings
  JSON from outside to the stored form; `format` shows a value. Absent and sealed values never get here.
- `parse` and `normalise` change the form only; limits and doubts are for `check`, so that nothing typed is lost.
- A stored value may be of any shape (another station, another definition): `format` shows it as it is.
"""

import datetime as dt
import json
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.model import FieldDefinition, Library
from desktop.domain.log.operation import Json

MAX_ITEMS: Final = 200  # codes of a field, rows of a record
_BREAKS: Final = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SPACES: Final = re.compile(r"\s+")
_SPACES_IN_LINE: Final = re.compile(r"[^\S\n]+")
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def _codes_alone(province: str, commune: str) -> str:
    return " ".join(part for part in (commune, province) if part)


def _id_alone(record: str) -> str:
    return record


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueContext:
    """The world that values are read and shown in.

    `unit_name` gives the words for a province and a commune code (either may be empty), `""` when it knows neither.
    """

    library: Library
    today: dt.date
    language: str = "vi"
    unit_name: Callable[[str, str], str] = _codes_alone
    record_title: Callable[[str], str] = _id_alone


class FieldType(ABC):
    """One type of field; an instance holds nothing of a value."""

    @abstractmethod
    def check(self, value: Json, field: FieldDefinition, context: ValueContext) -> tuple[Problem, ...]:
        """Return what is wrong with a stored value."""

    @abstractmethod
    def parse(self, text: str, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        """Return the stored value of a cleaned text that is not empty."""

    @abstractmethod
    def format(self, value: Json, field: FieldDefinition, context: ValueContext) -> str:
        """Return the text to show."""

    def normalise(self, value: Json, field: FieldDefinition, context: ValueContext) -> Json | Problem:
        """Return the stored form of JSON from outside; a type that JSON has more than texts for adds to this."""
        if not isinstance(value, str):
            return wrong_type(field)
        text = self.clean(value)
        return self.parse(text, field, context) if text else None

    def clean(self, text: str) -> str:
        """Return a text as this type keeps texts."""
        return clean_line(text)


def is_empty(value: Json) -> bool:
    """Return whether a value says nothing: no answer, no letters, no part or row that says anything."""
    if isinstance(value, dict):
        return all(is_empty(part) for part in value.values())
    if isinstance(value, list):
        return all(is_empty(item) for item in value)
    return value is None or (isinstance(value, str) and not value.strip())


def problem(code: str, field: FieldDefinition, **context: str | int) -> Problem:
    return Problem(code=code, field=field.id, context=context)


def warning(code: str, field: FieldDefinition, **context: str | int) -> Problem:
    return Problem(code=code, severity=Severity.WARNING, field=field.id, context=context)


def wrong_type(field: FieldDefinition) -> Problem:
    return problem("value_wrong_type", field, type=field.type.value)


def as_it_is(value: Json) -> str:
    """Return the text of a value that is not of its type."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def clean_line(text: str) -> str:
    """Return one line in NFC: no invisible characters, single spaces, none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _SPACES.sub(" ", _visible(text)).strip()


def clean_lines(text: str) -> str:
    """Return lines in NFC: no invisible characters, no spaces at their ends, no empty lines around all."""
    lines = _visible(_BREAKS.sub("\n", text)).split("\n")
    return "\n".join(_SPACES_IN_LINE.sub(" ", line).strip() for line in lines).strip("\n")


def has_controls(text: str) -> bool:
    """Return whether a text holds characters that no line of the change log may hold, or a tab."""
    return not text.isprintable() and _CONTROLS.search(text) is not None


def _visible(text: str) -> str:
    """Return NFC without format characters: zero-width, bidirectional, soft hyphen, byte order mark."""
    return unicodedata.normalize("NFC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
