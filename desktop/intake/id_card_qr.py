"""The QR code of an identity card (CCCD, CC), as a scanner types it.

- Fields between bars: number | old number | name | birth ddMMyyyy | sex | residence | issued ddMMyyyy | anything more.
  Some writers leave out the old number; what comes after the seventh is ignored (LEGAL.md 6.2).
- Another keyboard layout types another character for the bar. It is taken for a bar only where numbers, dates and sex
  are exactly as they are between bars.
- The residence is kept as printed; province and commune of today are added when they are certain.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from desktop.domain.base.personal_id import is_personal_id
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold, has_telex_leftover, undo_telex
from desktop.domain.places.old_addresses import is_hamlet
from desktop.domain.places.places import Places
from desktop.intake.scan_letters import has_lost_letters, has_no_marks, has_odd_word, is_mangled
from desktop.intake.scan_results import Reading, ScanResult

_FEWEST_FIELDS: Final = 6
_EARLIEST_YEAR: Final = 1900
_GENDERS: Final = {"nam": "M", "nu": "F"}
_EIGHT_DIGITS: Final = re.compile(r"[0-9]{8}")
_OLD_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_FOREIGN_BAR: Final = re.compile(
    r"[0-9]{12}([^\w\s])(?:(?:[0-9]{9}|[0-9]{12})?\1)?"  # number, old number
    r"(?:(?!\1)[^0-9])+\1[0-9]{8}\1[^\W\d]{2,5}\1"  # name, birth, sex
    r"(?:(?!\1).)*\1[0-9]{8}(?:\1.*)?"  # residence, issued
)
_OTHER_SIGNS: Final = re.compile(r"[^\w '.’-]|[\d_]")


@dataclass(frozen=True, slots=True)
class _Fields:
    number: str
    old_number: str
    name: str
    birth: str
    gender: str
    residence: str
    issued: str


def with_bars(text: str) -> str | None:
    """Return the text with bars between its fields, `None` when it is no identity card."""
    if text.count("|") >= _FEWEST_FIELDS - 2 or re.match(r"[0-9]{9,12}\|", text):
        return text
    found = _FOREIGN_BAR.fullmatch(text)
    return text.replace(found[1], "|") if found else None


def read_id_card(barred: str, *, today: dt.date, places: Places | None) -> ScanResult:
    """Read the fields between bars."""
    reading = Reading("id_card")
    parts = [" ".join(unicodedata.normalize("NFC", part).split()) for part in barred.split("|")]
    if len(parts) < _FEWEST_FIELDS:
        reading.fail("scan_field_count", count=len(parts), fewest=_FEWEST_FIELDS)
        return reading.result()
    fields = _laid_out(parts)
    if not _EIGHT_DIGITS.fullmatch(fields.birth) and _gender(fields.gender) is None:
        reading.fail("scan_fields_shifted")
        return reading.result()
    _read_numbers(reading, fields)
    _read_name(reading, fields.name)
    _read_birth_and_issue(reading, fields, today)
    gender = _gender(fields.gender)
    if gender is not None:
        reading.person["gender"] = gender
    else:
        reading.fail("scan_letters_lost" if is_mangled(fields.gender) else "scan_gender", "gender")
    _read_residence(reading, fields.residence, places)
    if has_no_marks(fields.name, fields.gender, fields.residence):
        for field in ("full_name", "perm_addr"):
            if field in reading.person:
                reading.warn("scan_marks_lost", field)
    if reading.person:
        reading.person["nationality"] = "VNM"
    reading.doubt_personal_id()
    return reading.result(*(("full_name",) if has_odd_word(fields.name) else ()))


def _laid_out(parts: list[str]) -> _Fields:
    number, *rest = parts
    has_old_number = not rest[0] or rest[0].isdigit()
    old_number = rest.pop(0) if has_old_number else ""
    name, birth, gender, residence, issued = (*rest, "")[:5]
    return _Fields(number, old_number, name, birth, gender, residence, issued)


def _read_numbers(reading: Reading, fields: _Fields) -> None:
    if is_personal_id(fields.number):
        reading.person["personal_id"] = fields.number
    else:
        reading.fail("scan_id_digits", "personal_id", count=len(fields.number))
    if not fields.old_number:
        return
    if _OLD_NUMBER.fullmatch(fields.old_number):
        reading.person["old_personal_ids"] = [{"number": fields.old_number}]
    else:
        reading.fail("scan_old_id_digits", "old_personal_ids", count=len(fields.old_number))


def _read_name(reading: Reading, name: str) -> None:
    if not name:
        reading.fail("scan_field_missing", "full_name")
        return
    if is_mangled(name):
        reading.fail("scan_letters_lost", "full_name")
        return
    if has_telex_leftover(name) or any(unicodedata.combining(sign) for sign in name):
        reading.warn("scan_telex_leftover", "full_name")
    elif _OTHER_SIGNS.search(name):
        reading.fail("scan_name_signs", "full_name")
        return
    elif has_lost_letters(name, is_name=True):
        reading.fail("scan_letters_lost", "full_name")
        return
    if any(word[0].islower() and word[1:].isupper() for word in name.split()):  # Caps Lock was on
        name = name.swapcase()
    elif name.islower():
        name = " ".join(word[0].upper() + word[1:] for word in name.split())
    reading.person["full_name"] = name


def _read_birth_and_issue(reading: Reading, fields: _Fields, today: dt.date) -> None:
    birth = _date(fields.birth)
    if not fields.birth:
        reading.fail("scan_field_missing", "dob")
    elif birth is None:
        reading.fail("scan_date_impossible", "dob")
    elif birth > today.isoformat():
        reading.fail("scan_date_future", "dob")
    else:
        reading.person["dob"] = birth
    issued = _date(fields.issued)
    if not fields.issued:
        return
    if issued is None or len(issued) < len("2025-01-01"):
        reading.fail("scan_date_impossible", "id_issued_on")
    elif issued > today.isoformat():
        reading.fail("scan_date_future", "id_issued_on")
    elif issued < str(reading.person.get("dob", "")):
        reading.fail("scan_issued_before_birth", "id_issued_on")
    else:
        reading.person["id_issued_on"] = issued


def _date(text: str) -> str | None:
    """Return a date as it is stored; a day or month of 00 is not known and left away."""
    if not _EIGHT_DIGITS.fullmatch(text):
        return None
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
    if year < _EARLIEST_YEAR or (day and not month):
        return None
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join((text[4:], *((text[2:4],) if month else ()), *((text[:2],) if day else ())))


def _gender(text: str) -> str | None:
    return _GENDERS.get(fold(text)) or _GENDERS.get(fold(undo_telex(text)))


def _read_residence(reading: Reading, residence: str, places: Places | None) -> None:
    if not residence:
        return
    if is_mangled(residence) or has_lost_letters(residence, is_name=False):
        reading.fail("scan_letters_lost", "perm_addr")
        return
    address: dict[str, Json] = {"old_text": residence}
    reading.person["perm_addr"] = address
    if places is None:
        return
    candidates = places.convert_old_address(residence)
    provinces = {candidate.commune.province for candidate in candidates}
    if len(provinces) == 1:
        address["province"] = provinces.pop()
    if len(candidates) != 1:
        code = "scan_place_divided" if candidates else "scan_place_unknown"
        reading.warn(code, "perm_addr", count=len(candidates))
        return
    (candidate,) = candidates
    address["commune"] = candidate.commune.code
    before, _, last = candidate.rest.rpartition(", ")
    hamlet, detail = (last, before) if is_hamlet(last) else ("", candidate.rest)
    address |= {key: text for key, text in (("hamlet", hamlet), ("detail", detail)) if text}
