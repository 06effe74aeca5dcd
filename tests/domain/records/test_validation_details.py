"""What a draft is not asked, what an empty field is still checked for, and what is told of notes and unknown names."""

from desktop.domain.definitions.companion_fields import NOTE_LENGTH, note_name
from desktop.domain.definitions.loader import read_library
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import validate
from tests.domain.records.test_validation import (
    FORM,
    GOOD,
    KINDS,
    NOW,
    PEOPLE,
    PERSON_FORM,
    TODAY,
    problems_of,
    told,
)

MARRIED: dict[str, Json] = {"case_kind": ["LCNN"], "spouse": "Vàng A Páo"}


def test_a_row_of_a_draft_misses_nothing() -> None:
    rows: Json = [{"name": "Tèo"}, {"guardian": "Lò Văn Sơn"}]
    missing = [("children[0].dob", "value_missing"), ("children[1].name", "value_missing")]
    assert told({**MARRIED, "children": rows}) == missing
    assert told({**MARRIED, "children": rows}, is_draft=True) == []


def test_a_note_is_checked_as_the_long_text_it_is() -> None:
    note = note_name("guardian")
    assert told({note: "a" * NOTE_LENGTH}) == []
    assert [field for field, _ in told({note: "a" * (NOTE_LENGTH + 1)})] == [note]


def test_a_field_left_empty_can_fail_its_own_check() -> None:
    """A check may ask for an answer that is not required of every record; a draft is asked as well."""
    asked = FORM.replace('that = "declared or months_absent < 12"', 'that = "declared is not empty"')
    assert asked != FORM
    library = read_library(
        {
            "code_lists/kind.toml": KINDS.encode(),
            "registers/absence.toml": asked.encode(),
            "registers/person.toml": PERSON_FORM.encode(),
        }
    )
    for is_draft in (False, True):
        found = validate(
            {**GOOD, "declared": None},
            library.registers["absence"],
            library=library,
            today=TODAY,
            now=NOW,
            follow=PEOPLE.get,
            is_draft=is_draft,
        )
        assert [(one.field, one.code) for one in found] == [("declared", "absence_undeclared")]


def test_an_unknown_name_brings_the_nearest_or_a_dash() -> None:
    for name, suggestion in (("guardien", "guardian"), ("xyzxyz", "–")):
        (found,) = problems_of({name: "x"})
        assert found.context == {"name": name, "suggestion": suggestion}
