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


def own_station_card(session: Session) -> StationCard:
    return StationCard(
        station=session.station.id,
        kind=session.station.kind,
        province=session.station.province,
        commune=session.station.commune,
        name=session.station.name,
        signing_key=session.keys.public_key,
        recipient=session.keys.recipient,
        epoch=session.epoch,
        created=session.today().isoformat(),
    )


def own_card(session: Session) -> CardView:
    card = own_station_card(session)
    return CardView(
        station=card.station,
        name=card.name,
        text=station_card.card_text(card, session.keys.signing),
        fingerprint=fingerprint.fingerprint(card.signing_key, card.recipient),
        spoken=fingerprint.spoken_fingerprint(card.signing_key, card.recipient),
    )


def opening_identity(session: Session, keep: Keep) -> None:
    """Give out the age identity that opens bundles addressed here, for an audit without this program; it is logged.

    Whoever holds it reads every such bundle: it is destroyed after use.
    """
    secret = f"# {session.station.id}\n# {session.keys.recipient}\n{session.keys.identity}\n"
    keep({"": secret.encode("ascii")}, partial(log, session, "export_identity", subject=session.station.id))


def card_file_text(path: Path) -> str:
    """Read a card file, bounded. Raises CardError card_unreadable."""
    with path.open("rb") as file:
        content = file.read(LARGEST_CARD + 1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise CardError("card_unreadable") from None


def import_card(session: Session, text: str) -> StationView:
    """Take in a card; it is pending until `trust`.

    Raises:
        CardError: card_unreadable, card_newer, card_signature_wrong, card_key_weak, card_is_own.
        RegistryError: station_known, when the station has another card here.
    """
    card = station_card.parse_card(text)
    if card.station == session.station.id:
        raise CardError("card_is_own")
    with session.database.atomic():
        added = station_list.add(
            session.database, card.station, text, fingerprint.fingerprint(card.signing_key, card.recipient)
        )
    return _seen(added)


def trust(session: Session, station: str, heard: str) -> StationView:
    """Trust a station when the fingerprint somebody read out is that of its card.

    Raises:
        DesktopError: station_unknown, fingerprint_differs; RegistryError: station_revoked.
    """
    known = _known(session, station)
    if not fingerprint.same_fingerprint(heard, known.fingerprint):
        raise DesktopError("fingerprint_differs", station=station)
    with session.database.atomic():
        station_list.trust(
            session.database,
            station,
            officer=session.officer.id,
            time_ms=session.environment.wall_milliseconds(),
        )
        log(session, "trust", subject=station)
    return _seen(_known(session, station))


def revoke(session: Session, station: str) -> StationView:
    """Trust a station no longer: what it sent until now stays, what comes later is held.

    Raises:
        DesktopError: station_unknown.
    """
    _known(session, station)
    last = change_log.newest_of(session.database, station)
    with session.database.atomic():
        station_list.revoke(session.database, station, last)
        log(session, "revoke", subject=station)
    return _seen(_known(session, station))


def stations(session: Session) -> tuple[StationView, ...]:
    return tuple(_seen(one) for one in station_list.stations(session.database))


def station_name(session: Session, station: str) -> str:
    """Return the name of a station on its letter-head; an unknown one keeps its id."""
    if station == session.station.id:
        return session.station.name
    known = station_list.get(session.database, station)
    return station_card.parse_card(known.card).name if known is not None else station


def seal_for(session: Session, station: str, content: bytes) -> bytes:
    """Return a file that a trusted station alone opens: with `age` and its secret (`sotram card identity`).

    Raises:
        DesktopError: station_unknown, station_not_trusted.
    """
    known = _known(session, station)
    if known.status is not StationStatus.TRUSTED:
        raise DesktopError("station_not_trusted", station=station)
    return age_encryption.seal(content, [station_card.parse_card(known.card).recipient])


def _known(session: Session, station: str) -> ListedStation:
    known = station_list.get(session.database, station)
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
