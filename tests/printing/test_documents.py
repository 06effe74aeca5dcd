"""Whole documents: every shipped one, with any words, and with hostile ones."""

import dataclasses
import io
import re
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    Checklist,
    DocumentDefinition,
    Filter,
    RowsTable,
    ValueSlot,
)
from desktop.domain.documents.templates import OWN_PLACES
from desktop.errors import PrintingError
from desktop.printing.date_words import DateWords
from desktop.printing.documents import render
from desktop.printing.text import printable
from tests.cpu import at_most
from tests.printing.paper import OFFICER, bare, content, documents, page_count, pieces, rows_of, text_of

SHIPPED = sorted(documents())
OF_RECORDS = [name for name in SHIPPED if documents()[name].register]
PARTS = {Filter.DAY, Filter.MONTH, Filter.YEAR, Filter.HOUR, Filter.MINUTE, Filter.UPPER}
HOSTILE = [
    "<b>x",
    "</para><para>",
    '<img src="/etc/hostname"/>',
    '<img src="file:///etc/hostname"/>',
    '<img src="http://127.0.0.1:9/x.png"/>',
    '<font color="Color(1,0,0)">đỏ</font>',
    """<font color="[[[getattr(pow,Word('__globals__'))['os'].system('touch canary') for Word in [1]]]]">x</font>""",
    "<para><font color=\"toColor(open('canary','w'))\">x",
    '<link href="http://127.0.0.1:9/">x</link>',
    '<a name="x"/><onDraw name="x" label="y"/>',
    "<unichar code='65'/>&lt;&#x41;&nbsp;",
    "{person.full_name|upper}",
    "%(x)s %s \\x41 \\u0041 $HOME",
    "' \" & < > \\ % _ ; )Tj ET",
]
_happenings: list[str] = []
_watching = False


