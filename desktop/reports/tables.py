"""A report worked out: every cell of every table, with the records behind it.

- Over periods a row has three figures: this period, the year to date, the same period last year.
- A line with `each` becomes one line for each answer; its total comes before them.
- The rows that are given are those of any column and period, so that last year's are there, too.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import Condition
from desktop.domain.definitions.model import Library
from desktop.domain.places.places import Places
from desktop.domain.reports.cells import Counted, counted
from desktop.domain.reports.model import (
    MEASURED,
    PeriodColumn,
    ReportDefinition,
    ReportLine,
    TableDefinition,
)
from desktop.domain.reports.periods import Period, same_period_last_year, year_to_date
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultColumn,
    ResultRow,
    TableResult,
)
from desktop.reports.answers import Answers
from desktop.reports.breakdowns import Breakdown, words
from desktop.reports.measures import measure
from desktop.reports.records import CountedRecord, ReportRecords, Sources
from desktop.reports.sets import Sets

Manual: TypeAlias = Callable[[str, Period], Amount]
"""What a person entered for a place such as `cases.k4.number`, over a period."""


def work_out(
    report: ReportDefinition,
    period: Period,
    sources: Sources,
    *,
    places: Places,
    manual: Manual,
    made_at: dt.datetime,
    station: str,
) -> ReportResult:
    """Return a report over a period from the records that are here."""
    to_date, last_year = year_to_date(period), same_period_last_year(period)
    records = ReportRecords(sources, report, (period, to_date, last_year))
    answers = Answers(records.sight)
    work = _Work(
        report=report,
        periods=(period, to_date, last_year),
        answers=answers,
        sets=Sets(report, records, answers),
        library=sources.library,
        places=places,
        records=records,
        manual=manual,
    )
    return ReportResult(
        definition=report,
        period=period,
        year_to_date=to_date,
        last_year=last_year,
        made_at=made_at,
        station=station,
        tables=tuple(work.table(table) for table in report.tables),
        drafts=records.drafts,
    )


PERIOD_COLUMNS: Final = tuple(PeriodColumn)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line as it is shown: `key` is the answer it shows, None for the line itself or its total."""

    id: str
    line: ReportLine
    label: Label
    key: str | None = None
    indent: int = 0
    is_total: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Work:
    report: ReportDefinition
    periods: tuple[Period, Period, Period]
    answers: Answers
    sets: Sets
    library: Library
    places: Places
    records: ReportRecords
    manual: Manual

    def table(self, table: TableDefinition) -> TableResult:
        lines = _ShownLines(self, table)
        rows = tuple(self._row(table, row, lines) for row in lines.rows)
        if not table.columns:
            columns = tuple(ResultColumn(id=one.value, label=words(f"report_{one.value}")) for one in PERIOD_COLUMNS)
            return TableResult(definition=table, columns=columns, rows=rows)
        places = {one.id: number for number, one in enumerate(lines.columns)}
        parts = [(places[one.id], tuple(places[part] for part in one.parts)) for one in lines.columns if one.parts]
        return TableResult(
            definition=table,
            columns=tuple(ResultColumn(id=one.id, label=one.label) for one in lines.columns),
            rows=rows,
            column_parts=tuple(parts),
        )

    def _row(self, table: TableDefinition, row: _Shown, lines: "_ShownLines") -> ResultRow:
        figures: tuple[Figure, ...] = ()
        if not row.line.is_heading:
            if table.columns:
                figures = tuple(self._figure(table, row, column, self.periods[0], lines) for column in lines.columns)
            else:
                figures = tuple(
                    self._figure(table, row, None, period, lines)
                    for period, _ in zip(self.periods, MEASURED, strict=True)
                )
        return ResultRow(
            id=row.id, label=row.label, figures=figures, indent=row.indent, is_total=row.is_total, parts=row.parts
        )

    def _figure(
        self, table: TableDefinition, row: _Shown, column: _Shown | None, period: Period, lines: "_ShownLines"
    ) -> Figure:
        cell = counted(table, row.line, column.line if column else None)
        if cell is None:
            return Figure(amount=Amount(number=None))
        place = ".".join(filter(None, (table.id, row.id, column.id if column else "")))
        shown = [one for one in (row, column) if one is not None and one.key is not None]
        return Figure(
            amount=self._amount(cell, f"{place}.number", shown, period, lines),
            of=self._amount(cell.of, f"{place}.of", shown, period, lines) if cell.of else None,
        )

    def _amount(
        self, cell: Counted, place: str, shown: Iterable[_Shown], period: Period, lines: "_ShownLines"
    ) -> Amount:
        if cell.is_manual:
            return self.manual(place, period)
        found = lines.chosen(cell, shown, period)
        return measure(cell, found, period, self.answers)


