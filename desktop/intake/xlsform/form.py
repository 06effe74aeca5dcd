"""A form made for KoboToolbox or ODK (XLSForm), read by pyxform: its questions, groups and choices with their rows.

- pyxform is given rows that were read and bounded here (sheets.py); it opens no file, makes no XForm, runs no
  validator and asks no network. What it refuses is refused, with the row it names.
- Each row carries its number through pyxform, so that everything said later has its place in the file.
- Nothing is translated here: expressions are texts, labels are by language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from desktop.errors import IntakeError
from desktop.intake.xlsform.notes import ConversionNotes, NoteCode
from desktop.intake.xlsform.sheets import (
    CHOICES,
    EXTERNAL_CHOICES,
    LIMITS,
    SETTINGS,
    SURVEY,
    FormSheet,
    FormSheets,
    read_form_sheets,
)

DEFAULT: Final = "default"
"""The language of a label whose column names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """One row of the sheet `choices`; `attributes` are its columns of its own, for filters."""

    row: int
    name: str
    label: Mapping[str, str]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """A question, or a group or a repeat with its items. `attributes` are all its other columns, as texts."""

    row: int
    type: str
    name: str
    label: Mapping[str, str]
    hint: Mapping[str, str]
    constraint_message: Mapping[str, str]
    attributes: Mapping[str, str]
    choices: str = ""
    items: tuple["FormItem", ...] = ()

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsForm:
    """A form as pyxform understood it; `notes` already holds what was outside of it."""

    title: str
    id: str
    default_language: str
    items: tuple[FormItem, ...]
    choices: Mapping[str, tuple[FormChoice, ...]] = field(repr=False)
    notes: ConversionNotes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """What a column of `survey` is called in this file, by the name it is known under here."""

    def header(self, name: str) -> str:
        return self.headers.get(name, name)


def read_form(content: bytes) -> XlsForm:
    """Read a workbook as a form.

    Raises:
        IntakeError: those of `read_form_sheets`; xlsform_refused, xlsform_refused_at, xlsform_no_questions,
            xlsform_too_deep.
    """
    notes = ConversionNotes()
    sheets = read_form_sheets(content)
    for name in sheets.others:
        notes.add(NoteCode.SHEET, name)
    found = _read_by_pyxform(_definition_data(sheets, notes))
    _report_settings(sheets.sheets.get(SETTINGS), notes)
    items = tuple(_items(found.get("children") or (), 0, notes, 1))
    if not any(_questions(items)):
        raise IntakeError("xlsform_no_questions")
    return XlsForm(
        title=str(found.get("title") or ""),
        id=str(found.get("id_string") or ""),
        default_language=str(found.get("default_language") or DEFAULT),
        items=items,
        choices=_choices(found.get("choices") or {}),
        notes=notes,
        headers={_known_name(header): header for header in sheets.sheets[SURVEY].headers},
    )


_ROW: Final = "__row"
_ROW_OF_CHOICE: Final = "sotram_row"  # pyxform takes `__row` away from choices
_OTHER: Final = "_other"  # the text that `or_other` brings
_MARKS: Final = {SURVEY: _ROW, CHOICES: _ROW_OF_CHOICE}
_NOT_READ: Final = frozenset({"save_to", "disabled"})
_CARRIED_SETTINGS: Final = frozenset(
    {"form_title", "set_form_title", "title", "form_id", "set_form_id", "id_string", "default_language"}
)
_PLACED: Final = re.compile(r"\[row ?: ?([0-9]{1,7})\]")
_YES: Final = frozenset({"yes", "true", "true()"})


def _definition_data(sheets: FormSheets, notes: ConversionNotes) -> DefinitionData:
    """Return the sheets as pyxform wants them: blank rows are kept, so that its row numbers are those of the file."""
    given: dict[str, Any] = {"sheet_names": [sheet.name for sheet in sheets.sheets.values()]}
    for name in (SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES):
        sheet = sheets.sheets.get(name)
        if sheet is None:
            continue
        mark = _MARKS.get(name)
        rows: Mapping[int, Mapping[str, str]] = _survey_rows(sheet, notes) if name == SURVEY else sheet.rows
        headers = [header for header in sheet.headers if name != SURVEY or _known_name(header) not in _NOT_READ]
        last = max(rows, default=1)
        if mark is not None:
            rows = {number: {**row, mark: str(number)} for number, row in rows.items()}
        given[name] = [dict(rows.get(number, {})) for number in range(2, last + 1)]
        given[f"{name}_header"] = [dict.fromkeys([*headers, mark] if mark else headers)]
    return DefinitionData(**given)


def _survey_rows(sheet: FormSheet, notes: ConversionNotes) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    names = {header: _known_name(header) for header in sheet.headers}
    for header, name in names.items():
        if name == "save_to" and any(sheet.texts_of(header)):
            notes.add(NoteCode.COLUMN, SURVEY, 1, header, name=header)
    for number, row in sheet.rows.items():
        by_name = {names[header]: text for header, text in row.items()}
        if by_name.get("disabled", "").lower() in _YES:
            notes.add(NoteCode.ROW_DISABLED, SURVEY, number)
        elif not by_name.get("type") and not ("name" in by_name or any(part.startswith("label") for part in by_name)):
            notes.add(NoteCode.ROW_WITHOUT_TYPE, SURVEY, number)
        else:
            rows[number] = {header: text for header, text in row.items() if names[header] not in _NOT_READ}
    return rows


