import csv
import datetime as dt
import io
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import Json
from desktop.errors import IntakeError
from desktop.intake import guest_values
from desktop.intake.guest_files import read_guests
from desktop.intake.import_rows import ReadFile
from desktop.intake.workbooks import Cell
from tests.intake.guest_samples import (
    CONTEXT,
    EXAMPLE_ROW,
    FOREIGN_HEADS,
    PLAIN,
    foreign_sheet,
    guest,
    vietnamese,
    vietnamese_sheet,
    workbook,
    xml,
)


def read(content: bytes) -> ReadFile:
    return read_guests(content, CONTEXT)


def only(content: bytes) -> Mapping[str, Json]:
    (row,) = read(content).rows
    return row.values


def codes(found: ReadFile) -> dict[str, list[tuple[int, str]]]:
    return {
        name: [(note.row, note.code) for note in notes]
        for name, notes in (("skipped", found.skipped), ("refused", found.refused), ("warnings", found.warnings))
        if notes
    }


def refusal(content: bytes) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read(content)
    return caught.value


def test_a_foreign_guest_of_the_xml_is_read_whole() -> None:
    found = read(xml(guest()))
    assert (found.kind, found.read, codes(found)) == ("XML", 1, {})
    assert found.rows[0].values == {
        "full_name": "KHAMVONGSA BOUNMY",
        "dob": "1990-03-14",
        "gender": "M",
        "nationality": "LAO",
        "doc_type": "HC",
        "doc_no": "PA1234567",
        "room_no": "101",
        "arrived_on": "2026-11-18",
        "leaves_on": "2026-11-20",
        "declared_by": "XML",
    }


@pytest.mark.parametrize(
    "content",
    [
        xml(guest(), declared=False),
        xml(guest()).decode().encode("utf-16"),
        b"\xef\xbb\xbf" + xml(guest(), declared=False),
        xml(guest(ho_ten="  KHAMVONGSA   BOUNMY ", so_ho_chieu=" PA 123 4567")),
        xml(guest(ngay_den="2026-11-18")),
        xml(guest(ngay_den="18-11-2026")),
        xml(guest(gioi_tinh="Nam")),
    ],
)
def test_a_guest_is_the_same_however_the_file_was_written(content: bytes) -> None:
    assert only(content) == only(xml(guest()))


