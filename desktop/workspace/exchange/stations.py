"""Whom this station trusts: cards are exchanged as files or on paper, fingerprints are compared by people.

- A card that came in is `pending` until somebody typed the fingerprint that the other side read out.
- Another card of a station that is known already does not replace it: somebody has to ask why first.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import segno

from desktop.crypto import age_encryption, fingerprint, station_card
from desktop.crypto.station_card import LARGEST_CARD, StationCard
from desktop.errors import CardError, DesktopError
from desktop.storage import change_log, station_list
from desktop.storage.station_list import ListedStation, StationStatus
from desktop.workspace.base.outside_files import Keep
from desktop.workspace.base.session import Session
from desktop.workspace.records.revealing import log


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """Our own card: the text to hand over, the fingerprint to read out."""

    station: str
    name: str
    text: str
    fingerprint: str
    spoken: str

    def qr(self) -> bytes:
        """Return the card as an SVG picture of a QR code."""
        return bytes(segno.make(self.text.encode(), error="m", boost_error=False).svg_inline(scale=3), "utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """Another station as known here."""

    station: str
    name: str
    kind: str
    fingerprint: str
    spoken: str
    status: str


def own_station_card(workspace: Session) -> StationCard:
    return StationCard(
        station=workspace.station.id,
        kind=workspace.station.kind,
        province=workspace.station.province,
        commune=workspace.station.commune,
        name=workspace.station.name,
        signing_key=workspace.keys.public_key,
        recipient=workspace.keys.recipient,
        epoch=workspace.epoch,
        created=workspace.today().isoformat(),
    )


def own_card(workspace: Session) -> CardView:
    card = own_station_card(workspace)
    return CardView(
        station=card.station,
        name=card.name,
        text=station_card.card_text(card, workspace.keys.signing),
        fingerprint=fingerprint.fingerprint(card.signing_key, card.recipient),
        spoken=fingerprint.spoken_fingerprint(card.signing_key, card.recipient),
    )


def opening_identity(workspace: Session, keep: Keep) -> None:
    """Give out the age identity that opens bundles addressed here, for an audit without this program; it is logged.

    Whoever holds it reads every such bundle: it is destroyed after use.
    """
    secret = f"# {workspace.station.id}\n# {workspace.keys.recipient}\n{workspace.keys.identity}\n"
    keep({"": secret.encode("ascii")}, partial(log, workspace, "export_identity", subject=workspace.station.id))


def card_file_text(path: Path) -> str:
    """Read a card file, bounded. Raises CardError card_unreadable."""
    with path.open("rb") as file:
        content = file.read(LARGEST_CARD + 1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise CardError("card_unreadable") from None


def import_card(workspace: Session, text: str) -> StationView:
    """Take in a card; it is pending until `trust`.

    Raises:
        CardError: card_unreadable, card_newer, card_signature_wrong, card_key_weak, card_is_own.
        RegistryError: station_known, when the station has another card here.
    """
    card = station_card.parse_card(text)
    if card.station == workspace.station.id:
        raise CardError("card_is_own")
    with workspace.database.atomic():
        added = station_list.add(
            workspace.database, card.station, text, fingerprint.fingerprint(card.signing_key, card.recipient)
        )
    return _seen(added)


def trust(workspace: Session, station: str, heard: str) -> StationView:
    """Trust a station when the fingerprint somebody read out is that of its card.

    Raises:
        DesktopError: station_unknown, fingerprint_differs; RegistryError: station_revoked.
    """
    known = _known(workspace, station)
    if not fingerprint.same_fingerprint(heard, known.fingerprint):
        raise DesktopError("fingerprint_differs", station=station)
    with workspace.database.atomic():
        station_list.trust(
            workspace.database,
            station,
            officer=workspace.officer.id,
            time_ms=workspace.surroundings.wall_milliseconds(),
        )
        log(workspace, "trust", subject=station)
    return _seen(_known(workspace, station))


def revoke(workspace: Session, station: str) -> StationView:
    """Trust a station no longer: what it sent until now stays, what comes later is held.

    Raises:
        DesktopError: station_unknown.
    """
    _known(workspace, station)
    last = change_log.newest_of(workspace.database, station)
    with workspace.database.atomic():
        station_list.revoke(workspace.database, station, last)
        log(workspace, "revoke", subject=station)
    return _seen(_known(workspace, station))


def stations(workspace: Session) -> tuple[StationView, ...]:
    return tuple(_seen(one) for one in station_list.stations(workspace.database))


def station_name(workspace: Session, station: str) -> str:
    """Return the name of a station on its letter-head; an unknown one keeps its id."""
    if station == workspace.station.id:
        return workspace.station.name
    known = station_list.get(workspace.database, station)
    return station_card.parse_card(known.card).name if known is not None else station


def seal_for(workspace: Session, station: str, content: bytes) -> bytes:
    """Return a file that a trusted station alone opens: with `age` and its secret (`sotram card identity`).

    Raises:
        DesktopError: station_unknown, station_not_trusted.
    """
    known = _known(workspace, station)
    if known.status is not StationStatus.TRUSTED:
        raise DesktopError("station_not_trusted", station=station)
    return age_encryption.seal(content, [station_card.parse_card(known.card).recipient])


def _known(workspace: Session, station: str) -> ListedStation:
    known = station_list.get(workspace.database, station)
    if known is None:
        raise DesktopError("station_unknown", station=station)
    return known


def _seen(listed: ListedStation) -> StationView:
    card = station_card.parse_card(listed.card)
    return StationView(
        station=card.station,
        name=card.name,
        kind=card.kind,
        fingerprint=listed.fingerprint,
        spoken=fingerprint.spoken_fingerprint(card.signing_key, card.recipient),
        status=listed.status.value,
    )
