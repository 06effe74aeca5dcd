import datetime as dt
import unicodedata
from typing import Any

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.places.places import Places
from desktop.intake.scanner import ScanResult, scan
from desktop.intake.units import load_places
from desktop.paths import resources_dir

TODAY = dt.date(2026, 11, 21)
CARD = "011185000123|040123456|Lò Thị Đôn|14031985|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|01012021"
WHOLE = {
    "personal_id": "011185000123",
    "old_personal_ids": [{"number": "040123456"}],
    "full_name": "Lò Thị Đôn",
    "dob": "1985-03-14",
    "gender": "F",
    "nationality": "VNM",
    "perm_addr": {"old_text": "Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên"},
    "id_issued_on": "2021-01-01",
}


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(resources_dir())


def read(text: str, places: Places | None = None) -> ScanResult:
    return scan(text, today=TODAY, places=places)


def found(result: ScanResult) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.field) for problem in result.problems}


def without(*fields: str) -> dict[str, Any]:
    return {field: value for field, value in WHOLE.items() if field not in fields}


@pytest.mark.parametrize(
    "typed",
    [
        CARD,
        CARD + "\r",
        CARD + "\r\n",
        CARD + "\x1d",
        "\x02" + CARD + "\x04",
        "]Q1" + CARD,
        "\ufeff  " + CARD + "  \n",
        CARD + "|Lò Văn Cha|Vàng Thị Mẹ|040000000",
        CARD + "|||||",
        CARD.replace("|", " | "),
        CARD.replace("Nữ", "NỮ"),
        CARD.replace("Nữ", "Nuwx"),
        CARD.replace("Lò Thị Đôn", "lò thị đôn"),
        CARD.replace("Lò Thị Đôn", "lÒ tHỊ đÔN"),
        CARD.replace("Lò", "L\u200bò\u202e"),
        unicodedata.normalize("NFD", CARD),
        CARD.replace("|", "}"),
        CARD.replace("|", "~"),
        CARD.replace("|", "¦"),
        unicodedata.normalize("NFD", CARD).replace("|", "\\"),
    ],
)
def test_however_a_scanner_types_a_card_it_is_read_the_same(typed: str) -> None:
    result = read(typed)

    assert result.kind == "id_card"
    assert result.person == WHOLE
    assert result.document == {}
    assert result.problems == ()


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        (CARD.replace("|040123456|", "||"), {"old_personal_ids"}),
        (CARD.replace("|040123456|", "|"), {"old_personal_ids"}),
        (CARD.replace("|040123456|", "}").replace("|", "}"), {"old_personal_ids"}),
        (CARD.replace("|040123456|", "}}").replace("|", "}"), {"old_personal_ids"}),
        (CARD.rpartition("|")[0], {"id_issued_on"}),
        (CARD.rpartition("|")[0] + "|", {"id_issued_on"}),
        ("|".join([*CARD.split("|")[:5], "", "01012021"]), {"perm_addr"}),
    ],
)
def test_fields_that_a_card_may_lack_are_left_out_without_a_word(typed: str, left_out: set[str]) -> None:
    result = read(typed)

    assert result.person == without(*left_out)
    assert result.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("011185000123|", "01118500012|", "scan_id_digits", "personal_id"),
        ("011185000123|", "O11185000123|", "scan_id_digits", "personal_id"),
        ("040123456", "04012345", "scan_old_id_digits", "old_personal_ids"),
        ("14031985", "31021985", "scan_date_impossible", "dob"),
        ("14031985", "1403198", "scan_date_impossible", "dob"),
        ("14031985", "14000985", "scan_date_impossible", "dob"),
        ("14031985", "14030985", "scan_date_impossible", "dob"),
        ("14031985", "22112026", "scan_date_future", "dob"),
        ("14031985", "", "scan_field_missing", "dob"),
        ("01012021", "30022021", "scan_date_impossible", "id_issued_on"),
        ("01012021", "00002021", "scan_date_impossible", "id_issued_on"),
        ("01012021", "22112026", "scan_date_future", "id_issued_on"),
        ("01012021", "13031985", "scan_issued_before_birth", "id_issued_on"),
        ("Nữ", "Nô", "scan_gender", "gender"),
        ("Lò Thị Đôn", "", "scan_field_missing", "full_name"),
        ("Lò Thị Đôn", "<b>Lò Thị", "scan_name_signs", "full_name"),
        ("Lò Thị Đôn", "Lò Thị 8", "scan_name_signs", "full_name"),
    ],
)
def test_a_field_that_cannot_be_is_left_out_and_the_others_stay(old: str, new: str, code: str, field: str) -> None:
    result = read(CARD.replace(old, new))

    assert found(result) == {(code, field)}
    assert {problem.severity for problem in result.problems} == {Severity.ERROR}
    assert result.person == without(field)


