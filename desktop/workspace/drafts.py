"""Unfinished entries: what stands in a form that was left without saving, kept inside the encrypted registry."""

from dataclasses import dataclass
from typing import Any

from desktop.domain.changes import Json
from desktop.storage import settings
from desktop.workspace.session import VIETNAM, Workspace

_PREFIX = "draft."


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """What an entry form held: stored values, and texts that could not be read as values yet."""

    register: str
    record: str | None
    values: dict[str, Json]
    typed: dict[str, str]
    saved_at: str


def keep(
    workspace: Workspace, register: str, record: str | None, values: dict[str, Json], typed: dict[str, str]
) -> None:
    moment = workspace.surroundings.now().astimezone(VIETNAM)
    content: Json = {
        "values": values,
        "typed": dict(typed),
        "saved_at": moment.isoformat(timespec="minutes"),
    }
    with workspace.database.atomic():
        settings.put(workspace.database, _name(register, record), content)


def read(workspace: Workspace, register: str, record: str | None) -> FormDraft | None:
    content: Any = settings.get(workspace.database, _name(register, record))
    return None if content is None else FormDraft(register=register, record=record, **content)


def discard(workspace: Workspace, register: str, record: str | None) -> None:
    with workspace.database.atomic():
        settings.put(workspace.database, _name(register, record), None)


def all_drafts(workspace: Workspace) -> tuple[FormDraft, ...]:
    found = []
    for name in settings.all_settings(workspace.database):
        if not name.startswith(_PREFIX):
            continue
        register, _, record = name.removeprefix(_PREFIX).partition(".")
        draft = read(workspace, register, record or None)
        if draft is not None:
            found.append(draft)
    return tuple(found)


def _name(register: str, record: str | None) -> str:
    return f"{_PREFIX}{register}.{record or ''}"
