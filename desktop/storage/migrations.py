"""The steps that lead an empty file to today's fixed tables.

- Append only: a step that was released is never changed. Steps import nothing of today's code.
- `database.py` takes each step in one transaction together with its number, so a kill leaves the old schema or the new.
- Tables are STRICT: a value of the wrong type is refused, not converted.
- Truth: operations, epochs, attachments, audit, keyring, settings, stations and the exchange tables.
  Projections, which may be dropped and rebuilt: record_index, links, search_index and the register tables.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database  # database.py imports it first, after naming the driver

Step: TypeAlias = "Callable[[Database], None]"


def first_tables(tables: "Database") -> None:
    for statement in _FIRST_TABLES:
        tables.execute(statement)


STEPS: Final[tuple[Step, ...]] = (first_tables,)
SCHEMA_VERSION: Final = len(STEPS)

_FIRST_TABLES: Final = (
    # ASCII "SOTR": what kind of file this is, for whoever holds the key
    "PRAGMA application_id = 1397707858",
    # head is NULL for an excerpt: an operation passed on without its neighbours in the chain
    """
    CREATE TABLE operations (
        arrival INTEGER PRIMARY KEY,
        epoch TEXT NOT NULL REFERENCES epochs (epoch),
        counter INTEGER NOT NULL CHECK (counter > 0),
        register TEXT NOT NULL,
        record TEXT NOT NULL,
        line BLOB NOT NULL,
        head BLOB,
        UNIQUE (epoch, counter)
    ) STRICT
    """,
    "CREATE INDEX operations_record ON operations (record)",
    # genesis is NULL while only excerpts of an epoch are known
    """
    CREATE TABLE epochs (
        epoch TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        forked_epoch TEXT,
        forked_counter INTEGER,
        forked_head BLOB,
        genesis BLOB,
        closed_at INTEGER,
        is_frozen INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE record_index (
        number INTEGER PRIMARY KEY,
        record TEXT NOT NULL UNIQUE,
        register TEXT NOT NULL,
        definition_version INTEGER NOT NULL,
        station TEXT NOT NULL,
        record_no TEXT NOT NULL,
        status TEXT NOT NULL,
        title TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL,
        conflicts INTEGER NOT NULL,
        search_text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX record_index_title ON record_index (register, sort_key, record)",
    "CREATE INDEX record_index_number ON record_index (register, record_no, station, record)",
    "CREATE INDEX record_index_conflicts ON record_index (register, record) WHERE conflicts > 0",
    """
    CREATE TABLE links (
        source INTEGER NOT NULL,
        field TEXT NOT NULL,
        target TEXT NOT NULL,
        PRIMARY KEY (source, field, target)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX links_target ON links (target)",
    """
    CREATE VIRTUAL TABLE search_index USING fts5 (
        search_text, content='record_index', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    # which register tables exist, what they were made from, and whether their rows must be made anew;
    # no fixed table is called register_...
    """
    CREATE TABLE projected_registers (
        register TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        needs_rebuild INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attachments (
        arrival INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        content BLOB NOT NULL
    ) STRICT
    """,
    "CREATE TABLE audit (number INTEGER PRIMARY KEY, line BLOB NOT NULL, head BLOB NOT NULL) STRICT",
    "CREATE TABLE keyring (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE stations (
        station TEXT PRIMARY KEY,
        card TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'trusted', 'revoked')),
        trusted_by TEXT,
        trusted_at INTEGER,
        last_epoch TEXT,
        last_counter INTEGER
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE received_bundles (
        digest TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        epoch TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        kind TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        new INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        conflicts INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX received_bundles_station ON received_bundles (station, received_at)",
    """
    CREATE TABLE sent_bundles (
        id TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        kind TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        digest TEXT NOT NULL,
        ranges TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sent_bundles_station ON sent_bundles (station, sequence)",
    """
    CREATE TABLE acknowledged (
        station TEXT NOT NULL,
        epoch TEXT NOT NULL,
        counter INTEGER NOT NULL,
        head BLOB NOT NULL,
        PRIMARY KEY (station, epoch)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE quarantine (
        digest TEXT PRIMARY KEY,
        file_name TEXT NOT NULL,
        station TEXT NOT NULL,
        reason TEXT NOT NULL,
        held_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
