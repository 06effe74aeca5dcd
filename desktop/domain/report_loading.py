"""Reading forms/reports/: every report, or every problem of all of them at once.

- Each name is followed to what it names and each condition compared with the fields of its register, cell by cell.
- A breakdown is by codes, yes or no, a unit or a part of an address; never by a name, a text or a person.
- `read_reports` takes the files as bytes by name, so that a test holds its report in itself.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.clock_fields import RegisterClocks
from desktop.domain.condition_kinds import Kind
from desktop.domain.condition_tree import suggestion
from desktop.domain.conditions import Condition, ConditionError, parse_condition
from desktop.domain.definition_tables import Source, Table
from desktop.domain.definitions import Library, TypeName
from desktop.domain.field_definitions import read_id, read_label
from desktop.domain.periods import PeriodKind
from desktop.domain.report_cells import Counted, cells, counted
from desktop.domain.report_definitions import (
    ADDRESS_PARTS,
    MEASURED,
    UNIT,
    Chart,
    Each,
    Line,
    Measure,
    RecordSet,
    ReportDefinition,
    TableDefinition,
)
from desktop.domain.report_scope import NEVER_COUNTED, ReportScope
from desktop.errors import DefinitionError

REPORT_KEYS: Final = (
    *("id", "number", "label", "definition", "target", "period", "landscape", "verified", "legal_basis"),
    *("set", "table"),
)
SET_KEYS: Final = ("id", "register", "where", "any_of", "all_of", "but_not", "linked_by", "through")
TABLE_KEYS: Final = ("id", "label", "note", "set", "personal", "row", "column", "chart")
MEASURE_KEYS: Final = ("set", "where", "rows", "row_where", "sum", "distinct", "manual")
COLUMN_KEYS: Final = ("id", "label", *MEASURE_KEYS, "of", "each", "present_only", "total", "parts")
ROW_KEYS: Final = (*COLUMN_KEYS, "indent", "heading")
CHART_KEYS: Final = ("rows", "columns")

_LINKS: Final = frozenset({TypeName.LINK, TypeName.PERSON})
_CODED: Final = frozenset({TypeName.CODE, TypeName.CODES})


def load_reports(
    forms_dir: Path, library: Library, clocks: Mapping[str, RegisterClocks]
) -> Mapping[str, ReportDefinition]:
    """Read every report under a folder, by id, in the order of their numbers.

    Raises:
        DefinitionError: with every problem of every file.
    """
    paths = sorted(forms_dir.glob("reports/*.toml"))
    files = {path.relative_to(forms_dir).as_posix(): path.read_bytes() for path in paths}
    return read_reports(files, library, clocks)


def read_reports(
    files: Mapping[str, bytes], library: Library, clocks: Mapping[str, RegisterClocks]
) -> Mapping[str, ReportDefinition]:
    """Read reports from bytes by name, such as `reports/k1.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    tables = [Source.decode(name, files[name]).table(REPORT_KEYS) for name in sorted(files)]
    scope = ReportScope(library, clocks)
    read = [_Reader(table, scope).read() for table in tables]
    problems = tuple(problem for table in tables for problem in table.source.problems)
    if problems:
        raise DefinitionError(problems)
    return {report.id: report for report in sorted(read, key=_place)}


def _place(report: ReportDefinition) -> tuple[str, int, str]:
    """Return where a report stands in lists: K2 before K10."""
    letters = report.number.rstrip("0123456789")
    return letters, int(report.number.removeprefix(letters) or 0), report.id


class _Reader:
    """The reader of one report; it remembers where each condition stood, for problems that show cell by cell."""

    def __init__(self, table: Table, scope: ReportScope) -> None:
        self._table = table
        self._scope = scope
        self._stood: dict[int, tuple[Table, str, Condition]] = {}
        self._sets: dict[str, RecordSet] = {}

    def read(self) -> ReportDefinition:
        table = self._table
        identity = read_id(table, set())
        stem = Path(table.source.name).stem
        if identity and identity != stem:
            table.problem("id", f"'{identity}' is not the name of the file; rename one: '{stem}'")
        seen: set[str] = set()
        for one in table.tables("set", SET_KEYS):
            found = self._set(one, seen)
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

    # Sets

    def _set(self, table: Table, seen: set[str]) -> RecordSet | None:
        identity = read_id(table, seen)
        named = {key: table.texts(key) for key in ("any_of", "all_of", "but_not")}
        linked_by, through = table.text("linked_by"), table.text("through")
        where = self._condition(table, "where")
        for key, names in (*named.items(), ("linked_by", (linked_by,) if linked_by else ())):
            for name in names:
                if name not in self._sets:
                    table.problem(key, f"no set '{name}' above{suggestion(name, self._sets)}")
        if bool(linked_by) != bool(through):
            table.problem(None, "'linked_by' names a set and 'through' its field that links here: both, or neither")
        register = self._register(table, (*named["any_of"], *named["all_of"]))
        if register is None:
            return None
        if where is not None:
            self._check(where, register)
        self._same_register(table, register, named)
        self._follow_link(table, register, linked_by, through)
        return RecordSet(
            id=identity, register=register, where=where, linked_by=linked_by or None, through=through or None, **named
        )

    def _register(self, table: Table, parts: Iterable[str]) -> str | None:
        """Return the register of a set: its own word, or that of the sets it is made of."""
        given = table.text("register")
        if given:
            if given not in self._scope.library.registers:
                near = suggestion(given, self._scope.library.registers)
                table.problem("register", f"no register '{given}'{near}")
                return None
            return given
        found = next((self._sets[name].register for name in parts if name in self._sets), None)
        if found is None:
            table.problem(None, "a set has a 'register', or 'any_of' or 'all_of' that name sets above")
        return found

    def _same_register(self, table: Table, register: str, named: Mapping[str, tuple[str, ...]]) -> None:
        for key, names in named.items():
            for name in names:
                other = self._sets.get(name)
                if other is not None and other.register != register:
                    table.problem(key, f"'{name}' is a set of '{other.register}', not of '{register}'")

    def _follow_link(self, table: Table, register: str, linked_by: str, through: str) -> None:
        source = self._sets.get(linked_by)
        if source is None or not through:
            return
        definition = self._scope.library.registers[source.register]
        field = definition.field(through)
        target = field and ("person" if field.type is TypeName.PERSON else field.register)
        if field is None or field.type not in _LINKS or target != register:
            links = [one.id for one in definition.fields() if one.type in _LINKS]
            table.problem(
                "through",
                f"'{through}' of '{source.register}' does not link to '{register}'{suggestion(through, links)}",
            )

    # Tables

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
        self._check_cells(table, found)
        return found

    def _line(self, table: Table, seen: set[str]) -> Line:
        identity = read_id(table, seen)
        of = self._inner(table, "of", MEASURE_KEYS)
        measure = self._measure(table, self._measure(of, None) if of else None)
        indent = table.integer("indent", least=0) or 0
        return Line(
            id=identity,
            label=read_label(table),
            measure=measure,
            each=self._each(table),
            has_total=table.truth("total"),
            indent=indent,
            is_heading=table.truth("heading"),
            parts=table.texts("parts"),
        )

    def _measure(self, table: Table, of: Measure | None) -> Measure:
        rows, distinct = table.text("rows"), table.text("distinct")
        row_where = self._condition(table, "row_where")
        if row_where is not None and not rows:
            table.problem("row_where", "only with 'rows', whose rows it chooses")
        if "sum" in table and distinct:
            table.problem("distinct", "either a sum is counted or different values, not both")
        return Measure(
            set=self._set_name(table),
            where=self._condition(table, "where"),
            rows=rows or None,
            row_where=row_where,
            sum=self._condition(table, "sum"),
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

    def _condition(self, table: Table, key: str) -> Condition | None:
        text = table.text(key)
        if not text:
            return None
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            table.problem(key, str(error))
            return None
        self._stood[id(condition)] = (table, key, condition)
        return condition

    def _check(self, condition: Condition, register: str, expected: Kind = Kind.TRUTH, row: str | None = None) -> None:
        table, key, _ = self._stood[id(condition)]
        for problem in self._scope.problems(condition, register, expected, row):
            told = f"{table.source.name}"
            text = f"{problem} (register '{register}')"
            if not any(text in one and told in one for one in table.source.problems):
                table.problem(key, text)

    # Breakdowns

    def _each(self, table: Table) -> Each | None:
        raw: Any = table.raw("each")
        for key in ("present_only", "total"):
            if key in table and raw is None:
                table.problem(key, "only with 'each', which gives one line for each answer")
        if raw is None:
            return None
        if isinstance(raw, str):
            given = {"": raw}
        elif isinstance(raw, dict) and all(isinstance(path, str) for path in raw.values()):
            given = raw
        else:
            table.problem("each", 'must be a path such as "person.gender", or a table { register = "path" }')
            return None
        return Each(
            paths={register: tuple(path.split(".")) for register, path in given.items()},
            present_only=table.truth("present_only"),
        )

    def _resolved(self, table: Table, each: Each, registers: Iterable[str]) -> Each:
        """Return a breakdown with its path for each register it is used with, and what its lines are."""
        paths: dict[str, tuple[str, ...]] = {}
        found: set[tuple[str | None, str | None, bool]] = set()
        for register in sorted(set(registers)):
            path = each.paths.get(register) or each.paths.get("")
            if path is None:
                table.problem("each", f"says no path for the register '{register}'")
                continue
            paths[register] = path
            kind = self._breakdown(table, path, register)
            if kind is not None:
                found.add(kind)
        if len(found) > 1:
            table.problem("each", "its paths lead to fields with different answers")
        code_list, part, is_yes_no = next(iter(found), (None, None, False))
        return Each(paths=paths, code_list=code_list, part=part, is_yes_no=is_yes_no, present_only=each.present_only)

    def _breakdown(
        self, table: Table, path: tuple[str, ...], register: str
    ) -> tuple[str | None, str | None, bool] | None:
        if path == (UNIT,):
            return None, UNIT, False
        whole, part = (path[:-1], path[-1]) if path[-1] in ADDRESS_PARTS and len(path) > 1 else (path, None)
        field = self._scope.follow(whole, register)
        name = ".".join(path)
        if field is None:
            known = [one.id for one in self._scope.library.registers[register].fields()]
            table.problem("each", f"no field '{name}' in '{register}'{suggestion(path[0], known)}")
        elif NEVER_COUNTED.intersection(path):
            table.problem("each", f"'{name}' says who gave the information; it is never counted")
        elif part is not None and field.type is TypeName.ADDRESS:
            return None, part, False
        elif part is None and field.type in _CODED:
            return field.codes, None, False
        elif part is None and field.type is TypeName.YES_NO:
            return None, None, True
        else:
            table.problem(
                "each",
                f"'{name}' is {field.type.value}; a breakdown is by code, codes, yes_no, `unit`, "
                "or by commune or hamlet of an address",
            )
        return None

    # Cells

    def _check_cells(self, table: Table, found: TableDefinition) -> None:
        used: dict[str, set[str]] = {}
        for row, column in cells(found):
            if column is not None and column.measure.says_what and row.measure.says_what:
                table.problem(None, f"the row '{row.id}' and the column '{column.id}' both say what is counted")
            if column is not None and column.measure.set and row.measure.set:
                table.problem(None, f"the row '{row.id}' and the column '{column.id}' both name a set")
            cell = counted(found, row, column)
            if cell is None:
                if not row.is_heading:
                    table.problem(None, f"nothing says which set the row '{row.id}' counts; name it with 'set'")
                continue
            for one in (cell, cell.of):
                if one is None or one.is_manual or one.set not in self._sets:
                    continue
                register = self._sets[one.set].register
                self._check_counted(table, one, register)
                used.setdefault(f"row {row.id}", set()).add(register)
                if column is not None:
                    used.setdefault(f"column {column.id}", set()).add(register)
        for key, lines in (("row", found.rows), ("column", found.columns)):
            for number, line in enumerate(lines):
                if line.each is not None:
                    at = Table(table.source, (*table.at(key), number), {}, ())
                    resolved = self._resolved(at, line.each, used.get(f"{key} {line.id}", ()))
                    object.__setattr__(line, "each", resolved)

    def _check_counted(self, table: Table, cell: Counted, register: str) -> None:
        for condition in cell.where:
            self._check(condition, register)
        definition = self._scope.library.registers[register]
        if cell.rows is not None:
            field = definition.field(cell.rows)
            if field is None or field.type is not TypeName.ROWS:
                known = [one.id for one in definition.fields() if one.type is TypeName.ROWS]
                table.problem(None, f"'{register}' has no rows '{cell.rows}'{suggestion(cell.rows, known)}")
                return
            if cell.row_where is not None:
                self._check(cell.row_where, register, row=cell.rows)
        if cell.sum is not None:
            self._check(cell.sum, register, Kind.NUMBER, cell.rows)
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

    def _check_parts(self, table: Table, key: str, lines: tuple[Line, ...]) -> None:
        known = [line.id for line in lines]
        for number, line in enumerate(lines):
            for part in line.parts:
                if part not in known or part == line.id:
                    at = (*table.at(key), number, "parts")
                    table.source.add(at, f"no other {key} '{part}'{suggestion(part, known)}")

    def _chart(self, table: Table, rows: tuple[Line, ...], columns: tuple[Line, ...]) -> Chart | None:
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
