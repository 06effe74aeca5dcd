from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.base.problems import Label
from desktop.domain.definitions.companion_fields import mark_name, mark_of
from desktop.domain.definitions.model import FieldDefinition, Privacy, TypeName
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import (
    double_entry,
    history,
    records,
    saving,
)
from desktop.workspace.station import officers
from desktop.workspace.station.registry import open_registry
from tests.conftest import World

SECOND = "suối vắng đồi cao 45 lá"
TYPED: dict[str, Json] = {
    "full_name": "Nguyễn Thị Đào",
    "dob": "1999-02-14",
    "personal_id": None,
    "passport_no": None,
}


@pytest.fixture
def person(commune: Session) -> str:
    saved = saving.save_given(
        commune,
        "person",
        {
            "full_name": "Nguyễn Thị Đào",
            "dob": "1999-02-14",
            "gender": "F",
            "perm_addr": {"province": "11", "commune": "03160"},
        },
    )
    assert saved.record is not None
    return saved.record


@pytest.fixture
def second(commune: Session, person: str, world: World, definitions: Definitions) -> Session:
    """The same registry, opened by an officer who did not enter the person."""
    officers.add_officer(commune, "Lò Văn Phấn", "Trung úy", "Cán bộ", SECOND)
    folder: Path = commune.folder
    commune.close()
    opened = open_registry(folder, SECOND, world.environment, definitions)
    # handed back under the name of the fixture that closes it
    for name in ("folder", "database", "officer", "master_key", "keys", "epoch", "last_time", "lock", "station"):
        setattr(commune, name, getattr(opened, name))
    return commune


def test_what_two_officers_key_to_the_same_is_marked(second: Session, person: str) -> None:
    assert double_entry.facts(second, person).asked == ("full_name", "dob", "personal_id", "passport_no")
    compared = double_entry.compare(second, person, TYPED)
    assert compared == double_entry.Compared(agreed=tuple(TYPED), differing=())
    assert double_entry.facts(second, person).asked == ()
    assert double_entry.waiting(second) == ()
    entry = history.history(second, person)[-1]
    assert (entry.officer, entry.new) == ("Trung úy Lò Văn Phấn", "Hai lần nhập khớp nhau")


def test_whoever_entered_a_person_is_told_that_a_second_officer_keys_again(commune: Session, person: str) -> None:
    assert double_entry.facts(commune, person).asked == ()
    assert all(one.is_own for one in double_entry.facts(commune, person).fields)
    with pytest.raises(DesktopError, match="rekey_second_officer"):
        double_entry.compare(commune, person, {"full_name": "Nguyễn Thị Đào"})
    assert records.read(commune, person).marks == {}


def test_a_change_ends_the_mark_and_of_that_field_alone(second: Session, person: str) -> None:
    double_entry.compare(second, person, TYPED)
    view = records.read(second, person)
    saving.save(second, "person", {**view.values, "dob": "1999-02-15"}, record=person, base=view.heads)
    found = {one.field: one.is_agreed for one in double_entry.facts(second, person).fields}
    assert found == {"full_name": True, "dob": False, "personal_id": True, "passport_no": True}


def test_what_differs_is_told_with_both_values_and_marked_nowhere(second: Session, person: str) -> None:
    (difference,) = double_entry.compare(second, person, {**TYPED, "dob": "1999-02-24"}).differing
    assert (difference.field, difference.stored_text, difference.typed_text) == ("dob", "14/02/1999", "24/02/1999")
    assert difference.stored_by == "Thiếu úy Hà Văn Sơn"
    assert mark_name("dob") not in records.read(second, person).marks


@pytest.mark.parametrize("chosen", ["1999-02-14", "1999-02-24", "1999-02-04"])
def test_a_difference_is_settled_with_a_reason_as_an_ordinary_change(second: Session, person: str, chosen: str) -> None:
    double_entry.compare(second, person, {**TYPED, "dob": "1999-02-24"})
    with pytest.raises(DesktopError, match="rekey_reason_missing"):
        double_entry.settle(second, person, "dob", chosen, " x ")
    assert double_entry.settle(second, person, "dob", chosen, "giấy khai sinh số 12") == ()
    view = records.read(second, person)
    assert view.values["dob"] == chosen
    assert [one.is_agreed for one in double_entry.facts(second, person).fields if one.field == "dob"] == [True]
    assert "giấy khai sinh số 12" in history.history(second, person)[-1].new
    assert view.conflicts == ()


def test_a_choice_that_is_no_value_of_the_form_is_refused_and_changes_nothing(second: Session, person: str) -> None:
    before = records.read(second, person).values
    (problem,) = double_entry.settle(second, person, "dob", "2030-01-01", "giấy khai sinh")
    assert problem.code == "date_in_future"
    assert records.read(second, person).values == before


def test_a_tone_written_elsewhere_is_the_same_name(second: Session, person: str) -> None:
    view = records.read(second, person)
    saved = saving.save(second, "person", {**view.values, "other_name": "x"}, record=person, base=view.heads)
    assert saved.record is not None
    compared = double_entry.compare(second, person, {"full_name": "Nguyễn Thị Đào"})
    assert compared.agreed == ("full_name",)
    assert double_entry._is_same("Trần Thị Hoà", "Trần Thị Hòa", NAME)
    assert not double_entry._is_same("Trần Thị Hoa", "Trần Thị Hòa", NAME)


NAME = FieldDefinition(id="full_name", type=TypeName.TEXT, label=Label(vi="Tên", en="Name"), privacy=Privacy.P2)


@pytest.mark.parametrize("name", ["gender", "perm_addr", "nothing"])
def test_only_the_fields_that_the_form_names_are_keyed_again(second: Session, person: str, name: str) -> None:
    with pytest.raises(DesktopError, match="rekey_field_unknown"):
        double_entry.compare(second, person, {name: "F"})


def test_a_new_person_waits_for_the_second_officer_for_a_month(second: Session, person: str, world: World) -> None:
    (waiting,) = double_entry.waiting(second)
    assert (waiting.record, [label.vi for label in waiting.labels]) == (
        person,
        ["Họ, chữ đệm và tên khai sinh", "Ngày sinh"],
    )
    world.pass_time(days=double_entry.DAYS + 1)
    assert double_entry.waiting(second) == ()


def test_nobody_waits_where_there_is_one_officer(commune: Session, person: str) -> None:
    assert double_entry.waiting(commune) == ()


@given(first=st.text(max_size=40), other=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_mark_holds_for_its_value_alone(first: str, other: str) -> None:
    marks = [
        mark_of("r", "dob", first),
        mark_of("r", "dob", other),
        mark_of("r", "name", first),
        mark_of("s", "dob", first),
    ]
    assert (marks[0] == marks[1]) == (first == other)
    assert len({marks[0], marks[2], marks[3]}) == 3
    assert mark_of("r", "dob", None) not in marks
