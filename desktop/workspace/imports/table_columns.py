"""The columns of a table and the fields of a register: what may go where, and where heads say it goes.

- A path is a field (`destination_place`), a field of a person behind one (`person.full_name`), or a part of an address
  (`place.hamlet`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.domain.values import field_types as field_values
from desktop.errors import DesktopError
from desktop.intake.workbooks import Cell, SheetRows
from desktop.workspace.base.session import Session
from desktop.workspace.records import titles
from desktop.workspace.records.records import definition_of

PERSON: Final = "person"
ADDRESS_PARTS: Final = ("province", "commune", "hamlet", "detail", "old_text")
_HEAD_WITHIN: Final = 20
# What people write over the columns of their own registers, beside the words of our forms.
_OTHER_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "full_name": ("ho va ten", "ho ten khai sinh"),
    "personal_id": ("cccd", "so cccd", "so can cuoc", "so dinh danh ca nhan", "cmnd/cccd", "so cmnd/cccd"),
    "dob": ("nam sinh", "ngay thang nam sinh", "ngay, thang, nam sinh"),
    "perm_addr": ("noi thuong tru", "thuong tru", "ho khau", "dia chi"),
    "phone": ("sdt", "so dien thoai", "dien thoai"),
    "ethnicity": ("dan toc",),
    "case_kind": ("dien",),
    "absent_since": ("thoi gian vang mat", "ngay di", "di tu"),
    "destination_place": ("noi den", "dia ban den"),
}
_UNMAPPED: Final = frozenset({TypeName.ROWS, TypeName.ATTACHMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTarget:
    """Where a column may go: the path, and the label that people see."""

    path: str
    label: str
    field: FieldDefinition
    part: str = ""


def targets(session: Session, register: str, language: str = "vi") -> tuple[ColumnTarget, ...]:
    """Return every place a column of a table may go to, in the order of the form."""
    found: list[ColumnTarget] = []
    for field in definition_of(session, register).fields():
        if field.computed is not None or field.type in _UNMAPPED:
            continue
        found += _parts_of(field, field.id, field.label.text(language), language)
        if field.type is TypeName.PERSON:
            for inner in definition_of(session, PERSON).fields():
                is_own = inner.computed is None and inner.type not in {*_UNMAPPED, TypeName.PERSON, TypeName.LINK}
                if is_own:
                    label = f"{field.label.text(language)}: {inner.label.text(language)}"
                    found += _parts_of(inner, f"{field.id}.{inner.id}", label, language)
    return tuple(found)


def head_row(sheet: SheetRows, known: Sequence[ColumnTarget]) -> int:
    """Return the number of the row whose cells name the most targets, else of the first row that says something."""
    best, most = 0, 0
    for number, row in sheet.numbered():
        if number > _HEAD_WITHIN:
            break
        named = len(suggest(row, known))
        if named > most or not best:
            best, most = number, named
    return best


def suggest(heads: Sequence[Cell], known: Sequence[ColumnTarget]) -> dict[int, str]:
    """Return where columns go by their heads: a path, or a label in either language. A target is given once."""
    by_name: dict[str, str] = {}
    for target in known:
        label = target.field.label
        inner = target.path.rpartition(".")[2] if not target.part else ""
        for name in (
            target.path,
            target.label,
            label.vi,
            label.en,
            inner,
            *_OTHER_HEADS.get(target.path.rpartition(".")[2], ()),
        ):
            if name and not (target.part and name in {label.vi, label.en}):
                by_name.setdefault(fold(name), target.path)
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        path = by_name.get(fold(str(head or "")).removesuffix("(*)").strip())
        if path is not None and path not in found.values():
            found[place] = path
    return found


def value_for_all(session: Session, target: ColumnTarget, text: str) -> Json:
    """Return what is said of all rows in one place, read as if it were typed; JSON for addresses and their like.

    Raises:
        DesktopError: import_value_unreadable.
    """
    if text.startswith(("{", "[")):
        try:
            found: Json = json.loads(text, parse_float=str)
        except (ValueError, RecursionError):
            raise DesktopError("import_value_unreadable", path=target.path) from None
        return found
    value = field_values.parse_value(text, target.field, titles.value_context(session, "vi").values)
    if isinstance(value, Problem):
        raise DesktopError("import_value_unreadable", path=target.path)
    return text if target.part else value


def refuse_wrong_columns(columns: Mapping[int, str], known: Mapping[str, ColumnTarget]) -> None:
    """Raises DesktopError import_no_columns, import_column_unknown, import_column_twice."""
    if not columns:
        raise DesktopError("import_no_columns")
    for path in columns.values():
        if path not in known:
            raise DesktopError("import_column_unknown", path=path)
    for path in set(columns.values()):
        if list(columns.values()).count(path) > 1:
            raise DesktopError("import_column_twice", path=path)


def _parts_of(field: FieldDefinition, path: str, label: str, language: str) -> list[ColumnTarget]:
    found = [ColumnTarget(path=path, label=label, field=field)]
    if field.type is TypeName.ADDRESS:
        words = _PARTS_EN if language == "en" else _PARTS_VI
        found += [
            ColumnTarget(path=f"{path}.{part}", label=f"{label}: {words[part]}", field=field, part=part)
            for part in ADDRESS_PARTS
        ]
    return found


_PARTS_VI: Final = {
    "province": "tỉnh",
    "commune": "xã",
    "hamlet": "thôn, bản",
    "detail": "chi tiết",
    "old_text": "địa chỉ cũ",
}
_PARTS_EN: Final = {
    "province": "province",
    "commune": "commune",
    "hamlet": "hamlet",
    "detail": "detail",
    "old_text": "old address",
}
