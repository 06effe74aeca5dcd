"""How concurrent values of a field meet, class by class (forms/README.md, "How two stations' answers meet").

The histories are those of stations with wrong clocks that write, and now and then learn what another knows. The model
beside them knows nothing of parents: it remembers what each author had seen, and a value is visible until somebody who
had seen it writes another.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.definitions.model import FieldDefinition, MergeClass, TypeName
from desktop.domain.log.operation import (
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
)
from desktop.domain.records.merging import (
    FieldState,
    RecordState,
    parents_of,
    record_state,
)
from tests.storage.world import Author, definition_of, field_of, record_id

PROTECTIVE: Final = ("DANGER", "UNKNOWN", "SAFE")
FIELDS: Final = {
    MergeClass.SCALAR: field_of("place", TypeName.TEXT),
    MergeClass.SET: field_of("aliases", TypeName.CODES, merge=MergeClass.SET),
    MergeClass.TEXT: field_of("notes", TypeName.LONG_TEXT, merge=MergeClass.TEXT),
    MergeClass.SAFETY: field_of("risk", TypeName.CODE, merge=MergeClass.SAFETY, protective=PROTECTIVE),
    MergeClass.STATUS: field_of("stage", TypeName.CODE, merge=MergeClass.STATUS),
}
FORM: Final = definition_of("person", "NG", "{place}", tuple(FIELDS.values()))
RECORD: Final = record_id(1)
STATIONS: Final = "abc"
VALUES: Final[Mapping[MergeClass, st.SearchStrategy[Json]]] = {
    MergeClass.SCALAR: st.sampled_from(["Mường Nhé", "Nậm Kè", None]),
    MergeClass.SET: st.one_of(st.none(), st.lists(st.sampled_from(["Tèo", "Mẩy", "Đớn", "Páo"]), unique=True)),
    MergeClass.TEXT: st.sampled_from(["Thấy ở chợ.", "Nhà báo tin.", "Đã về.", "", None]),
    MergeClass.SAFETY: st.sampled_from([*PROTECTIVE, "NEWER_CODE", "OTHER_CODE", None]),
    MergeClass.STATUS: st.sampled_from(["THEO_DOI", "KET_THUC", "HUY"]),
}
MERGES: Final = tuple(MergeClass)


@dataclass
class History:
    """What was written, by whom it was known, and what each author had seen of the field when he wrote."""

    written: dict[OperationId, Operation] = field(default_factory=dict)
    saw: dict[OperationId, frozenset[OperationId]] = field(default_factory=dict)
    known: dict[str, set[OperationId]] = field(default_factory=lambda: {station: set() for station in STATIONS})

    def write(self, station: str, name: str, value: Json, time: int) -> OperationId:
        seen = self.state(self.known[station]).fields.get(name) if self.known[station] else None
        counter = 1 + sum(operation.epoch == station * 16 for operation in self.written)
        author = Author(epoch=station * 16)
        operation = replace(
            author.write(RECORD, "person", {name: value}, {name: parents_of(seen)}, time=time),
            id=OperationId(station * 16, counter),
        )
        self.written[operation.id] = operation
        self.saw[operation.id] = frozenset(self.known[station])
        self.known[station].add(operation.id)
        return operation.id

    def state(self, known: set[OperationId] | None = None) -> RecordState:
        return record_state([self.written[one] for one in self.written if known is None or one in known], FORM)

    def field(self, name: str) -> FieldState:
        return self.state().fields[name]

    def visible(self, known: set[OperationId] | None = None) -> list[Operation]:
        """Return what nobody who had seen it has replaced, the earliest first."""
        among = set(self.written) if known is None else known
        replaced = {old for new in among for old in self.saw[new]}
        found = [self.written[one] for one in among - replaced]
        return sorted(found, key=lambda operation: (operation.time, operation.id))


@st.composite
def histories(draw: st.DrawFn, merge: MergeClass) -> History:
    history = History()
    name = FIELDS[merge].id
    for _ in range(draw(st.integers(1, 9))):
        station = draw(st.sampled_from(STATIONS))
        if draw(st.booleans()):
            history.known[station] |= history.known[draw(st.sampled_from(STATIONS))]
        history.write(station, name, draw(VALUES[merge]), draw(st.integers(0, 5)))
    return history


any_history = st.sampled_from(MERGES).flatmap(lambda merge: st.tuples(st.just(merge), histories(merge)))


def values_of(merge: MergeClass, history: History) -> list[Json]:
    name = FIELDS[merge].id
    return [operation.fields[name].value for operation in history.visible()]


def differ(values: Sequence[Json]) -> bool:
    return len({json.dumps(value, sort_keys=True) for value in values}) > 1


def conflict(merge: MergeClass, *values: Json) -> FieldState:
    """Return what stands in a field when each station wrote a value and none knew of the others."""
    history = History()
    for station, value in zip(STATIONS, values, strict=False):
        history.write(station, FIELDS[merge].id, value, ord(station))
    return history.field(FIELDS[merge].id)


@given(any_history, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_record(case: tuple[MergeClass, History], chance: object) -> None:
    _, history = case
    arrived = list(history.written.values())
    shuffled = sorted(arrived, key=lambda _: chance.random())  # type: ignore[attr-defined]  # Hypothesis' Random
    assert record_state(shuffled, FORM) == record_state(reversed(arrived), FORM) == record_state(arrived, FORM)


@given(any_history)
def test_stations_agree_whoever_told_whom_first(case: tuple[MergeClass, History]) -> None:
    """What two of them know both ways is in each log once; joining logs is joining sets."""
    _, history = case
    states = []
    for first, second, third in itertools.permutations(STATIONS):
        known = dict.fromkeys(sorted(history.known[first]))
        known |= dict.fromkeys(sorted(history.known[second])) | dict.fromkeys(sorted(history.known[third]))
        states.append(record_state([history.written[one] for one in known], FORM))
    assert all(state == states[0] for state in states)
    assert {head.id for state in states[0].fields.values() for head in state.heads} == {
        operation.id for operation in history.visible()
    }


@given(any_history)
def test_a_value_stays_visible_until_somebody_who_saw_it_writes_another(case: tuple[MergeClass, History]) -> None:
    merge, history = case
    found = history.field(FIELDS[merge].id)
    assert [(head.id, head.value, head.officer, head.time) for head in found.heads] == [
        (operation.id, operation.fields[FIELDS[merge].id].value, operation.officer, operation.time)
        for operation in history.visible()
    ]


@given(any_history)
def test_different_visible_values_are_a_conflict_and_equal_ones_are_none(case: tuple[MergeClass, History]) -> None:
    merge, history = case
    name, values = FIELDS[merge].id, values_of(*case)
    state = history.state()
    assert state.fields[name].is_conflict == (differ(values) and merge is not MergeClass.SET)
    assert state.conflicts == ((name,) if state.fields[name].is_conflict else ())
    if not differ(values):
        assert state.fields[name].value == values[0]
        assert state.values == ({} if values[0] is None else {name: values[0]})


@given(any_history, st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_clocks_decide_nothing(case: tuple[MergeClass, History], times: list[int]) -> None:
    """Whatever the stations' clocks said: the same values are visible, and the same fields wait for a choice."""
    merge, history = case
    name, before = FIELDS[merge].id, history.field(FIELDS[merge].id)
    for time, (known_as, operation) in zip(times, list(history.written.items()), strict=False):
        history.written[known_as] = replace(operation, time=HybridTime(time, 0))
    after = history.field(name)
    assert {head.id for head in after.heads} == {head.id for head in before.heads}
    assert after.is_conflict == before.is_conflict
    if not differ(values_of(*case)) or merge is MergeClass.SET:
        assert after.value == before.value
    if merge is MergeClass.SAFETY and before.value in PROTECTIVE:
        assert after.value == before.value


