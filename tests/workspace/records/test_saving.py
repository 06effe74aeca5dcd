from typing import Final

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import history, records, saving
from tests.conftest import World
from tests.forms.shipped_records import ABSENCE, PERSON

PERSON_GIVEN: Final[dict[str, Json]] = {
    "full_name": "Nguyễn Thị Đào",
    "dob": "1999-02-14",
    "gender": "F",
    "perm_addr": {"province": "11", "commune": "03160", "hamlet": "Bản Nậm Kè"},
}
ABSENCE_GIVEN: Final[dict[str, Json]] = {
    "case_kind": ["VM_LN"],
    "absent_since": "2026-03",
    "declared_absence": False,
    "absence_reason_declared": "LAM_AN",
    "absence_reason_assessed": "KHONG_RO",
    "risk_level": "1",
    "source_of_information": "GIA_DINH",
}


def given_absence(session: Session, **changes: Json) -> str:
    saved = saving.save_given(session, "absence", {"person": PERSON_GIVEN, **ABSENCE_GIVEN, **changes})
    assert saved.record is not None, saved.problems
    return saved.record


def test_a_saved_record_reads_back_to_the_last_letter(commune: Session) -> None:
    saved = saving.save(commune, "person", {key: value for key, value in PERSON.items() if key not in LINKS_OF_PERSON})
    assert saved.problems == ()
    stored = records.read(commune, str(saved.record)).values
    assert stored == {key: value for key, value in PERSON.items() if key not in LINKS_OF_PERSON}


LINKS_OF_PERSON = {"father", "mother", "spouse", "legal_rep"}


@pytest.mark.parametrize("text", ["nguyen thi dao", "NGUYỄN THỊ ĐÀO", "dao", "Đào nguyễn"])
def test_a_person_is_found_however_the_name_is_typed(commune: Session, text: str) -> None:
    saved = saving.save_given(commune, "person", PERSON_GIVEN)
    saving.save_given(commune, "person", {**PERSON_GIVEN, "full_name": "Lò Văn Tèo", "gender": "M"})
    page = records.list_records(commune, "person", text=text)
    assert [row.record for row in page.rows] == [saved.record]


def test_an_absence_is_found_by_the_name_of_its_person(commune: Session) -> None:
    record = given_absence(commune)
    assert [row.record for row in records.list_records(commune, "absence", text="nguyen dao").rows] == [record]


def test_a_person_given_inside_a_record_becomes_a_record_of_its_own(commune: Session) -> None:
    person = records.read(commune, given_absence(commune)).values["person"]
    assert records.read(commune, str(person)).values["full_name"] == "Nguyễn Thị Đào"


def test_what_is_missing_is_named_and_nothing_is_written(commune: Session) -> None:
    saved = saving.save_given(commune, "absence", {"person": PERSON_GIVEN, "absent_since": "2026-13"})
    assert saved.record is None
    assert {problem.code for problem in saved.problems} >= {"value_missing", "date_impossible"}
    assert records.counts(commune)["person"] == records.counts(commune)["absence"] == 0


def test_a_draft_may_be_unfinished_but_not_unreadable(commune: Session) -> None:
    assert saving.save_given(commune, "absence", {"case_kind": ["LCNN"]}, is_draft=True).record is not None
    assert saving.save_given(commune, "absence", {"absent_since": "31/02/2026"}, is_draft=True).record is None


def test_a_warning_asks_for_a_reason_and_keeps_it(commune: Session) -> None:
    doubtful = {"person": PERSON_GIVEN, **ABSENCE_GIVEN, "absent_since": "2025-01"}
    refused = saving.save_given(commune, "absence", doubtful)
    assert refused.record is None
    assert [(one.code, one.severity) for one in refused.problems] == [("absence_undeclared", Severity.WARNING)]
    accepted = saving.save_given(commune, "absence", doubtful, reasons={"absence_undeclared": "Gia đình chưa biết"})
    assert records.read(commune, str(accepted.record)).reasons == {"absence_undeclared": "Gia đình chưa biết"}


def test_a_reason_once_given_is_not_asked_again(commune: Session) -> None:
    doubtful = {"person": PERSON_GIVEN, **ABSENCE_GIVEN, "absent_since": "2025-01"}
    record = str(saving.save_given(commune, "absence", doubtful, reason_for_all="Đã hỏi").record)
    view = records.read(commune, record)
    again = saving.save(commune, "absence", {**view.values, "destination_country": "LAO"}, record=record)
    assert again.changed == {"destination_country"}


def test_numbers_run_per_register_and_year_without_gaps(commune: Session, world: World) -> None:
    numbers = [records.read(commune, given_absence(commune)).record_no for _ in range(3)]
    assert numbers == ["VM-2026-0001", "VM-2026-0002", "VM-2026-0003"]
    saving.save_given(commune, "absence", {"case_kind": []}, is_draft=False)
    assert records.read(commune, given_absence(commune)).record_no == "VM-2026-0004"
    world.pass_time(days=60)
    assert records.read(commune, given_absence(commune, next_review_date="2027-05-01")).record_no == "VM-2027-0001"


