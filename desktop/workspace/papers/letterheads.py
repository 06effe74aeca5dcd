"""The lines of the letterhead that a station's commander wrote over the pattern of forms/letterheads.toml.

- They are one setting of the station, an object of the lines that differ; a line taken back is the pattern's again.
- Agencies and titles are in capitals, as NĐ 30/2020 Annex I wants them.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.log.operation import Json
from desktop.printing.text import NAME_LIMIT, printable
from desktop.storage import settings
from desktop.workspace.base.session import Session
from desktop.workspace.records import revealing

LINES: Final = tuple(field.name for field in fields(Letterhead))
SETTING: Final = "letterhead"

_IN_CAPITALS: Final = frozenset({"agency_above", "agency", "signer_title", "abbreviation"})
_OF_LINES: Final = "signer_title"


def of_pattern(session: Session) -> Letterhead:
    """Return the letterhead that the pattern gives the station."""
    station = session.station
    province = session.places.province(station.province)
    commune = session.places.commune(station.commune or "")
    return session.definitions.letterheads[station.kind].fill(
        province=province.full_name if province else "",
        commune=commune.full_name if commune else "",
        station=station.name,
    )


def written_over(session: Session) -> Mapping[str, str]:
    """Return the lines that differ from the pattern; the signer's title has one line below the other."""
    stored = settings.get(session.database, SETTING, {})
    return {
        name: text
        for name, text in (stored.items() if isinstance(stored, dict) else ())
        if name in LINES and isinstance(text, str)
    }


def of_station(session: Session) -> Letterhead:
    pattern, written = of_pattern(session), written_over(session)
    title = written.get(_OF_LINES)
    return Letterhead(
        agency_above=written.get("agency_above", pattern.agency_above),
        agency=written.get("agency", pattern.agency),
        place=written.get("place", pattern.place),
        abbreviation=written.get("abbreviation", pattern.abbreviation),
        signer_title=tuple(title.split("\n")) if title else pattern.signer_title,
        signer_name=written.get("signer_name", pattern.signer_name),
    )


def write(session: Session, lines: Mapping[str, str]) -> Letterhead:
    """Write lines over the pattern, an empty one to take it back; which ones is written in the audit log.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    given = {name: _tidy(name, text) for name, text in lines.items()}
    stored: Json = {name: text for name, text in {**written_over(session), **given}.items() if text}
    with session.database.atomic():
        settings.put(session.database, SETTING, stored or None)
        revealing.log(session, "letterhead", fields=tuple(sorted(given)))
    return of_station(session)


def _tidy(name: str, text: str) -> str:
    lines = (line.strip() for line in printable(text, limit=NAME_LIMIT, path=name).split("\n"))
    kept = ("\n" if name == _OF_LINES else " ").join(line for line in lines if line)
    return kept.upper() if name in _IN_CAPITALS else kept
