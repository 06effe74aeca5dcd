"""Who did what, chained so that a line taken out or changed shows: the first layer of SECURITY.md 5.3.

- `head_n = SHA-256(0x00 || head_(n-1) || line_n)`; an entry is written in the transaction of the act it records.
- An entry names fields and states that a reason was given; it never holds a value that a person typed.
- A cut tail leaves a sound chain: what shows it are the heads printed on paper and sent to the province.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import Json, canonical
from desktop.storage.database import Database, Row

BEGINNING: Final = hashlib.sha256(b"sotram-audit\n").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act. `document` names what was printed and which copy, `subject` another thing acted on (a station, a file);
    `digest` is of the state or file that the act left behind.
    """

    number: int
    time_ms: int
    officer: str
    action: str
    register: str
    record: str
    fields: tuple[str, ...]
    reason_given: bool
    document: str
    subject: str
    digest: str
    is_clock_suspect: bool


def append(
    db: Database,
    *,
    time_ms: int,
    officer: str,
    action: str,
    register: str = "",
    record: str = "",
    fields: Sequence[str] = (),
    reason_given: bool = False,
    document: str = "",
    subject: str = "",
    digest: str = "",
    is_clock_suspect: bool = False,
) -> bytes:
    """Add an entry and return the new head. Texts are ids, codes and file kinds; never values, never reasons."""
    number, before = last(db)
    content: dict[str, Json] = {
        "action": action,
        "digest": digest,
        "document": document,
        "fields": list(fields),
        "number": number + 1,
        "officer": officer,
        "reason": reason_given,
        "subject": subject,
        "record": record,
        "register": register,
        "suspect": is_clock_suspect,
        "time": time_ms,
    }
    line = canonical(content)
    head = _next(before, line)
    db.execute("INSERT INTO audit (number, line, head) VALUES (?, ?, ?)", (number + 1, line, head))
    return head


def last(db: Database) -> tuple[int, bytes]:
    """Return the number of the last entry and its head; 0 and the beginning when there is none."""
    row = db.query_row("SELECT number, head FROM audit ORDER BY number DESC LIMIT 1")
    return (0, BEGINNING) if row is None else (row[0], row[1])


def head_at(db: Database, number: int) -> bytes | None:
    """Return the head after an entry, to compare with one on paper."""
    if number == 0:
        return BEGINNING
    row = db.query_row("SELECT head FROM audit WHERE number = ?", (number,))
    return row[0] if row else None


def entries(db: Database, limit: int = 200, *, before: int | None = None, record: str = "") -> tuple[AuditEntry, ...]:
    """Return the newest entries first; `before` continues below a number, `record` keeps those of one record."""
    rows = db.iterate_rows(
        "SELECT number, line FROM audit WHERE (?1 IS NULL OR number < ?1) ORDER BY number DESC", (before,)
    )
    found: list[AuditEntry] = []
    for row in rows:
        entry = _entry(row)
        if record in {"", entry.record}:
            found.append(entry)
        if len(found) == limit:
            break
    return tuple(found)


def verify(db: Database) -> tuple[int, ...]:
    """Recompute the chain and return the numbers of the entries that do not fit it."""
    wrong: list[int] = []
    before = BEGINNING
    for number, line, head in db.iterate_rows("SELECT number, line, head FROM audit ORDER BY number"):
        if _next(before, line) != head or _number_in(line) != number:
            wrong.append(number)
        before = head
    return tuple(wrong)


def _next(head: bytes, line: bytes) -> bytes:
    return hashlib.sha256(b"\0" + head + line).digest()


def _number_in(line: bytes) -> object:
    try:
        return json.loads(line)["number"]
    except (ValueError, KeyError, TypeError):  # damage may have left anything
        return None


def _entry(row: Row) -> AuditEntry:
    number, line = row
    content = json.loads(line)
    return AuditEntry(
        number=number,
        time_ms=content["time"],
        officer=content["officer"],
        action=content["action"],
        register=content["register"],
        record=content["record"],
        fields=tuple(content["fields"]),
        reason_given=content["reason"],
        document=content["document"],
        subject=content["subject"],
        digest=content["digest"],
        is_clock_suspect=content["suspect"],
    )
