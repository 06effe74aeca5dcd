"""Adding, changing, reading and listing records.

- What is saved has been validated: errors refuse, a warning needs a reason, which is kept in the record.
- A save names as parents what its author saw (`base`), so a change that came in meanwhile stays beside it.
- A person given inside another record (as an object) becomes a record of the register `person` in the same transaction.
- Numbers run per station, register and year without gaps; a victim's case code is given with the number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from desktop.domain import validation, values as field_values
from desktop.domain.changes import RECORD_ID, FieldChange, Json, OperationId
from desktop.domain.definitions import FieldDefinition, FormDefinition, TypeName
from desktop.domain.merging import FieldState, RecordState, parents_of, record_state
from desktop.domain.problems import Problem, Severity
from desktop.errors import DesktopError
from desktop.storage import change_log, queries
from desktop.workspace import titles
from desktop.workspace.authoring import Draft, write
from desktop.workspace.session import VIETNAM, Workspace

DRAFT_STATUS: Final = "NHAP"
_OWN_FIELDS: Final = frozenset({"record_no"})
_REASON: Final = "reason_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did. `record` is None when it was refused, and `problems` says why; else they are warnings."""

    record: str | None
    record_no: str = ""
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One record as it stands. `heads` is what an editor hands back as `base`."""

    id: str
    register: str
    record_no: str
    version: int
    values: Mapping[str, Json]
    reasons: Mapping[str, str]
    conflicts: tuple[str, ...]
    heads: Mapping[str, tuple[OperationId, ...]]
    fields: Mapping[str, FieldState] = field(repr=False)
    station: str
    created_at: datetime
    updated_at: datetime

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
class Page:
    """Some rows of a list, the columns they have, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[ListedRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One field changed once: by whom, where, when, from what to what."""

    at: datetime
    officer: str
    station: str
    field: str
    label: str
    old: str
    new: str
    old_value: Json
    new_value: Json
    kind: str
    is_suspect: bool
    is_secret: bool


def definition_of(workspace: Workspace, register: str) -> FormDefinition:
    """Raises DesktopError register_unknown."""
    found = workspace.library.registers.get(register)
    if found is None:
        raise DesktopError("register_unknown", register=register, known=", ".join(sorted(workspace.library.registers)))
    return found


def find(workspace: Workspace, register: str, text: str) -> str:
    """Return the id of a record given by id or by its number.

    Raises:
        DesktopError: register_unknown, record_unknown, record_ambiguous (two stations gave the number).
    """
    definition = definition_of(workspace, register)
    if RECORD_ID.fullmatch(text):
        found = queries.read_row(workspace.database, definition, text)
        if found is None:
            raise DesktopError("record_unknown", register=register)
        return text
    matches = queries.find_by_record_no(workspace.database, register, text.strip().upper())
    if len(matches) != 1:
        raise DesktopError("record_ambiguous" if matches else "record_unknown", register=register)
    return matches[0]


def new_values(workspace: Workspace, register: str) -> dict[str, Json]:
    """Return what a new record's form starts with: the defaults of its definition."""
    definition = definition_of(workspace, register)
    return {
        field.id: value
        for field in definition.fields()
        if field.computed is None and (value := _default(workspace, field)) is not None
    }


def validate(
    workspace: Workspace, register: str, values: Mapping[str, Json], *, is_draft: bool = False, kept: Any = ()  # noqa: ANN401
) -> tuple[Problem, ...]:
    """Return every problem of the values, in the order of the form."""
    return validation.validate(
        values,
        definition_of(workspace, register),
        library=workspace.library,
        today=workspace.today(),
        now=workspace.now(),
        follow=follower(workspace),
        is_draft=is_draft,
        kept=kept,
    )


def computed(workspace: Workspace, view: RecordView) -> dict[str, Json]:
    """Return the computed fields of a record as of today; they are never stored."""
    return compute(workspace, view.register, view.values)


def compute(workspace: Workspace, register: str, values: Mapping[str, Json]) -> dict[str, Json]:
    return validation.computed(
        values,
        definition_of(workspace, register),
        today=workspace.today(),
        now=workspace.now(),
        follow=follower(workspace),
    )


def save(
    workspace: Workspace,
    register: str,
    values: Mapping[str, Json],
    *,
    record: str | None = None,
    base: Mapping[str, tuple[OperationId, ...]] | None = None,
    reasons: Mapping[str, str] | None = None,
    reason_for_all: str = "",
    is_draft: bool = False,
    is_typed: bool = True,
) -> Saved:
    """Validate and write a record; `values` is the whole record as its author wants it.

    `base` is `RecordView.heads` as the author read them. `reasons` answers warnings by their code. Values that were
    not typed in a form (`is_typed` false) are first brought to their stored form, and a new record gets its defaults.

    Raises:
        DesktopError: register_unknown, record_unknown; RegistryError: disk_full, registry_busy.
    """
    definition = definition_of(workspace, register)
    wanted = dict(values)
    if is_draft:
        wanted["status"] = DRAFT_STATUS
    persons: dict[str, dict[str, Json]] = {}
    problems: list[Problem] = []
    if not is_typed:
        if record is None:
            wanted = {**_fixed_defaults(workspace, definition), **wanted}
        persons, person_problems = _nested_persons(workspace, definition, wanted)
        wanted, value_problems = _normalised(workspace, definition, wanted)
        problems += [*person_problems, *value_problems]
    state = _state(workspace, record) if record is not None else None
    number, own = _own_values(workspace, definition, wanted) if state is None else ("", {})
    wanted |= own
    found = validation.validate(
        wanted,
        definition,
        library=workspace.library,
        today=workspace.today(),
        now=workspace.now(),
        follow=_follower(workspace, persons),
        is_draft=is_draft or wanted.get("status") == DRAFT_STATUS,
        kept=state.fields if state is not None else (),
    )
    problems += [one for one in found if (one.code, one.field) not in {(two.code, two.field) for two in problems}]
    given = _reasons(problems, reasons or {}, reason_for_all)
    kept_reasons = _kept_reasons(state)
    open_problems = [one for one in problems if one.severity is Severity.ERROR or one.code not in given | kept_reasons]
    if open_problems:
        return Saved(record=None, problems=tuple(open_problems))
    wanted |= {_reason_field(code): text for code, text in given.items()}
    if number:
        wanted["record_no"] = number
    identity = record or workspace.surroundings.new_record_id()
    changes = _changes(wanted, state, base)
    drafts = [_person_draft(workspace, person, content) for person, content in persons.items()]
    if changes:
        drafts.append(Draft(record=identity, register=register, version=definition.version, fields=changes))
    if drafts:
        write(workspace, drafts)
    return Saved(
        record=identity,
        record_no=number or _text(state.values.get("record_no") if state else None),
        changed=frozenset(changes),
        problems=tuple(problems),
    )


def read(workspace: Workspace, record: str) -> RecordView:
    """Raises DesktopError record_unknown."""
    state = _state(workspace, record)
    stored = state.values
    return RecordView(
        id=record,
        register=state.register,
        record_no=_text(stored.get("record_no")),
        version=state.definition_version,
        values={
            name: value for name, value in stored.items() if name not in _OWN_FIELDS and not name.startswith(_REASON)
        },
        reasons={
            name.removeprefix(_REASON): _text(value) for name, value in stored.items() if name.startswith(_REASON)
        },
        conflicts=state.conflicts,
        heads={name: parents_of(field) for name, field in state.fields.items()},
        fields=state.fields,
        station=station_of(workspace, state.created.epoch),
        created_at=_moment(min(head.time.milliseconds for found in state.fields.values() for head in found.heads)),
        updated_at=_moment(max(head.time.milliseconds for found in state.fields.values() for head in found.heads)),
    )


def list_records(
    workspace: Workspace,
    register: str,
    *,
    text: str = "",
    order_by: str | None = None,
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
    language: str = "vi",
) -> Page:
    """Return one page of a register's list; victims are called by their case code, P4 values never appear."""
    definition = definition_of(workspace, register)
    order = order_by or ("title" if register == "person" else "record_no")
    listed = queries.list_records(
        workspace.database,
        definition,
        text=text,
        order_by=order,
        descending=descending or (order_by is None and order == "record_no"),
        limit=limit,
        offset=offset,
    )
    context = titles.value_context(workspace, language)
    computed_columns = any((found := definition.field(column)) and found.computed for column in definition.list)
    rows = []
    for row in listed:
        values = dict(row.values)
        if computed_columns:
            values |= compute(workspace, register, values)
        rows.append(
            ListedRow(
                record=row.record,
                record_no=row.record_no,
                title=titles.record_title(workspace, row.record, context.titles),
                cells=tuple(
                    titles.cell(workspace, definition, column, values, row, context) for column in definition.list
                ),
                status=row.status,
                unit=row.station,
                has_conflict=row.has_conflict,
                updated=_moment(row.updated_ms),
            )
        )
    total = queries.count_records(workspace.database, definition, text=text)
    return Page(columns=definition.list, rows=tuple(rows), total=total)


def counts(workspace: Workspace) -> dict[str, int]:
    """Return how many records each register of the rail holds."""
    return {
        name: queries.count_records(workspace.database, definition)
        for name, definition in workspace.library.registers.items()
        if definition.rail is not None
    }


def history(workspace: Workspace, record: str, *, language: str = "vi") -> tuple[HistoryEntry, ...]:
    """Return every change of every field, oldest first. Raises DesktopError record_unknown."""
    operations = sorted(change_log.operations_of(workspace.database, record), key=lambda one: (one.time, one.id))
    if not operations:
        raise DesktopError("record_unknown", register="")
    definition = workspace.library.registers.get(operations[0].register)
    context = titles.value_context(workspace, language)
    values = {(operation.id, name): change.value for operation in operations for name, change in operation.fields.items()}
    entries = []
    for operation in operations:
        for name, change in operation.fields.items():
            found = definition.field(name) if definition else None
            old = next((values[parent, name] for parent in change.parents if (parent, name) in values), None)
            entries.append(
                HistoryEntry(
                    at=_moment(operation.wall),
                    officer=officer_name(workspace, operation.officer),
                    station=station_of(workspace, operation.id.epoch),
                    field=name,
                    label=titles.field_label(definition, name, language),
                    old=titles.shown(found, old, context),
                    new=titles.shown(found, change.value, context),
                    old_value=old,
                    new_value=change.value,
                    kind=operation.kind.value,
                    is_suspect=operation.suspect,
                    is_secret=found is not None and found.privacy == "P4",
                )
            )
    return tuple(entries)


def possible_duplicates(workspace: Workspace, values: Mapping[str, Json], *, limit: int = 8) -> tuple[ListedRow, ...]:
    """Return persons who may be the one being entered: the same number, or the same name without marks and near birth."""
    found: dict[str, ListedRow] = {}
    definition = workspace.library.registers["person"]
    for name in ("personal_id", "passport_no"):
        if values.get(name):
            for record in queries.same_value(workspace.database, definition, name, values[name]):
                found[record] = _row_of(workspace, record)
    full_name = values.get("full_name")
    if isinstance(full_name, str) and len(full_name.split()) > 1:
        year = _text(values.get("dob"))[:4]
        for row in list_records(workspace, "person", text=full_name, limit=50).rows:
            known = _text(_state(workspace, row.record).values.get("dob"))[:4]
            if not (year and known) or abs(int(year) - int(known)) <= 2:  # noqa: PLR2004  years of birth are often guessed
                found.setdefault(row.record, row)
    return tuple(found.values())[:limit]


def follower(workspace: Workspace) -> Any:  # noqa: ANN401  a callable that remembers
    return _follower(workspace, {})


def officer_name(workspace: Workspace, officer: str) -> str:
    """Return an officer's rank and name as known here; an unknown one shows the beginning of his id."""
    operations = change_log.operations_of(workspace.database, officer)
    if not operations:
        return officer[:8]
    values = record_state(operations, None).values
    return f"{_text(values.get('rank'))} {_text(values.get('name'))}".strip() or officer[:8]


def station_of(workspace: Workspace, epoch: str) -> str:
    found = change_log.epoch_of(workspace.database, epoch)
    return found.station if found is not None else ""


def _state(workspace: Workspace, record: str) -> RecordState:
    operations = change_log.operations_of(workspace.database, record)
    if not operations:
        raise DesktopError("record_unknown", register="")
    return record_state(operations, workspace.library.registers.get(operations[0].register))


def _row_of(workspace: Workspace, record: str) -> ListedRow:
    view = read(workspace, record)
    return ListedRow(
        record=record,
        record_no=view.record_no,
        title=titles.record_title(workspace, record, {}),
        cells=(),
        status=_text(view.values.get("status")),
        unit=view.station,
        has_conflict=bool(view.conflicts),
        updated=view.updated_at,
    )


def _follower(workspace: Workspace, new: Mapping[str, Mapping[str, Json]]) -> Any:  # noqa: ANN401  as above
    known: dict[str, Mapping[str, Json]] = dict(new)

    def follow(record: str) -> Mapping[str, Json] | None:
        if record not in known:
            operations = change_log.operations_of(workspace.database, record)
            known[record] = record_state(operations, None).values if operations else {}
        return known[record] or None

    return follow


def _default(workspace: Workspace, field: FieldDefinition) -> Json:
    return field_values.default_value(
        field,
        today=workspace.today(),
        now=workspace.now(),
        officer=workspace.officer.id,
        unit={"province": workspace.station.province, "commune": workspace.station.commune},
    )


def _fixed_defaults(workspace: Workspace, definition: FormDefinition) -> dict[str, Json]:
    return {name: value for name, value in new_values(workspace, definition.id).items()}


def _normalised(
    workspace: Workspace, definition: FormDefinition, given: Mapping[str, Json]
) -> tuple[dict[str, Json], list[Problem]]:
    context = titles.value_context(workspace, "vi")
    wanted: dict[str, Json] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        found = definition.field(name)
        if found is None or value is None:
            wanted[name] = value
            continue
        normal = field_values.normalise(value, found, context.values)
        if isinstance(normal, Problem):
            problems.append(normal)
        else:
            wanted[name] = normal
    return wanted, problems


def _nested_persons(
    workspace: Workspace, definition: FormDefinition, wanted: dict[str, Json]
) -> tuple[dict[str, dict[str, Json]], list[Problem]]:
    """Take persons given as objects or by number out of the values, leaving their ids."""
    person = workspace.library.registers["person"]
    persons: dict[str, dict[str, Json]] = {}
    problems: list[Problem] = []
    for found in definition.fields():
        value = wanted.get(found.id)
        if found.type is not TypeName.PERSON or not value:
            continue
        if isinstance(value, dict) and "$sealed" not in value:
            content, value_problems = _normalised(
                workspace, person, {**_fixed_defaults(workspace, person), **value}
            )
            number, own = _own_values(workspace, person, content, ahead=len(persons))
            content |= own
            errors = [
                *value_problems,
                *validation.validate(
                    content,
                    person,
                    library=workspace.library,
                    today=workspace.today(),
                    now=workspace.now(),
                    follow=follower(workspace),
                    is_draft=False,
                ),
            ]
            problems += [_inside(found.id, problem) for problem in errors]
            identity = workspace.surroundings.new_record_id()
            persons[identity] = {**content, "record_no": number}
            wanted[found.id] = identity
        elif isinstance(value, str) and not RECORD_ID.fullmatch(value):
            matches = queries.find_by_record_no(workspace.database, "person", value.strip().upper())
            if len(matches) == 1:
                wanted[found.id] = matches[0]
    return persons, problems


def _inside(field_id: str, problem: Problem) -> Problem:
    return Problem(
        code=problem.code,
        severity=problem.severity,
        field=f"{field_id}.{problem.field}" if problem.field else field_id,
        context=problem.context,
        message=problem.message,
        legal_basis=problem.legal_basis,
    )


def _person_draft(workspace: Workspace, identity: str, content: Mapping[str, Json]) -> Draft:
    fields = {name: FieldChange(value) for name, value in content.items() if value is not None}
    version = workspace.library.registers["person"].version
    return Draft(record=identity, register="person", version=version, fields=fields)


def _own_values(
    workspace: Workspace, definition: FormDefinition, wanted: Mapping[str, Json], *, ahead: int = 0
) -> tuple[str, dict[str, Json]]:
    """Return a new record's number, and the case code where the register has one."""
    year = workspace.today().year
    number = queries.next_record_number(
        workspace.database, definition.id, definition.number, workspace.station.id, year, ahead=ahead
    )
    if definition.field("case_code") is None or wanted.get("case_code"):
        return number, {}
    unit = workspace.station.id.partition("-")[2]
    return number, {"case_code": f"{definition.number}-{unit}-{year}-{number.rpartition('-')[2]}"}


def _changes(
    wanted: Mapping[str, Json], state: RecordState | None, base: Mapping[str, tuple[OperationId, ...]] | None
) -> dict[str, FieldChange]:
    if state is None:
        return {name: FieldChange(value) for name, value in wanted.items() if not field_values.is_empty(value)}
    changes = {}
    for name, value in wanted.items():
        known = state.fields.get(name)
        stored = None if field_values.is_empty(value) else value
        if (known.value if known else None) != stored or (known and known.is_conflict and name in (base or {})):
            if known is not None and known.is_conflict and known.value == stored:
                continue  # shown, not chosen: a conflict is settled by resolving it
            parents = base.get(name, ()) if base is not None else parents_of(known)
            changes[name] = FieldChange(stored, tuple(sorted(parents)))
    return changes


def _reasons(problems: list[Problem], given: Mapping[str, str], for_all: str) -> dict[str, str]:
    warnings = {problem.code for problem in problems if problem.severity is Severity.WARNING}
    found = {code: " ".join(given.get(code, for_all).split()) for code in warnings}
    return {code: text for code, text in found.items() if text}


def _kept_reasons(state: RecordState | None) -> dict[str, str]:
    if state is None:
        return {}
    return {
        name.removeprefix(_REASON): _text(value) for name, value in state.values.items() if name.startswith(_REASON)
    }


def _reason_field(code: str) -> str:
    return (_REASON + code)[:41]


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=VIETNAM)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
