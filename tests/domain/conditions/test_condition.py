import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.dates import VIETNAM, span
from desktop.domain.conditions import functions, parser
from desktop.domain.conditions import type_check as conditions_type_check
from desktop.domain.conditions.condition import (
    Condition,
    ConditionError,
    FieldKind,
    Kind,
    evaluate,
    parse_condition,
    type_check,
)

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=VIETNAM)
PERSON = "0190b3a2-0000-7000-8000-000000000001"
MOTHER = "0190b3a2-0000-7000-8000-000000000002"
PEOPLE: dict[str, dict[str, Any]] = {PERSON: {"dob": "2009-05-01", "mother": MOTHER}, MOTHER: {"dob": "1980"}}
VALUES: dict[str, Any] = {
    "case_kind": ["LCNN", "MAT_LL"],
    "status": "THEO_DOI",
    "declared": False,
    "absent_since": "2025-03",
    "received_at": "2026-11-20T23:30+07:00",
    "met_on": "2026-11-20",
    "fee": "12.5",
    "women": 3,
    "note": "ba chữ đây",
    "person": PERSON,
    "team": [{"name": "A", "men": 3, "km": "4.5"}, {"name": "B", "men": 2, "km": "0.25", "tongues": ["hmn", "vie"]}],
    "nothing": None,
    "blank": "",
    "no_rows": [],
    "sealed": {"$sealed": "AA"},
}


def ask(text: str, values: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  an answer of any kind
    chosen = VALUES if values is None else values
    return evaluate(parse_condition(text), chosen, today=TODAY, now=NOW, follow=PEOPLE.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'LCNN' in case_kind", True),
        ("'CONLAI' not in case_kind", True),
        ("status in ['KET_THUC', 'THEO_DOI']", True),
        ("status == 'THEO_DOI' and declared = false", True),
        ("declared or women > 2", True),
        ("not (declared or women > 3)", True),
        ("not not declared", False),
        ("declared", False),
        ("women >= 3 and women <= 3 and women != 4 and women = 3", True),
        ("fee < 13", True),
        ("fee = 12", False),
        ("absent_since < today", True),
        ("'2025-03-05' <= absent_since", None),
        ("absent_since > '2025-02'", True),
        ("received_at <= now", True),
        ("received_at <= met_on and met_on <= received_at and met_on = received_at", True),
        ("received_at < met_on", False),
        ("nothing is empty and blank is empty and no_rows is empty and unheard_of is empty", True),
        ("sealed is not empty and note is not empty and declared is not empty", True),
        ("sealed = 'AA'", None),
        ("person.mother.dob < '1990'", True),
        ("person.father.dob is empty", True),
        ("age_at(person.dob, today)", 17),
        ("months_between(absent_since, today)", 19),
        ("days_between(met_on, today)", 1),
        ("days_between(received_at, now)", 1),
        ("hours_between(received_at, now)", 10),
        ("count(team)", 2),
        ("count(nothing) = 0", True),
        ("sum_of(team, 'men')", 5),
        ("sum_of(team, 'km')", "4.75"),
        ("sum_of(nothing, 'men') = 0 and sum_of(team, 'unheard_of') = 0", True),
        ("some_row(team, 'name', ['B', 'C'])", True),
        ("some_row(team, 'name', ['C'])", False),
        ("some_row(team, 'men', [3])", True),
        ("some_row(team, 'men', ['3'])", False),
        ("some_row(team, 'tongues', ['vie'])", True),
        ("some_row(nothing, 'name', ['A'])", False),
        ("first_true(women > 5, 'MANY', women > 2, 'SOME', 'FEW')", "SOME"),
        ("first_true(declared, 'A', 'B')", "B"),
        ("first_true(nothing, 'A', women > 2, 'B', 'C')", None),
        ("first_true(women > 2, 'A', nothing, 'B', 'C')", "A"),
        ("first_true(declared and nothing, 'A', 'B')", "B"),
        ("digit_count('0312-345 678')", 10),
        ("digit_count(nothing)", None),
        ("is_marker('1116/2')", True),
        ("is_marker(note)", False),
        ("in_vietnam('22.400517', '102.14', false)", True),
        ("in_vietnam('22.4005171', '102.14', false)", False),
        ("in_vietnam('23.6', '105', false)", False),
        ("in_vietnam('7.9', '105', false)", False),
        ("in_vietnam('10', '112.5', false)", False),
        ("in_vietnam('10', '112.5', true)", True),
        ("in_vietnam('10', '118.1', true)", False),
        ("in_vietnam('102.14', '22.4', false)", False),
        ("in_vietnam(nothing, '105', true)", None),
        ("length(note)", 10),
        ("word_count(note)", 3),
        ("word_count(nothing) < 5", None),
        ("today", "2026-11-21"),
        ("now", "2026-11-21T09:30+07:00"),
        ("case_kind", ["LCNN", "MAT_LL"]),
        ("-1 < women", True),
        ('note = "ba chữ đây"', True),
    ],
)
def test_a_condition_has_the_answer_of_its_sentence(text: str, expected: object) -> None:
    assert ask(text) == expected
    assert type(ask(text)) is type(expected)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("false", "false", False, False),
        ("true", "nothing", None, True),
        ("false", "nothing", False, None),
        ("nothing", "nothing", None, None),
    ],
)
def test_three_values_combine_as_kleene_said(left: str, right: str, both: object, either: object) -> None:
    for one, other in ((left, right), (right, left)):
        assert ask(f"{one} and {other}") is both
        assert ask(f"{one} or {other}") is either


