"""What a row of a form says in columns that have no place here: reported, each with its column."""

import re
from collections.abc import Collection
from typing import Final

from desktop.intake.xlsform.form import FormItem, XlsForm
from desktop.intake.xlsform.notes import NoteCode
from desktop.intake.xlsform.sheets import SURVEY

NO: Final = frozenset({"", "no", "false", "false()"})
OF_A_QUESTION: Final = frozenset({"relevant", "required", "constraint", "default", "choice_filter"})
OF_ROWS: Final = OF_A_QUESTION - {"required"}
OF_A_CALCULATION: Final = frozenset({"relevant", "calculation"})
OF_A_GROUP: Final = frozenset({"relevant"})

_OF_THE_TYPE: Final = re.compile(r"bind::type|control::(?:start|end|step|tag|mediatype|rows)|rows")
_SWITCHES: Final = frozenset({"readonly", "required"})


def report_unused(form: XlsForm, item: FormItem, carried: Collection[str]) -> None:
    """Report every column of a row that says something, but for those that are carried or report themselves."""
    for name, text in item.attributes.items():
        is_off = text.lower() in NO if name in _SWITCHES else not text
        is_ends = name == "parameters" and item.type == "range"
        if name not in carried and not is_off and not is_ends and not _OF_THE_TYPE.fullmatch(name):
            report_column(form, item, name)


def report_column(form: XlsForm, item: FormItem, name: str) -> None:
    form.notes.add(NoteCode.ATTRIBUTE, SURVEY, item.row, form.header(name), name=name, question=item.name)
