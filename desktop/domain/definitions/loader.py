"""Reading forms/: every code list, the envelope and every register, or every problem of all of them at once.

- Nothing is loaded halfway: one problem anywhere and there is no library. Each problem says file, line and key.
- A file is named after the id in it. The sections of envelope.toml are at the end of every register that does not say
  `envelope = false`.
- Values of fields that a definition does not know (a record of an older or newer version) are none of this module's
  business: they are kept by whoever reads the record.
- `read_library` takes the files as bytes by name, so that a test holds its definition in itself.
- `own` are files of one registry beside those of the program (custom_forms.py); they add, and replace nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.base.problems import Label
from desktop.domain.conditions.parser import suggestion
from desktop.domain.conditions.type_check import FieldKind, Fields, path_problem
from desktop.domain.definitions.custom_forms import DOCUMENTS, custom_definitions
from desktop.domain.definitions.field_reader import (
    CODE,
    read_checks,
    read_id,
    read_label,
    read_sections,
)
from desktop.domain.definitions.model import (
    PROGRAM_NAMES,
    Code,
    CodeList,
    FormDefinition,
    Library,
    Section,
)
from desktop.domain.definitions.symbols import Scope, field_kinds, kind_of
from desktop.domain.definitions.toml_reader import Source, Table
from desktop.errors import DefinitionError

REGISTER_KEYS: Final = (
    *("id", "version", "number", "label", "label_one", "description", "title", "icon", "rail", "list", "search"),
    *("documents", "legal_basis", "envelope", "check", "section"),
)
ENVELOPE_KEYS: Final = ("section",)
CODE_LIST_KEYS: Final = ("id", "label", "legal_basis", "verified", "code")
CODE_KEYS: Final = ("value", "label", "valid_from", "valid_to", "legal_basis")

_REGISTERS: Final = "registers/"
_CODE_LISTS: Final = "code_lists/"
_ENVELOPE: Final = "envelope.toml"
_NUMBER: Final = re.compile(r"[A-Z]{1,6}")
_ICON: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def load_library(forms_dir: Path, own: Mapping[str, bytes] | None = None) -> Library:
    """Read every definition under a folder, and a registry's own.

    Raises:
        DefinitionError: with every problem of every file.
    """
    paths = [forms_dir / _ENVELOPE, *forms_dir.glob("code_lists/*.toml"), *forms_dir.glob("registers/*.toml")]
    files = {path.relative_to(forms_dir).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return read_library(files, documents=[path.stem for path in forms_dir.glob("documents/*.toml")], own=own)


def read_library(
    files: Mapping[str, bytes], *, documents: Iterable[str] = (), own: Mapping[str, bytes] | None = None
) -> Library:
    """Read definitions from bytes by name, such as `registers/absence.toml`.

    Raises:
        DefinitionError: with every problem of every file.
    """
    documents = tuple(documents)
    added = custom_definitions(own or {}, {*files, *(f"{DOCUMENTS}{name}.toml" for name in documents)})
    found = {**added.files, **files}
    sources = [Source.decode(name, found[name]) for name in sorted(found)]
    tables = {source.name: source.table(_keys_of(source.name)) for source in sources}
    code_lists = {_stem(name): _read_code_list(table) for name, table in tables.items() if name.startswith(_CODE_LISTS)}
    envelope = _read_envelope(tables.get(_ENVELOPE), tables, code_lists)
    files_read = _Files(
        registers=_all_kinds(tables, code_lists),
        code_lists=code_lists,
        envelope=envelope,
        documents=frozenset({*documents, *added.documents}),
    )
    registers = {
        _stem(name): _read_register(table, files_read) for name, table in tables.items() if name.startswith(_REGISTERS)
    }
    _refuse_twins(tables)
    problems = (*added.problems, *(problem for source in sources for problem in source.problems))
    if problems:
        raise DefinitionError(problems)
    ordered = sorted(registers.values(), key=lambda register: (register.rail is None, register.rail, register.id))
    return Library(registers={register.id: register for register in ordered}, code_lists=code_lists, envelope=envelope)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    registers: Mapping[str, Fields | None]
    code_lists: Mapping[str, CodeList]
    envelope: tuple[Section, ...]
    documents: frozenset[str]


def _keys_of(name: str) -> tuple[str, ...]:
    if name == _ENVELOPE:
        return ENVELOPE_KEYS
    return CODE_LIST_KEYS if name.startswith(_CODE_LISTS) else REGISTER_KEYS


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".toml")


def _all_kinds(tables: Mapping[str, Table], code_lists: Mapping[str, CodeList]) -> dict[str, Fields | None]:
    """Return the fields of each register, the envelope's among them; `None` for a file that cannot be read."""
    envelope = field_kinds(tables[_ENVELOPE].raw("section"), code_lists) if _ENVELOPE in tables else {}
    found: dict[str, Fields | None] = {}
    for name, table in tables.items():
        if name.startswith(_REGISTERS):
            own = field_kinds(table.raw("section"), code_lists)
            found[_stem(name)] = (
                None if not table.source.is_readable else own if table.raw("envelope") is False else {**envelope, **own}
            )
    return found


