"""Dates as an official document writes them: 05/02/2026, or ngày 05 tháng 02 năm 2026.

- Reads a date as it is stored (`2026-02-05T08:30+07:00`, `2026-02~`) or as the screen shows it (`08:30 05/02/2026`).
- NĐ 30/2020 Annex I, II.4b: days under 10 and the months 1 and 2 have a leading zero, other months have none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_STORED: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})\S*?)?(?P<estimated>~?)"
)
_SHOWN: Final = re.compile(
    r"(?P<estimated>(?:khoảng |~)?)(?:(?P<hour>\d{1,2}):(?P<minute>\d{2}),? )?"
    r"(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})"
    r"(?:,? (?P<late_hour>\d{1,2}):(?P<late_minute>\d{2}))?~?"
)

_MOST: Final = {"month": 12, "day": 31, "hour": 23, "minute": 59, "late_hour": 23, "late_minute": 59}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The parts of a date as they are written; an unknown part is empty."""

    year: str
    month: str
    day: str
    hour: str
    minute: str
    is_estimated: bool

    @classmethod
    def read(cls, text: str) -> "DateWords | None":
        """Return the parts of a date; None when the text is no date."""
        found = _STORED.fullmatch(text) or _SHOWN.fullmatch(text)
        if found is None:
            return None
        parts = {name: part or "" for name, part in found.groupdict().items()}
        if not _is_possible(parts):
            return None
        month = parts["month"].lstrip("0")
        hour = parts["hour"] or parts.get("late_hour", "")
        return cls(
            year=parts["year"],
            month=month.zfill(2) if month in {"1", "2"} else month,
            day=parts["day"] and parts["day"].zfill(2),
            hour=hour and hour.zfill(2),
            minute=parts["minute"] or parts.get("late_minute", ""),
            is_estimated=bool(parts["estimated"]) or text.endswith("~"),
        )

    def short(self) -> str:
        """Return the date in figures, with the time when there is one; only what is known."""
        month = self.month.zfill(2) if self.month else ""
        day = "/".join(filter(None, [self.day, month, self.year]))
        time = f" {self.hour}:{self.minute}" if self.hour else ""
        return f"{'khoảng ' if self.is_estimated else ''}{day}{time}"

    def long(self) -> str:
        """Return the day in words; an unknown day or month is left out, a time is not printed."""
        day = f"ngày {self.day} " if self.day else ""
        month = f"tháng {self.month} " if self.month else ""
        return f"{'khoảng ' if self.is_estimated else ''}{day}{month}năm {self.year}"


def _is_possible(parts: Mapping[str, str]) -> bool:
    least = {"month": 1, "day": 1}
    return all(not parts.get(name) or least.get(name, 0) <= int(parts[name]) <= most for name, most in _MOST.items())
