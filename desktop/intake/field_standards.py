"""The published field standards that exports are validated against, from resources/."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from desktop.domain.exports.standard import StandardField, read_standard

HTCDS: Final = "htcds_2.0"


def load_standards(resources: Path) -> Mapping[str, Mapping[str, StandardField]]:
    """Return each standard by its name, its fields by theirs."""
    return {HTCDS: read_standard((resources / "htcds" / "field_standards_2.0.csv").read_bytes())}