def test_ampersands_and_angles_in_names_are_read_and_told() -> None:
    found = read(xml(guest(), guest(ho_ten="SMITH & SONS <JR", so_ho_chieu="X1234567"), guest(so_ho_chieu="X7654321")))
    assert found.rows[1].values["full_name"] == "SMITH & SONS <JR"
    assert codes(found) == {"warnings": [(2, "guest_xml_mended")]}
    assert only(xml(guest(ho_ten="TOM &amp; ANN")))["full_name"] == "TOM & ANN"


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"ngay_sinh": "1990"}, {"dob": "1990"}),
        ({"ngay_sinh": "03/1990"}, {"dob": "1990-03"}),
        ({"ngay_sinh": "01/01/1990", "ngay_sinh_dung_den": "Y"}, {"dob": "1990"}),
        ({"ngay_sinh": "01/03/1990", "ngay_sinh_dung_den": "M"}, {"dob": "1990-03"}),
        ({"ngay_den": "18/11/2026 21:30"}, {"arrived_on": "2026-11-18", "arrived_at": "2026-11-18T21:30+07:00"}),
        ({"ma_quoc_tich": "D"}, {"nationality": "DEU"}),
        ({"ma_quoc_tich": "GBN"}, {"nationality": "GBN"}),
        ({"ma_quoc_tich": "RKS"}, {"nationality": "RKS"}),
        ({"gioi_tinh": "F"}, {"gender": "F"}),
        ({"ngay_tra_phong": "20/11/2026"}, {"left_on": "2026-11-20"}),
        ({"so_phong": "Phòng 5B"}, {"room_no": "Phòng 5B"}),
        ({"ngay_di_du_kien": "18/11/2026"}, {"leaves_on": "2026-11-18"}),
    ],
)
def test_what_hotels_write_is_understood(changes: dict[str, str], values: dict[str, str]) -> None:
    found = only(xml(guest(**changes)))
    assert {name: found[name] for name in values} == values


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ho_ten": " "}, "guest_name_missing"),
        ({"ngay_den": ""}, "guest_arrival_missing"),
        ({"ngay_den": "31/02/2026"}, "guest_date_unreadable"),
        ({"ngay_den": "18/11/26"}, "guest_date_unreadable"),
        ({"ngay_den": "11/18/2026"}, "guest_date_month_first"),
        ({"ngay_sinh": "08/13/1990"}, "guest_date_month_first"),
        ({"ngay_sinh": "01/01/2027"}, "guest_born_in_future"),
        ({"ngay_sinh": "13/1990"}, "guest_date_unreadable"),
        ({"ngay_di_du_kien": "17/11/2026"}, "guest_leaves_before_arrival"),
        ({"ngay_tra_phong": "17/11/2026"}, "guest_leaves_before_arrival"),
        ({"so_ho_chieu": "???"}, "guest_document_unreadable"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_the_rest_is_read(changes: dict[str, str], code: str) -> None:
    found = read(xml(guest(**changes), guest(so_ho_chieu="B7654321")))
    assert (found.read, codes(found), len(found.rows)) == (2, {"refused": [(1, code)]}, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ma_quoc_tich": "SC-"}, "guest_nationality_unknown"),
        ({"ma_quoc_tich": "VNM"}, "guest_vietnamese_among_foreigners"),
        ({"gioi_tinh": "Unknown"}, "guest_gender_unknown"),
        ({"so_ho_chieu": ""}, "guest_document_missing"),
        ({"ngay_sinh": "1990"}, "guest_birth_not_exact"),
        ({"ngay_den": "01/12/2026", "ngay_di_du_kien": ""}, "guest_arrives_in_future"),
        ({"ngay_den": "46344", "ngay_di_du_kien": ""}, "guest_date_from_number"),
    ],
)
def test_what_is_doubtful_is_taken_and_told(changes: dict[str, str], code: str) -> None:
    found = read(xml(guest(**changes)))
    assert (len(found.rows), codes(found)) == (1, {"warnings": [(1, code)]})


def test_a_day_that_excel_made_a_number_is_that_day() -> None:
    assert only(xml(guest(ngay_den="46344", ngay_di_du_kien="")))["arrived_on"] == "2026-11-18"


def test_samples_and_the_same_guest_twice_are_skipped() -> None:
    found = read(xml(guest(ho_ten="[TEST] SAMPLE"), guest(), guest(so_thu_tu="7"), guest(ngay_den="19/11/2026")))
    assert codes(found) == {"skipped": [(1, "guest_sample_row"), (3, "guest_twice")]}
    assert found.skipped[1].context == {"first": 2}
    assert (found.read, len(found.rows)) == (4, 2)


def test_the_sheet_of_foreigners_is_read_from_row_4() -> None:
    real: list[Cell] = [
        "2",
        "WANG FANG",
        dt.date(1992, 5, 6),
        "D - Ngày",
        "F - Nữ",
        "CHN - China",
        "EA1234567",
        202,
        "18/11/2026",
        "19/11/2026",
        "",
    ]
    found = read(foreign_sheet(real, [None] * 11))
    assert (found.kind, found.read, codes(found)) == ("KBTT", 2, {"skipped": [(3, "guest_sample_row")]})
    (row,) = found.rows
    assert (row.row, row.values["dob"], row.values["nationality"], row.values["room_no"]) == (
        4,
        "1992-05-06",
        "CHN",
        "202",
    )


def test_the_newer_sheet_has_other_heads_and_an_end_of_the_permit() -> None:
    heads = [
        *FOREIGN_HEADS[:9],
        "THỜI GIAN DỰ KIẾN TẠM TRÚ TẠI CSLT",
        "NGÀY TRẢ PHÒNG",
        "THỜI HẠN ĐƯỢC PHÉP TẠM TRÚ TẠI VIỆT NAM",
    ]
    content = workbook("KBTT", [["DANH SÁCH"], heads, [*PLAIN[:9], "20/11/2026", "", "31/12/2026"]])
    assert only(content)["leaves_on"] == "2026-11-20"
    assert only(content)["permitted_until"] == "2026-12-31"


