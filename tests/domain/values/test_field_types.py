import datetime as dt
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.dates import VIETNAM
from desktop.domain.base.problems import Label, Problem, Severity
from desktop.domain.definitions.model import (
    Code,
    CodeList,
    FieldDefinition,
    Library,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json, canonical, parse_canonical
from desktop.domain.values import field_types
from desktop.domain.values.field_types import (
    FIELD_TYPES,
    ValueContext,
    check_value,
    default_value,
    format_value,
    is_empty,
    normalise,
    parse_value,
)
from desktop.sentences import sentence

TODAY = dt.date(2026, 11, 21)
RECORD = "0190b3a2-0000-7000-8000-000000000001"


def label(vi: str, en: str) -> Label:
    return Label(vi=vi, en=en)


CODES = (
    Code(value="M", label=label("Nam", "Male")),
    Code(value="F", label=label("Nữ", "Female")),
    Code(value="VM_LN", label=label("Vắng mặt lâu ngày, nghi bị mua bán", "Long absent")),
    Code(value="LD1", label=label("Đã kết thúc", "Closed"), valid_to=dt.date(2020, 1, 1)),
    Code(value="LD2", label=label("Đã kết thúc", "Closed"), valid_from=dt.date(2020, 1, 2)),
    Code(value="TD", label=label("Đang theo dõi", "Being followed")),
    Code(value="0", label=label("Không", "None")),
)
LIBRARY = Library(registers={}, code_lists={"list": CodeList(id="list", label=label("a", "b"), codes=CODES)})


def field_of(type_name: TypeName, name: str = "f") -> FieldDefinition:
    codes = "list" if type_name in {TypeName.CODE, TypeName.CODES} else None
    return FieldDefinition(id=name, type=type_name, label=label("Ô", "Field"), privacy=Privacy.P1, codes=codes)


COLUMNS = (field_of(TypeName.TEXT, "name"), field_of(TypeName.PARTIAL_DATE, "born"))
ROWS = replace(field_of(TypeName.ROWS), fields=COLUMNS)
PERSON_NAME = replace(field_of(TypeName.TEXT), kind="person_name")
FIELDS = {name: ROWS if name is TypeName.ROWS else field_of(name) for name in TypeName}
TYPED = tuple(set(TypeName) - {TypeName.ROWS, TypeName.ATTACHMENT, TypeName.ADDRESS, TypeName.PERSON, TypeName.LINK})


def context(language: str = "vi") -> ValueContext:
    return ValueContext(
        library=LIBRARY,
        today=TODAY,
        language=language,
        unit_name=lambda province, commune: f"xã {commune}, tỉnh {province}" if province else "",
        record_title=lambda record: f"Hồ sơ {record[:4]}",
    )


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2126, 12, 31))
DATE_TEXTS = DAYS.map(str)
MOMENTS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2126, 12, 31)).map(  # noqa: DTZ001  Hypothesis wants naive
    lambda when: when.replace(tzinfo=VIETNAM).isoformat(timespec="minutes")
)
STORED: dict[TypeName, st.SearchStrategy[Any]] = {
    TypeName.TEXT: LINE.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split())).filter(bool),
    TypeName.LONG_TEXT: st.lists(LINE, min_size=1, max_size=4)
    .map(lambda lines: "\n".join(" ".join(unicodedata.normalize("NFC", line).split()) for line in lines).strip())
    .filter(bool),
    TypeName.DATE: DATE_TEXTS,
    TypeName.PARTIAL_DATE: st.tuples(DATE_TEXTS, st.sampled_from([10, 7, 4]), st.sampled_from(["", "~"])).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2]
    ),
    TypeName.DATE_TIME: MOMENTS,
    TypeName.INTEGER: st.integers(-(2**53) + 1, 2**53 - 1),
    TypeName.DECIMAL: st.decimals(-(10**9), 10**9, places=3).map(
        lambda number: (
            (f"{number:f}".rstrip("0").rstrip(".") or "0").replace("-0", "0")
            if abs(number) == 0
            else f"{number:f}".rstrip("0").rstrip(".")
        )
    ),
    TypeName.YES_NO: st.booleans(),
    TypeName.CODE: st.sampled_from(["M", "F", "VM_LN", "LD2", "TD", "0"]),
    TypeName.CODES: st.sets(st.sampled_from(["M", "F", "VM_LN", "LD2", "TD", "0"]), min_size=1).map(sorted),
    TypeName.PERSON: st.uuids().map(str),
    TypeName.LINK: st.uuids().map(str),
    TypeName.ADDRESS: st.fixed_dictionaries(
        {},
        optional={"province": st.just("11"), "hamlet": st.just("bản Pa Thơm"), "old_text": st.just("huyện Mường Nhé")},
    ).filter(bool),
    TypeName.ROWS: st.lists(
        st.fixed_dictionaries({"name": st.just("Lò Thị Mai")}, optional={"born": st.just("1999~")}), min_size=1
    ),
    TypeName.ATTACHMENT: st.just({"digest": "ab" * 32, "name": "ảnh 1.jpg", "media_type": "image/jpeg", "size": 12}),
    TypeName.PERSONAL_ID: st.from_regex(r"[0-9]{12}|[0-9]{9}", fullmatch=True, alphabet="0123456789"),
    TypeName.PASSPORT: st.from_regex(r"[A-Z0-9]{5,12}", fullmatch=True),
    TypeName.PHONE: st.one_of(
        st.sampled_from(["111", "113", "115", "+842153825123", "+842438251234", "+8613812345678", "+85620123456"]),
        st.from_regex(r"\+84(3[2-9]|8[1-9])[0-9]{7}", fullmatch=True, alphabet="+0123456789"),
    ),
}