@given(any_history, st.integers(0, 5))
def test_a_choice_by_who_saw_all_settles_it_until_the_next(case: tuple[MergeClass, History], time: int) -> None:
    merge, history = case
    name, chosen = FIELDS[merge].id, values_of(*case)[0]
    history.known["a"] |= set(history.written)
    history.write("a", name, chosen, time)
    assert history.field(name).value == chosen
    assert not history.field(name).is_conflict
    assert len(history.field(name).heads) == 1


@given(st.lists(histories(MergeClass.SET), min_size=1, max_size=1))
def test_a_set_is_all_that_stands_in_any_visible_value(made: list[History]) -> None:
    (history,) = made
    values = values_of(MergeClass.SET, history)
    shown = history.field("aliases").value
    items = {item for value in values if isinstance(value, list) for item in value}
    assert {*(shown if isinstance(shown, list) else [])} == items
    if differ(values):
        assert isinstance(shown, list)
        assert len(shown) == len(items)


def test_what_one_station_took_out_of_a_set_is_out_unless_another_put_it_in() -> None:
    history = History()
    first = history.write("a", "aliases", ["Tèo", "Mẩy"], 1)
    history.known["b"].add(first)
    history.write("a", "aliases", ["Tèo"], 2)
    assert history.field("aliases").value == ["Tèo"]
    history.write("b", "aliases", ["Tèo", "Mẩy", "Đớn"], 3)
    assert set(history.state().values["aliases"]) == {"Tèo", "Mẩy", "Đớn"}  # type: ignore[arg-type]  # a list of texts


