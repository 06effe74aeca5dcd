"""The projections are a function of the set of operations: any order of arrival, any rebuild, the same bytes."""

import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import ChangeKind, Json
from desktop.domain.records.merging import record_state
from desktop.storage import change_log, projection, queries, register_tables
from desktop.storage.database import Database
from desktop.storage.projection import Applied
from desktop.storage.search import search
from tests.storage.world import KEY, LIBRARY, OTHER, PERSON, STATION, Author, breaking, record_id, save

PEOPLE = [record_id(number) for number in range(3)]
CASES = [record_id(number) for number in range(10, 13)]


def values_of(fields: Mapping[str, st.SearchStrategy[Json]]) -> st.SearchStrategy[dict[str, Json]]:
    """Return some of the fields, each with a value."""
    return st.fixed_dictionaries({}, optional=dict(fields))


names: st.SearchStrategy[Json] = st.sampled_from(["Lò Thị Đớn", "Đỗ Thị Ước", "Giàng A Páo", "", "Nguyễn Văn A"])
links: st.SearchStrategy[Json] = st.sampled_from([*PEOPLE, CASES[0], record_id(99)])
strange: st.SearchStrategy[Json] = st.sampled_from([7, True, "x", ["a"], {"$sealed": "YWdl"}, {"detail": "Bản Đề"}, []])
child: st.SearchStrategy[Json] = st.builds(dict, name=names, person=links)
person_values = values_of(
    {
        "full_name": st.none() | names | strange,
        "alias": names,
        "phone": st.sampled_from(["+84912345678", "113"]),
        "aliases": st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
        "perm_addr": st.sampled_from([{"hamlet": "Nậm Kè", "commune": "03160"}, {"detail": "số 5"}]),
        "height": st.integers(100, 180) | strange,
        "is_child": st.booleans() | strange,
        "age": st.integers(1, 9),
        "later_field": strange,
        "record_no": st.sampled_from(["NG-2026-0001", "NG-2026-0002"]),
        "status": st.sampled_from(["DANG", "XONG"]),
    },
)
case_values = values_of(
    {
        "person": st.none() | links | strange,
        "informant": links,
        "case_code": st.sampled_from(["NN-1", "NN-2"]),
        "case_kind": st.lists(st.sampled_from(["LCNN", "LAODONG"]), max_size=2),
        "place": names,
        "risk_level": st.sampled_from(["0", "1", "3"]),
        "notes": names,
        "children": st.lists(child, max_size=2) | strange,
        "record_no": st.sampled_from(["VM-2026-0001", "VM-2026-0002"]),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[Author]:
    """Several stations write on the same records; each save knows some of what was written before it."""
    authors = [Author(), Author(epoch="b" * 16), Author(station=OTHER, epoch="c" * 16)]
    for _ in range(draw(st.integers(1, 14))):
        author = draw(st.sampled_from(authors))
        register = draw(st.sampled_from(["person", "absence", "absence", "victim", "of_a_newer_program"]))
        record = draw(st.sampled_from(PEOPLE if register == "person" else CASES))
        fields = draw(person_values if register == "person" else case_values)
        before = [one for other in authors for one in other.written if one.record == record]
        known = draw(st.lists(st.sampled_from(before), unique_by=lambda one: one.id)) if before else []
        parents = {name: tuple(one.id for one in known if name in one.fields) for name in fields}
        kind = ChangeKind.CLOSE_EPOCH if draw(st.integers(0, 20)) == 0 else ChangeKind.PUT
        author.write(record, register, fields, parents, time=draw(st.integers(0, 5)), kind=kind)
    return authors


@contextmanager
def opened(empty_registry: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.db"
        shutil.copyfile(empty_registry, path)
        with Database.open(path, KEY) as db:
            register_tables.prepare(db, LIBRARY)
            yield db


def arrive(db: Database, authors: list[Author], chance: random.Random) -> None:
    """Let everything arrive in some order: ranges in turn, excerpts ahead of them, repetitions; apply as it comes."""
    left = {author.epoch: author.chain() for author in authors if author.written}
    stations = {author.epoch: author.station for author in authors}
    for epoch, station in sorted(stations.items(), key=lambda _: chance.random()):
        change_log.begin_epoch(db, epoch, station)
    places = dict.fromkeys(left, 0)
    while any(places[epoch] < len(left[epoch]) for epoch in left):
        epoch = chance.choice([epoch for epoch in left if places[epoch] < len(left[epoch])])
        with db.atomic():
            if chance.random() < 0.3:
                lines = [line for line, _ in chance.sample(left[epoch], chance.randint(1, len(left[epoch])))]
                received = change_log.append_excerpts(db, epoch, stations[epoch], lines)
            else:
                begin = max(0, places[epoch] - chance.randint(0, 1))
                end = places[epoch] + chance.randint(1, 3)
                received = change_log.append_received(db, epoch, stations[epoch], left[epoch][begin:end])
                places[epoch] = min(end, len(left[epoch]))
            assert received.fork is received.gap is None
            records = list(received.records)
            chance.shuffle(records)
            projection.apply(db, LIBRARY, records)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(authors=histories(), seeds=st.tuples(st.integers(0, 999), st.integers(0, 999)))
def test_any_order_of_arrival_and_any_rebuild_give_the_same_projection(
    empty_registry: Path, authors: list[Author], seeds: tuple[int, int]
) -> None:
    digests = []
    for seed in seeds:
        with opened(empty_registry) as db:
            arrive(db, authors, random.Random(seed))
            everything = queries.all_records(db)
            digests.append(projection.digest(db))
            assert projection.differing(db, LIBRARY, everything) == ()
            assert projection.check_search(db)
            assert change_log.verify(db) == ()
            projection.rebuild(db, LIBRARY)
            digests.append(projection.digest(db))
            projection.rebuild(db, LIBRARY, ["person"])
            digests.append(projection.digest(db))
            assert projection.check_search(db)
            for record in everything:
                check_values(db, record)
    assert len(set(digests)) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(authors=histories(), chance=st.randoms(use_true_random=False), at_once=st.integers(2, 9), halves=st.booleans())
def test_records_applied_together_are_as_if_applied_one_by_one(
    empty_registry: Path, authors: list[Author], chance: random.Random, at_once: int, *, halves: bool
) -> None:
    """A bundle's records, in batches of any size and in any order, over what a bundle before it left."""
    digests = []
    for size in (1, at_once):
        with opened(empty_registry) as db:
            for begin, end in [(0, 1), (1, 99)] if halves else [(0, 99)]:
                receive_all(db, authors, begin, end, chance, size)
                assert projection.check_search(db)
            digests.append(projection.digest(db))
            projection.rebuild(db, LIBRARY, at_once=size)
            digests.append(projection.digest(db))
            assert projection.check_search(db)
            assert projection.differing(db, LIBRARY, queries.all_records(db)) == ()
    assert len(set(digests)) == 1


def receive_all(db: Database, authors: list[Author], begin: int, end: int, chance: random.Random, at_once: int) -> None:
    """Let a part of every author's log arrive in one transaction, and apply it."""
    with db.atomic():
        records: list[str] = []
        for author in authors:
            change_log.begin_epoch(db, author.epoch, author.station)
            lines = author.chain()[begin:end]
            records += change_log.append_received(db, author.epoch, author.station, lines).records
        chance.shuffle(records)
        projection.apply(db, LIBRARY, records, at_once=at_once)


def check_values(db: Database, record: str) -> None:
    """What a form reads is what the operations say: nothing lost, nothing converted."""
    state = projection.read_state(db, LIBRARY, record)
    register = queries.register_of(db, record)
    if state is None or state.register not in LIBRARY.registers:
        assert register is None
        return
    assert register == state.register
    assert queries.read_row(db, LIBRARY.registers[register], record) == state.values


@settings(max_examples=60, deadline=None)
@given(authors=histories())
def test_a_record_of_one_operation_is_what_merging_says(authors: list[Author]) -> None:
    for operation in (one for author in authors for one in author.written):
        definition = LIBRARY.registers.get(operation.register)
        state = record_state([operation], definition)
        assert state.values == {name: one.value for name, one in operation.fields.items() if one.value is not None}
        assert (state.conflicts, state.definition_version) == ((), operation.definition_version)


def test_apply_tells_what_became_of_each_record(db: Database, author: Author) -> None:
    first = author.write(record_id(1), "person", {"full_name": "Lò Thị Đớn"})
    unknown = author.write(record_id(2), "of_a_newer_program", {"name": "x"})
    with db.atomic():
        change_log.append(db, [first, unknown])
        applied = projection.apply(db, LIBRARY, [record_id(1), record_id(2), record_id(3)])
    assert applied == (
        Applied(record=record_id(1), register="person", is_known=True, is_new=True, conflicts=()),
        Applied(record=record_id(2), register="of_a_newer_program", is_known=False, is_new=True, conflicts=()),
    )
    again = [author.write(record_id(1), "person", {"full_name": name}, {}) for name in ("Lò A", "Lò B")]
    with db.atomic():
        change_log.append(db, again)
        [applied_again] = projection.apply(db, LIBRARY, [record_id(1), record_id(1)])
    assert applied_again == Applied(
        record=record_id(1), register="person", is_known=True, is_new=False, conflicts=("full_name",)
    )


def test_a_record_is_found_by_the_person_it_links_to_whichever_came_first(db: Database, author: Author) -> None:
    case, person = record_id(10), record_id(1)
    save(db, author.write(case, "absence", {"person": person, "place": "Lào"}))
    assert search(db, "don") == ()
    save(db, author.write(person, "person", {"full_name": "Lò Thị Đớn"}))
    assert {found.record for found in search(db, "đớn")} == {case, person}
    named = author.written[-1].id
    save(db, author.write(person, "person", {"full_name": "Lò Thị Ước"}, {"full_name": (named,)}))
    assert search(db, "don") == ()
    assert {found.record for found in search(db, "uoc")} == {case, person}
    linked = author.written[0].id
    save(db, author.write(case, "absence", {"person": None}, {"person": (linked,)}))
    assert {found.record for found in search(db, "uoc")} == {person}
    assert queries.links_to(db, person) == ()


def test_what_identifies_a_victim_or_an_informant_is_never_indexed(db: Database, author: Author) -> None:
    person = record_id(1)
    save(
        db,
        author.write(person, "person", {"full_name": "Lò Thị Đớn", "alias": "Mimi"}),
        author.write(record_id(10), "victim", {"person": person, "case_code": "NN-03160-7K2M-2026-0007"}),
        author.write(record_id(11), "absence", {"informant": person, "place": "Lào"}),
    )
    assert {found.record for found in search(db, "don")} == {person}
    assert search(db, "mimi") == ()
    [found] = search(db, "7k2m 0007")
    assert (found.record, found.title) == (record_id(10), "NN-03160-7K2M-2026-0007")
    texts = db.query_rows("SELECT search_text, title FROM record_index WHERE register IN ('victim', 'absence')")
    assert not [text for row in texts for text in row if "don" in text.casefold() or "đớn" in text.casefold()]


def test_a_title_with_a_secret_field_stays_empty(tmp_path: Path, author: Author) -> None:
    secret = replace(PERSON, title="{full_name} ({alias})")
    library = Library(registers={"person": secret})
    with Database.create(tmp_path / "registry.db", KEY) as db:
        change_log.begin_epoch(db, author.epoch, STATION)
        register_tables.prepare(db, library)
        save(db, author.write(record_id(1), "person", {"full_name": "Lò A", "alias": "Mimi"}), library=library)
        assert queries.titles_of(db, [record_id(1)]) == {record_id(1): ""}


def test_an_old_page_put_back_into_the_register_is_found(db: Database, author: Author) -> None:
    save(db, author.write(record_id(1), "person", {"full_name": "Lò Thị Đớn", "status": "DANG"}))
    everything = queries.all_records(db)
    assert projection.differing(db, LIBRARY, everything) == ()
    for damage in (
        "UPDATE register_person SET status = 'XONG'",
        "UPDATE record_index SET title = 'Lò A'",
        "UPDATE record_index SET search_text = 'lo a'",
        "INSERT INTO links VALUES (1, 'person', 'x')",
        "DELETE FROM record_index",
    ):
        with breaking(db):
            db.execute(damage)
            assert projection.differing(db, LIBRARY, everything) == (record_id(1),), damage
    db.execute("UPDATE record_index SET search_text = 'lo a'")
    assert not projection.check_search(db)
    projection.rebuild(db, LIBRARY)
    assert projection.check_search(db)


def test_closing_an_epoch_makes_no_record(db: Database, author: Author) -> None:
    save(db, author.write(record_id(7), "epoch", {"closed": "x"}, kind=ChangeKind.CLOSE_EPOCH))
    assert queries.register_of(db, record_id(7)) is None
    assert projection.read_state(db, LIBRARY, record_id(7)) is None
    assert projection.differing(db, LIBRARY, queries.all_records(db)) == ()


def test_closing_an_epoch_makes_no_record_where_it_is_received(db: Database) -> None:
    other = Author(station=OTHER, epoch="b" * 16)
    other.write(record_id(7), "person", {"full_name": "x"}, kind=ChangeKind.CLOSE_EPOCH)
    receive_all(db, [other], 0, 1, random.Random(1), 2)
    assert queries.register_of(db, record_id(7)) is None
    assert projection.differing(db, LIBRARY, queries.all_records(db)) == ()


def test_what_links_to_a_record_forgets_the_title_that_a_definition_took_from_it(db: Database, author: Author) -> None:
    save(db, author.write(record_id(1), "person", {"full_name": "Lò Thị Đớn"}))
    save(db, author.write(record_id(10), "absence", {"person": record_id(1)}))
    library = Library(registers={**LIBRARY.registers, "person": replace(PERSON, title="{alias}", search=("phone",))})
    projection.rebuild(db, library, register_tables.prepare(db, library))
    assert search(db, "don") == ()


def test_nothing_of_a_save_stays_when_it_fails(db: Database, author: Author) -> None:
    before = projection.digest(db)
    operation = author.write(record_id(1), "person", {"full_name": "Lò A"})
    with breaking(db):
        change_log.append(db, [operation])
        projection.apply(db, LIBRARY, [operation.record])
        assert projection.digest(db) != before
    assert change_log.count(db) == 0
    assert projection.digest(db) == before
