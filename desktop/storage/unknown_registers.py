"""Records of registers that no definition here knows: their operations are kept, without a row of their own."""

from desktop.storage.database import Database


def records_of(db: Database, register: str) -> tuple[str, ...]:
    """Return the records of a register by its operations alone, the oldest first."""
    rows = db.query_rows(
        "SELECT record FROM operations WHERE register = ? GROUP BY record ORDER BY min(arrival)", (register,)
    )
    return tuple(row[0] for row in rows)
