"""Which operations a province sends to a station: those on records it has written on, and on what these link to.

- Nobody is sent more: a person another station wrote on is passed on when a shared record names that person.
- What arrived up to the mark of the answer the station last confirmed was sent then and is not sent again; a record it
  writes on, or that is linked, for the first time after the mark is sent whole.
- What the station holds of its own log is left out; what a restore made it lose is not.
- The log is read in the order of arrival and cut at a budget; the next answer goes on from there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import OperationId
from desktop.storage import change_log, excerpts
from desktop.storage.change_log import LogEntry
from desktop.storage.database import Database
from desktop.sync.limits import MIB
from desktop.sync.manifest import Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Where reading the log stops; well below the limits of a bundle, since linked records come on top."""

    lines: int = 100_000
    size: int = 100 * MIB
    epochs: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedExcerpts:
    """The excerpts of an answer and their lines in order; `mark` is the last arrival looked at."""

    excerpts: tuple[Excerpt, ...]
    lines: tuple[bytes, ...]
    mark: int


def select_excerpts(
    db: Database, station: str, *, mark: int, held: Mapping[str, int], budget: Budget
) -> SelectedExcerpts:
    """Return what a station is to be sent; `held` says how far it holds each epoch of its own log."""
    return _Choice(db, station, held).after(mark, budget)


class _Choice:
    """One answer's excerpts in the making."""

    def __init__(self, db: Database, station: str, held: Mapping[str, int]) -> None:
        self._db = db
        self._station = station
        self._held = held
        self._owners = {epoch.epoch: epoch.station for epoch in change_log.epochs(db)}
        self._first_arrivals: dict[str, int] = {}
        self._shared: set[str] = set()
        for record, arrival, is_shared in excerpts.records_of(db, station):
            self._first_arrivals[record] = arrival
            if is_shared:
                self._shared.add(record)
        self._linked = set(excerpts.link_targets(db, station)) - self._first_arrivals.keys()
        self._lines: dict[OperationId, bytes] = {}
        self._named: set[str] = set()
        self._epochs: set[str] = set()
        self._size = 0

    def after(self, mark: int, budget: Budget) -> SelectedExcerpts:
        for entry in change_log.arrived_after(self._db, mark):
            self._look_at(entry)
            mark = entry.arrival
            if len(self._lines) >= budget.lines or self._size >= budget.size or len(self._epochs) >= budget.epochs:
                break
        self._select_whole(self._named)
        self._select_whole({author for line in self._lines.values() for author in _texts(_AUTHOR, line)})
        return self._chosen(mark)

    def _look_at(self, entry: LogEntry) -> None:
        first = self._first_arrivals.get(entry.record)
        if first is None:
            if entry.record in self._linked:
                self._add(entry)
        elif entry.arrival >= first:
            self._named |= _texts(_RECORD, entry.line)
            if entry.arrival == first and entry.record in self._shared:
                for earlier in change_log.lines_of(self._db, entry.record):
                    self._named |= _texts(_RECORD, earlier.line)
                    self._add(earlier)
            else:
                self._add(entry)

    def _select_whole(self, records: Iterable[str]) -> None:
        for record in sorted(set(records) - self._first_arrivals.keys()):
            for entry in change_log.lines_of(self._db, record):
                self._add(entry)

    def _add(self, entry: LogEntry) -> None:
        is_own = self._owners[entry.id.epoch] == self._station
        if is_own and entry.id.counter <= self._held.get(entry.id.epoch, 0):
            return
        if entry.id not in self._lines:
            self._lines[entry.id] = entry.line
            self._epochs.add(entry.id.epoch)
            self._size += len(entry.line)

    def _chosen(self, mark: int) -> SelectedExcerpts:
        counts: dict[tuple[str, str], int] = {}
        ordered = sorted(self._lines, key=lambda found: (self._owners[found.epoch], found))
        for found in ordered:
            group = (self._owners[found.epoch], found.epoch)
            counts[group] = counts.get(group, 0) + 1
        return SelectedExcerpts(
            excerpts=tuple(
                Excerpt(station=station, epoch=epoch, lines=count) for (station, epoch), count in counts.items()
            ),
            lines=tuple(self._lines[found] for found in ordered),
            mark=mark,
        )


_ID: Final = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_RECORD: Final = re.compile(rb'"(' + _ID + rb')"')
_AUTHOR: Final = re.compile(rb'"u":"(' + _ID + rb')"')


def _texts(pattern: re.Pattern[bytes], line: bytes) -> set[str]:
    return {found.decode("ascii") for found in pattern.findall(line)}
