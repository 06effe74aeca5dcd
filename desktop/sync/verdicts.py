"""What receiving a bundle ends in, as shown to the officer and kept in the exchange log (FORMAT.md section 7)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.log.hybrid_clock import BEGINNING
from desktop.domain.log.operation import HybridTime
from desktop.sync.signed_header import BundleKind


class Verdict(StrEnum):
    """HOLD and REJECT are raised (BundleHeld, BundleError); the others are returned."""

    ACCEPTED = "ACCEPTED"
    DUPLICATE = "DUPLICATE"
    GAP = "GAP"
    FORK = "FORK"
    HOLD = "HOLD"
    REJECT = "REJECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeResult:
    """What became of one epoch's range; `known` is the last counter held here before it."""

    epoch: str
    after: int
    to: int
    verdict: Verdict
    known: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleOutcome:
    """What receiving a bundle did.

    `new` and `changed` are records, `conflicts` those of them with a conflict now. `unknown` names the registers and
    fields that a newer definition brought and that are kept unshown. `warnings` are codes that change nothing.
    `time` is the highest hybrid time now seen and believed here, `hub_time` the last time the province stated; both
    are in the settings as well.
    """

    verdict: Verdict
    station: str
    kind: BundleKind
    digest: str
    file_name: str
    code: str = ""
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    context: dict[str, str | int] = field(default_factory=dict)
    ranges: tuple[RangeResult, ...] = ()
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: int = 0
    time: HybridTime = BEGINNING
    hub_time: int = 0


GRAVITY: Final = (Verdict.DUPLICATE, Verdict.ACCEPTED, Verdict.GAP, Verdict.FORK)


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return a bundle's verdict from those of its ranges; without any range nothing was new."""
    return max(verdicts, key=GRAVITY.index, default=Verdict.DUPLICATE)
