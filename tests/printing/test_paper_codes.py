"""The code at the foot, read back from the drawing: where ink is, module by module."""

import io
import re

import pytest
import segno
from pypdf import PdfReader

from desktop.printing.documents import render
from desktop.printing.paper_codes import form_code, record_code
from tests.printing.paper import MM, content, documents, pieces

RECORD = "0192f000-0000-7000-8000-000000000005"
SIDE = 13  # millimetres


def modules(page_of: bytes, number: int, content_length: int) -> tuple[list[list[int]], float, float]:
    """Return the dark modules of the code on a page, and its lower left corner in millimetres."""
    contents = PdfReader(io.BytesIO(page_of)).pages[number - 1].get_contents()
    assert contents is not None
    drawn = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", contents.get_data())
    boxes = [tuple(float(part) / MM for part in box) for box in drawn]
    size = content_length
    module = SIDE / size
    ink = [box for box in boxes if box[3] == pytest.approx(module, abs=0.01)]
    left, bottom = min(box[0] for box in ink), min(box[1] for box in ink)
    found = [[0] * size for _ in range(size)]
    for x, y, width, _ in ink:
        line = size - 1 - round((y - bottom) / module)
        start = round((x - left) / module)
        for column in range(start, start + round(width / module)):
            found[line][column] = 1
    return found, left, bottom


@pytest.mark.parametrize("code", [form_code("ct03", 1), record_code("returned_victim", RECORD)])
def test_the_code_on_the_paper_is_the_one_that_was_meant(code: str) -> None:
    wanted = [list(row) for row in segno.make(code, micro=False, error="m", boost_error=False).matrix]
    pdf = render(documents()["victim_declaration"], content(qr=code))

    for page in (1, 2):
        found, left, bottom = modules(pdf, page, len(wanted))
        assert found == wanted
        assert left + SIDE == pytest.approx(195, abs=0.1)
        assert bottom == pytest.approx(5, abs=0.1)


def test_a_code_says_the_form_or_the_record_and_nothing_else() -> None:
    assert form_code("ct03", 2) == "SOTRAM:ct03:2"
    assert record_code("absence", RECORD) == f"SOTRAM:absence:{RECORD}"


def test_the_words_beside_the_code_say_which_paper_it_is() -> None:
    pdf = render(documents()["ct03"], content(qr=form_code("ct03", 1), record_no="VM-2026-0042"))
    words = [piece for piece in pieces(pdf) if "VM-2026-0042" in piece.text]

    assert [piece.text for piece in words] == ["Mẫu ct03, phiên bản 1, VM-2026-0042"]
    assert words[0].y > 297 - 20


@pytest.mark.parametrize("document", sorted(documents()))
def test_the_text_of_a_page_never_reaches_the_code(document: str) -> None:
    pdf = render(documents()[document], content(place=lambda _path: "dài " * 40, qr="SOTRAM:x:1", log_code="A" * 20))

    height = 210 if documents()[document].landscape else 297
    foot = [piece for piece in pieces(pdf) if piece.y > height - 19]
    assert foot
    edge = (282 if documents()[document].landscape else 195) - SIDE
    assert max(piece.x for piece in foot) < edge
