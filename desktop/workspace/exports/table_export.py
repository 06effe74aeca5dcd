"""A register, or a part of it, as a table for another program: XLSX or CSV.

- Two forms. For people: labels as heads, codes as their labels, people and records by their titles. For machines
  (`as_codes`): field ids as heads, the stored values, ids of records; `values.normalise` reads each back unchanged.
- Which columns may leave: export_columns.py. Every record whose P4 values leave is logged as a look at it.
- The export is in the export log and the audit log before the file has its name, and not when it could not be written
  (outside_files.py); a refused one is logged too (export_log.py).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from desktop.domain.definitions.model import FormDefinition, Privacy
from desktop.domain.reports.periods import days_between
from desktop.errors import DesktopError
from desktop.reports.table_files import Sheet, csv_file, xlsx_file
from desktop.sentences import Language, sentence
from desktop.storage import queries
from desktop.storage.queries import Between, Filter, ListedRecord
from desktop.workspace.base.outside_files import Keep
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.exports import export_log
from desktop.workspace.exports.export_columns import (
    ExportColumn,
    LeftOut,
    Rights,
    chosen,
    columns_of,
    refused_right,
)
from desktop.workspace.exports.export_log import ExportEntry
from desktop.workspace.exports.export_metadata import ExportMetadata, metadata_lines
from desktop.workspace.exports.export_rows import Rows, heads
from desktop.workspace.records import records, revealing, titles

FileKind = Literal["xlsx", "csv"]
OCCURRED: Final = "occurred_at"
CREATED: Final = "created"
STATUS: Final = "status"
_ROWS_AT_ONCE: Final = 500
_END_OF_DAY: Final = "T23:59+07:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableExportRequest:
    """What shall leave. No columns: those proposed. The days are of `occurred_at` where a register has it, else of the
    entry. `reveal` is the reason why P4 leaves; it needs an approval by another officer.
    """

    register: str
    file_kind: FileKind = "xlsx"
    columns: tuple[str, ...] = ()
    as_codes: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    statuses: tuple[str, ...] = ()
    purpose: str = ""
    reveal: str = ""
    approved_by: str = ""
    approval: str = ""
    language: Language = "vi"

    @property
    def rights(self) -> Rights:
        return Rights(has_purpose=bool(self.purpose.strip()), has_reveal=bool(self.reveal.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableExportPlan:
    """What would leave: how many records, which columns, and what would not."""

    records: int
    columns: tuple[ExportColumn, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was given out, and its number in the export log."""

    content: bytes
    file_name: str
    digest: str
    number: int
    records: int
    columns: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def plan(session: Session, export_request: TableExportRequest) -> TableExportPlan:
    """Return what an export would hold; nothing leaves and nothing is logged.

    Raises:
        DesktopError: register_unknown, export_register_closed, export_column_unknown, export_status_unknown,
            period_ends_before_it_begins.
    """
    kept, left_out = chosen(
        columns_of(session, export_request.register, export_request.language),
        export_request.columns,
        export_request.rights,
    )
    definition = records.definition_of(session, export_request.register)
    count = queries.count_records(session.database, definition, filters=_filters(session, definition, export_request))
    return TableExportPlan(records=count, columns=kept, left_out=left_out)


def export_table(session: Session, keep: Keep, export_request: TableExportRequest) -> Exported:
    """Give the table to `keep`, and enter it as having left.

    Raises:
        DesktopError: as `plan`, and export_purpose_missing, export_reveal_missing, export_words_too_long,
            export_too_many_rows, export_text_too_long, and those of export_log.approved and of `keep`.
    """
    known = columns_of(session, export_request.register, export_request.language)
    refused = refused_right(known, export_request.columns, export_request.rights)
    if refused:
        export_log.refuse(session, export_request.register, refused)
    kept, left_out = chosen(known, export_request.columns, export_request.rights)
    reveals = export_request.rights.has_reveal and any(_is_secret(column) for column in kept)
    approval = (
        export_log.approved(session, export_request.register, export_request.approved_by, export_request.approval)
        if reveals
        else None
    )
    definition = records.definition_of(session, export_request.register)
    listed = tuple(_listed(session, definition, export_request))
    entry = ExportEntry(
        number=export_log.next_number(session),
        kind="table",
        register=export_request.register,
        at=session.now().isoformat(timespec="seconds"),
        officer=session.officer.id,
        records=len(listed),
        columns=tuple(column.id for column in kept),
        files={},
        purpose=export_log.words(export_request.purpose),
        reveal=export_log.words(export_request.reveal) if reveals else "",
        approval=approval,
        left_out={one.column: len(listed) for one in left_out},
    )
    rows = Rows(
        session, definition, kept, as_codes=export_request.as_codes, reveals=reveals, language=export_request.language
    )
    table = Sheet(
        name=definition.label.text(export_request.language),
        heads=heads(kept, as_codes=export_request.as_codes),
        rows=tuple(rows.of(listed)),
    )
    conflicts = sum(row.has_conflict for row in listed)
    content = _file(session, export_request, table, ExportMetadata(entry=entry, left_out=left_out, conflicts=conflicts))
    digest = export_log.digest_of(content)

    def enter() -> None:
        with session.database.atomic():
            if reveals:
                _log_looks(session, export_request, kept, listed)
            export_log.enter(session, replace(entry, files={export_request.file_kind: digest}))

    keep({"": content}, enter)
    return Exported(
        content=content,
        file_name=f"{export_request.register}_{session.today()}_{entry.number}.{export_request.file_kind}",
        digest=digest,
        number=entry.number,
        records=len(listed),
        columns=entry.columns,
        left_out=left_out,
    )