def test_two_new_persons_in_one_record_get_different_numbers(commune: Session) -> None:
    parents = {**PERSON_GIVEN, "father": {**PERSON_GIVEN, "gender": "M"}, "mother": PERSON_GIVEN}
    saved = saving.save_given(commune, "person", parents)
    view = records.read(commune, str(saved.record))
    numbers = {records.read(commune, str(view.values[name])).record_no for name in ("father", "mother")} | {
        view.record_no
    }
    assert len(numbers) == 3


def test_a_victims_case_code_names_station_and_year_but_no_person(commune: Session) -> None:
    saved = saving.save_given(commune, "returned_victim", {"person": PERSON_GIVEN}, is_draft=True)
    code = records.read(commune, str(saved.record)).values["case_code"]
    assert code == f"NN-03160-{commune.station.id[-4:]}-2026-0001"


def test_a_list_of_victims_calls_them_by_case_code(commune: Session) -> None:
    saved = saving.save_given(commune, "returned_victim", {"person": PERSON_GIVEN}, is_draft=True)
    (row,) = records.list_records(commune, "returned_victim").rows
    assert row.title == records.read(commune, str(saved.record)).values["case_code"]
    assert "Đào" not in " ".join((*row.cells, row.title))
    assert records.list_records(commune, "returned_victim", text="dao").rows == ()


def test_history_tells_who_changed_what_from_what(commune: Session) -> None:
    record = given_absence(commune)
    view = records.read(commune, record)
    saving.save(commune, "absence", {**view.values, "destination_country": "CHN"}, record=record, base=view.heads)
    view = records.read(commune, record)
    saving.save(commune, "absence", {**view.values, "destination_country": "LAO"}, record=record, base=view.heads)
    changes = [entry for entry in history.history(commune, record) if entry.field == "destination_country"]
    assert [(entry.old, entry.new) for entry in changes] == [("", "Trung Quốc"), ("Trung Quốc", "Lào")]
    assert {entry.officer for entry in changes} == {"Thiếu úy Hà Văn Sơn"}


def test_a_cleared_field_is_empty_and_its_history_remains(commune: Session) -> None:
    record = given_absence(commune, destination_country="CHN")
    view = records.read(commune, record)
    saving.save(commune, "absence", {**view.values, "destination_country": None}, record=record, base=view.heads)
    assert "destination_country" not in records.read(commune, record).values
    last = [entry for entry in history.history(commune, record) if entry.field == "destination_country"][-1]
    assert (last.old_value, last.new_value) == ("CHN", None)


def test_saving_what_stands_there_writes_nothing(commune: Session) -> None:
    record = given_absence(commune)
    view = records.read(commune, record)
    assert saving.save(commune, "absence", view.values, record=record, base=view.heads).changed == frozenset()


def test_an_edit_of_what_somebody_changed_meanwhile_stays_beside_it(commune: Session) -> None:
    record = given_absence(commune, destination_country="CHN")
    seen = records.read(commune, record)
    saving.save(commune, "absence", {**seen.values, "destination_country": "LAO"}, record=record, base=seen.heads)
    saving.save(commune, "absence", {**seen.values, "destination_country": "KHM"}, record=record, base=seen.heads)
    now = records.read(commune, record)
    assert now.conflicts == ("destination_country",)
    assert {head.value for head in now.fields["destination_country"].heads} == {"LAO", "KHM"}


def test_an_unknown_field_is_refused_with_the_likely_one(commune: Session) -> None:
    saved = saving.save_given(commune, "person", {**PERSON_GIVEN, "gendr": "F"})
    (problem,) = saved.problems
    assert (problem.code, problem.field) == ("unknown_field", "gendr")
    assert "gender" in str(problem.context)


def test_an_unknown_register_or_record_is_named(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        saving.save_given(commune, "abscence", {})
    assert refused.value.code == "register_unknown"
    with pytest.raises(DesktopError) as refused:
        records.find(commune, "absence", "VM-2026-0009")
    assert refused.value.code == "record_unknown"


def test_computed_fields_are_as_of_today_and_never_stored(commune: Session, world: World) -> None:
    record = given_absence(commune, absent_since="2026-03-01")
    assert records.computed(commune, records.read(commune, record))["months_absent"] == 8
    world.pass_time(days=31)
    assert records.computed(commune, records.read(commune, record))["months_absent"] == 9
    assert "months_absent" not in records.read(commune, record).values


def test_a_clock_set_back_marks_what_is_written(commune: Session, world: World) -> None:
    given_absence(commune)
    world.pass_time(days=-365)
    record = given_absence(commune, absent_since="2025-06", occurred_at="2025-11-01T08:00+07:00")
    assert all(entry.is_suspect for entry in history.history(commune, record))


def test_overdue_counts_open_records_past_their_review(commune: Session, world: World) -> None:
    given_absence(commune, next_review_date="2026-11-25")
    assert records.overdue(commune, "absence") == 0
    world.pass_time(days=5)
    assert records.overdue(commune, "absence") == 1


def test_full_shipped_absence_saves_without_a_problem(commune: Session) -> None:
    person = saving.save_given(commune, "person", PERSON_GIVEN).record
    links = {"person", "family_informant", "approved_by", "campaign"}
    plain = {key: value for key, value in ABSENCE.items() if key not in links}
    saved = saving.save(commune, "absence", {**plain, "person": person})
    assert saved.record is not None, saved.problems
