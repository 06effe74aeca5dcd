"""Reading the administrative units that come with the program."""

import json
from pathlib import Path

from desktop.domain.places.places import Places


def load_places(resources_dir: Path) -> Places:
    """Return all units; one reading takes some tens of milliseconds, so keep what it returns."""
    units, old_units = (
        json.loads((resources_dir / "units" / name).read_text(encoding="utf-8"))
        for name in ("units.json", "old_units.json")
    )
    return Places.from_json(units, old_units)
