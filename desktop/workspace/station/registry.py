"""Setting up a station's registry, and opening it.

- A folder holds registry.db, two copies of the key slots and a lock file; none of it is readable without a passphrase.
- The key slots are written last: a folder without them was never finished, and is refused rather than overwritten.
"""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from desktop.crypto import keyring, passphrases, slot_file
from desktop.crypto.argon2_params import Argon2Params
from desktop.crypto.key_slots import KeySlots
from desktop.domain.log.operation import FieldChange, HybridTime, Json
from desktop.domain.names.names import fold
from desktop.domain.places.places import Places
from desktop.errors import DesktopError, RegistryError
from desktop.storage import audit_log, change_log, keyring_table, projection, queries, register_tables, settings
from desktop.storage.database import Database
from desktop.storage.station_lock import StationLock
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import (
    VIETNAM,
    Definitions,
    KeyCopies,
    Officer,
    Session,
    Station,
    StationKind,
)
from desktop.workspace.base.session_clock import FIRST_DAY, SessionClock
from desktop.workspace.records.append import CLOCK_SEEN, OperationDraft, write
from desktop.workspace.records.record_numbers import record_number

DATABASE_NAME: Final = "registry.db"
_PREFIXES: Final[Mapping[StationKind, str]] = {"commune": "CAX", "border": "DBP", "province": "CAT"}
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSetup:
    """What the first-run wizard asks. A province office has no commune."""

    kind: StationKind
    province: str
    commune: str | None
    name: str
    officer_name: str
    officer_rank: str = ""
    officer_position: str = ""


def has_registry(folder: Path) -> bool:
    return (folder / DATABASE_NAME).exists()


def create_registry(
    folder: Path, setup: StationSetup, passphrase: str, environment: Environment, definitions: Definitions
) -> Session:
    """Set up a station and open its registry.

    Raises:
        DesktopError: setup_name_missing, setup_officer_missing, setup_province_unknown, setup_commune_unknown,
            setup_clock_wrong,
            passphrase_weak, registry_exists, registry_unfinished, registry_in_use, disk_full.
    """
    _require_sound(setup, definitions.places())
    today = environment.now().astimezone(VIETNAM).date()
    if today < FIRST_DAY:
        raise DesktopError("setup_clock_wrong", day=f"{today:%d/%m/%Y}")
    passphrases.refuse_weak(passphrase)
    folder.mkdir(parents=True, exist_ok=True)
    lock = StationLock(folder)
    try:
        if has_registry(folder):
            raise RegistryError("registry_exists" if slot_file.exists(folder) else "registry_unfinished")
        if slot_file.exists(folder):  # of a registry that was moved away and may come back
            raise RegistryError("registry_exists")
        station = _new_station(setup, environment)
        officer = environment.new_record_id()
        master_key = environment.random(32)
        with Database.create(folder / DATABASE_NAME, keyring.database_key(master_key)) as database:
            _fill(database, station, master_key, environment)
        KeySlots.create(
            folder,
            station.id,
            master_key=master_key,
            passphrase=passphrase,
            officer=officer,
            cost=environment.cost or Argon2Params.calibrated(time.perf_counter),
            random=environment.random,
        )
        session = _open(folder, master_key, officer, lock, environment, definitions)
    except BaseException:
        lock.release()
        raise
    _write_officer(session, officer, setup)
    return session


def open_registry(folder: Path, passphrase: str, environment: Environment, definitions: Definitions) -> Session:
    """Unlock a registry; a key file that is not sound is written again from the other one (`Session.key_copies`).

    Raises:
        WrongPassphrase: no officer's slot opens.
        RegistryError: registry_missing, registry_in_use, registry_damaged, registry_newer, ...
    """
    if not has_registry(folder):
        raise RegistryError("registry_missing")
    lock = StationLock(folder)
    try:
        slots = KeySlots.read(folder, random=environment.random)
        unlocked = slots.unlock(passphrase)
        session = _open(folder, unlocked.master_key, unlocked.officer or "", lock, environment, definitions)
        session.key_copies = _repaired(slots)
    except BaseException:
        lock.release()
        raise
    return session


def _repaired(slots: KeySlots) -> KeyCopies:
    """Write a copy of the key slots again that is not sound; only after the other one opened the registry."""
    if slots.has_both_copies:
        return KeyCopies.SOUND
    try:
        return KeyCopies.REPAIRED if slots.repair() else KeyCopies.DAMAGED
    except RegistryError:
        return KeyCopies.DAMAGED


def _open(
    folder: Path,
    master_key: bytes,
    officer: str,
    lock: StationLock,
    environment: Environment,
    definitions: Definitions,
) -> Session:
    database = Database.open(folder / DATABASE_NAME, keyring.database_key(master_key))
    try:
        with database.atomic():
            if register_tables.prepare(database, definitions.library):
                projection.rebuild(database, definitions.library)
        about: Any = settings.get(database, "station")
        wrapped = keyring_table.get(database, "station")
        if about is None or wrapped is None:
            raise RegistryError("registry_damaged")
        station = Station(**about)
        keys = keyring.StationKeys.from_wrapped(wrapped, keyring.keyring_wrap_key(master_key), station.id)
        clock = SessionClock(environment.now, environment.steady, _seen(database))
        session = Session(
            folder=folder,
            database=database,
            definitions=definitions,
            station=station,
            officer=_officer(database, definitions, officer),
            master_key=master_key,
            keys=keys,
            epoch=str(settings.get(database, "epoch")),
            last_time=_last_time(database, str(settings.get(database, "epoch"))),
            hub_time=_milliseconds(settings.get(database, "hub_time")),
            environment=replace(environment, now=clock.now),
            clock=clock,
            lock=lock,
        )
        if clock.doubt is None:
            with database.atomic():
                note_seen(session)
    except BaseException:
        database.close()
        raise
    return session


