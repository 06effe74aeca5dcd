"""What the use cases take from the world: the clock, randomness, the cost of a key. Tests give their own."""

import datetime as dt
import secrets
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from desktop.crypto.argon2_params import Argon2Params


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """`now` is an aware UTC time, `random` gives that many bytes, `cost` None means: as slow as this machine bears.

    `steady` counts the seconds that pass, asleep or awake, whatever anybody does to the clock; None: nobody counts.
    """

    now: Callable[[], dt.datetime]
    random: Callable[[int], bytes]
    cost: Argon2Params | None = None
    steady: Callable[[], float] | None = None

    def new_record_id(self) -> str:
        """Return a UUID of version 7 (RFC 9562 section 5.7): sorted by birth, never reused."""
        milliseconds = int(self.now().timestamp() * 1000) & (2**48 - 1)
        noise = int.from_bytes(self.random(10), "big")
        number = milliseconds << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & (2**62 - 1)
        return str(uuid.UUID(int=number))

    def wall_milliseconds(self) -> int:
        return max(0, int(self.now().timestamp() * 1000))


def real_environment() -> Environment:
    return Environment(now=lambda: dt.datetime.now(dt.UTC), random=secrets.token_bytes, steady=_seconds)


def _seconds() -> float:
    """Linux stops its monotonic clock while the machine sleeps; Windows does not."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()
