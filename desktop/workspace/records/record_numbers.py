"""The numbers of records: one series per register, station and year; a number given once is never given again."""

from collections.abc import Iterable
from typing import Final

from desktop.domain.definitions.model import FormDefinition
from desktop.storage import queries, settings
from desktop.workspace.base.session import Session

_NUMBERS: Final = "next_number."


def record_number(session: Session, definition: FormDefinition, *, ahead: int = 0) -> str:
    """Return the next number of a register here; `ahead` more are being given in the same transaction."""
    year = session.today().year
    number = _next_number(session, definition.id, year) + ahead
    return f"{definition.number}-{year}-{number:04}"


def keep_numbers(session: Session, registers: Iterable[str]) -> None:
    """Remember the numbers given this year, before records that hold them are taken out of the lists."""
    year = session.today().year
    for register in registers:
        settings.put(session.database, f"{_NUMBERS}{register}.{year}", _next_number(session, register, year))


def _next_number(session: Session, register: str, year: int) -> int:
    kept = settings.get(session.database, f"{_NUMBERS}{register}.{year}")
    found = queries.next_record_number(session.database, register, session.station.id, year)
    return max(found, kept) if isinstance(kept, int) else found
