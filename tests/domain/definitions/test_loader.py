import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.conditions.condition import Condition
from desktop.domain.definitions.field_reader import SHARED_CHECKS
from desktop.domain.definitions.loader import load_library, read_library
from desktop.domain.definitions.model import (
    Library,
    MergeClass,
    Privacy,
    TypeName,
)
from desktop.domain.definitions.toml_positions import lines_of
from desktop.errors import DefinitionError
from desktop.paths import forms_dir
from desktop.sentences import all_sentences

COLOURS = """
id = "colour"
label = { vi = "Màu", en = "Colour" }
[[code]]
value = "DO"
label = { vi = "Đỏ", en = "Red" }
valid_to = 2020-12-31
[[code]]
value = "XANH"
label = { vi = "Xanh", en = "Blue" }
legal_basis = "Điều 1"
"""
VISIT = """
id = "visit"
version = 2
number = "TN"
label = { vi = "Thăm", en = "Visits" }
label_one = { vi = "Lần thăm", en = "Visit" }
title = "{host.name} {record_no}"
icon = "house"
rail = 3
list = ["met_on", "record_no", "age_of_visit"]
search = ["note"]
documents = ["slip"]

[[section]]
id = "main"
label = { vi = "Chính", en = "Main" }

[[section.field]]
id = "met_on"
type = "date"
label = { vi = "Ngày gặp", en = "Met on" }
privacy = "P1"
required = true
default = "today+90"
[[section.field.check]]
that = "met_on <= today"
severity = "error"
code = "date_in_future"

[[section.field]]
id = "age_of_visit"
type = "integer"
label = { vi = "Số tháng", en = "Months" }
privacy = "P1"
computed = "months_between(met_on, today)"

[[section.field]]
id = "host"
type = "link"
register = "officer"
label = { vi = "Người tiếp", en = "Host" }
privacy = "P1"
default = "officer"

[[section.field]]
id = "colours"
type = "codes"
codes = "colour"
quick = ["DO"]
label = { vi = "Màu", en = "Colours" }
privacy = "P2"

[[section.field]]
id = "is_safe"
type = "yes_no"
merge = "safety"
protective = [false, true]
label = { vi = "An toàn", en = "Safe" }
privacy = "P3"

[[section.field]]
id = "note"
type = "long_text"
label = { vi = "Ghi chú", en = "Note" }
privacy = "P4"
required_when = "'DO' in colours and host.rank is empty"

[[section.field]]
id = "guests"
type = "rows"
label = { vi = "Khách", en = "Guests" }
privacy = "P4"
  [[section.field.field]]
  id = "name"
  type = "text"
  kind = "person_name"
  label = { vi = "Tên", en = "Name" }
  [[section.field.field]]
  id = "born_on"
  type = "partial_date"
  label = { vi = "Sinh", en = "Born" }
  privacy = "P2"
    [[section.field.field.check]]
    that = "born_on <= met_on and name is not empty"
    severity = "warning"
    code = "guest_unborn"
    message = { vi = "Khách chưa sinh.", en = "The guest was not born yet." }
"""
OFFICER = """
id = "officer"
version = 1
number = "CB"
envelope = false
label = { vi = "Cán bộ", en = "Officers" }
label_one = { vi = "Cán bộ", en = "Officer" }
title = "{name}"
icon = "user"
[[section]]
id = "main"
label = { vi = "Chính", en = "Main" }
[[section.field]]
id = "name"
type = "text"
label = { vi = "Tên", en = "Name" }
privacy = "P1"
[[section.field]]
id = "rank"
type = "text"
label = { vi = "Cấp bậc", en = "Rank" }
privacy = "P1"
"""
ENVELOPE = """
[[section]]
id = "entry"
label = { vi = "Vào sổ", en = "Entry" }
[[section.field]]
id = "status"
type = "code"
codes = "colour"
label = { vi = "Trạng thái", en = "Status" }
privacy = "P1"
"""
_COMPUTED = """
[[section.field]]
id = "is_old"
type = "yes_no"
label = { vi = "Lâu", en = "Old" }
privacy = "P1"
computed = "doubled > 12"
"""
FILES = {
    "code_lists/colour.toml": COLOURS,
    "envelope.toml": ENVELOPE,
    "registers/officer.toml": OFFICER,
    "registers/visit.toml": VISIT,
}


def read(**changed: str) -> Library:
    """Read the files above; `visit=...` replaces the text of that file."""
    files = {name: changed.get(name.rpartition("/")[2].removesuffix(".toml"), text) for name, text in FILES.items()}
    return read_library({name: text.encode() for name, text in files.items()}, documents=["slip"])


