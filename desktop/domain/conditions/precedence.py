"""What the readers of conditions and of XPath have in common: tokens with their columns, and operators by precedence.

    level n = level n+1 (operator of level n, level n+1)*     below the last level = prefix* operand

- A language names its operators, level by level and loosest first, its prefix, its operands and its errors.
- Pure: nothing is evaluated, and no error is raised but those the language makes.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

Tree = TypeVar("Tree")
END: Final = "end"
_TAKEN: Final = frozenset({"name", "operator", "mark"})  # kinds of tokens that are told by their text


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: the group of the pattern that matched, what it matched, and its column from 1."""

    kind: str
    text: str
    column: int


def tokens_of(text: str, pattern: re.Pattern[str], unreadable: Callable[[int], Exception]) -> Iterator[Token]:
    """Cut a text by a pattern of named groups, leave out `space`, and end it with a token of kind `END`.

    Raises:
        Exception: what `unreadable` makes of the index where the pattern does not match.
    """
    position = 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            raise unreadable(position)
        kind = str(match.lastgroup)
        if kind != "space":
            yield Token(kind, match[kind], position + 1)
        position = match.end()
    yield Token(END, "", len(text) + 1)


class PrecedenceParser(ABC, Generic[Tree]):
    """Reads the tokens of one text; a language says what its operands, joins and errors are."""

    levels: ClassVar[tuple[frozenset[str], ...]]
    """The operators between two operands, loosest first."""

    prefix: ClassVar[str]
    """The operator before an operand; twice is not at all."""

    max_depth: ClassVar[int]
    max_operations: ClassVar[int | None] = None

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = tuple(tokens)
        self._position = 0
        self._depth = 0
        self._operations = 0

    @abstractmethod
    def operand(self) -> Tree:
        """Read what stands between operators."""

    @abstractmethod
    def joined(self, first: Tree, rest: Sequence[tuple[str, Tree]]) -> Tree:
        """Return operands joined by operators of one level; `rest` is not empty."""

    @abstractmethod
    def prefixed(self, operand: Tree) -> Tree:
        """Return an operand behind its prefix."""

    @abstractmethod
    def unexpected(self, wanted: str = "") -> Exception:
        """Return the error of a token that cannot stand where it does, or that is not the wanted one."""

    @abstractmethod
    def too_large(self) -> Exception:
        """Return the error of a text beyond `max_depth` or `max_operations`."""

    def left_over(self) -> Exception:
        """Return the error of a token behind a whole expression."""
        return self.unexpected()

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._position]

    def step(self) -> Token:
        """Step over the next token, which is not the end, and return it."""
        token = self.token
        self._position += 1
        return token

    def take(self, *texts: str) -> str | None:
        """Step over the next token when it is one of some words or marks, and return it."""
        token = self.token
        return self.step().text if token.kind in _TAKEN and token.text in texts else None

    def expect(self, text: str) -> None:
        if self.take(text) is None:
            raise self.unexpected(text)

    def whole(self) -> Tree:
        """Read all tokens as one expression."""
        tree = self.expression()
        if self.token.kind != END:
            raise self.left_over()
        return tree

    def expression(self) -> Tree:
        self._depth += 1
        if self._depth > self.max_depth:
            raise self.too_large()
        tree = self._level(0)
        self._depth -= 1
        return tree

    def inside(self) -> Tree:
        """Read an expression and the bracket that closes it."""
        tree = self.expression()
        self.expect(")")
        return tree

    def arguments(self) -> tuple[Tree, ...]:
        """Read at least one expression, with commas between them, and the bracket that closes them."""
        found = [self.expression()]
        while self.take(","):
            found.append(self.expression())
        self.expect(")")
        return tuple(found)

    def _level(self, number: int) -> Tree:
        if number == len(self.levels):
            return self._behind_prefixes()
        first = self._level(number + 1)
        rest: list[tuple[str, Tree]] = []
        while operator := self.take(*self.levels[number]):
            self._operations += 1
            if self.max_operations is not None and self._operations > self.max_operations:
                raise self.too_large()
            rest.append((operator, self._level(number + 1)))
        return self.joined(first, rest) if rest else first

    def _behind_prefixes(self) -> Tree:
        is_prefixed = False
        while self.take(self.prefix):
            is_prefixed = not is_prefixed
        operand = self.operand()
        return self.prefixed(operand) if is_prefixed else operand