class _ShownLines:
    """The rows and columns of one table as they are shown, and the records of each line with an answer."""

    def __init__(self, work: _Work, table: TableDefinition) -> None:
        self._work = work
        self._table = table
        self._periods = work.periods if not table.columns else work.periods[:1]
        self._breakdowns: dict[int, Breakdown] = {}
        self._keys: dict[tuple[int, str, str], tuple[str, ...]] = {}
        self._groups: dict[tuple[int, str, tuple[int, ...], Period], Mapping[str, tuple[CountedRecord, ...]]] = {}
        self.rows = tuple(one for row in table.rows for one in self._expanded(row, is_row=True))
        self.columns = tuple(one for column in table.columns for one in self._expanded(column, is_row=False))

    def chosen(self, cell: Counted, shown: Iterable[_Shown], period: Period) -> tuple[CountedRecord, ...]:
        """Return the records of a cell: those of its set with the answers of its row and of its column."""
        lines = list(shown)
        if not lines:
            return self._work.sets.narrowed(cell.set, cell.where, period)
        first, *rest = lines
        found = self._grouped(first.line, cell, period).get(first.key or "", ())
        for one in rest:
            register = self._work.report.sets[cell.set].register
            found = tuple(record for record in found if one.key in self._keys_of(one.line, record, register))
        return found

    def _expanded(self, line: ReportLine, *, is_row: bool) -> Iterable[_Shown]:
        if line.each is None:
            yield _Shown(line.id, line, line.label, indent=line.indent, is_total=bool(line.parts), parts=line.parts)
            return
        breakdown = self._breakdown(line)
        lines = [
            _Shown(f"{line.id}.{key or 'none'}", line, label, key, line.indent + line.has_total)
            for key, label in breakdown.lines(self._present(line, is_row=is_row), self._work.periods[0].last)
        ]
        if line.has_total:
            parts = tuple(one.id for one in lines) if breakdown.is_single else ()
            yield _Shown(line.id, line, line.label, indent=line.indent, is_total=True, parts=parts)
        yield from lines

    def _present(self, line: ReportLine, *, is_row: bool) -> set[str]:
        """Return the answers of all records that the cells of a line count."""
        found: set[str] = set()
        others: Iterable[ReportLine | None] = (self._table.columns or (None,)) if is_row else self._table.rows
        for other in others:
            row, column = (line, other) if is_row else (other, line)
            whole = counted(self._table, row, column) if row is not None else None
            for cell in (whole, whole.of if whole else None):
                if cell is not None and not cell.is_manual:
                    for period in self._periods:
                        found.update(self._grouped(line, cell, period))
        return found

    def _grouped(self, line: ReportLine, cell: Counted, period: Period) -> Mapping[str, tuple[CountedRecord, ...]]:
        key = id(line), cell.set, tuple(map(id, cell.where)), period
        if key not in self._groups:
            register = self._work.report.sets[cell.set].register
            groups: dict[str, list[CountedRecord]] = {}
            for record in self._narrowed(cell.set, cell.where, period):
                for answer in self._keys_of(line, record, register):
                    groups.setdefault(answer, []).append(record)
            self._groups[key] = {answer: tuple(found) for answer, found in groups.items()}
        return self._groups[key]

    def _narrowed(self, name: str, where: tuple[Condition, ...], period: Period) -> tuple[CountedRecord, ...]:
        return self._work.sets.narrowed(name, where, period)

    def _keys_of(self, line: ReportLine, record: CountedRecord, register: str) -> tuple[str, ...]:
        key = id(line), register, record.record
        if key not in self._keys:
            self._keys[key] = self._breakdown(line).keys_of(record, register)
        return self._keys[key]

    def _breakdown(self, line: ReportLine) -> Breakdown:
        if id(line) not in self._breakdowns and line.each is not None:
            work = self._work
            self._breakdowns[id(line)] = Breakdown(line.each, work.library, work.places, work.records.follow)
        return self._breakdowns[id(line)]
