"""A scanner's burst distinguished from a person's typing, while it comes: a state machine over keys, in their order.

- What is typed decides: `011185000123|` or `P<VNM` begins a scan, and it ends where its content ends. Time alone never
  makes a scan; it only says that a hand, which is slower than any scanner, typed the beginning.
- Until that is certain every key acts as usual; then the keys that were let through are to be taken back.
- A scan that stops short is said to be cut, and the rest of it, if it comes late, is taken too.
- Times are those of the keys themselves in milliseconds, 0 when not known: a window that was busy changes none of them.
"""

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from desktop.intake.scan_shapes import LONGEST_RUN, bar_of, head_length, is_tail, is_whole, is_worth_reading
from desktop.intake.scanner import LONGEST_SCAN

LINE_END: Final = "\n"
BACKSPACE: Final = "\b"
ESCAPE: Final = "\x1b"

STALL_MS: Final = 1500
"""A scanner that has sent nothing for so long has stopped."""

_PAUSE_MS: Final = 250
"""No scanner rests so long between two characters."""

_HAND_MS: Final = 90
"""A scanner takes less from character to character, over several; a hand more."""

_MOST_ENDS: Final = 2
_SEEN_OF_TAIL: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyVerdict:
    """What is to be done about a key."""

    takes: bool = False
    """The key belongs to a scan: it goes no further."""

    take_back: int = 0
    """This many characters that were let through before it belong to the scan, too."""

    scan: str | None = None
    """All that was scanned."""

    is_cut: bool = False
    """A scan came without its beginning or its end."""


class _State(Enum):
    OPEN = auto()
    TAKING = auto()
    ENDED = auto()  # line ends may follow
    ENDLESS = auto()  # so may parts that a card has no more of


class ScanBurst:
    """Fed with every key; `press` answers at once, `stall` when nothing has come for `STALL_MS`."""

    def __init__(self) -> None:
        self._state = _State.OPEN
        self._run = ""
        self._times: deque[int] = deque(maxlen=LONGEST_RUN)
        self._fresh = 0
        self._suspect = 0
        self._taken = ""
        self._bar = ""
        self._ends = 0
        self._is_tail = False
        self._last = 0
        self._cut_at = 0

    @property
    def is_taking(self) -> bool:
        """Whether a scan is under way."""
        return self._state is _State.TAKING

    def forget(self) -> None:
        """Something else was done: the cursor moved, another window came. A scan under way goes on."""
        if self._state is not _State.TAKING:
            self._reset()

    def press(self, sign: str, at: int = 0) -> KeyVerdict:
        """Take one character, LINE_END, BACKSPACE, ESCAPE, or the empty text for any other key."""
        rested = at - self._last if at and self._last else 0
        self._last = at or self._last
        if self._state is _State.TAKING:
            if rested <= STALL_MS:
                return self._take(sign)
            stopped = self.stall()
            self._cut_at = 0
            after = self._open(sign, at)
            return replace(stopped, takes=after.takes, take_back=after.take_back)
        if self._state is not _State.OPEN:
            if rested <= _PAUSE_MS and self._belongs(sign):
                return KeyVerdict(takes=True)
            self._reset()
        if self._cut_at and at and rested <= _PAUSE_MS:
            return KeyVerdict(takes=True)
        self._cut_at = 0
        return self._open(sign, at, rested)

    def stall(self) -> KeyVerdict:
        """Nothing has come for a while: end a scan that is under way."""
        if self._state is not _State.TAKING:
            return KeyVerdict()
        text, is_tail = self._taken, self._is_tail
        self._reset()
        self._cut_at = self._last
        if not is_tail and is_worth_reading(text):
            return KeyVerdict(scan=text)
        return KeyVerdict(is_cut=True)

    def _open(self, sign: str, at: int, rested: int = 0) -> KeyVerdict:
        if sign == BACKSPACE and self._run:
            self._run = self._run[:-1]
            self._times.pop()
            self._suspect = max(0, self._suspect - 1)
            self._fresh = max(0, self._fresh - 1)
            return KeyVerdict()
        if len(sign) != 1 or not sign.isprintable():
            self._reset()
            return KeyVerdict()
        self._run = (self._run + sign)[-LONGEST_RUN:]
        self._times.append(at)
        self._suspect = min(self._suspect + 1, LONGEST_RUN) if self._suspect else 0
        self._fresh = 1 if rested > _PAUSE_MS else self._fresh + 1
        length = head_length(self._run[-self._fresh :])
        if length and self._is_hasty(length):
            return self._begin(length)
        if not self._suspect:
            self._suspect = length or head_length(self._run)
        if is_tail(self._run) and self._is_hasty(min(len(self._run), _SEEN_OF_TAIL)):
            self._is_tail = True
            return self._begin(self._tail_length())
        return KeyVerdict()

    def _begin(self, length: int) -> KeyVerdict:
        self._state = _State.TAKING
        self._taken = self._run[-length:]
        self._run = ""
        self._times.clear()
        return KeyVerdict(takes=True, take_back=length - 1)

    def _take(self, sign: str) -> KeyVerdict:
        if sign == ESCAPE:
            self._reset()
            return KeyVerdict(takes=True)
        bar = bar_of(self._taken)
        if sign == BACKSPACE:
            self._taken = self._taken[:-1] or self._taken
        else:
            self._taken += LINE_END if sign == " " and not bar else sign
        text, is_tail = self._taken, self._is_tail
        is_ended = is_whole(text) or (is_tail and text.endswith(LINE_END))
        if not is_ended and len(text) <= LONGEST_SCAN:
            return KeyVerdict(takes=True)
        self._reset()
        self._state, self._bar, self._ends = _State.ENDED, bar, int(text.endswith(LINE_END))
        return KeyVerdict(takes=True, is_cut=True) if is_tail else KeyVerdict(takes=True, scan=text)

    def _belongs(self, sign: str) -> bool:
        """Return whether a key after the end is still the scanner's: a line end, or more parts than a card has."""
        if sign == LINE_END and self._ends < _MOST_ENDS:
            self._state = _State.ENDED
            self._ends += 1
            return True
        if self._state is _State.ENDED and not self._ends and sign and sign == self._bar:
            self._state = _State.ENDLESS
        return self._state is _State.ENDLESS and sign != ESCAPE

    def _is_hasty(self, length: int) -> bool:
        """Return whether the last characters came faster than a person types; without times, yes."""
        times = list(self._times)[-length:]
        gaps = [after - before for before, after in pairwise(times) if before and after]
        return not gaps or (max(gaps) <= _PAUSE_MS and sum(gaps) <= _HAND_MS * len(gaps))

    def _tail_length(self) -> int:
        """Return how much of the run came with the tail: from where a scan seemed to begin, or since a hand rested."""
        if self._suspect:
            return self._suspect
        times = list(self._times)
        for length in range(1, len(times)):
            before, after = times[-length - 1], times[-length]
            if before and after and after - before > _PAUSE_MS:
                return length
        return len(self._run)

    def _reset(self) -> None:
        self._state = _State.OPEN
        self._run = self._taken = self._bar = ""
        self._times.clear()
        self._fresh = self._suspect = self._ends = 0
        self._is_tail = False
