"""On which line of a TOML file a key is; tomllib reads the values and forgets where they were.

- Asked only of a text that tomllib has read, and only when there is a problem to place.
- Tables, their keys and the items of `[[table]]` are placed. What is inside a value is on the line of its key.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Return the line of a path, or of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def lines_of(text: str) -> Mapping[KeyPath, int]:
    """Return the lines, counted from 1, of all tables and keys of a valid TOML text."""
    found: dict[KeyPath, int] = {}
    lengths: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for kind, keys, line in _statements(text):
        if kind == "key":
            found.setdefault((*table, *keys), line)
            continue
        table = ()
        for key in keys[:-1]:
            table = (*table, key)
            if table in lengths:
                table = (*table, lengths[table] - 1)
        table = (*table, keys[-1])
        if kind == "item":
            found.setdefault(table, line)
            lengths[table] = lengths.get(table, 0) + 1
            table = (*table, lengths[table] - 1)
        found[table] = line
    return found


_TOKEN: Final = re.compile(
    r'''(?P<skip>[ \t\r]+|\#[^\n]*) | (?P<newline>\n)
    | (?P<long>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5})
    | (?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*') | (?P<bare>[A-Za-z0-9_-]+)
    | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<equals>=) | (?P<other>.)''',
    re.VERBOSE | re.DOTALL,
)


def _statements(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Yield each header and key: `table`, `item` (of an array of tables) or `key`, its parts, its line."""
    line, depth = 1, 0
    keys: list[str] = []
    opened = 0  # brackets of a header
    is_value = False
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if kind == "newline" and depth == 0:
            if opened:
                yield "item" if opened == 2 else "table", keys, line
            keys, opened, is_value = [], 0, False
        elif is_value:
            depth += {"open": 1, "close": -1}.get(str(kind), 0)
        elif kind in {"bare", "text"}:
            keys.append(token.strip("\"'"))
        elif kind == "open":
            opened += 1
        elif kind == "equals":
            is_value = True
            yield "key", keys, line
        line += token.count("\n")
    if opened:
        yield "item" if opened == 2 else "table", keys, line
