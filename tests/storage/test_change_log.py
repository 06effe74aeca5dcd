"""The change log: only ever appended, chained, and a fork is returned with nothing written."""

import random
import shutil
from pathlib import Path

import pytest

from desktop.domain.log.operation import (
    Json,
    OperationId,
    genesis,
    parse_operation,
)
from desktop.errors import RegistryError
from desktop.storage import change_log
from desktop.storage.change_log import AppendResult
from desktop.storage.database import Database, Row
from tests.storage.world import KEY, OTHER, STATION, Author, breaking, record_id

EPOCH = "b" * 16


@pytest.fixture
def other() -> Author:
    """A station with six operations on three records."""
    author = Author(station=OTHER, epoch=EPOCH)
    for number in range(6):
        author.write(record_id(number % 3), "person", {"full_name": f"Lò Thị {number}"})
    return author


def dump(db: Database) -> tuple[list[Row], list[Row]]:
    return db.query_rows("SELECT * FROM operations ORDER BY arrival"), db.query_rows("SELECT * FROM epochs")


def test_what_is_appended_is_read_back_as_it_was(db: Database, author: Author) -> None:
    values: dict[str, Json] = {
        "full_name": "Lò Thị Đớn",
        "perm_addr": {"commune": "03160", "province": "11"},
        "foo": {"$sealed": "YWdl"},
        "aliases": ["a", "b"],
        "height": 150,
        "is_child": False,
        "alias": None,
    }
    first = author.write(record_id(1), "person", values)
    second = author.write(record_id(1), "person", {"full_name": "Lò Thị Ước"}, {"full_name": (first.id,)})
    change_log.append(db, [first, second])
    assert change_log.operations_of(db, record_id(1)) == [first, second]
    assert [change_log.stored_operation(one.line()) for one in (first, second)] == [
        parse_operation(one.line()) for one in (first, second)
    ]
    assert change_log.operations_of(db, record_id(2)) == []


def test_the_lines_of_a_record_are_the_same_within_a_transaction_and_after_it(
    db: Database, author: Author, other: Author
) -> None:
    records = [record_id(number) for number in range(4)]
    change_log.append(db, [author.write(record_id(1), "person", {"full_name": "Lò A"})])
    with breaking(db):
        change_log.begin_epoch(db, EPOCH, OTHER)
        change_log.append_received(db, EPOCH, OTHER, other.chain())
    assert list(change_log.lines_of_each(db, records)) == [record_id(1)]
    with db.atomic():
        change_log.begin_epoch(db, EPOCH, OTHER)
        change_log.append_received(db, EPOCH, OTHER, other.chain()[:3])
        change_log.append(db, [author.write(record_id(0), "person", {"full_name": "Lò B"})])
        change_log.append_excerpts(db, EPOCH, OTHER, [other.chain()[4][0]])
        change_log.append_received(db, EPOCH, OTHER, other.chain()[3:])
        within = change_log.lines_of_each(db, records)
    stored = {record: [entry.line for entry in change_log.lines_of(db, record)] for record in records[:3]}
    assert within == change_log.lines_of_each(db, records) == stored
    assert [len(lines) for lines in stored.values()] == [3, 3, 2]


def test_heads_are_those_of_the_format(db: Database, author: Author) -> None:
    assert change_log.last(db, author.epoch) == (0, genesis(STATION, author.epoch))
    head = change_log.append(db, [author.write(record_id(n), "person", {}) for n in range(3)])
    chain = author.chain()
    assert head == chain[-1][1]
    assert change_log.last(db, author.epoch) == (3, head)
    assert [change_log.head_at(db, author.epoch, n) for n in range(1, 5)] == [*(head for _, head in chain), None]
    assert list(change_log.lines_between(db, author.epoch, 2, 9)) == [line for line, _ in chain[1:]]


@pytest.mark.parametrize("counter", [0, 2])
def test_a_counter_out_of_turn_is_our_bug_and_saves_nothing(db: Database, author: Author, counter: int) -> None:
    operations = [author.write(record_id(n), "person", {}) for n in range(3)]
    with pytest.raises(ValueError, match="not the next one"):
        change_log.append(db, [operations[0], operations[counter]])
    assert change_log.count(db) == 0


