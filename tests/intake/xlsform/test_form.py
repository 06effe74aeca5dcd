"""Careless and hostile workbooks meet a sentence with the place in the file; none meets a traceback."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from desktop.domain.definitions.loader import read_library
from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.domain.definitions.toml_writer import toml_text
from desktop.domain.documents.loader import read_documents
from desktop.errors import IntakeError
from desktop.intake.xlsform import form as reading
from desktop.intake.xlsform.form import XlsForm, read_form
from desktop.intake.xlsform.notes import Done, NoteCode
from desktop.intake.xlsform.register import make_register
from desktop.intake.xlsform.sheets import LIMITS
from desktop.sentences import all_sentences
from tests.intake.xlsform.sheets import form, workbook
from tests.intake.xlsform.test_register import TARGET

QUESTION = ("text", "q1", "A question")


def refusal(content: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(IntakeError) as caught:
        make_register(read_form(content), TARGET)
    assert caught.value.code in all_sentences()
    return caught.value.code, caught.value.context


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the workbook with one more part, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return out.getvalue()


def test_a_file_that_is_no_workbook_is_refused() -> None:
    assert refusal(b"")[0] == "workbook_unreadable"
    assert refusal(b"type,name,label\ntext,q1,A\n")[0] == "workbook_unreadable"
    assert refusal(form([QUESTION])[:-200])[0] == "workbook_unreadable"


def test_the_binary_format_of_before_2007_is_refused_with_the_way_out() -> None:
    code, _ = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    assert code == "workbook_encrypted_or_old"
    assert ".xlsx" in all_sentences()[code]["vi"]


def test_macros_and_entities_and_bombs_are_refused() -> None:
    content = form([QUESTION])
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'

    assert refusal(with_part(content, "xl/vbaProject.bin", b"macro"))[0] == "workbook_macros"
    assert refusal(with_part(content, "xl/worksheets/sheet1.xml", bomb))[0] == "workbook_entities"
    assert refusal(with_part(content, "xl/media/x.xml", b" " * 40_000_000))[0] == "workbook_unpacks_too_large"


def test_a_workbook_without_a_form_is_refused() -> None:
    assert refusal(workbook({"Sheet1": [("a", "b")]}))[0] == "xlsform_no_survey"
    assert refusal(workbook({"survey": []}))[0] == "xlsform_no_questions"
    assert refusal(workbook({"survey": [("type", "name", "label")]}))[0] == "xlsform_no_questions"


def test_a_form_of_which_nothing_can_be_carried_is_no_success() -> None:
    assert refusal(form([("start", "start", None), ("note", "n", "Hello")]))[0] == "xlsform_nothing_carried"
    columns = ("type", "name", "label", "calculation")
    assert refusal(form([("calculate", "c", None, "1 + 1")], columns=columns))[0] == "xlsform_nothing_carried"
    empty_group = [("begin group", "g", "G"), ("end group", None, None)]
    assert refusal(form(empty_group))[0] == "xlsform_no_questions"


def test_too_many_columns_rows_fields_levels_and_letters_are_refused_with_the_limit() -> None:
    wide = ("type", "name", "label", *(f"c{number}" for number in range(LIMITS.columns)))
    long = [("text", f"q{number}", "A") for number in range(LIMITS.questions + 1)]
    many = [("text", f"q{number}", "A") for number in range(LIMITS.fields + 1)]
    deep: list[tuple[str | None, ...]] = [*(("begin group", f"g{n}", "G") for n in range(LIMITS.depth)), QUESTION]
    deep += [("end group", None, None)] * LIMITS.depth

    assert refusal(form([QUESTION], columns=wide)) == (
        "xlsform_too_large",
        {"sheet": "survey", "what": "columns", "limit": LIMITS.columns},
    )
    assert refusal(form(long))[1]["what"] == "rows"
    assert refusal(form(many)) == ("xlsform_too_many_fields", {"count": LIMITS.fields + 1, "limit": LIMITS.fields})
    assert refusal(form(deep))[0] == "xlsform_too_deep"
    assert refusal(form([("text", "q1", "x" * (LIMITS.cell + 1))])) == (
        "xlsform_cell_long",
        {"sheet": "survey", "row": 2, "limit": LIMITS.cell},
    )


def test_a_header_of_a_thousand_levels_is_refused() -> None:
    assert (
        refusal(form([QUESTION], columns=("type", "name", "label", "bind::" + "a::" * 1000)))[0] == "xlsform_cell_long"
    )
    found = read_form(form([(*QUESTION, "x")], columns=("type", "name", "label", "bind::" + "a::" * 60)))
    assert found.items[0].name == "q1"


def test_a_cell_in_the_last_column_of_all_is_too_wide() -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    sheet.append(list(QUESTION))
    sheet["XFD2"] = "far"
    content = io.BytesIO()
    book.save(content)

    assert refusal(content.getvalue())[1]["what"] == "columns"


def test_a_row_a_million_down_is_too_long() -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    sheet.append(list(QUESTION))
    sheet["A1000000"] = "text"
    content = io.BytesIO()
    book.save(content)

    assert refusal(content.getvalue())[1]["what"] == "rows"


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([("text", None, "A")], 2),
        ([("text", "no good", "A")], 2),
        ([QUESTION, ("select_one gone", "q2", "B")], 3),
        ([("begin group", "g", "G"), QUESTION], 2),
        ([QUESTION, ("end group", None, None)], 3),
        ([QUESTION, ("text", "q1", "Again")], 3),
    ],
)
def test_a_mistake_that_pyxform_finds_is_told_with_its_row(rows: list[tuple[str | None, ...]], row: int) -> None:
    code, context = refusal(form(rows, choices=[("list", "a", "A")]))

    assert code == "xlsform_refused_at"
    assert context["row"] == row
    assert len(str(context["reason"])) > 10


def test_a_mistake_that_belongs_to_no_row_is_told_too() -> None:
    assert refusal(form([("q1", "A")], columns=("name", "label")))[0] == "xlsform_refused"
    assert refusal(form([QUESTION], columns=("type", "name", "name")))[0] == "xlsform_header_twice"


def test_rows_are_those_of_the_file_blank_ones_counted() -> None:
    found = read_form(form([(), (), QUESTION, (), ("select_one k", "q2", "B")], choices=[(), ("k", "a", "A")]))

    assert [item.row for item in found.items] == [4, 6]
    assert [choice.row for choice in found.choices["k"]] == [3]


def test_formulas_are_not_reckoned_and_texts_that_look_like_them_are_texts() -> None:
    found = read_form(form([("text", "q1", "'=cmd|' /C calc'!A0"), ("text", "q2", "+1")]))

    assert found.items[0].label == {"default": "'=cmd|' /C calc'!A0"}
    with pytest.raises(IntakeError):
        read_form(form([("=text", "q1", "A")]))


def test_nothing_is_asked_of_the_network_and_no_program_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        pytest.fail("a form was about to reach out of the program")

    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("subprocess.Popen", refuse)
    rows = [("select_one_from_file https://example.org/x.csv", "q1", "A"), ("xml-external", "far", "B"), QUESTION]
    external = [("list_name", "name", "label"), ("far", "a", "A")]
    rows[2] = ("text", "q2", "A question")

    found = read_form(form(rows, external_choices=external))

    assert [item.name for item in found.items] == ["q1", "far", "q2"]
    assert not hasattr(reading, "odk_validate")


NAMES = tuple("status note Họ_tên _x today and if count entry attachments record_no q1_latitude q3_other b c d".split())  # noqa: SIM905
TYPES = st.sampled_from(
    [
        *("text", "integer", "decimal", "date", "dateTime", "time", "note", "calculate", "image", "geopoint", "range"),
        *("select_one k", "select_multiple k", "select_one k or_other", "rank k", "acknowledge", "barcode", "hidden"),
        *("start", "file", "select_one ${q1}", "select_one_from_file a.csv", "xml-external", "percentage", "osm"),
    ]
)
EXPRESSIONS = st.one_of(
    st.none(),
    st.none(),
    st.sampled_from(
        [
            *("${q1} = 'a'", "${q2} > 5", "selected(${q3}, 'a')", ". != ''", ". > ${q2}", "not(${q1} = ${q3})"),
            *("count(${rep})", "sum(${inner})", "if(${q1} = 'a', 'x', ${q2})", "if(${q2}>1,'a',if(${q2}>0,'b',''))"),
            *("today()", "now()", "'text'", "${q3}", "${q1}", "5", "${q2} * 2", "concat(${q1}, 'x')", "../q1 = 'a'"),
            *("k = ${q3}", "regex(., '^[0-9]{9}$')", "string-length(.) < 5", "(((", "OK", "2026-01-01", "-7", "true()"),
            *("${inner} > 2", ". = ${inner}", "/a/b = 1", "false()", "selected(${q1}, 'a')", "${q3} >= 1", "yes"),
        ]
    ),
)
SIGNS = st.characters(exclude_categories=["Cs", "Cc"])
TEXTS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text[0] != "="),  # a formula without a value is empty
    st.sampled_from(["Label", "<b>x</b>", "${q1}?", "a;b", "{x}", "**", "Ghi chú"]),
)
OPENINGS = {"group": "begin group", "repeat": "begin repeat", "loop": "begin loop over k"}
BASE = (
    *(("text", "q1", "One"), ("integer", "q2", "Two"), ("select_one k", "q3", "Three"), ("begin repeat", "rep", "R")),
    *(("integer", "inner", "Inner"), ("end repeat",)),
)
COLUMNS = (
    *("type", "name", "label", "hint", "relevant", "constraint", "calculation", "required", "default", "choice_filter"),
)


@st.composite
def surveys(draw: st.DrawFn) -> list[tuple[str | None, ...]]:
    """Return the rows of a form that is well formed, whatever it says."""
    rows: list[tuple[str | None, ...]] = [*BASE]
    opened: list[str] = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=7)):
        container = draw(st.sampled_from(["", "", "", "group", "repeat", "loop", "end"]))
        if container == "end" and opened:
            rows.append((f"end {opened.pop()}",))
        kind = OPENINGS.get(container) or draw(TYPES)
        if container in OPENINGS:
            opened.append(container)
        cells = [draw(EXPRESSIONS) for _ in range(6)]
        if kind == "calculate":
            cells[2] = cells[2] or "${q2} > 1"
        rows.append((kind, name, draw(TEXTS), draw(st.one_of(st.none(), TEXTS)), *cells))
    return [*rows, *((f"end {container}",) for container in reversed(opened))]


SHOWN: Mapping[str, Callable[[FieldDefinition], object]] = {
    "hint": lambda field: field.hint,
    "relevant": lambda field: field.visible_when,
    "constraint": lambda field: field.checks,
    "calculation": lambda field: field.computed,
    "required": lambda field: field.required or field.required_when,
    "default": lambda field: field.default is not None,
    "choice_filter": lambda field: field.checks,
}
ALWAYS = ("true()", "5", "'text'", "-7", "false()")


def untold(rows: list[tuple[str | None, ...]], found: XlsForm, register: FormDefinition) -> list[tuple[int, str]]:
    """Return each cell that says something, is seen in no field of its row and told by no note of its row."""
    told = {(note.row, note.column) for note in found.notes.all()}
    gone = {note.row for note in found.notes.all() if note.done is Done.LEFT_OUT and note.column == "type"}
    whole = {note.row for note in found.notes.all() if note.code in {NoteCode.ROWS_IN_ROWS, NoteCode.CALCULATION}}
    fields: dict[int, list[FieldDefinition]] = {}
    for one in found.notes.carried:
        outer, _, inner = one.field.partition(".")
        field = register.field(outer)
        assert field is not None
        fields.setdefault(one.row, []).append(next((c for c in field.fields if c.id == inner), field))
    return [
        (number, column)
        for number, row in enumerate(rows, start=2)
        for column, cell in zip(COLUMNS, row, strict=False)
        if column in SHOWN and cell and cell not in ALWAYS and number in fields
        if any(sign.isalnum() for sign in cell)  # marks alone are no words
        if number not in gone | whole and (number, column) not in told
        if not any(SHOWN[column](field) for field in fields[number])
    ]


CHOICES = st.lists(
    st.tuples(st.just("k"), st.text(SIGNS.filter(lambda sign: not sign.isspace()), min_size=1, max_size=50), TEXTS),
    max_size=4,
).map(lambda found: [("k", "a", "A"), ("k", "1", "One"), *found])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(surveys(), CHOICES)
def test_any_form_is_carried_to_files_that_load_or_refused_by_a_code(
    rows: list[tuple[str | None, ...]], choices: list[tuple[str, str, str]]
) -> None:
    try:
        found = read_form(form(rows, columns=COLUMNS, choices=choices))
        made = make_register(found, TARGET)
    except IntakeError as refused:
        event(f"{refused.code} {str(refused.context.get('reason', ''))[:50]}")
        assert refused.code in all_sentences()  # noqa: PT017  either way is right
        return
    event("carried")
    files = {f"code_lists/{name}.toml": toml_text(one).encode() for name, one in made.code_lists.items()}
    document = str(made.document["id"])
    library = read_library({"registers/visit.toml": toml_text(made.register).encode(), **files}, documents=[document])
    read_documents({f"documents/{document}.toml": toml_text(made.document).encode()}, library)
    assert untold(rows, found, library.registers["visit"]) == []
    asked = {row[1] for row in rows if row[0] and not row[0].startswith(("begin", "end"))}
    notes = found.notes.all()
    told = {note.row for note in notes}
    in_text = {name for note in notes for name in str(note.context.get("names", "")).split(", ")}
    places = {row[1]: number for number, row in enumerate(rows, start=2) if len(row) > 1}
    assert asked - in_text <= {one.name for one in found.notes.carried} | {q for q in asked if places[q] in told}


@settings(deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), TEXTS, TYPES, st.integers(), st.booleans()), max_size=5), max_size=6))
def test_any_sheet_at_all_is_carried_or_refused_by_a_code(rows: list[list[object]]) -> None:
    try:
        make_register(read_form(workbook({"survey": [("type", "name", "label"), *rows]})), TARGET)
    except IntakeError as refused:
        assert refused.code in all_sentences()  # noqa: PT017  either way is right


WHOLE = form([QUESTION, ("select_one k", "q2", "B")], choices=[("k", "a", "A")])


@settings(deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_carried_or_refused_by_a_code(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        make_register(read_form(bytes(content)), TARGET)
    except IntakeError as refused:
        assert refused.code in all_sentences()  # noqa: PT017  either way is right


def test_the_helpers_that_pyxform_makes_of_a_form_are_no_questions() -> None:
    columns = ("type", "name", "label", "appearance", "repeat_count")
    rows = [
        ("begin group", "grid", "Grid", "table-list", None),
        ("select_one k", "q1", "One", None, None),
        ("select_one k or_other", "q2", "Two", None, None),
        ("end group", None, None, None, None),
        ("begin repeat", "child", "Children", None, "1 + 2"),
        ("text", "q3", "Three", None, None),
        ("end repeat", None, None, None, None),
    ]
    found = read_form(form(rows, columns=columns, choices=[("k", "a", "A")]))

    assert [(item.name, item.row) for item in found.items] == [("grid", 2), ("child", 6)]
    assert found.items[0].label == {"default": "Grid"}
    assert [(item.name, item.row) for item in found.items[0].items] == [("q1", 3), ("q2", 4), ("q2_other", 4)]
