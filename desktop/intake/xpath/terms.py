"""The operands of a form's expressions in the words of our conditions: fields, days, counts, constants.

- A question is known by the name it has in the form; what it became says what may be asked of it.
- Days may be moved by whole numbers of days, and the days between two are a number; other arithmetic is not carried.
- Whole years as forms reckon them, `int((today() - ${dob}) div 365.25)`, become `age_at`, which counts by the calendar.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, TypeAlias

from desktop.domain.base.dates import moment, span
from desktop.domain.conditions.type_check import Kind
from desktop.intake.xpath.tree import BinaryOperation, Constant, Expression, Function, Reference, Self
from desktop.intake.xpath.unsupported import Unsupported, Why

DAYS: Final = frozenset({Kind.DATE, Kind.MOMENT})
ConstantValue: TypeAlias = str | Decimal | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a question became. `codes` are its choices by their name in the form, `choices` the name of their list.

    `rows` are the rows it is a column of.
    """

    id: str
    kind: Kind
    codes: Mapping[str, str] = field(default_factory=dict)
    choices: str = ""
    is_whole: bool = True
    is_computed: bool = False
    rows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An operand. `fields` are those whose emptiness leaves it unknown; XPath then reads `when_empty`, or no number."""

    text: str
    kind: Kind
    known: Known | None = None
    fields: tuple[str, ...] = ()
    constant: ConstantValue | None = None
    when_empty: Decimal | None = None
    is_whole: bool = True
    offset: Decimal = Decimal(0)


@dataclass(slots=True, kw_only=True)
class Names:
    """What the names of an expression mean in its place: `own` is what a constraint is about, `row` the rows."""

    known: Mapping[str, Known]
    twice: frozenset[str]
    own: Known | None = None
    row: str = ""
    counts_years: bool = False
    """Whether an expression read by these names counted whole years."""

    def find(self, name: str) -> Known:
        """Raises Unsupported: NAME_UNKNOWN, NAME_TWICE."""
        if name in self.twice:
            raise Unsupported(Why.NAME_TWICE, name=name)
        if name not in self.known:
            raise Unsupported(Why.NAME_UNKNOWN, name=name)
        return self.known[name]


def term_of(node: Expression, names: Names) -> Term:
    """Return an operand in our words. Raises Unsupported."""
    match node:
        case Constant(value):
            return Term(text=_literal(value), kind=_KINDS[type(value)], constant=value)
        case Self():
            if names.own is None:
                raise Unsupported(Why.PATH)
            return _field_term(names.own)
        case Reference(name):
            known = names.find(name)
            if known.rows and known.rows != names.row:
                raise Unsupported(Why.KINDS, operator=name)
            return _field_term(known)
        case BinaryOperation(operator, left, right):
            return _sum(operator, term_of(left, names), term_of(right, names))
        case Function(name, arguments):
            return _function(name, arguments, names)


def quoted(text: str) -> str:
    """Return a text as a constant of our conditions. Raises Unsupported when it holds both kinds of quotes."""
    mark = "'" if "'" not in text else '"'
    if mark in text or "\n" in text:
        raise Unsupported(Why.VALUE, value=text[:40])
    return f"{mark}{text}{mark}"


def is_moment_or_day(text: str) -> bool:
    """Return whether a text is a whole day or a moment."""
    return bool(moment(text)) or (len(text) == len("2024-01-01") and span(text) is not None)


_KINDS: Final = {str: Kind.TEXT, Decimal: Kind.NUMBER}
_DAYS_IN_A_YEAR: Final = (Decimal(365), Decimal(366))
_NO_TERMS: Final = (Kind.ROWS, Kind.OTHER, Kind.RECORD, Kind.UNKNOWN)


def _literal(value: str | Decimal) -> str:
    if isinstance(value, str):
        return quoted(value) if not ("'" in value and '"' in value) else ""
    return str(int(value)) if value == value.to_integral_value() else str(value)


def _field_term(known: Known) -> Term:
    if known.kind in _NO_TERMS:
        raise Unsupported(Why.KINDS, operator=known.id)
    return Term(text=known.id, kind=known.kind, known=known, fields=(known.id,), is_whole=known.is_whole)


def _sum(operator: str, left: Term, right: Term) -> Term:
    """Return days moved by days, or the days from one to another."""
    if operator in {"+", "-"} and left.kind in DAYS:
        if isinstance(right.constant, Decimal):
            return replace(left, offset=left.offset + (right.constant if operator == "+" else -right.constant))
        if operator == "-" and right.kind in DAYS and not left.offset and not right.offset:
            return Term(
                text=f"days_between({right.text}, {left.text})",
                kind=Kind.NUMBER,
                fields=tuple(dict.fromkeys((*right.fields, *left.fields))),
            )
    if operator == "+" and right.kind in DAYS and isinstance(left.constant, Decimal):
        return _sum(operator, right, left)
    raise Unsupported(Why.ARITHMETIC)


def _function(name: str, arguments: tuple[Expression, ...], names: Names) -> Term:
    if not arguments and name in _CONSTANTS:
        return _CONSTANTS[name]
    reader = _FUNCTIONS.get(name)
    if reader is None or len(arguments) != 1:
        raise Unsupported(Why.FUNCTION, name=name)
    return reader(arguments[0], names)


def _count_selected(node: Expression, names: Names) -> Term:
    found = term_of(node, names)
    if found.kind is not Kind.CODES:
        raise Unsupported(Why.KINDS, operator="count-selected")
    return Term(text=f"count({found.text})", kind=Kind.NUMBER)


def _count(node: Expression, names: Names) -> Term:
    known = names.find(node.name) if isinstance(node, Reference) else None
    rows = known.rows or known.id if known else ""
    if known is None or not (known.rows or known.kind is Kind.ROWS) or names.row:
        raise Unsupported(Why.FUNCTION, name="count")
    return Term(text=f"count({rows})", kind=Kind.NUMBER)


def _sum_of(node: Expression, names: Names) -> Term:
    known = names.find(node.name) if isinstance(node, Reference) else None
    if known is None or not known.rows or known.kind is not Kind.NUMBER or names.row:
        raise Unsupported(Why.FUNCTION, name="sum")
    return Term(text=f"sum_of({known.rows}, '{known.id}')", kind=Kind.NUMBER, is_whole=known.is_whole)


def _length(node: Expression, names: Names) -> Term:
    found = term_of(node, names)
    if found.kind is not Kind.TEXT or found.known is None:
        raise Unsupported(Why.KINDS, operator="string-length")
    return Term(text=f"length({found.text})", kind=Kind.NUMBER, fields=found.fields, when_empty=Decimal(0))


def _day(node: Expression, names: Names) -> Term:
    found = term_of(node, names)
    if isinstance(found.constant, str):
        if not is_moment_or_day(found.constant):
            raise Unsupported(Why.VALUE, value=found.constant[:40])
        return Term(text=quoted(found.constant), kind=Kind.DATE)
    if found.kind not in DAYS:
        raise Unsupported(Why.KINDS, operator="date")
    return found


def _whole(node: Expression, names: Names) -> Term:
    years = _years(node, names)
    if years is not None:
        return years
    found = term_of(node, names)
    if found.kind is not Kind.NUMBER or not found.is_whole:
        raise Unsupported(Why.ARITHMETIC)
    return found


def _years(node: Expression, names: Names) -> Term | None:
    """Return the age that is meant by days divided by those of a year."""
    match node:
        case BinaryOperation("div", BinaryOperation("-", later, earlier), Constant(Decimal() as days)):
            left, right = term_of(later, names), term_of(earlier, names)
            least, most = _DAYS_IN_A_YEAR
            if {left.kind, right.kind} <= DAYS and not left.offset and not right.offset and least <= days <= most:
                names.counts_years = True
                fields = tuple(dict.fromkeys((*right.fields, *left.fields)))
                return Term(text=f"age_at({right.text}, {left.text})", kind=Kind.NUMBER, fields=fields)
    return None


def _number(node: Expression, names: Names) -> Term:
    found = term_of(node, names)
    if found.kind is not Kind.NUMBER:
        raise Unsupported(Why.KINDS, operator="number")
    return found


def _string(node: Expression, names: Names) -> Term:
    found = term_of(node, names)
    if found.kind not in {Kind.TEXT, Kind.CODE}:
        raise Unsupported(Why.KINDS, operator="string")
    return found


_CONSTANTS: Final[Mapping[str, Term]] = {
    "today": Term(text="today", kind=Kind.DATE),
    "now": Term(text="now", kind=Kind.MOMENT),
    "true": Term(text="true", kind=Kind.TRUTH, constant=True),
    "false": Term(text="false", kind=Kind.TRUTH, constant=False),
}
_FUNCTIONS: Final[Mapping[str, Callable[[Expression, Names], Term]]] = {
    "count-selected": _count_selected,
    "count": _count,
    "sum": _sum_of,
    "string-length": _length,
    "date": _day,
    "date-time": _day,
    "int": _whole,
    "floor": _whole,
    "number": _number,
    "string": _string,
}
