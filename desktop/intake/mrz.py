"""The machine-readable zone of passports (TD3, two lines of 44) and cards (TD1, three lines of 30), ICAO Doc 9303.

- Every check digit is computed (part 3, section 4.9). A field whose digit is wrong is left out and named; nothing is
  repaired, O is never taken for 0.
- Name, sex and nationality have no check digit: they are given to be confirmed.
- A birth lies in the latest century that is not in the future; an expiry within fifty years of today.
- A Vietnamese card has its full twelve digits in the optional part; the last nine are the document number.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Literal

from desktop.domain.base.personal_id import is_old_card_number, is_personal_id
from desktop.intake.scan_results import Reading, ScanResult

_VALUES: Final = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_WEIGHTS: Final = (7, 3, 1)
_TD3_LENGTH: Final = 88
_TD1_LENGTH: Final = 90
_LINE_LENGTHS: Final = {2: 44, 3: 30}
_SHORTEST: Final = 50
_ZONE: Final = re.compile(r"[A-Z0-9<]+")
_SHAPE: Final = re.compile(r"[PACIV].{4,}<<")
_A_DATE: Final = re.compile(r"[0-9]{6}")
_NAME: Final = re.compile(r"[A-Z<]+")
_STATE: Final = re.compile(r"[A-Z]{3}")
_GERMANY: Final = "D"
_VIETNAM: Final = "VNM"
_WITHOUT_EXPIRY: Final = "991231"
_CARD_OPTIONAL: Final = re.compile(r"([0-9]{12})[0-9<]{3}")
_GENDERS: Final = {"M": "M", "F": "F", "<": "X", "X": "X"}
_UNCHECKED: Final = ("full_name", "gender", "nationality")


@dataclass(frozen=True, slots=True)
class _Zone:
    """The parts of a zone where both formats agree, each with the digit that follows it."""

    kind: Literal["mrz_td1", "mrz_td3"]
    issuer: str
    number: str
    number_digit: str
    birth: str
    birth_digit: str
    gender: str
    expiry: str
    expiry_digit: str
    nationality: str
    optional: str
    composite: str
    composite_digit: str
    name: str


def check_digit(part: str) -> str:
    """Return the check digit of a part of a zone (Doc 9303-3, 4.9)."""
    return str(sum(_VALUES[sign] * _WEIGHTS[place % 3] for place, sign in enumerate(part)) % 10)


def zone_of(lines: list[str]) -> str | None:
    """Return the zone as one line in its own letters, `None` when these lines are none.

    The filler may have been typed as any one other character, or as a space; lines may have run together.
    """
    signs = {sign for sign in "".join(lines) if not sign.isalnum() and not sign.isspace()}
    if len(signs) > 1:
        return None
    if signs:
        zone = "".join("".join(lines).replace(signs.pop(), "<").split()).upper()
        is_zone = len(zone) >= _SHORTEST
    else:
        length = _LINE_LENGTHS.get(len(lines), 0)
        zone = "".join(line.ljust(length).replace(" ", "<") for line in lines).upper()
        is_zone = has_length_of_zone(zone) and _A_DATE.search(zone) is not None
    return zone if is_zone and _ZONE.fullmatch(zone) and _SHAPE.match(zone) else None


def has_length_of_zone(zone: str) -> bool:
    return len(zone) in {_TD3_LENGTH, _TD1_LENGTH}


def read_mrz(zone: str, *, today: dt.date) -> ScanResult:
    """Read a zone that `zone_of` returned."""
    if len(zone) == _TD3_LENGTH and zone.startswith("P"):
        parts = _td3(zone)
    elif len(zone) == _TD1_LENGTH and zone[0] in "ACI":
        parts = _td1(zone)
    else:
        reading = Reading("unknown")
        reading.fail("mrz_kind" if has_length_of_zone(zone) else "mrz_length", length=len(zone))
        return reading.result()
    reading = Reading(parts.kind)
    is_whole = parts.composite_digit == check_digit(parts.composite)
    _read_name(reading, parts.name)
    _read_birth(reading, parts, today)
    _read_gender_and_nationality(reading, parts)
    if parts.kind == "mrz_td3":
        _read_passport(reading, parts)
    else:
        _read_card(reading, parts, is_whole=is_whole)
    _read_expiry(reading, parts, today)
    if not is_whole:
        reading.fail("mrz_composite_digit")
    reading.doubt_personal_id()
    return reading.result(*_UNCHECKED, *(() if is_whole else ("dob", "passport_no", "personal_id")))


def _td3(zone: str) -> _Zone:
    """Take apart two lines of 44 (Doc 9303-4, 4.2.2)."""
    first, second = zone[:44], zone[44:]
    return _Zone(
        kind="mrz_td3",
        issuer=first[2:5],
        name=first[5:],
        number=second[:9],
        number_digit=second[9],
        nationality=second[10:13],
        birth=second[13:19],
        birth_digit=second[19],
        gender=second[20],
        expiry=second[21:27],
        expiry_digit=second[27],
        optional=second[28:43],
        composite=second[:10] + second[13:20] + second[21:43],
        composite_digit=second[43],
    )


def _td1(zone: str) -> _Zone:
    """Take apart three lines of 30 (Doc 9303-5, 4.2.2); a number longer than nine goes on in the optional part."""
    first, second, third = zone[:30], zone[30:60], zone[60:]
    number, digit, optional = first[5:14], first[14], first[15:]
    rest = optional.split("<", 1)[0]
    if digit == "<" and len(rest) > 1:
        number, digit, optional = number + rest[:-1], rest[-1], optional[len(rest) :]
    return _Zone(
        kind="mrz_td1",
        issuer=first[2:5],
        number=number,
        number_digit=digit,
        optional=optional,
        birth=second[:6],
        birth_digit=second[6],
        gender=second[7],
        expiry=second[8:14],
        expiry_digit=second[14],
        nationality=second[15:18],
        composite=first[5:] + second[:7] + second[8:15] + second[18:29],
        composite_digit=second[29],
        name=third,
    )


def _read_name(reading: Reading, name: str) -> None:
    surname, _, given = name.partition("<<")
    words = f"{surname} {given}".replace("<", " ").split()
    if not _NAME.fullmatch(name) or not words:
        reading.fail("mrz_name_signs", "full_name")
        return
    reading.person["full_name"] = " ".join(words)
    if not name.endswith("<"):
        reading.warn("mrz_name_truncated", "full_name")


def _read_birth(reading: Reading, parts: _Zone, today: dt.date) -> None:
    if not _is_checked(reading, "dob", parts.birth, parts.birth_digit):
        return
    birth = _date(parts.birth, today.year // 100)
    if birth is not None and birth > today.isoformat()[: len(birth)]:
        birth = _date(parts.birth, today.year // 100 - 1)
    if birth is None:
        reading.fail("scan_date_impossible", "dob")
    else:
        reading.person["dob"] = birth


def _read_expiry(reading: Reading, parts: _Zone, today: dt.date) -> None:
    if not _is_checked(reading, "expiry", parts.expiry, parts.expiry_digit):
        return
    if parts.kind == "mrz_td1" and parts.issuer == _VIETNAM and parts.expiry == _WITHOUT_EXPIRY:
        return
    expiry = _date(parts.expiry, today.year // 100)
    if expiry is not None and int(expiry[:4]) > today.year + 50:
        expiry = _date(parts.expiry, today.year // 100 - 1)
    if expiry is None or len(expiry) < len("2030-01-01"):
        reading.fail("scan_date_impossible", "expiry")
    else:
        reading.document["expiry"] = expiry


def _read_gender_and_nationality(reading: Reading, parts: _Zone) -> None:
    if parts.gender in _GENDERS:
        reading.person["gender"] = _GENDERS[parts.gender]
    else:
        reading.fail("scan_gender", "gender")
    nationality = _state(parts.nationality)
    if nationality is not None:
        reading.person["nationality"] = nationality
    else:
        reading.fail("mrz_nationality", "nationality")
    issuer = _state(parts.issuer)
    if issuer is not None:
        reading.document["issuer"] = issuer


def _read_passport(reading: Reading, parts: _Zone) -> None:
    reading.document["doc_type"] = "P"
    if _is_checked(reading, "passport_no", parts.number, parts.number_digit):
        _give_number(reading, parts.number)
    optional, digit = parts.optional[:-1], parts.optional[-1]
    personal = optional.rstrip("<")
    if not personal and digit == "<":
        return
    if not _is_checked(reading, "personal_id", optional, digit) or parts.issuer != _VIETNAM:
        return
    if is_personal_id(personal):
        reading.person["personal_id"] = personal
    elif is_old_card_number(personal):
        reading.person["old_personal_ids"] = [{"number": personal}]


def _read_card(reading: Reading, parts: _Zone, *, is_whole: bool) -> None:
    is_vietnamese = parts.issuer == _VIETNAM
    if not _is_checked(reading, "personal_id" if is_vietnamese else "passport_no", parts.number, parts.number_digit):
        return
    if not is_vietnamese:
        reading.document["doc_type"] = "KH"
        _give_number(reading, parts.number)
        return
    full = _CARD_OPTIONAL.fullmatch(parts.optional)
    if not is_whole:  # nothing else covers the first three digits
        return
    if full is not None and full[1].endswith(parts.number):
        reading.person["personal_id"] = full[1]
    else:
        reading.fail("mrz_card_number", "personal_id")


def _give_number(reading: Reading, number: str) -> None:
    number = number.rstrip("<")
    if number and "<" not in number:
        reading.person["passport_no"] = number
        reading.document["passport_no"] = number
    else:
        reading.fail("scan_field_missing", "passport_no")


def _is_checked(reading: Reading, field: str, part: str, digit: str) -> bool:
    if digit == check_digit(part):
        return True
    reading.fail("mrz_check_digit", field, field=field)
    return False


def _state(code: str) -> str | None:
    code = code.rstrip("<")
    if code == _GERMANY:
        return "DEU"
    return code if _STATE.fullmatch(code) else None


def _date(six: str, century: int) -> str | None:
    """Return YYMMDD in this century as it is stored; a day or month of fillers is not known and left away."""
    found = re.fullmatch(r"([0-9]{2})(?:<<<<|([0-9]{2})(?:<<|([0-9]{2})))", six)
    if found is None:
        return None
    year, month, day = f"{century}{found[1]}", found[2], found[3]
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(piece for piece in (year, month, day) if piece)