def problems_of(**changed: str) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        read(**changed)
    assert caught.value.context["count"] == len(caught.value.problems)
    return caught.value.problems


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_register_is_read_with_all_that_its_file_says() -> None:
    visit = read().registers["visit"]

    assert (visit.version, visit.number, visit.rail, visit.title) == (2, "TN", 3, "{host.name} {record_no}")
    assert visit.documents == ("slip",)
    met_on = visit.field("met_on")
    assert met_on is not None
    assert (met_on.type, met_on.required, met_on.default) == (TypeName.DATE, True, "today+90")
    assert [check.code for check in met_on.checks] == ["date_in_future"]
    months = visit.field("age_of_visit")
    assert months is not None
    assert isinstance(months.computed, Condition)
    assert months.label.text("vi") == "Số tháng"


def test_merge_classes_follow_the_type_unless_said() -> None:
    merges = {field.id: field.merge for field in read().registers["visit"].fields()}

    assert merges["colours"] is MergeClass.SET
    assert merges["note"] is MergeClass.TEXT
    assert merges["met_on"] is MergeClass.SCALAR
    assert merges["is_safe"] is MergeClass.SAFETY


def test_protective_answers_of_yes_or_no_are_as_merging_compares_them() -> None:
    is_safe = read().registers["visit"].field("is_safe")
    assert is_safe is not None
    assert is_safe.protective == (str(False), str(True))


def test_a_column_has_the_privacy_of_its_rows_unless_it_says_its_own() -> None:
    guests = read().registers["visit"].field("guests")
    assert guests is not None
    assert [column.privacy for column in guests.fields] == [Privacy.P4, Privacy.P2]


def test_the_envelope_stands_at_the_end_of_every_register_that_wants_it() -> None:
    library = read()
    assert [section.id for section in library.registers["visit"].sections] == ["main", "entry"]
    assert [section.id for section in library.registers["officer"].sections] == ["main"]


def test_registers_stand_in_the_order_of_the_rail() -> None:
    assert list(read().registers) == ["visit", "officer"]


def test_a_code_has_its_time() -> None:
    red = read().code_lists["colour"].code("DO")
    assert red is not None
    assert red.valid_to == dt.date(2020, 12, 31)
    assert red.is_valid_on(dt.date(2020, 12, 31))
    assert not red.is_valid_on(dt.date(2021, 1, 1))


def test_the_shipped_forms_load() -> None:
    library = load_library(forms_dir())
    assert {"person", "absence", "returned_victim", "residence_check", "officer"} <= library.registers.keys()