def statuses_of(session: Session, register: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the statuses that records of a register may have, each with its label."""
    field = records.definition_of(session, register).field(STATUS)
    codes = session.library.code_lists[field.codes].codes if field is not None and field.codes else ()
    return tuple((code.value, code.label.text(language)) for code in codes)


def _file(session: Session, export_request: TableExportRequest, table: Sheet, about: ExportMetadata) -> bytes:
    if export_request.file_kind == "csv":
        return csv_file(table)
    return xlsx_file(
        [table],
        Sheet(
            name=sentence("export_about", {}, export_request.language),
            heads=(),
            rows=metadata_lines(
                session, export_request.language, about, first=export_request.first, last=export_request.last
            ),
        ),
        title=table.name,
        made_at=session.now(),
        footer=f"{session.station.name} – {session.officer.full_title} – {session.now():%H:%M %d/%m/%Y}",
    )


def _listed(session: Session, definition: FormDefinition, export_request: TableExportRequest) -> Iterator[ListedRecord]:
    filters = _filters(session, definition, export_request)
    offset = 0
    while True:
        page = queries.list_records(
            session.database, definition, order_by=CREATED, limit=_ROWS_AT_ONCE, offset=offset, filters=filters
        )
        yield from page
        offset += _ROWS_AT_ONCE
        if len(page) < _ROWS_AT_ONCE:
            return


def _filters(session: Session, definition: FormDefinition, export_request: TableExportRequest) -> dict[str, Filter]:
    """Return what the query narrows by. Raises DesktopError export_status_unknown, period_ends_before_it_begins."""
    found: dict[str, Filter] = {}
    if export_request.first is not None and export_request.last is not None:
        days_between(export_request.first, export_request.last)
    if export_request.first is not None or export_request.last is not None:
        name, between = _days(definition, export_request)
        found[name] = between
    if export_request.statuses:
        known = [value for value, _ in statuses_of(session, definition.id, export_request.language)]
        unknown = next((value for value in export_request.statuses if value not in known), None)
        if unknown is not None:
            raise DesktopError("export_status_unknown", status=unknown, known=", ".join(known) or "–")
        found[STATUS] = tuple(export_request.statuses)
    return found


def _days(definition: FormDefinition, export_request: TableExportRequest) -> tuple[str, Between]:
    if definition.field(OCCURRED) is not None:
        first = export_request.first.isoformat() if export_request.first else None
        return OCCURRED, Between(
            first=first, last=f"{export_request.last}{_END_OF_DAY}" if export_request.last else None
        )
    return CREATED, Between(
        first=_milliseconds(export_request.first, dt.time.min) if export_request.first else None,
        last=_milliseconds(export_request.last, dt.time.max) if export_request.last else None,
    )


def _milliseconds(day: dt.date, time: dt.time) -> int:
    return int(dt.datetime.combine(day, time, VIETNAM).timestamp() * 1000)


def _is_secret(column: ExportColumn) -> bool:
    parts = column.field.fields if column.field is not None else ()
    return column.privacy is Privacy.P4 or any(part.privacy is Privacy.P4 for part in parts)


def _log_looks(
    session: Session,
    export_request: TableExportRequest,
    columns: Sequence[ExportColumn],
    listed: Sequence[ListedRecord],
) -> None:
    for row in listed:
        seen = tuple(
            column.id
            for column in columns
            if column.field is not None
            and _is_secret(column)
            and (column.field.computed is not None or titles.holds_secret(column.field, row.values.get(column.id)))
        )
        if seen:
            revealing.log(
                session, "reveal", export_request.register, row.record, fields=seen, reason=export_request.reveal
            )
