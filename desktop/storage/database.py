"""An open registry: its one connection, its transactions, and the checks of its file.

- Whoever opened a `Database` owns it: one thread, one connection, every write inside `atomic()`.
- A registry is made under another name and renamed, so a file at its path is always whole; an empty file is damage.
- Integrity is checked on fresh connections, the cipher's check only after the WAL has gone into the file.
- No other SQLite library, and no plain `open()`, touches the file while it is open here: POSIX drops a process's
  locks on a file when any of its descriptors is closed (sqlite.org/howtocorrupt.html).
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from desktop.errors import RegistryError
from desktop.storage.connection import (
    CREATE,
    READ,
    WRITE,
    Connection,
    DriverError,
    connect,
    migrate,
    name_error,
    named,
    schema_version,
    set_pragmas,
    wrapped,
)
from desktop.storage.migrations import SCHEMA_VERSION

SqlValue: TypeAlias = "str | int | float | bytes | None"
Row: TypeAlias = tuple[Any, ...]

SPARE_BYTES: Final = 200 * 1024 * 1024
_ROWS_AT_ONCE: Final = 500


class Database:
    """An open registry. Use `create` or `open`; `close` it, or use it as a context manager."""

    def __init__(self, path: Path, key: bytes, connection: Connection) -> None:
        self.path = path
        self.key = key  # copies and checks open the file again
        self.tables = wrapped(connection)
        self.prepared: dict[str, Any] = {}  # what other modules of storage worked out for this connection
        self.written: dict[bytes, Any] = {}  # what this transaction appended, by line, so that it is not parsed again
        self.begun: dict[str, list[bytes]] = {}  # all lines of the records that began in it: they are not read back
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
        with closing(connect(unfinished, key, flags=CREATE)) as connection, named(path):
            set_pragmas(connection)
            migrate(connection)
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
        connection = connect(path, key, flags=WRITE)
        try:
            with named(path):
                version = schema_version(connection)
                set_pragmas(connection)
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(f"PRAGMA user_version = {version}")  # a read-only file says so now, not at a save
                connection.execute("ROLLBACK")
                if version < SCHEMA_VERSION:
                    migrate(connection)
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
            if isinstance(error, DriverError):
                raise name_error(error) from error
            raise
        finally:
            self._depth = 0
            self.written.clear()
            self.begun.clear()

    @property
    def is_in_atomic(self) -> bool:
        return self._depth > 0

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Run one statement and return the id of the last inserted row."""
        try:
            return int(self._connection.execute(sql, values).lastrowid or 0)
        except DriverError as error:
            raise name_error(error) from error

    def executemany(self, sql: str, rows: Iterable[Sequence[SqlValue]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except DriverError as error:
            raise name_error(error) from error

    def query_rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[Row]:
        try:
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
        except DriverError as error:
            raise name_error(error) from error
        return rows

    def query_each(self, sql: str, values: Sequence[SqlValue]) -> list[Row]:
        """Return the rows for any number of values; the statement says `IN (?)`, and one value is asked for plainly."""
        if len(values) == 1:
            return self.query_rows(sql, values)
        return self.query_rows(sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))"), (json.dumps(values),))

    def query_row(self, sql: str, values: Sequence[SqlValue] = ()) -> Row | None:
        """Return the first row, if there is one."""
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except DriverError as error:
            raise name_error(error) from error
        return row

    def iterate_rows(self, sql: str, values: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Yield rows without holding all of them in memory."""
        try:
            cursor = self._connection.execute(sql, values)
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows
        except DriverError as error:
            raise name_error(error) from error

    def check(self, *, full: bool) -> tuple[str, ...]:
        """Return what is wrong with the file, in SQLite's words; `full` also compares indexes with their tables.

        Raises:
            RegistryError: registry_busy when another program holds the file, so that nothing can be said.
        """
        if self.is_in_atomic:
            message = "the file cannot be checked while it is being written"
            raise RuntimeError(message)
        return check_file(self.path, self.key, full=full)

    def copy_into(self, path: Path) -> None:
        """Write an encrypted copy of the last committed state, on a connection of its own.

        Not the driver's `backup()`: it waits for ever on an open write transaction (SECURITY.md 5.1).
        """
        with closing(connect(self.path, self.key, flags=WRITE)) as fresh, named(self.path):
            fresh.execute("VACUUM INTO ?", (str(path),))

    def _require_whole(self) -> None:
        if self._is_broken_off:
            message = "an inner atomic block failed and its error was caught inside the outer one"
            raise RuntimeError(message)


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Database]:
    """Open a closed registry file, such as a backup, without changing a byte of it.

    Raises:
        RegistryError: as `Database.open`; an older schema stays as it is.
    """
    if not path.is_file():
        raise RegistryError("registry_missing")
    with closing(connect(path, key, flags=READ)) as connection:
        with named(path):
            schema_version(connection)
        yield Database(path, key, connection)


def check_file(path: Path, key: bytes, *, full: bool) -> tuple[str, ...]:
    """Return what is wrong with a registry file; the cipher's check alone passes a truncated one (SECURITY.md 5.1).

    Raises:
        RegistryError: registry_key_wrong, registry_missing, registry_busy.
    """
    findings: list[str] = []
    with closing(connect(path, key, flags=WRITE)) as fresh:
        try:
            if fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise RegistryError("registry_busy")
            findings += (row[0] for row in fresh.execute("PRAGMA cipher_integrity_check"))
        except DriverError as error:
            findings.append(str(error))
    with closing(connect(path, key, flags=WRITE)) as fresh:  # one bad page would poison the next answer
        try:
            sql = "PRAGMA integrity_check" if full else "PRAGMA quick_check"
            findings += (row[0] for row in fresh.execute(sql) if row[0] != "ok")
        except DriverError as error:
            findings.append(str(error))
    return tuple(findings)


def require_free_space(path: Path, size: int | None = None) -> None:
    """Refuse to begin work that writes: twice the registry and a reserve must fit beside it (SECURITY.md 5.1).

    Raises:
        RegistryError: disk_space_low.
    """
    if size is None:
        size = path.stat().st_size if path.exists() else 0
    needed = 2 * size + SPARE_BYTES
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise RegistryError("disk_space_low", free_mb=free // 2**20, needed_mb=-(-needed // 2**20))


def flush_file(path: Path) -> None:
    """Make what was written into a file survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _files_of(path: Path) -> tuple[Path, ...]:
    return (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))
