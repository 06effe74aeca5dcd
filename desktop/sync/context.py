"""The station that writes and receives: its registry and keys, and the moment it does so."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.crypto.keyring import StationKeys
from desktop.crypto.station_card import StationCard
from desktop.domain.definitions.model import Library
from desktop.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncContext:
    """`card` is our own, `epoch` our current one, `now` an aware UTC time, `app` the program's version."""

    database: Database
    library: Library
    card: StationCard
    keys: StationKeys = field(repr=False)
    epoch: str
    now: dt.datetime
    random: Callable[[int], bytes]
    app: str

    @property
    def station(self) -> str:
        return self.card.station

    @property
    def wall(self) -> int:
        """The station's clock in milliseconds."""
        return max(0, int(self.now.timestamp() * 1000))
