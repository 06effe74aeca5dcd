"""The expressions of a form (XPath, as ODK writes it): a text in, a tree of few shapes out.

    either = both ("or" both)*            both = equal ("and" equal)*
    equal  = order (("=" | "!=") order)*  order = sum (("<" | "<=" | ">" | ">=") sum)*
    sum    = product (("+" | "-") product)*
    product = one (("*" | "div" | "mod") one)*    one = "-" one | operand
    operand = text | number | "${" name "}" | "../" name | "." | "(" either ")" | call
    call   = function "(" [either ("," either)*] ")"

- Paths, predicates and attributes are reported as such; nothing is ever looked up by them.
- A text is at most 2,000 characters, joins at most 200 operands and nests at most 40 deep.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final, TypeAlias

from desktop.domain.conditions.precedence import PrecedenceParser, Token, tokens_of
from desktop.intake.xpath.unsupported import Unsupported, Why

MAX_LENGTH: Final = 2_000
MAX_DEPTH: Final = 40
MAX_OPERATIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, or a number."""

    value: str | Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """A question, by the name it has in the form."""

    name: str


@dataclass(frozen=True, slots=True)
class Self:
    """The answer that a constraint is about: `.`."""


@dataclass(frozen=True, slots=True)
class BinaryOperation:
    """`or and = != < <= > >= + - * div mod` over two operands."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    arguments: tuple["Expression", ...]


Expression: TypeAlias = Constant | Reference | Self | BinaryOperation | Function


def parse_xpath(text: str) -> Expression:
    """Read an expression.

    Raises:
        Unsupported: UNREADABLE, TOO_LONG or PATH.
    """
    if len(text) > MAX_LENGTH:
        raise Unsupported(Why.TOO_LONG, limit=MAX_LENGTH)
    return _XPathParser(_tokens(text)).whole()


_TOKEN: Final = re.compile(
    r"""(?P<space>\s+) | (?P<text>'[^']*'|"[^"]*") | (?P<number>[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})
    | \$\{\s*(?P<reference>[^\s{}]{1,100})\s*\} | \.\./(?P<sibling>[^\W\d][\w.-]*)(?![\w./:\[-])
    | (?P<operator>!=|<=|>=|[=<>+*,()-]) | (?P<path>\.\.|//?|@|\[|\]|\||::) | (?P<self>\.)
    | (?P<name>[^\W\d][\w-]*(?::[^\W\d][\w-]*)?)""",
    re.VERBOSE,
)
_WORDS: Final = frozenset({"and", "or", "div", "mod"})


def _tokens(text: str) -> Iterator[Token]:
    for token in tokens_of(text, _TOKEN, lambda index: Unsupported(Why.UNREADABLE, position=index + 1)):
        if token.kind == "path":
            raise Unsupported(Why.PATH)
        yield token


class _XPathParser(PrecedenceParser[Expression]):
    levels = (
        frozenset({"or"}),
        frozenset({"and"}),
        frozenset({"=", "!="}),
        frozenset({"<", "<=", ">", ">="}),
        frozenset({"+", "-"}),
        frozenset({"*", "div", "mod"}),
    )
    prefix = "-"
    max_depth = MAX_DEPTH
    max_operations = MAX_OPERATIONS

    def joined(self, first: Expression, rest: Sequence[tuple[str, Expression]]) -> Expression:
        return reduce(lambda left, step: BinaryOperation(step[0], left, step[1]), rest, first)

    def prefixed(self, operand: Expression) -> Expression:
        if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
            return Constant(-operand.value)
        raise Unsupported(Why.ARITHMETIC)

    def unexpected(self, wanted: str = "") -> Unsupported:  # noqa: ARG002  one sentence tells either
        return Unsupported(Why.UNREADABLE, position=self.token.column)

    def too_large(self) -> Unsupported:
        return Unsupported(Why.TOO_LONG, limit=MAX_LENGTH)

    def operand(self) -> Expression:
        if self.take("("):
            return self.inside()
        token = self.token
        match token.kind:
            case "text":
                found: Expression = Constant(token.text[1:-1])
            case "number":
                found = Constant(Decimal(token.text))
            case "reference" | "sibling":
                found = Reference(token.text)
            case "self":
                found = Self()
            case "name" if token.text not in _WORDS:
                return self._call()
            case _:
                raise self.unexpected()
        self.step()
        return found

    def _call(self) -> Function:
        name = self.step().text
        if not self.take("("):
            raise Unsupported(Why.PATH)  # a bare name is a child of the form's root
        return Function(name, () if self.take(")") else self.arguments())
