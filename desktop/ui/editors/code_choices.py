"""The codes of a list that fit what is typed: by code or by words of the label, with marks or without."""

from desktop.domain.definitions import Code, FieldDefinition
from desktop.domain.names import fold
from desktop.ui.editors.choice_list import Choice
from desktop.ui.form_context import FormContext


def fitting(
    typed: str, field: FieldDefinition, context: FormContext, ticked: frozenset[str] = frozenset()
) -> list[Choice]:
    """Return what may be meant, the likeliest first; nothing typed gives all, the quick ones first."""
    code_list = context.library.code_lists.get(field.codes or "")
    if code_list is None:
        return []
    codes = [code for code in code_list.codes if code.is_valid_on(context.today) or code.value in ticked]
    key = fold(typed)
    if key:
        ranked = sorted((rank, place) for place, code in enumerate(codes) if (rank := _rank(code, key, context)) < _NOT)
        codes = [codes[place] for _, place in ranked]
    else:
        quick = {value: place for place, value in enumerate(field.quick)}
        codes.sort(key=lambda code: quick.get(code.value, len(quick)))
    return [
        Choice(code.value, code.label.text(context.language), code=code.value, is_ticked=code.value in ticked)
        for code in codes
    ]


def whole_choice(typed: str, field: FieldDefinition, context: FormContext) -> Choice | None:
    """Return the one code that was typed whole, as code or label, when no more letters could mean another."""
    key = fold(typed)
    code_list = context.library.code_lists.get(field.codes or "")
    if not key or code_list is None:
        return None
    codes = [code for code in code_list.codes if code.is_valid_on(context.today)]
    words = {code.value: {fold(code.value), fold(code.label.text(context.language))} for code in codes}
    if any(word.startswith(key) and word != key for found in words.values() for word in found):
        return None
    whole = [code for code in codes if key in words[code.value]]
    if len(whole) != 1:
        return None
    return Choice(whole[0].value, whole[0].label.text(context.language), code=whole[0].value)


_NOT = 5


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
