"""Sending and receiving by stick.

- A post sends its own operations; the province answers a post. The same act for the officer: "send to".
- A received file is read, never written; what has to wait (HOLD) is kept as a copy, so that nothing is lost.
- What was accepted at a province is kept as it came (R9).
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.crypto import station_card
from desktop.errors import BundleError, BundleHeld, DesktopError
from desktop.errors import Cancelled as Stopped
from desktop.sentences import Language, sentence
from desktop.storage import exchange_log, queries, station_list
from desktop.storage.database import require_free_space
from desktop.storage.station_list import StationStatus
from desktop.sync import receiving, sending, state, stick
from desktop.sync.context import SyncContext
from desktop.sync.trust import TrustedStation
from desktop.sync.verdicts import BundleOutcome, Verdict
from desktop.workspace.base.session import Session
from desktop.workspace.exchange.stations import (
    StationView,
    own_station_card,
    station_name,
    stations,
)
from desktop.workspace.records.records import moment

HELD_FOLDER: Final = "held"
ARCHIVE_FOLDER: Final = "archive"
Progress = Callable[[str, int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What was written to the stick, in the order in which it is to be received."""

    paths: tuple[Path, ...]
    to: str
    count: int

    @property
    def path(self) -> Path:
        return self.paths[0]

    @property
    def file_name(self) -> str:
        return ", ".join(path.name for path in self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveResult:
    """What became of a bundle. `message` says it to a person; `unknown` are registers and fields not known here."""

    verdict: str
    code: str
    station: str
    station_name: str
    new: int
    changed: int
    conflicts: int
    context: dict[str, str | int]
    records: tuple[str, ...] = ()
    registers: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return self.verdict in {Verdict.ACCEPTED, Verdict.DUPLICATE}

    def message(self, language: Language) -> str:
        text = sentence(self.code, self.context, language)
        if not self.unknown:
            return text
        return f"{text} {sentence('bundle_registers_unknown', {'names': ', '.join(self.unknown)}, language)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLogEntry:
    """One bundle that went or came."""

    at: datetime
    is_sent: bool
    station: str
    station_name: str
    name: str
    verdict: str
    new: int
    changed: int
    conflicts: int


def stations_to_send(session: Session) -> tuple[StationView, ...]:
    """Return the trusted stations, the province first."""
    trusted = [one for one in stations(session) if one.status == StationStatus.TRUSTED]
    return tuple(sorted(trusted, key=lambda one: (one.kind != "province", one.name)))


def unsent(session: Session, station: str) -> int:
    """Return how many operations of ours a station has not acknowledged."""
    return sending.unsent(session.database, session.station.id, station)


def last_answer_at(session: Session, station: str) -> datetime | None:
    """Return when the last answer of a province was received here (R12)."""
    found = state.answer_from(session.database, station)
    return moment(found.received_at) if found is not None else None


def send(
    session: Session,
    station: str,
    folder: Path,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> SendResult:
    """Write all that a station has not acknowledged to a stick, and enter it as sent once it was read back there.

    A failure before leaves every count as it was. A kill between the file and its entry leaves a bundle that may be
    received; the next one is numbered after it and carries everything again.

    Raises:
        DesktopError: station_unknown, station_not_trusted, stick_full, stick_gone, stick_write_failed, ...
        Cancelled: nothing was left on the stick.
    """
    known = station_list.get(session.database, station)
    if known is None:
        raise DesktopError("station_unknown", station=station)
    if known.status is not StationStatus.TRUSTED:
        raise DesktopError("station_not_trusted", station=station)
    require_free_space(session.database.path)
    card = station_card.parse_card(known.card)
    here = _here(session)
    progress("write_bundle", 0, 0)
    is_answer = session.station.kind == "province" and card.kind != "province"
    outgoing = (sending.write_answer(here, card),) if is_answer else sending.write_sync(here, card)
    stick.remove_unfinished(folder, session.station.id)
    paths = stick.write_verified(
        folder,
        {one.bundle.file_name: one.bundle.content for one in outgoing},
        agreed=lambda: sending.spend_number(here, outgoing),
        progress=lambda done, total: progress("write_stick", done, total),
        cancelled=cancelled,
    )
    sending.note_sent(here, outgoing)
    return SendResult(paths=paths, to=station, count=sum(one.bundle.manifest.body.lines for one in outgoing))


def receive(
    session: Session,
    path: Path,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> ReceiveResult:
    """Verify a bundle and take it in; whatever is wrong with it is a verdict, not an error.

    Raises:
        DesktopError: stick_gone, stick_read_failed, disk_full, disk_space_low.
        Cancelled: before anything was taken in.
    """
    progress("read_stick", 0, 0)
    try:
        content = stick.read_file(path)
    except BundleError as error:
        return _refused(session, Verdict.REJECT, error)
    return receive_content(session, path.name, content, progress, cancelled)


def receive_content(
    session: Session, name: str, content: bytes, progress: Progress, cancelled: Cancelled
) -> ReceiveResult:
    """Verify the bytes of a bundle and take them in; a held copy of it goes once that is done. Raises as `receive`."""
    require_free_space(session.database.path)
    if cancelled():
        raise Stopped
    progress("verify_bundle", 0, 0)
    archive = session.folder / ARCHIVE_FOLDER if session.station.kind == "province" else None
    try:
        found = receiving.receive(_here(session), content, _trust(session), archive=archive)
    except BundleHeld as error:
        _keep(session, name, content, str(error.context.get("station", "")), error.code)
        return _refused(session, Verdict.HOLD, error)
    except BundleError as error:
        return _refused(session, Verdict.REJECT, error)
    if found.verdict is Verdict.FORK:
        _keep(session, name, content, found.station, found.code)
    elif found.verdict in {Verdict.ACCEPTED, Verdict.DUPLICATE}:
        _let_go(session, hashlib.sha256(content).hexdigest(), name)
    session.last_time = max(session.last_time, found.time)
    session.hub_time = max(session.hub_time, found.hub_time)
    return _received(session, found)


def exchange_log_entries(session: Session, *, limit: int = 200) -> tuple[ExchangeLogEntry, ...]:
    """Return the bundles that went and came, newest first."""
    sent = [
        ExchangeLogEntry(
            at=moment(one.created_at),
            is_sent=True,
            station=one.station,
            station_name=station_name(session, one.station),
            name=f"{one.sequence:06}",
            verdict="",
            new=0,
            changed=0,
            conflicts=0,
        )
        for one in exchange_log.sent_bundles(session.database, limit=limit)
    ]
    received = [
        ExchangeLogEntry(
            at=moment(one.received_at),
            is_sent=False,
            station=one.station,
            station_name=station_name(session, one.station),
            name=f"{one.sequence:06}",
            verdict=one.verdict,
            new=one.new,
            changed=one.changed,
            conflicts=one.conflicts,
        )
        for one in exchange_log.received_bundles(session.database, limit=limit)
    ]
    return tuple(sorted([*sent, *received], key=lambda one: one.at, reverse=True)[:limit])


def _here(session: Session) -> SyncContext:
    return SyncContext(
        database=session.database,
        library=session.library,
        card=own_station_card(session),
        keys=session.keys,
        epoch=session.epoch,
        now=session.environment.now(),
        random=session.environment.random,
        app=__version__,
    )


def _trust(session: Session) -> dict[str, TrustedStation]:
    return {
        one.station: TrustedStation(card=station_card.parse_card(one.card), status=one.status.value, cut_off=one.last)
        for one in station_list.stations(session.database)
    }


def _received(session: Session, found: BundleOutcome) -> ReceiveResult:
    registers = {record: queries.register_of(session.database, record) for record in (*found.new, *found.changed)}
    shown = {record for record, register in registers.items() if _is_shown(session, register)}
    counts = {
        "new": len(shown.intersection(found.new)),
        "changed": len(shown.intersection(found.changed)),
        "conflicts": len(found.conflicts),
    }
    return ReceiveResult(
        verdict=found.verdict.value,
        code=found.code or f"bundle_{found.verdict.value.lower()}",
        station=found.station,
        station_name=station_name(session, found.station),
        **counts,
        context={**found.context, "station": station_name(session, found.station), **counts},
        records=tuple(record for record in registers if record in shown),
        registers=frozenset(register for register in registers.values() if register is not None),
        unknown=found.unknown,
    )


def _is_shown(session: Session, register: str | None) -> bool:
    """Whether people count its records: not those that the program keeps for itself, such as officers."""
    definition = session.library.registers.get(register or "")
    return definition is None or definition.rail is not None


def _refused(session: Session, verdict: Verdict, error: DesktopError) -> ReceiveResult:
    station = str(error.context.get("station", ""))
    return ReceiveResult(
        verdict=verdict.value,
        code=error.code,
        station=station,
        station_name=station_name(session, station) if station else "",
        new=0,
        changed=0,
        conflicts=0,
        context=dict(error.context),
    )


def _keep(session: Session, name: str, content: bytes, station: str, reason: str) -> None:
    """Keep a copy of what cannot be judged yet, or of one side of a fork: quarantine, never delete."""
    digest = hashlib.sha256(content).hexdigest()
    path = held_path(session, digest)
    path.parent.mkdir(exist_ok=True)
    stick.write_verified(path.parent, {path.name: content})
    with session.database.atomic():
        exchange_log.hold(
            session.database,
            exchange_log.HeldBundle(
                digest=digest,
                file_name=name,
                station=station,
                reason=reason,
                held_at=session.environment.wall_milliseconds(),
            ),
        )


def held_path(session: Session, digest: str) -> Path:
    """Return where the copy of a held bundle lies."""
    return session.folder / HELD_FOLDER / f"{digest}.sotram"


def remove_held_file(session: Session, digest: str, name: str) -> None:
    """Delete the copy of a held bundle. Raises DesktopError held_bundle_not_deleted."""
    try:
        held_path(session, digest).unlink(missing_ok=True)
    except OSError as error:
        raise DesktopError("held_bundle_not_deleted", file=name) from error


def _let_go(session: Session, digest: str, name: str) -> None:
    """Forget a bundle that was held and is taken in now; a copy that cannot be deleted stays listed."""
    if all(one.digest != digest for one in exchange_log.held_bundles(session.database)):
        return
    with suppress(DesktopError), session.database.atomic():
        exchange_log.release(session.database, digest)
        remove_held_file(session, digest, name)
