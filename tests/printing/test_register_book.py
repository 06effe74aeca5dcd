"""The book of a register on paper: landscape, its head on every page, a closing page that nothing can be added to."""

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.domain.documents.letterheads import Letterhead
from desktop.printing.register_book import BookContent, render_book
from tests.cpu import at_most
from tests.printing.paper import LETTERHEAD, MM, OFFICER, PRINTED_AT, Printed, bare, page_count, pieces, text_of

LABELS = ("Số vào sổ", "Người vắng mặt", "Diện rà soát", "Vắng mặt từ", "Rà soát lại", "Trạng thái", "Đơn vị lập")


def line(number: int, **changes: str) -> tuple[str, ...]:
    cells = {
        "number": f"VM-2026-{number:04d}",
        "person": "Lò Thị Đớn",
        "kind": "Lấy chồng nước ngoài; Vắng mặt lâu ngày",
        "since": "12/2025",
        "review": "28/12/2026",
        "status": "Đang theo dõi",
        "unit": "Công an xã Mường Nhé",
    }
    return tuple({**cells, **changes}.values())


def book(count: int = 3, **changes: Any) -> bytes:  # noqa: ANN401  any field of the content
    fields: dict[str, Any] = {
        "title": "Sổ vắng mặt",
        "first": dt.date(2026, 1, 1),
        "last": dt.date(2026, 12, 31),
        "labels": LABELS,
        "rows": [line(number) for number in range(1, count + 1)],
        "letterhead": LETTERHEAD,
        "officer": OFFICER,
        "printed_at": PRINTED_AT,
    }
    return render_book(BookContent(**{**fields, **changes}))


def of_page(pdf: bytes, page: int) -> list[Printed]:
    return [piece for piece in pieces(pdf) if piece.page == page]


def test_every_page_lies_across_within_the_margins_of_the_annex() -> None:
    pdf = book(80)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((297 * MM, 210 * MM), abs=0.1)
    body = [piece for piece in pieces(pdf) if 19 < piece.y < 190]
    assert min(piece.x for piece in body) > 29.99
    assert max(piece.x for piece in body) < 282


def test_the_head_stands_on_every_page_but_the_closing_one_and_each_number_once() -> None:
    pdf = book(80)
    heads = [piece.page for piece in pieces(pdf) if piece.text == "Số vào sổ"]

    assert heads == list(range(1, page_count(pdf)))
    assert len(heads) > 3
    text = text_of(pdf)
    assert [text.count(f"VM-2026-{number:04d}") for number in range(1, 81)] == [1] * 80


def test_pages_are_numbered_from_the_second_on() -> None:
    pdf = book(80)
    numbers = [(piece.page, piece.text) for piece in pieces(pdf) if piece.y < 19]

    assert numbers == [(n, str(n)) for n in range(2, page_count(pdf) + 1)]


def test_the_closing_page_says_period_records_and_pages_and_waits_for_two_signatures() -> None:
    pdf = book(80, remarks=["Trong đó: 1 nháp, 2 đã hủy"])
    last = page_count(pdf)
    closing = "\n".join(piece.text for piece in of_page(pdf, last))

    for words in (
        "TRANG KẾT SỔ",
        "từ ngày 01/01/2026 đến hết ngày 31/12/2026",
        "Tổng số hồ sơ: 80 (bằng chữ: tám mươi)",
        "Trong đó: 1 nháp, 2 đã hủy",
        f"Sổ gồm {last} trang",
        f"từ 1 đến {last}",
        "NGƯỜI LẬP SỔ",
        "Mường Nhé, ngày 05 tháng 02 năm 2026",
    ):
        assert words in closing
    assert "VM-2026" not in closing


def test_a_period_without_records_is_a_book_too() -> None:
    text = text_of(book(0))

    assert "Trong kỳ này không có hồ sơ nào." in text
    assert "Tổng số hồ sơ: 0 (bằng chữ: không)" in text
    assert "Sổ gồm 2 trang" in text


def test_dates_and_numbers_are_never_broken_and_all_words_stand_there() -> None:
    many = "Nguyễn Hoàng Thị Tường Vi Phương Thảo " * 3
    pdf = book(30, rows=[line(number, person=many, kind="chữ " * 60) for number in range(30)])
    texts = [piece.text for piece in pieces(pdf)]

    assert texts.count("28/12/2026") == 30
    assert sum(text.startswith("VM-2026-") for text in texts) == 30
    assert bare(text_of(pdf)).count("Phương") == 90


def test_a_cell_of_twenty_thousand_characters_is_printed_whole() -> None:
    with at_most(20):
        pdf = book(3, rows=[line(1), line(2, kind="từ " * 6_666), line(3)])

    assert bare(text_of(pdf)).count("từ") >= 6_666


def test_markup_in_any_cell_or_line_is_printed_literally() -> None:
    hostile = '<b>x</para><img src="/etc/hostname"/>&amp;'
    pdf = book(
        1,
        title=hostile,
        labels=[hostile] * len(LABELS),
        rows=[[hostile] * len(LABELS)],
        remarks=[hostile],
        officer=hostile,
        letterhead=Letterhead(agency=hostile, agency_above=hostile, place=hostile, signer_title=(hostile,)),
    )

    assert bare(text_of(pdf)).count(bare(hostile)) >= 2 * len(LABELS) + 6
    assert b"/Subtype /Image" not in pdf


def test_a_year_of_a_province_is_printed_in_time() -> None:
    with at_most(30):
        pdf = book(2_000)

    assert page_count(pdf) > 80


def test_the_same_book_is_the_same_bytes_and_says_which_copy_it_is() -> None:
    assert book(5) == book(5)
    text = " ".join(text_of(book(5, copy_number=4)).split())
    assert f"Bản số 04, {OFFICER} in lúc 22:00 05/02/2026" in text
