"""What a station may be sent of other stations' operations: the records it wrote on, and those they link to."""

from collections.abc import Iterator

from desktop.storage.database import Database


def records_of(db: Database, station: str) -> Iterator[tuple[str, int, bool]]:
    """Yield each record the station wrote on, the arrival of its first operation, and whether others wrote on it."""
    rows = db.iterate_rows(
        "SELECT record, min(CASE WHEN station = ?1 THEN arrival END), max(station <> ?1) FROM operations"
        " JOIN epochs USING (epoch) WHERE record IN"
        " (SELECT record FROM operations JOIN epochs USING (epoch) WHERE station = ?1) GROUP BY record",
        (station,),
    )
    return ((record, arrival, bool(is_shared)) for record, arrival, is_shared in rows)


def link_targets(db: Database, station: str) -> Iterator[str]:
    """Yield each record that is linked to by a record the station wrote on."""
    rows = db.iterate_rows(
        "SELECT DISTINCT target FROM links JOIN record_index ON number = source WHERE record IN"
        " (SELECT record FROM operations JOIN epochs USING (epoch) WHERE station = ?)",
        (station,),
    )
    return (target for (target,) in rows)
