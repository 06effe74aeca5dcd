"""Settings of the station, as JSON values by name; what they mean is the business of whoever writes them."""

import json
from collections.abc import Mapping

from desktop.domain.log.operation import Json, canonical
from desktop.storage.database import Database


def get(db: Database, name: str, default: Json = None) -> Json:
    row = db.query_row("SELECT value FROM settings WHERE name = ?", (name,))
    value: Json = json.loads(row[0]) if row else default
    return value


def put(db: Database, name: str, value: Json) -> None:
    """Store a value; None removes the setting."""
    if value is None:
        db.execute("DELETE FROM settings WHERE name = ?", (name,))
        return
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, canonical(value).decode()),
    )


def all_settings(db: Database) -> Mapping[str, Json]:
    return {name: json.loads(value) for name, value in db.query_rows("SELECT name, value FROM settings ORDER BY name")}
