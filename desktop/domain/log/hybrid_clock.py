"""The hybrid clock that orders what is shown; it decides nothing (security.md R13).

- A station's times only grow, and are never behind its own wall clock.
- A time seen from elsewhere more than a day ahead of everything believable here does not drag the own clock along.
- A wall clock behind what this station has already seen is suspect; work goes on, the operation is marked.
"""

from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import HybridTime

FURTHEST_AHEAD: Final = 24 * 60 * 60 * 1000
LARGEST_COUNT: Final = 0xFFFF
BEGINNING: Final = HybridTime(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advanced:
    """The own clock's next time; `is_ahead`: the seen time was not believed; `is_behind`: our wall clock is suspect."""

    time: HybridTime
    is_ahead: bool
    is_behind: bool


def advance(own: HybridTime, wall: int, seen: HybridTime | None = None, hub: int = 0) -> Advanced:
    """Return a time after `own`, not before `wall`, and after `seen` when that can be believed.

    `wall` is this station's clock in milliseconds; `hub` the last time the province stated, 0 when none.
    """
    is_ahead = seen is not None and is_too_far_ahead(seen, wall, hub)
    known = own if seen is None or is_ahead else max(own, seen)
    return Advanced(time=_after(known, wall), is_ahead=is_ahead, is_behind=wall < max(own.milliseconds, hub))


def is_too_far_ahead(seen: HybridTime, wall: int, hub: int = 0) -> bool:
    return seen.milliseconds > max(wall, hub) + FURTHEST_AHEAD


def _after(known: HybridTime, wall: int) -> HybridTime:
    if wall > known.milliseconds:
        return HybridTime(wall, 0)
    if known.count < LARGEST_COUNT:
        return HybridTime(known.milliseconds, known.count + 1)
    return HybridTime(known.milliseconds + 1, 0)
