"""What a record is linked to: through fields of forms, and through links that officers make between any two records.

- A link that officers make is a record of the hidden register `link`: it travels, has a history, says who made it, is
  taken away with a reason and can be put back.
- A link is protected when a P4 field or column makes it, when one end represents a victim or a tip (privacy.py), or
  when it says who reported. Protected links are shown after a deliberate look alone (revealing.py); only from the
  record of the victim or the tip, which is called by its code, are those to records that name no person open.
- From elsewhere a victim's record is only ever called by its case code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import change_log, queries
from desktop.storage.index_text import links_of as field_targets
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, titles
from desktop.workspace.records.privacy import (
    column_of,
    is_secret,
    names_people,
    stands_for_victim,
)
from desktop.workspace.records.saving import Saved, save

REGISTER: Final = "link"
REPORTED: Final = "BAO_TIN"
_NOT_LINKED: Final = frozenset({REGISTER, "officer"})
_ENDS: Final = ("from_record", "to_record")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """A record on the other end of a link.

    `label` is that of the field that links, or of the kind of link; `field` is `rows.column` for a column. `link`, and
    what follows it, is of a link that an officer made.
    """

    record: str
    register: str
    record_no: str
    title: str
    field: str
    label: str
    is_incoming: bool
    is_protected: bool
    link: str | None = None
    kind: str = ""
    note: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    station: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _LinkFound:
    """A link before it is known whether it may be shown."""

    record: str
    field: str
    label: str
    is_incoming: bool
    is_secret: bool
    link: str | None = None
    is_removed: bool = False


def links_of(
    session: Session, record: str, *, language: str = "vi", reveals: bool = False, with_removed: bool = False
) -> tuple[LinkedRecord, ...]:
    """Return what a record is linked to: by its own fields, by fields of others, by officers.

    `reveals` includes the protected ones: only after `revealing.reveal`. `with_removed` includes those that were taken
    away, to put them back. Raises DesktopError record_unknown.
    """
    here = records.read(session, record)
    known: dict[str, str] = {}
    shown = []
    for found, register in _all(session, here, language):
        if found.is_removed and not with_removed:
            continue
        is_protected = _is_protected(session, found, here.register, register)
        if reveals or not is_protected or _is_open_here(session, found, here.register, register):
            shown.append(_shown(session, found, register, known, is_protected=is_protected))
    return tuple(shown)


def has_protected(session: Session, record: str) -> bool:
    """Return whether `reveals` would show more of a record's links."""
    here = records.read(session, record)
    return any(
        _is_protected(session, found, here.register, register)
        and not _is_open_here(session, found, here.register, register)
        for found, register in _all(session, here, "vi")
    )


def add_link(session: Session, from_record: str, to_record: str, kind: str, note: str = "") -> Saved:
    """Link two records; one that was taken away is put back. `Saved.record` is the link.

    Raises:
        RegistryError: disk_full, registry_busy.
    """
    problem = _problem_of_ends(session, from_record, to_record)
    if problem is not None:
        return Saved(record=None, problems=(problem,))
    cleaned = " ".join(note.split()) or None
    values: dict[str, Json] = {"from_record": from_record, "to_record": to_record, "kind": kind, "note": cleaned}
    for link in _made_links(session, from_record):
        view = records.read(session, link)
        if view.values.get("kind") == kind and {view.values.get(end) for end in _ENDS} == {from_record, to_record}:
            if view.values.get("removed") is not True:
                return Saved(record=None, problems=(Problem(code="link_exists", field="to_record"),))
            return _change(session, link, {"removed": None, "removed_reason": None, "note": cleaned})
    return save(session, REGISTER, values)


def remove_link(session: Session, link: str, reason: str) -> Saved:
    """Take a link away; its history stays. Without a reason it is refused (value_missing).

    Raises:
        DesktopError: record_unknown, link_unknown.
    """
    return _change(session, link, {"removed": True, "removed_reason": " ".join(reason.split()) or None})


def restore_link(session: Session, link: str) -> Saved:
    """Put a link back that was taken away. Raises DesktopError record_unknown, link_unknown."""
    return _change(session, link, {"removed": None, "removed_reason": None})


def _all(session: Session, here: records.RecordView, language: str) -> Iterator[tuple[_LinkFound, str]]:
    """Yield every link with the register of its other end, those to records that are not here left out."""
    for found in (*_outgoing(session, here, language), *_incoming(session, here.id, language)):
        register = queries.register_of(session.database, found.record)
        if register is not None:
            yield found, register


