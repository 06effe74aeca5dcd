"""Who issues a document: agency lines, place, document symbol and signer, by kind of station (forms/letterheads.toml).

- The file holds patterns; a station's own names fill them. Every line may be overridden by the station's settings:
  `dataclasses.replace` on the letterhead is enough.
- NĐ 30/2020 Annex I, II.4a: the place is the bare name of the unit (Mường Nhé), but the full one when it is a number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.definitions.toml_reader import Source, Table
from desktop.errors import DefinitionError

LETTERHEAD_KEYS: Final = (
    *("kind", "agency_above", "agency", "place", "abbreviation", "abbreviations", "signers", "verified", "legal_basis"),
)
STATION_KINDS: Final = ("commune", "border", "province")
UNIT_KINDS: Final = ("tỉnh", "thành phố", "xã", "phường", "đặc khu")

_PLACES: Final = ("province", "province_name", "commune", "commune_name", "commune_kind", "station")
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_FILE: Final = "letterheads.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of a document and the lines over its signature. Empty texts are printed as dots."""

    agency_above: str = ""
    agency: str = ""
    place: str = ""
    abbreviation: str = ""
    signer_title: tuple[str, ...] = ()
    signer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadPattern:
    """The letterhead of a kind of station, its names still open. `signers` are the title lines to choose from."""

    kind: str
    agency_above: str
    agency: str
    place: str
    abbreviation: str
    abbreviations: Mapping[str, str]
    signers: tuple[tuple[str, ...], ...]
    verified: bool
    legal_basis: str

    def fill(self, *, province: str, commune: str, station: str, signer: int = 0, signer_name: str = "") -> Letterhead:
        """Return the letterhead of one station; `province` and `commune` are whole names such as `Xã Mường Nhé`."""
        kind, commune_name = _split_kind(commune)
        _, province_name = _split_kind(province)
        names = {
            "province": province,
            "province_name": province_name,
            "commune": commune,
            "commune_name": commune_name,
            "commune_kind": kind,
            "station": station,
        }
        return Letterhead(
            agency_above=_filled(self.agency_above, names).upper(),
            agency=_filled(self.agency, names).upper(),
            place=_filled(self.place, names),
            abbreviation=self.abbreviations.get(kind, self.abbreviation),
            signer_title=tuple(_filled(line, names).upper() for line in self.signers[signer]),
            signer_name=signer_name,
        )


def load_letterheads(forms_dir: Path) -> Mapping[str, LetterheadPattern]:
    """Read the patterns by kind of station.

    Raises:
        DefinitionError: with every problem of the file.
    """
    return read_letterheads((forms_dir / _FILE).read_bytes())


def read_letterheads(content: bytes) -> Mapping[str, LetterheadPattern]:
    """Read the patterns from bytes.

    Raises:
        DefinitionError: with every problem of the file.
    """
    source = Source.decode(_FILE, content)
    table = source.table(("letterhead",))
    found = [_read_pattern(item) for item in table.tables("letterhead", LETTERHEAD_KEYS)]
    for kind in STATION_KINDS:
        if [pattern.kind for pattern in found].count(kind) != 1:
            table.problem(None, f'one [[letterhead]] has kind = "{kind}"')
    if source.problems:
        raise DefinitionError(tuple(source.problems))
    return {pattern.kind: pattern for pattern in found}


def _read_pattern(table: Table) -> LetterheadPattern:
    kind = table.text("kind", required=True)
    if kind and kind not in STATION_KINDS:
        table.problem("kind", f"'{kind}' is not accepted; accepted: {', '.join(STATION_KINDS)}")
    return LetterheadPattern(
        kind=kind,
        agency_above=_read_text(table, "agency_above"),
        agency=_read_text(table, "agency"),
        place=_read_text(table, "place"),
        abbreviation=table.text("abbreviation", required=True),
        abbreviations=_read_abbreviations(table),
        signers=_read_signers(table),
        verified=table.truth("verified"),
        legal_basis=table.text("legal_basis"),
    )


def _read_text(table: Table, key: str) -> str:
    text = table.text(key, required=True)
    _check_places(table, key, text)
    return text


def _read_abbreviations(table: Table) -> Mapping[str, str]:
    found = table.raw("abbreviations") or {}
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        table.problem("abbreviations", 'must be a table by kind of unit, such as { "xã" = "CAX" }')
        return {}
    for kind in found:
        if kind not in UNIT_KINDS:
            table.problem("abbreviations", f"'{kind}' is no kind of unit; accepted: {', '.join(UNIT_KINDS)}")
    return found


def _read_signers(table: Table) -> tuple[tuple[str, ...], ...]:
    found = table.raw("signers")
    is_right = isinstance(found, list) and all(
        isinstance(lines, list) and lines and all(isinstance(line, str) for line in lines) for lines in found
    )
    if not found or not is_right:
        table.problem("signers", 'must be lists of title lines, such as [["TRƯỞNG CÔNG AN XÃ"]]')
        return ()
    for lines in found:
        for line in lines:
            _check_places(table, "signers", line)
    return tuple(tuple(lines) for lines in found)


def _check_places(table: Table, key: str, text: str) -> None:
    if re.search(r"[{}]", _filled(text, dict.fromkeys(_PLACES, ""))):
        table.problem(key, f"'{text}' has a place that is not known; accepted: {', '.join(_PLACES)}")


def _filled(text: str, names: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: names.get(match[1], match[0]), text)


def _split_kind(unit: str) -> tuple[str, str]:
    """Return kind and name of a unit: `xã` and `Mường Nhé`. A number is no name by itself."""
    for kind in UNIT_KINDS:
        if unit.lower().startswith(f"{kind} "):
            name = unit[len(kind) + 1 :]
            return kind, unit if name[:1].isdigit() else name
    return "", unit
