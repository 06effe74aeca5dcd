"""What conditions may know of the fields of a file, read before anything else in it.

- Conditions name fields that are further down, in the envelope, or in the file of a linked register. So the kinds of
  all fields of all files are known first, however wrong the rest of a file is.
- A field of an unknown type is of unknown kind: one mistake gives one problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.conditions.type_check import FieldKind, Fields, Kind
from desktop.domain.definitions.model import CodeList, TypeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """All that the names of one definition file can mean; a register whose file cannot be read is there as `None`."""

    fields: Fields
    registers: Mapping[str, Fields | None]
    code_lists: Mapping[str, CodeList]

    def inside(self, columns: Fields) -> "Scope":
        """Return the scope of a row: its columns before the fields around it."""
        return Scope(fields={**self.fields, **columns}, registers=self.registers, code_lists=self.code_lists)


def kind_of(field_type: str) -> Kind:
    """Return what a value of a field type is to a condition."""
    return _KINDS.get(field_type, Kind.TEXT)


def field_kinds(sections: Any, code_lists: Mapping[str, CodeList]) -> dict[str, FieldKind]:  # noqa: ANN401  raw TOML
    """Return what conditions may know of the fields of raw `[[section]]` tables, whatever else is wrong with them."""
    found: dict[str, FieldKind] = {}
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, dict):
            found.update(column_kinds(section.get("field"), code_lists))
    return found


def column_kinds(fields: Any, code_lists: Mapping[str, CodeList]) -> dict[str, FieldKind]:  # noqa: ANN401  raw TOML
    found: dict[str, FieldKind] = {}
    for field in fields if isinstance(fields, list) else ():
        if isinstance(field, dict) and isinstance(field.get("id"), str):
            found.setdefault(field["id"], _field_kind(field, code_lists))
    return found


_KINDS: Final[Mapping[str, Kind]] = {
    "date": Kind.DATE,
    "partial_date": Kind.DATE,
    "date_time": Kind.MOMENT,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "yes_no": Kind.TRUTH,
    "code": Kind.CODE,
    "codes": Kind.CODES,
    "person": Kind.RECORD,
    "link": Kind.RECORD,
    "rows": Kind.ROWS,
    "address": Kind.OTHER,
    "attachment": Kind.OTHER,
}


def _field_kind(field: Mapping[str, Any], code_lists: Mapping[str, CodeList]) -> FieldKind:
    name = field.get("type")
    codes = field.get("codes")
    code_list = code_lists.get(codes) if isinstance(codes, str) else None
    register = "person" if name == "person" else field.get("register")
    known = isinstance(name, str) and name in set(TypeName)
    return FieldKind(
        kind=_KINDS.get(str(name), Kind.TEXT) if known else Kind.UNKNOWN,
        codes=frozenset(code.value for code in code_list.codes) if code_list else None,
        register=register if isinstance(register, str) else None,
        is_computed="computed" in field,
        columns=column_kinds(field.get("field"), code_lists) if name == "rows" else None,
    )