def test_not_of_unknown_is_unknown() -> None:
    assert ask("not nothing") is None
    assert ask("'A' not in nothing") is None
    assert ask("nothing in ['A']") is None


@pytest.mark.parametrize(
    ("number", "gender", "dob", "agrees_gender", "agrees_dob", "known"),
    [
        ("011209001234", "M", "2009-01-01", True, True, True),
        ("011209001234", "F", "2008", False, False, True),
        ("999209001234", "M", "2009", True, True, False),
        ("011209001234", None, None, None, None, True),
        (None, "M", "2009", None, None, None),
    ],
)
def test_a_personal_id_is_compared_with_what_is_entered(
    number: object, gender: object, dob: object, agrees_gender: object, agrees_dob: object, known: object
) -> None:
    values = {"personal_id": number, "gender": gender, "dob": dob}
    assert ask("id_agrees_with_gender(personal_id, gender)", values) is agrees_gender
    assert ask("id_agrees_with_dob(personal_id, dob)", values) is agrees_dob
    assert ask("id_province_known(personal_id)", values) is known


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2008-11-21", "2026-11-21", 18),
        ("2008-11-22", "2026-11-21", 17),
        ("2008-11", "2026-11-21", 17),  # Điều 417: the last day of the month
        ("2008", "2026-11-21", 17),  # and of the year
        ("2008", "2026", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026", "2026-11-21", 0),
        ("2027", "2026-11-21", None),
    ],
)
def test_an_age_is_what_is_certain(born: str, day: str, years: object) -> None:
    assert ask("age_at(a, b)", {"a": born, "b": day}) == years


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-31", "2025-02-28", 1),  # Điều 134: no such day, hence the last of the month
        ("2025-01-31", "2025-02-27", 0),
        ("2025-01-15", "2025-03-14", 1),
        ("2025-01-15", "2025-03-15", 2),
        ("2024", "2026-11-21", 22),
        ("2026", "2026-11-21", 0),
        ("2026-11-21", "2025-10-21", -13),
    ],
)
def test_months_are_counted_from_the_latest_day_they_may_have_begun(start: str, end: str, months: int) -> None:
    assert ask("months_between(a, b)", {"a": start, "b": end}) == months


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-16", "2026-11-23", 5),  # from Monday to the next Monday
        ("2026-11-13", "2026-11-16", 1),  # Friday, Monday
        ("2026-11-14", "2026-11-15", 0),  # Saturday, Sunday
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-16T23:00+07:00", "2026-11-23T06:00+07:00", 5),
        ("2026-11", "2026-12-07", 5),  # the notice may have gone out on the last day of November
        ("2026-11-23", "2026-11-16", -5),
        (None, "2026-11-16", None),
    ],
)
def test_working_days_are_those_from_monday_to_friday(start: object, end: object, days: object) -> None:
    assert ask("working_days_between(a, b)", {"a": start, "b": end}) == days


