"""The type of a source of randomness: given n, it returns n random bytes."""

from collections.abc import Callable
from typing import TypeAlias

Random: TypeAlias = Callable[[int], bytes]