@pytest.mark.parametrize(("written", "dob"), [("00001985", "1985"), ("00031985", "1985-03")])
def test_a_birth_of_which_only_the_year_is_known_is_a_year(written: str, dob: str) -> None:
    assert read(CARD.replace("14031985", written)).person["dob"] == dob


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("011185000123|040123456|Lò Thị Đôn|14031985|Nữ", "scan_field_count"),
        ("011185000123|", "scan_field_count"),
        (CARD.replace("Lò Thị Đôn", "Lò|Thị Đôn"), "scan_fields_shifted"),
        (CARD.replace("Lò Thị Đôn", "Lò Thị|Đôn|"), "scan_fields_shifted"),
        ("|||||||||", "scan_fields_shifted"),
    ],
)
def test_a_card_whose_fields_are_not_in_place_gives_nothing(text: str, code: str) -> None:
    result = read(text)

    assert (result.kind, result.person) == ("id_card", {})
    assert found(result) == {(code, None)}
    assert result.is_unreadable


def test_a_card_of_which_nothing_can_be_read_is_unreadable() -> None:
    assert read("x||8|99999999|?||").is_unreadable


@pytest.mark.parametrize(
    "text",
    [
        CARD.replace("|", ","),  # the residence has commas of its own
        CARD.replace("|", " "),
        CARD.replace("|", "}").replace("}Nữ}", "|Nữ}"),
        CARD.replace("|", "}").replace("011185000123", "01118500012"),
    ],
)
def test_another_sign_is_a_bar_only_where_that_is_certain(text: str) -> None:
    result = read(text)

    assert (result.kind, result.person) == ("unknown", {})
    assert found(result) == {("scan_unknown", None)}


@pytest.mark.parametrize("name", ["Nguyeenx Thij Don", "Lof Thij Don", "Lò Thị Đoo\u0301n x\u0309"])
def test_a_name_that_vietnamese_typing_went_through_is_doubted_and_kept(name: str) -> None:
    result = read(CARD.replace("Lò Thị Đôn", name))

    assert found(result) == {("scan_telex_leftover", "full_name")}
    assert result.problems[0].severity is Severity.WARNING
    assert result.person["full_name"] == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("number", "doubts"),
    [
        ("011085000123", {("scan_id_gender", "gender")}),
        ("011186000123", {("scan_id_birth", "dob")}),
        ("011385000123", {("scan_id_birth", "dob")}),
        ("003185000123", {("scan_id_province", "personal_id")}),
    ],
)
def test_a_number_that_disagrees_with_the_card_is_doubted_and_kept(
    number: str, doubts: set[tuple[str, str | None]]
) -> None:
    result = read(CARD.replace("011185000123", number))

    assert doubts == found(result)
    assert {problem.severity for problem in result.problems} == {Severity.WARNING}
    assert result.person == {**WHOLE, "personal_id": number}


def address(result: ScanResult) -> dict[str, Any]:
    value = result.person["perm_addr"]
    assert isinstance(value, dict)
    return value


def test_the_commune_of_today_is_added_when_it_is_certain(places: Places) -> None:
    result = read(CARD, places)

    assert address(result) == {
        "old_text": "Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên",
        "province": "11",
        "commune": "03162",
        "hamlet": "Bản Nậm Kè",
    }
    assert result.problems == ()


def test_what_is_no_hamlet_is_detail(places: Places) -> None:
    residence = "12 Lê Lợi, Tổ 5, Phường Bến Nghé, Quận 1, TP.HCM"
    value = address(read(CARD.replace("Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên", residence), places))

    assert (value["hamlet"], value["detail"]) == ("Tổ 5", "12 Lê Lợi")


def test_a_divided_commune_is_left_to_the_officer(places: Places) -> None:
    residence = "Phường Hoàng Liệt, Quận Hoàng Mai, Hà Nội"
    result = read(CARD.replace("Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên", residence), places)

    assert address(result) == {"old_text": residence, "province": "01"}
    assert found(result) == {("scan_place_divided", "perm_addr")}
    assert result.problems[0].context == {"count": 4}


def test_a_residence_that_leads_nowhere_is_kept_as_printed(places: Places) -> None:
    result = read(CARD.replace("Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên", "Khu tập thể"), places)

    assert address(result) == {"old_text": "Khu tập thể"}
    assert found(result) == {("scan_place_unknown", "perm_addr")}
