"""Conditions: the small sentences of the form definitions, such as `absent_since <= today`.

- A condition is read once, when its file is read; its names and kinds are checked then; it is data, never code.
- Over a record its answer is yes, no or unknown. Whoever asks decides what unknown means: a field is shown, required,
  or a check fails, only when the answer is certain.
- The grammar is in parser.py, what may meet what in type_check.py, the answers in evaluate.py.
"""

import datetime as dt
from dataclasses import dataclass, field

from desktop.domain.conditions.evaluate import (
    Follow,
    Sight,
    Values,
    answer,
)
from desktop.domain.conditions.parser import ConditionError, Node, parse_tree
from desktop.domain.conditions.type_check import (
    FieldKind,
    Fields,
    FieldsOf,
    Kind,
    tree_problems,
)
from desktop.domain.log.operation import Json

__all__ = [
    "Condition",
    "ConditionError",
    "FieldKind",
    "Fields",
    "FieldsOf",
    "Follow",
    "Kind",
    "Values",
    "evaluate",
    "parse_condition",
    "type_check",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was written, and its tree."""

    text: str
    tree: Node = field(repr=False)


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: the text is not of the language; it says why and at which column.
    """
    return Condition(text, parse_tree(text))


def type_check(
    condition: Condition,
    fields: Fields,
    fields_of: FieldsOf,
    *,
    expected: Kind = Kind.TRUTH,
    codes: frozenset[str] | None = None,
) -> tuple[str, ...]:
    """Return every problem of the names and kinds in a condition; `fields_of` gives the fields of a linked register.

    Where a code is expected, `codes` are those it may give.
    """
    return tree_problems(condition.tree, fields, fields_of, FieldKind(kind=expected, codes=codes))


def evaluate(
    condition: Condition, values: Values, *, today: dt.date, now: dt.datetime, follow: Follow | None = None
) -> bool | int | str | list[Json] | None:
    """Return the answer over the values of a record; `None` is unknown.

    `follow` gives the values of a linked record; without it, paths through links are unknown.
    """
    return answer(condition.tree, Sight(values, today, now, follow))