_ALIASES: Final = {
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "read_only": "readonly",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
}
_BY_PYXFORM: Final = {
    "bind::jr:constraintMsg": "constraint_message",
    "bind::jr:requiredMsg": "required_message",
    "bind::calculate": "calculation",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::readonly": "readonly",
    "control::appearance": "appearance",
    "control::jr:count": "repeat_count",
    "control::rows": "rows",
}


def _known_name(header: str) -> str:
    """Return what a header is called here: small letters, `_` for spaces, its common name, its language left off."""
    first = header.partition("::" if "::" in header else ":")[0]
    if first.strip().lower() in {"bind", "control", "body"}:
        whole = "::".join(part.strip() for part in header.split("::"))
        return _BY_PYXFORM.get(whole.replace("body::", "control::"), whole)
    name = "_".join(first.split()).lower()
    return _ALIASES.get(name, name)


def _read_by_pyxform(data: DefinitionData) -> Mapping[str, Any]:
    """Return pyxform's understanding of the sheets. It knows many mistakes by name; others break its code."""
    try:
        found: Mapping[str, Any] = workbook_to_json(data, form_name="data", fallback_form_name="", warnings=[])
    except PyXFormError as error:
        reason = " ".join(str(error).split())
        placed = _PLACED.search(reason)
        reason = _PLACED.sub("", reason).strip()[:300]
        if placed:
            raise IntakeError("xlsform_refused_at", row=int(placed[1]), reason=reason) from None
        raise IntakeError("xlsform_refused", reason=reason) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise IntakeError("xlsform_refused", reason=type(error).__name__) from None
    return found


def _report_settings(sheet: FormSheet | None, notes: ConversionNotes) -> None:
    for number, row in sheet.rows.items() if sheet else ():
        for header in row:
            name = "_".join(header.split()).lower()
            if number > 2 or name not in _CARRIED_SETTINGS:
                notes.add(NoteCode.SETTING, SETTINGS, number, header, name=header)


def _items(children: Sequence[Mapping[str, Any]], above: int, notes: ConversionNotes, depth: int) -> Iterator[FormItem]:
    if depth > LIMITS.depth:
        raise IntakeError("xlsform_too_deep", row=above, limit=LIMITS.depth)
    row = above
    for child in children:
        row = int(child[_ROW]) if str(child.get(_ROW, "")).isdecimal() else row
        name = str(child.get("name", ""))
        if name == "meta" and _ROW not in child:
            audits = [one for one in child.get("children") or () if one.get("type") == "audit"]
            for one in audits:
                notes.add(NoteCode.METADATA, SURVEY, int(one.get(_ROW, row)), "type", type="audit")
        elif _ROW in child or name.endswith(_OTHER):  # pyxform's own helpers have no row and are no questions
            yield _item(child, row, notes, depth)


def _item(child: Mapping[str, Any], row: int, notes: ConversionNotes, depth: int) -> FormItem:
    attributes = dict(_attributes(child))
    moved = _moved_label(child.get("children") or ())
    return FormItem(
        row=row,
        type=str(child.get("type", "")),
        name=str(child.get("name", "")),
        label=_texts(child.get("label") or moved.get("label")),
        hint=_texts(child.get("hint") or moved.get("hint")),
        constraint_message=_texts((child.get("bind") or {}).get("jr:constraintMsg")),
        attributes=attributes,
        choices=str(child.get("itemset") or child.get("query") or ""),
        items=tuple(_items(child.get("children") or (), row, notes, depth + 1)),
    )


def _moved_label(children: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the helper to which pyxform moves the label and the hint of a group that is shown as a table."""
    return next((one for one in children if str(one.get("name", "")).startswith("generated_table_list_label_")), {})


_OF_ITS_OWN: Final = frozenset(
    {"type", "name", "label", "hint", "children", "choices", "itemset", "list_name", "query", "actions", "columns"}
)
_INTERNAL: Final = frozenset({_ROW, "_dynamic_default", "flat", "entity", "tags"})


def _attributes(child: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every other column of a row under one name, nested ones as `bind::x`."""
    for key, value in child.items():
        if key in _OF_ITS_OWN or key in _INTERNAL or value is None:
            continue
        if isinstance(value, dict) and key in {"bind", "control"}:
            for inner, text in value.items():
                name = _BY_PYXFORM.get(f"{key}::{inner}", f"{key}::{inner}")
                if name != "constraint_message":
                    yield name, _flat(text)
        else:
            yield str(key), _flat(value)


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={_flat(part)}" for key, part in value.items())
    return str(value)


def _texts(value: object) -> Mapping[str, str]:
    if isinstance(value, dict):
        return {str(language): str(text) for language, text in value.items() if isinstance(text, str) and text.strip()}
    return {DEFAULT: str(value)} if isinstance(value, str) and value.strip() else {}


def _choices(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, tuple[FormChoice, ...]]:
    return {name: tuple(_choice(row) for row in rows) for name, rows in found.items()}


def _choice(row: Mapping[str, Any]) -> FormChoice:
    own = {"name", "label", _ROW, _ROW_OF_CHOICE}
    return FormChoice(
        row=int(row.get(_ROW_OF_CHOICE) or 0),
        name=str(row.get("name", "")),
        label=_texts(row.get("label")),
        attributes={str(key): _flat(value) for key, value in row.items() if key not in own},
    )


def _questions(items: Sequence[FormItem]) -> Iterator[FormItem]:
    for item in items:
        if item.items:
            yield from _questions(item.items)
        elif item.type not in {"group", "repeat"}:
            yield item
