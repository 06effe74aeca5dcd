"""Files that belong to a record: stored inside the encrypted registry by digest, carried in bundles.

- What a file is, its first bytes say and decoding proves, not its name: a picture (PNG, JPEG) or a PDF; nothing else
  is taken. The recorded track of a patrol has a way of its own: desktop/workspace/imports/tracks.py.
- A picture is kept as desktop/intake/pictures.py writes it anew: without EXIF, place or camera. The digest is that of
  the bytes kept.
- A file larger than a bundle may carry is refused now, not when the stick is written.
- Thumbnails are made when asked for and remembered in memory only, until the registry is locked.
"""

import hashlib
import re
from pathlib import Path
from typing import Final

from desktop.domain.log.operation import Json
from desktop.domain.values.base import clean_line
from desktop.errors import DesktopError
from desktop.intake import pictures
from desktop.storage import attachments
from desktop.sync.limits import BUNDLE_LIMITS, MIB
from desktop.workspace.base.session import Session

LARGEST: Final = BUNDLE_LIMITS.attachment
TRACK_FIELD: Final = "route_gpx"
PDF: Final = "application/pdf"

_PDF_START: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_PDF_END: Final = b"%%EOF"
_END_SOUGHT: Final = 1024  # readers look for the mark there (ISO 32000-1, implementation note 18)
_NAME_LENGTH: Final = 200
_THUMBNAILS_KEPT: Final = 200


def add_file(session: Session, path: Path) -> Json:
    """Store a file and return the value of an attachment field.

    Raises:
        DesktopError: attachment_unreadable, attachment_too_large, attachment_type_unknown, attachment_cut_off,
            attachment_two_types; IntakeError: picture_unreadable, picture_too_many_pixels, ...
    """
    return add_content(session, read_file(path), path.name)


def read_file(path: Path) -> bytes:
    """Read a file that may become an attachment. Raises DesktopError attachment_unreadable, attachment_too_large."""
    try:
        with path.open("rb") as file:
            found = file.read(LARGEST + 1)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        raise DesktopError("attachment_unreadable") from None
    if len(found) > LARGEST:
        raise _too_large()
    return found


def add_content(session: Session, given: bytes, name: str) -> Json:
    """As `add_file`, for bytes that are here already."""
    if len(given) > LARGEST:
        raise _too_large()
    kept, media_type = _examined(given)
    if len(kept) > LARGEST:
        raise _too_large()
    with session.database.atomic():
        attachments.add(session.database, kept, media_type)
    return value_of(kept, name, media_type)


def value_of(kept: bytes, name: str, media_type: str) -> Json:
    """Return the value of an attachment field that names these bytes."""
    digest = hashlib.sha256(kept).hexdigest()
    return {"digest": digest, "name": _name(name, media_type), "media_type": media_type, "size": len(kept)}


def content(session: Session, digest: str) -> bytes | None:
    """Return the bytes of an attachment; None when they have not come yet. Raises RegistryError attachment_damaged."""
    return attachments.read(session.database, digest)


def thumbnail(session: Session, digest: str) -> bytes | None:
    """Return a small PNG of a picture; None for another file, and while the bytes have not come yet.

    What came from another station is as little trusted as a file.

    Raises:
        IntakeError: picture_unreadable, picture_cut_off, picture_too_many_pixels.
        RegistryError: attachment_damaged.
    """
    known = session.thumbnails.get(digest)
    if known is not None:
        return known
    facts = attachments.facts_of(session.database, digest)
    if facts is None or facts.media_type not in {pictures.PNG, pictures.JPEG}:
        return None
    stored = content(session, digest)
    if stored is None:
        return None
    made = pictures.thumbnail(stored)
    if len(session.thumbnails) >= _THUMBNAILS_KEPT:
        del session.thumbnails[next(iter(session.thumbnails))]
    session.thumbnails[digest] = made
    return made


def _examined(given: bytes) -> tuple[bytes, str]:
    """Return what is kept of a file and what it is."""
    if pictures.media_type_of(given) is not None:
        picture = pictures.read_picture(given)
        return picture.content, picture.media_type
    if given.startswith(b"%PDF-"):
        _examine_pdf(given)
        return given, PDF
    raise DesktopError("attachment_type_unknown")


def _examine_pdf(given: bytes) -> None:
    """See that it begins and ends as a PDF and is nothing else; it is shown by a viewer that runs no scripts."""
    if not _PDF_START.match(given):
        raise DesktopError("attachment_type_unknown")
    if _PDF_END not in given[-_END_SOUGHT:]:
        raise DesktopError("attachment_cut_off")
    if pictures.is_another_type_too(given):
        raise DesktopError("attachment_two_types")


def _name(name: str, media_type: str) -> str:
    cleaned = clean_line("".join(sign if sign.isprintable() else " " for sign in name))
    return cleaned[:_NAME_LENGTH].strip() or media_type.partition("/")[2]


def _too_large() -> DesktopError:
    return DesktopError("attachment_too_large", limit_mb=LARGEST // MIB)
