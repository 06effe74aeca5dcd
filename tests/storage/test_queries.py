"""Lists in Vietnamese order, page by page, and the small questions the use cases ask."""

import random
from collections.abc import Iterable

import pytest

from desktop.domain.log.operation import Json
from desktop.storage import change_log, projection, queries
from desktop.storage.database import Database
from desktop.storage.queries import Between, Filter, Link, ListedRecord
from tests.storage.world import ABSENCE, LIBRARY, OTHER, PERSON, STATION, VICTIM, Author, record_id, save

# As a class list in Viet Nam: by given name, then surname, then what stands between.
IN_ORDER = ["Lò Văn An", "Cà Thị Ánh", "Lò Thị Ân", "Lò Văn Dũng", "Lò Thị Đào", "Lò Văn Đạt", "Lò Thị Đớn", "Vàng A Ử"]


@pytest.fixture
def people(db: Database, author: Author) -> Database:
    """Eight people, entered in no order; record n is the n-th of IN_ORDER."""
    numbers = list(range(len(IN_ORDER)))
    random.Random(2).shuffle(numbers)
    for place, number in enumerate(numbers):
        fields: dict[str, Json] = {
            "full_name": IN_ORDER[number],
            "record_no": f"NG-2026-{place + 1:04}",
            "dob": f"19{90 + number}",
        }
        save(db, author.write(record_id(number), "person", fields))
    return db


@pytest.fixture
def cases(people: Database, author: Author) -> Database:
    """An absence of each person, in the same order; every second one has a place and a kind."""
    for number in range(len(IN_ORDER)):
        fields: dict[str, Json] = {
            "person": record_id(number),
            "record_no": f"VM-2026-{number + 1:04}",
            "status": "DANG",
        }
        if number % 2:
            fields |= {"place": ["Đài Loan", "Lào", "Ăng-gô-la", "Á"][number // 2], "case_kind": ["LCNN", f"K{number}"]}
        if number == 3:
            fields |= {"informant": record_id(0), "absent_since": "2025-03~", "status": "XONG"}
        save(people, author.write(record_id(100 + number), "absence", fields))
    return people


def records(listed: Iterable[ListedRecord]) -> list[int]:
    return [int(one.record[-12:], 16) for one in listed]


@pytest.mark.parametrize("order_by", ["title", "full_name"])
def test_people_stand_by_given_name(people: Database, order_by: str) -> None:
    assert [one.title for one in queries.list_records(people, PERSON, order_by=order_by)] == IN_ORDER
    backwards = queries.list_records(people, PERSON, order_by=order_by, descending=True)
    assert [one.title for one in backwards] == IN_ORDER[::-1]


def test_a_linked_record_stands_where_its_person_would(cases: Database) -> None:
    assert records(queries.list_records(cases, ABSENCE, order_by="person")) == list(range(100, 108))


def test_texts_stand_in_vietnamese_order_and_the_unanswered_come_last(cases: Database) -> None:
    listed = queries.list_records(cases, ABSENCE, order_by="place")
    assert [one.values.get("place") for one in listed] == ["Á", "Ăng-gô-la", "Đài Loan", "Lào", None, None, None, None]
    backwards = queries.list_records(cases, ABSENCE, order_by="place", descending=True)
    assert [one.values.get("place") for one in backwards][:5] == ["Lào", "Đài Loan", "Ăng-gô-la", "Á", None]


@pytest.mark.parametrize(
    "order_by", ["record_no", "title", "status", "updated", "created_at", "unit", "place", "case_kind"]
)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("text", ["", "lo"])
def test_pages_neither_repeat_nor_skip(cases: Database, order_by: str, descending: bool, text: str) -> None:
    def page(limit: int, offset: int) -> tuple[ListedRecord, ...]:
        return queries.list_records(
            cases, ABSENCE, text=text, order_by=order_by, descending=descending, limit=limit, offset=offset
        )

    whole = records(page(100, 0))
    assert whole == [number for offset in range(0, 9, 3) for number in records(page(3, offset))]
    assert len(set(whole)) == len(whole) == queries.count_records(cases, ABSENCE, text=text)


def test_a_line_has_what_the_list_shows(cases: Database) -> None:
    [line] = queries.list_records(cases, ABSENCE, filters={"informant": record_id(0)})
    assert (line.record, line.record_no, line.station, line.status) == (record_id(103), "VM-2026-0004", STATION, "XONG")
    assert line.values == queries.read_row(cases, ABSENCE, record_id(103))
    assert line.values["absent_since"] == "2025-03~"
    assert line.linked == {"person": "Lò Văn Dũng"}, "the informant's name is P4 and not given to a list"
    assert not line.has_conflict


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"status": "XONG"}, [103]),
        ({"status": ("XONG", "DANG")}, list(range(100, 108))),
        ({"case_kind": "LCNN"}, [101, 103, 105, 107]),
        ({"case_kind": ("K3", "K5")}, [103, 105]),
        ({"place": None}, [100, 102, 104, 106]),
        ({"place": (None, "Lào")}, [100, 102, 103, 104, 106]),
        ({"place": "Lào", "status": "DANG"}, []),
        ({"absent_since": Between(first="2025-01", last="2025-12")}, [103]),
        ({"absent_since": Between(last="2024")}, []),
        ({"place": Between()}, list(range(100, 108))),
        ({"station": OTHER}, []),
        ({"has_conflict": False}, list(range(100, 108))),
        ({"place": "' OR 1=1 --"}, []),
        ({"place": ()}, []),
    ],
)
def test_filters_keep_what_was_asked_for(cases: Database, filters: dict[str, Filter], wanted: list[int]) -> None:
    assert records(queries.list_records(cases, ABSENCE, filters=filters)) == wanted
    assert queries.count_records(cases, ABSENCE, filters=filters) == len(wanted)