FAMILIES = ("text", "date", "number", "choice", "group")
_PROBLEM = re.compile(r"\b(?:problem|warning)\(\s*\"([a-z_]+)\", field((?:, \w+=[^,()]+)*)")


@pytest.fixture(scope="module", params=list(TypeName), ids=str)
def every_field_type(request: pytest.FixtureRequest) -> FieldDefinition:
    return FIELDS[request.param]


@pytest.fixture(scope="module", params=sorted(TYPED), ids=str)
def every_typed_field_type(request: pytest.FixtureRequest) -> FieldDefinition:
    return FIELDS[request.param]


def test_every_type_has_a_class_and_an_example() -> None:
    assert set(FIELD_TYPES) == set(TypeName) == set(STORED)


@settings(deadline=None, max_examples=60)
@given(drawn=st.data(), language=st.sampled_from(["vi", "en"]))
def test_what_is_shown_of_a_value_is_read_back_as_the_value(
    every_typed_field_type: FieldDefinition, drawn: st.DataObject, language: str
) -> None:
    value = drawn.draw(STORED[every_typed_field_type.type])
    shown = format_value(value, every_typed_field_type, context(language))
    assert parse_value(shown, every_typed_field_type, context(language)) == value


@settings(deadline=None, max_examples=60)
@given(drawn=st.data())
def test_a_stored_value_is_right_and_stays_as_it_is(every_field_type: FieldDefinition, drawn: st.DataObject) -> None:
    value = drawn.draw(STORED[every_field_type.type])
    assert check_value(value, every_field_type, context()) == ()
    assert normalise(value, every_field_type, context()) == value
    assert not is_empty(value)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=40), st.sampled_from(["31/02/2025", "8h30", "1.000"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "born", "province", "detail", "size", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(value=JSON)
def test_normalising_twice_changes_nothing_and_nothing_ever_fails(
    every_field_type: FieldDefinition, value: Json
) -> None:
    check_value(value, every_field_type, context())
    assert isinstance(format_value(value, every_field_type, context()), str)
    once = normalise(value, every_field_type, context())
    if isinstance(once, Problem):
        assert "{" not in sentence(once.code, once.context)
    else:
        assert normalise(once, every_field_type, context()) == once


@settings(deadline=None, max_examples=150)
@given(text=st.one_of(st.text(max_size=60), st.text("0123456789/.-~: hCK+,", max_size=16)))
def test_what_is_normal_and_has_no_problem_can_be_written_to_the_change_log(
    every_field_type: FieldDefinition, text: str
) -> None:
    value = parse_value(text, every_field_type, context())
    if isinstance(value, Problem):
        return
    problems = check_value(value, every_field_type, context())
    assert {problem.code for problem in problems} <= {"text_control_characters", "date_out_of_range", "text_too_long"}
    if not problems:
        assert parse_canonical(canonical(value)) == value


def test_every_problem_of_a_value_has_a_sentence_whose_places_are_filled() -> None:
    modules = (Path(field_types.__file__).parent / f"{family}.py" for family in FAMILIES)
    calls = [call for path in modules for call in _PROBLEM.findall(path.read_text(encoding="utf-8"))]
    assert len(calls) > 30
    for code, names in calls:
        assert "{" not in sentence(code, dict.fromkeys(re.findall(r"(\w+)=", names), 0))


def test_nothing_typed_is_no_answer(every_field_type: FieldDefinition) -> None:
    assert parse_value(" \u200b\t", every_field_type, context()) is None
    assert normalise("  ", every_field_type, context()) is None
    assert normalise(None, every_field_type, context()) is None
    assert check_value(None, every_field_type, context()) == ()
    assert format_value(None, every_field_type, context()) == ""


def test_a_sealed_value_is_carried_and_shown_as_sealed(every_field_type: FieldDefinition) -> None:
    sealed: Any = {"$sealed": "AAAA"}
    assert normalise(sealed, every_field_type, context()) == sealed
    assert check_value(sealed, every_field_type, context()) == ()
    assert format_value(sealed, every_field_type, context()) == "niêm phong"
    assert not is_empty(sealed)


def read(field: TypeName | FieldDefinition, text: str) -> Json:
    """Return the value of a typed text, or the code of the problem."""
    value = parse_value(text, FIELDS[field] if isinstance(field, TypeName) else field, context())
    return value.code if isinstance(value, Problem) else value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14/03/2025", "2025-03-14"),
        ("14.3.2025", "2025-03-14"),
        ("14-3-25", "2025-03-14"),
        ("14 3 2025", "2025-03-14"),
        ("14032025", "2025-03-14"),
        ("140325", "2025-03-14"),
        ("140337", "1937-03-14"),
        ("140336", "2036-03-14"),
        ("14/3", "2026-03-14"),
        ("2025-03-14", "2025-03-14"),
        ("ngày 14 tháng 3 năm 2025", "2025-03-14"),
        ("3/2025", "2025-03"),
        ("tháng 3 năm 2025", "2025-03"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        ("~1999", "1999~"),
        ("1999~", "1999~"),
        ("khoảng 1999", "1999~"),
        ("~ 3/1999", "1999-03~"),
        ("31/02/2025", "date_impossible"),
        ("29/02/2025", "date_impossible"),
        ("13/2025", "date_impossible"),
        ("00/03/2025", "date_impossible"),
        ("32/13/2025", "date_impossible"),
        ("mai", "date_form"),
        ("14/03/20255", "date_form"),
        ("1/2/3/4", "date_form"),
    ],
)
def test_a_partial_date_is_read_as_officers_write_it(text: str, value: str) -> None:
    assert read(TypeName.PARTIAL_DATE, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14/03/2025", "2025-03-14"),
        ("1403", "2026-03-14"),
        ("-3", "2026-11-18"),
        ("+90", "2027-02-19"),
        ("-0", "2026-11-21"),
        ("3/2025", "date_not_complete"),
        ("2025", "date_not_complete"),
        ("~14/03/2025", "date_not_complete"),
        ("30/02/2025", "date_impossible"),
    ],
)
def test_a_date_is_a_whole_day(text: str, value: str) -> None:
    assert read(TypeName.DATE, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14/03/2025 08:30", "2025-03-14T08:30+07:00"),
        ("14/3/2025 8h", "2025-03-14T08:00+07:00"),
        ("8h30 14/03/2025", "2025-03-14T08:30+07:00"),
        ("8 giờ 30 phút, ngày 14 tháng 3 năm 2025", "2025-03-14T08:30+07:00"),
        ("8 giờ ngày 14/3/2025", "2025-03-14T08:00+07:00"),
        ("140325 0830", "2025-03-14T08:30+07:00"),
        ("1403 0830", "2026-03-14T08:30+07:00"),
        ("-1 0830", "2026-11-20T08:30+07:00"),
        ("08:30", "2026-11-21T08:30+07:00"),
        ("2025-03-14T01:30Z", "2025-03-14T08:30+07:00"),
        ("2025-03-14 08:30:59", "2025-03-14T08:30+07:00"),
        ("14/03/2025", "time_missing"),
        ("14/03/2025 24:00", "time_impossible"),
        ("14/03/2025 08:60", "time_impossible"),
        ("31/02/2025 08:30", "date_impossible"),
        ("3/2025 08:30", "date_time_form"),
        ("sáng mai", "date_time_form"),
    ],
)
def test_a_moment_is_a_date_and_a_time(text: str, value: str) -> None:
    assert read(TypeName.DATE_TIME, text) == value


