"""How much work an act is, told by the processor and not by the clock: a machine shared with others changes little."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail when this thread works longer than that; a limit many times the usual figure, which only a blunder meets."""
    begun = time.thread_time()
    yield
    worked = time.thread_time() - begun
    assert worked < seconds, f"{worked:.3f} s of work, at most {seconds} s"
