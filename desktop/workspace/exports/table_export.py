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


def plan(session: Session, wish: TableExportRequest) -> TableExportPlan:
    """Return what an export would hold; nothing leaves and nothing is logged.

    Raises:
        DesktopError: register_unknown, export_register_closed, export_column_unknown, export_status_unknown,
            period_ends_before_it_begins.
    """
    kept, left_out = chosen(columns_of(session, wish.register, wish.language), wish.columns, wish.rights)
    definition = records.definition_of(session, wish.register)
    count = queries.count_records(session.database, definition, filters=_filters(session, definition, wish))
    return TableExportPlan(records=count, columns=kept, left_out=left_out)


def export_table(session: Session, keep: Keep, wish: TableExportRequest) -> Exported:
    """Give the table to `keep`, and enter it as having left.

    Raises:
        DesktopError: as `plan`, and export_purpose_missing, export_reveal_missing, export_words_too_long,
            export_too_many_rows, export_text_too_long, and those of export_log.approved and of `keep`.
    """
    known = columns_of(session, wish.register, wish.language)
    refused = refused_right(known, wish.columns, wish.rights)
    if refused:
        export_log.refuse(session, wish.register, refused)
    kept, left_out = chosen(known, wish.columns, wish.rights)
    reveals = wish.rights.has_reveal and any(_is_secret(column) for column in kept)
    approval = export_log.approved(session, wish.register, wish.approved_by, wish.approval) if reveals else None
    definition = records.definition_of(session, wish.register)
    listed = tuple(_listed(session, definition, wish))
    entry = ExportEntry(
        number=export_log.next_number(session),
        kind="table",
        register=wish.register,
        at=session.now().isoformat(timespec="seconds"),
        officer=session.officer.id,
        records=len(listed),
        columns=tuple(column.id for column in kept),
        files={},
        purpose=export_log.words(wish.purpose),
        reveal=export_log.words(wish.reveal) if reveals else "",
        approval=approval,
        left_out={one.column: len(listed) for one in left_out},
    )
    rows = Rows(session, definition, kept, as_codes=wish.as_codes, reveals=reveals, language=wish.language)
    table = Sheet(
        name=definition.label.text(wish.language),
        heads=heads(kept, as_codes=wish.as_codes),
        rows=tuple(rows.of(listed)),
    )
    conflicts = sum(row.has_conflict for row in listed)
    content = _file(session, wish, table, ExportMetadata(entry=entry, left_out=left_out, conflicts=conflicts))
    digest = export_log.digest_of(content)

    def enter() -> None:
        with session.database.atomic():
            if reveals:
                _log_looks(session, wish, kept, listed)
            export_log.enter(session, replace(entry, files={wish.file_kind: digest}))

    keep({"": content}, enter)
    return Exported(
        content=content,
        file_name=f"{wish.register}_{session.today()}_{entry.number}.{wish.file_kind}",
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


def _file(session: Session, wish: TableExportRequest, table: Sheet, about: ExportMetadata) -> bytes:
    if wish.file_kind == "csv":
        return csv_file(table)
    return xlsx_file(
        [table],
        Sheet(
            name=sentence("export_about", {}, wish.language),
            heads=(),
            rows=metadata_lines(session, wish.language, about, first=wish.first, last=wish.last),
        ),
        title=table.name,
        made_at=session.now(),
        footer=f"{session.station.name} – {session.officer.full_title} – {session.now():%H:%M %d/%m/%Y}",
    )


def _listed(session: Session, definition: FormDefinition, wish: TableExportRequest) -> Iterator[ListedRecord]:
    filters = _filters(session, definition, wish)
    offset = 0
    while True:
        page = queries.list_records(
            session.database, definition, order_by=CREATED, limit=_ROWS_AT_ONCE, offset=offset, filters=filters
        )
        yield from page
        offset += _ROWS_AT_ONCE
        if len(page) < _ROWS_AT_ONCE:
            return


def _filters(session: Session, definition: FormDefinition, wish: TableExportRequest) -> dict[str, Filter]:
    """Return what the query narrows by. Raises DesktopError export_status_unknown, period_ends_before_it_begins."""
    found: dict[str, Filter] = {}
    if wish.first is not None and wish.last is not None:
        days_between(wish.first, wish.last)
    if wish.first is not None or wish.last is not None:
        name, between = _days(definition, wish)
        found[name] = between
    if wish.statuses:
        known = [value for value, _ in statuses_of(session, definition.id, wish.language)]
        unknown = next((value for value in wish.statuses if value not in known), None)
        if unknown is not None:
            raise DesktopError("export_status_unknown", status=unknown, known=", ".join(known) or "–")
        found[STATUS] = tuple(wish.statuses)
    return found


def _days(definition: FormDefinition, wish: TableExportRequest) -> tuple[str, Between]:
    if definition.field(OCCURRED) is not None:
        first = wish.first.isoformat() if wish.first else None
        return OCCURRED, Between(first=first, last=f"{wish.last}{_END_OF_DAY}" if wish.last else None)
    return CREATED, Between(
        first=_milliseconds(wish.first, dt.time.min) if wish.first else None,
        last=_milliseconds(wish.last, dt.time.max) if wish.last else None,
    )


def _milliseconds(day: dt.date, time: dt.time) -> int:
    return int(dt.datetime.combine(day, time, VIETNAM).timestamp() * 1000)


def _is_secret(column: ExportColumn) -> bool:
    parts = column.field.fields if column.field is not None else ()
    return column.privacy is Privacy.P4 or any(part.privacy is Privacy.P4 for part in parts)


def _log_looks(
    session: Session, wish: TableExportRequest, columns: Sequence[ExportColumn], listed: Sequence[ListedRecord]
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
            revealing.log(session, "reveal", wish.register, row.record, fields=seen, reason=wish.reveal)
