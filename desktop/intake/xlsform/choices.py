"""The choices of a form as code lists: one for each list a question uses, one for each calculation that chooses.

- A label of a code has no `;` and is once in its list, in both languages: an officer types either.
- Lists that no question uses are reported and left out.
"""

from collections.abc import Iterator, Mapping

from desktop.domain.definitions.model import TypeName
from desktop.domain.definitions.toml_writer import Content
from desktop.intake.xlsform.form import FormChoice, XlsForm
from desktop.intake.xlsform.names import id_of
from desktop.intake.xlsform.notes import Done, NoteCode
from desktop.intake.xlsform.plan import Plan, Planned
from desktop.intake.xlsform.sheets import CHOICES
from desktop.intake.xlsform.words import Label, Words

CODED = frozenset({TypeName.CODE, TypeName.CODES})
LONGEST = 200


class CodeLists:
    """The code lists of one register. Their ids begin with that of the register, so that no other form has them."""

    def __init__(self, form: XlsForm, plan: Plan, words: Words, register: str, taken: frozenset[str]) -> None:
        self._form = form
        self._notes = form.notes
        self._words = words
        self._register = register
        self._taken = set(taken)
        self._ids: dict[str, str] = {}
        self._constants: dict[str, str] = {}  # by the id of the field, which no list of a form is asked by
        self._contents: dict[str, Content] = {}
        self._planned = [
            one for section in plan.sections for planned in section.fields for one in (planned, *planned.columns)
        ]
        used = {one.item.choices: one for one in reversed(self._planned) if one.type in CODED}
        for name, choices in form.choices.items():
            if name in used:
                self._add(name, choices, plan.codes[name], used[name])
            else:
                row = choices[0].row if choices else 0
                self._notes.add(NoteCode.LIST_UNUSED, CHOICES, row, "list_name", name=name[:60])

    def id_of(self, name: str) -> str:
        """Return the id of the code list made of a list of the form."""
        return self._constants.get(name) or self._ids[name]

    def add_constants(self, field: str, choices: Mapping[str, str], label: Label) -> str:
        """Make a code list of the constants between which a calculation chooses; return its id."""
        identity = self._constants[field] = self._new_id(field)
        labels: set[str] = set()
        codes = []
        for constant, code in choices.items():
            shown = {"vi": constant or "–", "en": constant or "–"}
            codes.append({"value": code, "label": _unlike(_without_semicolons(shown), labels, code)})
        self._contents[identity] = {"id": identity, "label": label, "verified": False, "code": codes}
        return identity

    def contents(self) -> Mapping[str, Content]:
        return dict(sorted(self._contents.items()))

    def _add(self, name: str, choices: tuple[FormChoice, ...], codes: Mapping[str, str], question: Planned) -> None:
        identity = self._ids[name] = self._new_id(name)
        label = self._words.silently(question.item.label, instead=name)
        self._contents[identity] = {
            "id": identity,
            "label": label,
            "verified": False,
            "code": list(self._codes(choices, codes)),
        }

    def _codes(self, choices: tuple[FormChoice, ...], codes: Mapping[str, str]) -> Iterator[Content]:
        labels: set[str] = set()
        seen: set[str] = set()
        for choice in choices:
            if choice.name in seen:  # reported when the codes were given
                continue
            seen.add(choice.name)
            wanted = self._words.label(choice.label, CHOICES, choice.row, instead=choice.name, longest=LONGEST)
            shown = _unlike(_without_semicolons(wanted), labels, codes[choice.name])
            if shown != wanted:
                self._notes.add(NoteCode.CHOICE_LABEL, CHOICES, choice.row, "label", done=Done.CHANGED)
            yield {"value": codes[choice.name], "label": shown}

    def _new_id(self, name: str) -> str:
        identity = id_of(f"{self._register}_{name}", self._taken)
        self._taken.add(identity)
        return identity


def _without_semicolons(label: Label) -> Label:
    return {language: text.replace(";", ",") for language, text in label.items()}


def _unlike(label: Label, labels: set[str], code: str) -> Label:
    """Return a label that no other code has, and remember it."""
    found, number = label, 1
    while labels & set(found.values()):
        tail = f" ({code})" if number == 1 else f" ({code} {number})"
        found = {language: f"{text}{tail}" for language, text in label.items()}
        number += 1
    labels |= set(found.values())
    return found
