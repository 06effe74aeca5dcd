"""The encrypted file of a registry and its one connection; the only module that knows the cipher driver.

- Whoever opened a `Database` owns it: one thread, one connection, every write inside `atomic()`.
- What the driver says is named here (`RegistryError`, by SQLite's result code); what has no name flies as our bug.
- A registry is made under another name and renamed, so a file at its path is always whole; an empty file is damage.
- The pragmas and their order are security.md 3.1: WAL with synchronous=EXTRA loses no acknowledged save.
- Integrity is checked on fresh connections, the cipher's check only after the WAL has gone into the file.
- No other SQLite library, and no plain `open()`, touches the file while it is open here: POSIX drops a process's
  locks on a file when any of its descriptors is closed (sqlite.org/howtocorrupt.html).
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import sqlcipher3
from sqlcipher3 import dbapi2 as driver

from desktop.domain.names import sort_key
from desktop.errors import RegistryError
from desktop.storage.migrations import SCHEMA_VERSION, STEPS, Step

# sqlite-utils catches the errors of whichever driver bears this name; without it six of its features break (D2).
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = driver

import sqlite_utils  # noqa: E402  after the alias above
from sqlite_utils.migrations import Migrations  # noqa: E402  as above

SqlValue: TypeAlias = "str | int | float | bytes | None"
Row: TypeAlias = tuple[Any, ...]

KEY_BYTES: Final = 32
SPARE_BYTES: Final = 200 * 1024 * 1024
_ROWS_AT_ONCE: Final = 500


class Database:
    """An open registry. Use `create` or `open`; `close` it, or use it as a context manager."""

    def __init__(self, path: Path, key: bytes, connection: Any) -> None:  # noqa: ANN401  the driver has no types
        self.path = path
        self.tables = sqlite_utils.Database(connection, execute_plugins=False, strict=True)
        self.prepared: dict[str, Any] = {}  # what other modules of storage worked out for this connection
        self._key = key
        self._connection = connection
        self._depth = 0
        self._is_broken_off = False

    @classmethod
    def create(cls, path: Path, key: bytes) -> "Database":
        """Make an empty registry and open it.

        Raises:
            RegistryError: registry_exists, or as `open`.
        """
        if path.exists():
            raise RegistryError("registry_exists")
        unfinished = path.with_name(path.name + ".new")
        for leftover in _files_of(unfinished):
            leftover.unlink(missing_ok=True)
        with closing(_connect(unfinished, key, flags=_CREATE)) as connection, _named(path):
            _set_pragmas(connection)
            _migrate(connection)
        unfinished.rename(path)
        flush_folder(path.parent)
        return cls.open(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open a registry for reading and writing; an older schema is migrated.

        Raises:
            RegistryError: registry_missing, registry_key_wrong, registry_damaged, registry_newer, registry_read_only,
                registry_busy, registry_unreadable, disk_full.
        """
        if not path.is_file():
            raise RegistryError("registry_missing")
        if path.stat().st_size == 0:
            raise RegistryError("registry_damaged")
        connection = _connect(path, key, flags=_WRITE)
        try:
            with _named(path):
                version = _schema_version(connection)
                _set_pragmas(connection)
                connection.execute("BEGIN IMMEDIATE")  # a read-only file says so now, not at the first save
                connection.execute("ROLLBACK")
                if version < SCHEMA_VERSION:
                    _migrate(connection)
            return cls(path, key, connection)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file; the last connection moves the WAL into it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make everything inside happen or not happen. An inner block joins the outer one: if it fails, all fails."""
        if self._depth:
            self._depth += 1
            try:
                yield
            except BaseException:
                self._is_broken_off = True
                raise
            finally:
                self._depth -= 1
            return
        self.execute("BEGIN IMMEDIATE")
        self._depth, self._is_broken_off = 1, False
        try:
            yield
            self._require_whole()
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            if isinstance(error, driver.Error):
                raise _name(error) from error
            raise
        finally:
            self._depth = 0

    def _require_whole(self) -> None:
        if self._is_broken_off:
            message = "an inner atomic block failed and its error was caught inside the outer one"
            raise RuntimeError(message)

    @property
    def is_in_atomic(self) -> bool:
        return self._depth > 0

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Run one statement and return the id of the last inserted row."""
        try:
            return int(self._connection.execute(sql, values).lastrowid or 0)
        except driver.Error as error:
            raise _name(error) from error

    def executemany(self, sql: str, rows: Iterable[Sequence[SqlValue]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except driver.Error as error:
            raise _name(error) from error

    def query_rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[Row]:
        try:
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
        except driver.Error as error:
            raise _name(error) from error
        return rows

    def query_row(self, sql: str, values: Sequence[SqlValue] = ()) -> Row | None:
        """Return the first row, if there is one."""
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except driver.Error as error:
            raise _name(error) from error
        return row

    def iterate_rows(self, sql: str, values: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Yield rows without holding all of them in memory."""
        try:
            cursor = self._connection.execute(sql, values)
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows
        except driver.Error as error:
            raise _name(error) from error

    def check(self, *, full: bool) -> tuple[str, ...]:
        """Return what is wrong with the file, in SQLite's words; `full` also compares indexes with their tables.

        Raises:
            RegistryError: registry_busy when another program holds the file, so that nothing can be said.
        """
        if self.is_in_atomic:
            message = "the file cannot be checked while it is being written"
            raise RuntimeError(message)
        return check_file(self.path, self._key, full=full)

    def copy_into(self, path: Path) -> None:
        """Write an encrypted copy of the last committed state, on a connection of its own.

        Not the driver's `backup()`: it waits for ever on an open write transaction (security.md 3.1).
        """
        with closing(_connect(self.path, self._key, flags=_WRITE)) as fresh, _named(self.path):
            fresh.execute("VACUUM INTO ?", (str(path),))


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Database]:
    """Open a closed registry file, such as a backup, without changing a byte of it.

    Raises:
        RegistryError: as `Database.open`; an older schema stays as it is.
    """
    if not path.is_file():
        raise RegistryError("registry_missing")
    with closing(_connect(path, key, flags=_READ)) as connection:
        with _named(path):
            _schema_version(connection)
        yield Database(path, key, connection)


def check_file(path: Path, key: bytes, *, full: bool) -> tuple[str, ...]:
    """Return what is wrong with a registry file; the cipher's check alone passes a truncated one (security.md 3.1).

    Raises:
        RegistryError: registry_key_wrong, registry_missing, registry_busy.
    """
    findings: list[str] = []
    with closing(_connect(path, key, flags=_WRITE)) as fresh:
        try:
            if fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise RegistryError("registry_busy")
            findings += (row[0] for row in fresh.execute("PRAGMA cipher_integrity_check"))
        except driver.DatabaseError as error:
            findings.append(str(error))
    with closing(_connect(path, key, flags=_WRITE)) as fresh:  # one bad page would poison the next answer
        try:
            sql = "PRAGMA integrity_check" if full else "PRAGMA quick_check"
            findings += (row[0] for row in fresh.execute(sql) if row[0] != "ok")
        except driver.DatabaseError as error:
            findings.append(str(error))
    return tuple(findings)


def require_free_space(path: Path) -> None:
    """Refuse to begin work that writes: a copy and a rebuild of the registry must fit (security.md 3.1).

    Raises:
        RegistryError: disk_space_low.
    """
    size = path.stat().st_size if path.exists() else 0
    needed = 2 * size + SPARE_BYTES
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise RegistryError("disk_space_low", free_mb=free // 2**20, needed_mb=-(-needed // 2**20))


def flush_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_READ: Final = driver.SQLITE_OPEN_READONLY
_WRITE: Final = driver.SQLITE_OPEN_READWRITE
_CREATE: Final = driver.SQLITE_OPEN_READWRITE | driver.SQLITE_OPEN_CREATE

_PRAGMAS: Final = (
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "wal_autocheckpoint=1000",
    "cache_size=-65536",
)

_CODES: Final = {
    driver.SQLITE_BUSY: "registry_busy",
    driver.SQLITE_LOCKED: "registry_busy",
    driver.SQLITE_READONLY: "registry_read_only",
    driver.SQLITE_PERM: "registry_read_only",
    driver.SQLITE_FULL: "disk_full",
    driver.SQLITE_CORRUPT: "registry_damaged",
    driver.SQLITE_NOTADB: "registry_damaged",
    driver.SQLITE_IOERR: "registry_unreadable",
    driver.SQLITE_CANTOPEN: "registry_unreadable",
}


def _connect(path: Path, key: bytes, *, flags: int) -> Any:  # noqa: ANN401  the driver has no types
    """Open and prove the key; the caller closes.

    Raises:
        RegistryError: registry_key_wrong (SQLCipher cannot tell a wrong key from a damaged first page), and others.
    """
    if len(key) != KEY_BYTES:
        message = f"the key of a registry has {KEY_BYTES} bytes"
        raise ValueError(message)
    with _named(path):
        connection = driver.connect(str(path), timeout=5, isolation_level=None, flags=flags)
    try:
        with _named(path):
            connection.execute("PRAGMA cipher_log_level=NONE")  # it writes to stderr by default
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")  # a raw key: no derivation
            _require_cipher(connection)
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except driver.DatabaseError as error:
                if _primary(error) == driver.SQLITE_NOTADB:
                    raise RegistryError("registry_key_wrong") from error
                raise
    except BaseException:
        connection.close()
        raise
    return connection


def _require_cipher(connection: Any) -> None:  # noqa: ANN401  the driver has no types
    """Refuse a driver that would write in clear or cannot search: a wrongly built program, so our bug."""
    version = connection.execute("PRAGMA cipher_version").fetchone()
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not version or "ENABLE_FTS5" not in options:
        message = f"the database driver lacks SQLCipher or FTS5: {version}"
        raise RuntimeError(message)


def _schema_version(connection: Any) -> int:  # noqa: ANN401  the driver has no types
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise RegistryError("registry_newer", found=version, supported=SCHEMA_VERSION)
    if version == 0:  # `create` never leaves one behind
        raise RegistryError("registry_damaged")
    return version


def _set_pragmas(connection: Any) -> None:  # noqa: ANN401  the driver has no types
    if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
        raise RegistryError("registry_read_only")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.create_function("sort_key", 1, sort_key, deterministic=True)


def _migrate(connection: Any) -> None:  # noqa: ANN401  the driver has no types
    """Take every step not yet taken, each in one transaction with its number in `user_version`."""
    migrations = Migrations("registry")
    for number, step in enumerate(STEPS, start=1):
        migrations(name=f"{number:03}_{step.__name__}")(_numbered(number, step))
    migrations.apply(sqlite_utils.Database(connection, execute_plugins=False, strict=True))


def _numbered(number: int, step: Step) -> Step:
    def take(tables: sqlite_utils.Database) -> None:
        step(tables)
        tables.execute(f"PRAGMA user_version={number}")

    return take


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the driver's errors; a file that is not there is missing, not unreadable."""
    try:
        yield
    except driver.Error as error:
        if _primary(error) == driver.SQLITE_CANTOPEN and not path.parent.is_dir():
            raise RegistryError("registry_missing") from error
        raise _name(error) from error


def _name(error: Exception) -> RegistryError:
    """Return our name of a driver's error; one without a name is our bug and flies from here."""
    code = _CODES.get(_primary(error))
    if code is None:
        raise error
    return RegistryError(code)


def _primary(error: Exception) -> int:
    """Return SQLite's primary result code; its extended codes keep it in the low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _files_of(path: Path) -> tuple[Path, ...]:
    return (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))
