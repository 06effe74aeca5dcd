"""Reading forms/reports/: every report, or every problem of all of them at once.

- Each name is followed to what it names and each condition compared with the fields of its register, cell by cell.
- A breakdown is by codes, yes or no, a unit or a part of an address; never by a name, a text or a person.
- `read_reports` takes the files as bytes by name, so that a test holds its report in itself.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.conditions.parser import suggestion
from desktop.domain.conditions.type_check import Kind
from desktop.domain.deadlines.register_deadlines import RegisterDeadlines
from desktop.domain.definitions.field_reader import read_id, read_label
from desktop.domain.definitions.model import Library, TypeName
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.domain.reports.breakdowns import read_each, resolve_each
from desktop.domain.reports.cells import Counted, cells, counted
from desktop.domain.reports.model import (
    MEASURED,
    Chart,
    Measure,
    RecordSet,
    ReportDefinition,
    ReportLine,
    TableDefinition,
)
from desktop.domain.reports.periods import PeriodKind
from desktop.domain.reports.scope import ConditionReader, ReportScope
from desktop.domain.reports.sets import SET_KEYS, read_set
from desktop.errors import DefinitionError

REPORT_KEYS: Final = (
    *("id", "number", "label", "definition", "target", "period", "landscape", "verified", "legal_basis"),
    *("set", "table"),
)
TABLE_KEYS: Final = ("id", "label", "note", "set", "personal", "row", "column", "chart")
MEASURE_KEYS: Final = ("set", "where", "rows", "row_where", "sum", "distinct", "manual")
COLUMN_KEYS: Final = ("id", "label", *MEASURE_KEYS, "of", "each", "present_only", "total", "parts")
ROW_KEYS: Final = (*COLUMN_KEYS, "indent", "heading")
CHART_KEYS: Final = ("rows", "columns")


def load_reports(
    forms_dir: Path, library: Library, deadlines: Mapping[str, RegisterDeadlines]
) -> Mapping[str, ReportDefinition]:
    """Read every report under a folder, by id, in the order of their numbers.

    Raises:
        DefinitionError: with every problem of every file.
    """
    paths = sorted(forms_dir.glob("reports/*.toml"))
    files = {path.relative_to(forms_dir).as_posix(): path.read_bytes() for path in paths}
    return read_reports(files, library, deadlines)


def read_reports(
    files: Mapping[str, bytes], library: Library, deadlines: Mapping[str, RegisterDeadlines]
) -> Mapping[str, ReportDefinition]:
    """Read reports from bytes by name, such as `reports/k1.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    tables = [Source.decode(name, files[name]).table(REPORT_KEYS) for name in sorted(files)]
    scope = ReportScope(library, deadlines)
    read = [_ReportReader(table, scope).read() for table in tables]
    problems = tuple(problem for table in tables for problem in table.source.problems)
    if problems:
        raise DefinitionError(problems)
    return {report.id: report for report in sorted(read, key=_place)}


def _place(report: ReportDefinition) -> tuple[str, int, str]:
    """Return the sort key of a report in lists: K2 before K10."""
    letters = report.number.rstrip("0123456789")
    return letters, int(report.number.removeprefix(letters) or 0), report.id


class _ReportReader:
    """The reader of one report."""

    def __init__(self, table: Table, scope: ReportScope) -> None:
        self._table = table
        self._scope = scope
        self._conditions = ConditionReader(scope)
        self._sets: dict[str, RecordSet] = {}

    def read(self) -> ReportDefinition:
        table = self._table
        identity = read_id(table, set())
        stem = Path(table.source.name).stem
        if identity and identity != stem:
            table.problem("id", f"'{identity}' is not the name of the file; rename one: '{stem}'")
        seen: set[str] = set()
        for one in table.tables("set", SET_KEYS):
            found = read_set(one, seen, self._sets, self._conditions)
            if found is not None:
                self._sets[found.id] = found
        tables_seen: set[str] = set()
        tables = tuple(self._read_table(one, tables_seen) for one in table.tables("table", TABLE_KEYS))
        if not tables:
            table.problem(None, "a report has at least one [[table]]")
        return ReportDefinition(
            id=identity,
            number=table.text("number", required=True),
            label=read_label(table),
            definition=read_label(table, "definition"),
            target=table.label("target"),
            period=table.choice("period", PeriodKind) or PeriodKind.MONTH,
            is_landscape=table.truth("landscape"),
            is_verified=table.truth("verified"),
            legal_basis=table.text("legal_basis"),
            sets=dict(self._sets),
            tables=tables,
        )

    def _read_table(self, table: Table, seen: set[str]) -> TableDefinition:
        identity = read_id(table, seen)
        rows_seen: set[str] = set()
        columns_seen: set[str] = set()
        rows = tuple(self._line(one, rows_seen) for one in table.tables("row", ROW_KEYS))
        columns = tuple(self._line(one, columns_seen) for one in table.tables("column", COLUMN_KEYS))
        if not rows:
            table.problem(None, "a table has at least one [[table.row]]")
        found = TableDefinition(
            id=identity,
            label=read_label(table),
            note=table.label("note"),
            set=self._set_name(table),
            rows=rows,
            columns=columns,
            chart=self._chart(table, rows, columns),
            is_personal=table.truth("personal", default=True),
        )
        for key, lines in (("row", rows), ("column", columns)):
            self._check_parts(table, key, lines)
        return self._checked(table, found)

    def _line(self, table: Table, seen: set[str]) -> ReportLine:
        identity = read_id(table, seen)
        of = self._inner(table, "of", MEASURE_KEYS)
        measure = self._measure(table, self._measure(of, None) if of else None)
        indent = table.integer("indent", least=0) or 0
        return ReportLine(
            id=identity,
            label=read_label(table),
            measure=measure,
            each=read_each(table),
            has_total=table.truth("total"),
            indent=indent,
            is_heading=table.truth("heading"),
            parts=table.texts("parts"),
        )

    def _measure(self, table: Table, of: Measure | None) -> Measure:
        rows, distinct = table.text("rows"), table.text("distinct")
        row_where = self._conditions.read(table, "row_where")
        if row_where is not None and not rows:
            table.problem("row_where", "only with 'rows', whose rows it chooses")
        if "sum" in table and distinct:
            table.problem("distinct", "either a sum is counted or different values, not both")
        return Measure(
            set=self._set_name(table),
            where=self._conditions.read(table, "where"),
            rows=rows or None,
            row_where=row_where,
            sum=self._conditions.read(table, "sum"),
            distinct=distinct or None,
            is_manual=table.truth("manual"),
            of=of,
        )

    def _set_name(self, table: Table) -> str | None:
        name = table.text("set")
        if name and name not in self._sets:
            table.problem("set", f"no set '{name}'{suggestion(name, self._sets)}")
            return None
        return name or None

    def _inner(self, table: Table, key: str, keys: tuple[str, ...]) -> Table | None:
        value: Any = table.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            table.problem(key, f"must be a table with {', '.join(keys)}")
            return None
        return Table(table.source, table.at(key), value, keys)

    def _checked(self, table: Table, found: TableDefinition) -> TableDefinition:
        """Return the table with its breakdowns resolved for the registers that its cells count."""
        used: dict[int, set[str]] = {}
        for row, column in cells(found):
            register = self._check_cell(table, found, row, column)
            for line in filter(None, (row, column)):
                used.setdefault(id(line), set()).update(register)
        rows, columns = (
            tuple(
                dataclasses.replace(
                    line, each=resolve_each(table, (key, number), line.each, used[id(line)], self._scope)
                )
                if line.each
                else line
                for number, line in enumerate(lines)
            )
            for key, lines in (("row", found.rows), ("column", found.columns))
        )
        return dataclasses.replace(found, rows=rows, columns=columns)

    def _check_cell(self, table: Table, found: TableDefinition, row: ReportLine, column: ReportLine | None) -> set[str]:
        """Return the registers that a cell counts records of."""
        if column is not None:
            if column.measure.says_what and row.measure.says_what:
                table.problem(None, f"the row '{row.id}' and the column '{column.id}' both say what is counted")
            if column.measure.set and row.measure.set:
                table.problem(None, f"the row '{row.id}' and the column '{column.id}' both name a set")
        cell = counted(found, row, column)
        if cell is None:
            if not row.is_heading:
                table.problem(None, f"nothing says which set the row '{row.id}' counts; name it with 'set'")
            return set()
        registers = set()
        for one in (cell, cell.of):
            if one is not None and not one.is_manual and one.set in self._sets:
                register = self._sets[one.set].register
                self._check_counted(table, one, register)
                registers.add(register)
        return registers

    def _check_counted(self, table: Table, cell: Counted, register: str) -> None:
        for condition in cell.where:
            self._conditions.check(condition, register)
        definition = self._scope.library.registers[register]
        if cell.rows is not None:
            field = definition.field(cell.rows)
            if field is None or field.type is not TypeName.ROWS:
                known = [one.id for one in definition.fields() if one.type is TypeName.ROWS]
                table.problem(None, f"'{register}' has no rows '{cell.rows}'{suggestion(cell.rows, known)}")
                return
            if cell.row_where is not None:
                self._conditions.check(cell.row_where, register, row=cell.rows)
        if cell.sum is not None:
            self._conditions.check(cell.sum, register, Kind.NUMBER, cell.rows)
        if cell.distinct is not None:
            self._check_distinct(table, cell, register)

    def _check_distinct(self, table: Table, cell: Counted, register: str) -> None:
        name = cell.distinct or ""
        kinds = self._scope.names(register)
        known = (kinds[cell.rows].columns or {}) if cell.rows else kinds
        if name not in known:
            table.problem(
                None, f"'distinct' names no field '{name}' of '{cell.rows or register}'{suggestion(name, known)}"
            )

    def _check_parts(self, table: Table, key: str, lines: tuple[ReportLine, ...]) -> None:
        known = [line.id for line in lines]
        for number, line in enumerate(lines):
            for part in line.parts:
                if part not in known or part == line.id:
                    at = (*table.at(key), number, "parts")
                    table.source.add(at, f"no other {key} '{part}'{suggestion(part, known)}")

    def _chart(self, table: Table, rows: tuple[ReportLine, ...], columns: tuple[ReportLine, ...]) -> Chart | None:
        inner = self._inner(table, "chart", CHART_KEYS)
        if inner is None:
            return None
        known = {"rows": [row.id for row in rows], "columns": [column.id for column in columns] or list(MEASURED)}
        for key, names in known.items():
            for name in inner.texts(key):
                if name not in names:
                    inner.problem(key, f"no {key.removesuffix('s')} '{name}'{suggestion(name, names)}")
        chosen = inner.texts("columns")
        if not 1 <= len(chosen) <= 2:
            inner.problem("columns", "a chart shows one or two columns")
        return Chart(rows=inner.texts("rows"), columns=chosen)
