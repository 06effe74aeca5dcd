"""What one guess at a passphrase costs: the parameters of Argon2id (RFC 9106).

- The floor is RFC 9106's second recommended option; nothing cheaper is ever written, save by a test that says so.
- A new registry measures its machine and raises the cost until unlocking takes about the target.
- What a file asks for is capped before any of it is spent: a hostile file must not hang or exhaust the machine.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.crypto.passphrases import normalised

TARGET_SECONDS: Final = 0.8
LARGEST_MEMORY_KIB: Final = 1024 * 1024
MOST_ITERATIONS: Final = 20
MOST_LANES: Final = 16
LARGEST_CALIBRATED_KIB: Final = 256 * 1024  # laptops with 4 GB also run the rest of the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Params:
    """Memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    iterations: int
    lanes: int
    is_for_tests: bool = field(default=False, compare=False)

    FLOOR: ClassVar["Argon2Params"]

    @classmethod
    def for_tests(cls) -> "Argon2Params":
        """Return a cost that protects nothing; only tests may pass it."""
        return cls(memory_kib=32, iterations=1, lanes=1, is_for_tests=True)

    @classmethod
    def calibrated(cls, clock: Callable[[], float], target_seconds: float = TARGET_SECONDS) -> "Argon2Params":
        """Return the cost that takes about the target on this machine, never below the floor.

        Measured twice: the first pass also pays for fetching the memory, so that passes seem dearer than they are.
        """
        first = min(_seconds(cls.FLOOR, clock), _seconds(cls.FLOOR, clock))
        guess = cls.FLOOR.raised(target_seconds / first)
        return guess.raised(target_seconds / _seconds(guess, clock))

    def raised(self, factor: float) -> "Argon2Params":
        """Return about this many times the cost: more passes and, past their cap, twice the memory."""
        memory, passes = self.memory_kib, self.iterations * factor
        while passes > MOST_ITERATIONS and memory < LARGEST_CALIBRATED_KIB:
            memory, passes = memory * 2, passes / 2
        iterations = min(max(round(passes), Argon2Params.FLOOR.iterations), MOST_ITERATIONS)
        return Argon2Params(memory_kib=memory, iterations=iterations, lanes=self.lanes)

    @property
    def is_bearable(self) -> bool:
        """Whether a file may ask for this."""
        return (
            1 <= self.lanes <= MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= LARGEST_MEMORY_KIB
            and 1 <= self.iterations <= MOST_ITERATIONS
        )

    @property
    def is_enough(self) -> bool:
        """Whether a new slot may be written with this."""
        floor = Argon2Params.FLOOR
        return self.is_bearable and (
            self.is_for_tests or (self.memory_kib >= floor.memory_kib and self.iterations >= floor.iterations)
        )

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """Return the 32 bytes that a passphrase gives with this salt."""
        derivation = Argon2id(
            salt=salt, length=32, iterations=self.iterations, lanes=self.lanes, memory_cost=self.memory_kib
        )
        return derivation.derive(normalised(passphrase).encode())


Argon2Params.FLOOR = Argon2Params(memory_kib=64 * 1024, iterations=3, lanes=4)


def _seconds(cost: Argon2Params, clock: Callable[[], float]) -> float:
    start = clock()
    cost.derive("calibration", bytes(16))
    return max(clock() - start, 0.001)  # a clock that does not advance must not ask for endless work
