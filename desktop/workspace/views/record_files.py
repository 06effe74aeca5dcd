"""The files of a record, gathered on the worker thread: pictures with a small copy, papers with their kind.

- A file in a P4 field or row is left out unless the record was revealed.
- A picture that cannot be read shows no small copy; opening it says why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.errors import IntakeError, RegistryError
from desktop.workspace.base.session import Session
from desktop.workspace.records import attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFile:
    """A file with the field it is in; `thumbnail` is a PNG."""

    label: str
    name: str
    digest: str
    media_type: str
    size: int
    thumbnail: bytes | None
    is_secret: bool


def read_files(
    session: Session,
    definition: FormDefinition,
    values: Mapping[str, Json],
    visible: Collection[str],
    language: str,
    *,
    reveals: bool,
) -> tuple[PreviewFile, ...]:
    """Return the files in the visible fields and rows of a record."""
    found = []
    for field, value, is_secret in _files(definition, values, visible):
        if is_secret and not reveals:
            continue
        digest, size = str(value.get("digest") or ""), value.get("size")
        found.append(
            PreviewFile(
                label=field.label.text(language),
                name=str(value.get("name") or ""),
                digest=digest,
                media_type=str(value.get("media_type") or ""),
                size=size if isinstance(size, int) else 0,
                thumbnail=thumbnail_or_none(session, digest),
                is_secret=is_secret,
            )
        )
    return tuple(found)


def thumbnail_or_none(session: Session, digest: str) -> bytes | None:
    """Return a small PNG; None when there is none, or when the picture cannot be read."""
    try:
        return attachments.thumbnail(session, digest)
    except (IntakeError, RegistryError):
        return None


def _files(
    definition: FormDefinition, values: Mapping[str, Json], visible: Collection[str]
) -> Iterator[tuple[FieldDefinition, Mapping[str, Json], bool]]:
    for field in definition.fields():
        value = values.get(field.id)
        if field.id not in visible:
            continue
        if field.type is TypeName.ATTACHMENT and isinstance(value, dict) and "digest" in value:
            yield field, value, field.privacy is Privacy.P4
        if field.type is TypeName.ROWS and isinstance(value, list):
            for column in (one for one in field.fields if one.type is TypeName.ATTACHMENT):
                is_secret = Privacy.P4 in {field.privacy, column.privacy}
                for row in value:
                    inner = row.get(column.id) if isinstance(row, dict) else None
                    if isinstance(inner, dict) and "digest" in inner:
                        yield column, inner, is_secret