def _outgoing(session: Session, here: records.RecordView, language: str) -> Iterator[_LinkFound]:
    if here.register == REGISTER:
        return
    definition = records.definition_of(session, here.register)
    for name, target in dict.fromkeys(field_targets(definition.fields(), here.values)):
        column = column_of(definition, name)
        if column is not None:
            yield _LinkFound(
                record=target,
                field=name,
                label=column.label.text(language),
                is_incoming=False,
                is_secret=is_secret(definition, name),
            )


def _incoming(session: Session, record: str, language: str) -> Iterator[_LinkFound]:
    for link in queries.links_to(session.database, record):
        definition = session.library.registers.get(link.register)
        column = column_of(definition, link.field) if definition is not None else None
        if definition is None or column is None:
            continue
        if link.register == REGISTER:
            made = _made(session, link.record, link.field, language)
            if made is not None:
                yield made
        else:
            yield _LinkFound(
                record=link.record,
                field=link.field,
                label=column.label.text(language),
                is_incoming=True,
                is_secret=is_secret(definition, link.field),
            )


def _made(session: Session, link: str, end: str, language: str) -> _LinkFound | None:
    """Return a link of an officer as seen from one of its ends."""
    values = records.read(session, link).values
    other = values.get("to_record" if end == "from_record" else "from_record")
    kind = values.get("kind")
    if not isinstance(other, str) or not isinstance(kind, str):
        return None
    return _LinkFound(
        record=other,
        field="",
        label=session.library.code_label("link_kind", kind, language),
        is_incoming=end == "to_record",
        is_secret=kind == REPORTED,
        link=link,
        is_removed=values.get("removed") is True,
    )


def _shown(
    session: Session, found: _LinkFound, register: str, known: dict[str, str], *, is_protected: bool
) -> LinkedRecord:
    other = LinkedRecord(
        record=found.record,
        register=register,
        record_no=records.read(session, found.record).record_no,
        title=titles.record_title(session, found.record, known),
        field=found.field,
        label=found.label,
        is_incoming=found.is_incoming,
        is_protected=is_protected,
    )
    return other if found.link is None else _signed(session, other, found.link)


def _signed(session: Session, other: LinkedRecord, link: str) -> LinkedRecord:
    """Add who made the link, where and when, and what was noted."""
    values = records.read(session, link).values
    first = min(change_log.operations_of(session.database, link), key=lambda found: (found.time, found.id))
    return replace(
        other,
        link=link,
        kind=str(values.get("kind")),
        note=str(values.get("note") or ""),
        made_by=records.officer_name(session, first.officer),
        made_at=records.moment(first.wall),
        station=records.station_of(session, first.id.epoch),
        is_removed=values.get("removed") is True,
    )


def _is_open_here(session: Session, found: _LinkFound, here: str, there: str) -> bool:
    """Return whether a protected link says nothing of who the victim is: seen from the case, to one without people.

    A P4 field of the case itself is covered, and so is where it leads.
    """
    if found.link is None and not found.is_incoming:
        return False
    other = session.library.registers.get(there)
    return stands_for_victim(session.library, here) and other is not None and not names_people(other)


def _is_protected(session: Session, found: _LinkFound, here: str, there: str) -> bool:
    if found.is_secret:
        return True
    return found.link is not None and (
        stands_for_victim(session.library, here) or stands_for_victim(session.library, there)
    )


def _problem_of_ends(session: Session, from_record: str, to_record: str) -> Problem | None:
    if from_record == to_record:
        return Problem(code="link_to_itself", field="to_record")
    for end, record in zip(_ENDS, (from_record, to_record), strict=True):
        register = queries.register_of(session.database, record)
        if register is None:
            return Problem(code="linked_record_unknown", field=end, context={"register": "*"})
        if register in _NOT_LINKED:
            return Problem(code="link_of_register", field=end, context={"register": register})
    return None


def _made_links(session: Session, record: str) -> tuple[str, ...]:
    return tuple(link.record for link in queries.links_to(session.database, record) if link.register == REGISTER)


def _change(session: Session, link: str, changes: Mapping[str, Json]) -> Saved:
    view = records.read(session, link)
    if view.register != REGISTER:
        raise DesktopError("link_unknown")
    return save(session, REGISTER, {**view.values, **changes}, record=link, base=view.heads)
