"""Who may be entered twice, in a real registry of a commune."""

import unicodedata

import pytest

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import projection
from desktop.workspace.base.session import Session
from desktop.workspace.people import matching
from desktop.workspace.people.duplicates import MOST, possible_duplicates
from desktop.workspace.records import records, saving

HUONG: dict[str, Json] = {"full_name": "Nguyễn Thị Hương", "dob": "1999", "gender": "F", "nationality": "LAO"}


def add(session: Session, **values: Json) -> str:
    saved = saving.save_given(session, "person", {**HUONG, **values}, reason_for_all="Đã xem")
    assert saved.record is not None, saved.problems
    return saved.record


def change(session: Session, record: str, **values: Json) -> None:
    view = records.read(session, record)
    saved = saving.save_given(
        session, "person", {**view.values, **values}, record=record, base=view.heads, reason_for_all="Đã xem"
    )
    assert saved.record is not None, saved.problems


def reasons(session: Session, **values: Json) -> dict[str, tuple[str, ...]]:
    return {found.record: found.reasons for found in possible_duplicates(session, values)}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Nguyễn Thị Hương", "same"),
        (unicodedata.normalize("NFD", "nguyễn  thị hương"), "same"),
        ("nguyen thi huong", "no_diacritics"),
        ("Nguyễn Hương", "filler_dropped"),
        ("Hương Nguyễn Thị", "order"),
        ("Nguyeenx Thij Huowng", "telex"),
        ("Nguye64n Thi5 Hu7o7ng", "telex"),
        ("Ng. Thị Hương", "abbreviation"),
        ("Nguyễn Thị Hươg", "one_letter"),
        ("Nguyễn Thị Hường", "marks"),
    ],
)
def test_a_name_is_found_however_it_is_written(commune: Session, typed: str, why: str) -> None:
    record = add(commune)
    assert reasons(commune, full_name=typed, dob="2001-05") == {record: (why,)}


@pytest.mark.parametrize(
    "typed", ["Nguyễn Văn Hương", "Trần Thị Hương", "Nguyễn Thị Hoa", "Nguyễn Thị Thu", "Hương", ""]
)
def test_another_name_is_not_found(commune: Session, typed: str) -> None:
    add(commune)
    assert reasons(commune, full_name=typed, dob="1999") == {}


def test_a_year_of_birth_that_is_known_must_be_near(commune: Session) -> None:
    record = add(commune, dob="~1999")
    assert reasons(commune, full_name="Nguyễn Thị Hương", dob="1997-03-14") == {record: ("same",)}
    assert reasons(commune, full_name="Nguyễn Thị Hương", dob="1996") == {}
    assert reasons(commune, full_name="Nguyễn Thị Hương") == {record: ("same",)}


def test_a_changed_name_is_found_by_the_new_one_alone(commune: Session) -> None:
    record = add(commune)
    change(commune, record, full_name="Trần Thị Lan", dob="1980")
    assert reasons(commune, full_name="Nguyễn Thị Hương") == {}
    assert reasons(commune, full_name="tran thi lan", dob="1980") == {record: ("no_diacritics",)}
    assert projection.differing(commune.database, commune.library, [record]) == ()


def test_another_name_of_the_person_is_found_and_said(commune: Session) -> None:
    record = add(commune, other_name="Lò Thị Đớn")
    assert reasons(commune, full_name="lo thi don") == {record: ("no_diacritics", "other_name")}


def test_numbers_are_found_also_where_they_were_cancelled(commune: Session) -> None:
    old = add(commune, old_personal_ids=[{"number": "040123456"}])
    passport = add(commune, full_name="Trần Văn Bình", passport_no="B1234567", gender="M")
    card = add(commune, full_name="Lê Văn Cường", personal_id="040123457", gender="M")
    assert reasons(commune, personal_id="040123456") == {old: ("same_old_number",)}
    assert reasons(commune, passport_no="B1234567") == {passport: ("same_passport",)}
    assert reasons(commune, personal_id="040123457") == {card: ("same_personal_id",)}
    assert reasons(commune, old_personal_ids=[{"number": "040123457"}]) == {card: ("same_old_number",)}


def test_the_most_certain_come_first_and_the_nearest_in_age(commune: Session) -> None:
    marks = add(commune, full_name="Nguyễn Thị Hường")
    far = add(commune, dob="2001")
    near = add(commune, dob="1999")
    number = add(commune, full_name="Đỗ Thị Xuân", personal_id="040123456")
    found = possible_duplicates(commune, {"full_name": "Nguyễn Thị Hương", "dob": "1999", "personal_id": "040123456"})
    assert [one.record for one in found] == [number, near, far, marks]
    assert found[1].born == "1999"


def test_no_more_than_twenty_are_offered_and_never_the_record_itself(commune: Session) -> None:
    persons = {add(commune) for _ in range(MOST + 2)}
    own = min(persons)
    found = [one.record for one in possible_duplicates(commune, HUONG, own=own)]
    assert len(found) == MOST
    assert {*found} < persons - {own}


def test_a_name_that_is_still_being_typed_is_found_by_its_beginning(commune: Session) -> None:
    record = add(commune)
    assert reasons(commune, full_name="Nguyễn Thị Hư", dob="1999") == {record: ("begins_alike",)}
    assert reasons(commune, full_name="Nguyễn Thị Hư", dob="1950") == {}


def test_a_person_is_compared_with_all_others(commune: Session) -> None:
    one, other = add(commune), add(commune, full_name="nguyen thi huong")
    number = records.read(commune, one).record_no
    assert [found.record for found in matching.like_record(commune, number)] == [other]
    with pytest.raises(DesktopError, match="record_unknown"):
        matching.like_record(commune, "NG-1999-0001")


def test_every_pair_is_named_once_the_most_certain_first(commune: Session) -> None:
    one = add(commune, personal_id="040123456")
    lost = add(commune, full_name="nguyen thi huong", dob="2000")
    cancelled = add(commune, full_name="Lò Thị Đớn", dob="1970", old_personal_ids=[{"number": "040123456"}])
    add(commune, full_name="Nguyễn Thị Hương", dob="1950")
    add(commune, full_name="Trần Văn Bình", dob="1999", gender="M")
    found = matching.all_pairs(commune, limit=10)
    assert [({pair.first.record, pair.second.record}, pair.reasons) for pair in found.pairs] == [
        ({one, cancelled}, ("same_old_number",)),
        ({one, lost}, ("no_diacritics",)),
    ]
    assert found.total == 2
    assert matching.all_pairs(commune, limit=1).total == 2


def test_pairs_and_candidates_agree(commune: Session) -> None:
    names = [
        "Nguyễn Thị Hương",
        "Nguyễn Hương",
        "Hương Nguyễn Thị",
        "Nguyễn Thị Hươg",
        "Ng. Thị Hương",
        "Nguyeenx Thij Hương",
    ]
    persons = {
        add(commune, full_name=name) for name in [*names, "Hoàng Văn Páo", "Vàng A Páo", "Giàng A Páo", "Dàng Páo"]
    }
    pairs = {frozenset((pair.first.record, pair.second.record)) for pair in matching.all_pairs(commune, limit=99).pairs}
    assert pairs == {
        frozenset((person, found.record)) for person in persons for found in matching.like_record(commune, person)
    }
    assert len(pairs) > len(names)
