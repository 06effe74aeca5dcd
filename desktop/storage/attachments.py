"""The contents of attachments, kept in the registry by their SHA-256; a record holds digest, name, type and size.

- The same bytes are stored once; bytes that do not have the digest they came under are refused.
- Nothing is deleted: an operation somewhere may still name it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.errors import RegistryError
from desktop.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """What is known of stored bytes, without the bytes."""

    digest: str
    media_type: str
    size: int


def add(db: Database, content: bytes, media_type: str, digest: str | None = None) -> str:
    """Store bytes and return their digest; `digest` is what they came under, if they came from outside.

    Raises:
        RegistryError: attachment_damaged.
    """
    found = hashlib.sha256(content).hexdigest()
    if digest not in {None, found}:
        raise RegistryError("attachment_damaged", digest=str(digest))
    db.execute(
        "INSERT INTO attachments (digest, media_type, size, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (found, media_type, len(content), content),
    )
    return found


def read(db: Database, digest: str) -> bytes | None:
    """Return the bytes, or None when they have not come yet.

    Raises:
        RegistryError: attachment_damaged, when what is stored no longer has its digest.
    """
    row = db.query_row("SELECT content FROM attachments WHERE digest = ?", (digest,))
    if row is None:
        return None
    content: bytes = row[0]
    if hashlib.sha256(content).hexdigest() != digest:
        raise RegistryError("attachment_damaged", digest=digest)
    return content


def facts_of(db: Database, digest: str) -> StoredAttachment | None:
    row = db.query_row("SELECT media_type, size FROM attachments WHERE digest = ?", (digest,))
    return StoredAttachment(digest=digest, media_type=row[0], size=row[1]) if row else None


def missing(db: Database, digests: Iterable[str]) -> tuple[str, ...]:
    """Return those of the digests whose bytes are not here."""
    return tuple(digest for digest in sorted(set(digests)) if facts_of(db, digest) is None)


def verify(db: Database) -> Iterator[str]:
    """Yield the digests of stored bytes that no longer have them; reads every attachment."""
    for (digest,) in db.query_rows("SELECT digest FROM attachments ORDER BY digest"):
        try:
            read(db, digest)
        except RegistryError:
            yield digest
