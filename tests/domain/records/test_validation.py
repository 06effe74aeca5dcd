import datetime as dt
from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.dates import VIETNAM
from desktop.domain.base.problems import Problem, Severity
from desktop.domain.definitions.loader import load_library, read_library
from desktop.domain.definitions.model import FormDefinition, Library
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed, validate, visible_fields
from desktop.paths import forms_dir
from desktop.sentences import all_sentences
from tests.cpu import at_most

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=VIETNAM)
PERSON = "0190b3a2-0000-7000-8000-000000000001"
PEOPLE: dict[str, dict[str, Json]] = {PERSON: {"dob": "2009-05-01"}}

KINDS = """
id = "kind"
label = { vi = "Diện", en = "Kind" }
[[code]]
value = "LCNN"
label = { vi = "Lấy chồng nước ngoài", en = "Married abroad" }
[[code]]
value = "CU"
label = { vi = "Diện cũ", en = "Old kind" }
valid_to = 2025-12-31
"""
PERSON_FORM = """
id = "person"
version = 1
number = "NG"
label = { vi = "Người", en = "People" }
label_one = { vi = "Người", en = "Person" }
title = "{record_no}"
icon = "user"
[[section]]
id = "main"
label = { vi = "Chính", en = "Main" }
[[section.field]]
id = "dob"
type = "partial_date"
privacy = "P2"
label = { vi = "Ngày sinh", en = "Born" }
"""
FORM = """
id = "absence"
version = 2
number = "VM"
label = { vi = "Vắng mặt", en = "Absences" }
label_one = { vi = "Lần vắng", en = "Absence" }
title = "{record_no}"
icon = "user"

[[check]]
that = "returned_on is empty or returned_on >= absent_since"
severity = "error"
code = "date_order"

[[section]]
id = "absence"
label = { vi = "Vắng mặt", en = "Absence" }

[[section.field]]
id = "person"
type = "person"
privacy = "P2"
label = { vi = "Người", en = "Person" }
required = true

[[section.field]]
id = "case_kind"
type = "codes"
codes = "kind"
privacy = "P3"
label = { vi = "Diện", en = "Kind" }

[[section.field]]
id = "absent_since"
type = "partial_date"
privacy = "P2"
label = { vi = "Vắng từ", en = "Absent since" }
required = true
[[section.field.check]]
that = "absent_since <= today"
severity = "error"
code = "date_in_future"

[[section.field]]
id = "returned_on"
type = "date"
privacy = "P2"
label = { vi = "Về ngày", en = "Back on" }

[[section.field]]
id = "months_absent"
type = "integer"
computed = "months_between(absent_since, today)"
privacy = "P1"
label = { vi = "Số tháng", en = "Months" }

[[section.field]]
id = "is_long"
type = "yes_no"
computed = "months_absent >= 12"
privacy = "P1"
label = { vi = "Lâu", en = "Long" }

[[section.field]]
id = "declared"
type = "yes_no"
privacy = "P1"
label = { vi = "Đã khai báo", en = "Declared" }
[[section.field.check]]
that = "declared or months_absent < 12"
severity = "warning"
code = "absence_undeclared"
legal_basis = "Luật Cư trú 68/2020/QH14 Điều 31"
message = { vi = "Vắng từ 12 tháng trở lên phải khai báo tạm vắng.", en = "Twelve months or more must be declared." }

[[section.field]]
id = "guardian"
type = "text"
kind = "person_name"
privacy = "P2"
label = { vi = "Người giám hộ", en = "Guardian" }
required_when = "age_at(person.dob, today) < 18"

[[section]]
id = "marriage"
label = { vi = "Hôn nhân", en = "Marriage" }
visible_when = "'LCNN' in case_kind"

[[section.field]]
id = "spouse"
type = "text"
privacy = "P2"
label = { vi = "Chồng", en = "Spouse" }
required = true

[[section.field]]
id = "marriage_place"
type = "text"
privacy = "P2"
label = { vi = "Nơi đăng ký", en = "Registered at" }
visible_when = "spouse is not empty"

[[section.field]]
id = "children"
type = "rows"
privacy = "P2"
label = { vi = "Con", en = "Children" }
  [[section.field.field]]
  id = "name"
  type = "text"
  label = { vi = "Tên", en = "Name" }
  required = true
  [[section.field.field]]
  id = "dob"
  type = "partial_date"
  label = { vi = "Sinh", en = "Born" }
  required_when = "name is not empty"
    [[section.field.field.check]]
    that = "dob <= today and dob >= absent_since"
    severity = "warning"
    code = "child_before_absence"
    message = { vi = "Sinh trước khi vắng mặt.", en = "Born before the absence." }
  [[section.field.field]]
  id = "guardian"
  type = "text"
  label = { vi = "Người nuôi", en = "Guardian" }
    [[section.field.field.check]]
    that = "guardian is empty or word_count(guardian) > 2"
    severity = "warning"
    code = "guardian_short"
    message = { vi = "Ghi đủ họ tên.", en = "Write the whole name." }

[[section]]
id = "after"
label = { vi = "Sau", en = "After" }
[[section.field]]
id = "follow_up"
type = "text"
privacy = "P2"
label = { vi = "Theo dõi", en = "Follow-up" }
visible_when = "spouse is not empty"
"""
LIBRARY = read_library(
    {
        "code_lists/kind.toml": KINDS.encode(),
        "registers/absence.toml": FORM.encode(),
        "registers/person.toml": PERSON_FORM.encode(),
    }
)
ABSENCE = LIBRARY.registers["absence"]
GOOD: dict[str, Json] = {
    "person": PERSON,
    "absent_since": "2026-08-01",
    "declared": False,
    "guardian": "Lò Văn Sơn",
}


