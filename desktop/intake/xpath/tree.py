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
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

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
    return _Parser(_tokens(text)).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


_TOKEN: Final = re.compile(
    r"""(?P<space>\s+) | (?P<text>'[^']*'|"[^"]*") | (?P<number>[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})
    | \$\{\s*(?P<reference>[^\s{}]{1,100})\s*\} | \.\./(?P<sibling>[^\W\d][\w.-]*)(?![\w./:\[-])
    | (?P<operator>!=|<=|>=|[=<>+*,()-]) | (?P<path>\.\.|//?|@|\[|\]|\||::) | (?P<self>\.)
    | (?P<name>[^\W\d][\w-]*(?::[^\W\d][\w-]*)?)""",
    re.VERBOSE,
)
_WORDS: Final = frozenset({"and", "or", "div", "mod"})


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unsupported(Why.UNREADABLE, position=position + 1)
        kind = str(match.lastgroup)
        if kind == "path":
            raise Unsupported(Why.PATH)
        if kind != "space":
            found.append(_Token("reference" if kind == "sibling" else kind, match[kind], position + 1))
        position = match.end()
    found.append(_Token("end", "", len(text) + 1))
    return found


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0
        self._operations = 0

    def whole(self) -> Expression:
        tree = self._either()
        if self._token.kind != "end":
            raise self._unexpected()
        return tree

    @property
    def _token(self) -> _Token:
        return self._tokens[self._position]

    def _unexpected(self) -> Unsupported:
        return Unsupported(Why.UNREADABLE, position=self._token.column)

    def _take(self, *words: str) -> str | None:
        """Step over one of some operators or words when it is the next token, and return it."""
        token = self._token
        if token.kind in {"operator", "name"} and token.text in words:
            self._position += 1
            return token.text
        return None

    def _either(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unsupported(Why.TOO_LONG, limit=MAX_LENGTH)
        tree = self._joined(self._both, "or")
        self._depth -= 1
        return tree

    def _both(self) -> Expression:
        return self._joined(self._equal, "and")

    def _equal(self) -> Expression:
        return self._joined(self._order, "=", "!=")

    def _order(self) -> Expression:
        return self._joined(self._sum, "<", "<=", ">", ">=")

    def _sum(self) -> Expression:
        return self._joined(self._product, "+", "-")

    def _product(self) -> Expression:
        return self._joined(self._one, "*", "div", "mod")

    def _joined(self, part: Callable[[], Expression], *operators: str) -> Expression:
        tree = part()
        while operator := self._take(*operators):
            self._operations += 1
            if self._operations > MAX_OPERATIONS:
                raise Unsupported(Why.TOO_LONG, limit=MAX_LENGTH)
            tree = BinaryOperation(operator, tree, part())
        return tree

    def _one(self) -> Expression:
        negations = 0
        while self._take("-"):
            negations += 1
        operand = self._operand()
        if negations % 2 == 0:
            return operand
        if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
            return Constant(-operand.value)
        raise Unsupported(Why.ARITHMETIC)

    def _operand(self) -> Expression:
        token = self._token
        if self._take("("):
            inner = self._either()
            self._expect(")")
            return inner
        self._position += 1
        match token.kind:
            case "text":
                return Constant(token.text[1:-1])
            case "number":
                return Constant(Decimal(token.text))
            case "reference":
                return Reference(token.text)
            case "self":
                return Self()
            case "name" if token.text not in _WORDS:
                return self._call(token)
        self._position -= 1
        raise self._unexpected()

    def _call(self, token: _Token) -> Expression:
        if not self._take("("):
            raise Unsupported(Why.PATH)  # a bare name is a child of the form's root
        arguments: list[Expression] = []
        if not self._take(")"):
            arguments.append(self._either())
            while self._take(","):
                arguments.append(self._either())
            self._expect(")")
        return Function(token.text, tuple(arguments))

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._unexpected()
