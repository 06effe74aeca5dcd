"""Reading sections, fields and checks of a form definition, each name in them followed to what it names.

- A key is accepted only where it says something: `codes` for coded fields, `minimum` for numbers, and so on.
- A column of rows is a field too; it is merged, shown and computed with its rows, never alone.
- A check brings its own message, unless its code is one of those every form shares.
"""

import re
from collections.abc import Mapping
from typing import Final

from desktop.domain.base.dates import span
from desktop.domain.base.problems import Label, Severity
from desktop.domain.conditions.condition import (
    Condition,
    ConditionError,
    parse_condition,
    type_check,
)
from desktop.domain.conditions.parser import RESERVED, suggestion
from desktop.domain.conditions.type_check import Fields, Kind
from desktop.domain.definitions.companion_fields import (
    MARK,
    NOTE,
    REASON,
    is_companion,
)
from desktop.domain.definitions.model import (
    ANY_REGISTER,
    MAX_LENGTHS,
    PERSON_NAME,
    Check,
    CodeList,
    FieldDefinition,
    MergeClass,
    Privacy,
    Section,
    TypeName,
)
from desktop.domain.definitions.symbols import Scope, column_kinds, kind_of
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.log.operation import FIELD_ID

SECTION_KEYS: Final = ("id", "label", "hint", "visible_when", "field")
CHECK_KEYS: Final = ("that", "severity", "code", "legal_basis", "message")
COLUMN_KEYS: Final = (
    *("id", "type", "label", "privacy", "kind", "hint", "legal_basis", "required", "required_when", "check"),
    *("codes", "quick", "register", "default", "max_length", "minimum", "maximum"),
)
FIELD_KEYS: Final = (*COLUMN_KEYS, "visible_when", "computed", "sticky", "rekey", "merge", "protective", "field")
SHARED_CHECKS: Final = (
    *("date_in_future", "date_order", "date_before_birth", "age_out_of_range"),
    *("id_gender_mismatch", "id_dob_mismatch", "id_province_unknown"),
)
CODE: Final = re.compile(r"[\w./-]{1,40}")

_CODED: Final = (TypeName.CODE, TypeName.CODES)
_NUMBERS: Final = (TypeName.INTEGER, TypeName.DECIMAL)
_DATES: Final = (TypeName.DATE, TypeName.PARTIAL_DATE)
_ONLY_FOR: Final[Mapping[str, tuple[TypeName, ...]]] = {
    "kind": (TypeName.TEXT,),
    "codes": _CODED,
    "quick": _CODED,
    "register": (TypeName.LINK,),
    "max_length": tuple(MAX_LENGTHS),
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "field": (TypeName.ROWS,),
    "computed": (TypeName.INTEGER, TypeName.YES_NO, TypeName.TEXT, TypeName.CODE, *_DATES, TypeName.DATE_TIME),
    "protective": (TypeName.CODE, TypeName.YES_NO),
    "rekey": (
        *(TypeName.TEXT, TypeName.PERSONAL_ID, TypeName.PASSPORT, TypeName.PHONE, TypeName.CODE),
        *(*_DATES, TypeName.DATE_TIME, *_NUMBERS),
    ),
}
_MERGES: Final[Mapping[MergeClass, tuple[TypeName, ...]]] = {
    MergeClass.SET: (TypeName.CODES, TypeName.ROWS),
    MergeClass.TEXT: (TypeName.TEXT, TypeName.LONG_TEXT),
    MergeClass.SAFETY: (TypeName.CODE, TypeName.YES_NO),
    MergeClass.STATUS: (TypeName.CODE,),
}
_DEFAULT_MERGE: Final = {TypeName.CODES: MergeClass.SET, TypeName.LONG_TEXT: MergeClass.TEXT}
_DAYS_FROM_TODAY: Final = re.compile(r"today(\+[0-9]{1,4})?")


def read_sections(table: Table, scope: Scope) -> tuple[Section, ...]:
    """Read every `[[section]]` of a file."""
    seen: set[str] = set()
    sections: list[Section] = []
    fields_seen: set[str] = set()
    for section in table.tables("section", SECTION_KEYS):
        identity = read_id(section, seen)
        fields = tuple(_read_field(field, scope, fields_seen) for field in section.tables("field", FIELD_KEYS))
        if not fields:
            section.problem(None, "a section has at least one [[section.field]]")
        sections.append(
            Section(
                id=identity,
                label=read_label(section),
                fields=fields,
                visible_when=_read_condition(section, "visible_when", scope.fields, scope),
                hint=section.label("hint"),
            )
        )
    return tuple(sections)


