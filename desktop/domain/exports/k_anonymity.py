"""Hiding each case among others: k-anonymity by giving up details, then by leaving out.

- Two cases are alike when they say the same under every name that an outsider may know. A case leaves only among at
  least `k` that are alike in what is written.
- Only the cases that are too rare give up a detail, step by step; those that are many enough stay as they are. A case
  that gave up details may join others, which makes them only more.
- It does not hide what alike cases have in common, nor who knows more of a case than the names counted here, nor what
  two exports of different days reveal together: so pseudonyms are new at each export, and the export log says which
  left.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalised(Generic[Case]):
    """The cases that may leave, how many of them gave up a detail, and how many are left out."""

    cases: tuple[Case, ...]
    generalised: int
    left_out: int


def generalise(
    cases: Sequence[Case],
    k: int,
    looks: Callable[[Case], Hashable],
    steps: Sequence[Callable[[Case], Case]],
) -> Generalised[Case]:
    """Return the cases hidden among each other; `looks` returns what an outsider may know of one."""
    current = list(cases)
    touched: set[int] = set()
    for step in steps:
        rare = _rare(current, k, looks)
        if not rare:
            break
        for place in rare:
            current[place] = step(current[place])
        touched |= rare
    rare = _rare(current, k, looks)
    kept = tuple(case for place, case in enumerate(current) if place not in rare)
    return Generalised(cases=kept, generalised=len(touched - rare), left_out=len(rare))


def _rare(cases: Sequence[Case], k: int, looks: Callable[[Case], Hashable]) -> set[int]:
    seen = [looks(case) for case in cases]
    count = Counter(seen)
    return {place for place, look in enumerate(seen) if count[look] < k}
