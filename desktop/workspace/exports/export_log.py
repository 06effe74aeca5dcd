"""The log of what left the registry as a file: who, when, why, on whose approval, and the digests of the files.

- What a person wrote (purpose, reason, number of the approval) stays here, in the encrypted registry. The audit log
  never holds such words: it holds the number of the entry, the digest of the file and that of the entry, so that a
  changed entry shows (`altered`).
- A refused export is an act too: the log says which rule refused it.
- Who approves is another officer than the one who exports (LEGAL.md 7.6: two persons for an export that
  unmasks, and for what goes to another agency). The program keeps who was said to approve and the number of his paper;
  that he did, only the paper proves.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Final, NoReturn

from desktop.domain.base.dates import span
from desktop.domain.log.operation import Json, canonical
from desktop.errors import DesktopError
from desktop.storage import audit_log, queries, settings
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, revealing

LONGEST_WORDS: Final = 500
_ENTRY: Final = "export."
_OFFICERS: Final = "officer"
_MOST_OFFICERS: Final = 500
_ENTERED: Final = "export"
_REFUSED: Final = "export_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who allowed an export, and the number and day of the paper that says so."""

    officer: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """One export; `files` has the digest of each file by its kind, `left_out` why and how many."""

    number: int
    kind: str
    register: str
    at: str
    officer: str
    records: int
    columns: tuple[str, ...]
    files: dict[str, str]
    purpose: str = ""
    reveal: str = ""
    approval: Approval | None = None
    left_out: dict[str, int] = field(default_factory=dict)


def next_number(session: Session) -> int:
    return max((entry.number for entry in entries(session)), default=0) + 1


def enter(session: Session, entry: ExportEntry) -> None:
    """Write an export into the export log and the audit log, before the file has its name."""
    stored = _json(entry)
    with session.database.atomic():
        settings.put(session.database, _name(entry.number), stored)
        revealing.log(
            session,
            _ENTERED,
            entry.register,
            fields=entry.columns,
            reason=entry.purpose or entry.reveal,
            document=f"{entry.kind} {entry.number} {' '.join(entry.files)} {entry.records}",
            subject=_digest(stored),
            digest=" ".join(entry.files.values()),
        )


def entries(session: Session) -> tuple[ExportEntry, ...]:
    """Return every export, the first one first."""
    stored = settings.all_settings(session.database)
    return tuple(
        _entry(value) for name, value in sorted(stored.items()) if name.startswith(_ENTRY) and isinstance(value, dict)
    )


def altered(session: Session) -> tuple[int, ...]:
    """Return the numbers of the entries that are not, or no longer, what the audit log saw."""
    logged: dict[int, str] = {}
    newest, _ = audit_log.last(session.database)
    for entry in audit_log.entries(session.database, newest):
        if entry.action == _ENTERED:
            logged.setdefault(int(entry.document.split()[1]), entry.subject)
    kept = {entry.number: _digest(_json(entry)) for entry in entries(session)}
    return tuple(sorted(number for number in logged.keys() | kept.keys() if logged.get(number) != kept.get(number)))


def refuse(session: Session, register: str, code: str, **context: str | int) -> NoReturn:
    """Write that an export was refused and by which rule, then raise it."""
    revealing.log(session, _REFUSED, register, document=code)
    raise DesktopError(code, **context)


def approved(session: Session, register: str, officer: str, paper: str) -> Approval:
    """Return the approval of another officer, given by id or number.

    Raises:
        DesktopError: export_approval_missing, export_approver_unknown, export_approver_left, export_approver_is_self.
    """
    if not officer.strip() or not words(paper):
        refuse(session, register, "export_approval_missing")
    try:
        found = records.find(session, _OFFICERS, officer.strip())
    except DesktopError:
        refuse(session, register, "export_approver_unknown")
    row = queries.read_row(session.database, records.definition_of(session, _OFFICERS), found) or {}
    if _has_left(session, str(row.get("left_on") or "")):
        refuse(session, register, "export_approver_left")
    if found == session.officer.id:
        refuse(session, register, "export_approver_is_self")
    return Approval(officer=found, paper=words(paper))


def approvers(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the officers who could approve an export of this officer, by id and title."""
    definition = records.definition_of(session, _OFFICERS)
    return tuple(
        (row.record, records.officer_name(session, row.record))
        for row in queries.list_records(session.database, definition, order_by="title", limit=_MOST_OFFICERS)
        if row.record != session.officer.id and not _has_left(session, str(row.values.get("left_on") or ""))
    )


def words(text: str) -> str:
    """Return what a person wrote as one line. Raises DesktopError export_words_too_long."""
    line = " ".join(text.split())
    if len(line) > LONGEST_WORDS:
        raise DesktopError("export_words_too_long", limit=LONGEST_WORDS)
    return line


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _has_left(session: Session, day: str) -> bool:
    left = span(day)
    return left is not None and left[0] <= session.today()


def _name(number: int) -> str:
    return f"{_ENTRY}{number:06}"


def _digest(stored: Json) -> str:
    return hashlib.sha256(canonical(stored)).hexdigest()


def _json(entry: ExportEntry) -> dict[str, Json]:
    return {**asdict(entry), "columns": list(entry.columns)}


def _entry(stored: dict[str, Json]) -> ExportEntry:
    approval = stored["approval"]
    return ExportEntry(
        number=int(str(stored["number"])),
        kind=str(stored["kind"]),
        register=str(stored["register"]),
        at=str(stored["at"]),
        officer=str(stored["officer"]),
        records=int(str(stored["records"])),
        columns=tuple(map(str, _list(stored["columns"]))),
        files={name: str(digest) for name, digest in _dict(stored["files"]).items()},
        purpose=str(stored["purpose"]),
        reveal=str(stored["reveal"]),
        approval=Approval(officer=str(approval["officer"]), paper=str(approval["paper"]))
        if isinstance(approval, dict)
        else None,
        left_out={name: int(str(count)) for name, count in _dict(stored["left_out"]).items()},
    )


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