def read_checks(table: Table, scope: Scope) -> tuple[Check, ...]:
    """Read every `[[...check]]` of a file or a field."""
    checks: list[Check] = []
    for check in table.tables("check", CHECK_KEYS):
        that = _read_condition(check, "that", scope.fields, scope, required=True)
        severity = check.choice("severity", Severity, required=True)
        code = check.text("code", required=True)
        message = check.label("message")
        if code and not FIELD_ID.fullmatch(code):
            check.problem("code", f"'{code}' is no code; small letters, digits and _, a letter first")
        elif code and message is None and code not in SHARED_CHECKS:
            near = suggestion(code, SHARED_CHECKS)
            check.problem("code", f"'{code}' needs a message{near} Without a message: {', '.join(SHARED_CHECKS)}")
        if that is not None and severity is not None:
            basis = check.text("legal_basis")
            checks.append(Check(that=that, code=code, severity=severity, message=message, legal_basis=basis))
    return tuple(checks)


def read_id(table: Table, seen: set[str]) -> str:
    """Read an id and see that it is of the right form and alone."""
    identity = table.text("id", required=True)
    if identity and not FIELD_ID.fullmatch(identity):
        table.problem("id", f"'{identity}' is no id; small letters, digits and _, a letter first, at most 41")
    elif is_companion(identity):
        table.problem("id", f"'{identity}' begins as what the program keeps beside fields: {NOTE}, {MARK}, {REASON}")
    elif identity in RESERVED:
        table.problem("id", f"'{identity}' is a word of the conditions and cannot be an id")
    elif identity in seen:
        table.problem("id", f"'{identity}' is used twice")
    seen.add(identity)
    return identity


def read_label(table: Table, key: str = "label") -> Label:
    return table.label(key, required=True) or Label(vi="", en="")


def _read_field(table: Table, scope: Scope, seen: set[str], rows_privacy: Privacy | None = None) -> FieldDefinition:
    """Read a field, or a column when the privacy of its rows is given."""
    identity = read_id(table, seen)
    kind = table.choice("type", TypeName, required=True) or TypeName.TEXT
    privacy = table.choice("privacy", Privacy, required=rows_privacy is None) or rows_privacy or Privacy.P4
    is_column = rows_privacy is not None
    if is_column and kind is TypeName.ROWS:
        table.problem("type", "rows do not stand within rows")
    for key, types in _ONLY_FOR.items():
        if key in table and kind not in types and "type" in table:
            table.problem(key, f"only for {', '.join(types)}; this field is {kind.value}")
    columns: tuple[FieldDefinition, ...] = ()
    if kind is TypeName.ROWS and not is_column:
        inner = scope.inside(column_kinds(table.raw("field"), scope.code_lists))
        inner_seen: set[str] = set()
        columns = tuple(_read_field(c, inner, inner_seen, privacy) for c in table.tables("field", COLUMN_KEYS))
        if not columns:
            table.problem(None, "rows have at least one [[section.field.field]]")
    code_list = _read_code_list(table, kind, scope)
    merge = table.choice("merge", MergeClass) or _DEFAULT_MERGE.get(kind, MergeClass.SCALAR)
    field = FieldDefinition(
        id=identity,
        type=kind,
        label=read_label(table),
        privacy=privacy,
        kind=_read_kind(table),
        hint=table.label("hint"),
        legal_basis=table.text("legal_basis"),
        required=table.truth("required"),
        required_when=_read_condition(table, "required_when", scope.fields, scope),
        visible_when=_read_condition(table, "visible_when", scope.fields, scope),
        checks=read_checks(table, scope),
        computed=_read_computed(table, kind, scope, seen, code_list),
        codes=table.text("codes") or None,
        quick=_read_values(table, "quick", code_list),
        register=_read_register(table, kind, scope),
        fields=columns,
        default=_read_default(table, kind, code_list),
        sticky=table.truth("sticky"),
        rekey=table.truth("rekey"),
        merge=merge,
        protective=_read_protective(table, kind, code_list),
        max_length=table.integer("max_length", least=1),
        minimum=table.integer("minimum"),
        maximum=table.integer("maximum"),
    )
    _relate(table, field)
    return field


def _relate(table: Table, field: FieldDefinition) -> None:
    """See that the keys of one field agree with each other."""
    types = _MERGES.get(field.merge)
    if types is not None and field.type not in types:
        table.problem("merge", f"'{field.merge.value}' is only for {', '.join(types)}")
    if (field.merge is MergeClass.SAFETY) != bool(field.protective):
        table.problem(None, "merge = 'safety' and protective come together")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        table.problem("minimum", f"{field.minimum} is more than the maximum {field.maximum}")
    most = MAX_LENGTHS.get(field.type)
    if most is not None and field.max_length is not None and field.max_length > most:
        table.problem("max_length", f"a {field.type.value} has at most {most} characters")
    if field.rekey and field.privacy is Privacy.P4:
        table.problem("rekey", "two values of a P4 field would be shown side by side; a P4 field is not keyed again")
    if field.required and field.required_when is not None:
        table.problem("required_when", "the field is required anyway")
    if field.computed is not None:
        for key in ("required", "required_when", "default", "sticky", "rekey", "merge", "check", "minimum", "maximum"):
            if key in table:
                table.problem(key, "a computed field is never asked; it has no such key")


