"""Unfinished entries: what is in a form that was left without saving, kept inside the encrypted registry.

- A draft is open while its form is. One that is open when nobody has its form open was cut off: a power cut, a crash.
- The state of a draft is shown as the form would show it: what is missing, and what is to be corrected or explained.
"""

from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.base.problems import Problem
from desktop.domain.log.operation import Json
from desktop.domain.records.form_check import check_form, still_open, with_program_names
from desktop.domain.records.nested_persons import RECORD
from desktop.errors import DesktopError
from desktop.storage import settings
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.records import records
from desktop.workspace.records.form_check_context import SessionFormCheck
from desktop.workspace.records.records import RecordView

_PREFIX: Final = "draft."
_MISSING: Final = "value_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutosavedForm:
    """What an entry form held: stored values, and texts that could not be read as values yet."""

    register: str
    record: str | None
    values: dict[str, Json]
    typed: dict[str, str]
    saved_at: str
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProgress:
    """How far a draft is: answers still missing, and answers to correct or to explain."""

    missing: int
    wrong: int

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.wrong)


def keep(session: Session, register: str, record: str | None, values: dict[str, Json], typed: dict[str, str]) -> None:
    """Write the draft of a form that is open."""
    moment = session.environment.now().astimezone(VIETNAM)
    content: Json = {
        "values": values,
        "typed": dict(typed),
        "saved_at": moment.isoformat(timespec="minutes"),
        "is_open": True,
    }
    with session.database.atomic():
        settings.put(session.database, _name(register, record), content)


def lay_down(session: Session, register: str, record: str | None) -> None:
    """Note that the form of a draft was left on purpose; a draft that is not there, or not open, stays as it is."""
    name = _name(register, record)
    content = settings.get(session.database, name)
    if isinstance(content, dict) and content.get("is_open"):
        with session.database.atomic():
            settings.put(session.database, name, {**content, "is_open": False})


def read(session: Session, register: str, record: str | None) -> AutosavedForm | None:
    content: Any = settings.get(session.database, _name(register, record))
    return None if content is None else AutosavedForm(register=register, record=record, **content)


def discard(session: Session, register: str, record: str | None) -> bool:
    """Let a draft go; return whether there was one."""
    name = _name(register, record)
    if settings.get(session.database, name) is None:
        return False
    with session.database.atomic():
        settings.put(session.database, name, None)
    return True


def all_drafts(session: Session) -> tuple[AutosavedForm, ...]:
    """Return every draft, those that were cut off first, then the newest first."""
    found = []
    for name in settings.all_settings(session.database):
        if not name.startswith(_PREFIX):
            continue
        register, _, record = name.removeprefix(_PREFIX).partition(".")
        draft = read(session, register, record or None)
        if draft is not None:
            found.append(draft)
    found.sort(key=lambda draft: draft.saved_at, reverse=True)
    return tuple(sorted(found, key=lambda draft: not draft.is_open))


def progress_of(session: Session, draft: AutosavedForm) -> DraftProgress:
    """Return how far a draft is. Raises DesktopError register_unknown."""
    definition = records.definition_of(session, draft.register)
    view = _view(session, draft)
    stored = view.values if view is not None else {}
    unread = {path: Problem(code="typed_not_read", field=path) for path in draft.typed}
    kept = tuple(view.fields) if view is not None else ()
    values = with_program_names(draft.values, stored, definition)
    examined = check_form(values, unread, definition, SessionFormCheck(session), kept)
    open_problems = still_open(examined.findings, {RECORD: view.reason_names if view is not None else ()})
    missing = sum(problem.code == _MISSING for problem in open_problems)
    return DraftProgress(missing=missing, wrong=len(open_problems) - missing)


def _view(session: Session, draft: AutosavedForm) -> RecordView | None:
    if draft.record is None:
        return None
    try:
        return records.read(session, draft.record)
    except DesktopError:
        return None  # a record that has gone with a restored copy: the draft is alone


def _name(register: str, record: str | None) -> str:
    return f"{_PREFIX}{register}.{record or ''}"
