"""People given inside a record, at any nesting, and the draft that the save ends: one act, one set of problems."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.definitions.companion_fields import reason_name
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import (
    drafts,
    new_records,
    records,
    saving,
)
from tests.workspace.records.test_saving import ABSENCE_GIVEN, PERSON_GIVEN

ONE_WORD: dict[str, Json] = {**PERSON_GIVEN, "full_name": "Đớn"}
CHILD: dict[str, Json] = {**PERSON_GIVEN, "full_name": "Lò Thị Mỷ", "dob": "2015-06-01", "legal_rep": PERSON_GIVEN}


def whole(session: Session, person: Json) -> dict[str, Json]:
    """Return an absence as a form holds it, the defaults in their places."""
    typed: Json = {**new_records.new_values(session, "person"), **person} if isinstance(person, dict) else person
    return {**new_records.new_values(session, "absence"), "person": typed, **ABSENCE_GIVEN}


def people(session: Session) -> int:
    return records.counts(session)["person"]


def know(session: Session, definition: FormDefinition) -> None:
    """Give a station another definition of a register."""
    registers = {**session.library.registers, definition.id: definition}
    session.definitions = replace(session.definitions, library=replace(session.library, registers=registers))


def test_everybody_inside_becomes_a_person_with_a_number_of_their_own(commune: Session) -> None:
    saved = saving.save_given(commune, "absence", {"person": CHILD, **ABSENCE_GIVEN})
    child = records.read(commune, str(records.read(commune, str(saved.record)).values["person"]))
    parent = records.read(commune, str(child.values["legal_rep"]))
    assert (child.values["full_name"], parent.values["full_name"]) == ("Lò Thị Mỷ", "Nguyễn Thị Đào")
    assert (parent.record_no, child.record_no) == ("NG-2026-0001", "NG-2026-0002")
    assert [one.path for one in saved.persons] == ["person.legal_rep", "person"]


def test_a_person_in_a_row_becomes_a_person(commune: Session) -> None:
    rows: Json = [{"name": "Chủ quán"}, {"person": PERSON_GIVEN}]
    saved = saving.save_given(commune, "tip", {"suspects": rows}, is_draft=True)
    assert saved.record is not None, saved.problems
    stored: Any = records.read(commune, saved.record).values["suspects"]
    assert records.read(commune, stored[1]["person"]).values["full_name"] == "Nguyễn Thị Đào"


@pytest.mark.parametrize(
    ("register", "values", "path"),
    [
        ("absence", {"person": {**PERSON_GIVEN, "dob": "31/02/1999"}, **ABSENCE_GIVEN}, "person.dob"),
        (
            "absence",
            {"person": {**CHILD, "legal_rep": {"full_name": "Lò"}}, **ABSENCE_GIVEN},
            "person.legal_rep.gender",
        ),
        ("absence", {"person": {**PERSON_GIVEN, "father": "NG-2020-0404"}, **ABSENCE_GIVEN}, "person.father"),
        ("tip", {"suspects": [{"name": "x"}, {"person": {"full_name": "Lò"}}]}, "suspects[1].person.gender"),
    ],
)
def test_a_problem_comes_back_at_its_place_in_the_form_and_nothing_is_written(
    commune: Session, register: str, values: dict[str, Json], path: str
) -> None:
    saved = saving.save_given(commune, register, values)
    assert saved.record is None
    assert path in {problem.field for problem in saved.problems}
    assert records.counts(commune)[register] == people(commune) == 0


def test_each_doubt_is_answered_where_it_belongs(commune: Session) -> None:
    values = {**whole(commune, ONE_WORD), "absent_since": "2025-01"}
    asked = saving.save(commune, "absence", values)
    assert {one.code for one in asked.problems} == {"absence_undeclared", "name_one_word"}
    reasons = {"absence_undeclared": "Gia đình chưa biết", "name_one_word": "không phải ở đây"}
    refused = saving.save(commune, "absence", values, reasons=reasons)
    assert [(one.code, one.field) for one in refused.problems] == [("name_one_word", "person.full_name")]
    of_person = {"person": {"name_one_word": "Chỉ gọi vậy"}}
    saved = saving.save(commune, "absence", values, reasons=reasons, person_reasons=of_person)
    view = records.read(commune, str(saved.record))
    assert view.reasons == {"absence_undeclared": "Gia đình chưa biết"}
    assert records.read(commune, str(view.values["person"])).reasons == {"name_one_word": "Chỉ gọi vậy"}


def test_on_the_command_line_one_reason_answers_for_the_people_inside_too(commune: Session) -> None:
    saved = saving.save_given(
        commune, "absence", {"person": ONE_WORD, **ABSENCE_GIVEN}, reasons={"name_one_word": "Chỉ gọi vậy"}
    )
    view = records.read(commune, str(saved.record))
    assert view.reasons == {}
    assert records.read(commune, str(view.values["person"])).reasons == {"name_one_word": "Chỉ gọi vậy"}


def test_a_person_of_a_draft_may_be_unfinished_too(commune: Session) -> None:
    saved = saving.save_given(commune, "absence", {"person": {"full_name": "Lò Thị Mỷ"}}, is_draft=True)
    view = records.read(commune, str(saved.record))
    assert records.read(commune, str(view.values["person"])).is_draft


def test_who_stands_where_nothing_is_asked_is_not_entered(commune: Session) -> None:
    definition = commune.library.registers["returned_victim"]
    never = next(section.visible_when for section in definition.sections if section.id == "handover")
    sections = tuple(
        replace(one, fields=tuple(replace(f, visible_when=never) if f.id == "guardian" else f for f in one.fields))
        for one in definition.sections
    )
    know(commune, replace(definition, sections=sections))
    inside: Json = {"full_name": "x", "father": PERSON_GIVEN}
    values: dict[str, Json] = {"person": PERSON_GIVEN, "guardian": inside}
    saved = saving.save_given(commune, "returned_victim", values, is_draft=True)
    assert saved.record is not None, saved.problems
    assert people(commune) == 1
    assert "guardian" not in records.read(commune, saved.record).values


@pytest.mark.parametrize("length", [30, 34, 35, 41])
def test_a_reason_is_not_asked_again_however_long_the_code_of_its_warning_is(commune: Session, length: int) -> None:
    definition = commune.library.registers["absence"]
    code = "absence_unknown".ljust(length, "x")
    known = next(check for field in definition.fields() for check in field.checks if check.code == "absence_undeclared")
    checks = (*definition.checks, replace(known, code=code))
    know(commune, replace(definition, checks=checks))
    values = {**whole(commune, PERSON_GIVEN), "absent_since": "2025-01"}
    reasons = {"absence_undeclared": "Gia đình chưa biết"}
    assert {one.code for one in saving.save(commune, "absence", values, reasons=reasons).problems} == {code}
    record = str(saving.save(commune, "absence", values, reasons={**reasons, code: "Đã hỏi"}).record)
    view = records.read(commune, record)
    assert view.reason_names == {reason_name(code), "reason_absence_undeclared"}
    again = saving.save(commune, "absence", {**view.values, "destination_country": "LAO"}, record=record)
    assert again.changed == {"destination_country"}
    drafts.keep(commune, "absence", record, {"destination_country": "CHN"}, {})
    assert drafts.progress_of(commune, drafts.all_drafts(commune)[0]).is_complete


def test_the_same_new_person_given_twice_is_two_persons(commune: Session) -> None:
    saved = saving.save_given(commune, "person", {**CHILD, "mother": PERSON_GIVEN})
    assert saved.record is not None, saved.problems
    assert people(commune) == 3


def test_what_lies_too_deep_is_refused_and_no_crash(commune: Session) -> None:
    person: Json = dict(PERSON_GIVEN)
    for _ in range(200):
        person = {**PERSON_GIVEN, "father": person}
    saved = saving.save_given(commune, "person", {**PERSON_GIVEN, "father": person})
    assert saved.record is None
    assert people(commune) == 0


def test_a_save_ends_its_draft_and_a_refused_one_keeps_it(commune: Session) -> None:
    drafts.keep(commune, "absence", None, {"person": CHILD}, {})
    drafts.keep(commune, "person", None, {"full_name": "Lò"}, {})
    refused = saving.save(commune, "absence", {**whole(commune, ONE_WORD)}, ends_draft=True)
    assert refused.record is None
    assert drafts.read(commune, "absence", None) is not None
    saved = saving.save(commune, "absence", whole(commune, PERSON_GIVEN), ends_draft=True)
    assert saved.ended_draft
    assert [one.register for one in drafts.all_drafts(commune)] == ["person"]
    assert not saving.save(commune, "absence", whole(commune, PERSON_GIVEN), ends_draft=True).ended_draft


def test_a_full_disk_leaves_the_draft_and_nothing_else(commune: Session) -> None:
    drafts.keep(commune, "absence", None, {"person": CHILD}, {})
    (pages,) = commune.database.query_row("PRAGMA page_count") or (0,)
    commune.database.query_row(f"PRAGMA max_page_count = {pages}")
    before = (commune.last_time, records.counts(commune), drafts.all_drafts(commune))
    values = {**whole(commune, PERSON_GIVEN), "accompanied_by": "dài " * 4000 + "x"}
    with pytest.raises(DesktopError) as raised:
        saving.save(commune, "absence", values, ends_draft=True)
    assert raised.value.code == "disk_full"
    assert (commune.last_time, records.counts(commune), drafts.all_drafts(commune)) == before
    commune.database.query_row("PRAGMA max_page_count = 1073741823")
    assert saving.save(commune, "absence", values, ends_draft=True).record is not None
    assert (records.counts(commune)["absence"], people(commune), drafts.all_drafts(commune)) == (1, 1, ())
