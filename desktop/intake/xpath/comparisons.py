"""One comparison of a form's expression in our conditions, by what is compared: choices, numbers, days, texts.

- XPath compares texts as texts and all else as numbers; an empty answer is the text '' and no number.
- A choice compared as a number is asked by its list: `${n} > 2` becomes `n in ['3', '4']`.
- What would be answered otherwise here than there is not carried.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from desktop.domain.base.dates import moment, span
from desktop.domain.conditions.type_check import Kind
from desktop.intake.xpath.clauses import Clause, Truth, Unknown, all_of, any_of, condition_text, guarded, negation
from desktop.intake.xpath.terms import DAYS, ConstantValue, Known, Term, is_moment_or_day, quoted
from desktop.intake.xpath.unsupported import Unsupported, Why

FLIPPED: Final[Mapping[str, str]] = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

_EQUALITIES: Final = frozenset({"=", "!="})
_TRUTHS: Final[Mapping[ConstantValue, bool]] = {"true": True, "false": False, "OK": True}
_MOST: Final = Decimal(10) ** 15
_FARTHEST: Final = 1_000_000  # days


class Comparisons:
    """The comparisons of one expression. `own` is what a constraint is about: it is not asked of an empty answer.

    `asks_others` is whether some clause has an answer all the same when that one is empty.
    """

    def __init__(self, own: Known | None) -> None:
        self._own = own
        self.asks_others = False

    def compare(self, operator: str, left: Term, right: Term, unknown: Unknown) -> Truth:
        """Return a comparison; `unknown` is what an unknown answer will come to. Raises Unsupported."""
        if left.constant is not None:
            if right.constant is not None:
                return _folded(operator, left.constant, right.constant)
            return self.compare(FLIPPED[operator], right, left, unknown)
        if right.constant == "":
            return self.emptiness(operator, left)
        if left.kind in DAYS or right.kind in DAYS:
            return self._days(operator, left, right, unknown)
        if right.constant is None:
            return self._pair(operator, left, right, unknown)
        return self._by_kind[left.kind](self, operator, left, right.constant, unknown)

    def emptiness(self, operator: str, term: Term) -> Truth:
        """Return whether a field is empty, or is not."""
        if term.known is None or operator not in _EQUALITIES:
            raise Unsupported(Why.KINDS, operator=operator)
        self.asks_others = True
        if "" in term.known.codes:
            return Clause(f"{term.text} {operator} {quoted(term.known.codes[''])}")
        return Clause(f"{term.text} is empty" if operator == "=" else f"{term.text} is not empty")

    def chosen(self, group: Term, choice: str, unknown: Unknown) -> Truth:
        """Return whether a choice is among those of a question."""
        if group.kind is Kind.CODE:
            return self._code(group, "=", choice, unknown)
        if group.kind is not Kind.CODES or group.known is None:
            raise Unsupported(Why.KINDS, operator="selected")
        clause = Clause(f"{_code(group.known, choice)} in {group.text}")
        return self.guarded(clause, group.fields, when_empty=False, unknown=unknown)

    def guarded(self, clause: Clause, fields: tuple[str, ...], *, when_empty: bool, unknown: Unknown) -> Truth:
        """Return a clause that gives XPath's answer when a field is empty."""
        own = self._own
        others = tuple(name for name in fields if own is None or name != own.id or unknown is None)
        if own is None or own.id not in fields or (others and when_empty is not unknown):
            self.asks_others = True
        return guarded(clause, others, when_empty=when_empty, unknown=unknown)

    def _equal(self, operator: str, term: Term, value: str, unknown: Unknown) -> Truth:
        """Return `=` of a value, or `!=`; an empty field equals none."""
        clause = Clause(f"{term.text} {operator} {value}")
        return self.guarded(clause, term.fields, when_empty=operator == "!=", unknown=unknown)

    def _text(self, operator: str, term: Term, constant: ConstantValue, unknown: Unknown) -> Truth:
        if operator not in _EQUALITIES or not isinstance(constant, str):
            raise Unsupported(Why.KINDS, operator=operator)
        if span(constant) or moment(constant):  # our conditions would compare days
            raise Unsupported(Why.VALUE, value=constant[:40])
        return self._equal(operator, term, quoted(constant), unknown)

    def _truth(self, operator: str, term: Term, constant: ConstantValue, unknown: Unknown) -> Truth:
        answer = constant if isinstance(constant, bool) else _TRUTHS.get(constant)
        if answer is None or operator not in _EQUALITIES:
            raise Unsupported(Why.KINDS, operator=operator)
        return self._equal(operator, term, condition_text(answer), unknown)

    def _number(self, operator: str, term: Term, constant: ConstantValue, unknown: Unknown) -> Truth:
        number = _as_number(constant)
        if number is None:
            return operator == "!="
        whole = number.to_integral_value(rounding="ROUND_FLOOR")
        if not is_small(number) or (whole != number and not term.is_whole):
            raise Unsupported(Why.VALUE, value=str(constant)[:40])
        if whole != number:
            if operator in _EQUALITIES:
                return operator == "!="
            operator, whole = ("<=", whole) if operator in {"<", "<="} else (">=", whole + 1)
        clause = Clause(f"{term.text} {operator} {int(whole)}")
        when_empty = operator == "!=" if term.when_empty is None else _ordered(operator, term.when_empty, whole)
        return self.guarded(clause, term.fields, when_empty=when_empty, unknown=unknown)

    def _coded(self, operator: str, term: Term, constant: ConstantValue, unknown: Unknown) -> Truth:
        if isinstance(constant, bool):
            raise Unsupported(Why.KINDS, operator=operator)
        if operator in _EQUALITIES and isinstance(constant, str):
            return self._code(term, operator, constant, unknown)
        codes = term.known.codes if term.known else {}
        number = _as_number(constant)
        if number is None:
            return operator == "!="
        chosen = [code for name, code in codes.items() if _ordered(operator, _as_number(name), number)]
        if len(chosen) == len(codes) and operator == "!=":
            return True
        if not chosen and operator == "!=":
            return self.emptiness("=", term)
        if not chosen:
            return False
        listed = quoted(chosen[0]) if len(chosen) == 1 else f"[{', '.join(map(quoted, chosen))}]"
        clause = Clause(f"{term.text} {'=' if len(chosen) == 1 else 'in'} {listed}")
        return self.guarded(clause, term.fields, when_empty=operator == "!=", unknown=unknown)

    def _code(self, term: Term, operator: str, constant: str, unknown: Unknown) -> Truth:
        if term.known is None:
            raise Unsupported(Why.KINDS, operator=operator)
        return self._equal(operator, term, _code(term.known, constant), unknown)

    def _several(self, operator: str, term: Term, constant: ConstantValue, _unknown: Unknown) -> Truth:
        """Compare the choices of a question with one: equal when it alone was chosen."""
        if operator not in _EQUALITIES or not isinstance(constant, str) or term.known is None:
            raise Unsupported(Why.KINDS, operator=operator)
        self.asks_others = True
        alone = all_of([Clause(f"count({term.text}) = 1"), Clause(f"{_code(term.known, constant)} in {term.text}")])
        return alone if operator == "=" else negation(alone)

    def _days(self, operator: str, left: Term, right: Term, unknown: Unknown) -> Truth:
        left, right = _as_day(left, operator), _as_day(right, operator)
        apart = right.offset - left.offset
        if apart != apart.to_integral_value() or abs(apart) > _FARTHEST:
            raise Unsupported(Why.ARITHMETIC)
        clause = (
            Clause(f"days_between({right.text}, {left.text}) {operator} {int(apart)}")
            if apart
            else Clause(f"{left.text} {operator} {right.text}")
        )
        return self.guarded(clause, _fields(left, right), when_empty=operator == "!=", unknown=unknown)

    def _pair(self, operator: str, left: Term, right: Term, unknown: Unknown) -> Truth:
        kinds = {left.kind, right.kind}
        fields = _fields(left, right)
        if kinds == {Kind.NUMBER} and left.when_empty is right.when_empty is None:
            clause = Clause(f"{left.text} {operator} {right.text}")
            return self.guarded(clause, fields, when_empty=operator == "!=", unknown=unknown)
        if operator not in _EQUALITIES or kinds not in ({Kind.TEXT}, {Kind.CODE}, {Kind.TRUTH}):
            raise Unsupported(Why.KINDS, operator=operator)
        self.asks_others = True
        both_empty = all_of([Clause(f"{name} is empty") for name in fields])
        equal = guarded(Clause(f"{left.text} = {right.text}"), fields, when_empty=False, unknown=None)
        same = any_of([both_empty, equal])
        return same if operator == "=" else negation(same)

    _by_kind: Final[Mapping[Kind, Callable[..., Truth]]] = {
        Kind.TEXT: _text,
        Kind.TRUTH: _truth,
        Kind.NUMBER: _number,
        Kind.CODE: _coded,
        Kind.CODES: _several,
    }


