"""Write the lunar days of forms/holidays.toml, and the days made up for, through the PyPI package holidays (MIT).

    pip install holidays==0.109
    python build/make_holidays.py [FIRST_YEAR LAST_YEAR]     (2020 2035 when not said)

- All above the line `# --- made by build/make_holidays.py` is kept as it is: the days of every year, the days
  exchanged by order of the government. All below is made anew.
- Named are Tết, Giỗ Tổ, the second day of Quốc khánh, and the days made up for when a holiday falls on a weekend.
- The package reckons lunar days for Hà Nội: Tết of 2030 is 2 February here, 3 February in China.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Final

import holidays  # type: ignore[import-not-found]  # only needed here, not a dependency of the program

FILE: Final = Path(__file__).resolve().parent.parent / "forms" / "holidays.toml"
MARK: Final = "# --- made by build/make_holidays.py"
YEARLY: Final = frozenset({(1, 1), (4, 30), (5, 1), (9, 2), (11, 24)})
SATURDAY: Final = 5


def main() -> None:
    first, last = (int(year) for year in sys.argv[1:3]) if len(sys.argv) > 2 else (2020, 2035)
    by_hand, _, _ = FILE.read_text(encoding="utf-8").partition(MARK)
    days = sorted(_days(first, last).items())
    blocks = [f'\n[[day_off]]\ndate = {day}\nlabel = {{ vi = "{vi}", en = "{en}" }}\n' for day, (vi, en) in days]
    head = f"{MARK} {first} {last} through holidays {holidays.__version__}; do not edit below\n"
    FILE.write_text(f"{by_hand}{head}{''.join(blocks)}", encoding="utf-8", newline="\n")
    print(f"{len(days)} days off, {first} to {last}")


def _days(first: int, last: int) -> dict[dt.date, tuple[str, str]]:
    """Return the days off that are no weekends, not of every year, and not exchanged (those are edited by hand)."""
    years = range(first, last + 1)
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    found = {}
    for day, vi in vietnamese.items():
        is_yearly = (day.month, day.day) in YEARLY
        is_exchanged = "thay cho ngày" in vi
        if day.weekday() < SATURDAY and not is_yearly and not is_exchanged and day.year in years:
            found[day] = (_plain(vi), _plain(english[day]))
    return found


def _plain(name: str) -> str:
    """Leave out what the package thinks of the certainty of a day; `announced_to` in the file says it."""
    return (
        name.replace(", dự kiến", "").replace(" (dự kiến)", "").replace(", estimated", "").replace(" (estimated)", "")
    )


if __name__ == "__main__":
    main()
