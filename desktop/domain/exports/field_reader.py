"""Reading where each field of a standard comes from: a path of names, and the words that its codes have there.

- Only codes, the name of a province and constants leave; a text that a person typed is never mapped.
- A field is in one place: in the case or in one group, once, or several times where it takes several answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.conditions.parser import suggestion
from desktop.domain.definitions.model import (
    CodeList,
    FieldDefinition,
    Library,
    TypeName,
)
from desktop.domain.definitions.toml_reader import Table
from desktop.domain.exports.model import MappedField
from desktop.domain.exports.standard import StandardField, StandardType
from desktop.domain.reports.scope import ReportScope

FIELD_KEYS: Final = ("to", "from", "part", "codes", "same", "without", "constant")
Standard: TypeAlias = Mapping[str, StandardField]
_PLACE_PARTS: Final = ("province",)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceScope:
    """Whose fields a `from` names: those of a register, or the columns of one of its rows."""

    register: str
    rows: FieldDefinition | None = None


class FieldReader:
    """Reads the `[[field]]` tables of one file; `used` are the fields of the standard that were met."""

    def __init__(self, standard: Standard, library: Library, scope: ReportScope) -> None:
        self.used: dict[str, bool] = {}
        self._standard = standard
        self._library = library
        self._scope = scope

    def read(self, table: Table, place: SourceScope, *, is_group: bool) -> tuple[MappedField, ...]:
        found = [self._field(one, place) for one in table.tables("field", FIELD_KEYS)]
        mapped = tuple(one for one in found if one is not None)
        for field in mapped:
            twice = [one for one in mapped if one.to.name == field.to.name]
            is_second = field.to.name in self.used
            if is_second and (self.used[field.to.name] != is_group or len(twice) == 1):
                table.problem("field", f"'{field.to.name}' is mapped in two places")
            if len(twice) > 1 and field.to.type is not StandardType.MULTISELECT:
                table.problem("field", f"'{field.to.name}' has one answer; only a multiselect is mapped several times")
        self.used |= {field.to.name: is_group for field in mapped}
        return mapped

    def _field(self, table: Table, place: SourceScope) -> MappedField | None:
        name = table.text("to", required=True)
        to = self._standard.get(name)
        if to is None or to.is_deprecated:
            near = suggestion(name, self._standard)
            table.problem("to", f"'{name}' is deprecated" if to else f"the standard has no field '{name}'{near}")
            return None
        path = tuple(filter(None, table.text("from").split(".")))
        constant = table.raw("constant")
        field = self._follow(table, path, place) if path else None
        if constant is not None and not (isinstance(constant, (str, bool)) and self._accepts(to, constant)):
            table.problem("constant", f"'{name}' does not accept it")
        if not path and constant is None:
            table.problem(None, "'from' or 'constant' says where the value comes from")
        if path and field is None:
            return None
        part = self._part(table, field)
        code_list = self._library.code_lists.get(field.codes or "") if field is not None else None
        without = frozenset(table.texts("without"))
        codes = self._codes(table, to, code_list, without)
        self._one_source(table, field, code_list, constant)
        return MappedField(
            to=to,
            path=path,
            part=part,
            codes=codes,
            is_same=table.truth("same"),
            without=without,
            constant=constant if isinstance(constant, (str, bool)) else None,
        )

    def _follow(self, table: Table, path: tuple[str, ...], place: SourceScope) -> FieldDefinition | None:
        """Return the field at the end of a path: through links, or into the rows of a field."""
        if place.rows is not None:
            found = (
                next((column for column in place.rows.fields if column.id == path[0]), None) if len(path) == 1 else None
            )
        else:
            outer = self._library.registers[place.register].field(path[0])
            if outer is not None and outer.type is TypeName.ROWS and len(path) == 2:
                found = next((column for column in outer.fields if column.id == path[1]), None)
            else:
                found = self._scope.follow(path, place.register)
        if found is None:
            table.problem("from", f"no field '{'.'.join(path)}'")
        return found

    def _part(self, table: Table, field: FieldDefinition | None) -> str:
        part = table.text("part")
        is_address = field is not None and field.type is TypeName.ADDRESS
        if part and (not is_address or part not in _PLACE_PARTS):
            table.problem("part", "of an address, the province alone may leave")
        elif is_address and not part and table.raw("constant") is None:
            table.problem("from", "an address never leaves; say part = 'province'")
        return part

    def _one_source(
        self, table: Table, field: FieldDefinition | None, code_list: CodeList | None, constant: object
    ) -> None:
        """See that what leaves is a code, a province or a constant, said in one way."""
        ways = {"same" if key == "codes" else key for key in ("codes", "same", "part", "constant") if key in table}
        if field is not None and len(ways) != 1 and not (constant is not None and ways == {"part", "constant"}):
            table.problem(None, "say one of 'codes' or 'same', 'part', 'constant'; no other value leaves")
        if field is not None and code_list is None and ("codes" in table or "same" in table):
            table.problem("from", f"'{field.id}' has no code list; what a person typed never leaves")

    def _codes(
        self, table: Table, to: StandardField, code_list: CodeList | None, without: frozenset[str]
    ) -> Mapping[str, str] | None:
        raw = table.raw("codes")
        is_same = table.truth("same")
        if raw is not None and (not isinstance(raw, dict) or not all(isinstance(word, str) for word in raw.values())):
            table.problem("codes", 'must be a table such as { M = "Masculine" }')
            return {}
        given: dict[str, str] | None = raw
        if code_list is None:
            return given
        known = [code.value for code in code_list.codes]
        for code in {*(given or ()), *without} - {*known}:
            table.problem("codes", f"no code '{code}' in the list '{code_list.id}'{suggestion(code, known)}")
        words = {**({code: code for code in known if code not in without} if is_same else {}), **(given or {})}
        for code in known:
            if given is not None and (code in words) == (code in without):
                table.problem("codes", f"code '{code}' of '{code_list.id}' needs a word, or stands under 'without'")
        for code, word in words.items():
            if not self._accepts(to, word):
                near = suggestion(word, to.words)
                table.problem("codes", f"'{to.name}' has no word '{word}' (code '{code}'){near}")
        return given

    def _accepts(self, to: StandardField, word: str | bool) -> bool:  # noqa: FBT001  a value
        return to.accepts([word] if to.type is StandardType.MULTISELECT else word)