def test_rows_are_united_whole() -> None:
    """The cells of a row are one item, however a station ordered them."""
    one: Json = {"name": "Tèo", "year": 2011}
    same: Json = {"year": 2011, "name": "Tèo"}
    other: Json = {"name": "Tèo", "year": 2012}
    shown = conflict(MergeClass.SET, [one], [other, same]).value
    assert isinstance(shown, list)
    assert sorted(shown, key=str) == sorted([one, other], key=str)


@given(histories(MergeClass.TEXT))
def test_no_words_of_anybody_are_lost_while_a_text_waits(history: History) -> None:
    values, found = values_of(MergeClass.TEXT, history), history.field("notes")
    if found.is_conflict:
        assert str(found.value).split("\n\n") == ([value for value in values if value] or [""])


def test_texts_stand_one_after_the_other_in_the_order_of_their_times() -> None:
    found = conflict(MergeClass.TEXT, "Thấy ở chợ.", None, "Đã về.")
    assert (found.value, found.is_conflict) == ("Thấy ở chợ.\n\nĐã về.", True)
    assert len(found.heads) == 3


@given(histories(MergeClass.SAFETY))
def test_the_most_protective_visible_value_is_shown(history: History) -> None:
    values, shown = values_of(MergeClass.SAFETY, history), history.field("risk").value
    assert shown in values
    listed = [value for value in PROTECTIVE if value in values]
    if listed:
        assert shown == listed[0]
    elif shown is None:
        assert set(values) == {None}


@pytest.mark.parametrize("unlisted", ["NEWER_CODE", "", None, 7, ["DANGER"]])
@pytest.mark.parametrize("listed", PROTECTIVE)
@pytest.mark.parametrize("is_first", [True, False])
def test_what_the_list_does_not_know_never_hides_what_it_does(unlisted: Json, listed: str, is_first: bool) -> None:
    """A newer form, or a hostile station, writes a code that nobody here has ranked; the danger stays in sight."""
    values = (unlisted, listed) if is_first else (listed, unlisted)
    assert (conflict(MergeClass.SAFETY, *values).value, conflict(MergeClass.SAFETY, *values).is_conflict) == (
        listed,
        True,
    )


@pytest.mark.parametrize("values", [(None, "NEWER_CODE"), ("NEWER_CODE", None)])
def test_of_two_that_the_list_does_not_know_an_answer_is_shown_before_none(values: tuple[Json, Json]) -> None:
    assert conflict(MergeClass.SAFETY, *values).value == "NEWER_CODE"


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_yes_and_no_are_protective_as_the_form_says(order: tuple[bool, bool]) -> None:
    for protective, expected in ((("False", "True"), False), (("True", "False"), True)):
        asked = field_of("risk", TypeName.YES_NO, merge=MergeClass.SAFETY, protective=protective)
        for values in (order, (None, expected)):
            assert _shown_in(asked, values).value is expected


