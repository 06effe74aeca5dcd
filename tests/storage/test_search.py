"""Searching as people type: without marks, half a word, with anything in it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.storage import projection, queries
from desktop.storage.database import Database
from desktop.storage.search import fts_query, search
from tests.storage.world import PERSON, Author, record_id, save

NAMES = ["Lò Thị Đớn", "Đỗ Thị Ước", "Nguyễn Đức Đạt", "Giàng A Páo", "Long Văn An", "Hòa Thúy Quỳnh"]


@pytest.fixture
def filled(db: Database, author: Author) -> Database:
    for number, name in enumerate(NAMES):
        fields: dict[str, Json] = {
            "full_name": name,
            "record_no": f"NG-2026-{number + 1:04}",
            "personal_id": f"01109900{number:04}",
            "phone": f"+849123456{number:02}",
            "perm_addr": {"commune": "03160", "hamlet": "Nậm Kè"},
        }
        save(db, author.write(record_id(number), "person", fields))
    return db


def found(db: Database, text: str) -> set[str]:
    return {NAMES[int(one.record_no[-4:]) - 1] for one in search(db, text)}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Đớn", {"Lò Thị Đớn"}),
        ("don", {"Lò Thị Đớn"}),
        ("ĐỚN", {"Lò Thị Đớn"}),
        ("do", {"Lò Thị Đớn", "Đỗ Thị Ước"}),
        ("đ", {"Lò Thị Đớn", "Đỗ Thị Ước", "Nguyễn Đức Đạt"}),
        ("lo", {"Lò Thị Đớn", "Long Văn An"}),
        ("an", {"Long Văn An"}),
        ("a pao", {"Giàng A Páo"}),
        ("uoc thi do", {"Đỗ Thị Ước"}),
        ("hoà thuý", {"Hòa Thúy Quỳnh"}),
        ("NG-2026-0003", {"Nguyễn Đức Đạt"}),
        ("ng 2026 0003", {"Nguyễn Đức Đạt"}),
        ("011099000001", {"Đỗ Thị Ước"}),
        ("0912345602", {"Nguyễn Đức Đạt"}),
        ("+84912345602", {"Nguyễn Đức Đạt"}),
        ("nam ke pao", {"Giàng A Páo"}),
        ("  Đớn\u200b  ", {"Lò Thị Đớn"}),
        ("onn", set()),
        ("lo lo lo", {"Lò Thị Đớn", "Long Văn An"}),
    ],
)
def test_what_is_typed_finds(filled: Database, typed: str, names: set[str]) -> None:
    assert found(filled, typed) == names
    assert found(filled, unicodedata.normalize("NFD", typed)) == names
    listed = queries.list_records(filled, PERSON, text=typed)
    assert {one.title for one in listed} == names
    assert queries.count_records(filled, PERSON, text=typed) == len(names)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_found_by_every_beginning_of_it_without_marks(filled: Database, name: str) -> None:
    plain = fold(name)
    for length in range(1, len(plain) + 1):
        assert name in found(filled, plain[:length])


SIGNS = (
    """ " "don don* NOT(don) NEAR(don^thi) full_name:don ^don don| ( - % _ ', ''); search_text: {a+b}:c + '' "" * … """
)


@pytest.mark.parametrize(
    "typed", [*SIGNS.split(), "NOT don", "don AND", "don OR", "\0", "a\0b", "\u0301", "'; DROP TABLE x; --"]
)
def test_signs_of_the_query_language_are_text(filled: Database, typed: str) -> None:
    search(filled, typed)
    queries.list_records(filled, PERSON, text=typed)
    assert queries.count_records(filled, PERSON) == len(NAMES)


def test_words_of_the_query_language_are_words(filled: Database) -> None:
    assert found(filled, "NOT") == found(filled, "AND don") == found(filled, "don OR uoc") == set()


@pytest.mark.parametrize("typed", ["!!!", "-", "…", "\u200b"])
def test_a_text_without_a_letter_finds_nothing_rather_than_all(filled: Database, typed: str) -> None:
    assert search(filled, typed) == ()
    is_blank = not typed.strip()
    assert queries.count_records(filled, PERSON, text=typed) == (len(NAMES) if is_blank else 0)


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_out_of_its_quotes(typed: str) -> None:
    query = fts_query(typed)
    assert len(query) <= 12 * (64 + 4)
    for word in query.split(" ") if query else ():
        assert word.startswith('"')
        assert word.endswith('"*')
        assert word[1:-2].isalnum()


def test_a_very_long_text_is_bounded(filled: Database) -> None:
    assert search(filled, "lò " * 100_000) != ()
    assert search(filled, "x" * 1_000_000) == ()
    assert fts_query(" ".join(f"w{number}" for number in range(1000))).count('"*') == 12


def test_registers_narrow_a_search_and_the_limit_holds(filled: Database, author: Author) -> None:
    save(filled, author.write(record_id(50), "absence", {"place": "bản Đớn", "record_no": "VM-2026-0001"}))
    assert {one.register for one in search(filled, "don")} == {"person", "absence"}
    assert {one.register for one in search(filled, "don", ["absence"])} == {"absence"}
    assert search(filled, "don", []) == ()
    assert len(search(filled, "nam ke", limit=2)) == 2


def test_the_index_is_sound_after_changes(filled: Database, author: Author) -> None:
    named = {one.record: one.id for one in author.written}
    for number in range(len(NAMES)):
        record = record_id(number)
        save(filled, author.write(record, "person", {"full_name": None}, {"full_name": (named[record],)}))
    assert projection.check_search(filled)
    assert search(filled, "don") == ()
    assert len(search(filled, "nam ke")) == len(NAMES)
