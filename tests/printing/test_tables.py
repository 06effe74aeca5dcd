"""Tables on real pages, from a document made for the test: a column of long text, one of short, a counter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from desktop.domain.definitions.loader import read_library
from desktop.domain.documents.loader import read_documents
from desktop.domain.documents.model import DocumentDefinition
from desktop.printing.documents import render
from tests.cpu import at_most
from tests.printing.paper import Printed, bare, content, page_count, pieces, rows_of, text_of

REGISTER = """
id = "walk"
version = 1
number = "W"
label = { vi = "Đi", en = "Walks" }
label_one = { vi = "Đi", en = "Walk" }
title = "{name}"
icon = "star"
envelope = false
documents = ["walk"]
[[section]]
id = "s"
label = { vi = "s", en = "s" }
[[section.field]]
id = "name"
type = "text"
privacy = "P1"
label = { vi = "Tên", en = "Name" }
[[section.field]]
id = "steps"
type = "rows"
privacy = "P1"
label = { vi = "Bước", en = "Steps" }
  [[section.field.field]]
  id = "at"
  type = "date"
  label = { vi = "Ngày", en = "Day" }
  [[section.field.field]]
  id = "told"
  type = "long_text"
  label = { vi = "Kể", en = "Told" }
"""
DOCUMENT = """
id = "walk"
label = { vi = "Đi", en = "Walk" }
register = "walk"
privacy = "P1"
verified = true
[[block]]
kind = "rows"
field = "steps"
label = "Các bước"
blank_rows = 3
column = [
    { label = "NGÀY", value = "{at}", width = 20 },
    { label = "LỜI KỂ", value = "{told}", width = 80 },
]
"""


@cache
def walk() -> DocumentDefinition:
    library = read_library({"registers/walk.toml": REGISTER.encode()}, documents=["walk"])
    return read_documents({"documents/walk.toml": DOCUMENT.encode()}, library)["walk"]


@lru_cache(maxsize=1)
def pieces_of(pdf: bytes) -> tuple[Printed, ...]:
    return tuple(pieces(pdf))


def printed(steps: Sequence[Mapping[str, str]]) -> bytes:
    return render(walk(), content(rows=rows_of({"steps": steps})))


def test_each_row_stands_on_its_line_after_its_number() -> None:
    pdf = printed([{"at": "2026-02-05", "told": "một"}, {"at": "2026-02", "told": "hai"}])
    level = {piece.text: round(piece.y, 2) for piece in pieces(pdf)}

    assert level["1"] == level["05/02/2026"] == level["một"] < level["2"] == level["02/2026"] == level["hai"]


def test_missing_rows_are_drawn_empty_and_counted() -> None:
    counted = [piece.text for piece in pieces(printed([{"told": "một"}])) if piece.text.isdigit()]

    assert counted == ["1", "2", "3"]


def test_a_table_longer_than_a_page_repeats_its_head_on_each() -> None:
    pdf = printed([{"told": f"bước {number} {'dài ' * 40}"} for number in range(60)])

    heads = [piece.page for piece in pieces(pdf) if piece.text == "LỜI KỂ"]
    assert heads == list(range(1, page_count(pdf) + 1))
    assert len(heads) > 2
    assert text_of(pdf).count("bước ") == 60


def test_the_head_stands_only_at_the_top_of_a_page() -> None:
    pdf = printed([{"told": f"bước {number} {'dài ' * 200}"} for number in range(40)])

    first, *others = [piece.y for piece in pieces(pdf) if piece.text == "LỜI KỂ"]
    assert first < 40
    assert len({round(y, 2) for y in others}) == 1
    assert others[0] < 27


def test_a_row_of_usual_height_stays_on_one_page() -> None:
    pdf = printed([{"told": f"bước{number} {'dài ' * 150} hết{number}"} for number in range(40)])

    for number in range(40):
        start, end = (
            next(piece.page for piece in pieces_of(pdf) if f"{word}{number} " in f"{piece.text} ")
            for word in ("bước", "hết")
        )
        assert start == end


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    told = " ".join(f"từ{number}" for number in range(3_000))
    pdf = printed([{"at": "2026-02-05", "told": told}, {"told": "cuối"}])

    assert page_count(pdf) > 3
    found = Counter(text_of(pdf).split())
    assert Counter(told.split()) - found == Counter()
    assert found["cuối"] == 1


def test_a_cell_of_five_thousand_lines_is_printed_in_time() -> None:
    with at_most(20):
        pdf = printed([{"told": "ừ\n" * 5_000}])

    assert bare(text_of(pdf)).count("ừ") == 5_000


def test_a_word_wider_than_its_column_is_broken_and_not_cut() -> None:
    pdf = printed([{"told": "x" * 500}])

    assert bare(text_of(pdf)).count("x") == 500
    assert max(piece.x for piece in pieces(pdf)) < 195