@settings(deadline=None)
@given(start=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), length=st.integers(0, 400))
def test_working_days_are_counted_one_by_one(start: dt.date, length: int) -> None:
    days = [start + dt.timedelta(number) for number in range(1, length + 1)]
    counted = ask("working_days_between(a, b)", {"a": str(start), "b": str(start + dt.timedelta(length))})
    assert counted == sum(day.weekday() < 5 for day in days)


PARTIAL = st.one_of(
    st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)).map(str),
    st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)).map(lambda day: str(day)[:7]),
    st.integers(2023, 2025).map(str),
)


def day_in(text: str, share: float) -> str:
    days = span(text)
    assert days is not None
    return str(days[0] + (days[1] - days[0]) * share)


@settings(deadline=None, max_examples=400)
@given(
    left=PARTIAL,
    right=PARTIAL,
    estimated=st.sampled_from(["", "~"]),
    operator=st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_known_answer_about_partial_dates_holds_for_every_day_they_may_be(
    left: str, right: str, estimated: str, operator: str, shares: tuple[float, float]
) -> None:
    answer = ask(f"a {operator} b", {"a": left + estimated, "b": right})
    is_same_answer = operator in {"=", "!="} and left + estimated == right
    if answer is not None and not is_same_answer:
        certain = ask(f"a {operator} b", {"a": day_in(left, shares[0]), "b": day_in(right, shares[1])})
        assert answer is certain


@settings(deadline=None, max_examples=300)
@given(start=PARTIAL, end=PARTIAL, shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_at_least_as_many_months_passed_as_were_counted(start: str, end: str, shares: tuple[float, float]) -> None:
    counted = ask("months_between(a, b)", {"a": start, "b": end})
    back = ask("months_between(b, a)", {"a": start, "b": end})
    exact = ask("months_between(a, b)", {"a": day_in(start, shares[0]), "b": day_in(end, shares[1])})
    assert counted == -back
    assert counted == 0 or (0 < counted <= exact) or (exact <= counted < 0)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.text(), PARTIAL, st.just({"$sealed": "x"})),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)
OPERANDS = [
    *("a", "b.c", "today", "now", "'x'", "'2024'", "5", "true", "['x', 'y']", "age_at(a, b)", "count(a)"),
    *("months_between(a, now)", "hours_between(a, b)", "length(a)", "id_agrees_with_dob(a, b)", "a is empty"),
    *("word_count(b)", "id_agrees_with_gender(a, b)", "id_province_known(a)", "days_between(today, b)"),
    *("sum_of(a, 'x')", "some_row(a, 'x', ['y', 3])", "first_true(a is empty, 'x', b = 3, 'y', 'z')", "is_marker(a)"),
    *("digit_count(a)", "in_vietnam(a, b, true)", "working_days_between(a, b)"),
]
RELATIONS = ["{} = {}", "{} != {}", "{} < {}", "{} >= {}", "{} in {}", "{} not in {}", "({}) and {}", "{} or not {}"]


@settings(deadline=None, max_examples=500)
@given(
    relation=st.sampled_from(RELATIONS),
    operands=st.tuples(st.sampled_from(OPERANDS), st.sampled_from(OPERANDS)),
    values=st.fixed_dictionaries({"a": JSON, "b": JSON}),
)
def test_no_stored_value_makes_a_condition_fail(
    relation: str, operands: tuple[str, str], values: dict[str, Any]
) -> None:
    condition = parse_condition(relation.format(*(f"({operand})" for operand in operands)))
    answer = evaluate(condition, values, today=TODAY, now=NOW, follow=lambda _record: {"c": values["a"]})
    assert answer is None or isinstance(answer, bool)