@pytest.mark.parametrize("value", ["1899-12-31", "2127-01-01", "1899"])
def test_a_year_out_of_bounds_is_told_with_the_bounds(value: str) -> None:
    (found,) = check_value(value, FIELDS[TypeName.PARTIAL_DATE], context())
    assert (found.code, found.context) == ("date_out_of_range", {"minimum": 1900, "maximum": 2126})


@pytest.mark.parametrize(
    ("type_name", "value", "code"),
    [
        (TypeName.DATE, "2025-02-31", "date_impossible"),
        (TypeName.DATE, "2025-2-3", "date_form"),
        (TypeName.DATE, "2025-02", "date_not_complete"),
        (TypeName.DATE, 20250203, "value_wrong_type"),
        (TypeName.DATE_TIME, "2025-02-03T08:30Z", "date_time_form"),
        (TypeName.DATE_TIME, "2025-02-31T08:30+07:00", "date_impossible"),
        (TypeName.INTEGER, "5", "value_wrong_type"),
        (TypeName.INTEGER, True, "value_wrong_type"),
        (TypeName.INTEGER, 2**53, "number_too_large"),
        (TypeName.DECIMAL, "12.50", "number_form"),
        (TypeName.DECIMAL, "-0", "number_form"),
        (TypeName.YES_NO, 1, "value_wrong_type"),
        (TypeName.CODE, "Nam", "code_unknown"),
        (TypeName.CODES, ["M", "M"], "codes_repeated"),
        (TypeName.CODES, ["M", 1], "value_wrong_type"),
        (TypeName.PERSON, "Lò Thị Mai", "record_id_form"),
        (TypeName.TEXT, "Nga\u0300y", "text_not_normal"),
        (TypeName.TEXT, " x", "text_not_normal"),
        (TypeName.TEXT, "a\u200bb", "text_not_normal"),
        (TypeName.TEXT, "a\x07b", "text_control_characters"),
        (TypeName.TEXT, "a\tb", "text_control_characters"),
        (TypeName.LONG_TEXT, "a\ud800", "text_control_characters"),
        (TypeName.PASSPORT, "b1234567", "passport_form"),
        (TypeName.PHONE, "0912345678", "phone_form"),
        (TypeName.PERSONAL_ID, "01120900123", "personal_id_form"),
        (TypeName.ADDRESS, {"commune": "03160"}, "address_province_missing"),
        (TypeName.ADDRESS, {"province": "1"}, "address_unit_form"),
        (TypeName.ADDRESS, {"street": "x"}, "value_wrong_type"),
        (TypeName.ADDRESS, {"detail": "x\n"}, "text_not_normal"),
        (TypeName.ADDRESS, {"detail": "x\x07"}, "text_control_characters"),
        (TypeName.ATTACHMENT, {"digest": "x"}, "value_wrong_type"),
        (TypeName.ROWS, [1], "value_wrong_type"),
        (TypeName.ROWS, [{}] * 201, "too_many_items"),
    ],
)
def test_a_wrong_stored_form_is_told(type_name: TypeName, value: Json, code: str) -> None:
    assert code in [found.code for found in check_value(value, FIELDS[type_name], context())]


