"""The expressions of a form as our conditions: the same answer for the same record, or the reason why not.

- Every clause is right for empty fields too: `${a} != 'x'` is true of an empty `a`, so it becomes
  `a is empty or a != 'x'` where an unknown answer would say otherwise.
- A constraint is not asked of an empty answer, as in the form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.domain.conditions.type_check import Kind
from desktop.intake.xpath.clauses import Clause, Truth, Unknown, all_of, any_of, condition_text, negation
from desktop.intake.xpath.comparisons import FLIPPED, Comparisons, is_small
from desktop.intake.xpath.patterns import digits_wanted
from desktop.intake.xpath.terms import Known, Names, Term, quoted, term_of
from desktop.intake.xpath.tree import BinaryOperation, Constant, Expression, Function, parse_xpath
from desktop.intake.xpath.unsupported import Unsupported, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a calculation gives: its text in our language, its kind; `choices` when it chooses between constants."""

    text: str
    kind: Kind
    choices: tuple[str, ...] = ()
    known: Known | None = None


def relevance(text: str, names: Names) -> Truth:
    """Return when a question is asked, or must be answered. Raises Unsupported."""
    return _ExpressionReader(names).truth(parse_xpath(text), unknown=False)


def constraint(text: str, names: Names) -> Truth:
    """Return what must not be false of an answer. Raises Unsupported."""
    reader = _ExpressionReader(names)
    clause = reader.truth(parse_xpath(text), unknown=True)
    if names.own is None or clause is True or not (clause is False or reader.asks_others):
        return clause
    return any_of([Clause(f"{names.own.id} is empty"), clause])


def calculation(text: str, names: Names, code_of: Callable[[str], str]) -> Value:
    """Return what a calculated question is computed from; `code_of` makes a code of a constant. Raises Unsupported."""
    return _ExpressionReader(names).value(parse_xpath(text), code_of)


_TRUTHS: Final = frozenset({"not", "boolean", "selected", "regex", "true", "false"})


class _ExpressionReader:
    """One expression read as a truth or as a value."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._comparisons = Comparisons(names.own)

    @property
    def asks_others(self) -> bool:
        return self._comparisons.asks_others

    def truth(self, node: Expression, *, unknown: Unknown) -> Truth:
        match node:
            case BinaryOperation(operator, left, right) if operator in {"and", "or"}:
                parts = [self.truth(left, unknown=unknown), self.truth(right, unknown=unknown)]
                return all_of(parts) if operator == "and" else any_of(parts)
            case BinaryOperation(operator, left, right) if operator in FLIPPED:
                return self._comparisons.compare(operator, self._term(left), self._term(right), unknown)
            case Function("not", (inner,)):
                return negation(self.truth(inner, unknown=None if unknown is None else not unknown))
            case Function("boolean", (inner,)):
                return self.truth(inner, unknown=unknown)
            case Function("if" | "selected" | "regex"):
                return self._function(node, unknown)
        return self._alone(self._term(node), unknown)

    def value(self, node: Expression, code_of: Callable[[str], str]) -> Value:
        if isinstance(node, Function) and _is_choice(node):
            return self._chosen(node, code_of)
        if _is_truth(node):
            return Value(text=condition_text(self.truth(node, unknown=None)), kind=Kind.TRUTH)
        term = self._term(node)
        if term.offset or (term.kind is Kind.NUMBER and not term.is_whole):
            raise Unsupported(Why.ARITHMETIC)
        if isinstance(term.constant, Decimal) and not is_small(term.constant):
            raise Unsupported(Why.VALUE, value=str(term.constant))
        if term.constant == "" or term.kind is Kind.CODES:
            raise Unsupported(Why.KINDS, operator="calculation")
        text = quoted(term.constant) if isinstance(term.constant, str) else term.text
        return Value(text=text, kind=term.kind, known=term.known)

    def _term(self, node: Expression) -> Term:
        return term_of(node, self._names)

    def _function(self, node: Function, unknown: Unknown) -> Truth:
        match node:
            case Function("if", (condition, then, otherwise)):
                certain = self.truth(condition, unknown=None)
                yes = all_of([certain, self.truth(then, unknown=unknown)])
                return any_of([yes, all_of([negation(certain), self.truth(otherwise, unknown=unknown)])])
            case Function("selected", (group, choice)):
                return self._comparisons.chosen(self._term(group), _constant(choice), unknown)
            case Function("regex", (text, pattern)):
                return self._regex(self._term(text), pattern, unknown)
        raise Unsupported(Why.FUNCTION, name=node.name)

    def _chosen(self, node: Function, code_of: Callable[[str], str]) -> Value:
        """Read `if(a, 'x', if(b, 'y', 'z'))`: conditions and the constants behind them."""
        parts: list[str] = []
        choices: list[str] = []
        rest: Expression = node
        while isinstance(rest, Function) and _is_choice(rest):
            condition, then, rest = rest.arguments
            choices.append(_constant(then))
            parts += [condition_text(self.truth(condition, unknown=None)), quoted(code_of(choices[-1]))]
        choices.append(_constant(rest))
        text = f"first_true({', '.join([*parts, quoted(code_of(choices[-1]))])})"
        return Value(text=text, kind=Kind.CODE, choices=tuple(dict.fromkeys(choices)))

    def _alone(self, term: Term, unknown: Unknown) -> Truth:
        """Read an operand in the place of a truth value: a text is true unless it is empty."""
        if term.constant is not None:
            return bool(term.constant)
        if term.kind is Kind.TRUTH:
            clause = Clause(f"{term.text} = true")
        elif term.known is not None and term.kind is not Kind.NUMBER:
            return self._comparisons.emptiness("!=", term)
        elif term.text.startswith(("count(", "length(")):
            clause = Clause(f"{term.text} > 0")
        else:
            raise Unsupported(Why.KINDS, operator="boolean")
        return self._comparisons.guarded(clause, term.fields, when_empty=False, unknown=unknown)

    def _regex(self, term: Term, pattern: Expression, unknown: Unknown) -> Truth:
        least, most = digits_wanted(_constant(pattern))
        if term.kind is not Kind.TEXT or term.known is None:
            raise Unsupported(Why.KINDS, operator="regex")
        name = term.text
        parts: list[Truth] = [Clause(f"digit_count({name}) = length({name})")]
        parts.append(Clause(f"length({name}) = {least}" if least == most else f"length({name}) >= {least}"))
        if most is not None and most != least:
            parts.append(Clause(f"length({name}) <= {most}"))
        clause = all_of(parts)
        if isinstance(clause, bool):
            return clause
        return self._comparisons.guarded(clause, term.fields, when_empty=False, unknown=unknown)


def _is_choice(node: Function) -> bool:
    return node.name == "if" and len(node.arguments) == 3


def _is_truth(node: Expression) -> bool:
    if isinstance(node, BinaryOperation):
        return node.operator in {"and", "or", *FLIPPED}
    return isinstance(node, Function) and node.name in _TRUTHS


def _constant(node: Expression) -> str:
    """Return a constant as XPath would write it. Raises Unsupported."""
    match node:
        case Constant(str() as text):
            return text
        case Constant(Decimal() as number):
            return format(number.normalize(), "f")
        case Function("true" | "false", ()):
            return node.name
    raise Unsupported(Why.KINDS, operator="if / selected")
