"""Copies that are opened and checked before they count; a restore leaves the old registry or the restored one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import RegistryError
from desktop.storage import audit_log, backup, change_log, projection, queries, register_tables
from desktop.storage.backup import check_copy, restore_backup, write_backup
from desktop.storage.database import Database, reading
from tests.storage.world import KEY, LIBRARY, OFFICER, Author, create, record_id, save


@pytest.fixture
def filled(db: Database, author: Author) -> Database:
    for number in range(10):
        save(db, author.write(record_id(number), "person", {"full_name": f"Lò Thị {number}"}))
        audit_log.append(db, time_ms=1, officer=OFFICER, action="save")
    return db


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "copy.db"


def code_of(act: Callable[..., object], *values: object) -> str:
    with pytest.raises(RegistryError) as raised:
        act(*values)
    return raised.value.code


def test_a_backup_holds_everything_and_is_one_encrypted_file(filled: Database, copy: Path) -> None:
    standing = write_backup(filled, copy)
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]
    assert b"SQLite format" not in copy.read_bytes()
    assert (standing.operations, standing.audit) == (10, audit_log.last(filled))
    with reading(copy, KEY) as restored:
        assert projection.digest(restored) == projection.digest(filled)
        assert change_log.verify(restored) == ()
    assert check_copy(copy, KEY) == standing
    assert code_of(check_copy, copy, bytes(32)) == "registry_key_wrong"


def test_a_later_backup_takes_the_place_of_an_older_one(filled: Database, copy: Path, author: Author) -> None:
    write_backup(filled, copy)
    save(filled, author.write(record_id(50), "person", {"full_name": "Lò A"}))
    write_backup(filled, copy)
    assert check_copy(copy, KEY).operations == 11


@pytest.mark.parametrize("what", ["operation", "audit entry"])
def test_a_backup_never_takes_the_place_of_one_that_knows_more(
    filled: Database, copy: Path, registry: Path, tmp_path: Path, author: Author, what: str
) -> None:
    write_backup(filled, tmp_path / "before.db")
    if what == "operation":
        save(filled, author.write(record_id(50), "person", {"full_name": "Lò A"}))
    else:
        audit_log.append(filled, time_ms=2, officer=OFFICER, action="print")
    write_backup(filled, copy)
    kept = copy.read_bytes()
    filled.close()
    restore_backup(tmp_path / "before.db", registry, KEY)
    with Database.open(registry, KEY) as db:
        assert code_of(write_backup, db, copy) == "backup_newer"
    assert copy.read_bytes() == kept


def test_a_backup_of_another_registry_is_left_alone(filled: Database, copy: Path) -> None:
    copy.write_bytes(b"somebody's holiday pictures" * 1000)
    assert code_of(write_backup, filled, copy) == "backup_not_ours"
    assert copy.read_bytes().startswith(b"somebody's")


def test_a_half_made_backup_is_removed_by_the_next(filled: Database, copy: Path) -> None:
    copy.with_name("copy.db.part").write_bytes(b"half")
    write_backup(filled, copy)
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]


def test_a_copy_that_does_not_match_is_discarded(filled: Database, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_backup(filled, copy)
    kept = copy.read_bytes()
    audit_log.append(filled, time_ms=2, officer=OFFICER, action="print")
    monkeypatch.setattr(backup, "check_copy", lambda _, key: check_copy(copy, key))
    assert code_of(write_backup, filled, copy) == "backup_failed"
    assert copy.read_bytes() == kept
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]


def test_a_registry_with_a_broken_chain_makes_no_backup(filled: Database, copy: Path) -> None:
    filled.execute("UPDATE audit SET head = zeroblob(32) WHERE number = 3")
    assert code_of(write_backup, filled, copy) == "backup_failed"
    assert list(copy.parent.iterdir()) == []


def test_a_backup_waits_for_no_open_transaction(filled: Database, copy: Path, registry: Path) -> None:
    with Database.open(registry, KEY) as writer, writer.atomic():
        writer.execute("INSERT INTO settings (name, value) VALUES ('half', '1')")
        write_backup(filled, copy)
    with reading(copy, KEY) as restored:
        assert restored.query_rows("SELECT * FROM settings") == []
    with pytest.raises(RuntimeError), filled.atomic():
        write_backup(filled, copy)


def test_a_restored_registry_is_the_backup_and_the_old_one_is_kept_beside_it(
    filled: Database, copy: Path, registry: Path, author: Author
) -> None:
    write_backup(filled, copy)
    save(filled, author.write(record_id(50), "person", {"full_name": "Lò A"}))
    log = registry.with_name("registry.db-wal").read_bytes()
    content = registry.read_bytes()
    filled.close()
    registry.write_bytes(content)  # as a kill would leave it: the last saves stand in the WAL alone
    registry.with_name("registry.db-wal").write_bytes(log)
    restore_backup(copy, registry, KEY)
    with Database.open(registry, KEY) as db:
        register_tables.prepare(db, LIBRARY)
        assert change_log.count(db) == 10
        assert queries.register_of(db, record_id(50)) is None
        assert db.check(full=True) == ()
    with reading(registry.with_name("registry.db.before-restore"), KEY) as old:
        assert change_log.count(old) == 11


def test_a_damaged_registry_is_restored_over_and_its_remains_are_kept(
    filled: Database, copy: Path, registry: Path
) -> None:
    write_backup(filled, copy)
    filled.close()
    registry.write_bytes(b"damaged" * 3000)
    registry.with_name("registry.db-wal").write_bytes(b"a log of before")
    restore_backup(copy, registry, KEY)
    with Database.open(registry, KEY) as db:
        assert change_log.count(db) == 10
    assert registry.with_name("registry.db.before-restore").read_bytes().startswith(b"damaged")
    assert registry.with_name("registry.db.before-restore-wal").read_bytes() == b"a log of before"


def test_a_second_restore_keeps_the_registry_it_replaced_and_nothing_of_the_first(
    filled: Database, copy: Path, registry: Path
) -> None:
    write_backup(filled, copy)
    filled.close()
    registry.with_name("registry.db.before-restore-wal").write_bytes(b"of an earlier restore")
    restore_backup(copy, registry, KEY)
    assert sorted(file.name for file in registry.parent.glob("registry.db*")) == [
        "registry.db",
        "registry.db.before-restore",
    ]


def test_into_an_empty_folder_a_backup_is_restored_too(filled: Database, copy: Path, tmp_path: Path) -> None:
    write_backup(filled, copy)
    folder = tmp_path / "new"
    folder.mkdir()
    restore_backup(copy, folder / "registry.db", KEY)
    assert [file.name for file in folder.iterdir()] == ["registry.db"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "other key", "missing"])
def test_a_bad_backup_is_refused_and_the_registry_stays(
    filled: Database, copy: Path, registry: Path, tmp_path: Path, damage: str
) -> None:
    write_backup(filled, copy)
    filled.close()
    before = registry.read_bytes()
    content = copy.read_bytes()
    if damage == "cut":
        copy.write_bytes(content[:-4096])
    elif damage == "flipped":
        copy.write_bytes(content[:20_000] + bytes([content[20_000] ^ 1]) + content[20_001:])
    elif damage == "other key":
        other = tmp_path / "other.db"
        Database.create(other, bytes(32)).close()
        shutil.copyfile(other, copy)
    else:
        copy.unlink()
    code = code_of(restore_backup, copy, registry, KEY)
    assert code in {"backup_failed", "registry_damaged", "registry_key_wrong", "registry_missing"}
    assert registry.read_bytes() == before
    assert not registry.with_name("registry.db.part").exists()


def test_standing_tells_what_another_lacks(tmp_path: Path, author: Author) -> None:
    with create(tmp_path / "registry.db") as db:
        early = backup.summary_of(db)
        save(db, author.write(record_id(1), "person", {}))
        late = backup.summary_of(db)
        assert late.knows_all_of(early)
        assert not early.knows_all_of(late)
        change_log.begin_epoch(db, "d" * 16, "DBP-1-1")
        assert not late.knows_all_of(backup.summary_of(db))
