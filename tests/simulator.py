"""Stations, a province and sticks between them, in which everything is real but the officers, the clock and the road.

Each `SimulatedStation` has a registry of its own (SQLCipher, in a folder), its own keys and its own wrong clock, and
calls the program's own write and receive. What a test plays is the world around them::

    world = World(folder)                            # a commune post, a border station and the province
    post, border, province = world.stations
    record = post.add("person", {"full_name": "Lò Thị Mẩy"})
    stick = post.send(province)                      # a bundle file, not yet anywhere
    province.receive(stick)                          # ACCEPTED; receiving it again is DUPLICATE
    post.receive(province.answer(post))              # now the post knows that it arrived
    post.edit(record, {"full_name": "Lò Thị Mây"})   # the parents are what the officer saw
    backup = post.backup()                           # the encrypted file as it is now
    post.restore(backup)                             # by the procedure: a new epoch (R4)
    post.put_back(backup)                            # by copying the file: the same epoch, a fork to come

Sticks are lost by not receiving them, delayed by receiving them later, repeated by receiving them twice. `world.heal()`
carries bundles until nothing new comes; then `world.assert_agreed()` says what must hold whatever happened before:

- the province holds every operation that a station's log holds, each once, and every chain is sound;
- a station holds every operation of its own that the province holds, whatever its registry was put back to;
- a record that a station has written on, or that such a record names, is the same there and at the province: the same
  values, the same conflicts;
- the one exception is what a post told only its neighbour before it lost it itself: the neighbour alone has it then;
- what any registry shows is what its operations say (the projections rebuilt are the same bytes).
"""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.crypto.keyring import StationKeys
from desktop.crypto.station_card import StationCard, StationKind
from desktop.domain.definitions.model import Library
from desktop.domain.log import hybrid_clock
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
)
from desktop.domain.records.merging import RecordState, parents_of
from desktop.storage import attachments, change_log, excerpts, projection, register_tables, settings
from desktop.storage.database import Database
from desktop.sync.context import SyncContext
from desktop.sync.excerpt_selection import Budget
from desktop.sync.parts import PartSize
from desktop.sync.receiving import receive
from desktop.sync.sending import note_sent, write_answer, write_sync
from desktop.sync.trust import TrustedStation
from desktop.sync.verdicts import BundleOutcome, Verdict
from tests.storage.world import KEY, LIBRARY
from tests.vectors.forge import fixed_random

START: Final = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Backup:
    """A registry's file as it was."""

    path: Path


