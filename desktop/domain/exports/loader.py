"""Reading forms/exports/*.toml: how cases leave for a standard, or every problem of the file at once.

- Every field of the standard is mapped or withheld with a reason, none twice and none forgotten.
- Every code of a mapped list has a word of the standard or is under `without`: a new code is reported, not lost.
- What is written may be of the standard's types alone: a text that a person typed is never mapped.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from desktop.domain.conditions.condition import (
    Condition,
    ConditionError,
    parse_condition,
    type_check,
)
from desktop.domain.conditions.parser import suggestion
from desktop.domain.conditions.type_check import Fields, Kind
from desktop.domain.definitions.field_reader import read_id, read_label
from desktop.domain.definitions.model import Library, TypeName
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.domain.exports.field_reader import FieldReader, SourceScope, Standard
from desktop.domain.exports.model import (
    DerivedField,
    ExportDefinition,
    GeneralisationStep,
    ReleaseRule,
    RepeatedFields,
    Withheld,
)
from desktop.domain.reports.scope import ReportScope
from desktop.errors import DefinitionError

EXPORT_KEYS: Final = (
    *("id", "label", "standard", "register", "legal_basis", "least_alike", "alike"),
    *("only", "field", "beside", "group", "step", "withheld"),
)
ONLY_KEYS: Final = ("id", "label", "that")
BESIDE_KEYS: Final = ("id", "label", "year_of", "ages", "bands")
GROUP_KEYS: Final = ("id", "label", "rows", "register", "through", "field")
STEP_KEYS: Final = ("empty", "widen", "bands")
WITHHELD_KEYS: Final = ("fields", "why")
FEWEST_ALIKE: Final = 3  # LEGAL.md 7.14

_DATES: Final = (TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME)


def load_exports(
    forms_dir: Path, library: Library, standards: Mapping[str, Standard]
) -> Mapping[str, ExportDefinition]:
    """Read every export under a folder; `standards` are the field standards by their names.

    Raises:
        DefinitionError: with every problem of every file.
    """
    files = {f"exports/{path.name}": path.read_bytes() for path in sorted(forms_dir.glob("exports/*.toml"))}
    return read_exports(files, library, standards)


def read_exports(
    files: Mapping[str, bytes], library: Library, standards: Mapping[str, Standard]
) -> Mapping[str, ExportDefinition]:
    """Read exports from bytes by name, such as `exports/htcds.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    sources = [Source.decode(name, content) for name, content in files.items()]
    found = [_ExportReader(source.table(EXPORT_KEYS), library, standards).read() for source in sources]
    problems = tuple(problem for source in sources for problem in source.problems)
    if problems:
        raise DefinitionError(problems)
    return {export.id: export for export in found if export is not None}


class _ExportReader:
    """Reads one file; every name in it is followed to what it names."""

    def __init__(self, table: Table, library: Library, standards: Mapping[str, Standard]) -> None:
        self._table = table
        self._library = library
        self._scope = ReportScope(library, {})
        self._standards = standards
        self._standard: Standard = {}
        self._fields = FieldReader({}, library, self._scope)

    def read(self) -> ExportDefinition | None:
        table = self._table
        identity = read_id(table, set())
        if identity and table.source.name != f"exports/{identity}.toml":
            table.problem("id", f"'{identity}' is not the name of the file")
        label, standard = read_label(table), self._named("standard", self._standards)
        register = self._named("register", self._library.registers)
        if not standard or not register:
            return None
        self._standard = self._standards[standard]
        self._fields = FieldReader(self._standard, self._library, self._scope)
        only = tuple(self._only(one, register) for one in table.tables("only", ONLY_KEYS))
        fields = self._fields.read(table, SourceScope(register=register), is_group=False)
        beside = tuple(self._beside(one, register) for one in table.tables("beside", BESIDE_KEYS))
        groups = tuple(self._group(one, register) for one in table.tables("group", GROUP_KEYS))
        withheld = tuple(self._withheld(one) for one in table.tables("withheld", WITHHELD_KEYS))
        for name in self._standard.keys() - self._fields.used.keys():
            table.problem(None, f"'{name}' of the standard is neither mapped nor withheld")
        names = [*(one.id for one in beside), *(one.id for one in groups), *(one.to.name for one in fields)]
        least = table.integer("least_alike", least=FEWEST_ALIKE, required=True) or FEWEST_ALIKE
        if not only:
            table.problem(None, "an export has at least one [[only]]: whose consent it stands on")
        return ExportDefinition(
            id=identity,
            label=label,
            standard=standard,
            register=register,
            legal_basis=table.text("legal_basis"),
            least_alike=least,
            only=tuple(one for one in only if one is not None),
            fields=fields,
            beside=beside,
            groups=groups,
            alike=self._names(table, "alike", names),
            steps=tuple(self._step(one, names, beside) for one in table.tables("step", STEP_KEYS)),
            withheld=withheld,
        )

    def _named(self, key: str, known: Iterable[str]) -> str:
        name = self._table.text(key, required=True)
        if name and name not in known:
            self._table.problem(key, f"no {key} '{name}'{suggestion(name, known)}")
            return ""
        return name

    def _names(self, table: Table, key: str, known: list[str]) -> tuple[str, ...]:
        names = table.texts(key)
        for name in names:
            if name not in known:
                table.problem(key, f"nothing that leaves is called '{name}'{suggestion(name, known)}")
        if not names:
            table.problem(None, f"'{key}' is missing; it names what an outsider may know of a case")
        return names

    def _only(self, table: Table, register: str) -> ReleaseRule | None:
        identity, label = read_id(table, set()), read_label(table)
        that = self._condition(table, "that", table.text("that", required=True), register, Kind.TRUTH)
        return None if that is None else ReleaseRule(id=identity, label=label, that=that)

    def _beside(self, table: Table, register: str) -> DerivedField:
        identity, year_of = read_id(table, set()), table.text("year_of")
        bands = tuple(one for one in table.raw("bands") or () if isinstance(one, int))
        ages = tuple(self._condition(table, "ages", text, register, Kind.NUMBER) for text in table.texts("ages"))
        field = self._library.registers[register].field(year_of)
        if year_of and (field is None or field.type not in _DATES):
            table.problem("year_of", f"'{year_of}' is no date of the register")
        if bool(year_of) == bool(ages):
            table.problem(None, "say 'year_of', or 'ages' with 'bands'")
        if ages and (not bands or bands[0] != 0 or list(bands) != sorted(set(bands))):
            table.problem("bands", "the bands begin with 0 and grow, such as [0, 18]")
        return DerivedField(
            id=identity,
            label=read_label(table),
            year_of=year_of,
            ages=tuple(one for one in ages if one is not None),
            bands=bands,
        )

    def _group(self, table: Table, register: str) -> RepeatedFields:
        identity, rows = read_id(table, set()), table.text("rows")
        other, through = table.text("register"), table.text("through")
        place = SourceScope(register=register)
        if rows:
            field = self._library.registers[register].field(rows)
            if field is None or field.type is not TypeName.ROWS:
                table.problem("rows", f"'{rows}' is no field with rows")
            else:
                place = SourceScope(register=register, rows=field)
        elif other in self._library.registers:
            place = SourceScope(register=other)
            link = self._library.registers[other].field(through)
            if link is None or link.register != register:
                table.problem("through", f"'{through}' does not link to '{register}'")
        if bool(rows) == bool(other and through):
            table.problem(None, "say 'rows', or 'register' and 'through'")
        return RepeatedFields(
            id=identity,
            label=read_label(table),
            rows=rows,
            register=other,
            through=through,
            fields=self._fields.read(table, place, is_group=True),
        )

    def _step(self, table: Table, names: list[str], beside: tuple[DerivedField, ...]) -> GeneralisationStep:
        empty, widen = table.text("empty"), table.text("widen")
        bands = tuple(one for one in table.raw("bands") or () if isinstance(one, int))
        if bool(empty) == bool(widen):
            table.problem(None, "say 'empty', or 'widen' with 'bands'")
        if (empty or widen) not in names:
            table.problem(None, f"nothing that leaves is called '{empty or widen}'{suggestion(empty or widen, names)}")
        finer = next((one.bands for one in beside if one.id == widen), ())
        if widen and (not bands or bands[0] != 0 or not set(bands) < set(finer)):
            table.problem("bands", "wider bands begin where some of the finer ones begin, the first at 0")
        return GeneralisationStep(name=empty or widen, bands=bands)

    def _withheld(self, table: Table) -> Withheld:
        names = table.texts("fields")
        for name in names:
            if name not in self._standard:
                near = suggestion(name, self._standard)
                table.problem("fields", f"the standard has no field '{name}'{near}")
            elif name in self._fields.used:
                table.problem("fields", f"'{name}' is mapped or withheld already")
            self._fields.used[name] = False
        return Withheld(fields=names, why=read_label(table, "why"))

    def _condition(self, table: Table, key: str, text: str, register: str, expected: Kind) -> Condition | None:
        if not text:
            return None
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            table.problem(key, str(error))
            return None
        for problem in type_check(condition, self._kinds(register) or {}, self._kinds, expected=expected):
            table.problem(key, problem)
        return condition

    def _kinds(self, register: str) -> Fields | None:
        definition = self._library.registers.get(register)
        if definition is None:
            return None
        return {name: kind for name, kind in self._scope.names(register).items() if definition.field(name)}
