"""Links between records of a real registry: what is seen, by whom, and how they are taken back."""

from collections.abc import Callable

import pytest

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.people import households
from desktop.workspace.records import (
    conflicts,
    history,
    links,
    records,
    revealing,
    saving,
    titles,
)
from desktop.workspace.records.links import LinkedRecord
from tests.conftest import World

ADDRESS: dict[str, Json] = {"province": "11", "commune": "03160", "hamlet": "Bản Nậm Kè"}


def add(session: Session, register: str, values: dict[str, Json]) -> str:
    saved = saving.save_given(session, register, values, reason_for_all="Đã xem", is_draft=register != "person")
    assert saved.record is not None, saved.problems
    return saved.record


def person(session: Session, name: str, **more: Json) -> str:
    return add(session, "person", {"full_name": name, "dob": "1999", "gender": "F", "perm_addr": ADDRESS, **more})


def seen(session: Session, record: str, *, reveals: bool = False) -> list[tuple[str, str]]:
    found = links.links_of(session, record, reveals=reveals)
    return [(link.kind or link.field, link.record) for link in found]


def link(session: Session, a: str, b: str, kind: str = "GIA_DINH", note: str = "") -> str:
    saved = links.add_link(session, a, b, kind, note)
    assert saved.record is not None, saved.problems
    return saved.record