def is_small(number: Decimal) -> bool:
    """Return whether a number is one that our conditions can hold."""
    return abs(number) < _MOST


def _fields(left: Term, right: Term) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*left.fields, *right.fields)))


def _code(known: Known, choice: str) -> str:
    if choice not in known.codes:
        raise Unsupported(Why.CHOICE_UNKNOWN, choice=choice[:40])
    return quoted(known.codes[choice])


def _as_day(term: Term, operator: str) -> Term:
    if term.kind in DAYS:
        return term
    if not isinstance(term.constant, str):
        raise Unsupported(Why.KINDS, operator=operator)
    if not is_moment_or_day(term.constant):
        raise Unsupported(Why.VALUE, value=term.constant[:40])
    return Term(text=quoted(term.constant), kind=Kind.DATE)


def _as_number(constant: ConstantValue) -> Decimal | None:
    if isinstance(constant, bool):
        return Decimal(constant)
    try:
        number = Decimal(constant.strip() if isinstance(constant, str) and constant.isascii() else constant)
    except InvalidOperation:
        return None
    return number if math.isfinite(number) else None


def _folded(operator: str, left: ConstantValue, right: ConstantValue) -> bool:
    """Compare two constants as XPath 1.0 does: as texts when both are, else as numbers."""
    if operator in _EQUALITIES and isinstance(left, str) and isinstance(right, str):
        return (left == right) is (operator == "=")
    return _ordered(operator, _as_number(left), _as_number(right))


def _ordered(operator: str, left: Decimal | None, right: Decimal | None) -> bool:
    if left is None or right is None:  # no number
        return operator == "!="
    return {
        "=": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]