@dataclass
class SimulatedStation:
    """One installation. `clock_error` is how wrong its clock is."""

    card: StationCard
    keys: StationKeys
    folder: Path
    world: "World"
    clock_error: dt.timedelta = dt.timedelta()
    library: Library = LIBRARY
    definition_version: int = 1
    officer: str = "01935000-0000-7000-8000-00000000000f"
    db: Database = field(init=False)
    epoch: str = field(init=False)

    def __post_init__(self) -> None:
        self._open()

    def here(self) -> SyncContext:
        return SyncContext(
            database=self.db,
            library=self.library,
            card=self.card,
            keys=self.keys,
            epoch=self.epoch,
            now=self.now(),
            random=self.world.random,
            app="simulator",
        )

    def now(self) -> dt.datetime:
        return self.world.tick() + self.clock_error

    def add(self, register: str, values: Mapping[str, Json], record: str | None = None) -> str:
        record = record or self.world.new_id()
        self._write(record, register, {name: FieldChange(value) for name, value in values.items()})
        return record

    def edit(self, record: str, values: Mapping[str, Json], seen: RecordState | None = None) -> Operation:
        """Change fields of a record; `seen` is what the officer had before him, by default what is shown now."""
        state = seen or self.state(record)
        fields = {name: FieldChange(value, parents_of(state.fields.get(name))) for name, value in values.items()}
        return self._write(record, state.register, fields)

    def close_epoch(self, operation: Mapping[str, FieldChange], record: str) -> Operation:
        return self._write(record, "epoch", operation, ChangeKind.CLOSE_EPOCH)

    def attach(self, content: bytes) -> Json:
        digest = attachments.add(self.db, content, "image/png")
        return {"digest": digest, "media_type": "image/png", "name": "photo.png", "size": len(content)}

    def send(self, to: "SimulatedStation", *, part_size: PartSize | None = None, from_start: bool = False) -> bytes:
        (bundle,) = self.send_all(to, part_size=part_size, from_start=from_start)
        return bundle

    def send_all(
        self, to: "SimulatedStation", *, part_size: PartSize | None = None, from_start: bool = False
    ) -> list[bytes]:
        here = self.here()
        written = write_sync(here, to.card, part_size=part_size, from_start=from_start)
        note_sent(here, written)
        return [one.bundle.content for one in written]

    def answer(self, to: "SimulatedStation", budget: Budget | None = None) -> bytes:
        here = self.here()
        written = write_answer(here, to.card, budget=budget)
        note_sent(here, [written])
        return written.bundle.content

    def receive(self, content: bytes) -> BundleOutcome:
        archive = self.archive if self.card.kind == "province" else None
        return receive(self.here(), content, self.world.trust_of(self), archive=archive)

    def receive_archive(self) -> None:
        """Take in again every file kept as it came (R9)."""
        for path in sorted(self.archive.glob("*.sotram")):
            self.receive(path.read_bytes())

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def backup(self) -> Backup:
        path = self.folder / f"backup_{self.world.count()}.db"
        self.db.copy_into(path)
        return Backup(path)

    def put_back(self, backup: Backup) -> None:
        """Copy an old file over the registry, as somebody might who knows no better."""
        self.db.close()
        for leftover in self.folder.glob("registry.db*"):
            leftover.unlink()
        shutil.copyfile(backup.path, self.folder / "registry.db")
        self._open()

    def restore(self, backup: Backup) -> None:
        """Restore by the procedure: a new epoch that names where the old one is left (R4)."""
        self.put_back(backup)
        old = self.epoch
        counter, head = change_log.last(self.db, old)
        forked_from = (OperationId(old, counter), head) if counter else None
        self._begin_epoch(self.world.random(8).hex(), forked_from)

    def state(self, record: str) -> RecordState:
        state = projection.read_state(self.db, self.library, record)
        assert state is not None, "the station does not know the record"
        return state

    def operations(self) -> dict[OperationId, bytes]:
        """Return every line in the log here."""
        return {entry.id: entry.line for entry in change_log.arrived_after(self.db, 0)}

    def own_records(self) -> Iterator[str]:
        return (record for record, _, _ in excerpts.records_of(self.db, self.card.station))

    def linked_records(self) -> Iterator[str]:
        """Return the records that its own records name and that have reached the province."""
        targets = excerpts.link_targets(self.db, self.card.station)
        return (record for record in targets if change_log.lines_of(self.world.province.db, record))

    def dump(self) -> tuple[dict[OperationId, bytes], str]:
        """Return all that a bundle may not change when it is refused."""
        return self.operations(), projection.digest(self.db)

    def _open(self) -> None:
        path = self.folder / "registry.db"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.world.empty, path)
        self.db = Database.open(path, KEY)
        register_tables.prepare(self.db, self.library)
        stored = settings.get(self.db, "epoch")
        if isinstance(stored, str):
            self.epoch = stored
        else:
            self._begin_epoch(self.card.epoch, None)

    def _begin_epoch(self, epoch: str, forked_from: tuple[OperationId, bytes] | None) -> None:
        with self.db.atomic():
            change_log.begin_epoch(self.db, epoch, self.card.station, forked_from)
            settings.put(self.db, "epoch", epoch)
        self.epoch = epoch

    def _write(
        self, record: str, register: str, fields: Mapping[str, FieldChange], kind: ChangeKind = ChangeKind.PUT
    ) -> Operation:
        counter, _ = change_log.last(self.db, self.epoch)
        wall = self.here().wall
        advanced = hybrid_clock.advance(self._time(), wall)
        operation = Operation(
            id=OperationId(self.epoch, counter + 1),
            kind=kind,
            record=record,
            register=register,
            definition_version=self.definition_version,
            officer=self.officer,
            time=advanced.time,
            wall=wall,
            fields=fields,
            suspect=advanced.is_behind,
        )
        with self.db.atomic():
            change_log.append(self.db, [operation])
            projection.apply(self.db, self.library, [record])
            settings.put(self.db, "last_time", [advanced.time.milliseconds, advanced.time.count])
        return operation

    def _time(self) -> HybridTime:
        stored = settings.get(self.db, "last_time", [0, 0])
        assert isinstance(stored, list)
        milliseconds, count = stored
        assert isinstance(milliseconds, int)
        assert isinstance(count, int)
        return HybridTime(milliseconds, count)


