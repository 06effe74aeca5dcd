"""Finding records by words: the query that FTS5 is given, and the search over every register.

- What is typed is folded as what is stored was (`names.fold`), so marks, case, đ and spelling variants do not count.
- Every word must be found at the beginning of some word of the record, in any order; one letter is enough.
- Nothing typed reaches FTS5's grammar: only letters and digits pass, and each word is quoted.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.names.names import fold
from desktop.storage.database import Database

WORDS_AT_MOST: Final = 12
LETTERS_AT_MOST: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A record found by words. `title` is empty where the record has none of its own."""

    record: str
    register: str
    record_no: str
    title: str
    station: str


def fts_query(text: str) -> str:
    """Return what FTS5 is asked; empty when nothing that could be found was typed."""
    words = dict.fromkeys(word[:LETTERS_AT_MOST] for word in _WORD.findall(fold(text)))
    return " ".join(f'"{word}"*' for word in list(words)[:WORDS_AT_MOST])


def search(db: Database, text: str, registers: Sequence[str] | None = None, limit: int = 50) -> tuple[SearchHit, ...]:
    """Return the records that hold every word, the best first; `registers` narrows it."""
    query = fts_query(text)
    if not query:
        return ()
    if registers is None:
        rows = db.query_rows(_EVERYWHERE, (query, limit))
    else:
        rows = db.query_rows(_IN_REGISTERS, (query, json.dumps(list(registers)), limit))
    return tuple(
        SearchHit(record=record, register=register, record_no=record_no, title=title, station=station)
        for record, register, record_no, title, station in rows
    )


_WORD: Final = re.compile(r"[^\W_]+")
# Asking for `rank` itself would make FTS5 weigh every word again; CROSS keeps the index first.
_EVERYWHERE: Final = (
    "SELECT record, register, record_no, title, station FROM search_index"
    " CROSS JOIN record_index ON number = search_index.rowid WHERE search_index MATCH ? ORDER BY rank LIMIT ?"
)
_IN_REGISTERS: Final = (
    "SELECT record, register, record_no, title, station FROM search_index"
    " CROSS JOIN record_index ON number = search_index.rowid"
    " WHERE search_index MATCH ? AND register IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT ?"
)
