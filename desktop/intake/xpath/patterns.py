"""The patterns of a form (`regex`) that our conditions can say: a number of digits and nothing else."""

import re
from typing import Final

from desktop.intake.xpath.unsupported import Unsupported, Why

MOST: Final = 1_000
_DIGITS: Final = re.compile(
    r"\^\(?(?:\[0-9\]|\\d)(?:(?P<some>\+)|\{(?P<least>[0-9]{1,4})(?P<comma>,(?P<most>[0-9]{1,4})?)?\})\)?\$"
)


def digits_wanted(pattern: str) -> tuple[int, int | None]:
    """Return the fewest and the most digits of `^[0-9]{n}$` and its kin. Raises Unsupported for any other pattern."""
    found = _DIGITS.fullmatch(pattern)
    if found is None or pattern.count("(") != pattern.count(")"):
        raise Unsupported(Why.PATTERN)
    if found["some"]:
        return 1, None
    least = int(found["least"])
    most = int(found["most"]) if found["most"] else (None if found["comma"] else least)
    if least < 1 or least > MOST or (most is not None and not least <= most <= MOST):
        raise Unsupported(Why.PATTERN)
    return least, most
