"""What an entry form and its pickers ask of the workspace; every function here runs on the worker thread.

- One request opens a form: its values, its draft, what it links to, what its last neighbour said.
- What comes back is plain and may be read on any thread.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.definitions.model import FormDefinition, TypeName
from desktop.domain.log.operation import RECORD_ID, Json
from desktop.domain.names.names import fold
from desktop.domain.places.old_addresses import ConvertedAddress
from desktop.domain.places.places import Place, Places
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import (
    conflicts,
    drafts,
    records,
    titles,
)
from desktop.workspace.records.conflicts import ConflictView
from desktop.workspace.records.drafts import AutosavedForm
from desktop.workspace.records.new_records import new_values
from desktop.workspace.records.records import ListedRow, RecordView

_MOST_FOUND: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedValues:
    """A record that a form names: how it is called, and its values, which conditions look at."""

    record: str
    title: str
    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """Everything a form is filled with. `view` is None for a new record; `last` are the values of the newest record."""

    register: str
    view: RecordView | None
    title: str
    values: Mapping[str, Json]
    draft: AutosavedForm | None
    linked: tuple[LinkedValues, ...]
    conflicts: tuple[ConflictView, ...]
    last: Mapping[str, Json]
    today: dt.date
    now: dt.datetime
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A record offered by a picker: how it is called and what distinguishes it from its namesakes."""

    record: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlaces:
    """What a typed place may mean: communes by name, or, of a whole old address, what became of it."""

    communes: tuple[Place, ...] = ()
    converted: tuple[ConvertedAddress, ...] = ()


def read_entry(session: Session, register: str, record: str | None, language: str) -> EntryFacts:
    """Return what a form of this record shows. Raises DesktopError record_unknown, register_unknown."""
    definition = records.definition_of(session, register)
    view = records.read(session, record) if record is not None else None
    values = {**view.values, **view.notes} if view is not None else new_values(session, register)
    draft = drafts.read(session, register, record)
    known = {**values, **(draft.values if draft else {})}
    last = _last_values(session, register, record)
    return EntryFacts(
        register=register,
        view=view,
        title=titles.record_title(session, record, {}) if record is not None else "",
        values=values,
        draft=draft,
        linked=_linked(session, definition, [known, last]),
        conflicts=tuple(conflicts.conflict_of(session, view.id, name, language=language) for name in view.conflicts)
        if view is not None
        else (),
        last=last,
        today=session.today(),
        now=session.now(),
        places=session.places,
    )


def read_linked(session: Session, record: str) -> LinkedValues:
    """Return a record as another one names it. Raises DesktopError record_unknown."""
    view = records.read(session, record)
    return LinkedValues(record=record, title=titles.record_title(session, record, {}), values=view.values)


def find_records(session: Session, register: str, text: str, language: str) -> tuple[SearchHit, ...]:
    """Return the records a few letters may mean, by name or number, marks or none."""
    listed = records.list_records(session, register, text=text, limit=_MOST_FOUND, language=language)
    return tuple(found_record(row) for row in listed.rows)


def found_record(row: ListedRow) -> SearchHit:
    """Return a line of a list as a picker shows it."""
    others = [cell for cell in row.cells if cell and fold(cell) != fold(row.title)]
    return SearchHit(record=row.record, title=row.title, detail=" · ".join(others) or row.record_no)


def find_places(session: Session, text: str) -> FoundPlaces:
    """Return the communes a few letters may mean, those of this province first; of an old address its successors."""
    found = session.places.search(text, limit=20)
    home = session.station.province
    near = sorted(found, key=lambda place: place.commune.province != home)[:_MOST_FOUND]
    if near or "," not in text:
        return FoundPlaces(communes=tuple(near))
    return FoundPlaces(converted=session.places.convert_old_address(text)[:_MOST_FOUND])


def _last_values(session: Session, register: str, record: str | None) -> Mapping[str, Json]:
    rows = records.list_records(session, register, order_by="created", descending=True, limit=2).rows
    newest = next((row.record for row in rows if row.record != record), None)
    return records.read(session, newest).values if newest is not None else {}


def _linked(session: Session, definition: FormDefinition, many: list[Mapping[str, Json]]) -> tuple[LinkedValues, ...]:
    found: dict[str, LinkedValues] = {}
    for values in many:
        for field in definition.fields():
            value = values.get(field.id)
            if field.type in {TypeName.PERSON, TypeName.LINK} and isinstance(value, str) and RECORD_ID.fullmatch(value):
                try:
                    found[value] = read_linked(session, value)
                except DesktopError:
                    continue  # named by a record of another station, not here yet: its id is shown
    return tuple(found.values())
