"""Finding, reading and listing records, in the words of the registers.

- One record is read from its operations, a list from the projections; both say the same.
- A record of a register that no definition here knows is kept as it came; it is found by its id or number, and shown
  as it is stored.
- What a record holds beside its form's answers is kept apart: `record_no`, the reasons given to warnings, the notes
  on fields, the marks that a field was keyed twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from desktop.domain.definitions.companion_fields import (
    MARK,
    NOTE,
    REASON,
    is_companion,
)
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import RECORD_ID, Json, OperationId
from desktop.domain.records import validation
from desktop.domain.records.merging import (
    FieldState,
    RecordState,
    parents_of,
    record_state,
)
from desktop.errors import DesktopError
from desktop.storage import change_log, queries, unknown_registers
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.records import titles

Follow: TypeAlias = "Callable[[str], Mapping[str, Json] | None]"

DRAFT_STATUS: Final = "NHAP"
OPEN_STATUSES: Final = ("NHAP", "THEO_DOI")
_OWN_FIELDS: Final = frozenset({"record_no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One record as it is now. `heads` is what an editor hands back as `base`.

    `notes` and `marks` are by the names that the record holds them under (companion_fields.py).
    """

    id: str
    register: str
    record_no: str
    version: int
    values: Mapping[str, Json]
    reasons: Mapping[str, str]
    notes: Mapping[str, str]
    marks: Mapping[str, str]
    conflicts: tuple[str, ...]
    heads: Mapping[str, tuple[OperationId, ...]]
    fields: Mapping[str, FieldState] = field(repr=False)
    station: str
    created_at: datetime
    updated_at: datetime

    @property
    def reason_names(self) -> frozenset[str]:
        """The names of the reasons that the record holds, as `still_open` asks for them."""
        return frozenset(REASON + code for code in self.reasons)

    @property
    def is_draft(self) -> bool:
        return self.values.get("status") == DRAFT_STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One line of a register's list, ready to show."""

    record: str
    record_no: str
    title: str
    cells: tuple[str, ...]
    status: str
    unit: str
    has_conflict: bool
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Some rows of a list, the columns they have, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[ListedRow, ...]
    total: int


def definition_of(session: Session, register: str) -> FormDefinition:
    """Raises DesktopError register_unknown."""
    found = session.library.registers.get(register)
    if found is None:
        raise DesktopError("register_unknown", register=register, known=", ".join(sorted(session.library.registers)))
    return found


def find(session: Session, register: str, text: str) -> str:
    """Return the id of a record given by id or by its number.

    Raises:
        DesktopError: register_unknown, record_unknown, record_ambiguous (two stations gave the number).
    """
    kept = kept_of(session, register)
    if kept:
        return _find_kept(session, register, kept, text)
    definition = definition_of(session, register)
    if RECORD_ID.fullmatch(text):
        found = queries.read_row(session.database, definition, text)
        if found is None:
            raise DesktopError("record_unknown", register=register)
        return text
    matches = queries.find_by_record_no(session.database, register, text.strip().upper())
    if len(matches) != 1:
        raise DesktopError("record_ambiguous" if matches else "record_unknown", register=register)
    return matches[0]


def kept_of(session: Session, register: str) -> tuple[str, ...]:
    """Return the records that are kept of a register no definition here knows; none of one that is known."""
    if register in session.library.registers:
        return ()
    return unknown_registers.records_of(session.database, register)


def computed(session: Session, view: RecordView) -> dict[str, Json]:
    """Return the computed fields of a record as of today; they are never stored, and a register not known has none."""
    if view.register not in session.library.registers:
        return {}
    return compute(session, view.register, view.values)


def compute(session: Session, register: str, values: Mapping[str, Json]) -> dict[str, Json]:
    return validation.computed(
        values,
        definition_of(session, register),
        today=session.today(),
        now=session.now(),
        follow=follower(session),
    )


def read(session: Session, record: str) -> RecordView:
    """Raises DesktopError record_unknown."""
    operations = change_log.operations_of(session.database, record)
    if not operations:
        raise DesktopError("record_unknown", register="")
    state = record_state(operations, session.library.registers.get(operations[0].register))
    times = [operation.time.milliseconds for operation in operations]
    stored = state.values
    return RecordView(
        id=record,
        register=state.register,
        record_no=_text(stored.get("record_no")),
        version=state.definition_version,
        values={name: value for name, value in stored.items() if not _is_own(name)},
        reasons={name.removeprefix(REASON): _text(value) for name, value in stored.items() if name.startswith(REASON)},
        notes={name: _text(value) for name, value in stored.items() if name.startswith(NOTE)},
        marks={name: _text(value) for name, value in stored.items() if name.startswith(MARK)},
        conflicts=state.conflicts,
        heads={name: parents_of(field) for name, field in state.fields.items()},
        fields=state.fields,
        station=station_of(session, state.created.epoch),
        created_at=moment(min(times)),
        updated_at=moment(max(times)),
    )


