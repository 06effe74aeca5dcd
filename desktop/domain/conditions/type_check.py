"""What a condition may say of which field: found when a definition file is read, never when a record is.

- Every name is a field, `today` or `now`; a path goes through persons and links and ends at a stored field.
- Dates compare with dates, numbers with numbers, codes with values of their own list; nothing else has an order.
- All problems of a condition are found at once, each with its column.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from desktop.domain.base.dates import moment, span
from desktop.domain.conditions.parser import (
    Both,
    Call,
    Comparison,
    Either,
    IsEmpty,
    Literal,
    Membership,
    Name,
    Node,
    Not,
    suggestion,
)

MAX_LINKS: Final = 3


class Kind(StrEnum):
    """What a value is to a condition; the texts are how problems name it."""

    TEXT = "a text"
    DATE = "a date"
    MOMENT = "a date and time"
    NUMBER = "a number"
    TRUTH = "yes or no"
    CODE = "a code"
    CODES = "several codes"
    RECORD = "a record"
    ROWS = "rows"
    OTHER = "an address or an attachment"
    LIST = "a list of constants"
    UNKNOWN = "unknown"  # reported as wrong elsewhere: no further problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKind:
    """A field as conditions see it: `codes` are the allowed values, `register` the target of a link."""

    kind: Kind
    codes: frozenset[str] | None = None
    register: str | None = None
    is_computed: bool = False
    columns: Mapping[str, "FieldKind"] | None = None  # of rows


Fields: TypeAlias = Mapping[str, FieldKind]
FieldsOf: TypeAlias = Callable[[str], Fields | None]  # the fields of a register


def tree_problems(tree: Node, fields: Fields, fields_of: FieldsOf, expected: FieldKind) -> tuple[str, ...]:
    """Return what is wrong with a condition that should give a value of the expected kind (and of its codes)."""
    reading = _TypeChecker(fields, fields_of)
    found = reading.kind(tree)
    if found.kind not in {expected.kind, Kind.UNKNOWN}:
        reading.problems.append(f"it gives {found.kind.value}, where {expected.kind.value} is expected")
    elif found.codes is not None and expected.codes is not None:
        strange = sorted(found.codes - expected.codes)
        reading.problems += [f"it gives '{code}'{suggestion(code, expected.codes)}" for code in strange]
    return tuple(reading.problems)


def path_problem(path: tuple[str, ...], fields: Fields, fields_of: FieldsOf) -> str | None:
    """Return what is wrong with a name or a path through links."""
    found = _follow(path, fields, fields_of)
    return found if isinstance(found, str) else None


_DAYS: Final = frozenset({Kind.DATE, Kind.MOMENT})
_LISTS: Final = frozenset({Kind.CODES, Kind.ROWS})
_ROWS: Final = frozenset({Kind.ROWS})
_TEXT: Final = frozenset({Kind.TEXT})
_NUMBERS: Final = frozenset({Kind.NUMBER})
_SIGNATURES: Final[Mapping[str, tuple[tuple[frozenset[Kind], ...], Kind]]] = {
    "months_between": ((_DAYS, _DAYS), Kind.NUMBER),
    "days_between": ((_DAYS, _DAYS), Kind.NUMBER),
    "working_days_between": ((_DAYS, _DAYS), Kind.NUMBER),
    "hours_between": ((_DAYS, _DAYS), Kind.NUMBER),
    "minutes_between": ((_DAYS, _DAYS), Kind.NUMBER),
    "age_at": ((_DAYS, _DAYS), Kind.NUMBER),
    "count": ((_LISTS,), Kind.NUMBER),
    "sum_of": ((_ROWS, _TEXT), Kind.NUMBER),
    "some_row": ((_ROWS, _TEXT, frozenset({Kind.LIST})), Kind.TRUTH),
    "length": ((_TEXT,), Kind.NUMBER),
    "word_count": ((_TEXT,), Kind.NUMBER),
    "digit_count": ((_TEXT,), Kind.NUMBER),
    "is_marker": ((_TEXT,), Kind.TRUTH),
    "in_vietnam": ((_NUMBERS, _NUMBERS, frozenset({Kind.TRUTH})), Kind.TRUTH),
    "id_agrees_with_gender": ((_TEXT, frozenset({Kind.CODE})), Kind.TRUTH),
    "id_agrees_with_dob": ((_TEXT, frozenset({Kind.DATE})), Kind.TRUTH),
    "id_province_known": ((_TEXT,), Kind.TRUTH),
}
_COMPARABLE: Final = (
    {Kind.TEXT},
    {Kind.NUMBER},
    {Kind.TRUTH},
    {Kind.RECORD},
    {Kind.CODE},
    {Kind.CODE, Kind.TEXT},
)
_BUILT_IN: Final = {"today": FieldKind(kind=Kind.DATE), "now": FieldKind(kind=Kind.MOMENT)}


def _follow(path: tuple[str, ...], fields: Fields, fields_of: FieldsOf) -> FieldKind | str:
    """Return what a path ends at, or what is wrong with the path."""
    if len(path) - 1 > MAX_LINKS:
        return f"'{'.'.join(path)}' goes through more than {MAX_LINKS} links"
    first = fields.get(path[0]) or _BUILT_IN.get(path[0])
    if first is None:
        return f"no field '{path[0]}' here{suggestion(path[0], {*fields, *_BUILT_IN})}"
    here: FieldKind | str = first
    for behind, name in pairwise(path):
        if isinstance(here, FieldKind):
            here = _behind(behind, here, name, fields_of)
    return here


def _behind(link: str, found: FieldKind, name: str, fields_of: FieldsOf) -> FieldKind | str:
    if found.kind not in {Kind.RECORD, Kind.UNKNOWN}:
        return f"'{link}' is {found.kind.value}; only a person or a link leads on"
    target = fields_of(found.register) if found.register else None
    if target is None:  # an unknown register is reported at the link
        return FieldKind(kind=Kind.UNKNOWN)
    stored = {known: kind for known, kind in target.items() if not kind.is_computed}
    return stored.get(name) or f"no stored field '{name}' behind '{link}'{suggestion(name, stored)}"


class _TypeChecker:
    """One pass over one tree, gathering problems."""

    def __init__(self, fields: Fields, fields_of: FieldsOf) -> None:
        self._fields = fields
        self._fields_of = fields_of
        self.problems: list[str] = []

    def kind(self, node: Node) -> FieldKind:
        match node:
            case Literal():
                return FieldKind(kind=_literal_kind(node))
            case Name(path, column):
                found = _follow(path, self._fields, self._fields_of)
                return self._problem(column, found) if isinstance(found, str) else found
            case Call(function, arguments, column):
                return self._call(function, arguments, column)
            case Comparison():
                return self._comparison(node)
            case Membership():
                return self._membership(node)
            case IsEmpty(operand):
                self.kind(operand)
            case Not(operand):
                self._truth(operand)
            case Both(parts) | Either(parts):
                for part in parts:
                    self._truth(part)
        return _TRUTH

    def _problem(self, column: int, text: str) -> FieldKind:
        self.problems.append(f"column {column}: {text}")
        return FieldKind(kind=Kind.UNKNOWN)

    def _truth(self, node: Node) -> None:
        found = self.kind(node).kind
        if found not in {Kind.TRUTH, Kind.UNKNOWN}:
            self._problem(_column(node), f"{found.value} stands where yes or no is expected")

    def _call(self, function: str, arguments: tuple[Node, ...], column: int) -> FieldKind:
        if function == "first_true":
            return self._first_true(arguments, column)
        wanted, result = _SIGNATURES[function]
        for number, (argument, kinds) in enumerate(zip(arguments, wanted, strict=True), start=1):
            found = self.kind(argument)
            if found.kind not in {*kinds, Kind.UNKNOWN} and not (kinds <= _DAYS and _is_day(argument)):
                names = " or ".join(sorted(kind.value for kind in kinds))
                self._problem(column, f"value {number} of '{function}' is {found.kind.value}, not {names}")
            elif kinds == _ROWS and found.kind is Kind.ROWS:
                self._column(function, found, arguments, column)
        return FieldKind(kind=result)

    def _first_true(self, arguments: tuple[Node, ...], column: int) -> FieldKind:
        """Read conditions and the codes behind them; all that may come out is known when the file is read."""
        for condition in arguments[:-1:2]:
            self._truth(condition)
        values = [node.value for node in (*arguments[1::2], arguments[-1]) if isinstance(node, Literal)]
        codes = frozenset(value for value in values if isinstance(value, str))
        if len(values) <= len(arguments) // 2 or not all(isinstance(value, str) for value in values):
            return self._problem(column, "'first_true' gives codes in quotes")
        return FieldKind(kind=Kind.CODE, codes=codes)

    def _column(self, function: str, rows: FieldKind, arguments: tuple[Node, ...], column: int) -> None:
        """See that the rows have the column of a function over rows, and that it holds what is asked of it."""
        name = arguments[1].value if isinstance(arguments[1], Literal) else None
        found = (rows.columns or {}).get(str(name))
        if found is None:
            self._problem(
                column, f"'{function}' names no column of the rows{suggestion(str(name), rows.columns or ())}"
            )
        elif function == "sum_of" and found.kind not in {Kind.NUMBER, Kind.UNKNOWN}:
            self._problem(column, f"'{function}' adds numbers; '{name}' is {found.kind.value}")
        elif function == "some_row" and isinstance(arguments[2], Literal):
            item = FieldKind(kind=Kind.CODE, codes=found.codes) if found.kind is Kind.CODES else found
            self._listed(item, arguments[2], column)

    def _comparison(self, node: Comparison) -> FieldKind:
        left, right = self.kind(node.left), self.kind(node.right)
        kinds = {left.kind, right.kind}
        has_order = kinds == {Kind.NUMBER} or (
            bool(_DAYS & kinds)
            and (left.kind in _DAYS or _is_day(node.left))
            and (right.kind in _DAYS or _is_day(node.right))
        )
        if Kind.UNKNOWN in kinds or has_order:
            return _TRUTH
        is_equality = node.operator in {"=", "!="}
        if is_equality and Kind.CODE in kinds:
            self._code_values(left, node.right, node.column)
            self._code_values(right, node.left, node.column)
        if kinds not in _COMPARABLE:
            self._problem(node.column, f"'{node.operator}' compares {left.kind.value} with {right.kind.value}")
        elif not is_equality:
            self._problem(node.column, f"'{node.operator}' needs an order, and {left.kind.value} has none")
        return _TRUTH

    def _membership(self, node: Membership) -> FieldKind:
        item, group = self.kind(node.item), self.kind(node.group)
        if Kind.UNKNOWN in {item.kind, group.kind}:
            return _TRUTH
        if group.kind is Kind.CODES and item.kind in {Kind.TEXT, Kind.CODE}:
            self._code_values(group, node.item, node.column)
        elif isinstance(node.group, Literal) and group.kind is Kind.LIST:
            self._listed(item, node.group, node.column)
        else:
            self._problem(node.column, f"'in' looks for {item.kind.value} in {group.kind.value}")
        return _TRUTH

    def _listed(self, item: FieldKind, group: Literal, column: int) -> None:
        for value in group.value if isinstance(group.value, tuple) else ():
            constant = Literal(value)
            kind = _literal_kind(constant)
            self._code_values(item, constant, column)
            if {item.kind, kind} not in _COMPARABLE or kind is Kind.TRUTH:
                self._problem(column, f"the list holds {kind.value}, what is looked for is {item.kind.value}")

    def _code_values(self, coded: FieldKind, node: Node, column: int) -> None:
        """Check a constant against the code list of the field it meets."""
        if coded.codes is None or not isinstance(node, Literal) or not isinstance(node.value, str):
            return
        if node.value not in coded.codes:
            self._problem(column, f"no code '{node.value}' in the list{suggestion(node.value, coded.codes)}")


_TRUTH: Final = FieldKind(kind=Kind.TRUTH)


def _literal_kind(node: Literal) -> Kind:
    if isinstance(node.value, tuple):
        return Kind.LIST
    if isinstance(node.value, bool):
        return Kind.TRUTH
    return Kind.NUMBER if isinstance(node.value, int) else Kind.TEXT


def _is_day(node: Node) -> bool:
    """Return whether a constant is a date or a moment written in quotes."""
    return (
        isinstance(node, Literal)
        and isinstance(node.value, str)
        and (span(node.value) is not None or moment(node.value) is not None)
    )


def _column(node: Node) -> int:
    if isinstance(node, (Name, Call, Comparison, Membership)):
        return node.column
    if isinstance(node, (Not, IsEmpty)):
        return _column(node.operand)
    return _column(node.parts[0]) if isinstance(node, (Both, Either)) else 1