def give_day(session: Session, day: dt.date) -> None:
    """Go by the day the officer says it is, while the clock is in doubt; written in the audit log with the clock's.

    Raises:
        DesktopError: clock_day_impossible.
    """
    if day < FIRST_DAY:
        raise DesktopError("clock_day_impossible", day=f"{FIRST_DAY:%d/%m/%Y}")
    shown = session.clock.machine_day
    session.clock.give_day(day)
    with session.database.atomic():
        note_seen(session)
        audit_log.append(
            session.database,
            time_ms=session.environment.wall_milliseconds(),
            officer=session.officer.id,
            action="clock",
            document=f"{shown} {day}",
            is_clock_suspect=session.clock.doubt is not None,
        )


def note_seen(session: Session) -> None:
    """Remember this moment as the last one believed; in the transaction of the caller."""
    settings.put(session.database, CLOCK_SEEN, session.environment.wall_milliseconds())


def _seen(database: Database) -> int:
    """Return the last moment believed here; of a registry that never noted one, the last change of its own."""
    stored = settings.get(database, CLOCK_SEEN)
    if isinstance(stored, int):
        return stored
    epoch = str(settings.get(database, "epoch"))
    counter, _ = change_log.last(database, epoch)
    lines = change_log.lines_between(database, epoch, counter, counter) if counter else ()
    return max((change_log.stored_operation(line).wall for line in lines), default=0)


def _fill(database: Database, station: Station, master_key: bytes, environment: Environment) -> None:
    keys = keyring.StationKeys.new(environment.random)
    epoch = environment.random(8).hex()
    with database.atomic():
        settings.put(database, "station", asdict(station))
        settings.put(database, "epoch", epoch)
        keyring_table.put(database, "station", keys.wrapped(keyring.keyring_wrap_key(master_key), station.id))
        change_log.begin_epoch(database, epoch, station.id)


def _new_station(setup: StationSetup, environment: Environment) -> Station:
    tail = "".join(_CROCKFORD[byte % 32] for byte in environment.random(4))
    unit = setup.commune or setup.province
    return Station(
        id=f"{_PREFIXES[setup.kind]}-{unit}-{tail}",
        kind=setup.kind,
        province=setup.province,
        commune=setup.commune,
        name=setup.name.strip(),
    )


def _require_sound(setup: StationSetup, places: Places) -> None:
    if not fold(setup.name):
        raise DesktopError("setup_name_missing")
    if not fold(setup.officer_name):
        raise DesktopError("setup_officer_missing")
    if places.province(setup.province) is None:
        raise DesktopError("setup_province_unknown", province=setup.province)
    if setup.kind == "province":
        if setup.commune is not None:
            raise DesktopError("setup_commune_not_wanted")
        return
    commune = places.commune(setup.commune or "")
    if commune is None or commune.province != setup.province:
        raise DesktopError("setup_commune_unknown", commune=setup.commune or "", province=setup.province)


def _write_officer(session: Session, officer: str, setup: StationSetup) -> None:
    given = {"name": setup.officer_name, "rank": setup.officer_rank, "position": setup.officer_position}
    write_officer(session, officer, given)
    session.officer = _officer(session.database, session.definitions, officer)


def write_officer(session: Session, officer: str, given: Mapping[str, str]) -> None:
    """Write the record of an officer; who may unlock is a matter of the key slots alone."""
    definition = session.library.registers["officer"]
    number = record_number(session, definition)
    fields = {"record_no": FieldChange(number)}
    fields |= {name: FieldChange(" ".join(text.split())) for name, text in given.items() if text.strip()}
    write(session, [OperationDraft(record=officer, register="officer", version=definition.version, fields=fields)])


def _officer(database: Database, definitions: Definitions, officer: str) -> Officer:
    row = queries.read_row(database, definitions.library.registers["officer"], officer)
    values = row or {}
    return Officer(id=officer, name=str(values.get("name") or ""), rank=str(values.get("rank") or ""))


def _last_time(database: Database, epoch: str) -> HybridTime:
    counter, _ = change_log.last(database, epoch)
    newest = HybridTime(*_pair(settings.get(database, "last_time")))
    for line in change_log.lines_between(database, epoch, counter, counter) if counter else ():
        newest = max(newest, change_log.stored_operation(line).time)
    return newest


def _pair(stored: Json) -> tuple[int, int]:
    return (_milliseconds(stored[0]), _milliseconds(stored[1])) if isinstance(stored, list) else (0, 0)


def _milliseconds(stored: Json) -> int:
    return stored if isinstance(stored, int) else 0
