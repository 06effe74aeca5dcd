"""What an officer types into each kind of field, made from a seed, and what then has to stand there."""

import random
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import PERSON_NAME, FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import parse_value
from desktop.ui.form.editors.address_editor import AddressEditor
from desktop.ui.form.editors.record_editor import RecordEditor
from desktop.ui.form.field_block import FieldBlock
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.person_picker import PersonEditor

WORDS = ("ban", "suoi", "nha", "cho", "doi", "duong", "mo", "bản", "chợ", "đội", "7", "12")
NAMES = ("lo thi don", "vu a pao", "giang thi mai", "ly van sung")
COMMUNES = {"nam ke": "03162", "sin thau": "03158", "leng su sin": "03163"}
_NO_LINE = {TypeName.YES_NO, TypeName.PERSON, TypeName.LINK, TypeName.ADDRESS, TypeName.ATTACHMENT}
ANYTHING = object()
"""Not looked at: the field says it in parts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Signs typed into one stop, without the Enter after them."""

    signs: str
    wanted: object = ANYTHING


def answer(block: FieldBlock, stop: QWidget, chance: random.Random, known: dict[str, str]) -> Answer:  # noqa: PLR0911  one line a kind
    """Return what is typed where the cursor stands; `known` are records by the letters that find them."""
    editor, field = block.editor, block.field
    match editor:
        case AddressEditor() if stop is editor.unit:
            return Answer(chance.choice(sorted(COMMUNES)))
        case AddressEditor():
            return Answer(words(chance))
        case PersonEditor() if stop is editor.line and editor.panel is None:
            is_known = chance.random() < 0.5
            return (
                Answer(chance.choice(sorted(known))) if is_known else Answer(f"{chance.choice(NAMES)} {words(chance)}")
            )
        case RecordEditor() if stop is editor.line:
            return Answer("")
        case _ if stop not in editor.stops():
            return Answer("")
    if field.type is TypeName.ROWS:
        first = field.fields[0]
        has_line = first.type not in _NO_LINE
        is_wanted = has_line and not editor.rows  # type: ignore[attr-defined]  # a rows editor
        return Answer(typed(first, chance, block.context)) if is_wanted else Answer("")
    if field.type in {TypeName.ATTACHMENT, TypeName.LINK, TypeName.PERSON}:
        return Answer("")
    signs = typed(field, chance, block.context)
    return Answer(signs, value_of(signs, field, block.context))


def typed(field: FieldDefinition, chance: random.Random, context: FormContext) -> str:  # noqa: C901, PLR0911  one line a kind
    """Return the signs of one value."""
    day = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(1990, 2025)}"
    match field.type:
        case TypeName.DATE:
            return day
        case TypeName.PARTIAL_DATE:
            return chance.choice((day, f"{chance.randint(1, 12)}/{chance.randint(1990, 2025)}", "1987"))
        case TypeName.DATE_TIME:
            return f"{day} {chance.randint(0, 23):02}{chance.randint(0, 59):02}"
        case TypeName.INTEGER:
            return str(chance.randint(0, 40))
        case TypeName.DECIMAL:
            return f"{chance.randint(0, 80)},{chance.randint(1, 9)}"
        case TypeName.YES_NO:
            return chance.choice("ck")
        case TypeName.PERSONAL_ID:
            return f"0111960{chance.randint(10000, 99999)}"
        case TypeName.PHONE:
            return f"0912{chance.randint(100_000, 999_999)}"
        case TypeName.PASSPORT:
            return f"C{chance.randint(1_000_000, 9_999_999)}"
        case TypeName.CODE | TypeName.CODES:
            return chance.choice(sorted(_numbers(field, context)))
        case _ if field.kind == PERSON_NAME:
            return f"{chance.choice(NAMES)} x"
        case _:
            return words(chance)


def words(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))


def value_of(signs: str, field: FieldDefinition, context: FormContext) -> Json:
    """Return what a field holds once these signs were typed and it was left."""
    if field.type in {TypeName.CODE, TypeName.CODES}:
        code = _numbers(field, context)[signs]
        return [code] if field.type is TypeName.CODES else code
    if field.type is TypeName.YES_NO:
        return signs == "c"
    value = parse_value(signs, field, context.values)
    assert not isinstance(value, Problem), f"{field.id}: {signs} is no answer"
    if field.kind == PERSON_NAME and isinstance(value, str):
        return " ".join(word[:1].upper() + word[1:] for word in value.split())
    return value


def _numbers(field: FieldDefinition, context: FormContext) -> dict[str, str]:
    """Return the codes of a field's list by what is typed for them: their number, or themselves if they are one."""
    codes = context.library.code_lists[field.codes or ""].codes
    has_digits = any(code.value[:1].isdigit() for code in codes)
    return {
        code.value if has_digits else str(number): code.value
        for number, code in enumerate(codes, 1)
        if code.is_valid_on(context.today)
    }
