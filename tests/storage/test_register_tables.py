"""Register tables: made from definitions, remade when these change, and no name in them that is not checked."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.definitions.model import (
    FieldDefinition,
    FormDefinition,
    Library,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.storage import change_log, projection, queries, register_tables
from desktop.storage.database import Database
from desktop.storage.register_tables import RegisterTable
from desktop.storage.search import search
from tests.storage.world import ABSENCE, KEY, LIBRARY, PERSON, STATION, Author, definition_of, field_of, record_id, save


def with_person(definition: FormDefinition) -> Library:
    return Library(registers={**LIBRARY.registers, "person": definition})


def with_fields(definition: FormDefinition, *fields: FieldDefinition, version: int = 1) -> FormDefinition:
    [section] = definition.sections
    return replace(definition, sections=(replace(section, fields=fields),), version=version)


@pytest.fixture
def filled(db: Database, author: Author) -> Database:
    save(
        db,
        author.write(record_id(1), "person", {"full_name": "Lò Thị Đớn", "alias": "Mimi", "height": 150}),
        author.write(record_id(10), "absence", {"person": record_id(1), "place": "Lào"}),
    )
    return db


def test_the_same_library_again_rebuilds_nothing(filled: Database) -> None:
    before = projection.digest(filled)
    assert register_tables.prepare(filled, LIBRARY) == ()
    assert projection.digest(filled) == before


def test_columns_have_the_types_of_their_fields_and_computed_fields_have_none(db: Database) -> None:
    columns: dict[str, str] = dict(db.query_rows("SELECT name, type FROM pragma_table_info('register_person')"))
    assert columns["height"] == columns["is_child"] == "INTEGER"
    assert {columns[name] for name in ("full_name", "dob", "weight", "perm_addr", "aliases", "photo")} == {"TEXT"}
    assert "age" not in columns
    assert db.query_row("SELECT strict FROM pragma_table_list WHERE name = 'register_person'") == (1,)


@pytest.mark.parametrize(
    "changed",
    [
        replace(PERSON, version=2),
        replace(PERSON, title="{alias}"),
        replace(PERSON, search=("alias",)),
        with_fields(PERSON, *list(PERSON.fields())[:3]),
        with_fields(PERSON, *(replace(one, privacy=Privacy.P2) for one in PERSON.fields())),
        with_fields(PERSON, *(replace(one, kind=None) for one in PERSON.fields())),
        with_fields(PERSON, *(replace(one, type=TypeName.TEXT, computed=None) for one in PERSON.fields())),
    ],
    ids=["version", "title", "search", "fewer fields", "privacy", "kind", "types"],
)
def test_a_changed_definition_is_rebuilt_as_if_it_had_always_been_so(
    filled: Database, changed: FormDefinition, registry: Path, tmp_path: Path
) -> None:
    library = with_person(changed)
    assert register_tables.prepare(filled, library) == ("person",)
    assert queries.register_of(filled, record_id(1)) is None
    assert projection.rebuild(filled, library, ["person"]) == 1
    assert register_tables.prepare(filled, library) == ()
    assert projection.check_search(filled)
    partly = projection.digest(filled)
    projection.rebuild(filled, library)
    assert projection.digest(filled) == partly


def test_a_rebuild_that_was_killed_is_asked_for_again(filled: Database, registry: Path) -> None:
    library = with_person(replace(PERSON, version=2))
    register_tables.prepare(filled, library)
    filled.close()
    with Database.open(registry, KEY) as db:
        assert register_tables.prepare(db, library) == ("person",)
        projection.rebuild(db, library, ["person"])
        assert {found.record for found in search(db, "don")} == {record_id(1), record_id(10)}


def test_a_register_that_is_gone_is_hidden_and_comes_back_whole(filled: Database) -> None:
    before = projection.digest(filled)
    without = Library(registers={"absence": ABSENCE})
    needed = register_tables.prepare(filled, without)
    projection.rebuild(filled, without, needed)
    assert search(filled, "don") == ()
    assert projection.check_search(filled)
    assert queries.register_of(filled, record_id(1)) is None
    needed = register_tables.prepare(filled, LIBRARY)
    assert needed == ("person",)
    projection.rebuild(filled, LIBRARY, needed)
    assert projection.digest(filled) == before


def test_a_field_that_leaves_the_definition_keeps_its_value(filled: Database) -> None:
    library = with_person(with_fields(PERSON, *list(PERSON.fields())[:1]))
    projection.rebuild(filled, library, register_tables.prepare(filled, library))
    row = queries.read_row(filled, library.registers["person"], record_id(1))
    assert row == {"full_name": "Lò Thị Đớn", "alias": "Mimi", "height": 150}


def test_our_own_columns_and_tables_collide_with_no_field_or_register(tmp_path: Path, author: Author) -> None:
    names = ("record", "number", "register", "title", "rowid", "oid", "select", "order", "table", "row", "ix", "status")
    fields = tuple(field_of(name, TypeName.PERSONAL_ID) for name in names)
    registers = ("tables", "index", "a", "a_1", "a__1", "operations")
    library = Library(registers={one: definition_of(one, "X", "{row}", fields, search=names) for one in registers})
    with Database.create(tmp_path / "registry.db", KEY) as db:
        register_tables.prepare(db, library)
        change_log.begin_epoch(db, author.epoch, STATION)
        for number, register in enumerate(registers):
            save(db, author.write(record_id(number), register, dict.fromkeys(names, "1")), library=library)
        assert projection.differing(db, library, queries.all_records(db)) == ()
        before = projection.digest(db)
        projection.rebuild(db, library)
        assert projection.digest(db) == before
        assert len(db.query_rows("SELECT name FROM sqlite_schema WHERE name LIKE 'register\\_%' ESCAPE '\\'")) == 6
        for number, definition in enumerate(library.registers.values()):
            for name in names:
                [line] = queries.list_records(db, definition, text="1", order_by=name, filters={name: "1"})
                assert line.values == dict.fromkeys(names, "1")
                assert queries.same_value(db, definition.id, name, "1") == (record_id(number),)
            assert queries.read_row(db, definition, record_id(number)) == dict.fromkeys(names, "1")


@pytest.mark.parametrize("bad", ['x" TEXT); DROP TABLE operations; --', "Full", "", "a" * 42, "a\n"])
def test_a_name_that_is_no_id_never_reaches_sql(db: Database, bad: str) -> None:
    library = Library(registers={"person": with_fields(PERSON, field_of(bad, TypeName.TEXT))})
    with pytest.raises(ValueError, match="no id"):
        register_tables.prepare(db, library)
    with pytest.raises(ValueError, match="no id"):
        register_tables.prepare(db, Library(registers={bad: definition_of(bad, "X", "{a}", ())}))
    assert db.query_rows("SELECT count(*) FROM operations") == [(0,)]
    with pytest.raises(ValueError, match="stores no field"):
        queries.list_records(db, LIBRARY.registers["person"], order_by=bad)


plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5)
json_values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
)


@settings(deadline=None, max_examples=80)
@example({"height": True, "is_child": 1, "full_name": 7, "weight": 1, "aliases": "x"})
@given(
    st.dictionaries(
        st.sampled_from([one.id for one in PERSON.fields()]) | st.sampled_from(["x", "y"]),
        json_values.filter(lambda value: value is not None),
    )
)
def test_every_value_comes_back_from_its_row_as_it_was(values: dict[str, Json]) -> None:
    table = RegisterTable(PERSON)
    row = table.row_of(1, values)
    read = table.values_of((row[1], *row[2:]))
    assert read == values
    assert {name: type(value) for name, value in read.items()} == {name: type(one) for name, one in values.items()}


def test_statements_follow_the_definition_they_were_made_from(registry: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copyfile(registry, copy)
    with Database.open(copy, KEY) as db:
        newer = with_fields(PERSON, *list(PERSON.fields())[:2], version=2)
        register_tables.prepare(db, LIBRARY)
        old = register_tables.table_of(db, PERSON)
        register_tables.prepare(db, with_person(newer))
        assert register_tables.table_of(db, newer).put != old.put
        assert register_tables.prepared_table(db, "person").definition is newer