def problems_of(
    changes: Mapping[str, Json] | None = None, *, is_draft: bool = False, kept: Collection[str] = ()
) -> tuple[Problem, ...]:
    return validate(
        {**GOOD, **(changes or {})},
        ABSENCE,
        library=LIBRARY,
        today=TODAY,
        now=NOW,
        follow=PEOPLE.get,
        is_draft=is_draft,
        kept=kept,
    )


def told(
    changes: Mapping[str, Json] | None = None, *, is_draft: bool = False, kept: Collection[str] = ()
) -> list[tuple[str | None, str]]:
    return [(found.field, found.code) for found in problems_of(changes, is_draft=is_draft, kept=kept)]


def test_a_good_record_has_no_problem() -> None:
    assert told() == []


def test_what_is_missing_is_told_in_the_order_of_the_form() -> None:
    assert told({"absent_since": None, "person": ""}) == [
        ("person", "value_missing"),
        ("absent_since", "value_missing"),
    ]


def test_a_draft_misses_nothing_but_is_wrong_all_the_same() -> None:
    assert told({"person": None, "returned_on": "2026-02-31"}, is_draft=True) == [("returned_on", "date_impossible")]


@pytest.mark.parametrize(("dob", "codes"), [("2009", ["value_missing"]), ("2008-11-21", []), (None, [])])
def test_a_field_is_required_only_when_its_condition_is_certain(dob: Json, codes: list[str]) -> None:
    found = validate(
        {**GOOD, "guardian": None}, ABSENCE, library=LIBRARY, today=TODAY, now=NOW, follow=lambda _id: {"dob": dob}
    )
    assert [problem.code for problem in found] == codes


def test_a_failed_check_brings_its_words_and_its_law() -> None:
    (found,) = problems_of({"absent_since": "2025-10"})
    assert (found.field, found.code, found.severity) == ("declared", "absence_undeclared", Severity.WARNING)
    assert found.legal_basis == "Luật Cư trú 68/2020/QH14 Điều 31"
    assert found.message is not None


def test_a_check_without_a_certain_answer_does_not_fail() -> None:
    assert told({"absent_since": "2026"}) == []
    assert told({"declared": None, "absent_since": "2025-12"}) == []


def test_a_check_of_the_record_is_told_of_the_record() -> None:
    assert told({"returned_on": "2026-07-31"}) == [(None, "date_order")]


def test_a_wrong_value_is_not_checked_further() -> None:
    assert told({"absent_since": "2227-02-03"}) == [("absent_since", "date_out_of_range")]


def test_a_hidden_field_is_not_asked_and_its_value_is_neither_told_nor_changed() -> None:
    values: dict[str, Json] = {"marriage_place": "x" * 300}
    assert told(values) == []
    assert values == {"marriage_place": "x" * 300}


def test_a_shown_section_asks_its_fields() -> None:
    assert told({"case_kind": ["LCNN"]}) == [("spouse", "value_missing")]


def test_a_hidden_value_reads_as_empty_further_down() -> None:
    shown = visible_fields({"spouse": "A", "case_kind": ["LCNN"]}, ABSENCE, today=TODAY, now=NOW)
    hidden = visible_fields({"spouse": "A", "case_kind": ["CU"]}, ABSENCE, today=TODAY, now=NOW)
    assert {"spouse", "marriage_place", "children", "follow_up"} <= shown
    assert hidden.isdisjoint({"spouse", "marriage_place", "children", "follow_up"})
    assert "months_absent" in hidden


def test_rows_are_told_cell_by_cell() -> None:
    rows: Json = [
        {"name": "A", "dob": "2026-09"},
        {"dob": "2026-02-31"},
        {"name": "C", "dob": "2020"},
        {"name": "D"},
        {"name": "E", "dob": "2026-10-01", "nick": "e"},
    ]
    found = problems_of({"case_kind": ["LCNN"], "spouse": "B", "children": rows})
    assert sorted((problem.field, problem.code) for problem in found) == [
        ("children[1].dob", "date_impossible"),
        ("children[1].name", "value_missing"),
        ("children[2].dob", "child_before_absence"),
        ("children[3].dob", "value_missing"),
        ("children[4].nick", "unknown_field"),
    ]
    assert [problem.severity for problem in found if problem.code == "unknown_field"] == [Severity.WARNING]


