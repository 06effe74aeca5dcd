"""The type of the world's randomness, as it is passed down from the roof: so many bytes, please."""

from collections.abc import Callable
from typing import TypeAlias

Random: TypeAlias = Callable[[int], bytes]