def test_a_vietnamese_guest_is_read_without_address_and_telephone() -> None:
    found = read(vietnamese_sheet(EXAMPLE_ROW, vietnamese()))
    assert (found.kind, codes(found)) == ("VN", {"skipped": [(3, "guest_hint_row"), (4, "guest_sample_row")]})
    (row,) = found.rows
    assert (row.row, row.values["doc_type"], row.values["doc_no"]) == (5, "CCCD", "011088001234")
    assert not re.search("0912345678|Nà Tấu|Du lịch", str(row.values))


def test_a_guest_in_row_4_is_read_and_told() -> None:
    found = read(vietnamese_sheet(vietnamese()))
    assert [row.row for row in found.rows] == [4]
    assert codes(found)["warnings"] == [(4, "guest_row_4")]


@pytest.mark.parametrize("number", [11088001234, "11088001234", 11088001234.0], ids=["integer", "text", "float"])
def test_zeros_that_excel_took_are_put_back(number: float | str) -> None:
    found = read(vietnamese_sheet(EXAMPLE_ROW, vietnamese(**{"SỐ GIẤY TỜ (*)": number})))
    assert found.rows[0].values["doc_no"] == "011088001234"
    assert codes(found)["warnings"] == [(5, "guest_zeros_put_back")]


def test_a_provincial_list_is_read_by_its_heads() -> None:
    rows = [
        ["CÔNG AN TỈNH"],
        ["Danh sách khách"],
        [],
        ["Tháng 11/2026"],
        ["STT", "Số phòng", "Họ và tên", "Giới tính", "Ngày sinh", "Quốc tịch", "Số giấy tờ", "Ngày đến", "Ngày đi"],
        ["1", "3", "Hà Thị Bưởi", "2", "01/02/1993", "VNM", "022193000111", "18/11/2026", "19/11/2026"],
    ]
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows(rows)
    for content in (workbook("Sheet1", rows), table.getvalue().encode("utf-8-sig")):
        found = read(content)
        assert found.kind == "TINH"
        assert (found.rows[0].row, found.rows[0].values["gender"], found.rows[0].values["room_no"]) == (6, "F", "3")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<KHAI_BAO_TAM_TRU></KHAI_BAO_TAM_TRU>", "guest_file_empty"),
        (b"<other/>", "guest_file_unknown"),
        (b"a;b;c\n1;2;3\n", "guest_file_unknown"),
        (b"", "guest_file_unknown"),
        (xml(guest())[:-40], "guest_xml_unreadable"),
        (xml(guest()).decode().replace("KHAMVONGSA", "Đỗ").encode("cp1258", "replace"), "guest_xml_encoding"),
        (
            b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><KHAI_BAO_TAM_TRU>&c;</KHAI_BAO_TAM_TRU>',
            "guest_xml_entities",
        ),
        (b"<KHAI_BAO_TAM_TRU>" + b"<a>" * 100_000, "guest_xml_unreadable"),
    ],
)
def test_a_file_without_guests_is_refused_by_its_reason(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_a_template_that_was_never_filled_in_has_its_sample_alone() -> None:
    found = read(foreign_sheet())
    assert (found.rows, codes(found)) == ((), {"skipped": [(3, "guest_sample_row")]})


def test_a_broken_xml_file_is_told_with_its_line() -> None:
    content = xml(guest(), guest()).replace(b"</ho_ten>", b"</ho_tem>", 1)
    assert refusal(content).context == {"line": 5}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=11, max_size=11))
def test_any_texts_are_taken_or_refused_and_all_are_counted(texts: list[str]) -> None:
    found = read(
        xml(
            guest(so_ho_chieu="C7654321"), [re.sub("[\0-\x1f<>&\ud800-\udfff\ufffe\uffff]", "", text) for text in texts]
        )
    )
    assert found.read == 2
    for row in found.rows:
        assert row.values["full_name"]
        assert dt.date.fromisoformat(str(row.values["arrived_on"])) <= dt.date(2199, 12, 31)


@settings(max_examples=300, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]))
def test_a_day_is_read_as_it_was_written(day: dt.date, form: str) -> None:
    doubts = guest_values.Doubts()
    for cell in (day, day.strftime(form), dt.datetime.combine(day, dt.time())):
        found = guest_values.day(cell, "NGÀY ĐẾN", doubts)
        assert found is not None
        assert found.date == day
    assert doubts.found == []