def test_a_row_does_not_take_from_the_record_what_it_leaves_empty() -> None:
    row: dict[str, Json] = {"name": "A", "dob": "2026-09-01"}
    married: dict[str, Json] = {"case_kind": ["LCNN"], "spouse": "B", "guardian": "Lò Sơn"}
    assert told({**married, "children": [row]}) == []
    assert told({**married, "children": [{**row, "guardian": "Lò Sơn"}]}) == [
        ("children[0].guardian", "guardian_short")
    ]


def test_an_unknown_field_is_told_with_the_nearest_name() -> None:
    (found,) = problems_of({"absent_sinse": "2025"})
    assert (found.field, found.code, found.severity) == ("absent_sinse", "unknown_field", Severity.ERROR)
    assert found.context["suggestion"] == "absent_since"


def test_an_unknown_field_that_is_no_field_name_is_not_repeated() -> None:
    (found,) = problems_of({"Lò Thị Mai": "x"})
    assert found.field == "?"
    assert "Lò Thị Mai" not in str(found)


def test_values_of_another_version_are_carried_without_a_word() -> None:
    assert told({"removed_in_version_2": "x"}, kept={"removed_in_version_2"}) == []
    assert told({"record_no": "VM-2026-0001", "status": "NHAP", "cleared": None}) == []


def test_an_ended_code_is_doubtful() -> None:
    (found,) = problems_of({"case_kind": ["CU"]})
    assert (found.field, found.code, found.severity) == ("case_kind", "code_expired", Severity.WARNING)


def test_computed_fields_build_on_each_other_and_never_on_what_is_stored() -> None:
    values: dict[str, Json] = {"absent_since": "2025-03", "months_absent": 1}
    assert computed(values, ABSENCE, today=TODAY, now=NOW) == {"months_absent": 19, "is_long": True}
    assert computed({"months_absent": 99}, ABSENCE, today=TODAY, now=NOW) == {}
    assert told({"months_absent": 99, "absent_since": None}, is_draft=True) == []


def test_a_linked_record_is_asked_for_once() -> None:
    asked: list[str] = []

    def follow(record: str) -> dict[str, Json]:
        asked.append(record)
        return {"dob": "2009"}

    rows: Json = [{"name": "A", "dob": "2026-09-01"}] * 3
    values: dict[str, Json] = {**GOOD, "case_kind": ["LCNN"], "spouse": "B", "children": rows, "guardian": None}
    validate(values, ABSENCE, library=LIBRARY, today=TODAY, now=NOW, follow=follow)
    assert asked == [PERSON]


def test_a_sealed_value_is_an_answer() -> None:
    assert told({"person": {"$sealed": "AAAA"}}) == []


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10), st.sampled_from(["2025", "LCNN", PERSON])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "dob", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from([field.id for field in ABSENCE.fields()]), JSON))
def test_whatever_stands_in_a_record_it_is_validated(values: dict[str, Json]) -> None:
    found = validate(values, ABSENCE, library=LIBRARY, today=TODAY, now=NOW, follow=PEOPLE.get)
    known = set(all_sentences())
    assert all(problem.message is not None or problem.code in known for problem in found)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library(forms_dir())


def test_every_shipped_register_validates_an_empty_record(shipped: Library) -> None:
    for definition in shipped.registers.values():
        found = validate({}, definition, library=shipped, today=TODAY, now=NOW)
        assert {problem.code for problem in found} <= {"value_missing"}
        assert validate({}, definition, library=shipped, today=TODAY, now=NOW, is_draft=True) == ()


def test_validating_the_largest_shipped_form_takes_no_time(shipped: Library) -> None:
    definition = max(shipped.registers.values(), key=lambda register: len(list(register.fields())))
    values = _filled(definition)
    with at_most(0.5):  # well under 1 ms each
        for _ in range(20):
            validate(values, definition, library=shipped, today=TODAY, now=NOW, follow=PEOPLE.get)


def _filled(definition: FormDefinition) -> dict[str, Json]:
    example: dict[str, Json] = {
        "text": "Lò Thị Mai",
        "long_text": "Đi làm ăn xa, chưa liên lạc.",
        "date": "2026-01-02",
        "partial_date": "2026-01",
        "date_time": "2026-01-02T08:30+07:00",
        "integer": 3,
        "decimal": "12.5",
        "yes_no": True,
        "person": PERSON,
        "link": PERSON,
        "address": {"province": "11", "commune": "03160", "hamlet": "bản Pa Thơm"},
        "personal_id": "011209001234",
        "passport": "B1234567",
        "phone": "+84912345678",
    }
    return {field.id: example[field.type] for field in definition.fields() if field.type in example}