def list_records(
    session: Session,
    register: str,
    *,
    text: str = "",
    order_by: str | None = None,
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
    language: str = "vi",
) -> ListPage:
    """Return one page of a register's list; victims are called by their case code, P4 values never appear.

    Of a register that is not known here, only the numbers of the records that are kept are listed.
    """
    kept = kept_of(session, register)
    if kept:
        rows = [listed_row(session, record) for record in kept[offset : offset + limit]]
        shown = tuple(replace(row, cells=(row.record_no,)) for row in rows)
        return ListPage(columns=("record_no",), rows=shown, total=len(kept))
    definition = definition_of(session, register)
    order = order_by or ("title" if register == "person" else "record_no")
    listed = queries.list_records(
        session.database,
        definition,
        text=text,
        order_by=order,
        descending=descending or (order_by is None and order == "record_no"),
        limit=limit,
        offset=offset,
    )
    context = titles.value_context(session, language)
    computed_columns = any((found := definition.field(column)) and found.computed for column in definition.list)
    rows = []
    for row in listed:
        values = dict(row.values)
        context.titles.update({str(values[name]): title for name, title in row.linked.items() if title})
        if computed_columns:
            values |= compute(session, register, values)
        rows.append(
            ListedRow(
                record=row.record,
                record_no=row.record_no,
                title=titles.record_title(session, row.record, context.titles),
                cells=tuple(titles.cell(definition, column, values, row, context) for column in definition.list),
                status=row.status,
                unit=row.station,
                has_conflict=row.has_conflict,
                updated=moment(row.updated_ms),
            )
        )
    total = queries.count_records(session.database, definition, text=text)
    return ListPage(columns=definition.list, rows=tuple(rows), total=total)


def counts(session: Session) -> dict[str, int]:
    """Return how many records each register of the sidebar holds."""
    return {
        name: queries.count_records(session.database, definition)
        for name, definition in session.library.registers.items()
        if definition.rail is not None
    }


def overdue(session: Session, register: str) -> int:
    """Return how many open records of a register should have been looked at before today."""
    definition = definition_of(session, register)
    if definition.field("next_review_date") is None:
        return 0
    yesterday = (session.today() - timedelta(days=1)).isoformat()
    due = queries.Between(last=yesterday)
    return queries.count_records(
        session.database, definition, filters={"next_review_date": due, "status": OPEN_STATUSES}
    )


def follower(session: Session, new: Mapping[str, Mapping[str, Json]] | None = None) -> Follow:
    """Return a function from a record's id to its values, None when it is not here; `new` are not written yet."""
    known: dict[str, Mapping[str, Json]] = dict(new or {})

    def follow(record: str) -> Mapping[str, Json] | None:
        if record not in known:
            operations = change_log.operations_of(session.database, record)
            known[record] = record_state(operations, None).values if operations else {}
        return known[record] or None

    return follow


def officer_name(session: Session, officer: str) -> str:
    """Return an officer's rank and name as known here; an unknown one shows the beginning of his id."""
    operations = change_log.operations_of(session.database, officer)
    if not operations:
        return officer[:8]
    values = record_state(operations, None).values
    return f"{_text(values.get('rank'))} {_text(values.get('name'))}".strip() or officer[:8]


def station_of(session: Session, epoch: str) -> str:
    found = change_log.epoch_of(session.database, epoch)
    return found.station if found is not None else ""


def state_of(session: Session, record: str) -> RecordState:
    operations = change_log.operations_of(session.database, record)
    if not operations:
        raise DesktopError("record_unknown", register="")
    return record_state(operations, session.library.registers.get(operations[0].register))


def listed_row(session: Session, record: str) -> ListedRow:
    view = read(session, record)
    return ListedRow(
        record=record,
        record_no=view.record_no,
        title=titles.record_title(session, record, {}),
        cells=(),
        status=_text(view.values.get("status")),
        unit=view.station,
        has_conflict=bool(view.conflicts),
        updated=view.updated_at,
    )


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=VIETNAM)


def _find_kept(session: Session, register: str, kept: tuple[str, ...], text: str) -> str:
    matches = [text] if text in kept else [one for one in kept if read(session, one).record_no == text.strip().upper()]
    if len(matches) != 1:
        raise DesktopError("record_ambiguous" if matches else "record_unknown", register=register)
    return matches[0]


def _is_own(name: str) -> bool:
    return name in _OWN_FIELDS or is_companion(name)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
