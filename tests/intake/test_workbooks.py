"""Spreadsheets from outside: careless and hostile ones, each refused by its reason, in bounded memory."""

import contextlib
import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import IntakeError
from desktop.intake import workbooks
from desktop.intake.workbooks import Cell, read_sheets
from tests.intake.guest_samples import workbook

PLAIN = workbook("Sổ", [["Họ tên", "Năm"], ["Lò Thị Đớn", 1999], [], ["Vàng Thị Súa", None, None]])


def refusal(content: bytes) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_sheets(content)
    return caught.value


def repacked(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes]) -> bytes:
    """Return a workbook with some parts changed and some added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part) if name in changes else part)
        for name, added in more.items():
            new.writestr(name, added)
    return written.getvalue()


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(PLAIN, {"xl/worksheets/sheet1.xml": change}, {})


def test_rows_are_read_with_their_numbers_and_no_empty_ends() -> None:
    (sheet,) = read_sheets(PLAIN)
    assert sheet.name == "Sổ"
    assert list(sheet.numbered()) == [
        (1, ("Họ tên", "Năm")),
        (2, ("Lò Thị Đớn", 1999)),
        (4, ("Vàng Thị Súa",)),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Họ tên;Năm\nLò Thị Đớn;1999\n", "utf-8-sig"),
        ("Họ tên,Năm\r\nLò Thị Đớn,1999\r\n", "utf-8"),
        ("Họ tên\tNăm\nLò Thị Đớn\t1999", "utf-16"),
        ('"Họ tên";Năm\n"Lò Thị Đớn";"1999"\n', "utf-8"),
    ],
)
def test_a_csv_is_read_whatever_parts_it(text: str, encoding: str) -> None:
    (sheet,) = read_sheets(text.encode(encoding))
    assert sheet.rows == (("Họ tên", "Năm"), ("Lò Thị Đớn", "1999"))


def bomb() -> bytes:
    """A part of 400 MB that packs to almost nothing."""
    return repacked(PLAIN, {}, {"xl/media/zero.xml": b"\0" * (400 * 1024 * 1024)})


def laughs(part: bytes) -> bytes:
    return part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet', 1)


def wide(part: bytes) -> bytes:
    cells = "".join(f'<c r="{openpyxl.utils.get_column_letter(n)}1"><v>1</v></c>' for n in range(1, 1001))
    return part.replace(part[part.index(b"<row") : part.index(b"</row>") + 6], f"<row r='1'>{cells}</row>".encode(), 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(bomb, "workbook_unpacks_too_large", id="zip bomb"),
        pytest.param(
            lambda: repacked(PLAIN, {}, {"xl/media/zero.xml": b"\0" * (60 * 1024 * 1024)}),
            "workbook_unpacks_too_large", id="a thousandfold",
        ),
        pytest.param(lambda: with_sheet(laughs), "workbook_entities", id="billion laughs"),
        pytest.param(
            lambda: with_sheet(lambda part: laughs(part.replace(b"utf-8", b"utf-16")).decode().encode("utf-16")),
            "workbook_entities",
            id="entities in utf-16",
        ),
        pytest.param(lambda: repacked(PLAIN, {}, {"xl/vbaProject.bin": b"x"}), "workbook_macros", id="macros"),
        pytest.param(lambda: with_sheet(wide), "workbook_too_many_columns", id="a thousand columns"),
        pytest.param(lambda: PLAIN[: len(PLAIN) // 2], "workbook_unreadable", id="half"),
        pytest.param(lambda: with_sheet(lambda part: part[:-30]), "workbook_unreadable", id="cut sheet"),
        pytest.param(lambda: repacked(b"".join([PLAIN]), {}, {f"x/{n}": b"" for n in range(2001)}),
                     "workbook_unpacks_too_large", id="parts"),
        pytest.param(lambda: b"PK\x03\x04" + b"\0" * 100, "workbook_unreadable", id="no archive"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_encrypted_or_old", id="xls"),
        pytest.param(lambda: "Họ tên;Lò Thị Đớn\n".encode("cp1258", "replace"), "csv_encoding", id="cp1258"),
        pytest.param(lambda: b'a;b\n1;"2\n', "csv_unreadable", id="open quote"),
        pytest.param(lambda: b"a;b\n1;\0\n", "csv_unreadable", id="zero byte"),
        pytest.param(lambda: b"a;" * 400 + b"\n", "workbook_too_many_columns", id="wide csv"),
        pytest.param(lambda: b"a\n" + b"x" * 40_000, "workbook_cell_long", id="long cell"),
        pytest.param(lambda: b"a\n" * 100_001, "workbook_too_many_rows", id="long csv"),
        pytest.param(lambda: b"a" * (33 * 1024 * 1024), "workbook_too_large", id="large"),
    ],
)  # fmt: skip
def test_a_hostile_or_careless_file_is_refused_by_its_reason(content: Callable[[], bytes], code: str) -> None:
    made = content()
    tracemalloc.start()
    error = refusal(made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == code
    assert peak < 150 * 1024 * 1024


def test_a_sheet_that_claims_a_million_rows_is_read_for_what_it_has() -> None:
    claimed = with_sheet(lambda part: part.replace(b'ref="A1:B4"', b'ref="A1:XFD1048576"'))
    assert claimed != PLAIN
    assert read_sheets(claimed)[0].rows == read_sheets(PLAIN)[0].rows


def test_a_broken_csv_is_told_with_its_row() -> None:
    assert refusal(b"a;b\n\xff\xffx;1\n").context["row"] == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(IntakeError) as caught:
            workbooks.read_file(path)
        assert caught.value.code == "file_unreadable"


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], max_codepoint=0xFFFD), max_size=20),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_what_a_workbook_holds_is_read_back(rows: Sequence[Sequence[Cell]]) -> None:
    (sheet,) = read_sheets(workbook("S", [["đầu"], *rows]))
    read = [list(row) for row in sheet.rows[1:]]
    for wanted, found in zip(rows, [*read, *([] for _ in rows)], strict=False):
        plain = [cell if not isinstance(cell, dt.date) else dt.datetime.combine(cell, dt.time()) for cell in wanted]
        for number, cell in enumerate(plain):
            is_empty = cell is None or (isinstance(cell, str) and not cell.strip())
            if not is_empty and not (isinstance(cell, str) and cell.startswith("=")):
                assert found[number] == cell


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    for content in (noise, PLAIN[:at] + noise + PLAIN[at + len(noise) :]):
        with contextlib.suppress(IntakeError):
            assert isinstance(read_sheets(content), tuple)
