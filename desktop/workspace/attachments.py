"""Files that belong to a record: stored inside the encrypted registry by digest, carried in bundles.

- What a file is, its first bytes say, not its name: a picture (PNG, JPEG) or a PDF; nothing else is taken.
- A file larger than a bundle may carry is refused now, not when the stick is written.
"""

from pathlib import Path
from typing import Final

from desktop.domain.changes import Json
from desktop.domain.field_types import clean_line
from desktop.errors import DesktopError
from desktop.storage import attachments
from desktop.sync.limits import BUNDLE_LIMITS, MIB
from desktop.workspace.session import Workspace

LARGEST: Final = BUNDLE_LIMITS.attachment
_TYPES: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"%PDF-": "application/pdf",
}


def add_file(workspace: Workspace, path: Path) -> Json:
    """Store a file and return the value of an attachment field.

    Raises:
        DesktopError: attachment_unreadable, attachment_too_large, attachment_type_unknown.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise DesktopError("attachment_unreadable") from None
    if len(content) > LARGEST:
        raise DesktopError("attachment_too_large", limit_mb=LARGEST // MIB)
    media_type = next((name for start, name in _TYPES.items() if content.startswith(start)), None)
    if media_type is None:
        raise DesktopError("attachment_type_unknown")
    with workspace.database.atomic():
        digest = attachments.add(workspace.database, content, media_type)
    return {"digest": digest, "name": clean_line(path.name)[:200], "media_type": media_type, "size": len(content)}


def content(workspace: Workspace, digest: str) -> bytes | None:
    """Return the bytes of an attachment; None when they have not come yet. Raises RegistryError attachment_damaged."""
    return attachments.read(workspace.database, digest)
