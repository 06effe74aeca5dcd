"""The cells of a guest declaration, as lodgings really write them, to stored values.

- A value that cannot be meant is refused, a doubtful one is taken with a note; nothing is guessed silently.
- Days are day/month/year. A month beyond 12 is the American order and refused: whoever wrote one such date may have
  written others that cannot be distinguished.
- A number where a day belongs is one that Excel made; it is taken, and reported.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.base.dates import VIETNAM, moment_text
from desktop.domain.names.names import fold
from desktop.intake.workbooks import Cell

VIETNAMESE: Final = "VNM"
UNKNOWN_NATIONALITY: Final = "XXX"


class Refusal(Exception):  # noqa: N818  the row is refused, the file is read on
    """A cell for which the row cannot be taken."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code = code
        self.column = column


@dataclass(slots=True)
class Doubts:
    """What is reported of a row that is taken: codes and the columns they are about."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def add(self, code: str, column: str) -> None:
        self.found.append((code, column))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, and the minute when the cell said one."""

    date: dt.date
    at: dt.datetime | None = None

    @property
    def moment(self) -> str | None:
        return None if self.at is None else moment_text(self.at)


def plain(cell: Cell) -> str:
    """Return a cell as text: NFC, one line, single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", str(cell)).split())


def day(cell: Cell, column: str, doubts: Doubts) -> Day | None:
    """Return the day of a cell, None when it is empty. Raises Refusal."""
    if isinstance(cell, dt.datetime):
        has_time = (cell.hour, cell.minute) != (0, 0)
        return _checked(cell.date(), cell.replace(tzinfo=VIETNAM) if has_time else None, column)
    if isinstance(cell, dt.date):
        return _checked(cell, None, column)
    text = plain(cell)
    if not text or _HINT.fullmatch(text):
        return None
    if _SERIAL.fullmatch(text):
        doubts.add("guest_date_from_number", column)
        return _checked(_EXCEL_DAY_0 + dt.timedelta(days=int(text)), None, column)
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        turned = _YEAR_FIRST.fullmatch(text)
        if turned is None:
            raise Refusal("guest_date_unreadable", column)
        year, month, number, hour, minute = turned.groups()
    else:
        number, month, year, hour, minute = found.groups()
        if int(month) > 12 >= int(number):
            raise Refusal("guest_date_month_first", column)
    try:
        date = dt.date(int(year), int(month), int(number))
        at = dt.datetime.combine(date, dt.time(int(hour), int(minute)), VIETNAM) if hour else None
    except ValueError:
        raise Refusal("guest_date_unreadable", column) from None
    return _checked(date, at, column)


def birth(cell: Cell, precision: Cell, column: str, doubts: Doubts, today: dt.date) -> str | None:
    """Return a date of birth in stored form, as exact as the file says; None when it is empty. Raises Refusal."""
    text = plain(cell)
    stated = _first_word(precision).upper()[:1]
    if _YEAR.fullmatch(text):
        stored = text
    elif match := _MONTH.fullmatch(text):
        if not 1 <= int(match[1]) <= 12:
            raise Refusal("guest_date_unreadable", column)
        stored = f"{match[2]}-{int(match[1]):02}"
    else:
        found = day(cell, column, doubts)
        if found is None:
            return None
        stored = found.date.isoformat()
        stored = stored[: _LENGTHS.get(stated, len(stored))]
    if stated == "D" and len(stored) < _WHOLE:
        doubts.add("guest_birth_not_exact", column)
    if stored > today.isoformat()[: len(stored)]:
        raise Refusal("guest_born_in_future", column)
    return stored


def gender(cell: Cell, column: str, doubts: Doubts) -> str | None:
    """Return M, F or X; None when the file does not say."""
    text = fold(_first_word(cell)) or fold(plain(cell))
    if text in _GENDERS:
        return _GENDERS[text]
    if text:
        doubts.add("guest_gender_unknown", column)
    return None


def nationality(cell: Cell, known: Collection[str], column: str, doubts: Doubts) -> str:
    """Return a code of the list of nationalities; a code that nobody knows is 'not known', and reported."""
    code = _first_word(cell).upper()
    code = _OTHER_CODES.get(code, code)
    if code in known:
        return code
    doubts.add("guest_nationality_unknown", column)
    return UNKNOWN_NATIONALITY


def document_number(cell: Cell, kind: str | None, column: str, doubts: Doubts) -> str | None:
    """Return a document number, zeros that Excel took from an identity card put back. Raises Refusal."""
    text = re.sub(r"[\s.\-/]", "", plain(cell)).upper()
    if not text:
        doubts.add("guest_document_missing", column)
        return None
    length = _DIGITS.get(kind or "")
    if length and text.isascii() and text.isdigit() and length - 2 <= len(text) < length:
        doubts.add("guest_zeros_put_back", column)
        text = text.zfill(length)
    if not _NUMBER.fullmatch(text):
        raise Refusal("guest_document_unreadable", column)
    if length and not (len(text) == length and text.isdigit()):
        doubts.add("guest_document_length", column)
    return text


def document_kind(cell: Cell) -> str | None:
    """Return a code of `guest_document`; the Ministry's number, or its words."""
    number = _first_word(cell)
    if number in _DOCUMENT_NUMBERS:
        return _DOCUMENT_NUMBERS[number]
    words = fold(plain(cell))
    for start, code in _DOCUMENT_WORDS.items():
        if start in words:
            return code
    return "KHAC" if words else None


