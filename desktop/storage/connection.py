"""A keyed connection to a registry file: the only module that knows the cipher driver.

- A raw key, proved by the first read: a wrong one is "file is not a database", and so is a damaged first page.
- The pragmas and their order are security.md 3.1: WAL with synchronous=EXTRA loses no acknowledged save.
- What the driver says is named here (`RegistryError`, by SQLite's result code); what has no name flies as our bug.
- A driver without cipher or full-text search is refused: it would write in clear.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import sqlcipher3
from sqlcipher3 import dbapi2 as driver

from desktop.domain.names.names import name_sort_key, sort_key
from desktop.errors import RegistryError
from desktop.storage.migrations import SCHEMA_VERSION, STEPS, Step

# sqlite-utils catches the errors of whichever driver bears this name; without it six of its features break (D2).
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = driver

import sqlite_utils  # noqa: E402  after the alias above
from sqlite_utils.migrations import Migrations  # noqa: E402  as above

Connection: TypeAlias = Any  # the driver has no types
DriverError: Final[type[Exception]] = driver.Error

KEY_BYTES: Final = 32
READ: Final[int] = driver.SQLITE_OPEN_READONLY
WRITE: Final[int] = driver.SQLITE_OPEN_READWRITE
CREATE: Final[int] = driver.SQLITE_OPEN_READWRITE | driver.SQLITE_OPEN_CREATE


def connect(path: Path, key: bytes, *, flags: int) -> Connection:
    """Open and prove the key; the caller closes.

    Raises:
        RegistryError: registry_key_wrong (SQLCipher cannot tell a wrong key from a damaged first page), and others.
    """
    if len(key) != KEY_BYTES:
        message = f"the key of a registry has {KEY_BYTES} bytes"
        raise ValueError(message)
    with named(path):
        connection = driver.connect(str(path), timeout=5, isolation_level=None, flags=flags)
    try:
        with named(path):
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


def set_pragmas(connection: Connection) -> None:
    if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
        raise RegistryError("registry_read_only")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for function in (sort_key, name_sort_key):  # for ORDER BY, where no key is stored
        remembering = lru_cache(_SORT_KEYS_KEPT)(_of_text(function))
        connection.create_function(function.__name__, 1, remembering, deterministic=True)


def schema_version(connection: Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise RegistryError("registry_newer", found=version, supported=SCHEMA_VERSION)
    if version == 0:  # an empty file: `create` never leaves one behind
        raise RegistryError("registry_damaged")
    return version


def migrate(connection: Connection) -> None:
    """Take every step not yet taken, each in one transaction with its number in `user_version`."""
    migrations = Migrations("registry")
    for number, step in enumerate(STEPS, start=1):
        migrations(name=f"{number:03}_{step.__name__}")(_numbered(number, step))
    migrations.apply(wrapped(connection))


def wrapped(connection: Connection) -> sqlite_utils.Database:
    """Return the connection as sqlite-utils sees it; entry-point plug-ins have no place in a police tool."""
    return sqlite_utils.Database(connection, execute_plugins=False, strict=True)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Name the driver's errors; a file that is not there is missing, not unreadable."""
    try:
        yield
    except driver.Error as error:
        if _primary(error) == driver.SQLITE_CANTOPEN and not path.parent.is_dir():
            raise RegistryError("registry_missing") from error
        raise name_error(error) from error


def name_error(error: Exception) -> RegistryError:
    """Return our name of a driver's error; one without a name is our bug and flies from here."""
    code = _CODES.get(_primary(error))
    if code is None:
        raise error
    return RegistryError(code)


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
_SORT_KEYS_KEPT: Final = 50_000


def _require_cipher(connection: Connection) -> None:
    """Refuse a driver that would write in clear or cannot search: a wrongly built program, so our bug."""
    version = connection.execute("PRAGMA cipher_version").fetchone()
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not version or "ENABLE_FTS5" not in options:
        message = f"the database driver lacks SQLCipher or FTS5: {version}"
        raise RuntimeError(message)


def _of_text(function: Callable[[str], str]) -> Callable[[object], str | None]:
    return lambda cell: function(cell) if isinstance(cell, str) else None


def _numbered(number: int, step: Step) -> Step:
    def take(tables: sqlite_utils.Database) -> None:
        step(tables)
        tables.execute(f"PRAGMA user_version={number}")

    return take


def _primary(error: Exception) -> int:
    """Return SQLite's primary result code; its extended codes keep it in the low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
