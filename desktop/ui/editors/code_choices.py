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
