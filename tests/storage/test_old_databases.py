"""Registries of every schema version that ever left the house open today, with every value they hold."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import OperationId, parse_operation
from desktop.domain.records.merging import record_state
from desktop.paths import forms_dir
from desktop.storage import (
    attachments,
    audit_log,
    change_log,
    exchange_log,
    keyring_table,
    projection,
    queries,
    register_tables,
    settings,
    station_list,
)
from desktop.storage.database import Database
from desktop.storage.migrations import SCHEMA_VERSION
from desktop.storage.search import search
from tests.old_databases.make import KEY, OTHER, OWN_EPOCH, PERSON, SEEN, SEEN_EPOCH, STATION, VICTIM

Old: TypeAlias = "tuple[Database, Library, dict[str, Any]]"
OLD = sorted((Path(__file__).parents[1] / "old_databases").glob("*.db"))


@pytest.fixture(params=OLD, ids=[path.stem for path in OLD])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Old]:
    """An old registry as a station would open it, and what has to be in it."""
    path = tmp_path / request.param.name
    shutil.copyfile(request.param, path)
    expected = json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))
    library = load_library(forms_dir())
    with Database.open(path, KEY) as db:
        needed = register_tables.prepare(db, library)
        projection.rebuild(db, library, needed)
        yield db, library, expected


def test_every_schema_version_is_kept() -> None:
    assert [path.stem for path in OLD] == [f"version_{number}" for number in range(1, SCHEMA_VERSION + 1)]


def test_its_chains_and_pages_are_whole(old: Old) -> None:
    db, library, expected = old
    assert db.check(full=True) == ()
    assert change_log.verify(db) == ()
    assert audit_log.verify(db) == ()
    assert change_log.last(db, OWN_EPOCH)[1].hex() == expected["head"]
    assert audit_log.last(db)[1].hex() == expected["audit"]
    assert sorted(row[0].decode() for row in db.query_rows("SELECT line FROM operations")) == expected["lines"]
    assert projection.check_search(db)
    assert projection.differing(db, library, queries.all_records(db)) == ()


def test_its_records_show_every_value_they_were_given(old: Old) -> None:
    db, library, expected = old
    operations = [parse_operation(line.encode()) for line in expected["lines"]]
    for record in {operation.record for operation in operations}:
        own = [operation for operation in operations if operation.record == record]
        definition = library.registers.get(own[0].register)
        if definition is not None:
            assert queries.read_row(db, definition, record) == record_state(own, definition).values
    assert [one.record_no for one in queries.conflicted(db)] == ["VM-2026-0001"]
    assert {found.record for found in search(db, "don nam") + search(db, "uoc")} >= {SEEN}
    assert VICTIM not in {found.record for found in search(db, "don")}
    assert {link.field for link in queries.links_to(db, PERSON)} == {"person"}


def test_what_stands_beside_the_records_is_there(old: Old) -> None:
    db, _, expected = old
    assert settings.get(db, "station") == {"id": STATION, "name": "Công an xã Mường Nhé"}
    assert keyring_table.get(db, "station") == b"wrapped keys"
    assert attachments.read(db, expected["attachment"]) == b"a photograph"
    assert [one.counter for one in exchange_log.acknowledged(db, OTHER)] == [5]
    known = station_list.get(db, OTHER)
    assert known is not None
    assert known.status == "trusted"
    own = change_log.epoch_of(db, OWN_EPOCH)
    assert own is not None
    assert own.forked_from == (OperationId("00000000000000a0", 7), bytes(32))
    seen = change_log.epoch_of(db, SEEN_EPOCH)
    assert seen is not None
    assert seen.genesis is None
