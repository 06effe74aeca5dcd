"""The clock of an open registry, which may not be that of the machine: batteries die, and people set clocks.

- `seen` is the last moment this station's own clock was believed, in milliseconds; what others wrote never moves it, so
  no other clock can put this one in doubt.
- A clock behind it, or more than 45 days ahead of it (a post may be shut for weeks), is in doubt until an officer says
  which day it is; then the session goes by that day, at the machine's time of day.
- A clock that jumps while the registry is open is left: the session goes on by the time that passes (`steady`).
- While it is in doubt, whatever is saved is marked; work goes on.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from desktop.domain.base.dates import VIETNAM

Doubt = Literal["behind", "ahead", "jumped"]
FURTHEST_AHEAD: Final = dt.timedelta(days=45)
TOLERANCE: Final = dt.timedelta(minutes=10)
FIRST_DAY: Final = dt.date(2025, 7, 1)
"""The communes this program knows began on this day; no clock before it is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarning:
    """What is to be said of a clock in doubt: a code with a sentence, and the days in it as people write them."""

    code: str
    context: dict[str, str | int]
    is_asked: bool


class SessionClock:
    """`now` is asked in place of the machine's clock; `doubt` says what is wrong with that one."""

    def __init__(self, now: Callable[[], dt.datetime], steady: Callable[[], float] | None, seen: int) -> None:
        self._now = now
        self._steady = steady
        self._began, self._began_steady = now(), steady() if steady else 0.0
        self._offset = dt.timedelta(0)
        self.seen = dt.datetime.fromtimestamp(seen / 1000, dt.UTC) if seen else None
        self.given: dt.date | None = None
        self.doubt: Doubt | None = self._doubt_of(self._began)

    @property
    def machine_day(self) -> dt.date:
        """The day the machine's clock shows in Viet Nam."""
        return self._now().astimezone(VIETNAM).date()

    def now(self) -> dt.datetime:
        return self._passed() + self._offset

    def warning(self) -> ClockWarning | None:
        """Return what is to be said now; `is_asked` while no officer has said which day it is."""
        self._passed()
        if self.doubt is None:
            return None
        day = f"{self.machine_day:%d/%m/%Y}"
        if self.doubt == "jumped":
            return ClockWarning(code="clock_doubt_jumped", context={}, is_asked=False)
        if self.given is not None:
            given = f"{self.given:%d/%m/%Y}"
            return ClockWarning(code="clock_doubt_given", context={"day": day, "given": given}, is_asked=False)
        seen = self.seen.astimezone(VIETNAM).date() if self.seen else FIRST_DAY
        return ClockWarning(
            code="clock_doubt_behind" if self.doubt == "behind" else "clock_doubt_ahead",
            context={"day": day, "seen": f"{seen:%d/%m/%Y}"},
            is_asked=True,
        )

    def give_day(self, day: dt.date) -> None:
        """Go by the day an officer says it is; when the machine shows the same one, it is believed again."""
        self._offset = day - self._passed().astimezone(VIETNAM).date()
        self.given = day
        if not self._offset and self.doubt != "jumped":
            self.doubt = None

    def _passed(self) -> dt.datetime:
        """Return the machine's time, or that of the beginning and what has passed since when the two part."""
        if self._steady is None:
            return self._now()
        steady = self._began + dt.timedelta(seconds=self._steady() - self._began_steady)
        if self.doubt != "jumped" and abs(self._now() - steady) > TOLERANCE:
            self.doubt = "jumped"
        return steady if self.doubt == "jumped" else self._now()

    def _doubt_of(self, now: dt.datetime) -> Doubt | None:
        if now.astimezone(VIETNAM).date() < FIRST_DAY or (self.seen is not None and now < self.seen - TOLERANCE):
            return "behind"
        return "ahead" if self.seen is not None and now > self.seen + FURTHEST_AHEAD else None
