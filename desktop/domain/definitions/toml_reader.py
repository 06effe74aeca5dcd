"""Reading a table of a definition file key by key, gathering every problem with its file, line and key.

- A problem never stops the reading: a wrong value is reported and read as the fallback, so all are reported at once.
- The keys that a table accepts are one tuple; any other key is a problem, with "did you mean".
- `at` beside a value says where it was, for problems that are found later.
"""

import datetime as dt
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar

from desktop.domain.base.problems import Label
from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.toml_positions import KeyPath, line_of, lines_of
from desktop.domain.log.operation import LARGEST_INTEGER

MAX_BYTES: Final = 1_000_000
_Choice = TypeVar("_Choice", bound=StrEnum)


class Source:
    """One definition file: its name, its text, and the problems found in it so far."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.problems: list[str] = []
        self.is_readable = True
        self._text = text

    @classmethod
    def decode(cls, name: str, content: bytes) -> "Source":
        """Return the source of a file; one that is too big or no UTF-8 is empty and has a problem."""
        if len(content) > MAX_BYTES:
            return cls._unreadable(name, f"the file is longer than {MAX_BYTES} bytes")
        try:
            return cls(name, content.decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            return cls._unreadable(name, f"byte {error.start} is no UTF-8; save the file as UTF-8")

    @classmethod
    def _unreadable(cls, name: str, text: str) -> "Source":
        source = cls(name, "")
        source.problems.append(f"{name}:1: {text}")
        source.is_readable = False
        return source

    def table(self, keys: tuple[str, ...]) -> "Table":
        """Return the file as a table; a text that is no TOML is an empty table and a problem."""
        content: dict[str, Any] = {}
        try:
            content = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            self.problems.append(f"{self.name}: no TOML: {error}")
            self.is_readable = False
        return Table(self, (), content, keys)

    def add(self, path: KeyPath, text: str) -> None:
        """Note a problem of the value at a path; a file that cannot be read has said so and has no other."""
        if not self.is_readable:
            return
        key = ".".join(str(part) for part in path) or "file"
        self.problems.append(f"{self.name}:{line_of(path, self._lines)}: {key}: {text}")

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return lines_of(self._text)


class Table:
    """One table: its values by key, each read once as what it should be."""

    def __init__(self, source: Source, path: KeyPath, values: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        self.source = source
        self.path = path
        self._values = values
        for key in values:
            if key not in keys:
                self.problem(key, _refusal("no such key", key, keys))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def at(self, key: str) -> KeyPath:
        return (*self.path, key)

    def problem(self, key: str | None, text: str) -> None:
        self.source.add(self.path if key is None else self.at(key), text)

    def raw(self, key: str) -> Any:  # noqa: ANN401  whatever TOML holds there
        return self._values.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text in NFC, empty when it is missing."""
        value = self._get(key, str, "a text", required=required)
        if not isinstance(value, str):
            return ""
        if required and not value.strip():
            self.problem(key, "may not be empty")
        if not unicodedata.is_normalized("NFC", value):
            self.problem(key, "the text is not in NFC (precomposed letters); type it anew with a Vietnamese keyboard")
        return value

    def integer(self, key: str, *, least: int | None = None, required: bool = False) -> int | None:
        value = self._get(key, int, "an integer", required=required)
        if not isinstance(value, int):
            return None
        if not (-LARGEST_INTEGER if least is None else least) <= value <= LARGEST_INTEGER:
            self.problem(key, f"{value} is out of bounds" if least is None else f"{value} is less than {least}")
        return value

    def truth(self, key: str, *, default: bool = False) -> bool:
        value = self._get(key, bool, "true or false", required=False)
        return value if isinstance(value, bool) else default

    def day(self, key: str) -> dt.date | None:
        value = self._get(key, dt.date, "a date such as 2024-01-01", required=False)
        return value if isinstance(value, dt.date) else None

    def label(self, key: str, *, required: bool = False) -> Label | None:
        """Return a text in both languages."""
        value = self._get(key, dict, 'a label { vi = "...", en = "..." }', required=required)
        if not isinstance(value, dict):
            return None
        label = Table(self.source, self.at(key), value, ("vi", "en"))
        return Label(vi=label.text("vi", required=True), en=label.text("en", required=True))

    def choice(self, key: str, kind: type[_Choice], *, required: bool = False) -> _Choice | None:
        """Return one of the values of an enumeration."""
        value = self.text(key, required=required)
        if not value:
            return None
        accepted = [member.value for member in kind]
        if value not in accepted:
            self.problem(key, _refusal(f"'{value}' is not accepted", value, accepted))
            return None
        return kind(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts."""
        items: Iterable[Any] = self._get(key, list, "a list of texts", required=False) or ()
        found = tuple(item for item in items if isinstance(item, str) and item)
        if len(found) != len(tuple(items)):
            self.problem(key, "every item of the list is a text")
        for item in sorted({item for item in found if found.count(item) > 1}):
            self.problem(key, f"'{item}' stands twice in the list")
        return found

    def tables(self, key: str, keys: tuple[str, ...]) -> tuple["Table", ...]:
        """Return the items of an array of tables."""
        items = self._get(key, list, f"one or more tables [[...{key}]]", required=False) or []
        if not all(isinstance(item, dict) for item in items):
            self.problem(key, f"every item is a table [[...{key}]]")
        return tuple(
            Table(self.source, (*self.at(key), number), item, keys)
            for number, item in enumerate(items)
            if isinstance(item, dict)
        )

    def _get(self, key: str, kind: type, what: str, *, required: bool) -> Any:  # noqa: ANN401  of `kind`, or None
        value = self._values.get(key)
        if value is None:
            if required:
                self.problem(None, f"'{key}' is missing; it is {what}")
            return None
        is_right = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if not is_right or isinstance(value, dt.datetime):
            self.problem(key, f"must be {what}")
            return None
        return value


def _refusal(text: str, word: str, accepted: Sequence[str]) -> str:
    near = suggestion(word, accepted)
    return f"{text}{near}{' Accepted' if near else '; accepted'}: {', '.join(accepted)}"