@given(st.sampled_from([MergeClass.SCALAR, MergeClass.STATUS]).flatmap(lambda m: st.tuples(st.just(m), histories(m))))
def test_a_fact_and_a_status_show_the_last_and_keep_the_others(case: tuple[MergeClass, History]) -> None:
    merge, history = case
    values, found = values_of(*case), history.field(FIELDS[merge].id)
    assert found.value == values[-1]
    assert [head.value for head in found.heads] == values


@given(any_history)
def test_without_a_definition_every_value_is_kept_for_a_choice(case: tuple[MergeClass, History]) -> None:
    merge, history = case
    values = values_of(*case)
    for form in (None, definition_of("person", "NG", "{x}", (field_of("x", TypeName.TEXT),))):
        found = record_state(history.written.values(), form).fields[FIELDS[merge].id]
        assert (found.value, found.is_conflict) == (values[-1], differ(values))


@given(histories(MergeClass.SET), histories(MergeClass.TEXT))
def test_fields_do_not_meddle_with_each_other(aliases: History, notes: History) -> None:
    """The same record, written on by stations that meet for one field and for the other."""
    moved = [
        replace(operation, id=_elsewhere(one), fields={name: _moved(change)})
        for one, operation in notes.written.items()
        for name, change in operation.fields.items()
    ]
    both = record_state([*aliases.written.values(), *moved], FORM)
    assert both.fields["aliases"] == aliases.field("aliases")
    assert both.fields["notes"].value == notes.field("notes").value
    assert both.fields["notes"].is_conflict == notes.field("notes").is_conflict


@given(any_history)
def test_a_record_is_as_old_as_its_first_operation_and_as_new_as_its_last(case: tuple[MergeClass, History]) -> None:
    _, history = case
    for version, (known_as, operation) in enumerate(list(history.written.items()), 1):
        history.written[known_as] = replace(operation, definition_version=version)
    by_time = sorted(history.written.values(), key=lambda operation: (operation.time, operation.id))
    state = history.state()
    assert (state.created, state.updated) == (by_time[0].id, by_time[-1].id)
    assert (state.id, state.register, state.definition_version) == (RECORD, "person", len(history.written))


def test_operations_that_replace_each_other_in_a_ring_are_all_shown() -> None:
    """No honest station writes one; a value may not vanish for it."""
    first, second = OperationId("a" * 16, 1), OperationId("b" * 16, 1)
    ring = [_operation(first, "Mường Nhé", (second,), 1), _operation(second, "Nậm Kè", (first,), 2)]
    found = record_state(ring, FORM).fields["place"]
    assert ([head.value for head in found.heads], found.is_conflict) == (["Mường Nhé", "Nậm Kè"], True)


def test_what_replaces_itself_or_what_never_came_is_shown() -> None:
    itself, missing = OperationId("a" * 16, 1), OperationId("b" * 16, 9)
    for parent in (itself, missing):
        assert record_state([_operation(itself, "Nậm Kè", (parent,), 1)], FORM).values == {"place": "Nậm Kè"}


def test_a_field_never_written_replaces_nothing_and_a_record_has_operations() -> None:
    assert parents_of(None) == ()
    with pytest.raises(ValueError, match=r"^a record without operations$"):
        record_state([], FORM)


def _operation(known_as: OperationId, value: Json, parents: tuple[OperationId, ...], time: int) -> Operation:
    written = Author().write(RECORD, "person", {"place": value}, {"place": parents}, time=time)
    return replace(written, id=known_as)


def _elsewhere(known_as: OperationId) -> OperationId:
    return OperationId({"a": "d", "b": "e", "c": "f"}[known_as.epoch[0]] * 16, known_as.counter)


def _moved(change: FieldChange) -> FieldChange:
    return FieldChange(change.value, tuple(map(_elsewhere, change.parents)))


def _shown_in(asked: FieldDefinition, values: Sequence[Json]) -> FieldState:
    written = [
        replace(_operation(OperationId(station * 16, 1), None, (), place), fields={asked.id: FieldChange(value)})
        for place, (station, value) in enumerate(zip(STATIONS, values, strict=False))
    ]
    return record_state(written, definition_of("person", "NG", "{risk}", (asked,))).fields[asked.id]
