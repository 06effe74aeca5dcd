"""One person across the registers: who it is, what concerns it, who belongs to it.

- What identifies a victim or an informant (P4) is not there, nor does anything say that it is there; `revealed_page`
  shows it after a look that is always logged, also when there was nothing to see.
- The timeline holds the records of other registers that name the person or are linked to it, each once; changes of the
  person's own record are its history.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.base.dates import moment
from desktop.domain.definitions.model import Privacy
from desktop.domain.log.operation import Json
from desktop.domain.records import validation
from desktop.domain.values.field_types import is_empty
from desktop.errors import DesktopError
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.people import households
from desktop.workspace.people.households import HouseholdMember
from desktop.workspace.records import (
    links,
    records,
    revealing,
    titles,
)
from desktop.workspace.records.links import LinkedRecord

REGISTER: Final = "person"
_SECTIONS: Final = ("identity", "names_and_papers", "residence", "contact")
_NAMES: Final = ("other_name", "alias_abroad")
_OLD_NUMBERS: Final = "old_personal_ids"
_NO_EVENT: Final = frozenset({REGISTER, "officer", "campaign", links.REGISTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """One answered question about who the person is."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A record that concerns the person; `roles` are the labels of the fields and links that join them."""

    at: datetime
    record: str
    register: str
    register_label: str
    record_no: str
    title: str
    status: str
    roles: tuple[str, ...]
    is_protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """All that is known of one person; `links` lead to other people, and from them to this one."""

    record: str
    record_no: str
    title: str
    identity: tuple[IdentityLine, ...]
    old_numbers: tuple[str, ...]
    other_names: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    links: tuple[LinkedRecord, ...]
    household: tuple[HouseholdMember, ...]
    is_revealed: bool


def person_page(session: Session, person: str, *, language: str = "vi") -> PersonPage:
    """Return what may be seen of a person at any time. Raises DesktopError record_unknown, not_a_person."""
    return _page(session, person, language, reveals=False)


def revealed_page(session: Session, person: str, reason: str, *, language: str = "vi") -> PersonPage:
    """Log the look, then return the page with what is protected, victims by case code. Raises as `person_page`."""
    view = _read(session, person)
    secret = revealing.secret_fields(session, REGISTER)
    fields = (*(name for name in secret if name in view.values), revealing.LINKS)
    revealing.log(session, "reveal", REGISTER, person, fields=fields, reason=reason)
    return _page(session, person, language, reveals=True)


def _page(session: Session, person: str, language: str, *, reveals: bool) -> PersonPage:
    view = _read(session, person)
    linked = links.links_of(session, person, language=language, reveals=reveals)
    context = titles.value_context(session, language)
    return PersonPage(
        record=person,
        record_no=view.record_no,
        title=titles.record_title(session, person, context.titles),
        identity=tuple(_identity(session, view.values, context)),
        old_numbers=tuple(_old_numbers(view.values)),
        other_names=tuple(_other_names(session, view.values, reveals=reveals)),
        timeline=_timeline(session, linked, context),
        links=tuple(found for found in linked if found.register == REGISTER),
        household=households.household(session, person, language=language),
        is_revealed=reveals,
    )


def _read(session: Session, person: str) -> records.RecordView:
    view = records.read(session, person)
    if view.register != REGISTER:
        raise DesktopError("not_a_person", register=view.register)
    return view


def _identity(session: Session, values: Mapping[str, Json], context: titles.ShowingContext) -> tuple[IdentityLine, ...]:
    definition = records.definition_of(session, REGISTER)
    computed = records.compute(session, REGISTER, values)
    visible = validation.visible_fields(
        values, definition, today=session.today(), now=session.now(), follow=records.follower(session)
    )
    return tuple(
        IdentityLine(
            field=field.id,
            label=field.label.text(context.language),
            text=titles.shown(field, {**values, **computed}.get(field.id), context),
        )
        for section in definition.sections
        if section.id in _SECTIONS
        for field in section.fields
        if field.id in visible
        and field.id not in {*_NAMES, _OLD_NUMBERS}
        and field.privacy is not Privacy.P4
        and not is_empty({**values, **computed}.get(field.id))
    )


def _old_numbers(values: Mapping[str, Json]) -> tuple[str, ...]:
    rows = values.get(_OLD_NUMBERS)
    numbers = [row.get("number") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(dict.fromkeys(number for number in numbers if isinstance(number, str)))


def _other_names(session: Session, values: Mapping[str, Json], *, reveals: bool) -> tuple[str, ...]:
    definition = records.definition_of(session, REGISTER)
    fields = [field for name in _NAMES if (field := definition.field(name)) is not None]
    found = [values.get(field.id) for field in fields if reveals or field.privacy is not Privacy.P4]
    return tuple(name for name in found if isinstance(name, str))


def _timeline(
    session: Session, linked: tuple[LinkedRecord, ...], context: titles.ShowingContext
) -> tuple[TimelineEntry, ...]:
    joined: dict[str, list[LinkedRecord]] = {}
    for found in linked:
        if found.register not in _NO_EVENT:
            joined.setdefault(found.record, []).append(found)
    entries = [_entry(session, tuple(group), context) for group in joined.values()]
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.record_no, entry.record), reverse=True))


def _entry(session: Session, group: tuple[LinkedRecord, ...], context: titles.ShowingContext) -> TimelineEntry:
    first = group[0]
    view = records.read(session, first.record)
    definition = records.definition_of(session, first.register)
    return TimelineEntry(
        at=_when(view),
        record=first.record,
        register=first.register,
        register_label=definition.label_one.text(context.language),
        record_no=first.record_no,
        title=first.title,
        status=titles.shown(definition.field("status"), view.values.get("status"), context),
        roles=tuple(dict.fromkeys(found.label for found in group)),
        is_protected=all(found.is_protected for found in group),
    )


def _when(view: records.RecordView) -> datetime:
    """Return when it happened, as far as the record says; else when it was entered."""
    stored = view.values.get("occurred_at")
    happened = moment(stored) if isinstance(stored, str) else None
    return happened.astimezone(VIETNAM) if happened is not None else view.created_at
