"""NĐ 30/2020/NĐ-CP Annex I, measured on the paper in millimetres and points."""

import io
import re
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    FieldLines,
    Heading,
    Signatures,
    TextBlock,
    Title,
)
from desktop.printing.documents import render
from desktop.printing.fonts import REGULAR, text_width
from desktop.printing.layout import DECREE_30, LANDSCAPE, Decree30
from tests.printing.paper import MM, Printed, content, documents, page_count, pieces

SHIPPED = sorted(documents())
JUSTIFIED = 1.5  # millimetres by which the blanks of a full line may shrink
LONG = "Một câu dài để sang trang. " * 700


def paper_of(document: str) -> Decree30:
    return LANDSCAPE if documents()[document].landscape else DECREE_30


@cache
def full(document: str) -> bytes:
    """Print a document of a record with a short word in each field; every table has a row."""
    return render(
        documents()[document],
        content(place=lambda _path: "Lò Thị Đớn", rows=lambda _path: [lambda _name: "Nậm Kè"], qr="SOTRAM:x:1"),
    )


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
    return (piece.x + right(piece)) / 2


def right(piece: Printed) -> float:
    font = re.sub(r"^/[A-Z]{6}\+", "", piece.font)
    return piece.x + text_width(piece.text.rstrip(), font, piece.size) / MM


def test_the_margins_are_those_that_the_annex_allows() -> None:
    assert 20 <= DECREE_30.top <= 25
    assert 20 <= DECREE_30.bottom <= 25
    assert 30 <= DECREE_30.left <= 35
    assert 15 <= DECREE_30.right <= 20


@pytest.mark.parametrize("document", SHIPPED)
def test_every_page_is_a4_and_its_text_keeps_the_margins(document: str) -> None:
    paper = paper_of(document)
    pdf = full(document)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx((paper.page_width * MM, paper.page_height * MM), abs=0.1)
    body = [piece for piece in pieces(pdf) if DECREE_30.top - 1 < piece.y < paper.page_height - DECREE_30.bottom]
    assert min(piece.x for piece in body) == pytest.approx(30, abs=0.01)
    assert min(piece.y for piece in body) == pytest.approx(20 + 12 / MM, abs=1.5)
    assert max(right(piece) for piece in body) <= paper.page_width - 15 + JUSTIFIED


@pytest.mark.parametrize("document", SHIPPED)
def test_every_document_has_the_types_and_sizes_of_the_annex(document: str) -> None:
    pdf = full(document)
    name, motto = found(pdf, "CỘNG HÒA XÃ HỘI"), found(pdf, "Độc lập - Tự do")
    title = found(pdf, next(block.text for block in documents()[document].blocks if isinstance(block, Title)))

    assert (name.font[-10:], motto.font[-10:]) == ("Tinos-Bold", "Tinos-Bold")
    assert 12 <= name.size <= 13
    assert 13 <= motto.size <= 14
    assert middle(name) == pytest.approx(middle(motto), abs=0.1)
    assert motto.y - name.y == pytest.approx(motto.size * 1.15 / MM, abs=0.8)
    assert title.font.endswith("Tinos-Bold")
    assert 13 <= title.size <= 14
    centre = paper_of(document).left + paper_of(document).text_width / 2
    assert middle(title) == pytest.approx(centre, abs=0.1)


@pytest.mark.parametrize("document", SHIPPED)
def test_every_body_heading_and_signer_is_of_thirteen_or_fourteen_points(document: str) -> None:
    pdf = full(document)
    bodies = [block for block in documents()[document].blocks if isinstance(block, Heading | TextBlock | FieldLines)]
    words = [block.text for block in bodies if isinstance(block, Heading)]
    words += [item.label for block in bodies if isinstance(block, FieldLines) for item in block.items]
    signers = [
        title.parts[0]
        for block in documents()[document].blocks
        if isinstance(block, Signatures)
        for signer in block.signers
        for title in signer.title
        if isinstance(title.parts[0], str)
    ]
    for text in [*words, *signers]:
        sizes = {piece.size for piece in pieces(pdf) if " ".join(str(text).split()[:3]) in piece.text}
        assert any(13 <= size <= 14 for size in sizes)


def test_the_recipients_stand_left_of_one_signer_level_with_the_title() -> None:
    pdf = render(documents()["tip_transfer_slip"], content(letterhead=Letterhead(signer_title=("TRƯỞNG CÔNG AN XÃ",))))
    head, first, title = found(pdf, "Nơi nhận:"), found(pdf, "- Như trên;"), found(pdf, "TRƯỞNG CÔNG AN XÃ")

    assert (head.size, first.size) == (12, 11)
    assert head.font.endswith("Tinos-BoldItalic")
    assert head.y == pytest.approx(title.y, abs=0.5)
    assert head.x == pytest.approx(first.x, abs=0.1)
    assert head.x < 35 < title.x


def test_the_recipients_of_minutes_stand_below_the_secretary() -> None:
    pdf = render(documents()["minutes"], content())

    assert found(pdf, "Nơi nhận:").y > found(pdf, "THƯ KÝ").y + 20


def test_a_record_that_holds_its_own_number_prints_it_whole() -> None:
    def number(text: str | None) -> str:
        pdf = render(documents()["dk5a_minutes"], content(place=lambda path: text if path == "minutes_no" else None))
        return found(pdf, "Số: ").text

    assert number("09/BB-CAX") == "Số: 09/BB-CAX"
    assert re.fullmatch(r"Số: \.+/BB-CAX", number(None))


def test_notes_never_stand_alone_on_a_page() -> None:
    for lines in range(12, 26):
        pdf = render(
            documents()["tip_transfer_slip"],
            content(place=lambda path, n=lines: "dòng\n" * n if path == "content" else None),
        )
        assert found(pdf, "Chú thích:").page == found(pdf, "Nơi nhận:").page


@pytest.mark.parametrize("document", SHIPPED)
def test_every_document_is_black_and_of_one_typeface(document: str) -> None:
    pdf = full(document)
    contents = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(pdf)).pages)  # type: ignore[union-attr]  # each page has some

    colours = set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) rg", contents))
    assert colours <= {b"0 0 0", b".9 .9 .9"}  # the watermark is light
    assert {piece.font.split("+")[-1].split("-")[0] for piece in pieces(pdf)} == {"Tinos"}


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
