"""The audit log: a chain in which nothing is changed or left out unseen, and no value is ever written."""

import hashlib

import pytest

from desktop.storage import audit_log
from desktop.storage.database import Database
from tests.storage.world import OFFICER, breaking, record_id


@pytest.fixture
def told(db: Database) -> Database:
    for number in range(5):
        audit_log.append(
            db,
            time_ms=1_700_000_000_000 + number,
            officer=OFFICER,
            action="reveal",
            register="victim",
            record=record_id(number % 2),
            fields=("person", "place"),
            reason_given=True,
        )
    audit_log.append(db, time_ms=1, officer=OFFICER, action="trust", subject="DBP-1-1", is_clock_suspect=True)
    return db


def test_heads_follow_the_stated_rule(told: Database) -> None:
    head = audit_log.BEGINNING
    for number, line, stored in told.query_rows("SELECT number, line, head FROM audit ORDER BY number"):
        head = hashlib.sha256(b"\0" + head + line).digest()
        assert stored == head == audit_log.head_at(told, number)
    assert audit_log.last(told) == (6, head)
    assert audit_log.verify(told) == ()


def test_an_empty_log_has_its_beginning(db: Database) -> None:
    assert audit_log.last(db) == (0, audit_log.BEGINNING)
    assert audit_log.head_at(db, 0) == audit_log.BEGINNING
    assert audit_log.head_at(db, 1) is None
    assert audit_log.verify(db) == ()


def test_the_newest_entries_are_read_first_and_page_by_page(told: Database) -> None:
    assert [entry.number for entry in audit_log.entries(told, 2)] == [6, 5]
    assert [entry.number for entry in audit_log.entries(told, 2, before=5)] == [4, 3]
    assert [entry.number for entry in audit_log.entries(told, record=record_id(1))] == [4, 2]
    newest = audit_log.entries(told, 1)[0]
    assert (newest.action, newest.subject, newest.is_clock_suspect) == ("trust", "DBP-1-1", True)
    shown = audit_log.entries(told)[-1]
    assert (shown.fields, shown.reason_given, shown.record) == (("person", "place"), True, record_id(0))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit SET line = CAST(replace(CAST(line AS TEXT), 'reveal', 'nothing') AS BLOB) WHERE number = 3",
        "UPDATE audit SET head = zeroblob(32) WHERE number = 3",
        "UPDATE audit SET line = x'FF' WHERE number = 3",
        "UPDATE audit SET line = (SELECT line FROM audit WHERE number = 2) WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = 1",
    ],
)
def test_whatever_is_changed_or_left_out_is_found(told: Database, damage: str) -> None:
    told.execute(damage)
    assert audit_log.verify(told) != ()


def test_an_entry_of_a_failed_act_is_not_kept(told: Database) -> None:
    with breaking(told):
        audit_log.append(told, time_ms=1, officer=OFFICER, action="save")
    assert audit_log.last(told)[0] == 6
