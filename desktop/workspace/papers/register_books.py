"""The book of a register for a period, as PDF: who printed which copy is written in the audit log before it leaves.

- It shows of a record what the list shows: a victim has a case code, P4 values are dots.
- Records come by station in the order of their entry, so that the numbers run; drafts and cancelled ones are there
  too, marked as such, because a number is never left out.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.reports.periods import Period, days_between
from desktop.printing.register_book import BookContent, render_book
from desktop.storage import queries
from desktop.storage.queries import ListedRecord
from desktop.workspace.base.outside_files import Keep, in_memory
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.exchange import stations
from desktop.workspace.papers import printing
from desktop.workspace.records import records, revealing, titles

_ROWS_AT_ONCE: Final = 500
_MARKS: Final = {records.DRAFT_STATUS: "(nháp)", printing.CANCELLED: "(hủy)"}


def print_book(
    session: Session, register: str, first: dt.date, last: dt.date, keep: Keep = in_memory
) -> printing.Printed:
    """Make the book of all records that were entered into a register from a first day to a last, both included.

    Raises:
        DesktopError: register_unknown, period_ends_before_it_begins; PrintingError: text_too_long_to_print.
    """
    definition = records.definition_of(session, register)
    period = days_between(first, last)
    columns = (*([] if "record_no" in definition.list else ["record_no"]), *definition.list)
    listed = sorted(_entered(session, definition, period), key=lambda row: (row.station, row.created_ms, row.record_no))
    context = titles.value_context(session, "vi")
    computed = any((found := definition.field(column)) and found.computed for column in columns)
    rows = []
    for row in listed:
        values = {**row.values, **records.compute(session, register, row.values)} if computed else row.values
        cells = [_book_cell(definition, column, values, row, context) for column in columns]
        rows.append((*cells, stations.station_name(session, row.station)))
    name = f"book.{register}.{first}.{last}"
    copy_number = printing.next_copy(session, name)
    title = f"Sổ {definition.label.vi[:1].lower()}{definition.label.vi[1:]}"
    pdf = render_book(
        BookContent(
            title=title,
            first=first,
            last=last,
            labels=[titles.field_label(definition, column, "vi") for column in (*columns, "unit")],
            rows=rows,
            remarks=_remarks(session, listed),
            letterhead=printing.letterhead(session),
            officer=session.officer.full_title,
            printed_at=session.now(),
            copy_number=copy_number,
            log_code=printing.log_code(session),
        )
    )

    def enter() -> None:
        with session.database.atomic():
            printing.count_copy(session, name, copy_number)
            revealing.log(session, "print_book", register, document=f"{first} {last} {copy_number}")

    keep({"": pdf}, enter)
    return printing.Printed(
        pdf=pdf,
        title=title,
        file_name=f"book_{register}_{first}_{last}_{copy_number}.pdf",
        copy_number=copy_number,
        has_victim_identity=False,
        records=len(rows),
    )


def _entered(session: Session, definition: FormDefinition, period: Period) -> Iterator[ListedRecord]:
    """Yield the records whose first entry lies in a period, by the day in Viet Nam."""
    first, last = (
        int(dt.datetime.combine(day, time, VIETNAM).timestamp() * 1000)
        for day, time in ((period.first, dt.time.min), (period.last, dt.time.max))
    )
    offset = 0
    while True:
        page = queries.list_records(
            session.database,
            definition,
            order_by="created",
            limit=_ROWS_AT_ONCE,
            offset=offset,
            filters={"created": queries.Between(first=first, last=last)},
        )
        yield from page
        offset += _ROWS_AT_ONCE
        if len(page) < _ROWS_AT_ONCE:
            return


def _book_cell(
    definition: FormDefinition,
    column: str,
    values: Mapping[str, Json],
    row: ListedRecord,
    context: titles.ShowingContext,
) -> str:
    """Return what the list shows; a number says of its record that it is a draft or cancelled."""
    text = titles.cell(definition, column, values, row, context)
    return f"{text}\n{_MARKS[row.status]}" if column == "record_no" and row.status in _MARKS else text


def _remarks(session: Session, listed: Sequence[ListedRecord]) -> Sequence[str]:
    """Return what the closing page says of the numbers: from which to which at each station, how many are not kept."""
    status = Counter(row.status for row in listed)
    stated = [f"Trong đó: {status[records.DRAFT_STATUS]} nháp, {status[printing.CANCELLED]} đã hủy"] if listed else []
    for station in dict.fromkeys(row.station for row in listed):
        numbers = [row.record_no for row in listed if row.station == station and row.record_no]
        if numbers:
            stated.append(f"Số vào sổ của {stations.station_name(session, station)}: từ {numbers[0]} đến {numbers[-1]}")
    return stated
