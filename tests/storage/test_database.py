"""The file of a registry: opened with its key, or refused by name; what was acknowledged stays."""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import sqlcipher3

from desktop.errors import RegistryError
from desktop.storage import change_log, connection, database, migrations, projection, queries, register_tables, settings
from desktop.storage.database import Database, check_file, reading, require_free_space
from tests.storage.world import KEY, LIBRARY, Author, breaking, record_id, save

if TYPE_CHECKING:
    import sqlite_utils  # connection.py imports it first, after naming the driver

CANARY = "Quàng Thị Canary"


def saved(db: Database, author: Author, count: int) -> None:
    for number in range(count):
        save(db, author.write(record_id(number + 1), "person", {"full_name": f"{CANARY} {number}"}))


def shown(db: Database) -> int:
    return len(queries.titles_of(db, queries.all_records(db)))


def test_a_new_registry_is_sound_and_keeps_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    with Database.create(path, KEY) as db:
        db.execute("INSERT INTO settings (name, value) VALUES ('unit', '1')")
    with Database.open(path, KEY) as db:
        assert db.query_rows("SELECT name, value FROM settings") == [("unit", "1")]
        assert db.check(full=True) == ()


def test_a_registry_is_never_made_over_another(registry: Path) -> None:
    before = registry.read_bytes()
    with pytest.raises(RegistryError) as raised:
        Database.create(registry, KEY)
    assert raised.value.code == "registry_exists"
    assert registry.read_bytes() == before


def test_a_making_that_was_killed_leaves_no_registry_and_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    path.with_name("registry.db.new").write_bytes(b"half a registry")
    path.with_name("registry.db.new-wal").write_bytes(b"and its log")
    Database.create(path, KEY).close()
    assert [file.name for file in tmp_path.iterdir()] == ["registry.db"]


