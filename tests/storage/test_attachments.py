"""Attachments: stored once by their digest, and never given out when they no longer have it."""

import hashlib

import pytest

from desktop.errors import RegistryError
from desktop.storage import attachments
from desktop.storage.attachments import StoredAttachment
from desktop.storage.database import Database

PICTURE = b"\x89PNG not really"
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def test_the_same_bytes_are_stored_once(db: Database) -> None:
    assert attachments.add(db, PICTURE, "image/png") == DIGEST
    assert attachments.add(db, PICTURE, "image/jpeg", DIGEST) == DIGEST
    assert attachments.facts_of(db, DIGEST) == StoredAttachment(
        digest=DIGEST, media_type="image/png", size=len(PICTURE)
    )
    assert attachments.read(db, DIGEST) == PICTURE
    assert db.query_rows("SELECT count(*) FROM attachments") == [(1,)]


def test_bytes_under_another_digest_are_refused(db: Database) -> None:
    with pytest.raises(RegistryError) as raised:
        attachments.add(db, PICTURE + b"x", "image/png", DIGEST)
    assert raised.value.code == "attachment_damaged"
    assert attachments.missing(db, [DIGEST]) == (DIGEST,)


def test_what_has_not_come_yet_is_missing(db: Database) -> None:
    attachments.add(db, PICTURE, "image/png")
    assert attachments.read(db, "00" * 32) is None
    assert attachments.missing(db, [DIGEST, "00" * 32, "00" * 32]) == ("00" * 32,)


def test_damaged_bytes_are_not_given_out(db: Database) -> None:
    attachments.add(db, PICTURE, "image/png")
    attachments.add(db, b"other", "text/plain")
    assert list(attachments.verify(db)) == []
    db.execute("UPDATE attachments SET content = x'00' WHERE digest = ?", (DIGEST,))
    with pytest.raises(RegistryError) as raised:
        attachments.read(db, DIGEST)
    assert raised.value.code == "attachment_damaged"
    assert list(attachments.verify(db)) == [DIGEST]
