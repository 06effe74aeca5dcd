"""The index of people: a projection like the others, made of open values alone."""

import pytest

from desktop.domain.definitions.model import Library, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.names.names import near_name_keys
from desktop.storage import projection, register_tables
from desktop.storage.database import Database
from desktop.storage.people_index import PeopleIndex, number_key, people_index
from tests.storage.world import ABSENCE, LIBRARY, P4, PERSON, VICTIM, Author, definition_of, field_of, record_id, save

PEOPLE = definition_of(
    "people",
    "DS",
    "{full_name}",
    (
        field_of("full_name", TypeName.TEXT, kind="person_name"),
        field_of("other_name", TypeName.TEXT),
        field_of("dob", TypeName.PARTIAL_DATE),
        field_of("old_personal_ids", TypeName.ROWS, fields=(field_of("number", TypeName.PERSONAL_ID),)),
        field_of("note", TypeName.TEXT),
    ),
)
WITH_PEOPLE = Library(registers={**LIBRARY.registers, "people": PEOPLE})
HUONG: dict[str, Json] = {"full_name": "Nguyễn Thị Hương", "dob": "1999"}


@pytest.fixture
def index(db: Database) -> PeopleIndex:
    register_tables.prepare(db, WITH_PEOPLE)
    found = people_index(PEOPLE)
    assert found is not None
    return found


def write(db: Database, author: Author, number: int, **values: Json) -> str:
    record = record_id(number)
    earlier = [one for one in author.written if one.record == record]
    parents = {name: (one.id,) for one in earlier for name in one.fields}
    save(db, author.write(record, "people", values, parents), library=WITH_PEOPLE)
    return record


def found(db: Database, index: PeopleIndex, name: str, year: int | None = None) -> set[str]:
    near = index.find(db, near_name_keys(name), year)
    return set(index.records(db, (one.number for one in near)).values())


def test_a_person_is_found_by_name_and_year(db: Database, index: PeopleIndex, author: Author) -> None:
    record = write(db, author, 1, **HUONG)
    assert found(db, index, "huong nguyen") == {record}
    assert found(db, index, "huong nguyen", 2001) == {record}
    assert found(db, index, "huong nguyen", 2002) == set()
    assert found(db, index, "huong tran") == set()


def test_whose_year_is_not_known_is_found_by_any(db: Database, index: PeopleIndex, author: Author) -> None:
    record = write(db, author, 1, full_name="Nguyễn Thị Hương")
    assert found(db, index, "Nguyễn Thị Hương", 1950) == {record}


@pytest.mark.parametrize("at_once", [1, 500])
def test_a_change_moves_a_person_to_other_keys(db: Database, index: PeopleIndex, author: Author, at_once: int) -> None:
    record = write(db, author, 1, **HUONG)
    write(db, author, 1, full_name="Trần Thị Lan", other_name="Lò Thị Đớn")
    assert found(db, index, "Nguyễn Thị Hương") == set()
    assert found(db, index, "Trần Lan", 1999) == found(db, index, "lo thi don", 1999) == {record}
    write(db, author, 1, dob="1950")
    assert found(db, index, "Trần Lan", 1999) == set()
    digest = projection.digest(db)
    projection.rebuild(db, WITH_PEOPLE, at_once=at_once)
    assert projection.digest(db) == digest


def test_a_change_of_something_else_writes_no_key(db: Database, index: PeopleIndex, author: Author) -> None:
    write(db, author, 1, **HUONG)
    before = db.query_rows("SELECT * FROM names_people")
    db.execute("CREATE TEMP TRIGGER told BEFORE DELETE ON names_people BEGIN SELECT RAISE(ABORT, 'written'); END")
    write(db, author, 1, note="đã gặp")
    assert db.query_rows("SELECT * FROM names_people") == before


def test_a_name_that_was_taken_back_is_found_no_more(db: Database, index: PeopleIndex, author: Author) -> None:
    write(db, author, 1, **HUONG)
    write(db, author, 1, full_name=None)
    assert db.query_rows("SELECT * FROM names_people") == []


def test_a_cancelled_number_leads_to_its_person(db: Database, index: PeopleIndex, author: Author) -> None:
    record = write(db, author, 1, **HUONG, old_personal_ids=[{"number": "040123456"}])
    (one,) = index.find(db, [number_key("040123456")], None)
    assert index.records(db, [one.number]) == {one.number: record}
    assert index.cancelled(db) == (("040123456", record),)
    assert [name.name for _, name in index.everybody(db)] == ["Nguyễn Thị Hương"]


def test_what_is_lost_or_put_under_another_is_seen_by_a_check(db: Database, index: PeopleIndex, author: Author) -> None:
    record, other = write(db, author, 1, **HUONG), write(db, author, 2, full_name="Trần Thị Lan")
    assert projection.differing(db, WITH_PEOPLE, [record, other]) == ()
    digest = projection.digest(db)
    db.execute("UPDATE names_people SET year = 1950 WHERE year = 1999")
    assert projection.differing(db, WITH_PEOPLE, [record, other]) == (record,)
    assert projection.digest(db) != digest


def test_a_register_that_is_gone_takes_its_index_along(db: Database, index: PeopleIndex, author: Author) -> None:
    record = write(db, author, 1, **HUONG)
    register_tables.prepare(db, LIBRARY)
    assert db.query_rows("SELECT 1 FROM sqlite_schema WHERE name = 'names_people'") == []
    projection.rebuild(db, WITH_PEOPLE, register_tables.prepare(db, WITH_PEOPLE))
    assert found(db, index, "Nguyễn Thị Hương") == {record}


def test_a_record_that_turns_out_to_be_of_another_register_leaves_the_index(
    db: Database, index: PeopleIndex, author: Author
) -> None:
    record = write(db, author, 1, **HUONG)
    other = write(db, author, 2, **HUONG)
    save(db, author.write(record, "absence", {"place": "Nậm Kè"}, time=0), library=WITH_PEOPLE)
    assert found(db, index, "Nguyễn Thị Hương") == {other}
    assert db.query_rows("SELECT count(*) FROM names_people") == [(1,)]


def test_a_value_that_is_no_text_makes_no_key(db: Database, index: PeopleIndex, author: Author) -> None:
    write(db, author, 1, full_name={"$sealed": "x"}, dob=1999, old_personal_ids="040123456")
    assert db.query_rows("SELECT * FROM names_people") == []


def test_only_registers_of_people_have_an_index() -> None:
    assert people_index(PERSON) is not None
    assert people_index(ABSENCE) is people_index(VICTIM) is None


def test_what_identifies_a_victim_makes_no_key() -> None:
    secret = definition_of(
        "secret", "BM", "{full_name}",
        (field_of("full_name", TypeName.TEXT, P4, kind="person_name"), field_of("dob", TypeName.PARTIAL_DATE)),
    )  # fmt: skip
    assert people_index(secret) is None
    hidden = definition_of(
        "hidden", "AN", "{full_name}",
        (
            field_of("full_name", TypeName.TEXT, kind="person_name"),
            field_of("other_name", TypeName.TEXT, P4),
            field_of("dob", TypeName.PARTIAL_DATE),
        ),
    )  # fmt: skip
    index = people_index(hidden)
    assert index is not None
    assert index.keys_of({"other_name": "Lò Thị Đớn"}) == frozenset()
