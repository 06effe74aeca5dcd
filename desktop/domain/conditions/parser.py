"""The tree of a condition and its parser: a text in, a tree of few shapes out.

    either     = both ("or" both)*
    both       = one ("and" one)*
    one        = "not" one | operand [comparison operand | ["not"] "in" operand | "is" ["not"] "empty"]
    operand    = text | integer | "true" | "false" | list | name | call | "(" either ")"
    name       = id ("." id)*          call = function "(" either ("," either)* ")"
    list       = "[" literal ("," literal)* "]"          comparison = "=" "==" "!=" "<" "<=" ">" ">="

- Nothing here runs; the functions are a closed list and are only counted here.
- A text is at most 1,000 characters and nests at most 32 deep, whatever wrote it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, TypeAlias

from desktop.domain.conditions.precedence import END, PrecedenceParser, Token, tokens_of

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 32
RESERVED: Final = frozenset({"and", "or", "not", "in", "is", "empty", "true", "false", "today", "now"})
ANY_ODD_NUMBER: Final = -1  # from three on: a condition and its value, as often as wanted, then the last value
ARGUMENTS: Final = {
    "months_between": 2,
    "days_between": 2,
    "working_days_between": 2,
    "hours_between": 2,
    "minutes_between": 2,
    "age_at": 2,
    "count": 1,
    "sum_of": 2,
    "some_row": 3,
    "first_true": ANY_ODD_NUMBER,
    "length": 1,
    "word_count": 1,
    "digit_count": 1,
    "is_marker": 1,
    "in_vietnam": 3,
    "id_agrees_with_gender": 2,
    "id_agrees_with_dob": 2,
    "id_province_known": 1,
}


class ConditionError(ValueError):
    """A text that is no condition; `column` counts from 1."""

    def __init__(self, reason: str, column: int) -> None:
        super().__init__(f"column {column}: {reason}")
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant; a tuple is a list of constants."""

    value: bool | int | str | tuple[bool | int | str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A field, `today`, `now`, or a path through links such as `person.dob`."""

    path: tuple[str, ...]
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The operator is one of `= != < <= > >=`; `==` is read as `=`."""

    operator: str
    left: "Node"
    right: "Node"
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    item: "Node"
    group: "Node"
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class IsEmpty:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """All of them hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of them holds."""

    parts: tuple["Node", ...]


Node: TypeAlias = Literal | Name | Call | Comparison | Membership | IsEmpty | Not | Both | Either


def parse_tree(text: str) -> Node:
    """Read a condition.

    Raises:
        ConditionError: the text is not of the grammar above, or exceeds its bounds.
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(reason=f"a condition has at most {MAX_LENGTH} characters", column=MAX_LENGTH + 1)
    normal = unicodedata.normalize("NFC", text)
    return _ConditionParser(tokens_of(normal, _TOKEN, lambda index: _unreadable(normal[index], index + 1))).whole()


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` when a known word is near, else nothing."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


_TOKEN: Final = re.compile(
    r"""(?P<space>\s+) | (?P<text>'[^'\n]*'|"[^"\n]*") | (?P<integer>-?[0-9]{1,15}(?![0-9A-Za-z_]))
    | (?P<name>[a-z][a-z0-9_]*) | (?P<operator>==|!=|<=|>=|[=<>]) | (?P<mark>[(),.\[\]])""",
    re.VERBOSE,
)


def _unreadable(character: str, column: int) -> ConditionError:
    if character in "'\"":
        return ConditionError("a text in quotes is not closed", column)
    if character.isdigit() or character == "-":
        return ConditionError("a number is an integer of at most 15 digits", column)
    return ConditionError(reason=f"'{character}' has no meaning here; names and words are written small", column=column)


class _ConditionParser(PrecedenceParser[Node]):
    levels = (frozenset({"or"}), frozenset({"and"}))
    prefix = "not"
    max_depth = MAX_DEPTH

    def joined(self, first: Node, rest: Sequence[tuple[str, Node]]) -> Node:
        parts = (first, *(part for _, part in rest))
        return Either(parts) if rest[0][0] == "or" else Both(parts)

    def prefixed(self, operand: Node) -> Node:
        return Not(operand)

    def unexpected(self, wanted: str = "") -> ConditionError:
        token = self.token
        if wanted:
            return ConditionError(reason=f"'{wanted}' is expected here", column=token.column)
        if token.kind == END:
            return ConditionError("something is missing at the end", token.column)
        return ConditionError(reason=f"'{token.text}' is not expected here", column=token.column)

    def left_over(self) -> ConditionError:
        if self.token.kind == "operator":
            return ConditionError("comparisons are not chained; join them with 'and'", self.token.column)
        return self.unexpected()

    def too_large(self) -> ConditionError:
        return ConditionError(reason=f"a condition nests at most {MAX_DEPTH} deep", column=self.token.column)

    def operand(self) -> Node:
        left = self._value()
        if self.token.kind == "operator":
            token = self.step()
            return Comparison("=" if token.text == "==" else token.text, left, self._value(), token.column)
        column = self.token.column
        if self.take("in"):
            return Membership(left, self._value(), column)
        if self.take("not"):
            self.expect("in")
            return Not(Membership(left, self._value(), column))
        if self.take("is"):
            negative = self.take("not")
            self.expect("empty")
            return Not(IsEmpty(left)) if negative else IsEmpty(left)
        return left

    def _value(self) -> Node:
        token = self.token
        if self.take("("):
            return self.inside()
        if self.take("["):
            items = [self._constant()]
            while self.take(","):
                items.append(self._constant())
            self.expect("]")
            return Literal(tuple(items))
        if token.kind == "name" and token.text not in {"true", "false"}:
            return self._name_or_call()
        return Literal(self._constant())

    def _constant(self) -> bool | int | str:
        token = self.token
        if token.kind == "text":
            value: bool | int | str = token.text[1:-1]
        elif token.kind == "integer":
            value = int(token.text)
        elif token.text in {"true", "false"}:
            value = token.text == "true"
        else:
            raise self.unexpected()
        self.step()
        return value

    def _name_or_call(self) -> Node:
        if self.token.text in RESERVED - {"today", "now"}:
            raise self.unexpected()
        token = self.step()
        if self.take("("):
            return self._call(token)
        path = [token.text]
        while self.take("."):
            if self.token.kind != "name":
                raise ConditionError("a field name is expected after '.'", self.token.column)
            path.append(self.step().text)
        return Name(tuple(path), token.column)

    def _call(self, token: Token) -> Call:
        if token.text not in ARGUMENTS:
            raise ConditionError(
                reason=f"no function '{token.text}'{suggestion(token.text, ARGUMENTS)}", column=token.column
            )
        arguments = self.arguments()
        wanted = ARGUMENTS[token.text]
        if wanted == ANY_ODD_NUMBER and (len(arguments) == 1 or len(arguments) % 2 == 0):
            reason = f"'{token.text}' takes a condition and its value, once or more often, then the last value"
            raise ConditionError(reason, token.column)
        if wanted not in {ANY_ODD_NUMBER, len(arguments)}:
            raise ConditionError(reason=f"'{token.text}' takes {wanted} values", column=token.column)
        return Call(token.text, arguments, token.column)
