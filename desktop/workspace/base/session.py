"""An unlocked registry: what every use case is given as its first argument.

- It is owned by one thread; the window reaches it only through ui/base/registry_worker.py.
- `last_time` is the newest hybrid time this station has written or accepted; it only grows. `hub_time` is the last
  time of day the province stated, in milliseconds; 0 when it never did.
- `environment.now` is that of `clock`: the machine's, or what an officer said when that one is in doubt.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from desktop.crypto.keyring import StationKeys
from desktop.domain.deadlines.holidays import HolidayTable
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines
from desktop.domain.definitions.model import Library
from desktop.domain.documents.letterheads import LetterheadPattern
from desktop.domain.documents.model import DocumentDefinition
from desktop.domain.exports.model import ExportDefinition
from desktop.domain.log.operation import HybridTime
from desktop.domain.places.places import Places
from desktop.domain.reports.model import ReportDefinition
from desktop.storage.database import Database
from desktop.storage.station_lock import StationLock
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session_clock import SessionClock

StationKind = Literal["commune", "border", "province"]
VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """This installation. A province office has no commune."""

    id: str
    kind: StationKind
    province: str
    commune: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who unlocked the registry: a record of the register `officer`."""

    id: str
    name: str
    rank: str

    @property
    def full_title(self) -> str:
        return f"{self.rank} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """All that is read from forms/ and resources/ once; places, reports and exports are read when first asked for."""

    library: Library
    documents: Mapping[str, DocumentDefinition]
    letterheads: Mapping[str, LetterheadPattern]
    deadlines: Mapping[str, RegisterDeadlines]
    holidays: HolidayTable
    places: Callable[[], Places]
    reports: Callable[[], Mapping[str, ReportDefinition]]
    exports: Callable[[], Mapping[str, ExportDefinition]]


class KeyCopies(StrEnum):
    """How the two copies of the key slots were found at unlock."""

    SOUND = "sound"
    REPAIRED = "repaired"
    DAMAGED = "damaged"

    @property
    def code(self) -> str:
        """The code of what is said about it; empty when there is nothing to say."""
        return {KeyCopies.REPAIRED: "keyslots_repaired", KeyCopies.DAMAGED: "keyslots_not_repaired"}.get(self, "")


@dataclass(slots=True, kw_only=True)
class Session:
    """The open registry with its keys, its officer and the world around it."""

    folder: Path
    database: Database
    definitions: Definitions
    station: Station
    officer: Officer
    master_key: bytes = field(repr=False)
    keys: StationKeys = field(repr=False)
    epoch: str
    last_time: HybridTime
    hub_time: int
    environment: Environment
    clock: SessionClock
    lock: StationLock
    key_copies: KeyCopies = KeyCopies.SOUND
    thumbnails: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def library(self) -> Library:
        return self.definitions.library

    @property
    def places(self) -> Places:
        return self.definitions.places()

    def now(self) -> dt.datetime:
        """Return the time of day in Viet Nam: deadlines of the law and papers speak it."""
        return self.environment.now().astimezone(VIETNAM)

    def today(self) -> dt.date:
        return self.now().date()

    def close(self) -> None:
        """Lock: close the connection and let the keys go."""
        self.database.close()
        self.lock.release()
        self.thumbnails.clear()
        self.master_key = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