def test_a_line_break_in_a_long_text_is_no_fault() -> None:
    assert check_value("a\nb", FIELDS[TypeName.LONG_TEXT], context()) == ()
    assert normalise("a \r\n\r\n b\u2028c\n", FIELDS[TypeName.LONG_TEXT], context()) == "a\n\nb\nc"


@pytest.mark.parametrize(("type_name", "most"), [(TypeName.TEXT, 200), (TypeName.LONG_TEXT, 20_000)])
def test_a_long_text_is_told_with_its_limit(type_name: TypeName, most: int) -> None:
    assert check_value("ế" * most, FIELDS[type_name], context()) == ()
    (found,) = check_value("ế" * (most + 1), FIELDS[type_name], context())
    assert (found.code, found.context) == ("text_too_long", {"maximum": most, "length": most + 1})
    (found,) = check_value("12345", replace(FIELDS[type_name], max_length=4), context())
    assert found.context["maximum"] == 4


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Lò Thị Mai", []),
        ("H'Mông Y-Ban", []),
        ("Trần Văn A.", []),
        ("Nguyễn", ["name_one_word"]),
        ("Nguyễn Văn 2", ["name_characters"]),
        ("Nguyễn Văn A (Ba)", ["name_characters"]),
        ("Nguyeenx Văn An", ["telex_leftover"]),
        ("Vàng Thị Ddeens", ["telex_leftover"]),
    ],
)
def test_a_name_is_looked_at_as_a_name(name: str, codes: list[str]) -> None:
    found = check_value(name, PERSON_NAME, context())
    assert [problem.code for problem in found] == codes
    assert all((p.severity is Severity.ERROR) == (p.code == "name_characters") for p in found)
    assert check_value(name, FIELDS[TypeName.TEXT], context()) == ()


