"""Clauses of our conditions as they are put together from a form's expressions: texts that know how they bind.

- XPath has two answers, ours have three. Where an empty field would give another answer than XPath's, the clause is
  guarded by `is empty`; where unknown comes to the same (it shows nothing, fails no check), it is left plain.
- What is always true or false is a truth, not a text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from desktop.domain.conditions.parser import MAX_LENGTH
from desktop.intake.xpath.unsupported import Unsupported, Why


class Binding(IntEnum):
    """How loosely a clause binds: the looser are in brackets within the tighter."""

    OR = 0
    AND = 1
    ONE = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition or a part of one. Nothing longer than a condition is put together: nested `if` double at each level.

    Raises:
        Unsupported: TOO_LONG.
    """

    text: str
    binding: Binding = Binding.ONE

    def __post_init__(self) -> None:
        if len(self.text) > MAX_LENGTH:
            raise Unsupported(Why.TOO_LONG, limit=MAX_LENGTH)


Truth: TypeAlias = bool | Clause

Unknown: TypeAlias = bool | None
"""What an unknown answer comes to where the clause will be; None where it may not be unknown."""


def all_of(parts: Iterable[Truth]) -> Truth:
    return _joined(parts, " and ", Binding.AND, neutral=True)


def any_of(parts: Iterable[Truth]) -> Truth:
    return _joined(parts, " or ", Binding.OR, neutral=False)


def negation(clause: Truth) -> Truth:
    return not clause if isinstance(clause, bool) else Clause(f"not ({clause.text})")


def guarded(clause: Clause, fields: Sequence[str], *, when_empty: bool, unknown: Unknown) -> Truth:
    """Return a clause that gives XPath's answer when one of its fields is empty."""
    if when_empty is unknown or not fields:
        return clause
    if when_empty:
        return any_of([*(Clause(f"{field} is empty") for field in fields), clause])
    return all_of([*(Clause(f"{field} is not empty") for field in fields), clause])


def condition_text(clause: Truth) -> str:
    return _WORDS[clause] if isinstance(clause, bool) else clause.text


_WORDS: Final = {True: "true", False: "false"}


def _joined(parts: Iterable[Truth], word: str, binding: Binding, *, neutral: bool) -> Truth:
    kept: list[Clause] = []
    for part in parts:
        if not isinstance(part, bool):
            kept.append(part)
        elif part is not neutral:
            return part
    if not kept:
        return neutral
    if len(kept) == 1:
        return kept[0]
    return Clause(word.join(_within(part, binding) for part in kept), binding)


def _within(part: Clause, binding: Binding) -> str:
    return f"({part.text})" if part.binding < binding else part.text
