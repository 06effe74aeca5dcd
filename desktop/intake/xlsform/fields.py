"""One question of a form as a field of a definition file, with its rules, its default and its hints."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.base.dates import span
from desktop.domain.conditions.type_check import Kind
from desktop.domain.definitions.model import MAX_LENGTHS, TypeName
from desktop.domain.definitions.toml_writer import Content
from desktop.domain.log.operation import LARGEST_INTEGER
from desktop.intake.xlsform.choices import CODED, CodeLists
from desktop.intake.xlsform.form import XlsForm
from desktop.intake.xlsform.notes import Carried, Done, NoteCode
from desktop.intake.xlsform.plan import Plan, Planned
from desktop.intake.xlsform.rules import AskedWhen, Computed, Rules
from desktop.intake.xlsform.sheets import SURVEY
from desktop.intake.xlsform.unused_columns import (
    OF_A_CALCULATION,
    OF_A_GROUP,
    OF_A_QUESTION,
    OF_ROWS,
    report_column,
    report_unused,
)
from desktop.intake.xlsform.words import Label, Words
from desktop.intake.xpath.terms import Known, quoted
from desktop.intake.xpath.unsupported import Unsupported, Why

MOST_FILTERS: Final = 60
_DYNAMIC: Final = re.compile(r"\$\{|[A-Za-z][\w:-]*\(")
_FILTER: Final = re.compile(r"\s*([^\W\d][\w.-]*)\s*=\s*\$\{\s*([^\s{}]+)\s*\}\s*")
_POSITIONS: Final[Mapping[str, tuple[int, Label]]] = {
    "latitude": (90, {"vi": "vĩ độ", "en": "latitude"}),
    "longitude": (180, {"vi": "kinh độ", "en": "longitude"}),
}
_WORDS: Final[Mapping[tuple[TypeName, str], str | bool]] = {
    (TypeName.DATE, "today()"): "today",
    (TypeName.PARTIAL_DATE, "today()"): "today",
    (TypeName.DATE_TIME, "now()"): "now",
    (TypeName.YES_NO, "OK"): True,
}
_CONSTRAINT_MESSAGE: Final = {
    "vi": "Câu trả lời trái với điều kiện của biểu mẫu gốc. Xem lại câu trả lời.",
    "en": "The answer breaks a rule of the original form. Look at it again.",
}
_FILTER_MESSAGE: Final = {
    "vi": "Câu trả lời này không thuộc câu trả lời đã chọn ở ô «{name}». Chọn lại một trong hai.",
    "en": "This answer does not belong to the one chosen for «{name}». Choose one of them again.",
}


class FieldConverter:
    """The fields of one form, as content of its register's file."""

    def __init__(self, form: XlsForm, plan: Plan, words: Words, rules: Rules, lists: CodeLists) -> None:
        self._form = form
        self._notes = form.notes
        self._plan = plan
        self._words = words
        self._rules = rules
        self._lists = lists

    def field(self, planned: Planned, *, is_lost: bool) -> Content | None:
        """Return a field; None for a calculation that was lost. `is_lost` is whether the condition of its group was."""
        if planned.is_computed:
            return self._computed(planned, self._rules.computed.get(planned.id))
        content = self._common(planned)
        asked = self._rules.asked([planned.item])
        if asked.when:
            content["visible_when"] = asked.when
        content.update(self._rules.required(planned, is_lost=is_lost or asked.is_lost))
        content.update(self._particular(planned))
        self._report_carried(planned, planned.id)
        if planned.columns:
            content["field"] = [self._column(column, planned) for column in planned.columns]
        return content

    def _column(self, planned: Planned, rows: Planned) -> Content:
        content = self._common(planned)
        planned = replace(planned, privacy=max(planned.privacy, rows.privacy))
        content["privacy"] = planned.privacy.value
        conditional = [item for item in (*planned.groups, planned.item) if item.get("relevant")]
        for item in conditional:
            column = self._form.header("relevant")
            self._notes.add(NoteCode.RELEVANT_IN_ROWS, SURVEY, item.row, column, done=Done.BY_HAND, name=item.name)
        for group in planned.groups:
            report_unused(self._form, group, OF_A_GROUP)
            for name in [name for name, words in (("label", group.label), ("hint", group.hint)) if words]:
                report_column(self._form, group, name)
        content.update(self._rules.required(planned, is_lost=bool(conditional), row=rows.id))
        content.update(self._particular(planned, rows.id))
        self._report_carried(planned, f"{rows.id}.{planned.id}")
        return content

    def _common(self, planned: Planned) -> dict[str, object]:
        item = planned.item
        label = self._words.label(item.label, SURVEY, item.row, instead=item.name)
        if planned.part:
            label = {language: f"{text} – {_POSITIONS[planned.part][1][language]}" for language, text in label.items()}
        content: dict[str, object] = {
            "id": planned.id,
            "type": planned.type.value,
            "label": label,
            "privacy": planned.privacy.value,
        }
        hint = self._hint(planned)
        if hint:
            content["hint"] = hint
        if planned.type in CODED:
            content["codes"] = self._lists.id_of(item.choices)
        report_unused(self._form, item, OF_ROWS if planned.columns else OF_A_QUESTION)
        return content

    def _hint(self, planned: Planned) -> Label | None:
        """Return the hint: that of the question, after the notes of the form that came before it."""
        found: list[Label] = []
        for note in planned.hints:
            words = self._words.sentence(note.label, SURVEY, note.row)
            more = self._words.sentence(note.hint, SURVEY, note.row, column=self._form.header("hint"))
            report_unused(self._form, note, OF_A_GROUP)
            code = NoteCode.NOTE_AS_HINT if words else NoteCode.NOTE_LEFT_OUT
            done = Done.CHANGED if words else Done.LEFT_OUT
            self._notes.add(code, SURVEY, note.row, self._form.header("type"), done=done, name=note.name)
            if note.get("relevant"):
                column = self._form.header("relevant")
                because = Unsupported(Why.KINDS, operator="note")
                self._notes.add(NoteCode.RELEVANT, SURVEY, note.row, column, because=because, name=note.name)
            found += [one for one in (words, more) if one]
        own = self._words.sentence(planned.item.hint, SURVEY, planned.item.row, column=self._form.header("hint"))
        found += [own] if own else []
        if not found:
            return None
        return {language: " ".join(_ended(words[language]) for words in found) for language in ("vi", "en")}

    def _particular(self, planned: Planned, row: str = "") -> dict[str, object]:
        """Return bounds, default and checks of a field."""
        content: dict[str, object] = {}
        if planned.part:
            most = _POSITIONS[planned.part][0]
            content |= {"minimum": -most, "maximum": most}
        content |= self._bounds(planned)
        default = self._default(planned)
        if default is not None:
            content["default"] = default
        checks = [*self._checks(planned, row)]
        if checks:
            content["check"] = checks
        return content

    def _bounds(self, planned: Planned) -> dict[str, object]:
        """Return the least and the most of a slider (`range`)."""
        found: dict[str, object] = {}
        if planned.item.type != "range":
            return found
        words = dict(re.findall(r"(start|end)=(-?[0-9]{1,9})(?:\.0*)?(?=\s|$)", planned.item.get("parameters")))
        if {"start", "end"} <= words.keys() and int(words["start"]) <= int(words["end"]):
            found = {"minimum": int(words["start"]), "maximum": int(words["end"])}
        elif planned.item.get("parameters"):
            report_column(self._form, planned.item, "parameters")
        return found

    def _checks(self, planned: Planned, row: str) -> Iterator[Content]:
        that = self._rules.constraint(planned, row)
        if that:
            message = self._words.sentence(
                planned.item.constraint_message,
                SURVEY,
                planned.item.row,
                column=self._form.header("constraint_message"),
            )
            yield {
                "that": that,
                "severity": "error",
                "code": f"{planned.id[:30]}_constraint",
                "message": message or _CONSTRAINT_MESSAGE,
            }
        if planned.item.get("choice_filter"):
            yield from self._filters(planned, row)

    def _filters(self, planned: Planned, row: str) -> Iterator[Content]:
        """Return checks that say what a filter of the form would not have offered; a list here offers all of it."""
        column = self._form.header("choice_filter")
        found = self._filter_of(planned, row)
        if isinstance(found, Unsupported):
            self._notes.add(NoteCode.FILTER, SURVEY, planned.item.row, column, because=found, name=planned.item.name)
            return
        other, checks = found
        self._notes.add(
            NoteCode.FILTER_AS_CHECK, SURVEY, planned.item.row, column, done=Done.CHANGED, name=planned.item.name
        )
        label = self._words.silently(self._label_of(other), instead=other)
        message = {language: text.replace("{name}", label[language]) for language, text in _FILTER_MESSAGE.items()}
        for that in checks:
            yield {"that": that, "severity": "error", "code": f"{planned.id[:33]}_filter", "message": message}

    def _filter_of(self, planned: Planned, row: str) -> tuple[str, list[str]] | Unsupported:
        match = _FILTER.fullmatch(planned.item.get("choice_filter"))
        other = self._rules.known(match[2]) if match else None
        if match is None or planned.type is not TypeName.CODE:
            return Unsupported(Why.FUNCTION, name="choice_filter")
        if other is None or other.kind is not Kind.CODE or other.rows not in {"", row}:
            return Unsupported(Why.NAME_UNKNOWN, name=match[2])
        checks = list(self._filter_checks(planned, other, match[1]))
        if not checks or len(checks) > MOST_FILTERS or not all(self._rules.is_sound(that, row) for that in checks):
            return Unsupported(Why.TOO_LONG, limit=MOST_FILTERS)
        return match[2], checks

    def _filter_checks(self, planned: Planned, other: Known, attribute: str) -> Iterator[str]:
        codes = self._plan.codes[planned.item.choices]
        choices = self._form.choices[planned.item.choices]
        for name, code in other.codes.items():
            offered = [quoted(codes[one.name]) for one in choices if one.attributes.get(attribute, "") == name]
            own = f"{planned.id} in [{', '.join(dict.fromkeys(offered))}]" if offered else f"{planned.id} is empty"
            yield f"{other.id} != {quoted(code)} or {own}"

    def _label_of(self, name: str) -> Mapping[str, str]:
        for section in self._plan.sections:
            for planned in section.fields:
                for one in (planned, *planned.columns):
                    if one.item.name == name:
                        return one.item.label
        return {}

    def _default(self, planned: Planned) -> str | int | bool | None:
        text = planned.item.get("default")
        if not text:
            return None
        found = None if planned.part or planned.columns else self._default_of(planned, text)
        if found is None:
            self._notes.add(
                NoteCode.DEFAULT, SURVEY, planned.item.row, self._form.header("default"), name=planned.item.name
            )
        return found

    def _default_of(self, planned: Planned, text: str) -> str | int | bool | None:
        kind = planned.type
        if kind is TypeName.CODE:
            return self._plan.codes[planned.item.choices].get(text)
        if kind in MAX_LENGTHS:
            return None if _DYNAMIC.search(text) or len(text) > MAX_LENGTHS[kind] else text
        if kind is TypeName.INTEGER:
            is_whole = bool(re.fullmatch(r"-?[0-9]{1,15}", text))
            return int(text) if is_whole and abs(int(text)) <= LARGEST_INTEGER else None
        if kind in {TypeName.DATE, TypeName.PARTIAL_DATE} and span(text) and len(text) == len("2024-01-01"):
            return text
        return _WORDS.get((kind, text))

    def _computed(self, planned: Planned, computed: Computed | None) -> Content | None:
        if computed is None:
            return None
        item = planned.item
        label = (
            self._words.label(item.label, SURVEY, item.row, instead=item.name)
            if item.label
            else self._words.silently({}, instead=item.name)
        )
        content: dict[str, object] = {
            "id": planned.id,
            "type": computed.type.value,
            "label": label,
            "privacy": computed.privacy.value,
            "computed": computed.text,
        }
        if computed.type is TypeName.CODE:
            content["codes"] = self._codes_of(planned, computed, label)
        asked: AskedWhen = self._rules.asked([item])
        if asked.when:
            content["visible_when"] = asked.when
        hint = self._hint(planned)
        if hint:
            content["hint"] = hint
        report_unused(self._form, item, OF_A_CALCULATION)
        self._notes.carried.append(
            Carried(
                row=item.row, name=item.name, field=planned.id, type=computed.type.value, privacy=computed.privacy.value
            )
        )
        return content

    def _codes_of(self, planned: Planned, computed: Computed, label: Label) -> str:
        if computed.choices or computed.like is None:
            return self._lists.add_constants(planned.id, computed.choices, label)
        return self._lists.id_of(computed.like.choices)

    def _report_carried(self, planned: Planned, place: str) -> None:
        self._notes.carried.append(
            Carried(
                row=planned.item.row,
                name=planned.item.name,
                field=place,
                type=planned.type.value,
                privacy=planned.privacy.value,
            )
        )


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", ":", "…")) else f"{text}."