def is_sample(cell: Cell) -> bool:
    """Return whether a cell bears the mark of a sample: [TEST], [EXAMPLE]."""
    return isinstance(cell, str) and _SAMPLE.search(cell) is not None


def is_hint(cell: Cell) -> bool:
    """Return whether a cell is a hint of the template, such as <dd/MM/yyyy>."""
    return isinstance(cell, str) and _HINT.fullmatch(cell.strip()) is not None


_EXCEL_DAY_0: Final = dt.date(1899, 12, 30)
_SERIAL: Final = re.compile(r"[1-9][0-9]{4}")  # 18 May 1927 to 13 October 2173
_TIME_OF_DAY: Final = r"(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?"
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})[/.\-](\d{{1,2}})[/.\-](\d{{4}}){_TIME_OF_DAY}")
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME_OF_DAY}")
_YEAR: Final = re.compile(r"(?:1[89]|2[01])\d{2}")
_MONTH: Final = re.compile(r"(\d{1,2})[/.\-]((?:1[89]|2[01])\d{2})")
_YEARS: Final = range(1850, 2200)
_LENGTHS: Final = {"Y": 4, "M": 7}
_WHOLE: Final = len("yyyy-mm-dd")
_GENDERS: Final = {
    **dict.fromkeys(("m", "nam", "male", "1"), "M"),
    **dict.fromkeys(("f", "nu", "female", "2"), "F"),
    **dict.fromkeys(("x", "khac", "other"), "X"),
}
_OTHER_CODES: Final = {"D": "DEU", "VN": "VNM", "RKX": "RKS", "XKX": "RKS"}
_DIGITS: Final = {"CCCD": 12, "CC": 12, "CMND": 9}
_NUMBER: Final = re.compile(r"[A-Z0-9]{5,12}")
_DOCUMENT_NUMBERS: Final = {"1": "CCCD", "2": "CMND", "3": "GPLX", "4": "HC", "8": "CC", "9": "KHAC"}
_DOCUMENT_WORDS: Final = {
    "can cuoc cong dan": "CCCD",
    "cccd": "CCCD",
    "cmnd": "CMND",
    "chung minh": "CMND",
    "can cuoc": "CC",
    "ho chieu": "HC",
    "passport": "HC",
    "lai xe": "GPLX",
}
_SAMPLE: Final = re.compile(r"\[\s*(?:TEST|EXAMPLE)\s*\]", re.IGNORECASE)
_HINT: Final = re.compile(r"<[^<>]*>")
_FIRST: Final = re.compile(r"^(.*?)\s+[-–—]\s+")


def _first_word(cell: Cell) -> str:
    """Return the code of a cell such as `RUS - Russia`, the whole of any other."""
    text = plain(cell)
    found = _FIRST.match(text)
    return found[1].strip() if found else text


def _checked(date: dt.date, at: dt.datetime | None, column: str) -> Day:
    if date.year not in _YEARS:
        raise Refusal("guest_date_unreadable", column)
    return Day(date=date, at=at)
