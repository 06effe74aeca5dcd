"""Where a station's log ends when the station is revoked now: at what came last, not at the highest counter."""

from desktop.domain.log.operation import OperationId
from desktop.storage import change_log
from desktop.storage.database import Database
from tests.storage.world import OTHER, STATION, Author, record_id


def receive(db: Database, author: Author) -> None:
    change_log.begin_epoch(db, author.epoch, author.station)
    change_log.append_received(db, author.epoch, author.station, author.chain())


def test_the_newest_operation_is_the_last_to_come_of_whichever_epoch(db: Database) -> None:
    """After a restore the counters begin anew; a long old epoch is not the newer one for its length."""
    old, new = Author(station=OTHER, epoch="c" * 16), Author(station=OTHER, epoch="b" * 16)
    for number in range(3):
        old.write(record_id(number + 1), "person", {"height": number})
    new.write(record_id(9), "person", {"height": 9})
    receive(db, old)
    assert change_log.newest_of(db, OTHER) == OperationId(old.epoch, 3)
    receive(db, new)
    assert change_log.newest_of(db, OTHER) == OperationId(new.epoch, 1)
    assert change_log.newest_of(db, STATION) is None