def _read_envelope(
    table: Table | None, tables: Mapping[str, Table], code_lists: Mapping[str, CodeList]
) -> tuple[Section, ...]:
    """Read the envelope; its conditions know its own fields only, for they hold in every register."""
    if table is None:
        return ()
    own = field_kinds(table.raw("section"), code_lists)
    return read_sections(table, Scope(fields=own, registers=_all_kinds(tables, code_lists), code_lists=code_lists))


def _read_code_list(table: Table) -> CodeList:
    identity = read_id(table, set())
    _match_file_name(table, identity)
    codes = tuple(_read_code(code) for code in table.tables("code", CODE_KEYS))
    if not codes:
        table.problem(None, "a code list has at least one [[code]]")
    _refuse_ambiguous(table, codes)
    return CodeList(
        id=identity,
        label=read_label(table),
        codes=codes,
        legal_basis=table.text("legal_basis"),
        verified=table.truth("verified", default=True),
    )


def _read_code(table: Table) -> Code:
    value = table.text("value", required=True)
    if value and not CODE.fullmatch(value):
        table.problem("value", f"'{value}' is no code value; letters, digits and _ . / - only, at most 40")
    label = read_label(table)
    if ";" in label.vi + label.en:
        table.problem("label", "a label of a code has no ';', for it separates several codes")
    code = Code(
        value=value,
        label=label,
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        legal_basis=table.text("legal_basis"),
    )
    if code.valid_from and code.valid_to and code.valid_from > code.valid_to:
        table.problem("valid_from", f"{code.valid_from} is after valid_to {code.valid_to}")
    return code


def _refuse_ambiguous(table: Table, codes: tuple[Code, ...]) -> None:
    """See that a value occurs once, and a label once at any one time: an officer types either."""
    for number, code in enumerate(codes):
        at = (*table.at("code"), number)
        for other in codes[:number]:
            if code.value and code.value == other.value:
                table.source.add((*at, "value"), f"'{code.value}' is used twice")
            elif {code.label.vi, code.label.en} & {other.label.vi, other.label.en} - {""} and _overlap(code, other):
                table.source.add((*at, "label"), f"the label of '{other.value}' is the same; nobody could choose")


def _overlap(code: Code, other: Code) -> bool:
    starts_before = not (code.valid_from and other.valid_to) or code.valid_from <= other.valid_to
    ends_after = not (code.valid_to and other.valid_from) or other.valid_from <= code.valid_to
    return starts_before and ends_after


