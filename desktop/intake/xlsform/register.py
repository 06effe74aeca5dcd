"""A form as a register of ours: the content of its definition files, and what was carried and what was not.

- Nothing is written here and nothing is loaded: `desktop/workspace/imports/form_import.py` does both.
- The same form and the same names give the same content, to the last byte of the files made of it.
- Every question becomes a field, or a note says why not; every column that says something is carried or reported.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.definitions.model import MAX_LENGTHS, Privacy, TypeName
from desktop.domain.definitions.toml_writer import Content
from desktop.errors import IntakeError
from desktop.intake.xlsform.choices import CodeLists
from desktop.intake.xlsform.document import document_id, make_document
from desktop.intake.xlsform.fields import FieldConverter
from desktop.intake.xlsform.form import FormItem, XlsForm
from desktop.intake.xlsform.names import code_of, id_of
from desktop.intake.xlsform.notes import Done, NoteCode
from desktop.intake.xlsform.plan import PlannedSection, make_plan
from desktop.intake.xlsform.rules import Rules
from desktop.intake.xlsform.sheets import SURVEY
from desktop.intake.xlsform.unused_columns import OF_A_GROUP, report_unused
from desktop.intake.xlsform.words import Label, Words

MOST_IN_A_SECTION: Final = 7
"""As in the shipped registers: what is read at a glance."""

ICON: Final = "clipboard-list"
NUMBER: Final = re.compile(r"[A-Z]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRegister:
    """What the register is to be called, and the ids that are taken: by the envelope, and by code lists of others."""

    id: str
    number: str
    rail: int
    version: int
    name: str
    fields: frozenset[str]
    sections: frozenset[str]
    lists: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterContent:
    """The content of the files of a register: itself, its code lists by id, the paper it prints on."""

    register: Content
    code_lists: Mapping[str, Content]
    document: Content


def make_register(form: XlsForm, target: NewRegister) -> RegisterContent:
    """Translate a form; its notes say what was not carried.

    Raises:
        IntakeError: xlsform_type_unknown, xlsform_too_many_fields, xlsform_nothing_carried.
    """
    return _Maker(form, target).register()


_IN_LISTS: Final = frozenset({"text", "code", "date", "partial_date", "integer"})
_SEARCHED: Final = frozenset({"text", "long_text"})
_MOST_COLUMNS: Final = 4
_MOST_SEARCHED: Final = 8
_BEGINNING: Final = re.compile(r"[a-z]{2,6}_")
_MOST_LETTERS: Final = 24


class _Maker:
    def __init__(self, form: XlsForm, target: NewRegister) -> None:
        self._form = form
        self._notes = form.notes
        self._target = target
        self._plan = make_plan(form, target.fields)
        self._words = Words(form)
        rules = Rules(form, self._plan, code_of)
        lists = CodeLists(form, self._plan, self._words, target.id, target.lists)
        self._rules, self._lists = rules, lists
        self._fields = FieldConverter(form, self._plan, self._words, rules, lists)
        self._section_ids = set(target.sections)

    def register(self) -> RegisterContent:
        title = self._words.silently({"default": self._form.title or self._target.name}, instead=self._target.name)
        sections = [made for section in self._plan.sections for made in self._sections(section, title)]
        fields: list[Any] = [field for section in sections for field in section["field"]]
        if not fields:
            raise IntakeError("xlsform_nothing_carried")
        self._report_all(fields)
        register: Any = {
            "id": self._target.id,
            "version": self._target.version,
            "number": self._target.number,
            "label": title,
            "label_one": title,
            "title": "{record_no}",
            "icon": ICON,
            "rail": self._target.rail,
            "list": ["record_no", *_open(fields, _IN_LISTS, _MOST_COLUMNS)],
            "search": _open([one for one in fields if "computed" not in one], _SEARCHED, _MOST_SEARCHED),
            "documents": [document_id(self._target.id)],
            "section": sections,
        }
        return RegisterContent(register=register, code_lists=self._lists.contents(), document=make_document(register))

    def _sections(self, planned: PlannedSection, title: Label) -> Iterator[dict[str, Any]]:
        """Yield the sections of one group: more than one when it has too many questions for a glance."""
        group = planned.groups[-1] if planned.groups else None
        asked = self._rules.asked(planned.groups)
        for outer in planned.groups:
            report_unused(self._form, outer, OF_A_GROUP)
        made = [self._fields.field(one, is_lost=asked.is_lost) for one in planned.fields]
        fields = [field for field in made if field is not None]
        pieces = list(_pieces(fields))
        if len(pieces) > 1:
            self._notes.once(NoteCode.SECTIONS_SPLIT, SURVEY, done=Done.CHANGED, most=MOST_IN_A_SECTION)
        label = self._section_label(planned.groups)
        for number, piece in enumerate(pieces, start=1):
            identity = id_of(group.name if group else "questions", self._section_ids, prefix="part")
            self._section_ids.add(identity)
            section: dict[str, Any] = {"id": identity, "label": label or title}
            if len(pieces) > 1:
                section["label"] = {
                    language: f"{label[language]} {number}/{len(pieces)}"
                    if label
                    else f"{number}. {_span(piece, language)}"
                    for language in ("vi", "en")
                }
            hint = self._words.sentence(group.hint, SURVEY, group.row, column="hint") if group and number == 1 else None
            if hint is not None:
                section["hint"] = hint
            if asked.when:
                section["visible_when"] = asked.when
            section["field"] = piece
            yield section

    def _section_label(self, groups: Sequence[FormItem]) -> Label | None:
        labels = [self._words.silently(group.label, instead=group.name) for group in groups if group.label]
        if not labels:
            return None
        return {language: " – ".join(dict.fromkeys(one[language] for one in labels)) for language in ("vi", "en")}

    def _report_all(self, fields: Sequence[Mapping[str, Any]]) -> None:
        columns = [column for field in fields for column in (field, *field.get("field", ()))]
        private = sum(column["privacy"] == Privacy.P4.value for column in columns)
        self._notes.once(NoteCode.PRIVACY, SURVEY, done=Done.BY_HAND, count=private)
        if any(column["type"] == TypeName.TEXT.value and "computed" not in column for column in columns):
            limit = MAX_LENGTHS[TypeName.TEXT]
            self._notes.once(NoteCode.TEXT_LENGTH, SURVEY, done=Done.CHANGED, limit=limit)


def _open(fields: Sequence[Mapping[str, Any]], types: Collection[str], most: int) -> list[str]:
    """Return fields for lists and search; what identifies somebody is in neither."""
    found = [one["id"] for one in fields if one["type"] in types and one["privacy"] != Privacy.P4.value]
    return found[:most]


def _pieces(fields: Sequence[Content]) -> Iterator[list[Content]]:
    """Cut a long section: where the names of its questions change their beginning, then into pieces of like length."""
    for run in _runs(fields):
        count = -(-len(run) // MOST_IN_A_SECTION)
        for number in range(count):
            yield list(run[number * len(run) // count : (number + 1) * len(run) // count])


def _runs(fields: Sequence[Content]) -> Iterator[list[Content]]:
    """Yield runs of questions whose names begin alike, as `prs_name` and `prs_phone`; one alone goes with the next."""
    if len(fields) <= MOST_IN_A_SECTION:
        yield list(fields)
        return
    run: list[Content] = []
    for field in fields:
        if len(run) > 1 and _beginning(run[-1]) != _beginning(field):
            yield run
            run = []
        run.append(field)
    yield run


def _beginning(field: Content) -> str:
    found = _BEGINNING.match(field["id"])
    return found[0] if found else ""


def _span(fields: Sequence[Content], language: str) -> str:
    """Return the first and the last question of a section, as the name of it."""
    words = list(dict.fromkeys(_short(one["label"][language]) for one in (fields[0], fields[-1])))
    return " – ".join(words)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…"