def test_every_check_that_needs_no_message_has_a_sentence() -> None:
    assert set(SHARED_CHECKS) <= set(all_sentences())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('number = "TN"', 'nummer = "TN"', "visit.toml:4: nummer: no such key; did you mean 'number'?"),
        ("version = 2", "version = 0", "visit.toml:3: version: 0 is less than 1"),
        ("version = 2", "version = true", "visit.toml:3: version: must be an integer"),
        ("version = 2\n", "", "visit.toml:1: file: 'version' is missing"),
        ('id = "visit"', 'id = "Visit"', "visit.toml:2: id: 'Visit' is no id"),
        ('id = "visit"', 'id = "visits"', "'visits' is not the name of the file"),
        ('number = "TN"', 'number = "CB"', "visit.toml:4: number: CB is that of registers/officer.toml already"),
        ('number = "TN"', 'number = "tn"', "one to six capital letters"),
        ('icon = "house"', 'icon = "House Roof"', "the name of a Lucide icon"),
        ('title = "{host.name} {record_no}"', 'title = "Thăm"', "visit.toml:7: title: a title holds places"),
        ('"{host.name} {record_no}"', '"{host.nam}"', "no stored field 'nam' behind 'host'; did you mean 'name'?"),
        ('"{host.name} {record_no}"', '"{met_on"', "a title holds places"),
        ('list = ["met_on"', 'list = ["met_in"', "visit.toml:10: list: no field 'met_in'; did you mean 'met_on'?"),
        ('list = ["met_on"', 'list = ["met_on", "met_on"', "'met_on' stands twice"),
        ('search = ["note"]', 'search = ["age_of_visit"]', "visit.toml:11: search: no field 'age_of_visit'"),
        ('documents = ["slip"]', 'documents = ["slib"]', "no documents/slib.toml; did you mean 'slip'?"),
        ('id = "age_of_visit"', 'id = "met_on"', "visit.toml:31: section.0.field.1.id: 'met_on' is used twice"),
        ('id = "age_of_visit"', 'id = "today"', "'today' is a word of the conditions"),
        ('id = "age_of_visit"', 'id = "status"', "'status' is a field of the envelope already"),
        ('id = "main"', 'id = "entry"', "'entry' is a section of the envelope already"),
        ('type = "date"', 'type = "dated"', "visit.toml:20: section.0.field.0.type: 'dated' is not accepted; did you"),
        ('type = "date"\n', "", "'type' is missing"),
        ('privacy = "P1"\n', "", "visit.toml:18: section.0.field.0: 'privacy' is missing"),
        ('label = { vi = "Ngày gặp", en = "Met on" }', 'label = { vi = "Ngày gặp" }', "label: 'en' is missing"),
        ('en = "Met on"', 'en = " "', "label.en: may not be empty"),
        ('en = "Met on"', 'en = "Met on", fr = "x"', "visit.toml:21: section.0.field.0.label.fr: no such key"),
        ("Ngày gặp", "Nga\u0300y gặp", "not in NFC"),
        ('default = "today+90"', 'default = "tomorrow"', "this is no default of a date field"),
        ('default = "officer"', 'default = "unit"', "this is no default of a link field"),
        ('that = "met_on <= today"', 'that = "met_on <= 3"', "that: column 8: '<=' compares a date with a number"),
        ('that = "met_on <= today"', 'that = "met_on <= "', "that: column 11: something is missing"),
        ('code = "date_in_future"', 'code = "date_in_futur"', "needs a message; did you mean 'date_in_future'?"),
        ('severity = "error"', 'severity = "fatal"', "accepted: error, warning"),
        ('register = "officer"', 'register = "officers"', "no register 'officers'; did you mean 'officer'?"),
        ('register = "officer"\n', "", "'register' is missing"),
        ('codes = "colour"', 'codes = "color"', "no code list 'color'; did you mean 'colour'?"),
        ('codes = "colour"\n', "", "'codes' is missing"),
        ('quick = ["DO"]', 'quick = ["D"]', "no code 'D' in the list 'colour'"),
        ('computed = "months', 'required = true\ncomputed = "months', "a computed field is never asked"),
        (
            'computed = "months_between(met_on, today)"',
            'computed = "met_on <= today"',
            "gives yes or no, where a number",
        ),
        ('computed = "months_between(met_on, today)"', 'computed = "age_of_visit"', "no field 'age_of_visit'"),
        ("'DO' in colours", "'DOO' in colours", "no code 'DOO' in the list; did you mean 'DO'?"),
        ("host.rank is empty", "host.rang is empty", "no stored field 'rang' behind 'host'; did you mean 'rank'?"),
        ('merge = "safety"\n', "", "merge = 'safety' and protective come together"),
        ("protective = [false, true]", 'protective = ["có"]', "[true, false] or [false, true]"),
        ('merge = "safety"', 'merge = "set"', "'set' is only for codes, rows"),
        ('type = "long_text"', 'type = "long_text"\nminimum = 3', "minimum: only for integer, decimal"),
        ('type = "long_text"', 'type = "long_text"\nmax_length = 20001', "at most 20000 characters"),
        ('kind = "person_name"', 'kind = "person"', "kind: 'person' is not accepted; did you mean 'person_name'?"),
        ('type = "partial_date"', 'type = "rows"', "rows do not stand within rows"),
        ("name is not empty", "nam is not empty", "field.6.field.1.check.0.that: column 23: no field 'nam' here"),
        ('id = "born_on"', 'id = "name"', "section.0.field.6.field.1.id: 'name' is used twice"),
        ('  type = "partial_date"', '  sticky = true\n  type = "partial_date"', "sticky: no such key"),
    ],
)
def test_a_fault_of_a_register_is_told_with_its_place_and_the_way_out(old: str, new: str, words: str) -> None:
    found = problems_of(visit=changed(VISIT, old, new))
    assert any(words in problem for problem in found), found
    assert len(found) <= 4, found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('value = "XANH"', 'value = "DO"', "colour.toml:9: code.1.value: 'DO' is used twice"),
        ('value = "XANH"', 'value = "XA NH"', "'XA NH' is no code value"),
        ('vi = "Xanh"', 'vi = "Xanh; lam"', "a label of a code has no ';'"),
        ('"Xanh", en = "Blue"', '"Đỏ", en = "Blue"', "the label of 'DO' is the same"),
        ("valid_to = 2020-12-31", "valid_from = 2021-01-01\nvalid_to = 2020-12-31", "2021-01-01 is after valid_to"),
        ("valid_to = 2020-12-31", 'valid_to = "2020"', "must be a date such as"),
        (
            'legal_basis = "Điều 1"',
            "legal = 1",
            "colour.toml:11: code.1.legal: no such key; did you mean 'legal_basis'?",
        ),
        ('id = "colour"', 'id = "colours"', "not the name of the file"),
    ],
)
def test_a_fault_of_a_code_list_is_told(old: str, new: str, words: str) -> None:
    found = problems_of(colour=changed(COLOURS, old, new))
    assert any(words in problem for problem in found), found


