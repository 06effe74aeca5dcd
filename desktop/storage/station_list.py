"""The rows of the trust store: every station card that came here, and what people decided about it.

- A card comes in as pending; only an officer's decision makes it trusted, and revoking is for ever.
- A revoked station's operations are good up to the last operation noted here (RULES.md 3).
- The card's text is kept as it came; crypto/station_card.py verifies it.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.log.operation import OperationId
from desktop.errors import RegistryError
from desktop.storage.database import Database, Row


class StationStatus(StrEnum):
    """What is decided about a station."""

    PENDING = "pending"
    TRUSTED = "trusted"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStation:
    """A station as it is in the trust store; `last` is the last operation accepted of a revoked one."""

    station: str
    card: str
    fingerprint: str
    status: StationStatus
    trusted_by: str | None
    trusted_at: int | None
    last: OperationId | None


def add(db: Database, station: str, card: str, fingerprint: str) -> ListedStation:
    """Enter a card as pending; the same card again changes nothing.

    Raises:
        RegistryError: station_known, when the station already has another card.
    """
    known = get(db, station)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise RegistryError("station_known", station=station)
        return known
    db.execute(
        "INSERT INTO stations (station, card, fingerprint, status) VALUES (?, ?, ?, ?)",
        (station, card, fingerprint, StationStatus.PENDING.value),
    )
    return _listed((station, card, fingerprint, StationStatus.PENDING, None, None, None, None))


def trust(db: Database, station: str, *, officer: str, time_ms: int) -> None:
    """Note that an officer compared the fingerprint and trusts the station.

    Raises:
        RegistryError: station_unknown, station_revoked.
    """
    known = get(db, station)
    if known is None:
        raise RegistryError("station_unknown", station=station)
    if known.status is StationStatus.REVOKED:
        raise RegistryError("station_revoked", station=station)
    db.execute(
        "UPDATE stations SET status = 'trusted', trusted_by = ?, trusted_at = ? WHERE station = ?",
        (officer, time_ms, station),
    )


def revoke(db: Database, station: str, last: OperationId | None) -> None:
    """Trust a station no longer; `last` is the last of its operations that counts.

    Raises:
        RegistryError: station_unknown.
    """
    if get(db, station) is None:
        raise RegistryError("station_unknown", station=station)
    db.execute(
        "UPDATE stations SET status = 'revoked', last_epoch = ?, last_counter = ? WHERE station = ?",
        (last.epoch if last else None, last.counter if last else None, station),
    )


def get(db: Database, station: str) -> ListedStation | None:
    row = db.query_row(f"{_SELECT} WHERE station = ?", (station,))
    return None if row is None else _listed(row)


def stations(db: Database) -> tuple[ListedStation, ...]:
    return tuple(_listed(row) for row in db.query_rows(f"{_SELECT} ORDER BY station"))


_SELECT = "SELECT station, card, fingerprint, status, trusted_by, trusted_at, last_epoch, last_counter FROM stations"


def _listed(row: Row) -> ListedStation:
    station, card, fingerprint, status, trusted_by, trusted_at, epoch, counter = row
    return ListedStation(
        station=station,
        card=card,
        fingerprint=fingerprint,
        status=StationStatus(status),
        trusted_by=trusted_by,
        trusted_at=trusted_at,
        last=None if epoch is None else OperationId(epoch, counter),
    )
