"""The recorded track of a patrol: read from a GPX file into its record.

- The file is kept as it came, in the field for it; distance and times are reckoned from it and written beside it.
- A refusal of the record (its times, a doubt without a reason) leaves nothing behind; the file and the record are
  written together.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.base.dates import moment_text
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.intake.gpx import MEDIA_TYPE, Track, read_track
from desktop.storage import attachments as stored_attachments
from desktop.workspace.base.session import Session
from desktop.workspace.records import attachments, records
from desktop.workspace.records.saving import Saved, save

REGISTER: Final = "patrol"
_AT_SEA: Final = "BIEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTrack:
    """What the file says, and what saving the record did."""

    track: Track
    saved: Saved


def read_file(path: Path) -> Track:
    """Read a track without storing anything; the region includes the sea.

    Raises:
        DesktopError: attachment_unreadable, attachment_too_large, and those of `read_track`.
    """
    return read_track(attachments.read_file(path), at_sea=True)


def add_file(session: Session, path: Path) -> dict[str, Json]:
    """Store a track and return the values of the fields it fills; no record is written.

    Whether it was a patrol at sea nobody said yet, so the region includes the sea.

    Raises:
        DesktopError: attachment_unreadable, attachment_too_large, and those of `read_track`.
    """
    content = attachments.read_file(path)
    found = _values(content, path.name, read_track(content, at_sea=True))
    with session.database.atomic():
        stored_attachments.add(session.database, content, MEDIA_TYPE)
    return found


def import_track(session: Session, record: str, path: Path, *, reason: str = "") -> ImportedTrack:
    """Put a track into a patrol: the file, the distance, the times. `reason` answers the warnings of the record.

    Raises:
        DesktopError: record_unknown, track_not_for_register, attachment_unreadable, attachment_too_large, and those of
            `read_track`.
    """
    view = records.read(session, record)
    definition = records.definition_of(session, view.register)
    if view.register != REGISTER or definition.field(attachments.TRACK_FIELD) is None:
        raise DesktopError("track_not_for_register", register=view.register)
    content = attachments.read_file(path)
    track = read_track(content, at_sea=view.values.get("sector") == _AT_SEA)
    with session.database.atomic():
        saved = save(
            session,
            view.register,
            {**view.values, **_values(content, path.name, track)},
            record=record,
            base=view.heads,
            reason_for_all=reason,
            is_draft=view.is_draft,
        )
        if saved.record is not None:
            stored_attachments.add(session.database, content, MEDIA_TYPE)
    return ImportedTrack(track=track, saved=saved)


def _values(content: bytes, name: str, track: Track) -> dict[str, Json]:
    return {
        attachments.TRACK_FIELD: attachments.value_of(content, name, MEDIA_TYPE),
        "distance_km": track.distance_km,
        "track_started_at": moment_text(track.started_at),
        "track_ended_at": moment_text(track.ended_at),
    }
