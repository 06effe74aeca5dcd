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
    """A record offered by a picker: how it is called and what tells it from its namesakes."""

    record: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlaces:
    """What a typed place may mean: communes by name, or, of a whole old address, what became of it."""

    communes: tuple[Place, ...] = ()
    converted: tuple[ConvertedAddress, ...] = ()


def read_entry(workspace: Session, register: str, record: str | None, language: str) -> EntryFacts:
    """Return what a form of this record shows. Raises DesktopError record_unknown, register_unknown."""
    definition = records.definition_of(workspace, register)
    view = records.read(workspace, record) if record is not None else None
    values = {**view.values, **view.notes} if view is not None else new_values(workspace, register)
    draft = drafts.read(workspace, register, record)
    known = {**values, **(draft.values if draft else {})}
    last = _last_values(workspace, register, record)
    return EntryFacts(
        register=register,
        view=view,
        title=titles.record_title(workspace, record, {}) if record is not None else "",
        values=values,
        draft=draft,
        linked=_linked(workspace, definition, [known, last]),
        conflicts=tuple(conflicts.conflict_of(workspace, view.id, name, language=language) for name in view.conflicts)
        if view is not None
        else (),
        last=last,
        today=workspace.today(),
        now=workspace.now(),
        places=workspace.places,
    )


def read_linked(workspace: Session, record: str) -> LinkedValues:
    """Return a record as another one names it. Raises DesktopError record_unknown."""
    view = records.read(workspace, record)
    return LinkedValues(record=record, title=titles.record_title(workspace, record, {}), values=view.values)


def find_records(workspace: Session, register: str, text: str, language: str) -> tuple[SearchHit, ...]:
    """Return the records a few letters may mean, by name or number, marks or none."""
    listed = records.list_records(workspace, register, text=text, limit=_MOST_FOUND, language=language)
    return tuple(found_record(row) for row in listed.rows)


def found_record(row: ListedRow) -> SearchHit:
    """Return a line of a list as a picker shows it."""
    others = [cell for cell in row.cells if cell and fold(cell) != fold(row.title)]
    return SearchHit(record=row.record, title=row.title, detail=" · ".join(others) or row.record_no)


def find_places(workspace: Session, text: str) -> FoundPlaces:
    """Return the communes a few letters may mean, those of this province first; of an old address its successors."""
    found = workspace.places.search(text, limit=20)
    home = workspace.station.province
    near = sorted(found, key=lambda place: place.commune.province != home)[:_MOST_FOUND]
    if near or "," not in text:
        return FoundPlaces(communes=tuple(near))
    return FoundPlaces(converted=workspace.places.convert_old_address(text)[:_MOST_FOUND])


def _last_values(workspace: Session, register: str, record: str | None) -> Mapping[str, Json]:
    rows = records.list_records(workspace, register, order_by="created", descending=True, limit=2).rows
    newest = next((row.record for row in rows if row.record != record), None)
    return records.read(workspace, newest).values if newest is not None else {}


def _linked(workspace: Session, definition: FormDefinition, many: list[Mapping[str, Json]]) -> tuple[LinkedValues, ...]:
    found: dict[str, LinkedValues] = {}
    for values in many:
        for field in definition.fields():
            value = values.get(field.id)
            if field.type in {TypeName.PERSON, TypeName.LINK} and isinstance(value, str) and RECORD_ID.fullmatch(value):
                try:
                    found[value] = read_linked(workspace, value)
                except DesktopError:
                    continue  # named by a record of another station, not here yet: its id is shown
    return tuple(found.values())