def test_a_name_is_kept_with_one_kind_of_apostrophe() -> None:
    assert read(PERSON_NAME, "Y  H’Mông\u00a0Nie\u0302\u0301") == "Y H'Mông Niế"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("011 209 001234", "011209001234"),
        ("011.209.001.234", "011209001234"),
        ("012345678", "012345678"),
        ("01120900123", "personal_id_form"),
        ("０１１２０９００１２３４", "personal_id_form"),
    ],
)
def test_a_personal_id_is_twelve_digits_or_nine(text: str, value: str) -> None:
    assert read(TypeName.PERSONAL_ID, text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("b 1234567", "B1234567"), ("B-123", "passport_form"), ("Đ12345", "passport_form")]
)
def test_a_passport_has_capital_letters_and_digits(text: str, value: str) -> None:
    assert read(TypeName.PASSPORT, text) == value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("0912 345 678", "+84912345678", "0912 345 678"),
        ("0912.345.678", "+84912345678", "0912 345 678"),
        ("(+84) 912 345 678", "+84912345678", "0912 345 678"),
        ("+84 0912345678", "+84912345678", "0912 345 678"),
        ("84912345678", "+84912345678", "0912 345 678"),
        ("0084912345678", "+84912345678", "0912 345 678"),
        ("0215 3825 123", "+842153825123", "0215 382 5123"),
        ("024 3825 1234", "+842438251234", "024 382 51234"),
        ("111", "111", "111"),
        ("+86 138 1234 5678", "+8613812345678", "+8613812345678"),
    ],
)
def test_a_telephone_is_stored_for_the_world_and_shown_for_home(text: str, value: str, shown: str) -> None:
    assert read(TypeName.PHONE, text) == value
    assert format_value(value, FIELDS[TypeName.PHONE], context()) == shown


@pytest.mark.parametrize("text", ["0312", "0112345678", "09123456789", "+84912", "119", "gọi sau"])
def test_what_nobody_could_dial_is_no_telephone(text: str) -> None:
    assert read(TypeName.PHONE, text) == "phone_form"


@pytest.mark.parametrize(
    ("type_name", "text", "value"),
    [
        (TypeName.INTEGER, "1.500.000", 1_500_000),
        (TypeName.INTEGER, "1 500", 1500),
        (TypeName.INTEGER, "-7", -7),
        (TypeName.INTEGER, "1.50", "number_form"),
        (TypeName.INTEGER, "1.500,000", "number_form"),
        (TypeName.INTEGER, "ba", "number_form"),
        (TypeName.DECIMAL, "12,5", "12.5"),
        (TypeName.DECIMAL, "12.50", "12.5"),
        (TypeName.DECIMAL, "1.500,25", "1500.25"),
        (TypeName.DECIMAL, "1,500.25", "1500.25"),
        (TypeName.DECIMAL, "1.500.000", "1500000"),
        (TypeName.DECIMAL, "007", "7"),
        (TypeName.DECIMAL, "-0,0", "0"),
        (TypeName.DECIMAL, "1e5", "number_form"),
        (TypeName.DECIMAL, "1,2,3", "number_form"),
        (TypeName.YES_NO, "C", True),
        (TypeName.YES_NO, "Có", True),
        (TypeName.YES_NO, "khong", False),
        (TypeName.YES_NO, "n", False),
        (TypeName.YES_NO, "1", True),
        (TypeName.YES_NO, "có lẽ", "yes_no_form"),
    ],
)
def test_numbers_and_answers_are_read_as_written(type_name: TypeName, text: str, value: object) -> None:
    assert read(type_name, text) == value