def test_a_range_is_taken_in_once_and_then_only_compared(db: Database, other: Author) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    received = change_log.append_received(db, EPOCH, OTHER, other.chain()[:4])
    assert received == AppendResult(records=(record_id(0), record_id(1), record_id(2)), added=4)
    received = change_log.append_received(db, EPOCH, OTHER, other.chain())
    assert received == AppendResult(records=(record_id(1), record_id(2)), added=2, repeated=4)
    before = dump(db)
    assert change_log.append_received(db, EPOCH, OTHER, other.chain()[2:5]) == AppendResult(repeated=3)
    assert dump(db) == before
    assert change_log.verify(db) == ()


def test_a_range_beyond_what_is_known_is_a_gap(db: Database, other: Author) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    change_log.append_received(db, EPOCH, OTHER, other.chain()[:2])
    before = dump(db)
    received = change_log.append_received(db, EPOCH, OTHER, other.chain()[3:])
    assert received == AppendResult(gap=OperationId(EPOCH, 3))
    assert dump(db) == before


def test_a_second_history_is_a_fork_and_nothing_of_it_is_written(db: Database, other: Author) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    change_log.append_received(db, EPOCH, OTHER, other.chain()[:4])
    before = dump(db)
    second = Author(station=OTHER, epoch=EPOCH, written=other.written[:2])
    for number in range(4):
        second.write(record_id(5), "person", {"full_name": f"khác {number}"})
    assert change_log.append_received(db, EPOCH, OTHER, second.chain()) == AppendResult(fork=OperationId(EPOCH, 3))
    assert change_log.append_received(db, EPOCH, OTHER, second.chain()[4:]) == AppendResult(fork=OperationId(EPOCH, 5))
    assert dump(db) == before


def test_a_head_that_does_not_follow_is_a_fork(db: Database, other: Author) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    chain = other.chain()
    chain[2] = (chain[2][0], bytes(32))
    assert change_log.append_received(db, EPOCH, OTHER, chain).fork == OperationId(EPOCH, 3)
    assert change_log.count(db) == 0


def test_excerpts_come_in_any_order_and_become_links_of_the_chain(db: Database, other: Author) -> None:
    lines = [line for line, _ in other.chain()]
    received = change_log.append_excerpts(db, EPOCH, OTHER, [lines[4], lines[1], lines[4]])
    assert received == AppendResult(records=(record_id(1),), added=2, repeated=1)
    assert change_log.head_at(db, EPOCH, 2) is None
    assert list(change_log.lines_between(db, EPOCH, 1, 9)) == []
    with pytest.raises(RegistryError) as raised:
        change_log.last(db, EPOCH)
    assert raised.value.code == "epoch_unknown"
    assert change_log.append_received(db, EPOCH, OTHER, other.chain()) == AppendResult(gap=OperationId(EPOCH, 1))

    change_log.begin_epoch(db, EPOCH, OTHER)
    received = change_log.append_received(db, EPOCH, OTHER, other.chain())
    assert (received.added, received.repeated) == (4, 2)
    assert list(change_log.lines_between(db, EPOCH, 1, 9)) == lines
    assert change_log.last(db, EPOCH) == (6, other.chain()[-1][1])
    assert change_log.append_excerpts(db, EPOCH, OTHER, lines) == AppendResult(repeated=6)
    assert change_log.verify(db) == ()


def test_an_excerpt_that_differs_is_a_fork_whichever_came_first(db: Database, other: Author) -> None:
    lines = [line for line, _ in other.chain()]
    changed = Author(station=OTHER, epoch=EPOCH, written=other.written[:2])
    changed.write(record_id(2), "person", {"full_name": "khác"})
    other_line = changed.written[-1].line()
    change_log.append_excerpts(db, EPOCH, OTHER, [other_line])
    before = dump(db)
    assert change_log.append_excerpts(db, EPOCH, OTHER, [lines[0], lines[2]]).fork == OperationId(EPOCH, 3)
    assert dump(db) == before
    change_log.begin_epoch(db, EPOCH, OTHER)
    before = dump(db)
    assert change_log.append_received(db, EPOCH, OTHER, other.chain()).fork == OperationId(EPOCH, 3)
    assert dump(db) == before


def test_two_different_lines_in_one_set_of_excerpts_are_a_fork(db: Database, other: Author) -> None:
    changed = Author(station=OTHER, epoch=EPOCH)
    changed.write(record_id(2), "person", {"full_name": "khác"})
    lines = [other.written[0].line(), changed.written[0].line()]
    assert change_log.append_excerpts(db, EPOCH, OTHER, lines).fork == OperationId(EPOCH, 1)
    assert change_log.count(db) == 0


