"""The station's private keys as crypto/keyring.py has wrapped them; opaque bytes by name here."""

from desktop.storage.database import Database


def get(db: Database, name: str) -> bytes | None:
    row = db.query_row("SELECT wrapped FROM keyring WHERE name = ?", (name,))
    return row[0] if row else None


def put(db: Database, name: str, wrapped: bytes) -> None:
    """Store a key, or put a newly wrapped one in its place."""
    db.execute(
        "INSERT INTO keyring (name, wrapped) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped",
        (name, wrapped),
    )


def names(db: Database) -> tuple[str, ...]:
    return tuple(row[0] for row in db.query_rows("SELECT name FROM keyring ORDER BY name"))
