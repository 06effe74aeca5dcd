"""What a form's names become here: ids, codes, labels in two languages, and how private a question is taken to be.

- The same form gives the same names: nothing is drawn, nothing is counted over imports.
- A form in one language, or in other languages, is shown in what it has; nothing is translated.
- A question is P4 when its name or label speaks of who somebody is or how to find him, else P3; never less.
"""

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Final

from desktop.domain.conditions.parser import RESERVED
from desktop.domain.definitions.companion_fields import is_companion
from desktop.domain.definitions.model import PROGRAM_NAMES
from desktop.domain.names.names import fold

LONGEST_ID: Final = 41
LONGEST_CODE: Final = 40
LONGEST_LABEL: Final = 300

_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_NOT_CODE: Final = re.compile(r"[^A-Za-z0-9_./-]+")
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_VIETNAMESE: Final = re.compile(r"\bvi\b|viet", re.IGNORECASE)
_ENGLISH: Final = re.compile(r"\ben\b|english|tieng anh", re.IGNORECASE)
_PERSONAL: Final = frozenset(
    "name names firstname lastname surname forename birth birthdate birthday dob phone phones mobile tel telephone "  # noqa: SIM905  one line
    "whatsapp zalo facebook email mail mailing address addresses street passport cccd cmnd nid identity contact "
    "contacts signature gps geopoint latitude longitude photo picture portrait guardian relative informant".split()
)
_PERSONAL_PHRASES: Final = (
    *("ho ten", "ho va ten", "ten day du", "ngay sinh", "nam sinh", "so dien thoai", "dien thoai", "dia chi", "so nha"),
    *("can cuoc", "ho chieu", "so dinh danh", "thu dien tu", "anh chan dung", "chu ky", "nguoi bao tin", "nguoi than"),
    *("id number", "id card", "national id", "identity card", "registration number", "case number", "home town"),
)


def id_of(name: str, taken: Container[str], *, prefix: str = "q") -> str:
    """Return an id for a name: its own letters, as far as an id may have them, and alone."""
    plain = _NOT_ID.sub("_", fold(name)).strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"{prefix}_{plain}".rstrip("_")
    if is_companion(f"{plain}_"):  # beside such a name the program keeps what is no question
        plain = f"{prefix}_{plain}"
    return _alone(plain, LONGEST_ID, lambda found: found in taken or found in RESERVED or found in PROGRAM_NAMES, "_")


def code_of(name: str, taken: Container[str]) -> str:
    """Return a code for the name of a choice; one that is too long keeps its beginning and ends in its digest."""
    plain = _NOT_CODE.sub("_", "".join(fold(part) if not part.isascii() else part for part in re.split(r"(\W)", name)))
    plain = plain.strip("_") or ("none" if not name else "code")
    if len(plain) > LONGEST_CODE:
        plain = f"{plain[: LONGEST_CODE - 7]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    return _alone(plain, LONGEST_CODE, lambda found: found in taken, "-")


def number_of(identity: str, taken: Container[str]) -> str:
    """Return the letters before the numbers of a register's records: its initials, else as many letters as are free."""
    words = [word for word in identity.upper().split("_") if word[:1].isalpha()]
    letters = re.sub(r"[^A-Z]", "", identity.upper()) or "X"
    initials = "".join(word[0] for word in words)[:6]
    for number in [*([initials] if len(initials) > 1 else []), *(letters[:length] for length in range(2, 7))]:
        if number and number not in taken:
            return number
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return next(
        found for first in alphabet for second in alphabet if (found := f"{letters[:3]}{first}{second}") not in taken
    )


class FormLanguages:
    """Which language of a form is taken for Vietnamese and which for English."""

    def __init__(self, languages: Iterable[str], default: str) -> None:
        self.all = tuple(dict.fromkeys(languages))
        self.vietnamese = _first(self.all, _is_vietnamese)
        self.english = _first(self.all, _is_english)
        self._order = tuple(dict.fromkeys([default, *self.all]))

    def label(self, texts: Mapping[str, str]) -> dict[str, str] | None:
        """Return a label in both languages, one for the other where there is one only; None when there is none."""
        rest = next((texts[name] for name in self._order if name in texts), next(iter(texts.values()), ""))
        vi = texts.get(self.vietnamese or "") or texts.get(self.english or "") or rest
        en = texts.get(self.english or "") or rest or vi
        return {"vi": vi or en, "en": en} if vi or en else None


def is_personal(*texts: str) -> bool:
    """Return whether a name or a label speaks of who somebody is or how to find him."""
    for text in texts:
        words = {fold(word) for word in _WORDS.findall(text)}
        if words & _PERSONAL:
            return True
        folded = f" {fold(re.sub(r'[_-]+', ' ', text))} "
        if any(f" {phrase} " in folded for phrase in _PERSONAL_PHRASES):
            return True
    return False


def _is_vietnamese(language: str) -> bool:
    return bool(_VIETNAMESE.search(fold(language)))


def _is_english(language: str) -> bool:
    return bool(_ENGLISH.search(fold(language)))


def _first(languages: Iterable[str], fits: Callable[[str], bool]) -> str | None:
    return next((language for language in languages if fits(language)), None)


def _alone(plain: str, longest: int, is_taken: Callable[[str], bool], mark: str) -> str:
    found, number = plain[:longest], 1
    while is_taken(found):
        number += 1
        tail = f"{mark}{number}"
        found = plain[: longest - len(tail)] + tail
    return found