def reveals(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    found = [entry for entry in audit_log.entries(session.database) if entry.action == "reveal"]
    return [(entry.record, entry.fields) for entry in sorted(found, key=lambda entry: entry.number)]


@pytest.fixture
def dao(commune: Session) -> str:
    return person(commune, "Nguyễn Thị Đào")


@pytest.fixture
def mo(commune: Session) -> str:
    return person(commune, "Lò Văn Mơ", gender="M")


@pytest.fixture
def victim(commune: Session, dao: str) -> str:
    return add(commune, "returned_victim", {"person": dao})


def only(found: tuple[LinkedRecord, ...]) -> LinkedRecord:
    (one,) = found
    return one


def test_a_link_is_seen_from_both_ends_and_says_who_made_it(commune: Session, dao: str, mo: str, world: World) -> None:
    made = link(commune, dao, mo, "DI_CUNG", "  Cùng  chuyến xe ")
    here, there = only(links.links_of(commune, dao)), only(links.links_of(commune, mo, language="en"))
    assert (here.record, here.title, here.label, here.is_incoming) == (mo, "Lò Văn Mơ", "Đi cùng", False)
    assert (there.record, there.label, there.is_incoming) == (dao, "Accompanied", True)
    assert (here.link, here.note, here.made_by) == (made, "Cùng chuyến xe", "Thiếu úy Hà Văn Sơn")
    assert (here.station, here.made_at) == (commune.station.id, world.time)


def test_a_link_is_taken_away_with_a_reason_and_put_back(commune: Session, dao: str, mo: str) -> None:
    made = link(commune, dao, mo)
    refused = links.remove_link(commune, made, "  ")
    assert [(problem.code, problem.field) for problem in refused.problems] == [("value_missing", "removed_reason")]
    assert seen(commune, dao) == [("GIA_DINH", mo)]
    assert links.remove_link(commune, made, "Nhầm người").record == made
    assert seen(commune, dao) == seen(commune, mo) == []
    assert only(links.links_of(commune, mo, with_removed=True)).is_removed
    assert links.restore_link(commune, made).record == made
    assert seen(commune, mo) == [("GIA_DINH", dao)]
    told = [(entry.field, entry.old_value, entry.new_value) for entry in history.history(commune, made)]
    assert ("removed", None, True) in told
    assert ("removed", True, None) in told
    assert ("removed_reason", None, "Nhầm người") in told


def test_linking_again_what_was_taken_away_puts_it_back(commune: Session, dao: str, mo: str) -> None:
    made = link(commune, dao, mo)
    links.remove_link(commune, made, "Nhầm người")
    assert link(commune, mo, dao, note="Đúng là chị em") == made
    assert only(links.links_of(commune, dao)).note == "Đúng là chị em"


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        ("link_to_itself", ("dao", "dao")),
        ("linked_record_unknown", ("dao", "0192f000-0000-7000-8000-0000000000ff")),
        ("link_of_register", ("officer", "dao")),
        ("link_exists", ("mo", "dao")),
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words(
    commune: Session, dao: str, mo: str, code: str, ends: tuple[str, str]
) -> None:
    link(commune, dao, mo)
    named = {"dao": dao, "mo": mo, "officer": commune.officer.id}
    a, b = (named.get(end, end) for end in ends)
    saved = links.add_link(commune, a, b, "GIA_DINH")
    assert (saved.record, [problem.code for problem in saved.problems]) == (None, [code])
    assert seen(commune, dao) == [("GIA_DINH", mo)]


def test_a_kind_that_is_none_is_refused(commune: Session, dao: str, mo: str) -> None:
    assert [problem.code for problem in links.add_link(commune, dao, mo, "HANG_XOM").problems] == ["code_unknown"]


def test_what_is_no_link_is_not_taken_away(commune: Session, dao: str) -> None:
    with pytest.raises(DesktopError) as refused:
        links.remove_link(commune, dao, "Nhầm")
    assert refused.value.code == "link_unknown"


def test_two_kinds_join_the_same_two(commune: Session, dao: str, mo: str) -> None:
    link(commune, dao, mo)
    link(commune, dao, mo, "CUNG_LUU_TRU")
    assert sorted(seen(commune, mo)) == [("CUNG_LUU_TRU", dao), ("GIA_DINH", dao)]


def test_fields_link_too_in_both_directions(commune: Session, mo: str) -> None:
    child = person(commune, "Lò Thị Út", father=mo)
    assert seen(commune, child) == [("father", mo)]
    found = only(links.links_of(commune, mo))
    assert (found.record, found.label, found.is_incoming, found.link) == (child, "Cha", True, None)


def test_whose_case_a_person_is_is_seen_after_a_look_alone(commune: Session, dao: str, victim: str) -> None:
    assert seen(commune, dao) == []
    found = only(links.links_of(commune, dao, reveals=True))
    assert (found.record, found.title) == (victim, records.read(commune, victim).values["case_code"])
    assert seen(commune, victim) == []
    assert seen(commune, victim, reveals=True) == [("person", dao)]


def test_a_link_to_a_case_is_as_secret_as_the_case(commune: Session, mo: str, victim: str, dao: str) -> None:
    link(commune, victim, mo)
    assert seen(commune, mo) == []
    assert only(links.links_of(commune, mo, reveals=True)).title.startswith("NN-")
    assert seen(commune, victim) == []
    assert seen(commune, victim, reveals=True) == [("person", dao), ("GIA_DINH", mo)]


def test_from_the_case_what_names_no_person_is_open(commune: Session, victim: str) -> None:
    support = add(commune, "victim_support", {"case": victim})
    absence = add(commune, "absence", {"linked_victim_case": victim})
    assert seen(commune, victim) == [("case", support)]
    assert seen(commune, support) == []
    assert ("linked_victim_case", absence) in seen(commune, victim, reveals=True)


def test_who_reported_is_as_secret_as_an_informant(commune: Session, dao: str, mo: str) -> None:
    absence = add(commune, "absence", {"person": dao})
    link(commune, mo, absence, "BAO_TIN")
    assert seen(commune, mo) == []
    assert seen(commune, absence) == [("person", dao)]
    assert seen(commune, mo, reveals=True) == [("BAO_TIN", absence)]


def test_somebody_met_on_patrol_is_no_secret(commune: Session, mo: str) -> None:
    patrol = add(commune, "patrol", {})
    link(commune, mo, patrol, "GAP_TUAN_TRA")
    assert seen(commune, patrol) == [("GAP_TUAN_TRA", mo)]


@pytest.fixture
def with_column(commune: Session, victim: str) -> str:
    """A patrol one of whose events led to a victim."""
    event: Json = {"kind": "NAN_NHAN_VE", "action": "Đưa về Đồn", "linked_victim": victim}
    return add(commune, "patrol", {"events": [event, {"kind": "KHAC", "action": "Nhắc nhở"}]})


def test_a_secret_column_of_open_rows_links_after_a_look_alone(commune: Session, with_column: str, victim: str) -> None:
    assert seen(commune, with_column) == []
    assert seen(commune, with_column, reveals=True) == [("events.linked_victim", victim)]
    assert seen(commune, victim) == [("events.linked_victim", with_column)]


def test_a_secret_column_is_dots_where_the_record_is_shown(commune: Session, with_column: str, victim: str) -> None:
    code = str(records.read(commune, victim).values["case_code"])
    found = records.definition_of(commune, "patrol").field("events")
    value = records.read(commune, with_column).values["events"]
    context = titles.value_context(commune, "vi")
    covered = titles.shown(found, value, context)
    assert code not in covered
    assert covered.count(titles.MASK) == 1
    assert "Đưa về Đồn" in covered
    assert covered.endswith("Nhắc nhở")
    assert code in titles.shown(found, value, context, reveals=True)


def test_the_history_of_a_secret_column_is_covered(commune: Session, with_column: str) -> None:
    secret = {entry.field: entry.is_secret for entry in history.history(commune, with_column)}
    assert secret["events"]
    assert not secret["occurred_at"]
    plain = add(commune, "patrol", {"events": [{"kind": "KHAC"}]})
    assert not any(entry.is_secret for entry in history.history(commune, plain))


def test_a_conflict_about_a_secret_column_is_covered(commune: Session, with_column: str) -> None:
    view = records.read(commune, with_column)
    for action in ("Đưa về xã", "Báo tỉnh"):
        events: Json = [{"kind": "KHAC", "action": action}]
        saving.save(
            commune, "patrol", {**view.values, "events": events}, record=with_column, base=view.heads, is_draft=True
        )
    assert not conflicts.conflict_of(commune, with_column, "events").is_secret
    view = records.read(commune, with_column)
    saving.save(
        commune,
        "patrol",
        {**view.values, "events": [{"kind": "KHAC", "linked_tip": commune.officer.id}]},
        record=with_column,
        base={},
        is_draft=True,
    )
    assert conflicts.conflict_of(commune, with_column, "events").is_secret


def test_a_look_is_logged_with_what_was_seen(
    commune: Session, with_column: str, victim: str, mo: str, dao: str
) -> None:
    for record in (with_column, mo, victim, dao):
        revealing.reveal(commune, record, "Hồ sơ hỗ trợ")
    assert reveals(commune) == [
        (with_column, ("events", "links")),
        (victim, ("person", "victim_status", "links")),
        (dao, ("links",)),
    ]


def test_what_was_secret_and_is_cleared_is_still_logged(commune: Session) -> None:
    record = person(commune, "Lò Thị Đớn", alias_abroad="李丹")
    view = records.read(commune, record)
    saving.save(commune, "person", {**view.values, "alias_abroad": None}, record=record)
    revealing.reveal(commune, record, "Xem lịch sử")
    assert reveals(commune) == [(record, ("alias_abroad",))]


def test_a_link_made_here_reads_the_same_after_a_rebuild(
    open_station: Callable[[str], Session], dao: str, mo: str, commune: Session
) -> None:
    link(commune, dao, mo)
    before = links.links_of(commune, mo)
    commune.close()
    assert links.links_of(open_station("commune"), mo) == before


def test_a_household_has_one_head_or_one_house(commune: Session) -> None:
    house: Json = {**ADDRESS, "detail": "Số 12"}
    head = person(commune, "Lò Văn Páo", gender="M", personal_id="011070001234", relation_to_head="CHU_HO")
    wife = person(commune, "Lò Thị Cúc", household_head_id="011070001234", relation_to_head="VO")
    son = person(commune, "Lò Văn Ba", gender="M", household_head_id="011070001234", perm_addr=house)
    lodger = person(commune, "Vừ A Tính", gender="M", perm_addr={**ADDRESS, "hamlet": "bản nậm kè", "detail": "số 12"})
    person(commune, "Cùng Bản Thôi")
    found = {member.record: member.ground for member in households.household(commune, son)}
    assert found == {head: "head", wife: "head", lodger: "address"}
    assert {member.record for member in households.household(commune, head)} == {wife, son}
    assert [member.record for member in households.household(commune, lodger)] == [son]
    assert next(m.relation for m in households.household(commune, head) if m.record == wife) != ""