def test_numbers_are_shown_in_the_language() -> None:
    assert format_value(1_500_000, FIELDS[TypeName.INTEGER], context("vi")) == "1.500.000"
    assert format_value(1_500_000, FIELDS[TypeName.INTEGER], context("en")) == "1,500,000"
    assert format_value(2025, FIELDS[TypeName.INTEGER], context("vi")) == "2025"
    assert format_value("12.5", FIELDS[TypeName.DECIMAL], context("vi")) == "12,5"


def test_a_number_out_of_the_bounds_of_its_field_is_told_with_the_bound() -> None:
    bounded = replace(FIELDS[TypeName.DECIMAL], minimum=0, maximum=20)
    assert [(p.code, p.context) for p in check_value("-0.5", bounded, context())] == [
        ("number_too_small", {"minimum": 0})
    ]
    assert [(p.code, p.context) for p in check_value("20.1", bounded, context())] == [
        ("number_too_large", {"maximum": 20})
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("M", "M"),
        ("m", "M"),
        ("nam", "M"),
        ("Nữ", "F"),
        ("nu", "F"),
        ("female", "F"),
        ("vang mat", "VM_LN"),
        ("đang", "TD"),
        ("da ket thuc", "LD2"),
        ("Khong", "0"),
        ("0", "0"),
        ("na", "M"),
        ("da", "code_ambiguous"),
        ("xyz", "code_unknown"),
    ],
)
def test_a_code_is_found_by_value_or_label_or_its_beginning(text: str, value: str) -> None:
    assert read(TypeName.CODE, text) == value


def test_several_codes_are_stored_in_one_order_and_shown_in_that_of_the_list() -> None:
    assert read(TypeName.CODES, "đang theo dõi; nu, ") == "code_unknown"
    assert read(TypeName.CODES, "đang theo dõi, nu") == ["F", "TD"]
    assert read(TypeName.CODES, "Vắng mặt lâu ngày, nghi bị mua bán") == ["VM_LN"]
    assert normalise(["TD", "nam", "M"], FIELDS[TypeName.CODES], context()) == ["M", "TD"]
    assert format_value(["F", "TD", "M"], FIELDS[TypeName.CODES], context()) == "Nam; Nữ; Đang theo dõi"


def test_a_code_that_has_ended_is_doubtful_not_wrong() -> None:
    (found,) = check_value("LD1", FIELDS[TypeName.CODE], context())
    assert (found.code, found.severity) == ("code_expired", Severity.WARNING)


def test_a_link_shows_the_title_of_its_record() -> None:
    assert format_value(RECORD, FIELDS[TypeName.LINK], context()) == "Hồ sơ 0190"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            {"province": "11", "commune": "03160", "hamlet": "bản Pa Thơm", "detail": "số 5"},
            "số 5, bản Pa Thơm, xã 03160, tỉnh 11",
        ),
        ({"old_text": "xã A, huyện B"}, "xã A, huyện B"),
        ({"hamlet": "bản C", "old_text": "xã A, huyện B"}, "bản C (cũ: xã A, huyện B)"),
    ],
)
def test_an_address_is_shown_from_the_house_to_the_province(address: Json, shown: str) -> None:
    assert format_value(address, FIELDS[TypeName.ADDRESS], context()) == shown


def test_an_address_outside_the_known_units_is_told() -> None:
    nowhere = ValueContext(library=LIBRARY, today=TODAY, unit_name=lambda _province, _commune: "")
    (found,) = check_value({"province": "11", "commune": "99999"}, FIELDS[TypeName.ADDRESS], nowhere)
    assert found.code == "address_unit_unknown"