@settings(deadline=None, max_examples=500)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from([*OPERANDS, "(", ")", "not", "and", "or", "in", "is", "empty", "<", "==", ",", "[", "."])
        ).map(" ".join),
    )
)
def test_any_text_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        column = error.column
    else:
        column = 1
        assert condition.text == text
    assert 1 <= column <= len(text) + 2


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("a <", 4),
        ("a < b < c", 7),
        ("(a", 3),
        ("a b", 3),
        ("a = 'open", 5),
        ("a.", 3),
        ("a is", 5),
        ("a not b", 7),
        ("age_at(a)", 1),
        ("eval(a)", 1),
        ("first_true(a)", 1),
        ("first_true(a, 'x')", 1),
        ("first_true(a, 'x', b, 'y')", 1),
        ("A = 1", 1),
        ("a = 1.5", 6),
        ("a = 12345678901234567", 5),
        ("a; b", 2),
        ("__import__", 1),
        ("[a]", 2),
        ("[]", 2),
        ("and", 1),
        ("x" * 1001, 1001),
        ("(" * 40 + "a" + ")" * 40, 33),
    ],
)
def test_what_is_no_condition_is_refused_at_its_column(text: str, column: int) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert caught.value.column == column


def test_a_condition_may_nest_thirty_deep() -> None:
    assert ask("(" * 30 + "true" + ")" * 30) is True


def test_a_misspelt_function_is_named_with_the_nearest_one() -> None:
    with pytest.raises(ConditionError, match="did you mean 'months_between'"):
        parse_condition("month_between(a, b) > 3")


def test_conditions_of_the_same_shape_are_equal_wherever_they_stand() -> None:
    assert parse_condition("a  ==  1").tree == parse_condition("a = 1").tree


FIELDS = {
    "case_kind": FieldKind(kind=Kind.CODES, codes=frozenset({"LCNN", "MAT_LL"})),
    "status": FieldKind(kind=Kind.CODE, codes=frozenset({"THEO_DOI", "HUY"})),
    "absent_since": FieldKind(kind=Kind.DATE),
    "received_at": FieldKind(kind=Kind.MOMENT),
    "women": FieldKind(kind=Kind.NUMBER),
    "months": FieldKind(kind=Kind.NUMBER, is_computed=True),
    "note": FieldKind(kind=Kind.TEXT),
    "declared": FieldKind(kind=Kind.TRUTH),
    "person": FieldKind(kind=Kind.RECORD, register="person"),
    "team": FieldKind(
        kind=Kind.ROWS,
        columns={
            "name": FieldKind(kind=Kind.TEXT),
            "men": FieldKind(kind=Kind.NUMBER),
            "rank": FieldKind(kind=Kind.CODE, codes=frozenset({"THIEU_UY", "DAI_UY"})),
            "tongues": FieldKind(kind=Kind.CODES, codes=frozenset({"hmn", "vie"})),
        },
    ),
    "home": FieldKind(kind=Kind.OTHER),
}
REGISTERS = {
    "person": {
        "dob": FieldKind(kind=Kind.DATE),
        "is_minor": FieldKind(kind=Kind.TRUTH, is_computed=True),
        "mother": FieldKind(kind=Kind.RECORD, register="person"),
        "gender": FieldKind(kind=Kind.CODE, codes=frozenset({"M", "F"})),
    }
}


def problems_of(text: str, expected: Kind = Kind.TRUTH) -> tuple[str, ...]:
    return type_check(parse_condition(text), FIELDS, REGISTERS.get, expected=expected)