def test_victims_are_listed_and_sorted_by_their_case_code(db: Database, author: Author) -> None:
    for number, code in ((1, "NN-03160-7K2M-2026-0010"), (2, "NN-03160-7K2M-2026-0002")):
        fields = {"case_code": code, "person": record_id(9), "record_no": f"NN-2026-{number:04}"}
        save(db, author.write(record_id(number), "victim", fields))
    listed = queries.list_records(db, VICTIM, order_by="case_code")
    assert [(one.title[-4:], dict(one.linked)) for one in listed] == [("0002", {}), ("0010", {})]


def test_links_are_found_from_the_other_end_also_those_in_rows(cases: Database, author: Author) -> None:
    child: dict[str, Json] = {
        "children": [{"name": "Bé", "person": record_id(0)}, {"name": "Bé hai"}],
        "record_no": "VM-2026-0009",
    }
    save(cases, author.write(record_id(108), "absence", child))
    assert queries.links_to(cases, record_id(0)) == tuple(
        Link(record=record_id(source), register="absence", record_no=number, title="", field=field)
        for source, number, field in (
            (100, "VM-2026-0001", "person"),
            (103, "VM-2026-0004", "informant"),
            (108, "VM-2026-0009", "children.person"),
        )
    )


def test_a_number_given_twice_finds_both(people: Database) -> None:
    other = Author(station=OTHER, epoch="c" * 16)
    other.write(record_id(70), "person", {"full_name": "Lò A", "record_no": "NG-2026-0001"})
    change_log.begin_epoch(people, "c" * 16, OTHER)
    with people.atomic():
        change_log.append_received(people, "c" * 16, OTHER, other.chain())
        projection.apply(people, LIBRARY, [record_id(70)])
    assert len(queries.find_by_record_no(people, "person", "NG-2026-0001")) == 2
    assert queries.find_by_record_no(people, "absence", "NG-2026-0001") == ()
    assert [one.record for one in queries.list_records(people, PERSON, filters={"station": OTHER})] == [record_id(70)]


def test_the_same_number_of_two_people_is_seen(db: Database, author: Author) -> None:
    for number, personal_id in ((1, "011099000001"), (2, "011099000001"), (3, "011099000002")):
        save(db, author.write(record_id(number), "person", {"personal_id": personal_id}))
    assert queries.same_value(db, "person", "personal_id", "011099000001") == (record_id(1), record_id(2))
    assert queries.same_value(db, "person", "personal_id", "0110990000") == ()
    plan = db.query_rows(
        "EXPLAIN QUERY PLAN SELECT _number FROM register_person WHERE personal_id = ? AND personal_id IS NOT NULL",
        ("1",),
    )
    assert "USING" in plan[0][3], "a hint at every save must not read the whole register"


def test_numbers_run_without_gaps_per_station_register_and_year(db: Database, author: Author) -> None:
    def next_one(register: str = "absence", station: str = STATION, year: int = 2026) -> int:
        return queries.next_record_number(db, register, station, year)

    assert next_one() == 1
    for number in range(1, 4):
        assert next_one() == number
        save(db, author.write(record_id(number), "absence", {"record_no": f"VM-2026-{number:04}"}))
    save(db, author.write(record_id(9), "absence", {"record_no": "VM-2026-10000"}))
    save(db, author.write(record_id(10), "absence", {"record_no": "VM-2025-0777"}))
    save(db, author.write(record_id(11), "absence", {"record_no": "VM-2026-nháp"}))
    assert (next_one(), next_one(year=2025), next_one(year=2027)) == (10_001, 778, 1)
    assert (next_one(register="person"), next_one(station=OTHER)) == (1, 1)


def test_records_in_conflict_are_told_and_marked(cases: Database, author: Author) -> None:
    for place in ("Đài Loan", "Lào"):
        save(cases, author.write(record_id(100), "absence", {"place": place}))
    [waiting] = queries.conflicted(cases)
    assert (waiting.record, waiting.register, waiting.conflicts) == (record_id(100), "absence", 1)
    assert queries.conflicted(cases, "person") == ()
    assert records(queries.list_records(cases, ABSENCE, filters={"has_conflict": True})) == [100]
    heads = tuple(one.id for one in author.written[-2:])
    save(cases, author.write(record_id(100), "absence", {"place": "Lào"}, {"place": heads}))
    assert queries.conflicted(cases) == ()


def test_a_record_of_another_register_is_not_read_as_one_of_this(cases: Database) -> None:
    assert queries.read_row(cases, PERSON, record_id(100)) is None
    assert queries.register_of(cases, record_id(100)) == "absence"
    assert queries.titles_of(cases, [record_id(0), record_id(100), record_id(999)]) == {
        record_id(0): "Lò Văn An",
        record_id(100): "",
    }
