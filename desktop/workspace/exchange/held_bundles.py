"""Bundles kept for later: list them, try one again, or delete one.

- A bundle is held because its sender is not trusted yet, this program is too old for it, or it is one side of a fork.
- Trying again is receiving again: what is taken in leaves the folder, anything else stays with its newest reason.
- Only an officer deletes one, and says why; the audit log keeps the sender, the digest and that a reason was given.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.errors import Cancelled as Stopped
from desktop.errors import DesktopError
from desktop.storage import exchange_log
from desktop.storage.exchange_log import HeldBundle
from desktop.sync import stick
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange
from desktop.workspace.exchange.exchange import Cancelled, Progress, ReceiveResult
from desktop.workspace.exchange.stations import station_name
from desktop.workspace.records.records import moment
from desktop.workspace.records.revealing import log


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBundleView:
    """A held bundle; `station` is what its file claims, and empty when that could not be read."""

    digest: str
    file_name: str
    station: str
    station_name: str
    reason: str
    held_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryResult:
    """What became of one held bundle: `received`, or `error` when its file could not be read or is damaged."""

    bundle: HeldBundleView
    received: ReceiveResult | None = None
    error: DesktopError | None = None

    @property
    def is_accepted(self) -> bool:
        return self.received is not None and self.received.is_accepted

    @property
    def code(self) -> str:
        if self.error is not None:
            return self.error.code
        return self.received.code if self.received is not None else ""


def held_bundles(session: Session, station: str | None = None) -> tuple[HeldBundleView, ...]:
    """Return what is held, of one station or of all, the longest held first."""
    found = exchange_log.held_bundles(session.database)
    return tuple(_view(session, one) for one in found if station is None or one.station == station)


def retry(
    session: Session,
    digest: str,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> ReceiveResult:
    """Receive a held bundle again; it leaves the folder when it is taken in.

    Raises:
        DesktopError: held_bundle_unknown, held_bundle_damaged, stick_read_failed, disk_full, disk_space_low.
        Cancelled: before anything was taken in.
    """
    bundle = _known(session, digest)
    progress("read_stick", 0, 0)
    content = stick.read_file(exchange.held_path(session, digest))
    if hashlib.sha256(content).hexdigest() != digest:
        raise DesktopError("held_bundle_damaged", file=bundle.file_name)
    received = exchange.receive_content(session, bundle.file_name, content, progress, cancelled)
    if not received.is_accepted:
        with session.database.atomic():
            exchange_log.hold(session.database, replace(bundle, reason=received.code))
    return received


def retry_all(
    session: Session,
    station: str | None = None,
    progress: Progress = lambda _step, _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> tuple[RetryResult, ...]:
    """Try every held bundle again, or those of one station, in the order of their names.

    Names carry the sequence, so that what builds on an earlier bundle finds it taken in. One that cannot be read does
    not keep the others back.

    Raises:
        Cancelled: what was taken in before stays taken in.
    """
    results = []
    for bundle in sorted(held_bundles(session, station), key=lambda one: (one.station, one.file_name)):
        try:
            results.append(RetryResult(bundle=bundle, received=retry(session, bundle.digest, progress, cancelled)))
        except Stopped:
            raise
        except DesktopError as error:
            results.append(RetryResult(bundle=bundle, error=error))
    return tuple(results)


def release(session: Session, digest: str, reason: str) -> HeldBundleView:
    """Delete a held bundle, once an officer has said why.

    Raises:
        DesktopError: held_bundle_unknown, held_bundle_reason_missing, held_bundle_not_deleted.
    """
    bundle = _known(session, digest)
    if not reason.strip():
        raise DesktopError("held_bundle_reason_missing", file=bundle.file_name)
    view = _view(session, bundle)
    with session.database.atomic():
        exchange_log.release(session.database, digest)
        log(session, "release_held", reason=reason, document=bundle.reason, subject=bundle.station, digest=digest)
        exchange.remove_held_file(session, digest, bundle.file_name)
    return view


def _view(session: Session, bundle: HeldBundle) -> HeldBundleView:
    return HeldBundleView(
        digest=bundle.digest,
        file_name=bundle.file_name,
        station=bundle.station,
        station_name=station_name(session, bundle.station) if bundle.station else "",
        reason=bundle.reason,
        held_at=moment(bundle.held_at),
    )


def _known(session: Session, digest: str) -> HeldBundle:
    for bundle in exchange_log.held_bundles(session.database):
        if bundle.digest == digest:
            return bundle
    raise DesktopError("held_bundle_unknown", digest=digest)
