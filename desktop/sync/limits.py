"""The bounds of everything that comes from outside (FORMAT.md section 5); nothing is read past them."""

from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLimits:
    """Bytes unless the name says otherwise; those of a single operation line are in desktop/domain/log/operation.py."""

    file: int = 64 * MIB
    header: int = 8192
    signature: int = 1024
    blobs: int = 64
    blob: int = 8 * MIB
    attachment: int = 8 * MIB - 4096  # what age adds to 8 MiB is less
    stream: int = 256 * MIB
    ratio: int = 100
    ratio_from: int = MIB
    window: int = 8 * MIB
    lines: int = 200_000
    ranges: int = 256
    excerpts: int = 1500
    verdicts: int = 50
    missing: int = 1000


BUNDLE_LIMITS: Final = BundleLimits()
