"""The page of one person in a real registry."""

import datetime as dt

import pytest

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.people import people
from desktop.workspace.people.people import PersonPage
from desktop.workspace.records import links, records, saving

PERSON: dict[str, Json] = {
    "full_name": "Lò Thị Đớn",
    "dob": "1999~",
    "gender": "F",
    "nationality": "LAO",
    "other_name": "Đớn",
    "alias_abroad": "李丹",
    "old_personal_ids": [{"number": "040123456"}, {"number": "040123457"}],
    "phone": "0912345678",
    "ethnicity": "THAI",
}


def add(session: Session, register: str, values: dict[str, Json]) -> str:
    saved = saving.save_given(session, register, values, reason_for_all="Đã xem", is_draft=register != "person")
    assert saved.record is not None, saved.problems
    return saved.record


@pytest.fixture
def don(commune: Session) -> str:
    return add(commune, "person", PERSON)


def looks(session: Session) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (entry.register, entry.record, entry.fields, entry.reason_given)
        for entry in audit_log.entries(session.database)
        if entry.action == "reveal"
    ]


def told(page: PersonPage) -> str:
    """All that the page says, in one text."""
    return repr(page)


def test_a_page_tells_who_it_is(commune: Session, don: str) -> None:
    page = people.person_page(commune, don)
    lines = {line.field: line.text for line in page.identity}
    assert (page.title, page.record_no, page.is_revealed) == ("Lò Thị Đớn", "NG-2026-0001", False)
    assert (lines["full_name"], lines["gender"], lines["nationality"]) == ("Lò Thị Đớn", "Nữ", "Lào")
    assert lines["is_minor_18"] == "Không"
    assert page.old_numbers == ("040123456", "040123457")
    assert page.other_names == ("Đớn",)
    assert not lines.keys() & {"ethnicity", "other_name", "alias_abroad", "old_personal_ids"}


def test_a_timeline_holds_every_register_once_newest_first(commune: Session, don: str) -> None:
    absence = add(commune, "absence", {"person": don, "occurred_at": "2026-03-01T08:00+07:00", "case_kind": ["VM_LN"]})
    check = add(commune, "residence_check", {"person": don, "occurred_at": "2026-11-02T08:00+07:00"})
    patrol = add(commune, "patrol", {"occurred_at": "2026-06-01T08:00+07:00"})
    links.add_link(commune, don, patrol, "GAP_TUAN_TRA")
    links.add_link(commune, don, absence, "DI_CUNG")
    timeline = people.person_page(commune, don).timeline
    assert [entry.record for entry in timeline] == [check, patrol, absence]
    assert [entry.at.date() for entry in timeline] == [
        dt.date(2026, 11, 2),
        dt.date(2026, 6, 1),
        dt.date(2026, 3, 1),
    ]
    assert (timeline[1].register_label, timeline[1].roles) == ("Chuyến tuần tra", ("Gặp khi tuần tra",))
    assert set(timeline[2].roles) == {"Người vắng mặt", "Đi cùng"} or len(timeline[2].roles) == 2
    assert timeline[0].status != ""


def test_other_people_are_links_not_events(commune: Session, don: str) -> None:
    mother = add(commune, "person", {**PERSON, "full_name": "Lò Thị Cúc", "dob": "1970"})
    child = add(commune, "person", {**PERSON, "full_name": "Lò Văn Ba", "dob": "2020", "mother": don})
    links.add_link(commune, don, mother, "GIA_DINH")
    page = people.person_page(commune, don)
    assert page.timeline == ()
    assert {(link.record, link.is_incoming) for link in page.links} == {(mother, False), (child, True)}


def test_own_changes_are_no_events(commune: Session, don: str) -> None:
    view = records.read(commune, don)
    saving.save(commune, "person", {**view.values, "phone": "+84988123456"}, record=don)
    assert people.person_page(commune, don).timeline == ()


def test_nothing_on_the_page_tells_that_a_person_is_a_victim_or_an_informant(commune: Session, don: str) -> None:
    before = people.person_page(commune, don)
    victim = add(commune, "returned_victim", {"person": don})
    add(commune, "tip", {"informant": don})
    add(commune, "absence", {"family_informant": don})
    links.add_link(commune, victim, don, "DI_CUNG")
    after = people.person_page(commune, don)
    assert after == before
    assert "李丹" not in told(after)
    assert looks(commune) == []


def test_a_look_shows_victims_by_case_code_and_is_logged(commune: Session, don: str) -> None:
    victim = add(commune, "returned_victim", {"person": don})
    tip = add(commune, "tip", {"informant": don})
    page = people.revealed_page(commune, don, "Lập hồ sơ hỗ trợ")
    entries = {entry.record: entry for entry in page.timeline}
    assert entries.keys() == {victim, tip}
    assert entries[victim].title == records.read(commune, victim).values["case_code"]
    assert all(entry.is_protected for entry in page.timeline)
    assert page.other_names == ("Đớn", "李丹")
    assert looks(commune) == [("person", don, ("alias_abroad", "links"), True)]


def test_a_look_in_vain_is_logged_too(commune: Session) -> None:
    person = add(commune, "person", {**PERSON, "alias_abroad": None})
    assert people.revealed_page(commune, person, "Nghi là nạn nhân").timeline == ()
    assert looks(commune) == [("person", person, ("links",), True)]


def test_another_register_has_no_such_page(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        people.person_page(commune, add(commune, "patrol", {}))
    assert refused.value.code == "not_a_person"
