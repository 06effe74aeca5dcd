from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.companion_fields import reason_name
from desktop.domain.definitions.loader import load_library
from desktop.domain.log.operation import Json
from desktop.domain.records.form_check import Finding, still_open
from desktop.domain.records.nested_persons import RECORD, TakenApart, take_apart
from desktop.paths import forms_dir

NAMES = st.sampled_from(["Lò Thị Đớn", "Vàng A Súa"])
PERSONS = st.recursive(
    st.fixed_dictionaries({"full_name": NAMES}),
    lambda inner: st.fixed_dictionaries({"full_name": NAMES}, optional={"father": inner, "legal_rep": inner}),
    max_leaves=4,
)
SEALED: Json = {"$sealed": "x"}
CELLS = st.one_of(st.none(), st.just("0" * 36), st.just(SEALED), PERSONS)
ROWS = st.lists(st.fixed_dictionaries({}, optional={"name": NAMES, "person": CELLS}), max_size=3)
TIPS = st.fixed_dictionaries({}, optional={"content": NAMES, "informant": PERSONS, "suspects": ROWS, "victims": ROWS})


LIBRARY = load_library(forms_dir())


def apart(values: Mapping[str, Json], register: str) -> TakenApart:
    numbers = iter(range(1000))
    people = LIBRARY.registers["person"]
    return take_apart(values, LIBRARY.registers[register], people, lambda: f"id {next(numbers)}")


def together(values: Any, by_id: Mapping[str, Any]) -> Any:  # noqa: ANN401  values of any shape
    if isinstance(values, dict):
        return {name: together(value, by_id) for name, value in values.items()}
    if isinstance(values, list):
        return [together(value, by_id) for value in values]
    return together(by_id[values].values, by_id) if values in by_id else values


def at(values: Any, path: str) -> Any:  # noqa: ANN401  values of any shape
    for step in path.replace("[", ".[").split("."):
        values = values[int(step[1:-1])] if step.startswith("[") else values[step]
    return values


@given(TIPS)
def test_a_record_taken_apart_is_the_same_put_together(values: dict[str, Json]) -> None:
    found = apart(values, "tip")
    assert together(found.values, {one.id: one for one in found.persons}) == values


@given(TIPS)
def test_everybody_inside_is_found_once_at_their_path_and_before_who_holds_them(values: dict[str, Json]) -> None:
    found = apart(values, "tip")
    by_id = {one.id: one for one in found.persons}
    paths = [one.path for one in found.persons]
    assert len(set(paths)) == len(paths) == str(values).count("full_name")
    for place, one in enumerate(found.persons):
        assert together(one.values, by_id) == at(values, one.path)
        assert one.holder == RECORD or one.holder in paths[place:]
        assert one.path.removeprefix(one.holder).lstrip(".").startswith(one.field)


@given(TIPS, st.data())
def test_who_is_left_out_is_named_by_nobody(values: dict[str, Json], data: st.DataObject) -> None:
    found = apart(values, "tip")
    gone = data.draw(st.sets(st.sampled_from([one.path for one in found.persons]))) if found.persons else set()
    rest = found.without(gone)
    assert {one.path for one in rest.persons} == {one.path for one in found.persons} - gone
    ids = {one.id for one in found.persons if one.path in gone}
    assert not any(repr(one) in str([rest.values, *(person.values for person in rest.persons)]) for one in ids)


def test_the_field_of_a_link_of_another_register_holds_no_person() -> None:
    assert LIBRARY.registers["tip"].field("tip_box") is not None
    assert apart({"tip_box": {"full_name": "x"}}, "tip").persons == ()


PATHS = st.sampled_from([RECORD, "person", "person.father"])
CODES = st.sampled_from(["one", "two", "a" * 41])
FINDINGS = st.builds(
    lambda code, severity, of: Finding(problem=Problem(code=code, severity=severity, field=f"{of}.x"), of=of),
    CODES,
    st.sampled_from(Severity),
    PATHS,
)


@given(st.lists(FINDINGS), st.dictionaries(PATHS, st.sets(CODES)))
def test_a_problem_is_open_until_a_reason_is_given_where_it_belongs(
    findings: list[Finding], given_: dict[str, set[str]]
) -> None:
    names = {place: {reason_name(code) for code in codes} for place, codes in given_.items()}
    wanted = [
        one.problem
        for one in findings
        if one.problem.severity is Severity.ERROR or one.problem.code not in given_.get(one.of, ())
    ]
    assert list(still_open(findings, names)) == wanted


def test_a_doubt_about_a_person_as_a_whole_may_be_answered_where_the_person_is_named() -> None:
    doubt = Problem(code="x", severity=Severity.WARNING, field="person")
    finding = Finding(problem=doubt, of="person", holder=RECORD)
    assert still_open([finding], {RECORD: {"reason_x"}}) == still_open([finding], {"person": {"reason_x"}}) == ()
    assert still_open([finding], {"person.father": {"reason_x"}}) == (doubt,)
