"""The rules of a form in our conditions: when a question is asked or required, what is wrong, what is computed.

- Every condition made is read and compared with the fields as the loader will do; one that would be refused is reported
  as not carried, never written.
- A question whose condition was lost is asked always, so it is not required any more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.conditions.condition import ConditionError, parse_condition, type_check
from desktop.domain.conditions.type_check import FieldKind, Kind
from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.definitions.symbols import kind_of
from desktop.intake.xlsform.form import FormItem, XlsForm
from desktop.intake.xlsform.notes import Done, NoteCode
from desktop.intake.xlsform.plan import Plan, Planned, known_field
from desktop.intake.xlsform.sheets import SURVEY
from desktop.intake.xlsform.unused_columns import NO
from desktop.intake.xpath.clauses import Truth, all_of, condition_text
from desktop.intake.xpath.conditions import Value, calculation, constraint, relevance
from desktop.intake.xpath.terms import Known, Names
from desktop.intake.xpath.unsupported import Unsupported, Why

YES: Final = frozenset({"yes", "true", "true()"})
_COMPUTED_TYPES: Final = {
    Kind.NUMBER: TypeName.INTEGER,
    Kind.TRUTH: TypeName.YES_NO,
    Kind.TEXT: TypeName.TEXT,
    Kind.CODE: TypeName.CODE,
    Kind.DATE: TypeName.DATE,
    Kind.MOMENT: TypeName.DATE_TIME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A calculation that was carried; `codes` are its constants when it chooses between some."""

    type: TypeName
    text: str
    privacy: Privacy
    choices: Mapping[str, str]
    like: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWhen:
    """When a question is asked: the condition, empty for always; and whether one was lost."""

    when: str = ""
    is_lost: bool = False


