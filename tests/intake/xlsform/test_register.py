"""What becomes of each thing a form may hold: the field it is here, or the note that tells of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from desktop.domain.definitions.loader import read_library
from desktop.domain.definitions.model import FieldDefinition, FormDefinition, Privacy
from desktop.domain.definitions.toml_writer import toml_text
from desktop.domain.documents.loader import read_documents
from desktop.errors import IntakeError
from desktop.intake.xlsform.form import read_form
from desktop.intake.xlsform.notes import ConversionNote, Done, NoteCode
from desktop.intake.xlsform.register import NewRegister, make_register
from desktop.intake.xpath.unsupported import Why
from tests.intake.xlsform.sheets import form

TARGET = NewRegister(
    id="visit",
    number="VI",
    rail=31,
    version=1,
    name="Visit",
    fields=frozenset({"status", "note"}),
    sections=frozenset({"entry", "file"}),
    lists=frozenset(),
)
OF_EVERY_FORM = frozenset({NoteCode.LABEL_ONE_LANGUAGE, NoteCode.PRIVACY, NoteCode.TEXT_LENGTH, NoteCode.NAME_CHANGED})


class Imported:
    """A form carried all the way: its files were read as the program reads them."""

    def __init__(self, content: bytes, target: NewRegister = TARGET) -> None:
        found = read_form(content)
        made = make_register(found, target)
        files = {f"registers/{target.id}.toml": toml_text(made.register).encode()}
        files |= {f"code_lists/{name}.toml": toml_text(one).encode() for name, one in made.code_lists.items()}
        document = f"{made.document['id']}"
        self.library = read_library(files, documents=[document])
        self.documents = read_documents({f"documents/{document}.toml": toml_text(made.document).encode()}, self.library)
        self.register: FormDefinition = self.library.registers[target.id]
        self.notes = found.notes.all()
        self.carried = found.notes.carried

    def field(self, name: str) -> FieldDefinition:
        found = self.register.field(name)
        assert found is not None, [one.id for one in self.register.fields()]
        return found

    def told(self) -> list[ConversionNote]:
        """Return the notes but those that nearly every form has."""
        return [note for note in self.notes if note.code not in OF_EVERY_FORM]

    def places(self) -> list[tuple[NoteCode, int, str]]:
        return [(note.code, note.row, note.column) for note in self.told()]


def labels(list_id: str, imported: Imported) -> Mapping[str, str]:
    return {code.value: code.label.vi for code in imported.library.code_lists[list_id].codes}


@pytest.mark.parametrize(
    ("kind", "type_name"),
    [
        ("text", "text"),
        ("string", "text"),
        ("barcode", "text"),
        ("integer", "integer"),
        ("int", "integer"),
        ("decimal", "decimal"),
        ("date", "date"),
        ("dateTime", "date_time"),
        ("datetime", "date_time"),
        ("image", "attachment"),
        ("photo", "attachment"),
        ("acknowledge", "yes_no"),
        ("trigger", "yes_no"),
        ("percentage", "integer"),
    ],
)
def test_a_type_of_question_becomes_a_type_of_field(kind: str, type_name: str) -> None:
    imported = Imported(form([(kind, "q1", "A question")]))

    assert imported.field("q1").type.value == type_name
    assert imported.told() == []


@pytest.mark.parametrize(
    ("kind", "type_name", "code"),
    [
        ("time", "text", NoteCode.TYPE_AS_TEXT),
        ("audio", "attachment", NoteCode.TYPE_AS_ATTACHMENT),
        ("video", "attachment", NoteCode.TYPE_AS_ATTACHMENT),
        ("file", "attachment", NoteCode.TYPE_AS_ATTACHMENT),
        ("geotrace", "attachment", NoteCode.TYPE_AS_ATTACHMENT),
        ("geoshape", "attachment", NoteCode.TYPE_AS_ATTACHMENT),
        ("rank letters", "long_text", NoteCode.TYPE_AS_TEXT),
        ("select_one_from_file places.csv", "text", NoteCode.CHOICES_ELSEWHERE),
    ],
)
def test_a_type_that_we_lack_becomes_another_and_is_told(kind: str, type_name: str, code: NoteCode) -> None:
    imported = Imported(form([(kind, "q1", "A question")], choices=[("letters", "a", "A"), ("letters", "b", "B")]))

    assert imported.field("q1").type.value == type_name
    assert (code, 2, "type") in imported.places()
    assert {note.done for note in imported.told() if note.code is code} == {Done.CHANGED}


@pytest.mark.parametrize("kind", ["start", "end", "today", "deviceid", "username", "audit", "start-geopoint"])
def test_what_a_device_records_is_told_and_left_out(kind: str) -> None:
    imported = Imported(form([(kind, "audit" if kind == "audit" else "meta_1", None), ("text", "q1", "A question")]))

    assert [note.code for note in imported.told()] == [NoteCode.METADATA]
    assert [note.row for note in imported.told()] == [2]
    assert [field.id for field in imported.register.fields()] == ["q1"]


def test_an_unknown_type_is_refused_with_its_row() -> None:
    with pytest.raises(IntakeError) as caught:
        Imported(form([("text", "q1", "A"), ("txet", "q2", "B")]))

    assert (caught.value.code, caught.value.context["row"]) == ("xlsform_type_unknown", 3)


def test_a_position_becomes_two_numbers_within_their_bounds() -> None:
    imported = Imported(form([("geopoint", "where", "Where")]))

    north, east = imported.field("where_latitude"), imported.field("where_longitude")
    assert (north.minimum, north.maximum, east.minimum, east.maximum) == (-90, 90, -180, 180)
    assert {north.privacy, east.privacy} == {Privacy.P4}
    assert imported.places() == [(NoteCode.POINT_SPLIT, 2, "type")]


def test_a_slider_keeps_its_ends() -> None:
    columns = ("type", "name", "label", "parameters")
    imported = Imported(form([("range", "pain", "Pain", "start=0 end=10 step=1")], columns=columns))

    pain = imported.field("pain")
    assert (pain.type.value, pain.minimum, pain.maximum) == ("integer", 0, 10)
    assert imported.told() == []


def test_appearances_that_mean_something_are_carried_and_the_others_told() -> None:
    columns = ("type", "name", "label", "appearance")
    rows = [("text", "q1", "A", "multiline"), ("date", "q2", "B", "month-year"), ("text", "q3", "C", "numbers")]
    imported = Imported(form(rows, columns=columns))

    assert imported.field("q1").type.value == "long_text"
    assert imported.field("q2").type.value == "partial_date"
    assert (NoteCode.ATTRIBUTE, 4, "appearance") in imported.places()


def test_labels_and_hints_of_two_languages_stand_in_their_places() -> None:
    columns = ("type", "name", "label::English (en)", "label::Tiếng Việt (vi)", "hint::Vietnamese (vi)")
    imported = Imported(form([("text", "q1", "Village", "Bản", "Ghi tên bản")], columns=columns))

    field = imported.field("q1")
    assert (field.label.vi, field.label.en) == ("Bản", "Village")
    assert field.hint is not None
    assert (field.hint.vi, field.hint.en) == ("Ghi tên bản.", "Ghi tên bản.")
    assert NoteCode.LABEL_ONE_LANGUAGE not in {note.code for note in imported.notes}


def test_one_language_stands_for_both_and_other_languages_are_named() -> None:
    columns = ("type", "name", "label::French (fr)")
    imported = Imported(form([("text", "q1", "Hameau")], columns=columns))

    assert imported.field("q1").label.vi == "Hameau"
    (note,) = [note for note in imported.notes if note.code is NoteCode.LABEL_OTHER_LANGUAGES]
    assert note.context == {"languages": "French (fr)"}


def test_a_label_is_plain_words_and_names_the_question_it_repeats() -> None:
    rows = [("text", "q1", "Village"), ("text", "q2", '<img src="file:///x"> **Since when** in ${q1}?')]
    imported = Imported(form(rows))

    assert imported.field("q2").label.vi == "Since when in «Village»?"
    assert {note.code for note in imported.told()} == {NoteCode.LABEL_REFERENCE, NoteCode.LABEL_MARKUP}


def test_what_the_list_of_a_form_lacks_or_has_twice_is_told() -> None:
    choices = [
        ("kind", "yes", "Yes; certainly"),
        ("kind", "no way!", "No"),
        ("kind", "never", "No"),
        ("kind", "x" * 50, None),
        ("unused", "a", "A"),
    ]
    imported = Imported(form([("select_one kind", "q1", "Which")], choices=choices))

    found = labels("visit_kind", imported)
    assert list(found)[:3] == ["yes", "no_way", "never"]
    assert [*found.values()][:3] == ["Yes, certainly", "No", "No (never)"]
    assert all(len(code) <= 40 for code in found)
    assert imported.field("q1").codes == "visit_kind"
    assert {(note.code, note.row) for note in imported.told()} == {
        (NoteCode.CHOICE_LABEL, 2),
        (NoteCode.CHOICE_RENAMED, 3),
        (NoteCode.CHOICE_LABEL, 4),
        (NoteCode.CHOICE_RENAMED, 5),
        (NoteCode.LABEL_MISSING, 5),
        (NoteCode.LIST_UNUSED, 6),
    }


def test_or_other_brings_its_choice_and_its_text() -> None:
    choices = [("kind", "a", "A"), ("kind", "b", "B")]
    imported = Imported(form([("select_one kind or_other", "q1", "Which")], choices=choices))

    assert labels("visit_kind", imported) == {"a": "A", "b": "B", "other": "Other"}
    other = imported.field("q1_other").visible_when
    assert other is not None
    assert other.text == "q1 = 'other'"


RULES = ("type", "name", "label", "required", "relevant", "constraint", "constraint_message", "default")


def test_rules_become_conditions() -> None:
    rows = [
        ("integer", "age", "Age", "yes", None, ". >= 0 and . < 120", "Too old", "18"),
        ("text", "school", "School", "true()", "${age} < 18", None, None, None),
        ("date", "left", "Left on", "${age} >= 18", None, ". <= today()", None, "today()"),
    ]
    imported = Imported(form(rows, columns=RULES))

    age, school, left = imported.field("age"), imported.field("school"), imported.field("left")
    assert (age.required, age.default, age.checks[0].that.text) == (True, 18, "age >= 0 and age < 120")
    assert age.checks[0].message is not None
    assert (age.checks[0].message.vi, age.checks[0].code) == ("Too old", "age_constraint")
    assert (school.required, school.visible_when and school.visible_when.text) == (True, "age < 18")
    assert (left.required_when and left.required_when.text, left.default) == ("age >= 18", "today")
    assert imported.told() == []


def test_a_rule_that_is_lost_is_told_with_its_place_and_reason_and_nothing_is_required_by_it() -> None:
    rows = [
        ("text", "q1", "A", "yes", "pulldata('a', 'b', 'c', 'd') = 1", "regex(., '^[A-Z]+$')", None, "${q2}"),
        ("text", "q2", "B", "jr:choice-name(1, 2) = 1", None, None, None, None),
    ]
    imported = Imported(form(rows, columns=RULES))

    q1 = imported.field("q1")
    assert (q1.required, q1.visible_when, q1.checks, q1.default) == (False, None, (), None)
    assert imported.field("q2").required_when is None
    assert {(note.code, note.row, note.column, note.why) for note in imported.told()} == {
        (NoteCode.RELEVANT, 2, "relevant", Why.FUNCTION),
        (NoteCode.REQUIRED, 2, "required", Why.REFUSED),
        (NoteCode.CONSTRAINT, 2, "constraint", Why.PATTERN),
        (NoteCode.DEFAULT, 2, "default", None),
        (NoteCode.REQUIRED, 3, "required", Why.FUNCTION),
    }


@pytest.mark.parametrize(
    ("calculation", "type_name", "text"),
    [
        ("if(${n} > 17, 'adult', 'child')", "code", "first_true(n is not empty and n > 17, 'adult', 'child')"),
        ("${n} > 17", "yes_no", "n is not empty and n > 17"),
        ("count-selected(${m})", "integer", "count(m)"),
        ("int((today() - ${d}) div 365.25)", "integer", "age_at(d, today)"),
        ("${d}", "date", "d"),
        ("now()", "date_time", "now"),
        ("'v1'", "text", "'v1'"),
        ("${c}", "code", "c"),
    ],
)
def test_a_calculation_becomes_a_computed_field(calculation: str, type_name: str, text: str) -> None:
    columns = ("type", "name", "label", "calculation")
    rows = [
        ("integer", "n", "N", None),
        ("date", "d", "D", None),
        ("select_one kind", "c", "C", None),
        ("select_multiple kind", "m", "M", None),
        ("calculate", "made", None, calculation),
    ]
    imported = Imported(form(rows, columns=columns, choices=[("kind", "a", "A"), ("kind", "b", "B")]))

    made = imported.field("made")
    assert (made.type.value, made.computed and made.computed.text) == (type_name, text)


def test_a_computed_choice_may_be_asked_about_and_what_it_copies_stays_as_private() -> None:
    columns = ("type", "name", "label", "calculation", "relevant")
    rows = [
        ("integer", "n", "N", None, None),
        ("calculate", "group", None, "if(${n} > 17, '1', '')", None),
        ("text", "phone", "Phone", None, "${group} = 1"),
        ("text", "q2", "B", None, "${group} = ''"),
        ("calculate", "copy", None, "${phone}", None),
        ("calculate", "lost", None, "${n} * 2", None),
        ("text", "q3", "C", None, "${lost} = 4"),
    ]
    imported = Imported(form(rows, columns=columns))

    assert labels("visit_group", imported) == {"1": "1", "none": "–"}
    phone, empty = imported.field("phone").visible_when, imported.field("q2").visible_when
    assert phone is not None
    assert empty is not None
    assert (phone.text, empty.text) == ("group = '1'", "group = 'none'")
    assert (imported.field("phone").privacy, imported.field("copy").privacy) == (Privacy.P4, Privacy.P4)
    assert imported.register.field("lost") is None
    assert {(note.code, note.row, note.why) for note in imported.told()} == {
        (NoteCode.CALCULATION, 7, Why.ARITHMETIC),
        (NoteCode.RELEVANT, 8, Why.NAME_UNKNOWN),
    }


def test_groups_become_sections_and_their_conditions_go_with_them() -> None:
    columns = ("type", "name", "label", "relevant", "appearance")
    rows = [
        ("text", "before", "Before", None, None),
        ("begin group", "home", "Home", "${before} = 'x'", "field-list"),
        ("text", "village", "Village", None, None),
        ("begin_group", "yard", "Yard", "${village} != ''", None),
        ("text", "trees", "Trees", None, None),
        ("end_group", None, None, None, None),
        ("text", "roof", "Roof", None, None),
        ("end group", None, None, None, None),
    ]
    imported = Imported(form(rows, columns=columns, settings={"form_title": "Nhà"}))

    assert [
        (section.id, section.label.vi, section.visible_when.text if section.visible_when else "", len(section.fields))
        for section in imported.register.sections
    ] == [
        ("questions", "Nhà", "", 1),
        ("home", "Home", "before = 'x'", 1),
        ("yard", "Home – Yard", "before = 'x' and village is not empty", 1),
        ("home_2", "Home", "before = 'x'", 1),
    ]
    assert imported.places() == [(NoteCode.ATTRIBUTE, 3, "appearance")]


def test_a_group_whose_condition_is_lost_requires_nothing() -> None:
    columns = ("type", "name", "label", "relevant", "required")
    rows = [
        ("begin group", "home", "Home", "position(..) = 1", None),
        ("text", "village", "Village", None, "yes"),
        ("begin group", "yard", "Yard", None, None),
        ("text", "trees", "Trees", None, None),
        ("end group", None, None, None, None),
        ("end group", None, None, None, None),
    ]
    imported = Imported(form(rows, columns=columns))

    assert not imported.field("village").required
    assert sorted((note.code, note.row) for note in imported.told()) == [(NoteCode.RELEVANT, 2), (NoteCode.REQUIRED, 3)]


@pytest.mark.parametrize("lost", ["position(..) = 1", "(", f"${{q}} = '{'x' * 900}' or ${{q}} = '{'y' * 900}'"])
def test_of_two_conditions_the_good_one_stays(lost: str) -> None:
    columns = ("type", "name", "label", "relevant")
    rows = [
        ("text", "q", "Q", None),
        ("begin group", "home", "Home", "${q} = 'x'"),
        ("begin group", "yard", "Yard", lost),
        ("text", "trees", "Trees", None),
        ("end group", None, None, None),
        ("end group", None, None, None),
    ]
    imported = Imported(form(rows, columns=columns))

    kept = imported.register.sections[1].visible_when
    assert kept is not None
    assert kept.text == "q = 'x'"
    assert (NoteCode.RELEVANT, 4, "relevant") in imported.places()


def test_a_long_form_is_cut_into_sections_of_seven() -> None:
    imported = Imported(form([("integer", f"q{number}", f"Q {number}") for number in range(1, 16)]))

    assert [len(section.fields) for section in imported.register.sections] == [5, 5, 5]
    assert [section.label.vi for section in imported.register.sections] == [
        "1. Q 1 – Q 5",
        "2. Q 6 – Q 10",
        "3. Q 11 – Q 15",
    ]
    assert [note.code for note in imported.told()] == [NoteCode.SECTIONS_SPLIT]


def test_a_long_form_is_cut_where_the_names_begin_otherwise() -> None:
    names = ["con_ok", *(f"prs_{n}" for n in range(9)), *(f"cas_{n}" for n in range(3))]
    rows = [("begin group", "g", "All"), *(("integer", name, name) for name in names), ("end group", None, None)]
    imported = Imported(form(rows))

    sections = [(section.label.vi, [field.id for field in section.fields]) for section in imported.register.sections]
    assert sections == [("All 1/3", names[:5]), ("All 2/3", names[5:10]), ("All 3/3", names[10:])]


REPEAT = ("type", "name", "label", "relevant", "required", "constraint", "calculation")


def test_a_repeat_becomes_rows() -> None:
    rows: Sequence[Sequence[Any]] = [
        ("integer", "people", "People", None, None, None, None),
        ("begin repeat", "child", "Children", "${people} > 2", None, None, None),
        ("text", "full_name", "Name", None, "yes", None, None),
        ("begin group", "body", "Body", None, None, None, None),
        ("integer", "height", "Height", None, None, ". < ${weight} * 9", None),
        ("integer", "weight", "Weight", None, None, ". > 0 and . < ${people}", None),
        ("end group", None, None, None, None, None, None),
        ("text", "shoe", "Shoe", "${height} > 100", "yes", None, None),
        ("calculate", "sum_here", None, None, None, None, "${height}"),
        ("end repeat", None, None, None, None, None, None),
        ("calculate", "heights", None, None, None, None, "sum(${height})"),
        ("calculate", "children", None, None, None, None, "count(${child})"),
    ]
    imported = Imported(form(rows, columns=REPEAT))

    child = imported.field("child")
    assert [(column.id, column.required) for column in child.fields] == [
        ("full_name", True),
        ("height", False),
        ("weight", False),
        ("shoe", False),
    ]
    assert child.visible_when is not None
    assert child.visible_when.text == "people > 2"
    assert (
        child.fields[2].checks[0].that.text
        == "weight is empty or weight > 0 and people is not empty and weight < people"
    )
    assert (child.privacy, {column.privacy for column in child.fields}) == (Privacy.P4, {Privacy.P4})
    heights, children = imported.field("heights").computed, imported.field("children").computed
    assert heights is not None
    assert children is not None
    assert (heights.text, children.text) == ("sum_of(child, 'height')", "count(child)")
    assert {(note.code, note.row) for note in imported.told()} == {
        (NoteCode.ATTRIBUTE, 5),
        (NoteCode.CONSTRAINT, 6),
        (NoteCode.RELEVANT_IN_ROWS, 9),
        (NoteCode.REQUIRED, 9),
        (NoteCode.CALCULATION_IN_ROWS, 10),
    }


def test_what_a_group_within_a_repeat_says_is_told() -> None:
    columns = ("type", "name", "label", "relevant", "required")
    rows = [
        ("begin repeat", "child", "Children", None, None),
        ("begin group", "school", "School", "${age} > 5", None),
        ("text", "class", "Class", None, "yes"),
        ("end group", None, None, None, None),
        ("integer", "age", "Age", None, "yes"),
        ("end repeat", None, None, None, None),
    ]
    imported = Imported(form(rows, columns=columns))

    assert [(one.id, one.required) for one in imported.field("child").fields] == [("class", False), ("age", True)]
    assert imported.places() == [
        (NoteCode.RELEVANT_IN_ROWS, 3, "relevant"),
        (NoteCode.ATTRIBUTE, 3, "label"),
        (NoteCode.REQUIRED, 4, "required"),
    ]


def test_a_loop_is_told_with_all_that_is_in_it() -> None:
    rows = [
        ("begin loop over k", "per", "For each"),
        ("text", "inside", "Inside"),
        ("end loop", None, None),
        ("text", "q1", "A"),
    ]
    imported = Imported(form(rows, choices=[("k", "a", "A"), ("k", "b", "B")]))

    assert [(note.code, note.row) for note in imported.told() if note.sheet == "survey"] == [
        (NoteCode.TYPE_LEFT_OUT, 2),
        (NoteCode.TYPE_LEFT_OUT, 3),
    ]


def test_a_repeat_within_a_repeat_becomes_a_text_that_names_its_questions() -> None:
    rows = [
        ("begin repeat", "house", "House"),
        ("text", "door", "Door"),
        ("begin repeat", "room", "Rooms"),
        ("text", "window", "Window"),
        ("integer", "beds", "Beds"),
        ("end repeat", None, None),
        ("end repeat", None, None),
    ]
    imported = Imported(form(rows))

    assert [(one.id, one.type.value) for one in imported.field("house").fields] == [
        ("door", "text"),
        ("room", "long_text"),
    ]
    (note,) = imported.told()
    assert (note.code, note.row, note.context) == (NoteCode.ROWS_IN_ROWS, 4, {"names": "window, beds"})


def test_notes_become_hints_of_the_question_after_them() -> None:
    columns = ("type", "name", "label", "hint")
    rows = [
        ("note", "n1", "Ask gently", None),
        ("text", "q1", "What happened", "One line"),
        ("note", "n2", "Thank you", None),
    ]
    imported = Imported(form(rows, columns=columns))

    hint = imported.field("q1").hint
    assert hint is not None
    assert hint.en == "Ask gently. One line."
    assert imported.places() == [(NoteCode.NOTE_AS_HINT, 2, "type"), (NoteCode.NOTE_LEFT_OUT, 4, "type")]


def test_a_filter_of_choices_becomes_a_check() -> None:
    columns = ("type", "name", "label", "choice_filter")
    choices = [
        ("province", "db", "Điện Biên", None),
        ("province", "lc", "Lai Châu", None),
        ("commune", "mn", "Mường Nhé", "db"),
        ("commune", "ss", "Sín Thầu", "db"),
        ("commune", "mt", "Mường Tè", "lc"),
    ]
    rows = [
        ("select_one province", "province", "Province", None),
        ("select_one commune", "commune", "Commune", "province = ${province}"),
        ("select_one commune", "other", "Other", "province != ${province}"),
    ]
    content = form(rows, columns=columns, choices=choices, choice_columns=("list_name", "name", "label", "province"))
    imported = Imported(content)

    assert [check.that.text for check in imported.field("commune").checks] == [
        "province != 'db' or commune in ['mn', 'ss']",
        "province != 'lc' or commune in ['mt']",
    ]
    assert imported.field("other").checks == ()
    assert [(note.code, note.row) for note in imported.told()] == [(NoteCode.FILTER_AS_CHECK, 3), (NoteCode.FILTER, 4)]


def test_names_that_are_no_ids_are_changed_and_told() -> None:
    rows = [
        ("text", "Họ_tên", "Họ tên"),
        ("text", "status", "Tình trạng"),
        ("text", "_1", "Một"),
        ("text", "empty", "Trống"),
        ("text", "a" * 60, "Dài"),
        ("begin group", "g", "G"),
        ("text", "empty", "Trống nữa"),
        ("end group", None, None),
    ]
    imported = Imported(form(rows))

    ids = [field.id for field in imported.register.fields()]
    assert ids == ["ho_ten", "status_2", "q_1", "empty_2", "a" * 41, "empty_3"]
    changed = {
        note.context["name"]: note.context["field"] for note in imported.notes if note.code is NoteCode.NAME_CHANGED
    }
    assert changed["status"] == "status_2"
    assert len(changed) == 5


def test_privacy_is_guessed_high_and_told_and_what_is_personal_stands_in_no_list_or_search() -> None:
    rows = [
        ("text", "fname", "Họ và tên"),
        ("text", "MobilePhone", "Contact 1"),
        ("date", "dob", "Born"),
        ("image", "face", "Picture"),
        ("text", "work", "Nghề nghiệp"),
    ]
    imported = Imported(form(rows))

    levels = {field.id: field.privacy.value for field in imported.register.fields()}
    assert levels == {"fname": "P4", "mobilephone": "P4", "dob": "P4", "face": "P4", "work": "P3"}
    assert imported.register.list == ("record_no", "work")
    assert imported.register.search == ("work",)
    assert imported.register.title == "{record_no}"
    (document,) = imported.documents.values()
    assert (document.privacy.value, document.verified) == ("P4", False)
    assert [note.context for note in imported.notes if note.code is NoteCode.PRIVACY] == [{"count": 4}]


def test_sheets_settings_columns_and_rows_without_a_place_are_told() -> None:
    columns = ("type", "name", "label", "media::image", "bind::odk:length", "save_to", "disabled")
    rows = [
        ("text", "q1", "A", "face.png", "5", "x", None),
        ("text", "q2", "B", None, None, None, "yes"),
        (None, None, None, "a comment", None, None, None),
    ]
    content = form(
        rows, columns=columns, settings={"form_title": "T", "style": "pages"}, entities=[("dataset",), ("p",)]
    )
    imported = Imported(content)

    assert [(note.code, note.sheet, note.row) for note in imported.told()] == [
        (NoteCode.COLUMN, "survey", 1),
        (NoteCode.ATTRIBUTE, "survey", 2),
        (NoteCode.ATTRIBUTE, "survey", 2),
        (NoteCode.ROW_DISABLED, "survey", 3),
        (NoteCode.ROW_WITHOUT_TYPE, "survey", 4),
        (NoteCode.SHEET, "entities", 0),
        (NoteCode.SETTING, "settings", 2),
    ]


def test_the_same_form_gives_the_same_bytes() -> None:
    content = form([("text", "q1", "A"), ("select_one k", "q2", "B")], choices=[("k", "a", "A"), ("k", "b", "B")])

    first, second = (make_register(read_form(content), TARGET) for _ in range(2))

    assert toml_text(first.register) == toml_text(second.register)
    assert first.code_lists == second.code_lists


def test_hints_of_groups_notes_and_calculations_are_kept_and_stray_columns_told() -> None:
    columns = ("type", "name", "label", "hint", "required", "calculation", "repeat_count")
    rows = [
        ("begin group", "home", "Home", "Where they live", None, None, None),
        ("note", "n", "Ask gently", "Twice", None, None, None),
        ("text", "q1", "A", None, None, "1 + 1", None),
        ("calculate", "made", None, "Reckoned", "yes", "${q1} = 'x'", None),
        ("end group", None, None, None, None, None, None),
        ("begin repeat", "child", "Children", None, "yes", None, "3"),
        ("text", "q2", "B", None, None, None, None),
        ("end repeat", None, None, None, None, None, None),
    ]
    imported = Imported(form(rows, columns=columns))

    hints = [section.hint for section in imported.register.sections]
    assert [hint.en if hint else None for hint in hints] == ["Where they live", None]
    first, made = imported.field("q1").hint, imported.field("made").hint
    assert first is not None
    assert made is not None
    assert (first.en, made.en) == ("Ask gently. Twice.", "Reckoned.")
    told = {(note.row, note.column) for note in imported.told() if note.code is NoteCode.ATTRIBUTE}
    assert told == {(4, "calculation"), (5, "required"), (7, "required"), (7, "repeat_count")}