class World:
    """The stations and what lies between them; time passes by a second at each act."""

    def __init__(self, folder: Path, empty: Path, *, seed: str = "world") -> None:
        self.empty = empty
        self.random = fixed_random(f"simulator {seed}")
        self._count = 0
        self.folder = folder
        self.post = self._station("CAX-03325-7K2M", "commune")
        self.border = self._station("DBP-03325-9QXA", "border")
        self.province = self._station("CAT-11-4M8C", "province")
        self.stations = (self.post, self.border, self.province)
        self.posts = (self.post, self.border)

    def heal(self) -> None:
        """Carry bundles between every post and the province until a round brings nothing new."""
        for _ in range(8):
            came = [self.province.receive(bundle) for post in self.posts for bundle in post.send_all(self.province)]
            came += [post.receive(self.province.answer(post)) for post in self.posts]
            if not any(one.new or one.changed or one.verdict is Verdict.GAP for one in came):
                return
        message = "the stations never come to rest"
        raise AssertionError(message)

    def assert_agreed(self) -> None:
        central = self.province.operations()
        for station in self.stations:
            assert change_log.verify(station.db) == ()
            known = station.operations()
            only_here = {operation for operation in known if operation not in central}
            assert {
                operation: line for operation, line in known.items() if operation in central
            }.items() <= central.items()
            assert all(self._was_told_by_a_neighbour_who_lost_it(station, operation) for operation in only_here)
            shown = projection.digest(station.db)
            projection.rebuild(station.db, station.library)
            assert shown == projection.digest(station.db)
        for post in self.posts:
            assert self.operations_of(post, at=self.province).items() <= post.operations().items()
            lines_only_here = {line for operation, line in post.operations().items() if operation not in central}
            for record in {*post.own_records(), *post.linked_records()}:
                if not any(entry.line in lines_only_here for entry in change_log.lines_of(post.db, record)):
                    assert post.state(record) == self.province.state(record)

    def operations_of(self, author: SimulatedStation, *, at: SimulatedStation) -> dict[OperationId, bytes]:
        epochs = {epoch.epoch for epoch in change_log.own_epochs(at.db, author.card.station)}
        return {operation: line for operation, line in at.operations().items() if operation.epoch in epochs}

    def _was_told_by_a_neighbour_who_lost_it(self, station: SimulatedStation, operation: OperationId) -> bool:
        """Only a neighbour's own bundle brings operations with their heads."""
        owner = change_log.station_of(station.db, operation)
        author = next(one for one in self.stations if one.card.station == owner)
        came_with_head = change_log.head_at(station.db, operation.epoch, operation.counter) is not None
        is_lost = operation not in author.operations() and operation.epoch != author.epoch
        return author is not station and came_with_head and is_lost

    def trust_of(self, station: SimulatedStation) -> dict[str, TrustedStation]:
        others = (other for other in self.stations if other is not station)
        return {other.card.station: TrustedStation(card=other.card) for other in others}

    def tick(self) -> dt.datetime:
        return START + dt.timedelta(seconds=self.count())

    def count(self) -> int:
        self._count += 1
        return self._count

    def new_id(self) -> str:
        noise = self.random(16).hex()
        return f"{noise[:8]}-{noise[8:12]}-7{noise[13:16]}-8{noise[17:20]}-{noise[20:]}"

    def close(self) -> None:
        for station in self.stations:
            station.db.close()

    def _station(self, station: str, kind: StationKind) -> SimulatedStation:
        keys = StationKeys.new(fixed_random(f"simulator {station}"))
        card = StationCard(
            station=station,
            kind=kind,
            province="11",
            commune=None if kind == "province" else "03325",
            name=station,
            signing_key=keys.public_key,
            recipient=keys.recipient,
            epoch=self.random(8).hex(),
            created="2026-11-21",
        )
        return SimulatedStation(card=card, keys=keys, folder=self.folder / station, world=self)


def empty_registry(path: Path) -> Path:
    """Make the closed registry that every station begins with a copy of."""
    with Database.create(path, KEY) as db:
        register_tables.prepare(db, LIBRARY)
    return path
