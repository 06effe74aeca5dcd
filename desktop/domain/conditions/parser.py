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
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, TypeAlias

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
    return _Parser(_tokens(unicodedata.normalize("NFC", text))).whole()


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` when a known word is near, else nothing."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


_TOKEN: Final = re.compile(
    r"""(?P<space>\s+) | (?P<text>'[^'\n]*'|"[^"\n]*") | (?P<integer>-?[0-9]{1,15}(?![0-9A-Za-z_]))
    | (?P<name>[a-z][a-z0-9_]*) | (?P<operator>==|!=|<=|>=|[=<>]) | (?P<mark>[(),.\[\]])""",
    re.VERBOSE,
)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ConditionError(_unreadable(text[position]), position + 1)
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match[0], position + 1))
        position = match.end()
    found.append(_Token("end", "", len(text) + 1))
    return found


def _unreadable(character: str) -> str:
    if character in "'\"":
        return "a text in quotes is not closed"
    if character.isdigit() or character == "-":
        return "a number is an integer of at most 15 digits"
    return f"'{character}' has no meaning here; names and words are written small"


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    def whole(self) -> Node:
        tree = self._either()
        token = self._token
        if token.kind == "operator":
            raise ConditionError("comparisons are not chained; join them with 'and'", token.column)
        if token.kind != "end":
            raise ConditionError(reason=f"'{token.text}' is not expected here", column=token.column)
        return tree

    @property
    def _token(self) -> _Token:
        return self._tokens[self._position]

    def _take(self, text: str) -> bool:
        """Step over a word or a mark when it is the next one."""
        token = self._token
        if token.kind in {"text", "end"} or token.text != text:
            return False
        self._position += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise ConditionError(reason=f"'{text}' is expected here", column=self._token.column)

    def _either(self) -> Node:
        parts = self._joined("or", self._both)
        return parts[0] if len(parts) == 1 else Either(parts)

    def _both(self) -> Node:
        parts = self._joined("and", self._one)
        return parts[0] if len(parts) == 1 else Both(parts)

    def _joined(self, word: str, part: Callable[[], Node]) -> tuple[Node, ...]:
        self._depth += 1
        if self._depth > 2 * MAX_DEPTH:  # each level passes here twice, for `or` and for `and`
            raise ConditionError(reason=f"a condition nests at most {MAX_DEPTH} deep", column=self._token.column)
        parts = [part()]
        while self._take(word):
            parts.append(part())
        self._depth -= 1
        return tuple(parts)

    def _one(self) -> Node:
        negations = 0
        while self._take("not"):
            negations += 1
        operand = self._relation()
        return Not(operand) if negations % 2 else operand

    def _relation(self) -> Node:
        left = self._operand()
        token = self._token
        if token.kind == "operator":
            self._position += 1
            return Comparison("=" if token.text == "==" else token.text, left, self._operand(), token.column)
        if self._take("in"):
            return Membership(left, self._operand(), token.column)
        if self._take("not"):
            self._expect("in")
            return Not(Membership(left, self._operand(), token.column))
        if self._take("is"):
            negative = self._take("not")
            self._expect("empty")
            return Not(IsEmpty(left)) if negative else IsEmpty(left)
        return left

    def _operand(self) -> Node:
        token = self._token
        if self._take("("):
            inner = self._either()
            self._expect(")")
            return inner
        if self._take("["):
            items = [self._constant()]
            while self._take(","):
                items.append(self._constant())
            self._expect("]")
            return Literal(tuple(items))
        if token.kind == "name" and token.text not in {"true", "false"}:
            return self._name_or_call()
        return Literal(self._constant())

    def _constant(self) -> bool | int | str:
        token = self._token
        if token.kind == "text":
            value: bool | int | str = token.text[1:-1]
        elif token.kind == "integer":
            value = int(token.text)
        elif token.text in {"true", "false"}:
            value = token.text == "true"
        elif token.kind == "end":
            raise ConditionError("something is missing at the end", token.column)
        else:
            raise ConditionError(reason=f"'{token.text}' is not expected here", column=token.column)
        self._position += 1
        return value

    def _name_or_call(self) -> Node:
        token = self._token
        if token.text in RESERVED - {"today", "now"}:
            raise ConditionError(reason=f"'{token.text}' is not expected here", column=token.column)
        self._position += 1
        if self._take("("):
            return self._call(token)
        path = [token.text]
        while self._take("."):
            part = self._token
            if part.kind != "name":
                raise ConditionError("a field name is expected after '.'", part.column)
            path.append(part.text)
            self._position += 1
        return Name(tuple(path), token.column)

    def _call(self, token: _Token) -> Call:
        if token.text not in ARGUMENTS:
            raise ConditionError(
                reason=f"no function '{token.text}'{suggestion(token.text, ARGUMENTS)}", column=token.column
            )
        arguments = [self._either()]
        while self._take(","):
            arguments.append(self._either())
        self._expect(")")
        wanted = ARGUMENTS[token.text]
        if wanted == ANY_ODD_NUMBER and (len(arguments) == 1 or len(arguments) % 2 == 0):
            reason = f"'{token.text}' takes a condition and its value, once or more often, then the last value"
            raise ConditionError(reason, token.column)
        if wanted not in {ANY_ODD_NUMBER, len(arguments)}:
            raise ConditionError(reason=f"'{token.text}' takes {wanted} values", column=token.column)
        return Call(token.text, tuple(arguments), token.column)
