"""A published standard of fields as its own table says it: names, types, the words of picklists.

- The table is the publisher's (resources/htcds/), read as it is; one word of a picklist a line.
- A value is validated against the type of its field: a word of the list, a whole day, a number, yes or no, a text.
- Countries have the form of ISO 3166-1 codes, of three letters or of two where the table wants two; those that the norm
  leaves to its users, and those of ICAO's passports alone, are none. The norm's own list is not here.
- Languages and coordinates are not written by us, so nothing validates as one.
"""

import csv
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import Final

from desktop.domain.log.operation import Json

_NAME: Final = "Field Name including Prefix"
_VALUES: Final = "Value Names (if picklist)"
_COUNTRY: Final = re.compile(r"(?!AA|Q[M-Z]|X|ZZ)[A-Z]{2,3}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTRIES: Final = "Use ISO 3166"
_ON_PASSPORTS_ALONE: Final = frozenset({"GBD", "GBN", "GBO", "GBP", "GBS", "UNO", "UNA", "UNK", "RKS", "EUE"})
_TWO_LETTERS: Final = "standard two-letter"
_ELSEWHERE: Final = "Use ISO"


class StandardType(StrEnum):
    """What the table calls the types of its fields."""

    TEXT = "Text"
    LONG_TEXT = "Long Text"
    DATE = "Date"
    NUMBER = "Number"
    CHECKBOX = "Checkbox"
    PICKLIST = "Picklist"
    MULTISELECT = "Multiselect Picklist"
    PICKLIST_OR_TEXT = "Picklist or Text"
    LOOKUP = "Lookup"
    GEOLOCATION = "Geolocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardField:
    """One field; `words` are those of its picklist, empty where the standard points to a norm. `country` says how many
    letters a country has here, nothing where it is none.
    """

    name: str
    type: StandardType
    words: tuple[str, ...]
    country: tuple[int, ...]
    is_core: bool
    is_deprecated: bool

    def accepts(self, value: Json) -> bool:
        """Return whether a value is of the type of the field, and each of its words one of the field's."""
        check = {
            StandardType.TEXT: self._is_text,
            StandardType.LONG_TEXT: self._is_text,
            StandardType.DATE: _is_day,
            StandardType.NUMBER: _is_number,
            StandardType.CHECKBOX: _is_truth,
            StandardType.PICKLIST: self._is_word,
            StandardType.MULTISELECT: self._are_words,
        }.get(self.type)
        return check is not None and check(value)

    def _is_text(self, value: Json) -> bool:
        return isinstance(value, str) and bool(value.strip()) and (not self.country or self._is_word(value))

    def _are_words(self, value: Json) -> bool:
        return isinstance(value, list) and bool(value) and all(map(self._is_word, value)) and _is_set(value)

    def _is_word(self, value: Json) -> bool:
        if not isinstance(value, str):
            return False
        if self.country:
            is_code = _COUNTRY.fullmatch(value) is not None and value not in _ON_PASSPORTS_ALONE
            return is_code and len(value) in self.country
        return value in self.words


def read_standard(content: bytes) -> Mapping[str, StandardField]:
    """Return the fields of a table by name; its section heads and examples are no fields.

    Raises:
        ValueError: a type that is not known (the table is one of our own files).
    """
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter="\t")
    return {row[_NAME]: _field(row) for row in rows if row[_NAME]}


def _field(row: Mapping[str, str]) -> StandardField:
    lines = tuple(line.strip() for line in row[_VALUES].splitlines() if line.strip())
    kind = "Lookup" if row["Field Type"].startswith("Lookup") else row["Field Type"]
    return StandardField(
        name=row[_NAME],
        type=StandardType(kind),
        words=tuple(line for line in lines if not line.startswith(_ELSEWHERE)),
        country=_letters(next((line for line in lines if line.startswith(_COUNTRIES)), "")),
        is_core=row["Core"] == "Core",
        is_deprecated=row["Status"] == "DEPRECATED",
    )


def _letters(norm: str) -> tuple[int, ...]:
    """Return how many letters a country has by the words that point to the norm."""
    return () if not norm else (2,) if _TWO_LETTERS in norm else (2, 3)


def _is_day(value: Json) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_truth(value: Json) -> bool:
    return isinstance(value, bool)


def _is_set(values: list[Json]) -> bool:
    return len({str(value) for value in values}) == len(values)
