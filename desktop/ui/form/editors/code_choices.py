"""The codes of a list that fit what is typed: by code, by words of the label, or by number, with marks or without.

- A list without digits in the front of its codes is numbered as in its file, so one or two keys choose.
  A number never moves: a code that has expired keeps its own, and new ones come at the end.
- Numbers are keys of the form alone; what comes from a file or another program is never read by number.
"""

from collections.abc import Mapping

from desktop.domain.definitions.model import Code, CodeList, FieldDefinition
from desktop.domain.names.names import fold
from desktop.ui.form.editors.choice_list import Choice
from desktop.ui.form.form_context import FormContext


def fitting(
    typed: str, field: FieldDefinition, context: FormContext, ticked: frozenset[str] = frozenset()
) -> list[Choice]:
    """Return what may be meant, the likeliest first; nothing typed gives all, the quick ones first."""
    code_list = context.library.code_lists.get(field.codes or "")
    if code_list is None:
        return []
    codes = [code for code in code_list.codes if code.is_valid_on(context.today) or code.value in ticked]
    numbers = _numbers(code_list)
    key = fold(typed)
    if numbers and key.isdigit():
        codes = [code for code in codes if str(numbers[code.value]).startswith(key) or numbers[code.value] == int(key)]
    elif key:
        ranked = sorted((rank, place) for place, code in enumerate(codes) if (rank := _rank(code, key, context)) < _NOT)
        codes = [codes[place] for _, place in ranked]
    else:
        quick = {value: place for place, value in enumerate(field.quick)}
        codes.sort(key=lambda code: quick.get(code.value, len(quick)))
    return [_choice(code, numbers, context, is_ticked=code.value in ticked) for code in codes]


def whole_choice(typed: str, field: FieldDefinition, context: FormContext) -> Choice | None:
    """Return the one code typed whole, as code, label or number, when no more characters could mean another."""
    key = fold(typed)
    code_list = context.library.code_lists.get(field.codes or "")
    if not key or code_list is None:
        return None
    codes = [code for code in code_list.codes if code.is_valid_on(context.today)]
    numbers = _numbers(code_list)
    words = {
        code.value: {fold(code.value), fold(code.label.text(context.language)), str(numbers.get(code.value, ""))}
        for code in codes
    }
    if any(word.startswith(key) and word != key for found in words.values() for word in found):
        return None
    whole = [code for code in codes if key in words[code.value]]
    only = whole[0] if len(whole) == 1 else None if whole else _numbered(key, codes, numbers)
    return _choice(only, numbers, context) if only is not None else None


def by_number(typed: str, field: FieldDefinition, context: FormContext) -> str | None:
    """Return the code that a typed number means, None when it is no number of the list."""
    code_list = context.library.code_lists.get(field.codes or "")
    if code_list is None:
        return None
    codes = [code for code in code_list.codes if code.is_valid_on(context.today)]
    code = _numbered(fold(typed), codes, _numbers(code_list))
    return code.value if code is not None else None


_NOT = 5


def _numbers(code_list: CodeList) -> Mapping[str, int]:
    """Return the number of each code; none when digits begin a code already."""
    if any(code.value[:1].isdigit() for code in code_list.codes):
        return {}
    return {code.value: number for number, code in enumerate(code_list.codes, 1)}


def _numbered(key: str, codes: list[Code], numbers: Mapping[str, int]) -> Code | None:
    if not (numbers and key.isascii() and key.isdigit()):
        return None
    return next((code for code in codes if numbers[code.value] == int(key)), None)


def _choice(code: Code, numbers: Mapping[str, int], context: FormContext, *, is_ticked: bool = False) -> Choice:
    shown = str(numbers[code.value]) if numbers else code.value
    return Choice(code.value, code.label.text(context.language), code=shown, is_ticked=is_ticked)


def _rank(code: Code, key: str, context: FormContext) -> int:
    value, label = fold(code.value), fold(code.label.text(context.language))
    if value == key:
        return 0
    if label.startswith(key):
        return 1
    if value.startswith(key):
        return 2
    if all(f" {word}" in f" {label}" for word in key.split()):
        return 3
    return 4 if key in label else _NOT