@pytest.mark.parametrize(
    "text",
    [
        "absent_since <= today and received_at <= now and absent_since <= received_at",
        "absent_since >= '2025-07-01'",
        "'LCNN' in case_kind and status not in ['HUY']",
        "status = 'HUY' or person.gender = 'M'",
        "age_at(person.mother.dob, received_at) < 18 and count(team) > 1 and word_count(note) > 2",
        "months_between('2025-07-01', today) > 1",
        "declared and home is empty and women in [1, 2] and months < 3",
        "sum_of(team, 'men') > 3 and some_row(team, 'rank', ['DAI_UY']) and some_row(team, 'tongues', ['hmn'])",
        "first_true(declared, 'HUY', 'THEO_DOI') = status",
        "in_vietnam(women, months, declared) and working_days_between(absent_since, now) >= 5 and is_marker(note)",
    ],
)
def test_a_sensible_condition_has_no_problem(text: str) -> None:
    assert problems_of(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abset_since <= today", "did you mean 'absent_since'"),
        ("absent_since <= 12", "a date with a number"),
        ("absent_since <= 'hôm qua'", "a date with a text"),
        ("women = 'ba'", "a number with a text"),
        ("status = 'HỦY'", "no code 'HỦY'"),
        ("'LCN' in case_kind", "did you mean 'LCNN'"),
        ("status in ['HUYY']", "did you mean 'HUY'"),
        ("status in [1]", "the list holds a number"),
        ("women in ['1']", "the list holds a text"),
        ("status < 'HUY'", "needs an order"),
        ("note < 'a'", "needs an order"),
        ("status in 'HUY'", "'in' looks for a code in a text"),
        ("women and declared", "a number stands where yes or no"),
        ("not note", "a text stands where yes or no"),
        ("age_at(women, today) > 3", "value 1 of 'age_at' is a number"),
        ("count(note) > 1", "value 1 of 'count' is a text"),
        ("person.dobb is empty", "did you mean 'dob'"),
        ("person.is_minor", "no stored field 'is_minor'"),
        ("note.dob is empty", "only a person or a link leads on"),
        ("person.mother.mother.mother.dob is empty", "more than 3 links"),
        ("sum_of(team, 'mem') > 1", "did you mean 'men'"),
        ("sum_of(team, 'name') > 1", "'name' is a text"),
        ("sum_of(team, note) > 1", "names no column"),
        ("some_row(team, 'rank', ['DAI_U'])", "did you mean 'DAI_UY'"),
        ("some_row(team, 'tongues', ['tay'])", "no code 'tay'"),
        ("some_row(team, 'men', ['3'])", "the list holds a text"),
        ("some_row(case_kind, 'rank', ['A'])", "value 1 of 'some_row' is several codes"),
        ("some_row(team, 'rank', 'DAI_UY')", "value 3 of 'some_row' is a text"),
        ("first_true(women, 'HUY', 'THEO_DOI') = status", "a number stands where yes or no"),
        ("first_true(declared, note, 'THEO_DOI') = status", "gives codes in quotes"),
        ("first_true(declared, 'HUY', 3) = status", "gives codes in quotes"),
        ("in_vietnam(women, note, true)", "value 2 of 'in_vietnam' is a text"),
        ("women", "it gives a number"),
        ("home = note", "compares"),
    ],
)
def test_a_condition_that_makes_no_sense_is_told_when_it_is_read(text: str, words: str) -> None:
    found = problems_of(text)
    assert any(words in problem for problem in found), found


def test_all_problems_of_a_condition_are_told_at_once() -> None:
    assert len(problems_of("abset_since <= today or women = 'ba' or status = 'X'")) == 3


def test_a_computed_field_must_be_of_the_kind_its_condition_gives() -> None:
    assert problems_of("months_between(absent_since, today)", Kind.NUMBER) == ()
    assert problems_of("absent_since <= today", Kind.NUMBER) == ("it gives yes or no, where a number is expected",)


def test_every_function_is_counted_typed_and_carried_out() -> None:
    fixed = {name: count for name, count in parser.ARGUMENTS.items() if name != "first_true"}
    assert set(fixed) == set(conditions_type_check._SIGNATURES) == set(functions.FUNCTIONS)
    for name, count in fixed.items():
        assert len(conditions_type_check._SIGNATURES[name][0]) == count


def test_a_computed_code_is_one_of_its_list() -> None:
    condition = parse_condition("first_true(declared, 'HUY', women > 2, 'THEO', 'XONG')")
    codes = frozenset({"HUY", "THEO_DOI"})

    found = type_check(condition, FIELDS, REGISTERS.get, expected=Kind.CODE, codes=codes)

    assert found == ("it gives 'THEO'; did you mean 'THEO_DOI'?", "it gives 'XONG'")


def test_a_condition_remembers_its_words() -> None:
    assert isinstance(parse_condition("a == 1"), Condition)
    assert parse_condition("a == 1").text == "a == 1"