def _read_register(table: Table, files: _Files) -> FormDefinition:
    identity = read_id(table, set())
    _match_file_name(table, identity)
    fields = files.registers[_stem(table.source.name)] or {}
    scope = Scope(fields=fields, registers=files.registers, code_lists=files.code_lists)
    sections = read_sections(table, scope)
    if not sections:
        table.problem(None, "a register has at least one [[section]]")
    if table.truth("envelope", default=True):
        _refuse_clashes(table, sections, files.envelope)
        sections += files.envelope
    return FormDefinition(
        id=identity,
        version=table.integer("version", least=1, required=True) or 1,
        number=_read_pattern(table, "number", _NUMBER, "one to six capital letters, such as VM"),
        label=read_label(table),
        label_one=read_label(table, "label_one"),
        description=table.label("description") or Label(vi="", en=""),
        title=_read_title(table, fields, files),
        icon=_read_pattern(table, "icon", _ICON, "the name of a Lucide icon, such as user-round"),
        rail=table.integer("rail", least=1),
        list=_read_names(table, "list", fields),
        search=_read_names(table, "search", {name: kind for name, kind in fields.items() if not kind.is_computed}),
        documents=_read_documents(table, files.documents),
        sections=sections,
        checks=read_checks(table, scope),
        legal_basis=table.text("legal_basis"),
    )


def _match_file_name(table: Table, identity: str) -> None:
    stem = _stem(table.source.name)
    if identity and identity != stem:
        table.problem("id", f"'{identity}' is not the name of the file; rename one: '{stem}'")


def _refuse_clashes(table: Table, sections: tuple[Section, ...], envelope: tuple[Section, ...]) -> None:
    section_ids = {section.id for section in envelope}
    field_ids = {field.id for section in envelope for field in section.fields}
    for number, section in enumerate(sections):
        at = ("section", number)
        if section.id in section_ids:
            table.source.add((*at, "id"), f"'{section.id}' is a section of the envelope already")
        for place, field in enumerate(section.fields):
            if field.id in field_ids:
                table.source.add((*at, "field", place, "id"), f"'{field.id}' is a field of the envelope already")


def _read_pattern(table: Table, key: str, pattern: re.Pattern[str], what: str) -> str:
    text = table.text(key, required=True)
    if text and not pattern.fullmatch(text):
        table.problem(key, f"'{text}' is not accepted; {what}")
    return text


def _read_title(table: Table, fields: Fields, files: _Files) -> str:
    title = table.text("title", required=True)
    places = _PLACE.findall(title)
    rest = _PLACE.sub("", title)
    if title and (not places or "{" in rest or "}" in rest):
        table.problem("title", "a title holds places such as {person.full_name}, each of one field or one path")
    known = {**dict.fromkeys(PROGRAM_NAMES, FieldKind(kind=kind_of("text"))), **fields}
    for place in places:
        problem = path_problem(tuple(place.split(".")), known, files.registers.get)
        if problem:
            table.problem("title", problem)
    return title


def _read_names(table: Table, key: str, fields: Fields) -> tuple[str, ...]:
    names = table.texts(key)
    known = [*fields, *PROGRAM_NAMES]
    for name in names:
        if name not in known:
            table.problem(key, f"no field '{name}'{suggestion(name, known)}")
    return names


def _read_documents(table: Table, documents: frozenset[str]) -> tuple[str, ...]:
    names = table.texts("documents")
    for name in names:
        if name not in documents:
            table.problem("documents", f"there is no documents/{name}.toml{suggestion(name, documents)}")
    return names


def _refuse_twins(tables: Mapping[str, Table]) -> None:
    """See that numbers and places in the sidebar are given once."""
    for key in ("number", "rail"):
        seen: dict[str | int, str] = {}
        for name, table in tables.items():
            value = table.raw(key)
            if not name.startswith(_REGISTERS) or not isinstance(value, (str, int)):
                continue
            if value in seen:
                table.problem(key, f"{value} is that of {seen[value]} already")
            seen.setdefault(value, name)