def test_an_epoch_belongs_to_one_station_and_has_one_start(db: Database, other: Author) -> None:
    forked = (OperationId("c" * 16, 7), bytes(range(32)))
    change_log.begin_epoch(db, EPOCH, OTHER, forked)
    before = dump(db)
    change_log.begin_epoch(db, EPOCH, OTHER, forked)
    for station, start in ((STATION, forked), (OTHER, None), (OTHER, (OperationId("c" * 16, 8), bytes(32)))):
        with pytest.raises(RegistryError) as raised:
            change_log.begin_epoch(db, EPOCH, station, start)
        assert raised.value.code == "epoch_differs"
    with pytest.raises(RegistryError) as raised:
        change_log.append_excerpts(db, EPOCH, STATION, [other.written[0].line()])
    assert raised.value.code == "epoch_differs"
    assert dump(db) == before
    known = change_log.epoch_of(db, EPOCH)
    assert known is not None
    assert (known.forked_from, known.genesis) == (forked, genesis(OTHER, EPOCH, forked))


def test_closing_and_freezing_are_noted(db: Database) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    change_log.close_epoch(db, EPOCH, 6)
    change_log.freeze_epoch(db, EPOCH)
    [known] = change_log.own_epochs(db, OTHER)
    assert (known.closed_at, known.is_frozen) == (6, True)
    assert [one.is_frozen for one in change_log.own_epochs(db, STATION)] == [False]


def test_what_arrived_after_is_told_in_the_order_it_came(db: Database, author: Author, other: Author) -> None:
    change_log.append(db, [author.write(record_id(9), "person", {})])
    mark = change_log.last_arrival(db)
    change_log.begin_epoch(db, EPOCH, OTHER)
    change_log.append_received(db, EPOCH, OTHER, other.chain()[:2])
    change_log.append(db, [author.write(record_id(8), "person", {})])
    later = [entry.id for entry in change_log.arrived_after(db, mark)]
    assert later == [OperationId(EPOCH, 1), OperationId(EPOCH, 2), OperationId(author.epoch, 2)]
    assert change_log.newest_of(db, OTHER) == OperationId(EPOCH, 2)
    assert [entry.line for entry in change_log.lines_of(db, record_id(0))] == [other.written[0].line()]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (
            "UPDATE operations SET line = CAST(replace(CAST(line AS TEXT), 'Lò', 'Là') AS BLOB) WHERE counter = 3",
            "head",
        ),
        ("UPDATE operations SET head = zeroblob(32) WHERE counter = 4", "head"),
        ("UPDATE operations SET record = 'x' WHERE counter = 2", "line"),
        ("UPDATE operations SET register = 'absence' WHERE counter = 2", "line"),
        ("UPDATE operations SET line = x'00' WHERE counter = 2", "line"),
        ("DELETE FROM operations WHERE counter = 3", "gap"),
        ("UPDATE epochs SET station = 'CAX-1-1' WHERE epoch = 'bbbbbbbbbbbbbbbb'", "genesis"),
        ("UPDATE epochs SET genesis = zeroblob(32) WHERE epoch = 'bbbbbbbbbbbbbbbb'", "genesis"),
    ],
)
def test_whatever_is_changed_behind_our_back_is_found(db: Database, other: Author, damage: str, code: str) -> None:
    change_log.begin_epoch(db, EPOCH, OTHER)
    change_log.append_received(db, EPOCH, OTHER, other.chain())
    assert change_log.verify(db) == ()
    db.execute(damage)
    assert code in {finding.code for finding in change_log.verify(db)}


def test_the_order_of_excerpts_and_ranges_does_not_matter(registry: Path, tmp_path: Path, other: Author) -> None:
    seen = set()
    for seed in range(6):
        copy = tmp_path / f"{seed}.db"
        shutil.copyfile(registry, copy)
        chance = random.Random(seed)
        with Database.open(copy, KEY) as db:
            lines = [line for line, _ in other.chain()]
            chance.shuffle(lines)
            change_log.append_excerpts(db, EPOCH, OTHER, lines[: chance.randint(0, 6)])
            change_log.begin_epoch(db, EPOCH, OTHER)
            cut = chance.randint(1, 5)
            change_log.append_received(db, EPOCH, OTHER, other.chain()[:cut])
            change_log.append_excerpts(db, EPOCH, OTHER, lines)
            change_log.append_received(db, EPOCH, OTHER, other.chain()[cut:])
            seen.add(tuple(db.query_rows("SELECT epoch, counter, line, head FROM operations ORDER BY epoch, counter")))
            assert change_log.verify(db) == ()
    assert len(seen) == 1