def _read_condition(
    table: Table,
    key: str,
    fields: Fields,
    scope: Scope,
    *,
    expected: Kind = Kind.TRUTH,
    codes: frozenset[str] | None = None,
    required: bool = False,
) -> Condition | None:
    text = table.text(key, required=required)
    if not text:
        return None
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        table.problem(key, str(error))
        return None
    for problem in type_check(condition, fields, scope.registers.get, expected=expected, codes=codes):
        table.problem(key, problem)
    return condition


def _read_computed(
    table: Table, kind: TypeName, scope: Scope, seen: set[str], code_list: CodeList | None
) -> Condition | None:
    """Read what a field is computed from: stored fields, and computed ones that are above it."""
    fields = {name: found for name, found in scope.fields.items() if not found.is_computed or name in seen}
    fields.pop(str(table.raw("id")), None)
    codes = frozenset(code.value for code in code_list.codes) if code_list is not None else None
    return _read_condition(table, "computed", fields, scope, expected=kind_of(kind), codes=codes)


def _read_kind(table: Table) -> str | None:
    kind = table.text("kind")
    if kind and kind != PERSON_NAME:
        table.problem("kind", f"'{kind}' is not accepted{suggestion(kind, [PERSON_NAME])} Accepted: {PERSON_NAME}")
    return kind or None


def _read_code_list(table: Table, kind: TypeName, scope: Scope) -> CodeList | None:
    name = table.text("codes")
    if kind not in _CODED:
        return None
    if not name:
        table.problem(None, "'codes' is missing; it is the id of a code list")
    elif name not in scope.code_lists:
        table.problem("codes", f"no code list '{name}'{suggestion(name, scope.code_lists)}")
    return scope.code_lists.get(name)


def _read_register(table: Table, kind: TypeName, scope: Scope) -> str | None:
    if kind is TypeName.PERSON:
        if "person" not in scope.registers:
            table.problem("type", "there is no register 'person' to choose from")
        return "person"
    name = table.text("register")
    if kind is TypeName.LINK:
        if not name:
            table.problem(None, "'register' is missing; it is the id of the register to choose from")
        elif name not in scope.registers and name != ANY_REGISTER:
            table.problem("register", f"no register '{name}'{suggestion(name, scope.registers)}")
    return name or None


def _read_values(table: Table, key: str, code_list: CodeList | None) -> tuple[str, ...]:
    values = table.texts(key)
    for value in values:
        if code_list is not None and code_list.code(value) is None:
            near = suggestion(value, [code.value for code in code_list.codes])
            table.problem(key, f"no code '{value}' in the list '{code_list.id}'{near}")
    return values


def _read_protective(table: Table, kind: TypeName, code_list: CodeList | None) -> tuple[str, ...]:
    """Read the values from the most protective on; merging compares them as `str(value)`."""
    if kind is not TypeName.YES_NO:
        return _read_values(table, "protective", code_list)
    items = table.raw("protective") or []
    found = tuple(str(item) for item in items) if isinstance(items, list) else ()
    if not set(found) <= {"True", "False"}:
        table.problem("protective", "of yes or no: [true, false] or [false, true]")
    return found


def _read_default(table: Table, kind: TypeName, code_list: CodeList | None) -> str | int | bool | None:
    value = table.raw("default")
    if value is None:
        return None
    is_text = isinstance(value, str)
    accepted = {
        TypeName.TEXT: is_text,
        TypeName.LONG_TEXT: is_text,
        TypeName.DATE: is_text and (_DAYS_FROM_TODAY.fullmatch(value) or (span(value) and len(value) == 10)),
        TypeName.PARTIAL_DATE: is_text and (_DAYS_FROM_TODAY.fullmatch(value) or span(value)),
        TypeName.DATE_TIME: value == "now",
        TypeName.INTEGER: isinstance(value, int) and not isinstance(value, bool),
        TypeName.YES_NO: isinstance(value, bool),
        TypeName.CODE: is_text and (code_list is None or code_list.code(value)),
        TypeName.ADDRESS: value == "unit",
        TypeName.LINK: value == "officer" and table.raw("register") == "officer",
    }.get(kind)
    if not accepted:
        table.problem("default", f"this is no default of a {kind.value} field; see forms/README.md")
        return None
    return value if isinstance(value, (str, int, bool)) else None
