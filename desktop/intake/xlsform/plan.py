"""The fields a form will have here: each question with its id, its type, its privacy and its place, before any rule.

- Groups become sections, one after the other; a group within a group is a section of its own. A repeat becomes rows.
- What a question is called is known before any expression is read: expressions name questions further down.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.conditions.type_check import Kind
from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.definitions.symbols import kind_of
from desktop.errors import IntakeError
from desktop.intake.xlsform.form import FormChoice, FormItem, XlsForm
from desktop.intake.xlsform.names import code_of, id_of, is_personal
from desktop.intake.xlsform.notes import Done, NoteCode
from desktop.intake.xlsform.question_types import Meaning, QuestionRole, meaning_of
from desktop.intake.xlsform.sheets import CHOICES, LIMITS, SURVEY
from desktop.intake.xpath.terms import Known

KOBO_VERSION: Final = "__version__"
"""Kobo's own mark of a form, written as a calculation; it is no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One field: `part` names which half of a position it is; `hints` are notes of the form that came before it."""

    item: FormItem
    id: str
    type: TypeName
    privacy: Privacy
    is_computed: bool = False
    constraint: str = ""
    part: str = ""
    hints: tuple[FormItem, ...] = ()
    groups: tuple[FormItem, ...] = ()
    """Of a column: the groups around it within its repeat."""

    columns: tuple["Planned", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSection:
    """The questions of one group, or those between groups; `groups` are the groups around them, the outermost first."""

    groups: tuple[FormItem, ...]
    fields: tuple[Planned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Every field of a form. `known` are the questions by name, `twice` the names that two of them have."""

    sections: tuple[PlannedSection, ...]
    known: Mapping[str, Known]
    twice: frozenset[str]
    codes: Mapping[str, Mapping[str, str]] = field(repr=False)
    """The codes of each list of choices, by their name in the form."""


def make_plan(form: XlsForm, taken: frozenset[str]) -> Plan:
    """Return the fields of a form; `taken` are the ids that every register has already.

    Raises:
        IntakeError: xlsform_type_unknown, xlsform_too_many_fields, xlsform_nothing_carried.
    """
    return _Planner(form, taken).plan()


class _Planner:
    def __init__(self, form: XlsForm, taken: frozenset[str]) -> None:
        self._form = form
        self._notes = form.notes
        self._ids = set(taken)
        self._sections: list[PlannedSection] = []
        self._codes = {name: self._codes_of(choices) for name, choices in form.choices.items()}

    def plan(self) -> Plan:
        self._section((), self._form.items)
        count = sum(1 + len(one.columns) for section in self._sections for one in section.fields)
        if count > LIMITS.fields:
            raise IntakeError("xlsform_too_many_fields", count=count, limit=LIMITS.fields)
        if not count:
            raise IntakeError("xlsform_nothing_carried")
        names = Counter(item.name for item in _every(self._form.items))
        return Plan(
            sections=tuple(self._sections),
            known=dict(self._known()),
            twice=frozenset(name for name, often in names.items() if often > 1),
            codes=self._codes,
        )

    def _section(self, groups: tuple[FormItem, ...], items: Sequence[FormItem]) -> None:
        """Plan a group: its own questions are sections between the sections of the groups within it."""
        fields: list[Planned] = []
        hints: list[FormItem] = []

        def close() -> None:
            if fields:
                self._sections.append(PlannedSection(groups=groups, fields=tuple(fields)))
            fields.clear()

        for item in items:
            if item.type == "group":
                close()
                self._section((*groups, item), item.items)
            elif item.type == "repeat":
                fields.extend(self._rows(item))
            else:
                fields.extend(self._fields(item, self._ids, hints))
        self._forget(hints)
        close()

    def _rows(self, repeat: FormItem) -> Iterator[Planned]:
        identity = self._id(repeat, self._ids)
        ids: set[str] = set()
        hints: list[FormItem] = []
        columns = tuple(
            replace(column, groups=groups)
            for item, groups in _within(repeat)
            for column in self._column(item, ids, hints)
        )
        self._forget(hints)
        if not columns:
            self._notes.add(NoteCode.TYPE_LEFT_OUT, SURVEY, repeat.row, self._column_of("type"), type=repeat.type)
            return
        privacy = max(Privacy.P3, *(column.privacy for column in columns))
        yield Planned(item=repeat, id=identity, type=TypeName.ROWS, privacy=privacy, columns=columns)

    def _column(self, item: FormItem, ids: set[str], hints: list[FormItem]) -> Iterator[Planned]:
        if item.type != "repeat":
            yield from self._fields(item, ids, hints, is_column=True)
            return
        names = ", ".join(inner.name for inner in _every(item.items) if inner.type != "repeat")[:2000]
        self._notes.add(
            NoteCode.ROWS_IN_ROWS, SURVEY, item.row, self._column_of("type"), done=Done.CHANGED, names=names
        )
        yield Planned(
            item=item, id=self._id(item, ids), type=TypeName.LONG_TEXT, privacy=_privacy(item, TypeName.LONG_TEXT)
        )

    def _fields(
        self, item: FormItem, ids: set[str], hints: list[FormItem], *, is_column: bool = False
    ) -> Iterator[Planned]:
        meaning = meaning_of(item)
        if meaning.note is not None:
            self._notes.add(meaning.note, SURVEY, item.row, self._column_of("type"), done=meaning.done, type=item.type)
        if meaning.role is QuestionRole.NOTHING:
            for inner in _every(item.items):  # of a loop
                self._notes.add(NoteCode.TYPE_LEFT_OUT, SURVEY, inner.row, self._column_of("type"), type=inner.type)
            return
        if meaning.role is QuestionRole.NOTE:
            hints.append(item)
            return
        is_computed = meaning.role is QuestionRole.CALCULATION
        if is_computed and (is_column or item.name == KOBO_VERSION or not item.get("calculation")):
            is_mark = item.name == KOBO_VERSION
            code = NoteCode.METADATA if is_mark else NoteCode.TYPE_LEFT_OUT
            code = NoteCode.CALCULATION_IN_ROWS if is_column else code
            named = item.name if is_mark else item.type
            self._notes.add(code, SURVEY, item.row, self._column_of("type"), type=named)
            return
        for part in ("latitude", "longitude") if meaning.role is QuestionRole.POINT else ("",):
            yield self._planned(item, meaning, ids, part, () if is_computed else tuple(hints), is_computed=is_computed)
        if not is_computed:
            hints.clear()

    def _planned(
        self,
        item: FormItem,
        meaning: Meaning,
        ids: set[str],
        part: str,
        hints: tuple[FormItem, ...],
        *,
        is_computed: bool,
    ) -> Planned:
        return Planned(
            item=item,
            id=self._id(item, ids, part),
            type=meaning.type,
            privacy=_privacy(item, meaning.type if not part else TypeName.ADDRESS),
            is_computed=is_computed,
            constraint=meaning.constraint,
            part=part,
            hints=hints if part in {"", "latitude"} else (),
        )

    def _id(self, item: FormItem, ids: set[str], part: str = "") -> str:
        identity = id_of(f"{item.name}_{part}" if part else item.name, ids)
        ids.add(identity)
        if identity != item.name.lower() and not part:
            column = self._column_of("name")
            self._notes.add(
                NoteCode.NAME_CHANGED, SURVEY, item.row, column, done=Done.CHANGED, name=item.name, field=identity
            )
        return identity

    def _forget(self, hints: list[FormItem]) -> None:
        """Report notes of the form after which no question came."""
        for item in hints:
            self._notes.add(NoteCode.NOTE_LEFT_OUT, SURVEY, item.row, self._column_of("type"), name=item.name)
        hints.clear()

    def _column_of(self, name: str) -> str:
        return self._form.header(name)

    def _codes_of(self, choices: Sequence[FormChoice]) -> dict[str, str]:
        found: dict[str, str] = {}
        taken: set[str] = set()
        for choice in choices:
            if choice.name in found:
                self._notes.add(NoteCode.CHOICE_TWIN, CHOICES, choice.row, "name", name=choice.name[:60])
                continue
            code = found[choice.name] = code_of(choice.name, taken)
            taken.add(code)
            if code != choice.name:
                self._notes.add(
                    NoteCode.CHOICE_RENAMED,
                    CHOICES,
                    choice.row,
                    "name",
                    done=Done.CHANGED,
                    name=choice.name[:60],
                    value=code,
                )
        return found

    def _known(self) -> Iterator[tuple[str, Known]]:
        for section in self._sections:
            for planned in section.fields:
                if not planned.is_computed and not planned.part:  # what a calculation gives is known when it is read
                    yield planned.item.name, known_field(planned, self._codes)
                for column in planned.columns:
                    if not column.part and column.type is not TypeName.ROWS:
                        yield column.item.name, known_field(column, self._codes, rows=planned.id)


def known_field(planned: Planned, codes: Mapping[str, Mapping[str, str]], rows: str = "") -> Known:
    """Return what expressions may ask of a field."""
    kind = kind_of(planned.type)
    return Known(
        id=planned.id,
        kind=kind,
        codes=codes.get(planned.item.choices, {}) if kind in {Kind.CODE, Kind.CODES} else {},
        choices=planned.item.choices,
        is_whole=planned.type is not TypeName.DECIMAL,
        rows=rows,
    )


def _privacy(item: FormItem, kind: TypeName) -> Privacy:
    is_private = kind in {TypeName.ATTACHMENT, TypeName.ADDRESS} or is_personal(item.name, *item.label.values())
    return Privacy.P4 if is_private else Privacy.P3


def _within(outer: FormItem, groups: tuple[FormItem, ...] = ()) -> Iterator[tuple[FormItem, tuple[FormItem, ...]]]:
    """Yield the questions of a repeat with the groups around them; a repeat within stands for itself."""
    for item in outer.items:
        if item.type == "group":
            yield from _within(item, (*groups, item))
        else:
            yield item, groups


def _every(items: Sequence[FormItem]) -> Iterator[FormItem]:
    for item in items:
        if item.type != "group":
            yield item
        yield from _every(item.items)