def _watch(event: str, _arguments: tuple[object, ...]) -> None:
    if _watching and event.startswith(
        ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "urllib.")
    ):
        _happenings.append(event)


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Gather everything done to files, processes and the network."""
    global _watching  # noqa: PLW0603  an audit hook stays for ever, so it is switched
    render(documents()["ct03"], content())  # fonts are read once
    _happenings.clear()
    _watching = True
    try:
        yield _happenings
    finally:
        _watching = False


def everywhere(text: str, document: DocumentDefinition, **changes: Any) -> bytes:  # noqa: ANN401  any field
    """Print a document with one text in every field and every column."""
    tables = [block for block in document.blocks if isinstance(block, RowsTable)]
    columns = {table.path: [_every_column(table, text)] * 3 for table in tables}
    return render(document, content(place=lambda _path: text, rows=rows_of(columns), **changes))


def _every_column(table: RowsTable, text: str) -> dict[str, str]:
    return {place.path: text for column in table.columns for place in column.value.places()}


def places_of(part: Any) -> Iterator[ValueSlot]:  # noqa: ANN401  any part of a definition
    if isinstance(part, ValueSlot):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from places_of(inner)
    elif dataclasses.is_dataclass(part) and not isinstance(part, RowsTable):
        for field in dataclasses.fields(part):
            yield from places_of(getattr(part, field.name))


def is_left_to_right(text: str) -> bool:
    return all(unicodedata.bidirectional(c) in {"L", "EN", "ES", "ET", "CS", "ON"} for c in text)


@pytest.mark.parametrize("document", SHIPPED)
def test_a_blank_form_is_the_same_file_without_values(document: str) -> None:
    text = text_of(render(documents()[document], content(letterhead=Letterhead())))

    assert "." * 40 in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert re.search(r"\((Ký|Chữ ký)", text)


@pytest.mark.parametrize("document", SHIPPED)
def test_the_same_input_gives_the_same_bytes(document: str) -> None:
    assert everywhere("Lò Thị Đớn", documents()[document]) == everywhere("Lò Thị Đớn", documents()[document])


@pytest.mark.parametrize("document", OF_RECORDS)
def test_another_value_gives_other_bytes(document: str) -> None:
    assert everywhere("Lò Thị Đớn", documents()[document]) != everywhere("Lò Thị Đởn", documents()[document])


@pytest.mark.parametrize("document", SHIPPED)
def test_the_title_of_the_pdf_is_the_form_and_nobody_is_named_in_its_facts(document: str) -> None:
    facts = PdfReader(io.BytesIO(everywhere("Lò Thị Đớn", documents()[document]))).metadata

    assert facts is not None
    assert facts.title == documents()[document].label.vi
    assert "Đớn" not in str(facts)


@pytest.mark.parametrize("document", SHIPPED)
@settings(deadline=None, max_examples=8)
@given(text=st.text(min_size=1, max_size=120))
def test_any_text_in_every_field_is_printed(document: str, text: str) -> None:
    text = bare(printable(text))
    assume(text and DateWords.read(text) is None)
    definition = documents()[document]

    found = text_of(everywhere(text, definition))

    asked = [p for p in places_of(definition.blocks) if p.path not in OWN_PLACES and not PARTS & set(p.filters)]
    expected = Counter({character: count * len(asked) for character, count in Counter(text).items()})
    assert expected - Counter(bare(found)) == Counter()
    if is_left_to_right(text):
        assert bare(found).count(text) >= len(asked)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")
@pytest.mark.parametrize("text", [*HOSTILE, "Lò Thị Ế Ộ Ữ đường Bãi Cháy", "x" * 150, "Vương 王小明 ສົມສີ", "😀 & 𖬀"])
def test_another_reader_finds_the_text_too(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(everywhere(text, documents()["ct03"]))
    subprocess.run(["pdftotext", "-enc", "UTF-8", "x.pdf", "x.txt"], cwd=tmp_path, check=True)

    assert bare(text) in bare((tmp_path / "x.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_literally_and_nothing_is_opened(text: str) -> None:
    with watched() as happenings:
        printed = {name: everywhere(text, documents()[name], officer=text, log_code=text) for name in SHIPPED}

    assert happenings == []
    for name, pdf in printed.items():
        assert name not in OF_RECORDS or bare(text) in bare(text_of(pdf))
        assert b"/Subtype /Image" not in pdf
        assert b"/Annot" not in pdf


def test_the_watch_sees_files_and_sockets(tmp_path: Path) -> None:
    with watched() as happenings:
        (tmp_path / "x").write_bytes(b"")
        socket.socket().close()

    assert {"open", "socket.__new__"} <= set(happenings)


def test_a_letterhead_is_text_too() -> None:
    hostile = Letterhead(agency_above="<b>a", agency="<i>b&", place="<u>c", abbreviation="</para>")
    text = text_of(render(documents()["residence_check_minutes"], content(letterhead=hostile)))

    for part in ("<b>a", "<i>b&", "<u>c", "BB-</para>"):
        assert part in text


def test_an_endless_word_is_refused_before_any_layout() -> None:
    with at_most(1), pytest.raises(PrintingError) as refusal:
        render(documents()["victim_declaration"], content(place=lambda _path: "a" * 200_000))

    assert refusal.value.code == "text_too_long_to_print"
    assert refusal.value.context["length"] == 200_000


@pytest.mark.parametrize(
    "text",
    ["".join(f"{n} " for n in range(10**6))[:20_000], "Ế" * 20_000, "a\n" * 10_000, ("nhà cửa " * 20 + "\n") * 124],
    ids=["words", "one word", "lines", "paragraphs"],
)
def test_the_longest_narrative_is_printed_whole_and_in_time(text: str) -> None:
    with at_most(20):
        pdf = render(documents()["victim_declaration"], content(place={"health_state": text}.get))

    without = text_of(render(documents()["victim_declaration"], content()))
    found = Counter(bare(text_of(pdf))) - Counter(bare(without).replace(".", ""))
    assert Counter(bare(text)) - found == Counter()
    assert page_count(pdf) >= 7


def test_a_name_of_two_hundred_characters_is_printed_and_one_more_is_not() -> None:
    name = "Nguyễn " * 28 + "Lan " * 1
    assert len(name) == 200
    place = {"person.full_name": name}.get
    assert bare(text_of(render(documents()["ct03"], content(place=place)))).count("NGUYỄN") == 28

    with pytest.raises(PrintingError) as refusal:
        render(documents()["ct03"], content(place={"person.full_name": name + "x"}.get))
    assert refusal.value.context == {"field": "person.full_name", "length": 201, "limit": 200}


def test_a_value_too_long_for_its_share_of_a_line_gets_a_line_of_its_own() -> None:
    short = text_of(render(documents()["ct03"], content(place={"person.gender": "Nữ"}.get)))
    long = text_of(render(documents()["ct03"], content(place={"person.gender": "không rõ " * 8}.get)))

    assert "3. Giới tính: Nữ" in short
    assert long.count("không rõ") == 8


def test_a_personal_number_longer_than_its_cells_is_printed_in_words() -> None:
    text = text_of(render(documents()["ct03"], content(place={"person.personal_id": "0123456789012"}.get)))

    assert "CMND: 0123456789012" in text


def test_a_grouped_personal_number_fills_its_cells() -> None:
    text = text_of(render(documents()["ct03"], content(place={"person.personal_id": "011 199 001 234"}.get)))

    assert "011199001234" in bare(text)


@pytest.mark.parametrize("document", OF_RECORDS)
def test_the_longest_text_in_every_field_at_once_is_printed_whole_and_in_time(document: str) -> None:
    definition = documents()[document]
    limits = _limits(definition.blocks)
    tables = [block for block in definition.blocks if isinstance(block, RowsTable)]
    for table in (table for table in tables if not table.path):
        limits |= _column_limits(table)
    cells = {table.path: _column_limits(table) for table in tables if table.path}
    rows = rows_of({path: [{name: _filling(limit) for name, limit in of.items()}] for path, of in cells.items()})
    with at_most(20):
        pdf = render(
            definition, content(place=lambda path: _filling(limits[path]) if path in limits else None, rows=rows)
        )

    written = [*limits.values(), *(limit for of in cells.values() for limit in of.values())]
    assert max(written) == 20_000 or document in WITHOUT_NARRATIVE
    assert _shown(pdf) >= sum(len(bare(_filling(limit))) for limit in written)


@pytest.mark.parametrize("document", SHIPPED)
def test_every_checklist_ticks_what_was_chosen_and_nothing_else(document: str) -> None:
    definition = documents()[document]
    for block in (block for block in definition.blocks if isinstance(block, Checklist)):
        chosen = next(choice.value for choice in block.choices[1:] if choice.value not in block.without)
        one = render(definition, content(chosen=_only(block.path, chosen)))
        none = render(definition, content())
        assert _crosses(one) == _crosses(none) + 1


@pytest.mark.parametrize(
    ("document", "field"), [("dk5a_minutes", "actions"), ("residence_check_minutes", "action_taken")]
)
def test_a_paper_that_a_host_keeps_never_tells_of_screening_for_victims(document: str, field: str) -> None:
    definition = documents()[document]
    pdf = render(definition, content(chosen=_only(field, "SANG_LOC")))

    assert _crosses(pdf) == 0
    assert "sàng lọc" not in text_of(pdf).lower()
    assert "SANG_LOC" not in text_of(pdf)


def test_each_answer_has_its_row_once_in_the_order_of_the_list_and_a_hidden_one_has_none() -> None:
    block = next(block for block in documents()["dk5a_minutes"].blocks if isinstance(block, RowsTable) and block.each)
    assert block.each is not None
    labels = [choice.label for choice in block.each.choices]
    (hidden,) = block.each.without
    rows = [
        {"item": labels[2], "answer": "Không đạt", "note": "hỏng"},
        {"item": hidden, "answer": "Đạt", "note": "bí mật"},
        {"item": "Mục riêng", "answer": "Đạt"},
    ]
    text = text_of(render(documents()["dk5a_minutes"], content(rows=rows_of({"checklist": rows}))))
    found = bare(text)

    shown = [label for label in labels if label != hidden]
    places = [found.index(f"{number}{bare(label)}") for number, label in enumerate([*shown, "Mục riêng"], start=1)]
    assert places == sorted(places)
    assert f"{bare(labels[2])}Khôngđạthỏng" in found
    assert bare(hidden) not in found
    assert "bímật" not in found


def test_the_slip_that_leaves_the_unit_asks_nothing_of_the_informant() -> None:
    asked = {place.path.split(".")[0] for place in places_of(documents()["tip_transfer_slip"].blocks)}

    assert not {name for name in asked if name.startswith(("informant", "anonymous", "how_known", "contact"))}


@pytest.mark.parametrize("document", OF_RECORDS)
def test_no_paper_prints_a_shelter_or_the_present_home_of_a_victim(document: str) -> None:
    definition = documents()[document]
    asked = {place.path for place in [*places_of(definition.blocks), *_places_of_tables(definition)]}

    assert not {path for path in asked if "shelter_code" in path or path.startswith("linked_")}
    if definition.register == "returned_victim":
        assert not {path for path in asked if "curr_addr" in path or "temp_addr" in path or "contact_instr" in path}


@pytest.mark.parametrize("document", ["victim_consent", "victim_support_plan"])
def test_a_paper_called_by_its_case_code_names_nobody(document: str) -> None:
    definition = documents()[document]
    asked = {place.path for place in [*places_of(definition.blocks), *_places_of_tables(definition)]}

    assert "case_code" in asked
    assert not {path for path in asked if "full_name" in path or path == "name"}
    assert definition.privacy is Privacy.P4


def test_a_blank_form_of_victim_data_has_no_holder_yet() -> None:
    blank = text_of(render(documents()["victim_declaration"], content(is_blank=True)))

    assert "Khi đã ghi, đây là thông tin phải bảo vệ." in blank
    assert OFFICER not in blank
    assert "MẪU NỘI BỘ" in blank


@pytest.mark.parametrize("document", OF_RECORDS)
def test_no_column_breaks_a_date(document: str) -> None:
    definition = documents()[document]
    dates = {TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME}
    for table in (block for block in definition.blocks if isinstance(block, RowsTable)):
        names = [place.path for place in _places_of_table(table) if place.type in dates]
        day = dict.fromkeys(names, "2026-12-28").get
        pdf = render(definition, content(place=day, rows=lambda _path, day=day: [day]))
        assert [piece.text for piece in pieces(pdf)].count("28/12/2026") >= len(names)


def test_a_chosen_code_that_is_not_in_the_list_is_printed_as_it_is() -> None:
    pdf = render(documents()["residence_check_minutes"], content(chosen=_only("check_kind", "MOI_2030")))

    assert "MOI_2030" in text_of(pdf)


def test_a_yes_or_no_is_two_boxes() -> None:
    (block,) = (
        block
        for block in documents()["victim_declaration"].blocks
        if isinstance(block, Checklist) and block.path == "wants_shelter"
    )
    assert [choice.value for choice in block.choices] == [str(True), str(False)]


def test_each_shipped_place_is_limited() -> None:
    for document in documents().values():
        for place in places_of(document.blocks):
            assert place.limit <= (200 if place.type is TypeName.TEXT else 20_000)


WITHOUT_NARRATIVE = {"victim_consent"}


def _limits(part: Any) -> dict[str, int]:  # noqa: ANN401  any part of a definition
    """Return how much is printed of each place; of one that stands twice, the less."""
    limits: dict[str, int] = {}
    for place in places_of(part):
        if place.path not in OWN_PLACES:
            limits[place.path] = min(place.limit, limits.get(place.path, place.limit))
    return limits


def _column_limits(table: RowsTable) -> dict[str, int]:
    return {place.path: place.limit for place in _places_of_table(table) if place.path not in OWN_PLACES}


def _places_of_table(table: RowsTable) -> list[ValueSlot]:
    return [place for column in table.columns for place in column.value.places()]


def _places_of_tables(definition: DocumentDefinition) -> list[ValueSlot]:
    return [place for block in definition.blocks if isinstance(block, RowsTable) for place in _places_of_table(block)]


def _filling(limit: int) -> str:
    return ("nhà cửa, ruộng nương. " * 1000)[:limit]


def _shown(pdf: bytes) -> int:
    """Count the characters drawn that are no spaces; quicker than reading them."""
    found = 0
    for page in PdfReader(io.BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert contents is not None
        drawn = re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", contents.get_data(), re.DOTALL)
        found += sum(len(re.sub(rb"\\([0-7]{3}|.)", b"x", text, flags=re.DOTALL).replace(b" ", b"")) for text in drawn)
    return found


def _only(path: str, value: str) -> Any:  # noqa: ANN401  a `chosen`
    return lambda asked: [value] if asked == path else []


def _crosses(pdf: bytes) -> int:
    """Count the crosses drawn: nothing else is drawn that thick."""
    pages: Any = PdfReader(io.BytesIO(pdf)).pages
    return sum(int(page.get_contents().get_data().count(b"1.3 w")) for page in pages)