def test_idle_parts_of_an_address_are_left_out() -> None:
    given: Any = {"province": " 11 ", "hamlet": "", "detail": "so\u0302\u0301  5"}
    assert normalise(given, FIELDS[TypeName.ADDRESS], context()) == {"province": "11", "detail": "số 5"}
    assert normalise({"hamlet": " "}, FIELDS[TypeName.ADDRESS], context()) is None


def test_rows_are_normalised_cell_by_cell_and_carry_what_they_do_not_know() -> None:
    given: Any = [{"name": " Lò  Mai ", "born": "~1999"}, {"name": ""}, {"later": 5}]
    assert normalise(given, ROWS, context()) == [{"name": "Lò Mai", "born": "1999~"}, {"later": 5}]


def test_a_problem_in_rows_says_which_cell() -> None:
    found = normalise([{"name": "A"}, {"born": "31/02/1999"}], ROWS, context())
    assert isinstance(found, Problem)
    assert (found.code, found.field) == ("date_impossible", "f[1].born")
    (checked,) = check_value([{"born": "1999-13"}], ROWS, context())
    assert checked.field == "f[0].born"


@pytest.mark.parametrize(
    ("type_name", "given", "value"),
    [
        (TypeName.DATE, "14/03/2025", "2025-03-14"),
        (TypeName.INTEGER, "12", 12),
        (TypeName.INTEGER, 12.0, 12),
        (TypeName.DECIMAL, 12.5, "12.5"),
        (TypeName.DECIMAL, 7, "7"),
        (TypeName.DECIMAL, 1e-7, "0.0000001"),
        (TypeName.YES_NO, 1, True),
        (TypeName.YES_NO, "có", True),
        (TypeName.CODE, "Nữ", "F"),
        (TypeName.CODES, "Nữ", ["F"]),
        (TypeName.PHONE, "0912345678", "+84912345678"),
        (TypeName.PASSPORT, "b1234567", "B1234567"),
        (TypeName.LINK, RECORD.upper(), RECORD),
        (TypeName.TEXT, "\ufeffNga\u0300y\u202e mai\n", "Ngày mai"),
    ],
)
def test_json_from_outside_is_brought_to_the_stored_form(type_name: TypeName, given: Json, value: object) -> None:
    found = normalise(given, FIELDS[type_name], context())
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, 12.5])
def test_a_float_that_is_no_whole_number_is_a_problem(number: float) -> None:
    assert isinstance(normalise(cast("Json", number), FIELDS[TypeName.INTEGER], context()), Problem)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300])
def test_a_float_that_is_no_decimal_is_a_problem(number: float) -> None:
    assert isinstance(normalise(cast("Json", number), FIELDS[TypeName.DECIMAL], context()), Problem)


@pytest.mark.parametrize(
    ("type_name", "default", "value"),
    [
        (TypeName.DATE, "today", "2026-11-21"),
        (TypeName.PARTIAL_DATE, "today+90", "2027-02-19"),
        (TypeName.DATE, "2025-07-01", "2025-07-01"),
        (TypeName.DATE_TIME, "now", "2026-11-21T09:30+07:00"),
        (TypeName.LINK, "officer", RECORD),
        (TypeName.ADDRESS, "unit", {"province": "11", "commune": "03160"}),
        (TypeName.TEXT, "unit", "Công an xã Mường Nhé"),
        (TypeName.TEXT, "today", "today"),
        (TypeName.CODE, "VNM", "VNM"),
        (TypeName.YES_NO, False, False),
        (TypeName.INTEGER, 0, 0),
        (TypeName.INTEGER, None, None),
    ],
)
def test_a_new_record_starts_with_what_the_definition_says(
    type_name: TypeName, default: str | int | None, value: object
) -> None:
    found = default_value(
        replace(FIELDS[type_name], default=default),
        today=TODAY,
        now=dt.datetime(2026, 11, 21, 2, 30, tzinfo=dt.UTC),
        officer=RECORD,
        unit={"province": "11", "commune": "03160"},
        unit_name="Công an xã Mường Nhé",
    )
    assert found == value
