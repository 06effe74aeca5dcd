"""What every page carries outside its text."""

import io

import pytest
from pypdf import PdfReader

from desktop.domain.definitions.model import Privacy
from desktop.errors import PrintingError
from desktop.printing.documents import render
from desktop.printing.layout import DECREE_30
from desktop.printing.page import UNVERIFIED_MARK
from desktop.printing.paper_codes import record_code
from tests.printing.paper import MM, OFFICER, content, documents, page_count, pieces

MANY_PAGES = "Một câu để sang trang. " * 800
WHO_AND_WHEN = f"{OFFICER} - 22:00 05/02/2026 - bản số 03"
CODE = "ABCDEFGHIJKLMNOPQRST"


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def declaration() -> bytes:
    place = {"wishes": MANY_PAGES}.get
    return render(documents()["victim_declaration"], content(place=place, copy_number=3, log_code=CODE))


def test_each_page_with_victim_data_names_who_printed_it_when_and_which_copy() -> None:
    pages = pages_of(declaration())

    assert len(pages) > 5
    for page in pages:
        assert WHO_AND_WHEN in page
        assert f"Bản số 03, {OFFICER} in lúc 22:00 05/02/2026." in page


def test_each_page_of_an_unverified_form_says_so_across_and_below() -> None:
    for page in pages_of(declaration()):
        assert page.count(UNVERIFIED_MARK) == 2


def test_the_watermark_is_diagonal_light_and_drawn_before_the_text() -> None:
    pdf = declaration()
    page = PdfReader(io.BytesIO(pdf)).pages[0]

    assert not any(WHO_AND_WHEN in piece.text for piece in pieces(pdf))
    contents = page.get_contents()
    assert contents is not None
    drawing = contents.get_data().decode("latin-1")
    assert drawing.index(".9 .9 .9 rg") < drawing.index("Tf")


def test_a_verified_form_without_victim_data_carries_no_mark() -> None:
    (page,) = pages_of(render(documents()["ct03"], content()))

    assert documents()["ct03"].privacy < Privacy.P4
    assert OFFICER not in page
    assert "MẪU NỘI BỘ" not in page
    assert "bản số" not in page


def test_the_head_of_the_log_stands_in_every_footer_in_groups_of_five() -> None:
    pages = pages_of(declaration())

    assert all("Mã nhật ký: ABCDE FGHIJ KLMNO PQRST" in page for page in pages)


def test_the_footer_stays_on_the_paper_with_the_longest_name() -> None:
    officer = "Trần Thị Thanh Thủy " * 10
    pdf = render(documents()["victim_declaration"], content(officer=officer, log_code=CODE))
    footer = [piece for piece in pieces(pdf) if piece.y > 278 and piece.page == 1]

    assert "".join(piece.text for piece in footer).count("Thủy") == 10
    assert max(piece.y for piece in footer) < 297 - 5


@pytest.mark.parametrize("document", sorted(documents()))
def test_the_footer_leaves_the_text_its_area(document: str) -> None:
    code = record_code("returned_victim", "0192f000-0000-7000-8000-000000000005")
    pdf = render(documents()[document], content(log_code=CODE, qr=code, record_no="KTCS-2026-0042"))
    height = 210 if documents()[document].landscape else 297

    foot = [piece for piece in pieces(pdf) if piece.size == DECREE_30.footer and piece.y > height / 2]
    assert foot
    assert min(piece.y for piece in foot) - DECREE_30.footer / MM > height - DECREE_30.bottom


def test_an_officer_with_an_endless_name_is_refused() -> None:
    with pytest.raises(PrintingError, match="text_too_long_to_print"):
        render(documents()["victim_declaration"], content(officer="x" * 201))


def test_a_page_has_no_footer_when_there_is_nothing_to_say() -> None:
    pdf = render(documents()["ct03"], content())

    assert page_count(pdf) == 1
    assert [piece for piece in pieces(pdf) if piece.y > 277] == []
