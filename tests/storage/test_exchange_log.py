"""The ledger of exchange: what was sent and received, what a recipient has, what is held back and why."""

from dataclasses import replace

from desktop.domain.log.operation import Json
from desktop.storage import exchange_log
from desktop.storage.database import Database
from desktop.storage.exchange_log import Acknowledged, HeldBundle, LoggedBundle, SentBundle
from tests.storage.world import OTHER, STATION

RECEIVED = LoggedBundle(
    digest="d1", station=OTHER, epoch="c" * 16, sequence=1, kind="sync", received_at=10, verdict="HOLD"
)


def test_a_held_bundle_taken_in_later_gets_its_new_verdict(db: Database) -> None:
    exchange_log.note_received(db, RECEIVED)
    accepted = replace(RECEIVED, verdict="ACCEPTED", received_at=20, new=3, changed=2, conflicts=1)
    exchange_log.note_received(db, accepted)
    assert exchange_log.received(db, "d1") == accepted
    assert exchange_log.received(db, "d2") is None
    assert exchange_log.received_bundles(db) == (accepted,)


def test_received_bundles_are_listed_newest_first(db: Database) -> None:
    for number, verdict in enumerate(["ACCEPTED", "DUPLICATE", "REJECT"]):
        exchange_log.note_received(
            db, replace(RECEIVED, digest=f"d{number}", sequence=number, received_at=number, verdict=verdict)
        )
    assert exchange_log.received_bundles(db, STATION) == ()
    assert [one.digest for one in exchange_log.received_bundles(db, OTHER, limit=2)] == ["d2", "d1"]


def test_a_sent_bundle_is_listed_for_its_recipient_alone(db: Database) -> None:
    ranges: tuple[dict[str, Json]] = ({"epoch": "a" * 16, "after": 0, "to": 7},)
    sent = SentBundle(id="b1", station=OTHER, sequence=1, kind="sync", created_at=5, digest="x", ranges=ranges)
    exchange_log.note_sent(db, sent)
    assert exchange_log.sent_bundles(db) == (sent,)
    assert exchange_log.sent_bundles(db, STATION) == ()


def test_what_a_station_has_may_become_less_and_is_kept_apart(db: Database) -> None:
    exchange_log.acknowledge(db, Acknowledged(station=OTHER, epoch="a" * 16, counter=9, head=b"9"))
    exchange_log.acknowledge(db, Acknowledged(station=OTHER, epoch="a" * 16, counter=4, head=b"4"))
    exchange_log.acknowledge(db, Acknowledged(station=STATION, epoch="a" * 16, counter=7, head=b"7"))
    assert exchange_log.acknowledged(db, OTHER) == (Acknowledged(station=OTHER, epoch="a" * 16, counter=4, head=b"4"),)
    exchange_log.forget_acknowledged(db, OTHER)
    assert exchange_log.acknowledged(db, OTHER) == ()
    assert len(exchange_log.acknowledged(db, STATION)) == 1


def test_a_held_bundle_stays_until_it_is_released(db: Database) -> None:
    held = HeldBundle(digest="d1", file_name="d1.sotram", station=OTHER, reason="bundle_station_unknown", held_at=3)
    exchange_log.hold(db, held)
    later = replace(held, reason="bundle_newer")
    exchange_log.hold(db, later)
    assert exchange_log.held_bundles(db) == (later,)
    exchange_log.release(db, "d1")
    assert exchange_log.held_bundles(db) == ()