class Rules:
    """The rules of one form, read once its fields are planned; calculations first, for others may name them."""

    def __init__(self, form: XlsForm, plan: Plan, code_of: Callable[[str, set[str]], str]) -> None:
        self._form = form
        self._notes = form.notes
        self._twice = plan.twice
        self._codes = plan.codes
        self._known = dict(plan.known)
        self._private = {one.id for section in plan.sections for one in section.fields if one.privacy is Privacy.P4}
        self._kinds: dict[str, FieldKind] = {}
        self._columns: dict[str, dict[str, FieldKind]] = {}
        for section in plan.sections:
            for planned in section.fields:
                if not planned.is_computed:
                    self._add_kinds(planned, plan)
        self.computed: dict[str, Computed] = {}
        for section in plan.sections:
            for planned in section.fields:
                if planned.is_computed:
                    self._compute(planned, code_of)

    def asked(self, items: Sequence[FormItem], row: str = "") -> AskedWhen:
        """Return when all of some groups and questions are asked."""
        parts: list[Truth] = []
        is_lost = False
        for item in items:
            text = item.get("relevant")
            if not text:
                continue
            names = self._names(row=row)
            try:
                part = relevance(text, names)
                self._sound(all_of([*parts, part]), names)
            except Unsupported as lost:
                is_lost = True
                self._report(NoteCode.RELEVANT, item, "relevant", lost)
                continue
            parts.append(part)
            self._report_years(names, item, "relevant")
        clause = all_of(parts)
        return AskedWhen(when="" if clause is True else condition_text(clause), is_lost=is_lost)

    def required(self, planned: Planned, *, is_lost: bool, row: str = "") -> dict[str, bool | str]:
        """Return the keys that say when a field must be answered."""
        text = planned.item.get("required")
        if text.lower() in NO or planned.type is TypeName.ROWS:
            return {}
        if is_lost:
            self._notes.add(
                NoteCode.REQUIRED,
                SURVEY,
                planned.item.row,
                self._form.header("required"),
                done=Done.BY_HAND,
                because=Unsupported(Why.REFUSED, reason="relevant"),
            )
            return {}
        if text.lower() in YES:
            return {"required": True}
        names = self._names(row=row)
        try:
            clause = relevance(text, names)
            self._sound(clause, names)
        except Unsupported as lost:
            self._report(NoteCode.REQUIRED, planned.item, "required", lost)
            return {}
        self._report_years(names, planned.item, "required")
        if isinstance(clause, bool):
            return {"required": True} if clause else {}
        return {"required_when": clause.text}

    def constraint(self, planned: Planned, row: str = "") -> str:
        """Return what must hold of an answer, nothing when there is no such rule or it was lost."""
        text = planned.item.get("constraint") or planned.constraint
        if not text or planned.part:
            if text:
                self._report(
                    NoteCode.CONSTRAINT, planned.item, "constraint", Unsupported(Why.KINDS, operator="geopoint")
                )
            return ""
        names = self._names(row=row, own=known_field(planned, self._codes, row))
        try:
            clause = constraint(text, names)
            if clause is not True:
                self._sound(clause, names)
        except Unsupported as lost:
            self._report(NoteCode.CONSTRAINT, planned.item, "constraint", lost)
            return ""
        self._report_years(names, planned.item, "constraint")
        return "" if clause is True else condition_text(clause)

    def is_sound(self, text: str, row: str = "") -> bool:
        """Return whether the loader will accept a condition."""
        try:
            self._read(text, self._names(row=row))
        except Unsupported:
            return False
        return True

    def known(self, name: str) -> Known | None:
        return None if name in self._twice else self._known.get(name)

    def _compute(self, planned: Planned, code_of: Callable[[str, set[str]], str]) -> None:
        taken: dict[str, str] = {}

        def code(constant: str) -> str:
            if constant not in taken:
                taken[constant] = code_of(constant, set(taken.values()))
            return taken[constant]

        names = self._names()
        try:
            value = calculation(planned.item.get("calculation"), names, code)
            codes = frozenset(taken.values() if value.choices else value.known.codes.values() if value.known else ())
            self._read(value.text, names, FieldKind(kind=value.kind, codes=codes if value.kind is Kind.CODE else None))
        except Unsupported as lost:
            self._report(NoteCode.CALCULATION, planned.item, "calculation", lost)
            return
        self._report_years(names, planned.item, "calculation")
        self._note_computed(planned, value, {choice: taken[choice] for choice in value.choices}, codes)

    def _note_computed(self, planned: Planned, value: Value, choices: Mapping[str, str], codes: frozenset[str]) -> None:
        is_private = value.known is not None and value.known.id in self._private
        self.computed[planned.id] = Computed(
            type=_COMPUTED_TYPES[value.kind],
            text=value.text,
            privacy=Privacy.P4 if is_private else planned.privacy,
            choices=choices,
            like=value.known,
        )
        if is_private:
            self._private.add(planned.id)
        own = choices or (value.known.codes if value.known else {})
        same = value.known.choices if value.known else ""
        self._known[planned.item.name] = Known(
            id=planned.id, kind=value.kind, codes=own, choices=planned.id if choices else same, is_computed=True
        )
        self._kinds[planned.id] = FieldKind(kind=value.kind, codes=codes or None, is_computed=True)

    def _add_kinds(self, planned: Planned, plan: Plan) -> None:
        columns = {column.id: _kind(column, plan) for column in planned.columns}
        self._kinds[planned.id] = replace(_kind(planned, plan), columns=columns or None)
        if columns:
            self._columns[planned.id] = columns

    def _names(self, row: str = "", own: Known | None = None) -> Names:
        return Names(known=self._known, twice=self._twice, own=own, row=row)

    def _sound(self, clause: Truth, names: Names) -> None:
        self._read(condition_text(clause), names)

    def _read(self, text: str, names: Names, expected: FieldKind | None = None) -> None:
        """Read a condition as the loader will. Raises Unsupported."""
        wanted = expected or FieldKind(kind=Kind.TRUTH)
        fields = {**self._kinds, **self._columns.get(names.row, {})}
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            raise Unsupported(Why.REFUSED, reason=error.reason) from None
        problems = type_check(condition, fields, _no_register, expected=wanted.kind, codes=wanted.codes)
        if problems:
            raise Unsupported(Why.REFUSED, reason=problems[0])

    def _report(self, code: NoteCode, item: FormItem, column: str, lost: Unsupported) -> None:
        self._notes.add(code, SURVEY, item.row, self._form.header(column), because=lost, name=item.name)

    def _report_years(self, names: Names, item: FormItem, column: str) -> None:
        if names.counts_years:
            self._notes.add(
                NoteCode.AGE_BY_CALENDAR, SURVEY, item.row, self._form.header(column), done=Done.CHANGED, name=item.name
            )


def _kind(planned: Planned, plan: Plan) -> FieldKind:
    kind = kind_of(planned.type)
    codes = plan.codes.get(planned.item.choices, {})
    return FieldKind(kind=kind, codes=frozenset(codes.values()) if kind in {Kind.CODE, Kind.CODES} else None)


def _no_register(_name: str) -> None:
    """A form links to no register."""
