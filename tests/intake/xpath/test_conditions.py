"""A translated expression gives the answer of XPath for every record, empty answers among them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.conditions.condition import evaluate, parse_condition, type_check
from desktop.domain.conditions.type_check import FieldKind, Kind
from desktop.intake.xpath.clauses import Truth, condition_text
from desktop.intake.xpath.conditions import calculation, constraint, relevance
from desktop.intake.xpath.terms import Known, Names
from desktop.intake.xpath.unsupported import Unsupported, Why

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
CODES = {"1": "1", "2": "2", "ten": "ten"}
SEVERAL = {"p": "p", "q": "q"}
KNOWN = {
    "t": Known(id="t", kind=Kind.TEXT),
    "u": Known(id="u", kind=Kind.TEXT),
    "n": Known(id="n", kind=Kind.NUMBER),
    "o": Known(id="o", kind=Kind.NUMBER),
    "x": Known(id="x", kind=Kind.NUMBER, is_whole=False),
    "d": Known(id="d", kind=Kind.DATE),
    "c": Known(id="c", kind=Kind.CODE, codes=CODES, choices="list"),
    "m": Known(id="m", kind=Kind.CODES, codes=SEVERAL),
    "k": Known(id="k", kind=Kind.TRUTH),
    "rows": Known(id="rows", kind=Kind.ROWS),
    "amount": Known(id="amount", kind=Kind.NUMBER, rows="rows"),
}
KINDS = {
    **{name: FieldKind(kind=one.kind, codes=frozenset(one.codes.values()) or None) for name, one in KNOWN.items()},
    "rows": FieldKind(kind=Kind.ROWS, columns={"amount": FieldKind(kind=Kind.NUMBER)}),
}
Record = Mapping[str, Any]


def names(own: str | None = None) -> Names:
    return Names(known=KNOWN, twice=frozenset({"twin"}), own=KNOWN[own] if own else None)


def answer(clause: Truth, record: Record, *, unknown: bool) -> bool:
    """Return what our conditions say, having seen that the loader would take the condition."""
    text = condition_text(clause)
    condition = parse_condition(text)
    assert type_check(condition, KINDS, lambda _name: None) == ()
    found = evaluate(condition, record, today=TODAY, now=NOW)
    assert found in {True, False, None}
    return unknown if found is None else bool(found)


@dataclass(frozen=True)
class Written:
    """An expression as a form has it, and what XPath answers for a record."""

    text: str
    holds: Callable[[Record], bool]


def number_of(value: Any) -> float:  # noqa: ANN401  any stored value
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
orders = st.sampled_from(sorted(ORDERS))
equalities = st.sampled_from(["=", "!="])
whole = st.integers(-3, 30)


def text_of(record: Record, field: str) -> str:
    return str(record.get(field) or "")


def as_days(value: Any) -> float:  # noqa: ANN401  as above
    return float(dt.date.fromisoformat(value).toordinal()) if value else float("nan")


@st.composite
def atoms(draw: st.DrawFn) -> Written:
    shape = draw(st.sampled_from(sorted(SHAPES)))
    return SHAPES[shape](draw)


def compared_text(draw: st.DrawFn) -> Written:
    operator, constant = draw(equalities), draw(st.sampled_from(["a", "b", "it's", ""]))
    quote = '"' if "'" in constant else "'"
    return Written(
        f"${{t}} {operator} {quote}{constant}{quote}", lambda r: (text_of(r, "t") == constant) is (operator == "=")
    )


def compared_texts(draw: st.DrawFn) -> Written:
    operator = draw(equalities)
    return Written(f"${{t}} {operator} ${{u}}", lambda r: (text_of(r, "t") == text_of(r, "u")) is (operator == "="))


def compared_number(draw: st.DrawFn) -> Written:
    operator, constant, flipped = (
        draw(orders),
        draw(st.one_of(whole, st.sampled_from([0.5, 3.25]))),
        draw(st.booleans()),
    )
    text = f"{constant} {FLIPPED[operator]} ${{n}}" if flipped else f"${{n}} {operator} {constant}"
    return Written(text, lambda r: ORDERS[operator](number_of(r.get("n")), constant))


def compared_numbers(draw: st.DrawFn) -> Written:
    operator = draw(orders)
    return Written(
        f"${{n}} {operator} ${{o}}", lambda r: ORDERS[operator](number_of(r.get("n")), number_of(r.get("o")))
    )


def empty_number(draw: st.DrawFn) -> Written:
    operator = draw(equalities)
    return Written(f"${{n}}{operator}''", lambda r: (r.get("n") is None) is (operator == "="))


def compared_choice(draw: st.DrawFn) -> Written:
    operator, choice = draw(equalities), draw(st.sampled_from([*CODES, ""]))
    return Written(f"${{c}} {operator} '{choice}'", lambda r: (text_of(r, "c") == choice) is (operator == "="))


def counted_choice(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(0, 3))
    return Written(f"${{c}} {operator} {constant}", lambda r: ORDERS[operator](number_of(r.get("c")), constant))


def selected(draw: st.DrawFn) -> Written:
    choice = draw(st.sampled_from(sorted(SEVERAL)))
    return Written(f"selected(${{m}}, '{choice}')", lambda r: choice in (r.get("m") or []))


def selected_one(draw: st.DrawFn) -> Written:
    choice = draw(st.sampled_from(sorted(CODES)))
    return Written(f"selected(${{c}}, '{choice}')", lambda r: r.get("c") == choice)


def count_selected(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(0, 3))
    return Written(
        f"count-selected(${{m}}) {operator} {constant}", lambda r: ORDERS[operator](len(r.get("m") or []), constant)
    )


def only_selected(draw: st.DrawFn) -> Written:
    operator, choice = draw(equalities), draw(st.sampled_from(sorted(SEVERAL)))
    return Written(f"${{m}} {operator} '{choice}'", lambda r: ((r.get("m") or []) == [choice]) is (operator == "="))


def text_length(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(0, 3))
    return Written(
        f"string-length(${{t}}) {operator} {constant}", lambda r: ORDERS[operator](len(text_of(r, "t")), constant)
    )


def digits(draw: st.DrawFn) -> Written:
    least, more = draw(st.integers(1, 2)), draw(st.integers(0, 1))
    pattern = f"^[0-9]{{{least},{least + more}}}$" if more else f"^\\d{{{least}}}$"

    def holds(record: Record) -> bool:
        text = text_of(record, "t")
        return all("0" <= sign <= "9" for sign in text) and least <= len(text) <= least + more

    return Written(f"regex(${{t}}, '{pattern}')", holds)


def compared_day(draw: st.DrawFn) -> Written:
    operator, moved = draw(orders), draw(st.sampled_from([0, -30, 1]))
    sign = f" {'+' if moved > 0 else '-'} {abs(moved)}" if moved else ""
    day = draw(st.sampled_from(["today()", "date('2026-11-20')"]))
    fixed = TODAY if day == "today()" else dt.date(2026, 11, 20)
    return Written(
        f"${{d}} {operator} {day}{sign}", lambda r: ORDERS[operator](as_days(r.get("d")), fixed.toordinal() + moved)
    )


def days_apart(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(-1, 40))
    return Written(
        f"today() - ${{d}} {operator} {constant}",
        lambda r: ORDERS[operator](TODAY.toordinal() - as_days(r.get("d")), constant),
    )


def agreed(draw: st.DrawFn) -> Written:
    operator = draw(equalities)
    return Written(f"${{k}} {operator} 'OK'", lambda r: (r.get("k") is True) is (operator == "="))


def answered(draw: st.DrawFn) -> Written:
    field = draw(st.sampled_from(["t", "c", "m", "d", "k"]))
    return Written(f"boolean(${{{field}}})", lambda r: bool(r.get(field)))


def counted_rows(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(0, 2))
    return Written(
        f"count(${{rows}}) {operator} {constant}", lambda r: ORDERS[operator](len(r.get("rows") or []), constant)
    )


def summed_rows(draw: st.DrawFn) -> Written:
    operator, constant = draw(orders), draw(st.integers(0, 6))
    return Written(
        f"sum(${{amount}}) {operator} {constant}",
        lambda r: ORDERS[operator](sum(row["amount"] for row in r.get("rows") or []), constant),
    )


def always(draw: st.DrawFn) -> Written:
    truth = draw(st.booleans())
    return Written(draw(st.sampled_from([f"{str(truth).lower()}()", f"1 = {1 if truth else 2}"])), lambda _r: truth)


SHAPES: dict[str, Callable[[st.DrawFn], Written]] = {
    found.__name__: found
    for found in (
        compared_text,
        compared_texts,
        compared_number,
        compared_numbers,
        empty_number,
        compared_choice,
        counted_choice,
        selected,
        selected_one,
        count_selected,
        only_selected,
        text_length,
        digits,
        compared_day,
        days_apart,
        agreed,
        answered,
        counted_rows,
        summed_rows,
        always,
    )
}


def joined(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(
        st.tuples(inner, inner).map(
            lambda p: Written(f"({p[0].text}) and ({p[1].text})", lambda r: p[0].holds(r) and p[1].holds(r))
        ),
        st.tuples(inner, inner).map(
            lambda p: Written(f"{p[0].text} or {p[1].text}", lambda r: p[0].holds(r) or p[1].holds(r))
        ),
        inner.map(lambda p: Written(f"not({p.text})", lambda r: not p.holds(r))),
        st.tuples(inner, inner, inner).map(
            lambda p: Written(
                f"if({p[0].text}, {p[1].text}, {p[2].text})",
                lambda r: p[1].holds(r) if p[0].holds(r) else p[2].holds(r),
            )
        ),
    )


expressions = st.recursive(atoms(), joined, max_leaves=4)
records = st.fixed_dictionaries(
    {},
    optional={
        "t": st.sampled_from(["a", "b", "it's", "1", "12", "123"]),
        "u": st.sampled_from(["a", "b"]),
        "n": whole,
        "o": whole,
        "d": st.sampled_from(["2026-11-20", "2026-11-21", "2026-10-22", "2026-10-21", "2030-01-01"]),
        "c": st.sampled_from(sorted(CODES)),
        "m": st.lists(st.sampled_from(sorted(SEVERAL)), min_size=1, unique=True),
        "k": st.just(value=True),
        "rows": st.lists(st.fixed_dictionaries({"amount": st.integers(0, 4)}), min_size=1, max_size=3),
    },
)


_MadeT = TypeVar("_MadeT")


def carried(make: Callable[[], _MadeT]) -> _MadeT:
    """Return what an expression became; nested `if` may give more than a condition holds, which is told."""
    try:
        return make()
    except Unsupported as lost:
        assume(lost.why is not Why.TOO_LONG)
        raise


@given(expressions, records)
def test_a_relevance_says_what_xpath_says(written: Written, record: Record) -> None:
    clause = carried(lambda: relevance(written.text, names()))

    assert answer(clause, record, unknown=False) is written.holds(record)


@given(expressions, records, st.sampled_from(["t", "n", "c", "m", "d"]))
def test_a_constraint_says_what_xpath_says_and_is_not_asked_of_an_empty_answer(
    written: Written, record: Record, own: str
) -> None:
    clause = carried(lambda: constraint(written.text.replace(f"${{{own}}}", "."), names(own)))

    wanted = written.holds(record) if record.get(own) is not None else True
    assert answer(clause, record, unknown=True) is wanted


@given(expressions, records)
def test_a_calculated_truth_is_never_unknown(written: Written, record: Record) -> None:
    value = carried(lambda: calculation(f"boolean({written.text})", names(), str))

    assert evaluate(parse_condition(value.text), record, today=TODAY, now=NOW) is written.holds(record)


@given(expressions, records)
def test_a_calculated_choice_is_the_one_behind_the_condition(written: Written, record: Record) -> None:
    value = carried(lambda: calculation(f"if({written.text}, 'yes', 'no')", names(), str))

    assert value.choices == ("yes", "no")
    found = evaluate(parse_condition(value.text), record, today=TODAY, now=NOW)
    assert found == ("yes" if written.holds(record) else "no")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("${t} = 'x'", "t = 'x'"),
        ("${t} != 'x'", "t is empty or t != 'x'"),
        ("not(${t} = 'x')", "not (t is not empty and t = 'x')"),
        ("../t = 'x' and ${n} > 1", "t = 'x' and n > 1"),
        ("${c} >= 2", "c = '2'"),
        ("${n} > 5.5", "n >= 6"),
        ("${d} > today() - 30", "days_between(today, d) > -30"),
        ("int((today() - ${d}) div 365.25) >= 18", "age_at(d, today) >= 18"),
        ("(${t} = 'x' or ${n} = 1) and ${k}", "(t = 'x' or n = 1) and k = true"),
    ],
)
def test_an_expression_becomes_the_condition_a_person_would_write(text: str, wanted: str) -> None:
    assert condition_text(relevance(text, names())) == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/data/t = 'x'", Why.PATH),
        ("t = 'x'", Why.PATH),
        ("instance('list')/root/item[name = ${t}]/label", Why.PATH),
        (". > 1", Why.PATH),
        ("${t} = ", Why.UNREADABLE),
        ("${t} = 'x", Why.UNREADABLE),
        ("${t} # 'x'", Why.UNREADABLE),
        ("(" * 50 + "1" + ")" * 50, Why.TOO_LONG),
        ("1" + " or 1" * 201, Why.TOO_LONG),
        ("'" + "x" * 2000 + "'", Why.TOO_LONG),
        ("if(" * 30 + "${t} = 'x'" + ", ${n} = 1, ${n} = 2)" * 30, Why.TOO_LONG),
        ("${gone} = 1", Why.NAME_UNKNOWN),
        ("${twin} = 1", Why.NAME_TWICE),
        ("pulldata('a', 'b', 'c', ${t}) = 1", Why.FUNCTION),
        ("selected(${m})", Why.FUNCTION),
        ("${n} + 1 > 2", Why.ARITHMETIC),
        ("-${n} > 2", Why.ARITHMETIC),
        ("${c} = 'none of them'", Why.CHOICE_UNKNOWN),
        ("selected(${m}, 'none of them')", Why.CHOICE_UNKNOWN),
        ("${t} > 'a'", Why.KINDS),
        ("${t} = 5", Why.KINDS),
        ("${t} = ${c}", Why.KINDS),
        ("${n}", Why.KINDS),
        ("selected(${t}, 'x')", Why.KINDS),
        ("selected(${m}, ${t})", Why.KINDS),
        ("${rows} = 1", Why.KINDS),
        ("${amount} = 1", Why.KINDS),
        ("regex(${t}, '[A-Z]+')", Why.PATTERN),
        ("regex(${t}, '[0-9]{3}')", Why.PATTERN),
        ("${x} > 5.5", Why.VALUE),
        ("${n} > 9999999999999999", Why.UNREADABLE),
        ("${t} = '2026-11-21'", Why.VALUE),
        ("${d} > 'soon'", Why.VALUE),
        ("""${t} = concat('it', "'s")""", Why.FUNCTION),
    ],
)
def test_what_our_conditions_cannot_say_is_told_with_its_reason(text: str, why: Why) -> None:
    with pytest.raises(Unsupported) as caught:
        relevance(text, names())

    assert caught.value.why is why


@pytest.mark.parametrize("text", ["${n} * 2", "concat(${t}, 'x')", "''", "${m}", "${x}", "today() + 1", "random()"])
def test_a_calculation_that_we_cannot_make_is_told(text: str) -> None:
    with pytest.raises(Unsupported):
        calculation(text, names(), str)


@given(st.text(alphabet="${}()tnx'\"=!<> .,/+-*5 ando", max_size=40))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        clause = relevance(text, names())
    except Unsupported:
        return
    parse_condition(condition_text(clause))
