"""Definition files as text: what a program made of another form, written as a person would write it.

- Only what definition files hold: texts, integers, truths, dates, lists of texts, labels in two languages, and arrays
  of tables. Reading the text gives the same content back, whatever characters a text holds.
- The same content gives the same bytes: keys come in the order given.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

Content: TypeAlias = Mapping[str, Any]
"""A table: keys and texts, integers, truths, dates, lists of texts, labels, lists of tables."""

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def toml_text(content: Content, *, comment: str = "") -> str:
    """Return a definition file; the comment is above it, one line each."""
    head = [f"# {_plain(line)}".rstrip() for line in comment.splitlines()]
    return "\n".join([*head, *([""] if head else []), *_lines(content, ())]) + "\n"


def quoted(text: str) -> str:
    """Return a basic string of TOML."""
    return '"' + "".join(_ESCAPES.get(sign) or _sign(sign) for sign in text) + '"'


def _lines(content: Content, path: tuple[str, ...]) -> Iterator[str]:
    """Yield plain keys first, then tables: what follows a header belongs to it."""
    tables = []
    for key, value in content.items():
        if _is_tables(value):
            tables.append((key, value))
        else:
            yield f"{key} = {_value(value)}"
    for key, value in tables:
        for item in value:
            yield ""
            yield f"[[{'.'.join((*path, key))}]]"
            yield from _lines(item, (*path, key))


def _is_tables(value: object) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], Mapping)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return str(value)


def _sign(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign


def _plain(line: str) -> str:
    return "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in line)