def test_another_key_is_told_and_changes_nothing(registry: Path) -> None:
    before = registry.read_bytes()
    with pytest.raises(RegistryError) as raised:
        Database.open(registry, bytes(32))
    assert raised.value.code == "registry_key_wrong"
    assert registry.read_bytes() == before


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_never_reaches_the_driver(registry: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Database.open(registry, key)


def test_a_missing_registry_is_not_made_by_opening_it(tmp_path: Path) -> None:
    for path in (tmp_path / "none.db", tmp_path / "no folder" / "none.db"):
        with pytest.raises(RegistryError) as raised:
            Database.open(path, KEY)
        assert raised.value.code == "registry_missing"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_damage_and_not_a_new_registry(registry: Path) -> None:
    registry.write_bytes(b"")
    with pytest.raises(RegistryError) as raised:
        Database.open(registry, KEY)
    assert raised.value.code == "registry_damaged"
    assert registry.stat().st_size == 0


def test_a_registry_of_a_newer_program_is_refused_with_both_versions(registry: Path) -> None:
    with Database.open(registry, KEY) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(RegistryError) as raised:
        Database.open(registry, KEY)
    assert raised.value.code == "registry_newer"
    assert raised.value.context == {"found": 99, "supported": migrations.SCHEMA_VERSION}


def test_nothing_readable_stands_in_the_files(db: Database, registry: Path, author: Author) -> None:
    saved(db, author, 3)
    files = [registry, registry.with_name("registry.db-wal")]
    for needle in (CANARY, "full_name", "CREATE TABLE", "SQLite format", "quang thi canary"):
        assert all(needle.encode() not in file.read_bytes() for file in files)


def test_the_pragmas_that_keep_saves_are_on(db: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}
    assert {name: value for name in wanted for (value,) in db.query_rows(f"PRAGMA {name}")} == wanted


def test_an_old_schema_is_led_to_the_newest_or_stays_as_it_was(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second_table(tables: "sqlite_utils.Database") -> None:
        tables.execute("CREATE TABLE second (a TEXT) STRICT")

    def broken(tables: "sqlite_utils.Database") -> None:
        second_table(tables)
        raise KeyboardInterrupt

    monkeypatch.setattr(connection, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(database, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(connection, "STEPS", (*migrations.STEPS, broken))
    with pytest.raises(KeyboardInterrupt):
        Database.open(registry, KEY)
    with reading(registry, KEY) as db:
        assert db.query_row("PRAGMA user_version") == (1,)
        assert db.query_rows("SELECT name FROM sqlite_schema WHERE name = 'second'") == []
    monkeypatch.setattr(connection, "STEPS", (*migrations.STEPS, second_table))
    with Database.open(registry, KEY) as db:
        assert db.query_row("PRAGMA user_version") == (2,)
        assert db.query_rows("SELECT count(*) FROM second") == [(0,)]


def test_reading_a_closed_registry_changes_no_byte(registry: Path) -> None:
    before = registry.read_bytes()
    with reading(registry, KEY) as db, pytest.raises(RegistryError) as raised:
        db.execute("DELETE FROM epochs")
    assert raised.value.code == "registry_read_only"
    assert registry.read_bytes() == before


# Transactions


def test_an_atomic_block_that_fails_leaves_nothing(db: Database) -> None:
    with breaking(db):
        settings.put(db, "a", 1)
    assert db.query_rows("SELECT * FROM settings") == []


def test_an_inner_block_joins_the_outer_one(db: Database) -> None:
    with breaking(db), db.atomic():
        settings.put(db, "a", 1)
    with breaking(db):
        with db.atomic():
            settings.put(db, "a", 1)
        assert settings.get(db, "a") == 1
    assert db.query_rows("SELECT * FROM settings") == []


def test_half_of_an_inner_block_is_never_saved(db: Database) -> None:
    with pytest.raises(RuntimeError, match="inner atomic block"), db.atomic(), breaking(db):
        settings.put(db, "a", 1)
    assert db.query_rows("SELECT * FROM settings") == []
    with db.atomic():
        settings.put(db, "b", 1)
    assert db.query_rows("SELECT name FROM settings") == [("b",)]


def test_a_wrong_type_is_refused_by_the_table_and_flies_as_our_bug(db: Database) -> None:
    with pytest.raises(connection.DriverError, match="TEXT column"):
        db.execute("INSERT INTO settings (name, value) VALUES ('a', x'00')")


# What the world does


def test_a_full_disk_is_told_and_keeps_exactly_what_was_acknowledged(db: Database, author: Author) -> None:
    saved(db, author, 5)
    [(pages,)] = db.query_rows("PRAGMA page_count")
    db.query_rows(f"PRAGMA max_page_count = {pages + 3}")
    acknowledged = 5
    told = ""
    while not told:
        try:
            save(db, author.write(record_id(acknowledged + 1), "person", {"full_name": "Lò Thị Đớn " * 300}))
            acknowledged += 1
        except RegistryError as error:
            told = error.code
    assert told == "disk_full"
    assert change_log.last(db, author.epoch)[0] == change_log.count(db) == shown(db) == acknowledged
    db.query_rows(f"PRAGMA max_page_count = {pages + 1000}")
    save(db, author.written[-1])
    assert change_log.count(db) == acknowledged + 1
    assert db.check(full=True) == ()


def test_another_program_that_holds_the_file_is_told(db: Database, registry: Path) -> None:
    other = connection.connect(registry, KEY, flags=connection.WRITE)
    other.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(RegistryError) as raised, db.atomic():
        pass
    other.close()
    assert raised.value.code == "registry_busy"
    with db.atomic():
        settings.put(db, "a", 1)


_OPEN_WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from desktop.errors import RegistryError
from desktop.storage.database import Database
from tests.storage.world import KEY
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
try:
    Database.open(Path(sys.argv[1]), KEY).close()
    print("opened")
except RegistryError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are given otherwise there")
@pytest.mark.parametrize(
    ("file_rights", "folder_rights", "told"),
    [(0o666, 0o777, "opened"), (0o444, 0o777, "registry_read_only"), (0o666, 0o555, "registry_read_only")],
)
def test_a_registry_that_cannot_be_written_to_is_told_on_opening(
    registry: Path, file_rights: int, folder_rights: int, told: str
) -> None:
    house = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as name:  # not tmp_path: its parents are closed to others
        folder = Path(name)
        copy = folder / "registry.db"
        shutil.copyfile(registry, copy)
        before = copy.read_bytes()
        copy.chmod(file_rights)
        folder.chmod(folder_rights)
        done = subprocess.run(
            [sys.executable, "-c", _OPEN_WITHOUT_RIGHTS, copy],
            cwd=house,
            env={"PYTHONPATH": str(house)},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o777)
        assert (done.stdout.strip(), done.stderr) == (told, "")
        assert copy.read_bytes() == before


def test_too_little_room_is_told_with_numbers(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_free_space(registry)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50 * 2**20))
    with pytest.raises(RegistryError) as raised:
        require_free_space(registry)
    assert raised.value.code == "disk_space_low"
    assert raised.value.context == {"free_mb": 50, "needed_mb": 201}


def damage_of(path: Path) -> str:
    """Open, check and read everything: how a damaged registry is noticed, '' if it is not."""
    try:
        with Database.open(path, KEY) as db:
            if db.check(full=True):
                return "check"
            register_tables.prepare(db, LIBRARY)
            findings = change_log.verify(db)
            projection.digest(db)
            return "log" if findings else ""
    except RegistryError as error:
        return error.code


def test_a_flipped_bit_anywhere_in_the_file_is_noticed(
    db: Database, registry: Path, author: Author, tmp_path: Path
) -> None:
    saved(db, author, 20)
    db.close()
    content = registry.read_bytes()
    chance = random.Random(5)
    copy = tmp_path / "copy.db"
    for offset in [0, 15, 16, 100, len(content) - 1, *(chance.randrange(len(content)) for _ in range(60))]:
        copy.write_bytes(content[:offset] + bytes([content[offset] ^ 1 << chance.randrange(8)]) + content[offset + 1 :])
        assert damage_of(copy), offset


def test_a_file_cut_short_is_noticed_though_the_cipher_alone_would_pass_it(
    db: Database, registry: Path, author: Author, tmp_path: Path
) -> None:
    saved(db, author, 20)
    db.close()
    content = registry.read_bytes()
    copy = tmp_path / "copy.db"
    for pages in (len(content) // 4096 // 2, 2, 1):
        copy.write_bytes(content[: -4096 * pages])
        assert damage_of(copy)
    fresh = sqlcipher3.connect(str(copy))
    fresh.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    assert fresh.execute("PRAGMA cipher_integrity_check").fetchall() == []  # RULES.md D4: why both checks are made
    fresh.close()


def test_a_damaged_log_of_the_last_saves_loses_at_most_its_tail(
    db: Database, registry: Path, author: Author, tmp_path: Path
) -> None:
    saved(db, author, 12)
    log = registry.with_name("registry.db-wal").read_bytes()
    content = registry.read_bytes()
    chance = random.Random(6)
    copy = tmp_path / "copy.db"
    for offset in [0, 24, 40, *(chance.randrange(len(log)) for _ in range(40))]:
        for leftover in tmp_path.glob("copy.db*"):
            leftover.unlink()
        copy.write_bytes(content)
        flipped = log[:offset] + bytes([log[offset] ^ 0x10]) + log[offset + 1 :]
        copy.with_name("copy.db-wal").write_bytes(flipped)
        if damage_of(copy):
            continue
        with Database.open(copy, KEY) as half:  # a prefix of the saves, whole in log and projection alike
            register_tables.prepare(half, LIBRARY)
            assert change_log.count(half) == shown(half) <= 12
            live = projection.digest(half)
            projection.rebuild(half, LIBRARY)
            assert projection.digest(half) == live


def test_the_first_page_of_another_registry_is_no_registry_of_ours(registry: Path, tmp_path: Path) -> None:
    content = registry.read_bytes()
    registry.write_bytes(b"\0" * 4096 + content[4096:])
    with pytest.raises(RegistryError) as raised:
        check_file(registry, KEY, full=True)
    assert raised.value.code == "registry_key_wrong"


def test_a_check_inside_a_transaction_is_our_bug(db: Database) -> None:
    with pytest.raises(RuntimeError), db.atomic():
        db.check(full=False)


@pytest.mark.skipif(sys.platform == "win32", reason="the rig forks; Windows is killed in the real-laptop tests")
def test_a_killed_program_has_lost_nothing_it_acknowledged(registry: Path) -> None:
    rig = Path(__file__).with_name("killed_saves.py")
    done = subprocess.run(
        [sys.executable, rig, registry, "40"],
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["kills"] == 40
    assert result["lost"] == result["torn"] == 0
    assert result["acknowledged"] > 100
