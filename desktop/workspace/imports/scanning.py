"""Reading what a scanner typed, with this station's administrative units at hand. Nothing of it is stored."""

from dataclasses import dataclass
from typing import Final

from desktop.intake.scanner import ScanResult
from desktop.intake.scanner import scan as read_scan
from desktop.workspace.base.session import Session
from desktop.workspace.people import duplicates
from desktop.workspace.people.duplicates import PossiblePerson

_NUMBERS: Final = ("personal_id", "passport_no", "old_personal_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPerson:
    """What was read, and who is known here by one of its numbers; the number of today comes before a cancelled one."""

    result: ScanResult
    known: tuple[PossiblePerson, ...]


def scan(session: Session, text: str) -> ScanResult:
    return read_scan(text, today=session.today(), places=session.places)


def look_up(session: Session, text: str, *, language: str = "vi") -> ScannedPerson:
    """Read a scan and look for its person by number alone: a name alike is no proof."""
    result = scan(session, text)
    numbers = {name: result.person[name] for name in _NUMBERS if name in result.person}
    known = duplicates.possible_duplicates(session, numbers, language=language) if numbers else ()
    return ScannedPerson(result=result, known=known)
