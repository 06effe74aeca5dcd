"""What a personal identification number says of its holder: where born, which sex, which year.

- Twelve digits `PPP G YY NNNNNN`: PPP is where the birth was registered, G century and sex, YY the year (NĐ 137/2015
  Art 13). There is no check digit.
- PPP is the list of the 63 provinces before 1 July 2025, kept for ever. Births registered abroad carry a country code.
- The old identity card number (CMND, nine digits) says nothing, so it never disagrees with anything.
- Corrected and re-issued numbers exist: what is found here is a warning, never more.
"""

import re
from typing import Final, Literal

_OLD_PROVINCES: Final = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042
044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087
089 091 092 093 094 095 096
"""
PROVINCE_CODES: Final = tuple(_OLD_PROVINCES.split())

_TWELVE_DIGITS: Final = re.compile(r"[0-9]{12}")
_NINE_DIGITS: Final = re.compile(r"[0-9]{9}")
_CERTAIN_DATE: Final = re.compile(r"([0-9]{4})(-[0-9]{2}){0,2}")


def is_personal_id(text: str) -> bool:
    """Return whether the text has the form of a twelve-digit number."""
    return _TWELVE_DIGITS.fullmatch(text) is not None


def is_old_card_number(text: str) -> bool:
    """Return whether the text has the form of a CMND, the nine-digit number of before."""
    return _NINE_DIGITS.fullmatch(text) is not None


def disagreement_with_gender(personal_id: str, gender: str) -> bool:
    """Return whether the number certainly says the other sex; `X` and an empty answer contradict nothing."""
    return is_personal_id(personal_id) and gender == ("M" if _is_woman(personal_id) else "F")


def disagreement_with_birth(personal_id: str, dob: str) -> bool:
    """Return whether the number certainly says another year than this partial date; an estimate is never certain."""
    stated = birth_year(personal_id)
    certain = _CERTAIN_DATE.fullmatch(dob)
    return stated is not None and certain is not None and int(certain[1]) != stated


def province_is_known(personal_id: str) -> bool:
    """Return False only for a twelve-digit number whose first three digits are no province.

    A birth registered abroad (a country code, 1xx and above) is not in the list either: ask, do not refuse.
    """
    return not is_personal_id(personal_id) or personal_id[:3] in PROVINCE_CODES


def birth_year(personal_id: str) -> int | None:
    if not is_personal_id(personal_id):
        return None
    return 1900 + 100 * (int(personal_id[3]) // 2) + int(personal_id[4:6])


def gender(personal_id: str) -> Literal["M", "F"] | None:
    """Return the sex that the number says, `None` when it says none."""
    if not is_personal_id(personal_id):
        return None
    return "F" if _is_woman(personal_id) else "M"


def _is_woman(twelve_digits: str) -> bool:
    return int(twelve_digits[3]) % 2 == 1