def test_a_computed_field_names_only_computed_fields_above_it() -> None:
    doubled = changed(VISIT, 'id = "age_of_visit"', 'id = "doubled"').replace('"age_of_visit"', '"doubled"')
    above = changed(doubled, '[[section.field]]\nid = "host"', _COMPUTED + '[[section.field]]\nid = "host"')
    below = changed(doubled, '[[section.field]]\nid = "doubled"', _COMPUTED + '[[section.field]]\nid = "doubled"')
    assert read(visit=above).registers["visit"].field("is_old") is not None
    assert ["no field 'doubled'" in problem for problem in problems_of(visit=below)] == [True]


def test_a_label_may_come_back_when_the_older_code_has_ended() -> None:
    later = COLOURS + '[[code]]\nvalue = "DO_2"\nlabel = { vi = "Đỏ", en = "Red" }\nvalid_from = 2021-01-01\n'
    assert read(colour=later).code_lists["colour"].code("DO_2") is not None


def test_the_problems_of_all_files_are_told_at_once() -> None:
    found = problems_of(
        colour=changed(COLOURS, 'value = "XANH"', 'value = "DO"'),
        envelope=changed(ENVELOPE, 'privacy = "P1"', 'privacy = "P5"'),
        visit=changed(VISIT, "version = 2", 'version = "two"'),
        officer="id = ",
    )
    assert [name for name in FILES if any(problem.startswith(name) for problem in found)] == list(FILES)


def test_a_file_that_is_no_toml_or_no_utf8_is_a_problem_of_its_own() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_library({"registers/a.toml": b'id = "\xff"', "registers/b.toml": b"[["})
    assert any("a.toml:1: byte 6 is no UTF-8" in problem for problem in caught.value.problems)
    assert any("b.toml: no TOML" in problem for problem in caught.value.problems)


def test_a_file_that_cannot_be_read_has_one_problem_and_gives_others_none() -> None:
    assert len(problems_of(officer="id = ")) == 1
    assert len(problems_of(visit="[[")) == 1


def test_one_wrong_type_of_a_field_gives_no_wrong_problem_of_conditions() -> None:
    assert len(problems_of(visit=changed(VISIT, 'type = "partial_date"', 'type = "partial"'))) == 1


def test_files_written_on_windows_are_the_same() -> None:
    files = {name: text.replace("\n", "\r\n").encode("utf-8-sig") for name, text in FILES.items()}
    assert read_library(files, documents=["slip"]) == read()


def test_lines_are_found_behind_long_values() -> None:
    lines = lines_of(
        'a = [\n  "x", # not ]\n  "]"\n]\n"b c" = """\nd = 1\n\\"\\"\\" """\n[t]\ne.f = { g = 1 }\n'
        "z = [\n { y = 1 },\n]\n[[t.u]]\nh = '''\n[x]\n'''\n[[t.u]]\n  [t.u.v]\n  k = 1\n"
    )
    assert lines == {
        ("a",): 1,
        ("b c",): 5,
        ("t",): 8,
        ("t", "e", "f"): 9,
        ("t", "z"): 10,
        ("t", "u"): 13,
        ("t", "u", 0): 13,
        ("t", "u", 0, "h"): 14,
        ("t", "u", 1): 17,
        ("t", "u", 1, "v"): 18,
        ("t", "u", 1, "v", "k"): 19,
    }


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(VISIT)), st.integers(0, 40), st.text(max_size=5))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(start: int, length: int, text: str) -> None:
    damaged = (VISIT[:start] + text + VISIT[start + length :]).encode("utf-8", "replace")
    files = {**{name: content.encode() for name, content in FILES.items()}, "registers/visit.toml": damaged}
    try:
        problems: tuple[str, ...] = ()
        read_library(files, documents=["slip"])
    except DefinitionError as error:
        problems = error.problems
    assert all(problem.startswith(tuple(FILES)) for problem in problems)


def test_a_folder_is_read_as_its_files(tmp_path: Path) -> None:
    for name, text in {**FILES, "documents/slip.toml": ""}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert load_library(tmp_path) == read()
