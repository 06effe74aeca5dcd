"""NĐ 30/2020/NĐ-CP Annex I, measured on the paper in millimetres and points."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.printing.documents import render
from desktop.printing.fonts import REGULAR, text_width
from desktop.printing.layout import DECREE_30
from tests.printing.paper import MM, Printed, content, documents, page_count, pieces

LONG = "Một câu dài để sang trang. " * 700


def minutes(**changes: Any) -> bytes:  # noqa: ANN401  any field of the content
    return render(documents()["residence_check_minutes"], content(**changes))


def declaration(**changes: Any) -> bytes:  # noqa: ANN401  as above
    return render(documents()["victim_declaration"], content(**changes))


def found(pdf: bytes, text: str, **facts: float) -> Printed:
    return next(
        piece
        for piece in pieces(pdf)
        if text in piece.text and all(getattr(piece, name) == fact for name, fact in facts.items())
    )


def middle(piece: Printed) -> float:
    font = re.sub(r"^/[A-Z]{6}\+", "", piece.font)
    return piece.x + text_width(piece.text, font, piece.size) / MM / 2


def test_the_margins_are_those_that_the_annex_allows() -> None:
    assert 20 <= DECREE_30.top <= 25
    assert 20 <= DECREE_30.bottom <= 25
    assert 30 <= DECREE_30.left <= 35
    assert 15 <= DECREE_30.right <= 20


@pytest.mark.parametrize("document", sorted(documents()))
def test_every_page_is_a4_and_its_text_keeps_the_margins(document: str) -> None:
    pdf = render(documents()[document], content(place=lambda _path: None))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    body = [piece for piece in pieces(pdf) if piece.y < 297 - DECREE_30.bottom and piece.y > DECREE_30.top - 1]
    assert min(piece.x for piece in body) == pytest.approx(30, abs=0.01)
    assert min(piece.y for piece in body) == pytest.approx(20 + 12 / MM, abs=1.5)


def test_nothing_of_a_long_text_stands_outside_the_text_area() -> None:
    pdf = declaration(place=lambda path: LONG if path == "wishes" else None)

    narrative = [piece for piece in pieces(pdf) if "Một câu dài" in piece.text]
    assert len({piece.page for piece in narrative}) > 3
    for piece in narrative:
        assert piece.x == pytest.approx(30, abs=0.01)
        assert DECREE_30.top < piece.y < 297 - DECREE_30.bottom


def test_the_national_name_stands_top_right_with_the_motto_centred_below() -> None:
    pdf = minutes()
    name, motto = found(pdf, "CỘNG HÒA XÃ HỘI"), found(pdf, "Độc lập - Tự do")

    assert (name.font[-10:], name.size, motto.size) == ("Tinos-Bold", 12, 13)
    assert name.y == pytest.approx(20 + 12 / MM, abs=0.5)
    assert motto.y - name.y == pytest.approx(13 * 1.15 / MM, abs=0.8)
    assert middle(name) == pytest.approx(middle(motto), abs=0.1)
    assert name.x > 30 + DECREE_30.header_left


def test_the_agency_is_bold_under_its_upright_superior_in_the_left_half() -> None:
    pdf = minutes()
    above, agency = found(pdf, "CÔNG AN TỈNH"), found(pdf, "CÔNG AN XÃ MƯỜNG NHÉ")

    assert above.font.endswith("+Tinos")
    assert agency.font.endswith("+Tinos-Bold")
    assert above.size == agency.size == 12
    assert middle(above) == pytest.approx(middle(agency), abs=0.1)
    assert middle(agency) == pytest.approx(30 + DECREE_30.header_left / 2, abs=0.1)


def test_the_number_and_the_italic_date_share_a_line() -> None:
    pdf = minutes(number=5, place={"checked_at": "2026-02-05T21:05+07:00"}.get)
    number, date = found(pdf, "Số: "), found(pdf, "Mường Nhé, ")

    assert number.text == "Số: 05/BB-CAX"
    assert date.text == "Mường Nhé, ngày 05 tháng 02 năm 2026"
    assert number.y == date.y
    assert date.font.endswith("Tinos-Italic")


def test_a_page_number_stands_in_the_top_margin_from_page_two_on() -> None:
    pdf = declaration()
    numbers = [piece for piece in pieces(pdf) if piece.y < DECREE_30.top - 1]

    assert [(piece.page, piece.text) for piece in numbers] == [(n, str(n)) for n in range(2, page_count(pdf) + 1)]
    assert all(13 <= piece.size <= 14 for piece in numbers)
    assert middle(numbers[0]) == pytest.approx(30 + DECREE_30.text_width / 2, abs=0.1)


def test_sizes_are_within_the_ranges_of_the_annex() -> None:
    pdf = minutes(number=5)

    assert found(pdf, "BIÊN BẢN").size == 14
    assert 13 <= found(pdf, "Kiểm tra tạm trú").size <= 14
    assert 13 <= found(pdf, "Địa điểm").size <= 14
    assert 13 <= found(pdf, "TM. TỔ KIỂM TRA").size <= 14


def test_a_paragraph_of_the_body_is_indented_by_one_centimetre() -> None:
    first = found(minutes(), "Việc kiểm tra kết thúc")

    assert first.x == pytest.approx(40, abs=0.01)


def test_dotted_lines_end_at_the_right_margin() -> None:
    dotted = [piece for piece in pieces(minutes()) if set(piece.text) == {"."} and piece.size == 13]

    full = [piece for piece in dotted if piece.x < 40]
    assert len(full) == 2
    for piece in full:
        assert piece.x + text_width(piece.text, REGULAR, 13) / MM == pytest.approx(195, abs=0.01)


def test_three_signers_stand_level_and_none_of_them_is_broken() -> None:
    pdf = minutes()
    titles = [
        found(pdf, text, size=13, page=2) for text in ("NGƯỜI ĐƯỢC KIỂM TRA", "NGƯỜI CHỨNG KIẾN", "TM. TỔ KIỂM TRA")
    ]

    assert len({(piece.page, piece.y) for piece in titles}) == 1
    assert [piece.x for piece in titles] == sorted(piece.x for piece in titles)


def test_signatures_never_stand_alone_on_a_page() -> None:
    for lines in range(15, 35):
        pdf = minutes(place=lambda path, n=lines: "dòng\n" * n if path == "place" else None)
        signer, before = found(pdf, "TM. TỔ KIỂM TRA"), found(pdf, "mỗi bên giữ 01 bản./.")
        assert signer.page == before.page


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(0, 40, 2):
        pdf = declaration(place=lambda path, n=lines: "dòng\n" * n if path == "person.perm_addr" else None)
        page = {piece.text[:10]: piece.page for piece in pieces(pdf)}
        assert page["III. VIỆC TRỞ VỀ"[:10]] == page["23. Ngày trở về"[:10]]
        assert page["IV. NHU CẦU"[:10]] == page["28. Nhu cầu"[:10]]
